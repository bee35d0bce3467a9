package exact_test

import (
	"math"
	"math/big"
	"testing"

	"metrics.internal/success/internal/exact"
	"pgregory.net/rapid"
)

// amounts draws 64-bit amounts, often at the edges.
func amounts() *rapid.Generator[int64] {
	return rapid.OneOf(
		rapid.Int64Range(-2, 2),
		rapid.SampledFrom([]int64{math.MaxInt64, math.MinInt64, math.MinInt64 + 1, 1 << 32, -1 << 32, exact.Limit}),
		rapid.Int64(),
	)
}

// bigOf reads a sum back from its decimal, in millionths.
func bigOf(s exact.Sum) *big.Int { return s.Decimal().Shift(6).BigInt() }

// TestSum adds, takes away and multiplies against math/big.
func TestSum(t *testing.T) { rapid.Check(t, checkSum) }

func checkSum(t *rapid.T) {
	var sum exact.Sum
	want := new(big.Int)
	for range rapid.IntRange(0, 20).Draw(t, "steps") {
		x, y := amounts().Draw(t, "x"), amounts().Draw(t, "y")
		bx, by := big.NewInt(x), big.NewInt(y)
		switch rapid.IntRange(0, 3).Draw(t, "what") {
		case 0:
			sum, want = sum.Plus(x), want.Add(want, bx)
		case 1:
			sum, want = sum.Sub(exact.Of(x)), want.Sub(want, bx)
		case 2:
			sum, want = sum.Add(exact.Of(x).Neg()), want.Sub(want, bx)
		case 3:
			if product := new(big.Int).Mul(bx, by); product.BitLen() < 120 {
				sum, want = sum.Add(exact.Product(x, y)), want.Add(want, product)
			}
		}
	}
	if got := bigOf(sum); got.Cmp(want) != 0 {
		t.Fatalf("%v, not %v", got, want)
	}
	if sum.Sign() != want.Sign() {
		t.Fatalf("sign %d of %v", sum.Sign(), want)
	}
	if x, ok := sum.Int64(); ok != want.IsInt64() || ok && x != want.Int64() {
		t.Fatalf("Int64 %d, %v of %v", x, ok, want)
	}
	floor := new(big.Int).Set(want)
	if want.Sign() < 0 {
		floor.SetInt64(0)
	}
	if got := bigOf(sum.Floor()); got.Cmp(floor) != 0 {
		t.Fatalf("Floor %v of %v", got, want)
	}
	other := exact.Of(amounts().Draw(t, "other"))
	if got := sum.Cmp(other); got != want.Cmp(bigOf(other)) {
		t.Fatalf("Cmp %d of %v and %v", got, want, bigOf(other))
	}
}

// TestSumEdges are the sums around the ends of 64 bits, and the far ends of 128.
func TestSumEdges(t *testing.T) {
	largest := exact.Product(math.MaxInt64, math.MaxInt64)
	for _, c := range []struct {
		name string
		sum  exact.Sum
		want string
	}{
		{"zero", exact.Sum{}, "0"},
		{"one", exact.Of(1), "0.000001"},
		{"max", exact.Of(math.MaxInt64), "9223372036854.775807"},
		{"max + 1", exact.Of(math.MaxInt64).Plus(1), "9223372036854.775808"},
		{"min", exact.Of(math.MinInt64), "-9223372036854.775808"},
		{"min − 1", exact.Of(math.MinInt64).Plus(-1), "-9223372036854.775809"},
		{"2⁶⁴ − 1", exact.Of(math.MaxInt64).Plus(math.MaxInt64).Plus(1), "18446744073709.551615"},
		{"max²", largest, "85070591730234615847396907784232.501249"},
		{"−max²", largest.Neg(), "-85070591730234615847396907784232.501249"},
		{"min × −1", exact.Product(math.MinInt64, -1), "9223372036854.775808"},
		{"min × max", exact.Product(math.MinInt64, math.MaxInt64), "-85070591730234615856620279821087.277056"},
	} {
		if got := c.sum.Decimal().String(); got != c.want {
			t.Errorf("%s: %s, not %s", c.name, got, c.want)
		}
	}
}
