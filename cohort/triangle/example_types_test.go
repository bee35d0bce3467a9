package triangle_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/cohort/triangle"
)

// two returns the revenue of two accounts that began in January 2024: Acme grew in
// March from 100 to 150, Bolt paid 100 up to the end of February.
func two() []triangle.History {
	change := func(day string, revenue int64) triangle.Change {
		return triangle.Change{On: success.MustDate(day), Revenue: decimal.NewFromInt(revenue)}
	}
	return []triangle.History{
		{Account: "Acme", Changes: []triangle.Change{change("2024-01-10", 100), change("2024-03-10", 150)}},
		{Account: "Bolt", Changes: []triangle.Change{change("2024-01-20", 100), change("2024-03-01", 0)}},
	}
}

// triangleOf returns the triangle of histories.
func triangleOf(histories []triangle.History, options triangle.Options) *triangle.Triangle {
	t, err := triangle.FromHistories(histories, options)
	if err != nil {
		fmt.Println(err)
		return new(triangle.Triangle)
	}
	return t
}

var endOfMarch = triangle.Options{AsOf: success.MustDate("2024-03-31")}

// One row for each month, with or without somebody who began in it.
func ExampleTriangle() {
	t := triangleOf(two(), endOfMarch)
	fmt.Println(len(t.Rows), "rows,", t.Empty, "of them empty, with revenue:", t.Revenue)
	// Output: 3 rows, 2 of them empty, with revenue: true
}

func ExampleRow() {
	row := triangleOf(two(), endOfMarch).Rows[0]
	fmt.Println("from", row.Start, row.Size, "accounts,", len(row.Cells), "months")
	// Output: from 2024-01-01 2 accounts, 3 months
}

// Half of the accounts stay, but of 200 there are 150 left, or 100 without the growth.
func ExampleCell() {
	cell := triangleOf(two(), endOfMarch).Rows[0].Cells[2]
	fmt.Println(cell.Retained, "of", cell.Eligible, "kept, net", cell.Net, "gross", cell.Gross)
	// Output: 1 of 2 kept, net 75% gross 50%
}

// Crow begins in February with 200 and pays 100 from March on. What is left of
// everybody a month after the first? 3 of 3, and 300 of 400.
func ExampleColumn() {
	histories := append(two(), triangle.History{Account: "Crow", Changes: []triangle.Change{
		{On: success.MustDate("2024-02-05"), Revenue: decimal.NewFromInt(200)},
		{On: success.MustDate("2024-03-05"), Revenue: decimal.NewFromInt(100)},
	}})
	column := triangleOf(histories, endOfMarch).Columns[1]
	fmt.Println(column.Rows, "rows,", column.Logo.Pooled, "of accounts,", column.Net.Pooled, "of revenue")
	// Output: 2 rows, 100% of accounts, 75% of revenue
}

// A row of three accounts that stay, and one of a single account that leaves: three
// of four stay, or half of the rows do.
func ExampleAverage() {
	var histories []triangle.History
	for _, account := range []success.AccountID{"Acme", "Bolt", "Crow"} {
		histories = append(histories, triangle.History{Account: account, Changes: []triangle.Change{
			{On: success.MustDate("2024-01-10"), Revenue: decimal.NewFromInt(100)},
		}})
	}
	histories = append(histories, triangle.History{Account: "Dale", Changes: []triangle.Change{
		{On: success.MustDate("2024-02-10"), Revenue: decimal.NewFromInt(100)}, {On: success.MustDate("2024-03-10")},
	}})
	logo := triangleOf(histories, endOfMarch).Columns[1].Logo
	fmt.Println(logo.Pooled, logo.Simple)
	// Output: 75% 0.5
}

func ExampleChange() {
	histories := two()
	histories[0].Changes[1].On = histories[0].Changes[0].On // the same day twice
	_, err := triangle.FromHistories(histories, endOfMarch)
	fmt.Println(err)
	// Output: history[0].Changes.On: 2024-01-10 is not after 2024-01-10
}

// One account has one history.
func ExampleHistory() {
	_, err := triangle.FromHistories(append(two(), two()[0]), endOfMarch)
	fmt.Println(err)
	// Output: history[2].Account: Acme is a duplicate
}

// Two logins of a month count once, and those after AsOf not at all.
func ExampleEvent() {
	t, err := triangle.FromEvents([]triangle.Event{
		{Account: "Acme", On: success.MustDate("2024-01-10")}, {Account: "Acme", On: success.MustDate("2024-01-11")},
		{Account: "Bolt", On: success.MustDate("2024-01-31")}, {Account: "Bolt", On: success.MustDate("2024-02-29")},
		{Account: "Acme", On: success.MustDate("2024-04-01")},
	}, endOfMarch)
	for month, cell := range t.Rows[0].Cells {
		fmt.Println("month", month, cell.Retained, "of", cell.Eligible)
	}
	fmt.Println(err)
	// Output:
	// month 0 2 of 2
	// month 1 1 of 2
	// month 2 0 of 2
	// <nil>
}

// The first quarter is one period of quarters and three of months.
func ExampleUnit() {
	for _, unit := range []triangle.Unit{triangle.Month, triangle.Quarter} {
		options := endOfMarch
		options.Unit = unit
		fmt.Println(len(triangleOf(two(), options).Rows))
	}
	// Output:
	// 3
	// 1
}

// Acme signed up in December and began to pay in January.
func ExampleBegin() {
	for _, begin := range []triangle.Begin{triangle.FirstEver, triangle.SignUp} {
		options := endOfMarch
		options.Begin = begin
		options.Accounts = []success.Account{{ID: "Acme", SignedUp: success.MustDate("2023-12-20")}}
		fmt.Println(triangleOf(two()[:1], options).Rows[0].Start)
	}
	// Output:
	// 2024-01-01
	// 2023-12-01
}

// By the calendar Bolt, which began on 20 January, is there for two months; counted
// from its own first day, it is there at the end of the first only.
func ExampleOptions() {
	for _, elapsed := range []bool{false, true} {
		options := endOfMarch
		options.Elapsed = elapsed
		months := 0
		for _, cell := range triangleOf(two()[1:], options).Rows[0].Cells {
			months += cell.Retained
		}
		fmt.Println(months)
	}
	// Output:
	// 2
	// 1
}
