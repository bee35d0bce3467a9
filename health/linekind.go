package health

import "metrics.internal/success/internal/word"

// A LineKind says what a [Line] of an explanation stands for.
type LineKind uint8

// The kinds of line, in the order in which they come.
const (
	BaseLine      LineKind = iota // what the score starts from: 100 under Deductions
	MeasureLine                   // a measure
	CapLine                       // what the cap of a group, or the end of the scale, takes away
	ExceptionLine                 // what an exception changes
	OverrideLine                  // what a manual override changes
)

func lineKinds() []string {
	return []string{"base", "measure", "cap", "exception", "override"}
}

// String returns the name of l in words.
func (l LineKind) String() string { return word.Of(lineKinds(), uint8(l)) }

// MarshalText returns what [LineKind.String] returns; a value that is none of the
// constants is an error.
func (l LineKind) MarshalText() ([]byte, error) { return word.Marshal(lineKinds(), uint8(l)) }

// UnmarshalText reads what [LineKind.MarshalText] writes.
func (l *LineKind) UnmarshalText(text []byte) error {
	return word.Read(lineKinds(), text, l)
}
