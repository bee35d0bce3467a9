package health

import "metrics.internal/success/internal/word"

// A Combiner says how the points of the measures become one score.
type Combiner uint8

// The combiners. The zero value is NestedMean. Bounds put every missing measure at
// 0 and at 100 points under each of them; measures of weight 0 are shown but never
// count.
const (
	NestedMean   Combiner = iota // weighted mean within each group, then over the groups that have something present
	FlatMean                     // one weighted mean over all measures, each of its weight in the group × the group's
	WorstOf                      // the worst points of any measure
	BestOf                       // the best points of any measure
	AnyPoor                      // the nested mean, unless a measure is in the worst band: then its points, the worst if there are several
	CappedPoints                 // the sum of Weight × points / 100, each group up to its Cap, all up to 100
	Deductions                   // 100 less the sum of Weight × (100 − points) / 100, each group up to its Cap, but not below 0; on the health scale only
)

func combiners() []string {
	return []string{"nested mean", "flat mean", "worst of", "best of", "any poor", "capped points", "deductions"}
}

// String returns the name of c in words.
func (c Combiner) String() string { return word.Of(combiners(), uint8(c)) }

// MarshalText returns what [Combiner.String] returns; a value that is none of the
// constants is an error.
func (c Combiner) MarshalText() ([]byte, error) { return word.Marshal(combiners(), uint8(c)) }

// UnmarshalText reads what [Combiner.MarshalText] writes.
func (c *Combiner) UnmarshalText(text []byte) error {
	return word.Read(combiners(), text, c)
}
