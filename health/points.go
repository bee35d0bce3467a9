package health

import (
	"encoding/json"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

const (
	one     = 1_000_000 // millionths in one point, in one unit, in a coverage of 1
	highest = 100 * one // the end of the domain of points
)

// Points are whole millionths of a point, from 0 to 100,000,000 or, where they
// are a difference, below 0: 75 points are Points(75_000_000).
type Points int64

// Decimal returns p in points, such as 75.
func (p Points) Decimal() decimal.Decimal { return exact.Decimal(int64(p)) }

// Float64 returns the float64 nearest to p in points.
func (p Points) Float64() float64 { return float64(p) / one }

// String returns p in points with all its digits, like 62.5.
func (p Points) String() string { return p.Decimal().String() }

// MarshalJSON returns p in points as a number.
func (p Points) MarshalJSON() ([]byte, error) { return []byte(p.String()), nil }

// A Score is a number of points from 0 to 100 that may be undefined: nothing was
// known to make it of. The zero value is undefined. Scores are comparable with
// ==.
type Score struct{ next int32 } // millionths + 1, so that 0 is undefined

// ScoreOf returns a score. ok is false when p is not between 0 and 100 points.
func ScoreOf(p Points) (s Score, ok bool) {
	if p < 0 || p > highest {
		return Score{}, false
	}
	return scored(int64(p)), true
}

// scored returns a score of micros, which lie in the domain.
func scored(micros int64) Score { return Score{int32(micros) + 1} }

// Defined reports whether s has a value.
func (s Score) Defined() bool { return s.next != 0 }

// Points returns the value; ok is false when s is undefined.
func (s Score) Points() (p Points, ok bool) {
	if s.next == 0 {
		return 0, false
	}
	return Points(s.next - 1), true
}

// or0 returns the millionths of s, 0 when it is undefined.
func (s Score) or0() int64 { return max(0, int64(s.next)-1) }

// Round returns the value in points, rounded half away from zero to the given
// number of decimal places; ok is false when s is undefined.
func (s Score) Round(places int32) (value decimal.Decimal, ok bool) {
	p, ok := s.Points()
	return p.Decimal().Round(places), ok
}

// Float64 returns the value in points; ok is false when s is undefined.
func (s Score) Float64() (value float64, ok bool) {
	p, ok := s.Points()
	return p.Float64(), ok
}

// String returns the value with all its digits, like 62.5, and n/a when s is
// undefined.
func (s Score) String() string {
	if p, ok := s.Points(); ok {
		return p.String()
	}
	return "n/a"
}

// MarshalJSON returns the value in points as a number, and null when s is
// undefined.
func (s Score) MarshalJSON() ([]byte, error) {
	if p, ok := s.Points(); ok {
		return p.MarshalJSON()
	}
	return []byte("null"), nil
}

// UnmarshalJSON reads what [Score.MarshalJSON] writes. A number outside 0 to 100,
// or with more than six decimals, is an error.
func (s *Score) UnmarshalJSON(data []byte) error {
	var v *decimal.Decimal
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	*s = Score{}
	if v == nil {
		return nil
	}
	micros, err := within(*v, 0, highest)
	if err != nil {
		return &success.InputError{Record: "score", Index: -1, Value: exact.Show(*v), Err: err}
	}
	*s = scored(micros)
	return nil
}

// A Coverage is the share of what applies to an account that is known, from 0 to
// 1 in millionths. It is undefined when nothing applies, as in the zero value.
type Coverage struct{ next int32 } // millionths + 1

// Defined reports whether c has a value.
func (c Coverage) Defined() bool { return c.next != 0 }

// Decimal returns the share, such as 0.8; ok is false when c is undefined.
func (c Coverage) Decimal() (share decimal.Decimal, ok bool) {
	return exact.Decimal(c.or0()), c.Defined()
}

// Float64 returns the share; ok is false when c is undefined.
func (c Coverage) Float64() (share float64, ok bool) {
	return float64(c.or0()) / one, c.Defined()
}

func (c Coverage) or0() int64 { return max(0, int64(c.next)-1) }

// String returns the share in percent, like 80%, and n/a when c is undefined.
func (c Coverage) String() string {
	share, ok := c.Decimal()
	if !ok {
		return "n/a"
	}
	return share.Shift(2).String() + "%"
}

// MarshalJSON returns the share as a number, and null when c is undefined.
func (c Coverage) MarshalJSON() ([]byte, error) {
	share, ok := c.Decimal()
	if !ok {
		return []byte("null"), nil
	}
	return []byte(share.String()), nil
}
