package success

import (
	"encoding/json"
	"math"
	"strconv"
)

// A Figure is a number that may be undefined: a median that nobody reached, a
// ratio to nothing, a limit that does not exist. It is never NaN or infinite.
// The zero value is undefined. Figures are comparable with ==.
type Figure struct {
	value   float64
	defined bool
}

// FigureOf returns v as a figure, undefined when v is NaN or infinite.
func FigureOf(v float64) Figure {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Figure{}
	}
	return Figure{v, true}
}

// Float64 returns the number; ok is false when f is undefined.
func (f Figure) Float64() (value float64, ok bool) { return f.value, f.defined }

// Defined reports whether f has a value.
func (f Figure) Defined() bool { return f.defined }

// String returns the number with at most six significant digits, and n/a when f
// is undefined.
func (f Figure) String() string {
	if !f.defined {
		return "n/a"
	}
	return strconv.FormatFloat(f.value, 'g', 6, 64)
}

// MarshalJSON returns the number with all its digits, and null when f is
// undefined.
func (f Figure) MarshalJSON() ([]byte, error) {
	if !f.defined {
		return []byte("null"), nil
	}
	return json.Marshal(f.value)
}

// UnmarshalJSON reads what [Figure.MarshalJSON] writes.
func (f *Figure) UnmarshalJSON(data []byte) error {
	var v *float64
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	*f = Figure{}
	if v != nil {
		*f = FigureOf(*v)
	}
	return nil
}

// An Estimate is a figure with its confidence interval. A limit may be
// undefined where the value is not, and the other way round: a ratio to nothing
// has no value but a lower limit.
type Estimate struct {
	Value Figure `json:"value"`
	Lower Figure `json:"lower"` // of the interval
	Upper Figure `json:"upper"` // of the interval
}

// EstimateOf returns the figures of a value and its limits, undefined where
// they are NaN or infinite.
func EstimateOf(value, lower, upper float64) Estimate {
	return Estimate{FigureOf(value), FigureOf(lower), FigureOf(upper)}
}

// Contains reports whether v lies in the interval of e. An undefined limit does
// not bound it; without either limit nothing is known and nothing contained.
func (e Estimate) Contains(v float64) bool {
	if !e.Lower.defined && !e.Upper.defined {
		return false
	}
	return !(e.Lower.defined && v < e.Lower.value) && !(e.Upper.defined && v > e.Upper.value)
}

// String returns e like 0.8 (0.7, 0.9).
func (e Estimate) String() string {
	return e.Value.String() + " (" + e.Lower.String() + ", " + e.Upper.String() + ")"
}
