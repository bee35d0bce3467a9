package retention_test

import (
	"errors"
	"math"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
	"pgregory.net/rapid"
)

// drawShare draws a share of up to 18 decimals, often 0, a half or 1.
func drawShare(t *rapid.T, label string) decimal.Decimal {
	if rapid.Bool().Draw(t, label+" is special") {
		return dec(rapid.SampledFrom([]string{"0", "0.05", "0.5", "1", "0.000000000000000001", "0.999999999999999999"}).Draw(t, label))
	}
	return decimal.New(rapid.Int64Range(0, 1e18).Draw(t, label), -18)
}

// drawAmount draws an amount below the limit.
func drawAmount(t *rapid.T, label string) decimal.Decimal {
	if rapid.Bool().Draw(t, label+" is special") {
		return dec(rapid.SampledFrom([]string{"0", "100", "0.000001", "8999999999999.999999", "0.000000000000000001"}).Draw(t, label))
	}
	return decimal.New(rapid.Int64Range(0, 8e18).Draw(t, label), -6)
}

// rounded is a fraction in millionths, half away from zero.
func rounded(r *big.Rat) decimal.Decimal {
	micros := new(big.Rat).Mul(r, big.NewRat(1000000, 1))
	micros.Add(micros, big.NewRat(1, 2)) // no fraction here is below 0
	return money(new(big.Int).Div(micros.Num(), micros.Denom()))
}

// TestProjectAgainstFractions follows the definition step by step.
func TestProjectAgainstFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := retention.Projection{
			Start: drawAmount(t, "start"), New: drawAmount(t, "new"), Churn: drawShare(t, "churn"), Expansion: drawShare(t, "expansion"),
		}
		steps := rapid.IntRange(0, 30).Draw(t, "steps")
		path, err := retention.Project(p, steps)
		must(t, path, err)
		x := ratOf(p.Start)
		keep := ratOf(dec("1").Sub(p.Churn).Add(p.Expansion))
		for i := range steps + 1 {
			if i > 0 {
				x = new(big.Rat).Add(new(big.Rat).Mul(x, keep), ratOf(p.New))
			}
			if !path.Values[i].Equal(rounded(x)) {
				t.Fatalf("after %d steps %s, want %s", i, path.Values[i], rounded(x))
			}
		}
		if len(path.Values) != steps+1 {
			t.Fatalf("%d values of %d steps", len(path.Values), steps)
		}
		leak := p.Churn.Sub(p.Expansion)
		if path.Ceiling.Defined() != leak.IsPositive() {
			t.Fatalf("ceiling %v with a leak of %s", path.Ceiling, leak)
		}
		if leak.IsPositive() && !path.Ceiling.Num.Mul(leak).Equal(p.New.Mul(path.Ceiling.Den)) {
			t.Fatalf("ceiling %s/%s with a leak of %s", path.Ceiling.Num, path.Ceiling.Den, leak)
		}
	})
}

// TestProjectAtTheCeiling stays where it is.
func TestProjectAtTheCeiling(t *testing.T) {
	path, err := retention.Project(retention.Projection{Start: dec("100000"), New: dec("5000"), Churn: dec("0.05")}, 1200)
	must(t, path, err)
	for _, v := range path.Values {
		eq(t, "at the ceiling", v, "100000")
	}
}

