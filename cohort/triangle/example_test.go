package triangle_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/cohort/triangle"
	"metrics.internal/success/retention"
)

func ExampleFromBook() {
	contract := func(id, account, start, end string, price int64) success.Contract {
		c := success.Contract{
			ID: success.ContractID(id), Account: success.AccountID(account), Start: success.MustDate(start),
			Price: decimal.NewFromInt(price), Term: success.Months(1),
		}
		if end != "" {
			c.End = success.MustDate(end)
		}
		return c
	}
	book, err := retention.NewBook([]success.Contract{
		contract("c1", "Acme", "2024-01-10", "2024-03-10", 100),
		contract("c2", "Acme", "2024-03-10", "", 150),
		contract("c3", "Bolt", "2024-01-20", "2024-02-20", 100),
		contract("c4", "Crow", "2024-02-05", "", 80),
	}, retention.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	t, err := triangle.FromBook(book, triangle.Options{AsOf: success.MustDate("2024-04-15")})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range t.Rows {
		fmt.Print(row.Start, " ", row.Size, ":")
		for _, cell := range row.Cells {
			if cell.Complete {
				fmt.Printf("  %d (net %v, gross %v)", cell.Retained, cell.Net, cell.Gross)
			}
		}
		fmt.Println()
	}
	fmt.Println("after the second month:", t.Columns[1].Logo.Pooled, "of customers,", t.Columns[1].Net.Pooled, "of revenue")
	// Output:
	// 2024-01-01 2:  2 (net 100%, gross 100%)  1 (net 50%, gross 50%)  1 (net 75%, gross 50%)
	// 2024-02-01 1:  1 (net 100%, gross 100%)  1 (net 100%, gross 100%)
	// 2024-03-01 0:  0 (net n/a, gross n/a)
	// 2024-04-01 0:
	// after the second month: 66.7% of customers, 64.3% of revenue
}

func ExampleFromHistories() {
	histories := []triangle.History{
		{Account: "Acme", Changes: []triangle.Change{{On: success.MustDate("2024-01-31"), Revenue: decimal.NewFromInt(1200)}}},
		{Account: "Bolt", Changes: []triangle.Change{
			{On: success.MustDate("2024-01-02"), Revenue: decimal.NewFromInt(600)},
			{On: success.MustDate("2024-02-28"), Revenue: decimal.Zero},
		}},
	}
	t, err := triangle.FromHistories(histories, triangle.Options{AsOf: success.MustDate("2024-03-30"), Elapsed: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	for k, cell := range t.Rows[0].Cells {
		fmt.Println("month", k, cell.Retained, "of", cell.Eligible, cell.Share, cell.Net)
	}
	// Output:
	// month 0 2 of 2 1 (0.34238, 1) 100%
	// month 1 1 of 2 0.5 (0.0945312, 0.905469) 66.7%
	// month 2 0 of 0 n/a (n/a, n/a) n/a
}

func ExampleFromEvents() {
	monday := success.MustDate("2024-01-01")
	var events []triangle.Event
	for account, weeks := range map[success.AccountID][]int{"Acme": {0, 1, 3}, "Bolt": {0, 3}, "Crow": {1, 2}} {
		for _, week := range weeks {
			events = append(events, triangle.Event{Account: account, On: monday.AddDays(7 * week)})
		}
	}
	for _, orAfter := range []bool{false, true} {
		t, err := triangle.FromEvents(events, triangle.Options{AsOf: monday.AddDays(27), Unit: triangle.Week, OrAfter: orAfter})
		if err != nil {
			fmt.Println(err)
			return
		}
		var shares []success.Figure
		for _, cell := range t.Rows[0].Cells {
			shares = append(shares, cell.Share.Value)
		}
		fmt.Println(shares)
	}
	// Output:
	// [1 0.5 0 1]
	// [1 1 1 1]
}
