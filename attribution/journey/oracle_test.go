package journey_test

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"metrics.internal/success/attribution/journey"
)

// A naive chain is the definition in fractions: from each state, which is a list
// of keys, how many journeys went to which other, and how many there were.
type naive struct {
	next  map[[3]string]map[[3]string]int64
	won   map[[3]string]int64
	count map[[3]string]int64
	worth map[[3]string]*big.Rat
}

// naiveChain fits a chain. The keys of the tests are no empty text, which stands
// for no key here.
func naiveChain(paths []journey.Path, order int) naive {
	c := naive{map[[3]string]map[[3]string]int64{}, map[[3]string]int64{}, map[[3]string]int64{}, map[[3]string]*big.Rat{}}
	for _, p := range paths {
		if len(p.Keys) == 0 {
			continue
		}
		keys := slices.Compact(slices.Clone(p.Keys))
		var at [3]string
		for i := range keys {
			var to [3]string
			copy(to[:], keys[max(0, i+1-order):i+1])
			if c.next[at] == nil {
				c.next[at] = map[[3]string]int64{}
			}
			c.next[at][to] += p.Won + p.Lost
			c.count[at] += p.Won + p.Lost
			at = to
		}
		c.won[at] += p.Won
		c.count[at] += p.Won + p.Lost
		if c.worth[at] == nil {
			c.worth[at] = new(big.Rat)
		}
		c.worth[at].Add(c.worth[at], p.Revenue.Round(6).Rat())
	}
	return c
}

// wins is the probability to win from the start without ever coming to a key.
func (c naive) wins(without string) *big.Rat {
	return c.solve(without, func(s [3]string) *big.Rat { return new(big.Rat).SetInt64(c.won[s]) })
}

// earns is what a journey from the start brings in without ever coming to a key.
func (c naive) earns(without string) *big.Rat {
	return c.solve(without, func(s [3]string) *big.Rat {
		if c.worth[s] == nil {
			return new(big.Rat)
		}
		return c.worth[s]
	})
}

// solve is the solution of x(s) = Σ P(s, t) x(t) + end(s)/count(s) at the start, by
// elimination in fractions.
func (c naive) solve(without string, end func([3]string) *big.Rat) *big.Rat {
	var states [][3]string
	position := map[[3]string]int{}
	for s, n := range c.count {
		if n > 0 && (without == "" || !slices.Contains(s[:], without)) {
			position[s] = len(states)
			states = append(states, s)
		}
	}
	n := len(states)
	rows := make([][]*big.Rat, n)
	for i, s := range states {
		rows[i] = make([]*big.Rat, n+1)
		for j := range rows[i] {
			rows[i][j] = new(big.Rat)
		}
		rows[i][i].SetInt64(1)
		rows[i][n].Quo(end(s), new(big.Rat).SetInt64(c.count[s]))
		for to, count := range c.next[s] {
			if j, kept := position[to]; kept {
				rows[i][j].Sub(rows[i][j], big.NewRat(count, c.count[s]))
			}
		}
	}
	for i := range n {
		pivot := i
		for rows[pivot][i].Sign() == 0 {
			pivot++
		}
		rows[i], rows[pivot] = rows[pivot], rows[i]
		for r := range n {
			if r == i || rows[r][i].Sign() == 0 {
				continue
			}
			by := new(big.Rat).Quo(rows[r][i], rows[i][i])
			for k := i; k <= n; k++ {
				if rows[i][k].Sign() != 0 {
					rows[r][k].Sub(rows[r][k], new(big.Rat).Mul(by, rows[i][k]))
				}
			}
		}
	}
	start := position[[3]string{}]
	return new(big.Rat).Quo(rows[start][n], rows[start][start])
}

func TestMarkovOracle(t *testing.T) { rapid.Check(t, checkMarkov) }

func checkMarkov(t *rapid.T) {
	drawn := drawPaths(t, 5)
	order := rapid.IntRange(1, journey.MaxOrder).Draw(t, "order")
	b := bookOf(t, drawn)
	credit, err := b.Markov(order)
	if err != nil {
		t.Fatal(err)
	}
	c := naiveChain(drawn, order)
	p := c.wins("")
	if rate := big.NewRat(b.Won(), b.Won()+b.Lost()); p.Cmp(rate) != 0 {
		t.Errorf("the chain wins with %v, and %v of the journeys", p, rate)
	}
	earned := c.earns("")
	if want := new(big.Rat).Mul(earned, new(big.Rat).SetInt64(b.Won()+b.Lost())); want.Cmp(b.Revenue().Rat()) != 0 {
		t.Errorf("the chain earns %v, and the journeys %v", want, b.Revenue())
	}
	lost, all := make([]*big.Rat, len(b.Keys())), new(big.Rat)
	for i, key := range b.Keys() {
		effect := new(big.Rat).Sub(big.NewRat(1, 1), new(big.Rat).Quo(c.wins(key), p))
		want, _ := effect.Float64()
		lost[i] = new(big.Rat)
		if earned.Sign() > 0 {
			lost[i].Sub(big.NewRat(1, 1), new(big.Rat).Quo(c.earns(key), earned))
		} else {
			lost[i].Set(effect) // nothing to share, and no effect in it
		}
		all.Add(all, lost[i])
		wantWorth, _ := lost[i].Float64()
		if got := credit.Parts[i]; got.Key != key || !close(got.Effect, want, 1e-14) {
			t.Errorf("order %d: %+v, want %s %v", order, got, key, want)
		}
		for how, direct := range map[string]int{"eliminated": 1 << 20, "swept": 0} {
			effects, worth, ok := journey.Effects(b, order, direct, 1<<20, 0)
			if !ok || !close(effects[i], want, 1e-14) {
				t.Errorf("order %d, %s: %v %v, want %v", order, how, effects, ok, want)
			}
			if earned.Sign() > 0 && !close(worth[i], wantWorth, 1e-12) {
				t.Errorf("order %d, %s: %v of revenue, want %v", order, how, worth, wantWorth)
			}
		}
	}
	for i, part := range credit.Parts {
		want := new(big.Rat).Mul(b.Revenue().Rat(), new(big.Rat).Quo(lost[i], all))
		off, _ := new(big.Rat).Sub(part.Revenue.Rat(), want).Float64()
		if total := b.Revenue().InexactFloat64(); math.Abs(off) > 1e-6+total*1e-12 {
			t.Errorf("order %d: %s gets %v, want %v", order, part.Key, part.Revenue, want.FloatString(9))
		}
	}
}

