package health

import "metrics.internal/success/internal/word"

// A Scale says what high points mean. Points of different scales do not mix: a
// scorecard has one, and every measure in it names the same.
type Scale uint8

// The scales.
const (
	Health Scale = iota // higher is better
	Risk                // higher is worse
)

func scales() []string {
	return []string{"health", "risk"}
}

// String returns the name of s in words.
func (s Scale) String() string { return word.Of(scales(), uint8(s)) }

// MarshalText returns what [Scale.String] returns; a value that is none of the
// constants is an error.
func (s Scale) MarshalText() ([]byte, error) { return word.Marshal(scales(), uint8(s)) }

// UnmarshalText reads what [Scale.MarshalText] writes.
func (s *Scale) UnmarshalText(text []byte) error {
	return word.Read(scales(), text, s)
}
