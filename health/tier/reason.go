package tier

import "metrics.internal/success/internal/word"

// A Reason says why an account has its tier.
type Reason uint8

// The reasons. Those from Manual on are locks, in the order in which they are
// looked for.
const (
	AsWanted  Reason = iota // it wants the tier, and there is room
	NoRoom                  // no tier from the one it wants down to this one had room
	Manual                  // somebody put it, or one of its family, there
	Strategic               // it is strategic
	Contract                // it has a right to a named CSM
	Renewal                 // it is about to renew
	AtRisk                  // it is at risk
	Handover                // its owner changed lately
)

func reasons() []string {
	return []string{"as wanted", "no room", "manual", "strategic", "contract", "renewal", "at risk", "change of owner"}
}

// Locked reports whether r is a lock.
func (r Reason) Locked() bool { return r >= Manual && int(r) < len(reasons()) }

// String returns the reason in words.
func (r Reason) String() string { return word.Of(reasons(), uint8(r)) }

// MarshalText returns what [Reason.String] returns; a value that is none of the
// constants is an error.
func (r Reason) MarshalText() ([]byte, error) { return word.Marshal(reasons(), uint8(r)) }

// UnmarshalText reads what [Reason.MarshalText] writes.
func (r *Reason) UnmarshalText(text []byte) error { return word.Read(reasons(), text, r) }
