package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"text/tabwriter"

	"github.com/shopspring/decimal"

	"metrics.internal/success/attribution/credit"
	"metrics.internal/success/attribution/journey"
)

// A table has what keys earn by several models.
type table struct {
	book    *journey.Book
	names   []string          // of the models
	credits []*journey.Credit // by model, with the same keys in the same order
	without []string          // models that cannot be used, and why
}

// leading is the model by which keys are put in order.
const leading = "Markov 1"

func newTable(s *source) (*table, error) {
	book, err := journey.New(s.paths)
	if err != nil {
		return nil, s.named(err)
	}
	t := &table{book: book}
	for _, m := range []credit.Model{credit.First(), credit.Last(), credit.Linear(), credit.U()} {
		c, err := m.Credit(s.paths)
		if err != nil {
			return nil, s.named(err)
		}
		t.add(m.String(), c)
	}
	sets, err := book.Shapley()
	if err != nil {
		return nil, s.named(err)
	}
	t.add("Shapley", sets)
	for order := 1; order <= journey.MaxOrder; order++ {
		c, err := book.Markov(order)
		t.addOr(fmt.Sprint("Markov ", order), c, err)
	}
	t.rates()
	return t, nil
}

// rates adds the model of rates where there are rates to tell apart.
func (t *table) rates() {
	const name = "rate Shapley"
	if t.book.Lost() == 0 {
		t.without = append(t.without, name+": no journey was lost")
		return
	}
	c, err := t.book.RateShapley()
	t.addOr(name, c, err)
}

func (t *table) addOr(name string, c *journey.Credit, err error) {
	if err != nil {
		t.without = append(t.without, name+": "+err.Error())
		return
	}
	t.add(name, c)
}

func (t *table) add(name string, c *journey.Credit) {
	t.names = append(t.names, name)
	t.credits = append(t.credits, c)
}

func (t *table) show(w io.Writer, most int) {
	fmt.Fprintf(w, "%d journeys won, %d lost: %s\n", t.book.Won(), t.book.Lost(), t.book.Rate())
	if u := t.book.Untouched(); u.Won+u.Lost > 0 {
		fmt.Fprintf(w, "%d won and %d lost met no key and teach nothing\n", u.Won, u.Lost)
	}
	order := t.order()
	more := len(order) - min(most, len(order))
	order = order[:len(order)-more]
	t.section(w, "wins", order, more, func(p journey.Part) decimal.Decimal { return decimal.NewFromFloat(p.Won).Round(2) }, decimal.NewFromInt(t.book.Won()))
	if revenue := t.book.Revenue(); !revenue.IsZero() {
		t.section(w, "revenue", order, more, func(p journey.Part) decimal.Decimal { return p.Revenue.Round(2) }, revenue)
	}
	for _, why := range t.without {
		fmt.Fprintln(w, "\nWithout", why)
	}
}

// order returns the positions of keys, those with most credit first.
func (t *table) order() []int {
	by := t.credits[max(0, slices.Index(t.names, leading))]
	order := make([]int, len(by.Parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(by.Parts[j].Share, by.Parts[i].Share) })
	return order
}

// section shows one figure of each part, and their total: exact, where the parts
// shown are rounded.
func (t *table) section(w io.Writer, what string, order []int, more int, figure func(journey.Part) decimal.Decimal, total decimal.Decimal) {
	fmt.Fprintf(w, "\nCredit in %s\n", what)
	rows := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	line := func(first string, cell func(c *journey.Credit) string) {
		fmt.Fprint(rows, first, "\t")
		for _, c := range t.credits {
			fmt.Fprint(rows, cell(c), "\t")
		}
		fmt.Fprintln(rows)
	}
	fmt.Fprint(rows, "key\t")
	for _, name := range t.names {
		fmt.Fprint(rows, name, "\t")
	}
	fmt.Fprintln(rows)
	for _, i := range order {
		line(label(t.credits[0].Parts[i].Key), func(c *journey.Credit) string { return figure(c.Parts[i]).StringFixed(2) })
	}
	if more > 0 {
		line(strconv.Itoa(more)+" more", func(c *journey.Credit) string {
			rest := total
			for _, i := range order {
				rest = rest.Sub(figure(c.Parts[i]))
			}
			return rest.StringFixed(2)
		})
	}
	line("total", func(*journey.Credit) string { return total.StringFixed(2) })
	rows.Flush()
}

// label makes a key fit a table.
func label(key string) string {
	if quoted := strconv.Quote(key); key == "" || quoted[1:len(quoted)-1] != key {
		return quoted
	}
	return key
}
