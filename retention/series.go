package retention

import (
	"cmp"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// Series returns the movement of each period, as [Book.Between] would. Periods
// that adjoin in order, such as those of [success.Period.Months], are measured in
// one sweep over the contracts. It reports what [success.Period.Validate] does,
// by position.
func (b *Book) Series(periods []success.Period) ([]Movement, error) {
	var faults success.Errors
	views := make([]view, len(periods))
	for i, p := range periods {
		if err := p.Validate(); err != nil {
			addAt(&faults, i, err)
			continue
		}
		views[i] = b.viewOf(dayOf(p.From), dayOf(p.To))
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	tallies := make([]tally, len(periods))
	for i := 0; i < len(views); {
		n := 1
		for i+n < len(views) && views[i+n].from == views[i+n-1].to {
			n++
		}
		b.sweep(views[i:i+n], tallies[i:i+n])
		i += n
	}
	movements := make([]Movement, len(periods))
	for i := range tallies {
		movements[i] = tallies[i].movement(b, &views[i])
	}
	return movements, nil
}

// addAt adds the faults of one record at its position in a slice.
func addAt(faults *success.Errors, index int, err error) {
	for _, f := range err.(*success.Errors).Faults {
		at := *f
		at.Index = index
		faults.Add(&at)
	}
}

// sweep tallies adjoining periods. Whatever is alone and in the reporting
// currency is followed from change to change, the rest is measured period by
// period.
func (b *Book) sweep(views []view, tallies []tally) {
	if len(views) == 1 {
		tallies[0] = b.tally(&views[0])
		return
	}
	shares := b.shares()
	parts := make([][]tally, len(shares))
	together(shares, func(k int, s share) { parts[k] = b.sweepShare(views, s) })
	for _, part := range parts {
		for i := range part {
			tallies[i].merge(&part[i])
		}
	}
	b.sweepFamilies(views, tallies)
}

// sweepShare tallies the units of a share that are alone.
func (b *Book) sweepShare(views []view, units share) []tally {
	tallies := make([]tally, len(views))
	s := newSweep(b, views)
	last := &views[len(views)-1]
	last.alone(units, func(from, to int32) {
		for unit := from; unit < to; unit++ {
			if b.foreign(unit) {
				b.measureEach(views, tallies, unit)
			} else {
				s.follow(unit, tallies)
			}
		}
	})
	s.flush(tallies)
	return tallies
}

// foreign reports whether a unit has contracts in another currency.
func (b *Book) foreign(unit int32) bool {
	if b.money == nil {
		return false
	}
	for slot := b.firstSlot[unit]; slot < b.firstSlot[unit+1]; slot++ {
		if b.money[slot] != b.home {
			return true
		}
	}
	return false
}

func (b *Book) measureEach(views []view, tallies []tally, unit int32) {
	member := []int32{unit}
	for i := range views {
		e := b.measure(&views[i], member)
		tallies[i].add(&e, &views[i], b.firstPaid[unit], b.fromFree[unit])
	}
}

// sweepFamilies tallies the units that are not alone in the last period. In an
// earlier one some of them may still be.
func (b *Book) sweepFamilies(views []view, tallies []tally) {
	apart := views[len(views)-1].apart
	for i := range views {
		v := &views[i]
		for _, f := range v.families {
			b.addFamily(&tallies[i], v, f)
		}
		for _, unit := range apart {
			if _, found := slices.BinarySearch(v.apart, unit); !found {
				e := b.measure(v, []int32{unit})
				tallies[i].add(&e, v, b.firstPaid[unit], b.fromFree[unit])
			}
		}
	}
}

// A sweep follows units over adjoining periods. Boundary 0 is the first From,
// boundary i the To of period i-1. A contract is a step up at the first boundary
// after its Start and a step down at the first after its End, and between its
// steps a unit stays flat.
type sweep struct {
	book  *Book
	views []view
	after []int32 // first boundary after a day, counted from the first From
	steps []step  // scratch
	flat  []flat  // what begins or ends to stay flat, by period
}

// A step is a change of a unit's revenue at a boundary.
type step struct {
	boundary int32
	active   int32 // +1 or -1 contract
	rate     int64
}

// A flat is revenue, customers and free units that do not move.
type flat struct {
	revenue   exact.Sum
	customers int
	free      int
}

func newSweep(b *Book, views []view) *sweep {
	n := len(views)
	s := &sweep{book: b, views: views, flat: make([]flat, n+1)}
	first := views[0].from
	s.after = make([]int32, views[n-1].to-first)
	i := 0
	for k := range s.after {
		if first+int32(k) >= views[i].to {
			i++
		}
		s.after[k] = int32(i + 1)
	}
	return s
}

// boundary returns the first boundary after a day, one past the last when there
// is none.
func (s *sweep) boundary(day int32) int32 {
	switch k := day - s.views[0].from; {
	case k < 0:
		return 0
	case int(k) < len(s.after):
		return s.after[k]
	}
	return int32(len(s.views) + 1)
}

// follow adds a unit to the tallies of the periods in which it moves, and to the
// flats of the others.
func (s *sweep) follow(unit int32, tallies []tally) {
	b := s.book
	s.steps = s.steps[:0]
	beyond := int32(len(s.views) + 1)
	for slot := b.firstSlot[unit]; slot < b.firstSlot[unit+1]; slot++ {
		up, down := s.boundary(b.start[slot]), s.boundary(b.end[slot])
		if up == down {
			continue
		}
		s.steps = append(s.steps, step{up, 1, b.rate[slot]})
		if down < beyond {
			s.steps = append(s.steps, step{down, -1, -b.rate[slot]})
		}
	}
	sortSteps(s.steps)
	var e ends
	active, since := int32(0), int32(0)
	for i := 0; i < len(s.steps); {
		at := s.steps[i].boundary
		e.open = e.close
		wasActive := active
		for ; i < len(s.steps) && s.steps[i].boundary == at; i++ {
			e.close = e.close.Plus(s.steps[i].rate)
			active += s.steps[i].active
		}
		if at == 0 {
			continue
		}
		s.stay(e.open, wasActive > 0, since, at-1)
		e.later, e.active = e.close, active > 0
		tallies[at-1].add(&e, &s.views[at-1], b.firstPaid[unit], b.fromFree[unit])
		since = at
	}
	s.stay(e.close, active > 0, since, int32(len(s.views)))
}

// stay notes that a unit does not move in the periods from one up to another.
func (s *sweep) stay(revenue exact.Sum, active bool, from, to int32) {
	if from == to || !active {
		return
	}
	begin, end := &s.flat[from], &s.flat[to]
	if revenue.Sign() > 0 {
		begin.revenue, end.revenue = begin.revenue.Add(revenue), end.revenue.Sub(revenue)
		begin.customers++
		end.customers--
	} else {
		begin.free++
		end.free--
	}
}

// flush adds the flats to the tallies.
func (s *sweep) flush(tallies []tally) {
	var now flat
	for i := range tallies {
		f, t := s.flat[i], &tallies[i]
		now.revenue = now.revenue.Add(f.revenue)
		now.customers += f.customers
		now.free += f.free
		t.opening = t.opening.Add(now.revenue)
		t.closing = t.closing.Add(now.revenue)
		t.kept = t.kept.Add(now.revenue)
		t.keptOpening[None] = t.keptOpening[None].Add(now.revenue)
		t.opened += now.customers
		t.count[None] += now.customers
		t.free += now.free
	}
}

// sortSteps sorts by boundary; most units have few steps.
func sortSteps(steps []step) {
	if len(steps) > 16 {
		slices.SortFunc(steps, func(x, y step) int { return cmp.Compare(x.boundary, y.boundary) })
		return
	}
	for i := 1; i < len(steps); i++ {
		for k := i; k > 0 && steps[k].boundary < steps[k-1].boundary; k-- {
			steps[k], steps[k-1] = steps[k-1], steps[k]
		}
	}
}
