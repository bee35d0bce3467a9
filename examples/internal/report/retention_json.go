package report

import (
	"encoding/json"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// The JSON of the section. Its keys are a contract with whoever reads it: amounts
// are strings with up to 6 decimal places, rates strings with 10, and what is
// undefined is null.
type (
	retentionJSON struct {
		Accounts countsJSON         `json:"accounts"`
		ARR      retention.Amounts  `json:"arr"`
		MRR      retention.Amounts  `json:"mrr"`
		Rates    ratesJSON          `json:"rates"`
		Renewals renewalsJSON       `json:"renewals"`
		Months   []monthJSON        `json:"months"`
		By       map[string]cutJSON `json:"by"`
		Lines    []lineJSON         `json:"lines"`
	}
	countsJSON struct {
		Opening     int `json:"opening"`
		New         int `json:"new"`
		Reactivated int `json:"reactivated"`
		Churned     int `json:"churned"`
		Closing     int `json:"closing"`
		Upgraded    int `json:"upgraded"`
		Downgraded  int `json:"downgraded"`
		Flat        int `json:"flat"`
		Free        int `json:"free"`
	}
	ratesJSON struct {
		NRR               success.Ratio `json:"nrr"`
		GRR               success.Ratio `json:"grr"`
		LogoRetention     success.Ratio `json:"logo_retention"`
		LogoChurn         success.Ratio `json:"logo_churn"`
		GrossRevenueChurn success.Ratio `json:"gross_revenue_churn"`
		NetRevenueChurn   success.Ratio `json:"net_revenue_churn"`
		UpgradeRate       success.Ratio `json:"upgrade_rate"`
		DowngradeRate     success.Ratio `json:"downgrade_rate"`
		FlatRate          success.Ratio `json:"flat_rate"`
		ExpansionRate     success.Ratio `json:"expansion_rate"`
		ContractionRate   success.Ratio `json:"contraction_rate"`
		QuickRatio        success.Ratio `json:"quick_ratio"`
		RenewalRateLogo   success.Ratio `json:"renewal_rate_logo"`
		RenewalRateGross  success.Ratio `json:"renewal_rate_gross"`
		RenewalRateNet    success.Ratio `json:"renewal_rate_net"`
		ARPAMRR           success.Ratio `json:"arpa_mrr"`
	}
	renewalsJSON struct {
		Due     int `json:"due"`
		Early   int `json:"early"`
		OnTime  int `json:"on_time"`
		Late    int `json:"late"`
		Overdue int `json:"overdue"`
		Lapsed  int `json:"lapsed"`
	}
	monthJSON struct {
		From     success.Date      `json:"from"`
		To       success.Date      `json:"to"`
		ARR      retention.Amounts `json:"arr"`
		Accounts countsJSON        `json:"accounts"`
		Rates    ratesJSON         `json:"rates"`
	}
	cutJSON struct {
		Additive bool               `json:"additive"`
		Rows     map[string]rowJSON `json:"rows"`
	}
	rowJSON struct {
		ARR      retention.Amounts `json:"arr"`
		Accounts countsJSON        `json:"accounts"`
		Rates    ratesJSON         `json:"rates"`
	}
	lineJSON struct {
		Account  success.AccountID `json:"account"`
		Opening  decimal.Decimal   `json:"opening"`
		Closing  decimal.Decimal   `json:"closing"`
		Movement retention.Kind    `json:"movement"`
		Amount   decimal.Decimal   `json:"amount"`
		FX       decimal.Decimal   `json:"fx"`
		Reasons  reasonsJSON       `json:"reasons"`
		Renewal  decimal.Decimal   `json:"renewal"`
		MidTerm  decimal.Decimal   `json:"mid_term"`
	}
	reasonsJSON struct {
		Seats   decimal.Decimal `json:"seats"`
		Price   decimal.Decimal `json:"price"`
		Product decimal.Decimal `json:"product"`
	}
)

// places are the decimal places of an amount.
const places = 6

// MarshalJSON returns the section as [retentionJSON].
func (s *Retention) MarshalJSON() ([]byte, error) {
	j := retentionJSON{
		Accounts: countsOf(s.Movement.Accounts),
		ARR:      s.Movement.Amounts,
		MRR:      s.Movement.Monthly(places),
		Rates:    ratesOf(s.Movement, s.Renewals),
		Renewals: renewalsJSON{
			s.Renewals.Due, s.Renewals.Early, s.Renewals.OnTime,
			s.Renewals.Late, s.Renewals.Overdue, s.Renewals.Lapsed,
		},
		Months: make([]monthJSON, len(s.Months)),
		By:     map[string]cutJSON{},
		Lines:  make([]lineJSON, len(s.lines)),
	}
	for i, m := range s.Months {
		row := rowOf(m.Movement, m.Renewals)
		j.Months[i] = monthJSON{m.Movement.Period.From, m.Movement.Period.To, row.ARR, row.Accounts, row.Rates}
	}
	for _, cut := range s.Cuts {
		rows := map[string]rowJSON{}
		for _, row := range cut.Rows {
			rows[row.Value] = rowOf(row.Movement, row.Renewals)
		}
		j.By[cut.Name] = cutJSON{cut.Additive, rows}
	}
	for i, l := range s.lines {
		j.Lines[i] = lineOf(l)
	}
	return json.Marshal(j)
}

func countsOf(c retention.Counts) countsJSON {
	return countsJSON{
		c.Opening, c.New, c.Reactivated, c.Churned, c.Closing,
		c.Upgraded, c.Downgraded, c.Flat, c.Free,
	}
}

func ratesOf(m retention.Movement, r retention.Renewals) ratesJSON {
	return ratesJSON{
		m.NRR(), m.GRR(), m.LogoRetention(), m.LogoChurn(), m.GrossRevenueChurn(), m.NetRevenueChurn(),
		m.UpgradeRate(), m.DowngradeRate(), m.FlatRate(), m.ExpansionRate(), m.ContractionRate(), m.QuickRatio(),
		r.Logo(), r.Gross(), r.Net(), m.MonthlyARPA(),
	}
}

func rowOf(m retention.Movement, r retention.Renewals) rowJSON {
	return rowJSON{m.Amounts, countsOf(m.Accounts), ratesOf(m, r)}
}

func lineOf(l retention.Line) lineJSON {
	return lineJSON{
		l.Account, l.Opening, l.Closing, l.Movement, l.Amount, l.FX,
		reasonsJSON{l.Reasons.Seats.Total(), l.Reasons.Price.Total(), l.Reasons.Product.Total()},
		l.Reasons.Renewal(), l.Reasons.MidTerm(),
	}
}
