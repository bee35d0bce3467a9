package attribution

import "metrics.internal/success/internal/word"

// A Status says how far a deal has come.
type Status uint8

// The states of a deal. The zero value is that it is still open.
const (
	Open Status = iota
	Won
	Lost
)

func statuses() []string { return []string{"open", "won", "lost"} }

// String returns the status in a word.
func (s Status) String() string { return word.Of(statuses(), uint8(s)) }

// MarshalText returns what [Status.String] returns; a value that is none of the
// constants is an error.
func (s Status) MarshalText() ([]byte, error) { return word.Marshal(statuses(), uint8(s)) }

// UnmarshalText reads what [Status.MarshalText] writes.
func (s *Status) UnmarshalText(text []byte) error { return word.Read(statuses(), text, s) }
