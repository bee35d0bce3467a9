package goal

import (
	"metrics.internal/success"
	"metrics.internal/success/internal/word"
)

// A Status is how a goal stands on a day.
type Status uint8

// The statuses. A goal that is met without a day due is achieved.
const (
	Unknown   Status = iota // the day due is over and nobody reported what came of it
	Achieved                // met by the day due
	Late                    // met after the day due
	Partial                 // met in part
	Missed                  // not met
	Cancelled               // cancelled by agreement
	NotYetDue               // no outcome, and none to be expected yet
)

func statuses() []string {
	return []string{"unknown", "achieved", "late", "partial", "missed", "cancelled", "not yet due"}
}

// String returns the status in words.
func (s Status) String() string { return word.Of(statuses(), uint8(s)) }

// MarshalText returns what [Status.String] returns; a value that is none of the
// constants is an error.
func (s Status) MarshalText() ([]byte, error) { return word.Marshal(statuses(), uint8(s)) }

// UnmarshalText reads what [Status.MarshalText] writes.
func (s *Status) UnmarshalText(text []byte) error {
	return word.Read(statuses(), text, s)
}

// due reports whether the last day in time of g is over.
func (g *Goal) due(asOf success.Date) bool { return !g.Due.IsZero() && asOf.After(g.Due) }

// status returns how g stands.
func (g *Goal) status(asOf success.Date) Status {
	switch g.Outcome {
	case Met:
		if !g.Due.IsZero() && g.On.After(g.Due) {
			return Late
		}
		return Achieved
	case PartlyMet:
		return Partial
	case NotMet:
		return Missed
	case Dropped:
		return Cancelled
	}
	if g.due(asOf) {
		return Unknown
	}
	return NotYetDue
}
