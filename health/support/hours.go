package support

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// An Opening is a stretch of a day, by the clock on the wall, during which
// somebody works: from From up to, but not including, To.
//
// Work past midnight is two openings, one up to 24 hours and one of the next
// day from 0.
type Opening struct {
	Day  time.Weekday  // of the week
	From time.Duration // after midnight, in whole seconds
	To   time.Duration // after midnight, in whole seconds; at most 24 hours
}

// Weekdays returns the opening from one time of day to another on each day from
// Monday to Friday.
func Weekdays(from, to time.Duration) []Opening {
	week := make([]Opening, 0, 5)
	for day := time.Monday; day <= time.Friday; day++ {
		week = append(week, Opening{day, from, to})
	}
	return week
}

// Hours are the business hours of a team.
type Hours struct {
	Zone     *time.Location // whose clocks Openings speak of; must not be nil
	Openings []Opening      // of a week, in any order; those of a day may touch but not overlap
	Holidays []success.Date // days of Zone on which nobody works, in any order; one named twice is one holiday
}

const day = 24 * time.Hour

// check reports every fault of h.
func (h *Hours) check(faults *success.Errors) {
	if h.Zone == nil {
		faults.Add(&success.InputError{Record: "hours", Index: -1, Field: "Zone", Err: success.ErrMissing})
	}
	if len(h.Openings) == 0 {
		faults.Add(&success.InputError{Record: "hours", Index: -1, Field: "Openings", Err: success.ErrMissing})
	}
	for i, o := range h.Openings {
		o.check(i, faults)
	}
	h.checkOverlaps(faults)
	for i, d := range h.Holidays {
		if d.IsZero() {
			faults.Add(&success.InputError{Record: "holiday", Index: i, Err: success.ErrMissing})
		}
	}
}

func (o Opening) check(index int, faults *success.Errors) {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "opening", Index: index, Field: field, Value: value, Err: err})
	}
	if o.Day < time.Sunday || o.Day > time.Saturday {
		add("Day", strconv.Itoa(int(o.Day)), success.ErrUnknown)
	}
	clock := func(field string, t time.Duration) {
		switch {
		case t < 0:
			add(field, t.String(), success.ErrNegative)
		case t > day:
			add(field, t.String(), fault.New(success.ErrRange, "is more than 24 hours after midnight"))
		case t%time.Second != 0:
			add(field, t.String(), fault.New(success.ErrRange, "is not a whole number of seconds"))
		}
	}
	clock("From", o.From)
	clock("To", o.To)
	if o.To <= o.From {
		add("To", o.To.String(), fault.New(success.ErrOrder, "is not after From %s", o.From))
	}
}

// checkOverlaps reports each opening that begins before another of its day has
// ended.
func (h *Hours) checkOverlaps(faults *success.Errors) {
	order := make([]int, len(h.Openings))
	for i := range order {
		order[i] = i
	}
	at := func(i int) Opening { return h.Openings[i] }
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(at(i).Day, at(j).Day), cmp.Compare(at(i).From, at(j).From), cmp.Compare(i, j))
	})
	for k, longest := 1, 0; k < len(order); k++ {
		before, this := order[longest], order[k]
		if at(before).Day == at(this).Day && at(this).From < at(before).To {
			faults.Add(&success.InputError{Record: "opening", Index: this, Field: "From", Value: at(this).From.String(),
				Err: fault.New(success.ErrOrder, "is before the end of opening[%d]", before)})
		}
		if at(before).Day != at(this).Day || at(this).To > at(before).To {
			longest = k
		}
	}
}
