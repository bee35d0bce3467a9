package exact_test

import (
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success/internal/exact"
	"pgregory.net/rapid"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// ratOf is a decimal as a fraction, made from its digits.
func ratOf(d decimal.Decimal) *big.Rat {
	r := new(big.Rat).SetInt(d.Coefficient())
	p := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(d.Exponent(), -d.Exponent()))), nil)
	if d.Exponent() < 0 {
		return r.Quo(r, new(big.Rat).SetInt(p))
	}
	return r.Mul(r, new(big.Rat).SetInt(p))
}

// floor is the whole number at or below r, and the rest.
func floor(r *big.Rat) (whole *big.Int, rest *big.Rat) {
	whole = new(big.Int).Div(r.Num(), r.Denom())
	return whole, new(big.Rat).Sub(r, new(big.Rat).SetInt(whole))
}

// naiveRate is the definition in fractions: halves go to the even neighbour.
func naiveRate(price decimal.Decimal, times, den int64) *big.Int {
	r := ratOf(price)
	r.Mul(r, big.NewRat(times, den))
	r.Mul(r, big.NewRat(exact.Micro, 1))
	whole, rest := floor(r)
	if c := rest.Cmp(big.NewRat(1, 2)); c > 0 || c == 0 && whole.Bit(0) == 1 {
		whole.Add(whole, big.NewInt(1))
	}
	return whole
}

// drawPrice draws prices of up to 50 digits and 60 decimals, whole and half
// millionths among them.
func drawPrice(t *rapid.T) decimal.Decimal {
	digits := rapid.OneOf(
		rapid.SampledFrom([]string{"0", "1", "5", "15", "25", "35", "45", "9", "99", "1000000", "500000000000000000", "999999999999999999", "1000000000000000000", "9223372036854775807", "9223372036854775808", "18446744073709551616", "18446744073709551617"}),
		rapid.StringMatching(`[1-9][0-9]{0,19}`),
		rapid.StringMatching(`[1-9][0-9]{20,49}`),
		rapid.StringMatching(`[1-9][0-9]{0,5}5`),
	).Draw(t, "digits")
	d := dec(digits).Shift(rapid.OneOf(rapid.Int32Range(-8, 2), rapid.Int32Range(-60, 30)).Draw(t, "exponent"))
	if rapid.Bool().Draw(t, "negative") {
		return d.Neg()
	}
	return d
}

func TestRateAgainstFractions(t *testing.T) {
	limit := big.NewInt(exact.Limit)
	rapid.Check(t, func(t *rapid.T) {
		price := drawPrice(t)
		times := rapid.OneOf(
			rapid.SampledFrom([]int64{1, 12, 52, 365, 2, 3, 7, 365e12, 1<<53 - 1}), rapid.Int64Range(1, 1<<53-1),
		).Draw(t, "times")
		den := rapid.OneOf(rapid.SampledFrom([]int64{1, 2, 4, 8, 3, 7, 12, 18, 36, 3652059, 1e7 - 1}), rapid.Int64Range(1, 1e7-1)).Draw(t, "den")
		want := naiveRate(price, times, den)
		fits := want.CmpAbs(limit) < 0
		got, ok := exact.Rate(price, times, den)
		if ok != fits || ok && got != want.Int64() || !ok && got != 0 {
			t.Fatalf("%s × %d / %d = %d, %v, want %s, %v", price, times, den, got, ok, want, fits)
		}
	})
}

// TestRateHalves lists halves of a millionth, which go to the even one.
func TestRateHalves(t *testing.T) {
	tests := []struct {
		price      string
		times, den int64
		want       int64
	}{
		{"0.0000005", 1, 1, 0}, {"0.0000015", 1, 1, 2}, {"0.0000025", 1, 1, 2}, {"-0.0000005", 1, 1, 0}, {"-0.0000015", 1, 1, -2},
		{"-0.0000025", 1, 1, -2}, {"0.00000050000000000000000000000000000000001", 1, 1, 1}, {"0.000000499999999999999999999999999999999", 1, 1, 0},
		{"0.000001", 1, 2, 0}, {"0.000003", 1, 2, 2}, {"0.000005", 1, 2, 2}, {"0.000001", 3, 2, 2}, {"0.000001", 5, 2, 2},
		{"10", 12, 7, 17142857}, {"100", 12, 36, 33333333}, {"200", 12, 36, 66666667}, {"99.99", 12, 18, 66660000},
		{"8999999999999.999999", 1, 1, exact.Limit - 1}, {"8999999999999.9999994", 1, 1, exact.Limit - 1},
		{"1e-26", 1, 1, 0}, {"1e12", 8, 1, 8e18}, {"1e-7", 9007199254740991, 1, 900719925474099},
	}
	for _, tt := range tests {
		if got, ok := exact.Rate(dec(tt.price), tt.times, tt.den); !ok || got != tt.want {
			t.Errorf("%s × %d / %d = %d, %v, want %d", tt.price, tt.times, tt.den, got, ok, tt.want)
		}
	}
	for _, price := range []string{"8999999999999.9999995", "9000000000000", "-9000000000000", "1e13", "1e34", "1e41", "18446744073710"} {
		if got, ok := exact.Rate(dec(price), 1, 1); ok || got != 0 {
			t.Errorf("%s = %d, %v, want it refused", price, got, ok)
		}
	}
}

