package attribution_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// quarter is a small company: two sources, three agents, two products.
func quarter() attribution.Records {
	product := func(d attribution.Deal, product string) attribution.Deal {
		d.Product = product
		return d
	}
	return attribution.Records{
		Interactions: []success.Interaction{{ID: "I1", Account: "A", At: at("2024-01-01")}},
		Leads: []attribution.Lead{
			service("L1", "A", "I1", "2024-01-05"),
			lead("L2", "B", "Ann", "2024-01-31T23:59:59Z"),
			lead("L3", "B", "Bob", "2024-02-01"), // merged into L2
			lead("L4", "C", "", "2024-03-31"),
			service("L5", "D", "", "2024-02-02"),
			lead("L6", "E", "Ann", "2023-12-31T23:59:59Z"), // before the quarter
			lead("L7", "F", "Bob", "2024-04-01"),           // after it
		},
		Deals: []attribution.Deal{
			product(won("D1", "A", "L1", "2024-01-06", "2024-02-01", "100"), "Desk"),
			product(won("D2", "A", "L1", "2024-01-06", "2024-03-01", "50"), "Vault"),
			lost("D3", "B", "L3", "2024-02-02", "2024-02-03", "9"),
			product(won("D4", "E", "L6", "2024-01-01", "2024-01-01", "30"), "Desk"),
			won("D5", "Z", "", "2024-01-01", "2024-03-31T23:59:59Z", "7"),
			won("D6", "Z", "", "2024-01-01", "2024-04-01", "1000"),
			product(open("D7", "C", "L4", "2024-03-31", "20"), "Desk"),
			open("D8", "Z", "", "2024-04-01", "2000"),
			product(open("D9", "Z", "", "2024-01-01", "3"), "Vault"),
		},
		Adjustments: []attribution.Adjustment{change("R1", "D1", "2024-04-02", "-25"), change("R2", "D1", "2024-04-03", "5")},
	}
}

func TestCuts(t *testing.T) {
	p := build(t, quarter(), attribution.Options{Teams: map[string]string{"Sue": "care", "Ann": "sales", "Cy": "idle"}})
	total := " 5=3+1+1 1/1/1 | 4/1/2 192-25=167 23"
	for _, c := range []struct {
		by   attribution.Cut
		rows []string
	}{
		{attribution.Whole, []string{total}},
		{attribution.BySource, []string{
			"service 2=1+0+1 1/0/0 | 2/0/0 155-25=130 0", "marketing 3=2+1+0 0/1/1 | 1/1/1 30-0=30 20", "unattributed 0=0+0+0 0/0/0 | 1/0/1 7-0=7 3"}},
		{attribution.ByAgent, []string{
			"(none) 1=1+0+0 0/0/1 | 0/0/1 0-0=0 20", "Ann 1=1+0+0 0/1/0 | 1/1/0 30-0=30 0", "Bob 1=0+1+0 0/0/0 | 0/0/0 0-0=0 0",
			"Sue 2=1+0+1 1/0/0 | 2/0/0 155-25=130 0", "unattributed 0=0+0+0 0/0/0 | 1/0/1 7-0=7 3"}},
		{attribution.ByTeam, []string{
			"(none) 2=1+1+0 0/0/1 | 0/0/1 0-0=0 20", "care 2=1+0+1 1/0/0 | 2/0/0 155-25=130 0", "sales 1=1+0+0 0/1/0 | 1/1/0 30-0=30 0",
			"unattributed 0=0+0+0 0/0/0 | 1/0/1 7-0=7 3"}},
		{attribution.ByProduct, []string{
			"(none) 3=1+1+1 0/1/0 | 1/1/0 7-0=7 0", "Desk 2=2+0+0 1/0/1 | 2/0/1 135-25=110 20", "Vault 1=1+0+0 1/0/0 | 1/0/1 50-0=50 3"}},
		{attribution.ByMonth, []string{
			"2024-01 2=2+0+0 1/1/0 | 1/0/1 30-0=30 3", "2024-02 2=0+1+1 0/0/0 | 1/1/0 105-25=80 0", "2024-03 1=1+0+0 0/0/1 | 2/0/1 57-0=57 20"}},
	} {
		table := ask(t, p, attribution.Query{Period: success.Quarter(2024, 1), By: c.by})
		same(t, c.by.String(), table.Rows, c.rows...)
		same(t, c.by.String()+", total", []attribution.Row{table.Total}, total)
	}
	for source, want := range map[attribution.Source]string{
		attribution.Service:   " 2=1+0+1 1/0/0 | 2/0/0 155-25=130 0",
		attribution.Marketing: " 3=2+1+0 0/1/1 | 1/1/1 30-0=30 20",
		attribution.Partner:   " 0=0+0+0 0/0/0 | 0/0/0 0-0=0 0",
	} {
		table := ask(t, p, attribution.Query{Period: success.Quarter(2024, 1), By: attribution.ByMonth, Source: source})
		same(t, source.String(), []attribution.Row{table.Total}, want)
	}
	if table := ask(t, p, attribution.Query{Period: success.Year(2020)}); table.Rows != nil {
		t.Errorf("rows of nothing: %v", table.Rows)
	}
}

