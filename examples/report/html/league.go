package main

import (
	"fmt"
	"strconv"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
	"metrics.internal/success/attribution"
	"metrics.internal/success/examples/internal/report"
)

// maxAgents is how many of the league are drawn and listed.
const maxAgents = 12

// league ranks who found service-qualified leads, and compares them with the target.
func league(r *report.Report) figure {
	f := figure{ID: "league", Title: "SQL league", Definition: []string{
		"A service-qualified lead (SQL) is a lead that those who serve customers found in an interaction. It is won with the first deal that comes of it. Net is what the deals won in the period came to, less refunds since.",
		"Won of accepted carries Wilson's 95 % interval: of few leads chance alone makes a good or bad quarter, and whoever's intervals overlap may well be equally good.",
	}}
	a := r.Attribution
	if a == nil {
		return f.missing("The folder has neither deals.csv nor leads.csv.")
	}
	rows := a.League()
	service := a.Service()
	f.Number, f.Said = in(whole(service.Money[0].Net), a.Currency)+" net", "from deals of service-qualified leads won in the period."
	if len(rows) == 0 {
		f = f.missing("There is no service-qualified lead in the period.")
	}
	f.target(a)
	if len(rows) > maxAgents {
		f.note("The first %d of %s are shown.", maxAgents, report.Plural(len(rows), "agent"))
		rows = rows[:maxAgents]
	}
	if len(rows) > 0 {
		f.Panels = append(f.Panels, panel{
			Title:  unit("Net revenue by who found the leads", a.Currency),
			Words:  "Bars of net revenue by agent, the most first; the numbers are in the table below.",
			frames: []frame{narrow, wide}, height: tall(len(rows), 30), draw: func(p *picture) { p.agents(rows) },
		})
		f.Tables = append(f.Tables, agentTable(rows, a.Currency))
	}
	f.Tables = append(f.Tables, sourceTable(a))
	f.explain("where no lead was accepted, or no day of the target is over, there is nothing to take a share of")
	return f
}

// target compares what was reached with the target.
func (f *figure) target(a *report.Attribution) {
	t := a.Target
	if t == nil {
		f.note("There is no target: the folder has no targets.json.")
		return
	}
	f.note("Target of %s: %s reached, with %s of its %s over.", in(whole(t.Goal.Amount), a.Currency), percent(t.Attainment()), percent(t.Elapsed()), report.Plural(t.Days, "day"))
	f.Panels = append(f.Panels, panel{
		Title:  unit("Towards the target", a.Currency),
		Legend: []swatch{{"fill", first, "net revenue"}, {"target", text, "target"}},
		Words:  fmt.Sprintf("Bar of %s with a mark at the target of %s.", whole(t.Actual), whole(t.Goal.Amount)),
		frames: []frame{narrow, wide}, height: tall(1, 34), draw: func(p *picture) { p.bullet(*t) },
	})
	table := table{Caption: unit("Target", a.Currency), Head: []string{"Target", "reached", "of it", "days", "over", "pace", "at this rate"}}
	table.add(whole(t.Goal.Amount), whole(t.Actual), percent(t.Attainment()), strconv.Itoa(t.Days), percent(t.Elapsed()),
		orUndefined(report.Times(t.Pace(), 2), t.Pace().Defined()), orUndefined(report.Times(t.Projected(), 0), t.Projected().Defined()))
	f.Tables = append(f.Tables, table)
}

func orUndefined(words string, defined bool) string {
	if !defined {
		return undefined
	}
	return words
}

var leadHead = []string{"leads", "accepted", "won", "of accepted", "95 % interval", "deals", "gross", "refunded", "net"}

func agentTable(rows []attribution.Row, currency string) table {
	t := table{Caption: unit("Service-qualified leads by who found them", currency), Head: append([]string{"Agent"}, leadHead...)}
	for _, row := range rows {
		t.add(leadCells(printable(report.KeyName(row.Key)), row)...)
	}
	return t
}

func sourceTable(a *report.Attribution) table {
	t := table{Caption: unit("Leads of the period, and deals won in it, by source", a.Currency), Head: append([]string{"Source"}, leadHead...)}
	for _, row := range a.Sources.Rows {
		t.add(leadCells(report.KeyName(row.Key), row)...)
	}
	t.add(leadCells("all", a.Sources.Total)...)
	return t
}

func leadCells(name string, r attribution.Row) []string {
	m, c := r.Money[0], r.Conversion()
	return []string{
		name, strconv.Itoa(r.Leads), strconv.Itoa(r.Accepted), strconv.Itoa(r.WonLeads), share(c.Value), interval(c.Lower, c.Upper),
		strconv.Itoa(m.WonDeals), whole(m.Gross), whole(m.Reversed), whole(m.Net),
	}
}

func (p *picture) bullet(t attribution.Target) {
	actual, goal := number(t.Actual), number(t.Goal.Amount)
	p.rows([]string{"net"})
	p.rulesX(min(actual, 0), span(0, max(actual, goal)), short)
	p.block(0, -0.3, actual, 0.3, first)
	p.line(plotter.XYs{{X: goal, Y: -0.45}, {X: goal, Y: 0.45}}, text, 3)
	p.write(max(actual, goal), 0, percent(t.Attainment()), text, draw.XLeft)
}

func (p *picture) agents(rows []attribution.Row) {
	names := make([]string, len(rows))
	low, high := 0.0, 0.0
	for i, row := range rows {
		names[i] = printable(report.KeyName(row.Key))
		low, high = min(low, number(row.Money[0].Net)), max(high, number(row.Money[0].Net))
	}
	p.rows(names)
	p.rulesX(low, span(low, high), short)
	for i, row := range rows {
		y := float64(len(rows) - 1 - i)
		net := row.Money[0].Net
		p.block(0, y-0.32, number(net), y+0.32, first)
		words := p.amount(net)
		if p.Class != narrow.Class {
			words += fmt.Sprintf(" · %d of %d won", row.WonLeads, row.Accepted)
		}
		p.write(max(number(net), 0), y, words, text, draw.XLeft)
	}
}
