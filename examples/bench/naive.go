package main

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

// naiveYear is one period the obvious way: a decimal for each account in a map.
func naiveYear(contracts []success.Contract, p success.Period) (opening, kept decimal.Decimal) {
	open, end := map[success.AccountID]decimal.Decimal{}, map[success.AccountID]decimal.Decimal{}
	twelve := decimal.NewFromInt(12)
	active := func(c *success.Contract, d success.Date) bool {
		return c.Start.Before(d) && (c.End.IsZero() || !c.End.Before(d))
	}
	for i := range contracts {
		c := &contracts[i]
		rate := c.Price.Mul(twelve).DivRound(decimal.NewFromInt(int64(c.Term.Count)), 6)
		if active(c, p.From) {
			open[c.Account] = open[c.Account].Add(rate)
		}
		if active(c, p.To) {
			end[c.Account] = end[c.Account].Add(rate)
		}
	}
	for account, o := range open {
		opening = opening.Add(o)
		kept = kept.Add(decimal.Min(end[account], o))
	}
	return opening, kept
}

func naive(contracts []success.Contract, periods []success.Period) (all []figures, err error) {
	for _, p := range periods {
		opening, kept := naiveYear(contracts, p)
		f, err := figuresOf([]decimal.Decimal{opening, {}, {}, {}, {}, {}, {}, kept})
		if err != nil {
			return nil, err
		}
		f.Partly = true
		all = append(all, f)
	}
	return all, nil
}
