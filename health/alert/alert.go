package alert

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// A Key is what no two open alerts have in common.
type Key struct {
	Account success.AccountID `json:"account"`
	Kind    Kind              `json:"kind"`
	Subject string            `json:"subject,omitempty"` // the goal that was missed, the champion who left; else empty
}

// Compare orders keys by account, kind and subject.
func (k Key) Compare(l Key) int {
	return cmp.Or(cmp.Compare(k.Account, l.Account), cmp.Compare(k.Kind, l.Kind), cmp.Compare(k.Subject, l.Subject))
}

// An Alert is something about an account that somebody should know.
type Alert struct {
	Key
	Severity  Severity        `json:"severity"`
	Evidence  string          `json:"evidence"`        // why, in words with figures, as last seen
	AtStake   decimal.Decimal `json:"at_stake"`        // revenue of the account, as last seen
	Opened    success.Date    `json:"opened"`          // the day it was
	Confirmed success.Date    `json:"confirmed"`       // the last day on which its reason was seen
	Closed    success.Date    `json:"closed,omitzero"` // the day it was; none while open
	Reason    Reason          `json:"reason"`          // why it was closed
	Status    Status          `json:"status"`          // what became of it in the last run; [Next] reads the days, not this
}

// Open reports whether the alert is not closed.
func (a Alert) Open() bool { return a.Closed.IsZero() }

// check adds the faults of a, for the alert at a position of a state.
func (a *Alert) check(index int, state success.Date, faults *success.Errors) {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "alert", Index: index, Field: field, Value: value, Err: err})
	}
	if a.Account == "" {
		add("Account", "", success.ErrMissing)
	}
	if !a.Kind.valid() {
		add("Kind", a.Kind.String(), success.ErrUnknown)
	}
	if err := checkNumber(a.AtStake); err != nil {
		add("AtStake", show(a.AtStake), err)
	}
	if a.Opened.IsZero() {
		add("Opened", "", success.ErrMissing)
	}
	if a.Confirmed.IsZero() {
		add("Confirmed", "", success.ErrMissing)
	}
	for _, d := range []struct {
		field string
		day   success.Date
	}{{"Opened", a.Opened}, {"Confirmed", a.Confirmed}, {"Closed", a.Closed}} {
		switch {
		case d.day.IsZero():
		case d.day.Before(a.Opened):
			add(d.field, d.day.String(), fault.New(success.ErrOrder, "is before Opened %s", a.Opened))
		case !state.IsZero() && d.day.After(state):
			add(d.field, d.day.String(), fault.New(success.ErrOrder, "is after the state's AsOf %s", state))
		}
	}
}

// A State is what a run leaves behind. The zero value is that before the first.
type State struct {
	AsOf   success.Date `json:"as_of,omitzero"` // the day of the run
	Alerts []Alert      `json:"alerts"`         // open ones, and closed ones whose key is quiet; one for each key, by key
}

// Open returns the alerts that are open, the most severe first, then those with
// the most at stake, then by key.
func (s State) Open() []Alert {
	open := slices.DeleteFunc(slices.Clone(s.Alerts), func(a Alert) bool { return !a.Open() })
	slices.SortFunc(open, func(a, b Alert) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), b.AtStake.Cmp(a.AtStake), a.Key.Compare(b.Key))
	})
	return open
}

// With returns the alerts of which a certain thing became in the last run, by
// key: those opened, say, to tell people about.
func (s State) With(status Status) []Alert {
	return slices.DeleteFunc(slices.Clone(s.Alerts), func(a Alert) bool { return a.Status != status })
}

// AtStake returns the revenue of the accounts that have an open alert. An account
// counts once, however many it has; where they were last seen with different
// revenues, with the largest.
func (s State) AtStake() decimal.Decimal {
	most := make(map[success.AccountID]decimal.Decimal)
	var sum decimal.Decimal
	for _, a := range s.Alerts {
		had := most[a.Account]
		if a.Open() && a.AtStake.GreaterThan(had) {
			sum = sum.Sub(had).Add(a.AtStake)
			most[a.Account] = a.AtStake
		}
	}
	return sum
}

// check adds the faults of the state of the last run before a run on asOf.
func (s State) check(asOf success.Date, faults *success.Errors) {
	switch {
	case s.AsOf.IsZero() && len(s.Alerts) > 0:
		faults.Add(&success.InputError{Record: "state", Index: -1, Field: "AsOf", Err: success.ErrMissing})
	case !asOf.IsZero() && s.AsOf.After(asOf):
		faults.Add(&success.InputError{Record: "state", Index: -1, Field: "AsOf", Value: s.AsOf.String(), Err: fault.New(success.ErrOrder, "is after %s", asOf)})
	}
	seen := make(map[Key]int, len(s.Alerts))
	for i := range s.Alerts {
		a := &s.Alerts[i]
		a.check(i, s.AsOf, faults)
		if j, twice := seen[a.Key]; twice && a.Account != "" && a.Kind.valid() {
			faults.Add(&success.InputError{Record: "alert", Index: i, Field: "Key", Value: string(a.Account), Err: fault.New(success.ErrDuplicate, "has the key of alert %d", j)})
		} else if !twice {
			seen[a.Key] = i
		}
	}
}
