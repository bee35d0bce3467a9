package survival

import (
	"math"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/internal/interval"
)

// A Mean is the mean number of days that accounts stay within a horizon.
type Mean struct {
	Horizon float64 // in days
	Days    float64 // per account, between 0 and Horizon
	StdErr  float64 // of Days
	Lower   float64 // of its interval, not below 0
	Upper   float64 // of its interval, not above Horizon
}

// RestrictedMean returns the area under the curve up to a horizon: how many of
// the days up to it an account stays on average.
//
//	∫ S(t) dt from 0 to the horizon
//
// Its variance is Σ A² left/(at risk · (at risk − left)) over the days on which
// somebody left, A being the area from there to the horizon.
//
// A horizon that is not a positive number is an error ([success.ErrRange]), and
// so is one beyond the last day anybody was seen while some may still be there:
// the curve says nothing about those days.
func (c *Curve) RestrictedMean(horizon float64) (Mean, error) {
	if err := c.checkHorizon(horizon); err != nil {
		return Mean{}, err
	}
	area, variance := c.area(horizon)
	se := math.Sqrt(variance)
	return Mean{horizon, area, se, max(0, area-c.z*se), min(horizon, area+c.z*se)}, nil
}

func (c *Curve) checkHorizon(horizon float64) error {
	var faults success.Errors
	add := func(err error) {
		faults.Add(&success.InputError{Record: "horizon", Index: -1, Value: check.Number(horizon), Err: err})
	}
	switch {
	case !(horizon > 0) || math.IsInf(horizon, 1):
		add(fault.New(success.ErrRange, "is not a positive number of days"))
	case !c.reaches(horizon):
		add(fault.New(success.ErrRange, "is beyond day %d, the last on which anybody was seen", c.Last()))
	}
	return faults.Err()
}

// area walks back from the horizon, so that the area still to come is at hand
// on each day.
func (c *Curve) area(horizon float64) (area, variance float64) {
	right := horizon
	for i := len(c.nodes) - 1; i >= 0; i-- {
		n := c.nodes[i]
		day := float64(n.day)
		if day >= horizon {
			continue
		}
		area += n.survival * (right - day)
		right = day
		if n.left > 0 && n.left < n.risk {
			variance += area * area * float64(n.left) / float64(n.risk) / float64(n.risk-n.left)
		}
	}
	return area + right, variance
}

// A Contrast compares a figure of two curves.
type Contrast struct {
	Difference success.Estimate // first minus second
	StdErr     float64          // of the difference
	P          success.Figure   // of no difference, two-sided; undefined with StdErr 0
	Ratio      success.Estimate // first to second, interval on the log scale; undefined at 0
}

// contrast compares two independent estimates.
func contrast(a, seA, b, seB, z float64) Contrast {
	d, se := a-b, math.Hypot(seA, seB)
	c := Contrast{Difference: success.EstimateOf(d, d-z*se, d+z*se), StdErr: se}
	if se > 0 {
		c.P = success.FigureOf(interval.TwoSided(d / se))
	}
	if a > 0 && b > 0 {
		width := z * math.Hypot(seA/a, seB/b)
		c.Ratio = success.EstimateOf(a/b, a/b*math.Exp(-width), a/b*math.Exp(width))
	}
	return c
}

// MeanDifference compares the restricted means of two curves up to a common
// horizon, at the level of the first curve. It has the errors of
// [Curve.RestrictedMean] for either.
func MeanDifference(first, second *Curve, horizon float64) (Contrast, error) {
	a, err := first.RestrictedMean(horizon)
	if err != nil {
		return Contrast{}, err
	}
	b, err := second.RestrictedMean(horizon)
	if err != nil {
		return Contrast{}, err
	}
	return contrast(a.Days, a.StdErr, b.Days, b.StdErr, first.z), nil
}
