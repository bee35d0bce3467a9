package credit

import (
	"github.com/shopspring/decimal"

	"metrics.internal/success/attribution/split"
	"metrics.internal/success/internal/exact"
)

// Sums are of money by place: whole minor units in 128 bits, and what is not
// whole, or more, as decimals.
type sums struct {
	units []exact.Sum
	more  map[int]decimal.Decimal
}

func newSums(places int) *sums {
	return &sums{make([]exact.Sum, places), map[int]decimal.Decimal{}}
}

func (t *sums) add(place int, units int64) { t.units[place] = t.units[place].Plus(units) }

func (t *sums) addDecimal(place int, amount decimal.Decimal) {
	if !amount.IsZero() {
		t.more[place] = t.more[place].Add(amount)
	}
}

// sum returns what is at a place, of units of the last of so many digits.
func (t *sums) sum(place, digits int) decimal.Decimal {
	sum := money(t.units[place], digits)
	if more, ok := t.more[place]; ok {
		return sum.Add(more)
	}
	return sum
}

func money(units exact.Sum, digits int) decimal.Decimal {
	if x, ok := units.Int64(); ok {
		return decimal.New(x, int32(-digits))
	}
	return units.Decimal().Shift(int32(microPlaces - digits))
}

// minor returns an amount in minor units of so many digits; ok is false when it
// is not whole or does not fit.
func minor(micros int64, digits int) (units int64, ok bool) {
	if digits == 2 {
		return micros / 10_000, micros%10_000 == 0
	}
	units, places, ok := split.Units(exact.Decimal(micros), digits)
	return units, ok && places == digits
}

// microPlaces is how many digits package exact has behind the point.
const microPlaces = 6
