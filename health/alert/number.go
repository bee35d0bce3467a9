package alert

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// Numbers of more places or digits than these are refused: nobody means them, and
// comparing them could take any amount of time.
const (
	maxPlaces = 36
	maxBits   = 256
)

// checkNumber returns what is wrong with a number that must not be negative.
func checkNumber(d decimal.Decimal) error {
	switch {
	case d.Exponent() < -maxPlaces || d.Exponent() > maxPlaces || d.Coefficient().BitLen() > maxBits:
		return success.ErrRange
	case d.IsNegative():
		return success.ErrNegative
	}
	return nil
}

// checkRatio returns the number that is wrong with a ratio, and what.
func checkRatio(r success.Ratio, most decimal.Decimal) (decimal.Decimal, error) {
	for _, d := range []decimal.Decimal{r.Num, r.Den} {
		if err := checkNumber(d); err != nil {
			return d, err
		}
	}
	if r.Defined() && most.IsPositive() && r.Num.GreaterThan(most.Mul(r.Den)) {
		return r.Num, fault.New(success.ErrRange, "is more than %s times %s", most, r.Den)
	}
	return decimal.Decimal{}, nil
}

// atLeast reports whether r is limit or more. r is defined.
func atLeast(r success.Ratio, limit decimal.Decimal) bool {
	return r.Num.GreaterThanOrEqual(limit.Mul(r.Den))
}

// fallen reports whether after lies by limit or more below before. Both are
// defined.
func fallen(before, after success.Ratio, limit decimal.Decimal) bool {
	lost := before.Num.Mul(after.Den).Sub(after.Num.Mul(before.Den))
	return lost.GreaterThanOrEqual(limit.Mul(before.Den).Mul(after.Den))
}

// rounded returns r, which is defined, for people to read, with at most so many
// places.
func rounded(r success.Ratio, places int32) string {
	v, _ := r.Value(places)
	return v.String()
}

func show(d decimal.Decimal) string { return exact.Show(d) }
