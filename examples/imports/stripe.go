package imports

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
)

// Stripe turns subscriptions of Stripe into contracts, one for each item, and
// their customers into accounts. The export is what the API answers to "List
// subscriptions" with status=all: list objects one behind the other, a bare
// array of subscriptions, or single ones.
//
// An item is a contract from start_date, or from the day on which it was created
// when that is after the day the subscription was, at the price of its unit in
// minor units (unit_amount_decimal before unit_amount; see below), for a term of
// recurring.interval × interval_count, with its quantity (in packages, where
// transform_quantity says so). An item of quantity 0 is free.
//
//	trial_start, trial_end     a contract with price 0; what is paid follows at trial_end
//	status active, past_due    it goes on, until cancel_at if there is one, or else to the end of
//	                           the current period with cancel_at_period_end
//	status trialing            the same, with what is paid from trial_end on as a contract to come
//	status canceled            it ended at ended_at, or else canceled_at
//	status paused              the trial ended without a way to pay: free until trial_end, nothing after
//	status incomplete,         left out: it never began
//	  incomplete_expired
//	status unpaid              left out: since when nothing was paid is not in the export
//	pause_collection           with behavior void or mark_uncollectible free from the start of the
//	                           current period (an assumption, and noted; since when is not in the
//	                           export) to resumes_at; with keep_as_draft it is paid later, and goes on
//	discounts, discount        contracts with a negative price that credit what is paid; see below
//
// Items whose price is metered, in tiers or chosen by the customer are left out:
// what they cost is not in a subscription.
//
// Discounts take off in the order of the list, those of items first, each from
// what the one before left, and never more than there is; what several take off
// one item is one credit, named after them all. percent_off is exact,
// not rounded to minor units as invoices are. amount_off is split over the items
// by what they cost, exactly; it is left out where that cannot be known: over
// items that are left out or of several terms, or in another currency. A coupon
// with duration forever or repeating is a credit from start to end of the
// discount; one with duration once is a credit over one term of the items that
// are paid on the first day on which there is anything to take it off.
// Discounts that are not expanded (IDs alone) are left out.
//
// All times are days in UTC. Amounts have two decimals but for the currencies of
// "Zero-decimal currencies" and "Three-decimal currencies"; of ISK and UGX, which
// that page gives two decimals for compatibility, too.
//
// Source: Stripe API reference, "The Subscription object", "The Price object",
// "The Discount object", "The Coupon object"; documentation, "How subscriptions
// work", "Pause payment collection", "Supported currencies".
func Stripe(r io.Reader) (Result, error) {
	s := newSink()
	pages, err := s.pages(r)
	if err != nil {
		return Result{}, err
	}
	n, more := 0, false
	for i, page := range pages {
		var subscriptions []any
		subscriptions, more = s.stripePage(place{"page", i}, page)
		for _, value := range subscriptions {
			at := place{"subscription", n}
			n++
			if value == nil {
				s.fault(at, "", "", success.ErrMissing)
			}
			s.stripeSubscription(s.object(at, "", "", value))
		}
	}
	if more {
		s.note("the list goes on: has_more of its last page is true")
	}
	return s.end()
}

// stripePage returns the subscriptions of a page, and whether it says that there
// are more.
func (s *sink) stripePage(at place, page any) (subscriptions []any, more bool) {
	if list, ok := page.([]any); ok {
		return list, false
	}
	fields, ok := page.(map[string]any)
	if ok && fields["object"] == "subscription" {
		return []any{page}, false
	}
	list := s.object(at, "", "list.", page)
	if _, has := fields["data"]; ok && !has {
		s.fault(at, "data", "", success.ErrMissing)
	}
	return list.list("data"), list.flag("has_more")
}

// A stripeSubscription is what is read of one.
type stripeSubscription struct {
	at      place
	id      string
	account success.Account
	status  string

	created, start         success.Date
	trialStart, trialEnd   success.Date
	cancelAt, end          success.Date
	periodStart, periodEnd success.Date
	atPeriodEnd            bool
	pause                  string // behavior of pause_collection
	resumes                success.Date

	items     []stripeItem
	discounts []stripeDiscount
}

func (s *sink) stripeSubscription(o object) {
	before := s.faults.Count
	sub := s.readStripe(o)
	if s.faults.Count != before {
		return
	}
	s.account(sub.at, sub.account)
	if reason := sub.unusable(); reason != "" {
		s.leaveOut(sub.at, sub.id, "%s", reason)
		return
	}
	for i := range sub.items {
		s.stripeItem(o, &sub, &sub.items[i])
	}
	s.stripeCredits(&sub)
}

func (s *sink) readStripe(o object) stripeSubscription {
	sub := stripeSubscription{
		at: o.at, id: o.need("id"), account: stripeCustomer(o), status: stripeStatus(o),
		created: o.seconds("created"), start: o.seconds("start_date"),
		trialStart: o.seconds("trial_start"), trialEnd: o.seconds("trial_end"),
		cancelAt: o.seconds("cancel_at"), atPeriodEnd: o.flag("cancel_at_period_end"),
		periodStart: o.seconds("current_period_start"), periodEnd: o.seconds("current_period_end"),
	}
	ended, canceled := o.seconds("ended_at"), o.seconds("canceled_at")
	sub.end = cmp.Or(ended, canceled)
	if sub.start = cmp.Or(sub.start, sub.created); sub.start.IsZero() {
		o.fault("start_date", nil, success.ErrMissing)
	}
	if sub.status == "canceled" && sub.end.IsZero() {
		o.fault("ended_at", nil, success.ErrMissing)
	}
	sub.readPause(o.child("pause_collection"))
	sub.discounts = o.discounts(-1)
	sub.readItems(o.child("items"))
	s.once(o.at, "subscription", sub.id)
	return sub
}

