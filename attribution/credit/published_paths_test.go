package credit_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"metrics.internal/success/attribution/credit"
	"metrics.internal/success/attribution/journey"
)

// paths reads paths like "a>b 3 1": keys, won and, if any, lost.
func paths(t fatal, lines ...string) []journey.Path {
	t.Helper()
	all := make([]journey.Path, len(lines))
	for i, line := range lines {
		var keys string
		if n, err := fmt.Sscan(line, &keys, &all[i].Won, &all[i].Lost); n < 2 {
			t.Fatal(line, err)
		}
		all[i].Keys = strings.Split(keys, ">")
	}
	return all
}

func creditOf(t fatal, m credit.Model, all []journey.Path) *journey.Credit {
	t.Helper()
	c, err := m.Credit(all)
	if err != nil {
		t.Fatalf("%s: %v", m, err)
	}
	return c
}

// aggregate compares what keys get, in order of keys.
func aggregate(t *testing.T, m credit.Model, all []journey.Path, tolerance float64, want ...float64) {
	t.Helper()
	c := creditOf(t, m, all)
	sum, got := 0.0, make([]float64, len(c.Parts))
	for i, p := range c.Parts {
		got[i] = p.Won
		sum += p.Share
	}
	near := len(got) == len(want) && math.Abs(sum-1) < 1e-12
	for i := 0; near && i < len(got); i++ {
		near = math.Abs(got[i]-want[i]) <= tolerance
	}
	if !near {
		t.Errorf("%s: %v, shares of %v, want %v", m, got, sum, want)
	}
}

// Keys in order: direct, email, search, social.
func TestA8(t *testing.T) { // A8
	all := paths(t, "direct 2", "search>email 3", "search>social>email 5")
	aggregate(t, credit.First(), all, 0, 2, 0, 8, 0)
	aggregate(t, credit.Last(), all, 0, 2, 8, 0, 0)
	aggregate(t, credit.Linear(), all, 0, 2, 19./6, 19./6, 5./3)
	aggregate(t, credit.U(), all, 0, 2, 3.5, 3.5, 1)
	aggregate(t, credit.LastNonKey("email"), all, 0, 2, 0, 3, 5)
	if got := creditOf(t, credit.Linear(), all).Parts[1].Exact; got.Num.String() != "19" || got.Den.String() != "6" {
		t.Errorf("email gets exactly %s/%s", got.Num, got.Den)
	}
}

func TestA9(t *testing.T) { // A9
	aggregate(t, credit.Markov(1), paths(t, "a>b 3 1", "a>c 1 1"), 1e-14, 2, 1.5, 0.5)
}

func TestA10(t *testing.T) { // A10
	aggregate(t, credit.Markov(1), paths(t, "C1>C2>C3 1", "C1 0 1", "C2>C3 0 1"), 1e-14, 0.2, 0.4, 0.4)
}

func TestA11(t *testing.T) { // A11
	aggregate(t, credit.Markov(1), paths(t, "A>B>A>B>B>A 1", "A>B>B>A>A 1", "A>A 1"), 1e-14, 2, 1)
}

func TestA12(t *testing.T) { // A12
	all := paths(t, "A 3", "A>B 3", "A>B>C 3", "B 3", "B>A 3", "B>C>A 3", "C 3", "C>A 3", "C>B>A 3")
	aggregate(t, credit.Markov(1), all, 5e-5, 10.6432, 8.5145, 7.8423)
	models := []credit.Model{
		credit.First(), credit.Last(), credit.LastNonKey("A"), credit.Linear(), credit.U(), credit.J(), credit.InverseJ(),
		credit.Custom("squares", squares),
		credit.Markov(1), credit.Markov(2), credit.Markov(3), credit.Shapley(), credit.RateShapley(),
	}
	for _, m := range models {
		total := 0.0
		for _, p := range creditOf(t, m, all).Parts {
			total += p.Won
		}
		if math.Abs(total-27) > 1e-12 {
			t.Errorf("%s totals %v", m, total)
		}
	}
}

func TestA13(t *testing.T) { // A13
	aggregate(t, credit.Shapley(), paths(t, "a 4", "a>b 6"), 0, 7, 3)
	aggregate(t, credit.Shapley(), paths(t, "a>b>c>d 10"), 0, 2.5, 2.5, 2.5, 2.5)
}

// The published worths of sets of F, O and L, times 100, as wins.
func TestA14(t *testing.T) { // A14
	all := paths(t, "F 20", "O 10", "L 17", "F>O 17", "F>L 30", "L>O 0 1", "F>O>L 6")
	aggregate(t, credit.Shapley(), all, 0, 45.5, 34, 20.5)
}

// squares weighs touches by the square of their place, from 1.
func squares(j credit.Journey) []float64 {
	w := make([]float64, len(j.Stops))
	for i := range w {
		w[i] = float64((i + 1) * (i + 1))
	}
	return w
}
