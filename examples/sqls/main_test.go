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

func sqls(t *testing.T, want int, args ...string) (out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if got := run(args, &stdout, &stderr); got != want {
		t.Fatalf("%v: status %d, want %d\n%s", args, got, want, &stderr)
	}
	return stdout.String(), stderr.String()
}

// TestSample compares the sample company's quarter with testdata/sample.txt, a
// run of the command whose revenue another program added up from the files, too.
func TestSample(t *testing.T) {
	want, err := os.ReadFile("testdata/sample.txt")
	if err != nil {
		t.Fatal(err)
	}
	if out, errs := sqls(t, 0); out != string(want) || errs != "" {
		t.Errorf("%s%s\nnot\n%s", out, errs, want)
	}
}

const interactions = `id,account,at
I1,Ash,2025-01-02
I2,Birch,2025-01-03
`

const leads = `id,account,source,at,agent,interaction
L1,Ash,service,2025-01-10,Ines,I1
L2,Birch,service,2025-01-11,Jon,I2
L3,Ash,marketing,2025-01-12,,
L4,Cedar,service,2025-01-13,Jon,
L5,Dogwood,marketing,2025-01-14,,
`

const deals = `id,account,lead,owner,opened,closed,status,amount,currency
D1,Ash,L3,Kim,2025-01-20,2025-02-01,won,1000,EUR
D2,Birch,L2,Kim,2025-01-20,2025-02-10,won,500,EUR
D3,Dogwood,L5,Kim,2025-01-20,2025-02-10,lost,900,EUR
D4,Cedar,L4,Kim,2025-01-20,2025-03-31,won,70,EUR
D5,Ash,L1,Kim,2025-01-05,2025-03-31,won,30,EUR
D6,Elm,,Kim,2025-01-05,,open,40,EUR
`

func company(t *testing.T) (dir string) {
	return write(t, map[string]string{
		"interactions.csv": interactions, "leads.csv": leads, "deals.csv": deals,
		"adjustments.csv": "id,deal,at,amount\nR1,D1,2025-03-01,-400\n",
		"touches.csv":     "account,at,key\nAsh,2025-01-31,mail\nAsh,2025-01-31,\n",
	})
}

func TestFolder(t *testing.T) {
	out, _ := sqls(t, 0, "-dir", company(t), "-target", "2200")
	for _, line := range []string{
		"Service-qualified leads from 2025-01-01 to 2025-03-31, as of 2025-04-01\n",
		"  1      Ines      1         1    1     0  100% (21 to 100)      1      600             0\n",
		"  2       Jon      2         1    1     0  100% (21 to 100)      1      500             0\n",
		"together      3         2    2     0  100% (34 to 100)      2     1100    0 (0 to 0)\n",
		"Target 2200 EUR: 1100 won, 50% of it, on day 90 of 90; pace 50%\n  at this rate 1100 at the end; needed a day from now on: n/a\n",
		"(each in full: 150% of the total)",
		"All leads so far: accepted 3, no interaction 1, merged 1\n",
		"All deals so far: attributed 3, no lead 1, lead refused 1, before lead 1\n",
	} {
		if !strings.Contains(out, line) {
			t.Errorf("no %q in\n%s", line, out)
		}
	}
	out, _ = sqls(t, 0, "-dir", company(t), "-from", "2025-01-01", "-to", "2025-02-10")
	if strings.Contains(out, "Target") || !strings.Contains(out, "from 2025-01-01 to 2025-02-09, as of 2025-02-10") || !strings.Contains(out, "lead refused 1") {
		t.Error(out)
	}
}

func TestRefused(t *testing.T) {
	bad := func(name, text string) string {
		dir := company(t)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	for what, c := range map[string]struct {
		status int
		says   string
		args   []string
	}{
		"a flag":                  {2, "flag provided but not defined", []string{"-x"}},
		"an argument":             {2, "use -dir", []string{"folder"}},
		"no day":                  {2, "invalid value", []string{"-from", "soon"}},
		"to before from":          {2, "-to 2025-01-01 is not after -from 2025-01-01", []string{"-from", "2025-01-01", "-to", "2025-01-01"}},
		"help":                    {0, "-dir folder", []string{"-h"}},
		"an empty folder":         {1, "contracts.csv", []string{"-dir", t.TempDir()}},
		"a target below zero":     {1, "goal.Amount: -1 is negative", []string{"-target", "-1"}},
		"a lead nobody knows":     {1, "deals.csv:2: lead: L9 is unknown", []string{"-dir", bad("deals.csv", strings.Replace(deals, "L3", "L9", 1))}},
		"a refund above the deal": {1, "adjustments.csv:2: amount: -1001 is more than the 1000 that are left", []string{"-dir", bad("adjustments.csv", "id,deal,at,amount\nR1,D1,2025-03-01,-1001\n")}},
		"two currencies":          {1, "name the one to report in", []string{"-dir", bad("deals.csv", strings.Replace(deals, "1000,EUR", "1000,USD", 1))}},
		"no rate":                 {1, "deals.csv:2: currency: USD has no rate", []string{"-currency", "EUR", "-dir", bad("deals.csv", strings.Replace(deals, "1000,EUR", "1000,USD", 1))}},
	} {
		if _, errs := sqls(t, c.status, c.args...); !strings.Contains(errs, c.says) {
			t.Errorf("%s: %q does not say %q", what, errs, c.says)
		}
	}
}
