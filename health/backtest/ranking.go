package backtest

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// A Ranking is how many accounts had each score, and how many of them left, from
// the worst score to the best. Accounts with the same score are tied. The zero
// value has no accounts. A Ranking does not change once it is made.
type Ranking struct {
	scale        health.Scale
	ties         []tie // from worst to best, each with an account
	left, stayed int
}

// A tie is the accounts with one score.
type tie struct {
	score        float64
	left, stayed int
}

func (t tie) accounts() int { return t.left + t.stayed }

// Rank returns the ranking of accounts by score: account i had scores[i], and
// left[i] says what became of it. It takes O(n log n) time.
//
// Errors are columns of different lengths, a score that is NaN or infinite
// ([success.ErrRange]) and an unknown scale ([success.ErrUnknown]).
func Rank(scores []float64, left []bool, scale health.Scale) (Ranking, error) {
	var faults success.Errors
	checkScale(scale, func(err error) {
		faults.Add(&success.InputError{Record: "scale", Index: -1, Value: scale.String(), Err: err})
	})
	checkColumns("scores", scores, left, finite, &faults)
	if err := faults.Err(); err != nil {
		return Ranking{}, err
	}
	return rank(scores, left, scale), nil
}

// checkColumns adds a fault for columns of different lengths and for each number
// that is bad.
func checkColumns(record string, numbers []float64, left []bool, bad func(float64) error, faults *success.Errors) {
	if len(numbers) != len(left) {
		faults.Add(&success.InputError{Record: "left", Index: -1, Value: check.Int(len(left)), Err: fault.New(success.ErrRange, "elements are not as many as the %d of %s", len(numbers), record)})
	}
	for i, x := range numbers {
		if err := bad(x); err != nil {
			faults.Add(&success.InputError{Record: record, Index: i, Value: check.Number(x), Err: err})
		}
	}
}

func finite(x float64) error {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return fault.New(success.ErrRange, "is not a finite number")
	}
	return nil
}

// rank sorts leavers and stayers apart and merges them: two sorts of plain numbers
// take half the time of one sort of pairs.
func rank(scores []float64, left []bool, scale health.Scale) Ranking {
	r := Ranking{scale: scale}
	for _, gone := range left {
		if gone {
			r.left++
		}
	}
	r.stayed = len(left) - r.left
	all := make([]float64, len(scores))
	leavers, stayers := all[:0:r.left], all[r.left:r.left]
	for i, score := range scores {
		if score += 0; left[i] { // −0 becomes 0
			leavers = append(leavers, score)
		} else {
			stayers = append(stayers, score)
		}
	}
	slices.Sort(leavers)
	slices.Sort(stayers)
	r.ties = tied(leavers, stayers)
	if scale == health.Risk {
		slices.Reverse(r.ties)
	}
	return r
}

// tied merges two sorted columns.
func tied(leavers, stayers []float64) []tie {
	ties := make([]tie, 0, distinct(leavers)+distinct(stayers))
	for len(leavers) > 0 || len(stayers) > 0 {
		t := tie{score: lowest(leavers, stayers)}
		for len(leavers) > 0 && leavers[0] == t.score {
			t.left, leavers = t.left+1, leavers[1:]
		}
		for len(stayers) > 0 && stayers[0] == t.score {
			t.stayed, stayers = t.stayed+1, stayers[1:]
		}
		ties = append(ties, t)
	}
	return ties
}

// distinct returns how many different numbers there are in a sorted column.
func distinct(column []float64) (n int) {
	for i, x := range column {
		if i == 0 || x != column[i-1] {
			n++
		}
	}
	return n
}

// lowest returns the least of two sorted columns, one of which may be empty.
func lowest(a, b []float64) float64 {
	switch {
	case len(a) == 0:
		return b[0]
	case len(b) == 0:
		return a[0]
	}
	return min(a[0], b[0])
}

// Accounts returns how many accounts there are.
func (r Ranking) Accounts() int { return r.left + r.stayed }

// Left returns how many accounts left.
func (r Ranking) Left() int { return r.left }

// Undefined says why figures of r are undefined, like "undefined, 0 events", or
// that only intervals are, like "interval undefined, 1 event". It is empty when
// there are two of each class at least.
func (r Ranking) Undefined() string {
	switch {
	case r.Accounts() == 0:
		return "undefined, 0 accounts"
	case r.left == 0:
		return "undefined, 0 events"
	case r.stayed == 0:
		return "undefined, 0 accounts stayed"
	case r.left == 1:
		return "interval undefined, 1 event"
	case r.stayed == 1:
		return "interval undefined, 1 account stayed"
	}
	return ""
}

var errScales = errors.New("rankings are of different scales")

// Merge returns the ranking of the accounts of both. Rankings of different scales
// are an error ([success.ErrRange]), unless one is empty.
func (r Ranking) Merge(s Ranking) (Ranking, error) {
	switch {
	case s.Accounts() == 0:
		return r, nil
	case r.Accounts() == 0:
		return s, nil
	case r.scale != s.scale:
		return Ranking{}, fmt.Errorf("backtest: %w: %s and %s: %w", errScales, r.scale, s.scale, success.ErrRange)
	}
	merged := Ranking{scale: r.scale, left: r.left + s.left, stayed: r.stayed + s.stayed}
	all := slices.Concat(r.ties, s.ties)
	slices.SortFunc(all, func(a, b tie) int {
		if r.scale == health.Risk {
			a, b = b, a
		}
		return cmp.Compare(a.score, b.score)
	})
	for _, t := range all {
		if last := len(merged.ties) - 1; last >= 0 && merged.ties[last].score == t.score {
			merged.ties[last].left += t.left
			merged.ties[last].stayed += t.stayed
		} else {
			merged.ties = append(merged.ties, t)
		}
	}
	return merged, nil
}
