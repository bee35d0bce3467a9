package alert

import (
	"slices"
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// What a policy says when it says nothing.
const (
	defaultDrop       = 1
	defaultRenewal    = 90
	defaultCoolDown   = 14
	defaultMinBase    = 20
	defaultOverdue    = 2
	defaultCoverage   = 20 // hundredths
	defaultUsage      = 50 // hundredths
	defaultMinContact = 150
	defaultSeats      = 98

	maxDays = 36525 // a century
)

// A Policy is the thresholds of the rules. The zero value is the defaults.
type Policy struct {
	Bands    []string        `json:"bands"`         // from the worst to the best; nil means red, yellow, green
	Good     string          `json:"good"`          // from this band on a renewal is not at risk; empty means the best
	Drop     int             `json:"drop"`          // bands lost that make a [BandDrop]; 0 means 1
	Coverage decimal.Decimal `json:"coverage_drop"` // coverage lost that makes a [CoverageDrop], above 0 and at most 1; 0 means 0.20
	Overdue  decimal.Decimal `json:"overdue"`       // ideal gaps since the last use that make an [OverdueUsage]; 0 means 2
	Usage    decimal.Decimal `json:"usage_fall"`    // share of the baseline lost that makes a [UsageFall], above 0 and at most 1; 0 means 0.50
	MinBase  decimal.Decimal `json:"min_base"`      // baseline below which a fall of use says nothing; 0 means 20
	Renewal  int             `json:"renewal_days"`  // days ahead in which a renewal can be at risk; 0 means 90
	Contacts decimal.Decimal `json:"contacts"`      // effective contacts below which there is a [SingleContact]; 0 means 1.5
	Seats    decimal.Decimal `json:"seats"`         // share of the seats in use that makes [SeatsFull]; 0 means 0.98
	CoolDown int             `json:"cool_down"`     // days from the closing of an alert on for which its key is quiet, the day of the closing being the first; 0 means 14
	Off      []Kind          `json:"off,omitempty"` // rules that are not applied
}

// full returns p with its defaults filled in.
func (p Policy) full() Policy {
	if p.Bands == nil {
		p.Bands = []string{"red", "yellow", "green"}
	}
	if p.Good == "" && len(p.Bands) > 0 {
		p.Good = p.Bands[len(p.Bands)-1]
	}
	for _, d := range []struct {
		value    *int
		standard int
	}{
		{&p.Drop, defaultDrop}, {&p.Renewal, defaultRenewal}, {&p.CoolDown, defaultCoolDown},
	} {
		if *d.value == 0 {
			*d.value = d.standard
		}
	}
	for _, d := range []struct {
		value    *decimal.Decimal
		standard decimal.Decimal
	}{
		{&p.Coverage, decimal.New(defaultCoverage, -2)}, {&p.Overdue, decimal.NewFromInt(defaultOverdue)},
		{&p.Usage, decimal.New(defaultUsage, -2)}, {&p.MinBase, decimal.NewFromInt(defaultMinBase)},
		{&p.Contacts, decimal.New(defaultMinContact, -2)}, {&p.Seats, decimal.New(defaultSeats, -2)},
	} {
		if d.value.IsZero() {
			*d.value = d.standard
		}
	}
	return p
}

// Validate reports, as [success.Errors], fewer than two bands ([success.ErrRange]),
// a band without a name ([success.ErrMissing]) or with that of another
// ([success.ErrDuplicate]), a Good or Off that is not known
// ([success.ErrUnknown]), negative numbers ([success.ErrNegative]), days above a
// century, a Coverage or Usage above 1, and numbers of more than 36 places or 256
// bits ([success.ErrRange]).
func (p Policy) Validate() error {
	var faults success.Errors
	p.full().check(&faults)
	return faults.Err()
}

// check adds the faults of a policy with its defaults filled in.
func (p Policy) check(faults *success.Errors) {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "policy", Index: -1, Field: field, Value: value, Err: err})
	}
	p.checkBands(add)
	for _, n := range []struct {
		field string
		value int
	}{{"Drop", p.Drop}, {"Renewal", p.Renewal}, {"CoolDown", p.CoolDown}} {
		switch {
		case n.value < 0:
			add(n.field, strconv.Itoa(n.value), success.ErrNegative)
		case n.value > maxDays:
			add(n.field, strconv.Itoa(n.value), success.ErrRange)
		}
	}
	one := decimal.NewFromInt(1)
	for _, n := range []struct {
		field string
		value decimal.Decimal
		share bool
	}{
		{"Coverage", p.Coverage, true}, {"Overdue", p.Overdue, false}, {"Usage", p.Usage, true},
		{"MinBase", p.MinBase, false}, {"Contacts", p.Contacts, false}, {"Seats", p.Seats, false},
	} {
		if err := checkNumber(n.value); err != nil {
			add(n.field, show(n.value), err)
		} else if n.share && n.value.GreaterThan(one) {
			add(n.field, show(n.value), fault.New(success.ErrRange, "is more than 1"))
		}
	}
	for _, k := range p.Off {
		if !k.valid() {
			add("Off", k.String(), success.ErrUnknown)
		}
	}
}

func (p Policy) checkBands(add func(field, value string, err error)) {
	if len(p.Bands) < 2 {
		add("Bands", strconv.Itoa(len(p.Bands)), fault.New(success.ErrRange, "is fewer than two"))
	}
	for i, b := range p.Bands {
		switch {
		case b == "":
			add("Bands", "", success.ErrMissing)
		case slices.Contains(p.Bands[:i], b):
			add("Bands", b, success.ErrDuplicate)
		}
	}
	if len(p.Bands) > 0 && p.Good != "" && !slices.Contains(p.Bands, p.Good) {
		add("Good", p.Good, success.ErrUnknown)
	}
}

// rank returns the place of a band from the worst, -1 when it is unknown.
func (p Policy) rank(band string) int { return slices.Index(p.Bands, band) }
