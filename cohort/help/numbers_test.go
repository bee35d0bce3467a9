package help_test

import (
	"math"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/cohort/help"
)

// followed returns an account that left, or was last seen, so many days after
// the first of 2024.
func followed(id string, days int, left, helped bool) help.Account {
	start := success.MustDate("2024-01-01")
	a := help.Account{ID: success.AccountID(id), Start: start}
	if helped {
		a.Began = start
	}
	if left {
		a.Left = start.AddDays(days)
	} else {
		a.Until = start.AddDays(days)
	}
	return a
}

// TestGreenwood: with accounts that nobody followed to the horizon, shares are
// Kaplan–Meier estimates and their variances Greenwood's, by hand:
//
//	helped    4 at risk, 1 leaves; 1 censored; 2 at risk, 1 leaves: 3/4 × 1/2 = 3/8
//	          variance (3/8)² (1/(4·3) + 1/(2·1))
//	unhelped  5 at risk, 1 leaves; 1 censored; 3 at risk, 1 leaves: 4/5 × 2/3 = 8/15
//	          variance (8/15)² (1/(5·4) + 1/(3·2))
//
// The limits were computed elsewhere from these.
func TestGreenwood(t *testing.T) {
	accounts := []help.Account{
		followed("h1", 100, true, true), followed("h2", 200, false, true), followed("h3", 300, true, true), followed("h4", 400, false, true),
		followed("u1", 50, true, false), followed("u2", 100, false, false), followed("u3", 150, true, false), followed("u4", 400, false, false), followed("u5", 500, false, false),
	}
	asOf := success.MustDate("2026-01-01")
	r := landmark(t, accounts, help.Options{AsOf: asOf, Horizon: 365})
	for _, c := range []struct {
		what                string
		got                 success.Estimate
		value, lower, upper float64
	}{
		{"difference", r.Difference, -0.15833333333333333, -0.9012110845427215, 0.5845444178760548},
		{"kept ratio", r.KeptRatio, 0.703125, 0.12181330725068241, 4.0585448074863795},
		{"lost ratio", r.LostRatio, 1.3392857142857142, 0.33823228503490776, 5.303119494653433},
	} {
		near(t, c.what, c.got.Value, c.value, 1e-12)
		near(t, c.what+" lower", c.got.Lower, c.lower, 1e-12)
		near(t, c.what+" upper", c.got.Upper, c.upper, 1e-12)
	}
	if r.Method != "Greenwood" || r.RatioMethod != "Greenwood" {
		t.Errorf("by %s and %s", r.Method, r.RatioMethod)
	}
}

// TestGreenwoodEdges: an arm in which nobody left has no variance, and a ratio of
// losses to none does not exist; where all left, the difference has no interval.
func TestGreenwoodEdges(t *testing.T) {
	asOf := success.MustDate("2026-01-01")
	kept := []help.Account{followed("h1", 100, false, true), followed("h2", 400, false, true)}
	some := []help.Account{followed("u1", 50, true, false), followed("u2", 100, false, false), followed("u3", 500, false, false)}
	r := landmark(t, append(kept, some...), help.Options{AsOf: asOf, Horizon: 365})
	near(t, "difference", r.Difference.Value, 1-2.0/3, 1e-12)
	near(t, "lower", r.Difference.Lower, 1.0/3-1.959963984540054*math.Sqrt(4.0/9/6), 1e-12)
	near(t, "upper", r.Difference.Upper, 1.0/3+1.959963984540054*math.Sqrt(4.0/9/6), 1e-12)
	if r.LostRatio.Value != success.FigureOf(0) || r.LostRatio.Lower.Defined() || r.LostRatio.Upper.Defined() {
		t.Errorf("no loss to some: %v", r.LostRatio)
	}
	if !r.KeptRatio.Lower.Defined() {
		t.Errorf("kept ratio %v", r.KeptRatio)
	}
	for i := range kept {
		kept[i].Began, kept[i].Left, kept[i].Until = kept[i].Start, kept[i].Start.AddDays(60), success.Date{}
	}
	r = landmark(t, append(kept, some...), help.Options{AsOf: asOf, Horizon: 365})
	near(t, "all left", r.Difference.Value, -2.0/3, 1e-12)
	if r.Difference.Lower.Defined() || r.KeptRatio.Value != success.FigureOf(0) || r.KeptRatio.Upper.Defined() {
		t.Errorf("all left: %v, %v", r.Difference, r.KeptRatio)
	}
	for i := range some {
		some[i].Began = some[i].Start
	}
	for i := range kept {
		kept[i].Began = success.Date{}
	}
	r = landmark(t, append(kept, some...), help.Options{AsOf: asOf, Horizon: 365})
	if r.KeptRatio.Value.Defined() || r.KeptRatio.Lower.Defined() {
		t.Errorf("a ratio to nothing: %v", r.KeptRatio)
	}
}

// TestOrderStatistics: quantiles between resamples are interpolated on the normal
// scale; these of the squares of 1 to 99 were computed elsewhere. Beyond the first
// and last there are none.
func TestOrderStatistics(t *testing.T) {
	var squares []float64
	for k := 1; k <= 99; k++ {
		squares = append(squares, float64(k*k))
	}
	for p, want := range map[float64]float64{
		0.01: 1, 0.025: 6.711247494198789, 0.333: 1109.182780696632, 0.5: 2500, 0.975: 9498.261347726248, 0.99: 9801,
	} {
		near(t, "order", success.FigureOf(help.Order(squares, p)), want, 1e-12)
	}
	for _, p := range []float64{0, 0.0099, 0.9901, 1} {
		if got := help.Order(squares, p); !math.IsNaN(got) {
			t.Errorf("%v: %v", p, got)
		}
	}
}

