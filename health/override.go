package health

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// An Override is a score that a person sets by hand, for a while. It is in force
// on the days from From up to, but not including, Expires; before and after it
// changes nothing.
type Override struct {
	Score   decimal.Decimal // effective score, 0 to 100, with at most six decimals
	Author  string          // who set it
	Reason  string          // why
	From    success.Date    // first day; none is any day before Expires
	Expires success.Date    // first day no longer
}

// Validate reports, as [success.Errors], a missing Author, Reason or Expires
// ([success.ErrMissing]), an Expires that is not after From ([success.ErrOrder])
// and a Score outside 0 to 100 or with more than six decimals.
func (o *Override) Validate() error {
	if _, ok := o.points(); ok && o.Author != "" && o.Reason != "" && o.Expires.After(o.From) {
		return nil
	}
	var faults success.Errors
	o.check(&faults)
	return faults.Err()
}

func (o *Override) check(faults *success.Errors) {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "override", Index: -1, Field: field, Value: value, Err: err})
	}
	if _, err := within(o.Score, 0, highest); err != nil {
		add("Score", exact.Show(o.Score), err)
	}
	if o.Author == "" {
		add("Author", "", success.ErrMissing)
	}
	if o.Reason == "" {
		add("Reason", "", success.ErrMissing)
	}
	if o.Expires.IsZero() {
		add("Expires", "", success.ErrMissing)
	} else if !o.Expires.After(o.From) {
		add("Expires", o.Expires.String(), fault.New(success.ErrOrder, "is not after From %s", o.From))
	}
}

// inForce reports whether there is an override on a day.
func (o *Override) inForce(asOf success.Date) bool {
	return o != nil && !asOf.Before(o.From) && asOf.Before(o.Expires)
}

func (o *Override) points() (points int64, ok bool) {
	points, err := within(o.Score, 0, highest)
	return points, err == nil
}

// score returns the score of a valid override.
func (o *Override) score() Score {
	points, _ := o.points()
	return scored(points)
}
