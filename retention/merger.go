package retention

import (
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// A merger says into which account another is absorbed, and from which day on.
type merger struct {
	into int32
	on   int32
}

// roots says what accounts have become through mergers: each of those absorbed
// points to the one that goes on, or to another on the way there.
type roots map[int32]int32

// rootsOn returns the roots by the close of a day.
func rootsOn(mergers map[int32]merger, day int32) roots {
	var r roots
	for account, m := range mergers {
		if m.on <= day {
			if r == nil {
				r = roots{}
			}
			r[account] = m.into
		}
	}
	return r
}

// of returns what an account has become, shortening the way for later calls.
func (r roots) of(account int32) int32 {
	for {
		into, ok := r[account]
		if !ok {
			return account
		}
		if next, ok := r[into]; ok {
			r[account] = next
		}
		account = into
	}
}

// readMergers checks Options.Mergers. number holds the accounts of each: From,
// then To.
func (d *door) readMergers(number []int32, known []bool) {
	d.mergers = map[int32]merger{}
	positions := map[int32]int{}
	for i, m := range d.options.Mergers {
		before := d.faults.Count
		from, to := number[2*i], number[2*i+1]
		d.checkMergerAccount(i, "From", m.From, known, from)
		d.checkMergerAccount(i, "To", m.To, known, to)
		if m.On.IsZero() {
			d.fault("merger", i, "On", "", success.ErrMissing)
		}
		if _, ok := d.mergers[from]; ok {
			d.fault("merger", i, "From", string(m.From), success.ErrDuplicate)
		} else if from == to && m.From != "" {
			d.fault("merger", i, "To", string(m.To), fault.New(success.ErrOrder, "is the account itself"))
		}
		if d.faults.Count == before {
			d.mergers[from] = merger{to, dayOf(m.On)}
			positions[from] = i
		} else {
			d.taint(from)
			d.taint(to)
		}
	}
	d.checkMergerCycles(positions)
}

func (d *door) checkMergerAccount(i int, field string, id success.AccountID, known []bool, number int32) {
	if id == "" {
		d.fault("merger", i, field, "", success.ErrMissing)
	} else if known != nil && !known[number] {
		d.fault("merger", i, field, string(id), success.ErrUnknown)
	}
}

// taint marks an account as one of which something is refused: what its
// contracts come to, or whose they are, says nothing.
func (d *door) taint(account int32) {
	if d.tainted == nil {
		d.tainted = map[int32]bool{}
	}
	d.tainted[account] = true
}

// checkMergerCycles adds a fault for the first merger of each cycle and takes
// the mergers of the cycle out.
func (d *door) checkMergerCycles(positions map[int32]int) {
	parent := func(account int32) int32 {
		if m, ok := d.mergers[account]; ok {
			return m.into
		}
		return -1
	}
	absorbed := make([]int32, 0, len(d.mergers))
	for account := range d.mergers {
		absorbed = append(absorbed, account)
	}
	for _, cycle := range cycles(absorbed, parent) {
		first := cycle[0]
		for _, account := range cycle {
			if positions[account] < positions[first] {
				first = account
			}
		}
		into := d.accounts[d.mergers[first].into]
		d.fault("merger", positions[first], "To", string(into), fault.New(success.ErrOrder, "leads back to %s", d.accounts[first]))
		for _, account := range cycle {
			delete(d.mergers, account)
			d.taint(account)
		}
	}
}

// cycles returns the cycles among nodes that each have one parent, or -1.
func cycles(nodes []int32, parent func(int32) int32) [][]int32 {
	var found [][]int32
	walk := make(map[int32]int, len(nodes)) // the walk that first came by, from 1
	for i, node := range nodes {
		at := node
		for at >= 0 && walk[at] == 0 {
			walk[at] = i + 1
			at = parent(at)
		}
		if at < 0 || walk[at] != i+1 {
			continue
		}
		cycle := []int32{at}
		for next := parent(at); next != at; next = parent(next) {
			cycle = append(cycle, next)
		}
		found = append(found, cycle)
	}
	return found
}

// A family is a set of units that are one after the mergers of a period.
type family struct {
	account int32 // what goes on
	members []int32
}

// families returns the sets of units that mergers make one, and the numbers of
// all units in them, sorted. At contract grain nothing is made one: a tree of
// contracts stays what it is, of whichever account.
func (b *Book) families(r roots) (families []family, units []int32) {
	if len(r) == 0 || b.options.Grain == GrainContract {
		return nil, nil
	}
	type key struct{ account, product int32 }
	at := map[key]int{}
	for account := range r.merging() {
		root := r.of(account)
		for unit := range b.unitsOf(account) {
			k := key{root, 0}
			if b.options.Grain == GrainProduct {
				k.product = b.productOf(b.firstSlot[unit])
			}
			i, ok := at[k]
			if !ok {
				i = len(families)
				at[k] = i
				families = append(families, family{account: root})
			}
			families[i].members = append(families[i].members, unit)
			units = append(units, unit)
		}
	}
	slices.Sort(units)
	return families, units
}

// merging returns the accounts that are absorbed, and those that absorb them.
func (r roots) merging() map[int32]bool {
	accounts := make(map[int32]bool, 2*len(r))
	for account := range r {
		accounts[account] = true
		accounts[r.of(account)] = true
	}
	return accounts
}

// unitsOf calls yield with each unit of an account, at account or product grain.
func (b *Book) unitsOf(account int32) func(yield func(int32) bool) {
	return func(yield func(int32) bool) {
		from, to := account, account+1
		if b.firstUnit != nil {
			from, to = b.firstUnit[account], b.firstUnit[account+1]
		}
		for unit := from; unit < to; unit++ {
			if !yield(unit) {
				return
			}
		}
	}
}
