package imports

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution/split"
)

// Amounts says what prices of an export are written in.
type Amounts uint8

// What they may be written in. Nothing in an export tells the two apart, so one
// of them has to be named.
const (
	AmountsUnknown Amounts = iota
	MajorUnits             // 49.00 is 49 EUR
	MinorUnits             // 4900 is 49 EUR and, in a currency without decimals, 4900 JPY
)

// ChargebeeOptions say how a CSV file of Chargebee is to be read.
type ChargebeeOptions struct {
	Amounts Amounts        // what prices are written in, which must be said; columns in_decimal are in major units always
	Zone    *time.Location // of times without a zone; nil is UTC
}

var errAmounts = errors.New("is missing: prices are in MajorUnits or in MinorUnits")

// Chargebee turns subscriptions of Chargebee into contracts, one for each item
// that recurs, and their customers into accounts. The export is CSV with a row
// for each subscription, and columns named as in the API or after it, with or
// without "subscription" before them and whatever the case and punctuation:
// "subscription[plan_quantity]", "Plan Quantity" and "plan_quantity" are one.
//
//	id, customer_id, status,         needed; also customer[id] and currency[code]
//	  currency_code, billing_period_unit
//	plan_id, plan_quantity,          the plan, at unit price × (quantity − free quantity) for
//	  plan_free_quantity,            each billing_period × billing_period_unit
//	  plan_unit_price
//	addons[id][n], …                 addons, with quantity and unit_price
//	subscription_items[item_price_id][n],   the same of Product Catalog 2.0, with quantity,
//	  …                              free_quantity, unit_price and item_type; a charge is paid
//	                                 once, and left out
//	item_price_id, quantity, …       the same, where a subscription has one item
//	…_in_decimal                     before the column without it: unit price in major units,
//	                                 quantity
//	start_date, started_at,          it begins: the first of started_at, start_date, activated_at
//	  activated_at, created_at       and created_at that is there
//	trial_start, trial_end           a contract with price 0; what is paid follows at trial_end
//	status future, in_trial, active  it goes on, until cancelled_at if there is one
//	status non_renewing              it ends at cancelled_at, or else current_term_end
//	status cancelled                 it ended at cancelled_at
//	status paused, or pause_date     no contract from pause_date to resume_date
//	status transferred, deleted      left out
//
// An item without a unit price (in tiers, by volume, by stairs) is left out: what
// it costs is not in the export. So are coupons: what they take off is not there
// either. A quantity that is no whole number is paid as one unit of its whole
// cost.
//
// Minor units are those of ISO 4217. Days are those of the zone in which times
// are written.
//
// Source: Chargebee API documentation, "Subscriptions" and "Currencies";
// Chargebee documentation, "Export data", "Bulk operations: subscriptions" and
// "Pause subscription".
func Chargebee(r io.Reader, options ChargebeeOptions) (Result, error) {
	s := newSink()
	if options.Amounts != MajorUnits && options.Amounts != MinorUnits {
		s.fault(place{"options", -1}, "Amounts", "", errAmounts)
	}
	options.Zone = located(options.Zone)
	required := []string{"id", "customer_id", "status", "currency_code", "billing_period_unit"}
	err := s.rows(r, chargebeeName, required, func(r row) { s.chargebeeRow(r, options) })
	if err != nil {
		return Result{}, err
	}
	return s.end()
}

// chargebeeName leaves out what stands before the name of a field.
func chargebeeName(plain string) string {
	for _, prefix := range []string{"subscriptions_", "subscription_"} {
		if name, ok := strings.CutPrefix(plain, prefix); ok {
			return name
		}
	}
	return plain
}

// A chargebeeSubscription is what is read of one.
type chargebeeSubscription struct {
	at       place
	id       string
	customer success.AccountID
	status   string
	currency string
	term     success.Term

	start, trialStart, trialEnd success.Date
	cancelled, termEnd          success.Date
	paused, resumes             success.Date
	deleted                     bool
	coupons                     string
	items                       []chargebeeItem
}

