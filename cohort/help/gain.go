package help

import (
	"github.com/shopspring/decimal"

	"metrics.internal/success"
)

// A Gain is revenue kept thanks to help: the difference in the share kept,
// adjusted when there are strata to adjust for, times the opening revenue of
// the accounts helped. It takes an account helped to be worth as much as the
// others that were.
type Gain struct {
	Base    decimal.Decimal // opening revenue of the accounts helped
	Revenue Amount          // in the currency and per the period of Base
	PerHour Amount          // the same for an hour of help; undefined without hours
}

// An Amount is an estimate in money, rounded half away from zero to a
// millionth.
type Amount struct {
	Value, Lower, Upper decimal.Decimal
	Defined             bool
}

const places = 6

func (r *Result) gain() {
	d := r.Difference
	if r.Adjusted.Kept > 1 {
		d = r.Adjusted.Difference
	}
	base := r.Helped.Opening
	r.Gain.Base = base
	if !base.IsPositive() {
		return
	}
	r.Gain.Revenue = times(d, base)
	if r.Gain.Revenue.Defined && r.Helped.Hours.IsPositive() {
		r.Gain.PerHour = r.Gain.Revenue.per(r.Helped.Hours)
	}
}

// times returns an estimated share of an amount.
func times(e success.Estimate, base decimal.Decimal) Amount {
	value, ok1 := e.Value.Float64()
	lower, ok2 := e.Lower.Float64()
	upper, ok3 := e.Upper.Float64()
	if !ok1 || !ok2 || !ok3 {
		return Amount{}
	}
	of := func(share float64) decimal.Decimal { return base.Mul(decimal.NewFromFloat(share)).Round(places) }
	return Amount{of(value), of(lower), of(upper), true}
}

func (a Amount) per(hours decimal.Decimal) Amount {
	each := func(d decimal.Decimal) decimal.Decimal { return d.DivRound(hours, places) }
	return Amount{each(a.Value), each(a.Lower), each(a.Upper), true}
}
