package survival_test

import (
	"math"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/cohort/survival"
	"metrics.internal/success/internal/golden"
)

// spans returns events at the given days; a negative day is censored.
func spans(days ...int) []survival.Span {
	all := make([]survival.Span, len(days))
	for i, d := range days {
		all[i] = survival.Span{Days: max(d, -d), Left: d >= 0}
	}
	return all
}

func fit(t *testing.T, all []survival.Span, o survival.Options) *survival.Curve {
	t.Helper()
	c, err := survival.Fit(all, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// printed compares a figure with one printed to so many decimal places.
func printed(t *testing.T, what string, got success.Figure, want float64, places int) {
	t.Helper()
	v, ok := got.Float64()
	if !ok || math.Abs(v-want) > 0.501*math.Pow10(-places) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// Acute myelogenous leukaemia, maintained chemotherapy: Miller (1997), and the
// help page of R's survfit.
func TestK1(t *testing.T) { // K1
	maintained := spans(9, 13, -13, 18, 23, -28, 31, 34, -45, 48, -161)
	curve := fit(t, maintained, survival.Options{Band: survival.Log})
	want := [][2]float64{{.909, .0867}, {.818, .1163}, {.716, .1397}, {.614, .1526}, {.491, .1642}, {.368, .1627}, {.184, .1535}}
	for _, s := range curve.Steps() {
		if s.Left == 0 {
			continue
		}
		printed(t, "S", number(s.Survival), want[0][0], 3)
		printed(t, "standard error", s.StdErr, want[0][1], 4)
		want = want[1:]
	}
	at, ok := curve.At(48)
	if !ok || len(want) > 0 {
		t.Fatalf("at 48: %v, %d steps missing", ok, len(want))
	}
	printed(t, "lower limit", at.Lower, 0.0359, 4)
	printed(t, "upper limit", at.Upper, 0.944, 3)
	median := curve.Median()
	if median.Value != number(31) || median.Lower != number(18) || median.Upper.Defined() {
		t.Errorf("median %v", median)
	}
}

// Remission under 6-mercaptopurine: Freireich (1963), and Klein and Moeschberger.
func TestK2(t *testing.T) { // K2
	plain := test(t, "gehan6mp", false, survival.Weighting{})
	printed(t, "χ²", plain.ChiSquare, 16.792940989, 9)
	printed(t, "p", plain.P, 4.1688e-5, 9)
	if plain.Groups[0].Observed != 9 || plain.Groups[1].Observed != 21 {
		t.Errorf("observed: %+v", plain.Groups)
	}
	printed(t, "expected", number(plain.Groups[0].Expected), 19.2505, 4)
	printed(t, "expected", number(plain.Groups[1].Expected), 10.7495, 4)
	for w, want := range map[survival.Weighting]float64{
		{Kind: survival.GehanWilcoxon}:             13.457852,
		{Kind: survival.TaroneWare}:                15.123575,
		{Kind: survival.PetoModified}:              14.084139,
		{Kind: survival.FlemingHarrington, Rho: 1}: 14.457151,
	} {
		printed(t, "χ²", test(t, "gehan6mp", false, w).ChiSquare, want, 5)
	}
}

// Lung cancer by sex, the example of R's survdiff.
func TestK3(t *testing.T) { // K3
	result := test(t, "lung", false, survival.Weighting{})
	printed(t, "χ²", result.ChiSquare, 10.326742, 6)
	printed(t, "p", result.P, 0.0013112, 7)
	male := curveOf(t, "lung", "male", survival.Options{})
	female := curveOf(t, "lung", "female", survival.Options{})
	for curve, want := range map[*survival.Curve][2]float64{male: {324.0484, 22.29794}, female: {455.9041, 32.91742}} {
		mean, err := curve.RestrictedMean(965)
		if err != nil {
			t.Fatal(err)
		}
		printed(t, "mean", number(mean.Days), want[0], 4)
		printed(t, "standard error", number(mean.StdErr), want[1], 5)
	}
	d, err := survival.MeanDifference(female, male, 965)
	if err != nil {
		t.Fatal(err)
	}
	printed(t, "difference", d.Difference.Value, 131.8557, 4)
	printed(t, "lower limit", d.Difference.Lower, 53.93005, 5)
	printed(t, "upper limit", d.Difference.Upper, 209.7813, 4)
}

func TestK4(t *testing.T) { // K4
	for _, c := range []struct {
		spans []survival.Span
		want  float64
	}{
		{spans(1, 2, 3, -4, -5, 6), 4.5},
		{spans(1, 2, -3, -4), 3}, // a flat tail
	} {
		if got := fit(t, c.spans, survival.Options{}).Median().Value; got != number(c.want) {
			t.Errorf("median %v, want %v", got, c.want)
		}
	}
}

func TestK5(t *testing.T) { // K5
	curve := fit(t, spans(1, 2, 3, 4, 10), survival.Options{})
	for horizon, want := range map[float64]float64{4: 2.8, 4.1: 2.82, 10: 4, 100: 4} {
		if got, err := curve.RestrictedMean(horizon); err != nil || math.Abs(got.Days-want) > 1e-12 {
			t.Errorf("to %v: %v, %v, want %v", horizon, got, err, want)
		}
	}
}

// The log-rank test with late entry, as the score test of R's coxph: patients
// accepted for a heart transplant, before and after it, in half days.
func TestLateEntry(t *testing.T) {
	var all []survival.Subject
	for _, row := range golden.Read(t, "../testdata/inputs/heart_startstop.csv") {
		all = append(all, survival.Subject{
			Span: survival.Span{
				Days:    int(2 * row.Float("stop")),
				Entered: int(2 * row.Float("start")),
				Left:    row.Int("event") == 1,
			},
			Group: row.Text("transplant"),
		})
	}
	result, err := survival.LogRank(all, survival.Weighting{})
	if err != nil {
		t.Fatal(err)
	}
	if result.Groups[1].Observed != 45 || result.DF != 1 {
		t.Errorf("%+v", result)
	}
	printed(t, "expected", number(result.Groups[1].Expected), 43.595818, 6)
	printed(t, "variance", number(result.Covariance[1][1]), 11.261496, 6)
	printed(t, "χ²", result.ChiSquare, 0.1750858, 7)
	printed(t, "p", result.P, 0.6756309, 7)
}