// Sources are in the order of their constants, whatever their words.
func TestSourcesInOrder(t *testing.T) {
	var r attribution.Records
	for s := attribution.Other; s > attribution.Service; s-- {
		r.Leads = append(r.Leads, attribution.Lead{ID: attribution.LeadID(s.String()), Account: success.AccountID(s.String()), Source: s, Agent: s.String(), At: at("2024-01-01")})
	}
	r.Deals = []attribution.Deal{open("D", "A", "", "2024-01-01", "1")}
	p := build(t, r, attribution.Options{})
	keys := func(by attribution.Cut) (keys []string) {
		for _, r := range ask(t, p, attribution.Query{Period: success.Year(2024), By: by}).Rows {
			keys = append(keys, r.Key)
		}
		return keys
	}
	if got := fmt.Sprint(keys(attribution.BySource)); got != "[marketing sales partner referral self other unattributed]" {
		t.Error(got)
	}
	if got := fmt.Sprint(keys(attribution.ByAgent)); got != "[marketing other partner referral sales self unattributed]" {
		t.Error(got)
	}
}

func inCurrency(d attribution.Deal, currency string) attribution.Deal {
	d.Currency = currency
	return d
}

func TestCurrencies(t *testing.T) {
	r := attribution.Records{
		Deals: []attribution.Deal{
			inCurrency(won("D1", "A", "", "2024-01-01", "2024-01-31", "100"), "USD"),
			inCurrency(won("D2", "A", "", "2024-01-01", "2024-02-01", "100"), "USD"),
			inCurrency(won("D3", "A", "", "2024-01-01", "2024-02-02", "10"), "EUR"),
			inCurrency(open("D4", "A", "", "2024-01-01", "100"), "USD"),
			inCurrency(won("D5", "A", "", "2023-01-01", "2024-01-01", "1"), "USD"),
			inCurrency(lost("D6", "A", "", "2023-01-01", "2024-01-02", "1"), "GBP"),
		},
		Adjustments: []attribution.Adjustment{change("R1", "D1", "2024-03-05", "-100"), change("R2", "D2", "2024-03-05", "-0.000001")},
	}
	rate := func(currency, day, rate string) attribution.Rate {
		return attribution.Rate{Currency: currency, Date: success.MustDate(day), Rate: money(rate)}
	}
	rates := []attribution.Rate{
		rate("USD", "2024-03-05", "0.75"), rate("USD", "2024-02-01", "0.5"), rate("USD", "2024-01-02", "0.9"), rate("GBP", "2020-01-01", "2"),
		rate("EUR", "2024-01-01", "1.0"), rate("EUR", "2024-01-02", "1"),
	}
	q := attribution.Query{Period: success.Year(2024)}
	p := build(t, r, attribution.Options{Currency: "EUR", Rates: rates})
	// D1 closes the day before the rate of February and D5 before all rates: 0.9
	// for both. What is left of D2, 49.9999995, is rounded half to even.
	same(t, "converted", ask(t, p, q).Rows, " 0=0+0+0 0/0/0 |EUR 4/1/1 150.9-90=60.9 75")
	q.Period = success.Year(2023)
	same(t, "none", []attribution.Row{ask(t, p, q).Total}, " 0=0+0+0 0/0/0 |EUR 0/0/0 0-0=0 0")
	q.Period = success.Year(2024)
	p = build(t, r, attribution.Options{Currency: "EUR", Rates: rates, AsOf: success.MustDate("2024-02-02")})
	same(t, "open before the last rate", ask(t, p, q).Rows, " 0=0+0+0 0/0/0 |EUR 3/1/2 140.9-0=140.9 60")

	p = build(t, r, attribution.Options{})
	same(t, "apart", ask(t, p, q).Rows, " 0=0+0+0 0/0/0 |EUR 1/0/0 10-0=10 0 |GBP 0/1/0 0-0=0 0 |USD 3/0/1 201-100.000001=100.999999 100")
	if got := fmt.Sprint(p.Currencies()); got != "[EUR GBP USD]" {
		t.Error(got)
	}
	p.Currencies()[0] = "XXX"
	if got := fmt.Sprint(p.Currencies()); got != "[EUR GBP USD]" {
		t.Error("a caller has changed them:", got)
	}
	if e := ask(t, p, q).Total.Expected(); e.Value.Defined() {
		t.Errorf("expected in three currencies: %v", e)
	}
	unnamed := build(t, attribution.Records{Deals: []attribution.Deal{won("D", "A", "", "2024-01-01", "2024-01-01", "5")}}, attribution.Options{Currency: "EUR"})
	same(t, "none named", ask(t, unnamed, q).Rows, " 0=0+0+0 0/0/0 |EUR 1/0/0 5-0=5 0")
	if got := fmt.Sprintf("%q", build(t, attribution.Records{}, attribution.Options{}).Currencies()); got != `[""]` {
		t.Error("of nothing:", got)
	}
}

