package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"metrics.internal/success/attribution/commission"
	"metrics.internal/success/attribution/split"
)

// show prints a statement: who has what, and of which deals.
func show(w io.Writer, statement *commission.Statement, s *sales) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "\nperson\tpotential\tfinal\trecoverable\theld\treversed\tforfeited\t\t")
	for _, p := range statement.People() {
		fmt.Fprintf(t, "%s\t", p.Person)
		amounts(t, p.Amounts, p.Currency)
		fmt.Fprintf(t, "%s\t\n", p.Currency)
	}
	for _, all := range statement.Totals() {
		fmt.Fprint(t, "all\t")
		amounts(t, all.Amounts, all.Currency)
		fmt.Fprintf(t, "%s\t\n", all.Currency)
	}
	fmt.Fprintln(t, "\ndeal\taccount\tperson\tpotential\tfinal\trecoverable\theld\treversed\tforfeited\tleft\tnext\t")
	for _, l := range statement.Lines {
		fmt.Fprintf(t, "%s\t%s\t%s\t", l.Deal, l.Account, l.Person)
		amounts(t, l.Amounts, l.Currency)
		fmt.Fprintf(t, "%s\t%s\t\n", l.Left, l.Next)
	}
	t.Flush()
	if statement.Next.IsZero() {
		fmt.Fprintln(w, "\nNothing of it will change any more.")
	} else {
		fmt.Fprintf(w, "\nThe next change is on %s.\n", statement.Next)
	}
	if len(s.unknown) > 0 {
		fmt.Fprintf(w, "Contracts do not tell whether the customers of %d deals left; they count as customers: %v\n", len(s.unknown), s.unknown)
	}
}

func amounts(w io.Writer, a commission.Amounts, currency string) {
	places := int32(split.Digits(currency))
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t", a.Potential.StringFixed(places), a.Final.StringFixed(places), a.Recoverable.StringFixed(places),
		a.Held.StringFixed(places), a.Reversed.StringFixed(places), a.Forfeited.StringFixed(places))
}
