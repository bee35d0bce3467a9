package main

import (
	"fmt"
	"strconv"

	"github.com/shopspring/decimal"
	"gonum.org/v1/plot/vg/draw"
	"metrics.internal/success"
	"metrics.internal/success/examples/internal/report"
	"metrics.internal/success/health"
)

// A portion is a band's part of the accounts and of the revenue.
type portion struct {
	health.Exposure
	accounts, revenue success.Ratio
}

// bands shows how well customers are.
func bands(r *report.Report) figure {
	f := figure{ID: "health", Title: "Health bands", Definition: []string{
		"Each customer has a score made of measures with weights, and each score lies in a band. The bars show what part of the customers is in each band, and what part of the recurring revenue at the close: one large customer at risk weighs more than many small ones.",
		"Unknown are customers of whom too little is known to say. They are neither well nor at risk.",
	}}
	h := r.Health
	if h == nil || len(h.Exposures) == 0 {
		return f.missing("The folder has no file that a measure of health is made of.")
	}
	portions := portionsOf(h.Exposures)
	worst, unknown := portions[0], portions[len(portions)-1]
	switch all := worst.accounts.Den.IntPart(); {
	case all == 0:
		f = f.missing("There is no customer to score.")
	case int64(unknown.Accounts) == all:
		f = f.missing("Too little is known of any customer to say.")
	default:
		f.Number = fmt.Sprintf("%d of %d %s", worst.Accounts, all, printable(worst.Band))
		f.Said = fmt.Sprintf("%s of the customers, and %s of the revenue.", percent(worst.accounts), revenueOf(h, worst))
	}
	if unknown.Accounts > 0 {
		f.note("Too little is known of %s to say how well they are: they are in no band.", report.Plural(unknown.Accounts, "customer"))
	}
	if h.Example {
		f.note("Scored by example numbers, no recommendation: put your own in scorecard.json.")
	}
	legend := []swatch{{"fill", first, "of the customers"}}
	if h.Paid {
		legend = append(legend, swatch{"fill", second, "of the revenue"})
	} else {
		f.note("Revenue is undefined: the folder has no contracts.csv.")
	}
	f.Panels = []panel{{
		Legend: legend,
		Words:  "Bars of the share of customers and of revenue in each band; the numbers are in the table below.",
		frames: []frame{narrow, wide}, height: tall(len(portions), 46), draw: func(p *picture) { p.portions(portions, h.Paid) },
	}}
	f.Tables = []table{bandTable(h, portions, currency(r))}
	f.explain("there is no customer, or no revenue, to take a share of")
	return f
}

// portionsOf returns what part of all is in each band.
func portionsOf(exposures []health.Exposure) []portion {
	accounts, revenue := 0, decimal.Decimal{}
	for _, e := range exposures {
		accounts, revenue = accounts+e.Accounts, revenue.Add(e.Revenue)
	}
	portions := make([]portion, len(exposures))
	for i, e := range exposures {
		portions[i] = portion{e, success.RatioOf(e.Accounts, accounts), success.Ratio{Num: e.Revenue, Den: revenue}}
	}
	return portions
}

func revenueOf(h *report.Health, p portion) string {
	if !h.Paid {
		return undefined
	}
	return percent(p.revenue)
}

func bandTable(h *report.Health, portions []portion, currency string) table {
	t := table{Caption: unit("Customers and recurring revenue a year by band", currency), Head: []string{"Band", "accounts", "of them", "revenue", "of it"}}
	for _, p := range portions {
		revenue := undefined
		if h.Paid {
			revenue = whole(p.Revenue)
		}
		t.add(printable(p.Band), strconv.Itoa(p.Accounts), percent(p.accounts), revenue, revenueOf(h, p))
	}
	return t
}

func (p *picture) portions(portions []portion, paid bool) {
	names := make([]string, len(portions))
	for i, portion := range portions {
		names[i] = printable(portion.Band)
	}
	p.rows(names)
	p.rulesX(0, 1, hundredths)
	for i, portion := range portions {
		y := float64(len(portions) - 1 - i)
		p.bar(y+0.02, y+0.38, portion.accounts, first)
		if paid {
			p.bar(y-0.38, y-0.02, portion.revenue, second)
		}
	}
}

// bar draws a share between two heights, with its number.
func (p *picture) bar(bottom, top float64, r success.Ratio, k ink) {
	v, ok := r.Float64()
	if !ok {
		p.write(0, (bottom+top)/2, undefined, muted, draw.XLeft)
		return
	}
	p.block(0, bottom, v, top, k)
	p.write(v, (bottom+top)/2, percent(r), text, draw.XLeft)
}
