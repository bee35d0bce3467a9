// Package refusal checks in tests that bad input is named, all of it.
package refusal

import (
	"errors"
	"strings"
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

// single are the records that there is one of in a call, so that their faults
// have no position.
const single = " accounts activity amount answers asOf asked book by cohorts columns comments cost day deadZone " +
	"definition deflection digits direction groups growth horizon hours hysteresis key left " +
	"mentioned method model options order override paths policy programme quantiles " +
	"query rank ratio rubric scale score share state strata study team to values weighting window " +
	"worths x "

// Check reports a test error unless err has exactly the given faults, in order,
// and those of single records no position.
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
		} else if got.Index != -1 && strings.Contains(single, " "+got.Record+" ") {
			t.Errorf("%s: fault %d is at position %d of the only %s", what, i, got.Index, got.Record)
		}
	}
}
