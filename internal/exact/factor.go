package exact

import (
	"cmp"
	"math/big"
	"math/bits"

	"github.com/shopspring/decimal"
)

// A Factor converts amounts of one currency into another. The zero value is not
// a factor.
type Factor struct {
	num, den uint64      // when they fit
	big      [2]*big.Int // otherwise
}

// One is the factor that changes nothing.
func One() Factor { return Factor{num: 1, den: 1} }

// FactorOf returns a positive rate as a factor. ok is false for a rate that is
// not positive or has more digits, before or after the point, than a rate can
// have.
func FactorOf(rate decimal.Decimal) (f Factor, ok bool) {
	const most = 400 // digits either side
	exp := int(rate.Exponent())
	if rate.Sign() <= 0 || exp > most || exp < -most {
		return Factor{}, false
	}
	if coef, small := coefficient(rate); small {
		switch {
		case exp <= 0 && -exp < len(pow10):
			return Factor{num: uint64(coef), den: pow10[-exp]}, true
		case exp > 0 && exp < len(pow10):
			if hi, num := bits.Mul64(uint64(coef), pow10[exp]); hi == 0 {
				return Factor{num: num, den: 1}, true
			}
		}
	}
	num, den := rate.Coefficient(), big.NewInt(1)
	if num.BitLen() > maxBits {
		return Factor{}, false
	}
	if exp > 0 {
		num.Mul(num, power(exp))
	} else {
		den = power(-exp)
	}
	return Factor{big: [2]*big.Int{num, den}}, true
}

// Convert returns an amount in the other currency, rounded half to even to a
// millionth. ok is false when that is [Limit] or more either way.
func (f Factor) Convert(micros int64) (converted int64, ok bool) {
	if f.big[0] != nil {
		n := new(big.Int).Mul(big.NewInt(micros), f.big[0])
		n = quoBigHalfEven(n, f.big[1])
		if n.CmpAbs(big.NewInt(Limit)) >= 0 {
			return 0, false
		}
		return n.Int64(), true
	}
	hi, lo := bits.Mul64(uint64(max(micros, -micros)), f.num)
	q, ok := quoHalfEven(hi, lo, f.den)
	return signed(q, ok, micros < 0)
}

// Cmp returns -1, 0 or +1 as f is less than, equal to or greater than g.
func (f Factor) Cmp(g Factor) int {
	if f.big[0] == nil && g.big[0] == nil {
		hi1, lo1 := bits.Mul64(f.num, g.den)
		hi2, lo2 := bits.Mul64(g.num, f.den)
		return cmp.Or(cmp.Compare(hi1, hi2), cmp.Compare(lo1, lo2))
	}
	n1, d1 := f.parts()
	n2, d2 := g.parts()
	return new(big.Int).Mul(n1, d2).Cmp(new(big.Int).Mul(n2, d1))
}

func (f Factor) parts() (num, den *big.Int) {
	if f.big[0] != nil {
		return f.big[0], f.big[1]
	}
	return new(big.Int).SetUint64(f.num), new(big.Int).SetUint64(f.den)
}
