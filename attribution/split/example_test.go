package split_test

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success/attribution/split"
)

func ExampleSplit() {
	parts, err := split.Split(decimal.RequireFromString("100.00"), []int64{1, 1, 1}, split.Digits("EUR"))
	fmt.Println(parts, err)
	parts, err = split.Split(decimal.RequireFromString("-100"), []int64{1, 1, 1}, split.Digits("JPY"))
	fmt.Println(parts, err)
	parts, err = split.Split(decimal.RequireFromString("0.005"), []int64{1, 1}, 2) // half a cent
	fmt.Println(parts, err)
	// Output:
	// [33.34 33.33 33.33] <nil>
	// [-34 -33 -33] <nil>
	// [0.003 0.002] <nil>
}

func ExampleDigits() {
	fmt.Println(split.Digits("EUR"), split.Digits("JPY"), split.Digits("KWD"))
	// Output: 2 0 3
}

func ExampleUnits() {
	units, places, ok := split.Units(decimal.RequireFromString("1234.5"), 2)
	fmt.Println(units, "units of 10^", -places, ok)
	// Output: 123450 units of 10^ -2 true
}

// One buffer serves any number of amounts.
func ExampleAppend() {
	var parts []int64
	for _, cents := range []int64{101, -101} {
		var err error
		if parts, err = split.Append(parts[:0], cents, []int64{40, 20, 40}); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(parts)
	}
	// Output:
	// [41 20 40]
	// [-41 -20 -40]
}

func ExampleAppendWeights() {
	weights, err := split.AppendWeights(nil, []float64{0.25, 0.5, 1})
	fmt.Println(weights, err)
	parts, err := split.Append(nil, 10_000, weights)
	fmt.Println(parts, err)
	// Output:
	// [144115188075855872 288230376151711744 576460752303423488] <nil>
	// [1429 2857 5714] <nil>
}

// Two people share a commission, of which first a third and then the rest is
// given back.
func ExampleAdjust() {
	won := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	s, err := split.Adjust(decimal.RequireFromString("100.01"), []int64{2, 1}, split.Digits("EUR"), []split.Adjustment{
		{ID: "cancelled", At: won.AddDate(0, 6, 0), Amount: decimal.RequireFromString("-66.68")},
		{ID: "reduced", At: won.AddDate(0, 1, 0), Amount: decimal.RequireFromString("-33.33")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("at first", s.Parts)
	for _, c := range s.Changes {
		fmt.Println(c.ID, c.Parts)
	}
	fmt.Println("left", s.Balances)
	// Output:
	// at first [66.67 33.34]
	// reduced [-22.22 -11.11]
	// cancelled [-44.45 -22.23]
	// left [0 0]
}
