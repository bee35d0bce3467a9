package survival

import (
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// MaxDays is the longest duration that is taken: more than the days between any
// two dates. Longer ones are refused with [success.ErrRange].
const MaxDays = 1 << 22

// MaxWeight is the largest weight of a record.
const MaxWeight = 1e9

// A Span is what is known of how long an account stayed.
type Span struct {
	Days    int  // from its start to the day it left, or was last seen; may be 0 without late entry
	Left    bool // it left on that day; otherwise it is censored
	Entered int  // the day after which it was under observation; 0 means always
	Weight  int  // how many accounts the record stands for; 0 means 1
}

// Validate reports, as [success.Errors], negative Days, Entered or Weight
// ([success.ErrNegative]), Days above [MaxDays] and a Weight above [MaxWeight]
// ([success.ErrRange]), and a late entry that is not before Days
// ([success.ErrOrder]).
func (s Span) Validate() error {
	var faults success.Errors
	s.check(-1, &faults)
	return faults.Err()
}

func (s Span) valid() bool {
	return uint(s.Days) <= MaxDays && uint(s.Weight) <= MaxWeight &&
		(s.Entered == 0 || s.Entered > 0 && s.Entered < s.Days)
}

func (s Span) check(index int, faults *success.Errors) {
	add := func(field string, value int, err error) {
		faults.Add(&success.InputError{Record: "span", Index: index, Field: field, Value: strconv.Itoa(value), Err: err})
	}
	switch {
	case s.Days < 0:
		add("Days", s.Days, success.ErrNegative)
	case s.Days > MaxDays:
		add("Days", s.Days, success.ErrRange)
	}
	switch {
	case s.Entered < 0:
		add("Entered", s.Entered, success.ErrNegative)
	case s.Entered > 0 && s.Entered >= s.Days:
		add("Entered", s.Entered, fault.New(success.ErrOrder, "is not before Days %d", s.Days))
	}
	switch {
	case s.Weight < 0:
		add("Weight", s.Weight, success.ErrNegative)
	case s.Weight > MaxWeight:
		add("Weight", s.Weight, success.ErrRange)
	}
}

// weight returns what s counts for.
func (s Span) weight() int64 {
	if s.Weight == 0 {
		return 1
	}
	return int64(s.Weight)
}

// missing is the error of a call that was given nothing.
func missing(record string) error {
	var faults success.Errors
	faults.Add(&success.InputError{Record: record, Index: -1, Err: success.ErrMissing})
	return faults.Err()
}
