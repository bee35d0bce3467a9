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
		p2 := ratioConstrained(x1, n1, x2, n2, phi)
		p1 := min(1, phi*p2)
		return ratioOfGap(x1/n1-phi*x2/n2, p1*(1-p1)/n1+phi*phi*p2*(1-p2)/n2)
	}
	return bisect(-60, 60, func(log float64) bool { return score(log) > z })
}

// ratioConstrained returns the second probability at which x1 of n1 and x2 of
// n2 are most likely when the first is phi times as large: the smaller root of
// a quadratic, written so that no digits cancel.
func ratioConstrained(x1, n1, x2, n2, phi float64) float64 {
	a := (n1 + n2) * phi
	b := n1*phi + x1 + n2 + x2*phi
	c := x1 + x2
	return min(1, 2*c/(b+math.Sqrt(max(0, b*b-4*a*c))))
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
