package alert

import "metrics.internal/success/internal/word"

// A Kind is what an alert is about.
type Kind uint8

// The kinds of alert, each with its rule. Thresholds are those of the [Policy].
const (
	BandDrop      Kind = iota + 1 // the band is lower than before; critical in the lowest band
	CoverageDrop                  // the health score rests on much less than before
	OverdueUsage                  // the next use is long overdue
	UsageFall                     // use fell far below the account's own baseline
	ChampionLeft                  // somebody who spoke for the product has left; critical
	GoalMissed                    // a goal was due and is not achieved
	RenewalAtRisk                 // a renewal is near and the band not good; critical in the lowest band
	SingleContact                 // nearly everything hangs on one person
	SeatsFull                     // nearly all seats are in use
)

// kinds returns the words of the kinds. No alert is of the zero kind.
func kinds() []string {
	return []string{
		"none", "band drop", "coverage drop", "overdue usage", "usage fall", "champion left",
		"goal missed", "renewal at risk", "single contact", "seats full",
	}
}

func (k Kind) valid() bool { return k >= BandDrop && k <= SeatsFull }

// String returns the kind in words.
func (k Kind) String() string { return word.Of(kinds(), uint8(k)) }

// MarshalText returns what [Kind.String] returns; a value that is none of the
// constants is an error.
func (k Kind) MarshalText() ([]byte, error) { return word.Marshal(kinds(), uint8(k)) }

// UnmarshalText reads what [Kind.MarshalText] writes.
func (k *Kind) UnmarshalText(text []byte) error {
	return word.Read(kinds(), text, k)
}
