package contact

import "metrics.internal/success/internal/word"

// A Reliance says on how many people an account hangs.
type Reliance uint8

// The reliances.
const (
	Unknown Reliance = iota // no contact is known, or several of which none acted
	Nobody                  // all contacts have left
	Single                  // one contact, or one who does nearly everything
	Several                 // more than one
)

func reliances() []string { return []string{"unknown", "nobody", "single", "several"} }

// String returns the reliance in a word.
func (r Reliance) String() string { return word.Of(reliances(), uint8(r)) }

// MarshalText returns what [Reliance.String] returns; a value that is none of the
// constants is an error.
func (r Reliance) MarshalText() ([]byte, error) { return word.Marshal(reliances(), uint8(r)) }

// UnmarshalText reads what [Reliance.MarshalText] writes.
func (r *Reliance) UnmarshalText(text []byte) error {
	return word.Read(reliances(), text, r)
}
