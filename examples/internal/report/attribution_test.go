package report

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// attributionFigures is what the tests read of the section.
type attributionFigures struct {
	Currency    *string
	Attribution *struct {
		Sources, Agents map[string]struct {
			Leads, Accepted      int
			WonLeads             int `json:"won_leads"`
			WonDeals             int `json:"won_deals"`
			Conversion           struct{ Value, Lower, Upper *float64 }
			Gross, Reversed, Net decimal.Decimal
		}
		Target *struct {
			Attainment, Pace *decimal.Decimal
			Days, Passed     int
		}
		Models     map[string]map[string]decimal.Decimal
		Influenced map[string]decimal.Decimal
		TotalWon   decimal.Decimal                       `json:"total_won"`
		Gross      map[string]map[string]decimal.Decimal `json:"models_gross"`
		TotalGross decimal.Decimal                       `json:"total_gross"`
	}
}

func attributionOf(t *testing.T, args ...string) attributionFigures {
	t.Helper()
	var f attributionFigures
	out, stderr, status := runReport(t, append(args, "-json")...)
	if status != statusReport {
		t.Fatalf("%v: status %d\n%s", args, status, stderr)
	}
	if err := json.Unmarshal([]byte(out), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// sales is a folder with deals and what brought them in: D1 by a service lead,
// partly refunded, D2 by nobody, D3 lost. D1 was touched on 1 and 30 March, the
// day it was won, and D2 not within 30 days.
func sales() map[string]string {
	return map[string]string{
		"interactions.csv": "id,account,at,initiative\nI1,A1,2024-02-01,reactive\n",
		"leads.csv":        "id,account,source,at,agent,interaction\nL1,A1,service,2024-02-02,Bea,I1\nL2,A3,marketing,2024-02-02,,\nL3,A1,service,2024-02-10,Tom,I1\n",
		"deals.csv": "id,account,lead,owner,opened,closed,status,amount,currency\n" +
			"D1,A1,L1,Lena,2024-02-03,2024-03-30,won,100.01,EUR\nD2,A2,,Lena,2024-02-03,2024-03-31,won,50,EUR\nD3,A3,L2,Lena,2024-02-03,2024-03-15,lost,70,EUR\n" +
			"D4,A1,L1,Lena,2024-02-05,2024-05-01,open,30,EUR\n",
		"adjustments.csv": "id,deal,at,amount\nR1,D1,2024-04-02,-25\n",
		"touches.csv":     "account,at,key\nA1,2024-03-30,search\nA1,2024-03-01,webinar\nA2,2024-01-01,search\nA3,2024-03-10,search\nA1,2024-02-28,fair\n",
	}
}

func TestAttribution(t *testing.T) {
	dir := writeAll(t, sales())
	f := attributionOf(t, "-dir", dir, "-from", "2024-01-01", "-to", "2024-07-01")
	a := f.Attribution
	if f.Currency == nil || *f.Currency != "EUR" || a.Target != nil {
		t.Errorf("currency %v, target %v", f.Currency, a.Target)
	}
	s := a.Sources["service"]
	if s.Leads != 2 || s.Accepted != 1 || s.WonLeads != 1 || s.WonDeals != 1 || !near(s.Conversion.Value, 1) ||
		s.Gross.String() != "100.01" || s.Reversed.String() != "25" || s.Net.String() != "75.01" {
		t.Errorf("service %+v", s)
	}
	if m := a.Sources["marketing"]; m.Leads != 1 || m.WonLeads != 0 || !near(m.Conversion.Value, 0) || m.WonDeals != 0 {
		t.Errorf("marketing %+v", m)
	}
	if u := a.Sources["unattributed"]; u.Leads != 0 || u.WonDeals != 1 || u.Net.String() != "50" || u.Conversion.Value != nil {
		t.Errorf("nobody %+v", u)
	}
	if b := a.Agents["Bea"]; b.WonLeads != 1 || b.Net.String() != "75.01" {
		t.Errorf("Bea %+v", b)
	}
	if a.TotalWon.String() != "125.01" || a.TotalGross.String() != "150.01" || a.Influenced["search"].String() != "75.01" {
		t.Errorf("total %v, %v as won, influenced %v", a.TotalWon, a.TotalGross, a.Influenced)
	}
	for model, want := range map[string]string{
		"first": "75.01 0, 100.01 0", "last": "0 75.01, 0 100.01", "linear": "37.51 37.5, 50.01 50", "position": "37.51 37.5, 50.01 50", "shapley": "37.51 37.5, 50.01 50",
	} {
		net, gross := a.Models[model], a.Gross[model]
		got := fmt.Sprintf("%v %v, %v %v", net["webinar"], net["search"], gross["webinar"], gross["search"])
		if got != want || net["unattributed"].String() != "50" || gross["unattributed"].String() != "50" {
			t.Errorf("%s: %s; %v, %v", model, got, net, gross)
		}
	}
	if text := ok(t, "-dir", dir, "-from", "2024-01-01", "-to", "2024-07-01"); !strings.Contains(text, "Who gets the credit for 125 won, after 25 of refunds: touched in the 30 days before (EUR)") {
		t.Error(text)
	}
	wide := attributionOf(t, "-dir", dir, "-from", "2024-01-01", "-to", "2024-07-01", "-window", "0", "-model", "first").Attribution
	if len(wide.Models) != 1 || wide.Models["first"]["fair"].String() != "75.01" || wide.Models["first"]["search"].String() != "50" {
		t.Errorf("at any time: %v", wide.Models)
	}
	march := attributionOf(t, "-dir", dir, "-from", "2024-03-01", "-to", "2024-03-31").Attribution
	if march.TotalWon.String() != "100.01" || march.TotalGross.String() != "100.01" || march.Sources["service"].Reversed.String() != "0" {
		t.Errorf("before the refund: %+v", march)
	}
}

// TestModelsAddUp: in the sample every model shares all that was won, before
// refunds and after, which is what the table of sources has.
func TestModelsAddUp(t *testing.T) {
	a := attributionOf(t).Attribution
	if len(a.Models) != len(modelNames()) {
		t.Errorf("%d models", len(a.Models))
	}
	net := decimal.Decimal{}
	for _, r := range a.Sources {
		net = net.Add(r.Net)
	}
	checkShares(t, "net", a.Models, net, a.TotalWon)
	checkShares(t, "gross", a.Gross, a.TotalGross, a.TotalGross)
	if !a.TotalGross.GreaterThan(net) {
		t.Errorf("of %v as won %v are left", a.TotalGross, net)
	}
	if tg := a.Target; tg.Days != 365 || tg.Passed != 365 || !tg.Attainment.Equal(*tg.Pace) {
		t.Errorf("%+v", tg)
	}
	if agents := a.Agents; !net.IsPositive() || len(agents) == 0 {
		t.Error(net, len(agents))
	}
}

func TestTarget(t *testing.T) {
	files := sales()
	files["targets.json"] = `{"amount": "300.02"}`
	dir := writeAll(t, files)
	a := attributionOf(t, "-dir", dir, "-from", "2024-01-01", "-to", "2024-07-01").Attribution
	if a.Target == nil || a.Target.Attainment.String() != "0.4166722219" || a.Target.Days != 182 {
		t.Errorf("%+v", a.Target)
	}
	files["targets.json"] = `{"amount": "75.01", "source": "service", "from": "2024-01-01", "to": "2025-01-01"}`
	dir = writeAll(t, files)
	a = attributionOf(t, "-dir", dir, "-from", "2024-01-01", "-to", "2024-07-01").Attribution
	if a.Target.Attainment.String() != "1" && a.Target.Attainment.StringFixed(2) != "1.00" || a.Target.Days != 366 || a.Target.Passed != 182 {
		t.Errorf("%+v", a.Target)
	}
	if text := ok(t, "-dir", dir, "-from", "2024-01-01", "-to", "2024-07-01"); !strings.Contains(text, "Target of 75: 100.0 % reached, with 49.7 % of its 366 days over; pace 2.01, 151 at this rate.") {
		t.Error(text)
	}
	for text, want := range map[string]string{
		`{"amount": "0"}`:                       "goal.Amount",
		`{"amount": "1", "sauce": "service"}`:   "sauce",
		`{"amount": "1", "source": "cold"}`:     "cold",
		`{"amount": "1", "from": "2024-01-01"}`: "period",
		`{"amount": "1", "currency": "XYZ"}`:    "XYZ",
		`amount`:                                "invalid character",
	} {
		files["targets.json"] = text
		_, stderr, status := runReport(t, "-dir", writeAll(t, files))
		if status != statusRefused || !strings.Contains(stderr, "targets.json: ") || !strings.Contains(stderr, want) {
			t.Errorf("%s: status %d\n%s", text, status, stderr)
		}
	}
}

// TestSalesFaults: what only several rows together show is refused by line.
func TestSalesFaults(t *testing.T) {
	for name, c := range map[string]struct{ file, text, want string }{
		"too much back":  {"adjustments.csv", "id,deal,at,amount\nR1,D1,2024-04-02,-100.02\n", "adjustments.csv:2: amount: -100.02 is more than the 100.01 that are left"},
		"not won":        {"adjustments.csv", "id,deal,at,amount\nR1,D3,2024-04-02,-1\n", "adjustments.csv:2: deal: D3 is not won"},
		"before the win": {"adjustments.csv", "id,deal,at,amount\nR1,D1,2024-03-02,-1\n", "adjustments.csv:2: at: "},
		"no rate":        {"deals.csv", "id,account,opened,closed,status,amount,currency\nD1,A1,2024-02-03,2024-03-30,won,1,EUR\nD9,A1,2024-02-03,2024-03-30,won,1,USD\n", "deals.csv:3: currency: USD has no rate"},
	} {
		files := sales()
		files[c.file] = c.text
		_, stderr, status := runReport(t, "-dir", writeAll(t, files), "-currency", "EUR", "-to", "2024-07-01")
		if status != statusRefused || !strings.Contains(stderr, c.want) {
			t.Errorf("%s: status %d\n%s", name, status, stderr)
		}
	}
	files := sales()
	files["adjustments.csv"] = "id,deal,at,amount\nR0,D1,2024-04-01,many\nR1,D1,2024-04-02,-100.02\n"
	if _, stderr, _ := runReport(t, "-dir", writeAll(t, files)); strings.Contains(stderr, ":3:") {
		t.Errorf("a refused row causes another fault: %s", stderr)
	}
	delete(files, "adjustments.csv")
	files["deals.csv"] = strings.Replace(files["deals.csv"], "50,EUR", "50,USD", 1)
	if _, stderr, status := runReport(t, "-dir", writeAll(t, files), "-to", "2024-07-01"); status != statusUsage || !strings.Contains(stderr, "use -currency") {
		t.Errorf("several currencies: status %d\n%s", status, stderr)
	}
}

// TestNothingWon: a period without a won deal shares nothing and says so once.
func TestNothingWon(t *testing.T) {
	files := sales()
	for _, args := range [][]string{{"-from", "2023-01-01", "-to", "2024-01-01"}, {"-from", "2024-04-01", "-to", "2024-05-01"}} {
		a := attributionOf(t, append(args, "-dir", writeAll(t, files))...).Attribution
		if !a.TotalWon.IsZero() || a.Models["markov"] != nil || a.Models["last"] == nil {
			t.Errorf("%v: %+v", args, a)
		}
		if text := ok(t, append(args, "-dir", writeAll(t, files))...); strings.Contains(text, "Who gets the credit") {
			t.Error(text)
		}
	}
	files["touches.csv"] = "account,at,key\nA1,2024-01-01,search\n"
	_, stderr, _ := runReport(t, "-dir", writeAll(t, files), "-from", "2024-01-01", "-to", "2024-07-01")
	if strings.Count(stderr, "note: no credit by model") != 2 {
		t.Error(stderr)
	}
	if a := attributionOf(t, "-dir", writeAll(t, sales(), "deals.csv", "adjustments.csv")).Attribution; a == nil || a.Sources["service"].Leads != 0 && a.Sources["service"].Accepted != 1 {
		t.Errorf("leads alone: %+v", a)
	}
	if a := attributionOf(t, "-dir", writeAll(t, sales(), "deals.csv", "adjustments.csv", "leads.csv", "touches.csv"), "-to", "2024-07-01").Attribution; a != nil {
		t.Errorf("neither leads nor deals: %+v", a)
	}
}
