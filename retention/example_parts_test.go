package retention_test

import (
	"fmt"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

func ExampleSnapshot_AppendBinary() {
	day, _ := exampleBook(retention.Options{}).On(success.MustDate("2025-12-31"))
	message, err := day.AppendBinary([]byte("close "))
	fmt.Printf("%q %v\n", message[:6], err)
	var sent retention.Snapshot
	fmt.Println(sent.UnmarshalBinary(message[6:]), sent.ARR)
	// Output:
	// "close " <nil>
	// <nil> 19600
}

func ExampleRenewals_AppendBinary() {
	r := exampleRenewals() // 1 of 2 was renewed on time
	r.Late = 2             // a mistake
	_, err := r.AppendBinary(nil)
	fmt.Println(err)
	// Output: renewals.Early + OnTime + Late + Lapsed: 4 is more than Due 2
}

func ExampleCut_AppendBinary() {
	cut, _ := exampleBook(retention.Options{Accounts: accounts()}).Cut(success.Year(2025), retention.BySegment())
	message, err := cut.AppendBinary([]byte("cut "))
	var sent retention.Cut
	fmt.Println(sent.UnmarshalBinary(message[4:]), err)
	for _, row := range sent.Rows {
		fmt.Println(row.Value, row.Movement.NRR())
	}
	// Output:
	// <nil> <nil>
	// large 83.3%
	// small 91.7%
}

// Which owner's accounts shrank? A row is a whole movement, with every rate of one.
func ExampleRow() {
	cut, err := exampleBook(retention.Options{Accounts: accounts()}).Cut(success.Year(2025), retention.ByOwner())
	for _, row := range cut.Rows {
		fmt.Println(row.Value, row.Movement.Opening, "to", row.Movement.Closing)
	}
	fmt.Println(err)
	// Output:
	// Ada 13200 to 16200
	// Bo 7200 to 3400
	// <nil>
}

// An attribute of the account makes rows that add up to the whole, customers and all.
func ExampleKey() {
	strategic := retention.ByAccount("strategic", func(a success.Account) string {
		if a.Segment == "large" {
			return "yes"
		}
		return "no"
	})
	cut, err := exampleBook(retention.Options{Accounts: accounts()}).Cut(success.Year(2025), strategic)
	for _, row := range cut.Rows {
		fmt.Println(cut.Name, row.Value, row.Movement.Accounts.Opening, "customers of", row.Movement.Opening)
	}
	fmt.Println(err)
	// Output:
	// strategic no 2 customers of 2400
	// strategic yes 2 customers of 18000
	// <nil>
}

// How did 4 customers become 5? One left, one is new and one came back.
func ExampleCounts() {
	c := exampleYear().Accounts
	fmt.Println(c.Opening, "+", c.New, "+", c.Reactivated, "-", c.Churned, "=", c.Closing)
	fmt.Println("kept:", c.Upgraded, "pay more,", c.Downgraded, "less,", c.Flat, "the same")
	// Output:
	// 4 + 1 + 1 - 1 = 5
	// kept: 1 pay more, 1 less, 1 the same
}

// Which accounts changed more than once? Revenue is in whole millionths here.
func ExampleHistory() {
	for h, err := range exampleBook(retention.Options{}).Histories(success.Period{
		From: success.MustDate("2023-01-01"), To: success.MustDate("2026-01-01"),
	}) {
		if err == nil && len(h.Steps) > 2 {
			fmt.Println(h.Account, "opened with", h.Opening, "and changed", len(h.Steps), "times")
		}
	}
	// Output: Elm opened with 0 and changed 3 times
}

// What did Elm pay, from when on? It left in the middle of 2023, and came back.
func ExampleStep() {
	for h, err := range exampleBook(retention.Options{}).Histories(success.Period{
		From: success.MustDate("2023-01-01"), To: success.MustDate("2026-01-01"),
	}) {
		if err != nil || h.Account != "Elm" {
			continue
		}
		for _, s := range h.Steps {
			fmt.Println(s.Date, s.Micros/1_000_000)
		}
	}
	// Output:
	// 2023-01-01 2400
	// 2023-07-01 0
	// 2025-09-01 1800
}

// A bucket of 1,000 that leaks a tenth each month and gets nothing.
func ExampleProjection() {
	path, err := retention.Project(retention.Projection{
		Start: decimal.NewFromInt(1000), Churn: decimal.RequireFromString("0.1"),
	}, 2)
	fmt.Println(path.Values, err)
	// Output: [1000 900 810] <nil>
}

// Where does it end, winning 100 a month and losing a tenth? At 1,000, where as much leaks as flows in.
func ExamplePath() {
	bucket := retention.Projection{New: decimal.NewFromInt(100), Churn: decimal.RequireFromString("0.1")}
	path, err := retention.Project(bucket, 1)
	ceiling, ok := path.Ceiling.Value(0)
	fmt.Println(ceiling, ok, err)
	bucket.Expansion = bucket.Churn // then there is no end
	path, err = retention.Project(bucket, 1)
	fmt.Println(path.Ceiling, err)
	// Output:
	// 1000 true <nil>
	// n/a <nil>
}

// What is a point of retention worth over two years, at 90 %? Of a million, 0.01 in
// the first and 0.91² − 0.9² in the second.
func ExamplePoint() {
	point, err := retention.PointOfRetention(decimal.NewFromInt(1_000_000), decimal.RequireFromString("0.9"), 2, decimal.NewFromInt(500_000))
	fmt.Println(point.FirstYear, point.Total, point.BreakEvenBase, err)
	// Output: 10000 28100 50000000 <nil>
}
