package retention

import (
	"cmp"
	"slices"
)

// A shelf holds the sound contracts grouped by a number that each has, in slots.
// The slots of a group adjoin.
type shelf struct {
	columns
	position    []int32 // by slot, where the contract was in the argument
	first       []int32 // slot of each group, and one past the last
	predecessor []int32 // by slot, -1 for none; nil when there are none
	reduces     []int32 // by slot, the contract that a credit reduces
}

// shelve groups the sound contracts by account.
func (d *door) shelve(predecessor, reduces []int32) *shelf {
	number := d.account
	if d.refused != nil {
		number = slices.Clone(number)
		for i := range number {
			if !d.sound(int32(i)) {
				number[i] = -1
			}
		}
	}
	s := &shelf{columns: d.in, predecessor: predecessor, reduces: reduces}
	d.in = columns{} // so that each column can go as soon as it is in order
	s.group(number, len(d.accounts))
	return s
}

// group regroups the slots by a number that each has, from 0 to n-1; those with
// -1 go.
func (s *shelf) group(number []int32, n int) {
	first := make([]int32, n+1)
	for _, k := range number {
		if k >= 0 {
			first[k+1]++
		}
	}
	for k := range n {
		first[k+1] += first[k]
	}
	from := make([]int32, first[n])
	at := slices.Clone(first[:n])
	for slot, k := range number {
		if k >= 0 {
			from[at[k]] = int32(slot)
			at[k]++
		}
	}
	s.first = first
	s.move(from, len(number))
}

// move fills each slot with what was in another one, out of n.
func (s *shelf) move(from []int32, n int) {
	s.start = gather(s.start, from)
	s.end = gather(s.end, from)
	s.rate = gather(s.rate, from)
	s.money = gather(s.money, from)
	s.product = gather(s.product, from)
	s.quantity = gather(s.quantity, from)
	s.unitRate = gather(s.unitRate, from)
	s.ownEnd = gather(s.ownEnd, from)
	if s.position == nil {
		s.position = from
	} else {
		s.position = gather(s.position, from)
	}
	if s.predecessor == nil && s.reduces == nil {
		return
	}
	to := none(n)
	for slot, old := range from {
		to[old] = int32(slot)
	}
	s.predecessor = redirect(s.predecessor, from, to)
	s.reduces = redirect(s.reduces, from, to)
}

func gather[T any](column []T, from []int32) []T {
	if column == nil {
		return nil
	}
	sorted := make([]T, len(from))
	for slot, old := range from {
		sorted[slot] = column[old]
	}
	return sorted
}

// redirect moves a column of references to slots.
func redirect(column, from, to []int32) []int32 {
	column = gather(column, from)
	for slot, old := range column {
		if old >= 0 {
			column[slot] = to[old]
		}
	}
	return column
}

func none(n int) []int32 {
	column := make([]int32, n)
	for i := range column {
		column[i] = -1
	}
	return column
}

// settle sets the effective ends that successors make.
func (s *shelf) settle(grace int32) {
	if s.predecessor == nil {
		return
	}
	successor := make([]int32, len(s.start)) // earliest Start of any
	for slot := range successor {
		successor[slot] = never
	}
	for slot, p := range s.predecessor {
		if p >= 0 {
			successor[p] = min(successor[p], s.start[slot])
		}
	}
	ends := make([]int32, len(s.end))
	for slot, start := range successor {
		end := s.end[slot]
		if start < end || end != never && start <= end+grace {
			end = start
		}
		ends[slot] = end
	}
	if !slices.Equal(ends, s.end) {
		s.end, s.ownEnd = ends, s.end
	}
}

// splitByProduct makes each product of each account a group, and returns the
// account of each group and the first group of each account.
func (s *shelf) splitByProduct() (account, firstGroup []int32) {
	number := make([]int32, len(s.start))
	account = []int32{} // not nil, even when there is none
	var slots []int32
	for a := range len(s.first) - 1 {
		firstGroup = append(firstGroup, int32(len(account)))
		slots = slots[:0]
		for slot := s.first[a]; slot < s.first[a+1]; slot++ {
			slots = append(slots, slot)
		}
		slices.SortFunc(slots, func(i, j int32) int { return cmp.Compare(s.productOf(i), s.productOf(j)) })
		for k, slot := range slots {
			if k == 0 || s.productOf(slot) != s.productOf(slots[k-1]) {
				account = append(account, int32(a))
			}
			number[slot] = int32(len(account) - 1)
		}
	}
	s.group(number, len(account))
	return account, append(firstGroup, int32(len(account)))
}

// splitByTree makes each contract with its successors and credits a group, and
// returns the account of each group, that of the contract that came first, and
// the position of that contract.
func (s *shelf) splitByTree() (account, root []int32) {
	number := none(len(s.start))
	account = []int32{} // not nil, even when there is none
	for a := range len(s.first) - 1 {
		for slot := s.first[a]; slot < s.first[a+1]; slot++ {
			if s.parent(slot) < 0 {
				number[slot] = int32(len(account))
				account = append(account, int32(a))
				root = append(root, s.position[slot])
			}
		}
	}
	var path []int32
	for slot := range int32(len(number)) {
		at := slot
		for path = path[:0]; number[at] < 0; at = s.parent(at) {
			path = append(path, at)
		}
		for _, i := range path {
			number[i] = number[at]
		}
	}
	s.group(number, len(account))
	return account, root
}

// parent returns the contract whose tree another belongs to, -1 for a root.
func (s *shelf) parent(slot int32) int32 {
	return parent(s.predecessor, s.reduces, slot)
}

// productOf returns the number of the product of a slot.
func (c *columns) productOf(slot int32) int32 {
	if c.product == nil {
		return 0
	}
	return c.product[slot]
}
