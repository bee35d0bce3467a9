package health

import (
	"cmp"
	"math/big"
	"slices"

	"metrics.internal/success"
)

// A Line is one part of a score.
type Line struct {
	Kind   LineKind   `json:"kind"`
	Group  string     `json:"group,omitempty"` // of a measure or a cap
	Name   string     `json:"name,omitempty"`  // of the measure or the exception; the author of an override
	State  InputState `json:"state"`           // of a measure
	Points Score      `json:"points"`          // of a measure, whether its own or by its policy; else undefined
	Amount Points     `json:"amount"`          // what it adds to the score
	Pull   Points     `json:"pull"`            // how far it keeps the score from the best of its scale
}

// An Explanation takes a score apart. The amounts of the lines of kind
// [BaseLine], [MeasureLine] and [CapLine] add up to Computed, and those of all
// lines to Effective, exactly; an undefined score counts as 0.
//
// The amount of a measure is its share of the weight × its points, in exact
// fractions. Their millionths are rounded down, and those that are left go to
// the largest rests, the first of equal ones first: each amount is less than a
// millionth from the exact one. Under [WorstOf], [BestOf] and, when it is so,
// [AnyPoor] all of the score is the amount of the measure that decides, the first
// if there are several.
type Explanation struct {
	Result
	Reason string `json:"reason,omitempty"` // of the override in force
	Lines  []Line `json:"lines"`
}

// Explain is [Scorecard.Score] with the reasons.
func (c *Scorecard) Explain(r Record, asOf success.Date) (Explanation, error) {
	cells := make([]cell, len(c.measures))
	if asOf.IsZero() || !c.fill(cells, r.Inputs, asOf, nil) || r.Override != nil && r.Override.Validate() != nil {
		return Explanation{}, c.refuse(r, asOf)
	}
	e := Explanation{Result: c.result(cells, r.Account, r.Override, asOf)}
	e.Lines = c.parts(cells, e.Computed)
	if e.Computed.Defined() {
		e.Lines = append(e.Lines, c.ruleLines(cells, e.Computed.or0())...)
	}
	if e.Overridden {
		e.Reason = r.Override.Reason
		e.Lines = append(e.Lines, c.step(OverrideLine, r.Override.Author, e.Ruled.or0(), e.Effective.or0()))
	}
	return e, nil
}

func (c *Scorecard) ruleLines(cells []cell, points int64) (lines []Line) {
	for i := range c.rules {
		if r := &c.rules[i]; c.applies(r, cells) {
			held := c.held(r, points)
			lines = append(lines, c.step(ExceptionLine, r.name, points, held))
			points = held
		}
	}
	return lines
}

// step returns the line of a change of the score.
func (c *Scorecard) step(kind LineKind, name string, from, to int64) Line {
	pull := to - from
	if c.scale == Health {
		pull = from - to
	}
	return Line{Kind: kind, Name: name, Amount: Points(to - from), Pull: Points(max(0, pull))}
}

// parts returns the lines that add up to the computed score.
func (c *Scorecard) parts(cells []cell, computed Score) []Line {
	shares := c.shares(cells)
	var lines []Line
	var exact []*big.Rat
	if c.combiner == Deductions && computed.Defined() {
		lines = append(lines, Line{Kind: BaseLine})
		exact = append(exact, big.NewRat(highest, 1))
	}
	for i := range c.measures {
		line, amount := c.measureLine(i, &cells[i], shares[i])
		lines = append(lines, line)
		exact = append(exact, amount)
	}
	if c.combiner.summed() && computed.Defined() {
		caps, amounts := c.capLines(cells)
		lines = append(lines, caps...)
		exact = append(exact, amounts...)
	}
	for i, amount := range allot(exact, computed.or0()) {
		lines[i].Amount = amount
	}
	return lines
}

// measureLine returns the line of a measure, and its exact amount.
func (c *Scorecard) measureLine(i int, cell *cell, share *big.Rat) (Line, *big.Rat) {
	m := &c.measures[i]
	line := Line{Kind: MeasureLine, Group: c.groups[m.group].name, Name: m.name, State: cell.state}
	if !cell.scores() {
		return line, new(big.Rat)
	}
	line.Points = scored(int64(cell.points))
	amount := new(big.Rat).Mul(share, big.NewRat(int64(cell.points), 1))
	lost := new(big.Rat).Mul(share, big.NewRat(highest-int64(cell.points), 1))
	pull := amount
	if c.scale == Health {
		pull = lost
	}
	line.Pull = Points(nearest(pull))
	if c.combiner == Deductions {
		amount = lost.Neg(lost)
	}
	return line, amount
}

