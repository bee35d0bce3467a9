package success

import (
	"encoding/json"
	"fmt"

	"github.com/shopspring/decimal"
	"metrics.internal/success/internal/exact"
)

// A Ratio is an exact fraction of two amounts or counts. It keeps its parts, so
// that ratios of disjoint groups pool exactly, and rounds only on the way out.
//
// With Den 0, as in the zero value, it is undefined: there was nothing to take
// a share of.
type Ratio struct {
	Num decimal.Decimal // above the line
	Den decimal.Decimal // below the line
}

// RatioOf returns the ratio of two counts.
func RatioOf(num, den int) Ratio {
	return Ratio{decimal.NewFromInt(int64(num)), decimal.NewFromInt(int64(den))}
}

// Defined reports whether r has a value, that is, whether Den is not 0.
func (r Ratio) Defined() bool { return !r.Den.IsZero() }

// Add returns the ratio of both groups together: the sum of the parts above the
// line to the sum of those below. It is undefined when the parts are so far
// apart (more than 10,000 digits) that their sum cannot be held.
func (r Ratio) Add(s Ratio) Ratio {
	num, ok1 := exact.Add(r.Num, s.Num)
	den, ok2 := exact.Add(r.Den, s.Den)
	if !ok1 || !ok2 {
		return Ratio{}
	}
	return Ratio{num, den}
}

// Value returns r rounded to the given number of decimal places, half away from
// zero. ok is false when r is undefined, and when the value has more than
// 10,000 digits.
func (r Ratio) Value(places int32) (value decimal.Decimal, ok bool) {
	return exact.Div(r.Num, r.Den, places)
}

// Float64 returns the float64 nearest to r. ok is false when r is undefined or
// its value does not fit.
func (r Ratio) Float64() (value float64, ok bool) { return exact.Float64(r.Num, r.Den) }

// String returns r in percent with at most one decimal place, like 97.5%, and
// n/a when it is undefined. Ratios that are no shares, such as revenue per
// account, are better served by [Ratio.Value].
func (r Ratio) String() string {
	v, ok := r.Value(3)
	if !ok {
		return "n/a"
	}
	return v.Shift(2).String() + "%"
}

// jsonPlaces is how many decimal places a ratio has in JSON.
const jsonPlaces = 10

// MarshalJSON returns r as a string with ten decimal places, like
// "0.9750000000", and null when it is undefined.
func (r Ratio) MarshalJSON() ([]byte, error) {
	v, ok := r.Value(jsonPlaces)
	if !ok {
		return []byte("null"), nil
	}
	return []byte(`"` + v.StringFixed(jsonPlaces) + `"`), nil
}

// UnmarshalJSON reads what [Ratio.MarshalJSON] writes, as a ratio to 1, and a
// plain number too.
func (r *Ratio) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*r = Ratio{}
		return nil
	}
	text := string(data)
	if len(data) > 0 && data[0] == '"' {
		if err := json.Unmarshal(data, &text); err != nil {
			return err
		}
	}
	return r.UnmarshalText([]byte(text))
}

// MarshalText returns r with ten decimal places, like 0.9750000000, and n/a
// when it is undefined.
func (r Ratio) MarshalText() ([]byte, error) {
	v, ok := r.Value(jsonPlaces)
	if !ok {
		return []byte("n/a"), nil
	}
	return []byte(v.StringFixed(jsonPlaces)), nil
}

// UnmarshalText reads what [Ratio.MarshalText] writes, as a ratio to 1.
func (r *Ratio) UnmarshalText(text []byte) error {
	if string(text) == "n/a" {
		*r = Ratio{}
		return nil
	}
	v, err := decimal.NewFromString(string(text))
	if err != nil {
		return fmt.Errorf("success: %s is not a ratio", shorten(string(text)))
	}
	one := decimal.NewFromInt(1)
	if _, ok := exact.Div(v, one, jsonPlaces); !ok {
		return fmt.Errorf("success: ratio %s %w", shorten(string(text)), ErrRange)
	}
	*r = Ratio{v, one}
	return nil
}
