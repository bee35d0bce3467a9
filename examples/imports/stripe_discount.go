package imports

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
)

// A stripeDiscount is what is read of a discount.
type stripeDiscount struct {
	id       string
	item     int // the only one it is on, −1 for all
	percent  decimal.Decimal
	amount   decimal.Decimal // off all items of a term together, in minor units; used when percent is 0
	currency string          // of amount
	start    success.Date
	end      success.Date
	once     bool
	first    int      // the day on which it is taken off, if once
	products []string // the only ones it is on, none for all
	unknown  string   // why it is not known what it takes off, empty when it is
}

// discounts reads those of a subscription (item −1) or of one of its items.
func (o object) discounts(item int) (all []stripeDiscount) {
	old := o.child("discount")
	var used bool
	for i, value := range o.list("discounts") {
		id, bare := value.(string)
		switch {
		case bare && old.there() && old.value["id"] == id:
			all, used = append(all, readDiscount(old, item)), true
		case bare:
			all = append(all, stripeDiscount{id: id, item: item, unknown: "is a discount that is not expanded"})
		default:
			d := readDiscount(o.element("discounts", i, value), item)
			used = used || d.id == old.text("id")
			all = append(all, d)
		}
	}
	if old.there() && !used {
		all = append(all, readDiscount(old, item))
	}
	return all
}

func readDiscount(o object, item int) stripeDiscount {
	d := stripeDiscount{id: o.need("id"), item: item, start: o.seconds("start"), end: o.seconds("end")}
	if d.start.IsZero() {
		o.fault("start", nil, success.ErrMissing)
	}
	from := o // what has the coupon: source in newer versions
	if source := o.child("source"); source.there() {
		from = source
	}
	id, coupon := from.reference("coupon")
	if !coupon.there() {
		if d.unknown = "is a discount whose coupon is not expanded"; id == "" {
			from.fault("coupon", nil, success.ErrMissing)
		}
		return d
	}
	d.readCoupon(coupon)
	return d
}

func (d *stripeDiscount) readCoupon(coupon object) {
	percent, isPercent := coupon.amount("percent_off")
	amount, isAmount := coupon.amount("amount_off")
	d.percent, d.amount = percent, amount
	d.currency = strings.ToUpper(coupon.text("currency"))
	switch {
	case isPercent && (percent.Sign() <= 0 || percent.GreaterThan(decimal.NewFromInt(100))):
		coupon.fault("percent_off", coupon.value["percent_off"], success.ErrRange)
	case isAmount && !isPercent && amount.Sign() <= 0:
		coupon.fault("amount_off", coupon.value["amount_off"], success.ErrRange)
	case !isPercent && !isAmount:
		coupon.fault("percent_off", nil, success.ErrMissing)
	}
	months, ok := read(coupon, "duration_in_months", countOf)
	switch duration := coupon.need("duration"); duration {
	case "", "forever":
	case "repeating":
		if d.end.IsZero() && !ok && coupon.text("duration_in_months") == "" {
			coupon.fault("duration_in_months", nil, success.ErrMissing)
		}
		d.end = cmp.Or(d.end, d.start.AddMonths(months))
	case "once":
		d.once = true
	default:
		coupon.fault("duration", duration, success.ErrUnknown)
	}
	for _, product := range coupon.child("applies_to").list("products") {
		d.products = append(d.products, show(product))
	}
}

// on reports whether a discount is on an item.
func (d *stripeDiscount) on(i int, item *stripeItem) bool {
	return (d.item < 0 || d.item == i) && (len(d.products) == 0 || slices.Contains(d.products, item.product))
}

// window returns the days on which a discount takes something off an item.
func (d *stripeDiscount) window(item *stripeItem) (from, to int) {
	if !d.once {
		return d.start.Ordinal(), until(d.end)
	}
	if item.paid(d.first) < 0 {
		return d.first, d.first
	}
	return d.first, until(after(success.FromOrdinal(d.first), item.term))
}

// setFirst finds the first day, from its start on, on which a discount that is
// taken off once has something to be taken off.
func (d *stripeDiscount) setFirst(items []stripeItem) {
	d.first = never
	for i := range items {
		for _, s := range items[i].spans {
			if day := max(s.from, d.start.Ordinal()); d.on(i, &items[i]) && s.free == "" && day < s.to {
				d.first = min(d.first, day)
			}
		}
	}
}

// refused says why a discount is left out.
func (d *stripeDiscount) refused(sub *stripeSubscription) string {
	if d.unknown != "" || d.percent.Sign() > 0 {
		return d.unknown
	}
	var term success.Term
	for i := range sub.items {
		item := &sub.items[i]
		switch {
		case !d.on(i, item):
			continue
		case item.unknown != "":
			return "is an amount off items of which one is left out"
		case item.currency != d.currency:
			return "is an amount in " + d.currency + " off items in " + item.currency
		case term != (success.Term{}) && term != item.term:
			return "is an amount off items of several terms"
		}
		term = item.term
	}
	return ""
}
