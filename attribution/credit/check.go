package credit

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

const (
	// maxDigits bounds an amount before the point and after it, as package split
	// does.
	maxDigits = 350

	// maxMinor bounds the digits of a minor unit, as package split does.
	maxMinor = 18
)

func (o *Options) check(faults *success.Errors) {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "options", Index: -1, Field: field, Value: value, Err: err})
	}
	if o.Window < 0 {
		add("Window", o.Window.String(), success.ErrNegative)
	}
	if o.Repeats > Unique {
		add("Repeats", strconv.Itoa(int(o.Repeats)), success.ErrUnknown)
	}
	for _, currency := range slices.Sorted(maps.Keys(o.Digits)) {
		if d := o.Digits[currency]; d < 0 || d > maxMinor {
			add("Digits", currency+" "+strconv.Itoa(d), fault.New(success.ErrRange, "is not between 0 and %d", maxMinor))
		}
	}
}

// A door adds the faults of the records of one kind.
type door struct {
	record string
	faults *success.Errors
}

func (d door) add(index int, field, value string, err error) {
	d.faults.Add(&success.InputError{Record: d.record, Index: index, Field: field, Value: value, Err: err})
}

func (d door) need(index int, field, value string) {
	if value == "" {
		d.add(index, field, "", success.ErrMissing)
	}
}

func (d door) needTime(index int, field string, at time.Time) {
	if at.IsZero() {
		d.add(index, field, "", success.ErrMissing)
	}
}

// amount adds what keeps an amount from being split.
func (d door) amount(index int, field string, amount decimal.Decimal) {
	exponent := int(amount.Exponent())
	if !amount.IsZero() && (exponent < -maxDigits || exponent+amount.NumDigits() > maxDigits) {
		d.add(index, field, exact.Show(amount), fault.New(success.ErrRange, "has more than %d digits before or after the point", maxDigits))
	}
}

// unique returns the positions of records by their ID, and adds those that are
// there again.
func unique[ID ~string](d door, n int, id func(int) ID) map[ID]int32 {
	at := make(map[ID]int32, n)
	for i := range n {
		k := id(i)
		if k == "" {
			continue
		}
		if _, again := at[k]; again {
			d.add(i, "ID", string(k), success.ErrDuplicate)
			continue
		}
		at[k] = int32(i)
	}
	return at
}

// check adds the faults of all records and returns the positions of deals by ID.
func (r *Records) check(faults *success.Errors) map[attribution.DealID]int32 {
	deals := r.checkDeals(door{"deal", faults})
	r.checkTouches(door{"touch", faults})
	r.checkLeads(door{"lead", faults}, door{"deal", faults})
	r.checkAdjustments(door{"adjustment", faults}, deals)
	return deals
}

func (r *Records) checkDeals(d door) map[attribution.DealID]int32 {
	for i := range r.Deals {
		d.deal(i, &r.Deals[i])
	}
	return unique(d, len(r.Deals), func(i int) attribution.DealID { return r.Deals[i].ID })
}

// deal adds the faults of a deal by itself.
func (d door) deal(i int, deal *attribution.Deal) {
	d.need(i, "ID", string(deal.ID))
	d.need(i, "Account", string(deal.Account))
	d.needTime(i, "Opened", deal.Opened)
	switch {
	case deal.Status > attribution.Lost:
		d.add(i, "Status", strconv.Itoa(int(deal.Status)), success.ErrUnknown)
	case deal.Status != attribution.Open:
		d.needTime(i, "Closed", deal.Closed)
	}
	if !deal.Closed.IsZero() && deal.Closed.Before(deal.Opened) {
		d.add(i, "Closed", show(deal.Closed), fault.New(success.ErrOrder, "is before Opened %s", show(deal.Opened)))
	}
	if deal.Amount.IsNegative() {
		d.add(i, "Amount", exact.Show(deal.Amount), success.ErrNegative)
	}
	d.amount(i, "Amount", deal.Amount)
}

func (r *Records) checkTouches(d door) {
	named := false
	for i := range r.Touches {
		d.touch(i, &r.Touches[i])
		named = named || r.Touches[i].ID != ""
	}
	if named {
		unique(d, len(r.Touches), func(i int) attribution.TouchID { return r.Touches[i].ID })
	}
}

// touch adds the faults of a touch by itself.
func (d door) touch(i int, t *attribution.Touch) {
	d.need(i, "Account", string(t.Account))
	d.needTime(i, "At", t.At)
	if t.Key == attribution.Unattributed {
		d.add(i, "Key", t.Key, fault.New(success.ErrRange, "is what no touch gets"))
	}
}

func (r *Records) checkLeads(d, deals door) {
	if r.Leads == nil {
		return
	}
	for i := range r.Leads {
		l := &r.Leads[i]
		d.need(i, "ID", string(l.ID))
		d.need(i, "Account", string(l.Account))
		d.needTime(i, "At", l.At)
	}
	known := unique(d, len(r.Leads), func(i int) attribution.LeadID { return r.Leads[i].ID })
	for i := range r.Deals {
		id := r.Deals[i].Lead
		if _, ok := known[id]; id != "" && !ok {
			deals.add(i, "Lead", string(id), success.ErrUnknown)
		}
	}
}

func (r *Records) checkAdjustments(d door, deals map[attribution.DealID]int32) {
	first := map[attribution.AdjustmentID]attribution.DealID{} // those of one deal are compared with its changes
	for i := range r.Adjustments {
		a := &r.Adjustments[i]
		d.need(i, "ID", string(a.ID))
		if deal, again := first[a.ID]; !again {
			first[a.ID] = a.Deal
		} else if deal != a.Deal && a.ID != "" {
			d.add(i, "ID", string(a.ID), fault.New(success.ErrDuplicate, "is that of an adjustment of deal %s", deal))
		}
		d.needTime(i, "At", a.At)
		d.amount(i, "Amount", a.Amount)
		if a.Deal == "" {
			d.add(i, "Deal", "", success.ErrMissing)
			continue
		}
		at, ok := deals[a.Deal]
		if !ok {
			d.add(i, "Deal", string(a.Deal), success.ErrUnknown)
			continue
		}
		deal := &r.Deals[at]
		switch {
		case deal.Status != attribution.Won:
			d.add(i, "Deal", string(a.Deal), fault.New(success.ErrRange, "is not won"))
		case !a.At.IsZero() && a.At.Before(deal.Closed):
			d.add(i, "At", show(a.At), fault.New(success.ErrOrder, "is before the deal was won %s", show(deal.Closed)))
		}
	}
}

func show(t time.Time) string { return t.Format(time.RFC3339) }
