package help

import (
	"maps"
	"math"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/cohort/proportion"
)

// Adjusted is a difference taken within strata.
type Adjusted struct {
	Difference  success.Estimate // Σ w (S₁ − S₀)/Σ w with w = n₁n₀/(n₁ + n₀)
	StdErr      success.Figure   // √(Σ w² (V₁ + V₀))/Σ w
	Kept        int              // strata compared
	Dropped     int              // strata without an arm, or with one not followed to the horizon
	CrudeOnKept success.Estimate // the crude difference of the accounts in the strata compared, by Greenwood
}

// A pair is the two arms of a stratum.
type pair struct{ helped, unhelped Arm }

// usable reports whether both arms have a share kept.
func (p *pair) usable() bool { return p.helped.reached && p.unhelped.reached }

// arm returns the side of m.
func (p *pair) arm(m *member) *Arm {
	if m.helped {
		return &p.helped
	}
	return &p.unhelped
}

// pairsOf splits members by a key.
func pairsOf(members []member, o Options, key func(*member) string) map[string]*pair {
	pairs := map[string]*pair{}
	for i := range members {
		m := &members[i]
		k := key(m)
		if pairs[k] == nil {
			pairs[k] = &pair{Arm{settled: true}, Arm{settled: true}}
		}
		pairs[k].arm(m).add(m, o)
	}
	for _, p := range pairs {
		p.helped.finish(o)
		p.unhelped.finish(o)
	}
	return pairs
}

func (r *Result) adjust(members []member, o Options, z float64) {
	pairs := pairsOf(members, o, func(m *member) string { return m.Stratum })
	kept := pair{Arm{settled: true}, Arm{settled: true}}
	var sum pooling
	small := 0
	for _, name := range slices.Sorted(maps.Keys(pairs)) {
		p := pairs[name]
		r.tables = append(r.tables, proportion.Stratum{Name: name, First: p.helped.share(), Second: p.unhelped.share()})
		if !p.usable() {
			r.Adjusted.Dropped++
			continue
		}
		r.Adjusted.Kept++
		if min(p.helped.Accounts, p.unhelped.Accounts) < smallArm {
			small++
		}
		n1, n0 := float64(p.helped.Accounts), float64(p.unhelped.Accounts)
		sum.add(p, n1*n0/(n1+n0))
		kept.helped.absorb(&p.helped)
		kept.unhelped.absorb(&p.unhelped)
	}
	r.Adjusted.Difference, r.Adjusted.StdErr = sum.estimate(z)
	kept.helped.finish(o)
	kept.unhelped.finish(o)
	if kept.usable() {
		var crude pooling
		crude.add(&kept, 1)
		r.Adjusted.CrudeOnKept, _ = crude.estimate(z)
	}
	warn(&r.Warnings, ErrSmallStrata, small)
	warn(&r.Warnings, ErrDropped, r.Adjusted.Dropped)
	compareSigns(&r.Warnings, r.Difference, r.Adjusted.Difference)
}

// absorb adds the accounts of another arm.
func (a *Arm) absorb(other *Arm) {
	a.Accounts += other.Accounts
	a.counts.Merge(&other.counts)
}

// pooling adds up weighted differences.
type pooling struct{ weight, difference, variance float64 }

func (s *pooling) add(p *pair, weight float64) {
	s1, v1, _ := p.helped.kept()
	s0, v0, _ := p.unhelped.kept()
	s.weight += weight
	s.difference += weight * (s1 - s0)
	s.variance += weight * weight * (v1 + v0)
}

func (s *pooling) estimate(z float64) (success.Estimate, success.Figure) {
	if s.weight == 0 {
		return success.Estimate{}, success.Figure{}
	}
	d, se := s.difference/s.weight, math.Sqrt(s.variance)/s.weight
	return success.EstimateOf(d, max(-1, d-z*se), min(1, d+z*se)), success.FigureOf(se)
}
