package goal

import (
	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/internal/productlimit"
)

// A Wait is a customer's way from a start to a value that is the same for all,
// such as the first campaign sent.
type Wait struct {
	Account success.AccountID `json:"account"`          // whose way it is; unique within one call
	Start   success.Date      `json:"start"`            // the day it began
	Reached success.Date      `json:"reached,omitzero"` // the day of the value; none while not there
	Left    success.Date      `json:"left,omitzero"`    // the day the customer left without getting there; none when it did not
}

// A Speed is how long customers take from a start to a value.
type Speed struct {
	From          string         `json:"from"`            // the start, in words: "go-live", "signature"
	Reached       int            `json:"reached"`         // customers who are there
	Waiting       int            `json:"waiting"`         // customers who are not, and may still get there
	Left          int            `json:"left"`            // customers who left before they got there
	Median        success.Figure `json:"median"`          // days within which half get there; undefined while they have not
	MeanOfReached success.Figure `json:"mean_of_reached"` // mean days of those who are there: too short, as it leaves out all who take long

	curve productlimit.Curve
}

// TimeToValue returns how long customers, in any order, take from a start that
// from names to a value, as known at the close of a day.
//
// The median is that of the Kaplan–Meier estimate, in which customers who are
// not there yet count as having waited for so long at least; they are not left
// out, which would flatter, nor do they count as never. Customers who left are
// censored on the day they did. The estimate takes it that they would have got
// there as fast as the others; where many leave because they do not get there,
// it is too short, and Left says how many did.
//
// As errors it reports a start without a name or asOf, a missing Account or
// Start ([success.ErrMissing]), an account that comes twice
// ([success.ErrDuplicate]), a Reached or Left before Start or after asOf, a Start
// after asOf, and both a Reached and a Left, unless the customer left later
// ([success.ErrOrder]).
func TimeToValue(waits []Wait, from string, asOf success.Date) (Speed, error) {
	if err := checkWaits(waits, from, asOf); err != nil {
		return Speed{}, err
	}
	s := Speed{From: from}
	observations := make([]productlimit.Observation, len(waits))
	days := 0
	for i, w := range waits {
		end, there := w.end(asOf)
		observations[i] = productlimit.Observation{Time: float64(end.Sub(w.Start)), Ended: there}
		switch {
		case there:
			s.Reached++
			days += end.Sub(w.Start)
		case !w.Left.IsZero():
			s.Left++
		default:
			s.Waiting++
		}
	}
	s.curve = productlimit.Fit(observations)
	s.Median = s.Quantile(0.5)
	if s.Reached > 0 {
		s.MeanOfReached = success.FigureOf(float64(days) / float64(s.Reached))
	}
	return s, nil
}

// Quantile returns the days within which a share p gets there. It is undefined
// while so many have not, and for a p outside (0, 1).
func (s Speed) Quantile(p float64) success.Figure {
	days, ok := s.curve.Quantile(p)
	if !ok {
		return success.Figure{}
	}
	return success.FigureOf(days)
}

// end returns the last day on which something is known of w, and whether it is
// that of the value.
func (w *Wait) end(asOf success.Date) (day success.Date, there bool) {
	switch {
	case !w.Reached.IsZero():
		return w.Reached, true
	case !w.Left.IsZero():
		return w.Left, false
	}
	return asOf, false
}

func checkWaits(waits []Wait, from string, asOf success.Date) error {
	var faults success.Errors
	if from == "" {
		faults.Add(&success.InputError{Record: "options", Index: -1, Field: "From", Err: success.ErrMissing})
	}
	checkDate("AsOf", asOf, &faults)
	first := make(map[success.AccountID]int, len(waits))
	for i := range waits {
		w := &waits[i]
		w.check(i, asOf, &faults)
		if j, seen := first[w.Account]; seen && w.Account != "" {
			faults.Add(&success.InputError{Record: "wait", Index: i, Field: "Account", Value: string(w.Account), Err: fault.New(success.ErrDuplicate, "is that of wait %d too", j)})
		} else if !seen {
			first[w.Account] = i
		}
	}
	return faults.Err()
}

func (w *Wait) check(index int, asOf success.Date, faults *success.Errors) {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "wait", Index: index, Field: field, Value: value, Err: err})
	}
	if w.Account == "" {
		add("Account", "", success.ErrMissing)
	}
	if w.Start.IsZero() {
		add("Start", "", success.ErrMissing)
	}
	after := func(field string, d success.Date) {
		if err := check.Day(d, w.Start, "Start", asOf); err != nil {
			add(field, d.String(), err)
		}
	}
	after("Start", w.Start)
	after("Reached", w.Reached)
	after("Left", w.Left)
	if !w.Left.IsZero() && w.Left.Before(w.Reached) {
		add("Reached", w.Reached.String(), fault.New(success.ErrOrder, "is after Left %s", w.Left))
	}
}
