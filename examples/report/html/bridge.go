package main

import (
	"fmt"
	"strconv"

	"github.com/shopspring/decimal"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
	"metrics.internal/success/examples/internal/report"
	"metrics.internal/success/retention"
)

// A step of the bridge goes from one amount to another.
type step struct {
	name     string
	amount   decimal.Decimal
	from, to decimal.Decimal
	accounts string
	ink      ink
}

// bridge takes the change of monthly recurring revenue apart.
func bridge(r *report.Report) figure {
	f := figure{ID: "bridge", Title: "MRR bridge", Definition: []string{
		"Monthly recurring revenue (MRR) is a twelfth of what the active contracts bring in a year. The bridge leads from the close of the day before the period to the close of its last day: opening + new + reactivation + expansion − contraction − churn + exchange rates = closing, exactly.",
		"New is what those pay at the close who never paid before; reactivation what those pay who came back; expansion and contraction what those pay more or less who stayed; churn what those paid at the opening who left. All of it is at the exchange rates of the opening; what the rates did since is a step of its own.",
	}}
	if r.Retention == nil {
		return f.missing("The folder has no contracts.csv.")
	}
	m := r.Retention.Movement
	mrr := m.Monthly(6)
	f.Number = in(whole(mrr.Closing), currency(r)) + " a month"
	f.Said = fmt.Sprintf("at the close, from %s at the opening: %s.", whole(mrr.Opening), report.Signed(mrr.Closing.Sub(mrr.Opening), 0))
	steps := stepsOf(m, mrr)
	f.Panels = []panel{{
		Legend: []swatch{{"fill", total, "opening and closing"}, {"fill", gain, "more"}, {"fill", loss, "less"}},
		Words:  fmt.Sprintf("Waterfall from an MRR of %s at the opening to %s at the closing; its steps are in the table below.", whole(mrr.Opening), whole(mrr.Closing)),
		frames: []frame{narrow, wide}, height: tall(len(steps), 30), draw: func(p *picture) { p.bridge(steps) },
	}}
	f.Tables = []table{bridgeTable(r, steps)}
	return f
}

// stepsOf returns the steps of a movement, of a month's revenue.
func stepsOf(m retention.Movement, mrr retention.Amounts) []step {
	n := m.Accounts
	count := strconv.Itoa
	steps := []step{
		{name: "Opening", amount: mrr.Opening, accounts: count(n.Opening)},
		{name: "New", amount: mrr.New, accounts: count(n.New)},
		{name: "Reactivation", amount: mrr.Reactivation, accounts: count(n.Reactivated)},
		{name: "Expansion", amount: mrr.Expansion, accounts: count(n.Upgraded)},
		{name: "Contraction", amount: mrr.Contraction.Neg(), accounts: count(n.Downgraded)},
		{name: "Churn", amount: mrr.Churn.Neg(), accounts: count(n.Churned)},
		{name: "Exchange rates", amount: mrr.FX, accounts: "–"},
		{name: "Closing", amount: mrr.Closing, accounts: count(n.Closing)},
	}
	last := len(steps) - 1
	at := decimal.Decimal{}
	for i := range steps {
		s := &steps[i]
		s.from, s.to, s.ink = at, at.Add(s.amount), gain
		switch {
		case i == last:
			s.from, s.to, s.ink = decimal.Decimal{}, s.amount, total
		case i == 0:
			s.ink = total
		case s.amount.IsNegative():
			s.ink = loss
		}
		at = s.to
	}
	return steps
}

func bridgeTable(r *report.Report, steps []step) table {
	t := table{
		Caption: unit("MRR from the opening to the closing", currency(r)),
		Head:    []string{"Step", "a month", "a year", "accounts"},
	}
	a := r.Retention.Movement.Amounts
	years := []decimal.Decimal{a.Opening, a.New, a.Reactivation, a.Expansion, a.Contraction.Neg(), a.Churn.Neg(), a.FX, a.Closing}
	for i, s := range steps {
		t.add(s.name, report.Amount(s.amount, 2), report.Amount(years[i], 2), s.accounts)
	}
	return t
}

func (p *picture) bridge(steps []step) {
	names := make([]string, len(steps))
	low, high := 0.0, 0.0
	for i, s := range steps {
		names[i] = s.name
		low, high = min(low, number(s.to)), max(high, number(s.to))
	}
	p.rows(names)
	p.rulesX(low, span(low, high), short)
	for i, s := range steps {
		y := float64(len(steps) - 1 - i)
		from, to := number(s.from), number(s.to)
		p.block(from, y-0.32, to, y+0.32, s.ink)
		if i+1 < len(steps) {
			p.line(plotter.XYs{{X: to, Y: y - 0.32}, {X: to, Y: y - 0.68}}, muted, 1)
		}
		words := p.amount(s.amount)
		if s.ink == gain && !s.amount.IsZero() {
			words = "+" + words
		}
		p.write(max(from, to), y, words, text, draw.XLeft)
	}
}

// span keeps a range from being empty.
func span(low, high float64) float64 {
	if high > low {
		return high
	}
	return low + 1
}

// currency returns the currency of a report, empty when nothing names one.
func currency(r *report.Report) string {
	if r.Currency == nil {
		return ""
	}
	return *r.Currency
}
