package attribution

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"metrics.internal/success/internal/check"
)

var errMerge = errors.New("attribution: only answers to the same question as of the same day merge")

// Merge returns the table of the records of both, of which neither has an account
// that the other has. Counts and amounts are those of a pipeline of all records,
// digit for digit, and so is [Row.DaysToWin]; the limits of [Row.Expected] are so
// to about 15 digits. The parts are to have the same [Options], with an AsOf, which
// is not the same by itself. It is an error if tables differ in question, in the
// day as-of or in level, and if only one of them names the currencies of its deals.
func (t Table) Merge(other Table) (Table, error) {
	if t.Query != other.Query || t.AsOf != other.AsOf || t.Total.level() != other.Total.level() {
		return Table{}, fmt.Errorf("%w: %+v as of %v and %+v as of %v", errMerge, t.Query, t.AsOf, other.Query, other.AsOf)
	}
	currencies, err := joined(t.Total.Money, other.Total.Money)
	if err != nil {
		return Table{}, err
	}
	merged := Table{Query: t.Query, AsOf: t.AsOf, Total: t.Total.plus(other.Total, currencies)}
	rows := slices.Concat(t.Rows, other.Rows)
	slices.SortStableFunc(rows, func(a, b Row) int { return t.Query.By.compare(a.Key, b.Key) })
	for _, r := range rows {
		if last := len(merged.Rows) - 1; last >= 0 && merged.Rows[last].Key == r.Key {
			merged.Rows[last] = merged.Rows[last].plus(r, currencies)
		} else {
			merged.Rows = append(merged.Rows, r.plus(Row{}, currencies))
		}
	}
	return merged, nil
}

// compare puts keys into the order of a table.
func (c Cut) compare(a, b string) int {
	return cmp.Or(cmp.Compare(c.rank(a), c.rank(b)), strings.Compare(a, b))
}

// joined returns the currencies of both, in order. The one without a name is not
// among them where others are named and it has no deal.
func joined(a, b []Money) ([]string, error) {
	named := map[string]bool{}
	for _, m := range slices.Concat(a, b) {
		if !m.blank() {
			named[m.Currency] = true
		}
	}
	if len(named) == 0 {
		named[""] = true
	}
	if named[""] && len(named) > 1 {
		return nil, fmt.Errorf("%w: some deals have a currency and some have none", errMerge)
	}
	return keysInOrder(named), nil
}

func (r Row) level() float64 { return cmp.Or(r.Level, check.DefaultLevel) }

// plus returns both rows together, with money in so many currencies.
func (r Row) plus(s Row, currencies []string) Row {
	sum := Row{
		Key: r.Key, Level: r.Level,
		Leads: r.Leads + s.Leads, Accepted: r.Accepted + s.Accepted, Merged: r.Merged + s.Merged, Refused: r.Refused + s.Refused,
		WonLeads: r.WonLeads + s.WonLeads, LostLeads: r.LostLeads + s.LostLeads, OpenLeads: r.OpenLeads + s.OpenLeads,
		waits: slices.Concat(r.waits, s.waits),
	}
	for _, currency := range currencies {
		a, _ := r.In(currency)
		b, _ := s.In(currency)
		m := a.plus(b)
		m.Currency = currency
		sum.Money = append(sum.Money, m)
	}
	if len(currencies) == 1 {
		sum.spread = r.spread.plus(s.spread)
	}
	return sum
}

func (m Money) plus(n Money) Money {
	return Money{
		Currency: m.Currency,
		WonDeals: m.WonDeals + n.WonDeals, LostDeals: m.LostDeals + n.LostDeals, OpenDeals: m.OpenDeals + n.OpenDeals,
		Gross: m.Gross.Add(n.Gross), Reversed: m.Reversed.Add(n.Reversed), Net: m.Net.Add(n.Net), Open: m.Open.Add(n.Open),
	}
}

// plus returns the spread of all numbers of both.
//
// Source: T. F. Chan, G. H. Golub and R. J. LeVeque, Updating formulae and a
// pairwise algorithm for computing sample variances, COMPSTAT (1982).
func (s spread) plus(t spread) spread {
	if t.n == 0 {
		return s
	}
	n, apart := s.n+t.n, t.mean-s.mean
	return spread{n, s.mean + apart*t.n/n, s.squares + t.squares + apart*apart*s.n*t.n/n}
}
