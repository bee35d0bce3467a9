package tier_test

import (
	"math/big"
	"slices"
	"sort"
	"testing"

	"github.com/google/go-cmp/cmp"
	"metrics.internal/success"
	"metrics.internal/success/health/tier"
	"pgregory.net/rapid"
)

// The oracle places families tier by tier, from the top, in fractions: what does
// not fit a tier asks for the next.

// A family is what the oracle places.
type family struct {
	root     success.AccountID
	accounts []tier.Account
	wants    []int // of each account
	want     int
	locked   int // the tier, -1 for none
}

func oracle(accounts []tier.Account, p tier.Policy) map[success.AccountID]string {
	families := gather(accounts, p)
	got := map[success.AccountID]string{}
	waiting := []*family{}
	for at, next := range p.Tiers {
		room := capacity(next.Team)
		var asking []*family
		for _, f := range families {
			switch {
			case f.locked == at:
				f.give(next.Name, got)
				if room != nil {
					room.Sub(room, f.hours(next))
				}
			case f.locked < 0 && f.want == at:
				asking = append(asking, f)
			}
		}
		asking = append(asking, waiting...)
		sort.Slice(asking, func(i, j int) bool { return asking[i].before(asking[j], p.Tiers, at) })
		waiting = nil
		for _, f := range asking {
			if room != nil && room.Cmp(f.hours(next)) < 0 {
				waiting = append(waiting, f)
				continue
			}
			f.give(next.Name, got)
			if room != nil {
				room.Sub(room, f.hours(next))
			}
		}
	}
	return got
}

func (f *family) give(name string, got map[success.AccountID]string) {
	for _, a := range f.accounts {
		got[a.ID] = name
	}
}

func capacity(t *tier.Team) *big.Rat {
	if t == nil {
		return nil
	}
	r := new(big.Rat).Sub(big.NewRat(1, 1), t.Admin.Rat())
	for _, factor := range []*big.Rat{t.People.Rat(), t.Hours.Rat(), t.Utilisation.Rat()} {
		r.Mul(r, factor)
	}
	return r
}

func (f *family) hours(t tier.Tier) *big.Rat {
	sum := new(big.Rat)
	for _, a := range f.accounts {
		effort := a.Effort.Rat()
		if effort.Sign() == 0 {
			effort = big.NewRat(1, 1)
		}
		sum.Add(sum, effort.Mul(effort, t.Hours.Rat()))
	}
	return sum
}

func (f *family) revenue() *big.Rat {
	sum := new(big.Rat)
	for _, a := range f.accounts {
		sum.Add(sum, a.Revenue.Rat())
	}
	return sum
}

// before compares revenue for each hour that a tier takes more than the next.
func (f *family) before(g *family, tiers []tier.Tier, at int) bool {
	if at == len(tiers)-1 {
		return f.root < g.root // all get in
	}
	density := func(f *family) *big.Rat {
		extra := new(big.Rat).Sub(f.hours(tiers[at]), f.hours(tiers[at+1]))
		return extra.Quo(f.revenue(), extra)
	}
	if c := density(f).Cmp(density(g)); c != 0 {
		return c > 0
	}
	if c := f.hours(tiers[at]).Cmp(g.hours(tiers[at])); c != 0 {
		return c < 0
	}
	return f.root < g.root
}

// gather walks every account up to its topmost ancestor.
func gather(accounts []tier.Account, p tier.Policy) []*family {
	parents := map[success.AccountID]success.AccountID{}
	for _, a := range accounts {
		parents[a.ID] = a.Parent
	}
	byRoot := map[success.AccountID]*family{}
	var families []*family
	for _, a := range accounts {
		root := a.ID
		for parents[root] != "" {
			root = parents[root]
		}
		if byRoot[root] == nil {
			byRoot[root] = &family{root: root, want: len(p.Tiers)}
			families = append(families, byRoot[root])
		}
		f := byRoot[root]
		f.accounts = append(f.accounts, a)
		want := wants(a, p)
		f.wants = append(f.wants, want)
		f.want = min(f.want, want)
	}
	for _, f := range families {
		f.lockIn(p)
	}
	return families
}

// wants is the rule of two thresholds and a dwell, spelled out.
func wants(a tier.Account, p tier.Policy) int {
	last := len(p.Tiers) - 1
	qualifies := func(at int, by func(tier.Entry) bool) bool {
		e := p.Tiers[at].Entry
		return by(e) || e.Complexity > 0 && a.Complexity >= e.Complexity || e.Strategic && a.Strategic || e.Contract && a.NamedCSM
	}
	highest := func(by func(tier.Entry) bool) int {
		for at := range last {
			if qualifies(at, by) {
				return at
			}
		}
		return last
	}
	up := highest(func(e tier.Entry) bool { return !e.Up.IsZero() && a.Revenue.Cmp(e.Up) >= 0 })
	down := highest(func(e tier.Entry) bool {
		least := e.Down
		if least.IsZero() {
			least = e.Up
		}
		return !e.Up.IsZero() && a.Revenue.Cmp(least) >= 0
	})
	before := position(p, a.Before.Wanted)
	heads := before
	switch {
	case before < 0:
		return up
	case up < before:
		heads = up
	case down > before:
		heads = down
	default:
		return before
	}
	toward, days := position(p, a.Before.Toward), 0
	if a.Before.Toward != "" && (toward < before && heads < before || toward > before && heads > before) {
		days = today.Sub(a.Before.Since)
	}
	if days >= p.Dwell {
		return heads
	}
	return before
}

