package health

import "metrics.internal/success/internal/word"

// A Policy says what a missing or invalid input does to the score. It changes
// neither coverage nor bounds.
type Policy uint8

// The policies. The zero value is Exclude.
const (
	Exclude  Policy = iota // it is left out, and the other weights are scaled up
	Neutral                // it counts as 50 points
	Worst                  // it counts as the worst points of the scale
	Required               // it is left out, and the band is Unknown
)

func policies() []string {
	return []string{"exclude", "neutral", "worst", "required"}
}

// String returns the name of p in words.
func (p Policy) String() string { return word.Of(policies(), uint8(p)) }

// MarshalText returns what [Policy.String] returns; a value that is none of the
// constants is an error.
func (p Policy) MarshalText() ([]byte, error) { return word.Marshal(policies(), uint8(p)) }

// UnmarshalText reads what [Policy.MarshalText] writes.
func (p *Policy) UnmarshalText(text []byte) error {
	return word.Read(policies(), text, p)
}
