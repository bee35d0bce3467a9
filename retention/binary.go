package retention

import (
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/internal/wire"
)

// AppendBinary appends the movement to b as bytes, to be sent to where it is
// merged. Equal movements are equal bytes. There are at most 316 of them and
// those of the currency, and some 70 for a thousand customers who pay in whole
// units.
//
// It reports, as [success.Errors], what cannot be the movement of a book: a period
// that [success.Period.Validate] refuses, unless it is zero; negative parts other
// than FX ([success.ErrNegative]); parts that do not add up as [Amounts], [Counts]
// and the fields of [Movement] say, counts above 2⁵⁰, and amounts that are not
// whole millionths of at most 127 bits ([success.ErrRange]). b is then returned as
// it was.
func (m Movement) AppendBinary(b []byte) ([]byte, error) {
	w := wire.NewWriter(b, wire.Movement)
	m.fields(w)
	return w.Done(m.check)
}

// MarshalBinary returns what [Movement.AppendBinary] appends.
func (m Movement) MarshalBinary() ([]byte, error) { return m.AppendBinary(nil) }

// UnmarshalBinary reads what [Movement.AppendBinary] writes, and nothing else:
// any other data is reported, as [success.Errors], and leaves m as it is.
func (m *Movement) UnmarshalBinary(data []byte) error {
	var read Movement
	r := wire.NewReader(data, wire.Movement)
	read.fields(r)
	err := r.Done(read.check)
	if err == nil {
		*m = read
	}
	return err
}

// fields names the fields in the order in which they are sent.
func (m *Movement) fields(f wire.Fields) {
	f.Period("Period", &m.Period)
	f.Text("Currency", &m.Currency)
	f.Decimal("Opening", &m.Opening)
	f.Decimal("New", &m.New)
	f.Decimal("Reactivation", &m.Reactivation)
	f.Decimal("Expansion", &m.Expansion)
	f.Decimal("Contraction", &m.Contraction)
	f.Decimal("Churn", &m.Churn)
	f.Decimal("FX", &m.FX)
	f.Decimal("Closing", &m.Closing)
	m.Accounts.fields(f)
	f.Decimal("Kept", &m.Kept)
	f.Decimal("UpgradedOpening", &m.UpgradedOpening)
	f.Decimal("DowngradedOpening", &m.DowngradedOpening)
	f.Decimal("FlatOpening", &m.FlatOpening)
	f.Flag("IncludeReactivation", &m.IncludeReactivation)
}

func (c *Counts) fields(f wire.Fields) {
	f.Int("Accounts.Opening", &c.Opening)
	f.Int("Accounts.New", &c.New)
	f.Int("Accounts.Reactivated", &c.Reactivated)
	f.Int("Accounts.Churned", &c.Churned)
	f.Int("Accounts.Closing", &c.Closing)
	f.Int("Accounts.Upgraded", &c.Upgraded)
	f.Int("Accounts.Downgraded", &c.Downgraded)
	f.Int("Accounts.Flat", &c.Flat)
	f.Int("Accounts.Free", &c.Free)
	f.Int("Accounts.FromFree", &c.FromFree)
	f.Int("Accounts.Absorbed", &c.Absorbed)
}

// check adds what no movement of a book is like.
func (m *Movement) check(faults *success.Errors) {
	d := wireDoor{wire.Movement, faults}
	d.period(m.Period)
	d.notBelowZero("Opening", m.Opening)
	d.notBelowZero("New", m.New)
	d.notBelowZero("Reactivation", m.Reactivation)
	d.notBelowZero("Expansion", m.Expansion)
	d.notBelowZero("Contraction", m.Contraction)
	d.notBelowZero("Churn", m.Churn)
	d.notBelowZero("Closing", m.Closing)
	d.notBelowZero("Kept", m.Kept)
	d.notBelowZero("UpgradedOpening", m.UpgradedOpening)
	d.notBelowZero("DowngradedOpening", m.DowngradedOpening)
	d.notBelowZero("FlatOpening", m.FlatOpening)
	stayed := m.Opening.Sub(m.Churn)
	won := m.New.Add(m.Reactivation).Add(m.Expansion)
	d.adds("Closing", m.Closing, stayed.Add(won).Sub(m.Contraction).Add(m.FX))
	d.adds("Kept", m.Kept, stayed.Sub(m.Contraction))
	d.adds("FlatOpening", m.FlatOpening, stayed.Sub(m.UpgradedOpening).Sub(m.DowngradedOpening))
	m.Accounts.check(d)
}

func (c *Counts) check(d wireDoor) {
	stayed := c.Opening - c.Churned
	d.counts("Accounts.Closing", c.Closing, stayed+c.New+c.Reactivated)
	d.counts("Accounts.Flat", c.Flat, stayed-c.Upgraded-c.Downgraded)
	d.atMost("Accounts.FromFree", c.FromFree, "New", c.New)
}

// AppendBinary appends the snapshot to b as bytes, to be sent to where it is
// merged. Equal snapshots are equal bytes: at most 41 of them and those of the
// currency.
//
// It reports, as [success.Errors], a negative part ([success.ErrNegative]), a count
// above 2⁵⁰, and revenue that is not whole millionths of at most 127 bits
// ([success.ErrRange]). b is then returned as it was.
func (s Snapshot) AppendBinary(b []byte) ([]byte, error) {
	w := wire.NewWriter(b, wire.Snapshot)
	s.fields(w)
	return w.Done(s.check)
}