func TestUndefined(t *testing.T) {
	q := attribution.Query{Period: success.Year(2024)}
	nothing := ask(t, build(t, attribution.Records{}, attribution.Options{}), q).Total
	one := ask(t, converting(t, 1, 2, 0, 0), q).Total
	none := ask(t, converting(t, 0, 2, 0, 0), q).Total
	for what, got := range map[string]string{
		"conversion of nothing n/a (n/a, n/a)":    nothing.Conversion().String(),
		"ratio of nothing n/a":                    nothing.ConversionRatio().String(),
		"difference from nothing n/a (n/a, n/a)":  one.Difference(nothing).String(),
		"difference of nothing n/a (n/a, n/a)":    nothing.Difference(one).String(),
		"average of nothing n/a":                  nothing.Money[0].Average().String(),
		"days of nothing n/a":                     nothing.DaysToWin(0.5).String(),
		"expected of nothing n/a (n/a, n/a)":      nothing.Expected().String(),
		"expected of one deal 5 (n/a, n/a)":       one.Expected().String(),
		"expected of no won deal n/a (n/a, n/a)":  none.Expected().String(),
		"conversion of none 0 (0, 0.65762)":       none.Conversion().String(),
		"expected of an empty row n/a (n/a, n/a)": attribution.Row{}.Expected().String(),
	} {
		if len(got) > len(what) || what[len(what)-len(got):] != got {
			t.Errorf("%s: %s", what, got)
		}
	}
}

