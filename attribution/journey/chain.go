package journey

import (
	"cmp"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"metrics.internal/success/internal/exact"
)

// A state is the last keys met, each plus 1, the newest in the lowest bits. The
// start is 0.
type state uint64

// next is the state after another key, at an order.
func (s state) next(key int32, order int) state {
	return (s<<keyBits | state(key+1)) & (1<<(keyBits*order) - 1)
}

// holds reports whether one of the keys from low up to high is in the state.
func (s state) holds(low, high int32) bool {
	for ; s > 0; s >>= keyBits {
		if key := int32(s&maxKeys) - 1; key >= low && key < high {
			return true
		}
	}
	return false
}

// A chain is what was counted of the paths: how often one state followed another,
// and how often a path ended there. It has the start first.
type chain struct {
	states    []state   // sorted
	steps     []step    // sorted by from, then to
	won, lost []int64   // by state
	worth     []float64 // revenue of what was won, by state
}

// A step is how often one state followed another.
type step struct {
	from, to int32
	count    int64
}

// fit counts the paths at an order.
func (b *Book) fit(order int) *chain {
	c := counter{ids: map[state]int32{0: 0}, chain: chain{states: []state{0}, won: []int64{0}, lost: []int64{0}}, micros: []exact.Sum{{}}, steps: map[uint64]int64{}}
	for i := range b.ends {
		at, id := state(0), int32(0)
		for _, key := range b.path(i) {
			at = at.next(key, order)
			to := c.id(at)
			c.steps[uint64(id)<<32|uint64(to)] += b.won[i] + b.lost[i]
			id = to
		}
		c.won[id] += b.won[i]
		c.lost[id] += b.lost[i]
		c.micros[id] = c.micros[id].Plus(b.micros[i])
	}
	return c.sorted()
}

// A counter fills a chain whose states are in the order they were met.
type counter struct {
	chain
	ids    map[state]int32
	steps  map[uint64]int64 // by from and to
	micros []exact.Sum      // by state
}

func (c *counter) id(s state) int32 {
	id, known := c.ids[s]
	if !known {
		id = int32(len(c.states))
		c.ids[s] = id
		c.states = append(c.states, s)
		c.won = append(c.won, 0)
		c.lost = append(c.lost, 0)
		c.micros = append(c.micros, exact.Sum{})
	}
	return id
}

// sorted returns the chain in the order of its states.
func (c *counter) sorted() *chain {
	n, one := len(c.states), decimal.NewFromInt(1)
	s := &chain{states: slices.Sorted(maps.Keys(c.ids)), won: make([]int64, n), lost: make([]int64, n), worth: make([]float64, n)}
	rank := make([]int32, n)
	for i, at := range s.states {
		id := c.ids[at]
		rank[id] = int32(i)
		s.won[i], s.lost[i] = c.won[id], c.lost[id]
		s.worth[i], _ = exact.Float64(c.micros[id].Decimal(), one)
	}
	s.steps = make([]step, 0, len(c.steps))
	for pair, count := range c.steps {
		s.steps = append(s.steps, step{rank[pair>>32], rank[pair&(1<<32-1)], count})
	}
	slices.SortFunc(s.steps, func(a, b step) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	return s
}
