package proportion

import (
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/internal/interval"
)

// A Share is a number of accounts out of all.
type Share struct {
	Count int `json:"count"` // accounts that did, such as stayed
	Total int `json:"total"` // accounts in all
}

// Ratio returns the share as an exact ratio, undefined when Total is 0.
func (s Share) Ratio() success.Ratio { return success.RatioOf(s.Count, s.Total) }

// maxTotal is how many accounts a share may be of: a float64 holds all counts
// up to it exactly.
const maxTotal = 1 << 50

// check reports what keeps s from being a share: a negative Count or Total, a
// Count above Total, a Total out of range and, unless empty is allowed, a Total
// of 0.
func (s Share) check(record string, index int, empty bool, faults *success.Errors) {
	add := func(field string, value int, err error) {
		faults.Add(&success.InputError{Record: record, Index: index, Field: field, Value: strconv.Itoa(value), Err: err})
	}
	switch {
	case s.Count < 0:
		add("Count", s.Count, success.ErrNegative)
	case s.Total < 0:
		add("Total", s.Total, success.ErrNegative)
	case s.Total > maxTotal:
		add("Total", s.Total, success.ErrRange)
	case s.Count > s.Total:
		add("Count", s.Count, fault.New(success.ErrRange, "is more than Total %d", s.Total))
	case s.Total == 0 && !empty:
		add("Total", s.Total, fault.New(success.ErrMissing, "leaves nothing to take a share of"))
	}
}

// floats returns the counts as the formulas take them.
func (s Share) floats() (x, n float64) { return float64(s.Count), float64(s.Total) }

// estimate returns the share with its Wilson interval.
func (s Share) estimate(z float64) success.Estimate {
	if s.Total == 0 {
		return success.Estimate{}
	}
	x, n := s.floats()
	lower, upper := interval.Wilson(x, n, z)
	return success.EstimateOf(x/n, lower, upper)
}

// Wilson returns a share with its Wilson score interval at the given level, 0
// meaning 0.95:
//
//	(p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)
//
// The limits lie within [0, 1], and apart even when everybody stayed or nobody
// did. A share of nothing, a count that is negative or above the total, and a
// level outside (0, 1) are errors.
func Wilson(s Share, level float64) (success.Estimate, error) {
	var faults success.Errors
	z := check.Level(level, &faults)
	s.check("share", -1, false, &faults)
	if err := faults.Err(); err != nil {
		return success.Estimate{}, err
	}
	return s.estimate(z), nil
}
