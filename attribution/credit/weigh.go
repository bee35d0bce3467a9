package credit

import (
	"math"
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/attribution/split"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// A view is what models see of the touches of a deal, in order.
type view struct {
	keys, kinds  []int32
	ages         []float64 // seconds before the newest; only where the model needs them
	lead, opened int       // positions of the last touch at or before; below 0 without one
}

// A scale weighs the touches of one deal after another, by one model. It is not
// for more than one goroutine.
type scale struct {
	*Model
	curve   *curve    // of decay
	but     int32     // the number of what the model passes over; below 0 when no touch has it
	effects []float64 // of each key, at least 0, of a model that was learned
	seen    []int     // the last deal that had a key, from 1
	deals   int
	floats  []float64
	weights []int64
}

func newScale(m *Model) scale {
	s := scale{Model: m, but: -1}
	if m.rule == decay {
		s.curve = newCurve(m.half.Seconds())
	}
	return s
}

// weigh returns the weights of the touches of a deal, at least one, and the
// weight of what is unattributed. They hold until the next call.
func (s *scale) weigh(v *view) (weights []int64, none int64) {
	n := len(v.keys)
	if cap(s.weights) < n+1 {
		s.weights = make([]int64, 0, 2*n+1) // with room for what is unattributed
	}
	w := s.weights[:n]
	switch s.rule {
	case position:
		s.ends.weigh(w)
	case milestones:
		none = s.stones.weigh(w, v.lead, v.opened)
	case decay:
		s.curve.weigh(w, v.ages)
	case markov, shapleySets, shapleyRates:
		s.byEffect(w, v.keys)
	case linear:
		fill(w, 1)
	default:
		clear(w)
		w[s.pick(v)] = 1
	}
	return w, none
}

func fill(w []int64, x int64) {
	for i := range w {
		w[i] = x
	}
}

// pick returns which touch gets all, under a model that gives all to one.
func (s *scale) pick(v *view) int {
	words := v.keys
	switch s.rule {
	case first:
		return 0
	case lastNon:
		words = v.kinds
	case last:
		return len(words) - 1
	}
	for i := len(words) - 1; i >= 0; i-- {
		if words[i] != s.but {
			return i
		}
	}
	return len(words) - 1
}

// byEffect sets weights by the effect of keys, each at its first touch; the same
// for all where none has an effect.
func (s *scale) byEffect(w []int64, keys []int32) {
	s.deals++
	floats, some := s.floats[:0], false
	for _, k := range keys {
		effect := 0.0
		if s.seen[k] != s.deals {
			s.seen[k] = s.deals
			effect = s.effects[k]
		}
		floats = append(floats, effect)
		some = some || effect > 0
	}
	s.floats = floats
	if some {
		split.AppendWeights(w[:0], floats) // of which none can be refused: effects are from 0 on
		return
	}
	s.deals++
	for i, k := range keys {
		w[i] = 0
		if s.seen[k] != s.deals {
			s.seen[k] = s.deals
			w[i] = 1
		}
	}
}

// ask returns the weights that the caller's function gives the stops of a
// journey, as whole numbers, and adds what is wrong with them, for the record at
// a position.
func (m *Model) ask(j Journey, record string, index int, faults *success.Errors) []int64 {
	n := len(j.Stops)
	from := m.weigh(j)
	add := func(value string, err error) {
		faults.Add(&success.InputError{Record: record, Index: index, Field: "Custom", Value: value, Err: err})
	}
	if len(from) != n {
		add(strconv.Itoa(len(from)), fault.New(success.ErrRange, "weights are not those of %d touches", n))
		return nil
	}
	if w, err := split.AppendWeights(nil, from); err == nil {
		if allZero(w) {
			add("", fault.New(success.ErrMissing, "gives no touch a weight above 0"))
			return nil
		}
		return w
	}
	for i, w := range from {
		switch {
		case math.IsNaN(w) || math.IsInf(w, 0):
			add(check.Number(w), fault.New(success.ErrRange, "is not a weight for touch %d", i))
		case w < 0:
			add(check.Number(w), fault.New(success.ErrNegative, "is negative, the weight of touch %d", i))
		}
	}
	return nil
}

func allZero(w []int64) bool {
	for _, x := range w {
		if x != 0 {
			return false
		}
	}
	return true
}

// own returns a scale with buffers of its own.
func (s scale) own() scale {
	s.floats, s.weights, s.deals, s.seen = nil, nil, 0, make([]int, len(s.seen))
	return s
}
