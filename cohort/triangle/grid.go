package triangle

import (
	"slices"
	"sort"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/retention"
)

// Days are whole numbers here, as of [success.Date.Ordinal].

// A grid fills in a triangle, account by account.
type grid struct {
	options Options
	first   int            // first day of row 0
	asOf    int            // last day known
	starts  []success.Date // of the periods from row 0 to that of AsOf
	ends    []int          // of the same: the first day after each
	period  []int32        // by day from first to asOf: which of them it is in
	rows    []row
	own     [][]int // elapsed: the ends of an account's periods by the day it began, counted from first
}

// A row holds the changes from column to column.
type row struct {
	size  int
	cells []change
}

// A change is what a cell has more than the one before it, but for running.
type change struct {
	eligible, active, running int
	base, net, gross          exact.Sum
}

// newGrid lays out the rows from the period of a day to that of AsOf, or those
// of the window.
func newGrid(o Options, earliest success.Date) (*grid, error) {
	last := o.AsOf
	if o.Window != (success.Period{}) {
		earliest = o.Window.From
		if until := o.Window.To.AddDays(-1); until.Before(last) {
			last = until
		}
	}
	g := &grid{options: o, asOf: o.AsOf.Ordinal()}
	if earliest.IsZero() {
		g.first = g.asOf + 1
		return g, nil
	}
	start := o.periodStart(earliest)
	g.first = start.Ordinal()
	rows := 0
	for i := 0; ; i++ {
		from, to := o.periodAfter(start, i), o.periodAfter(start, i+1)
		if from.After(o.AsOf) || i > maxCells {
			break
		}
		g.starts = append(g.starts, from)
		g.ends = append(g.ends, to.Ordinal())
		if !from.After(last) {
			rows++
		}
	}
	if err := g.allocate(rows); err != nil {
		return nil, err
	}
	g.period = make([]int32, g.asOf-g.first+1)
	p := int32(0)
	for day := range g.period {
		for g.first+day >= g.ends[p] {
			p++
		}
		g.period[day] = p
	}
	if o.Elapsed {
		g.own = make([][]int, len(g.period))
	}
	return g, nil
}

// allocate makes the rows, unless there are too many cells.
func (g *grid) allocate(rows int) error {
	cells := 0
	g.rows = make([]row, rows)
	for i := range g.rows {
		cells += g.columns(i)
		if cells > maxCells {
			var faults success.Errors
			faults.Add(&success.InputError{Record: "options", Index: -1, Field: "Columns",
				Err: fault.New(success.ErrRange, "makes more than %d cells", maxCells)})
			return faults.Err()
		}
	}
	all := make([]change, cells+rows)
	for i := range g.rows {
		n := g.columns(i) + 1 // one to end the last range in
		g.rows[i].cells, all = all[:n:n], all[n:]
	}
	return nil
}

// trim takes away the rows before that of the earliest day on which an account
// paid, which nobody can be in; all of them when nobody paid.
func (g *grid) trim(earliest success.Date) {
	n := len(g.rows)
	if !earliest.IsZero() {
		n = int(g.period[earliest.Ordinal()-g.first])
	}
	g.rows, g.starts, g.ends = g.rows[n:], g.starts[n:], g.ends[n:]
}

// columns returns how many columns a row has.
func (g *grid) columns(row int) int {
	n := len(g.starts) - row
	if limit := g.options.Columns; limit > 0 {
		n = min(n, limit)
	}
	return n
}

// A span is the periods of one account.
type span struct {
	row   int
	ends  []int // the first day after each that has begun by AsOf
	ended int   // how many have ended
	table bool  // ends are those of the calendar
}

// spanOf returns the periods of an account that began on a day; ok is false when
// it belongs to no row.
func (g *grid) spanOf(day int) (s span, ok bool) {
	if day < g.first || day > g.asOf {
		return span{}, false
	}
	s.row = int(g.period[day-g.first])
	if s.row >= len(g.rows) {
		return span{}, false
	}
	if g.options.Elapsed {
		s.ends = g.anniversaries(day)
	} else {
		s.ends, s.table = g.ends[s.row:], true
	}
	s.ends = s.ends[:min(len(s.ends), g.columns(s.row))]
	s.ended = len(s.ends)
	if s.ended > 0 && s.ends[s.ended-1] > g.asOf+1 {
		s.ended--
	}
	return s, true
}