func (s *sink) chargebeeRow(r row, options ChargebeeOptions) {
	before := s.faults.Count
	sub := readChargebee(r, options)
	s.once(r.at, "subscription", sub.id)
	if s.faults.Count != before {
		return
	}
	s.account(r.at, success.Account{ID: sub.customer})
	switch {
	case sub.deleted:
		s.leaveOut(r.at, sub.id, "is deleted")
		return
	case sub.status == "transferred":
		s.leaveOut(r.at, sub.id, "was transferred to another entity")
		return
	case len(sub.items) == 0:
		s.leaveOut(r.at, sub.id, "has no items")
	}
	if sub.coupons != "" {
		s.leaveOut(r.at, sub.coupons, "is a coupon of %s: what it takes off is not in the export", sub.id)
	}
	spans := sub.spans()
	for _, item := range sub.items {
		s.chargebeeItem(&sub, item, spans)
	}
}

func readChargebee(r row, options ChargebeeOptions) chargebeeSubscription {
	day := func(column string) success.Date {
		t, _ := r.moment(column, options.Zone)
		return dayOf(t)
	}
	sub := chargebeeSubscription{
		at: r.at, id: r.need("id"), customer: success.AccountID(r.need("customer_id")),
		status: chargebeeStatus(r), currency: strings.ToUpper(r.need("currency_code")), term: chargebeeTerm(r),
		trialStart: day("trial_start"), trialEnd: day("trial_end"),
		cancelled: day("cancelled_at"), termEnd: day("current_term_end"),
		paused: day("pause_date"), resumes: day("resume_date"),
		deleted: r.flag("deleted"), coupons: cmp.Or(r.text("coupon_ids"), r.text("coupons"), r.text("coupon")),
	}
	started, start, activated, created := day("started_at"), day("start_date"), day("activated_at"), day("created_at")
	sub.start = cmp.Or(started, start, activated, created)
	needDay := func(column string, d success.Date, when bool) {
		if when && d.IsZero() && r.text(column) == "" {
			r.fault(column, "", success.ErrMissing)
		}
	}
	needDay("started_at", sub.start, true)
	needDay("cancelled_at", sub.cancelled, sub.status == "cancelled" || sub.status == "non_renewing" && sub.termEnd.IsZero())
	needDay("pause_date", sub.paused, sub.status == "paused")
	if !sub.resumes.IsZero() && !sub.resumes.After(sub.paused) {
		r.fault("resume_date", sub.resumes.String(), fmt.Errorf("%w: it is not after pause_date", success.ErrOrder))
	}
	sub.items = chargebeeItems(r, sub.currency, options.Amounts)
	return sub
}

// dayOf is none for no time.
func dayOf(t time.Time) success.Date {
	if t.IsZero() {
		return success.Date{}
	}
	return success.DateOf(t)
}

func chargebeeStatus(r row) string {
	status := strings.ToLower(r.need("status"))
	switch strings.NewReplacer(" ", "_", "-", "_").Replace(status) {
	case "":
	case "future", "active", "paused", "transferred":
		return status
	case "in_trial":
		return "in_trial"
	case "non_renewing":
		return "non_renewing"
	case "cancelled", "canceled":
		return "cancelled"
	default:
		r.fault("status", status, success.ErrUnknown)
	}
	return ""
}

// chargebeeTerm reads how often it is paid.
func chargebeeTerm(r row) success.Term {
	unit := strings.ToLower(r.need("billing_period_unit"))
	if unit == "" {
		return success.Term{}
	}
	term, err := periodOf(strings.TrimSuffix(unit, "s"))
	if err != nil {
		r.fault("billing_period_unit", unit, err)
	}
	if n, ok := cell(r, "billing_period", countOf); ok {
		term.Count *= n
	}
	return term
}

// spans returns the days on which a subscription is paid or free.
func (sub *chargebeeSubscription) spans() []span {
	end := sub.cancelled
	if sub.status == "non_renewing" {
		end = cmp.Or(sub.cancelled, sub.termEnd)
	}
	spans := life(sub.start.Ordinal(), until(end))
	if !sub.trialEnd.IsZero() {
		spans = carve(spans, cmp.Or(sub.trialStart, sub.start).Ordinal(), sub.trialEnd.Ordinal(), "trial")
	}
	if !sub.paused.IsZero() {
		spans = carve(spans, sub.paused.Ordinal(), until(sub.resumes), "")
	}
	return spans
}

