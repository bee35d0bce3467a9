package attribution

import (
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// A door adds the faults of one record.
type door struct{ check.Door }

func doorOf(record string, index int, faults *success.Errors) door {
	return door{check.At(record, index, faults)}
}

// key adds a key that is reserved for what nobody gets.
func (d door) key(field, key string) {
	if key == Unattributed {
		d.Add(field, key, fault.New(success.ErrRange, "is a reserved word"))
	}
}

// micros returns an amount in whole millionths, rounded half to even, 0 when it
// is too large for that, which is added.
func (d door) micros(field string, amount decimal.Decimal) int64 {
	m, ok := exact.Rate(amount, 1, 1)
	if !ok {
		d.Add(field, exact.Show(amount), success.ErrRange)
	}
	return m
}

func show(t time.Time) string { return t.Format(time.RFC3339) }

// Check adds what [Lead.Validate] reports to faults, for the lead at a position
// of a slice.
func (l *Lead) Check(index int, faults *success.Errors) {
	d := doorOf("lead", index, faults)
	d.Need("ID", string(l.ID))
	d.Need("Account", string(l.Account))
	switch {
	case l.Source == SourceUnknown:
		d.Add("Source", "", success.ErrMissing)
	case l.Source > Other:
		d.Add("Source", strconv.Itoa(int(l.Source)), success.ErrUnknown)
	}
	d.key("Agent", l.Agent)
	d.NeedTime("At", l.At)
}

// Validate reports, as [success.Errors], a missing ID, Account, Source or At
// ([success.ErrMissing]), a Source that is none of the constants
// ([success.ErrUnknown]), an At outside the years 1 to 9999 and an Agent called
// [Unattributed] ([success.ErrRange]). A service lead without an interaction is
// no fault, but not accepted either.
func (l Lead) Validate() error {
	var faults success.Errors
	l.Check(-1, &faults)
	return faults.Err()
}

// Check adds what [Deal.Validate] reports to faults, for the deal at a position
// of a slice, and returns its amount in whole millionths, 0 when that is among
// the faults.
func (d *Deal) Check(index int, faults *success.Errors) (micros int64) {
	door := doorOf("deal", index, faults)
	door.Need("ID", string(d.ID))
	door.Need("Account", string(d.Account))
	door.key("Product", d.Product)
	door.key("Owner", d.Owner)
	door.NeedTime("Opened", d.Opened)
	switch {
	case d.Status > Lost:
		door.Add("Status", strconv.Itoa(int(d.Status)), success.ErrUnknown)
	case d.Status != Open:
		d.checkClosed(door)
	case !d.Closed.IsZero():
		door.Add("Closed", show(d.Closed), fault.New(success.ErrOrder, "is that of a deal that is open"))
	}
	if d.Amount.Sign() < 0 {
		door.Add("Amount", exact.Show(d.Amount), success.ErrNegative)
		return 0
	}
	return door.micros("Amount", d.Amount)
}

func (d *Deal) checkClosed(door door) {
	door.NeedTime("Closed", d.Closed)
	if !d.Closed.IsZero() && d.Closed.Before(d.Opened) {
		door.Add("Closed", show(d.Closed), fault.New(success.ErrOrder, "is before Opened %s", show(d.Opened)))
	}
}

// Validate reports, as [success.Errors], a missing ID, Account or Opened, and a
// missing Closed of a deal that is won or lost ([success.ErrMissing]); a Closed
// before Opened, and any of a deal that is open ([success.ErrOrder]); a Status
// that is none of the constants ([success.ErrUnknown]); a negative Amount
// ([success.ErrNegative]); an Amount of 9·10¹² or more, a time outside the years
// 1 to 9999 and a Product or Owner called [Unattributed] ([success.ErrRange]).
func (d Deal) Validate() error {
	var faults success.Errors
	d.Check(-1, &faults)
	return faults.Err()
}

// Check adds what [Adjustment.Validate] reports to faults, for the adjustment at
// a position of a slice, and returns its amount in whole millionths, 0 when that
// is among the faults.
func (a *Adjustment) Check(index int, faults *success.Errors) (micros int64) {
	d := doorOf("adjustment", index, faults)
	d.Need("ID", string(a.ID))
	d.Need("Deal", string(a.Deal))
	d.NeedTime("At", a.At)
	return d.micros("Amount", a.Amount)
}

// Validate reports, as [success.Errors], a missing ID, Deal or At
// ([success.ErrMissing]), and an Amount of 9·10¹² or more either way or an At
// outside the years 1 to 9999 ([success.ErrRange]).
func (a Adjustment) Validate() error {
	var faults success.Errors
	a.Check(-1, &faults)
	return faults.Err()
}

// Check adds what [Touch.Validate] reports to faults, for the touch at a
// position of a slice.
func (t *Touch) Check(index int, faults *success.Errors) {
	d := doorOf("touch", index, faults)
	d.Need("Account", string(t.Account))
	d.NeedTime("At", t.At)
	d.key("Key", t.Key)
}

// Validate reports, as [success.Errors], a missing Account or At
// ([success.ErrMissing]), and an At outside the years 1 to 9999 or the Key
// [Unattributed] ([success.ErrRange]). A touch without an ID or a key is no
// fault.
func (t Touch) Validate() error {
	var faults success.Errors
	t.Check(-1, &faults)
	return faults.Err()
}
