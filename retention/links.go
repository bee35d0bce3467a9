package retention

import (
	"cmp"
	"encoding/binary"
	"maps"
	"slices"
	"strings"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// The longest distance between two days; more early or grace days change
// nothing.
const allDays = 3652059

// resolveLinks returns the predecessor of each contract, and the contract that
// each credit reduces, by position: -1 for none, nil when there are none at all.
func (d *door) resolveLinks() (predecessor, reduces []int32) {
	predecessor = d.follow(d.renews, "Renews", true)
	reduces = d.follow(d.credits, "Credits", false)
	d.breakCycles(d.renews, "Renews", predecessor, func(i int32) int32 { return predecessor[i] })
	d.breakCycles(d.credits, "Credits", reduces, func(i int32) int32 { return parent(predecessor, reduces, i) })
	return predecessor, reduces
}

// parent returns the contract whose tree another belongs to.
func parent(predecessor, reduces []int32, i int32) int32 {
	if reduces != nil && reduces[i] >= 0 {
		return reduces[i]
	}
	if predecessor != nil {
		return predecessor[i]
	}
	return -1
}

func (d *door) follow(references []reference, field string, ordered bool) []int32 {
	if len(references) == 0 {
		return nil
	}
	target := none(int(d.count))
	slices.SortFunc(references, func(r, s reference) int {
		return cmp.Compare(d.in.start[r.position], d.in.start[s.position])
	})
	mergers, now := d.mergersByDay(), roots{}
	for _, r := range references {
		to := r.to
		for len(mergers) > 0 && d.mergers[mergers[0]].on <= d.in.start[r.position] {
			now[mergers[0]] = d.mergers[mergers[0]].into
			mergers = mergers[1:]
		}
		err := d.referenceFault(r.position, to, ordered, now)
		switch {
		case err != nil:
			d.fault("contract", int(r.position), field, string(r.id), err)
			d.refuse(r.position)
		case to >= 0 && d.sound(r.position) && d.sound(to):
			target[r.position] = to
		}
	}
	return target
}

// mergersByDay returns the accounts that are absorbed in order of days.
func (d *door) mergersByDay() []int32 {
	return slices.SortedFunc(maps.Keys(d.mergers), func(a, b int32) int {
		return cmp.Compare(d.mergers[a].on, d.mergers[b].on)
	})
}

// referenceFault says why a contract cannot refer to another, given what accounts
// have become by then, nil when it can.
func (d *door) referenceFault(from, to int32, ordered bool, now roots) error {
	if to < 0 {
		return success.ErrUnknown
	}
	if !d.sound(from) || !d.sound(to) {
		return nil
	}
	own, other := d.account[from], d.account[to]
	if now.of(own) != now.of(other) && !d.tainted[own] && !d.tainted[other] {
		return fault.New(success.ErrUnknown, "is a contract of account %s", d.accounts[other])
	}
	if ordered && d.in.start[from] < d.in.start[to] {
		return fault.New(success.ErrOrder, "starts later, on %s", date(d.in.start[to]))
	}
	return nil
}

// breakCycles adds a fault for the first contract of each cycle and unlinks it.
func (d *door) breakCycles(references []reference, field string, target []int32, next func(int32) int32) {
	nodes := make([]int32, 0, len(references))
	for _, r := range references {
		nodes = append(nodes, r.position)
	}
	for _, cycle := range cycles(nodes, next) {
		first := int32(-1)
		for _, i := range cycle {
			if target[i] >= 0 && (first < 0 || i < first) {
				first = i
			}
		}
		d.fault("contract", int(first), field, d.ids.at(target[first]), fault.New(success.ErrOrder, "leads back to %s", d.ids.at(first)))
		d.refuse(first)
		target[first] = -1
	}
}

// pair finds the successors of contracts that no other names, account by
// account.
func (d *door) pair(s *shelf, grace int32) {
	p := pairing{shelf: s, door: d, grace: grace}
	p.early = int32(min(max(0, d.options.Early), allDays))
	if s.predecessor != nil {
		p.named = make([]bool, len(s.start))
		for _, to := range s.predecessor {
			if to >= 0 {
				p.named[to] = true
			}
		}
	}
	for a := range len(s.first) - 1 {
		if from, to := s.first[a], s.first[a+1]; to-from > 1 && p.any(from, to) {
			p.account(from, to)
		}
	}
}

// A pairing links contracts to the one that most likely succeeds them.
type pairing struct {
	*shelf
	door         *door
	early, grace int32
	named        []bool // by slot: some contract renews it; nil when none does

	old, young []candidate // scratch
	skip       []int32
}

// A candidate is a contract in the order in which pairs are made: by product,
// then day, then ID.
type candidate struct {
	product int32
	day     int32     // its End, or its Start
	id      [2]uint64 // the first bytes of its ID, so that few IDs need to be read again
	slot    int32
}

func (p *pairing) candidate(slot, day int32) candidate {
	return candidate{p.productOf(slot), day, leading(p.id(slot)), slot}
}

func (p *pairing) id(slot int32) string { return p.door.ids.at(p.position[slot]) }

// leading returns the first 16 bytes of s as numbers that compare as it does.
func leading(s string) [2]uint64 {
	var b [16]byte
	copy(b[:], s)
	return [2]uint64{binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])}
}

