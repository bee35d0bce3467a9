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
	currency, ladders := d.checkCurrencies()
	predecessor, reduces := d.resolveLinks()
	d.checkHomes()
	order, first := d.group(d.account, len(d.accounts))
	predecessor = d.pair(order, first, predecessor)
	b := &Book{
		options:    d.options,
		currency:   currency,
		accounts:   d.accounts,
		attributes: d.attributes,
		mergers:    d.mergers,
		currencies: d.currencies,
		products:   d.products,
		ladders:    ladders,
		columns:    d.in,
	}
	b.options.Accounts, b.options.Mergers, b.options.Rates = nil, nil, nil
	if predecessor != nil {
		d.end(b, predecessor)
	}
	switch d.grain {
	case GrainProduct:
		first = d.splitByProduct(b, order, first)
	case GrainContract:
		order, first = d.trees(b, predecessor, reduces)
	}
	b.firstSlot = first
	d.place(b, order, predecessor)
	d.checkHistory(b, order)
	if err := d.faults.Err(); err != nil {
		return nil, err
	}
	return b, nil
}

// checkHomes adds a fault for each credit that names no contract, when movements
// are measured on contracts.
func (d *door) checkHomes() {
	if d.grain != GrainContract {
		return
	}
	named := make(map[int32]bool, len(d.credit))
	for _, r := range d.credit {
		named[r.position] = true
	}
	for i, rate := range d.in.rate {
		if rate < 0 && !named[int32(i)] && d.sound(int32(i)) {
			d.fault("contract", i, "Credits", "", fault.New(success.ErrMissing, "is missing for a credit at contract grain"))
			d.refuse(int32(i))
		}
	}
}

// group sorts the positions of sound contracts by a number that each has, from
// 0 to n-1.
func (d *door) group(number []int32, n int) (order, first []int32) {
	first = make([]int32, n+1)
	for i, k := range number {
		if d.sound(int32(i)) {
			first[k+1]++
		}
	}
	for k := range n {
		first[k+1] += first[k]
	}
	order = make([]int32, first[n])
	at := slices.Clone(first[:n])
	for i, k := range number {
		if d.sound(int32(i)) {
			order[at[k]] = int32(i)
			at[k]++
		}
	}
	return order, first
}

// end sets the effective ends that successors make.
func (d *door) end(b *Book, predecessor []int32) {
	successor := make([]int32, len(predecessor)) // earliest Start of any
	for i := range successor {
		successor[i] = never
	}
	for i, p := range predecessor {
		if p >= 0 {
			successor[p] = min(successor[p], d.in.start[i])
		}
	}
	grace := int32(min(max(0, d.options.Grace), allDays))
	b.ownEnd = d.in.end
	b.end = slices.Clone(d.in.end)
	for i, start := range successor {
		if end := b.end[i]; start < end || end != never && start <= end+grace {
			b.end[i] = start
		}
	}
	if slices.Equal(b.end, b.ownEnd) {
		b.ownEnd = nil
	}
}

// splitByProduct sorts the contracts of each account by product and makes each
// product of each account a unit.
func (d *door) splitByProduct(b *Book, order, first []int32) []int32 {
	product := func(i int32) int32 {
		if d.in.product == nil {
			return 0
		}
		return d.in.product[i]
	}
	starts := make([]int32, 0, len(first))
	b.firstUnit = make([]int32, len(first))
	for a := range len(first) - 1 {
		b.firstUnit[a] = int32(len(starts))
		group := order[first[a]:first[a+1]]
		slices.SortFunc(group, func(i, j int32) int { return cmp.Compare(product(i), product(j)) })
		for k, i := range group {
			if k == 0 || product(i) != product(group[k-1]) {
				starts = append(starts, first[a]+int32(k))
				b.unitAccount = append(b.unitAccount, int32(a))
			}
		}
	}
	b.firstUnit[len(first)-1] = int32(len(starts))
	if b.unitAccount == nil {
		b.unitAccount = []int32{} // not nil: that would be account grain
	}
	return append(starts, int32(len(order)))
}

// trees makes each contract with its successors and credits a unit, of the
// account of the contract that came first.
func (d *door) trees(b *Book, predecessor, reduces []int32) (order, first []int32) {
	root := none(len(d.ids))
	var path []int32
	for i := range root {
		at := int32(i)
		for path = path[:0]; root[at] < 0; {
			path = append(path, at)
			up := parent(predecessor, reduces, at)
			if up < 0 {
				root[at] = at
				break
			}
			at = up
		}
		for _, j := range path {
			root[j] = root[at]
		}
	}
	number := make([]int32, len(root))
	b.unitAccount = []int32{}
	for i, r := range root {
		if number[i] = -1; r == int32(i) && d.sound(r) {
			number[i] = int32(len(b.unitAccount))
			b.unitAccount = append(b.unitAccount, d.account[i])
			b.unitRoot = append(b.unitRoot, d.ids[i])
		}
	}
	for i, r := range root {
		if number[i] = number[r]; number[i] < 0 {
			d.refuse(int32(i)) // its root is refused already, so nothing is built
		}
	}
	return d.group(number, len(b.unitAccount))
}

// place fills the columns by slot from those by position. order holds the
// position of each slot.
func (d *door) place(b *Book, order, predecessor []int32) {
	at := b.columns
	b.columns = columns{
		start:    gather(at.start, order),
		end:      gather(at.end, order),
		rate:     gather(at.rate, order),
		money:    gather(at.money, order),
		product:  gather(at.product, order),
		quantity: gather(at.quantity, order),
		unitRate: gather(at.unitRate, order),
		ownEnd:   gather(at.ownEnd, order),
	}
	if predecessor != nil {
		d.link(b, order, predecessor)
	}
}

func gather[T any](column []T, order []int32) []T {
	if column == nil {
		return nil
	}
	sorted := make([]T, len(order))
	for slot, i := range order {
		sorted[slot] = column[i]
	}
	return sorted
}

// link lists the successors of each contract in order of (Start, ID).
func (d *door) link(b *Book, order, predecessor []int32) {
	slots := none(len(predecessor))
	for slot, i := range order {
		slots[i] = int32(slot)
	}
	b.next, b.sibling = none(len(order)), none(len(order))
	several := map[int32]bool{}
	for slot, i := range order {
		p := predecessor[i]
		if p < 0 {
			continue
		}
		p = slots[p]
		if b.next[p] >= 0 {
			several[p] = true
		}
		b.sibling[slot], b.next[p] = b.next[p], int32(slot)
	}
	for p := range several {
		list := slices.Collect(b.successors(p))
		slices.SortFunc(list, func(s, t int32) int {
			return cmp.Or(cmp.Compare(b.start[s], b.start[t]), strings.Compare(string(d.ids[order[s]]), string(d.ids[order[t]])))
		})
		b.next[p] = list[0]
		for k, s := range list {
			if b.sibling[s] = -1; k+1 < len(list) {
				b.sibling[s] = list[k+1]
			}
		}
	}
}
