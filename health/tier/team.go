package tier

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// A Team is the people that serve a tier, and the part of their time that
// reaches customers.
type Team struct {
	People      decimal.Decimal `json:"people"`      // at most two decimals; 0 is a team still to be hired
	Hours       decimal.Decimal `json:"hours"`       // that one person works in the period, above 0
	Utilisation decimal.Decimal `json:"utilisation"` // the share of them that can be planned, in (0, 1]
	Admin       decimal.Decimal `json:"admin"`       // the share of those that goes to no customer, in [0, 1)
}

// Available returns the hours the team has for customers in the period,
//
//	People × Hours × Utilisation × (1 − Admin)
//
// rounded down to a millionth. It reports every field that is out of range, as
// [success.Errors].
func (t Team) Available() (decimal.Decimal, error) {
	var faults success.Errors
	total, _ := t.capacity("team", -1, "", &faults)
	if err := faults.Err(); err != nil {
		return decimal.Decimal{}, err
	}
	return exact.Decimal(total), nil
}

// capacity returns the hours of all and those of one, in millionths, and adds
// what is wrong to faults.
func (t Team) capacity(record string, index int, prefix string, faults *success.Errors) (all, each int64) {
	before := faults.Count
	check := func(field string, d decimal.Decimal, places int, most int64) decimal.Decimal {
		if _, err := whole(d, places, most); err != nil {
			faults.Add(&success.InputError{Record: record, Index: index, Field: prefix + field, Value: exact.Show(d), Err: err})
		}
		return d
	}
	add := func(field string, d decimal.Decimal, reason string) {
		faults.Add(&success.InputError{Record: record, Index: index, Field: prefix + field, Value: exact.Show(d), Err: fault.New(success.ErrRange, "%s", reason)})
	}
	people := check("People", t.People, effortPlaces, maxPeople)
	hours := check("Hours", t.Hours, sharePlaces, maxPeriod)
	use := check("Utilisation", t.Utilisation, sharePlaces, one)
	admin := check("Admin", t.Admin, sharePlaces, one)
	if hours.IsZero() {
		add("Hours", hours, "is not above 0")
	}
	if use.IsZero() {
		add("Utilisation", use, "is not above 0")
	}
	if admin.Equal(decimal.New(1, 0)) {
		add("Admin", admin, "leaves no time")
	}
	if faults.Count > before {
		return 0, 0
	}
	person := hours.Mul(use).Mul(decimal.New(1, 0).Sub(admin))
	each = floor(person)
	if each == 0 {
		add("Hours", hours, "leaves less than a millionth of an hour")
	}
	return floor(person.Mul(people)), each
}

// floor returns d in millionths, rounded down.
func floor(d decimal.Decimal) int64 { return d.Shift(sharePlaces).Floor().IntPart() }

// Accounts returns how many accounts of so many hours each the team has time
// for. It reports what [Team.Available] does, and hours that are not above 0,
// too many or have more than four decimals.
func (t Team) Accounts(hours decimal.Decimal) (int, error) {
	var faults success.Errors
	total, _ := t.capacity("team", -1, "", &faults)
	each, err := whole(hours, hoursPlaces, maxHours)
	if err == nil && each == 0 {
		err = fault.New(success.ErrRange, "is not above 0")
	}
	if err != nil {
		faults.Add(&success.InputError{Record: "hours", Index: -1, Value: exact.Show(hours), Err: err})
	}
	if err := faults.Err(); err != nil {
		return 0, err
	}
	return int(total / (each * normal)), nil
}
