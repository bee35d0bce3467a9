package retention

import (
	"cmp"
	"slices"
	"strings"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// book checks what takes several contracts to see and, if nothing is wrong,
// builds the book.
func (d *door) book() (*Book, error) {
	if len(d.before) > 0 {
		d.in = join(append(d.before, d.in))
		d.before = nil
	}
	d.checkOptions()
	d.readNames()
	currency, ladders := d.checkCurrencies()
	predecessor, reduces := d.resolveLinks()
	d.checkHomes()
	s := d.shelve(predecessor, reduces)
	grace := int32(min(max(0, d.options.Grace), allDays))
	d.pair(s, grace)
	s.settle(grace)
	b := &Book{
		options:    d.options,
		currency:   currency,
		accounts:   d.accounts,
		attributes: d.attributes,
		mergers:    d.mergers,
		currencies: d.currencies.list,
		products:   d.products.list,
		ladders:    ladders,
		home:       uint16(max(0, slices.Index(d.currencies.list, currency))),
	}
	b.options.Accounts, b.options.Mergers, b.options.Rates = nil, nil, nil
	switch d.options.Grain {
	case GrainProduct:
		b.unitAccount, b.firstUnit = s.splitByProduct()
	case GrainContract:
		var roots []int32
		b.unitAccount, roots = s.splitByTree()
		b.unitRoot = make([]success.ContractID, len(roots))
		for unit, position := range roots {
			b.unitRoot[unit] = success.ContractID(d.ids.at(position))
		}
	}
	b.firstSlot, b.columns = s.first, s.columns
	d.link(b, s)
	d.checkHistory(b, s.position)
	if err := d.faults.Err(); err != nil {
		return nil, err
	}
	return b, nil
}

// checkHomes adds a fault for each credit that names no contract, when movements
// are measured on contracts.
func (d *door) checkHomes() {
	if d.options.Grain != GrainContract {
		return
	}
	named := make(map[int32]bool, len(d.credits))
	for _, r := range d.credits {
		named[r.position] = true
	}
	for i, rate := range d.in.rate {
		if rate < 0 && !named[int32(i)] && d.sound(int32(i)) {
			d.fault("contract", i, "Credits", "", fault.New(success.ErrMissing, "is missing for a credit at contract grain"))
			d.refuse(int32(i))
		}
	}
}

// link lists the successors of each contract in order of (Start, ID).
func (d *door) link(b *Book, s *shelf) {
	if s.predecessor == nil {
		return
	}
	b.next, b.sibling = none(len(s.start)), none(len(s.start))
	several := map[int32]bool{}
	for slot, p := range s.predecessor {
		if p < 0 {
			continue
		}
		if b.next[p] >= 0 {
			several[p] = true
		}
		b.sibling[slot], b.next[p] = b.next[p], int32(slot)
	}
	id := func(slot int32) string { return d.ids.at(s.position[slot]) }
	for p := range several {
		list := slices.Collect(b.successors(p))
		slices.SortFunc(list, func(i, j int32) int {
			return cmp.Or(cmp.Compare(b.start[i], b.start[j]), strings.Compare(id(i), id(j)))
		})
		b.next[p] = list[0]
		for k, slot := range list {
			if b.sibling[slot] = -1; k+1 < len(list) {
				b.sibling[slot] = list[k+1]
			}
		}
	}
}
