package success_test

import (
	"encoding/json"
	"math"
	"testing"

	"pgregory.net/rapid"

	"metrics.internal/success"
)

// A figure is the number it was made of, and nothing when that is none; it comes
// back from JSON as it was.
func TestFigure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, math.NaN(), math.Inf(1), math.Inf(-1)})).Draw(t, "value")
		number := !math.IsNaN(v) && !math.IsInf(v, 0)
		f := success.FigureOf(v)
		got, ok := f.Float64()
		if ok != number || f.Defined() != number || number && got != v || !number && (f != success.Figure{} || got != 0) {
			t.Fatalf("%v is %v, %v", v, got, ok)
		}
		data, err := json.Marshal(f)
		if err != nil || (string(data) == "null") == number {
			t.Fatalf("%v is %s, %v", v, data, err)
		}
		back := success.FigureOf(1)
		if err := json.Unmarshal(data, &back); err != nil || back != f {
			t.Fatalf("%s is read as %v, %v", data, back, err)
		}
	})
}

func TestFigureText(t *testing.T) {
	for f, want := range map[success.Figure]string{
		{}: "n/a", success.FigureOf(0): "0", success.FigureOf(1.0 / 3): "0.333333", success.FigureOf(-1234567): "-1.23457e+06",
	} {
		if f.String() != want {
			t.Errorf("%q, want %q", f, want)
		}
	}
	f := success.FigureOf(2)
	if err := json.Unmarshal([]byte(`"many"`), &f); err == nil || f != success.FigureOf(2) {
		t.Errorf("a word is read as %v, %v", f, err)
	}
}

func TestEstimate(t *testing.T) {
	for _, c := range []struct {
		e     success.Estimate
		v     float64
		holds bool
	}{
		{success.EstimateOf(2, 1, 3), 1, true},
		{success.EstimateOf(2, 1, 3), 3, true},
		{success.EstimateOf(2, 1, 3), 0.9, false},
		{success.EstimateOf(2, 1, 3), 3.1, false},
		{success.EstimateOf(2, 1, math.Inf(1)), 1e300, true},
		{success.EstimateOf(2, 1, math.Inf(1)), 0, false},
		{success.EstimateOf(2, math.NaN(), 3), -1e300, true},
		{success.EstimateOf(2, math.NaN(), 3), 4, false},
		{success.EstimateOf(2, math.NaN(), math.NaN()), 2, false},
	} {
		if got := c.e.Contains(c.v); got != c.holds {
			t.Errorf("%v contains %v: %v", c.e, c.v, got)
		}
	}
}