func TestProjectRefused(t *testing.T) {
	good := retention.Projection{Start: dec("100"), New: dec("5"), Churn: dec("0.05"), Expansion: dec("0.01")}
	tests := []struct {
		name   string
		change func(p *retention.Projection)
		steps  int
		fields []string
		kind   error
	}{
		{"as it is", func(p *retention.Projection) {}, 1200, nil, nil},
		{"no steps", func(p *retention.Projection) {}, 0, nil, nil},
		{"all of it leaves", func(p *retention.Projection) { p.Churn = dec("1.0") }, 3, nil, nil},
		{"grows twofold", func(p *retention.Projection) { p.Expansion = dec("2") }, 3, nil, nil},
		{"-1 steps", func(p *retention.Projection) {}, -1, []string{"steps"}, success.ErrRange},
		{"too many steps", func(p *retention.Projection) {}, 1201, []string{"steps"}, success.ErrRange},
		{"negative start", func(p *retention.Projection) { p.Start = dec("-1") }, 1, []string{"Start"}, success.ErrNegative},
		{"negative new", func(p *retention.Projection) { p.New = dec("-0.01") }, 1, []string{"New"}, success.ErrNegative},
		{"negative churn", func(p *retention.Projection) { p.Churn = dec("-0.01") }, 1, []string{"Churn"}, success.ErrNegative},
		{"more than all leaves", func(p *retention.Projection) { p.Churn = dec("1.000000000000000001") }, 1, []string{"Churn"}, success.ErrRange},
		{"negative expansion", func(p *retention.Projection) { p.Expansion = dec("-0.01") }, 1, []string{"Expansion"}, success.ErrNegative},
		{"19 decimals", func(p *retention.Projection) { p.Churn = dec("0.0000000000000000001") }, 1, []string{"Churn"}, success.ErrRange},
		{"the limit", func(p *retention.Projection) { p.Start = dec("9000000000000") }, 1, []string{"Start"}, success.ErrRange},
		{"1e400", func(p *retention.Projection) { p.New = dec("1e400") }, 1, []string{"New"}, success.ErrRange},
		{"1e999999999", func(p *retention.Projection) { p.New = decimal.New(1, 999999999) }, 1, []string{"New"}, success.ErrRange},
		{"1e-999999999", func(p *retention.Projection) { p.New = decimal.New(1, -999999999) }, 1, []string{"New"}, success.ErrRange},
		{"several", func(p *retention.Projection) { p.Start, p.Churn = dec("-1"), dec("-1") }, 1, []string{"Start", "Churn"}, success.ErrNegative},
	}
	for _, tt := range tests {
		p := good
		tt.change(&p)
		start := time.Now()
		path, err := retention.Project(p, tt.steps)
		checkPlan(t, tt.name, err, tt.fields, tt.kind)
		if err != nil && (path.Values != nil || path.Ceiling.Defined()) {
			t.Errorf("%s: computed %v", tt.name, path)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s took %s", tt.name, took)
		}
	}
}

// checkPlan fails unless err has faults of the fields, all of one kind.
func checkPlan(t *testing.T, name string, err error, fields []string, kind error) {
	t.Helper()
	var got []string
	var all *success.Errors
	if errors.As(err, &all) {
		for _, f := range all.Faults {
			got = append(got, f.Field)
			if !errors.Is(f, kind) || f.Index != -1 {
				t.Errorf("%s: %v is not one value that %v", name, f, kind)
			}
		}
	} else if err != nil {
		t.Errorf("%s: %v is no *success.Errors", name, err)
	}
	slices.Sort(got)
	if want := slices.Sorted(slices.Values(fields)); !slices.Equal(got, want) {
		t.Errorf("%s: faults of %v, want %v: %v", name, got, want, err)
	}
}

// TestPointAgainstFractions adds up the definition.
func TestPointAgainstFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, quota, r := drawAmount(t, "base"), drawAmount(t, "quota"), drawShare(t, "retention")
		years := rapid.IntRange(1, 12).Draw(t, "years")
		got, err := retention.PointOfRetention(base, r, years, quota)
		must(t, got, err)
		sum := new(big.Rat)
		better, worse := big.NewRat(1, 1), big.NewRat(1, 1)
		for range years {
			better.Mul(better, ratOf(r.Add(dec("0.01"))))
			worse.Mul(worse, ratOf(r))
			sum.Add(sum, new(big.Rat).Sub(better, worse))
		}
		if want := rounded(sum.Mul(sum, ratOf(base))); !got.Total.Equal(want) {
			t.Fatalf("total %s, want %s", got.Total, want)
		}
		if !got.FirstYear.Mul(dec("100")).Equal(base) || !got.BreakEvenBase.Equal(quota.Mul(dec("100"))) {
			t.Fatalf("%+v of %s and %s", got, base, quota)
		}
	})
}

