package commission

import (
	"fmt"
	"strconv"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/split"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// An Award is the commission of one won deal.
type Award struct {
	Deal      attribution.DealID `json:"deal"`               // there is one award of a deal
	Rate      decimal.Decimal    `json:"rate"`               // commission per unit of the deal's amount, such as 0.1; at least 0
	Shares    []Share            `json:"shares"`             // who gets it
	Schedule  Schedule           `json:"schedule"`           // when
	Left      success.Date       `json:"left,omitzero"`      // first day on which the buyer was, or will be, no longer a customer; none while not known. See [Left]
	Retention success.Ratio      `json:"retention,omitzero"` // reached, for a schedule that asks for it; undefined while not known
}

// A Share is the part of one person in a commission.
type Share struct {
	Person string `json:"person"` // once in an award
	Weight int64  `json:"weight"` // in proportion to the others
}

const (
	// maxCount bounds the time after a deal: 2,700 years of days.
	maxCount = 1_000_000

	// rateDigits are those in which a rate is counted, as long as it needs no
	// more: any up to 9,000 fits.
	rateDigits = 15
)

// check adds what is wrong with an award by itself.
func (a *Award) check(index int, faults *success.Errors) {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "award", Index: index, Field: field, Value: value, Err: err})
	}
	checkNumber("Rate", a.Rate, add)
	checkShares(a.Shares, add)
	checkSchedule(a.Schedule, add)
	if a.Retention.Defined() {
		checkRetention(a.Retention, add)
	}
}

func checkNumber(field string, d decimal.Decimal, add func(field, value string, err error)) {
	if _, _, ok := split.Units(d, rateDigits); !ok {
		add(field, exact.Show(d), fault.New(success.ErrRange, "has too many digits"))
	} else if d.IsNegative() {
		add(field, exact.Show(d), success.ErrNegative)
	}
}

func checkShares(shares []Share, add func(field, value string, err error)) {
	seen, some := make(map[string]bool, len(shares)), false
	for i, s := range shares {
		add := func(field, value string, err error) { add(fmt.Sprintf("Shares[%d].%s", i, field), value, err) }
		switch {
		case s.Person == "":
			add("Person", "", success.ErrMissing)
		case seen[s.Person]:
			add("Person", s.Person, success.ErrDuplicate)
		}
		seen[s.Person] = true
		some = checkWeight(s.Weight, add) || some
	}
	if !some {
		add("Shares", "", fault.New(success.ErrMissing, "has no weight above 0"))
	}
}

func checkSchedule(schedule Schedule, add func(field, value string, err error)) {
	some, sum := false, int64(0)
	for i, s := range schedule {
		add := func(field, value string, err error) { add(fmt.Sprintf("Schedule[%d].%s", i, field), value, err) }
		some = checkWeight(s.Weight, add) || some
		if sum += max(s.Weight, 0); sum < 0 {
			add("Weight", strconv.FormatInt(s.Weight, 10), fault.New(success.ErrRange, "makes a sum of weights too large to hold"))
			sum = 0
		}
		checkTerm("Paid", s.Paid, add)
		checkTerm("Final", s.Final, add)
		checkNumber("Retention", s.Retention, add)
	}
	if !some {
		add("Schedule", "", fault.New(success.ErrMissing, "has no weight above 0"))
	}
}

// checkWeight reports whether a weight is not 0.
func checkWeight(weight int64, add func(field, value string, err error)) bool {
	if weight < 0 {
		add("Weight", strconv.FormatInt(weight, 10), success.ErrNegative)
	}
	return weight != 0
}

func checkTerm(field string, t success.Term, add func(field, value string, err error)) {
	if times, _ := t.PerYear(); t != (success.Term{}) && (times == 0 || t.Count > maxCount) {
		add(field, t.String(), fault.New(success.ErrRange, "is no time after a deal"))
	}
}

func checkRetention(r success.Ratio, add func(field, value string, err error)) {
	_, _, num := split.Units(r.Num, 0)
	_, _, den := split.Units(r.Den, 0)
	switch {
	case !num || !den:
		add("Retention", exact.Show(r.Num)+" / "+exact.Show(r.Den), fault.New(success.ErrRange, "has too many digits"))
	case r.Den.IsNegative() || r.Num.IsNegative():
		add("Retention", r.String(), success.ErrNegative)
	}
}