func (f *family) lockIn(p tier.Policy) {
	f.locked = -1
	manual, wanted, present := -1, false, -1
	stay := false
	better := func(a, b int) int {
		if a < 0 || b >= 0 && b < a {
			return b
		}
		return a
	}
	for _, a := range f.accounts {
		manual = better(manual, position(p, a.Manual))
		present = better(present, position(p, a.Before.Given))
		wanted = wanted || p.Locks.Strategic && a.Strategic || p.Locks.Contract && a.NamedCSM
		stay = stay || p.Locks.AtRisk && a.AtRisk
		for days := range p.Locks.Renewal + 1 {
			stay = stay || p.Locks.Renewal > 0 && !a.Renewal.IsZero() && a.Renewal == today.AddDays(days)
		}
		for days := range p.Locks.Handover + 1 {
			stay = stay || p.Locks.Handover > 0 && !a.OwnerSince.IsZero() && a.OwnerSince == today.AddDays(-days)
		}
	}
	switch {
	case manual >= 0:
		f.locked = manual
	case wanted:
		f.locked = f.want
	case stay:
		f.locked = present
	}
}

func TestOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPolicy(t)
		accounts := drawAccounts(t, p, 14)
		plan := assign(t, accounts, p)
		got := map[success.AccountID]string{}
		for _, a := range plan.Assignments() {
			got[a.Account] = a.Tier
		}
		if diff := cmp.Diff(oracle(accounts, p), got); diff != "" {
			t.Fatal("tiers, want against got:", diff)
		}
		for _, f := range gather(accounts, p) {
			for i, a := range f.accounts {
				got, _ := plan.Of(a.ID)
				if got.State.Wanted != p.Tiers[f.wants[i]].Name || got.Wanted != p.Tiers[f.want].Name {
					t.Fatalf("%s wants %s itself and %s in its family, want %d and %d", a.ID, got.State.Wanted, got.Wanted, f.wants[i], f.want)
				}
			}
		}
	})
}

// served is the revenue that has a tier or a higher one.
func served(accounts []tier.Account, p tier.Policy, got func(success.AccountID) string, down int) *big.Rat {
	sum := new(big.Rat)
	for _, a := range accounts {
		if position(p, got(a.ID)) <= down {
			sum.Add(sum, a.Revenue.Rat())
		}
	}
	return sum
}

// best tries every way to place families in the first tiers, and returns the
// most revenue that they can serve.
func best(families []*family, p tier.Policy, down int) *big.Rat {
	rooms := make([]*big.Rat, down+1)
	for at := range rooms {
		rooms[at] = capacity(p.Tiers[at].Team)
	}
	sum := new(big.Rat)
	var free []*family
	for _, f := range families {
		switch {
		case f.locked < 0:
			free = append(free, f)
		case f.locked <= down:
			sum.Add(sum, f.revenue())
			rooms[f.locked].Sub(rooms[f.locked], f.hours(p.Tiers[f.locked]))
		}
	}
	return sum.Add(sum, bestOf(free, p, rooms))
}

func bestOf(free []*family, p tier.Policy, rooms []*big.Rat) *big.Rat {
	if len(free) == 0 {
		return new(big.Rat)
	}
	f := free[0]
	most := bestOf(free[1:], p, rooms)
	for at := f.want; at < len(rooms); at++ {
		if f.hours(p.Tiers[at]).Cmp(rooms[at]) > 0 {
			continue
		}
		less := slices.Clone(rooms)
		less[at] = new(big.Rat).Sub(rooms[at], f.hours(p.Tiers[at]))
		if v := bestOf(free[1:], p, less); v.Add(v, f.revenue()).Cmp(most) > 0 {
			most = v
		}
	}
	return most
}

// largest returns the largest revenue that fits a tier beside its locks.
func largest(families []*family, p tier.Policy, at int) *big.Rat {
	room, most := capacity(p.Tiers[at].Team), new(big.Rat)
	for _, f := range families {
		if f.locked == at {
			room.Sub(room, f.hours(p.Tiers[at]))
		}
	}
	for _, f := range families {
		if v := f.revenue(); f.locked < 0 && f.want <= at && f.hours(p.Tiers[at]).Cmp(room) <= 0 && v.Cmp(most) > 0 {
			most = v
		}
	}
	return most
}

// drawLimited draws a policy whose tiers but the last have teams.
func drawLimited(t *rapid.T) tier.Policy {
	p := drawPolicy(t)
	for i := range p.Tiers[:len(p.Tiers)-1] {
		if p.Tiers[i].Team == nil {
			p.Tiers[i].Team = team(1, 20)
		}
	}
	return p
}

// The best choice is better by no more than the largest account that fits, for
// one limited tier. For several it is better by no more than the largest that
// fits any of them, for each.
func TestBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawLimited(t)
		accounts := drawAccounts(t, p, 8)
		families := gather(accounts, p)
		plan := assign(t, accounts, p)
		got := func(id success.AccountID) string {
			a, _ := plan.Of(id)
			return a.Tier
		}
		largestOfAll := new(big.Rat)
		for down := range len(p.Tiers) - 1 {
			if v := largest(families, p, down); v.Cmp(largestOfAll) > 0 {
				largestOfAll = v
			}
			have := served(accounts, p, got, down)
			bound := new(big.Rat).Mul(largestOfAll, big.NewRat(int64(down+1), 1))
			if most := best(families, p, down); most.Cmp(bound.Add(bound, have)) > 0 {
				t.Fatalf("down to %s: serves %v, but %v is possible", p.Tiers[down].Name, have, most)
			}
			if v, ok := plan.Served(p.Tiers[down].Name); !ok || v.Rat().Cmp(have) != 0 {
				t.Fatalf("served value %v, want %v", v, have)
			}
		}
	})
}
