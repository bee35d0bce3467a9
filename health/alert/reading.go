package alert

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// A Departure is a champion who has left and was not replaced.
type Departure struct {
	Contact string       `json:"contact"` // unique within the account
	On      success.Date `json:"on"`      // the day
}

// A Goal is something that the account and the vendor agreed to reach by a day.
type Goal struct {
	ID       string       `json:"id"`                 // unique within the account
	Due      success.Date `json:"due"`                // last day in time
	Achieved bool         `json:"achieved,omitempty"` // it was reached, or is no goal any more
}

// A Reading is what is known of an account on a day. What is unknown is left
// empty: a band without a name, a ratio that is undefined. Before means whenever
// the caller compares with, such as a month ago or the last review; it should be
// the same for all and not move with each run, or a drop is over the day after.
type Reading struct {
	Account        success.AccountID `json:"account"`        // unique within one call
	Revenue        decimal.Decimal   `json:"revenue"`        // at stake, such as the annual recurring revenue; in one currency
	Band           string            `json:"band,omitempty"` // of the health score
	BandBefore     string            `json:"band_before,omitempty"`
	Coverage       success.Ratio     `json:"coverage"` // of the health score, 0 to 1
	CoverageBefore success.Ratio     `json:"coverage_before"`
	Overdue        success.Ratio     `json:"overdue"`              // days since the last use / ideal days between uses
	Usage          success.Ratio     `json:"usage"`                // use of the present period / own baseline
	Contacts       success.Ratio     `json:"contacts"`             // effective contacts, 1/Σp²
	Seats          success.Ratio     `json:"seats"`                // seats in use / seats bought
	Departures     []Departure       `json:"departures,omitempty"` // champions who have left and were not replaced: all of them
	Goals          []Goal            `json:"goals,omitempty"`      // all of them
	Renewal        success.Date      `json:"renewal,omitzero"`     // day of the next renewal, past while it is late; none when there is none
	Ended          bool              `json:"ended,omitempty"`      // it is no customer any more: all its alerts close
}

// check adds the faults of r, for the reading at a position of a slice.
func (r *Reading) check(index int, asOf success.Date, p Policy, faults *success.Errors) {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "reading", Index: index, Field: field, Value: value, Err: err})
	}
	if r.Account == "" {
		add("Account", "", success.ErrMissing)
	}
	if err := checkNumber(r.Revenue); err != nil {
		add("Revenue", show(r.Revenue), err)
	}
	if r.Band != "" && p.rank(r.Band) < 0 {
		add("Band", r.Band, success.ErrUnknown)
	}
	if r.BandBefore != "" && p.rank(r.BandBefore) < 0 {
		add("BandBefore", r.BandBefore, success.ErrUnknown)
	}
	one := decimal.NewFromInt(1)
	for _, n := range []struct {
		field string
		value success.Ratio
		most  decimal.Decimal
	}{
		{"Coverage", r.Coverage, one}, {"CoverageBefore", r.CoverageBefore, one}, {"Overdue", r.Overdue, decimal.Decimal{}},
		{"Usage", r.Usage, decimal.Decimal{}}, {"Contacts", r.Contacts, decimal.Decimal{}}, {"Seats", r.Seats, decimal.Decimal{}},
	} {
		if d, err := checkRatio(n.value, n.most); err != nil {
			add(n.field, show(d), err)
		}
	}
	r.checkDepartures(asOf, add)
	r.checkGoals(add)
}

func (r *Reading) checkDepartures(asOf success.Date, add func(field, value string, err error)) {
	seen := make(map[string]bool, len(r.Departures))
	for _, d := range r.Departures {
		switch {
		case d.Contact == "":
			add("Departures", "", fault.New(success.ErrMissing, "has no contact"))
		case seen[d.Contact]:
			add("Departures", d.Contact, success.ErrDuplicate)
		}
		switch {
		case d.On.IsZero():
			add("Departures", d.Contact, fault.New(success.ErrMissing, "has no day"))
		case !asOf.IsZero() && d.On.After(asOf):
			add("Departures", d.On.String(), fault.New(success.ErrOrder, "is after %s", asOf))
		}
		seen[d.Contact] = true
	}
}

func (r *Reading) checkGoals(add func(field, value string, err error)) {
	seen := make(map[string]bool, len(r.Goals))
	for _, g := range r.Goals {
		switch {
		case g.ID == "":
			add("Goals", "", fault.New(success.ErrMissing, "has no ID"))
		case seen[g.ID]:
			add("Goals", g.ID, success.ErrDuplicate)
		}
		if g.Due.IsZero() {
			add("Goals", g.ID, fault.New(success.ErrMissing, "has no day due"))
		}
		seen[g.ID] = true
	}
}
