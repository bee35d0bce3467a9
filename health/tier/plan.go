package tier

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// A Plan is an assignment of accounts to tiers. It is immutable, and safe to ask
// from many goroutines at once.
type Plan struct {
	rules *rules
	seats []seat // in order of ID
	units []unit
	turns []bid
	filling
}

// Assign gives every account one tier, as the package says, on a day. It sorts
// once by ID and once by value density: O(n log n).
//
// It reports, as [success.Errors], what [Policy.Validate] does, a missing day,
// and of accounts: a missing or repeated ID, negative numbers, an effort outside
// [0.01, 100], revenue that is too large by itself or in sum
// ([success.ErrRange]), a tier that the policy does not have
// ([success.ErrUnknown]), an account that is its own ancestor and a state from
// after the day ([success.ErrOrder]), and a way to another tier without the day
// it began ([success.ErrMissing]).
func Assign(accounts []Account, policy Policy, day success.Date) (*Plan, error) {
	var faults success.Errors
	e := &entrance{rulesOf(policy, &faults), day, &faults}
	if day.IsZero() {
		faults.Add(&success.InputError{Record: "day", Index: -1, Err: success.ErrMissing})
	}
	seats := e.seats(accounts)
	ids := e.families(seats, accounts)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	for i := range seats {
		e.judge(&seats[i], &accounts[seats[i].index])
	}
	p := &Plan{rules: e.rules, seats: seats, units: unite(seats, ids)}
	p.turns = queue(p.units)
	p.filling = fill(p.units, p.turns, p.rooms())
	return p, nil
}

// seats checks accounts and returns them in order of ID.
func (e *entrance) seats(accounts []Account) []seat {
	seats := make([]seat, len(accounts)) // in the order of the call, which memory is in
	var total exact.Sum
	for i := range accounts {
		seats[i] = e.seat(i, &accounts[i])
		total = total.Plus(seats[i].revenue)
	}
	if total.Cmp(exact.Of(exact.Limit)) >= 0 {
		e.faults.Add(&success.InputError{Record: "accounts", Index: -1, Field: "Revenue", Value: total.Decimal().String(),
			Err: fault.New(success.ErrRange, "in sum is not below %s", exact.Decimal(exact.Limit))})
	}
	sorted := make([]seat, len(accounts))
	for i, at := range byID(accounts) {
		sorted[i] = seats[at]
		if s := &sorted[i]; i > 0 && s.id == sorted[i-1].id && s.id != "" {
			e.faults.Add(&success.InputError{Record: "account", Index: int(at), Field: "ID", Value: s.id, Err: success.ErrDuplicate})
		}
	}
	return sorted
}

// rooms returns the effort that fits each tier when it is empty.
func (p *Plan) rooms() []int64 {
	rooms := make([]int64, len(p.rules.tiers))
	for i := range rooms {
		t := &p.rules.tiers[i]
		rooms[i] = t.room(t.capacity)
	}
	return rooms
}

// An Assignment is what an account gets.
type Assignment struct {
	Account success.AccountID `json:"account"`
	Tier    string            `json:"tier"`   // the tier it has
	Wanted  string            `json:"wanted"` // the tier it wants, or the highest that one of its family does
	Reason  Reason            `json:"reason"` // why it has it; a lock may be that of another member
	State   State             `json:"-"`      // for the next assignment: what it wants itself
}

// Assignments returns what every account gets, in order of ID.
func (p *Plan) Assignments() []Assignment {
	all := make([]Assignment, len(p.seats))
	for i := range p.seats {
		all[i] = p.assignment(&p.seats[i])
	}
	return all
}

// Of returns what one account gets; ok is false when it is not in the plan.
func (p *Plan) Of(id success.AccountID) (a Assignment, ok bool) {
	at, ok := search(p.seats, string(id))
	if !ok {
		return Assignment{}, false
	}
	return p.assignment(&p.seats[at]), true
}

func (p *Plan) assignment(s *seat) Assignment {
	tier := p.tiers[s.unit]
	return Assignment{
		Account: success.AccountID(s.id), Tier: p.name(tier), Wanted: p.name(p.units[s.unit].wanted),
		Reason: p.reason(s.unit),
		State:  State{Wanted: p.name(s.wanted), Given: p.name(tier), Toward: p.name(s.toward), Since: s.since},
	}
}