// chargebeeItem makes the contracts of an item.
func (s *sink) chargebeeItem(sub *chargebeeSubscription, item chargebeeItem, spans []span) {
	id := sub.id + "/" + item.id
	switch {
	case item.unknown != "":
		s.leaveOut(sub.at, id, "%s", item.unknown)
		return
	case len(spans) == 0:
		s.leaveOut(sub.at, id, "ended on the day it began, or before")
	}
	for i, name := range contractIDs(id, spans) {
		c := success.Contract{
			ID: name, Account: sub.customer, Product: item.id, Currency: sub.currency, Term: sub.term,
			Start: success.FromOrdinal(spans[i].from), End: endOf(spans[i].to), Quantity: item.units,
		}
		if spans[i].free == "" && item.units > 0 {
			c.Price = item.unit
		}
		s.contract(sub.at, c)
	}
}

// A chargebeeItem is a plan, an addon or an item.
type chargebeeItem struct {
	id      string
	unit    decimal.Decimal
	units   int64
	unknown string // why what it costs is not known, empty when it is
}

// chargebeeItems reads the plan, the addons and the items of a row.
func chargebeeItems(r row, currency string, amounts Amounts) (all []chargebeeItem) {
	read := func(id, field string) {
		if item := readChargebeeItem(r, id, field, currency, amounts); item.id != "" {
			all = append(all, item)
		}
	}
	read("plan_id", "plan_%s")
	read("item_price_id", "%s")
	for _, family := range []string{"addons_id", "items_item_price_id"} {
		for n := 0; r.has(fmt.Sprintf("%s_%d", family, n)); n++ {
			before, _, _ := strings.Cut(family, "_")
			read(fmt.Sprintf("%s_%d", family, n), fmt.Sprintf("%s_%%s_%d", before, n))
		}
	}
	return all
}

// readChargebeeItem reads the item whose ID is in one column, and the rest of it
// in columns of a form.
func readChargebeeItem(r row, id, form, currency string, amounts Amounts) chargebeeItem {
	column := func(field string) string { return fmt.Sprintf(form, field) }
	item := chargebeeItem{id: r.text(id)}
	once := r.text(column("item_type")) == "charge"
	quantity, isQuantity := r.either(column("quantity_in_decimal"), column("quantity"))
	free, _ := r.either(column("free_quantity_in_decimal"), column("free_quantity"))
	unit, isUnit := chargebeePrice(r, column, currency, amounts)
	if !isQuantity {
		quantity = decimal.NewFromInt(1)
	}
	r.sane(column("quantity"), quantity)
	r.sane(column("free_quantity"), free)
	r.sane(column("unit_price"), unit)
	switch {
	case once:
		item.unknown = "is a charge that is paid once"
	case !isUnit:
		item.unknown = "has no price of a unit: what it costs is not in the export"
	}
	item.pay(unit, decimal.Max(quantity.Sub(free), decimal.Decimal{}))
	return item
}

// chargebeePrice reads the price of a unit, in the currency.
func chargebeePrice(r row, column func(string) string, currency string, amounts Amounts) (decimal.Decimal, bool) {
	fine, isFine := r.amount(column("unit_price_in_decimal"))
	unit, is := r.amount(column("unit_price"))
	if amounts == MinorUnits {
		if text := r.text(column("unit_price")); is && strings.Contains(text, ".") {
			r.fault(column("unit_price"), text, fmt.Errorf("%w of minor units", errWhole))
		}
		unit = unit.Shift(-int32(split.Digits(currency)))
	}
	if isFine {
		return fine, true
	}
	return unit, is
}

// pay sets price and units. What is not paid in whole units is paid as one.
func (item *chargebeeItem) pay(unit, quantity decimal.Decimal) {
	if item.unit, item.units = unit, quantity.IntPart(); !quantity.IsInteger() {
		item.unit, item.units = unit.Mul(quantity), 1
	}
}

// sane finds a fault with a number that is negative or too large.
func (r row) sane(column string, d decimal.Decimal) {
	switch {
	case d.Sign() < 0:
		r.fault(column, d.String(), success.ErrNegative)
	case d.GreaterThan(decimal.NewFromInt(maxWhole)):
		r.fault(column, d.String(), success.ErrRange)
	}
}

// either reads the first of two columns that has a number.
func (r row) either(first, second string) (decimal.Decimal, bool) {
	a, isFirst := r.amount(first)
	b, isSecond := r.amount(second)
	if isFirst {
		return a, true
	}
	return b, isSecond
}
