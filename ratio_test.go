package success_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"pgregory.net/rapid"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// drawDecimal draws an amount, often one at which something is special.
func drawDecimal(t *rapid.T, label string) decimal.Decimal {
	special := []string{
		"0", "1", "-1", "0.01", "-0.01", "0.5", "0.05", "0.005", "0.0005", "2.5", "100", "99999999999.99", "0.000001",
		"0.0000005", "12345678901234567890.123456789", "3", "7", "1e30", "1e-30", "-0.9995", "0.9995",
	}
	if rapid.Bool().Draw(t, label+" is special") {
		return dec(rapid.SampledFrom(special).Draw(t, label))
	}
	return decimal.New(rapid.Int64().Draw(t, label), rapid.Int32Range(-20, 10).Draw(t, label+" exponent"))
}

// exactRat is a decimal as a fraction, made from its digits.
func exactRat(d decimal.Decimal) *big.Rat {
	r := new(big.Rat).SetInt(d.Coefficient())
	ten := big.NewInt(10)
	p := new(big.Int).Exp(ten, big.NewInt(int64(max(d.Exponent(), -d.Exponent()))), nil)
	if d.Exponent() < 0 {
		return r.Quo(r, new(big.Rat).SetInt(p))
	}
	return r.Mul(r, new(big.Rat).SetInt(p))
}

// naiveRound rounds a fraction half away from zero to some places.
func naiveRound(r *big.Rat, places int32) *big.Rat {
	unit := exactRat(decimal.New(1, -places))
	q := new(big.Rat).Quo(new(big.Rat).Abs(r), unit)
	q.Add(q, big.NewRat(1, 2))
	whole := new(big.Rat).SetInt(new(big.Int).Quo(q.Num(), q.Denom()))
	whole.Mul(whole, unit)
	if r.Sign() < 0 {
		whole.Neg(whole)
	}
	return whole
}

func drawRatio(t *rapid.T, label string) success.Ratio {
	return success.Ratio{Num: drawDecimal(t, label+" above"), Den: drawDecimal(t, label+" below")}
}

func TestRatioValueAgainstFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRatio(t, "ratio")
		places := rapid.Int32Range(-12, 40).Draw(t, "places")
		got, ok := r.Value(places)
		if ok != r.Defined() || ok != (r.Den.Sign() != 0) {
			t.Fatalf("ok = %v for %v", ok, r)
		}
		if !ok {
			if !got.IsZero() {
				t.Fatalf("undefined is %s", got)
			}
			return
		}
		want := naiveRound(new(big.Rat).Quo(exactRat(r.Num), exactRat(r.Den)), places)
		if exactRat(got).Cmp(want) != 0 {
			t.Fatalf("%s/%s to %d places = %s, want %s", r.Num, r.Den, places, got, want.FloatString(50))
		}
	})
}

func TestRatioFloat64AgainstFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRatio(t, "ratio")
		got, ok := r.Float64()
		if ok != r.Defined() {
			t.Fatalf("ok = %v for %v", ok, r)
		}
		if !ok {
			if got != 0 {
				t.Fatalf("undefined is %g", got)
			}
			return
		}
		if want, _ := new(big.Rat).Quo(exactRat(r.Num), exactRat(r.Den)).Float64(); got != want {
			t.Fatalf("%s/%s = %g, want %g", r.Num, r.Den, got, want)
		}
	})
}

// TestRatioPools holds that ratios of disjoint groups add up in any order, with
// no group as the identity.
func TestRatioPools(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := drawRatio(t, "a"), drawRatio(t, "b"), drawRatio(t, "c")
		same := func(x, y success.Ratio) bool { return x.Num.Equal(y.Num) && x.Den.Equal(y.Den) }
		if !same(a.Add(b), b.Add(a)) || !same(a.Add(b).Add(c), a.Add(b.Add(c))) || !same(a.Add(success.Ratio{}), a) {
			t.Fatalf("%v, %v and %v do not pool", a, b, c)
		}
		if sum := a.Add(b); !sum.Num.Equal(a.Num.Add(b.Num)) || !sum.Den.Equal(a.Den.Add(b.Den)) {
			t.Fatalf("%v and %v make %v", a, b, sum)
		}
	})
}

