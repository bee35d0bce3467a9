package journey

// A web is a chain with only the steps there are, for sweeps.
type web struct {
	starts []int   // where the steps of each state begin
	to     []int32 // of each step
	share  []float64
	won    []float64 // share of what leaves a state
	worth  []float64 // revenue of what leaves a state, each
}

// under is how much of all wins may be under way when sweeps end.
const under = 1e-15

func (c *chain) web() *web {
	n := len(c.states)
	w := &web{starts: make([]int, n+1), to: make([]int32, len(c.steps)), share: make([]float64, len(c.steps)), won: make([]float64, n), worth: make([]float64, n)}
	out := make([]int64, n)
	for i, s := range c.steps {
		out[s.from] += s.count
		w.starts[s.from+1] = i + 1
	}
	for i := range n {
		w.starts[i+1] = max(w.starts[i+1], w.starts[i])
		all := float64(out[i] + c.won[i] + c.lost[i])
		w.won[i], w.worth[i] = float64(c.won[i])/all, c.worth[i]/all
		for j := w.starts[i]; j < w.starts[i+1]; j++ {
			w.to[j], w.share[j] = c.steps[j].to, float64(c.steps[j].count)/all
		}
	}
	return w
}

// swept sets the removal effects of all keys by sweeps. ok is false when they do
// not suffice.
func (c *chain) swept(sweeps int, effects []effect) (ok bool) {
	w := c.web()
	rate := c.rate()
	for key := range effects {
		held := make([]bool, len(c.states))
		for i, s := range c.states {
			held[i] = s.holds(int32(key), int32(key)+1)
		}
		if effects[key], ok = w.effect(held, rate, sweeps); !ok {
			return false
		}
	}
	return true
}

// rate is the share of journeys won.
func (c *chain) rate() float64 {
	var won, lost int64
	for i := range c.won {
		won += c.won[i]
		lost += c.lost[i]
	}
	return float64(won) / float64(won+lost)
}

// A stream is a share of the journeys.
type stream struct {
	without, with float64 // those that have not met a key, and those that have
}

// effect is the removal effect of the key of some states. It sends one journey
// from the start and lets what is in each state step on, state by state, until
// next to nothing is under way.
func (w *web) effect(held []bool, rate float64, sweeps int) (e effect, ok bool) {
	at := make([]stream, len(held))
	at[0].without = 1
	var won, worth stream
	for range sweeps {
		for i := range at {
			w.step(at, i, held[i], &won, &worth)
		}
		if left(at) <= under*rate {
			return effectOf(won.with, won.without, worth.with, worth.without), true
		}
	}
	return effect{}, false
}

// step empties a state.
func (w *web) step(at []stream, i int, held bool, won, worth *stream) {
	s := at[i]
	if s == (stream{}) {
		return
	}
	at[i] = stream{}
	if held {
		s = stream{with: s.without + s.with}
	}
	won.without += s.without * w.won[i]
	won.with += s.with * w.won[i]
	worth.without += s.without * w.worth[i]
	worth.with += s.with * w.worth[i]
	for j := w.starts[i]; j < w.starts[i+1]; j++ {
		to := &at[w.to[j]]
		to.without += s.without * w.share[j]
		to.with += s.with * w.share[j]
	}
}

// left is how much is under way.
func left(at []stream) float64 {
	sum := 0.0
	for _, s := range at {
		sum += s.without + s.with
	}
	return sum
}
