package report

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"metrics.internal/success/examples/internal/sample"
)

var update = flag.Bool("update", false, "write the golden files anew")

// report runs the command and returns what it writes and its status.
func runReport(t *testing.T, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	t.Setenv("LC_ALL", "C.UTF-8")
	t.Setenv("TERM", "xterm")
	var out, err bytes.Buffer
	status = Run(args, &out, &err)
	return out.String(), err.String(), status
}

// ok runs the command, which must succeed and have nothing to remark.
func ok(t *testing.T, args ...string) string {
	t.Helper()
	out, err, status := runReport(t, args...)
	if status != statusReport || err != "" {
		t.Fatalf("%v: status %d\n%s", args, status, err)
	}
	return out
}

// write makes a folder of files given as name and text in turn.
func write(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		if err := os.WriteFile(filepath.Join(dir, files[i]), []byte(files[i+1]), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestSample compares the report of the sample company with the one that was
// read and found right: its figures agree with a computation apart from this
// library, from the same files.
func TestSample(t *testing.T) {
	for name, args := range map[string][]string{
		"sample.txt":       nil,
		"sample.ascii.txt": {"-ascii"},
		"sample.json":      {"-json"},
		"owner.txt":        {"-from", "2024-01-10", "-to", "2024-04-01", "-by", "owner", "-grace", "30"},
	} {
		got := ok(t, args...)
		golden := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}

// TestSampleFigures holds figures of the sample company that were computed from
// its files with fractions, in another language.
func TestSampleFigures(t *testing.T) {
	var r struct {
		Retention struct {
			Accounts map[string]int
			ARR      map[string]string
			Rates    map[string]*string
		}
	}
	if err := json.Unmarshal([]byte(ok(t, "-json")), &r); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"opening": "800063.508", "fx": "-12644.463", "closing": "907121.356"} {
		if got := r.Retention.ARR[key]; got != want {
			t.Errorf("%s %s, not %s", key, got, want)
		}
	}
	for key, want := range map[string]string{"nrr": "1.0258870437", "grr": "0.9324516023"} {
		if got := *r.Retention.Rates[key]; got != want {
			t.Errorf("%s %s, not %s", key, got, want)
		}
	}
	if a := r.Retention.Accounts; a["opening"] != 47 || a["closing"] != 51 {
		t.Error(a)
	}
}

// TestOrder shuffles the rows and columns of every file.
func TestOrder(t *testing.T) {
	entries, err := fs.ReadDir(sample.Files(), ".")
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	var files []string
	for _, entry := range entries {
		data, err := fs.ReadFile(sample.Files(), entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(entry.Name(), ".csv") {
			files = append(files, entry.Name(), string(data))
			continue
		}
		rows := strings.Split(strings.TrimSpace(string(data)), "\n")
		body := rows[1:]
		random.Shuffle(len(body), func(i, j int) { body[i], body[j] = body[j], body[i] })
		columns := random.Perm(strings.Count(rows[0], ",") + 1)
		for i, row := range rows {
			cells := strings.Split(row, ",") // no value of the sample is quoted
			moved := make([]string, len(cells))
			for j, column := range columns {
				moved[j] = cells[column]
			}
			rows[i] = strings.Join(moved, ",")
		}
		files = append(files, entry.Name(), strings.Join(rows, "\n")+"\n")
	}
	dir := write(t, files...)
	for _, args := range [][]string{nil, {"-json"}} {
		want := ok(t, args...)
		if diff := cmp.Diff(want, ok(t, append(args, "-dir", dir, "-currency", "EUR")...)); diff != "" {
			t.Errorf("%v (-want +got)\n%s", args, diff)
		}
	}
}

// TestKeys holds the keys of the JSON, which are a contract.
func TestKeys(t *testing.T) {
	var r map[string]any
	if err := json.Unmarshal([]byte(ok(t, "-json")), &r); err != nil {
		t.Fatal(err)
	}
	amounts := "opening new reactivation expansion contraction churn fx closing"
	counts := "opening new reactivated churned closing upgraded downgraded flat free"
	rates := "nrr grr logo_retention logo_churn gross_revenue_churn net_revenue_churn upgrade_rate downgrade_rate flat_rate " +
		"expansion_rate contraction_rate quick_ratio renewal_rate_logo renewal_rate_gross renewal_rate_net arpa_mrr"
	for path, want := range map[string]string{
		"":                                   "period as_of currency retention cohort health attribution",
		"period":                             "from to",
		"retention":                          "accounts arr mrr rates renewals months by lines",
		"retention/accounts":                 counts,
		"retention/arr":                      amounts,
		"retention/mrr":                      amounts,
		"retention/rates":                    rates,
		"retention/renewals":                 "due early on_time late overdue lapsed",
		"retention/months":                   "from to arr accounts rates",
		"retention/months/arr":               amounts,
		"retention/months/accounts":          counts,
		"retention/months/rates":             rates,
		"retention/by":                       "segment owner product",
		"retention/by/owner":                 "additive rows",
		"retention/by/owner/rows/Tom Averly": "arr accounts rates",
		"retention/by/owner/rows/Tom Averly/rates": rates,
		"retention/lines":                          "account opening closing movement amount fx reasons renewal mid_term",
		"retention/lines/reasons":                  "seats price product",
		"cohort":                                   "triangle survival help",
		"cohort/triangle":                          "period cohorts pooled",
		"cohort/triangle/cohorts":                  "start size logo net gross complete",
		"cohort/triangle/pooled":                   "logo net",
		"cohort/survival":                          "unit times at_risk events censored surv lower upper median restricted_mean",
		"cohort/survival/median":                   "value lower upper",
		"cohort/survival/restricted_mean":          "horizon value se",
		"cohort/help":                              "design day horizon helped unhelped difference adjusted warnings",
		"cohort/help/helped":                       "n kept",
		"cohort/help/difference":                   "value lower upper method",
		"health":                                   "bands accounts nps csat support tiers alerts",
		"health/bands":                             "Red Yellow Green Unknown",
		"health/bands/Green":                       "accounts arr",
		"health/accounts":                          "account score lower upper coverage band top_reason",
		"health/nps":                               "n value lower upper",
		"health/csat":                              "method scale n value lower upper response_rate",
		"health/support":                           "first_response resolution one_touch reactive_share",
		"health/support/first_response":            "median p90 unanswered",
		"health/support/resolution":                "median p90 open",
		"health/support/one_touch":                 "none one two more unknown open share",
		"health/tiers":                             "high@touch low@touch one-to-many tech@touch assignments",
		"health/tiers/high touch":                  "accounts arr hours_needed hours_available",
		"health/tiers/assignments":                 "account tier wanted reason",
		"health/alerts":                            "account kind subject severity evidence at_stake opened confirmed reason status",
		"attribution":                              "sources agents total outcomes target models influenced total_won models_gross total_gross",
		"attribution/sources/service":              "leads accepted won_leads open_leads conversion median_days_to_win won_deals gross reversed net average open expected",
		"attribution/sources/service/conversion":   "value lower upper",
		"attribution/outcomes":                     "leads deals",
		"attribution/models":                       "first last linear position time_decay markov shapley",
		"attribution/target":                       "goal actual days passed attainment elapsed pace needed_per_day projected",
		"cohort/help/adjusted":                     "value lower upper strata_kept strata_dropped crude_on_kept",
	} {
		var at any = r
		for key := range strings.SplitSeq(path, "/") {
			if key != "" {
				at = at.(map[string]any)[key]
			}
			if list, isList := at.([]any); isList {
				at = list[0]
			}
		}
		got := map[string]bool{}
		for key := range at.(map[string]any) {
			got[key] = true
		}
		expected := map[string]bool{}
		for key := range strings.FieldsSeq(want) {
			expected[strings.ReplaceAll(key, "@", " ")] = true
		}
		if diff := cmp.Diff(expected, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", path, diff)
		}
	}
}

// TestUndefined reports on a company without customers: rates are null, not 0.
func TestUndefined(t *testing.T) {
	dir := write(t, "contracts.csv", "id,account,start,price,months\n")
	out := ok(t, "-dir", dir, "-to", "2025-01-01", "-json")
	for _, want := range []string{`"currency": null`, `"nrr": null`, `"quick_ratio": null`, `"renewal_rate_logo": null`, `"arpa_mrr": null`, `"opening": "0"`, `"lines": []`, `"by": {}`} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s in\n%s", want, out)
		}
	}
	if out := ok(t, "-dir", dir, "-to", "2025-01-01"); !strings.Contains(out, "NRR n/a · GRR n/a") {
		t.Error(out)
	}
}

// TestStatus runs the command in ways that it must refuse.
func TestStatus(t *testing.T) {
	good := write(t, "contracts.csv", "id,account,start,price,months,end\nC1,A1,2024-01-01,100,1,2024-06-01\n")
	mixed := write(t, "contracts.csv", "id,account,start,price,months,currency\nC1,A1,2024-01-01,100,1,EUR\nC2,A1,2024-01-01,100,1,USD\n",
		"rates.csv", "currency,date,rate\nUSD,2024-01-01,0.9\n")
	bad := write(t, "contracts.csv", "id,account,start,price,months,end,currency\nC1,A1,2024-01-01,100,1,2023-06-01,EUR\nC2,A1,2024-01-01,x,1,,USD\n")
	credit := write(t, "contracts.csv", "id,account,start,price,months,product\nC1,A1,2024-01-01,100,1,Desk\nC2,A1,2024-01-01,-50,1,Vault\n")
	for _, test := range []struct {
		args   string
		status int
		stderr string
	}{
		{"-dir " + good, 0, ""},
		{"-dir " + mixed + " -currency EUR", 0, ""},
		{"-h", 0, "read the CSV files"},
		{"-dir " + bad, 1, "contracts.csv:2: end: 2023-06-01 is not after start 2024-01-01\ncontracts.csv:3: price: x is not an amount like 1499.00\n2 faults\n"},
		{"-dir " + good + " -currency EUR -json", 0, ""},
		{"-dir " + credit + " -to 2025-01-01", 0, "note: no cut by product\naccount A1.Product: Vault is below zero on 2024-12-31\n1 fault\n"},
		{"-dir " + credit + " -to 2025-01-01 -by product", 1, "no cut by product\naccount A1.Product: Vault is below zero on 2024-12-31\n1 fault\n"},
		{"-dir " + filepath.Join(good, "nowhere"), 1, "no such file"},
		{"-dir " + write(t, "accounts.csv", "id\n"), 1, "has none of contracts.csv"},
		{"-dir " + mixed, 2, "use -currency"},
		{"-dir " + good + " -from 2025-01-01 -to 2025-01-01", 2, "-to 2025-01-01 is not after -from 2025-01-01"},
		{"-dir " + good + " -to 2025-01-01 -asof 2024-12-31", 2, "-to 2025-01-01 is after -asof 2024-12-31"},
		{"-dir " + good + " -from 2030-01-01", 2, "[2030-01-01, 2024-01-02) is empty"},
		{"-dir " + bad + " -from 2025-01-01 -to 2024-01-01", 2, "is not after -from"},
		{"-dir " + good + " -asof 2024-12-31 -to 2025-01-01", 2, "is after -asof"},
		{"-dir " + filepath.Join(good, "contracts.csv"), 1, "contracts.csv: "},
		{"-dir " + write(t, "contracts.csv", "id,account,start,price,months\n"), 2, "use -to"},
		{"-from 2025-02-30", 2, "invalid value"},
		{"-colour", 2, "not defined"},
		{"-by country", 2, "not one of segment, owner, product"},
		{"-grace -1", 2, "0 or more"},
		{"-grace many", 2, "invalid value"},
		{"-horizon 0", 2, "1 or more"},
		{"-model median", 2, "not one of first"},
		{good, 2, "is not a flag"},
	} {
		out, err, status := runReport(t, strings.Fields(test.args)...)
		if status != test.status || !strings.Contains(err, test.stderr) || test.stderr == "" && err != "" {
			t.Errorf("%s: status %d, not %d\n%s", test.args, status, test.status, err)
		}
		if (status == 0 && test.args != "-h") != (out != "") {
			t.Errorf("%s: status %d and %d bytes of report", test.args, status, len(out))
		}
	}
}

// TestAsOf reports on a year before its renewals were known.
func TestAsOf(t *testing.T) {
	dir := write(t, "contracts.csv", `id,account,start,end,price,months,renews
C1,A1,2023-01-01,2024-01-01,1200,12,
C2,A1,2024-01-01,2025-01-01,2400,12,C1
C3,A2,2024-12-31,,12,12,
`)
	out := ok(t, "-dir", dir, "-json", "-from", "2023-06-01", "-to", "2024-01-01")
	for _, want := range []string{`"as_of": "2024-01-01"`, `"due": 0`, `"closing": "1200"`} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s in\n%.600s", want, out)
		}
	}
	out = ok(t, "-dir", dir, "-json", "-from", "2023-06-01", "-to", "2024-01-02", "-asof", "2024-01-02")
	for _, want := range []string{`"due": 1`, `"on_time": 1`, `"expansion": "1200"`, `"closing": "2400"`} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s in\n%.600s", want, out)
		}
	}
	if out := ok(t, "-dir", dir, "-json"); !strings.Contains(out, `"as_of": "2025-01-01"`) || !strings.Contains(out, `"from": "2024-01-01"`) {
		t.Errorf("%.200s", out)
	}
}

