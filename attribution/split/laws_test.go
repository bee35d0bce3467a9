package split_test

import (
	"math"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success/attribution/split"
)

// Parts add up, are less than a unit from exact, have the sign of the amount,
// and a weight of zero gets nothing.
func TestParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount, weights := drawAmount(t), drawWeights(t)
		parts, err := split.Append(nil, amount, weights)
		if err != nil || len(parts) != len(weights) {
			t.Fatal(parts, err)
		}
		sum, whole := new(big.Int), new(big.Int)
		for i, p := range parts {
			sum.Add(sum, big.NewInt(p))
			whole.Add(whole, big.NewInt(weights[i]))
			if weights[i] == 0 && p != 0 || p != 0 && p < 0 != (amount < 0) {
				t.Fatalf("%d of %d for weight %d", p, amount, weights[i])
			}
		}
		if sum.Cmp(big.NewInt(amount)) != 0 {
			t.Fatalf("%v adds up to %v, not %d", parts, sum, amount)
		}
		for i, p := range parts {
			off := new(big.Rat).SetFrac(big.NewInt(weights[i]), whole)
			off.Mul(off, new(big.Rat).SetInt64(amount)).Sub(off, new(big.Rat).SetInt64(p))
			if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("%d is %v units from exact", p, off)
			}
		}
	})
}

// The parts of −V are those of V, negated; weights count only in proportion;
// parties with nothing to get change nothing for the others.
func TestSameShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount, weights := max(drawAmount(t), -math.MaxInt64), drawWeights(t)
		parts, _ := split.Append(nil, amount, weights)
		negated, _ := split.Append(nil, -amount, weights)
		for i := range negated {
			negated[i] = -negated[i]
		}
		times := make([]int64, len(weights))
		for i, w := range weights {
			weights[i] = w >> 10
			times[i] = weights[i] * 1023
		}
		some, err1 := split.Append(nil, amount, weights)
		scaled, err2 := split.Append(nil, amount, times)
		if (err1 == nil) != (err2 == nil) || !slices.Equal(some, scaled) || !slices.Equal(parts, negated) {
			t.Fatalf("%v, of the other sign %v; %v, scaled %v", parts, negated, some, scaled)
		}
		at := rapid.IntRange(0, len(weights)).Draw(t, "nobody at")
		more, err := split.Append(nil, amount, slices.Insert(slices.Clone(weights), at, 0))
		if err == nil && (more[at] != 0 || !slices.Equal(slices.Delete(more, at, at+1), some)) {
			t.Fatalf("%v, with nobody at %d %v", some, at, more)
		}
	})
}

// Of equal weights, the parts differ by a unit at most and never grow with the
// position; with different weights, none of a smaller weight gets more.
func TestFairness(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount, weights := max(drawAmount(t), 0), drawWeights(t)
		parts, err := split.Append(nil, amount, weights)
		if err != nil {
			t.Fatal(err)
		}
		for i := range parts {
			for j := i + 1; j < len(parts); j++ {
				if d := parts[i] - parts[j]; weights[i] == weights[j] && d != 0 && d != 1 || weights[i] > weights[j] && d < 0 || weights[i] < weights[j] && d > 0 {
					t.Fatalf("%v by %v", parts, weights)
				}
			}
		}
	})
}

// Append leaves what is there, and what it is given.
func TestAppendAppends(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount, weights := drawAmount(t), drawWeights(t)
		before := slices.Clone(weights)
		alone, _ := split.Append(nil, amount, weights)
		got, err := split.Append(append(make([]int64, 0, rapid.IntRange(2, 50).Draw(t, "room")), 5, 6), amount, weights)
		if err != nil || !slices.Equal(got, append([]int64{5, 6}, alone...)) || !slices.Equal(weights, before) {
			t.Fatalf("%v, %v, alone %v, by %v", got, err, alone, weights)
		}
	})
}

