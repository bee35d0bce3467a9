package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"metrics.internal/success"
)

// A Fault is something in a record that no figure can be made of. The library
// names records by their position in a call, which says nothing once they come
// from many shards; a Fault names them by what they are called.
type Fault struct {
	Record  string `json:"record"` // "contract", "lead", …
	ID      string `json:"id,omitempty"`
	Account string `json:"account,omitempty"`
	Field   string `json:"field,omitempty"`
	Value   string `json:"value,omitempty"`
	Problem string `json:"problem"`
}

// String returns a line like
//
//	contract C17 of A4: End 2024-02-01 is not after Start 2024-03-01
func (f Fault) String() string {
	who := strings.TrimSpace(f.Record + " " + f.ID)
	if f.Account != "" {
		who += " of " + f.Account
	}
	return who + ": " + strings.Join(strings.Fields(f.Field+" "+f.Value+" "+f.Problem), " ")
}

func (f Fault) compare(g Fault) int {
	return cmp.Or(
		strings.Compare(f.Record, g.Record), strings.Compare(f.ID, g.ID), strings.Compare(f.Account, g.Account),
		strings.Compare(f.Field, g.Field), strings.Compare(f.Value, g.Value), strings.Compare(f.Problem, g.Problem),
	)
}

// maxFaults is how many faults are kept: those of a file in the wrong format
// would be as many as its rows.
const maxFaults = 1000

// Faults are those of some records. They are an accumulator, and an error.
type Faults struct {
	First []Fault `json:"first"` // the first 1,000 in order
	Count int     `json:"count"` // of all
}

func (f Faults) merge(g Faults) Faults {
	sum := Faults{slices.Concat(f.First, g.First), f.Count + g.Count}
	slices.SortFunc(sum.First, Fault.compare)
	if len(sum.First) > maxFaults {
		sum.First = sum.First[:maxFaults]
	}
	return sum
}

// Error returns a line for each fault that is kept, then the count of all.
func (f Faults) Error() string {
	var b strings.Builder
	for _, one := range f.First {
		fmt.Fprintln(&b, one)
	}
	fmt.Fprintf(&b, "%d faults", f.Count)
	return b.String()
}

// faultsOf returns the faults that the library found in a call, as Faults, with
// the names of the records at their positions. Any other error is returned as it is.
func faultsOf(err error, named func(record string, i int) (id string, account success.AccountID)) error {
	var found *success.Errors
	if !errors.As(err, &found) {
		return err
	}
	faults := Faults{Count: found.Count}
	for _, e := range found.Faults {
		f := Fault{Record: e.Record, Field: e.Field, Value: e.Value, Problem: e.Err.Error()}
		if e.Index >= 0 {
			id, account := named(e.Record, e.Index)
			f.ID, f.Account = id, string(account)
		}
		faults.First = append(faults.First, f)
	}
	return faults.merge(Faults{})
}

// emitted gives Faults to the step that collects them. Any other error, such as
// one of the engine, is returned, and stops the run.
func emitted(err error, emit func(Faults)) error {
	var faults Faults
	if errors.As(err, &faults) {
		emit(faults)
		return nil
	}
	return err
}
