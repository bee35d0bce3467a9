package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"
	"metrics.internal/success"
	"metrics.internal/success/cohort/triangle"
	"metrics.internal/success/examples/internal/report"
)

// maxCohorts and maxAge are how much of the triangle is shown.
const (
	maxCohorts = 24
	maxAge     = 36
)

// A heat is one of the two rates of the triangle, with the steps of its colours:
// what is below bounds[i] has step i.
type heat struct {
	name   string
	of     func(triangle.Cell) success.Ratio
	pooled func(triangle.Column) success.Ratio
	bounds []float64
	steps  []string // in words
	cell   ink
	onCell ink
}

func logoHeat() heat {
	return heat{
		"Customers kept",
		func(c triangle.Cell) success.Ratio { return success.RatioOf(c.Retained, c.Eligible) },
		func(c triangle.Column) success.Ratio { return c.Logo.Pooled },
		[]float64{0.5, 0.6, 0.7, 0.8, 0.9, 1},
		[]string{"below 50 %", "from 50 %", "from 60 %", "from 70 %", "from 80 %", "from 90 %", "100 %"},
		cell0, onCell0,
	}
}

func netHeat() heat {
	return heat{
		"Revenue kept, net",
		func(c triangle.Cell) success.Ratio { return c.Net },
		func(c triangle.Column) success.Ratio { return c.Net.Pooled },
		[]float64{0.7, 0.85, 0.95, 1.05, 1.15, 1.3},
		[]string{"below 70 %", "from 70 %", "from 85 %", "from 95 %", "from 105 %", "from 115 %", "from 130 %"},
		ratio0, onRatio0,
	}
}

// cohorts shows what is left of those who began in one month, by the months since.
func cohorts(r *report.Report) figure {
	f := figure{ID: "cohorts", Title: "Cohort heat map", Wide: true, Definition: []string{
		"A cohort is the customers that first paid in one calendar month. Customers kept is the share of them still there at the close of each month since; revenue kept is what they pay then to what they paid at the close of their first month, with what they pay more (net).",
		"Hatched cells are incomplete: their month has not ended for every customer of the cohort. They have no number, and are part of no average. “All” pools the complete cells, so that every account weighs the same.",
	}}
	switch {
	case r.Retention == nil:
		return f.missing("The folder has no contracts.csv.")
	case r.Cohort == nil:
		return f.missing("Nobody has paid yet, and so there is no cohort.")
	}
	t := r.Cohort.Triangle
	rows := shown(t)
	if len(rows) == 0 {
		return f.missing("No month of a cohort has begun yet.")
	}
	f.Number, f.Said = pooledNumber(t)
	f.note("Cohorts without customers are left out. Of a cohort of few customers each one moves the rate a lot: read the number of customers beside its month.")
	if n := len(t.Rows) - t.Empty; n > len(rows) {
		f.note("The last %d of %d cohorts are shown.", len(rows), n)
	}
	for _, h := range []heat{logoHeat(), netHeat()} {
		f.Panels = append(f.Panels, panel{
			Title:  h.name + ", in percent, by the month they began (customers) and the months since",
			Legend: h.legend(),
			Words:  fmt.Sprintf("Heat map of %s by cohort and month; the numbers are in the table below.", h.name),
			frames: []frame{narrow, wide, full}, height: func(frame) float64 { return float64(len(rows)+1)*24 + 44 },
			draw: func(p *picture) { p.heat(h, t, rows) },
		})
		f.Tables = append(f.Tables, heatTable(h, t, rows))
	}
	f.explain("there is no customer whose month has ended, or no revenue in the first month, to take a share of")
	return f
}

// legend says what the colours of cells mean.
func (h heat) legend() (legend []swatch) {
	for i, words := range h.steps {
		legend = append(legend, swatch{"fill", h.cell + ink(i), words})
	}
	return append(legend, swatch{"hatch", hatch, "incomplete"})
}

// shown returns the last cohorts that have customers.
func shown(t *triangle.Triangle) []triangle.Row {
	rows := slices.DeleteFunc(slices.Clone(t.Rows), func(r triangle.Row) bool { return r.Size == 0 })
	return rows[max(0, len(rows)-maxCohorts):]
}

