package main

import (
	"fmt"
	"slices"

	"metrics.internal/success/health"
)

// thirds puts accounts into bands of about a third each by score; those with the
// same score stay together, so that the thirds may be of different size and the
// middle one empty.
func (t *test) thirds() {
	var scores []float64
	for _, r := range t.records {
		if x, ok := r.Score.Float64(); ok {
			scores = append(scores, x)
		}
	}
	slices.Sort(scores)
	t.options.Bands = []string{"worst third", "middle third", "best third"}
	var low, high float64
	if n := len(scores); n > 0 {
		low, high = scores[n/3], scores[2*n/3]
	}
	names := slices.Clone(t.options.Bands)
	if t.options.Scale == health.Risk {
		slices.Reverse(names)
	}
	for i := range t.records {
		r := &t.records[i]
		switch x, ok := r.Score.Float64(); {
		case !ok:
			r.Band = health.Unknown
		case x < low:
			r.Band = names[0]
		case x < high:
			r.Band = names[1]
		default:
			r.Band = names[2]
		}
	}
	t.notes = append(t.notes, fmt.Sprintf("no column of bands was named: thirds by score, cut at %v and %v", low, high))
}
