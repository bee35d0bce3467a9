package main

import (
	"fmt"
	"strconv"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
	"metrics.internal/success"
	"metrics.internal/success/cohort/help"
	"metrics.internal/success/examples/internal/report"
)

// An estimated is a row of a picture of estimates.
type estimated struct {
	name string
	success.Estimate
	ink ink
}

// helped compares customers with help and without.
func helped(r *report.Report) figure {
	f := figure{ID: "help", Title: "Customers with help and without", Definition: []string{
		"The landmark design: of the customers there on a day, those whose help had begun by then are compared with all others, from that day on. Staying long enough to be helped is so no merit of help. Kept is the share still there after the horizon (Kaplan–Meier).",
		"The crude difference is biased: who is helped is not left to chance. Large customers may be helped more and stay longer anyhow. The adjusted difference is taken within segments, where customers are more alike, weighted by n₁n₀/(n₁ + n₀). It is as good as the segments are; no observation proves that help is the cause.",
	}}
	switch {
	case r.Retention == nil:
		return f.missing("The folder has no contracts.csv.")
	case r.Cohort == nil:
		return f.missing("Nobody has paid yet.")
	case r.Cohort.Help == nil:
		return f.missing("The folder has no help.csv, which says who was helped since when.")
	}
	h := r.Cohort.Help
	f.Number = differenceOf(h.Adjusted.Difference)
	f.Said = fmt.Sprintf("kept with help, within segments: %s. Crude, and biased: %s.", whyUndefined(h.Adjusted.Difference, points), whyUndefined(h.Difference, points))
	for _, warning := range r.Cohort.Warnings() {
		f.note("Warning: %s.", printable(warning))
	}
	f.note("Adjusted in %s; %d left out for want of accounts of both kinds.", report.Plural(h.Adjusted.Kept, "segment"), h.Adjusted.Dropped)
	arms, differences := estimatesOf(h)
	f.Panels = []panel{
		{
			Title:  fmt.Sprintf("Kept %s after day %d, with the 95 %% interval", report.Plural(h.Horizon, "day"), h.Day),
			Words:  "Shares kept with help and without, with their intervals; the numbers are in the table below.",
			frames: []frame{narrow, wide}, height: tall(2, 34), draw: func(p *picture) { p.estimates(arms, hundredths, false) },
		},
		{
			Title:  "Difference in percentage points, with the 95 % interval",
			Words:  "Differences, crude and adjusted, with their intervals; the numbers are in the table below.",
			frames: []frame{narrow, wide}, height: tall(2, 34),
			draw: func(p *picture) {
				p.estimates(differences, func(v float64) string { return digits(100 * v) }, true)
			},
		},
	}
	f.Tables = []table{armTable(h), differenceTable(h)}
	f.explain("too few accounts were followed so long, or, of an interval, all of them stayed or all left")
	return f
}

// differenceOf returns a difference without its interval.
func differenceOf(e success.Estimate) string {
	return points(success.Estimate{Value: e.Value})
}

// whyUndefined returns an estimate in words, or why there is none.
func whyUndefined(e success.Estimate, words func(success.Estimate) string) string {
	if !e.Value.Defined() {
		return "undefined, for want of accounts of both kinds that were followed so long"
	}
	return words(e)
}

func estimatesOf(h *help.Result) (arms, differences []estimated) {
	arms = []estimated{{"helped", h.Helped.Kept, first}, {"not helped", h.Unhelped.Kept, second}}
	differences = []estimated{{"crude (biased)", h.Difference, muted}, {"adjusted", h.Adjusted.Difference, first}}
	return arms, differences
}

func armTable(h *help.Result) table {
	t := table{
		Caption: fmt.Sprintf("Customers on day %d, and the share kept %s after it", h.Day, report.Plural(h.Horizon, "day")),
		Head:    []string{"By then", "accounts", "kept", "95 % interval"},
	}
	t.add("helped", strconv.Itoa(h.Helped.Accounts), share(h.Helped.Kept.Value), interval(h.Helped.Kept.Lower, h.Helped.Kept.Upper))
	t.add("not helped", strconv.Itoa(h.Unhelped.Accounts), share(h.Unhelped.Kept.Value), interval(h.Unhelped.Kept.Lower, h.Unhelped.Kept.Upper))
	return t
}

func differenceTable(h *help.Result) table {
	t := table{Caption: "Kept with help, less kept without", Head: []string{"Difference", "with its 95 % interval", "interval by"}}
	method := h.Method
	if method == "" {
		method = "–"
	}
	t.add("crude: biased, since help is not given by chance", points(h.Difference), method)
	t.add("adjusted: within segments", points(h.Adjusted.Difference), "Greenwood")
	return t
}

// estimates draws points with their intervals, one below the other.
func (p *picture) estimates(rows []estimated, name func(float64) string, difference bool) {
	names := make([]string, len(rows))
	low, high := 0.0, 1.0
	if difference {
		low, high = -0.05, 0.05
	}
	for i, row := range rows {
		names[i] = row.name
		for _, f := range []success.Figure{row.Value, row.Lower, row.Upper} {
			if v, ok := f.Float64(); ok {
				low, high = min(low, v), max(high, v)
			}
		}
	}
	p.rows(names)
	p.rulesX(low, high, name)
	if difference {
		p.line(plotter.XYs{{X: 0, Y: p.Y.Min}, {X: 0, Y: p.Y.Max}}, muted, 1)
	}
	for i, row := range rows {
		p.estimate(row, float64(len(rows)-1-i), low)
	}
}

func (p *picture) estimate(row estimated, y, left float64) {
	v, ok := row.Value.Float64()
	if !ok {
		p.write(left, y, undefined, muted, draw.XLeft)
		return
	}
	lower, bounded := row.Lower.Float64()
	upper, both := row.Upper.Float64()
	if bounded && both {
		p.line(plotter.XYs{{X: lower, Y: y}, {X: upper, Y: y}}, row.ink, 2)
		for _, end := range []float64{lower, upper} {
			p.line(plotter.XYs{{X: end, Y: y - 0.14}, {X: end, Y: y + 0.14}}, row.ink, 2)
		}
	}
	p.marks(plotter.XYs{{X: v, Y: y}}, row.ink, draw.CircleGlyph{})
}
