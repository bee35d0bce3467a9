package survey

import "metrics.internal/success/internal/word"

// String returns "top_two_box", "good_bad", "mean" or "height".
func (m Method) String() string { return word.Of(methods(), uint8(m)) }

// MarshalText returns what String returns; a value that is none of the
// constants is an error.
func (m Method) MarshalText() ([]byte, error) { return word.Marshal(methods(), uint8(m)) }

// UnmarshalText reads what MarshalText writes.
func (m *Method) UnmarshalText(text []byte) error {
	return word.Read(methods(), text, m)
}

// String returns "low_is_good" or "high_is_good".
func (d Direction) String() string { return word.Of(directions(), uint8(d)) }

// MarshalText returns what String returns; a value that is none of the
// constants is an error.
func (d Direction) MarshalText() ([]byte, error) { return word.Marshal(directions(), uint8(d)) }

// UnmarshalText reads what MarshalText writes.
func (d *Direction) UnmarshalText(text []byte) error {
	return word.Read(directions(), text, d)
}
