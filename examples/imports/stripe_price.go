package imports

import (
	"strings"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
)

// A stripeItem is what is read of an item of a subscription.
type stripeItem struct {
	id, product, currency  string
	created                success.Date
	periodStart, periodEnd success.Date

	unit    decimal.Decimal // price of one unit, in the currency
	units   int64
	term    success.Term
	unknown string // why what it costs is not known, empty when it is

	spans []span
	ids   []success.ContractID // by span
}

// contract is what the contracts of an item have in common.
func (item *stripeItem) contract(sub *stripeSubscription) success.Contract {
	c := success.Contract{
		Account: sub.account.ID, Product: item.product, Price: item.unit,
		Currency: item.currency, Term: item.term, Quantity: item.units,
	}
	if item.units == 0 { // which a contract takes for 1
		c.Price = decimal.Decimal{}
	}
	return c
}

// cost is what an item costs for one term.
func (item *stripeItem) cost() decimal.Decimal {
	return item.unit.Mul(decimal.NewFromInt(item.units))
}

func readStripeItem(o object) stripeItem {
	item := stripeItem{
		id: o.need("id"), created: o.seconds("created"),
		periodStart: o.seconds("current_period_start"), periodEnd: o.seconds("current_period_end"),
	}
	price := o.child("price")
	if !price.there() {
		o.fault("price", nil, success.ErrMissing)
		return item
	}
	item.currency = strings.ToUpper(price.need("currency"))
	item.product, _ = price.reference("product")
	item.readTerm(price)
	item.readUnit(price)
	item.readQuantity(o, price)
	return item
}

// readTerm reads how often the price is paid, and whether it is metered.
func (item *stripeItem) readTerm(price object) {
	recurring := price.child("recurring")
	if !recurring.there() {
		price.fault("recurring", nil, success.ErrMissing)
		return
	}
	if recurring.need("interval") != "" {
		item.term, _ = read(recurring, "interval", periodOf)
	}
	if n, ok := read(recurring, "interval_count", countOf); ok {
		item.term.Count *= n
	}
	if recurring.text("usage_type") == "metered" {
		item.unknown = "is metered: what it costs is not in the export"
	}
}

// readUnit reads the price of a unit.
func (item *stripeItem) readUnit(price object) {
	fine, isFine := price.amount("unit_amount_decimal")
	unit, is := price.amount("unit_amount")
	scheme := price.text("billing_scheme")
	if isFine {
		unit, is = fine, true
	}
	item.unit = unit.Shift(-stripeDigits(item.currency))
	switch {
	case item.unit.Sign() < 0:
		price.fault("unit_amount", price.text("unit_amount"), success.ErrNegative)
	case item.unknown != "":
	case scheme == "tiered":
		item.unknown = "has a price in tiers: what it costs is not in the export"
	case !is:
		item.unknown = "has no price of a unit: what it costs is not in the export"
	}
}

// readQuantity reads how many units, or packages of them, are paid.
func (item *stripeItem) readQuantity(o, price object) {
	quantity, is := o.whole("quantity")
	if !is {
		quantity = 1
	}
	if quantity < 0 {
		o.fault("quantity", o.value["quantity"], success.ErrNegative)
	}
	item.units = quantity
	packages := price.child("transform_quantity")
	if !packages.there() {
		return
	}
	by, is := packages.whole("divide_by")
	round := packages.need("round")
	switch {
	case !is || by < 1:
		packages.fault("divide_by", packages.value["divide_by"], success.ErrRange)
	case round == "down":
		item.units = quantity / by
	case round == "up":
		item.units = (quantity + by - 1) / by
	case round != "":
		packages.fault("round", round, success.ErrUnknown)
	}
}

// stripeDigits is how many decimals the amounts of a currency have.
func stripeDigits(currency string) int32 {
	switch currency {
	case "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF":
		return 0
	case "BHD", "JOD", "KWD", "OMR", "TND":
		return 3
	}
	return 2
}
