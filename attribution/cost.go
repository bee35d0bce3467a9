package attribution

import (
	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// A Cost is what was spent to win the leads of a [Row].
type Cost struct {
	Amount   decimal.Decimal `json:"amount"`             // at least 0
	Currency string          `json:"currency,omitempty"` // one that [Row.In] knows
}

// A Return compares a cost with what it brought in.
type Return struct {
	Cost     decimal.Decimal `json:"cost"` // rounded half to even to a millionth
	Net      decimal.Decimal `json:"net"`  // of won deals
	WonLeads int             `json:"won_leads"`
}

// Return compares a cost with the net revenue of r in its currency. It returns
// [success.Errors] for an amount below 0 ([success.ErrNegative]) or of 9·10¹² or
// more ([success.ErrRange]), and for a currency that r has nothing to do with
// ([success.ErrUnknown]).
func (r Row) Return(cost Cost) (Return, error) {
	var faults success.Errors
	d := doorOf("cost", -1, &faults)
	var micros int64
	if cost.Amount.Sign() < 0 {
		d.Add("Amount", exact.Show(cost.Amount), success.ErrNegative)
	} else {
		micros = d.micros("Amount", cost.Amount)
	}
	money, ok := r.In(cost.Currency)
	if !ok {
		d.Add("Currency", cost.Currency, success.ErrUnknown)
	}
	if err := faults.Err(); err != nil {
		return Return{}, err
	}
	return Return{exact.Decimal(micros), money.Net, r.WonLeads}, nil
}

// ROI returns the return on investment, (Net − Cost) / Cost, at least −1.
// Undefined without cost.
func (r Return) ROI() success.Ratio { return success.Ratio{Num: r.Net.Sub(r.Cost), Den: r.Cost} }

// PerWonLead returns Cost / WonLeads, undefined without cost and without a won
// lead.
func (r Return) PerWonLead() success.Ratio {
	if r.Cost.IsZero() {
		return success.Ratio{}
	}
	return success.Ratio{Num: r.Cost, Den: count(r.WonLeads)}
}
