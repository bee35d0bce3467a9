package journey_test

import (
	"slices"
	"testing"

	"metrics.internal/success/attribution/journey"
	"metrics.internal/success/internal/golden"
)

// TestChannels is a chain of 20 channels against its solution in fractions. A chain
// of order 1 depends on the journeys only through how often one channel follows
// another; those here are others with the same steps.
func TestChannels(t *testing.T) {
	steps := map[string][]string{}
	for _, row := range golden.Read(t, "testdata/steps.csv") {
		from := row.Text("from")
		steps[from] = append(steps[from], slices.Repeat([]string{row.Text("to")}, row.Int("count"))...)
	}
	b := book(t, trails(steps))
	if b.Won() != 2392 || b.Lost() != 0 || len(b.Keys()) != 20 {
		t.Fatal(b.Won(), b.Lost(), b.Keys())
	}
	parts := map[string]journey.Part{}
	for _, p := range markov(t, b, 1).Parts {
		parts[p.Key] = p
	}
	swept, _, ok := journey.Effects(b, 1, 0, 4000, 0)
	if !ok {
		t.Fatal("too long")
	}
	for _, row := range golden.Read(t, "testdata/effects.csv") {
		key := row.Text("key")
		got, want := parts[key], row.Float("effect")
		if !close(got.Effect, want, 1e-14) || !close(got.Won, row.Float("won"), 1e-11) || !close(swept[slices.Index(b.Keys(), key)], want, 1e-14) {
			t.Errorf("%+v, swept %v, want %+v", got, swept, row)
		}
	}
	sets, err := b.Shapley()
	if err != nil {
		t.Fatal(err)
	}
	total := 0.0
	for _, w := range wins(sets) {
		total += w
	}
	if !close(total, 2392, 1e-9) {
		t.Errorf("sets add up to %v", total)
	}
}

// trails returns won paths that take every step once: the round trip from "0", cut
// where it comes home. It uses the steps up.
func trails(steps map[string][]string) (paths []journey.Path) {
	var trip []string // backwards
	for stack := []string{"0"}; len(stack) > 0; {
		at := stack[len(stack)-1]
		if n := len(steps[at]); n > 0 {
			stack = append(stack, steps[at][n-1])
			steps[at] = steps[at][:n-1]
			continue
		}
		trip = append(trip, at)
		stack = stack[:len(stack)-1]
	}
	slices.Reverse(trip)
	for _, at := range trip[:len(trip)-1] {
		if at == "0" {
			paths = append(paths, journey.Path{Won: 1})
			continue
		}
		last := &paths[len(paths)-1]
		last.Keys = append(last.Keys, at)
	}
	return paths
}
