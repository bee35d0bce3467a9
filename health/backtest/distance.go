package backtest

import "metrics.internal/success"

// A Distance is the Kolmogorov–Smirnov statistic of a score.
type Distance struct {
	Value success.Figure `json:"value"` // in [0, 1]
	At    success.Figure `json:"at"`    // score that divides best, the worst if there are several
}

// KS returns the Kolmogorov–Smirnov statistic: the largest difference, at any
// score, between the share of leavers and the share of stayers that scored so or
// worse. It is undefined without a leaver or without a stayer.
func (r Ranking) KS() Distance {
	if r.left == 0 || r.stayed == 0 {
		return Distance{}
	}
	var left, stayed, largest int64
	var at float64
	for _, t := range r.ties {
		left += int64(t.left)
		stayed += int64(t.stayed)
		gap := left*int64(r.stayed) - stayed*int64(r.left)
		if gap = max(gap, -gap); gap > largest {
			largest, at = gap, t.score
		}
	}
	if largest == 0 {
		return Distance{Value: success.FigureOf(0)}
	}
	return Distance{success.FigureOf(float64(largest) / (float64(r.left) * float64(r.stayed))), success.FigureOf(at)}
}
