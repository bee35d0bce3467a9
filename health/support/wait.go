package support

import (
	"slices"
	"strconv"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/internal/productlimit"
	"metrics.internal/success/internal/word"
)

// A Wait is how long something took, or has taken so far.
type Wait struct {
	Duration time.Duration
	Ended    bool // it came to its end then; otherwise it is still on, or ended for another reason
}

// Quantiles says how the median and the 90th percentile of waits are taken.
type Quantiles uint8

// How they are taken. All but the first leave out the waits that have not ended,
// and are too small while there are many of these.
const (
	KaplanMeier Quantiles = iota // the first time at which at least a share p has ended, half way where it is exactly p for a while
	NearestRank                  // the ⌈p n⌉-th shortest of those that ended
	Type7                        // between those next to 1 + p (n − 1) in order, in proportion, as spreadsheets do
)

func quantiles() []string { return []string{"Kaplan–Meier", "nearest rank", "type 7"} }

// String returns the name of q.
func (q Quantiles) String() string { return word.Of(quantiles(), uint8(q)) }

// A Distribution sums up waits, in minutes.
type Distribution struct {
	Ended   int            `json:"ended"`   // waits that came to their end
	Open    int            `json:"open"`    // waits that did not: censored
	Unknown int            `json:"unknown"` // tickets whose record does not tell; they are in none of the figures
	Median  success.Figure `json:"median"`  // undefined when it is not reached
	P90     success.Figure `json:"p90"`     // the time within which 90 % have ended; undefined when it is not reached
	Mean    success.Figure `json:"mean"`    // of those that ended only
}

// DistributionOf sums up waits, in any order. Without any, or where the median
// or the 90th percentile is not reached, they are undefined. A negative duration
// ([success.ErrNegative]) and unknown quantiles ([success.ErrUnknown]) are
// errors.
//
// Sources: E. L. Kaplan and P. Meier, JASA 53 (1958); R. J. Hyndman and Y. Fan,
// Sample quantiles in statistical packages, The American Statistician 50 (1996).
func DistributionOf(waits []Wait, q Quantiles) (Distribution, error) {
	var faults success.Errors
	q.check(&faults)
	observed := make([]productlimit.Observation, len(waits))
	for i, w := range waits {
		if w.Duration < 0 {
			faults.Add(&success.InputError{Record: "wait", Index: i, Field: "Duration", Value: w.Duration.String(), Err: success.ErrNegative})
		}
		observed[i] = observe(w.Duration, w.Ended)
	}
	if err := faults.Err(); err != nil {
		return Distribution{}, err
	}
	return distribution(observed, q), nil
}

func (q Quantiles) check(faults *success.Errors) {
	if q > Type7 {
		faults.Add(&success.InputError{Record: "quantiles", Index: -1, Value: strconv.Itoa(int(q)), Err: success.ErrUnknown})
	}
}

// observe returns a wait in minutes.
func observe(d time.Duration, ended bool) productlimit.Observation {
	return productlimit.Observation{Time: float64(d) / float64(time.Minute), Ended: ended}
}

func distribution(observed []productlimit.Observation, q Quantiles) Distribution {
	ended := make([]float64, 0, len(observed))
	for _, o := range observed {
		if o.Ended {
			ended = append(ended, o.Time)
		}
	}
	slices.Sort(ended)
	d := Distribution{Ended: len(ended), Open: len(observed) - len(ended), Mean: mean(ended)}
	switch q {
	case NearestRank:
		d.Median, d.P90 = nearestRank(ended, 50), nearestRank(ended, 90)
	case Type7:
		d.Median, d.P90 = type7(ended, 50), type7(ended, 90)
	default:
		curve := productlimit.Fit(observed)
		d.Median, d.P90 = reached(curve, 0.5), reached(curve, 0.9)
	}
	return d
}

func reached(curve productlimit.Curve, p float64) success.Figure {
	t, ok := curve.Quantile(p)
	if !ok {
		return success.Figure{}
	}
	return success.FigureOf(t)
}

// mean returns the mean of times in order, so that it is the same however they
// came.
func mean(ordered []float64) success.Figure {
	sum := 0.0
	for _, t := range ordered {
		sum += t
	}
	return success.FigureOf(sum / float64(len(ordered)))
}

func nearestRank(ordered []float64, percent int) success.Figure {
	if len(ordered) == 0 {
		return success.Figure{}
	}
	return success.FigureOf(ordered[(len(ordered)*percent+99)/100-1])
}

func type7(ordered []float64, percent int) success.Figure {
	if len(ordered) == 0 {
		return success.Figure{}
	}
	h := (len(ordered) - 1) * percent
	low, high := ordered[h/100], ordered[min(h/100+1, len(ordered)-1)]
	return success.FigureOf(low + float64(h%100)/100*(high-low))
}
