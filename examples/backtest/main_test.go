package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"metrics.internal/success"
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

func file(t *testing.T, text string) (path string) {
	return filepath.Join(write(t, map[string]string{"a.csv": text}), "a.csv")
}

// ask runs the command, and fails unless it ends with the status.
func ask(t *testing.T, status int, args ...string) (out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if got := run(args, &stdout, &stderr); got != status {
		t.Fatalf("%q: status %d, want %d\n%s", args, got, status, &stderr)
	}
	if out = stdout.String(); (out != "") != (status == 0 && stderr.Len() == 0) {
		t.Errorf("%q: status %d and both or neither of %q and %q", args, status, out, &stderr)
	}
	return out, stderr.String()
}

// says fails unless a page has each line, however it is aligned.
func says(t *testing.T, page string, lines ...string) {
	t.Helper()
	all := map[string]bool{}
	for line := range strings.Lines(page) {
		all[strings.Join(strings.Fields(line), " ")] = true
	}
	for _, line := range lines {
		if !all[line] {
			t.Errorf("no line %q in\n%s", line, page)
		}
	}
}

// Of mails opened the sample knows nothing, and of logins too much.
func TestSample(t *testing.T) {
	out, _ := ask(t, 0)
	says(t, out,
		"120 accounts, 38 left: 31.7% (24.0 to 40.4)",
		"warning: band Green: fewer than 10 events: 5",
		"Does red really leave? Bands are in order",
		"Red 33 16 48.5% (32.5 to 64.8) 442800 232200 52.4% (32.2 to 71.9)",
		"AUC 0.731 (0.630 to 0.812): it tells, worse scores leave more often",
		"mails opened (health): AUC 0.528 (0.417 to 0.635), nothing found",
	)
	for _, part := range []string{"warning: measure logins: too good to be true", "withheld"} {
		if !strings.Contains(out, part) {
			t.Errorf("no %q in\n%s", part, out)
		}
	}
}

// The header has double and stray blanks and a mark in front, as exports do.
const table = "\ufeffHealth  Score ,Gone,Log  ins, Plan\n" +
	"10,1,3,a\n20,0,4,b\n,yes,,c\n30,TRUE,5,d\n40,no,6,e\n50,0,7,f\n60,false,8,g\n60,false,8,g\n"

func TestTable(t *testing.T) {
	out, _ := ask(t, 0, "-csv", file(t, table), "-score", "health score", "-left", "GONE", "-measures", "log ins")
	says(t, out,
		"8 accounts, 3 left: 37.5% (13.7 to 69.4)",
		"note: 1 rows repeat another one in every field; they were kept, and if they are copies, intervals are too narrow",
		"note: no column of bands was named: thirds by score, cut at 30 and 50",
		"note: no column of revenue was named: amounts of revenue are 0",
		"warning: accounts without a score are in no figure of the score: 1",
		"worst third 2 1 50.0% (9.5 to 90.5)",
		"middle third 2 1 50.0% (9.5 to 90.5)",
		"best third 3 0 0.0% (0.0 to 56.1)",
		"Unknown 1 1 100.0% (20.7 to 100.0)",
		"From score to probability",
	)
	// Seen as a risk the best third is the worst, and what one finds is turned round.
	out, _ = ask(t, 0, "-csv", file(t, table), "-score", "health score", "-left", "gone", "-higher", "risk")
	says(t, out, "worst third 3 0 0.0% (0.0 to 56.1)", "best third 2 1 50.0% (9.5 to 90.5)")
	if strings.Contains(out, "Weights") {
		t.Error("weights without measures")
	}
}

