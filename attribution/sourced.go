package attribution

import (
	"github.com/shopspring/decimal"

	"metrics.internal/success"
)

// Sourced is the revenue of won deals by what brought them in: without it the
// deal would not exist. Every deal is in one row, so that rows add up to the
// total, digit for digit. It is not to be added to what is [Influenced].
type Sourced struct {
	Query Query        `json:"query"`
	AsOf  success.Date `json:"as_of,omitzero"` // day from which on nothing is known

	Rows  []SourcedRow `json:"rows"`  // in the order of a [Table], by currency within a key
	Total []SourcedRow `json:"total"` // one for each of [Pipeline.Currencies], without a key
}

// A SourcedRow is what a key brought in, in one currency.
type SourcedRow struct {
	Key      string          `json:"key,omitempty"` // [Unattributed] when no accepted lead did
	Currency string          `json:"currency,omitempty"`
	Deals    int             `json:"deals"` // won
	Net      decimal.Decimal `json:"net"`   // of those
}

// Sourced returns the net revenue of the won deals that q counts, by its cut.
// Keys without a won deal have no row. It reports what [Pipeline.Table] does.
func (p *Pipeline) Sourced(q Query) (Sourced, error) {
	table, err := p.Table(q)
	if err != nil {
		return Sourced{}, err
	}
	s := Sourced{Query: table.Query, AsOf: table.AsOf}
	for _, r := range table.Rows {
		for _, m := range r.Money {
			if m.WonDeals > 0 {
				s.Rows = append(s.Rows, SourcedRow{r.Key, m.Currency, m.WonDeals, m.Net})
			}
		}
	}
	for _, m := range table.Total.Money {
		s.Total = append(s.Total, SourcedRow{"", m.Currency, m.WonDeals, m.Net})
	}
	return s, nil
}
