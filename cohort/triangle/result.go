package triangle

import (
	"metrics.internal/success"
	"metrics.internal/success/internal/interval"
)

// triangle adds up the changes and takes the averages.
func (g *grid) triangle(z float64, revenue bool) *Triangle {
	t := &Triangle{Rows: make([]Row, len(g.rows)), Revenue: revenue}
	for i := range g.rows {
		t.Rows[i] = g.result(i, z, revenue)
		if g.rows[i].size == 0 {
			t.Empty++
		}
	}
	columns := 0
	for _, r := range t.Rows {
		columns = max(columns, len(r.Cells))
	}
	t.Columns = make([]Column, columns)
	for k := range t.Columns {
		t.Columns[k] = t.column(k, z, g.options.Begin != Recurring)
	}
	return t
}

func (g *grid) result(i int, z float64, revenue bool) Row {
	r := &g.rows[i]
	result := Row{Start: g.starts[i], Size: r.size, Cells: make([]Cell, len(r.cells)-1)}
	calendar := span{row: i, ends: g.ends[i:]}
	var now change
	edge := -1
	for k := range result.Cells {
		now.add(&r.cells[k])
		c := &result.Cells[k]
		c.Size, c.Eligible, c.Retained, c.SoFar = r.size, now.eligible, now.active, now.active+r.cells[k].running
		c.Complete = c.Eligible == c.Size && (c.Size > 0 || calendar.ends[k] <= g.asOf+1)
		if c.Complete {
			edge = k
		}
		if c.Eligible > 0 {
			c.Share = share(c.Retained, c.Eligible, z, g.options.Begin != Recurring)
		}
		if revenue {
			base := now.base.Decimal()
			c.Net = success.Ratio{Num: now.net.Decimal(), Den: base}
			c.Gross = success.Ratio{Num: now.gross.Decimal(), Den: base}
		}
	}
	if edge >= 0 {
		result.Cells[edge].Edge = true
	}
	return result
}

// add takes one more change into the sums.
func (c *change) add(d *change) {
	c.eligible += d.eligible
	c.active += d.active
	c.base = c.base.Add(d.base)
	c.net = c.net.Add(d.net)
	c.gross = c.gross.Add(d.gross)
}

// share returns a share, with its Wilson interval if it may have one.
func share(count, total int, z float64, wilson bool) success.Estimate {
	x, n := float64(count), float64(total)
	if !wilson {
		return success.Estimate{Value: success.FigureOf(x / n)}
	}
	lower, upper := interval.Wilson(x, n, z)
	return success.EstimateOf(x/n, lower, upper)
}

// column averages a column over the rows in which it is complete.
func (t *Triangle) column(k int, z float64, wilson bool) Column {
	var c Column
	var logo, net, gross mean
	retained, eligible := 0, 0
	for _, r := range t.Rows {
		if k >= len(r.Cells) || r.Size == 0 || !r.Cells[k].Complete {
			continue
		}
		cell := &r.Cells[k]
		c.Rows++
		retained += cell.Retained
		eligible += cell.Eligible
		logo.add(success.RatioOf(cell.Retained, cell.Eligible))
		net.add(cell.Net)
		gross.add(cell.Gross)
	}
	c.Logo, c.Net, c.Gross = logo.average(), net.average(), gross.average()
	if eligible > 0 {
		c.Share = share(retained, eligible, z, wilson)
	}
	return c
}

// A mean adds up rates.
type mean struct {
	pooled success.Ratio
	sum    float64
	n      int
}

func (m *mean) add(r success.Ratio) {
	m.pooled = m.pooled.Add(r)
	if rate, ok := r.Float64(); ok {
		m.sum += rate
		m.n++
	}
}

func (m *mean) average() Average {
	if m.n == 0 {
		return Average{}
	}
	return Average{m.pooled, success.FigureOf(m.sum / float64(m.n))}
}