// Deals of leads from before the period, and no lead won in it.
func TestExpectedOfNoWonLead(t *testing.T) {
	r := attribution.Records{
		Leads: []attribution.Lead{lead("1", "A", "", "2023-01-01"), lead("2", "B", "", "2024-02-01")},
		Deals: []attribution.Deal{won("1", "A", "1", "2023-02-01", "2024-01-05", "10"), won("2", "A", "1", "2023-02-01", "2024-01-06", "20")},
	}
	total := ask(t, build(t, r, attribution.Options{}), attribution.Query{Period: success.Year(2024)}).Total
	if got := total.Expected().String(); got != "0 (n/a, n/a)" {
		t.Error(got)
	}
}

func TestTarget(t *testing.T) {
	r := attribution.Records{Deals: []attribution.Deal{
		won("D1", "A", "", "2024-01-01", "2024-01-01", "60"), won("D2", "A", "", "2024-01-01", "2024-03-01", "40"),
	}}
	q := attribution.Query{Period: success.Year(2024)} // 366 days
	for _, c := range []struct{ asOf, goal, want string }{
		{"2024-03-01", "240", "60 of 240 on 60/366: attained 25%, elapsed 16.4%, pace 152.5%, projected 366, needed 0.588235"},
		{"2024-01-01", "240", "0 of 240 on 0/366: attained 0%, elapsed 0%, pace n/a, projected n/a, needed 0.655738"},
		{"2023-12-31", "240", "0 of 240 on 0/366: attained 0%, elapsed 0%, pace n/a, projected n/a, needed 0.655738"},
		{"2024-01-02", "60", "60 of 60 on 1/366: attained 100%, elapsed 0.3%, pace 36600%, projected 21960, needed 0"},
		{"2024-12-31", "50", "100 of 50 on 365/366: attained 200%, elapsed 99.7%, pace 200.5%, projected 100.273973, needed 0"},
		{"2025-01-01", "200", "100 of 200 on 366/366: attained 50%, elapsed 100%, pace 50%, projected 100, needed n/a"},
		{"2025-01-02", "200.0000005", "100 of 200 on 366/366: attained 50%, elapsed 100%, pace 50%, projected 100, needed n/a"},
	} {
		target, err := build(t, r, attribution.Options{AsOf: success.MustDate(c.asOf)}).Target(q, attribution.Goal{Amount: money(c.goal)})
		if err != nil {
			t.Fatal(err)
		}
		amount := func(r success.Ratio) string {
			v, ok := r.Value(6)
			if !ok {
				return "n/a"
			}
			return v.String()
		}
		got := fmt.Sprintf("%v of %v on %d/%d: attained %v, elapsed %v, pace %v, projected %v, needed %v", target.Actual, target.Goal.Amount, target.Passed, target.Days,
			target.Attainment(), target.Elapsed(), target.Pace(), amount(target.Projected()), amount(target.Needed()))
		if got != c.want {
			t.Errorf("as of %s: %s, not %s", c.asOf, got, c.want)
		}
	}
}

func TestReturn(t *testing.T) {
	r := attribution.Records{
		Leads: []attribution.Lead{lead("L", "A", "", "2024-01-01")},
		Deals: []attribution.Deal{won("D1", "A", "L", "2024-01-01", "2024-01-01", "90"), won("D2", "A", "L", "2024-01-01", "2024-03-01", "60")},
	}
	total := ask(t, build(t, r, attribution.Options{}), attribution.Query{Period: success.Year(2024)}).Total
	for cost, want := range map[string]string{"100": "50% 10000%", "300": "-50% 30000%", "0": "n/a n/a"} {
		back, err := total.Return(attribution.Cost{Amount: money(cost)})
		if got := fmt.Sprint(back.ROI(), " ", back.PerWonLead()); err != nil || got != want {
			t.Errorf("cost %s: %s, %v, not %s", cost, got, err, want)
		}
	}
	none := ask(t, converting(t, 0, 1, 0, 0), attribution.Query{Period: success.Year(2024)}).Total
	back, err := none.Return(attribution.Cost{Amount: money("5")})
	if got := fmt.Sprint(back.ROI(), " ", back.PerWonLead(), err); got != "-100% n/a <nil>" {
		t.Error(got)
	}
}