// TestOtherSections reports on a folder without contracts.
func TestOtherSections(t *testing.T) {
	dir := write(t, "deals.csv", "id,account,opened,status,amount,closed\nD1,A1,2024-01-01,won,5,2024-02-01\n")
	if out := ok(t, "-dir", dir); !strings.Contains(out, "no contracts.csv") {
		t.Error(out)
	}
	if out := ok(t, "-dir", dir, "-json"); strings.Contains(out, "retention") {
		t.Error(out)
	}
}

// TestPage prints what is hard to print: it must keep to the width, and to ASCII
// if asked to.
func TestPage(t *testing.T) {
	var contracts strings.Builder
	contracts.WriteString("id,account,start,price,months,product\n")
	long := strings.Repeat("Grüße ", 30)
	for _, row := range []string{
		"C1," + long + ",2010-01-01,8000000000000,12," + long,
		"C2,\x1b[31mred\x1b[0m,2024-03-01,7000000000000,12,",
		"C3,A3,2024-02-01,0.01,1,",
		"C4,A4,2011-02-01,3,1,",
	} {
		contracts.WriteString(row + "\n")
	}
	dir := write(t, "contracts.csv", contracts.String())
	for _, args := range [][]string{{"-ascii"}, {}} {
		out := ok(t, append(args, "-dir", dir, "-from", "2010-01-15", "-to", "2024-03-20")...)
		for line := range strings.Lines(out) {
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > width {
				t.Errorf("%d characters: %s", n, line)
			}
			if strings.Contains(line, "\x1b") {
				t.Errorf("escape in %q", line)
			}
			if len(args) > 0 && len(line) != utf8.RuneCountInString(line) {
				t.Errorf("not ASCII: %s", line)
			}
		}
		for _, want := range []string{"The last 24 of 171 months (millions)", "2024-03 01-19", "15,000,000"} {
			if !strings.Contains(out, want) {
				t.Errorf("no %q in\n%s", want, out)
			}
		}
	}
}