// Decimals that are equal are split alike, whatever zeros they carry.
func TestSplitOfEqualDecimals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount, weights := drawDecimal(t), drawWeights(t)
		zeros := rapid.IntRange(1, 30).Draw(t, "zeros")
		longer := decimal.NewFromBigInt(new(big.Int).Mul(amount.Coefficient(), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(zeros)), nil)), amount.Exponent()-int32(zeros))
		a, err1 := split.Split(amount, weights, 2)
		b, err2 := split.Split(longer, weights, 2)
		if err1 != nil || err2 != nil || !slices.EqualFunc(a, b, identical) {
			t.Fatalf("%v %v, %v %v", a, err1, b, err2)
		}
	})
}

func identical(a, b decimal.Decimal) bool {
	return a.Exponent() == b.Exponent() && a.Coefficient().Cmp(b.Coefficient()) == 0
}

// Weights of float64 count only in proportion, and 0 next to them is nothing.
func TestFloatWeights(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.SliceOfN(rapid.OneOf(rapid.Float64Range(0, 1), rapid.Just(0.0)), 1, 9).Draw(t, "weights")
		power := math.Ldexp(1, rapid.IntRange(-900, 900).Draw(t, "power"))
		times := make([]float64, len(from))
		for i, w := range from {
			from[i] = math.Trunc(w*0x1p40) * 0x1p-40
			times[i] = from[i] * power
		}
		a, err1 := split.AppendWeights(nil, from)
		b, err2 := split.AppendWeights(nil, append(times, 0))
		if err1 != nil || err2 != nil || !slices.Equal(append(a, 0), b) {
			t.Fatalf("%v %v, scaled %v %v", a, err1, b, err2)
		}
		for i, w := range from {
			if (w == 0) != (a[i] == 0) || w == slices.Max(from) && w > 0 && a[i] < 1<<57 {
				t.Fatalf("%v became %v", from, a)
			}
		}
	})
}

// A refund is exact, pays nobody and leaves nobody below zero; what is given back
// in full, in whatever steps, leaves nobody anything.
func TestReversals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount, weights := decimal.New(rapid.Int64Range(0, 100_000).Draw(t, "amount"), -2), drawWeights(t)
		adjustments := drawAdjustments(t, amount)
		total := amount
		for _, a := range adjustments {
			total = total.Add(a.Amount)
		}
		adjustments = append(adjustments, split.Adjustment{ID: "the rest", At: start().AddDate(1, 0, 0), Amount: total.Neg()})
		s, err := split.Adjust(amount, weights, 2, adjustments)
		if err != nil {
			t.Fatal(err)
		}
		balances := slices.Clone(s.Parts)
		for _, c := range s.Changes {
			sum := decimal.Decimal{}
			for i, p := range c.Parts {
				sum, balances[i] = sum.Add(p), balances[i].Add(p)
				if p.Sign()*c.Amount.Sign() < 0 || balances[i].IsNegative() {
					t.Fatalf("%s of %s, of which %s is left", p, c.Amount, balances[i])
				}
			}
			if !sum.Equal(c.Amount) {
				t.Fatalf("%v adds up to %s, not %s", c.Parts, sum, c.Amount)
			}
		}
		for i, b := range s.Balances {
			if !b.IsZero() || !balances[i].IsZero() {
				t.Fatalf("%v left", s.Balances)
			}
		}
	})
}

// An adjustment counts once, in whatever order and how often it is reported.
func TestIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount, weights := decimal.New(rapid.Int64Range(0, 100_000).Draw(t, "amount"), -2), drawWeights(t)
		adjustments := drawAdjustments(t, amount)
		want, err := split.Adjust(amount, weights, 2, adjustments)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range rapid.SliceOfN(rapid.IntRange(0, 7), 0, 5).Draw(t, "again") {
			if i < len(adjustments) {
				again := adjustments[i]
				again.At = again.At.In(time.FixedZone("elsewhere", 3600*i))
				adjustments = append(adjustments, again)
			}
		}
		got, err := split.Adjust(amount, weights, 2, rapid.Permutation(adjustments).Draw(t, "order"))
		if err != nil || !slices.EqualFunc(got.Balances, want.Balances, identical) || len(got.Changes) != len(want.Changes) {
			t.Fatalf("%v, %v, want %v", got, err, want)
		}
		for i, c := range got.Changes {
			if c.ID != want.Changes[i].ID || !slices.EqualFunc(c.Parts, want.Changes[i].Parts, identical) {
				t.Fatalf("%v, want %v", c, want.Changes[i])
			}
		}
	})
}
