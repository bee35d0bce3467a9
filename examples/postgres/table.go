package main

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health/support"
	"metrics.internal/success/retention"
)

// A table is what the months of a period were like.
type table struct {
	months []retention.Movement
	year   retention.Movement // of the whole period
	served []support.Tally    // by month
}

// measure streams contracts into a book and interactions into a desk, and asks them
// for the months of a period.
func measure(ctx context.Context, s *store, period success.Period, currency string) (t table, err error) {
	options, err := s.options(ctx, currency)
	if err != nil {
		return t, err
	}
	book, err := retention.StreamBook(s.contracts(ctx), options)
	if err != nil {
		return t, err
	}
	if t.year, err = book.Between(period); err != nil {
		return t, err
	}
	if t.months, err = book.Series(period.Months()); err != nil {
		return t, err
	}
	d := newDesk(period.Months(), period.To)
	err = d.serve(s.interactions(ctx))
	t.served = d.tallies
	return t, err
}

// write prints a line for each month and one for all.
func (t table) write(w io.Writer) error {
	columns := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(columns, "month\topening\tnew\tback\texpansion\tcontraction\tchurn\tFX\tclosing\tNRR\tGRR\ttickets\tfirst reply\t")
	var all support.Tally
	for i, m := range t.months {
		if err := line(columns, m.Period.From.String()[:len("2006-01")], m, &t.served[i]); err != nil {
			return err
		}
		all.Merge(&t.served[i])
	}
	if err := line(columns, "all", t.year, &all); err != nil {
		return err
	}
	return columns.Flush()
}

func line(w io.Writer, name string, m retention.Movement, served *support.Tally) error {
	times, err := served.Times(support.KaplanMeier)
	if err != nil {
		return err
	}
	fmt.Fprint(w, name, "\t")
	mrr := m.Monthly(2)
	for _, amount := range []decimal.Decimal{mrr.Opening, mrr.New, mrr.Reactivation, mrr.Expansion, mrr.Contraction, mrr.Churn, mrr.FX, mrr.Closing} {
		fmt.Fprint(w, amount.StringFixed(2), "\t")
	}
	_, err = fmt.Fprintf(w, "%v\t%v\t%d\t%v\t\n", m.NRR(), m.GRR(), served.Tickets, minutes(times.FirstResponse.Median))
	return err
}

// minutes is a wait for people to read.
func minutes(f success.Figure) string {
	if v, ok := f.Float64(); ok {
		return fmt.Sprintf("%.0f min", v)
	}
	return "–"
}
