package retention_test

import (
	"math/big"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// A move is what became of one unit in a period.
type move struct {
	unit
	members                 []int    // contracts at either end
	opening, closing, atEnd *big.Int // opening and closing at the rates of From, closing at those of To
	kind                    retention.Kind
	amount                  *big.Int
	fromFree, activeAtClose bool
	clamped                 bool // rounding made a sum negative
}

// kindOf says how a unit moved. past says whether it ever paid before.
func kindOf(opening, closing *big.Int, past bool) (retention.Kind, *big.Int) {
	was, is := opening.Sign() > 0, closing.Sign() > 0
	switch {
	case !was && is && past:
		return retention.Reactivation, closing
	case !was && is:
		return retention.New, closing
	case was && !is:
		return retention.Churn, opening
	case closing.Cmp(opening) > 0:
		return retention.Expansion, minus(closing, opening)
	case closing.Cmp(opening) < 0:
		return retention.Contraction, minus(opening, closing)
	}
	return retention.None, nothing()
}

// split gives each contract the unit of the grain, taken apart by an attribute of
// the contract.
func (o *oracle) split(by func(i int) string, last success.Date) func(i int) unit {
	return func(i int) unit {
		u := o.unitOf(i, last)
		u.value = by(i)
		return u
	}
}

// whole does not take units apart.
func whole(int) string { return "" }

// moves compares all units at both ends of a period.
func (o *oracle) moves(p success.Period, by func(i int) string) []move {
	closeDay := p.To.AddDays(-1)
	unitOf := o.split(by, closeDay)
	opening := o.on(dayBefore(p.From), p.From, unitOf)
	closing := o.on(closeDay, p.From, unitOf)
	atEnd := o.on(closeDay, p.To, unitOf)
	first, fromFree := o.firstPaid(p.To, unitOf)
	all := map[unit][]int{}
	for u, c := range opening {
		all[u] = append(all[u], c.members...)
	}
	for u, c := range closing {
		all[u] = append(all[u], c.members...)
	}
	var moves []move
	for u, members := range all {
		m := move{
			unit: u, members: members, opening: opening[u].amount(), closing: closing[u].amount(), atEnd: atEnd[u].amount(),
			activeAtClose: closing[u] != nil,
		}
		past := !first[u].IsZero() && first[u].Before(p.From)
		m.kind, m.amount = kindOf(m.opening, m.closing, past)
		m.fromFree = m.kind == retention.New && fromFree[u]
		m.clamped = o.clamped(opening[u], p.From) || o.clamped(closing[u], p.From) || o.clamped(closing[u], p.To)
		moves = append(moves, m)
	}
	slices.SortFunc(moves, func(a, b move) int { return compareUnits(a.unit, b.unit) })
	return moves
}

func (o *oracle) clamped(c *cell, rates success.Date) bool {
	sum := nothing()
	if c != nil {
		for _, i := range c.members {
			sum = plus(sum, o.convert(o.contracts[i].rate, i, rates))
		}
	}
	return sum.Sign() < 0
}

// emptyMovement is that of a period in which nothing happens.
func (o *oracle) emptyMovement(p success.Period) retention.Movement {
	return retention.Movement{Period: p, Currency: o.reporting, IncludeReactivation: o.options.IncludeReactivation}
}

// between is the movement of all units.
func (o *oracle) between(p success.Period) retention.Movement {
	rows := o.rows(p, whole, whole)
	if m, ok := rows[""]; ok {
		return m
	}
	return o.emptyMovement(p)
}

// rows adds the moves up by the row that their contracts belong to, taken apart
// by an attribute of the contract where there is one.
func (o *oracle) rows(p success.Period, by, row func(i int) string) map[string]retention.Movement {
	rows := map[string]retention.Movement{}
	add := func(value string, f func(m *retention.Movement)) {
		m, ok := rows[value]
		if !ok {
			m = o.emptyMovement(p)
		}
		f(&m)
		rows[value] = m
	}
	for _, mv := range o.moves(p, by) {
		add(row(mv.members[0]), func(m *retention.Movement) { count(m, mv) })
	}
	// Absorbed: those who would be customers at the opening, had the mergers of
	// the period not come, less those who are.
	lone := o.on(dayBefore(p.From), p.From, o.split(by, dayBefore(p.From)))
	merged := o.on(dayBefore(p.From), p.From, o.split(by, p.To.AddDays(-1)))
	for sign, cells := range map[int]map[unit]*cell{1: lone, -1: merged} {
		for _, c := range cells {
			if c.sum.Sign() > 0 {
				add(row(c.members[0]), func(m *retention.Movement) { m.Accounts.Absorbed += sign })
			}
		}
	}
	return rows
}

// count adds one unit's move to a movement.
func count(m *retention.Movement, mv move) {
	opening, n := money(mv.opening), &m.Accounts
	m.Opening = m.Opening.Add(opening)
	m.Closing = m.Closing.Add(money(mv.atEnd))
	m.FX = m.FX.Add(money(minus(mv.atEnd, mv.closing)))
	m.Kept = m.Kept.Add(money(least(mv.opening, mv.closing)))
	amount := money(mv.amount)
	switch mv.kind {
	case retention.New:
		m.New = m.New.Add(amount)
		n.New++
	case retention.Reactivation:
		m.Reactivation = m.Reactivation.Add(amount)
		n.Reactivated++
	case retention.Churn:
		m.Churn = m.Churn.Add(amount)
		n.Churned++
	case retention.Expansion:
		m.Expansion = m.Expansion.Add(amount)
		m.UpgradedOpening = m.UpgradedOpening.Add(opening)
		n.Upgraded++
	case retention.Contraction:
		m.Contraction = m.Contraction.Add(amount)
		m.DowngradedOpening = m.DowngradedOpening.Add(opening)
		n.Downgraded++
	case retention.None:
		m.FlatOpening = m.FlatOpening.Add(opening)
		if mv.opening.Sign() > 0 {
			n.Flat++
		}
	}
	if mv.opening.Sign() > 0 {
		n.Opening++
	}
	if mv.closing.Sign() > 0 {
		n.Closing++
	} else if mv.activeAtClose {
		n.Free++
	}
	if mv.fromFree {
		n.FromFree++
	}
}

// lines are the moves of units with revenue at either end, largest first.
func (o *oracle) lines(p success.Period) (lines []retention.Line, clamped map[unit]bool) {
	reasons := o.reasons(p)
	clamped = map[unit]bool{}
	for _, mv := range o.moves(p, whole) {
		if mv.opening.Sign() == 0 && mv.closing.Sign() == 0 && mv.atEnd.Sign() == 0 {
			continue
		}
		clamped[mv.unit] = mv.clamped
		lines = append(lines, retention.Line{
			Account: mv.account, Product: mv.product, Contract: mv.contract,
			Opening: money(mv.opening), Closing: money(mv.atEnd), Movement: mv.kind, Amount: money(mv.amount),
			FX: money(minus(mv.atEnd, mv.closing)), FromFree: mv.fromFree, Reasons: reasons[mv.unit],
		})
	}
	slices.SortStableFunc(lines, func(a, b retention.Line) int { return b.Amount.Cmp(a.Amount) })
	return lines, clamped
}

// events compares each day of a period with the day before.
func (o *oracle) events(p success.Period) []retention.Event {
	unitOf := o.split(whole, p.To.AddDays(-1))
	first, _ := o.firstPaid(p.To, unitOf)
	var events []retention.Event
	for _, d := range days(p.From, p.To) {
		before, after := o.on(dayBefore(d), p.From, unitOf), o.on(d, p.From, unitOf)
		units := map[unit]bool{}
		for u := range before {
			units[u] = true
		}
		for u := range after {
			units[u] = true
		}
		var today []unit
		for u := range units {
			if before[u].amount().Cmp(after[u].amount()) != 0 {
				today = append(today, u)
			}
		}
		slices.SortFunc(today, compareUnits)
		for _, u := range today {
			kind, _ := kindOf(before[u].amount(), after[u].amount(), !first[u].IsZero() && first[u].Before(d))
			events = append(events, retention.Event{
				Date: d, Account: u.account, Product: u.product, Contract: u.contract,
				Before: money(before[u].amount()), After: money(after[u].amount()), Movement: kind,
			})
		}
	}
	return events
}

// snapshot is the state at the close of a day.
func (o *oracle) snapshot(d success.Date) retention.Snapshot {
	s := retention.Snapshot{Date: d, Currency: o.reporting}
	for _, c := range o.on(d, d, o.split(whole, d)) {
		s.ARR = s.ARR.Add(money(c.sum))
		if c.sum.Sign() > 0 {
			s.Customers++
		} else {
			s.Free++
		}
	}
	return s
}
