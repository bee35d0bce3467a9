package split_test

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success/attribution/split"
)

// adjusted splits 90.00 in two to one, of which amounts were given back or added later.
func adjusted(amounts ...string) *split.Statement {
	won := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	var changes []split.Adjustment
	for i, amount := range amounts {
		changes = append(changes, split.Adjustment{
			ID: fmt.Sprint("A", i+1), At: won.AddDate(0, i+1, 0), Amount: decimal.RequireFromString(amount),
		})
	}
	s, err := split.Adjust(decimal.NewFromInt(90), []int64{2, 1}, split.Digits("EUR"), changes)
	if err != nil {
		fmt.Println(err)
		return new(split.Statement)
	}
	return s
}

// More may come, and is split as the amount was; what is given back may not be more than there is.
func ExampleAdjustment() {
	fmt.Println(adjusted("30").Balances)
	adjusted("-90.01")
	// Output:
	// [80 40]
	// adjustment[0].Amount: -90.01 is more than the 90 that remain
}

// A refund of a third takes a third from each.
func ExampleChange() {
	for _, c := range adjusted("-30").Changes {
		fmt.Println(c.ID, c.At.Format(time.DateOnly), c.Amount, c.Parts)
	}
	// Output: A1 2026-04-01 -30 [-20 -10]
}

// Who had what at first, and who has what now?
func ExampleStatement() {
	s := adjusted("-30", "15")
	fmt.Println("at first", s.Parts, "after", len(s.Changes), "changes", s.Balances)
	// Output: at first [60 30] after 2 changes [50 25]
}
