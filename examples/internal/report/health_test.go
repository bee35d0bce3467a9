package report

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"metrics.internal/success"
)

// healthFigures is what the tests read of the section.
type healthFigures struct {
	Health *struct {
		Bands map[string]struct {
			Accounts int
			ARR      *string
		}
		Accounts []struct {
			Account                       string
			Score, Lower, Upper, Coverage *float64
			Band                          string
			TopReason                     *string `json:"top_reason"`
		}
		NPS *struct {
			N                   int
			Value, Lower, Upper *float64
		}
		CSAT *struct {
			Method              string
			Scale, N            int
			Value, Lower, Upper *float64
			ResponseRate        *string `json:"response_rate"`
		}
		Support *struct {
			FirstResponse struct {
				Median, P90 *float64
				Unanswered  int
			} `json:"first_response"`
			Resolution struct {
				Median, P90 *float64
				Open        int
			}
			OneTouch struct {
				None, One, Two, More, Unknown, Open int
				Share                               *string
			} `json:"one_touch"`
			ReactiveShare *string `json:"reactive_share"`
		}
		Tiers  map[string]json.RawMessage
		Alerts []struct {
			Account, Kind, Subject, Severity, Evidence string
			AtStake                                    *string `json:"at_stake"`
			Opened                                     string
		}
	}
}

// healthOf reads the section, and what is written to the standard error beside it.
func healthOf(t *testing.T, args ...string) (f healthFigures, notes string) {
	t.Helper()
	out, notes, status := runReport(t, append(args, "-json")...)
	if status != statusReport {
		t.Fatalf("%v: status %d\n%s", args, status, notes)
	}
	if err := json.Unmarshal([]byte(out), &f); err != nil {
		t.Fatal(err)
	}
	return f, notes
}

// TestSampleHealth holds figures of the sample company that were computed from its
// files in another language.
func TestSampleHealth(t *testing.T) {
	f, _ := healthOf(t)
	h := f.Health
	if n := h.NPS; n.N != 60 || !near(n.Value, 9.0/60) || !near(n.Lower, -0.04692807615569447) || !near(n.Upper, 0.3326423618699802) {
		t.Errorf("%+v", n)
	}
	c := h.CSAT
	if c.Method != "top_two_box" || c.Scale != 5 || c.N != 118 || !near(c.Value, 100.0/118) || !near(c.Lower, 0.771728055334007) ||
		!near(c.Upper, 0.901277675175785) || *c.ResponseRate != "0.3586626140" {
		t.Errorf("%+v", c)
	}
	s := h.Support
	if r := s.FirstResponse; !near(r.Median, 62) || !near(r.P90, 359) || r.Unanswered != 12 {
		t.Errorf("%+v", r)
	}
	if r := s.Resolution; !near(r.Median, 617) || !near(r.P90, 3236) || r.Open != 13 || *s.ReactiveShare != "0.7147435897" {
		t.Errorf("%+v", r)
	}
	accounts := 0
	for _, band := range h.Bands {
		accounts += band.Accounts
	}
	if accounts != 51 || len(h.Accounts) != 51 {
		t.Errorf("%d accounts in bands and %d scores, not the 51 customers", accounts, len(h.Accounts))
	}
	for i, a := range h.Accounts {
		if *a.Score < *a.Lower || *a.Score > *a.Upper || *a.Coverage > 1 {
			t.Errorf("%+v", a)
		}
		if i > 0 && *a.Score < *h.Accounts[i-1].Score {
			t.Errorf("%s is out of order", a.Account)
		}
	}
}

// smallCompany is of three customers: one used the product less and less, one more,
// and of the third no use is known.
func smallCompany() map[string]string {
	var usage strings.Builder
	usage.WriteString("account,date,measure,value\n")
	for month := 1; month <= 6; month++ {
		fmt.Fprintf(&usage, "A1,2024-%02d-10,logins,100\nA2,2024-%02d-10,logins,100\n", month, month)
	}
	usage.WriteString("A1,2024-07-10,logins,25\nA2,2024-07-10,logins,120\n")
	return map[string]string{
		"contracts.csv": "id,account,start,price,months\nC1,A1,2024-01-01,100,1\nC2,A2,2024-01-01,200,1\nC3,A3,2024-01-01,300,1\n",
		"accounts.csv":  "id,name\nA1,Ash\nA2,Birch\nA3,Cedar\n",
		"usage.csv":     usage.String(),
		"scorecard.json": `{"version": "1", "groups": [{"name": "all", "weight": 1, "measures": [
			{"name": "usage", "weight": 3, "curve": {"kind": "ratio to target", "target": 1}},
			{"name": "contacts", "weight": 1, "curve": {"kind": "ratio to target", "target": 2}}]}],
			"bands": [{"name": "low", "from": 0, "to": 50, "cut": "band above"}, {"name": "high", "from": 50, "to": 100}],
			"min_coverage": 0.5}`,
	}
}

