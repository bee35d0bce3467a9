package credit

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// maxMinor bounds the digits of a minor unit, as package split does.
const maxMinor = 18

func (o *Options) check(faults *success.Errors) {
	d := door{"options", faults}
	if o.Window < 0 {
		d.add(-1, "Window", o.Window.String(), success.ErrNegative)
	}
	if o.Repeats > Unique {
		d.add(-1, "Repeats", strconv.Itoa(int(o.Repeats)), success.ErrUnknown)
	}
	for _, currency := range slices.Sorted(maps.Keys(o.Digits)) {
		if n := o.Digits[currency]; n < 0 || n > maxMinor {
			d.add(-1, "Digits", currency+" "+strconv.Itoa(n), fault.New(success.ErrRange, "is not between 0 and %d", maxMinor))
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

// An inspector checks records and remembers what it read.
type inspector struct {
	*Records
	faults   *success.Errors
	accounts map[success.AccountID]int32 // nil when they are not known
	deals    map[attribution.DealID]int32
	micros   []int64 // of each deal
	changes  []int64 // of each adjustment, in millionths
}

func (in *inspector) door(record string) door { return door{record, in.faults} }

// check adds the faults of all records.
func (in *inspector) check() {
	in.checkAccounts()
	in.checkDeals()
	in.checkTouches()
	in.checkLeads()
	in.checkAdjustments()
}

func (in *inspector) checkAccounts() {
	if in.Accounts == nil {
		return
	}
	for i := range in.Accounts {
		in.Accounts[i].Check(i, in.faults)
	}
	in.accounts = unique(in.door("account"), len(in.Accounts), func(i int) success.AccountID { return in.Accounts[i].ID })
}

// known adds an account that is not known.
func (in *inspector) known(d door, index int, account success.AccountID) {
	if in.accounts == nil || account == "" {
		return
	}
	if _, ok := in.accounts[account]; !ok {
		d.add(index, "Account", string(account), success.ErrUnknown)
	}
}

func (in *inspector) checkDeals() {
	d := in.door("deal")
	in.micros = make([]int64, len(in.Deals))
	named := slices.ContainsFunc(in.Deals, func(deal attribution.Deal) bool { return deal.Currency != "" })
	for i := range in.Deals {
		micros, ok := plainDeal(&in.Deals[i])
		if !ok {
			micros = in.Deals[i].Check(i, in.faults)
		}
		in.micros[i] = micros
		in.known(d, i, in.Deals[i].Account)
		if named && in.Deals[i].Currency == "" {
			d.add(i, "Currency", "", fault.New(success.ErrMissing, "is missing while others are named"))
		}
	}
	in.deals = unique(d, len(in.Deals), func(i int) attribution.DealID { return in.Deals[i].ID })
}

func (in *inspector) checkTouches() {
	d, named := in.door("touch"), false
	for i := range in.Touches {
		t := &in.Touches[i]
		if !plain(t) {
			t.Check(i, in.faults)
		}
		in.known(d, i, t.Account)
		named = named || t.ID != ""
	}
	if named {
		unique(d, len(in.Touches), func(i int) attribution.TouchID { return in.Touches[i].ID })
	}
}

// Within these seconds since 1970 a time is in the years 1 to 9999 in any zone.
const (
	earliest = -62135596800 + 2*24*3600
	latest   = 253402300800 - 2*24*3600
)

// plainDeal returns the amount of a won deal in millionths; ok is false when it
// cannot be seen to have no fault without looking at the calendar.
func plainDeal(d *attribution.Deal) (micros int64, ok bool) {
	opened := d.Opened.Unix()
	if d.Status != attribution.Won || d.ID == "" || d.Account == "" || d.Product == attribution.Unattributed ||
		opened < earliest || d.Closed.Unix() >= latest || d.Closed.Before(d.Opened) || d.Amount.Sign() < 0 {
		return 0, false
	}
	return exact.Rate(d.Amount, 1, 1)
}

// plain reports whether a touch can be seen to have no fault without looking at
// the calendar.
func plain(t *attribution.Touch) bool {
	at := t.At.Unix()
	return t.Account != "" && t.Key != attribution.Unattributed && at >= earliest && at < latest
}

func (in *inspector) checkLeads() {
	if in.Leads == nil {
		return
	}
	d, deals := in.door("lead"), in.door("deal")
	for i := range in.Leads {
		in.Leads[i].Check(i, in.faults)
		in.known(d, i, in.Leads[i].Account)
	}
	leads := unique(d, len(in.Leads), func(i int) attribution.LeadID { return in.Leads[i].ID })
	for i := range in.Deals {
		id := in.Deals[i].Lead
		if _, ok := leads[id]; id != "" && !ok {
			deals.add(i, "Lead", string(id), success.ErrUnknown)
		}
	}
}

func (in *inspector) checkAdjustments() {
	d := in.door("adjustment")
	in.changes = make([]int64, len(in.Adjustments))
	for i := range in.Adjustments {
		a := &in.Adjustments[i]
		in.changes[i] = a.Check(i, in.faults)
		if at, ok := in.deals[a.Deal]; ok {
			d.won(i, a, &in.Deals[at])
		} else if a.Deal != "" {
			d.add(i, "Deal", string(a.Deal), success.ErrUnknown)
		}
	}
	in.checkRepeats(d)
}

// checkRepeats adds adjustments whose ID was used before for something else. One
// that is given again counts once.
func (in *inspector) checkRepeats(d door) {
	first := make(map[attribution.AdjustmentID]*attribution.Adjustment, len(in.Adjustments))
	for i := range in.Adjustments {
		a := &in.Adjustments[i]
		if before := first[a.ID]; a.ID == "" || before == nil {
			first[a.ID] = a
		} else if !a.Equal(*before) {
			d.add(i, "ID", string(a.ID), success.ErrDuplicate)
		}
	}
}

// won adds that a deal was not won, or not yet when it was adjusted.
func (d door) won(i int, a *attribution.Adjustment, deal *attribution.Deal) {
	switch {
	case deal.Status != attribution.Won:
		d.add(i, "Deal", string(a.Deal), fault.New(success.ErrRange, "is not won"))
	case !a.At.IsZero() && a.At.Before(deal.Closed):
		d.add(i, "At", show(a.At), fault.New(success.ErrOrder, "is before the deal was won %s", show(deal.Closed)))
	}
}

func show(t time.Time) string { return t.Format(time.RFC3339) }
