// Package check holds the doors that the cohort packages share.
package check

import (
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/internal/interval"
)

// DefaultLevel is the level of an interval when none is named.
const DefaultLevel = 0.95

// Level returns the critical value of a confidence level, of 0.95 when it is 0,
// and adds a fault when it is outside (0, 1).
func Level(level float64, faults *success.Errors) (z float64) {
	if level == 0 {
		level = DefaultLevel
	}
	z, ok := interval.Critical(level)
	if !ok {
		faults.Add(&success.InputError{Record: "options", Index: -1, Field: "Level", Value: Number(level), Err: fault.New(success.ErrRange, "is not between 0 and 1")})
	}
	return z
}

// Number returns f as the text of a fault.
func Number(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

// Int returns n as the text of a fault.
func Int(n int) string { return strconv.Itoa(n) }

// Day returns what keeps d, unless it is none, from being a day from another one,
// which has a name, up to asOf; nil when nothing does. Where the other day or
// asOf is none it does not bound d.
func Day(d, first success.Date, name string, asOf success.Date) error {
	switch {
	case d.IsZero():
		return nil
	case !asOf.IsZero() && d.After(asOf):
		return fault.New(success.ErrOrder, "is after %s", asOf)
	case d.Before(first):
		return fault.New(success.ErrOrder, "is before %s %s", name, first)
	}
	return nil
}
