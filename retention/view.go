package retention

import (
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// A view is a period as the book sees it.
type view struct {
	from, to int32
	open     []exact.Factor // rates of From, by currency; nil when all is in one
	close    []exact.Factor // rates of To
	before   roots          // by the day before From
	after    roots          // by the day before To
	families []family       // units that are one after the mergers of the period
	apart    []int32        // the sorted units in them
}

func (b *Book) view(period success.Period) (view, error) {
	if err := period.Validate(); err != nil {
		return view{}, err
	}
	return b.viewOf(dayOf(period.From), dayOf(period.To)), nil
}

func (b *Book) viewOf(from, to int32) view {
	v := view{from: from, to: to}
	v.before, v.after = rootsOn(b.mergers, from-1), rootsOn(b.mergers, to-1)
	v.families, v.apart = b.families(v.after)
	if b.money != nil {
		v.open, v.close = b.factors(from), b.factors(to)
	}
	return v
}

// alone calls yield with each range of units, out of those of a share, that no
// merger makes one.
func (v *view) alone(units share, yield func(from, to int32)) {
	from := units.from
	first, _ := slices.BinarySearch(v.apart, from)
	for _, unit := range v.apart[first:] {
		if unit >= units.to {
			break
		}
		if from < unit {
			yield(from, unit)
		}
		from = unit + 1
	}
	if from < units.to {
		yield(from, units.to)
	}
}

// each calls yield with the units of everything that is one after mergers and
// has contracts: its account and its members.
func (b *Book) each(v *view, yield func(account int32, members []int32)) {
	member := make([]int32, 1)
	v.alone(share{0, b.units()}, func(from, to int32) {
		for unit := from; unit < to; unit++ {
			if b.firstSlot[unit] < b.firstSlot[unit+1] {
				member[0] = unit
				yield(v.after.of(b.accountOf(unit)), member)
			}
		}
	})
	for _, f := range v.families {
		if slices.ContainsFunc(f.members, func(unit int32) bool { return b.firstSlot[unit] < b.firstSlot[unit+1] }) {
			yield(f.account, f.members)
		}
	}
}

// Ends are what something pays at the two ends of a period.
type ends struct {
	open, close exact.Sum // at the rates of From
	later       exact.Sum // close, at the rates of To
	active      bool      // some contract is active at the close
}

// add adds a contract.
func (e *ends) add(b *Book, v *view, slot int32) {
	start, end := b.start[slot], b.end[slot]
	if start < v.from && end >= v.from {
		e.open = e.open.Plus(b.rateAt(v.open, slot))
	}
	if start < v.to && end >= v.to {
		rate := b.rateAt(v.open, slot)
		e.close = e.close.Plus(rate)
		if b.money != nil {
			rate = b.rateAt(v.close, slot)
		}
		e.later = e.later.Plus(rate)
		e.active = true
	}
}

// floor lifts a sum below zero, which only the rounding of converted credits can
// leave, to zero.
func (e *ends) floor() {
	e.open, e.close, e.later = e.open.Floor(), e.close.Floor(), e.later.Floor()
}

// measure returns what some units that are one pay at the two ends.
func (b *Book) measure(v *view, members []int32) ends {
	e := b.measureRaw(v, members)
	e.floor()
	return e
}

// measureRaw is measure before anything is lifted to zero.
func (b *Book) measureRaw(v *view, members []int32) (e ends) {
	for _, unit := range members {
		for slot := b.firstSlot[unit]; slot < b.firstSlot[unit+1]; slot++ {
			e.add(b, v, slot)
		}
	}
	return e
}

// history returns the first day on which some units that are one paid, and
// whether they were free on the day before.
func (b *Book) history(members []int32) (firstPaid int32, fromFree bool) {
	firstPaid = never
	for _, unit := range members {
		firstPaid = min(firstPaid, b.firstPaid[unit])
	}
	if len(members) == 1 {
		return firstPaid, b.fromFree[members[0]]
	}
	for _, unit := range members {
		fromFree = fromFree || b.activeBefore(unit, firstPaid)
	}
	return firstPaid, fromFree
}

// kind returns how something moved, and by how much.
func (e *ends) kind(paidBefore bool) (Kind, exact.Sum) {
	opened, closed := e.open.Sign() > 0, e.close.Sign() > 0
	switch change := e.close.Sub(e.open); {
	case !opened && !closed, change.Sign() == 0:
		return None, exact.Sum{}
	case !opened && paidBefore:
		return Reactivation, e.close
	case !opened:
		return New, e.close
	case !closed:
		return Churn, e.open
	case change.Sign() > 0:
		return Expansion, change
	default:
		return Contraction, change.Neg()
	}
}