func TestInfluenced(t *testing.T) {
	touch := func(account success.AccountID, key, when string) attribution.Touch {
		return attribution.Touch{Account: account, Key: key, At: at(when)}
	}
	r := attribution.Records{
		Deals: []attribution.Deal{
			inCurrency(won("D1", "A", "", "2024-01-01", "2024-02-10", "100"), "EUR"),
			inCurrency(won("D2", "A", "", "2024-01-01", "2024-02-20", "10"), "USD"),
			inCurrency(won("D3", "B", "", "2024-01-01", "2024-02-20", "1"), "EUR"),
			inCurrency(lost("D4", "A", "", "2024-01-01", "2024-02-20", "500"), "EUR"),
			inCurrency(open("D5", "A", "", "2024-01-01", "500"), "EUR"),
			inCurrency(won("D6", "A", "", "2024-01-01", "2024-03-01", "700"), "EUR"),
		},
		Adjustments: []attribution.Adjustment{change("R", "D1", "2024-02-11", "-20")},
		Touches: []attribution.Touch{
			touch("A", "mail", "2024-02-10"), touch("A", "", "2024-02-09"), touch("A", "mail", "2024-01-01"), touch("A", "call", "2024-02-20"),
			touch("A", "zoom", "2024-02-20T00:00:01Z"), touch("C", "mail", "2024-02-01"),
		},
	}
	p := build(t, r, attribution.Options{})
	for _, c := range []struct {
		window        time.Duration
		want, overlap string
	}{
		{0, "[{(none) EUR 1 80} {(none) USD 1 10} {call USD 1 10} {mail EUR 1 80} {mail USD 1 10} {unattributed EUR 1 1}] [{ EUR 2 81} { USD 1 10}]", "198.8% 300%"},
		{10 * 24 * time.Hour, "[{(none) EUR 1 80} {call USD 1 10} {mail EUR 1 80} {mail USD 1 10} {unattributed EUR 1 1}] [{ EUR 2 81} { USD 1 10}]", "198.8% 200%"},
		{10*24*time.Hour - 1, "[{(none) EUR 1 80} {call USD 1 10} {mail EUR 1 80} {unattributed EUR 1 1}] [{ EUR 2 81} { USD 1 10}]", "198.8% 100%"},
		{1, "[{call USD 1 10} {mail EUR 1 80} {unattributed EUR 1 1}] [{ EUR 2 81} { USD 1 10}]", "100% 100%"},
	} {
		i, err := p.Influenced(success.Month(2024, 2), c.window)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(i.Rows, " ", i.Total); got != c.want {
			t.Errorf("%v: %s, not %s", c.window, got, c.want)
		}
		if got := fmt.Sprint(i.Overlap("EUR"), " ", i.Overlap("USD")); got != c.overlap {
			t.Errorf("%v: overlap %s, not %s", c.window, got, c.overlap)
		}
	}
}

