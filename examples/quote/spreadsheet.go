package main

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// The figures in this file are those that spreadsheets and dashboards make of
// the ones of the library, which has no call for them on purpose. They are here
// to show how far off they are.

// compounded multiplies the net retention of months.
func compounded(months []retention.Movement) success.Ratio {
	product := success.Ratio{Num: decimal.NewFromInt(1), Den: decimal.NewFromInt(1)}
	for _, m := range months {
		nrr := m.NRR()
		product = success.Ratio{Num: product.Num.Mul(nrr.Num), Den: product.Den.Mul(nrr.Den)}
	}
	return product
}

// average is the mean of the net retention of months, each of which weighs the same.
func average(months []retention.Movement) success.Ratio {
	sum := success.Ratio{Num: decimal.Zero, Den: decimal.NewFromInt(1)}
	for _, m := range months {
		nrr := m.NRR()
		sum = success.Ratio{Num: sum.Num.Mul(nrr.Den).Add(nrr.Num.Mul(sum.Den)), Den: sum.Den.Mul(nrr.Den)}
	}
	return success.Ratio{Num: sum.Num, Den: sum.Den.Mul(decimal.NewFromInt(int64(len(months))))}
}

// pooled is the share of all customers of all months that left in theirs.
func pooled(months []retention.Movement) success.Ratio {
	var all success.Ratio
	for _, m := range months {
		all = all.Add(m.LogoChurn())
	}
	return all
}

// onAverage is the customers lost, of the mean of those at the opening and the close.
func onAverage(m retention.Movement) success.Ratio {
	return success.RatioOf(2*m.Accounts.Churned, m.Accounts.Opening+m.Accounts.Closing)
}

// grown is all revenue at the close, of that at the opening.
func grown(m retention.Movement) success.Ratio {
	return success.Ratio{Num: m.Closing, Den: m.Opening}
}
