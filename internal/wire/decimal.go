package wire

import (
	"encoding/binary"
	"math"
	"math/big"
	"math/bits"

	"github.com/shopspring/decimal"
)

const (
	places    = 6             // of a millionth
	maxBits   = 127           // of an amount in millionths
	maxZeros  = 38            // 10³⁸ is the largest power of ten below 2¹²⁷
	maxDigits = 16            // bytes of an amount in millionths
	maxHigh   = math.MaxInt64 // of the higher 64 bits of an amount in millionths
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

// appendAmount appends n as [Writer.Decimal] says. It changes n.
func appendAmount(b []byte, n *big.Int) []byte {
	if n.Sign() == 0 {
		return append(b, 0)
	}
	head := byte(1)
	if n.Sign() < 0 {
		head++
	}
	zeros := strip(n)
	digits := n.Bytes()
	return append(append(b, head+byte(2*zeros), byte(len(digits))), digits...)
}

// appendSmall is appendAmount for what fits 64 bits.
func appendSmall(b []byte, micros int64) []byte {
	if micros == 0 {
		return append(b, 0)
	}
	head, n := byte(1), uint64(micros)
	if micros < 0 {
		head, n = 2, -n
	}
	for ; n%10 == 0; n /= 10 {
		head += 2
	}
	size := (bits.Len64(n) + 7) / 8
	b = append(b, head, byte(size))
	for i := size - 1; i >= 0; i-- {
		b = append(b, byte(n>>(8*i)))
	}
	return b
}

// amount returns digits × 10^zeros millionths. ok is false for what
// [Writer.Decimal] does not write.
func amount(zeros int, digits []byte) (d decimal.Decimal, ok bool) {
	if zeros > maxZeros || len(digits) == 0 || len(digits) > maxDigits || digits[0] == 0 || tens(digits) {
		return d, false
	}
	var hi, lo uint64
	for _, b := range digits {
		hi, lo = hi<<8|lo>>56, lo<<8|uint64(b)
	}
	for range zeros {
		if hi > maxHigh/10 {
			return d, false
		}
		carry, low := bits.Mul64(lo, 10)
		hi, lo = hi*10+carry, low
	}
	switch {
	case hi > maxHigh:
		return d, false
	case hi == 0 && lo <= math.MaxInt64:
		return decimal.New(int64(lo), -places), true
	}
	var bytes [maxDigits]byte
	binary.BigEndian.PutUint64(bytes[:8], hi)
	binary.BigEndian.PutUint64(bytes[8:], lo)
	return decimal.NewFromBigInt(new(big.Int).SetBytes(bytes[:]), -places), true
}

// tens reports whether a number, from its highest byte to its lowest, can be
// divided by ten.
func tens(digits []byte) bool {
	rest := 0
	for _, b := range digits {
		rest = (rest<<8 | int(b)) % 10
	}
	return rest == 0
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
