package advocacy

import "metrics.internal/success/internal/word"

// An Outcome says what became of a referral.
type Outcome uint8

// The outcomes of referrals. One that several would fit has the first.
const (
	Accepted Outcome = iota
	Own              // of the advocate's own account
	Merged           // of an account that was referred before
	Customer         // of an account that had bought before
)

func outcomes() []string { return []string{"accepted", "own", "merged", "customer"} }

// String returns the outcome in a word.
func (o Outcome) String() string { return word.Of(outcomes(), uint8(o)) }

// MarshalText returns what [Outcome.String] returns; a value that is none of the
// constants is an error.
func (o Outcome) MarshalText() ([]byte, error) { return word.Marshal(outcomes(), uint8(o)) }

// UnmarshalText reads what [Outcome.MarshalText] writes.
func (o *Outcome) UnmarshalText(text []byte) error { return word.Read(outcomes(), text, o) }

// A Use says what a reference was good for.
type Use uint8

// The uses of references. One that several would fit has the first.
const (
	Supporting Use = iota // of a deal that was not closed yet
	NoDeal                // for no deal in particular
	OwnDeal               // for a deal of the advocate's own account
	Late                  // after the deal was closed
)

func uses() []string { return []string{"supporting", "no deal", "own deal", "late"} }

// String returns the use in words.
func (u Use) String() string { return word.Of(uses(), uint8(u)) }

// MarshalText returns what [Use.String] returns; a value that is none of the
// constants is an error.
func (u Use) MarshalText() ([]byte, error) { return word.Marshal(uses(), uint8(u)) }

// UnmarshalText reads what [Use.MarshalText] writes.
func (u *Use) UnmarshalText(text []byte) error { return word.Read(uses(), text, u) }
