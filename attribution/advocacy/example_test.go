package advocacy_test

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/advocacy"
)

// company is three months of one: Harbour Foods recommends it to Quay Hotels,
// which buys twice, and to Pier Books, which was recommended before.
func company() advocacy.Records {
	at := func(month time.Month, day int) time.Time { return time.Date(2025, month, day, 12, 0, 0, 0, time.UTC) }
	won := func(id attribution.DealID, account success.AccountID, opened time.Time, amount int64) attribution.Deal {
		return attribution.Deal{ID: id, Account: account, Opened: opened, Closed: opened.AddDate(0, 0, 20), Status: attribution.Won, Amount: decimal.NewFromInt(amount), Currency: "EUR"}
	}
	return advocacy.Records{
		Interactions: []success.Interaction{
			{ID: "I1", Account: "Harbour Foods", At: at(1, 8), Kind: "support"},
			{ID: "I2", Account: "Harbour Foods", At: at(1, 15), Kind: "review"},
		},
		Referrals: []advocacy.Referral{
			{ID: "R1", Advocate: "Harbour Foods", Referred: "Quay Hotels", At: at(1, 20)},
			{ID: "R2", Advocate: "Anchor Dental", Referred: "Pier Books", At: at(1, 10)},
			{ID: "R3", Advocate: "Harbour Foods", Referred: "Pier Books", At: at(2, 3)},
		},
		Deals: []attribution.Deal{
			won("D1", "Quay Hotels", at(1, 25), 9_000), won("D2", "Quay Hotels", at(3, 1), 3_000), won("D3", "Lantern Law", at(2, 1), 24_000),
		},
		Adjustments: []attribution.Adjustment{{ID: "X1", Deal: "D1", At: at(3, 10), Amount: decimal.NewFromInt(-1_000)}},
		Reviews: []advocacy.Review{
			{ID: "W1", Account: "Harbour Foods", At: at(2, 1), Service: true}, {ID: "W2", Account: "Anchor Dental", At: at(2, 9)},
			{ID: "W3", Account: "Quay Hotels", At: at(3, 2), Service: true},
		},
		References: []advocacy.Reference{{ID: "E1", Advocate: "Anchor Dental", At: at(2, 10), Deal: "D3"}},
	}
}

func ExampleMeasure() {
	report, err := advocacy.Measure(company(), advocacy.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range report.ReferralLines {
		fmt.Println(l.ID, l.Advocate, "to", l.Referred+":", l.Outcome, l.Deals, "after", l.Service.Interactions, "interactions")
	}
	for _, total := range report.Revenue {
		fmt.Println(total.Currency, "sourced", total.Sourced.Net, "of", total.All.Net, total.Share)
	}
	fmt.Println("conversion", report.Conversion)
	fmt.Println("speak of service", report.Service)
	// Output:
	// R2 Anchor Dental to Pier Books: accepted [] after 0 interactions
	// R1 Harbour Foods to Quay Hotels: accepted [D1 D2] after 2 interactions
	// R3 Harbour Foods to Pier Books: merged [] after 2 interactions
	// EUR sourced 11000 of 35000 31.4%
	// conversion 0.5 (0.0945312, 0.905469)
	// speak of service 0.666667 (0.20766, 0.938508)
}

func ExampleReport() {
	report, err := advocacy.Measure(company(), advocacy.Options{AsOf: success.MustDate("2025-03-01")})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, a := range report.Advocates {
		fmt.Printf("%s: %d referrals, %d won, %d reviews, %d references\n", a.Account, a.Referrals.Submitted, a.Referrals.Won, a.Reviews.Written, a.References.Given)
		for _, s := range a.Revenue {
			fmt.Println("  sourced", s.Gross, "less", s.Reversed, s.Currency)
		}
	}
	for _, i := range report.Influenced {
		fmt.Println("with references:", i.Net, i.Currency)
	}
	// Output:
	// Anchor Dental: 1 referrals, 0 won, 1 reviews, 1 references
	// Harbour Foods: 2 referrals, 1 won, 1 reviews, 0 references
	//   sourced 9000 less 0 EUR
	// with references: 24000 EUR
}

func ExampleOutcome() {
	text, err := advocacy.Merged.MarshalText()
	fmt.Println(string(text), err, advocacy.Accepted)
	var o advocacy.Outcome
	fmt.Println(o.UnmarshalText([]byte("customer")), o)
	// Output:
	// merged <nil> accepted
	// <nil> customer
}

func ExampleUse() {
	text, err := advocacy.OwnDeal.MarshalText()
	fmt.Println(string(text), err, advocacy.Supporting)
	var u advocacy.Use
	fmt.Println(u.UnmarshalText([]byte("late")), u)
	// Output:
	// own deal <nil> supporting
	// <nil> late
}