func (p *Plan) reason(unit int32) Reason {
	switch u := &p.units[unit]; {
	case u.lock != AsWanted:
		return u.lock
	case p.tiers[unit] != u.wanted:
		return NoRoom
	}
	return AsWanted
}

// name returns the name of a tier, empty for none.
func (p *Plan) name(tier int8) string {
	if tier == none {
		return ""
	}
	return p.rules.tiers[tier].name
}

// A Move is an account that changes tier.
type Move struct {
	Account success.AccountID `json:"account"`
	From    string            `json:"from"`
	To      string            `json:"to"`
	Up      bool              `json:"up"` // to a more personal tier
	Reason  Reason            `json:"reason"`
}

// Moves returns the accounts whose tier is not the one they had before, in order
// of ID. New accounts had none and are left out.
func (p *Plan) Moves() []Move {
	var moves []Move
	for i := range p.seats {
		if s := &p.seats[i]; s.present != none && s.present != p.tiers[s.unit] {
			moves = append(moves, p.move(s, s.present, p.tiers[s.unit], p.reason(s.unit)))
		}
	}
	return moves
}

func (p *Plan) move(s *seat, from, to int8, reason Reason) Move {
	return Move{success.AccountID(s.id), p.name(from), p.name(to), to < from, reason}
}

// A Load is what a tier has to do.
type Load struct {
	Tier      string
	Format    success.Format
	Accounts  int             // that have the tier
	Locked    int             // those of them that are locked in it
	ARR       decimal.Decimal // their revenue
	Needed    decimal.Decimal // their hours in the period
	Available decimal.Decimal // the hours of the team; 0 when there is no limit
	Limited   bool            // whether there is a limit
}

// Over returns the hours needed beyond those available, 0 when there are enough.
// Only locks can bring it above 0.
func (l Load) Over() decimal.Decimal {
	if !l.Limited || l.Needed.Cmp(l.Available) <= 0 {
		return decimal.Decimal{}
	}
	return l.Needed.Sub(l.Available)
}

// Use returns the hours needed as a share of those available. It exceeds 1 when
// locks take more than there is, and is undefined without a limit and for a team
// without people.
func (l Load) Use() success.Ratio {
	if !l.Limited {
		return success.Ratio{}
	}
	return success.Ratio{Num: l.Needed, Den: l.Available}
}

// Loads returns what every tier has to do, in order of tiers. Their accounts and
// revenue add up to those of the plan.
func (p *Plan) Loads() []Load {
	loads := make([]Load, len(p.rules.tiers))
	tally := p.tally(p.tiers)
	for i := range loads {
		t := &p.rules.tiers[i]
		loads[i] = Load{Tier: t.name, Format: t.format, Accounts: tally[i].accounts, Locked: tally[i].locked,
			ARR: exact.Decimal(tally[i].revenue), Needed: t.cost(tally[i].effort),
			Available: exact.Decimal(t.capacity), Limited: t.limited}
	}
	return loads
}

// A tally adds up the units of a tier.
type tally struct {
	accounts, locked int
	revenue, effort  int64
}

// tally adds up units by the tier each is said to be in.
func (p *Plan) tally(tiers []int8) []tally {
	sums := make([]tally, len(p.rules.tiers))
	for i := range p.units {
		u, s := &p.units[i], &sums[tiers[i]]
		s.accounts += int(u.members)
		s.revenue += u.value
		s.effort += u.effort
		if u.lock != AsWanted {
			s.locked += int(u.members)
		}
	}
	return sums
}

// Served returns the served value of a tier: the revenue of the accounts that
// have it or a higher one. ok is false when the policy has no such tier.
func (p *Plan) Served(tier string) (value decimal.Decimal, ok bool) {
	at, ok := p.rules.find(tier)
	if !ok {
		return decimal.Decimal{}, false
	}
	return exact.Decimal(p.served(p.tiers)[at]), true
}

// served returns the served value of each tier in millionths.
func (p *Plan) served(tiers []int8) []int64 {
	values := make([]int64, len(p.rules.tiers))
	sum := int64(0)
	for i, t := range p.tally(tiers) {
		sum += t.revenue
		values[i] = sum
	}
	return values
}
