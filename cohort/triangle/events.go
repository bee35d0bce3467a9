package triangle

import (
	"cmp"
	"slices"

	"metrics.internal/success"
)

// An Event is a day on which an account did what is counted: logged in, bought,
// spoke to support.
type Event struct {
	Account success.AccountID
	On      success.Date
}

// FromEvents returns the triangle of what accounts did. Several events of an
// account in a period count once, and events after AsOf not at all.
//
// With Options.OrAfter an account counts in every column up to the last in which
// it was active. The columns near the edge then miss what is still to come: at
// the last one, on or after is on. [Cell.Edge] marks it.
//
// It reports, as [success.Errors], events without an account or day
// ([success.ErrMissing]), options out of range, and for SignUp events of accounts
// that Options.Accounts does not have ([success.ErrUnknown]). No events make a
// triangle without rows, unless Options.Window or SignUp say which there are.
func FromEvents(events []Event, options Options) (*Triangle, error) {
	var faults success.Errors
	z := options.check(&faults)
	known := options.known()
	for i, e := range events {
		add := func(field, value string, err error) {
			faults.Add(&success.InputError{Record: "event", Index: i, Field: field, Value: value, Err: err})
		}
		switch {
		case e.Account == "":
			add("Account", "", success.ErrMissing)
		case known != nil && known[e.Account].IsZero():
			add("Account", string(e.Account), success.ErrUnknown)
		}
		if e.On.IsZero() {
			add("On", "", success.ErrMissing)
		}
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	sorted := slices.Clone(events)
	slices.SortFunc(sorted, func(a, b Event) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), a.On.Compare(b.On))
	})
	g, err := newGrid(options, options.earliest(func(yield func(success.Date)) {
		for _, e := range events {
			yield(e.On)
		}
	}))
	if err != nil {
		return nil, err
	}
	g.attendAll(sorted, known)
	return g.triangle(z, false), nil
}

// attendAll adds the accounts of sorted events, and those that signed up
// without any.
func (g *grid) attendAll(events []Event, signedUp map[success.AccountID]success.Date) {
	var days []int
	for len(events) > 0 {
		account := events[0].Account
		days = days[:0]
		n := 0
		for ; n < len(events) && events[n].Account == account; n++ {
			days = append(days, events[n].On.Ordinal())
		}
		events = events[n:]
		switch g.options.Begin {
		case Recurring:
			g.attendEach(days)
		case SignUp:
			g.attend(signedUp[account].Ordinal(), days)
			delete(signedUp, account)
		case FirstInWindow:
			if i, _ := slices.BinarySearch(days, g.options.Window.From.Ordinal()); i < len(days) {
				g.attend(days[i], days)
			}
		default:
			g.attend(days[0], days)
		}
	}
	for _, day := range signedUp {
		g.attend(day.Ordinal(), nil)
	}
}

// known returns the sign-up days by account for SignUp, else nil.
func (o *Options) known() map[success.AccountID]success.Date {
	if o.Begin != SignUp {
		return nil
	}
	days := make(map[success.AccountID]success.Date, len(o.Accounts))
	for _, a := range o.Accounts {
		days[a.ID] = a.SignedUp
	}
	return days
}

// earliest returns the first day on which an account may have begun, none when
// there is none by AsOf.
func (o *Options) earliest(each func(yield func(success.Date))) success.Date {
	var first success.Date
	note := func(d success.Date) {
		if !d.After(o.AsOf) && (first.IsZero() || d.Before(first)) {
			first = d
		}
	}
	if o.Begin == SignUp {
		for _, a := range o.Accounts {
			note(a.SignedUp)
		}
		return first
	}
	each(note)
	return first
}
