package exact

import (
	"math/big"
	"math/bits"

	"github.com/shopspring/decimal"
)

// A Sum is a sum of millionths in 128 bits, enough for 2⁶³ amounts of 64 bits.
// The zero value is 0.
type Sum struct {
	hi int64
	lo uint64
}

// Of returns x as a sum.
func Of(x int64) Sum { return Sum{x >> 63, uint64(x)} }

// Product returns x × y.
func Product(x, y int64) Sum {
	hi, lo := bits.Mul64(uint64(x), uint64(y))
	return Sum{int64(hi) - x>>63&y - y>>63&x, lo}
}

// Add returns s + t.
func (s Sum) Add(t Sum) Sum {
	lo, carry := bits.Add64(s.lo, t.lo, 0)
	hi, _ := bits.Add64(uint64(s.hi), uint64(t.hi), carry)
	return Sum{int64(hi), lo}
}

// Sub returns s − t.
func (s Sum) Sub(t Sum) Sum {
	lo, borrow := bits.Sub64(s.lo, t.lo, 0)
	hi, _ := bits.Sub64(uint64(s.hi), uint64(t.hi), borrow)
	return Sum{int64(hi), lo}
}

// Plus returns s + x.
func (s Sum) Plus(x int64) Sum { return s.Add(Of(x)) }

// Neg returns −s.
func (s Sum) Neg() Sum { return Sum{}.Sub(s) }

// Sign returns -1, 0 or +1.
func (s Sum) Sign() int {
	switch {
	case s.hi < 0:
		return -1
	case s.hi == 0 && s.lo == 0:
		return 0
	}
	return 1
}

// Floor returns s, or 0 when it is below.
func (s Sum) Floor() Sum {
	if s.hi < 0 {
		return Sum{}
	}
	return s
}

// Cmp returns -1, 0 or +1 as s is less than, equal to or greater than t.
func (s Sum) Cmp(t Sum) int { return s.Sub(t).Sign() }

// Int64 returns s as an int64. ok is false when it does not fit.
func (s Sum) Int64() (x int64, ok bool) {
	x = int64(s.lo)
	return x, s.hi == x>>63
}

// Decimal returns s as a decimal.
func (s Sum) Decimal() decimal.Decimal {
	if x, ok := s.Int64(); ok {
		return Decimal(x)
	}
	abs := s
	if s.hi < 0 {
		abs = s.Neg()
	}
	n := new(big.Int).SetUint64(uint64(abs.hi))
	n.Lsh(n, 64)
	n.Or(n, new(big.Int).SetUint64(abs.lo))
	if s.hi < 0 {
		n.Neg(n)
	}
	return decimal.NewFromBigInt(n, -microPlaces)
}
