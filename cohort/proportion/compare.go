package proportion

import (
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/interval"
)

// A Method says how an interval is made.
type Method uint8

// The methods of differences and ratios. The zero value is the default of
// either: Newcombe for a difference, Koopman for a ratio.
const (
	Default           Method = iota
	Newcombe                 // difference, from the Wilson limits of either share
	MiettinenNurminen        // difference, by inverting the score test
	Koopman                  // ratio, by inverting the score test
	MOVER                    // ratio, from the Wilson limits of either share
	methods
)

// String returns the name of the method.
func (m Method) String() string {
	names := [methods]string{"default", "Newcombe", "Miettinen–Nurminen", "Koopman", "MOVER"}
	if m < methods {
		return names[m]
	}
	return "unknown " + strconv.Itoa(int(m))
}

// MarshalText returns what String returns.
func (m Method) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// Options are the choices of a comparison. The zero value is the default.
type Options struct {
	Level      float64 // of the intervals, in (0, 1); 0 means 0.95
	Difference Method  // Newcombe or MiettinenNurminen
	Ratio      Method  // Koopman or MOVER
}

func (o *Options) check(faults *success.Errors) (z float64) {
	one := func(field string, m *Method, first, second Method) {
		if *m == Default {
			*m = first
		}
		if *m != first && *m != second {
			faults.Add(&success.InputError{Record: "options", Index: -1, Field: field, Value: m.String(), Err: success.ErrUnknown})
		}
	}
	one("Difference", &o.Difference, Newcombe, MiettinenNurminen)
	one("Ratio", &o.Ratio, Koopman, MOVER)
	return check.Level(o.Level, faults)
}

// A Comparison sets one share against another.
type Comparison struct {
	First            success.Estimate `json:"first"`             // share, with its Wilson interval
	Second           success.Estimate `json:"second"`            // share, with its Wilson interval
	Difference       success.Estimate `json:"difference"`        // first minus second, within [−1, 1]
	DifferenceMethod Method           `json:"difference_method"` // of its interval
	Ratio            success.Estimate `json:"ratio"`             // first to second; see [Compare] for where it is undefined
	RatioMethod      Method           `json:"ratio_method"`      // of its interval
	NumberNeeded     NumberNeeded     `json:"number_needed"`     // 1/difference
}

// Compare returns the difference and the ratio of two shares with their
// intervals.
//
// The ratio to a share of 0 is undefined and its interval has no upper limit;
// when both shares are 0 nothing is known of it and its interval starts at 0.
//
// Counts that are no share, empty sides and options out of range are errors.
//
// Sources: R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890; O.
// Miettinen and M. Nurminen, Statistics in Medicine 4 (1985) 213–226; P. A. R.
// Koopman, Biometrics 40 (1984) 513–517; A. Donner and G. Zou, Statistical
// Methods in Medical Research 21 (2012) 347–359.
func Compare(first, second Share, options Options) (Comparison, error) {
	var faults success.Errors
	z := options.check(&faults)
	first.check("first", -1, false, &faults)
	second.check("second", -1, false, &faults)
	if err := faults.Err(); err != nil {
		return Comparison{}, err
	}
	return compare(first, second, options, z), nil
}

// compare is [Compare] for arguments known to be good.
func compare(first, second Share, options Options, z float64) Comparison {
	x1, n1 := first.floats()
	x2, n2 := second.floats()
	c := Comparison{
		First:            first.estimate(z),
		Second:           second.estimate(z),
		DifferenceMethod: options.Difference,
		RatioMethod:      options.Ratio,
	}
	difference, ratio := interval.Newcombe, interval.Koopman
	if options.Difference == MiettinenNurminen {
		difference = interval.MiettinenNurminen
	}
	if options.Ratio == MOVER {
		ratio = interval.MOVER
	}
	lower, upper := difference(x1, n1, x2, n2, z)
	c.Difference = success.EstimateOf(x1/n1-x2/n2, lower, upper)
	lower, upper = ratio(x1, n1, x2, n2, z)
	c.Ratio = success.EstimateOf(x1/n1/(x2/n2), lower, upper)
	c.NumberNeeded = NumberNeededOf(c.Difference)
	return c
}
