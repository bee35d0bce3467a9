package attribution

import (
	"github.com/shopspring/decimal"

	"metrics.internal/success"
)

// Records are what a [Pipeline] is built from, each slice in any order.
type Records struct {
	Leads        []Lead
	Deals        []Deal
	Adjustments  []Adjustment
	Interactions []success.Interaction // those that leads refer to, and any others
	Touches      []Touch               // for [Pipeline.Influenced]
}

// Options say how records become a [Pipeline]. The zero value is the documented
// default of each.
type Options struct {
	// AsOf is the day from which on nothing is known: what is dated on it or
	// later is left out, and a deal closed then is still open. Times are dated
	// in their own locations: at one moment it may be known here and not there.
	// None is the day after the newest lead, deal or adjustment, so that all are
	// known; those of 9999-12-31 too, which no day is after.
	AsOf success.Date

	// DuplicateDays is for how many days, of 24 hours, after an accepted lead
	// another of the same account is a duplicate of it, the last moment
	// included. 0 means 90; below 0 there are no duplicates. At most 36,500.
	DuplicateDays int

	// RefuseOwn makes a deal whose owner submitted its lead not attributable to
	// it: nothing was handed over.
	RefuseOwn bool

	// Accounts are all there are. When given, even if there are none, a record
	// of an account that is not among them is a fault; nil is not given.
	Accounts []success.Account

	// Teams gives the team of each agent. Agents who are not in it, or have an
	// empty one, are in team [NoKey].
	Teams map[string]string

	// Currency is the reporting currency, into which Rates converts the amounts
	// of a deal at the rate of its closing day, or of the day AsOf while it is
	// open. When empty, amounts stay in the currency of the deal, each currency
	// apart.
	Currency string
	Rates    []Rate

	// Level is that of confidence intervals. 0 means 0.95.
	Level float64
}

// A Rate is the value of one unit of a currency in the reporting currency from a
// day on. The rate of a day is the latest on or before it, else the earliest
// after it.
type Rate struct {
	Currency string          `json:"currency"`
	Date     success.Date    `json:"date"`
	Rate     decimal.Decimal `json:"rate"` // reporting currency per unit, above 0
}
