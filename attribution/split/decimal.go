package split

import (
	"math/big"
	"strconv"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

const (
	// maxDigits bounds an amount, before the point and after it: any float64
	// fits, and no power takes long.
	maxDigits = 350

	// maxMinor bounds the digits of a minor unit.
	maxMinor = 18
)

// Split splits an amount by weights, in units of the last of so many decimal
// digits, and returns the parts, one for each weight. The digits are those of the
// currency, [Digits], or others, to split in whole units or in thousandths.
//
// An amount that has more digits than that, such as 0.005 EUR, is not rounded: it
// is split in units of its own last digit that is not 0.
//
// Errors are those of [Append], digits outside 0 to 18, and an amount with more
// than 350 digits before or after the point ([success.ErrRange]).
func Split(amount decimal.Decimal, weights []int64, digits int) ([]decimal.Decimal, error) {
	var faults success.Errors
	checkDigits(digits, &faults)
	checkAmount("amount", -1, "", amount, &faults)
	checkWeights(!amount.IsZero(), weights, &faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	units, places, ok := Units(amount, digits)
	if !ok {
		units, places := bigUnits(amount, digits)
		return decimals(signed(units.Sign(), splitBig(units.Abs(units), bigs(weights))), places), nil
	}
	var buffer [small]int64
	parts, err := Append(buffer[:0], units, weights)
	return narrowDecimals(parts, places), err
}

// Units returns how many minor units an amount is, for [Append]: units of the
// last of so many decimal digits or, where the amount has more digits than that,
// of the last of them that is not 0. One unit is 10^−places. ok is false when
// that many do not fit an int64, and when digits or the amount are none that
// [Split] takes.
func Units(amount decimal.Decimal, digits int) (units int64, places int, ok bool) {
	if digits < 0 || digits > maxMinor || amountFault(amount) != nil {
		return 0, 0, false
	}
	if amount.NumDigits() > 18 {
		all, places := bigUnits(amount, digits)
		return all.Int64(), places, all.IsInt64()
	}
	units, places = amount.CoefficientInt64(), -int(amount.Exponent())
	for places > digits && units%10 == 0 && units != 0 {
		units, places = units/10, places-1
	}
	if units == 0 {
		return 0, digits, true
	}
	for ; places < digits; places++ {
		if units > maxTenth || units < -maxTenth {
			return 0, 0, false
		}
		units *= 10
	}
	return units, places, true
}

// maxTenth times 10 fits an int64.
const maxTenth = (1<<63 - 1) / 10

// bigUnits is [Units] for amounts of any size that passed its check.
func bigUnits(amount decimal.Decimal, digits int) (units *big.Int, places int) {
	units, places = amount.Coefficient(), -int(amount.Exponent())
	if units.Sign() == 0 {
		return units, digits
	}
	ten, rest := big.NewInt(10), new(big.Int)
	for places > digits {
		tenth, _ := new(big.Int).QuoRem(units, ten, rest)
		if rest.Sign() != 0 {
			return units, places
		}
		units, places = tenth, places-1
	}
	return units.Mul(units, power(digits-places)), digits
}

func power(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

// signed negates numbers, in place, if sign is below 0.
func signed(sign int, numbers []*big.Int) []*big.Int {
	if sign < 0 {
		for _, x := range numbers {
			x.Neg(x)
		}
	}
	return numbers
}

func narrowDecimals(units []int64, places int) []decimal.Decimal {
	all := make([]decimal.Decimal, len(units))
	for i, x := range units {
		all[i] = decimal.New(x, int32(-places))
	}
	return all
}

func decimals(units []*big.Int, places int) []decimal.Decimal {
	all := make([]decimal.Decimal, len(units))
	for i, x := range units {
		all[i] = decimal.NewFromBigInt(x, int32(-places))
	}
	return all
}

func checkDigits(digits int, faults *success.Errors) {
	if digits < 0 || digits > maxMinor {
		faults.Add(&success.InputError{Record: "digits", Index: -1, Value: strconv.Itoa(digits), Err: fault.New(success.ErrRange, "is not between 0 and %d", maxMinor)})
	}
}

func checkAmount(record string, index int, field string, amount decimal.Decimal, faults *success.Errors) {
	if err := amountFault(amount); err != nil {
		faults.Add(&success.InputError{Record: record, Index: index, Field: field, Value: exact.Show(amount), Err: err})
	}
}

func amountFault(amount decimal.Decimal) error {
	exponent := int(amount.Exponent())
	if amount.IsZero() || exponent >= -maxDigits && exponent+amount.NumDigits() <= maxDigits {
		return nil
	}
	return fault.New(success.ErrRange, "has more than %d digits before or after the point", maxDigits)
}
