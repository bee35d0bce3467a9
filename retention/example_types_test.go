package retention_test

import (
	"encoding/json"
	"fmt"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// A book is built once and asked often.
func ExampleBook() {
	book, err := retention.NewBook(company(), retention.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, year := range []int{2024, 2025} {
		m, err := book.Between(success.Year(year))
		fmt.Println(year, m.Opening, m.Closing, err)
	}
	// Output:
	// 2024 0 20400 <nil>
	// 2025 20400 19600 <nil>
}

// The parts of a year: 20,400 + 600 + 1,800 + 3,000 − 200 − 6,000 = 19,600.
func ExampleMovement() {
	m := exampleYear()
	fmt.Println("opening     ", m.Opening)
	fmt.Println("new         ", m.New, "Dogwood")
	fmt.Println("reactivation", m.Reactivation, "Elm")
	fmt.Println("expansion   ", m.Expansion, "Alder")
	fmt.Println("contraction ", m.Contraction, "Fir")
	fmt.Println("churn       ", m.Churn, "Cedar")
	fmt.Println("closing     ", m.Closing)
	fmt.Println("customers   ", m.Accounts.Opening, "then", m.Accounts.Closing)
	// Output:
	// opening      20400
	// new          600 Dogwood
	// reactivation 1800 Elm
	// expansion    3000 Alder
	// contraction  200 Fir
	// churn        6000 Cedar
	// closing      19600
	// customers    4 then 5
}

// A renewal signed five days late is a gap in revenue, unless grace is given.
func ExampleOptions() {
	contracts := []success.Contract{
		contract("1", "Alder", "2024-04-01", "2025-04-01", 300, 40, success.Months(12)),
		contract("2", "Alder", "2025-04-06", "2026-04-06", 300, 40, success.Months(12)),
	}
	for _, grace := range []int{0, 5} {
		book, err := retention.NewBook(contracts, retention.Options{Grace: grace})
		if err != nil {
			fmt.Println(err)
			return
		}
		between, err := book.On(success.MustDate("2025-04-03"))
		fmt.Println(grace, between.ARR, err)
	}
	// Output:
	// 0 0 <nil>
	// 5 12000 <nil>
}

// What moved most comes first.
func ExampleLine() {
	lines, err := exampleBook(retention.Options{}).Lines(success.Year(2025))
	for _, l := range lines[:2] {
		fmt.Println(l.Account, l.Opening, l.Closing, l.Movement, l.Amount, err)
	}
	// Output:
	// Cedar 6000 0 churn 6000 <nil>
	// Alder 12000 15000 expansion 3000 <nil>
}

func ExampleEvent() {
	events, err := exampleBook(retention.Options{}).Events(success.Quarter(2025, 2))
	for _, e := range events {
		fmt.Println(e.Date, e.Account, e.Before, e.After, e.Movement, err)
	}
	// Output:
	// 2025-04-01 Alder 12000 15000 expansion <nil>
	// 2025-05-01 Fir 1200 1000 contraction <nil>
	// 2025-06-15 Cedar 6000 0 churn <nil>
}

func ExampleSnapshot() {
	// Dogwood's trial is a contract, but no revenue.
	s, err := exampleBook(retention.Options{}).On(success.MustDate("2025-02-10"))
	fmt.Println(s.ARR, s.Customers, s.Free, err)
	// Output: 20400 4 1 <nil>
}

// Two contracts end in the second quarter: Alder renews on the day, Cedar does not.
func ExampleRenewals() {
	r, err := exampleBook(retention.Options{}).Renewals(success.Quarter(2025, 2))
	fmt.Println(r.Due, r.OnTime, r.Lapsed, r.Base, r.Kept, r.Renewed, err)
	// Output: 2 1 1 18000 12000 15000 <nil>
}

func ExampleCut() {
	cut, err := exampleBook(retention.Options{Accounts: accounts()}).Cut(success.Year(2025), retention.BySegment())
	fmt.Println(cut.Name, cut.Additive, err)
	for _, row := range cut.Rows {
		fmt.Println(row.Value, row.Movement.Opening, row.Movement.Closing, row.Movement.GRR())
	}
	// Output:
	// segment true <nil>
	// large 18000 15000 66.7%
	// small 2400 4600 91.7%
}

func ExampleReasons_Total() {
	r := retention.Reasons{
		Seats: retention.Cause{Renewal: decimal.NewFromInt(3000)},
		Price: retention.Cause{Renewal: decimal.NewFromInt(500), MidTerm: decimal.NewFromInt(-200)},
	}
	fmt.Println(r.Total())
	// Output: 3300
}

func ExampleReasons_Renewal() {
	r := retention.Reasons{
		Seats: retention.Cause{Renewal: decimal.NewFromInt(3000)},
		Price: retention.Cause{Renewal: decimal.NewFromInt(500), MidTerm: decimal.NewFromInt(-200)},
	}
	fmt.Println(r.Renewal())
	// Output: 3500
}

func ExampleReasons_MidTerm() {
	r := retention.Reasons{
		Product: retention.Cause{MidTerm: decimal.NewFromInt(900)},
		Price:   retention.Cause{Renewal: decimal.NewFromInt(500), MidTerm: decimal.NewFromInt(-200)},
	}
	fmt.Println(r.MidTerm())
	// Output: 700
}

func ExampleCause_Total() {
	fmt.Println(retention.Cause{Renewal: decimal.NewFromInt(500), MidTerm: decimal.NewFromInt(-200)}.Total())
	// Output: 300
}

func ExampleKind_String() {
	fmt.Println(retention.Reactivation.String(), retention.None.String())
	// Output: reactivation none
}

func ExampleKind_MarshalText() {
	data, err := json.Marshal([]retention.Kind{retention.New, retention.Churn})
	fmt.Println(string(data), err)
	// Output: ["new","churn"] <nil>
}

func ExampleKind_UnmarshalText() {
	var k retention.Kind
	fmt.Println(k.UnmarshalText([]byte("expansion")), k)
	fmt.Println(k.UnmarshalText([]byte("upsell")), k)
	// Output:
	// <nil> expansion
	// retention: movement "upsell" is unknown expansion
}