// pooledNumber returns what is left a year after the beginning, or of younger
// customers after as many months as any cohort has been seen.
func pooledNumber(t *triangle.Triangle) (number, said string) {
	for age := min(12, len(t.Columns)-1); age >= 0; age-- {
		c := t.Columns[age]
		if c.Logo.Pooled.Defined() {
			return percent(c.Logo.Pooled) + " after " + report.Plural(age, "month"), fmt.Sprintf("of customers are still there%s, and %s of their revenue, net.",
				between(c.Share.Lower, c.Share.Upper), percent(c.Net.Pooled))
		}
	}
	return undefined, "The first month of no cohort has ended for all of its customers."
}

// ages returns the ages that a picture of the frame has room for.
func (f frame) ages(rows []triangle.Row) []int {
	oldest := 0
	for _, row := range rows {
		oldest = max(oldest, min(len(row.Cells)-1, maxAge))
	}
	list := map[string][]int{narrow.Class: {0, 1, 3, 6, 9, 12, 18, 24}, wide.Class: {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 18, 24, 30, 36}}[f.Class]
	if list == nil {
		list = make([]int, oldest+1)
		for age := range list {
			list[age] = age
		}
	}
	return slices.DeleteFunc(list, func(age int) bool { return age > oldest })
}

func heatTable(h heat, t *triangle.Triangle, rows []triangle.Row) table {
	table := table{Caption: h.name + " by cohort and the months since", Head: []string{"Cohort", "customers"}}
	ages := full.ages(rows)
	for _, age := range ages {
		table.Head = append(table.Head, strconv.Itoa(age))
	}
	for _, row := range rows {
		cells := []string{monthOf(row), strconv.Itoa(row.Size)}
		for _, age := range ages {
			cells = append(cells, h.words(row, age))
		}
		table.add(cells...)
	}
	all, limits := []string{"All", "–"}, []string{"95 % interval", "–"}
	for _, age := range ages {
		c := t.Columns[age]
		all = append(all, percent(h.pooled(c)))
		limits = append(limits, interval(c.Share.Lower, c.Share.Upper))
	}
	table.add(all...)
	if h.cell == cell0 {
		table.add(limits...)
	}
	return table
}

// words returns what a cell says in a table.
func (h heat) words(row triangle.Row, age int) string {
	switch {
	case age >= len(row.Cells):
		return "–"
	case !row.Cells[age].Complete:
		return "incomplete"
	}
	return percent(h.of(row.Cells[age]))
}

// monthOf returns the month in which a cohort began.
func monthOf(row triangle.Row) string { return row.Start.String()[:len("2025-01")] }

func (p *picture) heat(h heat, t *triangle.Triangle, rows []triangle.Row) {
	ages := p.ages(rows)
	var names []string
	widest := 0.0
	for _, row := range rows {
		name := monthOf(row)
		if p.Class != narrow.Class {
			name += " (" + strconv.Itoa(row.Size) + ")"
		}
		names, widest = append(names, name), max(widest, p.width(name))
	}
	room := (p.Width - widest - 8) / float64(len(ages))
	p.rows(append(names, "All"))
	p.X.Min, p.X.Max, p.X.LineStyle.Width, p.X.Tick.Length = -0.5, float64(len(ages))-0.5, 0, 0
	var marks plot.ConstantTicks
	for i, age := range ages {
		marks = append(marks, plot.Tick{Value: float64(i), Label: strconv.Itoa(age)})
		for j, row := range rows {
			if age < len(row.Cells) {
				p.cell(h, i, len(rows)-j, h.of(row.Cells[age]), row.Cells[age].Complete, room)
			}
		}
		p.cell(h, i, 0, h.pooled(t.Columns[age]), true, room)
	}
	p.X.Tick.Marker = marks
	p.X.Label.Text = "months since the first"
}

// cell draws a cell, with its number if there is room for it.
func (p *picture) cell(h heat, column, row int, rate success.Ratio, complete bool, room float64) {
	x, y := float64(column), float64(row)
	v, ok := rate.Float64()
	switch {
	case !complete:
		p.Add(hatched{x - 0.47, y - 0.46, x + 0.47, y + 0.46})
	case ok:
		step, reached := slices.BinarySearch(h.bounds, v)
		if reached {
			step++
		}
		p.block(x-0.47, y-0.46, x+0.47, y+0.46, h.cell+ink(step))
		if words := digits(math.Round(100 * v)); p.width(words) < room {
			p.write(x, y, words, h.onCell+ink(step), draw.XCenter)
		}
	}
}