// ends reports whether a contract may be given a successor.
func (p *pairing) ends(i int32) bool {
	return p.rate[i] > 0 && p.end[i] != never && (p.named == nil || !p.named[i])
}

// begins reports whether a contract may become a successor. Those that name one
// have it as their predecessor already.
func (p *pairing) begins(i int32) bool {
	return p.rate[i] > 0 && (p.predecessor == nil || p.predecessor[i] < 0)
}

// any reports whether a group of slots might hold a pair. It is quick for the
// small groups that most accounts are, and does not look at large ones.
func (p *pairing) any(from, to int32) bool {
	if to-from > 8 {
		return true
	}
	starts := p.start[from:to]
	for i, end := range p.end[from:to] {
		if end == never {
			continue
		}
		for _, start := range starts {
			if start >= end-p.early && start <= end+p.grace && start > starts[i] {
				return true
			}
		}
	}
	return false
}

func (p *pairing) account(from, to int32) {
	p.old, p.young = p.old[:0], p.young[:0]
	for i := from; i < to; i++ {
		if p.ends(i) {
			p.old = append(p.old, p.candidate(i, p.end[i]))
		}
		if p.begins(i) {
			p.young = append(p.young, p.candidate(i, p.start[i]))
		}
	}
	slices.SortFunc(p.old, p.compare)
	slices.SortFunc(p.young, p.compare)
	young := p.young
	for old := p.old; len(old) > 0 && len(young) > 0; {
		product := old[0].product
		n := run(old, product)
		for len(young) > 0 && young[0].product < product {
			young = young[1:]
		}
		m := run(young, product)
		p.product(old[:n], young[:m])
		old, young = old[n:], young[m:]
	}
}

func (p *pairing) compare(a, b candidate) int {
	switch {
	case a.product != b.product:
		return cmp.Compare(a.product, b.product)
	case a.day != b.day:
		return cmp.Compare(a.day, b.day)
	case a.id != b.id:
		return cmp.Or(cmp.Compare(a.id[0], b.id[0]), cmp.Compare(a.id[1], b.id[1]))
	}
	return strings.Compare(p.id(a.slot), p.id(b.slot))
}

// run returns how many candidates at the front are of a product.
func run(group []candidate, product int32) int {
	n := 0
	for n < len(group) && group[n].product == product {
		n++
	}
	return n
}

// product pairs the contracts of one product of an account: each of old, in
// order, takes the first of young that is free and in its window.
func (p *pairing) product(old, young []candidate) {
	p.skip = p.skip[:0]
	for i := range len(young) + 1 {
		p.skip = append(p.skip, int32(i))
	}
	for _, o := range old {
		from := max(o.day-p.early, p.start[o.slot]+1)
		at, _ := slices.BinarySearchFunc(young, from, func(y candidate, day int32) int { return cmp.Compare(y.day, day) })
		free := p.free(int32(at))
		if int(free) == len(young) || young[free].day > o.day+p.grace {
			continue
		}
		if p.predecessor == nil {
			p.predecessor = none(len(p.start))
		}
		p.predecessor[young[free].slot] = o.slot
		p.skip[free] = free + 1
	}
}

// free returns the first of young, from at on, that is not taken, shortening
// the way for later calls.
func (p *pairing) free(at int32) int32 {
	end := at
	for p.skip[end] != end {
		end = p.skip[end]
	}
	for p.skip[at] != end {
		at, p.skip[at] = p.skip[at], end
	}
	return end
}