// TestTies: a score for all leaves thirds empty, and an interval undefined.
func TestTies(t *testing.T) {
	path := file(t, "s,l\n5,1\n5,0\n5,1\n5,0\n")
	out, _ := ask(t, 0, "-csv", path, "-score", "s", "-left", "l")
	says(t, out, "AUC 0.500 (n/a to n/a): interval undefined, one score for all or no overlap",
		"Does red really leave? Bands are in no order: undefined, fewer than two with accounts",
		"best third 4 2 50.0% (15.0 to 85.0)")
	out, _ = ask(t, 0, "-csv", file(t, "s,l\n5,1\n6,0\n7,0\n"), "-score", "s", "-left", "l")
	says(t, out, "AUC 1.000 (n/a to n/a): interval undefined, 1 event")
	out, _ = ask(t, 0, "-csv", file(t, "s,l\n,1\n,0\n"), "-score", "s", "-left", "l")
	says(t, out, "AUC: undefined, 0 accounts")
}

func TestBandsOfOnesOwn(t *testing.T) {
	text := "who,s,l,band,arr\nA,1,1,red,100.50\nB,2,0,red,200\nC,3,0,green,\nD,4,1,green,50\n"
	out, _ := ask(t, 0, "-csv", file(t, text), "-score", "s", "-left", "l", "-account", "who", "-band", "band", "-order", "red, green", "-revenue", "arr")
	says(t, out, "green 2 1 50.0% (9.5 to 90.5) 50 50 100.0% (20.7 to 100.0)",
		"From score to probability: revenue at risk 184 of 351") // 100.5 + (200 + 50)/3
}

func TestJSON(t *testing.T) {
	out, _ := ask(t, 0, "-json")
	var page struct {
		Accounts, Left int
		AUC            success.Estimate
	}
	if err := json.Unmarshal([]byte(out), &page); err != nil || page.Accounts != 120 || !page.AUC.Value.Defined() {
		t.Error(page, err)
	}
}

func TestRefused(t *testing.T) {
	good := file(t, table)
	csv := func(text string) []string {
		return []string{"-csv", file(t, text), "-score", "s", "-left", "l", "-account", "a", "-revenue", "r"}
	}
	contracts := "id,account,start,end,price,months\n1,A,2025-01-01,2025-05-01,10,1\n"
	folder := func(files map[string]string, more ...string) []string {
		return append([]string{"-dir", write(t, files), "-asof", "2025-02-01", "-until", "2025-04-01"}, more...)
	}
	for _, c := range []struct {
		status int
		says   string
		args   []string
	}{
		{2, "flag provided but not defined", []string{"-x"}},
		{2, "invalid value", []string{"-higher", "good"}},
		{2, "a is not a flag", []string{"a"}},
		{2, "no -csv file", []string{"-score", "s"}},
		{2, "needs -score and -left", []string{"-csv", good}},
		{2, "needs -score and -left", []string{"-csv", good, "-score", "s"}},
		{2, "-band needs -order", []string{"-csv", good, "-score", "s", "-left", "l", "-band", "b"}},
		{2, "-band needs -order", []string{"-csv", good, "-score", "s", "-left", "l", "-order", "b"}},
		{2, "health or risk must follow", []string{"-csv", good, "-score", "s", "-left", "l", "-measures", "a:b"}},
		{2, "one of them", []string{"-csv", good, "-asof", "2025-01-01"}},
		{2, "no -dir folder", []string{"-asof", "2025-01-01"}},
		{2, "needs -asof and -until", []string{"-dir", "x", "-asof", "2025-01-01"}},
		{2, "is not after -asof", []string{"-dir", "x", "-asof", "2025-01-01", "-until", "2025-01-01"}},
		{2, "neither left nor fell", []string{"-dir", "x", "-asof", "2025-01-01", "-until", "2025-01-02", "-outcome", "rose"}},
		{0, "-score column", []string{"-h"}},
		{1, "no such file", []string{"-csv", filepath.Join(t.TempDir(), "b.csv"), "-score", "s", "-left", "l"}},
		{1, `-score: no column "s"; there are ["health score" "gone" "log ins" "plan"]`, []string{"-csv", good, "-score", "S", "-left", "gone"}},
		{1, `-measures: no column "plans"`, []string{"-csv", good, "-score", "health score", "-left", "gone", "-measures", "plans"}},
		{1, "-measures: a name is missing", []string{"-csv", good, "-score", "health score", "-left", "gone", "-measures", "plan,,"}},
		{1, `several columns "l"`, csv("s,l,L,a,r\n1,0,0,A,1\n")},
		{1, "there are no rows", csv("s,l,a,r\n")},
		{1, "there are no rows", csv("")},
		{1, "wrong number of fields", csv("s,l,a,r\n1,0\n")},
		{1, "line 2: s: \"x\" is not a finite number\nline 2: l: \"\" is neither", csv("s,l,a,r\nx,,A,1\n")},
		{1, "line 4: s: \"NaN\" is not a finite number", csv("s,l,a,r\n1,1,A,1\n\nNaN,0,B,1\n")},
		{1, "line 2: r: \"much\" is not an amount", csv("s,l,a,r\n1,1,A,much\n")},
		{1, "and 2 more", csv("s,l,a,r\n" + strings.Repeat("1,?,A,1\n", 12))},
		{1, "record[1].Account: A is that of record 0 too\n(record[0] is the first account)", csv("s,l,a,r\n1,1,A,1\n2,0,A,1\n")},
		{1, "record[0].Revenue: -1 is negative", csv("s,l,a,r\n1,1,A,-1\n")},
		{1, "contracts.csv", folder(nil)},
		{1, "contracts.csv:2: start", folder(map[string]string{"contracts.csv": "id,account,start,price,months\n1,A,soon,1,1\n"})},
		{1, "currency", folder(map[string]string{"contracts.csv": contracts, "rates.csv": "date,from,to,rate\n"}, "-currency", "EUR")},
		{1, "nothing is recorded after 2025-03-31", folder(map[string]string{"contracts.csv": strings.Replace(contracts, "2025-05-01", "2025-03-31", 1)})},
	} {
		if _, errs := ask(t, c.status, c.args...); !strings.Contains(errs, c.says) {
			t.Errorf("%q: %q does not say %q", c.args, errs, c.says)
		}
	}
}

