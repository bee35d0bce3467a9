package backtest

import (
	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// A Brier is the mean squared error of probabilities, and what it is compared to.
type Brier struct {
	Score success.Figure `json:"score"` // mean of (p − outcome)², in [0, 1]; undefined without accounts
	Base  success.Figure `json:"base"`  // that of giving everybody the base rate b: b(1 − b)
	Skill success.Figure `json:"skill"` // 1 − Score/Base: 0 is no better than the base rate; undefined when Base is 0
}

// BrierOf returns the Brier score of probabilities to leave: account i was given
// probabilities[i], and left[i] says what became of it.
//
// Errors are columns of different lengths and a probability outside [0, 1], NaN
// included ([success.ErrRange]).
//
// Source: G. W. Brier, Verification of forecasts expressed in terms of
// probability, Monthly Weather Review 78 (1950).
func BrierOf(probabilities []float64, left []bool) (Brier, error) {
	var faults success.Errors
	checkColumns("probabilities", probabilities, left, probable, &faults)
	if err := faults.Err(); err != nil {
		return Brier{}, err
	}
	squares, events := 0., 0
	for i, p := range probabilities {
		if left[i] {
			events++
			p = 1 - p
		}
		squares += p * p
	}
	return brier(squares, events, len(left)), nil
}

func probable(p float64) error {
	if p >= 0 && p <= 1 {
		return nil
	}
	return fault.New(success.ErrRange, "is not between 0 and 1")
}

// brier returns the figures of a sum of squared errors.
func brier(squares float64, events, accounts int) Brier {
	if accounts == 0 {
		return Brier{}
	}
	n := float64(accounts)
	rate := float64(events) / n
	base := rate * (1 - rate)
	b := Brier{Score: success.FigureOf(squares / n), Base: success.FigureOf(base)}
	if base > 0 {
		b.Skill = success.FigureOf(1 - squares/n/base)
	}
	return b
}
