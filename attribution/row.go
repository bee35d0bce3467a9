package attribution

import (
	"cmp"
	"math"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/interval"
	"metrics.internal/success/internal/productlimit"
)

// A Row counts leads and deals of one kind: of a source, an agent, a month.
//
// Leads are those submitted in the period, followed until the day as-of: a lead
// is won with the first deal won that is attributed to it, and counts once
// however many there are. It is lost when all its deals are, and open otherwise.
// Deals are those closed in the period, whenever their lead was submitted.
//
// A row that no [Pipeline.Table] has built, such as one read from JSON, or whose
// counts were changed, does not know how long each lead took and how deals
// differ: [Row.DaysToWin] and the limits of [Row.Expected] are undefined then.
// All else follows from its fields.
type Row struct {
	Key string `json:"key"` // of what; empty for the total, and for the only row of a table that is not divided

	Leads    int `json:"leads"`    // submitted: Accepted + Merged + Refused
	Accepted int `json:"accepted"` // WonLeads + LostLeads + OpenLeads
	Merged   int `json:"merged"`   // into a lead that was accepted before
	Refused  int `json:"refused"`  // for want of an interaction with the account at or before it

	WonLeads  int `json:"won_leads"`
	LostLeads int `json:"lost_leads"`
	OpenLeads int `json:"open_leads"`

	Money []Money `json:"money"` // one for each of [Pipeline.Currencies], in their order

	Level float64 `json:"level,omitzero"` // of confidence intervals; 0 means 0.95

	waits  []productlimit.Observation
	spread spread // of the net amounts in the first currency
}

// Money is what the deals of a [Row] in one currency come to.
type Money struct {
	Currency  string          `json:"currency,omitempty"`
	WonDeals  int             `json:"won_deals"`
	LostDeals int             `json:"lost_deals"`
	OpenDeals int             `json:"open_deals"` // opened in the period
	Gross     decimal.Decimal `json:"gross"`      // of won deals, with adjustments upwards
	Reversed  decimal.Decimal `json:"reversed"`   // adjustments downwards, at least 0
	Net       decimal.Decimal `json:"net"`        // Gross − Reversed, at least 0
	Open      decimal.Decimal `json:"open"`       // amounts of open deals
}

// Average returns the average won deal, Net / WonDeals, undefined without one.
func (m Money) Average() success.Ratio {
	return success.Ratio{Num: m.Net, Den: count(m.WonDeals)}
}

// In returns the money of r in a currency; ok is false for one that r has
// nothing to do with. A row without deals that names no currency has nothing of
// every one.
func (r Row) In(currency string) (m Money, ok bool) {
	for _, m := range r.Money {
		if m.Currency == currency {
			return m, true
		}
	}
	if len(r.Money) == 1 && r.Money[0].blank() {
		return Money{Currency: currency}, true
	}
	return Money{}, false
}

// blank reports whether m is of no deal and no currency.
func (m Money) blank() bool {
	return m.Currency == "" && m.WonDeals == 0 && m.LostDeals == 0 && m.OpenDeals == 0
}

// ConversionRatio returns the exact share of accepted leads that were won,
// WonLeads / Accepted, undefined without any.
func (r Row) ConversionRatio() success.Ratio { return success.RatioOf(r.WonLeads, r.Accepted) }

// between returns a value between the limits that a critical value gives, without
// them when the level is outside (0, 1).
func (r Row) between(value float64, limits func(z float64) (lower, upper float64)) success.Estimate {
	z, ok := interval.Critical(cmp.Or(r.Level, check.DefaultLevel))
	if !ok {
		return success.EstimateOf(value, math.NaN(), math.NaN())
	}
	lower, upper := limits(z)
	return success.EstimateOf(value, lower, upper)
}

// Conversion returns the share of accepted leads that were won, in [0, 1], with
// its Wilson interval. Leads that are still open count as not won as yet, so that
// the conversion of young leads is low. Undefined without accepted leads, and
// without limits for a [Row.Level] outside (0, 1).
//
// Source: E. B. Wilson, Probable inference, the law of succession, and
// statistical inference, JASA 22 (1927).
func (r Row) Conversion() success.Estimate {
	if r.Accepted == 0 {
		return success.Estimate{}
	}
	won, n := float64(r.WonLeads), float64(r.Accepted)
	return r.between(won/n, func(z float64) (lower, upper float64) { return interval.Wilson(won, n, z) })
}

