package interval

import "math"

// Koopman returns the score interval of the ratio (x1/n1) / (x2/n2). With no x1
// it starts at 0, with no x2 it has no end.
//
// Source: P. A. R. Koopman, Confidence intervals for the ratio of two binomial
// proportions, Biometrics 40 (1984).
func Koopman(x1, n1, x2, n2, z float64) (lower, upper float64) {
	if x1 == 0 && x2 == 0 {
		return 0, math.Inf(1)
	}
	if x1 == 0 {
		return 0, math.Exp(koopmanLimit(x1, n1, x2, n2, -z))
	}
	if x2 == 0 {
		return math.Exp(koopmanLimit(x1, n1, x2, n2, z)), math.Inf(1)
	}
	return math.Exp(koopmanLimit(x1, n1, x2, n2, z)), math.Exp(koopmanLimit(x1, n1, x2, n2, -z))
}

// koopmanLimit returns the log of the ratio at which the score is z.
func koopmanLimit(x1, n1, x2, n2, z float64) float64 {
	score := func(log float64) float64 {
		phi := math.Exp(log)
		gap := x1/n1 - phi*x2/n2
		if math.Abs(log) < 0.5 {
			gap = (n2-x2)/n2 - (n1-x1)/n1 - math.Expm1(log)*x2/n2
		}
		v := ratioVariance(x2, n2, x1, n1, -log)/n1 + phi*phi*ratioVariance(x1, n1, x2, n2, log)/n2
		return ratioOfGap(gap, v)
	}
	return bisect(-60, 60, func(log float64) bool { return score(log) > z })
}

// ratioVariance returns p (1 − p) of the second probability p at which x1 of n1
// and x2 of n2 are most likely when the first is φ times as large, given the log
// of φ. p is the smaller root of
//
//	(n₁ + n₂) φ p² − ((n₁ + x₂) φ + n₂ + x₁) p + x₁ + x₂ = 0
//
// written, like 1 − p, so that no digits cancel.
func ratioVariance(x1, n1, x2, n2, log float64) float64 {
	phi, e := math.Exp(log), math.Expm1(log)
	y1, y2, shift := n1-x1, n2-x2, e*(n1+x2)
	root := math.Sqrt((y1-y2+shift)*(y1-y2+shift) + 4*phi*y1*y2)
	down := phi*(n1+x2) + n2 + x1 + root
	rest := y1 + y2 + shift
	if rest < 0 {
		rest = 4 * y2 * e * (x1 + x2) / (rest - root)
	} else {
		rest += root
	}
	return 2 * (x1 + x2) / down * (rest / down)
}

// MOVER returns the interval of the ratio (x1/n1) / (x2/n2) that follows from
// the Wilson limits of either (the method of variance estimates recovery). With
// no x2 it has no end.
//
// Source: A. Donner and G. Zou, Closed-form confidence intervals for functions
// of the normal mean and standard deviation, Statistical Methods in Medical
// Research 21 (2012).
func MOVER(x1, n1, x2, n2, z float64) (lower, upper float64) {
	p1, p2 := x1/n1, x2/n2
	l1, u1 := Wilson(x1, n1, z)
	l2, u2 := Wilson(x2, n2, z)
	product := p1 * p2
	if l1 > 0 {
		low := l1 * (2*p1 - l1)
		lower = low / (product + math.Sqrt(max(0, product*product-low*u2*(2*p2-u2))))
	}
	if x2 == 0 {
		return lower, math.Inf(1)
	}
	high := u1 * (2*p1 - u1)
	down := l2 * (2*p2 - l2)
	return lower, (product + math.Sqrt(max(0, product*product-high*down))) / down
}
