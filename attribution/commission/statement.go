package commission

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// Amounts are a commission, taken apart: the others add up to Potential. None is
// below 0.
type Amounts struct {
	Potential   decimal.Decimal `json:"potential"`   // if the customer stays and nothing is refunded: Rate times the amount of the deal with its upward restatements
	Final       decimal.Decimal `json:"final"`       // paid, and kept whenever the customer leaves
	Recoverable decimal.Decimal `json:"recoverable"` // paid, and to be given back if the customer leaves too early
	Held        decimal.Decimal `json:"held"`        // not paid yet
	Reversed    decimal.Decimal `json:"reversed"`    // paid, and to be given back: the customer left too early, or was refunded
	Forfeited   decimal.Decimal `json:"forfeited"`   // not paid, and never will be
}

func (a *Amounts) add(b Amounts) {
	a.Potential = a.Potential.Add(b.Potential)
	a.Final = a.Final.Add(b.Final)
	a.Recoverable = a.Recoverable.Add(b.Recoverable)
	a.Held = a.Held.Add(b.Held)
	a.Reversed = a.Reversed.Add(b.Reversed)
	a.Forfeited = a.Forfeited.Add(b.Forfeited)
}

// A Line is the commission of one person from one deal.
type Line struct {
	Deal     attribution.DealID `json:"deal"`
	Account  success.AccountID  `json:"account"`
	Person   string             `json:"person"`
	Currency string             `json:"currency,omitempty"` // of the deal
	Left     success.Date       `json:"left,omitzero"`      // when the customer left, if it has by the day
	Next     success.Date       `json:"next,omitzero"`      // first day on which an amount of the line changes, as far as is known; none if never
	Amounts
}

// A Total is the commission of a person, or of all, in one currency.
type Total struct {
	Person   string `json:"person,omitempty"`
	Currency string `json:"currency,omitempty"`
	Amounts
}

// A Statement is the commission of all people from all deals won by a day.
type Statement struct {
	Day   success.Date `json:"day"`
	Lines []Line       `json:"lines"`         // by deal, then person
	Next  success.Date `json:"next,omitzero"` // first day on which a line changes or a deal is won, as far as is known; none if never
}

// People returns the sums of the lines of each person, by currency; by person,
// then currency.
func (s *Statement) People() []Total {
	return s.totals(func(l *Line) Total { return Total{Person: l.Person, Currency: l.Currency} })
}

// Totals returns the sums of all lines of each currency, by currency.
func (s *Statement) Totals() []Total {
	return s.totals(func(l *Line) Total { return Total{Currency: l.Currency} })
}

func (s *Statement) totals(of func(*Line) Total) []Total {
	type key struct{ person, currency string }
	at := map[key]int{}
	var all []Total
	for i := range s.Lines {
		t := of(&s.Lines[i])
		k := key{t.Person, t.Currency}
		n, known := at[k]
		if !known {
			n, all = len(all), append(all, t)
			at[k] = n
		}
		all[n].add(s.Lines[i].Amounts)
	}
	slices.SortFunc(all, func(a, b Total) int {
		return cmp.Or(strings.Compare(a.Person, b.Person), strings.Compare(a.Currency, b.Currency))
	})
	return all
}
