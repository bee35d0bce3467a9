package attribution

import (
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// A LeadID identifies a lead.
type LeadID string

// A DealID identifies a deal.
type DealID string

// An AdjustmentID identifies an adjustment.
type AdjustmentID string

// A TouchID identifies a touch.
type TouchID string

// A Lead is a need of an account that somebody noticed and handed to sales. A
// lead of source [Service] is a service-qualified lead, SQL for short.
type Lead struct {
	ID          LeadID                `json:"id"`                    // unique within one call
	Account     success.AccountID     `json:"account"`               // whose need it is
	Source      Source                `json:"source"`                // where it came from
	Agent       string                `json:"agent,omitempty"`       // who submitted it
	Interaction success.InteractionID `json:"interaction,omitempty"` // the interaction it was noticed in; a service lead must have one
	At          time.Time             `json:"at"`                    // when it was submitted
}

// A Deal is something that may be bought by an account, once.
type Deal struct {
	ID       DealID            `json:"id"`                 // unique within one call
	Account  success.AccountID `json:"account"`            // who buys
	Product  string            `json:"product,omitempty"`  // what is bought
	Lead     LeadID            `json:"lead,omitempty"`     // the lead it came from; empty when there was none
	Owner    string            `json:"owner,omitempty"`    // who in sales it belongs to
	Opened   time.Time         `json:"opened"`             // when it became a deal
	Closed   time.Time         `json:"closed,omitzero"`    // when it was won or lost; zero while open
	Status   Status            `json:"status"`             // open, won or lost
	Amount   decimal.Decimal   `json:"amount"`             // what it is worth, at least 0
	Currency string            `json:"currency,omitempty"` // of Amount; empty when all amounts of a call are in one
}

// An Adjustment changes what a won deal is worth after it was won: a refund or
// cancellation when Amount is below zero, a restatement upwards when above.
type Adjustment struct {
	ID     AdjustmentID    `json:"id"`     // one that is given again, all the same, counts once; another of the same ID is a fault
	Deal   DealID          `json:"deal"`   // the won deal
	At     time.Time       `json:"at"`     // when it took effect, not before the deal was won
	Amount decimal.Decimal `json:"amount"` // in the currency of the deal
}

// Equal reports whether two adjustments say the same: the same ID, deal and
// amount, of whatever trailing zeros, at the same moment, which must be on the
// same day in the locations of both.
func (a Adjustment) Equal(b Adjustment) bool {
	if a.ID != b.ID || a.Deal != b.Deal || !a.At.Equal(b.At) || success.DateOf(a.At) != success.DateOf(b.At) {
		return false
	}
	difference, ok := exact.Add(a.Amount, b.Amount.Neg())
	return ok && difference.IsZero()
}

// A Touch is one contact of an account with something that may have moved it to
// buy: an advertisement, a page, a call, a ticket. An [success.Interaction] can
// be one; see [TouchOf].
//
// Touches of an account are in order of At, Priority and ID, those without an ID
// in order of Key and Kind. IDs are compared as text, so that "10" comes before
// "9": where numbers are to give the order they need leading zeros, or a Priority.
type Touch struct {
	ID       TouchID           `json:"id,omitempty"`       // unique within one call, where given
	Account  success.AccountID `json:"account"`            // who was touched
	Contact  string            `json:"contact,omitempty"`  // who of the account
	At       time.Time         `json:"at"`                 // when
	Priority int               `json:"priority,omitempty"` // of touches at the same moment the lower comes first
	Key      string            `json:"key,omitempty"`      // what gets the credit: a channel, a campaign, an agent; empty counts as [NoKey]
	Kind     string            `json:"kind,omitempty"`     // the caller's own words, to filter by
}

// NoKey is the key of touches without one, and Unattributed that of what no
// touch gets. A touch must not have the latter.
const (
	NoKey        = "(none)"
	Unattributed = "unattributed"
)

// TouchOf returns the touch that an interaction is: its kind is the
// interaction's, and its key as given, such as the agent, the channel or the
// word "service".
func TouchOf(i success.Interaction, key string) Touch {
	return Touch{ID: TouchID(i.ID), Account: i.Account, Contact: i.Contact, At: i.At, Key: key, Kind: i.Kind}
}
