package health

import (
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// A Column is one measure of many accounts, in whole millionths. What is nil is
// the same for all.
type Column struct {
	Measure string
	Values  []int64        // one for each account, looked at where State is Present or Stale
	States  []InputState   // nil: all Present
	On      []success.Date // days of the values; needed when the measure has a limit of age
	Targets []int64        // of each account, for RatioToTarget; nil or 0 is the target of the curve
	History [][]int64      // own readings before, for OwnGrowth and OwnPercentile
}

// Scores are the results of many accounts, in their order: what [Scorecard.Score]
// returns without overrides.
type Scores struct {
	Computed  []Score
	Effective []Score // after the exceptions
	Lower     []Score
	Upper     []Score
	Coverage  []Coverage
	Bands     []uint8 // 0 is Unknown, i is Scorecard.Bands()[i−1]
}

// Columns scores many accounts at once, from columns. A measure without a column
// is missing for all. It allocates for the results, not for the accounts.
//
// Besides what [Scorecard.Score] refuses of an input, columns that are missing
// or of different lengths are errors ([success.ErrRange]).
func (c *Scorecard) Columns(columns []Column, asOf success.Date) (Scores, error) {
	table, rows, err := c.table(columns, asOf)
	if err != nil {
		return Scores{}, err
	}
	out := Scores{
		make([]Score, rows), make([]Score, rows), make([]Score, rows), make([]Score, rows),
		make([]Coverage, rows), make([]uint8, rows),
	}
	stride := len(c.measures)
	block := make([]cell, blockRows*stride)
	for from := 0; from < rows; from += blockRows {
		to := min(rows, from+blockRows)
		for m := range c.measures {
			if !c.measures[m].strip(block[m:], stride, table[m], from, to, asOf) {
				return Scores{}, c.refuseColumns(columns, asOf)
			}
		}
		for row := from; row < to; row++ {
			c.scoreRow(block[(row-from)*stride:][:stride], &out, row)
		}
	}
	return out, nil
}

// blockRows is how many accounts are worked on at a time, a measure after the
// other.
const blockRows = 128

func (c *Scorecard) scoreRow(cells []cell, out *Scores, row int) {
	t := c.combine(cells)
	out.Computed[row], out.Lower[row], out.Upper[row], out.Coverage[row] = t.computed, t.lower, t.upper, t.coverage
	out.Effective[row], _ = c.rule(cells, t.computed)
	if c.known(cells, &t) {
		out.Bands[row] = uint8(1 + c.bands.of(out.Effective[row].or0()))
	}
}

// strip sets a cell of each of some rows, a stride apart. ok is false when one
// cannot be used.
func (m *measure) strip(out []cell, stride int, col *Column, from, to int, asOf success.Date) (ok bool) {
	if col != nil && col.On == nil && m.stale == 0 && m.drop == 0 && m.shape.kind == PiecewiseLinear {
		return m.stripLinear(out, stride, col, from, to)
	}
	for row := from; row < to; row++ {
		if !m.at(&out[(row-from)*stride], col, row, asOf) {
			return false
		}
	}
	return true
}

// stripLinear is strip for lines without dates. It reads what is missing too,
// and throws the points away, since which it is cannot be guessed.
func (m *measure) stripLinear(out []cell, stride int, col *Column, from, to int) (ok bool) {
	var byState [Invalid + 1]cell
	for s := range byState {
		byState[s] = m.without(InputState(s))
	}
	byState[Present], byState[Stale] = cell{0, counted, Present, true}, cell{0, counted, Stale, true}
	state := Present
	for row := from; row < to; row++ {
		if col.States != nil {
			state = col.States[row]
		}
		if state > Invalid {
			return false
		}
		v, c := col.Values[row], byState[state]
		if !fits(v) && c.place == counted {
			return false
		}
		if points := int32(m.shape.linear(v)); c.place == counted {
			c.points = points
		}
		out[(row-from)*stride] = c
	}
	return true
}

// at sets the cell of a row of a column. ok is false when it cannot be used.
func (m *measure) at(out *cell, col *Column, row int, asOf success.Date) (ok bool) {
	if col == nil {
		*out = m.without(Missing)
		return true
	}
	state := Present
	if col.States != nil {
		state = col.States[row]
	}
	var on success.Date
	if col.On != nil {
		if on = col.On[row]; on.After(asOf) {
			return false
		}
	}
	if state != Present && state != Stale {
		*out = m.without(state)
		return state <= Invalid
	}
	if m.stale > 0 || m.drop > 0 {
		if on.IsZero() {
			return false
		}
		state = m.aged(state, on, asOf)
	}
	r := reading{value: col.Values[row]}
	if col.Targets != nil && m.shape.kind == RatioToTarget {
		r.target = col.Targets[row]
	}
	if col.History != nil {
		r.history = col.History[row]
	}
	if !r.fits() {
		return false
	}
	*out = m.cell(state, &r)
	return true
}

// maxValue is the largest value, either way.
const maxValue = success.RateLimit*one - 1

func fits(v int64) bool { return v <= maxValue && v >= -maxValue }

// fits reports whether all numbers of a reading are in range.
func (r *reading) fits() bool {
	if !fits(r.value) || r.target < 0 || r.target > maxValue || len(r.history) > MaxHistory {
		return false
	}
	for _, v := range r.history {
		if !fits(v) {
			return false
		}
	}
	return true
}

// table finds the column of each measure, nil when there is none.
func (c *Scorecard) table(columns []Column, asOf success.Date) (table []*Column, rows int, err error) {
	var faults success.Errors
	if asOf.IsZero() {
		faults.Add(&success.InputError{Record: "asOf", Index: -1, Err: success.ErrMissing})
	}
	if len(columns) == 0 {
		faults.Add(&success.InputError{Record: "columns", Index: -1, Err: success.ErrMissing})
		return nil, 0, faults.Err()
	}
	table = make([]*Column, len(c.measures))
	rows = len(columns[0].Values)
	for i := range columns {
		col := &columns[i]
		col.check(i, rows, &faults)
		if m := c.find(col.Measure, i); m < 0 {
			faults.Add(&success.InputError{Record: "column", Index: i, Field: "Measure", Value: col.Measure, Err: success.ErrUnknown})
		} else if table[m] != nil {
			faults.Add(&success.InputError{Record: "column", Index: i, Field: "Measure", Value: col.Measure, Err: success.ErrDuplicate})
		} else {
			table[m] = col
		}
	}
	return table, rows, faults.Err()
}

// check reports slices of another length than the number of accounts.
func (col *Column) check(i, rows int, faults *success.Errors) {
	for _, s := range []struct {
		field string
		size  int
		unset bool
	}{
		{"Values", len(col.Values), false}, {"States", len(col.States), col.States == nil}, {"On", len(col.On), col.On == nil},
		{"Targets", len(col.Targets), col.Targets == nil}, {"History", len(col.History), col.History == nil},
	} {
		if !s.unset && s.size != rows {
			faults.Add(&success.InputError{Record: "column", Index: i, Field: s.field, Value: strconv.Itoa(s.size), Err: fault.New(success.ErrRange, "are not %d rows", rows)})
		}
	}
}

// refuseColumns returns everything that is wrong with the rows of columns.
func (c *Scorecard) refuseColumns(columns []Column, asOf success.Date) error {
	faults := new(success.Errors)
	for i := range columns {
		col := &columns[i]
		m := &c.measures[c.find(col.Measure, i)]
		for row := range col.Values {
			var scratch cell
			if !m.at(&scratch, col, row, asOf) {
				m.explainRow(i, col, row, asOf, faults)
			}
		}
	}
	return faults.Err()
}

// explainRow says why at refused a row.
func (m *measure) explainRow(i int, col *Column, row int, asOf success.Date, faults *success.Errors) {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "column", Index: i, Field: field + "[" + strconv.Itoa(row) + "]", Value: value, Err: err})
	}
	if col.On != nil && col.On[row].After(asOf) {
		add("On", col.On[row].String(), fault.New(success.ErrOrder, "is after the day of the score, %s", asOf))
	}
	if col.States != nil && col.States[row] > Invalid {
		add("States", strconv.Itoa(int(col.States[row])), success.ErrUnknown)
	}
	if col.States != nil && col.States[row] != Present && col.States[row] != Stale {
		return
	}
	if (m.stale > 0 || m.drop > 0) && (col.On == nil || col.On[row].IsZero()) {
		add("On", "", fault.New(success.ErrMissing, "is missing, and the measure has a limit of age"))
	}
	if !fits(col.Values[row]) {
		add("Values", strconv.FormatInt(col.Values[row], 10), success.ErrRange)
	}
	if m.shape.kind == RatioToTarget && col.Targets != nil {
		if t := col.Targets[row]; t < 0 {
			add("Targets", strconv.FormatInt(t, 10), success.ErrNegative)
		} else if t > maxValue {
			add("Targets", strconv.FormatInt(t, 10), success.ErrRange)
		}
	}
	if col.History != nil {
		explainHistory(col.History[row], add)
	}
}

func explainHistory(history []int64, add func(field, value string, err error)) {
	if len(history) > MaxHistory {
		add("History", strconv.Itoa(len(history)), fault.New(success.ErrRange, "are more than %d readings", MaxHistory))
		return
	}
	for _, v := range history {
		if !fits(v) {
			add("History", strconv.FormatInt(v, 10), success.ErrRange)
		}
	}
}
