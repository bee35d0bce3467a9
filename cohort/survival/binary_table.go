package survival

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/internal/wire"
)

// room is what is left free for each group of a table that is sent: what holds a
// group in memory takes eight times as much.
const room = 56

// AppendBinary appends the table to b as bytes, to be sent to where it is merged.
// Tables of the same accounts are the same bytes, however they were added and
// merged. Each group of a stratum takes the bytes of both names and 58 more beside
// those of its counts (see [Counts.AppendBinary]); those without accounts are left
// out.
//
// More than 2⁶² accounts are reported ([success.ErrRange]), and b is then returned
// as it was.
func (t *Table) AppendBinary(b []byte) ([]byte, error) {
	w := wire.NewWriter(b, wire.SurvivalTable)
	cells := t.cells()
	w.Len(len(cells))
	for i := range cells {
		c := &cells[i]
		w.Text("Stratum", &c.stratum)
		w.Text("Group", &c.group)
		w.Room(room)
		c.counts.write(w)
	}
	return w.Done(func(faults *success.Errors) { checkCells(cells, faults) })
}

// MarshalBinary returns what [Table.AppendBinary] appends.
func (t *Table) MarshalBinary() ([]byte, error) { return t.AppendBinary(nil) }

// UnmarshalBinary reads what [Table.AppendBinary] writes, in place of what t held,
// and nothing else: any other data is reported, as [success.Errors], and leaves t
// as it is. Besides what [Counts.UnmarshalBinary] refuses that is groups out of
// order and groups without accounts. It allocates no more than eight times the
// size of the data, and the rounding of allocations.
func (t *Table) UnmarshalBinary(data []byte) error {
	r := wire.NewReader(data, wire.SurvivalTable)
	cells := readCells(r)
	err := r.Done(func(faults *success.Errors) { checkCells(cells, faults) })
	if err != nil {
		return err
	}
	t.strata = strataOf(cells)
	return nil
}

// strataOf returns cells in order as a table holds them.
func strataOf(cells []cell) map[string]map[string]*Counts {
	sizes := 0
	for i := range cells {
		if i == 0 || cells[i].stratum != cells[i-1].stratum {
			sizes++
		}
	}
	strata := make(map[string]map[string]*Counts, sizes)
	for len(cells) > 0 {
		n := 1
		for n < len(cells) && cells[n].stratum == cells[0].stratum {
			n++
		}
		groups := make(map[string]*Counts, n)
		for _, c := range cells[:n] {
			groups[c.group] = c.counts
		}
		strata[cells[0].stratum], cells = groups, cells[n:]
	}
	return strata
}

// A cell is a group of a stratum.
type cell struct {
	stratum, group string
	counts         *Counts
}

// compare compares cells by name.
func (c cell) compare(d cell) int {
	return cmp.Or(cmp.Compare(c.stratum, d.stratum), cmp.Compare(c.group, d.group))
}

// cells returns the groups that hold accounts, in order.
func (t *Table) cells() (cells []cell) {
	for stratum, groups := range t.strata {
		for group, counts := range groups {
			if counts.total != 0 {
				cells = append(cells, cell{stratum, group, counts})
			}
		}
	}
	slices.SortFunc(cells, cell.compare)
	return cells
}

func readCells(r *wire.Reader) []cell {
	cells := make([]cell, r.Len("Groups", math.MaxInt, room+7)) // lengths of two names, and a day
	for i := range cells {
		c := &cells[i]
		r.Text("Stratum", &c.stratum)
		r.Text("Group", &c.group)
		r.Room("Group", room)
		c.counts = readCounts(r)
		switch {
		case i > 0 && cells[i-1].compare(*c) >= 0:
			r.Refuse("Group", c.group, fault.New(success.ErrOrder, "does not follow %.40q", cells[i-1].group))
			return nil
		case len(c.counts.stays) == 0:
			r.Refuse("Group", c.group, fault.New(success.ErrMissing, "has no accounts"))
			return nil
		}
	}
	return cells
}

// checkCells adds what no groups of accounts are like.
func checkCells(cells []cell, faults *success.Errors) {
	total := int64(0)
	for _, c := range cells {
		if c.counts.check(faults); faults.Count > 0 {
			return
		}
		n := c.counts.total
		if n > maxAccounts-total {
			faults.Add(wire.SurvivalTable.Fault("Accounts", strconv.FormatInt(n, 10), fault.New(success.ErrRange, "make more than 2⁶²")))
			return
		}
		total += n
	}
}
