package health

// A place says what a measure is to a score, as bits of what it counts for.
type place uint8

const (
	scoring place = 1 << iota
	known
	applying

	counted = scoring | known | applying // present, or stale
	filled  = scoring | applying         // missing, but its policy gives it points
	missing = applying
	away    = place(0) // not applicable, or not yet due
)

// in returns w if p has a bit, else 0.
func (p place) in(bit, w uint64) uint64 { return w & -(uint64(p) >> bit & 1) }

// A cell is a measure of one account.
type cell struct {
	points int32
	place  place
	state  InputState
	seen   bool
}

// scores reports whether a cell has points for the score.
func (c *cell) scores() bool { return c.place&scoring != 0 }

// A tally is what the cells of an account come to.
type tally struct {
	computed     Score
	lower, upper Score
	coverage     Coverage
}

// combine makes a score of cells, one for each measure.
func (c *Scorecard) combine(cells []cell) tally {
	t := c.mean(cells)
	switch c.combiner {
	case WorstOf, BestOf:
		c.extreme(cells, &t)
	case AnyPoor:
		c.anyPoor(cells, &t)
	case CappedPoints, Deductions:
		c.sum(cells, &t)
	}
	return t
}

// A share is what a section has: of weight that scores, is known and applies,
// and of weight × points.
type share struct {
	scoring, known, applying uint64
	points, sure             uint64 // of what scores, and of what is known
}

func (s *section) share(cells []cell) (sh share) {
	for _, m := range s.members {
		cell := &cells[m.measure]
		p, points := cell.place, m.weight*uint64(cell.points)
		sh.scoring += p.in(0, m.weight)
		sh.points += p.in(0, points)
		sh.known += p.in(1, m.weight)
		sh.sure += p.in(1, points)
		sh.applying += p.in(2, m.weight)
	}
	return sh
}

// A nested is a weighted mean over sections of the means within each:
// num / (den × weight).
type nested struct {
	num, den wide
	weight   uint64
}

// add adds a section whose own mean is points / size.
func (n *nested) add(weight, points, size uint64) {
	n.num = n.num.times(size).add(n.den.times(weight).times(points))
	n.den = n.den.times(size)
	n.weight += weight
}

// mean is the weighted mean, nested or flat. What is not applicable leaves the
// denominator within its section when means are nested, and of all otherwise.
func (c *Scorecard) mean(cells []cell) tally {
	if c.vast {
		return c.vastMean(cells)
	}
	if c.combiner == FlatMean || len(c.sections) == 1 {
		return c.flat(cells)
	}
	if c.narrow {
		return c.narrowMean(cells)
	}
	score := nested{den: wide{0, 1}}
	known, sure := score, wide{} // over the same denominator
	for i := range c.sections {
		s := &c.sections[i]
		sh := s.share(cells)
		if sh.scoring > 0 {
			score.add(s.weight, sh.points, sh.scoring)
		}
		if sh.applying > 0 {
			sure = sure.times(sh.applying).add(known.den.times(s.weight).times(sh.sure))
			known.add(s.weight, sh.known, sh.applying)
		}
	}
	t := tallied(known.num, sure, known.den.times(known.weight))
	if score.weight > 0 {
		t.computed = scored(score.num.over(score.den.times(score.weight)))
	}
	return t
}

func (c *Scorecard) flat(cells []cell) tally {
	var scoring, known, applying, points, sure wide
	for i := range c.sections {
		s := &c.sections[i]
		sh := s.share(cells)
		scoring = scoring.add(s.part.times(sh.scoring))
		known = known.add(s.part.times(sh.known))
		applying = applying.add(s.part.times(sh.applying))
		points = points.add(s.part.times(sh.points))
		sure = sure.add(s.part.times(sh.sure))
	}
	t := tallied(known, sure, applying)
	if scoring != (wide{}) {
		t.computed = scored(points.over(scoring))
	}
	return t
}

// tallied returns coverage and bounds of what is known, and the points of it,
// out of what applies.
func tallied(known, sure, applying wide) (t tally) {
	if applying == (wide{}) {
		return tally{}
	}
	t.coverage = Coverage{int32(known.times(one).over(applying)) + 1}
	t.lower = scored(sure.over(applying))
	t.upper = t.lower
	if open := applying.sub(known); open != (wide{}) {
		t.upper = scored(sure.add(open.times(highest)).over(applying))
	}
	return t
}
