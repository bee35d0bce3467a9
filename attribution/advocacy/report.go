package advocacy

import (
	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// Amounts are revenue of won deals. Net is Gross − Reversed.
type Amounts struct {
	Gross    decimal.Decimal `json:"gross"`    // with upward adjustments
	Reversed decimal.Decimal `json:"reversed"` // refunded or cancelled; at least 0
	Net      decimal.Decimal `json:"net"`
}

// Sourced is revenue, in one currency, that would not be without referrals.
type Sourced struct {
	Currency string `json:"currency,omitempty"`
	Amounts
}

// Influenced is revenue, in one currency, of deals for which references were
// given: the full amount of each, once.
type Influenced struct {
	Currency string `json:"currency,omitempty"`
	Amounts
}

// A Service is what was done for an account in the days before a moment.
type Service struct {
	Interactions int                   `json:"interactions"`
	Last         success.InteractionID `json:"last,omitempty"` // the last of them, of several at a moment the one of the largest ID; empty without any
}

// A ReferralLine is a referral and what came of it.
type ReferralLine struct {
	Referral
	Outcome Outcome              `json:"outcome"`
	Service Service              `json:"service"`           // done for the advocate before it
	Deals   []attribution.DealID `json:"deals,omitempty"`   // won deals that it is the source of, sorted
	Revenue []Sourced            `json:"revenue,omitempty"` // of these, by currency
}

// A ReviewLine is a review and the service before it.
type ReviewLine struct {
	Review
	Before Service `json:"before"`
}

// A ReferenceLine is a reference, what it was good for and the service before it.
type ReferenceLine struct {
	Reference
	Use    Use     `json:"use"`
	Won    bool    `json:"won"` // whether the deal it supported was won
	Before Service `json:"before"`
}

// An Advocate is what one account did for us. Advocates add up to the report.
type Advocate struct {
	Account    success.AccountID `json:"account"`
	Referrals  Referrals         `json:"referrals"`
	Revenue    []Sourced         `json:"revenue,omitempty"` // of whom it referred, by currency
	Reviews    Reviews           `json:"reviews"`
	References References        `json:"references"`
}

// Referrals counts referrals, and those whom they brought.
type Referrals struct {
	Submitted int `json:"submitted"`
	Accepted  int `json:"accepted"`
	Won       int `json:"won"`    // accepted, with at least one won deal, once however many
	Served    int `json:"served"` // accepted, with service before
}

// Reviews counts reviews.
type Reviews struct {
	Written int `json:"written"`
	Service int `json:"service"` // that speak of service
	Served  int `json:"served"`  // with service before
}

// References counts references.
type References struct {
	Given      int `json:"given"`
	Supporting int `json:"supporting"` // of a deal that was not closed yet
	Won        int `json:"won"`        // supporting, of a deal that was won
	Served     int `json:"served"`     // with service before
}

// A Total is the revenue of all won deals in one currency. Sourced and Other add
// up to All.
type Total struct {
	Currency string        `json:"currency,omitempty"`
	Sourced  Amounts       `json:"sourced"`
	Other    Amounts       `json:"other"`
	All      Amounts       `json:"all"`
	Share    success.Ratio `json:"share"` // of Sourced in All, both net; undefined when nothing is left of All
}

// A Report says what advocates brought.
type Report struct {
	AsOf        success.Date `json:"as_of,omitzero"` // as [Options] have it, and so are the others
	ServiceDays int          `json:"service_days"`   // 90 by default
	DealDays    int          `json:"deal_days,omitzero"`
	Level       float64      `json:"level,omitzero"`

	Referrals  Referrals  `json:"referrals"`
	Reviews    Reviews    `json:"reviews"`
	References References `json:"references"`

	Conversion success.Estimate `json:"conversion"` // Won / Accepted of referrals, with Wilson's interval; undefined without any accepted
	Served     success.Estimate `json:"served"`     // Served / Accepted of referrals, likewise
	Service    success.Estimate `json:"service"`    // Service / Written of reviews, likewise

	Revenue    []Total      `json:"revenue"`    // by currency
	Influenced []Influenced `json:"influenced"` // won deals with supporting references, by currency

	Advocates      []Advocate      `json:"advocates"`       // by account
	ReferralLines  []ReferralLine  `json:"referral_lines"`  // by time, then ID
	ReviewLines    []ReviewLine    `json:"review_lines"`    // by time, then ID
	ReferenceLines []ReferenceLine `json:"reference_lines"` // by time, then ID
}
