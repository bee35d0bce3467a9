package contact

import (
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

const (
	// DefaultTenure is how many months a contact stays in the job on average
	// when nothing else is stated. It is a rule of thumb about marketers, an
	// assumption and not a measurement: other trades stay longer. Who has
	// figures of their own should state them.
	DefaultTenure = 14

	// MaxTenure is the longest average tenure that is taken, a century of months.
	MaxTenure = 1200
)

// defaultSingle is the number of effective contacts, in tenths, below which an
// account hangs on one of them.
const defaultSingle = 15

// Options are the day of a report and its thresholds.
type Options struct {
	AsOf   success.Date    // the day whose close is reported on; needed
	Tenure int             // months a contact stays in the job on average; 0 means [DefaultTenure]
	Single decimal.Decimal // effective contacts below which an account hangs on one, above 1; 0 means 1.5
}

func (o Options) tenure() int {
	if o.Tenure == 0 {
		return DefaultTenure
	}
	return o.Tenure
}

func (o Options) single() decimal.Decimal {
	if o.Single.IsZero() {
		return decimal.New(defaultSingle, -1)
	}
	return o.Single
}

func (o Options) check(faults *success.Errors) {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "options", Index: -1, Field: field, Value: value, Err: err})
	}
	if o.AsOf.IsZero() {
		add("AsOf", "", success.ErrMissing)
	}
	switch {
	case o.Tenure < 0:
		add("Tenure", strconv.Itoa(o.Tenure), success.ErrNegative)
	case o.Tenure > MaxTenure:
		add("Tenure", strconv.Itoa(o.Tenure), success.ErrRange)
	}
	if err := checkSingle(o.single()); err != nil {
		add("Single", exact.Show(o.single()), err)
	}
}

// maxSingle is the largest threshold of effective contacts.
const maxSingle = 1000

func checkSingle(d decimal.Decimal) error {
	switch {
	case d.IsNegative():
		return success.ErrNegative
	case d.Exponent() < -18 || d.Exponent() > 3:
		return success.ErrRange
	case d.LessThanOrEqual(decimal.NewFromInt(1)) || d.GreaterThan(decimal.NewFromInt(maxSingle)):
		return fault.New(success.ErrRange, "is not above 1 and at most %d", maxSingle)
	}
	return nil
}
