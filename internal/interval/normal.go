package interval

import "math"

// Critical returns the z for which a standard normal variable lies between −z
// and z with probability level. ok is false unless 0 < level < 1.
func Critical(level float64) (z float64, ok bool) {
	if !(level > 0 && level < 1) {
		return 0, false
	}
	return -Quantile((1 - level) / 2), true
}

// Quantile returns the value that a standard normal variable stays below with
// probability p, −Inf for 0 and +Inf for 1.
func Quantile(p float64) float64 {
	if p > 0.5 {
		return -Quantile(1 - p)
	}
	if p < 1e-12 {
		return tailQuantile(p)
	}
	return refine(-math.Sqrt2*math.Erfinv(1-2*p), p)
}

// tailQuantile is Quantile for p below 1e-12, where 1 − 2p has lost its digits.
func tailQuantile(p float64) float64 {
	if p <= 0 {
		return math.Inf(-1)
	}
	t := math.Sqrt(-2 * math.Log(p))
	x := -t + (2.515517+t*(0.802853+t*0.010328))/(1+t*(1.432788+t*(0.189269+t*0.001308)))
	return refine(refine(x, p), p)
}

// refine takes a step of Halley's method towards the quantile x of p.
func refine(x, p float64) float64 {
	density := math.Exp(-x*x/2) / math.Sqrt(2*math.Pi)
	step := (Below(x) - p) / density
	return x - step/(1+x*step/2)
}

// Below returns the probability that a standard normal variable is below z.
func Below(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// TwoSided returns the probability that a standard normal variable is at least
// as far from 0 as z.
func TwoSided(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }

// ChiSquareTail returns the probability that a chi-square variable with df
// degrees of freedom, a whole number of at least 1, exceeds x. It is the closed
// form, so that small probabilities keep their digits.
func ChiSquareTail(x float64, df int) float64 {
	if x <= 0 {
		return 1
	}
	half := x / 2
	term, first := math.Exp(-half), 0.0
	i := 1.0
	if df%2 == 1 {
		first = math.Erfc(math.Sqrt(half))
		term *= math.Sqrt(half) / (math.Sqrt(math.Pi) / 2)
		i = 1.5
	}
	sum := 0.0
	for range df / 2 {
		sum += term
		term *= half / i
		i++
	}
	return min(1, first+sum)
}
