package journey_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"metrics.internal/success/attribution/journey"
)

// paths reads paths like "a>b 3 1": keys, won and, if any, lost.
func paths(t testing.TB, lines ...string) []journey.Path {
	t.Helper()
	var all []journey.Path
	for _, line := range lines {
		var p journey.Path
		var keys string
		if n, err := fmt.Sscan(line, &keys, &p.Won, &p.Lost); n < 2 {
			t.Fatal(line, err)
		}
		p.Keys = strings.Split(keys, ">")
		all = append(all, p)
	}
	return all
}

func book(t testing.TB, paths []journey.Path) *journey.Book {
	t.Helper()
	b, err := journey.New(paths)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func markov(t testing.TB, b *journey.Book, order int) *journey.Credit {
	t.Helper()
	c, err := b.Markov(order)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// near checks numbers to a tolerance.
func near(t testing.TB, what string, got, want []float64, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %v, want %v", what, got, want)
	}
	for i := range got {
		if !(math.Abs(got[i]-want[i]) <= tolerance) {
			t.Errorf("%s: %v, want %v", what, got, want)
			return
		}
	}
}

func effects(c *journey.Credit) (all []float64) {
	for _, p := range c.Parts {
		all = append(all, p.Effect)
	}
	return all
}

func shares(c *journey.Credit) (all []float64) {
	for _, p := range c.Parts {
		all = append(all, p.Share)
	}
	return all
}

func wins(c *journey.Credit) (all []float64) {
	for _, p := range c.Parts {
		all = append(all, p.Won)
	}
	return all
}

func TestA9(t *testing.T) { // A9
	c := markov(t, book(t, paths(t, "a>b 3 1", "a>c 1 1")), 1)
	if c.Rate.String() != "66.7%" || c.Won != 4 {
		t.Error(c.Rate, c.Won)
	}
	near(t, "effects", effects(c), []float64{1, 0.75, 0.25}, 1e-15)
	near(t, "credit", wins(c), []float64{2, 1.5, 0.5}, 1e-15)
}

func TestA10(t *testing.T) { // A10
	c := markov(t, book(t, paths(t, "C1>C2>C3 1", "C1 0 1", "C2>C3 0 1")), 1)
	if got, _ := c.Rate.Float64(); got != 1./3 {
		t.Error(c.Rate)
	}
	near(t, "effects", effects(c), []float64{0.5, 1, 1}, 1e-15)
	near(t, "shares", shares(c), []float64{0.2, 0.4, 0.4}, 1e-15)
}

func TestA11(t *testing.T) { // A11
	c := markov(t, book(t, paths(t, "A>B>A>B>B>A 1", "A>B>B>A>A 1", "A>A 1")), 1)
	near(t, "effects", effects(c), []float64{1, 0.5}, 1e-15)
	near(t, "credit", wins(c), []float64{2, 1}, 1e-15)
}

func TestA12(t *testing.T) { // A12
	b := book(t, paths(t, "A 3", "A>B 3", "A>B>C 3", "B 3", "B>A 3", "B>C>A 3", "C 3", "C>A 3", "C>B>A 3"))
	near(t, "order 1", wins(markov(t, b, 1)), []float64{10.6432, 8.5145, 7.8423}, 5e-5)
	sets, err := b.Shapley()
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]*journey.Credit{"sets": sets, "order 1": markov(t, b, 1), "order 2": markov(t, b, 2), "order 3": markov(t, b, 3)} {
		total := 0.0
		for _, w := range wins(c) {
			total += w
		}
		near(t, what, []float64{total}, []float64{27}, 1e-13)
	}
}

func TestA13(t *testing.T) { // A13
	for _, c := range []struct {
		paths []string
		want  []float64
	}{
		{[]string{"a 4", "a>b 6"}, []float64{7, 3}},
		{[]string{"a>b>c>d 10"}, []float64{2.5, 2.5, 2.5, 2.5}},
	} {
		got, err := book(t, paths(t, c.paths...)).Shapley()
		if err != nil {
			t.Fatal(err)
		}
		near(t, "credit", wins(got), c.want, 0)
	}
}

// TestTies: of equal remainders of revenue the first keys get a millionth more.
func TestTies(t *testing.T) {
	b, err := journey.New([]journey.Path{{Keys: []string{"c", "a", "b"}, Won: 1, Lost: 1, Revenue: money("0.000002")}})
	if err != nil {
		t.Fatal(err)
	}
	for name, model := range models() {
		c, err := model(b)
		if err != nil {
			t.Fatal(name, err)
		}
		for i, want := range []string{"0.000001", "0.000001", "0"} {
			if got := c.Parts[i].Revenue.String(); got != want {
				t.Errorf("%s: %s gets %s, want %s", name, c.Parts[i].Key, got, want)
			}
		}
	}
}
