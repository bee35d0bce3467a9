package credit

import "github.com/shopspring/decimal"

// A Revenue is what a share of won deals is worth. Gross is what was won at first;
// that of [attribution.Money] is with adjustments upwards. Net is the same in both.
type Revenue struct {
	Gross    decimal.Decimal `json:"gross"`    // as won
	Adjusted decimal.Decimal `json:"adjusted"` // the sum of refunds, below 0, and of restatements upwards
	Net      decimal.Decimal `json:"net"`      // Gross + Adjusted
}

func revenueOf(gross, adjusted decimal.Decimal) Revenue {
	return Revenue{gross, adjusted, gross.Add(adjusted)}
}

func (r Revenue) plus(s Revenue) Revenue {
	return Revenue{r.Gross.Add(s.Gross), r.Adjusted.Add(s.Adjusted), r.Net.Add(s.Net)}
}

// A Total is what the won deals in one currency are worth and who gets it.
//
//	Attributed + Unattributed = Revenue, and the sum of Keys = Attributed
//
// to the last unit.
type Total struct {
	Currency     string  `json:"currency"`
	Deals        int     `json:"deals"`     // won
	Untouched    int     `json:"untouched"` // of those, the ones without a touch that counts
	Revenue      Revenue `json:"revenue"`
	Attributed   Revenue `json:"attributed"`
	Unattributed Revenue `json:"unattributed"`
	Keys         []Share `json:"keys"` // every key with a touch that counts for a deal, in order; the same under each model
}

// A Share is what a key gets.
type Share struct {
	Key     string  `json:"key"`
	Revenue Revenue `json:"revenue"`
}
