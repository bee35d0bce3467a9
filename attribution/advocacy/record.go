package advocacy

import (
	"time"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// A Referral is a recommendation, by a customer, of somebody who might become one.
type Referral struct {
	ID       string            `json:"id"`       // unique within one call
	Advocate success.AccountID `json:"advocate"` // who recommended us
	Referred success.AccountID `json:"referred"` // to whom
	At       time.Time         `json:"at"`       // when
}

// A Review is what a customer wrote about us for others to read.
type Review struct {
	ID      string            `json:"id"`                // unique within one call
	Account success.AccountID `json:"account"`           // who wrote it
	At      time.Time         `json:"at"`                // when
	Service bool              `json:"service,omitempty"` // whether it speaks of service or support
}

// A Reference is a customer's answer to somebody who is about to buy.
type Reference struct {
	ID       string             `json:"id"`             // unique within one call
	Advocate success.AccountID  `json:"advocate"`       // who gave it
	At       time.Time          `json:"at"`             // when
	Deal     attribution.DealID `json:"deal,omitempty"` // for which deal; empty when for none in particular
}

// Records are what a report is made of, each slice in any order.
type Records struct {
	Referrals    []Referral
	Reviews      []Review
	References   []Reference
	Deals        []attribution.Deal // all, not only those of referred accounts
	Adjustments  []attribution.Adjustment
	Interactions []success.Interaction // with advocates, and any others
}

// Options are the choices of a report. The zero value is the default of each.
type Options struct {
	// AsOf is the day from which on nothing is known: what is dated on it or
	// later is left out, and a deal closed then is still open. None leaves out
	// nothing.
	AsOf success.Date

	// ServiceDays is for how many days, of 24 hours, before a referral, a review
	// or a reference an interaction with the advocate counts as service before
	// it, both ends included. 0 means 90.
	ServiceDays int

	// DealDays is for how many days, of 24 hours, after a referral a deal of the
	// referred account may be opened to be sourced, both ends included. 0 means
	// for ever.
	DealDays int

	// Accounts are all there are. When given, even if there are none, a record of
	// an account that is not among them is a fault; nil is not given.
	Accounts []success.Account

	// Level is that of confidence intervals, in (0, 1). 0 means 0.95.
	Level float64
}
