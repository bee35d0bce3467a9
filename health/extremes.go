package health

// asIs keeps missing measures missing.
const asIs = -1

// at returns the points of a cell when what is missing has the given points.
// What a policy fills in counts only with asIs.
func (c *cell) at(points int64) (p int64, ok bool) {
	switch {
	case c.place == counted, c.place == filled && points == asIs:
		return int64(c.points), true
	case c.place == away || points == asIs:
		return 0, false
	}
	return points, true
}

// outermost returns the highest or lowest points of what has a weight, and the
// first measure that has them.
func (c *Scorecard) outermost(cells []cell, high bool, points int64) (most int64, measure int, ok bool) {
	for i := range c.sections {
		for _, m := range c.sections[i].members {
			p, counts := cells[m.measure].at(points)
			if counts && (!ok || p > most == high && p != most) {
				most, measure, ok = p, m.measure, true
			}
		}
	}
	return most, measure, ok
}

// upwards reports whether the combiner takes the highest points.
func (c *Scorecard) upwards() bool { return (c.combiner == BestOf) == (c.scale == Health) }

func (c *Scorecard) extreme(cells []cell, t *tally) {
	high := c.upwards()
	at := func(points int64) Score {
		p, _, ok := c.outermost(cells, high, points)
		if !ok {
			return Score{}
		}
		return scored(p)
	}
	t.computed, t.lower, t.upper = at(asIs), at(0), at(highest)
}

// poor returns the worst points when they lie in the worst band, and the
// measure that has them.
func (c *Scorecard) poor(cells []cell, points int64) (worst int64, measure int, ok bool) {
	worst, measure, ok = c.outermost(cells, c.scale == Risk, points)
	last := 0
	if c.scale == Risk {
		last = len(c.bands.first)
	}
	return worst, measure, ok && c.bands.of(worst) == last
}

func (c *Scorecard) anyPoor(cells []cell, t *tally) {
	for _, part := range []struct {
		score  *Score
		points int64
	}{{&t.computed, asIs}, {&t.lower, 0}, {&t.upper, highest}} {
		if worst, _, ok := c.poor(cells, part.points); ok {
			*part.score = scored(worst)
		}
	}
}

// perPoint is what weight × points is to a millionth of a point of a score.
const perPoint = highest

// sum is the score of points or deductions that add up.
func (c *Scorecard) sum(cells []cell, t *tally) {
	if !t.coverage.Defined() {
		return
	}
	at := func(points int64) Score { return scored(wide{0, c.total(cells, points)}.over(wide{0, perPoint})) }
	t.lower, t.upper = at(0), at(highest)
	if t.computed.Defined() {
		t.computed = at(asIs)
	}
}

// total returns the score × perPoint.
func (c *Scorecard) total(cells []cell, points int64) uint64 {
	sum := int64(0)
	for i := range c.groups {
		sum += c.groups[i].capped(c.amount(i, cells, points))
	}
	sum = min(sum, highest*perPoint)
	if c.combiner == Deductions {
		sum = highest*perPoint - sum
	}
	return uint64(sum)
}

// amount returns what a group adds or deducts, before its cap.
func (c *Scorecard) amount(group int, cells []cell, points int64) (sum int64) {
	g := &c.groups[group]
	for m := g.from; m < g.to; m++ {
		if p, ok := cells[m].at(points); ok {
			sum += c.measures[m].weight * c.earned(p)
		}
	}
	return sum
}

// earned returns the points that count, which for deductions are those lost.
func (c *Scorecard) earned(points int64) int64 {
	if c.combiner == Deductions {
		return highest - points
	}
	return points
}

func (g *group) capped(amount int64) int64 {
	if g.cap > 0 {
		return min(amount, g.cap*perPoint)
	}
	return amount
}
