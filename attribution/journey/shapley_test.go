package journey_test

import (
	"math/big"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success/attribution/journey"
)

func sets(t *rapid.T, paths []journey.Path) map[string]journey.Part {
	c, err := bookOf(t, paths).Shapley()
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]journey.Part{}
	for _, p := range c.Parts {
		parts[p.Key] = p
	}
	return parts
}

// TestSetsLinear is that without repetition the value is the linear credit: each
// touch has 1/n of the wins of its path.
func TestSetsLinear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paths := drawPaths(t, 6)
		want, revenue := map[string]*big.Rat{}, map[string]*big.Rat{}
		for i := range paths {
			p := &paths[i]
			p.Keys = slices.Compact(slices.Sorted(slices.Values(p.Keys)))
			for _, key := range p.Keys {
				if want[key] == nil {
					want[key], revenue[key] = new(big.Rat), new(big.Rat)
				}
				want[key].Add(want[key], big.NewRat(p.Won, int64(len(p.Keys))))
				revenue[key].Add(revenue[key], new(big.Rat).Quo(p.Revenue.Rat(), big.NewRat(int64(len(p.Keys)), 1)))
			}
		}
		for key, part := range sets(t, paths) {
			if rat(part.Exact).Cmp(want[key]) != 0 {
				t.Errorf("%s: %v, want %v", key, part.Exact, want[key])
			}
			off := new(big.Rat).Sub(part.Revenue.Rat(), revenue[key])
			if off.Abs(off).Cmp(big.NewRat(1, 1e6)) >= 0 {
				t.Errorf("%s: revenue %v, want %v", key, part.Revenue, revenue[key])
			}
		}
	})
}

// TestSetsEfficiency is that values add up to what was won, exactly.
func TestSetsEfficiency(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paths := drawPaths(t, 6)
		sum := new(big.Rat)
		for _, p := range sets(t, paths) {
			sum.Add(sum, rat(p.Exact))
		}
		if won := bookOf(t, paths).Won(); sum.Cmp(big.NewRat(won, 1)) != 0 {
			t.Errorf("values add up to %v, want %d", sum, won)
		}
	})
}

// TestSetsAdditivity is that the value in two books together is the sum of those
// in each.
func TestSetsAdditivity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one, other := drawPaths(t, 5), drawPaths(t, 5)
		first, second := sets(t, one), sets(t, other)
		for key, p := range sets(t, slices.Concat(one, other)) {
			want := new(big.Rat)
			for _, part := range []map[string]journey.Part{first, second} {
				if q, known := part[key]; known {
					want.Add(want, rat(q.Exact))
				}
			}
			if rat(p.Exact).Cmp(want) != 0 {
				t.Errorf("%s: %v, want %v", key, p.Exact, want)
			}
		}
	})
}

// TestPlayers is that a key that only ever met losses is worth nothing by sets,
// and that keys which always come together are worth the same.
func TestPlayers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paths := drawPaths(t, 4)
		for i := range paths {
			if keys := slices.Clone(paths[i].Keys); slices.Contains(keys, "a") {
				paths[i].Keys = append(keys, "twin")
			}
		}
		paths = append(paths, journey.Path{Keys: []string{"a", "twin", "null"}, Lost: 2})
		for name, c := range credits(t, paths) {
			part := map[string]journey.Part{}
			for _, p := range c.Parts {
				part[p.Key] = p
			}
			if a, twin := part["a"], part["twin"]; (name == "sets" || name == "rates") && !close(a.Effect, twin.Effect, 1e-14) {
				t.Errorf("%s: %+v and %+v always come together", name, a, twin)
			}
			if null := part["null"]; name == "sets" && (null.Won != 0 || null.Share != 0 || !null.Revenue.IsZero() || rat(null.Exact).Sign() != 0) || name[0] == 'o' && null.Effect != 0 {
				t.Errorf("%s: %+v never won", name, null)
			}
		}
	})
}

