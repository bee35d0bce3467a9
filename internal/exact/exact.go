// Package exact does the arithmetic of money: whole millionths of a currency
// unit in 64 and 128 bits, and decimals of any size in bounded time.
package exact

import (
	"math"
	"math/big"
	"math/bits"
	"strconv"

	"github.com/shopspring/decimal"
)

const (
	// Micro is the number of units of the last place in one unit of a currency.
	Micro = 1_000_000

	// Limit is the smallest amount, in millionths, that is refused: less of
	// either sign fits an int64 with room to spare.
	Limit = 9_000_000_000_000 * Micro

	microPlaces = 6
	maxBits     = 1 << 16 // of a coefficient: 19,700 digits
	maxDigits   = 10_000  // of a quotient or a sum
)

// Decimal returns an amount of millionths as a decimal.
func Decimal(micros int64) decimal.Decimal { return decimal.New(micros, -microPlaces) }

// Rate returns price × times / den in millionths, rounded half to even. ok is
// false when that is [Limit] or more either way, or when the price has more
// digits than anybody can have meant. times and den must be positive, times
// below 2⁵³, den below 10⁷.
func Rate(price decimal.Decimal, times, den int64) (micros int64, ok bool) {
	if price.IsZero() {
		return 0, true
	}
	shift := int(price.Exponent()) + microPlaces
	if coef, small := coefficient(price); small {
		abs := uint64(max(coef, -coef))
		hi, lo := bits.Mul64(abs, uint64(times))
		switch {
		case shift >= 0 && shift < len(pow10):
			over, mid := bits.Mul64(hi, pow10[shift])
			carry, low := bits.Mul64(lo, pow10[shift])
			sum, c := bits.Add64(mid, carry, 0)
			if over == 0 && c == 0 {
				q, ok := quoHalfEven(sum, low, uint64(den))
				return signed(q, ok, coef < 0)
			}
		case shift < 0 && -shift <= 12:
			q, ok := quoHalfEven(hi, lo, uint64(den)*pow10[-shift])
			return signed(q, ok, coef < 0)
		}
	}
	return rateBig(price, shift, times, den)
}

// rateBig is Rate for prices of any size.
func rateBig(price decimal.Decimal, shift int, times, den int64) (int64, bool) {
	coef := price.Coefficient()
	length := coef.BitLen()
	if length > maxBits || shift > 40 {
		return 0, false
	}
	if float64(-shift) > float64(length)*math.Log10(2)+20 {
		return 0, true // far below half a millionth
	}
	num := coef.Mul(coef, big.NewInt(times))
	div := big.NewInt(den)
	if shift >= 0 {
		num.Mul(num, power(shift))
	} else {
		div.Mul(div, power(-shift))
	}
	num = quoBigHalfEven(num, div)
	if num.CmpAbs(big.NewInt(Limit)) >= 0 {
		return 0, false
	}
	return num.Int64(), true
}

// coefficient returns the digits of d as an int64 if there are at most 18.
func coefficient(d decimal.Decimal) (coef int64, ok bool) {
	if d.NumDigits() > 18 {
		return 0, false
	}
	return d.CoefficientInt64(), true
}

// signed gives a quotient its sign and its bound.
func signed(q uint64, ok, negative bool) (int64, bool) {
	if !ok || q >= Limit {
		return 0, false
	}
	if negative {
		return -int64(q), true
	}
	return int64(q), true
}

// quoHalfEven divides a 128-bit number, rounding half to even. ok is false when
// the quotient does not fit 64 bits.
func quoHalfEven(hi, lo, den uint64) (q uint64, ok bool) {
	if hi >= den {
		return 0, false
	}
	q, rem := bits.Div64(hi, lo, den)
	if half := den - rem; rem > half || rem == half && q&1 == 1 {
		q++
		return q, q != 0
	}
	return q, true
}

// quoBigHalfEven divides num by a positive den, rounding half to even.
func quoBigHalfEven(num, den *big.Int) *big.Int {
	q, rem := new(big.Int).QuoRem(num, den, new(big.Int))
	twice := rem.Lsh(rem, 1)
	if c := twice.CmpAbs(den); c > 0 || c == 0 && q.Bit(0) == 1 {
		q.Add(q, big.NewInt(int64(num.Sign())))
	}
	return q
}

// Div returns num/den rounded half away from zero to the given places. ok is
// false when den is 0 and when the quotient has more than 10,000 digits.
func Div(num, den decimal.Decimal, places int32) (q decimal.Decimal, ok bool) {
	if den.IsZero() {
		return decimal.Decimal{}, false
	}
	n, d := num.Coefficient(), den.Coefficient()
	shift := int(num.Exponent()) - int(den.Exponent()) + int(places)
	size := int(float64(n.BitLen()-d.BitLen())*math.Log10(2)) + shift // digits, give or take two
	switch {
	case n.Sign() == 0 || size < -3:
		return decimal.New(0, -places), true
	case size > maxDigits:
		return decimal.Decimal{}, false
	case shift >= 0:
		n.Mul(n, power(shift))
	default:
		d.Mul(d, power(-shift))
	}
	quo, rem := n.QuoRem(n, d, new(big.Int))
	sign := rem.Sign() * d.Sign()
	if rem.Lsh(rem, 1).CmpAbs(d) >= 0 {
		quo.Add(quo, big.NewInt(int64(sign)))
	}
	return decimal.NewFromBigInt(quo, -places), true
}

// Float64 returns the float64 nearest to num/den. ok is false when den is 0 and
// when the quotient is too large for a float64.
func Float64(num, den decimal.Decimal) (f float64, ok bool) {
	if den.IsZero() {
		return 0, false
	}
	n, d := num.Coefficient(), den.Coefficient()
	shift := int(num.Exponent()) - int(den.Exponent())
	size := int(float64(n.BitLen()-d.BitLen())*math.Log10(2)) + shift
	switch {
	case n.Sign() == 0 || size < -400:
		return 0, true
	case size > 400:
		return 0, false
	case shift >= 0:
		n.Mul(n, power(shift))
	default:
		d.Mul(d, power(-shift))
	}
	if f, _ = new(big.Rat).SetFrac(n, d).Float64(); math.IsInf(f, 0) {
		return 0, false
	}
	return f, true
}

// Add returns a + b. ok is false when the sum would have more than 10,000
// digits more than its parts.
func Add(a, b decimal.Decimal) (sum decimal.Decimal, ok bool) {
	if a.IsZero() {
		return b, true
	}
	if b.IsZero() {
		return a, true
	}
	if gap := int(a.Exponent()) - int(b.Exponent()); gap > maxDigits || gap < -maxDigits {
		return decimal.Decimal{}, false
	}
	return a.Add(b), true
}

// Show returns d as text without spelling out a huge exponent or coefficient.
func Show(d decimal.Decimal) string {
	coef := d.Coefficient()
	if coef.BitLen() > 256 {
		return strconv.Itoa(d.NumDigits()) + " digits e" + strconv.Itoa(int(d.Exponent()))
	}
	if e := d.Exponent(); e > 30 || e < -90 {
		return coef.String() + "e" + strconv.Itoa(int(e))
	}
	return d.String()
}

func power(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

// pow10 holds the powers of ten that fit 64 bits. Nothing writes to it.
var pow10 = [20]uint64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9,
	1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
}
