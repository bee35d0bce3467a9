package health

import "metrics.internal/success/internal/word"

// A Move says which way a score goes. Whether that is good is for its [Scale] to
// say.
type Move uint8

// The moves. The zero value is not known.
const (
	MoveUnknown Move = iota // fewer than two readings
	Falling                 // by more than the dead zone
	Flat                    // within the dead zone
	Rising                  // by more than the dead zone
)

func moves() []string {
	return []string{"unknown", "falling", "flat", "rising"}
}

// String returns the name of m in words.
func (m Move) String() string { return word.Of(moves(), uint8(m)) }

// MarshalText returns what [Move.String] returns; a value that is none of the
// constants is an error.
func (m Move) MarshalText() ([]byte, error) { return word.Marshal(moves(), uint8(m)) }

// UnmarshalText reads what [Move.MarshalText] writes.
func (m *Move) UnmarshalText(text []byte) error {
	return word.Read(moves(), text, m)
}
