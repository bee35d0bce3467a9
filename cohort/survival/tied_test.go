package survival_test

import (
	"math"
	"testing"

	"metrics.internal/success/cohort/survival"
)

// crowd is so many accounts that leave on a day, and so many that stay.
func crowd(t *testing.T, left, stay int) *survival.Curve {
	t.Helper()
	c := survival.Columns{Days: make([]int32, left+stay), Left: make([]bool, left+stay)}
	for i := range c.Days {
		c.Days[i], c.Left[i] = 5, i < left
	}
	counts, err := survival.CountsOfColumns(c)
	if err != nil {
		t.Fatal(err)
	}
	curve, err := counts.Curve(survival.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return curve
}

// TestManyOnADay: of many that leave on a day, most are added up by a formula, to
// what the terms one by one add up to.
func TestManyOnADay(t *testing.T) {
	for _, c := range []struct{ left, stay int }{
		{1023, 0}, {1024, 0}, {1025, 0}, {1026, 3}, {2000, 0}, {5000, 100_000}, {200_000, 0}, {100_000, 1},
	} {
		var first, second float64
		for i := range c.left { // from the smallest
			x := 1 / float64(c.left+c.stay-i)
			first += x
			second += x * x
		}
		step := crowd(t, c.left, c.stay).Steps()[0]
		stdErr := step.TiedHazardStdErr
		if math.Abs(step.TiedHazard/first-1) > 1e-12 || math.Abs(stdErr/math.Sqrt(second)-1) > 1e-12 {
			t.Errorf("%+v: %v ± %v, want %v ± %v", c, step.TiedHazard, stdErr, first, math.Sqrt(second))
		}
	}
}

// TestEndlessCrowd: counts that claim 10¹⁵ accounts on one day are answered at
// once, and as 10¹⁵ terms would: ln of it and Euler's constant.
func TestEndlessCrowd(t *testing.T) {
	counts, err := survival.CountsOfColumns(survival.Columns{Days: []int32{5}, Left: []bool{true}})
	if err != nil {
		t.Fatal(err)
	}
	n := 1.0
	for range 50 {
		var same survival.Counts
		same.Merge(counts)
		counts.Merge(&same)
		n *= 2
	}
	curve, err := counts.Curve(survival.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const euler = 0.57721566490153286
	if got, want := curve.Steps()[0].TiedHazard, math.Log(n)+euler; math.Abs(got-want) > 1e-12*want {
		t.Errorf("%v, want %v", got, want)
	}
}
