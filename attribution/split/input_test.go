package split_test

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution/split"
	"metrics.internal/success/internal/refusal"
)

// positions returns where the faults of an error are.
func positions(err error) (all []int) {
	var faults *success.Errors
	if errors.As(err, &faults) {
		for _, f := range faults.Faults {
			all = append(all, f.Index)
		}
	}
	return all
}

func expect(t *testing.T, what string, err error, at []int, faults ...refusal.Fault) {
	t.Helper()
	refusal.Check(t, what, err, faults...)
	if got := positions(err); !slices.Equal(got, at) {
		t.Errorf("%s: faults at %v, want %v", what, got, at)
	}
}

func number(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func TestBadWeights(t *testing.T) {
	for what, c := range map[string]struct {
		amount  int64
		weights []int64
		at      []int
		fault   []refusal.Fault
	}{
		"negative":         {1, []int64{1, -1, 2, math.MinInt64}, []int{1, 3}, []refusal.Fault{refusal.Of("", success.ErrNegative), refusal.Of("", success.ErrNegative)}},
		"negative for 0":   {0, []int64{-1, 1}, []int{0}, []refusal.Fault{refusal.Of("", success.ErrNegative)}},
		"all zero":         {1, []int64{0, 0}, []int{-1}, []refusal.Fault{refusal.Of("", success.ErrMissing)}},
		"all zero, refund": {-1, []int64{0}, []int{-1}, []refusal.Fault{refusal.Of("", success.ErrMissing)}},
		"nobody":           {1, nil, []int{-1}, []refusal.Fault{refusal.Of("", success.ErrMissing)}},
	} {
		parts, err := split.Append([]int64{9}, c.amount, c.weights)
		expect(t, what, err, c.at, c.fault...)
		if !slices.Equal(parts, []int64{9}) {
			t.Errorf("%s: left %v", what, parts)
		}
		all, err := split.Split(decimal.New(c.amount, 0), c.weights, 2)
		expect(t, what, err, c.at, c.fault...)
		if all != nil {
			t.Errorf("%s: %v", what, all)
		}
	}
}

// Nothing can be given to nobody.
func TestNothing(t *testing.T) {
	for _, weights := range [][]int64{nil, {0}, {0, 0}, {1, 2}} {
		parts, err := split.Append(nil, 0, weights)
		if err != nil || !slices.Equal(parts, make([]int64, len(weights))) {
			t.Errorf("%v: %v, %v", weights, parts, err)
		}
		all, err := split.Split(decimal.New(0, 1000), weights, 2)
		if err != nil || len(all) != len(weights) || slices.ContainsFunc(all, func(d decimal.Decimal) bool { return !d.IsZero() || d.Exponent() != -2 }) {
			t.Errorf("%v: %v, %v", weights, all, err)
		}
		s, err := split.Adjust(decimal.Decimal{}, weights, 2, []split.Adjustment{{ID: "nothing", At: start()}})
		if err != nil || len(s.Balances) != len(weights) || len(s.Changes) != 1 {
			t.Errorf("%v: %v, %v", weights, s, err)
		}
	}
}

func TestBadFloatWeights(t *testing.T) {
	weights, err := split.AppendWeights([]int64{9}, []float64{1, math.NaN(), -1, math.Inf(1), math.Inf(-1), math.Copysign(0, -1), -math.SmallestNonzeroFloat64})
	expect(t, "weights", err, []int{1, 2, 3, 4, 6}, refusal.Of("", success.ErrRange), refusal.Of("", success.ErrNegative),
		refusal.Of("", success.ErrRange), refusal.Of("", success.ErrRange), refusal.Of("", success.ErrNegative))
	if !slices.Equal(weights, []int64{9}) {
		t.Errorf("left %v", weights)
	}
	weights, err = split.AppendWeights(nil, []float64{0, math.Copysign(0, -1)})
	if err != nil || !slices.Equal(weights, []int64{0, 0}) {
		t.Errorf("%v, %v", weights, err)
	}
}

// The last amounts that are split, and the first that are not.
func TestBadAmounts(t *testing.T) {
	for _, good := range []decimal.Decimal{
		decimal.New(-1, 349), decimal.New(123, 347), decimal.New(1, -350), decimal.New(0, 2_000_000_000), decimal.New(0, -2_000_000_000),
		decimal.NewFromFloat(math.MaxFloat64), decimal.NewFromFloat(math.SmallestNonzeroFloat64),
	} {
		parts, err := split.Split(good, []int64{1, 2}, 2)
		if err != nil || !parts[0].Add(parts[1]).Equal(good) {
			t.Errorf("%v: %v, %v", good, parts, err)
		}
	}
	for _, bad := range []decimal.Decimal{
		decimal.New(1, 350), decimal.New(-123, 348), decimal.New(1, 400), decimal.New(1, -351), decimal.New(1, 2_000_000_000), decimal.New(1, -2_000_000_000),
	} {
		_, err := split.Split(bad, []int64{1}, 2)
		expect(t, "split", err, []int{-1}, refusal.Of("", success.ErrRange))
		_, err = split.Adjust(bad.Abs(), []int64{1}, 2, []split.Adjustment{{ID: "a", At: start(), Amount: bad}, {ID: "a", At: start(), Amount: bad}})
		expect(t, "adjust", err, []int{0, 1, -1}, refusal.Of("Amount", success.ErrRange), refusal.Of("Amount", success.ErrRange), refusal.Of("", success.ErrRange))
		if n, places, ok := split.Units(bad, 2); ok {
			t.Errorf("%d units of 10^-%d", n, places)
		}
	}
	_, err := split.Split(decimal.New(1, 400), []int64{-1}, 19)
	expect(t, "all of it", err, []int{-1, -1, 0}, refusal.Of("", success.ErrRange), refusal.Of("", success.ErrRange), refusal.Of("", success.ErrNegative))
}

func TestDigitsOfUnits(t *testing.T) {
	for _, digits := range []int{-1, 19} {
		_, err := split.Split(number("1"), []int64{1}, digits)
		expect(t, "split", err, []int{-1}, refusal.Of("", success.ErrRange))
		_, err = split.Adjust(number("1"), []int64{1}, digits, nil)
		expect(t, "adjust", err, []int{-1}, refusal.Of("", success.ErrRange))
		if _, _, ok := split.Units(number("1"), digits); ok {
			t.Errorf("%d digits", digits)
		}
	}
	for _, c := range []struct {
		amount string
		digits int
		units  int64
		places int
		ok     bool
	}{
		{"1", 18, 1e18, 18, true}, {"-9", 18, -9e18, 18, true}, {"10", 18, 0, 0, false}, {"-10", 18, 0, 0, false},
		{"922337203685477580", 1, 9223372036854775800, 1, true}, {"922337203685477581", 1, 0, 0, false},
		{"-922337203685477580", 1, -9223372036854775800, 1, true}, {"-922337203685477581", 1, 0, 0, false},
		{"9223372036854775807", 0, math.MaxInt64, 0, true}, {"9223372036854775808", 0, 0, 0, false},
		{"92233720368547758.07", 2, math.MaxInt64, 2, true}, {"-92233720368547758.08", 2, math.MinInt64, 2, true},
		{"1.250", 1, 125, 2, true}, {"1.200", 1, 12, 1, true}, {"1.200", 3, 1200, 3, true}, {"0.000", 1, 0, 1, true},
		{"1.00000000000000000000", 2, 100, 2, true}, {"1e3", 0, 1000, 0, true},
	} {
		units, places, ok := split.Units(number(c.amount), c.digits)
		if ok != c.ok || ok && (units != c.units || places != c.places) {
			t.Errorf("%s in %d digits: %d, %d, %v", c.amount, c.digits, units, places, ok)
		}
	}
}

func TestCurrencies(t *testing.T) {
	for _, c := range []struct {
		digits int
		codes  []string
	}{
		{0, []string{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF", "jpy"}},
		{2, []string{"", "EUR", "USD", "GBP", "CHF", "INR", "CNY", "HUF", "TWD", "MGA", "MRU", "XAU", "points"}},
		{3, []string{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND", "Kwd"}},
		{4, []string{"CLF", "UYW"}},
	} {
		for _, code := range c.codes {
			if got := split.Digits(code); got != c.digits {
				t.Errorf("%s has %d digits, want %d", code, got, c.digits)
			}
		}
	}
}

func TestBadAdjustments(t *testing.T) {
	at := start()
	one := func(a split.Adjustment) []split.Adjustment { return []split.Adjustment{a} }
	for what, c := range map[string]struct {
		amount      string
		adjustments []split.Adjustment
		at          []int
		faults      []refusal.Fault
	}{
		"below zero":   {"-1", nil, []int{-1}, []refusal.Fault{refusal.Of("", success.ErrNegative)}},
		"no ID":        {"9", one(split.Adjustment{At: at}), []int{0}, []refusal.Fault{refusal.Of("ID", success.ErrMissing)}},
		"no time":      {"9", one(split.Adjustment{ID: "a"}), []int{0}, []refusal.Fault{refusal.Of("At", success.ErrMissing)}},
		"above amount": {"9", one(split.Adjustment{ID: "a", At: at, Amount: number("-9.01")}), []int{0}, []refusal.Fault{refusal.Of("Amount", success.ErrRange)}},
		"restated in time": {"9", []split.Adjustment{{ID: "a", At: at, Amount: number("-10")}, {ID: "b", At: at.Add(1), Amount: number("1")}}, []int{0},
			[]refusal.Fault{refusal.Of("Amount", success.ErrRange)}},
		"far above":   {"9", one(split.Adjustment{ID: "a", At: at, Amount: decimal.New(math.MinInt64, -2)}), []int{0}, []refusal.Fault{refusal.Of("Amount", success.ErrRange)}},
		"beyond that": {"9", one(split.Adjustment{ID: "a", At: at, Amount: number("-1e30")}), []int{0}, []refusal.Fault{refusal.Of("Amount", success.ErrRange)}},
		"just above the largest": {"92233720368547758.07", one(split.Adjustment{ID: "a", At: at, Amount: decimal.New(math.MinInt64, -2)}), []int{0},
			[]refusal.Fault{refusal.Of("Amount", success.ErrRange)}},
		"above what is left": {"9", []split.Adjustment{{ID: "b", At: at, Amount: number("-6")}, {ID: "a", At: at, Amount: number("-4")}, {ID: "c", At: at, Amount: number("-5")}}, []int{0},
			[]refusal.Fault{refusal.Of("Amount", success.ErrRange)}},
		"another time":   {"9", []split.Adjustment{{ID: "a", At: at}, {ID: "b", At: at}, {ID: "a", At: at.Add(1)}}, []int{2}, []refusal.Fault{refusal.Of("ID", success.ErrDuplicate)}},
		"another amount": {"9", []split.Adjustment{{ID: "a", At: at, Amount: number("1")}, {ID: "a", At: at, Amount: number("1.01")}}, []int{1}, []refusal.Fault{refusal.Of("ID", success.ErrDuplicate)}},
	} {
		s, err := split.Adjust(number(c.amount), []int64{1, 1}, 2, c.adjustments)
		expect(t, what, err, c.at, c.faults...)
		if s != nil {
			t.Errorf("%s: %v", what, s)
		}
	}
	_, err := split.Adjust(number("0"), []int64{0}, 2, one(split.Adjustment{ID: "a", At: at, Amount: number("1")}))
	expect(t, "nobody to get it", err, []int{-1}, refusal.Of("", success.ErrMissing))
	_, err = split.Adjust(number("1"), []int64{0}, 2, nil)
	expect(t, "nobody", err, []int{-1}, refusal.Of("", success.ErrMissing))
	s, err := split.Adjust(number("9"), []int64{1}, 2, []split.Adjustment{{ID: "b", At: at.Add(time.Second), Amount: number("-10")}, {ID: "a", At: at, Amount: number("1.000")}, {ID: "a", At: at, Amount: number("1")}})
	if err != nil || len(s.Changes) != 2 || s.Changes[0].ID != "a" || !s.Balances[0].IsZero() {
		t.Errorf("restated and given back: %v, %v", s, err)
	}
	// The largest that fits 64 bits, one more, and all of it back.
	s, err = split.Adjust(number("92233720368547758.07"), []int64{1, 2}, 2, []split.Adjustment{{ID: "a", At: at, Amount: number("0.01")}, {ID: "b", At: at, Amount: number("-92233720368547758.08")}})
	if err != nil || !s.Balances[0].IsZero() || !s.Balances[1].IsZero() {
		t.Errorf("%v, %v", s, err)
	}
	_, err = split.Adjust(number("0"), []int64{0}, 2, []split.Adjustment{{ID: "a", At: at, Amount: number("-1e30")}, {ID: "b", At: at}})
	expect(t, "much of nothing", err, []int{0}, refusal.Of("Amount", success.ErrRange))
}

// TestWhatRemains: a refund of too much says what there is, in units that fit 64
// bits, in finer ones and in more than fit.
func TestWhatRemains(t *testing.T) {
	at := time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct{ amount, refund, says string }{
		{"12.34", "-12.35", "adjustment[0].Amount: -12.35 is more than the 12.34 that remain"},
		{"12.34", "-12.3401", "adjustment[0].Amount: -12.3401 is more than the 12.34 that remain"},
		{"123456789012345678901234.5", "-123456789012345678901234.51", "adjustment[0].Amount: -123456789012345678901234.51 is more than the 123456789012345678901234.5 that remain"},
	} {
		_, err := split.Adjust(number(c.amount), []int64{1, 2}, 2, []split.Adjustment{{ID: "r", At: at, Amount: number(c.refund)}})
		if err == nil || err.Error() != c.says {
			t.Errorf("%v, want %s", err, c.says)
		}
		if _, err := split.Adjust(number(c.amount), []int64{1, 2}, 2, []split.Adjustment{{ID: "r", At: at, Amount: number("-" + c.amount)}}); err != nil {
			t.Errorf("all of it: %v", err)
		}
	}
}