// MarshalBinary returns what [Snapshot.AppendBinary] appends.
func (s Snapshot) MarshalBinary() ([]byte, error) { return s.AppendBinary(nil) }

// UnmarshalBinary reads what [Snapshot.AppendBinary] writes, and nothing else:
// any other data is reported, as [success.Errors], and leaves s as it is.
func (s *Snapshot) UnmarshalBinary(data []byte) error {
	var read Snapshot
	r := wire.NewReader(data, wire.Snapshot)
	read.fields(r)
	err := r.Done(read.check)
	if err == nil {
		*s = read
	}
	return err
}

func (s *Snapshot) fields(f wire.Fields) {
	f.Date("Date", &s.Date)
	f.Text("Currency", &s.Currency)
	f.Decimal("ARR", &s.ARR)
	f.Int("Customers", &s.Customers)
	f.Int("Free", &s.Free)
}

func (s *Snapshot) check(faults *success.Errors) {
	wireDoor{wire.Snapshot, faults}.notBelowZero("ARR", s.ARR)
}

// AppendBinary appends the renewals to b as bytes, to be sent to where they are
// merged. Equal renewals are equal bytes: at most 113 of them and those of the
// currency.
//
// It reports, as [success.Errors], what cannot be the renewals of a book: a period
// that [success.Period.Validate] refuses, unless it is zero; negative parts
// ([success.ErrNegative]); more Early, OnTime, Late and Lapsed than Due, more Kept
// than Renewed, counts above 2⁵⁰, and amounts that are not whole millionths of at
// most 127 bits ([success.ErrRange]). b is then returned as it was.
func (r Renewals) AppendBinary(b []byte) ([]byte, error) {
	w := wire.NewWriter(b, wire.Renewals)
	r.fields(w)
	return w.Done(r.check)
}

// MarshalBinary returns what [Renewals.AppendBinary] appends.
func (r Renewals) MarshalBinary() ([]byte, error) { return r.AppendBinary(nil) }

// UnmarshalBinary reads what [Renewals.AppendBinary] writes, and nothing else:
// any other data is reported, as [success.Errors], and leaves r as it is.
func (r *Renewals) UnmarshalBinary(data []byte) error {
	var read Renewals
	in := wire.NewReader(data, wire.Renewals)
	read.fields(in)
	err := in.Done(read.check)
	if err == nil {
		*r = read
	}
	return err
}

func (r *Renewals) fields(f wire.Fields) {
	f.Period("Period", &r.Period)
	f.Text("Currency", &r.Currency)
	f.Int("Due", &r.Due)
	f.Int("Early", &r.Early)
	f.Int("OnTime", &r.OnTime)
	f.Int("Late", &r.Late)
	f.Int("Overdue", &r.Overdue)
	f.Int("Lapsed", &r.Lapsed)
	f.Decimal("Base", &r.Base)
	f.Decimal("Kept", &r.Kept)
	f.Decimal("Renewed", &r.Renewed)
}

func (r *Renewals) check(faults *success.Errors) {
	d := wireDoor{wire.Renewals, faults}
	d.period(r.Period)
	d.notBelowZero("Base", r.Base)
	d.notBelowZero("Kept", r.Kept)
	if r.Kept.GreaterThan(r.Renewed) {
		d.fault("Kept", exact.Show(r.Kept), fault.New(success.ErrRange, "is more than Renewed %s", exact.Show(r.Renewed)))
	}
	d.atMost("Early + OnTime + Late + Lapsed", r.Early+r.OnTime+r.Late+r.Lapsed, "Due", r.Due)
}

// A wireDoor adds what cannot be about a value that is sent.
type wireDoor struct {
	kind   wire.Kind
	faults *success.Errors
}

func (d wireDoor) fault(field, value string, err error) {
	d.faults.Add(d.kind.Fault(field, value, err))
}

func (d wireDoor) period(p success.Period) {
	if p == (success.Period{}) {
		return
	}
	if err := p.Validate(); err != nil {
		d.fault("Period", p.String(), fault.New(success.ErrOrder, "is not a period: %v", err))
	}
}

func (d wireDoor) notBelowZero(field string, amount decimal.Decimal) {
	if amount.Sign() < 0 {
		d.fault(field, exact.Show(amount), success.ErrNegative)
	}
}

func (d wireDoor) adds(field string, amount, want decimal.Decimal) {
	if !amount.Equal(want) {
		d.fault(field, exact.Show(amount), fault.New(success.ErrRange, "is not %s, as the other parts say", exact.Show(want)))
	}
}

func (d wireDoor) counts(field string, n, want int) {
	if n != want {
		d.fault(field, strconv.Itoa(n), fault.New(success.ErrRange, "is not %d, as the other parts say", want))
	}
}

func (d wireDoor) atMost(field string, n int, of string, most int) {
	if n > most {
		d.fault(field, strconv.Itoa(n), fault.New(success.ErrRange, "is more than %s %d", of, most))
	}
}