// company has, on 2025-06-30, Ash who leaves within the window, Birch who pays less,
// Cedar who leaves on its last day, Dogwood who leaves a day too late to be known, Elm who pays
// more and is absorbed by Fir, and Gorse who came too late.
func company() map[string]string {
	return map[string]string{
		"contracts.csv": `id,account,start,end,price,months
1,Ash,2025-01-01,2025-07-01,100,1
2,Birch,2025-01-01,2025-08-01,100,1
3,Birch,2025-08-01,,60,1
4,Cedar,2025-01-01,2025-12-31,100,1
5,Dogwood,2025-01-01,2026-01-01,100,1
6,Elm,2025-06-30,2025-09-01,100,1
7,Fir,2025-01-01,,100,1
8,Gorse,2025-07-01,,100,1
9,Fir,2025-09-01,,200,1
`,
		"mergers.csv": "from,to,on\nElm,Fir,2025-09-01\n",
		"interactions.csv": `id,account,at,initiative,solved_at
1,Ash,2025-06-30T23:00:00Z,reactive,
2,Ash,2025-04-02T09:00:00Z,reactive,
3,Ash,2025-04-01T09:00:00Z,reactive,
4,Ash,2025-06-01T09:00:00Z,proactive,
5,Ash,2025-07-01T09:00:00Z,reactive,
6,Elm,2025-06-01T09:00:00Z,reactive,
`,
		"surveys.csv": `account,at,survey,score,scale
Ash,2025-06-01,csat,1,
Ash,2025-01-02,csat,2,
Ash,2025-01-01,csat,5,
Ash,2025-06-01,nps,10,
Birch,2025-06-01,csat,10,10
`,
		"usage.csv": `account,date,measure,value
Ash,2025-06-30,logins,3
Ash,2025-04-02,logins,3
Ash,2025-04-01,logins,4
Ash,2025-01-02,logins,8
Ash,2025-01-01,logins,99
Birch,2025-06-01,logins,5
`,
	}
}

