package main

import (
	"errors"
	"fmt"
	"math"
)

// disagreements say which answers differ from ours.
func (b *bench) disagreements() error {
	var all []error
	for _, r := range b.results {
		if len(r.Figures) == 0 && len(r.Sums) == 0 {
			continue
		}
		want, ok := b.find(key{ours, yardstick(r), r.Job.Shape, r.Job.Size})
		if !ok {
			all = append(all, fmt.Errorf("%v: nothing to compare it with", r.Job))
			continue
		}
		if what := differ(r.Figures, want.Figures); what != "" {
			all = append(all, fmt.Errorf("%v: %s", r.Job, what))
		}
		if what := stray(r.Sums, want.Sums, tolerance(r.Job)); what != "" {
			all = append(all, fmt.Errorf("%v: %s", r.Job, what))
		}
	}
	return errors.Join(all...)
}

// yardstick is our work that a result has to agree with.
func yardstick(r result) string {
	switch r.Job.Work {
	case score, scoreColumns:
		return scoreColumns
	case linear, linearColumns:
		return linearColumns
	case decay, decayColumns:
		return decayColumns
	case staying, survivalColumns:
		return survivalColumns
	}
	if len(r.Figures) > 1 {
		return monthly
	}
	return asked
}

// tolerance is by how much sums may differ: not at all when they are of money; by
// two millionths of a point for each score, as the obvious way rounds on its way;
// by what float64 loses on the way down a curve.
func tolerance(j job) float64 {
	switch j.Work {
	case score, scoreColumns:
		return 2e-6 * float64(j.Size)
	case staying, survivalColumns:
		return 1e-9
	}
	return 0
}

// stray says in what sums of the same name are not the same, nothing when they are.
func stray(a, b map[string]float64, by float64) string {
	shared := 0
	for name, x := range a {
		y, ok := b[name]
		if !ok {
			continue
		}
		shared++
		if !(math.Abs(x-y) <= by) {
			return fmt.Sprintf("%s: %v, not %v", name, x, y)
		}
	}
	if len(a)+len(b) > 0 && shared == 0 {
		return "nothing in common"
	}
	return ""
}
