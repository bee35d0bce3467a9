package exact_test

import (
	"math/big"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success/internal/exact"
)

// written is an amount with so many zeros behind it that it does not fit 64 bits.
func written(amount string) decimal.Decimal {
	d := dec(amount)
	zeros := new(big.Int).Exp(big.NewInt(10), big.NewInt(25), nil)
	return decimal.NewFromBigInt(zeros.Mul(zeros, d.Coefficient()), d.Exponent()-25)
}

// TestRateHalvesOfAnySize holds that the way an amount is written does not change
// how it is rounded.
func TestRateHalvesOfAnySize(t *testing.T) {
	for _, price := range []string{
		"0.0000005", "0.0000015", "0.0000025", "-0.0000005", "-0.0000015", "-0.0000025", "0.00000051", "0.00000049", "7",
		"8999999999999.999999", "8999999999999.9999994", "8999999999999.9999995", "9000000000000", "-9000000000000",
	} {
		short, ok1 := exact.Rate(dec(price), 1, 1)
		long, ok2 := exact.Rate(written(price), 1, 1)
		if short != long || ok1 != ok2 {
			t.Errorf("%s is %d, %v; with zeros behind it %d, %v", price, short, ok1, long, ok2)
		}
	}
}

// TestMostDigits holds that coefficients of 65,536 bits are taken and longer ones
// are not.
func TestMostDigits(t *testing.T) {
	power := func(bits uint) *big.Int { return new(big.Int).Lsh(big.NewInt(1), bits) }
	longest, tooLong := power(65535), power(65536)
	if got, ok := exact.Rate(decimal.NewFromBigInt(longest, -19728), 1, 1); !ok || got < 900000 || got > 1100000 {
		t.Errorf("the longest price is %d, %v", got, ok) // 2^65535 is about 1.0 × 10^19728
	}
	if _, ok := exact.Rate(decimal.NewFromBigInt(tooLong, -19728), 1, 1); ok {
		t.Error("a longer price is taken")
	}
	if _, ok := exact.FactorOf(decimal.NewFromBigInt(longest, -400)); !ok {
		t.Error("the longest rate is refused")
	}
	if _, ok := exact.FactorOf(decimal.NewFromBigInt(tooLong, -400)); ok {
		t.Error("a longer rate is taken")
	}
}

// TestConvertAtTheLimit holds that the limit is refused however the rate is
// written.
func TestConvertAtTheLimit(t *testing.T) {
	for _, one := range []decimal.Decimal{dec("1"), written("1")} {
		f, ok := exact.FactorOf(one)
		if !ok {
			t.Fatalf("%s is no rate", one)
		}
		if got, ok := f.Convert(exact.Limit - 1); !ok || got != exact.Limit-1 {
			t.Errorf("just below the limit: %d, %v", got, ok)
		}
		if got, ok := f.Convert(1 - exact.Limit); !ok || got != 1-exact.Limit {
			t.Errorf("just above minus the limit: %d, %v", got, ok)
		}
		for _, micros := range []int64{exact.Limit, -exact.Limit} {
			if got, ok := f.Convert(micros); ok || got != 0 {
				t.Errorf("%d at 1 is %d, %v", micros, got, ok)
			}
		}
	}
}

// TestLongQuotients divides numbers that are long above and below the line.
func TestLongQuotients(t *testing.T) {
	long := decimal.NewFromBigInt(new(big.Int).Exp(big.NewInt(7), big.NewInt(12000), nil), 0) // 10,142 digits
	for _, places := range []int32{0, 2} {
		if got, ok := exact.Div(long.Mul(dec("5")), long.Mul(dec("2")), places); !ok || !got.Equal(dec("2.5").Round(places)) {
			t.Errorf("five to two of 10,142 digits to %d places: %v", places, ok)
		}
	}
	if got, ok := exact.Float64(long.Mul(dec("-5")), long.Mul(dec("2"))); !ok || got != -2.5 {
		t.Errorf("five to two of 10,142 digits: %g, %v", got, ok)
	}
}

// TestAddFarApart holds that only the gap between two amounts counts.
func TestAddFarApart(t *testing.T) {
	tests := []struct {
		a, b int32 // exponents
		ok   bool
	}{
		{8000, 8000, true}, {-8000, -8000, true}, {8000, -8000, false}, {-8000, 8000, false},
		{10000, 0, true}, {0, 10000, true}, {10001, 0, false}, {0, 10001, false}, {5000, -5000, true}, {5000, -5001, false},
	}
	for _, tt := range tests {
		if _, ok := exact.Add(decimal.New(1, tt.a), decimal.New(1, tt.b)); ok != tt.ok {
			t.Errorf("1e%d + 1e%d: ok = %v", tt.a, tt.b, ok)
		}
	}
}

// TestDivPlaces: a quotient has the places asked for, whatever it is, and one
// that is far below them is 0 of those places.
func TestDivPlaces(t *testing.T) {
	one := decimal.New(1, 0)
	for name, num := range map[string]decimal.Decimal{
		"0": {}, "1": one, "tiny": decimal.New(1, -9), "far below": decimal.New(7, -20_000), "farther": decimal.New(-7, -2_000_000),
	} {
		for _, places := range []int32{0, 2, 6} {
			q, ok := exact.Div(num, one, places)
			if !ok || q.Exponent() != -places || (name == "1") != (q.Sign() > 0) || name != "1" && q.Sign() != 0 {
				t.Errorf("%s to %d places: %d·10^%d, %v", name, places, q.Coefficient(), q.Exponent(), ok)
			}
		}
	}
	if q, ok := exact.Div(one, decimal.New(3, 20_000), 2); !ok || q.Sign() != 0 || q.Exponent() != -2 {
		t.Errorf("by far more: %v, %v", q, ok)
	}
	if _, ok := exact.Div(decimal.New(1, 20_000), one, 2); ok {
		t.Error("more than 10,000 digits are given")
	}
}
