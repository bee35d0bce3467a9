package contact

import (
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// MaxActions is the largest number of actions of a contact that is taken.
const MaxActions = 1_000_000_000_000

// An Account is a customer, with its present contract if it has one.
type Account struct {
	ID    success.AccountID `json:"id"`             // unique within one call
	Start success.Date      `json:"start,omitzero"` // first day of the contract; none when unknown
	End   success.Date      `json:"end,omitzero"`   // first day after the contract; none when unknown or open-ended
}

func (a *Account) check(index int, faults *success.Errors) {
	if a.ID == "" {
		faults.Add(&success.InputError{Record: "account", Index: index, Field: "ID", Err: success.ErrMissing})
	}
	if !a.End.IsZero() && !a.End.After(a.Start) {
		faults.Add(&success.InputError{Record: "account", Index: index, Field: "End", Value: a.End.String(), Err: fault.New(success.ErrOrder, "is not after Start %s", a.Start)})
	}
}

// A Contact is a person at a customer.
type Contact struct {
	ID        string            `json:"id"`                  // unique within the account
	Account   success.AccountID `json:"account"`             // where the person works
	Champion  bool              `json:"champion,omitempty"`  // speaks for the product there
	Actions   int64             `json:"actions"`             // sessions, messages, meetings: one unit throughout, counted over one window
	Joined    success.Date      `json:"joined,omitzero"`     // first day in the job; none when unknown
	LastActed success.Date      `json:"last_acted,omitzero"` // day of the last action; none when unknown or never
	Left      success.Date      `json:"left,omitzero"`       // first day no longer in the job; none while in it
}

func (c *Contact) check(index int, asOf success.Date, faults *success.Errors) {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "contact", Index: index, Field: field, Value: value, Err: err})
	}
	if c.ID == "" {
		add("ID", "", success.ErrMissing)
	}
	switch {
	case c.Actions < 0:
		add("Actions", strconv.FormatInt(c.Actions, 10), success.ErrNegative)
	case c.Actions > MaxActions:
		add("Actions", strconv.FormatInt(c.Actions, 10), success.ErrRange)
	}
	day := func(field string, d success.Date) {
		if err := check.Day(d, c.Joined, "Joined", asOf); err != nil {
			add(field, d.String(), err)
		}
	}
	day("Joined", c.Joined)
	day("LastActed", c.LastActed)
	day("Left", c.Left)
	if !c.Left.IsZero() && !c.LastActed.Before(c.Left) {
		add("LastActed", c.LastActed.String(), fault.New(success.ErrOrder, "is not before Left %s", c.Left))
	}
}
