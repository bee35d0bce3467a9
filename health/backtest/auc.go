package backtest

import (
	"math"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
)

// AUC returns the area under the receiver operating characteristic, with its
// interval at a level, 0 meaning 0.95: the probability that of a leaver and a
// stayer drawn at random the leaver had the worse score, ties counting ½. It lies
// in [0, 1]; ½ is a score that tells nothing.
//
// The interval is DeLong's on the logit scale,
//
//	logit(A) ± z √V / (A(1 − A)),  V = S₁₀/m + S₀₁/n
//
// where S₁₀ is the variance, with m − 1 below the line, of the share of stayers
// that each of the m leavers scores worse than, and S₀₁ that of the share of
// leavers that score worse than each of the n stayers. It takes O(n) time.
//
// Without a leaver or without a stayer all is undefined. With one of either, and
// when V is 0 (the classes do not overlap, or all scores are the same), the
// interval is. A level outside (0, 1) is an error.
//
// Source: E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson, Comparing the areas
// under two or more correlated receiver operating characteristic curves,
// Biometrics 44 (1988); X. Sun and W. Xu, Fast implementation of DeLong's
// algorithm, IEEE Signal Processing Letters 21 (2014).
func (r Ranking) AUC(level float64) (success.Estimate, error) {
	var faults success.Errors
	z := check.Level(level, &faults)
	if err := faults.Err(); err != nil {
		return success.Estimate{}, err
	}
	return r.auc(z), nil
}

func (r Ranking) auc(z float64) success.Estimate {
	if r.left == 0 || r.stayed == 0 {
		return success.Estimate{}
	}
	area := float64(r.wins()) / (2 * float64(r.left) * float64(r.stayed))
	variance := r.variance(area)
	if variance == 0 {
		return success.EstimateOf(area, math.NaN(), math.NaN())
	}
	logit := math.Log(area / (1 - area))
	margin := z * math.Sqrt(variance) / (area * (1 - area))
	return success.EstimateOf(area, logistic(logit-margin), logistic(logit+margin))
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// wins returns twice the number of pairs of a leaver and a stayer in which the
// leaver scored worse, a tie being one half of a pair.
func (r Ranking) wins() int64 {
	var wins int64
	after := int64(r.stayed)
	for _, t := range r.ties {
		after -= int64(t.stayed)
		wins += int64(t.left) * (2*after + int64(t.stayed))
	}
	return wins
}

// variance returns DeLong's variance of the area, 0 when there is none.
func (r Ranking) variance(area float64) float64 {
	if r.left < 2 || r.stayed < 2 || r.apart() {
		return 0
	}
	m, n := float64(r.left), float64(r.stayed)
	var leavers, stayers float64 // sums of squares
	before, after := 0., n
	for _, t := range r.ties {
		left, stayed := float64(t.left), float64(t.stayed)
		after -= stayed
		ofLeaver := (after+stayed/2)/n - area
		ofStayer := (before+left/2)/m - area
		leavers += left * ofLeaver * ofLeaver
		stayers += stayed * ofStayer * ofStayer
		before += left
	}
	return leavers/(m-1)/m + stayers/(n-1)/n
}

// apart reports whether every pair of a leaver and a stayer compares the same way:
// one class lies wholly beside the other, or all are tied.
func (r Ranking) apart() bool {
	wins := r.wins()
	return wins == 0 || wins == 2*int64(r.left)*int64(r.stayed) || len(r.ties) == 1
}
