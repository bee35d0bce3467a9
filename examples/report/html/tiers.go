package main

import (
	"fmt"
	"strconv"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
	"metrics.internal/success"
	"metrics.internal/success/examples/internal/report"
	"metrics.internal/success/health/tier"
)

// tiers shows how much of the hours of each touch tier is in use.
func tiers(r *report.Report) figure {
	f := figure{ID: "tiers", Title: "Tier load", Definition: []string{
		"A touch tier is how customers are served: one to one, one to many, or by technology alone. Needed are the hours that the accounts of a tier take in the policy's period; the mark is how many hours its team has. In use is needed / there are.",
		"Who has less than it should for want of hours is served below its tier, the most revenue for an hour first.",
	}}
	switch {
	case r.Retention == nil:
		return f.missing("The folder has no contracts.csv.")
	case r.Health == nil || r.Health.Tiers == nil:
		return f.missing("The folder has no accounts.csv, or more revenue than tiers can weigh.")
	}
	t := r.Health.Tiers
	loads := t.Plan.Loads()
	f.Number, f.Said = fullest(loads)
	if t.Note != "" {
		f.note("%s", printable(t.Note))
	}
	f.Panels = []panel{{
		Legend: []swatch{{"fill", first, "hours needed"}, {"target", text, "hours there are"}},
		Words:  "Bars of the hours needed in each tier, with a mark at the hours there are; the numbers are in the table below.",
		frames: []frame{narrow, wide}, height: tall(len(loads), 34), draw: func(p *picture) { p.loads(loads) },
	}}
	f.Tables = []table{loadTable(loads, currency(r))}
	f.explain("of hours without a limit there is no share in use")
	return f
}

// fullest names the tier with the largest part of its hours in use.
func fullest(loads []tier.Load) (number, said string) {
	number, said = undefined, "No tier has a limit of hours."
	var most success.Ratio
	for _, l := range loads {
		use := l.Use()
		if use.Defined() && (!most.Defined() || use.Num.Mul(most.Den).GreaterThan(most.Num.Mul(use.Den))) {
			most = use
			number, said = percent(use)+" in use", fmt.Sprintf("of the hours of the fullest tier, %s: %s of %s.", printable(l.Tier), l.Needed, l.Available)
		}
	}
	return number, said
}

func loadTable(loads []tier.Load, currency string) table {
	t := table{
		Caption: unit("Accounts, revenue a year and hours by tier", currency),
		Head:    []string{"Tier", "accounts", "locked", "revenue", "hours needed", "there are", "in use"},
	}
	for _, l := range loads {
		t.add(printable(l.Tier), strconv.Itoa(l.Accounts), strconv.Itoa(l.Locked), whole(l.ARR), l.Needed.String(), available(l), inUse(l))
	}
	return t
}

func available(l tier.Load) string {
	if !l.Limited {
		return "no limit"
	}
	return l.Available.String()
}

// inUse returns the part of the hours in use, undefined without a limit.
func inUse(l tier.Load) string { return percent(l.Use()) }

func (p *picture) loads(loads []tier.Load) {
	names := make([]string, len(loads))
	high := 0.0
	for i, l := range loads {
		names[i] = printable(l.Tier)
		high = max(high, number(l.Needed), number(l.Available))
	}
	p.rows(names)
	p.rulesX(0, span(0, high), short)
	for i, l := range loads {
		y := float64(len(loads) - 1 - i)
		needed, there := number(l.Needed), number(l.Available)
		p.block(0, y-0.3, needed, y+0.3, first)
		if !l.Limited {
			p.write(needed, y, "no limit", text, draw.XLeft)
			continue
		}
		p.line(plotter.XYs{{X: there, Y: y - 0.42}, {X: there, Y: y + 0.42}}, text, 3)
		p.write(max(needed, there), y, inUse(l), text, draw.XLeft)
	}
}
