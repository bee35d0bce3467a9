// Package fault words the reasons for which a value cannot be used.
package fault

import "fmt"

// A reason reads as a predicate, "is not after Start 2024-03-01", and is of a
// kind that errors.Is finds.
type reason struct {
	kind error
	text string
}

// New returns an error that reads as the text and wraps kind.
func New(kind error, format string, args ...any) error {
	return &reason{kind, fmt.Sprintf(format, args...)}
}

func (r *reason) Error() string { return r.text }

func (r *reason) Unwrap() error { return r.kind }
