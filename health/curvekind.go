package health

import "metrics.internal/success/internal/word"

// A CurveKind is the shape of a [Curve].
type CurveKind uint8

// The kinds of curve. Each rounds half to even to a millionth of a point, once. The
// zero value is none.
const (
	NoCurve         CurveKind = iota // not stated
	PiecewiseLinear                  // straight lines between Knots, flat outside
	Steps                            // the points of the last of Knots at or below the value, of the first one below all
	RatioToTarget                    // 100 × value / target up to 100; when lower is better, 100 × target / value
	OwnGrowth                        // straight lines between Knots over the growth value / mean of own history − 1
	OwnPercentile                    // 100 × the share of own history below the value, equal ones counted half
	HalfLife                         // 100 × 0.5^(age / HalfLife), the value being the age
	LinearDecay                      // 100 × (1 − age / Span) down to 0, the value being the age
)

func curveKinds() []string {
	return []string{"", "piecewise linear", "steps", "ratio to target", "own growth", "own percentile", "half-life", "linear decay"}
}

// String returns the name of c in words.
func (c CurveKind) String() string { return word.Of(curveKinds(), uint8(c)) }

// MarshalText returns what [CurveKind.String] returns; a value that is none of the
// constants is an error.
func (c CurveKind) MarshalText() ([]byte, error) { return word.Marshal(curveKinds(), uint8(c)) }

// UnmarshalText reads what [CurveKind.MarshalText] writes.
func (c *CurveKind) UnmarshalText(text []byte) error {
	return word.Read(curveKinds(), text, c)
}
