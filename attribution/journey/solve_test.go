package journey_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/attribution/journey"
	"metrics.internal/success/internal/refusal"
)

// TestLimits is which way a chain is solved: this one has four states, and needs a
// few sweeps.
func TestLimits(t *testing.T) {
	b := book(t, paths(t, "a>b>a>b>c 1", "b>a 0 1"))
	if n := journey.States(b, 1); n != 4 {
		t.Fatal(n)
	}
	for _, c := range []struct {
		direct, sweeps, last int
		ok                   bool
	}{
		{4, 0, 0, true}, {3, 0, 0, false}, // eliminated at once
		{3, 1000, 0, true}, {3, 3, 0, false}, // swept
		{3, 3, 4, true}, {3, 3, 3, false}, // eliminated in the end
	} {
		effects, _, ok := journey.Effects(b, 1, c.direct, c.sweeps, c.last)
		if ok != c.ok || ok && (effects[0] != 1 && effects[1] != 1) {
			t.Errorf("%+v: %v %v", c, effects, ok)
		}
	}
}

// TestWork: a and b make 3 states with the start, and 3 steps that differ.
func TestWork(t *testing.T) {
	b := book(t, paths(t, "a>b>a 1", "a 0 1"))
	if journey.Workable(b, 1, 2*(3+3)-1) || !journey.Workable(b, 1, 2*(3+3)) {
		t.Error("not what takes too long")
	}
}

// TestStates are the last keys, fewer at the start, and the start.
func TestStates(t *testing.T) {
	b := book(t, paths(t, "a>b>c>a>b>c 1", "a>a>b 0 1"))
	for order, want := range map[int]int{
		1: 4, // a, b, c
		2: 5, // a, ab, bc, ca
		3: 6, // a, ab, abc, bca, cab
	} {
		if got := journey.States(b, order); got != want {
			t.Errorf("order %d: %d states, want %d", order, got, want)
		}
	}
}

// TestOrders is a path that only memory explains: x and y meet at m, and who came
// from x wins. At order 1 half of the wins would survive without x; at order 2
// none do.
func TestOrders(t *testing.T) {
	b := book(t, paths(t, "x>m 1", "y>m 0 1"))
	for order, want := range map[int][]float64{1: {1, .5, .5}, 2: {1, 1, 0}, 3: {1, 1, 0}} {
		near(t, fmt.Sprint("order ", order), effects(markov(t, b, order)), want, 0)
	}
	b = book(t, paths(t, "x>l>m 1", "y>l>m 0 1"))
	for order, want := range map[int][]float64{1: {1, 1, .5, .5}, 2: {1, 1, .5, .5}, 3: {1, 1, 1, 0}} {
		near(t, fmt.Sprint("order ", order), effects(markov(t, b, order)), want, 0)
	}
}

// around are journeys of n keys that go to and fro between two, beside others that
// won with a key of their own.
func around(n, others int) *journey.Book {
	all := append(alphabet(others), journey.Path{Keys: slices.Repeat([]string{"to", "fro"}, n/2), Won: 1})
	b, err := journey.New(all)
	if err != nil {
		panic(err)
	}
	return b
}

// TestTooLong is a chain of many states in which journeys go around for too long,
// and one of fewer, which is solved all the same: each key has one of
// 601 wins.
func TestTooLong(t *testing.T) {
	c, err := around(200_000, 600).Markov(1)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range c.Parts {
		if !close(p.Effect, 1./601, 1e-12) {
			t.Fatal(i, p)
		}
	}
	_, err = around(200_000, 3000).Markov(1)
	refusal.Check(t, "around", err, fault("Keys", success.ErrRange))
	if !strings.Contains(err.Error(), "paths.Keys: go around for too long to be solved at order 1") {
		t.Error(err)
	}
}

// TestSlow is a chain that can hardly be left, which loses no digits: it goes from a
// to b and back 5·10¹³ times, and twice to a win.
//
//	without a  only the start at b is left, and it wins once in 5·10¹³ + 1 times
//	without b  10⁹ + 1 start at a, and one in 5·10¹³ + 1 goes on to c
//	without c  one of two wins is left
func TestSlow(t *testing.T) {
	b := book(t, []journey.Path{
		{Keys: slices.Repeat([]string{"a", "b"}, 50_000), Lost: 1e9},
		{Keys: []string{"a", "c"}, Won: 1},
		{Keys: []string{"b"}, Won: 1},
	})
	want := []float64{1 - 1/(5e13+1)/2, 1 - (1e9+1)/(5e13+1)/2, 0.5}
	for _, direct := range []int{0, 4} {
		got, _, ok := journey.Effects(b, 1, direct, 1<<22, 0)
		if !ok {
			t.Fatal("too long")
		}
		near(t, fmt.Sprint("up to ", direct), got, want, 1e-15)
	}
}
