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
	if x1/n1+x2/n2 <= 1 {
		return -scoreLimit(x2, n2, x1, n1, z), scoreLimit(x1, n1, x2, n2, z)
	}
	// Small probabilities keep more digits than those close to 1.
	y1, y2 := n1-x1, n2-x2
	return -scoreLimit(y1, n1, y2, n2, z), scoreLimit(y2, n2, y1, n1, z)
}

// scoreLimit returns the upper limit of x1/n1 − x2/n2.
func scoreLimit(x1, n1, x2, n2, z float64) float64 {
	return bisect(x1/n1-x2/n2, 1, func(d float64) bool {
		p1, p2 := constrained(x1, n1, x2, n2, d)
		v := (p1*(1-p1)/n1 + p2*(1-p2)/n2) * (n1 + n2) / (n1 + n2 - 1)
		return ratioOfGap(x1/n1-x2/n2-d, v) > -z
	})
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

// constrained returns the two probabilities, the first larger by d, at which x1
// of n1 and x2 of n2 are most likely. The slope of the likelihood falls all the
// way, so halving finds where it crosses 0.
func constrained(x1, n1, x2, n2, d float64) (p1, p2 float64) {
	if d < 0 {
		p2, p1 = constrained(x2, n2, x1, n1, -d)
		return p1, p2
	}
	slope := func(p float64) float64 {
		return share(x1, p+d) - share(n1-x1, 1-p-d) + share(x2, p) - share(n2-x2, 1-p)
	}
	p2 = bisect(0, 1-d, func(p float64) bool { return slope(p) > 0 })
	return min(1, p2+d), p2
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
