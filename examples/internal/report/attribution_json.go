package report

import (
	"encoding/json"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/credit"
)

// The JSON of the section. A model that had nothing to learn from is null.
type (
	attributionJSON struct {
		Sources    map[string]leadsJSON                  `json:"sources"`
		Agents     map[string]leadsJSON                  `json:"agents"`
		Total      leadsJSON                             `json:"total"`
		Outcomes   attribution.Outcomes                  `json:"outcomes"`
		Target     *targetJSON                           `json:"target"`
		Models     map[string]map[string]decimal.Decimal `json:"models"`       // after refunds; each adds up to TotalWon
		Influenced map[string]decimal.Decimal            `json:"influenced"`   // after refunds, each deal in full for every key
		TotalWon   decimal.Decimal                       `json:"total_won"`    // after refunds
		Gross      map[string]map[string]decimal.Decimal `json:"models_gross"` // as won; each adds up to TotalGross
		TotalGross decimal.Decimal                       `json:"total_gross"`  // as won
	}
	leadsJSON struct {
		Leads      int              `json:"leads"`
		Accepted   int              `json:"accepted"`
		WonLeads   int              `json:"won_leads"`
		OpenLeads  int              `json:"open_leads"`
		Conversion success.Estimate `json:"conversion"`
		DaysToWin  success.Figure   `json:"median_days_to_win"`
		WonDeals   int              `json:"won_deals"`
		Gross      decimal.Decimal  `json:"gross"`
		Reversed   decimal.Decimal  `json:"reversed"`
		Net        decimal.Decimal  `json:"net"`
		Average    success.Ratio    `json:"average"`
		Open       decimal.Decimal  `json:"open"` // amounts of open deals
		Expected   success.Estimate `json:"expected"`
	}
	targetJSON struct {
		attribution.Target
		Attainment success.Ratio `json:"attainment"`
		Elapsed    success.Ratio `json:"elapsed"`
		Pace       success.Ratio `json:"pace"`
		Needed     success.Ratio `json:"needed_per_day"`
		Projected  success.Ratio `json:"projected"`
	}
)

// MarshalJSON returns the section as [attributionJSON].
func (a *Attribution) MarshalJSON() ([]byte, error) {
	j := attributionJSON{
		Sources:    leadRows(a.Sources),
		Agents:     leadRows(a.everyAgent),
		Total:      leadRow(a.Sources.Total),
		Outcomes:   a.outcomes,
		Models:     map[string]map[string]decimal.Decimal{},
		Influenced: map[string]decimal.Decimal{},
		TotalWon:   a.Net(),
		Gross:      map[string]map[string]decimal.Decimal{},
		TotalGross: a.Won(),
	}
	if t := a.Target; t != nil {
		j.Target = &targetJSON{*t, t.Attainment(), t.Elapsed(), t.Pace(), t.Needed(), t.Projected()}
	}
	for _, r := range a.Influenced.Rows {
		j.Influenced[r.Key] = r.Net
	}
	for _, m := range a.Models {
		j.Models[m.Name], j.Gross[m.Name] = m.Net(), m.Amounts()
	}
	return json.Marshal(j)
}

func leadRows(t attribution.Table) map[string]leadsJSON {
	rows := map[string]leadsJSON{}
	for _, r := range t.Rows {
		rows[r.Key] = leadRow(r)
	}
	return rows
}

// leadRow returns a row with its money, of which there is one currency.
func leadRow(r attribution.Row) leadsJSON {
	m := r.Money[0]
	return leadsJSON{
		Leads: r.Leads, Accepted: r.Accepted, WonLeads: r.WonLeads, OpenLeads: r.OpenLeads,
		Conversion: r.Conversion(), DaysToWin: r.DaysToWin(0.5), WonDeals: m.WonDeals,
		Gross: m.Gross, Reversed: m.Reversed, Net: m.Net, Average: m.Average(), Open: m.Open, Expected: r.Expected(),
	}
}

// Amounts returns what each key gets of deals as they were won, and what nobody
// does; nil when the model had nothing to learn from.
func (m Modelled) Amounts() map[string]decimal.Decimal { return m.amounts(gross) }

// Net returns what [Modelled.Amounts] does, of what is left after refunds.
func (m Modelled) Net() map[string]decimal.Decimal { return m.amounts(net) }

func gross(r credit.Revenue) decimal.Decimal { return r.Gross }

func net(r credit.Revenue) decimal.Decimal { return r.Net }

func (m Modelled) amounts(of func(credit.Revenue) decimal.Decimal) map[string]decimal.Decimal {
	if m.split == nil {
		return nil
	}
	amounts := map[string]decimal.Decimal{attribution.Unattributed: {}}
	for _, t := range m.split.Totals {
		amounts[attribution.Unattributed] = of(t.Unattributed)
		for _, s := range t.Keys {
			amounts[s.Key] = of(s.Revenue)
		}
	}
	return amounts
}

// Won returns what the deals won in the period came to, which every model
// shares to the last unit.
func (a *Attribution) Won() decimal.Decimal { return a.total(gross) }

// Net returns what is left of [Attribution.Won] after refunds.
func (a *Attribution) Net() decimal.Decimal { return a.total(net) }

func (a *Attribution) total(of func(credit.Revenue) decimal.Decimal) decimal.Decimal {
	total := decimal.Decimal{}
	for _, m := range a.Models {
		if m.split == nil {
			continue
		}
		for _, t := range m.split.Totals {
			total = total.Add(of(t.Revenue))
		}
		break
	}
	return total
}
