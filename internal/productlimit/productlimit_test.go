package productlimit_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"metrics.internal/success/cohort/survival"
	"metrics.internal/success/internal/productlimit"
	"pgregory.net/rapid"
)

func ExampleFit() {
	curve := productlimit.Fit([]productlimit.Observation{
		{Time: 10, Ended: true}, {Time: 20, Ended: true}, {Time: 30, Ended: true}, {Time: 60}, {Time: 90},
	})
	fmt.Println(curve.Quantile(0.5))
	fmt.Println(curve.Quantile(0.9)) // not reached
	// Output:
	// 30 true
	// 0 false
}

func ExampleCurve() {
	curve := productlimit.Fit([]productlimit.Observation{{Time: 4, Ended: true}, {Time: 6}})
	fmt.Println(curve.Survival(3))
	fmt.Println(curve.Survival(4))
	fmt.Println(curve.Survival(7)) // beyond what was observed
	// Output:
	// 1 true
	// 0.5 true
	// 0.5 false
}

// observe returns ends at the given times; a negative time is censored.
func observe(times ...float64) []productlimit.Observation {
	all := make([]productlimit.Observation, len(times))
	for i, t := range times {
		all[i] = productlimit.Observation{Time: math.Abs(t), Ended: t >= 0}
	}
	return all
}

// Acute myelogenous leukaemia: Miller (1997), and the help page of R's survfit.
func TestPublished(t *testing.T) {
	maintained := []float64{9, 13, -13, 18, 23, -28, 31, 34, -45, 48, -161}
	curve := productlimit.Fit(observe(maintained...))
	for time, want := range map[float64]float64{
		0: 1, 8.999: 1, 9: .909, 13: .818, 18: .716, 23: .614, 30.9: .614, 31: .491, 34: .368, 47: .368, 48: .184, 161: .184,
	} {
		if got, ok := curve.Survival(time); !ok || math.Abs(got-want) > 0.0005 {
			t.Errorf("S(%v) = %v, %v, want %v", time, got, ok, want)
		}
	}
	if _, ok := curve.Survival(161.001); ok {
		t.Error("known beyond the last observation")
	}
	if got, ok := curve.Quantile(0.5); got != 31 || !ok {
		t.Errorf("median %v, %v", got, ok)
	}
	both := append(maintained, 5, 5, 8, 8, 12, -16, 23, 27, 30, 33, 43, 45)
	curve = productlimit.Fit(observe(both...))
	for p, want := range map[float64]float64{0.1: 8, 0.25: 12, 0.5: 27, 0.75: 43, 0.9: 48} { // R 4.2.2, survival 3.5-3
		if got, ok := curve.Quantile(p); got != want || !ok {
			t.Errorf("quantile %v is %v, %v, want %v", p, got, ok, want)
		}
	}
	if _, ok := curve.Quantile(0.97); ok {
		t.Error("a quantile that nobody reached")
	}
}

func TestMidpoint(t *testing.T) {
	for _, c := range []struct {
		times []float64
		p     float64
		want  float64 // −1: not reached
	}{
		{[]float64{1, 2, 3, 4}, 0.5, 2.5},
		{[]float64{1, 2, 3, 4}, 0.25, 1.5},
		{[]float64{1, 2, 3, 4}, 0.26, 2},
		{[]float64{1, 2, 3, 4}, 0.24, 1},
		{[]float64{1, 2, 3, 4}, 0.999, 4},
		{[]float64{1, 2, 3, 4, 100}, 0.5, 3},
		{[]float64{3, 3, 3}, 0.5, 3},
		{[]float64{1, -9}, 0.5, 5},
		{[]float64{1, -3, -9}, 1.0 / 3, 5},
		{[]float64{1, 1, -1, -1}, 0.5, 1},
		{[]float64{1, -2, -3}, 0.5, -1},
		{[]float64{-1, -2}, 0.1, -1},
		{[]float64{7}, 0.5, 7},
		{nil, 0.5, -1},
		{[]float64{1, 2}, 0, -1},
		{[]float64{1, 2}, 1, -1},
		{[]float64{1, 2}, -0.5, -1},
		{[]float64{1, 2}, 1.5, -1},
		{[]float64{1, 2}, math.NaN(), -1},
	} {
		got, ok := productlimit.Fit(observe(c.times...)).Quantile(c.p)
		if ok != (c.want >= 0) || ok && got != c.want || !ok && got != 0 {
			t.Errorf("%v: quantile %v is %v, %v, want %v", c.times, c.p, got, ok, c.want)
		}
	}
	if s, ok := (productlimit.Curve{}).Survival(0); s != 1 || !ok {
		t.Errorf("nothing observed: %v, %v", s, ok)
	}
	if s, ok := productlimit.Fit(observe(1, 2)).Survival(1e9); s != 0 || !ok {
		t.Errorf("nobody left: %v, %v", s, ok)
	}
}

