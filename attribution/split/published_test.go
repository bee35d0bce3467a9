package split_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success/attribution/split"
)

// The figures that are published, or follow by hand.
func TestA15(t *testing.T) { // A15
	for _, c := range []struct {
		amount        int64
		weights, want []int64
	}{
		{100, []int64{1, 1, 1}, []int64{34, 33, 33}},
		{-101, []int64{1, 1, 1, 1}, []int64{-26, -25, -25, -25}},
		{101, []int64{0, 1, 1}, []int64{0, 51, 50}},
		{101, []int64{30, 70}, []int64{30, 71}},
		{9_999, []int64{75, 25}, []int64{7_499, 2_500}},
		{1_003, []int64{49, 51}, []int64{491, 512}},
		{math.MaxInt64, []int64{40, 20, 40}, []int64{3689348814741910323, 1844674407370955161, 3689348814741910323}},
	} {
		got, err := split.Append(nil, c.amount, c.weights)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%d by %v: %v, %v, want %v", c.amount, c.weights, got, err, c.want)
		}
		parts, err := split.Split(decimal.New(c.amount, -2), c.weights, 2)
		if err != nil || fmt.Sprint(parts) != fmt.Sprint(cents(c.want)) {
			t.Errorf("%d cents by %v: %v, %v, want %v", c.amount, c.weights, parts, err, cents(c.want))
		}
	}
}

func cents(amounts []int64) []decimal.Decimal {
	all := make([]decimal.Decimal, len(amounts))
	for i, a := range amounts {
		all[i] = decimal.New(a, -2)
	}
	return all
}

func TestA16(t *testing.T) { // A16
	got, err := split.Append(nil, 613, []int64{98, 92, 98, 123, 102, 92})
	if want := []int64{99, 93, 99, 125, 104, 93}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
}

func TestA21(t *testing.T) { // A21
	adjustments := []split.Adjustment{
		refund("a", 1, 3_333), refund("b", 2, 3_333), refund("c", 3, 3_333), refund("d", 4, 1),
	}
	s, err := split.Adjust(decimal.New(10_000, 0), []int64{1, 1, 1}, 0, adjustments)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"[-1111 -1111 -1111]", "[-1111 -1111 -1111]", "[-1111 -1111 -1111]", "[-1 0 0]"}
	for i, c := range s.Changes {
		if got := fmt.Sprint(c.Parts); got != want[i] || c.ID != adjustments[i].ID {
			t.Errorf("%s: %s, want %s", c.ID, got, want[i])
		}
	}
	if got := fmt.Sprint(s.Parts, s.Balances); got != "[3334 3333 3333] [0 0 0]" {
		t.Error(got)
	}
}

// start is when the amounts of these tests were split.
func start() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }

func refund(id string, day int, amount int64) split.Adjustment {
	return split.Adjustment{ID: id, At: start().AddDate(0, 0, day), Amount: decimal.New(-amount, 0)}
}
