package success

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"metrics.internal/success/internal/fault"
)

// A Unit is what the length of a [Term] is counted in.
type Unit uint8

// The units of a term.
const (
	UnitMonth Unit = iota + 1
	UnitWeek
	UnitDay
)

// A Term is the span of time that one [Contract.Price] pays for. The zero value
// is no term and is refused.
type Term struct {
	Count int  // how many, at least 1
	Unit  Unit // of what
}

// Months returns a term of n months: 1 is monthly, 12 yearly.
func Months(n int) Term { return Term{n, UnitMonth} }

// Weeks returns a term of n weeks.
func Weeks(n int) Term { return Term{n, UnitWeek} }

// Days returns a term of n days.
func Days(n int) Term { return Term{n, UnitDay} }

// PerYear returns, as a fraction, how many times a year t is paid for: 12/n for
// months, 52/n for weeks, 365/n for days. For an invalid term it is 0/1.
func (t Term) PerYear() (num, den int64) {
	if t.fault() != nil {
		return 0, 1
	}
	switch t.Unit {
	case UnitMonth:
		num = 12
	case UnitWeek:
		num = 52
	case UnitDay:
		num = 365
	}
	return num, int64(t.Count)
}

// fault says why t cannot be used, nil when it can.
func (t Term) fault() error {
	switch {
	case t == Term{}:
		return ErrMissing
	case t.Unit < UnitMonth || t.Unit > UnitDay:
		return fault.New(ErrUnknown, "has an unknown unit")
	case t.Count < 0:
		return ErrNegative
	case t.Count == 0 || t.Count > maxDay:
		return ErrRange
	}
	return nil
}

// letters are the designators of ISO 8601, by unit.
const letters = "?MWD"

// String returns t like "12 months".
func (t Term) String() string {
	name := "units"
	switch t.Unit {
	case UnitMonth:
		name = "months"
	case UnitWeek:
		name = "weeks"
	case UnitDay:
		name = "days"
	}
	if t.Count == 1 {
		name = strings.TrimSuffix(name, "s")
	}
	return strconv.Itoa(t.Count) + " " + name
}

// MarshalText returns t as an ISO 8601 duration: P12M, P2W, P395D. The zero
// Term is no text; any other invalid term is an error.
func (t Term) MarshalText() ([]byte, error) {
	if t == (Term{}) {
		return []byte{}, nil
	}
	if err := t.fault(); err != nil {
		return nil, fmt.Errorf("success: term of %s %w", t, err)
	}
	return fmt.Appendf(nil, "P%d%c", t.Count, letters[t.Unit]), nil
}

var errTerm = errors.New("is not a term like P12M, P2W or P395D")

// UnmarshalText reads what [Term.MarshalText] writes.
func (t *Term) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*t = Term{}
		return nil
	}
	last := len(text) - 1
	if last >= 2 && last <= 8 && text[0] == 'P' {
		count, ok := digits(string(text[1:last]))
		unit := strings.IndexByte(letters[1:], text[last]) + 1
		if term := (Term{count, Unit(unit)}); ok && unit > 0 && term.fault() == nil {
			*t = term
			return nil
		}
	}
	return fmt.Errorf("success: %s %w", shorten(string(text)), errTerm)
}