func drawObservations(t *rapid.T) []productlimit.Observation {
	most := rapid.SampledFrom([]int{3, 10, 1000}).Draw(t, "longest")
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) productlimit.Observation {
		return productlimit.Observation{Time: float64(rapid.IntRange(0, most).Draw(t, "time")), Ended: rapid.Bool().Draw(t, "ended")}
	}), 1, 60).Draw(t, "observations")
}

// The conventions are those of the curves of cohorts.
func TestAgreesWithSurvival(t *testing.T) { rapid.Check(t, checkAgrees) }

func checkAgrees(t *rapid.T) {
	all := drawObservations(t)
	spans := make([]survival.Span, len(all))
	for i, o := range all {
		spans[i] = survival.Span{Days: int(o.Time), Left: o.Ended}
	}
	want, err := survival.Fit(spans, survival.Options{})
	if err != nil {
		t.Fatal(err)
	}
	curve := productlimit.Fit(all)
	levels := []float64{0.25, 0.5, 0.9, rapid.Float64Range(0.01, 0.99).Draw(t, "p")}
	for i := range all {
		levels = append(levels, float64(i)/float64(len(all)))
	}
	for _, p := range levels {
		got, ok := curve.Quantile(p)
		if value, defined := want.Quantile(p).Value.Float64(); ok != defined || got != value {
			t.Fatalf("quantile %v is %v, %v, want %v, %v", p, got, ok, value, defined)
		}
	}
	for time := range 12 {
		got, ok := curve.Survival(float64(time))
		point, defined := want.At(float64(time))
		if ok != defined || ok && math.Abs(got-point.Survival) > 1e-12 {
			t.Fatalf("S(%d) = %v, %v, want %v, %v", time, got, ok, point.Survival, defined)
		}
	}
}

// Order does not matter, the argument stays, quantiles rise, and a scale passes
// through.
func TestLaws(t *testing.T) { rapid.Check(t, checkLaws) }

func checkLaws(t *rapid.T) {
	all := drawObservations(t)
	kept := slices.Clone(all)
	curve := productlimit.Fit(all)
	if !slices.Equal(all, kept) {
		t.Fatal("the argument was changed")
	}
	shuffled := rapid.Permutation(all).Draw(t, "order")
	scaled := slices.Clone(all)
	for i := range scaled {
		scaled[i].Time *= 4
	}
	other, times4 := productlimit.Fit(shuffled), productlimit.Fit(scaled)
	last, reached := -1.0, true
	for p := 0.05; p < 1; p += 0.05 {
		q, ok := curve.Quantile(p)
		if r, same := other.Quantile(p); r != q || same != ok {
			t.Fatalf("quantile %v is %v, in another order %v", p, q, r)
		}
		if r, same := times4.Quantile(p); r != 4*q || same != ok {
			t.Fatalf("quantile %v is %v, of four times as long %v", p, q, r)
		}
		if ok && (!reached || q < last) {
			t.Fatalf("quantile %v is %v after %v", p, q, last)
		}
		last, reached = q, ok
	}
}

func BenchmarkFit(b *testing.B) {
	all := make([]productlimit.Observation, 1_000_000)
	state := uint32(1)
	for i := range all {
		state = state*1664525 + 1013904223
		all[i] = productlimit.Observation{Time: float64(state >> 12), Ended: state>>8&3 > 0}
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := productlimit.Fit(all).Quantile(0.5); !ok {
			b.Fatal("no median")
		}
	}
}
