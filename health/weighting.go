package health

import "metrics.internal/success/internal/word"

// A Weighting says what the children of a parent count for.
type Weighting uint8

// The weightings. The zero value is ByCount.
const (
	ByCount   Weighting = iota // each child the same
	ByRevenue                  // each child its revenue
)

func weightings() []string {
	return []string{"count", "revenue"}
}

// String returns the name of w in words.
func (w Weighting) String() string { return word.Of(weightings(), uint8(w)) }

// MarshalText returns what [Weighting.String] returns; a value that is none of the
// constants is an error.
func (w Weighting) MarshalText() ([]byte, error) { return word.Marshal(weightings(), uint8(w)) }

// UnmarshalText reads what [Weighting.MarshalText] writes.
func (w *Weighting) UnmarshalText(text []byte) error {
	return word.Read(weightings(), text, w)
}
