package commission_test

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/commission"
)

// sold is a deal of 12,000 won on 15 January 2025.
func sold() []attribution.Deal {
	won := time.Date(2025, 1, 15, 10, 0, 0, 0, time.UTC)
	return []attribution.Deal{{ID: "D7", Account: "Harbour Foods", Opened: won.AddDate(0, -2, 0), Closed: won, Status: attribution.Won, Amount: decimal.NewFromInt(12_000), Currency: "EUR"}}
}

// tenPercent is an award of a tenth of it to one person.
func tenPercent(s commission.Schedule) commission.Award {
	return commission.Award{Deal: "D7", Rate: decimal.RequireFromString("0.10"), Shares: []commission.Share{{Person: "Ines", Weight: 1}}, Schedule: s}
}

// print shows what there is on some days.
func print(awards []commission.Award, adjustments []attribution.Adjustment, days ...string) {
	ledger, err := commission.New(sold(), adjustments, awards, commission.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range days {
		s, err := ledger.On(success.MustDate(d))
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, l := range s.Lines {
			fmt.Printf("%s %s: %s final, %s recoverable, %s held, %s reversed, %s forfeited; next %s\n",
				s.Day, l.Person, l.Final, l.Recoverable, l.Held, l.Reversed, l.Forfeited, l.Next)
		}
	}
}

// A commission of 1,200 for two people, which is theirs when the customer has
// stayed for a year. It leaves on the last day of that, which is a day too soon.
func Example() {
	a := tenPercent(commission.Clawback(success.Months(12)))
	a.Shares = []commission.Share{{Person: "Ines", Weight: 2}, {Person: "Mo", Weight: 1}}
	a.Left = success.MustDate("2026-01-14")
	print([]commission.Award{a}, nil, "2025-01-15", "2026-01-14")
	// Output:
	// 2025-01-15 Ines: 0 final, 800 recoverable, 0 held, 0 reversed, 0 forfeited; next 2026-01-14
	// 2025-01-15 Mo: 0 final, 400 recoverable, 0 held, 0 reversed, 0 forfeited; next 2026-01-14
	// 2026-01-14 Ines: 0 final, 0 recoverable, 0 held, 800 reversed, 0 forfeited; next none
	// 2026-01-14 Mo: 0 final, 0 recoverable, 0 held, 400 reversed, 0 forfeited; next none
}

func ExampleClawback() {
	print([]commission.Award{tenPercent(commission.Clawback(success.Months(12)))}, nil, "2025-06-01", "2026-01-15")
	// Output:
	// 2025-06-01 Ines: 0 final, 1200 recoverable, 0 held, 0 reversed, 0 forfeited; next 2026-01-15
	// 2026-01-15 Ines: 1200 final, 0 recoverable, 0 held, 0 reversed, 0 forfeited; next none
}

func ExampleProRata() {
	a := tenPercent(commission.ProRata(success.Months(12)))
	a.Left = success.MustDate("2025-07-15") // after half of it
	print([]commission.Award{a}, nil, "2025-05-01", "2025-07-15")
	// Output:
	// 2025-05-01 Ines: 300 final, 900 recoverable, 0 held, 0 reversed, 0 forfeited; next 2025-05-15
	// 2025-07-15 Ines: 600 final, 0 recoverable, 0 held, 600 reversed, 0 forfeited; next none
}

func ExampleHoldback() {
	print([]commission.Award{tenPercent(commission.Holdback(70, 30, success.Months(6)))}, nil, "2025-06-01", "2025-07-15")
	// Output:
	// 2025-06-01 Ines: 840 final, 0 recoverable, 360 held, 0 reversed, 0 forfeited; next 2025-07-15
	// 2025-07-15 Ines: 1200 final, 0 recoverable, 0 held, 0 reversed, 0 forfeited; next none
}

func ExampleMilestones() {
	a := tenPercent(commission.Milestones(
		commission.Milestone{Weight: 50},
		commission.Milestone{Weight: 25, After: success.Months(6)},
		commission.Milestone{Weight: 25, After: success.Months(12)},
	))
	a.Left = success.MustDate("2025-08-01") // in month 7
	print([]commission.Award{a}, nil, "2025-07-15", "2025-08-01")
	// Output:
	// 2025-07-15 Ines: 900 final, 0 recoverable, 300 held, 0 reversed, 0 forfeited; next 2025-08-01
	// 2025-08-01 Ines: 900 final, 0 recoverable, 0 held, 0 reversed, 300 forfeited; next none
}

// A rate of 5 %, 8 % from a retention of 90 % on and 10 % from 100 % on.
func ExampleTiered() {
	a := tenPercent(commission.Tiered(success.Months(12),
		commission.Tier{Weight: 5},
		commission.Tier{Weight: 3, From: decimal.RequireFromString("0.9")},
		commission.Tier{Weight: 2, From: decimal.NewFromInt(1)},
	))
	a.Retention = success.RatioOf(93, 100)
	print([]commission.Award{a}, nil, "2025-06-01", "2026-01-15")
	// Output:
	// 2025-06-01 Ines: 600 final, 0 recoverable, 600 held, 0 reversed, 0 forfeited; next 2026-01-15
	// 2026-01-15 Ines: 960 final, 0 recoverable, 0 held, 0 reversed, 240 forfeited; next none
}

// A fourth of the deal is refunded.
func ExampleNew() {
	refund := attribution.Adjustment{ID: "R1", Deal: "D7", At: time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC), Amount: decimal.NewFromInt(-3_000)}
	print([]commission.Award{tenPercent(commission.Holdback(70, 30, success.Months(6)))}, []attribution.Adjustment{refund}, "2025-02-28", "2025-03-01")
	// Output:
	// 2025-02-28 Ines: 840 final, 0 recoverable, 360 held, 0 reversed, 0 forfeited; next 2025-03-01
	// 2025-03-01 Ines: 630 final, 0 recoverable, 270 held, 210 reversed, 90 forfeited; next 2025-07-15
}

