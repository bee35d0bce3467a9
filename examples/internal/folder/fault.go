package folder

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"metrics.internal/success"
)

// A Fault is something in a file that makes the folder unusable.
type Fault struct {
	File   string // empty for what is not about one row: then Err says it all
	Line   int    // where the row begins
	Column string // empty for the row as a whole
	Value  string // what was found; empty when nothing was
	Err    error  // why it cannot be
}

// Error returns a line like
//
//	contracts.csv:19: end: 2024-02-01 is not after start 2024-03-01
func (f *Fault) Error() string {
	if f.File == "" {
		return f.Err.Error()
	}
	where := fmt.Sprintf("%s:%d", f.File, f.Line)
	if f.Column != "" {
		where += ": " + f.Column
	}
	e := success.InputError{Record: where, Index: -1, Value: f.Value, Err: f.Err}
	return e.Error()
}

// Unwrap returns f.Err.
func (f *Fault) Unwrap() error { return f.Err }

// maxFaults is how many faults are kept.
const maxFaults = 1000

// Faults are those of a folder: the first 1,000 in order of file and line, and
// how many there are.
type Faults struct {
	Kept  []*Fault
	Count int
}

func (f *Faults) add(fault *Fault) {
	f.Count++
	f.Kept = append(f.Kept, fault)
	if len(f.Kept) >= 2*maxFaults {
		f.trim()
	}
}

func (f *Faults) trim() {
	slices.SortStableFunc(f.Kept, func(a, b *Fault) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	if len(f.Kept) > maxFaults {
		clear(f.Kept[maxFaults:])
		f.Kept = f.Kept[:maxFaults]
	}
}

// err returns f with its faults in order, nil when it has none.
func (f *Faults) err() error {
	if f.Count == 0 {
		return nil
	}
	f.trim()
	return f
}

// Error returns one line for each fault that is kept, then the count of all.
func (f *Faults) Error() string {
	var b strings.Builder
	for _, fault := range f.Kept {
		b.WriteString(fault.Error() + "\n")
	}
	switch {
	case f.Count == 1:
		b.WriteString("1 fault")
	case f.Count > len(f.Kept):
		fmt.Fprintf(&b, "%d faults, of which these are the first %d", f.Count, len(f.Kept))
	default:
		fmt.Fprintf(&b, "%d faults", f.Count)
	}
	return b.String()
}

// Unwrap returns each fault that is kept.
func (f *Faults) Unwrap() []error {
	errs := make([]error, len(f.Kept))
	for i, fault := range f.Kept {
		errs[i] = fault
	}
	return errs
}
