package attribution

import "metrics.internal/success/internal/word"

// A Source says where a lead came from.
type Source uint8

// The sources. The zero value is unknown, and refused.
const (
	SourceUnknown Source = iota
	Service              // somebody who serves customers noticed the need: a service-qualified lead
	Marketing            // a campaign, an event, content
	Sales                // sales went looking
	Partner              // a reseller or an integrator
	Referral             // a customer recommended us
	Self                 // the customer asked, or bought without being asked
	Other
)

func sources() []string {
	return []string{"", "service", "marketing", "sales", "partner", "referral", "self", "other"}
}

// String returns the source in a word, and nothing for unknown.
func (s Source) String() string { return word.Of(sources(), uint8(s)) }

// MarshalText returns what [Source.String] returns; a value that is none of the
// constants is an error.
func (s Source) MarshalText() ([]byte, error) { return word.Marshal(sources(), uint8(s)) }

// UnmarshalText reads what [Source.MarshalText] writes.
func (s *Source) UnmarshalText(text []byte) error { return word.Read(sources(), text, s) }
