package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/shopspring/decimal"
	"metrics.internal/success/attribution/credit"
	"metrics.internal/success/attribution/split"
)

// show prints what each key gets by each model, net of adjustments, a table for
// every currency.
func show(w io.Writer, splits []*credit.Split) {
	if len(splits[0].Totals) == 0 {
		fmt.Fprintln(w, "No deal was won.")
	}
	for c, total := range splits[0].Totals {
		if c > 0 {
			fmt.Fprintln(w)
		}
		places := int32(split.Digits(total.Currency))
		fmt.Fprintf(w, "%d deals won, %s net%s", total.Deals, strings.TrimSpace(total.Revenue.Net.StringFixed(places)+" "+total.Currency), refunds(total, places))
		fmt.Fprintf(w, "; %d without a touch\n\n", total.Untouched)
		table(w, splits, c, places)
	}
}

// refunds says how much of the revenue was given back or added later.
func refunds(t credit.Total, places int32) string {
	if t.Revenue.Adjusted.IsZero() {
		return ""
	}
	return fmt.Sprintf(" (%s as won)", t.Revenue.Gross.StringFixed(places))
}

func table(w io.Writer, splits []*credit.Split, currency int, places int32) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(name string, cell func(t *credit.Total) string) {
		fmt.Fprint(t, name, "\t")
		for _, s := range splits {
			fmt.Fprint(t, cell(&s.Totals[currency]), "\t")
		}
		fmt.Fprintln(t)
	}
	fmt.Fprint(t, "key\t")
	for _, s := range splits {
		fmt.Fprint(t, s.Model, "\t")
	}
	fmt.Fprintln(t)
	for i, k := range splits[0].Totals[currency].Keys {
		row(k.Key, func(t *credit.Total) string { return t.Keys[i].Revenue.Net.StringFixed(places) })
	}
	row("unattributed", func(t *credit.Total) string { return t.Unattributed.Net.StringFixed(places) })
	row("total", func(t *credit.Total) string { return sum(t).StringFixed(places) })
	t.Flush()
}

// sum adds up a column as it is shown.
func sum(t *credit.Total) decimal.Decimal {
	all := t.Unattributed.Net
	for _, k := range t.Keys {
		all = all.Add(k.Revenue.Net)
	}
	return all
}