// WinRateRatio returns the exact share of deals closed in the period that were
// won, in whatever currency, undefined without any.
func (r Row) WinRateRatio() success.Ratio {
	won, lost := r.closed()
	return success.RatioOf(won, won+lost)
}

// WinRate returns the share of deals closed in the period that were won, in
// whatever currency and [0, 1], with its Wilson interval, which takes deals for
// independent of one another. It is of deals, where [Row.Conversion] is of leads.
// Undefined without closed deals, and without limits for a [Row.Level] outside
// (0, 1).
func (r Row) WinRate() success.Estimate {
	won, lost := r.closed()
	if won+lost == 0 {
		return success.Estimate{}
	}
	x, n := float64(won), float64(won+lost)
	return r.between(x/n, func(z float64) (lower, upper float64) { return interval.Wilson(x, n, z) })
}

func (r Row) closed() (won, lost int) {
	for _, m := range r.Money {
		won, lost = won+m.WonDeals, lost+m.LostDeals
	}
	return won, lost
}

// Difference returns by how much the conversion of r is above that of another
// row, in [−1, 1], with Newcombe's hybrid score interval, which takes the leads
// of both for different ones. Undefined when either has no accepted leads. The
// level is that of r; without limits for one outside (0, 1).
//
// Source: R. G. Newcombe, Interval estimation for the difference between
// independent proportions, Statistics in Medicine 17 (1998), method 10.
func (r Row) Difference(from Row) success.Estimate {
	if r.Accepted == 0 || from.Accepted == 0 {
		return success.Estimate{}
	}
	x1, n1 := float64(r.WonLeads), float64(r.Accepted)
	x2, n2 := float64(from.WonLeads), float64(from.Accepted)
	return r.between(x1/n1-x2/n2, func(z float64) (lower, upper float64) { return interval.Newcombe(x1, n1, x2, n2, z) })
}

// DaysToWin returns the number of calendar days in which a share of accepted
// leads is won, by the Kaplan–Meier estimate; 0.5 is the median. Leads that are
// not won, open or lost, have waited until the day as-of and count as censored
// then. Where the curve stays at the share for a while, it is half way between
// the day on which it gets there and the next on which a lead is won, or, after
// the last, the longest that any lead has waited. Undefined when fewer are won
// than that share, as estimated, for a share outside (0, 1), and for a row that
// does not know how long each lead took.
//
// Source: E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete
// observations, JASA 53 (1958).
func (r Row) DaysToWin(share float64) success.Figure {
	if len(r.waits) != r.Accepted {
		return success.Figure{}
	}
	days, ok := productlimit.Fit(r.waits).Quantile(share)
	if !ok {
		return success.Figure{}
	}
	return success.FigureOf(days)
}

// Expected returns the revenue that may be expected of the leads that are open,
// in units of the currency:
//
//	OpenLeads × conversion × average deal
//
// with the interval of the delta method, cut off at 0, which takes conversion p
// and average a for independent means, of n leads and k deals with variance s²:
//
//	± z × OpenLeads × √(a² p(1 − p)/n + p² s²/k)
//
// It is an estimate, not an amount of money: open leads may convert better or
// worse than those before, and a lead may bring several deals, only one of which
// is counted. Undefined without accepted leads or won deals and with several
// currencies; without limits for fewer than two won deals or no won lead, and for
// a row that does not know how deals differ.
func (r Row) Expected() success.Estimate {
	if len(r.Money) != 1 {
		return success.Estimate{}
	}
	value, ok := r.expectation()
	if !ok {
		return success.Estimate{}
	}
	if r.WonLeads == 0 || r.spread.n < 2 || int(r.spread.n) != r.Money[0].WonDeals {
		return success.EstimateOf(value, math.NaN(), math.NaN())
	}
	margin := r.deviation()
	return r.between(value, func(z float64) (lower, upper float64) { return max(0, value-z*margin), value + z*margin })
}

func (r Row) expectation() (value float64, ok bool) {
	m := r.Money[0]
	num := m.Net.Mul(count(r.OpenLeads)).Mul(count(r.WonLeads))
	return exact.Float64(num, count(r.Accepted).Mul(count(m.WonDeals)))
}

// deviation is the standard error of the expected revenue.
func (r Row) deviation() float64 {
	n, k := float64(r.Accepted), r.spread.n
	p, a := float64(r.WonLeads)/n, r.spread.mean
	variance := r.spread.squares / (k - 1)
	return float64(r.OpenLeads) * math.Sqrt(a*a*p*(1-p)/n+p*p*variance/k)
}