func TestSourced(t *testing.T) {
	s, err := build(t, quarter(), attribution.Options{}).Sourced(attribution.Query{Period: success.Quarter(2024, 1), By: attribution.BySource})
	if got, want := fmt.Sprint(s.Rows, s.Total, err), "[{service  2 130} {marketing  1 30} {unattributed  1 7}] [{  4 167}] <nil>"; got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

// TestRowByItself: a row that no table has built has intervals of the default
// level, or of its own, and never one without width; what it cannot know is
// undefined.
func TestRowByItself(t *testing.T) {
	by := attribution.Row{Accepted: 10, WonLeads: 5, OpenLeads: 4, Money: []attribution.Money{{WonDeals: 5, Net: money("50")}}}
	other := attribution.Row{Accepted: 8, WonLeads: 2}
	with := func(level float64) attribution.Row {
		r := by
		r.Level = level
		return r
	}
	for what, c := range map[string]struct{ got, want string }{
		"conversion":            {by.Conversion().String(), "0.5 (0.236593, 0.763407)"},
		"at 0.95":               {with(0.95).Conversion().String(), "0.5 (0.236593, 0.763407)"},
		"at 0.5":                {with(0.5).Conversion().String(), "0.5 (0.3957, 0.6043)"},
		"at 1":                  {with(1).Conversion().String(), "0.5 (n/a, n/a)"},
		"below 0":               {with(-0.1).Conversion().String(), "0.5 (n/a, n/a)"},
		"difference":            {by.Difference(other).String(), "0.25 (-0.18067, 0.568203)"},
		"difference at 1":       {with(1).Difference(other).String(), "0.25 (n/a, n/a)"},
		"days":                  {by.DaysToWin(0.5).String(), "n/a"},
		"expected":              {by.Expected().String(), "20 (n/a, n/a)"},
		"days of an empty one":  {attribution.Row{}.DaysToWin(0.5).String(), "n/a"},
		"money of an empty one": {fmt.Sprint(attribution.Row{}.In("")), "{ 0 0 0 0 0 0 0} false"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, not %s", what, c.got, c.want)
		}
	}
}

// TestRowFromJSON: of a row that was written and read the intervals are the same,
// at its level, and what was not written is undefined; so it is of one whose
// counts are changed.
func TestRowFromJSON(t *testing.T) {
	var r attribution.Records
	for i := range 8 {
		id := fmt.Sprint(i)
		r.Leads = append(r.Leads, lead(attribution.LeadID(id), success.AccountID(id), "Ann", "2024-01-01"))
		if i < 5 {
			r.Deals = append(r.Deals, won(attribution.DealID(id), success.AccountID(id), attribution.LeadID(id), "2024-02-01", "2024-03-01", fmt.Sprint(i+1)))
		}
	}
	built := ask(t, build(t, r, attribution.Options{Level: 0.8}), attribution.Query{Period: success.Year(2024)})
	text, err := json.Marshal(built)
	if err != nil {
		t.Fatal(err)
	}
	var read attribution.Table
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	a, b := built.Total, read.Total
	if a.Conversion() != b.Conversion() || a.Difference(b) != b.Difference(a) || a.Conversion() == (attribution.Row{Accepted: 8, WonLeads: 5}).Conversion() {
		t.Errorf("%v, read %v", a.Conversion(), b.Conversion())
	}
	if got := fmt.Sprint(a.DaysToWin(0.5), b.DaysToWin(0.5), a.Expected().Value == b.Expected().Value, a.Expected().Lower.Defined(), b.Expected()); got != "60 n/a true true 5.625 (n/a, n/a)" {
		t.Error(got)
	}
	a.Accepted++
	a.Money[0].WonDeals++
	if a.DaysToWin(0.5).Defined() || a.Expected().Lower.Defined() {
		t.Errorf("of other counts %v, %v", a.DaysToWin(0.5), a.Expected())
	}
}

// TestNothingNamed: before the first deal is known a goal and a cost may be in any
// currency; once there is one, lost, open or won, only in its own.
func TestNothingNamed(t *testing.T) {
	r := attribution.Records{Deals: []attribution.Deal{open("D", "A", "", "2024-02-01", "5")}}
	ask := func(o attribution.Options) string {
		p := build(t, r, o)
		q := attribution.Query{Period: success.Year(2024)}
		target, err := p.Target(q, attribution.Goal{Amount: money("10"), Currency: "EUR"})
		back, failed := ask(t, p, q).Total.Return(attribution.Cost{Amount: money("10"), Currency: "EUR"})
		return fmt.Sprintf("%v of %v %s, %v; %v for %v, %v", target.Actual, target.Goal.Amount, target.Goal.Currency, err, back.Net, back.Cost, failed)
	}
	known := "0 of 10 EUR, <nil>; 0 for 10, <nil>"
	unknown := "0 of 0 , goal.Currency: EUR is unknown; 0 for 0, cost.Currency: EUR is unknown"
	early := attribution.Options{AsOf: success.MustDate("2024-02-01")}
	if got := ask(early); got != known {
		t.Error("before the first deal:", got)
	}
	named := early
	named.Currency = "USD"
	if got := ask(named); got != unknown {
		t.Error("of another reporting currency:", got)
	}
	for what, d := range map[string]attribution.Deal{
		"open": r.Deals[0], "won": won("D", "A", "", "2024-02-01", "2024-02-02", "5"), "lost": lost("D", "A", "", "2024-02-01", "2024-02-02", "5"),
	} {
		r.Deals = []attribution.Deal{d}
		if got := ask(attribution.Options{}); got != unknown {
			t.Errorf("%s: %s", what, got)
		}
	}
	r.Deals[0] = inCurrency(won("D", "A", "", "2024-02-01", "2024-02-02", "5"), "EUR")
	if got := ask(attribution.Options{}); got != "5 of 10 EUR, <nil>; 5 for 10, <nil>" {
		t.Error("in its own:", got)
	}
}

// TestOwners: deals are their owner's, whether a lead brought them or not, and a
// lead counts once for each owner of its deals, by these alone.
func TestOwners(t *testing.T) {
	owned := func(d attribution.Deal, owner string) attribution.Deal {
		d.Owner = owner
		return d
	}
	r := attribution.Records{
		Leads: []attribution.Lead{lead("L1", "A", "Ann", "2024-01-01"), lead("L2", "A", "Bob", "2024-01-02"), lead("L3", "B", "Ann", "2024-01-01")},
		Deals: []attribution.Deal{
			owned(won("D1", "A", "L1", "2024-01-02", "2024-02-01", "10"), "Zoe"), owned(won("D2", "A", "L1", "2024-01-02", "2024-02-02", "5"), "Zoe"),
			owned(lost("D3", "A", "L1", "2024-01-02", "2024-02-01", "7"), "Max"), won("D4", "C", "", "2024-01-02", "2024-02-01", "3"),
			owned(open("D5", "C", "", "2024-01-02", "4"), "Max"),
		},
	}
	table := ask(t, build(t, r, attribution.Options{}), attribution.Query{Period: success.Year(2024), By: attribution.ByOwner})
	same(t, "owners", table.Rows,
		"(none) 2=1+1+0 0/0/1 | 1/0/0 3-0=3 0", "Max 1=1+0+0 0/1/0 | 0/1/1 0-0=0 4", "Zoe 1=1+0+0 1/0/0 | 2/0/0 15-0=15 0")
	same(t, "total", []attribution.Row{table.Total}, " 3=2+1+0 1/0/1 | 3/1/1 18-0=18 4")
	got := fmt.Sprint(table.Total.WinRateRatio(), table.Total.WinRate(), table.Rows[1].WinRate(), table.Rows[2].WinRateRatio())
	if want := "75% 0.75 (0.300642, 0.954413) 0 (0, 0.793451) 100%"; got != want {
		t.Errorf("win rates %s, not %s", got, want)
	}
	var none attribution.Row
	if none.WinRate().Value.Defined() || none.WinRateRatio().Defined() {
		t.Error("a win rate of nothing")
	}
	two := attribution.Row{Money: []attribution.Money{{Currency: "EUR", WonDeals: 1}, {Currency: "USD", LostDeals: 1}}}
	if got := two.WinRateRatio().String(); got != "50%" {
		t.Errorf("of two currencies %s", got)
	}
}

// TestLastSource: other sources may be asked about like any.
func TestLastSource(t *testing.T) {
	p, err := attribution.NewPipeline(attribution.Records{}, attribution.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Table(attribution.Query{Period: success.Year(2025), Source: attribution.Other}); err != nil {
		t.Error(err)
	}
}
