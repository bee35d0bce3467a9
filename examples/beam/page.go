package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/retention"
)

// show prints a result for people; its JSON has every digit.
func show(w io.Writer, r Result) {
	y := r.Year
	fmt.Fprintf(w, "%s to %s\n\n", r.Period.From, r.Period.To.AddDays(-1))
	fmt.Fprintf(w, "NRR %v, GRR %v, renewal rate %v of %d due\n", r.NRR, r.GRR, r.Renewals.Logo(), r.Renewals.Due)
	fmt.Fprintf(w, "ARR %v %s of %d customers at the close\n", whole(r.Close.ARR), y.Currency, r.Close.Customers)
	table(w, "Movements of ARR "+y.Currency, func(line func(...any)) {
		line("", "opening", "new", "back", "expansion", "contraction", "churn", "FX", "closing", "NRR")
		for _, m := range r.Months {
			movement(line, m.Period.From.String()[:len("2006-01")], m)
		}
		movement(line, "year", y)
	})
	table(w, "Accounts that stay longer than", func(line func(...any)) {
		line("days", "at risk", "share", "from", "to")
		for _, p := range r.Survival {
			line(p.Days, p.AtRisk, percent(success.FigureOf(p.Survival)), percent(p.Lower), percent(p.Upper))
		}
	})
	table(w, "Leads and deals by source", func(line func(...any)) {
		line("source", "accepted", "won", "conversion", "deals won", "gross", "reversed", "net", "")
		for _, s := range r.Sources.Rows {
			source(line, s.Key, s)
		}
		source(line, "together", r.Sources.Total)
	})
}

func movement(line func(...any), name string, m retention.Movement) {
	line(name, whole(m.Opening), whole(m.New), whole(m.Reactivation), whole(m.Expansion), whole(m.Contraction), whole(m.Churn),
		whole(m.FX), whole(m.Closing), m.NRR())
}

// source prints a line for each currency, and one without money where there is none.
func source(line func(...any), name string, r attribution.Row) {
	money := r.Money
	if len(money) == 0 {
		money = []attribution.Money{{}}
	}
	for _, m := range money {
		line(name, r.Accepted, r.WonLeads, r.ConversionRatio(), m.WonDeals, whole(m.Gross), whole(m.Reversed), whole(m.Net), m.Currency)
	}
}

func table(w io.Writer, title string, rows func(line func(cells ...any))) {
	fmt.Fprintf(w, "\n%s\n", title)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	rows(func(cells ...any) {
		for _, c := range cells {
			fmt.Fprintf(t, "%v\t", c)
		}
		fmt.Fprintln(t)
	})
	t.Flush()
}

func whole(d decimal.Decimal) string { return d.StringFixed(0) }

func percent(f success.Figure) string {
	v, ok := f.Float64()
	if !ok {
		return "n/a"
	}
	return fmt.Sprintf("%.1f%%", 100*v)
}
