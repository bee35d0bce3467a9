package health

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// within returns d in whole millionths, and what is wrong with it when it is
// outside a range of them or between two.
func within(d decimal.Decimal, least, most int64) (micros int64, err error) {
	micros, ok := exact.Rate(d, 1, 1)
	switch {
	case !ok:
		return 0, success.ErrRange
	case micros < 0 && least >= 0:
		return 0, success.ErrNegative
	case micros < least || micros > most:
		return 0, fault.New(success.ErrRange, "is not between %s and %s", exact.Decimal(least), exact.Decimal(most))
	case !exact.Decimal(micros).Equal(d):
		return 0, fault.New(success.ErrRange, "has more than six decimals")
	}
	return micros, nil
}

// millionths returns d in whole millionths, rounded half to even. ok is false
// when it is [success.RateLimit] or more either way.
func millionths(d decimal.Decimal) (micros int64, ok bool) {
	if d.NumDigits() <= 12 { // times 10⁶ fits 64 bits
		switch coef := d.CoefficientInt64(); d.Exponent() {
		case 0:
			return coef * 1e6, true
		case -1:
			return coef * 1e5, true
		case -2:
			return coef * 1e4, true
		case -3:
			return coef * 1e3, true
		case -6:
			return coef, true
		}
	}
	return exact.Rate(d, 1, 1)
}
