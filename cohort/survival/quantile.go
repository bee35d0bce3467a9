package survival

import (
	"cmp"
	"math"
	"slices"

	"metrics.internal/success"
)

// flat is how close to a level a curve must be to lie on it.
const flat = 1.4901161193847656e-08 // √2⁻⁵²

// Median returns the time by which half of the accounts have left. See
// [Curve.Quantile].
func (c *Curve) Median() success.Estimate { return c.Quantile(0.5) }

// Quantile returns the time by which a share p of the accounts have left: the
// first day on which S is at most 1 − p. Where S lies on 1 − p for a while, it
// is half way between the first day it does and the next on which somebody
// leaves, or the last day of the curve when nobody does. The limits are the same
// for the upper and lower limits of S, leaving out days on which these are
// undefined.
//
// A quantile or limit that the curve does not reach is undefined, and so is
// everything for a p outside (0, 1).
func (c *Curve) Quantile(p float64) success.Estimate {
	if !(p > 0 && p < 1) {
		return success.Estimate{}
	}
	values, lowers, uppers := make([]fall, 0, len(c.nodes)), make([]fall, 0, len(c.nodes)), make([]fall, 0, len(c.nodes))
	for _, n := range c.nodes {
		day := float64(n.day)
		values = append(values, fall{day, 1 - n.survival})
		lower, upper := c.band.limits(n.survival, math.Sqrt(n.greenwood), c.z)
		if !math.IsNaN(lower) {
			lowers = append(lowers, fall{day, 1 - lower})
			uppers = append(uppers, fall{day, 1 - upper})
		}
	}
	return success.Estimate{Value: reach(values, p), Lower: reach(lowers, p), Upper: reach(uppers, p)}
}

// A fall is how far a curve has come down by a day.
type fall struct{ day, depth float64 }

// reach returns the day on which falls come to p. Limits may rise again where
// few are at risk; they are taken in order of depth then, as R does.
func reach(falls []fall, p float64) success.Figure {
	if len(falls) == 0 {
		return success.Figure{}
	}
	last := falls[len(falls)-1]
	slices.SortStableFunc(falls, func(a, b fall) int { return cmp.Compare(a.depth, b.depth) })
	first := slices.IndexFunc(falls, func(f fall) bool { return f.depth+flat >= p })
	if first < 0 {
		return success.Figure{}
	}
	next := slices.IndexFunc(falls, func(f fall) bool { return f.depth-flat >= p })
	switch {
	case math.Abs(last.depth-p) < flat:
		return success.FigureOf((falls[first].day + last.day) / 2)
	case next < 0:
		return success.Figure{}
	}
	return success.FigureOf((falls[first].day + falls[next].day) / 2)
}
