package health

import "math/bits"

// A wide is a whole number of 128 bits, not negative. Nothing here overflows
// within the limits that a [Scorecard] is checked for.
type wide struct{ hi, lo uint64 }

// product returns x × y.
func product(x, y uint64) wide {
	hi, lo := bits.Mul64(x, y)
	return wide{hi, lo}
}

func (a wide) add(b wide) wide {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	return wide{a.hi + b.hi + carry, lo}
}

func (a wide) sub(b wide) wide {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	return wide{a.hi - b.hi - borrow, lo}
}

func (a wide) times(x uint64) wide {
	hi, lo := bits.Mul64(a.lo, x)
	return wide{hi + a.hi*x, lo}
}

func (a wide) less(b wide) bool {
	return a.hi < b.hi || a.hi == b.hi && a.lo < b.lo
}

// shifted returns a × 2ⁿ for n below 64.
func (a wide) shifted(n uint) wide {
	return wide{a.hi<<n | a.lo>>(64-n), a.lo << n}
}

// over returns a / den rounded half to even, for quotients below 2²⁷ and den
// below 2¹⁰¹, not 0.
func (a wide) over(den wide) int64 {
	if den.hi != 0 {
		return a.overWide(den)
	}
	if a.hi == 0 {
		return over(a.lo, den.lo)
	}
	q, rem := bits.Div64(a.hi, a.lo, den.lo)
	return rounded(q, rem, den.lo)
}

// over returns num / den rounded half to even.
func over(num, den uint64) int64 {
	q := num / den
	return rounded(q, num-q*den, den)
}

// rounded returns a quotient rounded half to even for what remains of den,
// without a branch: which way it goes is a toss.
func rounded(q, rem, den uint64) int64 {
	_, up := bits.Sub64(den-rem, rem+q&1, 0)
	return int64(q + up)
}

func (a wide) overWide(den wide) int64 {
	q := int64(0)
	for n := 27; n >= 0; n-- {
		if part := den.shifted(uint(n)); !a.less(part) {
			a = a.sub(part)
			q |= 1 << n
		}
	}
	half := den.sub(a)
	if half.less(a) || half == a && q&1 == 1 {
		q++
	}
	return q
}