// shares returns by how much the score moves with the points of each measure.
func (c *Scorecard) shares(cells []cell) []*big.Rat {
	shares := make([]*big.Rat, len(c.measures))
	for i := range shares {
		shares[i] = new(big.Rat)
	}
	decides, ok := -1, false
	switch c.combiner {
	case WorstOf, BestOf:
		_, decides, ok = c.outermost(cells, c.upwards(), asIs)
	case AnyPoor:
		_, decides, ok = c.poor(cells, asIs)
	case CappedPoints, Deductions:
		for i := range c.measures {
			shares[i].SetFrac64(c.measures[i].weight, highest)
		}
		return shares
	}
	if ok {
		shares[decides].SetInt64(1)
	} else if c.combiner != WorstOf && c.combiner != BestOf {
		c.meanShares(cells, shares)
	}
	return shares
}

// meanShares sets the shares of a weighted mean.
func (c *Scorecard) meanShares(cells []cell, shares []*big.Rat) {
	total := new(big.Rat)
	for i := range c.sections {
		s := &c.sections[i]
		size := s.share(cells).scoring
		if size == 0 {
			continue
		}
		if c.combiner == FlatMean {
			size = s.sum()
		}
		for _, m := range s.members {
			if !cells[m.measure].scores() {
				continue
			}
			w := new(big.Rat).SetFrac(new(big.Int).SetUint64(m.weight), new(big.Int).SetUint64(size))
			w.Mul(w, new(big.Rat).SetInt(new(big.Int).SetUint64(s.weight)))
			shares[m.measure] = w
			total.Add(total, w)
		}
	}
	for _, share := range shares {
		if share.Sign() > 0 {
			share.Quo(share, total)
		}
	}
}

// capLines returns what caps take away from what groups add or deduct.
func (c *Scorecard) capLines(cells []cell) (lines []Line, exact []*big.Rat) {
	sign := int64(-1)
	if c.combiner == Deductions {
		sign = 1
	}
	add := func(group string, over int64) {
		if over > 0 {
			lines = append(lines, Line{Kind: CapLine, Group: group})
			exact = append(exact, big.NewRat(sign*over, perPoint))
		}
	}
	sum := int64(0)
	for i := range c.groups {
		amount := c.amount(i, cells, asIs)
		kept := c.groups[i].capped(amount)
		add(c.groups[i].name, amount-kept)
		sum += kept
	}
	add("", sum-highest*perPoint)
	return lines, exact
}

// allot rounds exact parts of a total down to whole ones, and gives what is left
// to the largest rests.
func allot(exact []*big.Rat, total int64) []Points {
	parts := make([]Points, len(exact))
	rests := make([]*big.Rat, len(exact))
	order := make([]int, len(exact))
	for i, r := range exact {
		whole, _ := new(big.Int).DivMod(r.Num(), r.Denom(), new(big.Int)) // rounds down, for r.Denom() is positive
		parts[i] = Points(whole.Int64())
		rests[i] = new(big.Rat).Sub(r, new(big.Rat).SetInt(whole))
		total -= whole.Int64()
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rests[b].Cmp(rests[a]) })
	for i := range total {
		parts[order[i]]++
	}
	return parts
}

// nearest returns r rounded half to even, for r not negative.
func nearest(r *big.Rat) int64 {
	whole, rest := new(big.Int).QuoRem(r.Num(), r.Denom(), new(big.Int))
	twice := rest.Lsh(rest, 1).Cmp(r.Denom())
	if twice > 0 || twice == 0 && whole.Bit(0) == 1 {
		return whole.Int64() + 1
	}
	return whole.Int64()
}

// Reasons returns the lines that keep the score from the best of its scale, the
// strongest first and the first of equal ones first. Lines without pull are left
// out.
func (e Explanation) Reasons() []Line {
	lines := slices.DeleteFunc(slices.Clone(e.Lines), func(l Line) bool { return l.Pull <= 0 })
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Compare(b.Pull, a.Pull) })
	return lines
}
