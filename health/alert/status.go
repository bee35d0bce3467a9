package alert

import "metrics.internal/success/internal/word"

// A Status is what became of an alert in the last run.
type Status uint8

// The statuses. An alert is open while it is opened, kept or unconfirmed.
const (
	Opened      Status = iota // opened on the day of the run
	Kept                      // open from before, and its reason lasts
	Unconfirmed               // open, but nothing is known of its reason now
	Closed                    // closed on the day of the run
	Cooling                   // closed before; its key is quiet until the cool-down is over
	Suppressed                // closed on the day or before, and its reason is back within the cool-down
)

func statuses() []string {
	return []string{"opened", "kept", "unconfirmed", "closed", "cooling", "suppressed"}
}

// String returns the status in a word.
func (s Status) String() string { return word.Of(statuses(), uint8(s)) }

// MarshalText returns what [Status.String] returns; a value that is none of the
// constants is an error.
func (s Status) MarshalText() ([]byte, error) { return word.Marshal(statuses(), uint8(s)) }

// UnmarshalText reads what [Status.MarshalText] writes.
func (s *Status) UnmarshalText(text []byte) error {
	return word.Read(statuses(), text, s)
}

// A Reason says why an alert was closed.
type Reason uint8

// The reasons. The zero value is that it was not.
const (
	NotClosed Reason = iota
	Resolved         // what it was about is over
	Ended            // the account is no customer any more
	RuleOff          // the policy no longer has the rule
)

func reasons() []string { return []string{"not closed", "resolved", "ended", "rule off"} }

// String returns the reason in words.
func (r Reason) String() string { return word.Of(reasons(), uint8(r)) }

// MarshalText returns what [Reason.String] returns; a value that is none of the
// constants is an error.
func (r Reason) MarshalText() ([]byte, error) { return word.Marshal(reasons(), uint8(r)) }

// UnmarshalText reads what [Reason.MarshalText] writes.
func (r *Reason) UnmarshalText(text []byte) error {
	return word.Read(reasons(), text, r)
}