// anniversaries returns the ends of the periods that run from a day.
func (g *grid) anniversaries(day int) []int {
	if own := g.own[day-g.first]; own != nil {
		return own
	}
	start := success.FromOrdinal(day)
	var ends []int
	for k := 0; len(ends) == 0 || ends[k-1] <= g.asOf; k++ {
		ends = append(ends, g.options.periodAfter(start, k+1).Ordinal())
	}
	g.own[day-g.first] = ends
	return ends
}

// column returns the first column that ends after a day, len(ends) if none does.
func (g *grid) column(s *span, day int) int {
	switch {
	case day < g.first:
		return 0
	case day > g.asOf:
		return len(s.ends)
	case s.table:
		return min(len(s.ends), max(0, int(g.period[day-g.first])-s.row))
	}
	return sort.SearchInts(s.ends, day+1)
}

// join adds an account to its row.
func (g *grid) join(s *span) *row {
	r := &g.rows[s.row]
	r.size++
	r.cells[0].eligible++
	r.cells[s.ended].eligible--
	return r
}

// active counts an account as there in the columns from one up to another.
func (r *row) active(s *span, from, to int) {
	if to > s.ended {
		r.cells[s.ended].running++
		to = s.ended
	}
	if from < to {
		r.cells[from].active++
		r.cells[to].active--
	}
}

// follow adds an account with the given steps, in order of days, that began on
// a day.
func (g *grid) follow(day int, steps []retention.Step) {
	s, ok := g.spanOf(day)
	if !ok {
		return
	}
	r := g.join(&s)
	at, base, revenue := 0, int64(0), int64(0)
	for i := 0; i <= len(steps) && at < len(s.ends); i++ {
		next := len(s.ends)
		if i < len(steps) {
			next = g.column(&s, steps[i].Date.Ordinal())
		}
		if next > at {
			if at == 0 {
				base = revenue
			}
			r.pay(&s, at, next, revenue, base)
			at = next
		}
		if i < len(steps) {
			revenue = steps[i].Micros
		}
	}
	if s.ended > 0 {
		r.cells[0].base = r.cells[0].base.Plus(base)
		r.cells[s.ended].base = r.cells[s.ended].base.Plus(-base)
	}
}

// pay counts revenue in the columns from one up to another.
func (r *row) pay(s *span, from, to int, revenue, base int64) {
	if revenue == 0 {
		return
	}
	r.active(s, from, to)
	if to = min(to, s.ended); from >= to {
		return
	}
	kept := min(revenue, base)
	first, end := &r.cells[from], &r.cells[to]
	first.net, end.net = first.net.Plus(revenue), end.net.Plus(-revenue)
	first.gross, end.gross = first.gross.Plus(kept), end.gross.Plus(-kept)
}

// recur adds an account to the row of every period at whose close it pays.
func (g *grid) recur(steps []retention.Step) {
	for i := range g.rows {
		close := min(g.ends[i]-1, g.asOf)
		k, _ := slices.BinarySearchFunc(steps, close+1, func(s retention.Step, day int) int { return s.Date.Ordinal() - day })
		if k > 0 && steps[k-1].Micros > 0 {
			g.follow(g.starts[i].Ordinal(), steps)
		}
	}
}

// attend adds an account that was active on the given days, in order, and began
// on one.
func (g *grid) attend(day int, days []int) {
	s, ok := g.spanOf(day)
	if !ok {
		return
	}
	r := g.join(&s)
	last := -1
	for _, d := range days {
		if d < day || d > g.asOf {
			continue
		}
		k := g.column(&s, d)
		if k > last && k < len(s.ends) && !g.options.OrAfter {
			r.active(&s, k, k+1)
		}
		last = max(last, min(k, len(s.ends)-1)) // columns may end before AsOf
	}
	if g.options.OrAfter && last >= 0 {
		r.active(&s, 0, last+1)
	}
}

// attendEach adds an account to the row of every period in which it was active.
func (g *grid) attendEach(days []int) {
	last := -1
	for _, d := range days {
		if d < g.first || d > g.asOf {
			continue
		}
		if p := int(g.period[d-g.first]); p > last {
			g.attend(g.starts[p].Ordinal(), days)
			last = p
		}
	}
}
