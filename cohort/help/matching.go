package help

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
)

// A matching is the accounts of a comparison in groups that are alike.
type matching struct {
	panel
	options MatchOptions
	groups  []*group // sorted by key
	of      []*group // by member

	helped, unhelped int // accounts in groups with both sides
}

// A group is the accounts that are alike in every trait.
type group struct {
	pair
	closing  [2]decimal.Decimal // revenue at the horizon: of the unhelped, of the helped
	followed bool               // all of them, to the horizon
}

func newMatching(p panel, o MatchOptions) *matching {
	slices.SortFunc(p.members, func(a, b member) int { return cmp.Compare(a.ID, b.ID) })
	m := &matching{panel: p, options: o, of: make([]*group, len(p.members))}
	byKey := map[string]*group{}
	for i := range p.members {
		key := o.Traits.key(p.members[i].Account)
		if byKey[key] == nil {
			byKey[key] = &group{pair: pair{Arm{settled: true}, Arm{settled: true}}, followed: true}
		}
		m.of[i] = byKey[key]
		m.of[i].add(&p.members[i], o.Options)
	}
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		g := byKey[key]
		g.helped.finish(o.Options)
		g.unhelped.finish(o.Options)
		m.groups = append(m.groups, g)
		if g.usable() {
			m.helped += g.helped.Accounts
			m.unhelped += g.unhelped.Accounts
		}
	}
	return m
}

func (g *group) add(m *member, o Options) {
	g.arm(m).add(m, o)
	g.followed = g.followed && m.followed
	g.closing[m.side()] = g.closing[m.side()].Add(m.Closing)
}

// share returns what part of all matched accounts of the estimand is in g, as
// two counts.
func (m *matching) share(g *group) (part, whole int) {
	if m.options.Estimand == Everybody {
		return g.helped.Accounts + g.unhelped.Accounts, m.helped + m.unhelped
	}
	return g.helped.Accounts, m.helped
}

// weight returns what a member counts for, 0 without a counterpart.
func (m *matching) weight(i int) float64 {
	g := m.of[i]
	if !g.usable() {
		return 0
	}
	own, side := g.unhelped.Accounts, m.unhelped
	if m.members[i].helped {
		own, side = g.helped.Accounts, m.helped
	}
	part, whole := m.share(g)
	return float64(part) / float64(whole) * float64(side) / float64(own)
}

func (m *matching) result(z float64) Matched {
	var r Matched
	for _, g := range m.groups {
		if g.usable() {
			r.Strata++
		} else {
			r.Dropped++
		}
	}
	weights := m.weigh(&r)
	m.compare(&r, z)
	m.revenue(&r)
	if r.Helped.Matched > 0 {
		for _, c := range m.options.Traits.columns(m.members) {
			r.Balance = append(r.Balance, c.balance(m.members, weights, m.options.Estimand))
		}
	}
	m.warn(&r)
	return r
}

// weigh fills in the weights and counts of r.
func (m *matching) weigh(r *Matched) []float64 {
	weights := make([]float64, len(m.members))
	var sums [2]struct{ w, ww float64 }
	for i := range m.members {
		arm, sum := &r.Unhelped, &sums[0]
		if m.members[i].helped {
			arm, sum = &r.Helped, &sums[1]
		}
		arm.Accounts++
		w := m.weight(i)
		if weights[i] = w; w > 0 {
			arm.Matched++
			sum.w += w
			sum.ww += w * w
			r.Weights = append(r.Weights, Weight{m.members[i].ID, m.members[i].helped, w})
		}
	}
	if r.Strata > 0 {
		r.Unhelped.Effective = sums[0].w * sums[0].w / sums[0].ww
		r.Helped.Effective = sums[1].w * sums[1].w / sums[1].ww
	}
	return weights
}

// compare fills in the shares kept.
func (m *matching) compare(r *Matched, z float64) {
	all := pair{Arm{settled: true}, Arm{settled: true}}
	var pooled pooling
	kept := [2]float64{}
	for _, g := range m.groups {
		all.helped.absorb(&g.helped)
		all.unhelped.absorb(&g.unhelped)
		if !g.usable() {
			continue
		}
		part, whole := m.share(g)
		w := float64(part) / float64(whole)
		pooled.add(&g.pair, w)
		s1, _, _ := g.helped.kept()
		s0, _, _ := g.unhelped.kept()
		kept[1] += w * s1
		kept[0] += w * s0
	}
	r.Difference, r.StdErr = pooled.estimate(z)
	if r.Strata > 0 {
		r.Helped.Kept, r.Unhelped.Kept = success.FigureOf(kept[1]), success.FigureOf(kept[0])
	}
	all.helped.finish(m.options.Options)
	all.unhelped.finish(m.options.Options)
	if all.usable() {
		var crude pooling
		crude.add(&all, 1)
		r.Crude, _ = crude.estimate(z)
	}
}

// meanPlaces is how many decimal places a mean of money has, and guardPlaces how
// many the parts of one have before they are added up.
const (
	meanPlaces  = 10
	guardPlaces = 30
)

// revenue fills in the mean revenue at the horizon.
func (m *matching) revenue(r *Matched) {
	var sums [2]decimal.Decimal
	r.Revenue = r.Strata > 0
	for _, g := range m.groups {
		if !g.usable() {
			continue
		}
		r.Revenue = r.Revenue && g.followed
		part, whole := m.share(g)
		for side, n := range [2]int{g.unhelped.Accounts, g.helped.Accounts} {
			mean := success.Ratio{
				Num: g.closing[side].Mul(decimal.NewFromInt(int64(part))),
				Den: decimal.NewFromInt(int64(whole)).Mul(decimal.NewFromInt(int64(n))),
			}
			v, _ := mean.Value(guardPlaces) // n and whole are above 0
			sums[side] = sums[side].Add(v)
		}
	}
	if !r.Revenue {
		return
	}
	r.Unhelped.Closing, r.Helped.Closing = sums[0].Round(meanPlaces), sums[1].Round(meanPlaces)
	r.Closing = sums[1].Sub(sums[0]).Round(meanPlaces)
}

func (m *matching) warn(r *Matched) {
	imbalanced := 0
	for _, b := range r.Balance {
		if after, ok := b.After.Float64(); ok && math.Abs(after) > large {
			imbalanced++
		}
	}
	empty := 0
	for _, arm := range []MatchedArm{r.Helped, r.Unhelped} {
		if arm.Accounts == 0 {
			empty++
		}
	}
	warn(&r.Warnings, ErrEmptyArm, empty)
	warn(&r.Warnings, ErrHelpedLater, m.later)
	warn(&r.Warnings, ErrUnmatched, r.Helped.Accounts-r.Helped.Matched+r.Unhelped.Accounts-r.Unhelped.Matched)
	warn(&r.Warnings, ErrImbalance, imbalanced)
	compareSigns(&r.Warnings, r.Crude, r.Difference)
}
