package attribution_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// TestClosed: deals closed in a period, first day in and last day out, in order
// of IDs, converted at the rate of the closing day and without adjustments.
func TestClosed(t *testing.T) {
	deals := []attribution.Deal{
		won("e", "a", "", "2025-01-01", "2025-04-01", "5"), // after
		won("d", "a", "", "2025-01-01", "2025-03-31", "4"),
		lost("c", "a", "", "2025-01-01", "2025-02-15", "3.5"),
		won("b", "a", "", "2024-01-01", "2025-01-01", "0.0000015"),
		won("a", "a", "", "2024-01-01", "2024-12-31", "1"), // before
		open("f", "a", "", "2025-01-05", "9"),
	}
	for i := range deals {
		deals[i].Currency = "USD"
	}
	deals[1].Currency = "EUR"
	records := attribution.Records{Deals: deals, Adjustments: []attribution.Adjustment{change("x", "d", "2025-04-02", "-3"), change("y", "d", "2025-04-03", "7")}}
	rates := []attribution.Rate{
		{Currency: "USD", Date: success.MustDate("2024-01-01"), Rate: money("0.5")},
		{Currency: "USD", Date: success.MustDate("2025-02-15"), Rate: money("2")},
	}
	for _, c := range []struct {
		options attribution.Options
		want    string
	}{
		{attribution.Options{}, "[b won 0.000002 USD] [c lost 3.5 USD] [d won 4 EUR] "},
		{attribution.Options{Currency: "EUR", Rates: rates}, "[b won 0.000001 EUR] [c lost 7 EUR] [d won 4 EUR] "},
	} {
		p := build(t, records, c.options)
		closed, err := p.Closed(success.Quarter(2025, 1))
		got := ""
		for _, d := range closed {
			got += fmt.Sprintf("[%s %v %v %s] ", d.ID, d.Status, d.Amount, d.Currency)
		}
		if err != nil || got != c.want {
			t.Errorf("%s: %s, %v", c.options.Currency, got, err)
		}
		if closed, err := p.Closed(success.Year(2030)); closed != nil || err != nil {
			t.Errorf("nothing yet: %v, %v", closed, err)
		}
		if _, err := p.Closed(success.Period{}); !errors.Is(err, success.ErrMissing) {
			t.Errorf("no period: %v", err)
		}
	}
	if _, err := attribution.NewPipeline(records, attribution.Options{Currency: "EUR", Rates: []attribution.Rate{{Currency: "USD", Date: success.MustDate("2024-01-01"), Rate: money("8999999999999")}}}); err == nil {
		t.Error("amounts beyond any range are converted")
	} else if all, ok := err.(*success.Errors); !ok || all.Count != 3 {
		t.Errorf("one fault for each of the three large deals: %v", err)
	}
}

