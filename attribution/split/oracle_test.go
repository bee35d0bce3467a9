package split_test

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success/attribution/split"
)

// shares is the definition, in fractions: whole units of |amount| times weight by
// sum, then one more for the largest remainders, the first of equal ones first.
func shares(amount *big.Int, weights []*big.Int) []*big.Int {
	sum := new(big.Rat)
	for _, w := range weights {
		sum.Add(sum, new(big.Rat).SetInt(w))
	}
	parts, rests := make([]*big.Int, len(weights)), make([]*big.Rat, len(weights))
	left := new(big.Int).Abs(amount)
	for i, w := range weights {
		parts[i], rests[i] = new(big.Int), new(big.Rat)
		if sum.Sign() > 0 {
			share := new(big.Rat).SetInt(new(big.Int).Abs(amount))
			share.Mul(share, new(big.Rat).SetInt(w)).Quo(share, sum)
			parts[i].Div(share.Num(), share.Denom())
			rests[i].Sub(share, new(big.Rat).SetInt(parts[i]))
		}
		left.Sub(left, parts[i])
	}
	for ; left.Sign() > 0; left.Sub(left, big.NewInt(1)) {
		next := 0
		for i := range rests {
			if rests[i].Cmp(rests[next]) > 0 {
				next = i
			}
		}
		parts[next].Add(parts[next], big.NewInt(1))
		rests[next].SetInt64(-1)
	}
	for _, p := range parts {
		p.Mul(p, big.NewInt(int64(amount.Sign())))
	}
	return parts
}

func ints(numbers []int64) []*big.Int {
	all := make([]*big.Int, len(numbers))
	for i, x := range numbers {
		all[i] = big.NewInt(x)
	}
	return all
}

// drawAmount is small, round or anything that fits.
func drawAmount(t *rapid.T) int64 {
	return rapid.OneOf(rapid.Int64Range(-20, 20), rapid.Int64Range(-1e6, 1e6),
		rapid.SampledFrom([]int64{math.MaxInt64, math.MinInt64, math.MaxInt64 - 1, math.MinInt64 + 1}), rapid.Int64()).Draw(t, "amount")
}

// drawWeights has one above 0, and kinds that take every way of splitting.
func drawWeights(t *rapid.T) []int64 {
	weight := rapid.SampledFrom([]*rapid.Generator[int64]{
		rapid.Int64Range(0, 3), rapid.Int64Range(0, 1000), rapid.Just(int64(7)), rapid.Int64Range(0, math.MaxInt64),
		rapid.SampledFrom([]int64{0, 1, math.MaxInt64}),
	}).Draw(t, "kind")
	weights := rapid.SliceOfN(weight, 1, rapid.SampledFrom([]int{4, 16, 17, 40}).Draw(t, "most")).Draw(t, "weights")
	weights[rapid.IntRange(0, len(weights)-1).Draw(t, "above 0")]++
	if i := slices.Index(weights, math.MinInt64); i >= 0 {
		weights[i] = math.MaxInt64
	}
	return weights
}

func TestAppendOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount, weights := drawAmount(t), drawWeights(t)
		got, err := split.Append(nil, amount, weights)
		if want := shares(big.NewInt(amount), ints(weights)); err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%d by %v: %v, %v, want %v", amount, weights, got, err, want)
		}
	})
}

// drawDecimal has up to 60 digits and an exponent from the far side of any
// currency to this one.
func drawDecimal(t *rapid.T) decimal.Decimal {
	coef := new(big.Int).SetInt64(drawAmount(t))
	if rapid.Bool().Draw(t, "large") {
		coef.Mul(coef, new(big.Int).Exp(big.NewInt(10), big.NewInt(40), nil))
		coef.Add(coef, big.NewInt(rapid.Int64().Draw(t, "last digits")))
	}
	return decimal.NewFromBigInt(coef, int32(rapid.OneOf(rapid.IntRange(-4, 2), rapid.IntRange(-30, 20)).Draw(t, "exponent")))
}

// scaled is a decimal times 10^places, and whether that is whole.
func scaled(d decimal.Decimal, places int) (*big.Int, bool) {
	r := new(big.Rat).Mul(d.Rat(), new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)))
	return new(big.Int).Set(r.Num()), r.IsInt()
}

// finest is the number of places that an amount needs, at least digits.
func finest(amount decimal.Decimal, digits int) int {
	for {
		if _, whole := scaled(amount, digits); whole {
			return digits
		}
		digits++
	}
}

// same reports whether decimals are whole numbers of 10^−places, to the digit.
func same(got []decimal.Decimal, want []*big.Int, places int) bool {
	return slices.EqualFunc(got, want, func(d decimal.Decimal, n *big.Int) bool {
		return d.Exponent() == int32(-places) && d.Coefficient().Cmp(n) == 0
	})
}

func TestSplitOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount, weights, digits := drawDecimal(t), drawWeights(t), rapid.IntRange(0, 18).Draw(t, "digits")
		places := finest(amount, digits)
		units, _ := scaled(amount, places)
		got, err := split.Split(amount, weights, digits)
		if want := shares(units, ints(weights)); err != nil || !same(got, want, places) {
			t.Fatalf("%v by %v: %v, %v, want %v e-%d", amount, weights, got, err, want, places)
		}
		n, p, ok := split.Units(amount, digits)
		if ok != units.IsInt64() || ok && (p != places || units.Int64() != n) {
			t.Fatalf("%v is %d e-%d, %v, want %v e-%d", amount, n, p, ok, units, places)
		}
	})
}

