package exact_test

import (
	"math/big"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success/internal/exact"
	"pgregory.net/rapid"
)

// rates draws positive rates as text: short ones, long ones, tiny and huge ones.
func rates() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"1", "0.5", "2", "0.206612", "1e3", "1e18", "1e19", "1e-19", "1e-20", "12e-30", "999999999999999999e1",
			"0.333333333333333333333333333333", "1234567890123456789", "18446744073709551617e-3", "1e40", "1e-60"}),
		rapid.StringMatching(`[1-9][0-9]{0,30}(\.[0-9]{1,30})?(e-?[0-9]{1,2})?`),
	)
}

// halfEven divides num by a positive den, rounding half to even, one unit of
// the quotient at a time.
func halfEven(num, den *big.Int) *big.Int {
	q, rem := new(big.Int).DivMod(num, den, new(big.Int))
	twice := new(big.Int).Lsh(rem, 1)
	if c := twice.Cmp(den); c > 0 || c == 0 && q.Bit(0) == 1 {
		q.Add(q, big.NewInt(1))
	}
	return q
}

// TestFactor converts amounts against exact fractions.
func TestFactor(t *testing.T) { rapid.Check(t, checkFactor) }

func checkFactor(t *rapid.T) {
	rate := decimal.RequireFromString(rates().Draw(t, "rate"))
	f, ok := exact.FactorOf(rate)
	if !ok {
		t.Fatalf("%v is no factor", rate)
	}
	amount := rapid.OneOf(rapid.Int64Range(-5, 5), rapid.Int64Range(-exact.Limit+1, exact.Limit-1)).Draw(t, "amount")
	fraction := new(big.Rat).Mul(rate.Rat(), new(big.Rat).SetInt64(amount))
	want := halfEven(fraction.Num(), fraction.Denom())
	got, ok := f.Convert(amount)
	if fits := want.CmpAbs(big.NewInt(exact.Limit)) < 0; ok != fits || ok && got != want.Int64() {
		t.Fatalf("%d at %v: %d, %v, not %v", amount, rate, got, ok, want)
	}
	other := decimal.RequireFromString(rates().Draw(t, "other"))
	g, _ := exact.FactorOf(other)
	if got := f.Cmp(g); got != rate.Cmp(other) {
		t.Fatalf("Cmp %d of %v and %v", got, rate, other)
	}
	if f.Cmp(f) != 0 {
		t.Fatalf("%v differs from itself", rate)
	}
}

// TestFactorHalves are conversions exactly between two millionths.
func TestFactorHalves(t *testing.T) {
	for _, c := range []struct {
		rate         string
		amount, want int64
	}{
		{"0.5", 1, 0}, {"0.5", 3, 2}, {"0.5", 5, 2}, {"0.5", -1, 0}, {"0.5", -3, -2}, {"2.5", 1, 2}, {"1.5", 1, 2},
		{"0.50000000000000000000000000001", 1, 1}, {"0.49999999999999999999999999999", 1, 0}, {"0.5e0", 7, 4},
		{"1", exact.Limit - 1, exact.Limit - 1},
	} {
		f, ok := exact.FactorOf(decimal.RequireFromString(c.rate))
		if got, fits := f.Convert(c.amount); !ok || !fits || got != c.want {
			t.Errorf("%d at %s: %d, not %d", c.amount, c.rate, got, c.want)
		}
	}
	if _, ok := exact.One().Convert(exact.Limit); ok {
		t.Error("the limit converts")
	}
	if got, ok := exact.One().Convert(-7); got != -7 || !ok {
		t.Error("one changes an amount")
	}
}

// TestNoFactor are the rates that are none.
func TestNoFactor(t *testing.T) {
	begin := time.Now()
	for _, rate := range []decimal.Decimal{
		{}, decimal.RequireFromString("-1"), decimal.New(1, 401), decimal.New(1, -401), decimal.New(1, 999999999), decimal.New(1, -999999999),
		decimal.NewFromBigInt(new(big.Int).Lsh(big.NewInt(1), 1<<17), 0),
	} {
		if _, ok := exact.FactorOf(rate); ok {
			t.Errorf("%s is a factor", exact.Show(rate))
		}
	}
	for _, rate := range []decimal.Decimal{decimal.New(1, 400), decimal.New(1, -400)} {
		if _, ok := exact.FactorOf(rate); !ok {
			t.Errorf("%s is no factor", exact.Show(rate))
		}
	}
	if took := time.Since(begin); took > 10*time.Second {
		t.Errorf("took %v", took)
	}
}