func TestRatioOf(t *testing.T) {
	r := success.RatioOf(-3, math.MaxInt)
	if !r.Num.Equal(decimal.NewFromInt(-3)) || !r.Den.Equal(decimal.NewFromInt(math.MaxInt)) {
		t.Errorf("RatioOf(-3, max) = %v", r)
	}
	if success.RatioOf(1, 0).Defined() || !success.RatioOf(0, 1).Defined() {
		t.Error("nothing below the line is defined")
	}
}

func TestRatioText(t *testing.T) {
	tests := []struct {
		num, den, percent, json string
	}{
		{"39", "40", "97.5%", `"0.9750000000"`},
		{"1", "3", "33.3%", `"0.3333333333"`},
		{"2", "3", "66.7%", `"0.6666666667"`},
		{"-2", "3", "-66.7%", `"-0.6666666667"`},
		{"91", "100", "91%", `"0.9100000000"`},
		{"1", "1", "100%", `"1.0000000000"`},
		{"0", "5", "0%", `"0.0000000000"`},
		{"1", "2000", "0.1%", `"0.0005000000"`}, // half away from zero
		{"-1", "2000", "-0.1%", `"-0.0005000000"`},
		{"1042", "1000", "104.2%", `"1.0420000000"`},
		{"5", "-10", "-50%", `"-0.5000000000"`},
		{"1", "20000000000", "0%", `"0.0000000001"`},
		{"12345", "1", "1234500%", `"12345.0000000000"`},
		{"1", "0", "n/a", `null`},
		{"0", "0", "n/a", `null`},
	}
	for _, tt := range tests {
		r := success.Ratio{Num: dec(tt.num), Den: dec(tt.den)}
		if got := r.String(); got != tt.percent {
			t.Errorf("%s/%s reads %s, want %s", tt.num, tt.den, got, tt.percent)
		}
		if got, err := json.Marshal(r); err != nil || string(got) != tt.json {
			t.Errorf("%s/%s is %s, %v in JSON, want %s", tt.num, tt.den, got, err, tt.json)
		}
		want := strings.Trim(tt.json, `"`)
		if want == "null" {
			want = "n/a"
		}
		if got, err := r.MarshalText(); err != nil || string(got) != want {
			t.Errorf("%s/%s is %s, %v as text, want %s", tt.num, tt.den, got, err, want)
		}
	}
}

// TestRatioTextRoundTrip holds that what is read back is the same to ten places
// and then stays.
func TestRatioTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRatio(t, "ratio")
		back := roundTrip(t, r)
		if back.Defined() != r.Defined() {
			t.Fatalf("%v reads %v", r, back)
		}
		want, _ := r.Value(10)
		if got, _ := back.Value(10); !got.Equal(want) {
			t.Fatalf("%v reads %v", r, back)
		}
		again := roundTrip(t, back)
		if !again.Num.Equal(back.Num) || !again.Den.Equal(back.Den) {
			t.Fatalf("%v reads %v the second time", back, again)
		}
		text, err := r.MarshalText()
		fromText := success.RatioOf(7, 8)
		if err != nil || fromText.UnmarshalText(text) != nil {
			t.Fatalf("text of %v is %s, %v", r, text, err)
		}
		if !fromText.Num.Equal(back.Num) || !fromText.Den.Equal(back.Den) {
			t.Fatalf("%s reads %v as text, %v as JSON", text, fromText, back)
		}
	})
	var r success.Ratio
	if err := json.Unmarshal([]byte(`0.125`), &r); err != nil || r.String() != "12.5%" {
		t.Errorf("a plain number reads %v, %v", r, err)
	}
}

func TestRatioTextRefused(t *testing.T) {
	for _, in := range []string{``, `"`, `"x"`, `"1/2"`, `""`, `{}`, `true`, `"97.5%"`, `"NaN"`, `"Inf"`, `"1e10000"`, `"1e999999999999999999"`} {
		r := success.RatioOf(1, 2)
		err := r.UnmarshalJSON([]byte(in))
		if err == nil || r.String() != "50%" {
			t.Errorf("%s left %v, %v", in, r, err)
		}
	}
	var r success.Ratio
	if err := r.UnmarshalText([]byte("1e10000")); !errors.Is(err, success.ErrRange) {
		t.Errorf("a ratio too large to write: %v", err)
	}
}

