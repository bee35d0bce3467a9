package interval

import "math"

// Wilson returns the score interval of the proportion x/n.
//
// Source: E. B. Wilson, Probable inference, the law of succession, and
// statistical inference, JASA 22 (1927).
func Wilson(x, n, z float64) (lower, upper float64) {
	p, z2 := x/n, z*z
	mid := (p + z2/(2*n)) / (1 + z2/n)
	half := z / (1 + z2/n) * math.Sqrt(p*(1-p)/n+z2/(4*n*n))
	lower, upper = max(0, mid-half), min(1, mid+half)
	if x == 0 {
		lower = 0
	}
	if x == n {
		upper = 1
	}
	return lower, upper
}

// Newcombe returns the hybrid score interval of x1/n1 − x2/n2, made of the
// Wilson limits of either.
//
// Source: R. G. Newcombe, Interval estimation for the difference between
// independent proportions, Statistics in Medicine 17 (1998), method 10.
func Newcombe(x1, n1, x2, n2, z float64) (lower, upper float64) {
	p1, p2 := x1/n1, x2/n2
	l1, u1 := Wilson(x1, n1, z)
	l2, u2 := Wilson(x2, n2, z)
	d := p1 - p2
	return d - math.Hypot(p1-l1, u2-p2), d + math.Hypot(u1-p1, p2-l2)
}

// MiettinenNurminen returns the score interval of x1/n1 − x2/n2, with the
// variance enlarged by N/(N − 1).
//
// Source: O. Miettinen and M. Nurminen, Comparative analysis of two rates,
// Statistics in Medicine 4 (1985).
func MiettinenNurminen(x1, n1, x2, n2, z float64) (lower, upper float64) {
	score := func(d float64) float64 {
		p2 := constrained(x1, n1, x2, n2, d)
		p1 := min(1, max(0, p2+d))
		n := n1 + n2
		v := (p1*(1-p1)/n1 + p2*(1-p2)/n2) * n / (n - 1)
		return ratioOfGap(x1/n1-x2/n2-d, v)
	}
	d := x1/n1 - x2/n2
	return bisect(-1, d, func(at float64) bool { return score(at) > z }),
		bisect(d, 1, func(at float64) bool { return score(at) > -z })
}

// ratioOfGap is gap/√v, which is infinite when only v is 0.
func ratioOfGap(gap, v float64) float64 {
	switch {
	case v > 0:
		return gap / math.Sqrt(v)
	case gap == 0:
		return 0
	}
	return math.Copysign(math.Inf(1), gap)
}

// constrained returns the second probability at which x1 of n1 and x2 of n2 are
// most likely when the first is d larger. The slope of the likelihood falls all
// the way, so halving finds where it crosses 0.
func constrained(x1, n1, x2, n2, d float64) float64 {
	slope := func(p float64) float64 {
		return share(x1, p+d) - share(n1-x1, 1-p-d) + share(x2, p) - share(n2-x2, 1-p)
	}
	return bisect(max(0, -d), min(1, 1-d), func(p float64) bool { return slope(p) > 0 })
}

// share is x/p, where nothing out of nothing is 0.
func share(x, p float64) float64 {
	if x == 0 {
		return 0
	}
	return x / max(p, 0)
}

// bisect returns the point up to which before holds, within [lower, upper], to
// the last digits of a float64.
func bisect(lower, upper float64, before func(float64) bool) float64 {
	for range 200 {
		mid := lower + (upper-lower)/2
		if mid <= lower || mid >= upper {
			break
		}
		if before(mid) {
			lower = mid
		} else {
			upper = mid
		}
	}
	if math.Abs(lower) < math.Abs(upper) {
		return lower
	}
	return upper
}