func (sub *stripeSubscription) readPause(o object) {
	sub.pause, sub.resumes = o.text("behavior"), o.seconds("resumes_at")
	known := []string{"keep_as_draft", "mark_uncollectible", "void"}
	if o.there() && !slices.Contains(known, sub.pause) {
		o.fault("behavior", o.value["behavior"], success.ErrUnknown)
	}
}

func (sub *stripeSubscription) readItems(o object) {
	if !o.there() {
		o.sink.fault(o.at, "items", "", success.ErrMissing)
	}
	for i, item := range o.children("data") {
		sub.items = append(sub.items, readStripeItem(item))
		sub.discounts = append(sub.discounts, item.discounts(i)...)
	}
	// Those of items come before those of the subscription.
	slices.SortStableFunc(sub.discounts, func(a, b stripeDiscount) int {
		return cmp.Compare(min(b.item, 0), min(a.item, 0))
	})
	if o.flag("has_more") {
		o.sink.leaveOut(o.at, sub.id, "has more items than the export holds")
	}
}

func stripeCustomer(o object) success.Account {
	id, customer := o.reference("customer")
	if id == "" && !customer.there() {
		o.fault("customer", nil, success.ErrMissing)
	}
	return success.Account{
		ID: success.AccountID(id), Name: customer.text("name"), SignedUp: customer.seconds("created"),
	}
}

func stripeStatus(o object) string {
	status := o.need("status")
	switch status {
	case "", "incomplete", "incomplete_expired", "trialing", "active", "past_due", "canceled", "unpaid", "paused":
	default:
		o.fault("status", status, success.ErrUnknown)
	}
	return status
}

// unusable says why a subscription is left out.
func (sub *stripeSubscription) unusable() string {
	switch {
	case strings.HasPrefix(sub.status, "incomplete"):
		return "has status " + sub.status + ": it never began"
	case sub.status == "unpaid":
		return "has status unpaid: since when is not in the export"
	case sub.status == "paused" && sub.trialEnd.IsZero():
		return "has status paused: since when is not in the export"
	}
	return ""
}

// stripeItem makes the contracts of an item.
func (s *sink) stripeItem(o object, sub *stripeSubscription, item *stripeItem) {
	if item.unknown != "" {
		s.leaveOut(sub.at, item.id, "%s", item.unknown)
		return
	}
	item.spans = s.stripeSpans(o, sub, item)
	item.ids = contractIDs(item.id, item.spans)
	if len(item.spans) == 0 {
		s.leaveOut(sub.at, item.id, "ended on the day it began, or before")
	}
	for i, span := range item.spans {
		c := item.contract(sub)
		c.ID, c.Start, c.End = item.ids[i], success.FromOrdinal(span.from), endOf(span.to)
		if span.free != "" {
			c.Price = decimal.Decimal{}
		}
		s.contract(sub.at, c)
	}
}

// stripeSpans returns the days on which an item is paid or free.
func (s *sink) stripeSpans(o object, sub *stripeSubscription, item *stripeItem) []span {
	start := sub.start
	if !sub.created.IsZero() && item.created.After(sub.created) {
		start = item.created
	}
	spans := life(start.Ordinal(), until(sub.endOf(o, item)))
	if !sub.trialEnd.IsZero() {
		spans = carve(spans, cmp.Or(sub.trialStart, sub.start).Ordinal(), sub.trialEnd.Ordinal(), "trial")
	}
	if sub.pause != "" && sub.pause != "keep_as_draft" {
		spans = s.paused(sub, item, spans)
	}
	return spans
}

func (s *sink) paused(sub *stripeSubscription, item *stripeItem, spans []span) []span {
	if sub.status == "canceled" {
		return spans
	}
	from := cmp.Or(item.periodStart, sub.periodStart)
	if from.IsZero() {
		s.leaveOut(sub.at, sub.id, "its pause is not applied: neither its start nor the current period's is in the export")
		return spans
	}
	s.note("subscription %s is paused (%s); since when is not in the export, and taken to be %s", sub.id, sub.pause, from)
	return carve(spans, from.Ordinal(), until(sub.resumes), "pause")
}

// endOf returns the day on which an item ends, none while nothing says so.
func (sub *stripeSubscription) endOf(o object, item *stripeItem) success.Date {
	switch {
	case sub.status == "canceled":
		return sub.end
	case sub.status == "paused":
		return sub.trialEnd
	case !sub.cancelAt.IsZero() || !sub.atPeriodEnd:
		return sub.cancelAt
	}
	end := cmp.Or(item.periodEnd, sub.periodEnd)
	if end.IsZero() {
		o.fault("current_period_end", nil, fmt.Errorf("%w, with cancel_at_period_end", success.ErrMissing))
	}
	return end
}
