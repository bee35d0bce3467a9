// Package productlimit estimates how long something takes when it has not yet
// come to an end for all: the Kaplan–Meier estimate and its quantiles.
//
// It is the small sibling of cohort/survival, for the packages that measure
// waits rather than lifetimes: no intervals, no late entry, any unit of time.
// On the same input both give the same survival and the same quantiles.
package productlimit

import (
	"cmp"
	"math"
	"slices"
)

// An Observation is how long something took, or has taken so far.
type Observation struct {
	Time  float64 // in any unit, as long as it is the same for all; a number, not negative
	Ended bool    // it came to its end then; otherwise it is censored
}

// A Curve is the Kaplan–Meier estimate of the share that takes longer than any
// given time:
//
//	S(t) = Π (1 − ended/at risk) over the times up to t at which something ended
//
// At the same time, ends come before censoring. The zero value is the curve of
// no observations. Curves are immutable.
//
// Source: E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete
// observations, JASA 53 (1958).
type Curve struct {
	steps []step  // times at which something ended
	last  float64 // time of all, ended or censored
}

// A step is a time at which something ended, and the survival from then on.
type step struct{ time, survival float64 }

// Fit returns the curve of observations, in any order. Nothing here checks them:
// times must be numbers.
func Fit(observations []Observation) Curve {
	order := slices.Clone(observations)
	slices.SortFunc(order, func(a, b Observation) int { return cmp.Compare(a.Time, b.Time) })
	var c Curve
	survival, risk := 1.0, len(order)
	for i := 0; i < len(order); {
		c.last = order[i].Time
		ended, gone := 0, 0
		for ; i < len(order) && order[i].Time == c.last; i++ {
			gone++
			if order[i].Ended {
				ended++
			}
		}
		if ended > 0 {
			survival *= float64(risk-ended) / float64(risk)
			c.steps = append(c.steps, step{c.last, survival})
		}
		risk -= gone
	}
	return c
}

// Survival returns the share that takes longer than t. ok is false when t is
// beyond every observation while some may take longer still.
func (c Curve) Survival(t float64) (share float64, ok bool) {
	i, found := slices.BinarySearchFunc(c.steps, t, func(s step, t float64) int { return cmp.Compare(s.time, t) })
	if found {
		i++
	}
	share = 1
	if i > 0 {
		share = c.steps[i-1].survival
	}
	return share, t <= c.last || share == 0
}

// flat is how close to a level a curve must be to lie on it.
const flat = 1.4901161193847656e-08 // √2⁻⁵²

// Quantile returns the time by which a share p has come to its end: the first
// at which S is at most 1 − p. Where S lies on 1 − p for a while, it is half way
// between the first time it does and the next at which something ends, or the
// last observation when nothing does. ok is false when the curve does not come
// down so far, and for a p outside (0, 1).
func (c Curve) Quantile(p float64) (t float64, ok bool) {
	if !(p > 0 && p < 1) {
		return 0, false
	}
	first := slices.IndexFunc(c.steps, func(s step) bool { return 1-s.survival+flat >= p })
	if first < 0 {
		return 0, false
	}
	from, to := c.steps[first], c.last
	if math.Abs(1-from.survival-p) >= flat {
		return from.time, true
	}
	if first+1 < len(c.steps) {
		to = c.steps[first+1].time
	}
	return from.time + (to-from.time)/2, true
}
