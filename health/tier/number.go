package tier

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

const (
	effortPlaces = 2 // effort is kept in whole hundredths
	hoursPlaces  = 4 // hours of a tier are kept in whole ten-thousandths
	sharePlaces  = 6

	maxEffort = 100 * 100        // in hundredths
	maxHours  = 10_000 * 10_000  // in ten-thousandths: more than a year has
	maxPeople = 1_000_000 * 100  // in hundredths
	maxPeriod = 10_000 * 1e6     // in millionths
	maxDays   = 36_525           // a century
	farPlaces = 60               // nobody means more decimals
	one       = exact.Micro      // in millionths
	normal    = 100              // the effort of an ordinary account
	unlimited = int64(1<<63 - 1) // room of a tier without a team
)

// whole returns d in units of its last place, and what is wrong with it when it
// is negative, above a limit (in the same units) or has more places.
func whole(d decimal.Decimal, places int, most int64) (n int64, err error) {
	switch {
	case d.IsZero():
		return 0, nil
	case d.IsNegative():
		return 0, success.ErrNegative
	case d.Exponent() < -farPlaces:
		return 0, tooFine(places)
	}
	unit := int64(1)
	for range sharePlaces - places {
		unit *= 10
	}
	micros, ok := exact.Rate(d, 1, 1)
	switch {
	case !ok || micros/unit > most:
		return 0, fault.New(success.ErrRange, "is more than %s", exact.Decimal(most*unit))
	case micros%unit != 0 || d.Exponent() < -sharePlaces && !exact.Decimal(micros).Equal(d):
		return 0, tooFine(places)
	}
	return micros / unit, nil
}

func tooFine(places int) error {
	return fault.New(success.ErrRange, "has more than %d decimals", places)
}

// money returns an amount in whole millionths, rounded half to even, and what is
// wrong with it when it is negative or too large.
func money(d decimal.Decimal) (micros int64, err error) {
	micros, ok := exact.Rate(d, 1, 1)
	switch {
	case d.IsNegative():
		return 0, success.ErrNegative
	case !ok:
		return 0, success.ErrRange
	}
	return micros, nil
}

// ceiling returns the smallest whole number that is not below num/den, for num
// of 0 or more and den above 0.
func ceiling(num, den decimal.Decimal) decimal.Decimal {
	q, rest := num.QuoRem(den, 0)
	if rest.IsPositive() {
		return q.Add(decimal.New(1, 0))
	}
	return q
}
