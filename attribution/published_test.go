package attribution_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// Two wins, each touched by a and b: influenced twice each, sourced two in all.
func TestA19(t *testing.T) { // A19
	r := attribution.Records{
		Leads: []attribution.Lead{lead("L1", "A", "Ann", "2024-01-01"), lead("L2", "B", "Ben", "2024-01-02")},
		Deals: []attribution.Deal{
			won("D1", "A", "L1", "2024-02-01", "2024-03-01", "100"),
			won("D2", "B", "L2", "2024-02-01", "2024-03-01", "250.50"),
		},
	}
	for _, account := range []success.AccountID{"A", "B"} {
		for _, key := range []string{"a", "b"} {
			r.Touches = append(r.Touches, attribution.Touch{Account: account, Key: key, At: at("2024-02-10")})
		}
	}
	p := build(t, r, attribution.Options{})
	influenced, err := p.Influenced(success.Year(2024), 0)
	if got, want := fmt.Sprint(influenced.Rows, influenced.Total, err), "[{a  2 350.5} {b  2 350.5}] [{  2 350.5}] <nil>"; got != want {
		t.Errorf("influenced %s, not %s", got, want)
	}
	if got := influenced.Overlap(""); got.String() != "200%" {
		t.Errorf("overlap %v", got)
	}
	if got := influenced.Overlap("EUR"); got.Defined() {
		t.Errorf("overlap in a currency that nothing is in: %v", got)
	}
	sourced, err := p.Sourced(attribution.Query{Period: success.Year(2024), By: attribution.ByAgent})
	if got, want := fmt.Sprint(sourced.Rows, sourced.Total, err), "[{Ann  1 100} {Ben  1 250.5}] [{  2 350.5}] <nil>"; got != want {
		t.Errorf("sourced %s, not %s", got, want)
	}
}

// One lead with three won deals: one won lead, three won deals.
func TestA20(t *testing.T) { // A20
	r := attribution.Records{
		Leads: []attribution.Lead{lead("L1", "A", "Ann", "2024-01-01")},
		Deals: []attribution.Deal{
			won("D1", "A", "L1", "2024-02-01", "2024-03-01", "1"),
			won("D2", "A", "L1", "2024-02-01", "2024-04-01", "2"),
			won("D3", "A", "L1", "2024-02-01", "2024-02-20", "4"),
		},
	}
	table := ask(t, build(t, r, attribution.Options{}), attribution.Query{Period: success.Year(2024), By: attribution.BySource})
	same(t, "rows", table.Rows, "marketing 1=1+0+0 1/0/0 | 3/0/0 7-0=7 0")
	if got := table.Total.DaysToWin(0.5).String(); got != "50" {
		t.Errorf("%s days to the first win, not 50", got)
	}
	if got := table.Total.ConversionRatio().String(); got != "100%" {
		t.Errorf("conversion %s", got)
	}
}

// Wilson and Newcombe: R. G. Newcombe (1998), Statistics in Medicine 17, 857–872
// and 873–890: 81/263 and 15/148; 56/70 against 48/80.
func TestPublishedIntervals(t *testing.T) {
	table := func(won, all, more, most int) attribution.Table {
		return ask(t, converting(t, won, all, more, most), attribution.Query{Period: success.Year(2024), By: attribution.ByAgent})
	}
	near := func(what string, e success.Estimate, value, lower, upper float64) {
		t.Helper()
		v, _ := e.Value.Float64()
		l, _ := e.Lower.Float64()
		u, _ := e.Upper.Float64()
		if math.Abs(v-value) > 5e-5 || math.Abs(l-lower) > 5e-5 || math.Abs(u-upper) > 5e-5 {
			t.Errorf("%s is %v, not %v (%v, %v)", what, e, value, lower, upper)
		}
	}
	rows := table(81, 263, 15, 148).Rows
	near("81/263", rows[0].Conversion(), 0.3080, 0.2553, 0.3662)
	near("15/148", rows[1].Conversion(), 0.1014, 0.0624, 0.1605)
	rows = table(56, 70, 48, 80).Rows
	near("56/70 − 48/80", rows[0].Difference(rows[1]), 0.2, 0.0524, 0.3339)
}

// converting is a pipeline of two agents, a and b, with so many leads won of all.
func converting(t testing.TB, won1, all1, won2, all2 int) *attribution.Pipeline {
	var r attribution.Records
	add := func(agent string, wins, all int) {
		for i := range all {
			id := fmt.Sprintf("%s%d", agent, i)
			r.Leads = append(r.Leads, lead(attribution.LeadID(id), success.AccountID(id), agent, "2024-01-01"))
			if i < wins {
				r.Deals = append(r.Deals, won(attribution.DealID(id), success.AccountID(id), attribution.LeadID(id), "2024-01-02", "2024-01-03", "10"))
			}
		}
	}
	add("a", won1, all1)
	add("b", won2, all2)
	return build(t, r, attribution.Options{})
}

