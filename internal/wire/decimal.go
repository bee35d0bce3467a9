package wire

import (
	"math/big"

	"github.com/shopspring/decimal"
)

const (
	places    = 6   // of a millionth
	maxBits   = 127 // of an amount in millionths
	maxZeros  = 38  // 10³⁸ is the largest power of ten below 2¹²⁷
	maxDigits = 16  // bytes of an amount in millionths
)

// millionths returns d in millionths. ok is false when they are not whole or
// have more than 127 bits. It takes no more time for huge exponents.
func millionths(d decimal.Decimal) (n *big.Int, ok bool) {
	n = d.Coefficient()
	shift := int64(d.Exponent()) + places
	switch {
	case n.Sign() == 0:
		return n, true
	case shift > maxZeros, shift < -int64(n.BitLen()):
		return nil, false // at least 10³⁹, or fewer digits than places
	case shift >= 0:
		n.Mul(n, power(int(shift)))
	default:
		var rest big.Int
		if n.QuoRem(n, power(int(-shift)), &rest); rest.Sign() != 0 {
			return nil, false
		}
	}
	return n, n.BitLen() <= maxBits
}

// strip divides n, which is not 0, by ten as often as it can.
func strip(n *big.Int) (zeros int) {
	ten := big.NewInt(10)
	for {
		q, rest := new(big.Int).QuoRem(n, ten, new(big.Int))
		if rest.Sign() != 0 {
			return zeros
		}
		n.Set(q)
		zeros++
	}
}

func power(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
