package attribution_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

var always = success.Period{From: success.MustDate("2000-01-01"), To: success.MustDate("2100-01-01")}

func draw(t *rapid.T) (attribution.Records, attribution.Options, *attribution.Pipeline) {
	r, o := world(t)
	p, err := attribution.NewPipeline(r, o)
	if err != nil {
		t.Fatal(err)
	}
	return r, o, p
}

// TestConservation holds that nothing is lost: outcomes add up to the records
// that are known, the parts of a row to the row, rows to the total, and what is
// attributed and what is not to everything.
func TestConservation(t *testing.T) { rapid.Check(t, checkConservation) }

func checkConservation(t *rapid.T) {
	r, o, p := draw(t)
	counts := p.Outcomes()
	sum := 0
	for _, n := range counts.Leads {
		sum += n
	}
	if sum != len(p.Leads()) || o.AsOf.IsZero() && sum != len(r.Leads) {
		t.Fatalf("%d outcomes of %d leads, %d known", sum, len(r.Leads), len(p.Leads()))
	}
	sum = 0
	for _, n := range counts.Deals {
		sum += n
	}
	if sum != len(p.Deals()) || o.AsOf.IsZero() && sum != len(r.Deals) {
		t.Fatalf("%d outcomes of %d deals, %d known", sum, len(r.Deals), len(p.Deals()))
	}
	q := drawQuery(t)
	table, err := p.Table(q)
	if err != nil {
		t.Fatal(err)
	}
	together := make([]attribution.Money, len(table.Total.Money))
	leads := 0
	for _, row := range table.Rows {
		checkRow(t, row)
		leads += row.Leads
		for i, m := range row.Money {
			together[i] = add(together[i], m)
		}
	}
	checkRow(t, table.Total)
	for i, m := range table.Total.Money {
		if m.Currency != p.Currencies()[i] || !sameMoney(m, together[i]) {
			t.Fatalf("%s: rows come to %+v, the total is %+v", q.By, together[i], m)
		}
	}
	if leads != table.Total.Leads && (q.By != attribution.ByProduct && q.By != attribution.ByOwner || leads < table.Total.Leads) {
		t.Fatalf("%s: rows have %d leads, the total %d", q.By, leads, table.Total.Leads)
	}
}

func add(a, b attribution.Money) attribution.Money {
	return attribution.Money{
		WonDeals: a.WonDeals + b.WonDeals, LostDeals: a.LostDeals + b.LostDeals, OpenDeals: a.OpenDeals + b.OpenDeals,
		Gross: a.Gross.Add(b.Gross), Reversed: a.Reversed.Add(b.Reversed), Net: a.Net.Add(b.Net), Open: a.Open.Add(b.Open),
	}
}

func sameMoney(a, b attribution.Money) bool {
	return a.WonDeals == b.WonDeals && a.LostDeals == b.LostDeals && a.OpenDeals == b.OpenDeals &&
		a.Gross.Equal(b.Gross) && a.Reversed.Equal(b.Reversed) && a.Net.Equal(b.Net) && a.Open.Equal(b.Open)
}

// checkRow holds that the parts of a row add up and its figures are in bounds.
func checkRow(t *rapid.T, r attribution.Row) {
	if r.Leads != r.Accepted+r.Merged+r.Refused || r.Accepted != r.WonLeads+r.LostLeads+r.OpenLeads {
		t.Fatalf("leads do not add up: %s", row(r))
	}
	for _, m := range r.Money {
		if !m.Gross.Sub(m.Reversed).Equal(m.Net) || m.Net.IsNegative() || m.Reversed.IsNegative() || m.Open.IsNegative() {
			t.Fatalf("amounts do not add up: %s", row(r))
		}
	}
	within := func(what string, e success.Estimate, least, most float64) {
		v, ok := e.Value.Float64()
		if ok && (v < least || v > most) || ok && e.Lower.Defined() && !e.Contains(v) {
			t.Fatalf("%s is %v", what, e)
		}
	}
	within("conversion", r.Conversion(), 0, 1)
	within("win rate", r.WinRate(), 0, 1)
	within("difference from itself", r.Difference(r), 0, 0)
	within("expected", r.Expected(), 0, 1e18)
	if r.Conversion().Value.Defined() != (r.Accepted > 0) {
		t.Fatalf("conversion %v of %d", r.Conversion(), r.Accepted)
	}
	if v, ok := r.DaysToWin(0.5).Float64(); ok && (v < 0 || r.WonLeads == 0) {
		t.Fatalf("a median of %v days with %d won leads", v, r.WonLeads)
	}
}

