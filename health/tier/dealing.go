package tier

import (
	"cmp"
	"container/heap"
	"math/bits"
	"slices"
	"sort"
)

// keep adds up what people have.
func (d *dealing) keep() {
	for i := range d.pieces {
		if b := &d.pieces[i]; b.person >= 0 {
			d.loads[b.person] += b.hours
		}
	}
}

// deal gives what nobody has, the largest first, to whoever has least.
func (d *dealing) deal() {
	least := newStack(d.loads)
	for i := range d.pieces {
		if b := &d.pieces[i]; b.person < 0 {
			b.person = least.people[0]
			d.loads[b.person] += b.hours
			heap.Fix(least, 0)
		}
	}
}

// A stack has the person with the smallest load on top, the first of several.
type stack struct {
	people []int
	loads  []int64
}

func newStack(loads []int64) *stack {
	s := &stack{loads: loads}
	for i := range loads {
		s.people = append(s.people, i)
	}
	heap.Init(s)
	return s
}

func (s *stack) Len() int      { return len(s.people) }
func (s *stack) Swap(i, j int) { s.people[i], s.people[j] = s.people[j], s.people[i] }
func (s *stack) Push(any)      {}
func (s *stack) Pop() any      { return nil }
func (s *stack) Less(i, j int) bool {
	a, b := s.people[i], s.people[j]
	return cmp.Or(cmp.Compare(s.loads[a], s.loads[b]), cmp.Compare(a, b)) < 0
}

// bound returns a multiple, in millionths, of the mean load, rounded down, at
// most the total.
func (d *dealing) bound(multiple int64) int64 {
	total := int64(0)
	for _, load := range d.loads {
		total += load
	}
	hi, lo := bits.Mul64(uint64(total), uint64(multiple))
	count := uint64(len(d.loads)) * one
	if hi >= count {
		return total // no load is larger
	}
	q, _ := bits.Div64(hi, lo, count)
	return int64(min(q, uint64(total)))
}

// balance moves pieces from the largest load to the smallest until no load
// exceeds a bound, or no move would lower the larger of the two.
func (d *dealing) balance(bound int64) {
	held := make([][]int, len(d.loads)) // the largest first
	for i := range d.pieces {
		held[d.pieces[i].person] = append(held[d.pieces[i].person], i)
	}
	for {
		from, to := d.extremes()
		gap := d.loads[from] - d.loads[to]
		if d.loads[from] <= bound {
			return
		}
		at := d.movable(held[from], gap)
		if at < 0 {
			return
		}
		b := &d.pieces[held[from][at]]
		held[from] = slices.Delete(held[from], at, at+1)
		d.loads[from] -= b.hours
		d.loads[to] += b.hours
		b.person = to
	}
}

// extremes returns the first people with the largest and the smallest load.
func (d *dealing) extremes() (most, least int) {
	for i, load := range d.loads {
		if load > d.loads[most] {
			most = i
		}
		if load < d.loads[least] {
			least = i
		}
	}
	return most, least
}

// movable returns the position of the piece, of some with the largest first,
// that leaves the larger of two loads smallest when it moves across a gap, and -1
// when none lowers it: the one next to half the gap.
func (d *dealing) movable(held []int, gap int64) int {
	hours := func(at int) int64 { return d.pieces[held[at]].hours }
	at := sort.Search(len(held), func(at int) bool { return hours(at) <= gap/2 })
	best, least := -1, gap
	for _, at := range []int{at - 1, at} {
		if 0 <= at && at < len(held) && hours(at) > 0 && max(gap-hours(at), hours(at)) < least {
			best, least = at, max(gap-hours(at), hours(at))
		}
	}
	return best
}

const (
	fewPieces = 12
	fewPeople = 3
)

// afresh divides all pieces as evenly as it can.
func (d *dealing) afresh() {
	for i := range d.pieces {
		d.pieces[i].person = -1
	}
	d.deal()
	if len(d.pieces) <= fewPieces && len(d.people) <= fewPeople {
		d.search()
		return
	}
	d.balance(0)
}

// search puts the best division of few pieces in place of the one there is.
func (d *dealing) search() {
	s := &searching{dealing: d, loads: make([]int64, len(d.loads)), persons: make([]int, len(d.pieces))}
	s.least = slices.Max(d.loads)
	s.try(0)
	if s.best == nil {
		return
	}
	clear(d.loads)
	for i, person := range s.best {
		d.pieces[i].person = person
		d.loads[person] += d.pieces[i].hours
	}
}

// A searching tries all divisions that could be better than the best so far.
type searching struct {
	*dealing
	loads   []int64
	persons []int
	least   int64 // the largest load of the best
	best    []int // nil while that is the one there was
}

// try places the pieces from i on.
func (s *searching) try(i int) {
	if i == len(s.pieces) {
		s.least, s.best = slices.Max(s.loads), slices.Clone(s.persons)
		return
	}
	for person, load := range s.loads {
		if slices.Contains(s.loads[:person], load) || load+s.pieces[i].hours >= s.least {
			continue // the same as an earlier one, or no better
		}
		s.persons[i] = person
		s.loads[person] += s.pieces[i].hours
		s.try(i + 1)
		s.loads[person] = load
	}
}
