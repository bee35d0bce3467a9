package scoring

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"metrics.internal/success"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/health"
	"metrics.internal/success/retention"
)

// read reads a folder of files given as name and text in turn.
func read(t *testing.T, files ...string) *folder.Folder {
	t.Helper()
	fsys := fstest.MapFS{"interactions.csv": {Data: []byte("id,account,at\n")}}
	for i := 0; i < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	f, err := folder.Read(fsys, nil)
	if err == nil {
		err = f.Check(f.Options("", 0))
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// inputs returns what is fed for an account, but for what every account has.
func inputs(t *testing.T, f *folder.Folder, asOf string, account success.AccountID, mergers ...retention.Merger) string {
	t.Helper()
	facts, err := FactsOf(f, mergers, success.MustDate(asOf))
	if err != nil {
		t.Fatal(err)
	}
	fed := facts.Of(account).inputs
	var all []string
	for _, name := range slices.Sorted(maps.Keys(fed)) {
		if in := fed[name]; in.State == health.Present {
			all = append(all, fmt.Sprintf("%s=%s@%s", name, in.Value, in.On))
		} else {
			all = append(all, fmt.Sprintf("%s is %s", name, in.State))
		}
	}
	return strings.Join(all, " ")
}

// months are rows of use, one a month from January 2024 on.
func months(measure string, values ...int) string {
	var b strings.Builder
	for i, v := range values {
		fmt.Fprintf(&b, "A,2024-%02d-20,%s,%d\n", i+1, measure, v)
	}
	return b.String()
}

func TestUsage(t *testing.T) {
	const header = "account,date,measure,value\n"
	for _, test := range []struct{ name, rows, asOf, want string }{
		{"a base of three months", months("logins", 30, 40, 50, 60), "2024-05-01",
			"overdue=0@2024-04-20 usage=1.5@2024-04-30 usage.logins=1.5@2024-04-30"},
		{"two are too few", months("logins", 40, 50, 60), "2024-04-01", ""},
		{"a base of 20 will do", months("logins", 20, 20, 20, 10), "2024-05-01",
			"overdue=0@2024-04-20 usage=0.5@2024-04-30 usage.logins=0.5@2024-04-30"},
		{"and one of 19 says nothing", months("logins", 19, 19, 19, 10), "2024-05-01", "overdue=0@2024-04-20"},
		{"six months and no more", months("logins", 900, 40, 40, 40, 40, 40, 40, 20), "2024-09-01",
			"overdue=0@2024-08-20 usage=0.5@2024-08-31 usage.logins=0.5@2024-08-31"},
		{"a month that is not over says nothing", months("logins", 40, 40, 40, 40, 1), "2024-05-25",
			"overdue=0@2024-05-20 usage=1@2024-04-30 usage.logins=1@2024-04-30"},
		{"a file that ended is of then", months("logins", 40, 40, 40, 20), "2024-12-01",
			"overdue=0@2024-04-20 usage=0.5@2024-04-30 usage.logins=0.5@2024-04-30"},
		{"the one that fell most", months("logins", 40, 40, 40, 30) + months("seats", 50, 50, 50, 5), "2024-05-01",
			"overdue=0@2024-04-20 usage=0.1@2024-04-30 usage.logins=0.75@2024-04-30 usage.seats=0.1@2024-04-30"},
		{"an account that stopped", months("logins", 40, 40, 40, 40) + "B,2024-06-30,logins,1\n", "2024-07-01",
			"overdue=2.290323@2024-06-30 usage=0@2024-06-30 usage.logins=0@2024-06-30"}, // 71 days in gaps of 31, 29, 31
		{"less than nothing is not known", months("logins", 40, 40, 40, -1), "2024-05-01", ""},
		{"nor more than can be", months("logins", 40, 40, 40, 999_999_999_999_999) + months("logins", 0, 0, 0, 2), "2024-05-01", "overdue=0@2024-04-20"},
		{"as much as can be", months("logins", 40, 40, 40, 999_999_999_999_999) + months("logins", 0, 0, 0, 1), "2024-05-01",
			"overdue=0@2024-04-20 usage is invalid usage.logins is invalid"},
		{"nearly as much as a scorecard takes", months("logins", 20, 20, 20, 179_999_999_999_980), "2024-05-01",
			"overdue=0@2024-04-20 usage=8999999999999@2024-04-30 usage.logins=8999999999999@2024-04-30"},
		{"as much as it does not", months("logins", 20, 20, 20, 180_000_000_000_000), "2024-05-01",
			"overdue=0@2024-04-20 usage is invalid usage.logins is invalid"},
		{"three days make two gaps", months("logins", 0, 1, 1, 1), "2024-05-01", ""},
	} {
		f := read(t, "usage.csv", header+test.rows)
		if got := inputs(t, f, test.asOf, "A"); strings.TrimSpace(got) != test.want {
			t.Errorf("%s: %s\nwant %s", test.name, got, test.want)
		}
	}
}

func TestTickets(t *testing.T) {
	const header = "id,account,at,initiative,format,contact,first_reply_at,solved_at\n"
	rows := header +
		"1,A,2024-04-01,reactive,,,,2024-04-02\n" + // 90 days before the last of June
		"2,A,2024-04-02,reactive,one-to-one,,,\n" +
		"3,A,2024-06-01,,,,,2024-07-05\n" + // solved after the day
		"4,A,2024-06-02,reactive,self-service,,,\n" +
		"5,A,2024-06-03,proactive,,,,\n" +
		"6,A,2024-05-03,proactive,,,,\n" +
		"7,A,2024-07-02,reactive,,,,\n"
	f := read(t, "interactions.csv", rows)
	if got, want := inputs(t, f, "2024-07-01", "A"), "days_since_touch=28@2024-06-03 open_tickets=2@2024-06-03 tickets=3@2024-06-03"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	f = read(t, "interactions.csv", rows+"8,B,2024-06-30,reactive,,,,\n")
	if got, want := inputs(t, f, "2024-07-01", "A"), "days_since_touch=28@2024-06-03 open_tickets=2@2024-06-30 tickets=2@2024-06-30"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	facts, err := FactsOf(f, nil, success.MustDate("2024-07-02"))
	if err != nil {
		t.Fatal(err)
	}
	card, _, err := Card(fstest.MapFS{})
	if err != nil {
		t.Fatal(err)
	}
	zero := 0
	for _, in := range facts.Record(card, "nobody").Inputs {
		if in.State == health.Present && in.Value.IsZero() {
			zero++
		}
	}
	if zero != 2 {
		t.Errorf("%d measures are 0 for an account without rows, not tickets and open_tickets", zero)
	}
	f = read(t, "interactions.csv", "id,account,at\n1,A,2024-04-01\n")
	if got, want := inputs(t, f, "2024-07-01", "A"), "tickets=1@2024-04-01"; got != want {
		t.Errorf("without solutions: %s\nwant %s", got, want)
	}
}

func TestVoice(t *testing.T) {
	const header = "account,at,survey,score,scale\n"
	f := read(t, "surveys.csv", header+
		"A,2024-01-03,csat,1,\n"+ // 180 days before
		"A,2024-01-02,csat,5,\n"+
		"A,2024-06-01,csat,4,\n"+
		"A,2024-06-01,csat,10,10\n"+
		"A,2023-07-02,nps,9,\n"+ // 365 days before
		"A,2023-07-01,nps,0,\n"+
		"A,2024-06-30,nps,7,\n"+
		"A,2024-06-30,ces,7,\n")
	if got, want := inputs(t, f, "2024-07-01", "A"), "csat=0.375@2024-06-01 nps=0.5@2024-06-30"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	rows := []folder.Survey{{Scale: 5, Score: 1}, {Scale: 7, Score: 2}}
	answers, others, err := AnswersOf(rows)
	if err != nil || answers.Scale() != 7 || others != 1 {
		t.Error(answers, others, err)
	}
}

func TestGoals(t *testing.T) {
	const header = "account,goal,start,due,achieved,state\n"
	for _, test := range []struct{ name, rows, want string }{
		{"in time, late, in part, missed", "A,g1,2024-01-01,2024-02-01,2024-02-01,\nA,g2,2024-01-01,2024-02-01,2024-02-02,\n" +
			"A,g3,2024-01-01,2024-02-01,,partial\nA,g4,2024-01-01,2024-02-01,,Missed\n", "goals=0.5@2024-06-30"},
		{"cancelled ones do not count", "A,g1,2024-01-01,2024-02-01,,cancelled\nA,g2,2024-01-01,2024-02-01,,achieved\n", "goals=1@2024-06-30"},
		{"the same name twice", "A,g,2024-01-01,2024-02-01,2024-02-01,\nA,g,2024-03-01,2024-04-01,,missed\n", "goals=0.5@2024-06-30"},
		{"and a third of the name they get", "A,g,2024-01-01,2024-02-01,2024-02-01,\nA,g,2024-03-01,2024-04-01,,missed\nA,g #2,2024-03-01,2024-04-01,,missed\n", "goals=0.333333@2024-06-30"},
		{"due on the day", "A,g,2024-01-01,2024-07-01,,\n", "goals is not yet due"},
		{"missed on a day to come", "A,g,2024-01-01,2024-07-01,,missed\n", "goals is not yet due"},
		{"due and not reported", "A,g,2024-01-01,2024-06-29,,\n", ""},
		{"reached later", "A,g,2024-01-01,2024-06-29,2024-07-01,\n", ""},
	} {
		f := read(t, "goals.csv", header+test.rows)
		if got := inputs(t, f, "2024-07-01", "A"); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	f := read(t, "goals.csv", header+"A,g,2024-01-01,2024-02-01,,perhaps\n")
	facts, err := FactsOf(f, nil, success.MustDate("2024-07-01"))
	if err != nil || len(facts.Notes) != 1 || !strings.Contains(facts.Notes[0], `state "perhaps"`) {
		t.Error(facts, err)
	}
}

func TestPeople(t *testing.T) {
	const header = "account,contact,since,role,until\n"
	f := read(t, "contacts.csv", header+
		"A,Ada,2023-01-01,champion,2024-03-01\n"+
		"A,Ada,2024-05-01,champion,\n"+ // came back
		"A,Bo,2023-01-01,user,2024-06-30\n"+
		"A,Cy,2023-01-01,user,2024-07-01\n"+
		"B,Di,2023-01-01,Champion,2024-03-01\n"+
		"C,Ed,2024-07-01,champion,\n",
		"interactions.csv", "id,account,at,contact\n1,A,2024-01-03,Ada\n2,A,2024-02-03,Ada\n3,A,2024-02-03,Ada\n4,A,2024-02-03,Cy\n5,A,2024-01-02,Cy\n")
	if got, want := inputs(t, f, "2024-07-01", "A"), "champion=1@2024-06-30 contacts=2@2024-06-30 tickets=5@2024-02-03"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got, want := inputs(t, f, "2024-07-01", "B"), "champion=0@2024-06-30 contacts=0@2024-06-30"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got := inputs(t, f, "2024-07-01", "C"); got != "" {
		t.Error(got)
	}
	facts, err := FactsOf(f, nil, success.MustDate("2024-07-01"))
	if err != nil {
		t.Fatal(err)
	}
	if v, ok := facts.Of("A").People.Effective.Value(6); !ok || v.String() != "1.6" { // 3 and 1: 16/10
		t.Error(v, ok)
	}
	if got := facts.Accounts(); !slices.Equal(got, []success.AccountID{"A", "B"}) {
		t.Error(got)
	}
	f = read(t, "contacts.csv", "account,contact,since\nA,Ada,2023-01-01\n")
	if got, want := inputs(t, f, "2024-07-01", "A"), "contacts=1@2024-06-30"; got != want {
		t.Errorf("without roles: %s, want %s", got, want)
	}
}

// TestMergers knows of the account that goes on what was known of the others.
func TestMergers(t *testing.T) {
	f := read(t, "contacts.csv", "account,contact,since\nA,Ada,2023-01-01\nB,Ada,2023-02-01\nB,Bo,2023-01-01\nC,Cy,2023-01-01\n")
	chain := []retention.Merger{{From: "A", To: "B"}, {From: "B", To: "C"}}
	if got, want := inputs(t, f, "2024-07-01", "C", chain...), "contacts=3@2024-06-30"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := inputs(t, f, "2024-07-01", "B", chain...); got != "" {
		t.Error(got)
	}
}

// TestExample holds that the example feeds on everything there is.
func TestExample(t *testing.T) {
	card, isExample, err := Card(fstest.MapFS{})
	if err != nil || !isExample {
		t.Fatal(isExample, err)
	}
	if got := card.Measures(); len(got) != len(names()) || !strings.HasPrefix(card.Version(), "example") {
		t.Errorf("%s: %v", card.Version(), got)
	}
	if _, _, err := Card(fstest.MapFS{file + "/inside": {}}); err == nil {
		t.Error("a directory is no scorecard")
	}
}