// naiveValue is the value of a key: what it adds, in fractions, over all orders in
// which n keys can come.
func naiveValue(worth []*big.Rat, n, key int) *big.Rat {
	sum, orders := new(big.Rat), int64(0)
	permute(n, func(order []int) {
		set := 0
		for _, i := range order {
			if i == key {
				break
			}
			set |= 1 << i
		}
		sum.Add(sum, new(big.Rat).Sub(worth[set|1<<key], worth[set]))
		orders++
	})
	return sum.Quo(sum, big.NewRat(orders, 1))
}

func permute(n int, visit func([]int)) {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	var place func(int)
	place = func(i int) {
		if i == n {
			visit(order)
			return
		}
		for j := i; j < n; j++ {
			order[i], order[j] = order[j], order[i]
			place(i + 1)
			order[i], order[j] = order[j], order[i]
		}
	}
	place(0)
}

// naiveWorth is what a set of keys is worth: wins, and the rate, of the paths with
// no other keys.
func naiveWorth(paths []journey.Path, names []string, set int) (won, rate *big.Rat) {
	var wins, all int64
	for _, p := range paths {
		inside := len(p.Keys) > 0 && p.Won+p.Lost > 0 // of paths that nobody took not even the names are known
		for _, key := range p.Keys {
			inside = inside && set>>slices.Index(names, key)&1 == 1
		}
		if inside {
			wins += p.Won
			all += p.Won + p.Lost
		}
	}
	if all == 0 {
		return new(big.Rat), new(big.Rat)
	}
	return big.NewRat(wins, 1), big.NewRat(wins, all)
}

func TestShapleyOracle(t *testing.T) { rapid.Check(t, checkShapley) }

func checkShapley(t *rapid.T) {
	drawn := drawPaths(t, 5)
	b := bookOf(t, drawn)
	names := b.Keys()
	sets := make([]*big.Rat, 1<<len(names))
	rates := make([]*big.Rat, len(sets))
	for s := range sets {
		sets[s], rates[s] = naiveWorth(drawn, names, s)
	}
	bySets, err := b.Shapley()
	if err != nil {
		t.Fatal(err)
	}
	byRates, err := b.RateShapley()
	if err != nil {
		t.Fatal(err)
	}
	for i, key := range names {
		want := naiveValue(sets, len(names), i)
		part := bySets.Parts[i]
		if f, _ := want.Float64(); part.Key != key || part.Won != f || part.Effect != f || rat(part.Exact).Cmp(want) != 0 {
			t.Errorf("sets: %+v, want %s %v", part, key, want)
		}
		if f, _ := naiveValue(rates, len(names), i).Float64(); !close(byRates.Parts[i].Effect, f, 1e-14) {
			t.Errorf("rates: %+v, want %s %v", byRates.Parts[i], key, f)
		}
	}
}

func TestValuesOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "keys")
		worth := rapid.SliceOfN(rapid.Int64Range(-9, 9), 1<<n, 1<<n).Draw(t, "worth")
		exact, floats := make([]*big.Rat, len(worth)), make([]float64, len(worth))
		for s, w := range worth {
			exact[s], floats[s] = big.NewRat(w, 1), float64(w)
		}
		values, err := journey.Values(floats)
		if err != nil || len(values) != n {
			t.Fatal(values, err)
		}
		for i, got := range values {
			if want, _ := naiveValue(exact, n, i).Float64(); !close(got, want, 1e-13) {
				t.Errorf("%v: value %d is %v, want %v", worth, i, got, want)
			}
		}
		sums, err := journey.Within(floats)
		if err != nil {
			t.Fatal(err)
		}
		for s := range sums {
			want := 0.0
			for sub := range floats {
				if sub&^s == 0 {
					want += floats[sub]
				}
			}
			if sums[s] != want {
				t.Errorf("%v: %v within %b, want %v", worth, sums[s], s, want)
			}
		}
	})
}
