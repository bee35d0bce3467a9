package backtest

import (
	"metrics.internal/success"
	"metrics.internal/success/internal/word"
)

// An Order says whether worse bands lost larger shares of their accounts.
type Order uint8

// The orders.
const (
	OrderUndefined Order = iota // nobody left, or fewer than two bands have accounts
	InOrder                     // no band lost a smaller share than the next better one
	OutOfOrder                  // some band did
	Level                       // all bands lost the same share
)

func orders() []string { return []string{"undefined", "in order", "out of order", "level"} }

// String returns the order in words.
func (o Order) String() string { return word.Of(orders(), uint8(o)) }

// MarshalText returns what [Order.String] returns; a value that is none of the
// constants is an error.
func (o Order) MarshalText() ([]byte, error) { return word.Marshal(orders(), uint8(o)) }

// UnmarshalText reads what [Order.MarshalText] writes.
func (o *Order) UnmarshalText(text []byte) error {
	return word.Read(orders(), text, o)
}

// A Finding says what the interval of an area says about a score.
type Finding uint8

// The findings.
const (
	FindingUndefined Finding = iota // there is no interval
	Nothing                         // the interval contains ½: no better than a lot, as far as one can tell
	Tells                           // the interval lies above ½: worse scores leave more often
	Backwards                       // the interval lies below ½: better scores leave more often
)

func findings() []string {
	return []string{"undefined", "nothing found", "worse scores leave", "better scores leave"}
}

// FindingOf returns what an area, or another estimate with ½ for no signal, says.
func FindingOf(area success.Estimate) Finding {
	lower, ok1 := area.Lower.Float64()
	upper, ok2 := area.Upper.Float64()
	switch {
	case !ok1 || !ok2:
		return FindingUndefined
	case lower > 0.5:
		return Tells
	case upper < 0.5:
		return Backwards
	}
	return Nothing
}

// String returns the finding in words.
func (f Finding) String() string { return word.Of(findings(), uint8(f)) }

// MarshalText returns what [Finding.String] returns; a value that is none of the
// constants is an error.
func (f Finding) MarshalText() ([]byte, error) { return word.Marshal(findings(), uint8(f)) }

// UnmarshalText reads what [Finding.MarshalText] writes.
func (f *Finding) UnmarshalText(text []byte) error {
	return word.Read(findings(), text, f)
}
