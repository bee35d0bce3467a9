package tier

import (
	"slices"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// A Staffing is what it takes to give everybody the tier they want.
type Staffing struct {
	Tier      string
	Accounts  decimal.Decimal // that want the tier; may be a fraction once grown
	Hours     decimal.Decimal // that they would take in the period
	PerPerson decimal.Decimal // hours one person has for them; 0 without a team
	People    decimal.Decimal // there are; 0 without a team
	Limited   bool            // whether there is a team
}

// Exact returns the people needed, Hours / PerPerson, undefined without a team.
func (s Staffing) Exact() success.Ratio {
	return success.Ratio{Num: s.Hours, Den: s.PerPerson}
}

// Needed returns the people needed, rounded up to whole ones; ok is false
// without a team.
func (s Staffing) Needed() (people decimal.Decimal, ok bool) {
	if !s.Limited {
		return decimal.Decimal{}, false
	}
	return ceiling(s.Hours, s.PerPerson), true
}

// Missing returns how many more people are needed than there are, 0 when there
// are enough and without a team.
func (s Staffing) Missing() decimal.Decimal {
	needed, ok := s.Needed()
	if missing := needed.Sub(s.People); ok && missing.IsPositive() {
		return missing
	}
	return decimal.Decimal{}
}

// Staffing returns what it takes to give everybody the tier they want, in order
// of tiers.
func (p *Plan) Staffing() []Staffing {
	wanted := make([]int8, len(p.units))
	for i := range p.units {
		wanted[i] = p.units[i].wanted
	}
	return p.staff(wanted, decimal.New(1, 0))
}

func (p *Plan) staff(wanted []int8, factor decimal.Decimal) []Staffing {
	needs := make([]Staffing, len(p.rules.tiers))
	for i, sum := range p.tally(wanted) {
		t := &p.rules.tiers[i]
		needs[i] = Staffing{Tier: t.name, Accounts: factor.Mul(decimal.NewFromInt(int64(sum.accounts))),
			Hours: factor.Mul(t.cost(sum.effort)), Limited: t.limited}
		if t.limited {
			needs[i].PerPerson, needs[i].People = exact.Decimal(t.each), t.team.People
		}
	}
	return needs
}

// A Growth is a scenario.
type Growth struct {
	Accounts decimal.Decimal // how many more accounts of each kind there will be, 0.2 for 20 % more; −1 or more
	Revenue  decimal.Decimal // how much more each account will pay, likewise
}

// factors returns 1 + Accounts and 1 + Revenue in millionths.
func (g Growth) factors() (accounts, revenue int64, err error) {
	var faults success.Errors
	factor := func(field string, d decimal.Decimal) int64 {
		micros, ok := exact.Rate(d, 1, 1)
		if !ok || micros < -one || micros > maxGrowth {
			faults.Add(&success.InputError{Record: "growth", Index: -1, Field: field, Value: exact.Show(d),
				Err: fault.New(success.ErrRange, "is not between -1 and %s", exact.Decimal(maxGrowth))})
		}
		return one + micros
	}
	accounts, revenue = factor("Accounts", g.Accounts), factor("Revenue", g.Revenue)
	return accounts, revenue, faults.Err()
}

const maxGrowth = 1000 * one

// Grow returns what it would take to give everybody the tier they want after a
// growth, all having dwelt there: revenue moves accounts over the thresholds,
// from the tier they want now, while their other rules hold as they do; then
// there are more of each. Factors are rounded half to even to a millionth.
// Growth outside [−1, 1000] is an error.
func (p *Plan) Grow(g Growth) ([]Staffing, error) {
	accounts, revenue, err := g.factors()
	if err != nil {
		return nil, err
	}
	wanted := slices.Repeat([]int8{maxTiers}, len(p.units))
	for i := range p.seats {
		s := &p.seats[i]
		grown, ok := exact.Rate(exact.Decimal(s.revenue), revenue, one)
		if !ok {
			grown = exact.Limit
		}
		wanted[s.unit] = min(wanted[s.unit], p.rules.target(s.wanted, s.byRule, grown))
	}
	return p.staff(wanted, exact.Decimal(accounts)), nil
}

// A Hire is what one more person changes.
type Hire struct {
	Tier   string
	Served []Served // of every tier, in order
	Moves  []Move   // in order of ID; those down make room for one of more value
}

// A Served is the served value of a tier before and after.
type Served struct {
	Tier          string
	Before, After decimal.Decimal
}

// Hire returns what one more person in a tier would change. A tier that the
// policy does not have ([success.ErrUnknown]) and one without a team
// ([success.ErrRange]) are errors.
func (p *Plan) Hire(tier string) (Hire, error) {
	at, ok := p.rules.find(tier)
	refuse := func(err error) (Hire, error) {
		var faults success.Errors
		faults.Add(&success.InputError{Record: "tier", Index: -1, Field: "Name", Value: tier, Err: err})
		return Hire{}, faults.Err()
	}
	switch {
	case !ok:
		return refuse(success.ErrUnknown)
	case !p.rules.tiers[at].limited:
		return refuse(fault.New(success.ErrRange, "has no team"))
	}
	rooms := p.rooms()
	rooms[at] = p.rules.tiers[at].enlarged()
	after := fill(p.units, p.turns, rooms)
	h := Hire{Tier: tier}
	before, then := p.served(p.tiers), p.served(after.tiers)
	for i := range before {
		h.Served = append(h.Served, Served{p.name(int8(i)), exact.Decimal(before[i]), exact.Decimal(then[i])})
	}
	for i := range p.seats {
		s := &p.seats[i]
		if from, to := p.tiers[s.unit], after.tiers[s.unit]; from != to {
			reason := NoRoom
			if to == p.units[s.unit].wanted {
				reason = AsWanted
			}
			h.Moves = append(h.Moves, p.move(s, from, to, reason))
		}
	}
	return h, nil
}

// enlarged returns the room of a tier with one more person.
func (r *rank) enlarged() int64 {
	team := r.team
	team.People = team.People.Add(decimal.New(1, 0))
	person := team.Hours.Mul(team.Utilisation).Mul(decimal.New(1, 0).Sub(team.Admin))
	return r.room(floor(person.Mul(team.People)))
}
