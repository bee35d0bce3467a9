package credit

import (
	"math"
	"math/bits"
)

// fractions is how many parts a half life is divided into.
const fractions = 64

// A curve halves with every half life. Nothing writes to it once it is made.
type curve struct {
	perSecond float64            // half lives
	table     [fractions]float64 // 2^(−i/fractions)
}

func newCurve(half float64) *curve {
	c := &curve{perSecond: 1 / half}
	for i := range c.table {
		c.table[i] = math.Exp2(-float64(i) / fractions)
	}
	return c
}

// weigh sets weights by ages in seconds. That of age 0 is 2 to so many that the
// sum of all is at most 2⁶², which is split fastest.
func (c *curve) weigh(w []int64, ages []float64) {
	exponent := 62 - bits.Len(uint(len(w)))
	for i, a := range ages {
		w[i] = c.at(a*c.perSecond, exponent)
	}
}

// at returns 2^(exponent − x), rounded to a whole number, for x from 0 on and an
// exponent from 0 to 62. It is within 2⁻⁵⁰ of the float64 nearest to that.
func (c *curve) at(x float64, exponent int) int64 {
	if !(x < 64) {
		return 0 // it is below ½
	}
	i := int(x * fractions)
	// e^−r by its series: r is at most ln 2 / 64, and r⁷/7! below 2⁻⁵⁸.
	r := (x - float64(i)/fractions) * math.Ln2
	e := 1 + r*(-1+r*(1./2+r*(-1./6+r*(1./24+r*(-1./120+r*(1./720))))))
	return int64(math.RoundToEven(math.Ldexp(c.table[i%fractions]*e, exponent-i/fractions)))
}