func TestPointRefused(t *testing.T) {
	tests := []struct {
		name       string
		base, r, q decimal.Decimal
		years      int
		refused    int
		kind       error
	}{
		{"as it is", dec("100"), dec("0.9"), dec("10"), 5, 0, nil},
		{"a hundred years", dec("100"), dec("0.9"), dec("10"), 100, 0, nil},
		{"above all", dec("100"), dec("1.1"), dec("10"), 5, 0, nil},
		{"no years", dec("100"), dec("0.9"), dec("10"), 0, 1, success.ErrRange},
		{"101 years", dec("100"), dec("0.9"), dec("10"), 101, 1, success.ErrRange},
		{"negative base", dec("-100"), dec("0.9"), dec("10"), 5, 1, success.ErrNegative},
		{"negative retention", dec("100"), dec("-0.9"), dec("10"), 5, 1, success.ErrNegative},
		{"negative quota", dec("100"), dec("0.9"), dec("-10"), 5, 1, success.ErrNegative},
		{"all negative", dec("-100"), dec("-0.9"), dec("-10"), 5, 3, success.ErrNegative},
		{"the limit", dec("9000000000000"), dec("0.9"), dec("10"), 5, 1, success.ErrRange},
		{"1e999999999", decimal.New(1, 999999999), dec("0.9"), decimal.New(1, 999999999), 5, 2, success.ErrRange},
		{"19 decimals", dec("100"), dec("0.9000000000000000001"), dec("10"), 5, 1, success.ErrRange},
	}
	for _, tt := range tests {
		point, err := retention.PointOfRetention(tt.base, tt.r, tt.years, tt.q)
		var all *success.Errors
		n := 0
		if errors.As(err, &all) {
			n = all.Count
		}
		if n != tt.refused || tt.kind != nil && !errors.Is(err, tt.kind) || (err != nil) != (n > 0) {
			t.Errorf("%s: %v, want %d faults that say it %v", tt.name, err, tt.refused, tt.kind)
		}
		if err != nil && !(point.FirstYear.IsZero() && point.Total.IsZero() && point.BreakEvenBase.IsZero()) {
			t.Errorf("%s: computed %+v", tt.name, point)
		}
	}
}

func TestLifetimeValue(t *testing.T) {
	arpa, churn := success.Ratio{Num: dec("3600"), Den: dec("3")}, success.RatioOf(1, 8)
	reads(t, "lifetime value", retention.LifetimeValue(arpa, dec("0.8"), churn), "7680") // 1,200 × 0.8 × 8
	for _, r := range []success.Ratio{
		retention.LifetimeValue(success.Ratio{}, dec("0.8"), churn),
		retention.LifetimeValue(arpa, dec("0.8"), success.Ratio{}),
		retention.LifetimeValue(arpa, dec("0.8"), success.RatioOf(0, 8)),
	} {
		reads(t, "lifetime value of nothing", r, "n/a")
	}
	reads(t, "payback", retention.CACPayback(dec("250"), success.Ratio{Num: dec("198"), Den: dec("2")}, dec("0.7")), "3.6075")
	for _, r := range []success.Ratio{
		retention.CACPayback(dec("250"), success.Ratio{}, dec("0.7")),
		retention.CACPayback(dec("250"), success.RatioOf(0, 2), dec("0.7")),
		retention.CACPayback(dec("250"), success.RatioOf(99, 1), dec("0")),
	} {
		reads(t, "payback of nothing", r, "n/a")
	}
}

func TestAnnualize(t *testing.T) {
	for _, tt := range []struct {
		churn success.Ratio
		days  int
		want  float64
		ok    bool
	}{
		{success.RatioOf(1, 10), 365, 0.1, true},
		{success.RatioOf(1, 10), 73, 0.40951, true}, // 1 − 0.9^5
		{success.RatioOf(19, 100), 730, 0.1, true},  // 1 − √0.81
		{success.RatioOf(0, 10), 30, 0, true},
		{success.RatioOf(10, 10), 30, 1, true},
		{success.RatioOf(1, 0), 30, 0, false},
		{success.RatioOf(-1, 10), 30, 0, false},
		{success.RatioOf(11, 10), 30, 0, false},
		{success.RatioOf(1, 10), 0, 0, false},
		{success.RatioOf(1, 10), -30, 0, false},
	} {
		if got, ok := retention.Annualize(tt.churn, tt.days); ok != tt.ok || math.Abs(got-tt.want) > 1e-12 {
			t.Errorf("%v over %d days is %g, %v a year, want %g, %v", tt.churn, tt.days, got, ok, tt.want, tt.ok)
		}
	}
}

func TestKindText(t *testing.T) {
	for i, word := range []string{"none", "new", "reactivation", "expansion", "contraction", "churn"} {
		k := retention.Kind(i)
		var back retention.Kind
		if text, err := k.MarshalText(); err != nil || string(text) != word || k.String() != word || back.UnmarshalText(text) != nil || back != k {
			t.Errorf("kind %d is %s, %v, reads %v", i, text, err, back)
		}
	}
	k := retention.Churn
	for _, in := range []string{"", "Churn", "unknown 6", "new "} {
		if err := k.UnmarshalText([]byte(in)); !errors.Is(err, success.ErrUnknown) || k != retention.Churn {
			t.Errorf("%q left %v, %v", in, k, err)
		}
	}
	if text, err := retention.Kind(6).MarshalText(); !errors.Is(err, success.ErrUnknown) || retention.Kind(6).String() != "unknown 6" {
		t.Errorf("kind 6 is %s, %v", text, err)
	}
}
