package check

import (
	"time"

	"metrics.internal/success"
)

// A Door adds the faults of one record.
type Door struct {
	record string
	index  int
	faults *success.Errors
}

// At returns the door of the record at a position, -1 for a single one.
func At(record string, index int, faults *success.Errors) Door { return Door{record, index, faults} }

// Add adds a fault of a field.
func (d Door) Add(field, value string, err error) {
	d.faults.Add(&success.InputError{Record: d.record, Index: d.index, Field: field, Value: value, Err: err})
}

// Need adds that a field is missing when it is empty.
func (d Door) Need(field, value string) {
	if value == "" {
		d.Add(field, "", success.ErrMissing)
	}
}

// NeedTime adds what keeps t from being a time, which must have a day.
func (d Door) NeedTime(field string, t time.Time) {
	switch {
	case t.IsZero():
		d.Add(field, "", success.ErrMissing)
	case success.DateOf(t).IsZero():
		d.Add(field, t.Format(time.RFC3339), success.ErrRange)
	}
}