func TestStyle(t *testing.T) {
	for _, test := range []struct {
		env   map[string]string
		flag  bool
		ascii bool
	}{
		{map[string]string{"LANG": "en_US.UTF-8"}, false, false},
		{map[string]string{"LANG": "en_US.UTF-8"}, true, true},
		{map[string]string{"LANG": "en_US.UTF-8", "LC_ALL": "C"}, false, true},
		{map[string]string{"LC_CTYPE": "C.utf8", "LANG": "C"}, false, false},
		{map[string]string{"LANG": "en_US.UTF-8", "TERM": "dumb"}, false, true},
		{map[string]string{}, false, true},
	} {
		for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG", "TERM", "NO_COLOR"} {
			t.Setenv(name, test.env[name])
		}
		s := styleOf(&bytes.Buffer{}, test.flag)
		if s.ascii != test.ascii || s.colour {
			t.Errorf("%v: %+v", test, s)
		}
	}
	file, err := os.Create(filepath.Join(t.TempDir(), "report"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if styleOf(file, false).colour {
		t.Error("colour in a file")
	}
}

func TestColour(t *testing.T) {
	var b strings.Builder
	p := newPage(&b, style{colour: true})
	p.heading("Months")
	g := newGrid("", "change")
	g.addStyled(red, "A1", "−5")
	g.write(p)
	want := "\n\x1b[1mMonths\x1b[0m\n      change\n\x1b[31m  A1      −5\x1b[0m\n"
	if b.String() != want {
		t.Errorf("%q", b.String())
	}
}

func TestProgress(t *testing.T) {
	var b strings.Builder
	ctx, stop := context.WithCancel(context.Background())
	for _, terminal := range []bool{false, true} {
		tell := progress(ctx, &b, terminal, time.Now().Add(-2*time.Second))
		first := tell("usage.csv", 32768)
		second := tell("usage.csv", 65536) // within the same second
		if first != nil || second != nil {
			t.Error(first, second)
		}
	}
	if b.String() != "reading usage.csv: 32768 rows\n" {
		t.Error(b.String())
	}
	stop()
	if err := progress(ctx, &b, true, time.Now())("usage.csv", 1); !errors.Is(err, context.Canceled) {
		t.Errorf("after an interrupt: %v", err)
	}
}

// TestInterrupted: an interrupt while a folder is read is the end of it, without a
// report.
func TestInterrupted(t *testing.T) {
	dir := t.TempDir()
	rows := "account,date,measure,value\n" + strings.Repeat("A-1,2025-03-01,seats,1\n", 40_000)
	if err := os.WriteFile(filepath.Join(dir, "usage.csv"), []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	o, err := Parse([]string{"-dir", dir}, io.Discard, func(*flag.FlagSet) {})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancelCause(context.Background())
	gone := errors.New("gone")
	stop(gone)
	if r, err := o.Build(ctx, io.Discard); r != nil || !errors.Is(err, gone) || Status(err) != statusRefused {
		t.Errorf("%v, %v", r, err)
	}
}

// failing is a writer that fails.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestBrokenOutput(t *testing.T) {
	var err bytes.Buffer
	if status := Run(nil, failing{}, &err); status != statusRefused || !strings.Contains(err.String(), "closed") {
		t.Errorf("status %d: %s", status, err.String())
	}
}
