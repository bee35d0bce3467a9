package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func write(t *testing.T, files map[string]string) (dir string) {
	dir = t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// contracts are of three customers who pay 40,000, 30,000 and, from December on,
// 20,000 a year; before that it was 35,000.
const contracts = `id,account,start,end,price,months
1,Ash,2025-01-01,,40000,12
2,Birch,2025-01-01,,30000,12
3,Cedar,2025-01-01,2025-12-01,35000,12
4,Cedar,2025-12-01,,20000,12
5,Dogwood,2026-01-31,,1000,12
`

// high has room for one account of two that want it.
const high = `{"tiers": [
	{"name": "high", "format": "one-to-one", "hours": 10, "entry": {"up": 25000},
	 "team": {"people": 1, "hours": 15, "utilisation": 1, "admin": 0}},
	{"name": "tech", "format": "self-service", "hours": 0}]}`

func tiers(t *testing.T, want int, args ...string) (out, errs string) {
	var stdout, stderr bytes.Buffer
	if got := run(args, &stdout, &stderr); got != want {
		t.Fatalf("%v: status %d, want %d\n%s", args, got, want, &stderr)
	}
	return stdout.String(), stderr.String()
}

func TestFolder(t *testing.T) {
	dir := write(t, map[string]string{
		"contracts.csv": contracts, "tiers.json": high,
		"accounts.csv": "id,owner\nAsh,Ines\nBirch,Ines\nCedar,\nDogwood,\n",
	})
	out, _ := tiers(t, 0, "-dir", dir, "-growth", "0.5", "-revenue", "0.25")
	for _, line := range []string{
		"Tiers on 2026-02-01, moves since 2025-11-01\n",
		"high         1       0  40000     10        15  66.7%     0\n",
		"tech         3       0  51000      0  no limit    n/a     0\n",
		"1 accounts have less than they want\n  Birch has tech (0 h): it wants high (revenue), which had 5 h left of the 10 h needed\n",
		"0 accounts move\n",
		"high          2     20       1       2     1.33        1\n",
		"One more person in high: 40000 served there or higher becomes 70000\n  1 from tech to high: Birch\n",
		"After growth: accounts 50%, revenue of each 25%\n",
		"high        4.5     45       1       3        3        2\n", // Cedar's 25,000 count, too
		"Portfolios of high: largest load to mean 100%, variation 0, 0 handovers\n  Ines: 1 accounts, 10 h\n",
		"1 accounts (30000) deserve a person and do not get one: 10 h in person\n",
		"covers them in 114.5 h; it pays from 13 accounts\n", // 9.5 × 12 is 114, and no more
	} {
		if !strings.Contains(out, line) {
			t.Errorf("no %q in\n%s", line, out)
		}
	}
}

func TestSample(t *testing.T) {
	out, errs := tiers(t, 0)
	if !strings.Contains(out, "EXAMPLE NUMBERS, not a recommendation") || !strings.Contains(out, "ARR EUR") || errs != "" {
		t.Error(out, errs)
	}
}

func TestRefused(t *testing.T) {
	for what, c := range map[string]struct {
		status int
		says   string
		args   []string
	}{
		"a flag":           {2, "flag provided but not defined", []string{"-x"}},
		"an argument":      {2, "use -dir", []string{"folder"}},
		"no share":         {2, "invalid value", []string{"-growth", "much"}},
		"help":             {0, "-dir folder", []string{"-h"}},
		"growth below -1":  {1, "growth.Accounts: -2 is not between", []string{"-growth", "-2"}},
		"an empty folder":  {1, "contracts.csv", []string{"-dir", t.TempDir()}},
		"a bad policy":     {1, "tiers.json: policy.Tiers: is missing", []string{"-dir", write(t, map[string]string{"contracts.csv": contracts, "tiers.json": "{}"})}},
		"a bad contract":   {1, "contracts.csv:2: start", []string{"-dir", write(t, map[string]string{"contracts.csv": "id,account,start,price,months\n1,A,soon,1,1\n"})}},
		"another currency": {1, "rate", []string{"-currency", "XXX"}},
	} {
		if _, errs := tiers(t, c.status, c.args...); !strings.Contains(errs, c.says) {
			t.Errorf("%s: %q does not say %q", what, errs, c.says)
		}
	}
}
