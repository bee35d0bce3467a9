package triangle

import (
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// A Unit is the length of a period.
type Unit uint8

// The units.
const (
	Month Unit = iota
	Day
	Week
	Quarter
	Year
	units
)

// months returns how many months a unit has, 0 for days and weeks.
func (u Unit) months() int {
	return [units]int{Month: 1, Quarter: 3, Year: 12}[u]
}

// days returns how many days a unit without months has.
func (u Unit) days() int {
	if u == Week {
		return 7
	}
	return 1
}

// A Begin says which row an account belongs to.
type Begin uint8

// The ways to begin. For revenue, an account is active on the days it pays; for
// events, on those with one.
const (
	FirstEver     Begin = iota // the period of the first active day there is
	FirstInWindow              // that of the first active day in Options.Window
	SignUp                     // that of the day it signed up, see Options.Accounts; it belongs there even if it never was active
	Recurring                  // every period with an event, or at whose close it pays: an account is in many rows
	begins
)

// Options are the choices of a triangle.
type Options struct {
	AsOf      success.Date      // the last day anything is known of, up to the year 9990; needed
	Unit      Unit              // of the periods; zero means months
	WeekStart int               // days after Monday on which weeks start: 0 is Monday, 6 Sunday
	Elapsed   bool              // columns run from each account's own start; not with Recurring
	Begin     Begin             // which row an account belongs to
	Window    success.Period    // rows shown, from the period of its first day to that of its last; zero means all
	Columns   int               // the most columns; 0 means all there are
	OrAfter   bool              // of events: active in period k or a later one, instead of in k
	Accounts  []success.Account // their sign-up days, for SignUp
	Level     float64           // of the intervals, in (0, 1); 0 means 0.95
}

// maxCells is how many cells a triangle may have, and lastYear the last one that
// AsOf may be in: the periods that follow have to end.
const (
	maxCells = 1 << 22
	lastYear = 9990
)

func (o *Options) check(faults *success.Errors) (z float64) {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "options", Index: -1, Field: field, Value: value, Err: err})
	}
	if o.AsOf.IsZero() {
		add("AsOf", "", success.ErrMissing)
	} else if o.AsOf.Year() > lastYear {
		add("AsOf", o.AsOf.String(), success.ErrRange)
	}
	if o.Unit >= units {
		add("Unit", strconv.Itoa(int(o.Unit)), success.ErrUnknown)
		o.Unit = Month
	}
	if o.Begin >= begins {
		add("Begin", strconv.Itoa(int(o.Begin)), success.ErrUnknown)
	}
	if o.WeekStart < 0 || o.WeekStart > 6 {
		add("WeekStart", strconv.Itoa(o.WeekStart), fault.New(success.ErrRange, "is not between 0 and 6"))
		o.WeekStart = 0
	}
	if o.Columns < 0 {
		add("Columns", strconv.Itoa(o.Columns), success.ErrNegative)
	}
	if o.Elapsed && o.Begin == Recurring {
		add("Elapsed", "", fault.New(success.ErrRange, "cannot go with Recurring: an account has one start"))
	}
	o.checkWindow(add)
	if o.Begin == SignUp {
		o.checkAccounts(faults)
	}
	return check.Level(o.Level, faults)
}

func (o *Options) checkWindow(add func(field, value string, err error)) {
	switch {
	case o.Window != success.Period{} && o.Window.Validate() != nil:
		add("Window", o.Window.String(), fault.New(success.ErrOrder, "is not a period"))
	case o.Window == success.Period{} && o.Begin == FirstInWindow:
		add("Window", "", success.ErrMissing)
	case !o.AsOf.IsZero() && o.Window.From.After(o.AsOf):
		add("Window", o.Window.String(), fault.New(success.ErrOrder, "begins after AsOf %s", o.AsOf))
	}
}

func (o *Options) checkAccounts(faults *success.Errors) {
	seen := make(map[success.AccountID]bool, len(o.Accounts))
	for i, a := range o.Accounts {
		a.Check(i, faults)
		if seen[a.ID] {
			faults.Add(&success.InputError{Record: "account", Index: i, Field: "ID", Value: string(a.ID), Err: success.ErrDuplicate})
		}
		seen[a.ID] = true
		if a.SignedUp.IsZero() {
			faults.Add(&success.InputError{Record: "account", Index: i, Field: "SignedUp", Err: success.ErrMissing})
		}
	}
}

// periodStart returns the first day of the calendar period that d is in.
func (o *Options) periodStart(d success.Date) success.Date {
	switch o.Unit {
	case Day:
		return d
	case Week:
		sinceMonday := (int(d.Weekday()) + 6) % 7
		return d.AddDays(-((sinceMonday - o.WeekStart + 7) % 7))
	}
	_, month, day := d.Civil()
	return d.AddDays(1 - day).AddMonths(-((int(month) - 1) % o.Unit.months()))
}

// periodAfter returns the day n periods after a start.
func (o *Options) periodAfter(start success.Date, n int) success.Date {
	if months := o.Unit.months(); months > 0 {
		return start.AddMonths(n * months)
	}
	return start.AddDays(n * o.Unit.days())
}
