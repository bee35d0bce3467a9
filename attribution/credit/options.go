package credit

import (
	"time"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/internal/word"
)

// Records are what happened. They are checked, and neither changed nor kept. Deals
// of [attribution.Pipeline.Closed], which are in one currency, go with the
// adjustments of [attribution.Pipeline.Adjustments].
type Records struct {
	Deals       []attribution.Deal
	Touches     []attribution.Touch
	Leads       []attribution.Lead       // for [Milestones]; nil when they are not known
	Adjustments []attribution.Adjustment // of won deals; one that is given again counts once
	Accounts    []success.Account        // nil when they are not known
}

// Options say which touches of an account count for a deal. They are filtered
// before anything is weighed. The zero value counts all up to the close.
type Options struct {
	// Window is how long before the close a touch counts: from Closed − Window
	// to Closed, both included. 0 is without limit; touches after the close never
	// count.
	Window time.Duration

	Kinds   []string       // only these kinds count; empty means all
	Without []string       // these kinds do not count, even when they are among Kinds
	Repeats Repeats        // what becomes of touches of the same key
	Digits  map[string]int // decimal digits of the minor unit of a currency where they are not those of [split.Digits]
}

// Repeats say what becomes of touches of the same key on the way to a deal.
type Repeats uint8

// What becomes of them. The zero value is that all count.
const (
	All    Repeats = iota
	Runs           // of touches of one key in a row the first counts
	Unique         // of all touches of one key the first counts
)

func repeats() []string { return []string{"all", "runs", "unique"} }

// String returns "all", "runs" or "unique".
func (r Repeats) String() string { return word.Of(repeats(), uint8(r)) }

// MarshalText returns what [Repeats.String] returns; a value that is none of the
// constants is an error.
func (r Repeats) MarshalText() ([]byte, error) { return word.Marshal(repeats(), uint8(r)) }

// UnmarshalText reads what [Repeats.MarshalText] writes.
func (r *Repeats) UnmarshalText(text []byte) error { return word.Read(repeats(), text, r) }
