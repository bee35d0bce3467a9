package success

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The kinds of fault, to be told apart with [errors.Is]. Each reads as what is
// said of a value: "… is missing".
var (
	ErrMissing   = errors.New("is missing")
	ErrOrder     = errors.New("is out of order")
	ErrNegative  = errors.New("is negative")
	ErrDuplicate = errors.New("is a duplicate")
	ErrUnknown   = errors.New("is unknown")
	ErrCurrency  = errors.New("has no rate to the reporting currency")
	ErrRange     = errors.New("is out of range")
)

// An InputError describes one value that a metric cannot use.
type InputError struct {
	Record string // "contract", "period", …
	Index  int    // position in the argument, -1 for a single value
	Field  string // Go field name
	Value  string // what was found, shortened; empty when nothing was
	Err    error  // one of the Err variables of this package, or an error that wraps one and says more
}

// Error returns a line like
//
//	contract[17].End: 2024-02-01 is not after Start 2024-03-01
func (e *InputError) Error() string {
	var b strings.Builder
	b.WriteString(e.Record)
	if e.Index >= 0 {
		fmt.Fprintf(&b, "[%d]", e.Index)
	}
	if e.Field != "" {
		b.WriteString("." + e.Field)
	}
	b.WriteString(": ")
	if e.Value != "" {
		b.WriteString(shorten(e.Value) + " ")
	}
	b.WriteString(e.Err.Error())
	return b.String()
}

// Unwrap returns e.Err, so that [errors.Is] finds the kind of the fault.
func (e *InputError) Unwrap() error { return e.Err }

// maxFaults is how many faults Errors keeps, and shownFaults how many its text
// shows.
const (
	maxFaults   = 1000
	shownFaults = 10
)

// Errors holds the faults of one call. The zero value has none and is ready to
// use; [Errors.Err] turns it into an error.
type Errors struct {
	Faults []*InputError // the first 1,000 in record order: by kind of record, then position
	Count  int           // how many there are in all

	full bool // the first maxFaults are sorted, and none after them is of use
}

// Add counts a fault and keeps it if it is one of the first 1,000 in record
// order.
func (e *Errors) Add(fault *InputError) {
	e.Count++
	if e.full && inOrder(e.Faults[maxFaults-1], fault) <= 0 {
		return
	}
	e.Faults = append(e.Faults, fault)
	if len(e.Faults) >= 2*maxFaults {
		e.trim()
	}
}

// Merge adds all faults of other.
func (e *Errors) Merge(other *Errors) {
	e.Count += other.Count
	e.Faults = append(e.Faults, other.Faults...)
	e.trim()
}

// Err returns nil when there are no faults, else e with its faults in order.
func (e *Errors) Err() error {
	if e.Count == 0 {
		return nil
	}
	e.trim()
	return e
}

func (e *Errors) trim() {
	slices.SortStableFunc(e.Faults, inOrder)
	if len(e.Faults) > maxFaults {
		clear(e.Faults[maxFaults:])
		e.Faults = e.Faults[:maxFaults]
	}
	e.full = len(e.Faults) == maxFaults
}

// inOrder compares faults by kind of record, then position.
func inOrder(a, b *InputError) int {
	return cmp.Or(strings.Compare(a.Record, b.Record), cmp.Compare(a.Index, b.Index))
}

// Error returns the first ten faults, one a line, and how many more there are.
func (e *Errors) Error() string {
	if e.Count == 1 && len(e.Faults) == 1 {
		return e.Faults[0].Error()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d faults", e.Count)
	for _, f := range e.Faults[:min(shownFaults, len(e.Faults))] {
		b.WriteString("\n\t" + f.Error())
	}
	if more := e.Count - min(shownFaults, len(e.Faults)); more > 0 {
		fmt.Fprintf(&b, "\n\tand %d more", more)
	}
	return b.String()
}

// Unwrap returns each fault that is kept.
func (e *Errors) Unwrap() []error {
	errs := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		errs[i] = f
	}
	return errs
}

// shorten makes text from outside fit to be shown: at most 40 characters, on
// one line, quoted when it holds anything that does not print.
func shorten(s string) string {
	const most = 40
	if enough := 4 * (most + 1); len(s) > enough {
		s = s[:enough] // no character is longer than four bytes
	}
	cut := s
	if utf8.RuneCountInString(s) > most {
		for i := range s {
			if utf8.RuneCountInString(s[:i]) == most {
				cut = s[:i] + "…"
				break
			}
		}
	}
	for _, r := range cut {
		if !strconv.IsPrint(r) || r == utf8.RuneError {
			return strconv.Quote(cut)
		}
	}
	return cut
}
