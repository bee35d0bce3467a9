package main

import (
	"fmt"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
	"metrics.internal/success"
	"metrics.internal/success/examples/internal/report"
	"metrics.internal/success/retention"
)

// maxMonths is how many of the last months are shown.
const maxMonths = 24

// rates follows net and gross revenue retention from month to month.
func rates(r *report.Report) figure {
	f := figure{ID: "rates", Title: "NRR and GRR by month", Definition: []string{
		"Net revenue retention (NRR) is (opening + expansion − contraction − churn) / opening: what those who paid at the opening pay at the close, with what they pay more. Gross revenue retention (GRR) is Σ min(opening, closing) / Σ opening, account by account: the same without what anybody pays more, and so never above 100 %.",
		"Each point is of one month. The rates of a year are no product or sum of those of its months: who left in May is no part of June's opening, and an account that shrank and grew again is flat over the year.",
	}}
	if r.Retention == nil {
		return f.missing("The folder has no contracts.csv.")
	}
	m := r.Retention.Movement
	if !m.NRR().Defined() {
		f = f.missing("NRR and GRR are of the revenue at the opening, and there was none.")
	} else {
		f.Number = "NRR " + percent(m.NRR()) + " · GRR " + percent(m.GRR())
		f.Said = fmt.Sprintf("over the whole period, of %s paid a year at its opening.", in(whole(m.Opening), currency(r)))
	}
	months := r.Retention.Months
	if len(months) > maxMonths {
		f.note("The last %d of %d months are shown.", maxMonths, len(months))
		months = months[len(months)-maxMonths:]
	}
	f.Panels = []panel{{
		Legend: []swatch{{"dot", first, "NRR"}, {"square", second, "GRR"}},
		Words:  "Lines of NRR and GRR by month; the rates are in the table below.",
		frames: []frame{narrow, wide}, height: func(frame) float64 { return 260 },
		draw: func(p *picture) { p.rates(months) },
	}}
	f.Tables = append([]table{monthTable(months, currency(r))}, cutTables(r)...)
	f.explain("what opens without revenue has no rates, and a month of it is a gap in the lines")
	return f
}

func monthTable(months []report.Month, currency string) table {
	t := table{
		Caption: unit("Rates and closing revenue a year by month", currency),
		Head:    []string{"Month", "NRR", "GRR", "closing", "customers", "lost"},
	}
	for _, month := range months {
		m := month.Movement
		t.add(report.MonthName(m.Period), percent(m.NRR()), percent(m.GRR()), whole(m.Closing),
			strconv.Itoa(m.Accounts.Closing), strconv.Itoa(m.Accounts.Churned))
	}
	return t
}

// maxCut is how many rows of a cut are listed.
const maxCut = 12

// cutTables list the rates of the period by segment, owner and product.
func cutTables(r *report.Report) (tables []table) {
	for _, cut := range r.Retention.Cuts {
		rows := report.LargestFirst(cut.Rows)
		caption := unit("The period by "+cut.Name, currency(r))
		if len(rows) > maxCut {
			caption += fmt.Sprintf(", the %d of %d with the most revenue at the close", maxCut, len(rows))
			rows = rows[:maxCut]
		}
		if !cut.Additive {
			caption += "; an account that goes from one to another is lost here and won there"
		}
		tables = append(tables, cutTable(caption, cut.Name, rows))
	}
	return tables
}

func cutTable(caption, name string, rows []retention.Row) table {
	t := table{Caption: caption, Head: []string{name, "NRR", "GRR", "opening", "closing", "customers", "lost"}}
	for _, row := range rows {
		m := row.Movement
		t.add(printable(report.OrNone(row.Value)), percent(m.NRR()), percent(m.GRR()), whole(m.Opening), whole(m.Closing),
			strconv.Itoa(m.Accounts.Closing), strconv.Itoa(m.Accounts.Churned))
	}
	return t
}

func (p *picture) rates(months []report.Month) {
	nrr, low, high := runs(months, retention.Movement.NRR)
	grr, lower, higher := runs(months, retention.Movement.GRR)
	low, high = min(low, lower, 1), max(high, higher, 1)
	margin := max((high-low)*0.08, 0.005)
	p.X.Min, p.X.Max = -0.5, float64(len(months))-0.3
	p.rulesY(low-margin, high+margin, hundredths)
	p.X.Tick.Marker = monthTicks(months, p.most())
	p.line(plotter.XYs{{X: p.X.Min, Y: 1}, {X: p.X.Max, Y: 1}}, muted, 1, 4, 3)
	p.runs(grr, second, draw.BoxGlyph{})
	p.runs(nrr, first, draw.CircleGlyph{})
}

// runs returns the points of a rate in months one after the other in which it is
// defined, and how low and high they go.
func runs(months []report.Month, rate func(retention.Movement) success.Ratio) (all []plotter.XYs, low, high float64) {
	low, high = 1, 1
	var run plotter.XYs
	for i, month := range months {
		v, ok := rate(month.Movement).Float64()
		if !ok {
			run = nil
			continue
		}
		low, high = min(low, v), max(high, v)
		if len(run) == 0 {
			all = append(all, nil)
		}
		run = append(run, plotter.XY{X: float64(i), Y: v})
		all[len(all)-1] = run
	}
	return all, low, high
}

func (p *picture) runs(all []plotter.XYs, k ink, shape draw.GlyphDrawer) {
	for _, run := range all {
		p.line(run, k, 2)
		p.marks(run, k, shape)
	}
}

// monthTicks names at most so many months, the year below its first.
func monthTicks(months []report.Month, most int) (ticks plot.ConstantTicks) {
	every := max(1, (len(months)+most-1)/most)
	year := 0
	for i := 0; i < len(months); i += every {
		y, m, _ := months[i].Movement.Period.From.Civil()
		name := m.String()[:3]
		if y != year {
			name += "\n" + strconv.Itoa(y)
			year = y
		}
		ticks = append(ticks, plot.Tick{Value: float64(i), Label: name})
	}
	return ticks
}
