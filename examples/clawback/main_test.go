package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func clawback(t *testing.T, want int, args ...string) (out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if got := run(args, &stdout, &stderr); got != want {
		t.Fatalf("%v: status %d, want %d\n%s", args, got, want, &stderr)
	}
	return stdout.String(), stderr.String()
}

// The statements of the made-up deals, as they were checked by hand.
func TestStatements(t *testing.T) {
	for name, args := range map[string][]string{
		"milestones": nil,
		"prorata":    {"-plan", "prorata", "-asof", "2025-09-29"},
		"clawback":   {"-plan", "clawback", "-months", "6", "-asof", "2030-01-01", "-finder", "0"},
		"holdback":   {"-plan", "holdback", "-rate", "0.08", "-asof", "2025-03-31"},
	} {
		out, errs := clawback(t, 0, args...)
		want, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
		if err != nil || out != string(want) || errs != "" {
			t.Errorf("%s: %v\n%s%s\nwant\n%s", name, err, out, errs, want)
		}
	}
}

func write(t *testing.T, files map[string]string) (dir string) {
	dir = t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const deals = "id,account,opened,closed,status,amount,currency\nD1,Ash,2025-01-01,2025-02-01,won,1000,JPY\n"

const contracts = `id,account,start,price,months,currency
1,Ash,2025-01-01,1,1,EUR
2,Ash,2025-01-01,1,1,USD
`

// A customer without contracts is one still, and a deal without an owner is
// nobody's.
func TestUnknown(t *testing.T) {
	out, _ := clawback(t, 0, "-dir", write(t, map[string]string{"deals.csv": deals}))
	for _, line := range []string{
		"(nobody)        100     50            0    50         0          0  JPY\n",
		"of 1 deals left; they count as customers: [D1]",
	} {
		if !strings.Contains(out, line) {
			t.Errorf("no %q in\n%s", line, out)
		}
	}
}

func TestRefused(t *testing.T) {
	for what, c := range map[string]struct {
		status int
		says   string
		args   []string
	}{
		"a flag":          {2, "flag provided but not defined", []string{"-x"}},
		"an argument":     {2, "use -dir", []string{"folder"}},
		"a plan":          {2, "fifo is no plan", []string{"-plan", "fifo"}},
		"no percentage":   {2, "-finder is not", []string{"-finder", "101"}},
		"a negative one":  {2, "-finder is not", []string{"-finder", "-1"}},
		"help":            {0, "-dir folder", []string{"-h"}},
		"an empty folder": {1, "deals.csv", []string{"-dir", t.TempDir()}},
		"a bad deal":      {1, "deals.csv:2: amount", []string{"-dir", write(t, map[string]string{"deals.csv": strings.Replace(deals, "1000", "much", 1)})}},
		"a refund above":  {1, "adjustments.csv:2: amount: -1000.01 is more than the 1000 that are left", []string{"-dir", write(t, map[string]string{"deals.csv": deals, "adjustments.csv": "id,deal,at,amount\nR,D1,2025-03-01,-1000.01\n"})}},
		"no currency":     {1, "several currencies", []string{"-dir", write(t, map[string]string{"deals.csv": deals, "contracts.csv": contracts})}},
		"no months":       {1, "award[0].Schedule", []string{"-plan", "prorata", "-months", "0"}},
	} {
		if _, errs := clawback(t, c.status, c.args...); !strings.Contains(errs, c.says) {
			t.Errorf("%s: %q does not say %q", what, errs, c.says)
		}
	}
}
