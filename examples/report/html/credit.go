package main

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
	"gonum.org/v1/plot/vg/draw"
	"metrics.internal/success/attribution"
	"metrics.internal/success/examples/internal/report"
)

// maxParts is how many keys have a colour of their own, and maxKeys how many are
// listed.
const (
	maxParts = 5
	maxKeys  = 12
)

// credit puts the models side by side that say which touches brought in a deal.
func credit(r *report.Report) figure {
	f := figure{ID: "credit", Title: "Credit by model", Definition: []string{
		"Each model shares what is left, after refunds, of the deals won in the period among what touched the account before, to the last unit: first and last give all to one touch, linear the same to each, position most to the first and the last, time decay more to the later. Markov and Shapley learn from which touches deals were won and lost.",
		"Deals that nothing touched within the window are nobody's. No model knows what caused a deal: where models part, that is how little is known.",
	}}
	a := r.Attribution
	switch {
	case a == nil:
		return f.missing("The folder has neither deals.csv nor leads.csv.")
	case !a.Touched:
		return f.missing("The folder has no touches.csv.")
	case a.Won().IsZero():
		return f.missing("No deal was won in the period.")
	}
	keys := a.Keys()
	f.Number = in(whole(a.Net()), a.Currency) + " won"
	f.Said = refunds(a) + ", shared in " + report.Plural(len(a.Models), "way") + "; " + window(a.Window) + "."
	if len(keys) > maxKeys {
		f.note("%s of %d are listed, those with the most revenue influenced.", report.Plural(maxKeys, "key"), len(keys))
	}
	for _, m := range a.Models {
		if m.Net() == nil {
			f.note("Undefined by model %s: there is nothing that it could learn from.", modelName(m))
		}
	}
	f.Panels = []panel{{
		Legend: creditLegend(keys),
		Words:  "One bar for each model, of who gets which part of the revenue; the amounts are in the table below.",
		frames: []frame{narrow, wide}, height: tall(len(a.Models), 30), draw: func(p *picture) { p.credit(a, keys) },
	}}
	f.Tables = []table{creditTable(a, keys[:min(len(keys), maxKeys)])}
	return f
}

func refunds(a *report.Attribution) string {
	back := a.Won().Sub(a.Net())
	if back.IsZero() {
		return "none of it refunded"
	}
	return "after " + whole(back) + " of refunds"
}

func window(days int) string {
	if days == 0 {
		return "touched at any time before"
	}
	return fmt.Sprintf("touched in the %d days before", days)
}

func modelName(m report.Modelled) string { return strings.ReplaceAll(m.Name, "_", " ") }

func creditLegend(keys []string) (legend []swatch) {
	for i, key := range keys[:min(len(keys), maxParts)] {
		legend = append(legend, swatch{"fill", part0 + ink(i), printable(report.KeyName(key))})
	}
	if len(keys) > maxParts {
		legend = append(legend, swatch{"fill", others, "other keys"})
	}
	return append(legend, swatch{"fill", nobody, "nobody"})
}

func creditTable(a *report.Attribution, keys []string) table {
	t := table{Caption: unit("Revenue won, after refunds, by key and model", a.Currency), Head: []string{"Key"}}
	for _, m := range a.Models {
		t.Head = append(t.Head, modelName(m))
	}
	for _, key := range append(keys[:len(keys):len(keys)], attribution.Unattributed) {
		name := printable(report.KeyName(key))
		if key == attribution.Unattributed {
			name = "nobody"
		}
		cells := []string{name}
		for _, m := range a.Models {
			cells = append(cells, creditOf(m, key))
		}
		t.add(cells...)
	}
	return t
}

// creditOf returns what a model gives to a key, undefined when it learned nothing.
func creditOf(m report.Modelled, key string) string {
	amounts := m.Net()
	if amounts == nil {
		return undefined
	}
	return whole(amounts[key])
}

func (p *picture) credit(a *report.Attribution, keys []string) {
	names := make([]string, len(a.Models))
	for i, m := range a.Models {
		names[i] = modelName(m)
	}
	p.rows(names)
	p.rulesX(0, span(0, number(a.Net())), short)
	for i, m := range a.Models {
		y := float64(len(names) - 1 - i)
		if m.Net() == nil {
			p.write(0, y, undefined, muted, draw.XLeft)
			continue
		}
		p.stack(y, m.Net(), keys)
	}
}

// stack draws the parts of the keys one after the other, nobody's last.
func (p *picture) stack(y float64, amounts map[string]decimal.Decimal, keys []string) {
	at := decimal.Decimal{}
	part := func(amount decimal.Decimal, k ink) {
		from := at
		at = at.Add(amount)
		p.block(number(from), y-0.36, number(at), y+0.36, surface) // a gap between parts
		gap := number(amount) * 0.04
		if width := number(at) - number(from); width > 0 {
			gap = min(gap, p.X.Max*0.004)
			p.block(number(from), y-0.36, number(at)-gap, y+0.36, k)
		}
	}
	for i, key := range keys[:min(len(keys), maxParts)] {
		part(amounts[key], part0+ink(i))
	}
	rest := decimal.Decimal{}
	for _, key := range keys[min(len(keys), maxParts):] {
		rest = rest.Add(amounts[key])
	}
	part(rest, others)
	part(amounts[attribution.Unattributed], nobody)
}
