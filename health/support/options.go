package support

import (
	"strconv"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/internal/word"
)

// A Start says from when on a customer waits.
type Start uint8

// From when on.
const (
	FromCreation  Start = iota // of the ticket
	FromHandOff                // to a person; of tickets that no machine had, the creation
	FromReopening              // the last one; only tickets that were re-opened count
)

func starts() []string { return []string{"creation", "hand-off", "re-opening"} }

// String returns "creation", "hand-off" or "re-opening".
func (s Start) String() string { return word.Of(starts(), uint8(s)) }

// DefaultWindow is the window of first-contact resolution when none is named.
const DefaultWindow = 7 * day

// Options are the choices of a tally.
type Options struct {
	AsOf     time.Time     // what is dated at or after it is taken as unknown; must not be zero
	Calendar *Calendar     // of the waits; nil for calendar time
	Start    Start         // of the waits
	Window   time.Duration // after a solution, in calendar time, in which no further contact may come; 0 means DefaultWindow
}

func (o *Options) check(faults *success.Errors) {
	checkTime("options", "AsOf", -1, o.AsOf, faults)
	if o.Start > FromReopening {
		faults.Add(&success.InputError{Record: "options", Index: -1, Field: "Start", Value: strconv.Itoa(int(o.Start)), Err: success.ErrUnknown})
	}
	switch {
	case o.Window < 0:
		faults.Add(&success.InputError{Record: "options", Index: -1, Field: "Window", Value: o.Window.String(), Err: success.ErrNegative})
	case o.Window == 0:
		o.Window = DefaultWindow
	}
}
