package health

import "metrics.internal/success/internal/word"

// A Direction says which raw values of a measure are good. It is stated apart from
// the curve, which has to agree with it.
type Direction uint8

// The directions.
const (
	HigherIsBetter Direction = iota // such as logins
	LowerIsBetter                   // such as days since the last login
)

func directions() []string {
	return []string{"higher is better", "lower is better"}
}

// String returns the name of d in words.
func (d Direction) String() string { return word.Of(directions(), uint8(d)) }

// MarshalText returns what [Direction.String] returns; a value that is none of the
// constants is an error.
func (d Direction) MarshalText() ([]byte, error) { return word.Marshal(directions(), uint8(d)) }

// UnmarshalText reads what [Direction.MarshalText] writes.
func (d *Direction) UnmarshalText(text []byte) error {
	return word.Read(directions(), text, d)
}