// TestAxioms are those of Shapley: efficiency, symmetry, the null player, and
// additivity.
func TestAxioms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 8).Draw(t, "keys")
		draw := func(label string) []float64 {
			return rapid.SliceOfN(rapid.Float64Range(-10, 10), 1<<n, 1<<n).Draw(t, label)
		}
		first, second := draw("first"), draw("second")
		i := rapid.IntRange(0, n-1).Draw(t, "null player")
		j := (i + 1) % n
		sum := make([]float64, len(first))
		for s := range first {
			if s>>i&1 == 1 {
				first[s] = first[s&^(1<<i)]
			}
			if s>>i&1 != s>>j&1 {
				second[s] = second[s&^(1<<i)|1<<j]
			}
		}
		for s := range sum {
			sum[s] = first[s] + second[s]
		}
		a, b, both := values(t, first), values(t, second), values(t, sum)
		if a[i] != 0 {
			t.Errorf("a null player has %v", a[i])
		}
		if !close(b[i], b[j], 1e-12) {
			t.Errorf("players alike have %v and %v", b[i], b[j])
		}
		total := 0.0
		for k, v := range both {
			if !close(v, a[k]+b[k], 1e-12) {
				t.Errorf("%v is not %v + %v", v, a[k], b[k])
			}
			total += v
		}
		if want := sum[len(sum)-1] - sum[0]; !close(total, want, 1e-12) {
			t.Errorf("values add up to %v, want %v", total, want)
		}
	})
}

func values(t *rapid.T, worth []float64) []float64 {
	v, err := journey.Values(worth)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestMillionths is that millionths that are left over go to the largest remainders
// and, of equal ones, to the first key.
func TestMillionths(t *testing.T) {
	for _, c := range []struct {
		revenue []int64 // of a>b>c and of b>c, in millionths
		want    []string
	}{
		{[]int64{1, 0}, []string{"0.000001", "0", "0"}},
		{[]int64{2, 0}, []string{"0.000001", "0.000001", "0"}},
		{[]int64{10_000, 0}, []string{"0.003334", "0.003333", "0.003333"}},
		{[]int64{1, 1}, []string{"0", "0.000001", "0.000001"}},        // ⅓, ⅚, ⅚
		{[]int64{2, 1}, []string{"0.000001", "0.000001", "0.000001"}}, // ⅔, 1⅙, 1⅙
		{[]int64{4, 1}, []string{"0.000001", "0.000002", "0.000002"}}, // 1⅓, 1⅚, 1⅚
	} {
		all := paths(t, "a>b>c 1", "b>c 1")
		for i := range all {
			all[i].Revenue = decimal.New(c.revenue[i], -6)
		}
		credit, err := book(t, all).Shapley()
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range credit.Parts {
			if p.Revenue.String() != c.want[i] {
				t.Errorf("%v: %s gets %s, want %s", c.revenue, p.Key, p.Revenue, c.want[i])
			}
		}
	}
}

// TestTwentyPlayers has as many keys as there may be. Each is worth its number, and
// one more for the first two together.
func TestTwentyPlayers(t *testing.T) {
	worth := make([]float64, 1<<journey.MaxPlayers)
	for i := range journey.MaxPlayers {
		worth[1<<i] = float64(i)
	}
	worth[3] = 1
	worth, err := journey.Within(worth)
	if err != nil {
		t.Fatal(err)
	}
	got, err := journey.Values(worth)
	if err != nil {
		t.Fatal(err)
	}
	want := make([]float64, journey.MaxPlayers)
	for i := range want {
		want[i] = float64(i)
	}
	want[0] += 0.5
	want[1] += 0.5
	near(t, "values", got, want, 1e-12)
}

// TestRatesBelowZero is a key that makes things worse: alone, a always wins; with
// b it never does.
func TestRatesBelowZero(t *testing.T) {
	all := paths(t, "a 2", "a>b 0 2")
	all[0].Revenue = decimal.New(100, 0)
	c, err := book(t, all).RateShapley()
	if err != nil {
		t.Fatal(err)
	}
	// Worths: a 1, b 0, both ½. Values ½(1 + ½) and ½(½ − 1).
	near(t, "values", effects(c), []float64{.75, -.25}, 0)
	near(t, "shares", shares(c), []float64{1.5, -.5}, 0)
	near(t, "credit", wins(c), []float64{3, -1}, 0)
	if a, b := c.Parts[0].Revenue, c.Parts[1].Revenue; a.String() != "150" || b.String() != "-50" {
		t.Error(a, b)
	}
}
