package split

import (
	"math"
	"math/big"

	"github.com/shopspring/decimal"
)

// A ledger holds the balances of an amount in units of 10^−places: in 64 bits
// for as long as they fit and need no finer units, then in as many as it takes.
type ledger struct {
	weights []int64
	narrow  []int64
	wide    []*big.Int // in place of narrow, if any
	places  int
}

// apply makes a change and returns its parts, none if it is a refund of more than
// remains.
func (l *ledger) apply(amount decimal.Decimal) (parts []decimal.Decimal, remains decimal.Decimal) {
	if !amount.IsNegative() {
		return l.add(amount), decimal.Decimal{}
	}
	if units, places, ok := Units(amount, l.places); ok && places == l.places && l.wide == nil {
		if all := sum(l.narrow); -units > all || units == math.MinInt64 {
			return nil, decimal.New(all, int32(-l.places))
		}
		return l.post(Append(nil, units, l.narrow)), decimal.Decimal{}
	}
	units := l.units(amount)
	all := addUp(l.wide)
	if units.CmpAbs(all) > 0 {
		return nil, decimal.NewFromBigInt(all, int32(-l.places))
	}
	return l.postWide(signed(-1, splitBig(units.Abs(units), l.wide))), decimal.Decimal{}
}

// add splits an amount of at least 0 by the weights.
func (l *ledger) add(amount decimal.Decimal) []decimal.Decimal {
	if units, places, ok := Units(amount, l.places); ok && places == l.places && l.wide == nil && units <= math.MaxInt64-sum(l.narrow) {
		return l.post(Append(nil, units, l.weights))
	}
	return l.postWide(splitBig(l.units(amount), bigs(l.weights)))
}

// sum adds up balances, which fit 64 bits together.
func sum(balances []int64) (all int64) {
	for _, b := range balances {
		all += b
	}
	return all
}

// post adds parts to the balances. Nothing that is wrong with them got so far.
func (l *ledger) post(parts []int64, _ error) []decimal.Decimal {
	for i, part := range parts {
		l.narrow[i] += part
	}
	return narrowDecimals(parts, l.places)
}

func (l *ledger) postWide(parts []*big.Int) []decimal.Decimal {
	for i, part := range parts {
		l.wide[i].Add(l.wide[i], part)
	}
	return decimals(parts, l.places)
}

// units returns an amount in units of the ledger, which is wide from then on, and
// whose units become finer if need be.
func (l *ledger) units(amount decimal.Decimal) *big.Int {
	if l.wide == nil {
		l.wide = bigs(l.narrow)
	}
	units, places := bigUnits(amount, l.places)
	if places > l.places {
		finer := power(places - l.places)
		for _, b := range l.wide {
			b.Mul(b, finer)
		}
		l.places = places
	}
	return units
}

func (l *ledger) balances() []decimal.Decimal {
	if l.wide != nil {
		return decimals(l.wide, l.places)
	}
	return narrowDecimals(l.narrow, l.places)
}