// writeAll makes a folder of files, without those named.
func writeAll(t *testing.T, files map[string]string, without ...string) string {
	t.Helper()
	var list []string
	for name, text := range files {
		if !strings.Contains(strings.Join(without, " "), name) {
			list = append(list, name, text)
		}
	}
	return write(t, list...)
}

// TestScores scores by a scorecard of the folder: 25 % of the use of before is 25
// points, and a quarter of the weight, the contacts, is not known.
func TestScores(t *testing.T) {
	f, notes := healthOf(t, "-dir", writeAll(t, smallCompany()), "-to", "2024-08-01")
	h := f.Health
	if notes != "" || len(h.Accounts) != 3 {
		t.Fatal(notes, h.Accounts)
	}
	a := h.Accounts[0]
	if a.Account != "A1" || !near(a.Score, 25) || !near(a.Lower, 18.75) || !near(a.Upper, 43.75) || !near(a.Coverage, .75) || a.Band != "low" || *a.TopReason != "usage" {
		t.Errorf("%+v", a)
	}
	if a := h.Accounts[1]; a.Account != "A2" || !near(a.Score, 100) || a.TopReason != nil || a.Band != "high" {
		t.Errorf("%+v", a)
	}
	if a := h.Accounts[2]; a.Account != "A3" || a.Score != nil || !near(a.Lower, 0) || !near(a.Upper, 100) || !near(a.Coverage, 0) || a.Band != "Unknown" || a.TopReason != nil {
		t.Errorf("%+v", a)
	}
	for band, want := range map[string]string{"low": "1200", "high": "2400", "Unknown": "3600"} {
		if got := h.Bands[band]; got.Accounts != 1 || *got.ARR != want {
			t.Errorf("%s: %d accounts, %s", band, got.Accounts, *got.ARR)
		}
	}
	if h.NPS != nil || h.CSAT != nil || h.Support != nil || h.Tiers == nil {
		t.Errorf("%+v", h)
	}
	text := ok(t, "-dir", writeAll(t, smallCompany()), "-to", "2024-08-01")
	for _, want := range []string{"NRR n/a · GRR n/a · 1 of 3 at risk", "Ash      1,200   25.0   18.8 to 43.8    75%  low      usage (75.0)", "Call those at risk, 1 account: Ash (usage)."} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// TestAlerts raises what is to be raised of that company, and of its goals and
// people.
func TestAlerts(t *testing.T) {
	files := smallCompany()
	files["goals.csv"] = "account,goal,start,due,achieved,state\nA2,go live,2024-01-01,2024-07-31,,\nA2,save time,2024-01-01,2024-08-01,,\nA2,old,2023-01-01,2024-01-31,,missed\nA3,go live,2024-01-01,2024-07-01,2024-07-20,\n"
	files["contacts.csv"] = "account,contact,since,role,until\nA3,Ada,2024-01-01,champion,2024-07-15\nA3,Bo,2024-01-01,user,\n"
	f, _ := healthOf(t, "-dir", writeAll(t, files), "-to", "2024-08-01")
	var got []string
	for _, a := range f.Health.Alerts {
		got = append(got, strings.Join([]string{a.Account, a.Severity, a.Kind, a.Subject, *a.AtStake, a.Opened}, " "))
	}
	want := []string{
		"A3 critical champion left Ada 3600 2024-08-01",
		"A1 critical band drop  1200 2024-08-01",
		"A2 warning goal missed go live 2400 2024-08-01",
		"A1 warning usage fall  1200 2024-08-01",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	files["usage.csv"] = strings.ReplaceAll(files["usage.csv"], "A1,2024-07-10,logins,25", "A1,2024-07-10,logins,100")
	if f, _ := healthOf(t, "-dir", writeAll(t, files, "goals.csv contacts.csv"), "-to", "2024-08-01"); f.Health.Alerts == nil || len(f.Health.Alerts) != 0 {
		t.Error(f.Health.Alerts)
	}
	if text := ok(t, "-dir", writeAll(t, files, "goals.csv contacts.csv"), "-to", "2024-08-01"); !strings.Contains(text, "\nNo alerts\n") {
		t.Error(text)
	}
}

// service is what customers said and asked, in 2024 but for one of each.
func service() map[string]string {
	return map[string]string{
		"interactions.csv": `id,account,at,initiative,format,first_reply_at,solved_at,replies
T1,A1,2024-03-01T10:00:00Z,reactive,,2024-03-01T10:30:00Z,2024-03-01T12:00:00Z,1
T2,A1,2024-03-02T10:00:00Z,reactive,,2024-03-02T12:00:00Z,2024-03-02T11:00:00Z,2
T3,A2,2024-12-31T23:00:00Z,reactive,,2025-01-01T00:30:00Z,2025-01-02T11:00:00Z,1
T4,A2,2024-06-01T10:00:00Z,proactive,one-to-many,,,
T5,A2,2023-06-01T10:00:00Z,reactive,,2023-06-01T10:01:00Z,2023-06-01T10:02:00Z,1
`,
		"surveys.csv": `account,at,survey,score,interaction
A1,2024-03-02,csat,5,T1
A1,2024-03-03,csat,3,T2
A2,2023-06-02,csat,1,T5
A1,2024-05-01,nps,10,
A2,2024-05-01,nps,0,
A2,2024-05-02,nps,9,
A2,2023-05-02,nps,0,
`}
}

// TestService counts by hand: half an hour and two hours to a reply, two hours and
// one to a solution, one ticket of which nothing is known after an hour, when the
// year ends, and answers of the year only.
func TestService(t *testing.T) {
	f, notes := healthOf(t, "-dir", writeAll(t, service()), "-from", "2024-01-01", "-to", "2025-01-01")
	h := f.Health
	if n := h.NPS; n.N != 3 || !near(n.Value, 1.0/3) {
		t.Errorf("%+v", n)
	}
	if c := h.CSAT; c.N != 2 || !near(c.Value, .5) || *c.ResponseRate != "1.0000000000" {
		t.Errorf("%+v", c)
	}
	s := h.Support
	if r := s.FirstResponse; r.Unanswered != 1 || !near(r.Median, 120) || r.P90 == nil {
		t.Errorf("%+v", r)
	}
	if r := s.Resolution; r.Open != 1 || !near(r.Median, 120) {
		t.Errorf("%+v", r)
	}
	if o := s.OneTouch; o.One != 1 || o.Two != 1 || o.Open != 1 || *o.Share != "0.5000000000" || *s.ReactiveShare != "0.7500000000" {
		t.Errorf("%+v", o)
	}
	if !strings.Contains(notes, "note: interactions.csv: 1 ticket has a first reply after the solution\n") {
		t.Error(notes)
	}
	files := service()
	files["goals.csv"] = "account,goal,start,due\nA1,go live,2024-01-01,2024-12-01\n"
	if f, _ := healthOf(t, "-dir", writeAll(t, files), "-from", "2024-01-01", "-to", "2025-01-01"); len(f.Health.Alerts) != 1 || f.Health.Alerts[0].AtStake != nil {
		t.Errorf("%+v", f.Health.Alerts)
	}
	if len(h.Accounts) != 2 || h.Bands["Green"].ARR != nil || h.Tiers != nil {
		t.Errorf("%+v", h)
	}
}

// TestQuietPeriod reports on a year in which nobody said or asked anything.
func TestQuietPeriod(t *testing.T) {
	f, _ := healthOf(t, "-dir", writeAll(t, service()), "-from", "2022-01-01", "-to", "2023-01-01", "-asof", "2025-02-01")
	h := f.Health
	if h.NPS != nil || h.CSAT != nil {
		t.Errorf("%+v %+v", h.NPS, h.CSAT)
	}
	s := h.Support
	if s.FirstResponse.Median != nil || s.FirstResponse.P90 != nil || s.Resolution.Median != nil || s.OneTouch.Share != nil || s.ReactiveShare != nil {
		t.Errorf("%+v", s)
	}
	text, _, _ := runReport(t, "-dir", writeAll(t, service()), "-from", "2022-01-01", "-to", "2023-01-01", "-asof", "2025-02-01")
	for _, want := range []string{"First response          n/a          n/a        0\n", "n/a of contacts begun by the customer"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// TestWithout leaves out the parts that have no file.
func TestWithout(t *testing.T) {
	files := smallCompany()
	for name, text := range service() {
		files[name] = text
	}
	parts := func(without ...string) string {
		f, _ := healthOf(t, "-dir", writeAll(t, files, without...), "-from", "2024-01-01", "-to", "2025-01-01")
		h := f.Health
		if h == nil {
			return "none"
		}
		var has []string
		for name, there := range map[string]bool{
			"1scores": h.Bands != nil && h.Accounts != nil && h.Alerts != nil, "2nps": h.NPS != nil, "3csat": h.CSAT != nil, "4support": h.Support != nil, "5tiers": h.Tiers != nil,
		} {
			if there {
				has = append(has, name)
			}
		}
		return strings.Join(sorted(has), " ")
	}
	for _, test := range []struct{ without, want string }{
		{"", "1scores 2nps 3csat 4support 5tiers"},
		{"surveys.csv", "1scores 4support 5tiers"},
		{"interactions.csv", "1scores 2nps 3csat 5tiers"},
		{"accounts.csv", "1scores 2nps 3csat 4support"},
		{"contracts.csv", "1scores 2nps 3csat 4support"},
		{"scorecard.json", "1scores 2nps 3csat 4support 5tiers"},
		{"usage.csv surveys.csv interactions.csv", "5tiers"},
		{"usage.csv surveys.csv interactions.csv accounts.csv", "none"},
	} {
		if got := parts(test.without); got != test.want {
			t.Errorf("without %s: %s, want %s", test.without, got, test.want)
		}
	}
}

// TestScales takes the scale of most answers, and says so.
func TestScales(t *testing.T) {
	files := service()
	files["surveys.csv"] = "account,at,survey,score,scale\nA1,2024-03-02,csat,5,5\nA1,2024-03-03,csat,7,10\nA2,2024-03-03,csat,9,10\n"
	f, notes := healthOf(t, "-dir", writeAll(t, files), "-from", "2024-01-01", "-to", "2025-01-01")
	if c := f.Health.CSAT; c.Scale != 10 || c.N != 2 || !near(c.Value, .5) || c.ResponseRate != nil || !strings.Contains(notes, "csat: 1 answer on another scale than 1 to 10") {
		t.Errorf("%+v\n%s", c, notes)
	}
	files["surveys.csv"] = "account,at,survey,score,scale\nA1,2024-03-02,csat,2,2\n"
	if f, _ := healthOf(t, "-dir", writeAll(t, files), "-from", "2024-01-01", "-to", "2025-01-01"); f.Health.CSAT != nil {
		t.Errorf("%+v", f.Health.CSAT)
	}
}

// TestBadConfiguration refuses scorecards and policies that cannot be used.
func TestBadConfiguration(t *testing.T) {
	card := smallCompany()["scorecard.json"]
	for _, test := range []struct{ file, text, want string }{
		{"scorecard.json", "x", "report: scorecard.json: "},
		{"scorecard.json", "{}", "report: scorecard.json: 3 faults\n\tdefinition.Version: is missing"},
		{"scorecard.json", strings.Replace(card, `"contacts"`, `"logouts"`, 1), "report: scorecard.json: measure logouts is none of usage, overdue, "},
		{"scorecard.json", strings.Replace(card, `"contacts"`, `"usage."`, 1), "report: scorecard.json: measure usage. is none of "},
		{"scorecard.json", strings.Replace(card, `, "target": 2`, ``, 1), "report: scorecard.json: measure contacts: curve ratio to target needs a target"},
		{"scorecard.json", strings.Replace(card, `"ratio to target", "target": 2`, `"own percentile"`, 1), "report: scorecard.json: measure contacts: curve own percentile needs a history"},
		{"tiers.json", "{}", "report: tiers.json: policy.Tiers: is missing"},
		{"tiers.json", "x", "report: tiers.json: "},
	} {
		files := smallCompany()
		files[test.file] = test.text
		out, err, status := runReport(t, "-dir", writeAll(t, files), "-to", "2024-08-01")
		if status != statusRefused || out != "" || !strings.HasPrefix(err, test.want) {
			t.Errorf("%s %s: status %d\n%s", test.file, test.text, status, err)
		}
	}
	files := smallCompany()
	files["scorecard.json"] = strings.Replace(card, `"contacts"`, `"usage.logins"`, 1)
	if f, _ := healthOf(t, "-dir", writeAll(t, files), "-to", "2024-08-01"); !near(f.Health.Accounts[0].Score, .75*25+.25*12.5) {
		t.Error(*f.Health.Accounts[0].Score)
	}
}

// TestFarTimes refuses a ticket of a year that is none.
func TestFarTimes(t *testing.T) {
	files := service()
	files["interactions.csv"] += "T9,A2,1850-06-01,reactive,,,,\n"
	out, err, status := runReport(t, "-dir", writeAll(t, files), "-from", "1850-01-01", "-to", "2025-01-01")
	if status != statusRefused || out != "" || !strings.Contains(err, "interactions.csv:7: at: ") {
		t.Errorf("status %d\n%s", status, err)
	}
}

// TestFarDays reports as of a year of which support knows nothing, without it.
func TestFarDays(t *testing.T) {
	for _, asOf := range []string{"1899-12-31", "2100-01-01"} {
		f, notes := healthOf(t, "-dir", writeAll(t, service()), "-asof", asOf)
		if f.Health.Support != nil || !strings.Contains(notes, "note: support is not measured as of "+asOf) {
			t.Error(notes)
		}
	}
	if f, notes := healthOf(t, "-dir", writeAll(t, service()), "-asof", "2099-12-31"); f.Health.Support == nil || strings.Contains(notes, "not measured") {
		t.Error(notes)
	}
	ok, _ := healthOf(t, "-from", "0001-01-01", "-to", "0001-01-02")
	if len(ok.Health.Accounts) != 0 {
		t.Error(ok.Health.Accounts)
	}
}

// TestRiskScale turns the bands of a scorecard of risk round.
func TestRiskScale(t *testing.T) {
	files := smallCompany()
	files["scorecard.json"] = `{"version": "1", "scale": "risk", "groups": [{"name": "all", "weight": 1, "measures": [
		{"name": "usage", "weight": 3, "scale": "risk", "curve": {"kind": "ratio to target", "target": 1}}]}],
		"bands": [{"name": "calm", "from": 0, "to": 50, "cut": "band above"}, {"name": "alarm", "from": 50, "to": 100}], "min_coverage": 0.5}`
	f, _ := healthOf(t, "-dir", writeAll(t, files), "-to", "2024-08-01")
	h := f.Health
	if a := h.Accounts[0]; a.Account != "A1" || !near(a.Score, 75) || a.Band != "alarm" || h.Accounts[1].Account != "A2" || h.Accounts[2].Score != nil {
		t.Errorf("%+v", h.Accounts)
	}
	if text := ok(t, "-dir", writeAll(t, files), "-to", "2024-08-01"); !strings.Contains(text, "1 of 3 at risk") || !strings.Contains(text, "Scores of risk") {
		t.Error(text)
	}
}

// TestHealthPage prints names and evidence that are hard to print.
func TestHealthPage(t *testing.T) {
	files := smallCompany()
	long := strings.Repeat("Grüße ", 30)
	files["accounts.csv"] = "id,name\nA1," + long + "\nA2,\x1b[31mred\x1b[0m\nA3,\n"
	files["goals.csv"] = "account,goal,start,due\nA1," + long + ",2024-01-01,2024-06-01\n"
	for name, text := range service() {
		files[name] = text
	}
	for _, args := range [][]string{{"-ascii"}, {}} {
		out, _, _ := runReport(t, append(args, "-dir", writeAll(t, files), "-to", "2024-08-01")...)
		if !strings.Contains(out, "goal missed") {
			t.Error(out)
		}
		for line := range strings.Lines(out) {
			line = strings.TrimSuffix(line, "\n")
			if n := utf8.RuneCountInString(line); n > width || strings.Contains(line, "\x1b") || len(args) > 0 && n != len(line) {
				t.Errorf("%d characters: %q", n, line)
			}
		}
	}
}

// TestHeadline breaks a headline that is too long between its parts.
func TestHeadline(t *testing.T) {
	var b strings.Builder
	part := strings.Repeat("x", 45)
	newPage(&b, style{}).headline(part, part, "", part, strings.Repeat("y", 101))
	if want := part + " · " + part + "\n" + part + "\n" + strings.Repeat("y", 99) + "~\n"; b.String() != want {
		t.Errorf("%s", b.String())
	}
}

// TestClock says minutes as people do.
func TestClock(t *testing.T) {
	for minutes, want := range map[float64]string{0: "0 minutes", 1.4: "1 minute", 59: "59 minutes", 59.5: "1 h 00 min", 2879: "47 h 59 min", 2880: "2.0 days"} {
		if got := clock(success.FigureOf(minutes)); got != want {
			t.Errorf("%v: %s, not %s", minutes, got, want)
		}
	}
}
