package survival

import (
	"math"

	"metrics.internal/success"
)

// A Band says how the interval of a survival probability is made. All are
// Greenwood's variance on a scale of its own.
type Band uint8

// The bands. The zero value is the log-log one, which stays within [0, 1] by
// itself and covers best in small samples.
const (
	LogLog  Band = iota // log(−log S); undefined at S = 1 and S = 0
	Log                 // log S, cut at 1; undefined at S = 0
	Plain               // S itself, cut at 0 and 1; undefined at S = 0
	Logit               // log(S/(1−S)); undefined at S = 1 and S = 0
	Arcsine             // asin √S; undefined at S = 1 and S = 0
	bands
)

// limits returns the interval of s, whose logarithm has the standard error se,
// NaN where it is undefined.
func (b Band) limits(s, se, z float64) (lower, upper float64) {
	if s <= 0 || s >= 1 && b != Log && b != Plain {
		return math.NaN(), math.NaN()
	}
	switch b {
	case Log:
		return s * math.Exp(-z*se), min(1, s*math.Exp(z*se))
	case Plain:
		return max(0, s-z*se*s), min(1, s+z*se*s)
	case Logit:
		odds, width := math.Log(s/(1-s)), z*se/(1-s)
		return 1 / (1 + math.Exp(width-odds)), 1 / (1 + math.Exp(-width-odds))
	case Arcsine:
		angle, width := math.Asin(math.Sqrt(s)), z*se/2*math.Sqrt(s/(1-s))
		low, high := math.Sin(max(0, angle-width)), math.Sin(min(math.Pi/2, angle+width))
		return low * low, high * high
	}
	width := z * se / math.Log(s)
	return math.Pow(s, math.Exp(-width)), math.Pow(s, math.Exp(width))
}

// exact returns the interval of a share of which nobody has left yet: with n at
// risk, (α/2)^(1/n) is the smallest share that lets all n stay with
// probability α/2.
func exact(level float64, n int64) success.Estimate {
	if n == 0 {
		return success.Estimate{}
	}
	return success.EstimateOf(1, math.Pow((1-level)/2, 1/float64(n)), 1)
}
