package advocacy

import (
	"maps"
	"slices"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/internal/exact"
)

// A money is revenue in millionths.
type money struct{ gross, reversed exact.Sum }

func (m money) net() exact.Sum { return m.gross.Sub(m.reversed) }

func (m money) plus(n money) money {
	return money{m.gross.Add(n.gross), m.reversed.Add(n.reversed)}
}

func (m money) minus(n money) money {
	return money{m.gross.Sub(n.gross), m.reversed.Sub(n.reversed)}
}

func (m money) amounts() Amounts {
	return Amounts{m.gross.Decimal(), m.reversed.Decimal(), m.net().Decimal()}
}

// A deal is one with all that changed it.
type deal struct {
	*attribution.Deal
	amount  money // as of the last change
	changes []change
}

// A change is what an adjustment did to a deal.
type change struct {
	at     time.Time
	micros int64
}

// adjust books a change. ok is false for a refund of more than is left.
func (d *deal) adjust(at time.Time, micros int64) (ok bool) {
	next := d.amount.changed(micros)
	if next.net().Sign() < 0 {
		return false
	}
	d.amount = next
	d.changes = append(d.changes, change{at, micros})
	return true
}

func (m money) changed(micros int64) money {
	if micros < 0 {
		m.reversed = m.reversed.Plus(-micros)
	} else {
		m.gross = m.gross.Plus(micros)
	}
	return m
}

// of returns what a deal is worth with its changes up to the first that is not
// known: those after it took from what it left.
func (d *deal) of(known func(time.Time) bool) money {
	m := d.amount
	end := slices.IndexFunc(d.changes, func(c change) bool { return !known(c.at) })
	if end < 0 {
		return m
	}
	for _, c := range d.changes[end:] {
		m = m.minus(money{}.changed(c.micros))
	}
	return m
}

// until returns which times lie before a day, in their own locations; all do
// when it is none.
func until(day success.Date) func(time.Time) bool {
	return func(t time.Time) bool { return day.IsZero() || success.DateOf(t).Before(day) }
}

// revenue is money by currency.
type revenue map[string]money

func (r revenue) add(currency string, m money) { r[currency] = r[currency].plus(m) }

// sorted returns what a function makes of each currency, by currency.
func sorted[T any](r revenue, of func(currency string, m money) T) []T {
	var all []T
	for _, currency := range slices.Sorted(maps.Keys(r)) {
		all = append(all, of(currency, r[currency]))
	}
	return all
}

func sourced(currency string, m money) Sourced { return Sourced{currency, m.amounts()} }

func influenced(currency string, m money) Influenced { return Influenced{currency, m.amounts()} }