// TestDivisionPrecision holds that the precision that a program sets for package
// decimal does not reach a ratio.
func TestDivisionPrecision(t *testing.T) {
	defer func(n int) { decimal.DivisionPrecision = n }(decimal.DivisionPrecision)
	decimal.DivisionPrecision = 1
	if got, ok := success.RatioOf(1, 7).Value(20); !ok || !got.Equal(dec("0.14285714285714285714")) {
		t.Errorf("1/7 = %s, %v", got, ok)
	}
}

// absurd are decimals whose digits no memory holds, or hardly.
func absurd() map[string]decimal.Decimal {
	return map[string]decimal.Decimal{
		"1e400":         dec("1e400"),
		"1e-400":        dec("1e-400"),
		"1e999999999":   decimal.New(1, 999999999),
		"1e-999999999":  decimal.New(1, -999999999),
		"-7e2147483647": decimal.New(-7, math.MaxInt32),
		"7e-2147483648": decimal.New(7, math.MinInt32),
		"0e2147483647":  decimal.New(0, math.MaxInt32),
		"50 digits":     dec(strings.Repeat("9", 50)),
		"60 decimals":   dec("0." + strings.Repeat("3", 60)),
		"100000 digits": decimal.NewFromBigInt(new(big.Int).Exp(big.NewInt(7), big.NewInt(118000), nil), -50000),
	}
}

// within fails the test when f takes longer than anybody would wait.
func within(t *testing.T, limit time.Duration, what string, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	select {
	case <-done:
	case <-time.After(limit):
		t.Fatalf("%s took more than %s", what, limit)
	}
}

// TestRatioOfAbsurdDecimals holds that nothing hangs, and that a value that is
// given is right.
func TestRatioOfAbsurdDecimals(t *testing.T) {
	for above, num := range absurd() {
		for below, den := range absurd() {
			r := success.Ratio{Num: num, Den: den}
			within(t, 5*time.Second, above+" over "+below, func() {
				_ = r.String()
				_, _ = r.Float64()
				_, _ = json.Marshal(r)
				_, _ = r.MarshalText()
				_ = r.Add(success.RatioOf(1, 2))
				_ = success.RatioOf(1, 2).Add(r)
				_, _ = r.Value(50)
				_, _ = r.Value(math.MaxInt32)
				_, _ = r.Value(math.MinInt32)
			})
		}
	}
	tests := []struct {
		num, den decimal.Decimal
		value    string
		ok       bool
	}{
		{decimal.New(6, 999999999), decimal.New(4, 999999999), "1.5", true},
		{decimal.New(6, -999999999), decimal.New(4, -999999999), "1.5", true},
		{decimal.New(6, -999999999), decimal.New(4, 999999999), "0", true},
		{decimal.New(6, 999999999), decimal.New(4, -999999999), "0", false},
		{decimal.New(6, 400), decimal.New(4, 398), "150", true},
		{decimal.New(6, 400), decimal.New(4, 0), "15e399", true},
		{decimal.New(0, math.MaxInt32), decimal.New(4, math.MinInt32), "0", true},
	}
	for _, tt := range tests {
		got, ok := success.Ratio{Num: tt.num, Den: tt.den}.Value(3)
		if ok != tt.ok || !got.Equal(dec(tt.value)) {
			t.Errorf("value %s, %v, want %s, %v", got.StringFixed(3), ok, tt.value, tt.ok)
		}
	}
	if f, ok := (success.Ratio{Num: dec("1e400"), Den: dec("1")}).Float64(); ok || f != 0 {
		t.Errorf("1e400 as a float64 is %g, %v", f, ok)
	}
	if f, ok := (success.Ratio{Num: dec("1e400"), Den: dec("1e395")}).Float64(); !ok || f != 1e5 {
		t.Errorf("1e400 over 1e395 as a float64 is %g, %v", f, ok)
	}
	if sum := (success.Ratio{Num: decimal.New(1, 999999999), Den: dec("1")}).Add(success.RatioOf(1, 1)); sum.Defined() {
		t.Errorf("a sum that cannot be held is defined")
	}
}
