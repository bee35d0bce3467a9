package retention

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

// A Grain says what is compared at both ends of a period.
type Grain uint8

// The grains. Moving 50 from product A to product B is no movement of the
// account, but 50 lost and 50 won for its products.
const (
	GrainAccount  Grain = iota // each account as a whole
	GrainProduct               // each product of each account
	GrainContract              // each contract with all its successors and credits
)

// Options say how contracts become a [Book]. The zero value is the documented
// default of each.
type Options struct {
	// Grain is what movements are measured on.
	Grain Grain

	// Early and Grace are how many days before and after the End of a contract
	// another may start and still be paired with it as its successor.
	Early, Grace int

	// Accounts describes the accounts, for cuts by their attributes. When it is
	// given, a contract of an account that is not in it is a fault.
	Accounts []success.Account

	// Mergers are applied to both ends of every period that ends after their
	// day, and to the history before it.
	Mergers []Merger

	// Currency is the reporting currency. When empty it is the one that all
	// contracts share.
	Currency string

	// Rates converts the other currencies.
	Rates []Rate

	// Workers is how many goroutines [Book.Between], [Book.On] and [Book.Series]
	// may use at the same time, 1,024 at most; 0 is one. The answers are the same,
	// digit for digit, and no goroutine is left when they are there.
	Workers int

	// IncludeReactivation counts reactivated revenue as kept in
	// [Movement.NRR].
	IncludeReactivation bool
}

// A Merger makes one account part of another from a day on.
type Merger struct {
	From success.AccountID `json:"from"` // the account that is absorbed
	To   success.AccountID `json:"to"`   // the account that goes on
	On   success.Date      `json:"on"`   // the first day as one
}

// A Rate is the value of one unit of a currency in the reporting currency from a
// day on. The rate of a day is the latest on or before it, else the earliest
// after it.
type Rate struct {
	Currency string          `json:"currency"`
	Date     success.Date    `json:"date"`
	Rate     decimal.Decimal `json:"rate"` // reporting currency per unit, above 0
}
