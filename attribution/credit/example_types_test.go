package credit_test

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/credit"
)

// splitBy returns how a model shares records.
func splitBy(model credit.Model, records credit.Records) *credit.Split {
	book, err := credit.NewBook(records, credit.Options{})
	if err != nil {
		fmt.Println(err)
		return nil
	}
	splits, err := book.Split(model)
	if err != nil {
		fmt.Println(err)
		return nil
	}
	return splits[0]
}

// refunded is the office of which 200 were given back after a month.
func refunded() credit.Records {
	r := office()
	r.Adjustments = []attribution.Adjustment{
		{ID: "R1", Deal: "D1", At: r.Deals[0].Closed.AddDate(0, 1, 0), Amount: decimal.NewFromInt(-200)},
	}
	return r
}

// Touches of other accounts count for nothing.
func ExampleRecords() {
	r := office()
	for i := range r.Touches {
		r.Touches[i].Account = "Birch"
	}
	fmt.Println(splitBy(credit.Last(), r).Totals[0].Unattributed.Net)
	// Output: 1000
}

func ExampleRevenue() {
	v := splitBy(credit.Last(), refunded()).Totals[0].Revenue
	fmt.Println(v.Gross, v.Adjusted, v.Net)
	// Output: 1000 -200 800
}

// What is attributed and what is not add up to the revenue of all deals.
func ExampleTotal() {
	r := office()
	second := r.Deals[0]
	second.ID, second.Account, second.Amount = "D2", "Birch", decimal.NewFromInt(500) // met nobody
	r.Deals = append(r.Deals, second)
	t := splitBy(credit.Last(), r).Totals[0]
	fmt.Println(t.Untouched, "of", t.Deals, "deals untouched:", t.Attributed.Net, "+", t.Unattributed.Net, "=", t.Revenue.Net)
	// Output: 1 of 2 deals untouched: 1000 + 500 = 1500
}

// Half of the touches were tickets.
func ExampleShare() {
	for _, s := range splitBy(credit.Linear(), refunded()).Totals[0].Keys {
		fmt.Println(s.Key, s.Revenue.Gross, "less what was given back", s.Revenue.Net)
	}
	// Output:
	// demo 250 less what was given back 200
	// ticket 500 less what was given back 400
	// webinar 250 less what was given back 200
}

// A deal shared among its four touches, the one after the close left out.
func ExampleDealSplit() {
	d, ok := splitBy(credit.Linear(), office()).Deal("D1")
	fmt.Println(d.Deal, d.Revenue.Net, d.Currency, "in", len(d.Parts), "parts", ok)
	// Output: D1 1000 EUR in 4 parts true
}

// A part is what one touch gets: the first of two tickets gets a fourth for itself.
func ExamplePart() {
	d, _ := splitBy(credit.Linear(), office()).Deal("D1")
	p := d.Parts[1]
	fmt.Println("touch", p.Touch, p.Key, p.Weight, p.Revenue.Net)
	// Output: touch 1 ticket 25% 250
}

// 50 percent for the first, 30 for all in the middle, here two, and 20 for the last.
func ExampleShares() {
	d, _ := splitBy(credit.Position(credit.Shares{First: 50, Middle: 30, Last: 20}), office()).Deal("D1")
	for _, p := range d.Parts {
		fmt.Println(p.Key, p.Weight)
	}
	// Output:
	// webinar 50%
	// ticket 15%
	// demo 15%
	// ticket 20%
}

// Half for the first touch and half for the lead, which there is none of: the first
// touch has all, unless what is missing is to be lost.
func ExampleStones() {
	r := office()
	r.Leads = nil
	for _, lose := range []bool{false, true} {
		t := splitBy(credit.Milestones(credit.Stones{First: 50, Lead: 50, Lose: lose}), r).Totals[0]
		fmt.Println("attributed", t.Attributed.Net, "unattributed", t.Unattributed.Net)
	}
	// Output:
	// attributed 1000 unattributed 0
	// attributed 500 unattributed 500
}

// Only what happened before the deal was opened is to count.
func ExampleJourney() {
	show(credit.Custom("before the opening", func(j credit.Journey) []float64 {
		weights := make([]float64, len(j.Stops))
		for i, s := range j.Stops {
			if s.At.Before(j.Opened) {
				weights[i] = 1
			}
		}
		return weights
	}))
	// Output: before the opening: demo 0 ticket 500 webinar 500
}

// Touches in January count for nothing, whatever they are.
func ExampleStop() {
	show(credit.Custom("not in January", func(j credit.Journey) []float64 {
		weights := make([]float64, len(j.Stops))
		for i, stop := range j.Stops {
			if stop.At.Month() != time.January {
				weights[i] = 1
			}
		}
		return weights
	}))
	// Output: not in January: demo 333.33 ticket 666.67 webinar 0
}