// Four leads open, two of eight won, deals of 100 and 300: 4 × 1/4 × 200, with
// the standard error 4 √(200² × 3/16 / 8 + 20,000/16/2) = 50 √10.
func TestExpectedByHand(t *testing.T) {
	var r attribution.Records
	for i := range 8 {
		id := fmt.Sprint(i)
		r.Leads = append(r.Leads, lead(attribution.LeadID(id), success.AccountID(id), "Ann", "2024-01-01"))
		switch {
		case i < 2:
			r.Deals = append(r.Deals, won(attribution.DealID(id), success.AccountID(id), attribution.LeadID(id), "2024-02-01", "2024-03-01", []string{"100", "300"}[i]))
		case i < 4:
			r.Deals = append(r.Deals, lost(attribution.DealID(id), success.AccountID(id), attribution.LeadID(id), "2024-02-01", "2024-03-01", "900"))
		case i < 6:
			r.Deals = append(r.Deals, open(attribution.DealID(id), success.AccountID(id), attribution.LeadID(id), "2024-02-01", "50"))
		}
	}
	for _, c := range []struct {
		level        float64
		lower, upper float64
	}{
		{0, 0, 200 + 1.959963984540054*158.11388300841898},
		{0.5, 200 - 0.6744897501960817*158.11388300841898, 200 + 0.6744897501960817*158.11388300841898},
	} {
		total := ask(t, build(t, r, attribution.Options{Level: c.level}), attribution.Query{Period: success.Year(2024)}).Total
		e := total.Expected()
		v, _ := e.Value.Float64()
		l, _ := e.Lower.Float64()
		u, _ := e.Upper.Float64()
		if v != 200 || math.Abs(l-c.lower) > 1e-9 || math.Abs(u-c.upper) > 1e-9 {
			t.Errorf("level %v: %v, not 200 (%v, %v)", c.level, e, c.lower, c.upper)
		}
		if got := row(total); got != " 8=8+0+0 2/2/4 | 2/2/2 400-0=400 100" {
			t.Error(got)
		}
		if got, _ := total.Money[0].Average().Value(2); got.String() != "200" {
			t.Errorf("average %v", got)
		}
	}
}

// A touch at either end of the window counts, one beyond does not.
func TestWindow(t *testing.T) {
	closed := at("2024-03-01T12:00:00Z")
	for _, c := range []struct {
		before, window time.Duration
		want           bool
	}{
		{0, 0, true}, {-1, 0, false}, {1e6 * time.Hour, 0, true},
		{0, time.Hour, true}, {-1, time.Hour, false}, {time.Hour, time.Hour, true}, {time.Hour + 1, time.Hour, false},
		{0, -1, false}, {1, -1, false},
	} {
		if got := attribution.InWindow(closed.Add(-c.before), closed, c.window); got != c.want {
			t.Errorf("%v before, window %v: %v", c.before, c.window, got)
		}
	}
}

// Two of three leads won and one open, deals of 100, 200 and 600 with the
// variance 70,000: 2/3 × 300, and √(300² × 2/9 / 3 + 4/9 × 70,000/3) = √17,037.04.
func TestExpectedOfThreeDeals(t *testing.T) {
	r := attribution.Records{
		Leads: []attribution.Lead{lead("1", "A", "", "2024-01-01"), lead("2", "B", "", "2024-01-01"), lead("3", "C", "", "2024-01-01")},
		Deals: []attribution.Deal{
			won("1", "A", "1", "2024-01-02", "2024-01-03", "600"), won("2", "B", "2", "2024-01-02", "2024-01-03", "100"), won("3", "B", "2", "2024-01-02", "2024-01-03", "200"),
		},
	}
	e := ask(t, build(t, r, attribution.Options{Level: 0.5}), attribution.Query{Period: success.Year(2024)}).Total.Expected()
	v, _ := e.Value.Float64()
	u, _ := e.Upper.Float64()
	l, _ := e.Lower.Float64()
	if margin := 0.6744897501960817 * math.Sqrt(6666+2.0/3+10370+10.0/27); v != 200 || math.Abs(u-v-margin) > 1e-9 || math.Abs(v-l-margin) > 1e-9 {
		t.Errorf("%v, not 200 ± %v", e, margin)
	}
}
