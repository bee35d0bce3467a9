package help

import (
	"math"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/interval"
)

// intervals fills in both intervals of d from the sorted differences of the
// resamples.
func (d *RevenueDifference) intervals(sorted []float64, whole [2]tally, arms [2]books, rate func(tally) success.Ratio, level float64) {
	value, _ := difference(whole, rate) // resamples of whole had one
	low, high := (1-level)/2, (1+level)/2
	d.Percentile = success.EstimateOf(value, order(sorted, low), order(sorted, high))
	d.BCa.Value = success.FigureOf(value)
	below, _ := slices.BinarySearch(sorted, value)
	bias := interval.Quantile(float64(below) / float64(len(sorted)))
	skew, ok := acceleration(whole, arms, rate)
	if !ok || math.IsInf(bias, 0) {
		return
	}
	shift := func(p float64) float64 {
		z := bias + interval.Quantile(p)
		return interval.Below(bias + z/(1-skew*z))
	}
	d.BCa = success.EstimateOf(value, order(sorted, shift(low)), order(sorted, shift(high)))
}

// order returns the p-quantile of sorted resamples: the (B + 1)p-th, between
// two of them interpolated on the normal scale. It is NaN beyond the first or
// last.
func order(sorted []float64, p float64) float64 {
	n := len(sorted)
	at := float64(n+1) * p
	k := int(math.Floor(at + 1e-9))
	if k < 1 || k > n || k == n && at > float64(n)+1e-9 {
		return math.NaN()
	}
	if math.Abs(at-float64(k)) <= 1e-9 {
		return sorted[k-1]
	}
	here := interval.Quantile(float64(k) / float64(n+1))
	next := interval.Quantile(float64(k+1) / float64(n+1))
	part := (interval.Quantile(p) - here) / (next - here)
	return sorted[k-1] + part*(sorted[k]-sorted[k-1])
}

// acceleration measures how much the spread of the difference changes with it,
// from leaving out one account at a time:
//
//	Σ l³/(6 (Σ l²)^(3/2)) with l = (n − 1)/n (θ − θ without the account), n of its arm
//
// ok is false when an arm has a single account with revenue, or nothing varies.
func acceleration(whole [2]tally, arms [2]books, rate func(tally) success.Ratio) (a float64, ok bool) {
	squares, cubes := 0.0, 0.0
	value, _ := difference(whole, rate)
	for side, arm := range arms {
		n := float64(len(arm))
		for _, b := range arm {
			rest := whole
			rest[side] = whole[side].minus(b)
			without, ok := difference(rest, rate)
			if !ok {
				return 0, false
			}
			l := (n - 1) / n * (value - without)
			squares += l * l
			cubes += l * l * l
		}
	}
	if squares == 0 {
		return 0, false
	}
	return cubes / (6 * math.Pow(squares, 1.5)), true
}
