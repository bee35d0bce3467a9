package health

import "metrics.internal/success/internal/word"

// A CutOwner says to which of two neighbouring bands the cut between them belongs.
type CutOwner uint8

// The owners of a cut. The zero value is not stated.
const (
	CutUnstated CutOwner = iota // allowed for the last band only, which has no cut above it
	BandBelow                   // a score at the cut is in the lower band
	BandAbove                   // a score at the cut is in the upper band
)

func cutOwners() []string {
	return []string{"", "band below", "band above"}
}

// String returns the name of c in words.
func (c CutOwner) String() string { return word.Of(cutOwners(), uint8(c)) }

// MarshalText returns what [CutOwner.String] returns; a value that is none of the
// constants is an error.
func (c CutOwner) MarshalText() ([]byte, error) { return word.Marshal(cutOwners(), uint8(c)) }

// UnmarshalText reads what [CutOwner.MarshalText] writes.
func (c *CutOwner) UnmarshalText(text []byte) error {
	return word.Read(cutOwners(), text, c)
}
