// Package refusal checks in tests that bad input is named, all of it.
package refusal

import (
	"errors"
	"testing"

	"metrics.internal/success"
)

// A Fault is what an error must say: of which field, and of which kind it is.
type Fault struct {
	Field string
	Kind  error
}

// Of returns the fault of a field.
func Of(field string, kind error) Fault { return Fault{field, kind} }

// Check reports a test error unless err has exactly the given faults, in order.
func Check(t *testing.T, what string, err error, faults ...Fault) {
	t.Helper()
	var all *success.Errors
	if !errors.As(err, &all) || all.Count != len(faults) {
		t.Errorf("%s: %v, want %d faults", what, err, len(faults))
		return
	}
	for i, want := range faults {
		if got := all.Faults[i]; got.Field != want.Field || !errors.Is(got, want.Kind) {
			t.Errorf("%s: fault %d is %v, want %s %v", what, i, got, want.Field, want.Kind)
		}
	}
}
