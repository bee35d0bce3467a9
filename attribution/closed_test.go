package attribution_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

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
