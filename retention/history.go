package retention

import (
	"slices"
	"strings"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// checkHistory finds the first day on which each unit pays, and adds a fault for
// each that credits bring below zero. order holds the position of each slot.
func (d *door) checkHistory(b *Book, order []int32) {
	b.firstPaid = make([]int32, b.units())
	b.fromFree = make([]bool, b.units())
	for i, account := range d.account {
		if account >= 0 && !d.sound(int32(i)) {
			d.taint(account)
		}
	}
	var last roots
	if d.options.Grain == GrainAccount {
		last = rootsOn(b.mergers, never)
	}
	absorbs := last.merging()
	for unit := range b.units() {
		b.firstPaid[unit] = never
		credits := false
		for slot := b.firstSlot[unit]; slot < b.firstSlot[unit+1]; slot++ {
			switch rate := b.rate[slot]; {
			case rate < 0:
				credits = true
			case rate > 0 && b.start[slot] < b.end[slot]:
				b.firstPaid[unit] = min(b.firstPaid[unit], b.start[slot])
			}
		}
		if credits && !absorbs[unit] {
			d.sweep(b, order, []int32{unit})
		}
	}
	for _, members := range connected(last, absorbs) {
		d.sweep(b, order, members)
	}
	for unit := range b.units() {
		b.fromFree[unit] = b.activeBefore(unit, b.firstPaid[unit])
	}
}

// activeBefore reports whether a unit has an active contract on the day before
// a day. Before its first paid day that makes it free.
func (b *Book) activeBefore(unit, day int32) bool {
	for slot := b.firstSlot[unit]; slot < b.firstSlot[unit+1]; slot++ {
		if b.start[slot] < day && day <= b.end[slot] && day != never {
			return true
		}
	}
	return false
}

// connected returns the sets of accounts that mergers make one in the end.
func connected(last roots, accounts map[int32]bool) [][]int32 {
	sets := map[int32][]int32{}
	for account := range accounts {
		root := last.of(account)
		sets[root] = append(sets[root], account)
	}
	var all [][]int32
	for _, set := range sets {
		slices.Sort(set)
		all = append(all, set)
	}
	return all
}

// A ledger follows the revenue of some units day by day, as mergers make them
// one.
type ledger struct {
	book  *Book
	roots roots                          // so far
	sums  map[int32]map[uint16]exact.Sum // by what goes on, then currency
	below map[int32]bool                 // went below zero before
}

// A change is what happens to a unit on a day.
type change struct {
	day  int32
	unit int32
	slot int32 // that starts or ends, -1 for a merger
	rate int64 // to add
}

// changesOf lists the changes of some units in order of days, mergers first.
func (d *door) changesOf(b *Book, units []int32) []change {
	var changes []change
	for _, unit := range units {
		if m, ok := d.mergers[unit]; ok && len(units) > 1 {
			changes = append(changes, change{m.on, unit, -1, 0})
		}
		for slot := b.firstSlot[unit]; slot < b.firstSlot[unit+1]; slot++ {
			if b.start[slot] >= b.end[slot] {
				continue
			}
			changes = append(changes, change{b.start[slot], unit, slot, b.rate[slot]})
			if b.end[slot] != never {
				changes = append(changes, change{b.end[slot], unit, slot, -b.rate[slot]})
			}
		}
	}
	slices.SortFunc(changes, func(x, y change) int {
		if x.day != y.day {
			return int(x.day - y.day)
		}
		return int(min(x.slot, 0) - min(y.slot, 0))
	})
	return changes
}

// sweep goes through the days of some units that mergers connect, or of one.
func (d *door) sweep(b *Book, order []int32, units []int32) {
	quiet := slices.ContainsFunc(units, func(unit int32) bool { return d.tainted[b.accountOf(unit)] })
	l := ledger{b, roots{}, map[int32]map[uint16]exact.Sum{}, map[int32]bool{}}
	for _, unit := range units {
		b.firstPaid[unit] = never
	}
	touched := map[int32]bool{}
	changes := d.changesOf(b, units)
	for i, c := range changes {
		touched[l.apply(c)] = true
		if i+1 < len(changes) && changes[i+1].day == c.day {
			continue
		}
		for unit := range touched {
			l.settle(unit, c.day, func() {
				if !quiet {
					d.reportBelow(b, order, &l, units, unit, c.day)
				}
			})
		}
		clear(touched)
	}
}

// apply makes a change and returns the unit that it touches.
func (l *ledger) apply(c change) int32 {
	root := l.roots.of(c.unit)
	if c.slot < 0 {
		into := l.roots.of(l.book.mergers[c.unit].into)
		for currency, sum := range l.sums[root] {
			l.add(into, currency, sum)
		}
		delete(l.sums, root)
		l.roots[root] = into
		return into
	}
	currency := uint16(0)
	if l.book.money != nil {
		currency = l.book.money[c.slot]
	}
	l.add(root, currency, exact.Of(c.rate))
	return root
}

func (l *ledger) add(unit int32, currency uint16, sum exact.Sum) {
	if l.sums[unit] == nil {
		l.sums[unit] = map[uint16]exact.Sum{}
	}
	l.sums[unit][currency] = l.sums[unit][currency].Add(sum)
}

// settle looks at what a unit pays after all changes of a day.
func (l *ledger) settle(unit, day int32, below func()) {
	for _, sum := range l.sums[unit] {
		if sum.Sign() > 0 {
			l.book.firstPaid[unit] = min(l.book.firstPaid[unit], day)
		}
		if sum.Sign() < 0 && !l.below[unit] {
			l.below[unit] = true
			below()
		}
	}
}

// reportBelow adds a fault for a unit that is below zero on a day, at the first
// of its credits active then.
func (d *door) reportBelow(b *Book, order []int32, l *ledger, units []int32, root, day int32) {
	first := int32(-1)
	for _, unit := range units {
		if l.roots.of(unit) != root {
			continue
		}
		for slot := b.firstSlot[unit]; slot < b.firstSlot[unit+1]; slot++ {
			active := b.start[slot] <= day && day < b.end[slot]
			if active && b.rate[slot] < 0 && (first < 0 || order[slot] < order[first]) {
				first = slot
			}
		}
	}
	what := "account " + string(b.accounts[b.accountOf(root)])
	switch d.options.Grain {
	case GrainProduct:
		what += ", product " + b.products[b.productOf(first)] + ","
	case GrainContract:
		what += ", contract " + string(b.unitRoot[root]) + ","
	}
	d.fault("contract", int(order[first]), "Price", exact.Decimal(b.rate[first]).String(),
		fault.New(success.ErrNegative, "a year brings %s below zero on %s", strings.TrimSpace(what), date(day)))
}
