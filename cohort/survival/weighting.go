package survival

import (
	"math"
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// A Kind names how a log-rank test weighs the days.
type Kind uint8

// The kinds of weights. With n at risk in the stratum, S its Kaplan–Meier curve
// before the day and S̃ = Π (1 − left/(n + 1)) up to and including it:
const (
	LogRankWeight     Kind = iota // 1: best when the hazards are proportional
	GehanWilcoxon                 // n: early days weigh more, and more so the more are censored
	TaroneWare                    // √n: between the two
	PetoModified                  // S̃ · n/(n + 1): early days weigh more, whatever is censored
	FlemingHarrington             // S^ρ (1 − S)^γ: early days for ρ, late days for γ
	kinds
)

// A Weighting is a kind of weights and its parameters. The zero value is the
// plain log-rank test.
type Weighting struct {
	Kind  Kind
	Rho   float64 // of Fleming–Harrington, at least 0
	Gamma float64 // of Fleming–Harrington, at least 0
}

func (w Weighting) check() error {
	var faults success.Errors
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "weighting", Index: -1, Field: field, Value: value, Err: err})
	}
	if w.Kind >= kinds {
		add("Kind", strconv.Itoa(int(w.Kind)), success.ErrUnknown)
	}
	power := func(field string, p float64) {
		switch {
		case !(p >= 0) || math.IsInf(p, 1):
			add(field, check.Number(p), fault.New(success.ErrRange, "is not a number of at least 0"))
		case p > 0 && w.Kind != FlemingHarrington:
			add(field, check.Number(p), fault.New(success.ErrRange, "is for Fleming–Harrington weights only"))
		}
	}
	power("Rho", w.Rho)
	power("Gamma", w.Gamma)
	return faults.Err()
}

// A weigher gives the weight of each day in turn.
type weigher struct {
	Weighting
	survival float64 // before the day
	peto     float64 // S̃ up to and including the day before
}

// next returns the weight of a day on which d of n left, and moves on.
func (w *weigher) next(d, n float64) float64 {
	before := w.survival
	w.survival *= (n - d) / n
	w.peto *= 1 - d/(n+1)
	switch w.Kind {
	case GehanWilcoxon:
		return n
	case TaroneWare:
		return math.Sqrt(n)
	case PetoModified:
		return w.peto
	case FlemingHarrington:
		return math.Pow(before, w.Rho) * math.Pow(1-before, w.Gamma)
	}
	return 1
}
