package survival

import (
	"math"

	"metrics.internal/success"
	"metrics.internal/success/internal/interval"
)

// A Gap is the difference between two curves at one time.
type Gap struct {
	Days       float64          // since the start
	First      Point            // of the first curve
	Second     Point            // of the second
	Difference success.Estimate // S₁ − S₂ ± z √(V₁ + V₂), within [−1, 1]
	StdErr     success.Figure   // of the difference; undefined where either S is 0
	P          success.Figure   // of no difference, two-sided
	PCLogLog   success.Figure   // the same on the scale log(−log S), better in small samples; undefined where either S is 0 or 1
}

// Difference compares two curves at one time, at the level of the first. It has
// the errors of [Curve.RestrictedMean] for either curve, but takes 0 days.
//
// Source: J. P. Klein and others, Analyzing survival curves at a fixed point in
// time, Statistics in Medicine 26 (2007).
func Difference(first, second *Curve, days float64) (Gap, error) {
	for _, c := range []*Curve{first, second} {
		if err := c.checkHorizon(days); err != nil && days != 0 {
			return Gap{}, err
		}
	}
	a, b := first.before(days), second.before(days)
	g := Gap{
		Days:   days,
		First:  first.point(a, first.atRisk(days)),
		Second: second.point(b, second.atRisk(days)),
	}
	d := a.survival - b.survival
	g.Difference.Value = success.FigureOf(d)
	if a.survival == 0 || b.survival == 0 {
		return g, nil
	}
	se := math.Hypot(a.survival*math.Sqrt(a.greenwood), b.survival*math.Sqrt(b.greenwood))
	g.Difference = success.EstimateOf(d, max(-1, d-first.z*se), min(1, d+first.z*se))
	g.StdErr = success.FigureOf(se)
	if se > 0 {
		g.P = success.FigureOf(interval.TwoSided(d / se))
	}
	g.PCLogLog = pCLogLog(a, b)
	return g, nil
}

func pCLogLog(a, b node) success.Figure {
	if a.survival == 1 || b.survival == 1 {
		return success.Figure{}
	}
	logA, logB := math.Log(a.survival), math.Log(b.survival)
	se := math.Hypot(math.Sqrt(a.greenwood)/logA, math.Sqrt(b.greenwood)/logB)
	return success.FigureOf(interval.TwoSided((math.Log(-logA) - math.Log(-logB)) / se))
}