func questionOf(outcome string) *question {
	return &question{asOf: success.MustDate("2025-06-30"), until: success.MustDate("2025-12-31"), outcome: outcome}
}

func fsOf(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// TestReadings is what the windows of the measures hold, to the day.
func TestReadings(t *testing.T) {
	tt, err := questionOf(left).test(fsOf(company()))
	if err != nil {
		t.Fatal(err)
	}
	got := map[success.AccountID]string{}
	for _, r := range tt.records {
		got[r.Account] = fmt.Sprint(r.Measures, r.Band, r.Newest, r.Left)
	}
	want := map[success.AccountID]string{
		"Ash":     "[2 1.5 0.5] Red2025-06-302025-07-01",
		"Birch":   "[0 5 n/a] Green2025-06-01none",
		"Cedar":   "[0 n/a n/a] Greennone2025-12-31",
		"Dogwood": "[0 n/a n/a] Greennonenone",
		"Fir":     "[1 n/a n/a] Green2025-06-01none",
	}
	for account, w := range want {
		if squeeze(got[account]) != squeeze(w) {
			t.Errorf("%s: %s, want %s", account, got[account], w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%v", got)
	}
	// Ash: support (50 + 12.5)/2, usage 37.5, half each.
	for _, r := range tt.records {
		if x, ok := r.Score.Float64(); r.Account == "Ash" && (!ok || math.Abs(x-34.375) > 1e-6) {
			t.Errorf("score of Ash is %v", r.Score)
		}
	}
}

func squeeze(s string) string { return strings.ReplaceAll(s, " ", "") }

func TestCompany(t *testing.T) {
	dir := write(t, company())
	args := []string{"-dir", dir, "-asof", "2025-06-30", "-until", "2025-12-31"}
	out, _ := ask(t, 0, args...)
	says(t, out, "Scores frozen on 2025-06-30 against leaving until 2025-12-31", "5 accounts, 2 left: 40.0% (11.8 to 76.9)",
		"note: the newest record is of 2025-09-01: whoever left after it without a contract that says so counts as having stayed",
		"Red 1 1 100.0% (20.7 to 100.0) 1200 1200 100.0% (20.7 to 100.0)")
	out, _ = ask(t, 0, append(args, "-outcome", "fell")...)
	says(t, out, "Scores frozen on 2025-06-30 against a fall of recurring revenue until 2025-12-31", "5 accounts, 3 left: 60.0% (23.1 to 88.2)",
		"note: left means here that recurring revenue fell",
		"Green 4 2 50.0% (15.0 to 85.0) 6000 1680 28.0% (5.1 to 73.7)") // all of 100 and 40 of 100 a month
}

// Nobody leaves: whatever needs an event says so.
func TestNobodyLeft(t *testing.T) {
	dir := write(t, map[string]string{
		"contracts.csv":    "id,account,start,price,months\n1,A,2025-01-01,10,1\n2,B,2025-01-01,10,1\n3,C,2025-12-31,10,1\n",
		"interactions.csv": "id,account,at\n1,A,2025-06-01\n",
	})
	for _, outcome := range []string{left, fell} {
		out, _ := ask(t, 0, "-dir", dir, "-asof", "2025-06-30", "-until", "2025-12-31", "-outcome", outcome)
		says(t, out, "2 accounts, 0 left: 0.0% (0.0 to 65.8)", "warning: nobody left: whatever needs an event is undefined",
			"Does red really leave? Bands are in no order: undefined, 0 events", "AUC: undefined, 0 events", "KS: undefined, 0 events",
			"lift and catch rate: undefined, 0 events", "calibration and Brier score: undefined, 0 events", "revenue at risk: undefined, 0 events")
	}
}
