package success

import (
	"time"

	"metrics.internal/success/internal/fault"
)

// A Period is the days from From up to, but not including, To. Whatever is
// dated on one of them belongs to the period. The zero Period is refused by
// every metric.
type Period struct {
	From Date `json:"from"` // first day
	To   Date `json:"to"`   // first day after
}

// Year returns the calendar year, or the zero Period for a year outside 1 to
// 9998.
func Year(year int) Period { return months(year, time.January, 12) }

// Quarter returns a quarter, 1 to 4, of a calendar year, or the zero Period for
// one that does not exist.
func Quarter(year, quarter int) Period {
	if quarter < 1 || quarter > 4 {
		return Period{}
	}
	return months(year, time.Month(3*quarter-2), 3)
}

// Month returns a calendar month, or the zero Period for one that does not
// exist.
func Month(year int, month time.Month) Period { return months(year, month, 1) }

func months(year int, month time.Month, n int) Period {
	from, err := NewDate(year, month, 1)
	if err != nil || year > 9998 {
		return Period{}
	}
	return Period{from, from.AddMonths(n)}
}

// Days returns the length of p in days, 0 when To is not after From.
func (p Period) Days() int { return max(0, p.To.Sub(p.From)) }

// Contains reports whether d is one of the days of p.
func (p Period) Contains(d Date) bool {
	return !d.IsZero() && !d.Before(p.From) && d.Before(p.To)
}

// Months splits p at the first day of every calendar month in it. A partial
// first or last month keeps its real From and To. A period that is not valid
// has no parts.
func (p Period) Months() []Period { return p.split(1) }

// Quarters splits p at the first day of every calendar quarter, like
// [Period.Months].
func (p Period) Quarters() []Period { return p.split(3) }

// Years splits p at the first day of every calendar year, like
// [Period.Months].
func (p Period) Years() []Period { return p.split(12) }

// split cuts p at the calendar's multiples of n months, n a divisor of 12.
func (p Period) split(n int) []Period {
	if p.Validate() != nil {
		return nil
	}
	var parts []Period
	for from := p.From; from.Before(p.To); {
		year, month, _ := from.Civil()
		first := civil(year, month-(month-1)%time.Month(n), 1)
		to := first.AddMonths(n)
		if !from.Before(to) || p.To.Before(to) {
			to = p.To // the range of Date ends, or the period does
		}
		parts = append(parts, Period{from, to})
		from = to
	}
	return parts
}

// Validate reports, as [Errors], a missing From or To ([ErrMissing]) and a To
// that is not after From ([ErrOrder]).
func (p Period) Validate() error {
	var faults Errors
	if p.From.IsZero() {
		faults.Add(&InputError{"period", -1, "From", "", ErrMissing})
	}
	switch {
	case p.To.IsZero():
		faults.Add(&InputError{"period", -1, "To", "", ErrMissing})
	case !p.From.IsZero() && !p.To.After(p.From):
		faults.Add(&InputError{"period", -1, "To", p.To.String(), fault.New(ErrOrder, "is not after From %s", p.From)})
	}
	return faults.Err()
}

// String returns p like [2024-01-01, 2025-01-01).
func (p Period) String() string { return "[" + p.From.String() + ", " + p.To.String() + ")" }
