package help

import (
	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// An Account is what is known of one account in a comparison.
type Account struct {
	ID      success.AccountID // unique within one call
	Start   success.Date      // the day its clock starts: first paid day
	Left    success.Date      // the first day it was no longer there; none while it is
	Until   success.Date      // the last day on which leaving would have been seen; none means Options.AsOf
	Began   success.Date      // the day help began, before Left; none means never
	Stratum string            // the group of alike accounts, known before help

	Opening decimal.Decimal // revenue on the landmark; needed for revenue kept
	Closing decimal.Decimal // revenue on the horizon, 0 when gone
	Hours   decimal.Decimal // of help, needed for the return on it

	Numbers []float64 // traits known before help, as named by [Traits]; for [Match]
	Classes []string  // traits known before help, as named by [Traits]; for [Match]
}

// Options are the choices of a comparison.
type Options struct {
	AsOf    success.Date // the last day anything is known of; needed
	Day     int          // the landmark, in days since the start; 0 is the start itself
	Horizon int          // how far to look from the landmark, in days; 0 means 365
	Level   float64      // of the intervals, in (0, 1); 0 means 0.95
	Strata  []string     // the strata there are; nil takes what the accounts name
	Score   bool         // Miettinen–Nurminen instead of Newcombe, where nobody is censored before the horizon
	MOVER   bool         // MOVER instead of Koopman, where nobody is censored before the horizon
}

// defaultHorizon is a year.
const defaultHorizon = 365

func (o *Options) check(faults *success.Errors) (z float64) {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "options", Index: -1, Field: field, Value: value, Err: err})
	}
	if o.AsOf.IsZero() {
		add("AsOf", "", success.ErrMissing)
	}
	if o.Horizon == 0 {
		o.Horizon = defaultHorizon
	}
	if o.Day < 0 {
		add("Day", check.Int(o.Day), success.ErrNegative)
	}
	if o.Horizon < 0 {
		add("Horizon", check.Int(o.Horizon), success.ErrNegative)
	}
	return check.Level(o.Level, faults)
}

// checkAccounts reports what no comparison can use: a missing or second ID, a
// missing Start, dates out of order, negative hours, money out of range and a
// stratum that is not one of those named.
func checkAccounts(accounts []Account, o Options, faults *success.Errors) {
	if len(accounts) == 0 {
		faults.Add(&success.InputError{Record: "accounts", Index: -1, Err: success.ErrMissing})
	}
	strata := make(map[string]bool, len(o.Strata))
	for _, s := range o.Strata {
		strata[s] = true
	}
	seen := make(map[success.AccountID]bool, len(accounts))
	for i := range accounts {
		a := &accounts[i]
		add := func(field, value string, err error) {
			faults.Add(&success.InputError{Record: "account", Index: i, Field: field, Value: value, Err: err})
		}
		if a.ID == "" {
			add("ID", "", success.ErrMissing)
		} else if seen[a.ID] {
			add("ID", string(a.ID), success.ErrDuplicate)
		}
		seen[a.ID] = true
		a.checkDates(o.AsOf, add)
		if o.Strata != nil && !strata[a.Stratum] {
			add("Stratum", a.Stratum, success.ErrUnknown)
		}
		a.checkAmounts(add)
	}
}

func (a *Account) checkDates(asOf success.Date, add func(field, value string, err error)) {
	if a.Start.IsZero() {
		add("Start", "", success.ErrMissing)
		return
	}
	if !asOf.IsZero() && a.Start.After(asOf) {
		add("Start", a.Start.String(), fault.New(success.ErrOrder, "is after AsOf %s", asOf))
	}
	if !a.Left.IsZero() && a.Left.Before(a.Start) {
		add("Left", a.Left.String(), fault.New(success.ErrOrder, "is before Start %s", a.Start))
	}
	if !a.Until.IsZero() && a.Until.Before(a.Start) {
		add("Until", a.Until.String(), fault.New(success.ErrOrder, "is before Start %s", a.Start))
	}
	if !a.Began.IsZero() && !a.Left.IsZero() && !a.Began.Before(a.Left) {
		add("Began", a.Began.String(), fault.New(success.ErrOrder, "is not before Left %s", a.Left))
	}
}

func (a *Account) checkAmounts(add func(field, value string, err error)) {
	for _, m := range []struct {
		field  string
		amount decimal.Decimal
	}{{"Opening", a.Opening}, {"Closing", a.Closing}, {"Hours", a.Hours}} {
		if _, ok := exact.Rate(m.amount, 1, 1); !ok {
			add(m.field, exact.Show(m.amount), fault.New(success.ErrRange, "is %d or more", int64(success.RateLimit)))
		} else if m.amount.IsNegative() {
			add(m.field, exact.Show(m.amount), success.ErrNegative)
		}
	}
}

// A stay is an account as the comparisons see it: days from its start, as far
// as they are known.
type stay struct {
	*Account
	days  int  // to leaving or the last day seen
	left  bool // else it is censored
	end   int  // the day until which leaving would have been seen
	began int  // help, no earlier than 0; -1 is never, as far as known
}

func stayOf(a *Account, asOf success.Date) stay {
	until := asOf
	if !a.Until.IsZero() && a.Until.Before(asOf) {
		until = a.Until
	}
	s := stay{Account: a, end: until.Sub(a.Start), began: -1}
	s.days = s.end
	if !a.Left.IsZero() && !a.Left.After(until) {
		s.left, s.days = true, a.Left.Sub(a.Start)
	}
	if !a.Began.IsZero() && !a.Began.After(until) {
		s.began = max(0, a.Began.Sub(a.Start))
	}
	return s
}

// A member is an account of a landmark comparison: one that was there on the
// landmark, from which its days count.
type member struct {
	*Account
	days     int
	left     bool
	followed bool // to the horizon, whether it stayed or not
	helped   bool
}

// side is 1 for the helped, 0 for the others.
func (m *member) side() int {
	if m.helped {
		return 1
	}
	return 0
}

// A panel is the accounts of a landmark comparison and those left out of it.
type panel struct {
	members  []member
	gone     int // left by the landmark
	censored int // not seen after the landmark
	later    int // of the unhelped, those helped after the landmark
}

func panelOf(accounts []Account, o Options) panel {
	var p panel
	for i := range accounts {
		s := stayOf(&accounts[i], o.AsOf)
		switch {
		case s.days <= o.Day && s.left:
			p.gone++
		case s.days <= o.Day:
			p.censored++
		default:
			m := member{s.Account, s.days - o.Day, s.left, s.end-o.Day >= o.Horizon, s.began >= 0 && s.began <= o.Day}
			if s.began > o.Day {
				p.later++
			}
			p.members = append(p.members, m)
		}
	}
	return p
}
