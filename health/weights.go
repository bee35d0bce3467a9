package health

import (
	"math/big"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// A section is what one weighted mean is taken of: a group when means are
// nested, or everything. Its weights are whole numbers without a common factor.
type section struct {
	weight  uint64
	part    wide // weight × the sums of all other sections
	members []member
}

// A member is a measure with a weight above 0.
type member struct {
	measure int
	weight  uint64
}

const (
	maxSection = 1 << 36 // sum of the weights of a section: times the highest points it fits 63 bits
	maxBits    = 100     // of the common denominator of all sections: times the highest points it fits 127 bits
	narrowBits = 36      // the same for 63 bits
)

var errFine = fault.New(success.ErrRange, "have too many digits together")

// weigh makes the sections of a scorecard.
func (b *builder) weigh() {
	before := b.faults.Count
	for g := range b.card.groups {
		b.card.sections = append(b.card.sections, b.section(g))
	}
	if b.faults.Count > before {
		return
	}
	if b.card.combiner.summed() {
		b.merge()
		return
	}
	b.checkGroups()
}

// section returns the weights within a group.
func (b *builder) section(i int) section {
	g := &b.card.groups[i]
	var measures []int
	var weights []*big.Int
	for m := g.from; m < g.to; m++ {
		if w := b.card.measures[m].weight; w > 0 {
			measures = append(measures, m)
			weights = append(weights, big.NewInt(w))
		}
	}
	if len(weights) == 0 {
		if g.weight > 0 {
			b.add("group", i, "Measures", "", fault.New(success.ErrRange, "have weights that are all 0"))
		}
		return section{}
	}
	members, ok := reduced(measures, weights)
	if !ok {
		b.add("group", i, "Measures", "", errFine)
	}
	return section{members: members}
}

// reduced divides weights by their greatest common factor.
func reduced(measures []int, weights []*big.Int) (members []member, ok bool) {
	factor, sum := new(big.Int), new(big.Int)
	for _, w := range weights {
		factor.GCD(nil, nil, factor, w)
		sum.Add(sum, w)
	}
	if sum.Quo(sum, factor).Cmp(big.NewInt(maxSection)) > 0 {
		return nil, false
	}
	for i, w := range weights {
		members = append(members, member{measures[i], new(big.Int).Quo(w, factor).Uint64()})
	}
	return members, true
}

// checkGroups sets the weights of the sections, and drops those of weight 0.
func (b *builder) checkGroups() {
	var groups []int
	var weights []*big.Int
	for i, g := range b.card.groups {
		if g.weight > 0 {
			groups = append(groups, i)
			weights = append(weights, big.NewInt(g.weight))
		}
	}
	if len(weights) == 0 {
		b.add("definition", -1, "Groups", "", fault.New(success.ErrRange, "have weights that are all 0"))
		return
	}
	members, ok := reduced(groups, weights)
	if !ok {
		b.add("definition", -1, "Groups", "", errFine)
		return
	}
	for _, m := range members {
		b.card.sections[m.measure].weight = m.weight
	}
	b.card.sections = slices.DeleteFunc(b.card.sections, func(s section) bool { return s.weight == 0 })
	b.parts()
}

// parts sets the parts of the sections, unless sums of them do not fit.
func (b *builder) parts() {
	sums, weights := big.NewInt(1), uint64(0)
	for i := range b.card.sections {
		s := &b.card.sections[i]
		sums.Mul(sums, new(big.Int).SetUint64(s.sum()))
		weights += s.weight
	}
	switch size := new(big.Int).Mul(sums, new(big.Int).SetUint64(weights)).BitLen(); {
	case size > maxBits:
		b.card.vast = true
		return
	case size <= narrowBits:
		b.card.narrow = true
	}
	for i := range b.card.sections {
		s := &b.card.sections[i]
		part := new(big.Int).Quo(sums, new(big.Int).SetUint64(s.sum()))
		part.Mul(part, new(big.Int).SetUint64(s.weight))
		s.part.lo = new(big.Int).And(part, new(big.Int).SetUint64(1<<64-1)).Uint64()
		s.part.hi = part.Rsh(part, 64).Uint64()
	}
}

func (s *section) sum() (sum uint64) {
	for _, m := range s.members {
		sum += m.weight
	}
	return sum
}

// merge makes one section of all measures.
func (b *builder) merge() {
	var measures []int
	var weights []*big.Int
	for i := range b.card.measures {
		if w := b.card.measures[i].weight; w > 0 {
			measures = append(measures, i)
			weights = append(weights, big.NewInt(w))
		}
	}
	if len(weights) == 0 {
		b.add("definition", -1, "Groups", "", fault.New(success.ErrRange, "have weights that are all 0"))
		return
	}
	members, _ := reduced(measures, weights) // 512 times 100 points always fit
	b.card.sections = []section{{weight: 1, part: wide{0, 1}, members: members}}
}
