package tier

import (
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// An Account is what the assignment knows of a customer.
type Account struct {
	ID         success.AccountID // unique within one call
	Parent     success.AccountID // the account of the family it belongs to, in the call or not; empty when it stands alone
	Revenue    decimal.Decimal   // annual revenue at stake, 0 or more, rounded half to even to a millionth
	Effort     decimal.Decimal   // its hours as a multiple of the tier's, 0.01 to 100, at most two decimals; zero means 1
	Complexity int               // 0 or more, on the caller's own scale
	Strategic  bool              // a brand worth having
	NamedCSM   bool              // has a contractual right to a named CSM
	AtRisk     bool              // might leave
	Renewal    success.Date      // next renewal; none when there is none
	Manual     string            // the tier somebody put it in; empty when nobody did
	Owner      string            // who looks after it; empty when nobody does
	OwnerSince success.Date      // since when; none when unknown
	Before     State             // of the last assignment; zero for an account new to it
}

// A State is what the next assignment needs to know of the last.
type State struct {
	Wanted string       `json:"wanted"`          // the tier the account itself wants, whatever its family does
	Given  string       `json:"given"`           // the tier it has
	Toward string       `json:"toward,omitzero"` // the tier it heads for; empty when that is the one wanted
	Since  success.Date `json:"since,omitzero"`  // the first day it headed that way
}

// A seat is an account in whole numbers.
type seat struct {
	id, owner string
	revenue   int64 // millionths
	effort    int64 // hundredths
	index     int32 // position in the call
	unit      int32
	since     success.Date
	why       rule // what qualifies for byRule
	byRule    int8 // the highest tier by rules other than revenue
	was       int8 // wanted before
	toward    int8
	present   int8 // given before
	wanted    int8
	manual    int8
	lock      Reason // the first that applies, Wanted for none
}

// A rule is a set of rules of an Entry.
type rule uint8

const (
	byComplexity rule = 1 << iota
	byStrategic
	byContract
	byAlso
)

// An entrance turns accounts into seats.
type entrance struct {
	rules  *rules
	asOf   success.Date
	faults *success.Errors
}

// seat checks an account.
func (e *entrance) seat(index int, a *Account) seat {
	add := func(field, value string, err error) {
		if err != nil {
			e.faults.Add(&success.InputError{Record: "account", Index: index, Field: field, Value: value, Err: err})
		}
	}
	named := func(field, name string) int8 {
		i, ok := e.rules.find(name)
		if !ok && name != "" {
			add(field, name, success.ErrUnknown)
		}
		return i
	}
	s := seat{id: string(a.ID), owner: a.Owner, index: int32(index), unit: int32(index)}
	if a.ID == "" {
		add("ID", "", success.ErrMissing)
	}
	var err error
	if s.revenue, err = money(a.Revenue); err != nil {
		add("Revenue", exact.Show(a.Revenue), err)
	}
	if s.effort, err = effort(a.Effort); err != nil {
		add("Effort", exact.Show(a.Effort), err)
	}
	if a.Complexity < 0 {
		add("Complexity", strconv.Itoa(a.Complexity), success.ErrNegative)
	}
	s.manual = named("Manual", a.Manual)
	s.was = named("Before.Wanted", a.Before.Wanted)
	s.present = named("Before.Given", a.Before.Given)
	s.toward = named("Before.Toward", a.Before.Toward)
	switch s.since = a.Before.Since; {
	case a.Before.Toward == "":
	case s.since.IsZero():
		add("Before.Since", "", success.ErrMissing)
	case s.since.After(e.asOf):
		add("Before.Since", s.since.String(), fault.New(success.ErrOrder, "is after the day %s", e.asOf))
	}
	return s
}

func effort(d decimal.Decimal) (hundredths int64, err error) {
	if d.IsZero() {
		return normal, nil
	}
	return whole(d, effortPlaces, maxEffort)
}

// judge finds what a seat wants and what locks it, given its account.
func (e *entrance) judge(s *seat, a *Account) {
	s.byRule, s.why = e.rules.byRule(a)
	e.want(s)
	s.lock = e.lock(s, a)
}

// byRule returns the highest tier that a rule other than revenue qualifies for,
// and which rules do.
func (r *rules) byRule(a *Account) (tier int8, why rule) {
	for i := range r.tiers {
		t := &r.tiers[i]
		if t.complexity > 0 && a.Complexity >= t.complexity {
			why |= byComplexity
		}
		if t.strategic && a.Strategic {
			why |= byStrategic
		}
		if t.contract && a.NamedCSM {
			why |= byContract
		}
		if t.also != nil && t.also(*a) {
			why |= byAlso
		}
		if why != 0 {
			return int8(i), why
		}
	}
	return r.last(), 0
}

// bounds returns the highest tier an account rises to and the highest it keeps.
// The second is never below the first.
func (r *rules) bounds(byRule int8, revenue int64) (rise, fall int8) {
	rise, fall = r.byRevenue(revenue)
	return min(rise, byRule), min(fall, byRule)
}

// target returns the tier that an account heads for: the one wanted before
// unless it lies outside the bounds.
func (r *rules) target(before, byRule int8, revenue int64) int8 {
	rise, fall := r.bounds(byRule, revenue)
	return min(max(before, fall), rise)
}

// want moves what a seat wants on by one assessment.
func (e *entrance) want(s *seat) {
	if s.was == none {
		s.wanted, _ = e.rules.bounds(s.byRule, s.revenue)
		s.settle()
		return
	}
	target := e.rules.target(s.was, s.byRule, s.revenue)
	if s.wanted = s.was; target == s.was {
		s.settle()
		return
	}
	if !s.headed(target) {
		s.since = e.asOf
	}
	if e.asOf.Sub(s.since) >= e.rules.dwell {
		s.wanted = target
		s.settle()
		return
	}
	s.toward = target
}

// settle ends the way to another tier.
func (s *seat) settle() { s.toward, s.since = none, success.Date{} }

// headed reports whether the seat was on its way up or down already, as a target
// is from the tier it wanted.
func (s *seat) headed(target int8) bool {
	return s.toward != none && s.toward != s.was && (s.toward < s.was) == (target < s.was)
}

// lock returns what locks an account, AsWanted for nothing.
func (e *entrance) lock(s *seat, a *Account) Reason {
	locks := &e.rules.locks
	switch {
	case s.manual != none:
		return Manual
	case locks.Strategic && a.Strategic:
		return Strategic
	case locks.Contract && a.NamedCSM:
		return Contract
	case within(a.Renewal, e.asOf, locks.Renewal):
		return Renewal
	case locks.AtRisk && a.AtRisk:
		return AtRisk
	case within(e.asOf, a.OwnerSince, locks.Handover):
		return Handover
	}
	return AsWanted
}

// within reports whether a day is at most so many days after another, which may
// be the same. Neither is none.
func within(day, after success.Date, days int) bool {
	if days == 0 || day.IsZero() || after.IsZero() {
		return false
	}
	gap := day.Sub(after)
	return 0 <= gap && gap <= days
}