func TestRateOfAbsurdPrices(t *testing.T) {
	long := decimal.NewFromBigInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(30000), nil), -30000)
	tests := []struct {
		name  string
		price decimal.Decimal
		want  int64
		ok    bool
	}{
		{"1e400", dec("1e400"), 0, false},
		{"1e-400", dec("1e-400"), 0, true},
		{"1e999999999", decimal.New(1, 999999999), 0, false},
		{"1e-999999999", decimal.New(1, -999999999), 0, true},
		{"largest exponent", decimal.New(-1, math.MaxInt32), 0, false},
		{"smallest exponent", decimal.New(-1, math.MinInt32), 0, true},
		{"0 with a large exponent", decimal.New(0, math.MaxInt32), 0, true},
		{"50 digits", dec(strings.Repeat("9", 50)), 0, false},
		{"60 decimals", dec("0." + strings.Repeat("3", 60)), 333333, true},
		{"19,000 digits that are small", decimal.NewFromBigInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(19000), nil), -19000), 1e6, true},
		{"30,000 digits", long, 0, false},
	}
	for _, tt := range tests {
		start := time.Now()
		got, ok := exact.Rate(tt.price, 365e12, 1)
		if tt.want == 333333 || tt.want == 1e6 {
			got, ok = exact.Rate(tt.price, 1, 1)
		}
		if got != tt.want || ok != tt.ok {
			t.Errorf("%s: %d, %v, want %d, %v", tt.name, got, ok, tt.want, tt.ok)
		}
		if d := time.Since(start); d > time.Second {
			t.Errorf("%s took %s", tt.name, d)
		}
	}
}

func TestDecimal(t *testing.T) {
	for micros, want := range map[int64]string{0: "0", 1: "0.000001", -1500000: "-1.5", math.MaxInt64: "9223372036854.775807", math.MinInt64: "-9223372036854.775808"} {
		if got := exact.Decimal(micros); !got.Equal(dec(want)) {
			t.Errorf("%d millionths are %s, want %s", micros, got, want)
		}
	}
}

func TestDivAgainstFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		num, den := drawPrice(t), drawPrice(t)
		places := rapid.Int32Range(-40, 40).Draw(t, "places")
		got, ok := exact.Div(num, den, places)
		if ok != (den.Sign() != 0) {
			t.Fatalf("%s / %s: ok = %v", num, den, ok)
		}
		if !ok {
			return
		}
		scaled := new(big.Rat).Quo(ratOf(num), ratOf(den))
		scaled.Mul(scaled, ratOf(decimal.New(1, places)))
		negative := scaled.Sign() < 0
		whole, rest := floor(scaled.Abs(scaled))
		if rest.Cmp(big.NewRat(1, 2)) >= 0 {
			whole.Add(whole, big.NewInt(1))
		}
		if negative {
			whole.Neg(whole)
		}
		if want := decimal.NewFromBigInt(whole, -places); !got.Equal(want) {
			t.Fatalf("%s / %s to %d places = %s, want %s", num, den, places, got, want)
		}
	})
}

// TestDivSmallAndLarge walks past the ends at which Div stops to compute.
func TestDivSmallAndLarge(t *testing.T) {
	for e := int32(-12); e <= 12; e++ {
		for _, digits := range []int64{1, 4, 5, 9, 49, 51, -5} {
			got, ok := exact.Div(decimal.New(digits, e), dec("1"), 0)
			if want := decimal.New(digits, e).Round(0); !ok || !got.Equal(want) {
				t.Errorf("%de%d to whole = %s, %v, want %s", digits, e, got, ok, want)
			}
		}
	}
	if _, ok := exact.Div(dec("1e9000"), dec("1"), 900); !ok {
		t.Error("a quotient of 9,901 digits is refused")
	}
	if _, ok := exact.Div(dec("1e9000"), dec("1"), 1100); ok {
		t.Error("a quotient of 10,101 digits is given")
	}
	if got, ok := exact.Div(decimal.New(5, math.MinInt32), decimal.New(2, math.MinInt32), 1); !ok || !got.Equal(dec("2.5")) {
		t.Errorf("equal exponents: %s, %v", got, ok)
	}
}

