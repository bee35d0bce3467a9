package cohort_test

import (
	"encoding/json"
	"math"
	"testing"

	"pgregory.net/rapid"

	"metrics.internal/success/cohort"
)

// A figure is the number it was made of, and nothing when that is none; it comes
// back from JSON as it was.
func TestFigure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, math.NaN(), math.Inf(1), math.Inf(-1)})).Draw(t, "value")
		number := !math.IsNaN(v) && !math.IsInf(v, 0)
		f := cohort.FigureOf(v)
		got, ok := f.Float64()
		if ok != number || f.Defined() != number || number && got != v || !number && (f != cohort.Figure{} || got != 0) {
			t.Fatalf("%v is %v, %v", v, got, ok)
		}
		data, err := json.Marshal(f)
		if err != nil || (string(data) == "null") == number {
			t.Fatalf("%v is %s, %v", v, data, err)
		}
		back := cohort.FigureOf(1)
		if err := json.Unmarshal(data, &back); err != nil || back != f {
			t.Fatalf("%s is read as %v, %v", data, back, err)
		}
	})
}

func TestFigureText(t *testing.T) {
	for f, want := range map[cohort.Figure]string{
		{}: "n/a", cohort.FigureOf(0): "0", cohort.FigureOf(1.0 / 3): "0.333333", cohort.FigureOf(-1234567): "-1.23457e+06",
	} {
		if f.String() != want {
			t.Errorf("%q, want %q", f, want)
		}
	}
	f := cohort.FigureOf(2)
	if err := json.Unmarshal([]byte(`"many"`), &f); err == nil || f != cohort.FigureOf(2) {
		t.Errorf("a word is read as %v, %v", f, err)
	}
}

func TestEstimate(t *testing.T) {
	for _, c := range []struct {
		e     cohort.Estimate
		v     float64
		holds bool
	}{
		{cohort.EstimateOf(2, 1, 3), 1, true},
		{cohort.EstimateOf(2, 1, 3), 3, true},
		{cohort.EstimateOf(2, 1, 3), 0.9, false},
		{cohort.EstimateOf(2, 1, 3), 3.1, false},
		{cohort.EstimateOf(2, 1, math.Inf(1)), 1e300, true},
		{cohort.EstimateOf(2, 1, math.Inf(1)), 0, false},
		{cohort.EstimateOf(2, math.NaN(), 3), -1e300, true},
		{cohort.EstimateOf(2, math.NaN(), 3), 4, false},
		{cohort.EstimateOf(2, math.NaN(), math.NaN()), 2, false},
	} {
		if got := c.e.Contains(c.v); got != c.holds {
			t.Errorf("%v contains %v: %v", c.e, c.v, got)
		}
	}
}
