package usage

import (
	"slices"
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

const (
	// MinPeriods is how many earlier periods it takes to speak of a baseline.
	MinPeriods = 3

	// DefaultMinBase is the smallest baseline, in uses a period, that a fall is
	// measured against when none is named: from 2 uses to 1 is no news.
	DefaultMinBase = 20

	// MaxUses is the largest number of uses in a period that is taken.
	MaxUses = 1_000_000_000_000_000
)

// A History is how much an account used a product in periods of equal length.
type History struct {
	Earlier []int64 // uses in each earlier period, in any order
	Present int64   // uses in the period that is judged
	MinBase int64   // smallest baseline to measure against; 0 means [DefaultMinBase]
}

// A Fall is the use of a period against the account's own baseline.
type Fall struct {
	Periods int            `json:"periods"` // earlier periods
	Base    success.Figure `json:"base"`    // median of them, in uses; undefined with fewer than [MinPeriods]
	Present int64          `json:"present"` // uses in the period that is judged
	Level   success.Ratio  `json:"level"`   // Present/Base; undefined without Base and when Base is too small
	Lost    success.Ratio  `json:"lost"`    // (Base − Present)/Base: at most 1, negative when use grew; undefined like Level
	Small   bool           `json:"small"`   // Base is below the minimum, so that a fall from it says nothing
}

// FallOf returns how far an account's use fell below its own baseline, the median
// of its earlier periods:
//
//	Level = Present/Base
//	Lost  = (Base − Present)/Base
//
// A median is not moved by one period with a peak or a holiday. The earlier
// periods should be as long as the present one, which should be over: half a
// month against whole ones is always a fall.
//
// Negative numbers ([success.ErrNegative]) and those above [MaxUses]
// ([success.ErrRange]) are errors.
func FallOf(h History) (Fall, error) {
	if err := h.check(); err != nil {
		return Fall{}, err
	}
	f := Fall{Periods: len(h.Earlier), Present: h.Present}
	if f.Periods < MinPeriods {
		return f, nil
	}
	twice := twiceMedian(slices.Clone(h.Earlier))
	f.Base = success.FigureOf(float64(twice) / 2)
	f.Small = twice < 2*h.minBase()
	if f.Small {
		return f, nil
	}
	present, base := decimal.NewFromInt(h.Present), decimal.New(5*twice, -1)
	f.Level = success.Ratio{Num: present, Den: base}
	f.Lost = success.Ratio{Num: base.Sub(present), Den: base}
	return f, nil
}

func (h History) minBase() int64 {
	if h.MinBase == 0 {
		return DefaultMinBase
	}
	return h.MinBase
}

func (h History) check() error {
	var faults success.Errors
	see := func(record, field string, index int, n int64) {
		var err error
		switch {
		case n < 0:
			err = success.ErrNegative
		case n > MaxUses:
			err = success.ErrRange
		default:
			return
		}
		faults.Add(&success.InputError{Record: record, Index: index, Field: field, Value: strconv.FormatInt(n, 10), Err: err})
	}
	see("history", "Present", -1, h.Present)
	see("history", "MinBase", -1, h.MinBase)
	for i, n := range h.Earlier {
		see("period", "Earlier", i, n)
	}
	return faults.Err()
}
