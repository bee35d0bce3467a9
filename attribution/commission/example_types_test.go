package commission_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution/commission"
)

// atFirst is the statement of an award on the day the deal was won.
func atFirst(award commission.Award) *commission.Statement {
	ledger, err := commission.New(sold(), nil, []commission.Award{award}, commission.Options{})
	if err != nil {
		fmt.Println(err)
		return new(commission.Statement)
	}
	s, err := ledger.On(success.MustDate("2025-01-15"))
	if err != nil {
		fmt.Println(err)
	}
	return s
}

// Five percent of 12,000, at once and for good.
func ExampleAward() {
	award := commission.Award{
		Deal: "D7", Rate: decimal.RequireFromString("0.05"),
		Shares: []commission.Share{{Person: "Ines", Weight: 1}}, Schedule: commission.Schedule{{Weight: 1}},
	}
	fmt.Println(atFirst(award).Lines[0].Final)
	// Output: 600
}

// Two thirds of 1,200 for Ines.
func ExampleShare() {
	award := tenPercent(commission.Schedule{{Weight: 1}})
	award.Shares = []commission.Share{{Person: "Ines", Weight: 2}, {Person: "Mo", Weight: 1}}
	for _, l := range atFirst(award).Lines {
		fmt.Println(l.Person, l.Potential)
	}
	// Output:
	// Ines 800
	// Mo 400
}

// Of 1,200 a fourth is paid at once, and the rest after half a year.
func ExampleInstalment() {
	l := atFirst(tenPercent(commission.Schedule{{Weight: 1}, {Weight: 3, Paid: success.Months(6)}})).Lines[0]
	fmt.Println(l.Final, "final,", l.Held, "held until", l.Next)
	// Output: 300 final, 900 held until 2025-07-15
}

// What is not paid yet is held, what is paid and could be lost is recoverable.
func ExampleAmounts() {
	l := atFirst(tenPercent(commission.Schedule{
		{Weight: 1}, {Weight: 1, Final: success.Months(3)}, {Weight: 2, Paid: success.Months(6)},
	})).Lines[0]
	fmt.Println(l.Final, "+", l.Recoverable, "+", l.Held, "=", l.Potential)
	// Output: 300 + 300 + 600 = 1200
}

// A line says of which deal and for whom, and when something changes next.
func ExampleLine() {
	l := atFirst(tenPercent(commission.Clawback(success.Months(12)))).Lines[0]
	fmt.Println(l.Deal, l.Account, l.Person, l.Recoverable, l.Currency, "until", l.Next)
	// Output: D7 Harbour Foods Ines 1200 EUR until 2026-01-15
}

// Half of 1,200 at once, half for a customer who stays for a quarter.
func ExampleMilestone() {
	l := atFirst(tenPercent(commission.Milestones(
		commission.Milestone{Weight: 1}, commission.Milestone{Weight: 1, After: success.Months(3)},
	))).Lines[0]
	fmt.Println(l.Final, "final,", l.Held, "held until", l.Next)
	// Output: 600 final, 600 held until 2025-04-15
}

// A retention of 93 % reaches the second of three tiers: 5 + 3 of 10 parts of 1,200.
func ExampleTier() {
	tiers := []commission.Tier{
		{Weight: 5},
		{Weight: 3, From: decimal.RequireFromString("0.9")},
		{Weight: 2, From: decimal.NewFromInt(1)},
	}
	award := tenPercent(commission.Tiered(success.Months(12), tiers...))
	award.Retention = success.RatioOf(93, 100)
	print([]commission.Award{award}, nil, "2026-01-15")
	// Output: 2026-01-15 Ines: 960 final, 0 recoverable, 0 held, 0 reversed, 240 forfeited; next none
}

func ExampleTotal() {
	award := tenPercent(commission.Schedule{{Weight: 1}})
	award.Shares = []commission.Share{{Person: "Ines", Weight: 2}, {Person: "Mo", Weight: 1}}
	s := atFirst(award)
	ines, all := s.People()[0], s.Totals()[0]
	fmt.Println(ines.Person, ines.Final, "of", all.Final, all.Currency)
	// Output: Ines 800 of 1200 EUR
}
