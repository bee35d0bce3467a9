package fault_test

import (
	"errors"
	"testing"

	"metrics.internal/success/internal/fault"
)

func TestNew(t *testing.T) {
	kind := errors.New("is out of order")
	err := fault.New(kind, "is not after Start %s", "2024-03-01")
	if got, want := err.Error(), "is not after Start 2024-03-01"; got != want {
		t.Errorf("reads %q, want %q", got, want)
	}
	if !errors.Is(err, kind) || errors.Is(err, errors.New("is out of order")) {
		t.Error("is not of its kind, or of another")
	}
}
