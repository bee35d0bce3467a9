package health

// A rule is a checked [Exception].
type rule struct {
	name       string
	measure    int
	when, most int // bands
	severe     bool
}

// applies reports whether a rule holds the score down.
func (c *Scorecard) applies(r *rule, cells []cell) bool {
	cell := &cells[r.measure]
	if cell.place != counted {
		return false
	}
	band := c.bands.of(int64(cell.points))
	return band == r.when || c.scale.worse(band, r.when)
}

// rule returns the score after the exceptions.
func (c *Scorecard) rule(cells []cell, computed Score) (ruled Score, severe bool) {
	if len(c.rules) == 0 || !computed.Defined() {
		return computed, false
	}
	points := computed.or0()
	for i := range c.rules {
		if r := &c.rules[i]; c.applies(r, cells) {
			points = c.held(r, points)
			severe = severe || r.severe
		}
	}
	return scored(points), severe
}

// held returns the points that a rule leaves.
func (c *Scorecard) held(r *rule, points int64) int64 {
	if most := c.bands.best(r.most, c.scale); c.scale == Health {
		return min(points, most)
	} else {
		return max(points, most)
	}
}