func TestFloat64AgainstFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		num, den := drawPrice(t), drawPrice(t)
		got, ok := exact.Float64(num, den)
		if ok != (den.Sign() != 0) {
			t.Fatalf("%s / %s: ok = %v", num, den, ok)
		}
		if !ok {
			return
		}
		if want, _ := new(big.Rat).Quo(ratOf(num), ratOf(den)).Float64(); got != want {
			t.Fatalf("%s / %s = %g, want %g", num, den, got, want)
		}
	})
	tests := []struct {
		num, den string
		want     float64
		ok       bool
	}{
		{"1e308", "1", 1e308, true}, {"1e309", "1", 0, false}, {"1e-320", "1", 1e-320, true}, {"1e-330", "1", 0, true},
		{"1e-9000", "1", 0, true}, {"-1e9000", "1", 0, false}, {"1e450", "1e445", 1e5, true}, {"-1", "1e-308", -1e308, true},
		{"17976931348623157", "1e-292", math.MaxFloat64, true},
	}
	for _, tt := range tests {
		if got, ok := exact.Float64(dec(tt.num), dec(tt.den)); ok != tt.ok || ok && got != tt.want {
			t.Errorf("%s / %s = %g, %v, want %g, %v", tt.num, tt.den, got, ok, tt.want, tt.ok)
		}
	}
}

func TestAdd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawPrice(t), drawPrice(t)
		if got, ok := exact.Add(a, b); !ok || ratOf(got).Cmp(new(big.Rat).Add(ratOf(a), ratOf(b))) != 0 {
			t.Fatalf("%s + %s = %s, %v", a, b, got, ok)
		}
	})
	huge := decimal.New(1, math.MaxInt32)
	for _, pair := range [][2]decimal.Decimal{{huge, dec("1")}, {dec("1"), huge}, {decimal.New(1, -10001), dec("1")}} {
		if got, ok := exact.Add(pair[0], pair[1]); ok || !got.IsZero() {
			t.Errorf("a sum that cannot be held is given")
		}
	}
	if got, ok := exact.Add(dec("1e-10000"), dec("1")); !ok || got.Exponent() != -10000 {
		t.Error("a sum of 10,001 digits is refused")
	}
	if got, ok := exact.Add(huge, decimal.Decimal{}); !ok || got.Exponent() != math.MaxInt32 {
		t.Error("0 is not the identity on the right")
	}
	if got, ok := exact.Add(decimal.Decimal{}, huge); !ok || got.Exponent() != math.MaxInt32 {
		t.Error("0 is not the identity on the left")
	}
}

func TestShow(t *testing.T) {
	tests := []struct {
		d    decimal.Decimal
		want string
	}{
		{dec("1234.50"), "1234.5"}, {dec("-3"), "-3"}, {decimal.New(1, 400), "1e400"}, {decimal.New(-7, -999999999), "-7e-999999999"},
		{decimal.New(1, 30), "1" + strings.Repeat("0", 30)}, {decimal.New(1, 31), "1e31"}, {decimal.New(1, -91), "1e-91"},
		{decimal.New(1, -90), "0." + strings.Repeat("0", 89) + "1"},
		{dec(strings.Repeat("9", 77)), strings.Repeat("9", 77)},
		{dec(strings.Repeat("9", 100)), "100 digits e0"},
		{dec(strings.Repeat("9", 100)).Shift(-50), "100 digits e-50"},
	}
	for _, tt := range tests {
		if got := exact.Show(tt.d); got != tt.want {
			t.Errorf("Show = %s, want %s", got, tt.want)
		}
	}
}

func BenchmarkRate(b *testing.B) {
	for name, price := range map[string]string{"cents": "1234.56", "20 decimals": "1234.56789012345678901234", "50 digits": strings.Repeat("7", 50) + "e-40"} {
		b.Run(name, func(b *testing.B) {
			d := dec(price)
			b.ReportAllocs()
			for b.Loop() {
				if _, ok := exact.Rate(d, 12*25, 7); !ok {
					b.Fatal("refused")
				}
			}
		})
	}
}
