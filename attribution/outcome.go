package attribution

import "metrics.internal/success/internal/word"

// A LeadOutcome says what became of a submitted lead, and why.
type LeadOutcome uint8

// The outcomes of leads. A lead that several would fit has the first.
const (
	LeadAccepted         LeadOutcome = iota
	LeadNoInteraction                // a service lead that names no interaction
	LeadOtherAccount                 // a service lead whose interaction was with another account
	LeadLaterInteraction             // a service lead submitted before its interaction
	LeadMerged                       // a duplicate of a lead that was accepted before
)

func leadOutcomes() []string {
	return []string{"accepted", "no interaction", "other account", "later interaction", "merged"}
}

// String returns the outcome in words.
func (o LeadOutcome) String() string { return word.Of(leadOutcomes(), uint8(o)) }

// MarshalText returns what [LeadOutcome.String] returns; a value that is none of
// the constants is an error.
func (o LeadOutcome) MarshalText() ([]byte, error) { return word.Marshal(leadOutcomes(), uint8(o)) }

// UnmarshalText reads what [LeadOutcome.MarshalText] writes.
func (o *LeadOutcome) UnmarshalText(text []byte) error { return word.Read(leadOutcomes(), text, o) }

// A DealOutcome says whether a deal is attributed to a lead, and why not.
type DealOutcome uint8

// The outcomes of deals. A deal that several would fit has the first.
const (
	DealAttributed   DealOutcome = iota
	DealNoLead                   // it names no lead, or none that is known as yet
	DealLeadRefused              // its lead was not accepted
	DealOtherAccount             // its lead is of another account
	DealBeforeLead               // it was opened before its lead was submitted
	DealOwnLead                  // its owner submitted the lead, and the options refuse that
)

func dealOutcomes() []string {
	return []string{"attributed", "no lead", "lead refused", "other account", "before lead", "own lead"}
}

// String returns the outcome in words.
func (o DealOutcome) String() string { return word.Of(dealOutcomes(), uint8(o)) }

// MarshalText returns what [DealOutcome.String] returns; a value that is none of
// the constants is an error.
func (o DealOutcome) MarshalText() ([]byte, error) { return word.Marshal(dealOutcomes(), uint8(o)) }

// UnmarshalText reads what [DealOutcome.MarshalText] writes.
func (o *DealOutcome) UnmarshalText(text []byte) error { return word.Read(dealOutcomes(), text, o) }
