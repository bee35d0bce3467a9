package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// A page shows a pipeline in a period.
type page struct {
	w        io.Writer
	pipeline *attribution.Pipeline
	period   success.Period
	currency string
}

func show(w io.Writer, pipeline *attribution.Pipeline, period success.Period, target decimal.Decimal) error {
	p := page{w, pipeline, period, pipeline.Currencies()[0]}
	fmt.Fprintf(w, "Service-qualified leads from %s to %s, as of %s\n", period.From, period.To.AddDays(-1), pipeline.AsOf())
	if err := p.league(); err != nil {
		return err
	}
	if err := p.sources(); err != nil {
		return err
	}
	if !target.IsZero() {
		if err := p.target(target); err != nil {
			return err
		}
	}
	if err := p.influenced(); err != nil {
		return err
	}
	p.outcomes()
	return nil
}

func (p *page) table(title string, rows func(line func(cells ...any))) {
	fmt.Fprintf(p.w, "\n%s\n", title)
	var b strings.Builder
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	rows(func(cells ...any) {
		for _, c := range cells {
			fmt.Fprintf(t, "%v\t", c)
		}
		fmt.Fprintln(t)
	})
	t.Flush()
	io.WriteString(p.w, b.String())
}

// in names an amount by its currency.
func (p *page) in(what string) string { return strings.TrimSpace(what + " " + p.currency) }

// league shows who brought in what, the most first.
func (p *page) league() error {
	table, err := p.pipeline.Table(attribution.Query{Period: p.period, By: attribution.ByAgent, Source: attribution.Service})
	if err != nil {
		return err
	}
	rows := slices.Clone(table.Rows)
	slices.SortStableFunc(rows, func(a, b attribution.Row) int { return b.Money[0].Net.Cmp(a.Money[0].Net) })
	p.table("League table: leads of the period, and deals won in it", func(line func(...any)) {
		line("", "agent", "leads", "accepted", "won", "open", "conversion", "deals", p.in("net"), p.in("expected"))
		for i, r := range append(rows, table.Total) {
			place, agent := fmt.Sprint(i+1), r.Key
			if i == len(rows) {
				place, agent = "", "together"
			}
			line(place, agent, r.Leads, r.Accepted, r.WonLeads, r.OpenLeads, percent(r.Conversion()), r.Money[0].WonDeals, r.Money[0].Net.Round(0), expected(r))
		}
	})
	return nil
}

// sources compares service with every other source.
func (p *page) sources() error {
	table, err := p.pipeline.Table(attribution.Query{Period: p.period, By: attribution.BySource})
	if err != nil {
		return err
	}
	service := attribution.Row{}
	for _, r := range table.Rows {
		if r.Key == attribution.Service.String() {
			service = r
		}
	}
	p.table("Sources", func(line func(...any)) {
		line("source", "accepted", "won", "conversion", "service above by", "days", "deals", p.in("gross"), "reversed", "net", "average", "open")
		for _, r := range append(slices.Clone(table.Rows), table.Total) {
			key, above := r.Key, percent(service.Difference(r))
			switch r.Key {
			case "":
				key, above = "total", ""
			case service.Key:
				above = ""
			}
			m := r.Money[0]
			line(key, r.Accepted, r.WonLeads, percent(r.Conversion()), above, r.DaysToWin(0.5), m.WonDeals,
				m.Gross.Round(0), m.Reversed.Round(0), m.Net.Round(0), rounded(m.Average()), m.Open.Round(0))
		}
	})
	return nil
}

func (p *page) target(amount decimal.Decimal) error {
	t, err := p.pipeline.Target(attribution.Query{Period: p.period, Source: attribution.Service}, attribution.Goal{Amount: amount, Currency: p.currency})
	if err != nil {
		return err
	}
	fmt.Fprintf(p.w, "\nTarget %s: %s won, %s of it, on day %d of %d; pace %s\n", p.in(t.Goal.Amount.String()), t.Actual.Round(0), t.Attainment(), t.Passed, t.Days, t.Pace())
	fmt.Fprintf(p.w, "  at this rate %s at the end; needed a day from now on: %s\n", rounded(t.Projected()), rounded(t.Needed()))
	return nil
}

// influenced shows what touches were there in the 30 days before a win.
func (p *page) influenced() error {
	const days = 30
	i, err := p.pipeline.Influenced(p.period, days*24*time.Hour)
	if err != nil {
		return err
	}
	if len(i.Rows) == 0 {
		return nil
	}
	p.table(fmt.Sprintf("Influenced: touched in the %d days before the win (each in full: %s of the total)", days, i.Overlap(p.currency)), func(line func(...any)) {
		line("key", "deals", p.in("net"))
		for _, r := range i.Rows {
			line(r.Key, r.Deals, r.Net.Round(0))
		}
	})
	return nil
}

// outcomes says what became of all leads and deals that are known.
func (p *page) outcomes() {
	o := p.pipeline.Outcomes()
	fmt.Fprint(p.w, "\nAll leads so far: ")
	list(p.w, o.Leads)
	fmt.Fprint(p.w, "All deals so far: ")
	list(p.w, o.Deals)
}

func list[O ~uint8](w io.Writer, counts map[O]int) {
	for i, o := range slices.Sorted(maps.Keys(counts)) {
		if i > 0 {
			fmt.Fprint(w, ", ")
		}
		fmt.Fprintf(w, "%v %d", any(o), counts[o])
	}
	fmt.Fprintln(w)
}

// percent writes an estimate of a share, or of a difference of two.
func percent(e success.Estimate) string {
	v, ok := e.Value.Float64()
	if !ok {
		return "n/a"
	}
	l, _ := e.Lower.Float64()
	u, _ := e.Upper.Float64()
	return fmt.Sprintf("%.0f%% (%.0f to %.0f)", 100*v, 100*l, 100*u)
}

func expected(r attribution.Row) string {
	e := r.Expected()
	v, ok := e.Value.Float64()
	if !ok {
		return "n/a"
	}
	l, ok := e.Lower.Float64()
	if !ok {
		return fmt.Sprintf("%.0f", v)
	}
	u, _ := e.Upper.Float64()
	return fmt.Sprintf("%.0f (%.0f to %.0f)", v, l, u)
}

func rounded(r success.Ratio) string {
	v, ok := r.Value(0)
	if !ok {
		return "n/a"
	}
	return v.String()
}