// TestSourcedIsLess holds that what is sourced adds up to the total, and that
// what is influenced does not come to less.
func TestSourcedIsLess(t *testing.T) { rapid.Check(t, checkSourced) }

func checkSourced(t *rapid.T) {
	_, _, p := draw(t)
	by := rapid.SampledFrom([]attribution.Cut{attribution.BySource, attribution.ByTeam}).Draw(t, "cut")
	s, err := p.Sourced(attribution.Query{Period: always, By: by})
	if err != nil {
		t.Fatal(err)
	}
	i, err := p.Influenced(always, time.Duration(rapid.IntRange(0, 100).Draw(t, "days"))*24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	for at, total := range s.Total {
		deals, net := 0, decimal.Decimal{}
		for _, r := range s.Rows {
			if r.Currency == total.Currency {
				deals, net = deals+r.Deals, net.Add(r.Net)
			}
		}
		if deals != total.Deals || !net.Equal(total.Net) {
			t.Fatalf("rows come to %d deals and %v, the total is %+v", deals, net, total)
		}
		if i.Total[at].Deals != total.Deals || !i.Total[at].Net.Equal(total.Net) {
			t.Fatalf("of %+v sourced, %+v can be influenced", total, i.Total[at])
		}
		if r := i.Overlap(total.Currency); r.Num.LessThan(r.Den) {
			t.Fatalf("overlap %v", r)
		}
		for _, r := range i.Rows {
			if r.Currency == total.Currency && r.Net.GreaterThan(total.Net) {
				t.Fatalf("%+v influenced of %v", r, total.Net)
			}
		}
	}
}

// TestSmallerWindow holds that a smaller window adds no touch.
func TestSmallerWindow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, _, p := draw(t)
		hours := rapid.IntRange(1, 2400).Draw(t, "hours")
		less := rapid.IntRange(1, hours).Draw(t, "less")
		ask := func(hours int) map[[2]string]attribution.InfluencedRow {
			i, err := p.Influenced(always, time.Duration(hours)*time.Hour)
			if err != nil {
				t.Fatal(err)
			}
			rows := map[[2]string]attribution.InfluencedRow{}
			for _, r := range i.Rows {
				rows[[2]string{r.Key, r.Currency}] = r
			}
			return rows
		}
		unlimited, wide, narrow := ask(0), ask(hours), ask(less)
		for key, r := range narrow {
			if key[0] != attribution.Unattributed && (r.Deals > wide[key].Deals || r.Net.GreaterThan(wide[key].Net)) {
				t.Fatalf("%+v in %d hours, %+v in %d", r, less, wide[key], hours)
			}
		}
		for key, r := range wide {
			if key[0] != attribution.Unattributed && r.Deals > unlimited[key].Deals {
				t.Fatalf("%+v in %d hours, %+v in all", r, hours, unlimited[key])
			}
		}
	})
}

