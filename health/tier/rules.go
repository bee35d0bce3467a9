package tier

import (
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// rules are a policy ready for use.
type rules struct {
	tiers []rank
	locks Locks
	dwell int
}

// A rank is a tier in whole numbers.
type rank struct {
	name       string
	format     success.Format
	cadence    int
	hours      int64 // ten-thousandths
	up, down   int64 // millionths; 0 for no rule
	complexity int
	strategic  bool
	contract   bool
	also       func(Account) bool
	limited    bool
	team       Team
	capacity   int64 // millionths of an hour
	each       int64 // of one person
}

// room returns the effort, in hundredths, that fits a capacity.
func (r *rank) room(capacity int64) int64 {
	if !r.limited {
		return unlimited
	}
	return capacity / r.hours
}

// cost returns the hours of an effort.
func (r *rank) cost(effort int64) decimal.Decimal {
	return exact.Product(effort, r.hours).Decimal()
}

// A door names what is wrong with the tier at a position.
type door struct {
	index  int
	faults *success.Errors
}

func (d door) add(field, value string, err error) {
	if err != nil {
		d.faults.Add(&success.InputError{Record: "tier", Index: d.index, Field: field, Value: value, Err: err})
	}
}

func (d door) count(field string, n, most int) {
	d.add(field, strconv.Itoa(n), countFault(n, most))
}

func countFault(n, most int) error {
	switch {
	case n < 0:
		return success.ErrNegative
	case n > most:
		return fault.New(success.ErrRange, "is more than %d", most)
	}
	return nil
}

func rulesOf(p Policy, faults *success.Errors) *rules {
	r := &rules{locks: p.Locks, dwell: p.Dwell}
	single := func(field string, n int) {
		if err := countFault(n, maxDays); err != nil {
			faults.Add(&success.InputError{Record: "policy", Index: -1, Field: field, Value: strconv.Itoa(n), Err: err})
		}
	}
	single("Dwell", p.Dwell)
	single("Locks.Renewal", p.Locks.Renewal)
	single("Locks.Handover", p.Locks.Handover)
	switch n := len(p.Tiers); {
	case n == 0:
		faults.Add(&success.InputError{Record: "policy", Index: -1, Field: "Tiers", Err: success.ErrMissing})
	case n > maxTiers:
		faults.Add(&success.InputError{Record: "policy", Index: -1, Field: "Tiers", Value: strconv.Itoa(n), Err: fault.New(success.ErrRange, "are more than %d", maxTiers)})
		return r
	}
	for i, t := range p.Tiers {
		d := door{i, faults}
		next := d.rank(t)
		if i == len(p.Tiers)-1 && t.Team != nil {
			d.add("Team", "", fault.New(success.ErrRange, "limits the last tier, which must take all"))
		}
		d.name(r, next)
		if i > 0 {
			d.order(&r.tiers[i-1], &next)
			d.revenueOrder(r, &next)
		}
		r.tiers = append(r.tiers, next)
	}
	return r
}

// refused stands for hours that cannot be compared.
const refused = -1

// maxTiers is how many tiers there may be: their numbers fit an int8.
const maxTiers = 100

// reserved is the key beside the names of tiers in the JSON of a plan.
const reserved = "assignments"

func (d door) name(r *rules, next rank) {
	switch _, known := r.find(next.name); {
	case next.name == "":
		d.add("Name", "", success.ErrMissing)
	case next.name == reserved:
		d.add("Name", next.name, fault.New(success.ErrDuplicate, "is reserved"))
	case known:
		d.add("Name", next.name, success.ErrDuplicate)
	}
}

// rank checks what can be said of a tier alone.
func (d door) rank(t Tier) rank {
	r := rank{name: t.Name, format: t.Format, cadence: t.Cadence, complexity: t.Entry.Complexity,
		strategic: t.Entry.Strategic, contract: t.Entry.Contract, also: t.Entry.Also}
	var err error
	if r.hours, err = whole(t.Hours, hoursPlaces, maxHours); err != nil {
		d.add("Hours", exact.Show(t.Hours), err)
		r.hours = refused
	}
	switch {
	case t.Format == success.FormatUnknown:
		d.add("Format", "", success.ErrMissing)
	case t.Format > success.SelfService:
		d.add("Format", strconv.Itoa(int(t.Format)), success.ErrUnknown)
	}
	d.count("Cadence", t.Cadence, maxDays)
	if t.Entry.Complexity < 0 {
		d.add("Entry.Complexity", strconv.Itoa(t.Entry.Complexity), success.ErrNegative)
	}
	d.thresholds(&r, t.Entry)
	if t.Team != nil {
		r.limited, r.team = true, *t.Team
		r.capacity, r.each = t.Team.capacity("tier", d.index, "Team.", d.faults)
	}
	return r
}

func (d door) thresholds(r *rank, e Entry) {
	var upErr, downErr error
	r.up, upErr = money(e.Up)
	r.down, downErr = money(e.Down)
	d.add("Entry.Up", exact.Show(e.Up), upErr)
	d.add("Entry.Down", exact.Show(e.Down), downErr)
	if upErr != nil || downErr != nil {
		return
	}
	if r.down > r.up {
		d.add("Entry.Down", exact.Show(e.Down), fault.New(success.ErrOrder, "is above Up %s", exact.Show(e.Up)))
	}
	if r.down == 0 {
		r.down = r.up
	}
}

// order checks a tier against the one above it.
func (d door) order(above, next *rank) {
	if next.hours >= above.hours && above.hours != refused {
		d.add("Hours", hoursOf(next.hours), fault.New(success.ErrOrder, "is not below the %s of the tier before", hoursOf(above.hours)))
	}
	if next.format < above.format && next.format != success.FormatUnknown {
		d.add("Format", next.format.String(), fault.New(success.ErrOrder, "is more personal than %s of the tier before", above.format))
	}
}

// revenueOrder checks the threshold of a tier against the lowest above it.
func (d door) revenueOrder(r *rules, next *rank) {
	for i := len(r.tiers) - 1; i >= 0 && next.up > 0; i-- {
		if least := r.tiers[i].up; least > 0 {
			if next.up >= least {
				d.add("Entry.Up", exact.Decimal(next.up).String(), fault.New(success.ErrOrder, "is not below the %s of a tier before", exact.Decimal(least)))
			}
			return
		}
	}
}

func hoursOf(n int64) string { return decimal.New(n, -hoursPlaces).String() }

// find returns the position of a tier.
func (r *rules) find(name string) (index int8, ok bool) {
	for i := range r.tiers {
		if r.tiers[i].name == name {
			return int8(i), true
		}
	}
	return none, false
}

// none stands for no tier.
const none int8 = -1

func (r *rules) last() int8 { return int8(len(r.tiers) - 1) }

// byRevenue returns the highest tier that revenue lifts an account into, and the
// highest that it keeps it in.
func (r *rules) byRevenue(revenue int64) (rise, fall int8) {
	rise, fall = r.last(), r.last()
	for i := range r.tiers {
		t := &r.tiers[i]
		if t.up > 0 && revenue >= t.down {
			fall = min(fall, int8(i))
		}
		if t.up > 0 && revenue >= t.up {
			return int8(i), fall
		}
	}
	return rise, fall
}
