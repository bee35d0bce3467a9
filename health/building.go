package health

import (
	"math"
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// maxWeight is the largest weight, in millionths: a million.
const maxWeight = 1e6 * one

// summed reports whether weights are points to add up, and groups have none.
func (c Combiner) summed() bool { return c == CappedPoints || c == Deductions }

func (b *builder) groups() {
	names, measures := map[string]bool{}, map[string]bool{}
	for i, g := range b.def.Groups {
		b.name("group", i, "Name", g.Name, names)
		weight := b.number("group", i, "Weight", g.Weight, 0, maxWeight)
		limit := b.number("group", i, "Cap", g.Cap, 0, highest)
		if b.def.Combine.summed() && weight != 0 {
			b.add("group", i, "Weight", g.Weight.String(), fault.New(success.ErrRange, "is not used when combining by %s", b.def.Combine))
		} else if !b.def.Combine.summed() && limit != 0 {
			b.add("group", i, "Cap", g.Cap.String(), fault.New(success.ErrRange, "is not used when combining by %s", b.def.Combine))
		}
		if len(g.Measures) == 0 {
			b.add("group", i, "Measures", "", success.ErrMissing)
		}
		from := len(b.card.measures)
		for _, m := range g.Measures {
			b.measure(m, i, measures)
		}
		b.card.groups = append(b.card.groups, group{g.Name, weight, limit, from, len(b.card.measures)})
	}
}

func (b *builder) measure(m Measure, group int, seen map[string]bool) {
	i := len(b.card.measures)
	b.name("measure", i, "Name", m.Name, seen)
	most := int64(maxWeight)
	if b.def.Combine.summed() {
		most = highest
	}
	checked := measure{name: m.Name, group: group, missing: m.Missing, stale: m.StaleAfter, drop: m.DropAfter}
	checked.weight = b.number("measure", i, "Weight", m.Weight, 0, most)
	if b.known("measure", i, "Scale", uint8(m.Scale), scales()) && m.Scale != b.def.Scale {
		b.add("measure", i, "Scale", m.Scale.String(), fault.New(success.ErrOrder, "is not the scale of the scorecard, %s", b.def.Scale))
	}
	b.known("measure", i, "Direction", uint8(m.Direction), directions())
	if b.known("measure", i, "Missing", uint8(m.Missing), policies()) && m.Missing == Required {
		b.card.needed = append(b.card.needed, i)
	}
	b.whole("measure", i, "StaleAfter", m.StaleAfter)
	b.whole("measure", i, "DropAfter", m.DropAfter)
	if m.StaleAfter > 0 && m.DropAfter > 0 && m.DropAfter < m.StaleAfter {
		b.add("measure", i, "DropAfter", strconv.Itoa(m.DropAfter), fault.New(success.ErrOrder, "is before StaleAfter %d", m.StaleAfter))
	}
	checked.shape = b.curve(i, &m)
	b.card.measures = append(b.card.measures, checked)
	b.card.index[m.Name] = i
}

// uses says which fields a kind of curve has.
type uses struct{ knots, target, half, span, history bool }

func (k CurveKind) uses() uses {
	switch k {
	case PiecewiseLinear, Steps:
		return uses{knots: true}
	case RatioToTarget:
		return uses{target: true}
	case OwnGrowth:
		return uses{knots: true, history: true}
	case OwnPercentile:
		return uses{history: true}
	case HalfLife:
		return uses{half: true}
	}
	return uses{span: true}
}

func (b *builder) curve(i int, m *Measure) shape {
	c := &m.Curve
	s := shape{kind: c.Kind, rising: (m.Direction == HigherIsBetter) == (m.Scale == Health), least: max(1, c.MinHistory)}
	s.worst, s.best = m.Scale.ends()
	if c.Kind == NoCurve {
		b.add("measure", i, "Curve.Kind", "", success.ErrMissing)
		return s
	}
	if !b.known("measure", i, "Curve.Kind", uint8(c.Kind), curveKinds()) {
		return s
	}
	u := c.Kind.uses()
	if (u.half || u.span) && m.Direction != LowerIsBetter {
		b.add("measure", i, "Direction", m.Direction.String(), fault.New(success.ErrOrder, "is not the direction of an age"))
	}
	if u.knots {
		b.knots(i, c, &s)
	} else if len(c.Knots) > 0 {
		b.unused(i, "Knots", strconv.Itoa(len(c.Knots)), c.Kind)
	}
	for _, f := range []struct {
		name     string
		value    decimal.Decimal
		used     bool
		optional bool
	}{{"Target", c.Target, u.target, true}, {"HalfLife", c.HalfLife, u.half, false}, {"Span", c.Span, u.span, false}} {
		b.size(i, f.name, f.value, f.used, f.optional, &s)
	}
	if c.MinHistory < 0 {
		b.whole("measure", i, "Curve.MinHistory", c.MinHistory)
	} else if c.MinHistory > MaxHistory {
		b.add("measure", i, "Curve.MinHistory", strconv.Itoa(c.MinHistory), fault.New(success.ErrRange, "is more than %d", MaxHistory))
	} else if c.MinHistory > 0 && !u.history {
		b.unused(i, "MinHistory", strconv.Itoa(c.MinHistory), c.Kind)
	}
	return s
}

func (b *builder) unused(i int, field, value string, k CurveKind) {
	b.add("measure", i, "Curve."+field, value, fault.New(success.ErrRange, "is not used by a curve of %s", k))
}

// size reads the one number that a curve may have.
func (b *builder) size(i int, field string, d decimal.Decimal, used, optional bool, s *shape) {
	switch {
	case !used && d.IsZero():
	case !used:
		b.unused(i, field, exact.Show(d), s.kind)
	case d.IsZero() && !optional:
		b.add("measure", i, "Curve."+field, "", success.ErrMissing)
	default:
		s.size = b.number("measure", i, "Curve."+field, d, 0, math.MaxInt64)
	}
}

// knots reads the corners of a curve. Growth is from −1 (all gone) to 100.
func (b *builder) knots(i int, c *Curve, s *shape) {
	if len(c.Knots) < 2 {
		b.add("measure", i, "Curve.Knots", strconv.Itoa(len(c.Knots)), fault.New(success.ErrMissing, "are too few: two or more"))
		return
	}
	least, most := int64(math.MinInt64), int64(math.MaxInt64)
	if c.Kind == OwnGrowth {
		least, most = -one, highest
	}
	before := b.faults.Count
	for n, k := range c.Knots {
		field := "Curve.Knots[" + strconv.Itoa(n) + "]"
		at := b.number("measure", i, field+".At", k.At, least, most)
		if n > 0 && at <= s.at[n-1] && b.faults.Count == before {
			b.add("measure", i, field+".At", k.At.String(), fault.New(success.ErrOrder, "is not after %s", c.Knots[n-1].At))
		}
		s.at = append(s.at, at)
		s.points = append(s.points, b.number("measure", i, field+".Points", k.Points, 0, highest))
	}
	if b.faults.Count == before && !s.monotone() {
		b.add("measure", i, "Curve.Knots", "", fault.New(success.ErrOrder, "turn against the direction"))
	}
}