// everything is all that a pipeline says, to be compared.
func everything(t *rapid.T, p *attribution.Pipeline) string {
	var all []any
	all = append(all, p.AsOf(), p.Currencies(), p.Leads(), p.Deals(), p.Outcomes())
	for by := attribution.Whole; by <= attribution.ByOwner; by++ {
		q := attribution.Query{Period: always, By: by}
		table, err := p.Table(q)
		if err != nil {
			t.Fatal(err)
		}
		sourced, err := p.Sourced(q)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, table, table.Total.Conversion(), table.Total.Expected(), table.Total.DaysToWin(0.5), sourced)
	}
	i, err := p.Influenced(always, 30*24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(append(all, i))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestOrder holds that records in any order give the same, digit for digit, that
// arguments stay as they are, and that changing them later changes nothing.
func TestOrder(t *testing.T) { rapid.Check(t, checkOrder) }

func checkOrder(t *rapid.T) {
	r, o, p := draw(t)
	kept := copied(r)
	want := everything(t, p)
	if !reflect.DeepEqual(r.Leads, kept.Leads) || !reflect.DeepEqual(r.Touches, kept.Touches) || !reflect.DeepEqual(r.Interactions, kept.Interactions) ||
		!slices.EqualFunc(r.Deals, kept.Deals, func(a, b attribution.Deal) bool {
			return a.ID == b.ID && a.Amount.Equal(b.Amount) && a.Status == b.Status
		}) ||
		!slices.EqualFunc(r.Adjustments, kept.Adjustments, func(a, b attribution.Adjustment) bool { return a.ID == b.ID }) {
		t.Fatal("the arguments were changed")
	}
	other := attribution.Records{
		Leads: rapid.Permutation(kept.Leads).Draw(t, "leads"), Deals: rapid.Permutation(kept.Deals).Draw(t, "deals"),
		Adjustments:  rapid.Permutation(kept.Adjustments).Draw(t, "adjustments"),
		Interactions: rapid.Permutation(kept.Interactions).Draw(t, "interactions"), Touches: rapid.Permutation(kept.Touches).Draw(t, "touches"),
	}
	q, err := attribution.NewPipeline(other, o)
	if err != nil {
		t.Fatal(err)
	}
	if got := everything(t, q); got != want {
		t.Fatalf("in another order\n%s, not\n%s", got, want)
	}
	clear(r.Leads)
	clear(r.Deals)
	clear(r.Touches)
	clear(r.Adjustments)
	clear(o.Teams)
	if got := everything(t, p); got != want {
		t.Fatalf("after the arguments were changed\n%s, not\n%s", got, want)
	}
}

func copied(r attribution.Records) attribution.Records {
	return attribution.Records{Leads: slices.Clone(r.Leads), Deals: slices.Clone(r.Deals), Adjustments: slices.Clone(r.Adjustments),
		Interactions: slices.Clone(r.Interactions), Touches: slices.Clone(r.Touches)}
}

// TestAsOfHides holds that a pipeline as of a day is that of the records from
// before it, with the deals closed later still open.
func TestAsOfHides(t *testing.T) { rapid.Check(t, checkAsOf) }

func checkAsOf(t *rapid.T) {
	r, o := world(t)
	o.AsOf = success.MustDate("2024-01-01").AddDays(rapid.IntRange(0, 120).Draw(t, "as of"))
	whole, err := attribution.NewPipeline(r, o)
	if err != nil {
		t.Fatal(err)
	}
	hidden := func(t time.Time) bool { return !success.DateOf(t).Before(o.AsOf) }
	r.Leads = slices.DeleteFunc(slices.Clone(r.Leads), func(l attribution.Lead) bool { return hidden(l.At) })
	leads := map[attribution.LeadID]bool{}
	for _, l := range r.Leads {
		leads[l.ID] = true
	}
	status := map[attribution.DealID]attribution.Status{}
	r.Deals = slices.DeleteFunc(slices.Clone(r.Deals), func(d attribution.Deal) bool { return hidden(d.Opened) })
	for i := range r.Deals {
		d := &r.Deals[i]
		if !leads[d.Lead] {
			d.Lead = ""
		}
		if d.Status != attribution.Open && hidden(d.Closed) {
			d.Status, d.Closed = attribution.Open, time.Time{}
		}
		status[d.ID] = d.Status
	}
	r.Adjustments = slices.DeleteFunc(slices.Clone(r.Adjustments), func(a attribution.Adjustment) bool { return hidden(a.At) || status[a.Deal] != attribution.Won })
	r.Touches = slices.DeleteFunc(slices.Clone(r.Touches), func(x attribution.Touch) bool { return hidden(x.At) })
	known, err := attribution.NewPipeline(r, o)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := everything(t, whole), everything(t, known); got != want {
		t.Fatalf("as of %v\n%s, not\n%s", o.AsOf, got, want)
	}
}