// The weights of float64 are those of fractions, rounded at the bit that the sum
// leaves.
func TestAppendWeightsOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weight := rapid.SampledFrom([]*rapid.Generator[float64]{
			rapid.Float64Range(0, 1), rapid.SampledFrom([]float64{0, 1, 0.5, 1e-3}), rapid.Float64Range(0, math.MaxFloat64), rapid.Float64Range(0, 1e-310),
			rapid.SampledFrom([]float64{math.SmallestNonzeroFloat64, math.MaxFloat64}),
		}).Draw(t, "kind")
		from := rapid.SliceOfN(weight, 0, 20).Draw(t, "weights")
		got, err := split.AppendWeights([]int64{42}, from)
		if err != nil || len(got) != len(from)+1 || got[0] != 42 {
			t.Fatal(got, err)
		}
		most, some, sum := new(big.Rat), int64(0), new(big.Int)
		for _, w := range from {
			if r := new(big.Rat).SetFloat64(w); r.Sign() > 0 {
				some++
				if r.Cmp(most) > 0 {
					most = r
				}
			}
		}
		scale := scaleOf(most, some)
		for i, w := range from {
			exact := new(big.Rat).Mul(new(big.Rat).SetFloat64(w), scale)
			off := exact.Sub(exact, new(big.Rat).SetInt64(got[i+1]))
			if off.Abs(off).Cmp(big.NewRat(1, 2)) > 0 || got[i+1] < 0 {
				t.Fatalf("%v times %v is not %d", w, scale, got[i+1])
			}
			sum.Add(sum, big.NewInt(got[i+1]))
		}
		if sum.BitLen() > 63 || sum.BitLen() == 63 && sum.TrailingZeroBits() != 62 {
			t.Fatalf("sum %v", sum)
		}
	})
}

// scaleOf is the largest power of 2 for which every weight, were it as large as
// a power of 2 above the largest, leaves the sum at or below 2⁶².
func scaleOf(most *big.Rat, some int64) *big.Rat {
	scale := new(big.Rat)
	if some == 0 {
		return scale
	}
	above := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Lsh(big.NewInt(1), 1100))
	for above.Cmp(most) <= 0 {
		above.Mul(above, big.NewRat(2, 1))
	}
	room := big.NewRat(1<<62, 1)
	for many := int64(1); many < some; many *= 2 {
		room.Quo(room, big.NewRat(2, 1))
	}
	return scale.Quo(room, above)
}

// drawAdjustments never takes more than there is, and may take all of it.
func drawAdjustments(t *rapid.T, amount decimal.Decimal) []split.Adjustment {
	balance := amount
	all := make([]split.Adjustment, rapid.IntRange(0, 8).Draw(t, "adjustments"))
	day := start()
	for i := range all {
		day = day.Add(time.Duration(rapid.IntRange(0, 1).Draw(t, "later")) * time.Hour)
		change := decimal.New(rapid.Int64Range(0, 500).Draw(t, "up"), int32(rapid.IntRange(-4, -1).Draw(t, "exponent")))
		if !rapid.Bool().Draw(t, "upwards") {
			share := decimal.New(rapid.SampledFrom([]int64{10, 1, 5, 9}).Draw(t, "tenths"), -1)
			change = balance.Mul(share).Neg()
			if rapid.Bool().Draw(t, "rounded") {
				change = change.RoundDown(2)
			}
		}
		balance = balance.Add(change)
		all[i] = split.Adjustment{ID: fmt.Sprintf("%03d", i), At: day, Amount: change}
	}
	return all
}

func TestAdjustOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := decimal.New(rapid.Int64Range(0, 10_000).Draw(t, "amount"), -2)
		switch rapid.IntRange(0, 2).Draw(t, "size") {
		case 1:
			amount = amount.Mul(decimal.New(1, 30))
		case 2:
			amount = decimal.New(math.MaxInt64-rapid.Int64Range(0, 20_000).Draw(t, "below the largest"), -3)
		}
		weights, digits := drawWeights(t), rapid.IntRange(0, 3).Draw(t, "digits")
		adjustments := drawAdjustments(t, amount)
		s, err := split.Adjust(amount, weights, digits, rapid.Permutation(adjustments).Draw(t, "order"))
		if err != nil {
			t.Fatal(err)
		}
		places := finest(amount, digits)
		units, _ := scaled(amount, places)
		balances := shares(units, ints(weights))
		if !same(s.Parts, balances, places) || len(s.Changes) != len(adjustments) {
			t.Fatalf("%v: %v, want %v e-%d", amount, s.Parts, balances, places)
		}
		for i, a := range adjustments {
			finer := finest(a.Amount, places)
			units, _ := scaled(a.Amount, finer)
			for _, b := range balances {
				b.Mul(b, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(finer-places)), nil))
			}
			places = finer
			by := balances
			if units.Sign() > 0 {
				by = ints(weights)
			}
			parts := shares(units, by)
			if c := s.Changes[i]; c.ID != a.ID || !same(c.Parts, parts, places) {
				t.Fatalf("%v %v, want %s %v e-%d", c.ID, c.Parts, a.ID, parts, places)
			}
			for j := range balances {
				balances[j].Add(balances[j], parts[j])
			}
		}
		if !same(s.Balances, balances, places) {
			t.Fatalf("%v left, want %v e-%d", s.Balances, balances, places)
		}
	})
}
