package health

import "metrics.internal/success/internal/word"

// An InputState says what is known of an input. Zero is a value like any other; what is
// not known is missing, never 0.
type InputState uint8

// The states of an input. The zero value is missing.
const (
	Missing       InputState = iota // nobody knows it; it counts as applicable, but not as present
	Present                         // it has a value
	Stale                           // it has a value older than the soft limit; it counts as present
	NotApplicable                   // the measure says nothing about this account, and leaves the denominator
	NotYetDue                       // too early to tell; counts as not applicable
	Invalid                         // there is a value, but it cannot be used; counts as missing
)

func states() []string {
	return []string{"missing", "present", "stale", "not applicable", "not yet due", "invalid"}
}

// String returns the name of i in words.
func (i InputState) String() string { return word.Of(states(), uint8(i)) }

// MarshalText returns what [InputState.String] returns; a value that is none of the
// constants is an error.
func (i InputState) MarshalText() ([]byte, error) { return word.Marshal(states(), uint8(i)) }

// UnmarshalText reads what [InputState.MarshalText] writes.
func (i *InputState) UnmarshalText(text []byte) error {
	return word.Read(states(), text, i)
}
