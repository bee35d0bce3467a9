package health

import (
	"math"
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// MaxHistory is how many readings of its own history an input may bring.
const MaxHistory = 366

// An Input is what is known of an account for one measure. The zero InputState is
// Missing, so that a value counts only when somebody says that it is one: see
// [Value]. Values are read to a millionth, rounded half to even.
type Input struct {
	Measure string            // name in the scorecard
	State   InputState        // what is known
	On      success.Date      // day of the value; needed when the measure has a limit of age
	Value   decimal.Decimal   // if Present or Stale
	Target  decimal.Decimal   // of this account, for RatioToTarget; 0 is the target of the curve
	History []decimal.Decimal // own readings before this one, for OwnGrowth and OwnPercentile
}

// Value returns a present input.
func Value(measure string, value decimal.Decimal, on success.Date) Input {
	return Input{Measure: measure, State: Present, Value: value, On: on}
}

// Number returns a present input of a float, rounded half to even to a millionth
// of its shortest decimal form. NaN, an infinity and a number of
// [success.RateLimit] or more either way give an input that is Invalid.
func Number(measure string, value float64, on success.Date) Input {
	if math.IsNaN(value) || math.Abs(value) >= success.RateLimit {
		return Input{Measure: measure, State: Invalid, On: on}
	}
	return Value(measure, decimal.NewFromFloat(value), on)
}

// A Record is one account to score.
type Record struct {
	Account  success.AccountID
	Inputs   []Input   // in any order; those of measures that are not there are missing
	Override *Override // if a person knows better
}

// aged returns the state of an input for its age.
func (m *measure) aged(state InputState, on, asOf success.Date) InputState {
	if m.drop == 0 && m.stale == 0 || state != Present && state != Stale {
		return state
	}
	switch age := asOf.Sub(on); {
	case m.drop > 0 && age > m.drop:
		return Missing
	case m.stale > 0 && age > m.stale:
		return Stale
	}
	return state
}

// cell returns what a measure is to a score, given the state for its age.
func (m *measure) cell(state InputState, r *reading) cell {
	if state == Present || state == Stale {
		if points, ok := m.shape.read(r); ok {
			return cell{int32(points), counted, state, true}
		}
		state = Missing
	}
	return m.without(state)
}

// without is the cell of a measure that has no points of its own.
func (m *measure) without(state InputState) cell {
	switch {
	case state == NotApplicable || state == NotYetDue:
		return cell{0, away, state, true}
	case m.missing == Neutral:
		return cell{highest / 2, filled, state, true}
	case m.missing == Worst:
		return cell{int32(m.shape.worst), filled, state, true}
	}
	return cell{0, missing, state, true}
}

// fill sets the cells of an account. ok is false when an input cannot be used;
// what is wrong is added to faults, if there is such a thing.
func (c *Scorecard) fill(cells []cell, inputs []Input, asOf success.Date, faults *success.Errors) (ok bool) {
	ok = true
	for i := range inputs {
		in := &inputs[i]
		m := c.find(in.Measure, i)
		if m < 0 || cells[m].seen || !c.measures[m].put(&cells[m], in, asOf) {
			ok = false
			if faults != nil {
				c.explainFault(i, m, cells, in, asOf, faults)
			}
		}
		if m >= 0 {
			cells[m].seen = true
		}
	}
	for m := range cells {
		if !cells[m].seen {
			cells[m] = c.measures[m].without(Missing)
		}
	}
	return ok
}

// find returns the position of a measure, which is likely to be i, or −1.
func (c *Scorecard) find(name string, i int) int {
	if i < len(c.measures) && c.measures[i].name == name {
		return i
	}
	if m, ok := c.index[name]; ok {
		return m
	}
	return -1
}

// put sets the cell of an input. ok is false when it cannot be used.
func (m *measure) put(out *cell, in *Input, asOf success.Date) (ok bool) {
	if in.State > Invalid || in.On.After(asOf) {
		return false
	}
	if in.State != Present && in.State != Stale {
		*out = m.without(in.State)
		return true
	}
	if in.On.IsZero() && (m.stale > 0 || m.drop > 0) {
		return false
	}
	var r reading
	if r.value, ok = millionths(in.Value); !ok {
		return false
	}
	if m.shape.kind == RatioToTarget && !in.Target.IsZero() {
		if r.target, ok = millionths(in.Target); !ok || r.target <= 0 {
			return false
		}
	}
	state := m.aged(in.State, in.On, asOf)
	if len(in.History) > 0 {
		return m.putHistory(out, state, &r, in.History)
	}
	*out = m.cell(state, &r)
	return true
}

// putHistory is put for an input that brings its history.
func (m *measure) putHistory(out *cell, state InputState, r *reading, history []decimal.Decimal) (ok bool) {
	if len(history) > MaxHistory {
		return false
	}
	var buffer [MaxHistory]int64
	for i, v := range history {
		if buffer[i], ok = millionths(v); !ok {
			return false
		}
	}
	with := reading{r.value, r.target, buffer[:len(history)]}
	*out = m.cell(state, &with)
	return true
}

// explainFault says why put refused an input, or why it is not for any measure.
func (c *Scorecard) explainFault(i, m int, cells []cell, in *Input, asOf success.Date, faults *success.Errors) {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "input", Index: i, Field: field, Value: value, Err: err})
	}
	if m < 0 {
		add("Measure", in.Measure, success.ErrUnknown)
		return
	}
	if cells[m].seen {
		add("Measure", in.Measure, success.ErrDuplicate)
	}
	if in.State > Invalid {
		add("State", strconv.Itoa(int(in.State)), success.ErrUnknown)
	}
	if in.On.After(asOf) {
		add("On", in.On.String(), fault.New(success.ErrOrder, "is after the day of the score, %s", asOf))
	}
	if in.State != Present && in.State != Stale {
		return
	}
	if limited := &c.measures[m]; in.On.IsZero() && (limited.stale > 0 || limited.drop > 0) {
		add("On", "", fault.New(success.ErrMissing, "is missing, and the measure has a limit of age"))
	}
	number := func(field string, d decimal.Decimal) {
		if _, ok := millionths(d); !ok {
			add(field, exact.Show(d), success.ErrRange)
		}
	}
	number("Value", in.Value)
	if c.measures[m].shape.kind == RatioToTarget {
		number("Target", in.Target)
		if micros, ok := millionths(in.Target); ok && micros <= 0 && !in.Target.IsZero() {
			add("Target", exact.Show(in.Target), fault.New(success.ErrNegative, "is not above 0"))
		}
	}
	if len(in.History) > MaxHistory {
		add("History", strconv.Itoa(len(in.History)), fault.New(success.ErrRange, "are more than %d readings", MaxHistory))
		return
	}
	for n, v := range in.History {
		number("History["+strconv.Itoa(n)+"]", v)
	}
}
