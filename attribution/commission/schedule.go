package commission

import (
	"github.com/shopspring/decimal"

	"metrics.internal/success"
)

// An Instalment is a part of a commission that is paid, and becomes final,
// together. A customer who leaves before it is paid forfeits it for those who
// sold; one who leaves after that but before it is final has it reversed.
type Instalment struct {
	Weight    int64           `json:"weight"`             // its part of the commission, in proportion to the other weights
	Paid      success.Term    `json:"paid,omitzero"`      // how long after the deal was won; none is at once
	Final     success.Term    `json:"final,omitzero"`     // how long after the deal was won; none, or less than Paid, is as soon as paid
	Retention decimal.Decimal `json:"retention,omitzero"` // the least [Award.Retention] for which it is paid; 0 is any
}

// A Schedule is the instalments of a commission. They are split in their order, so
// that the first of them, however many, add up to their share of the commission to
// the nearest unit: of 1,000.00 in twelve parts, six are 500.00.
type Schedule []Instalment

// Clawback returns the schedule of a commission paid at once, all of which is
// reversed if the customer leaves inside the window.
func Clawback(window success.Term) Schedule {
	return Schedule{{Weight: 1, Final: window}}
}

// maxParts bounds the instalments of a term.
const maxParts = 10_000

// ProRata returns the schedule of a commission paid at once, of which a customer
// who leaves has reversed the share of the term that it did not stay. What counts
// is whole units of the term: of [success.Months](12) whole months, of
// [success.Days](365) whole days.
//
// A term of less than 1 or more than 10,000 units has an empty schedule, which
// [New] refuses.
func ProRata(term success.Term) Schedule {
	if term.Count < 1 || term.Count > maxParts {
		return nil
	}
	s := make(Schedule, term.Count)
	for i := range s {
		s[i] = Instalment{Weight: 1, Final: success.Term{Count: i + 1, Unit: term.Unit}}
	}
	return s
}

// Holdback returns the schedule of a commission of which one part is paid at once
// and for good, such as 70, and one when the window has passed, such as 30, if
// the customer stays so long.
func Holdback(paid, held int64, window success.Term) Schedule {
	return Milestones(Milestone{Weight: paid}, Milestone{Weight: held, After: window})
}

// A Milestone is how long a customer has to stay for a part of a commission.
type Milestone struct {
	Weight int64        // the part, in proportion to the others
	After  success.Term // none is at once
}

// Milestones returns the schedule of a commission that is paid part by part for
// as long as the customer stays, each for good.
func Milestones(milestones ...Milestone) Schedule {
	s := make(Schedule, len(milestones))
	for i, m := range milestones {
		s[i] = Instalment{Weight: m.Weight, Paid: m.After}
	}
	return s
}

// A Tier is a part of a commission that is paid from some retention on.
type Tier struct {
	Weight int64           // what the tier adds to those below it, in proportion to the others
	From   decimal.Decimal // least retention reached, such as 0.9; 0 is any, and paid at once
}

// Tiered returns the schedule of a commission whose rate depends on the retention
// reached, which is measured after some time. A rate of 5 %, that is 8 % from a
// retention of 90 % on and 10 % from 100 % on, is an [Award.Rate] of 0.10 and
// tiers of 5 from 0, 3 from 0.9 and 2 from 1. Until the retention is measured and
// known, tiers above 0 are held.
func Tiered(measured success.Term, tiers ...Tier) Schedule {
	s := make(Schedule, len(tiers))
	for i, t := range tiers {
		s[i] = Instalment{Weight: t.Weight, Retention: t.From}
		if !t.From.IsZero() {
			s[i].Paid = measured
		}
	}
	return s
}

// after returns the day on which a term from a day on has passed; none is none.
func after(day success.Date, term success.Term) success.Date {
	switch term.Unit {
	case success.UnitMonth:
		return day.AddMonths(term.Count)
	case success.UnitWeek:
		return day.AddDays(7 * term.Count)
	}
	return day.AddDays(term.Count)
}
