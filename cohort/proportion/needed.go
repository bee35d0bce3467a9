package proportion

import (
	"metrics.internal/success"
)

// A NumberNeeded is how many accounts have to be helped for one more to be
// kept: 1/difference.
//
// A difference whose interval spans 0 has no single interval here: from nothing
// gained the number runs to infinity, comes back from infinity on the other
// side, and what lies between the two rays, near 0, is what is excluded.
type NumberNeeded struct {
	Value   success.Figure `json:"value"`   // negative when help loses accounts; undefined for a difference of 0
	Benefit Ray            `json:"benefit"` // numbers to help for one more kept, as far as the interval allows a gain
	Harm    Ray            `json:"harm"`    // numbers to help for one more lost, as far as the interval allows a loss
}

// A Ray is a range of numbers needed. Without From there is none; without To it
// has no end.
type Ray struct {
	From success.Figure `json:"from"`
	To   success.Figure `json:"to"`
}

// NumberNeededOf returns the number needed that follows from a difference of
// shares kept and its interval.
//
// Source: D. G. Altman, Confidence intervals for the number needed to treat,
// BMJ 317 (1998).
func NumberNeededOf(difference success.Estimate) NumberNeeded {
	var n NumberNeeded
	if d, ok := difference.Value.Float64(); ok {
		n.Value = success.FigureOf(1 / d)
	}
	lower, ok1 := difference.Lower.Float64()
	upper, ok2 := difference.Upper.Float64()
	if ok1 && ok2 {
		n.Benefit = ray(lower, upper)
		n.Harm = ray(-upper, -lower)
	}
	return n
}

// ray returns the numbers needed for differences between lower and upper, as
// far as they are above 0.
func ray(lower, upper float64) Ray {
	var r Ray
	if upper > 0 {
		r.From = success.FigureOf(1 / upper)
	}
	if lower > 0 {
		r.To = success.FigureOf(1 / lower)
	}
	return r
}
