package proportion

import (
	"math"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// An EValue says how strongly something unmeasured would have to be tied to
// both the help and the outcome, as a ratio of risks, to explain a ratio away.
type EValue struct {
	Estimate success.Figure `json:"estimate"` // to move the ratio itself to 1
	Limit    success.Figure `json:"limit"`    // to move the limit nearer to 1; 1 when the interval holds 1 already
}

// EValueOf returns the E-value of a ratio of shares and of its interval:
//
//	RR + √(RR (RR − 1)), with 1/RR for an RR below 1
//
// Both are at least 1. An undefined ratio, or an interval open on the side that
// faces 1, has an undefined E-value. A ratio or limit that is negative, and a
// ratio outside its interval, are errors.
//
// Source: T. J. VanderWeele and P. Ding, Sensitivity analysis in observational
// research, Annals of Internal Medicine 167 (2017).
func EValueOf(ratio success.Estimate) (EValue, error) {
	if err := checkRatio(ratio); err != nil {
		return EValue{}, err
	}
	value, ok := ratio.Value.Float64()
	if !ok {
		return EValue{}, nil
	}
	e := EValue{Estimate: success.FigureOf(eValue(value))}
	lower, hasLower := ratio.Lower.Float64()
	upper, hasUpper := ratio.Upper.Float64()
	switch {
	case value >= 1 && hasLower && lower > 1:
		e.Limit = success.FigureOf(eValue(lower))
	case value < 1 && hasUpper && upper < 1:
		e.Limit = success.FigureOf(eValue(upper))
	case value >= 1 && hasLower || value < 1 && hasUpper:
		e.Limit = success.FigureOf(1)
	}
	return e, nil
}

// eValue is undefined, as infinity, for a ratio of 0.
func eValue(ratio float64) float64 {
	if ratio < 1 {
		ratio = 1 / ratio
	}
	return ratio + math.Sqrt(ratio)*math.Sqrt(ratio-1)
}

func checkRatio(ratio success.Estimate) error {
	var faults success.Errors
	add := func(field string, v float64, err error) {
		faults.Add(&success.InputError{Record: "ratio", Index: -1, Field: field, Value: check.Number(v), Err: err})
	}
	value, defined := ratio.Value.Float64()
	if value < 0 {
		add("Value", value, success.ErrNegative)
	}
	if lower, ok := ratio.Lower.Float64(); ok && lower < 0 {
		add("Lower", lower, success.ErrNegative)
	} else if ok && defined && lower > value {
		add("Lower", lower, fault.New(success.ErrOrder, "is above Value %v", value))
	}
	if upper, ok := ratio.Upper.Float64(); ok && upper < 0 {
		add("Upper", upper, success.ErrNegative)
	} else if ok && defined && upper < value {
		add("Upper", upper, fault.New(success.ErrOrder, "is below Value %v", value))
	}
	return faults.Err()
}