func ExamplePipeline_Closed() {
	day := success.MustDate
	p, err := attribution.NewPipeline(attribution.Records{Deals: []attribution.Deal{
		{ID: "D1", Account: "a", Opened: day("2025-01-10").Time(time.UTC), Closed: day("2025-02-01").Time(time.UTC), Status: attribution.Won, Amount: money("1200")},
		{ID: "D2", Account: "b", Opened: day("2025-03-10").Time(time.UTC), Amount: money("500")},
	}}, attribution.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	deals, err := p.Closed(success.Year(2025))
	for _, d := range deals {
		fmt.Println(d.ID, d.Status, d.Amount, err)
	}
	// Output: D1 won 1200 <nil>
}

// TestAdjustments: those that are known of the deals won in a period, by deal,
// then time, then ID, at the rate of the deal, so that they and the deal add up to
// the net amount of the table.
func TestAdjustments(t *testing.T) {
	usd := func(d attribution.Deal) attribution.Deal { return inCurrency(d, "USD") }
	records := attribution.Records{
		Deals: []attribution.Deal{
			usd(won("d", "a", "", "2025-01-01", "2025-03-31", "100")),
			usd(won("b", "a", "", "2025-01-01", "2025-01-01", "0.000003")),
			usd(won("e", "a", "", "2025-01-01", "2025-04-01", "5")), // after the period
			usd(won("f", "a", "", "2025-01-01", "2025-04-06", "5")), // not known as yet
			usd(lost("c", "a", "", "2025-01-01", "2025-02-01", "5")),
			usd(open("g", "a", "", "2025-02-01", "5")),
		},
		Adjustments: []attribution.Adjustment{
			change("z", "d", "2025-04-02", "-40"), change("y", "d", "2025-04-02", "20"), change("x", "d", "2025-04-05", "-1"),
			change("w", "d", "2025-04-01", "-10"), change("w", "d", "2025-04-01", "-10"), change("v", "e", "2025-04-01", "-1"), change("u", "f", "2025-04-06", "-1"),
			change("t", "b", "2025-02-01", "-0.000001"), change("s", "b", "2025-02-02", "-0.000001"), change("r", "b", "2025-02-03", "-0.000001"),
		},
	}
	rates := []attribution.Rate{
		{Currency: "USD", Date: success.MustDate("2025-01-01"), Rate: money("0.5")},
		{Currency: "USD", Date: success.MustDate("2025-04-01"), Rate: money("2")},
	}
	asOf := success.MustDate("2025-04-05")
	for _, c := range []struct {
		options attribution.Options
		want    string
	}{
		{attribution.Options{AsOf: asOf}, "[t -0.000001] [s -0.000001] [r -0.000001] [w -10] [y 20] [z -40] "},
		{attribution.Options{AsOf: asOf, Currency: "EUR", Rates: rates}, "[t -0.000001] [s -0.000001] [r 0] [w -5] [y 10] [z -20] "},
	} {
		p := build(t, records, c.options)
		all, err := p.Adjustments(success.Quarter(2025, 1))
		got := ""
		for _, a := range all {
			got += fmt.Sprintf("[%s %v] ", a.ID, a.Amount)
		}
		if err != nil || got != c.want {
			t.Errorf("%s: %s, %v", c.options.Currency, got, err)
		}
		if _, err := p.Adjustments(success.Period{}); !errors.Is(err, success.ErrMissing) {
			t.Errorf("no period: %v", err)
		}
		all[0].Amount = money("7")
		if again, _ := p.Adjustments(success.Quarter(2025, 1)); again[0].Amount.Equal(all[0].Amount) {
			t.Error("what a caller changes is changed in the pipeline")
		}
	}
}

// TestLaterElsewhere: a refund of what a restatement brought does not count before
// it, even where it is still the day before.
func TestLaterElsewhere(t *testing.T) {
	r := attribution.Records{
		Deals:       []attribution.Deal{won("D", "A", "", "2025-01-01", "2025-01-02", "100")},
		Adjustments: []attribution.Adjustment{change("R1", "D", "2025-03-01T12:00:00Z", "50"), change("R2", "D", "2025-03-01T12:00:01Z", "-149"), change("R0", "D", "2025-02-01", "-1")},
	}
	r.Adjustments[0].At = r.Adjustments[0].At.In(time.FixedZone("", 12*3600))  // March 2
	r.Adjustments[1].At = r.Adjustments[1].At.In(time.FixedZone("", -12*3600)) // March 1
	q := attribution.Query{Period: success.Year(2025)}
	for asOf, want := range map[string]string{
		"2025-03-01": " 0=0+0+0 0/0/0 | 1/0/0 100-1=99 0",
		"2025-03-02": " 0=0+0+0 0/0/0 | 1/0/0 100-1=99 0",
		"2025-03-03": " 0=0+0+0 0/0/0 | 1/0/0 150-150=0 0",
	} {
		same(t, asOf, ask(t, build(t, r, attribution.Options{AsOf: success.MustDate(asOf)}), q).Rows, want)
	}
}

// TestClosedAddUp: deals and their adjustments come to the net amounts of the
// table, whatever the rates, and are the same when records are given twice.
func TestClosedAddUp(t *testing.T) { rapid.Check(t, checkClosed) }

func checkClosed(t *rapid.T) {
	r, o, p := draw(t)
	q := drawQuery(t)
	deals, err := p.Closed(q.Period)
	if err != nil {
		t.Fatal(err)
	}
	changes, err := p.Adjustments(q.Period)
	if err != nil {
		t.Fatal(err)
	}
	net, of := map[string]decimal.Decimal{}, map[attribution.DealID]attribution.Deal{}
	for _, d := range deals {
		if of[d.ID] = d; d.Status == attribution.Won {
			net[d.Currency] = net[d.Currency].Add(d.Amount)
		}
	}
	for _, a := range changes {
		d := of[a.Deal]
		if d.Status != attribution.Won {
			t.Fatalf("%+v of a deal that was not won", a)
		}
		net[d.Currency] = net[d.Currency].Add(a.Amount)
	}
	table, err := p.Table(attribution.Query{Period: q.Period})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range table.Total.Money {
		if !m.Net.Equal(net[m.Currency]) {
			t.Fatalf("%s: %v, and %v in the table", m.Currency, net[m.Currency], m.Net)
		}
	}
	r.Adjustments = append(r.Adjustments, r.Adjustments...)
	twice, err := attribution.NewPipeline(r, o)
	if err != nil {
		t.Fatal(err)
	}
	if everything(t, twice) != everything(t, p) {
		t.Fatal("adjustments that are given twice count twice")
	}
}

func ExamplePipeline_Adjustments() {
	day := func(s string) time.Time { return success.MustDate(s).Time(time.UTC) }
	p, err := attribution.NewPipeline(attribution.Records{
		Deals: []attribution.Deal{
			{ID: "D1", Account: "a", Opened: day("2025-01-10"), Closed: day("2025-02-01"), Status: attribution.Won, Amount: money("100"), Currency: "USD"},
		},
		Adjustments: []attribution.Adjustment{{ID: "R1", Deal: "D1", At: day("2025-03-01"), Amount: money("-40")}},
	}, attribution.Options{Currency: "EUR", Rates: []attribution.Rate{{Currency: "USD", Date: success.MustDate("2025-01-01"), Rate: money("0.5")}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	deals, _ := p.Closed(success.Year(2025))
	adjustments, _ := p.Adjustments(success.Year(2025))
	fmt.Println(deals[0].Amount, deals[0].Currency, adjustments[0].Amount)
	// Output: 50 EUR -20
}

// TestEqual: adjustments are the same when all of them is, whatever way it is
// written.
func TestEqual(t *testing.T) {
	a := change("R", "D", "2024-01-03T12:00:00Z", "-10")
	same := a
	same.At, same.Amount = a.At.In(time.FixedZone("", 3600)), money("-10.00")
	if !a.Equal(same) || !a.Equal(a) {
		t.Error("the same is not the same")
	}
	for what, spoil := range map[string]func(*attribution.Adjustment){
		"ID":     func(a *attribution.Adjustment) { a.ID = "S" },
		"deal":   func(a *attribution.Adjustment) { a.Deal = "E" },
		"moment": func(a *attribution.Adjustment) { a.At = a.At.Add(1) },
		"day":    func(a *attribution.Adjustment) { a.At = a.At.In(time.FixedZone("", 12*3600)) },
		"amount": func(a *attribution.Adjustment) { a.Amount = money("-10.0000000001") },
		"sign":   func(a *attribution.Adjustment) { a.Amount = money("10") },
		"huge":   func(a *attribution.Adjustment) { a.Amount = huge },
	} {
		b := a
		if spoil(&b); a.Equal(b) || b.Equal(a) {
			t.Errorf("another %s is not another adjustment", what)
		}
	}
}

func ExampleAdjustment_Equal() {
	a := attribution.Adjustment{ID: "R1", Deal: "D1", At: at("2025-03-01"), Amount: money("-40")}
	b := a
	b.Amount = money("-40.00")
	fmt.Println(a.Equal(b))
	// Output: true
}
