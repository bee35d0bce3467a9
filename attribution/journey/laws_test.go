package journey_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success/attribution/journey"
)

// models are all there are, by name.
func models() map[string]func(*journey.Book) (*journey.Credit, error) {
	m := map[string]func(*journey.Book) (*journey.Credit, error){
		"sets": (*journey.Book).Shapley, "rates": (*journey.Book).RateShapley,
	}
	for order := 1; order <= journey.MaxOrder; order++ {
		m[fmt.Sprint("order ", order)] = func(b *journey.Book) (*journey.Credit, error) { return b.Markov(order) }
	}
	return m
}

func credits(t *rapid.T, paths []journey.Path) map[string]*journey.Credit {
	b := bookOf(t, paths)
	all := map[string]*journey.Credit{}
	for name, model := range models() {
		c, err := model(b)
		if err != nil {
			t.Fatal(name, err)
		}
		all[name] = c
	}
	return all
}

func same(t *rapid.T, what string, got, want map[string]*journey.Credit) {
	t.Helper()
	if diff := cmp.Diff(got, want, cmp.Comparer(decimal.Decimal.Equal)); diff != "" {
		t.Errorf("%s changes credit:\n%s", what, diff)
	}
}

// TestTotals is the law of a credit: its parts add up to what was won.
func TestTotals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paths := drawPaths(t, 5)
		b := bookOf(t, paths)
		for name, c := range credits(t, paths) {
			shares, won, revenue := 0.0, 0.0, decimal.Decimal{}
			for i, p := range c.Parts {
				shares += p.Share
				won += p.Won
				revenue = revenue.Add(p.Revenue)
				if p.Key != b.Keys()[i] || !close(p.Won, p.Share*float64(c.Won), 1e-12) {
					t.Errorf("%s: %+v", name, p)
				}
				if exact := name == "sets"; p.Exact.Defined() != exact {
					t.Errorf("%s: %+v", name, p.Exact)
				}
			}
			if !close(shares, 1, 1e-12) || !close(won, float64(c.Won), 1e-12*float64(c.Won)) || !revenue.Equal(c.Revenue) || len(c.Parts) != len(b.Keys()) {
				t.Errorf("%s: shares %v, won %v of %v, revenue %v of %v", name, shares, won, c.Won, revenue, c.Revenue)
			}
			if c.Won != b.Won() || !c.Revenue.Equal(b.Revenue()) || rat(c.Rate).Cmp(big.NewRat(b.Won(), b.Won()+b.Lost())) != 0 {
				t.Errorf("%s: %+v", name, c)
			}
		}
	})
}

// TestRevenueNear is that, where every win brings in the same, revenue is shared as
// wins are, each part of it less than a millionth away from exact.
func TestRevenueNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paths := drawPaths(t, 5)
		each := decimal.New(rapid.Int64Range(0, 1e9).Draw(t, "each"), -6)
		for i := range paths {
			paths[i].Revenue = each.Mul(decimal.NewFromInt(paths[i].Won))
		}
		for name, c := range credits(t, paths) {
			for _, p := range c.Parts {
				if got, exact := p.Revenue.InexactFloat64(), p.Share*c.Revenue.InexactFloat64(); !close(got, exact, 1e-6+1e-12*c.Revenue.InexactFloat64()) {
					t.Errorf("%s: %s gets %v of %v", name, p.Key, got, exact)
				}
			}
		}
	})
}

func TestEffectsAreBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paths := drawPaths(t, 6)
		for name, c := range credits(t, paths) {
			for _, p := range c.Parts {
				if name != "rates" && !(p.Effect >= 0 && p.Won >= 0) || name[0] == 'o' && !(p.Effect <= 1) {
					t.Errorf("%s: %+v", name, p)
				}
			}
		}
	})
}

// TestNoWayAround is that a key on every route to a win has effect 1, and one on
// none has effect 0, to the last digit, by elimination and by sweeps.
func TestNoWayAround(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paths := drawPaths(t, 5)
		for i := range paths {
			p := &paths[i]
			p.Keys = append(slices.Clone(p.Keys), "z")
			if p.Won > 0 && p.Lost > 0 {
				paths = append(paths, journey.Path{Keys: append(slices.Clone(p.Keys), "y"), Lost: p.Lost})
				p.Lost = 0
			} else if p.Won == 0 && p.Lost > 0 {
				p.Keys[len(p.Keys)-1] = "y"
			}
		}
		b := bookOf(t, paths)
		keys := b.Keys()
		for order := 1; order <= journey.MaxOrder; order++ {
			for _, direct := range []int{0, 1000} {
				effects, _, ok := journey.Effects(b, order, direct, 1<<20, 0)
				if !ok {
					t.Fatal("too long")
				}
				if y := slices.Index(keys, "y"); y >= 0 && effects[y] != 0 {
					t.Errorf("order %d: y has effect %v", order, effects[y])
				}
				if z := slices.Index(keys, "z"); effects[z] != 1 {
					t.Errorf("order %d: z has effect %v", order, effects[z])
				}
			}
		}
	})
}