// TestBCa: intervals of made-up resamples and revenue, computed elsewhere from
// the definition of Efron (1987).
func TestBCa(t *testing.T) {
	arms := [2][][2]int64{{{100, 80}, {200, 150}, {50, 70}}, {{100, 120}, {300, 270}, {40, 0}, {60, 66}}}
	a, ok := help.Acceleration(arms)
	if !ok {
		t.Fatal("no acceleration")
	}
	near(t, "acceleration", success.FigureOf(a), 0.035476152514199756, 1e-12)
	var sorted []float64
	for i := range 199 {
		sorted = append(sorted, float64(i-110)/100)
	}
	d := help.Intervals(sorted, arms, 0.95)
	near(t, "value", d.BCa.Value, 0.05485714285714294, 1e-12)
	near(t, "BCa lower", d.BCa.Lower, -0.9598136481975185, 1e-9)
	near(t, "BCa upper", d.BCa.Upper, 0.8793471936583961, 1e-9)
	near(t, "percentile lower", d.Percentile.Lower, -1.06, 1e-12)
	near(t, "percentile upper", d.Percentile.Upper, 0.84, 1e-12)
	if d.Percentile.Value != d.BCa.Value {
		t.Errorf("values %v and %v", d.Percentile.Value, d.BCa.Value)
	}
	all := make([]float64, 199) // all above the value: no bias that is finite
	for i := range all {
		all[i] = 1 + float64(i)
	}
	if d := help.Intervals(all, arms, 0.95); d.BCa.Lower.Defined() || !d.Percentile.Lower.Defined() {
		t.Errorf("%v", d)
	}
	if _, ok := help.Acceleration([2][][2]int64{{{100, 80}}, {{100, 80}, {50, 10}}}); ok {
		t.Error("an acceleration of one account")
	}
	if _, ok := help.Acceleration([2][][2]int64{{{100, 80}, {100, 80}}, {{50, 40}, {50, 40}}}); ok {
		t.Error("an acceleration of what does not vary")
	}
}

// TestLandmarkDays: days are counted from the landmark. Who leaves on the last
// day of the horizon has left, who is last seen on it was followed to the end.
func TestLandmarkDays(t *testing.T) {
	o := help.Options{AsOf: success.MustDate("2026-01-01"), Day: 60, Horizon: 100}
	accounts := []help.Account{
		followed("h1", 100, true, true), followed("h2", 160, true, true), followed("h3", 161, true, true), followed("h4", 160, false, true),
		followed("u1", 61, true, false), followed("u2", 200, false, false), followed("u3", 60, true, false), followed("u4", 60, false, false),
	}
	r := landmark(t, accounts, o)
	if r.Helped.Accounts != 4 || r.Helped.Left != 2 || r.Unhelped.Accounts != 2 || r.Unhelped.Left != 1 || r.Gone != 1 || r.Censored != 1 {
		t.Errorf("%+v, %+v, %d gone, %d censored", r.Helped, r.Unhelped, r.Gone, r.Censored)
	}
	if _, followed := r.Tables(); !followed || r.Method != "Newcombe" {
		t.Errorf("by %s", r.Method)
	}
	near(t, "difference", r.Difference.Value, 0, 1e-12)
	accounts[3] = followed("h4", 159, false, true)
	if r = landmark(t, accounts, o); r.Method != "Greenwood" || r.Helped.Left != 2 {
		t.Errorf("last seen a day before: by %s, %d left", r.Method, r.Helped.Left)
	}
}

// TestNegativeZero: 0 and −0 are the same trait.
func TestNegativeZero(t *testing.T) {
	accounts := arms(1, 0, 1, 0)
	accounts[0].Numbers, accounts[1].Numbers = []float64{0}, []float64{math.Copysign(0, -1)}
	m, err := help.Match(accounts, help.MatchOptions{
		Options: help.Options{AsOf: day(400), Horizon: 100},
		Traits:  help.Traits{Numbers: []help.Number{{Name: "seats"}}},
	})
	if err != nil || m.Strata != 1 || m.Dropped != 0 {
		t.Errorf("%d strata, %d dropped, %v", m.Strata, m.Dropped, err)
	}
}

// TestNoDifference: a crude difference of nothing is not reversed by any.
func TestNoDifference(t *testing.T) {
	accounts := arms(6, 2, 6, 2)
	for i := range accounts {
		accounts[i].Stratum = []string{"a", "b"}[i%2]
	}
	accounts[0].Stratum = "b"
	r := landmark(t, accounts, help.Options{AsOf: day(400), Horizon: 100})
	crude, _ := r.Difference.Value.Float64()
	adjusted, ok := r.Adjusted.Difference.Value.Float64()
	if crude != 0 || !ok || adjusted == 0 || warned(r.Warnings, help.ErrReversed) {
		t.Errorf("crude %v, adjusted %v, %v", crude, adjusted, r.Warnings)
	}
}
