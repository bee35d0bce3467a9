package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const refund = "id,deal,at,amount\nR1,D1,2026-05-01,-100\n"

func write(t *testing.T, files map[string]string) (dir string) {
	dir = t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func models(t *testing.T, want int, args ...string) (out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if got := run(args, &stdout, &stderr); got != want {
		t.Fatalf("%v: status %d, want %d\n%s", args, got, want, &stderr)
	}
	return stdout.String(), stderr.String()
}

// deals are two of an account, of which the second is lost, and one of an account
// without touches.
const deals = `id,account,opened,closed,status,amount,currency
D1,Ash,2026-03-01,2026-03-20,won,1000,EUR
D2,Ash,2026-04-01,2026-04-20,lost,500,EUR
D3,Birch,2026-03-01,2026-03-20,won,99.99,EUR
`

const touches = `account,at,key
Ash,2026-01-10,webinar
Ash,2026-03-06,ticket
Ash,2026-03-13,direct
Ash,2026-04-15,webinar
`

// folderTable is worked out by hand. Without leads the lead is a milestone that
// is missing; the first touch is the last before the opening.
const folderTable = `2 deals won, 999.99 EUR net (1099.99 as won); 1 without a touch

           key   first    last  last not direct  linear       U       J  inverse J  U milestones       W  full path  decay 7d  Markov 1  Shapley  rate Shapley
        direct    0.00  900.00             0.00  300.00  360.00  540.00     180.00         90.00   45.00     270.00    599.14    300.00   300.00        300.00
        ticket    0.00    0.00           900.00  300.00  180.00  180.00     180.00         90.00   45.00      90.00    299.56    300.00   300.00        300.00
       webinar  900.00    0.00             0.00  300.00  360.00  180.00     540.00        720.00  810.00     540.00      1.30    300.00   300.00        300.00
  unattributed   99.99   99.99            99.99   99.99   99.99   99.99      99.99         99.99   99.99      99.99     99.99     99.99    99.99         99.99
         total  999.99  999.99           999.99  999.99  999.99  999.99     999.99        999.99  999.99     999.99    999.99    999.99   999.99        999.99
`

func TestFolder(t *testing.T) {
	dir := write(t, map[string]string{"deals.csv": deals, "touches.csv": touches, "adjustments.csv": refund})
	if out, errs := models(t, 0, "-dir", dir); out != folderTable || errs != "" {
		t.Errorf("got\n%swant\n%s%s", out, folderTable, errs)
	}
}

// With a lead in March, W gives 30 % to the first touch, 30 % to the last before
// the lead and 30 % to the last before the opening.
func TestFlags(t *testing.T) {
	files := map[string]string{
		"deals.csv": deals, "touches.csv": touches, "adjustments.csv": refund, "accounts.csv": "id\nAsh\nBirch\n",
		"leads.csv": "id,account,source,at\nL1,Ash,service,2026-03-10\n",
	}
	for _, c := range []struct {
		args, says []string
	}{
		{nil, []string{"  270.00", "  540.00", "   90.00"}},
		{[]string{"-window", "10"}, []string{"        direct  900.00  900.00 ", "total  999.99"}},
		{[]string{"-window", "15"}, []string{"        ticket  900.00    0.00 "}},
		{[]string{"-not", "ticket", "-half", "14", "-order", "2"}, []string{"last not ticket", "decay 14d", "Markov 2", "  513.24"}},
		{[]string{"-repeats", "unique"}, []string{"999.99"}},
	} {
		out, _ := models(t, 0, append(c.args, "-dir", write(t, files))...)
		for _, says := range c.says {
			if !strings.Contains(out, says) {
				t.Errorf("%v: no %q in\n%s", c.args, says, out)
			}
		}
	}
	files["deals.csv"] = strings.ReplaceAll(deals, "won", "lost")
	delete(files, "adjustments.csv")
	if out, _ := models(t, 0, "-dir", write(t, files)); out != "No deal was won.\n" {
		t.Error(out)
	}
	files["touches.csv"] = "account,at,key\n"
	files["deals.csv"] = "id,account,opened,closed,status,amount\nD1,Ash,2026-03-01,2026-03-20,won,1000\n"
	if out, _ := models(t, 0, "-dir", write(t, files)); !strings.HasPrefix(out, "1 deals won, 1000.00 net; 1 without a touch\n") || strings.Contains(out, "Markov") {
		t.Error(out)
	}
	var many strings.Builder
	for i := range 21 {
		fmt.Fprintf(&many, "Ash,2026-03-%02d,key %d\n", i%20+1, i)
	}
	files["touches.csv"] = "account,at,key\n" + many.String()
	if out, _ := models(t, 0, "-dir", write(t, files)); !strings.Contains(out, " Shapley") || strings.Contains(out, "rate Shapley") {
		t.Error(out)
	}
}

func TestRefused(t *testing.T) {
	for what, c := range map[string]struct {
		status int
		says   string
		args   []string
	}{
		"a flag":            {2, "flag provided but not defined", []string{"-x"}},
		"an argument":       {2, "use -dir", []string{"folder"}},
		"a negative window": {2, "are days", []string{"-window", "-1"}},
		"a long window":     {2, "are days", []string{"-window", "36501"}},
		"no half life":      {2, "are days", []string{"-half", "0"}},
		"a long half life":  {2, "are days", []string{"-half", "36501"}},
		"order 0":           {2, "-order", []string{"-order", "0"}},
		"order 4":           {2, "-order", []string{"-order", "4"}},
		"repeats":           {2, "invalid value", []string{"-repeats", "some"}},
		"help":              {0, "-dir folder", []string{"-h"}},
		"an empty folder":   {1, "deals.csv", []string{"-dir", t.TempDir()}},
		"a bad deal":        {1, "deals.csv:2: closed", []string{"-dir", write(t, map[string]string{"deals.csv": "id,account,opened,status,amount\nD1,A,2026-03-01,won,1\n"})}},
		"too much back":     {1, "adjustment", []string{"-dir", write(t, map[string]string{"deals.csv": deals, "adjustments.csv": "id,deal,at,amount\nR1,D1,2026-05-01,-1000.01\n"})}},
		"another currency":  {1, "rate", []string{"-currency", "XXX"}},
	} {
		if _, errs := models(t, c.status, c.args...); !strings.Contains(errs, c.says) {
			t.Errorf("%s: %q does not say %q", what, errs, c.says)
		}
	}
}

func TestSample(t *testing.T) {
	want, err := os.ReadFile("testdata/sample.txt")
	if err != nil {
		t.Fatal(err)
	}
	if out, errs := models(t, 0); out != string(want) || errs != "" {
		t.Errorf("got\n%swant\n%s%s", out, want, errs)
	}
}