// TestRuns is that a key that follows itself counts once.
func TestRuns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paths := drawPaths(t, 5)
		runs := slices.Clone(paths)
		for i := range runs {
			var keys []string
			for _, key := range runs[i].Keys {
				keys = append(keys, slices.Repeat([]string{key}, rapid.IntRange(1, 3).Draw(t, "times"))...)
			}
			runs[i].Keys = keys
		}
		same(t, "a key after itself", credits(t, runs), credits(t, paths))
	})
}

// TestOrderAndCounting is that paths may come in any order, and equal ones
// together or apart.
func TestOrderAndCounting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paths := drawPaths(t, 5)
		var apart []journey.Path
		for _, p := range paths {
			part := p
			part.Won = rapid.Int64Range(0, p.Won).Draw(t, "won of it")
			part.Lost = rapid.Int64Range(0, p.Lost).Draw(t, "lost of it")
			part.Revenue = decimal.Decimal{}
			p.Won -= part.Won
			p.Lost -= part.Lost
			if p.Won == 0 {
				part.Revenue, p.Revenue = p.Revenue, part.Revenue
			}
			apart = append(apart, part, p)
		}
		same(t, "another order", credits(t, rapid.Permutation(apart).Draw(t, "order")), credits(t, paths))
	})
}

// TestScale is that only proportions count.
func TestScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paths := drawPaths(t, 5)
		times := rapid.Int64Range(1, 1e6).Draw(t, "times")
		more := slices.Clone(paths)
		for i := range more {
			more[i].Won *= times
			more[i].Lost *= times
		}
		want := credits(t, paths)
		for name, c := range credits(t, more) {
			for i, p := range c.Parts {
				if q := want[name].Parts[i]; !close(p.Share, q.Share, 1e-12) || name != "sets" && !close(p.Effect, q.Effect, 1e-13) {
					t.Errorf("%s: %d times as many: %+v, want %+v", name, times, p, q)
				}
			}
		}
	})
}

// TestNames is that it does not matter what keys are called.
func TestNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paths := drawPaths(t, 5)
		from := []string{"a", "b", "c", "(start)", "(conversion)", "(null)"}
		to := rapid.Permutation([]string{"", "start", "won", "lost", "null", "\x00"}).Draw(t, "names")
		renamed := slices.Clone(paths)
		for i := range renamed {
			renamed[i].Keys = slices.Clone(renamed[i].Keys)
			for j, key := range renamed[i].Keys {
				renamed[i].Keys[j] = to[slices.Index(from, key)]
			}
		}
		want := credits(t, paths)
		for name, c := range credits(t, renamed) {
			for _, p := range want[name].Parts {
				key := to[slices.Index(from, p.Key)]
				i := slices.IndexFunc(c.Parts, func(q journey.Part) bool { return q.Key == key })
				if q := c.Parts[i]; !close(q.Effect, p.Effect, 1e-13) || !close(q.Won, p.Won, 1e-12) {
					t.Errorf("%s: %+v is renamed to %+v", name, p, q)
				}
			}
		}
	})
}

// TestNotChanged is that arguments and what was returned are nobody's business.
func TestNotChanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paths := drawPaths(t, 5)
		before := make([]journey.Path, len(paths))
		for i, p := range paths {
			before[i] = p
			before[i].Keys = slices.Clone(p.Keys)
		}
		b := bookOf(t, paths)
		want := credits(t, before)
		if diff := cmp.Diff(paths, before, cmp.Comparer(decimal.Decimal.Equal)); diff != "" {
			t.Error(diff)
		}
		for _, p := range paths {
			clear(p.Keys)
		}
		clear(b.Keys())
		for name, model := range models() {
			c, err := model(b)
			if err != nil || !cmp.Equal(c, want[name], cmp.Comparer(decimal.Decimal.Equal)) {
				t.Errorf("%s: %v %v", name, c, err)
			}
		}
	})
}
