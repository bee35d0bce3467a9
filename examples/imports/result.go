package imports

import (
	"fmt"
	"maps"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// A Result holds what an export was made into, and what was not.
type Result struct {
	Accounts     []success.Account // who the records are of, each once
	Contracts    []success.Contract
	Interactions []success.Interaction
	Deals        []attribution.Deal
	Leads        []attribution.Lead

	LeftOut []Omission // records and parts of records that nothing was made of, in the order of the export
	Unused  []string   // fields of the export that nothing is made of, each once, in order
	Notes   []string   // what had to be assumed, each once, in the order in which it came up
}

// An Omission is a record of an export, or a part of one, that is left out.
type Omission struct {
	Record string // "line" or what the vendor calls it
	Index  int    // the line, or the position in the list, from 0
	ID     string // of what is left out
	Reason string // why
}

// String returns a line like
//
//	subscription[3] si_7: is metered, what it costs is not in the export
func (o Omission) String() string {
	return fmt.Sprintf("%s[%d] %s: %s", o.Record, o.Index, o.ID, o.Reason)
}

// A place is where something stands in an export.
type place struct {
	record string
	index  int
}

// A sink collects what is made of an export.
type sink struct {
	result Result
	faults success.Errors
	ids    map[string]bool           // by kind
	known  map[success.AccountID]int // position of accounts
	fields map[string]bool           // whether something is made of it
	noted  map[string]bool           // notes
}

func newSink() *sink {
	return &sink{
		ids: map[string]bool{}, known: map[success.AccountID]int{},
		fields: map[string]bool{}, noted: map[string]bool{},
	}
}

func (s *sink) fault(at place, field, value string, err error) {
	s.faults.Add(&success.InputError{Record: at.record, Index: at.index, Field: field, Value: value, Err: err})
}

func (s *sink) leaveOut(at place, id, reason string, args ...any) {
	s.result.LeftOut = append(s.result.LeftOut, Omission{at.record, at.index, id, fmt.Sprintf(reason, args...)})
}

func (s *sink) note(format string, args ...any) {
	note := fmt.Sprintf(format, args...)
	if !s.noted[note] {
		s.noted[note] = true
		s.result.Notes = append(s.result.Notes, note)
	}
}

// found finds faults with a record that was made at a place.
func (s *sink) found(at place, faults *success.Errors) {
	for _, f := range faults.Faults {
		s.fault(at, f.Field, f.Value, f.Err)
	}
}

// once finds a fault with an ID that was used before.
func (s *sink) once(at place, kind, id string) {
	if id == "" {
		return
	}
	if key := kind + " " + id; s.ids[key] {
		s.fault(at, "ID", id, success.ErrDuplicate)
	} else {
		s.ids[key] = true
	}
}

// account adds an account, or what is new about one that is there.
func (s *sink) account(at place, a success.Account) {
	i, again := s.known[a.ID]
	if !again {
		var faults success.Errors
		a.Check(at.index, &faults)
		s.found(at, &faults)
		s.known[a.ID] = len(s.result.Accounts)
		s.result.Accounts = append(s.result.Accounts, a)
		return
	}
	had := &s.result.Accounts[i]
	if had.Name == "" {
		had.Name = a.Name
	}
	if had.SignedUp.IsZero() {
		had.SignedUp = a.SignedUp
	}
}

func (s *sink) contract(at place, c success.Contract) {
	var faults success.Errors
	c.Check(at.index, &faults)
	s.found(at, &faults)
	s.once(at, "contract", string(c.ID))
	s.result.Contracts = append(s.result.Contracts, c)
}

func (s *sink) interaction(at place, i success.Interaction) {
	var faults success.Errors
	i.Check(at.index, &faults)
	s.found(at, &faults)
	s.result.Interactions = append(s.result.Interactions, i)
}

func (s *sink) deal(at place, d attribution.Deal) {
	var faults success.Errors
	d.Check(at.index, &faults)
	s.found(at, &faults)
	s.result.Deals = append(s.result.Deals, d)
}

func (s *sink) lead(at place, l attribution.Lead) {
	var faults success.Errors
	l.Check(at.index, &faults)
	s.found(at, &faults)
	s.result.Leads = append(s.result.Leads, l)
}

// end returns what was collected or, if there are faults, those alone.
func (s *sink) end() (Result, error) {
	if err := s.faults.Err(); err != nil {
		return Result{}, err
	}
	for _, field := range slices.Sorted(maps.Keys(s.fields)) {
		if !s.fields[field] {
			s.result.Unused = append(s.result.Unused, field)
		}
	}
	return s.result, nil
}
