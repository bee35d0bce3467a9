package usage

import (
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// Ideal gaps, in days, that often fit. Any other number of days will do.
const (
	Daily  = 1
	Weekly = 7
)

const (
	// MinGaps is how many gaps between uses it takes to speak of a habit.
	MinGaps = 3

	// MaxIdeal is the longest ideal gap that is taken, a century of days.
	MaxIdeal = 36525
)

// A Cadence is how often an account uses a product, against how often would be
// ideal.
type Cadence struct {
	Ideal     int            `json:"ideal"`         // days between uses that would be ideal
	Gaps      int            `json:"gaps"`          // gaps between active days that were seen
	MedianGap success.Figure `json:"median_gap"`    // the account's own, in days; undefined with fewer than [MinGaps] gaps
	Adherence success.Ratio  `json:"adherence"`     // Ideal/MedianGap, at most 1; undefined like MedianGap
	Last      success.Date   `json:"last,omitzero"` // day of the last use; none when there was none
	Overdue   success.Ratio  `json:"overdue"`       // days since Last / Ideal; undefined when there was no use
}

// CadenceOf returns the cadence of an account from the days on which it was
// active, in any order; a day counts once, however often it is named. ideal is
// the ideal number of days from one use to the next: [Daily], [Weekly], or any
// number up to [MaxIdeal].
//
//	MedianGap = median of the days between an active day and the next
//	Adherence = min(1, ideal/MedianGap)
//	Overdue   = days from the last active day to asOf / ideal
//
// With an even number of gaps the median is half way between the two in the
// middle. Adherence does not reward use that is more frequent than the ideal. The
// present gap, which has not ended, is no part of the median: Overdue says it,
// and is a fact rather than a habit, so that a single use is enough for it. It
// is 0 on the day of the last use and 1 when the next is due.
//
// A missing asOf, an ideal that is missing, negative or out of range, and active
// days that are none or after asOf are errors.
func CadenceOf(active []success.Date, ideal int, asOf success.Date) (Cadence, error) {
	if err := checkCadence(active, ideal, asOf); err != nil {
		return Cadence{}, err
	}
	days := slices.Clone(active)
	slices.SortFunc(days, success.Date.Compare)
	days = slices.Compact(days)
	c := Cadence{Ideal: ideal}
	if len(days) == 0 {
		return c, nil
	}
	c.Last = days[len(days)-1]
	c.Overdue = success.RatioOf(asOf.Sub(c.Last), ideal)
	c.Gaps = len(days) - 1
	if c.Gaps < MinGaps {
		return c, nil
	}
	twice := twiceMedian(gaps(days))
	c.MedianGap = success.FigureOf(float64(twice) / 2)
	c.Adherence = success.RatioOf(int(min(2*int64(ideal), twice)), int(twice))
	return c, nil
}

// gaps returns the days between each of some days in order and the next.
func gaps(days []success.Date) []int64 {
	gaps := make([]int64, len(days)-1)
	for i := range gaps {
		gaps[i] = int64(days[i+1].Sub(days[i]))
	}
	return gaps
}

// twiceMedian returns twice the median of at least one number, which is whole.
// It sorts them.
func twiceMedian(numbers []int64) int64 {
	slices.Sort(numbers)
	n := len(numbers)
	return numbers[(n-1)/2] + numbers[n/2]
}

func checkCadence(active []success.Date, ideal int, asOf success.Date) error {
	var faults success.Errors
	checkIdeal(ideal, &faults)
	if asOf.IsZero() {
		faults.Add(&success.InputError{Record: "options", Index: -1, Field: "AsOf", Err: success.ErrMissing})
	}
	for i, d := range active {
		switch {
		case d.IsZero():
			faults.Add(&success.InputError{Record: "active day", Index: i, Err: success.ErrMissing})
		case !asOf.IsZero() && d.After(asOf):
			faults.Add(&success.InputError{Record: "active day", Index: i, Value: d.String(), Err: fault.New(success.ErrOrder, "is after %s", asOf)})
		}
	}
	return faults.Err()
}

func checkIdeal(ideal int, faults *success.Errors) {
	var err error
	switch {
	case ideal == 0:
		err = success.ErrMissing
	case ideal < 0:
		err = success.ErrNegative
	case ideal > MaxIdeal:
		err = success.ErrRange
	default:
		return
	}
	faults.Add(&success.InputError{Record: "options", Index: -1, Field: "Ideal", Value: check.Int(ideal), Err: err})
}
