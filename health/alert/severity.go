package alert

import "metrics.internal/success/internal/word"

// A Severity is how urgent an alert is. Higher is more urgent.
type Severity uint8

// The severities. Of coverage drops, single contacts and full seats it is
// Notice; of champions who left Critical; of band drops and renewals Critical in
// the lowest band; of everything else Warning.
const (
	Notice   Severity = iota // worth knowing
	Warning                  // worth acting on
	Critical                 // to be acted on at once
)

func severities() []string { return []string{"notice", "warning", "critical"} }

// String returns the severity in a word.
func (s Severity) String() string { return word.Of(severities(), uint8(s)) }

// MarshalText returns what [Severity.String] returns; a value that is none of the
// constants is an error.
func (s Severity) MarshalText() ([]byte, error) { return word.Marshal(severities(), uint8(s)) }

// UnmarshalText reads what [Severity.MarshalText] writes.
func (s *Severity) UnmarshalText(text []byte) error {
	return word.Read(severities(), text, s)
}