func ExampleLedger_On() {
	ledger, err := commission.New(sold(), nil, []commission.Award{tenPercent(commission.Clawback(success.Months(12)))}, commission.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	early, _ := ledger.On(success.MustDate("2025-01-14"))
	fmt.Println(len(early.Lines), "lines, next", early.Next)
	_, err = ledger.On(success.Date{})
	fmt.Println(err)
	// Output:
	// 0 lines, next 2025-01-15
	// day: is missing
}

func ExampleStatement_People() {
	a := tenPercent(commission.Clawback(success.Months(12)))
	a.Shares = []commission.Share{{Person: "Ines", Weight: 2}, {Person: "Mo", Weight: 1}}
	ledger, err := commission.New(sold(), nil, []commission.Award{a}, commission.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := ledger.On(success.MustDate("2025-06-01"))
	for _, p := range s.People() {
		fmt.Println(p.Person, p.Recoverable, p.Currency, err)
	}
	// Output:
	// Ines 800 EUR <nil>
	// Mo 400 EUR <nil>
}

func ExampleStatement_Totals() {
	ledger, err := commission.New(sold(), nil, []commission.Award{tenPercent(commission.Clawback(success.Months(12)))}, commission.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := ledger.On(success.MustDate("2025-06-01"))
	for _, total := range s.Totals() {
		fmt.Println(total.Potential, total.Currency, err)
	}
	// Output: 1200 EUR <nil>
}

func ExampleStatement_Merge() {
	day := success.MustDate("2025-06-01")
	ask := func(deals []attribution.Deal, award commission.Award) *commission.Statement {
		ledger, err := commission.New(deals, nil, []commission.Award{award}, commission.Options{})
		if err != nil {
			fmt.Println(err)
			return nil
		}
		s, _ := ledger.On(day)
		return s
	}
	north, south := sold(), sold()
	south[0].ID, south[0].Amount = "D8", decimal.NewFromInt(500)
	award := tenPercent(commission.Clawback(success.Months(12)))
	award.Deal = "D8"
	s, err := ask(north, tenPercent(commission.Clawback(success.Months(12)))).Merge(ask(south, award))
	fmt.Println(len(s.Lines), s.Totals()[0].Potential, err)
	// Output: 2 1250 <nil>
}

func ExampleLeft() {
	contracts := []success.Contract{
		{ID: "C2", Account: "Harbour Foods", Start: success.MustDate("2026-02-10"), Price: decimal.NewFromInt(900), Term: success.Months(1)},
		{ID: "C1", Account: "Harbour Foods", Start: success.MustDate("2025-02-01"), End: success.MustDate("2026-02-01"), Price: decimal.NewFromInt(1_000), Term: success.Months(1)},
	}
	won := success.MustDate("2025-01-15")
	fmt.Println(commission.Left(contracts, "Harbour Foods", won, 0))
	fmt.Println(commission.Left(contracts, "Harbour Foods", won, 30)) // a renewal may be 30 days late
	fmt.Println(commission.Left(contracts, "Nobody", won, 0))
	// Output:
	// 2026-02-01 true
	// none true
	// none false
}

// A third is final at once, two thirds are paid after a month and can be lost
// until the customer has stayed for a quarter.
func ExampleSchedule() {
	print([]commission.Award{tenPercent(commission.Schedule{
		{Weight: 1},
		{Weight: 2, Paid: success.Months(1), Final: success.Months(3)},
	})}, nil, "2025-01-15", "2025-02-15", "2025-04-15")
	// Output:
	// 2025-01-15 Ines: 400 final, 0 recoverable, 800 held, 0 reversed, 0 forfeited; next 2025-02-15
	// 2025-02-15 Ines: 400 final, 800 recoverable, 0 held, 0 reversed, 0 forfeited; next 2025-04-15
	// 2025-04-15 Ines: 1200 final, 0 recoverable, 0 held, 0 reversed, 0 forfeited; next none
}

// Commission in whole euros.
func ExampleOptions() {
	a := tenPercent(commission.Clawback(success.Months(12)))
	a.Rate = decimal.RequireFromString("0.0333")
	for _, options := range []commission.Options{{}, {Digits: map[string]int{"EUR": 0}}} {
		ledger, err := commission.New(sold(), nil, []commission.Award{a}, options)
		if err != nil {
			fmt.Println(err)
			return
		}
		s, err := ledger.On(success.MustDate("2025-06-01"))
		fmt.Println(s.Lines[0].Potential, err)
	}
	// Output:
	// 399.6 <nil>
	// 400 <nil>
}
