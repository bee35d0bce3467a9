package journey

// A matrix is a chain with all its pairs of states, for elimination: how much
// flows from one state to another and, of what is in a state, how much ends there,
// won and lost, and what is won is worth.
// The start comes first.
//
// To eliminate a state is to send what flows through it straight on, which leaves
// the flow among the other states as it is. It takes products and sums of numbers
// that are not below 0, and never a difference.
type matrix struct {
	states           []state
	flow             [][]float64
	won, lost, worth []float64
}

func newMatrix(n int) *matrix {
	m := &matrix{states: make([]state, n), flow: make([][]float64, n), won: make([]float64, n), lost: make([]float64, n), worth: make([]float64, n)}
	all := make([]float64, n*n)
	for i := range n {
		m.flow[i] = all[i*n : (i+1)*n]
	}
	return m
}

func (c *chain) matrix() *matrix {
	m := newMatrix(len(c.states))
	copy(m.states, c.states)
	copy(m.worth, c.worth)
	for i := range c.states {
		m.won[i], m.lost[i] = float64(c.won[i]), float64(c.lost[i])
	}
	for _, s := range c.steps {
		m.flow[s.from][s.to] = float64(s.count)
	}
	return m
}

// effects sets the removal effects of the keys from low up to high. It halves them
// and eliminates, for each half, the states that have none of it, so that much of
// the work is shared.
func (m *matrix) effects(low, high int32, effects []effect) {
	if high-low == 1 {
		effects[low] = m.effect()
		return
	}
	middle := low + (high-low)/2
	m.only(low, middle).effects(low, middle, effects)
	m.only(middle, high).effects(middle, high, effects)
}

// only returns a copy without the states that hold no key from low up to high.
func (m *matrix) only(low, high int32) *matrix {
	var kept, others []int
	for i, s := range m.states {
		if i == 0 || s.holds(low, high) {
			kept = append(kept, i)
		} else {
			others = append(others, i)
		}
	}
	sub := newMatrix(len(m.states))
	order := append(kept, others...)
	for i, from := range order {
		sub.states[i], sub.won[i], sub.lost[i], sub.worth[i] = m.states[from], m.won[from], m.lost[from], m.worth[from]
		for j, to := range order {
			sub.flow[i][j] = m.flow[from][to]
		}
	}
	sub.eliminate(len(kept))
	return sub
}

// effect is the removal effect of the key that all states but the start have.
func (m *matrix) effect() effect {
	won, worth := m.won[0], m.worth[0]
	m.won[0], m.worth[0] = 0, 0
	m.eliminate(1)
	return effectOf(m.won[0], won, m.worth[0], worth)
}

// eliminate takes out the states from the n-th on.
func (m *matrix) eliminate(n int) {
	for k := len(m.states) - 1; k >= n; k-- {
		row := m.flow[k][:k]
		out := m.won[k] + m.lost[k]
		for _, flow := range row {
			out += flow
		}
		for i, from := range m.flow[:k] {
			if from[k] > 0 {
				m.pass(i, k, from[k]/out, row)
			}
		}
	}
	m.states, m.flow, m.won, m.lost, m.worth = m.states[:n], m.flow[:n], m.won[:n], m.lost[:n], m.worth[:n]
}

// pass sends a part of what leaves state k on from state i.
func (m *matrix) pass(i, k int, part float64, row []float64) {
	m.won[i] += part * m.won[k]
	m.lost[i] += part * m.lost[k]
	m.worth[i] += part * m.worth[k]
	to := m.flow[i][:len(row)]
	for j, flow := range row {
		to[j] += part * flow
	}
}
