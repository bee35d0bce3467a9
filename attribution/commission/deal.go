package commission

import (
	"slices"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/split"
	"metrics.internal/success/internal/exact"
)

// A state is what has become of an instalment.
type state int

const (
	final state = iota
	recoverable
	held
	reversed
	forfeited
	states
)

// A due is an instalment of one deal, with its days.
type due struct {
	paid, final success.Date
	reached     bool // the retention it takes, if any
	known       bool // whether reached is
}

// An event is what a deal, a restatement or a refund did to the instalments of
// every person.
type event struct {
	day   success.Date
	parts []int64 // by person, then instalment, in units; all ≥ 0 or all ≤ 0
}

// A deal is the commission of a deal, ready to be asked.
type deal struct {
	id       attribution.DealID
	account  success.AccountID
	currency string
	places   int
	won      success.Date
	left     success.Date
	people   []string // sorted
	dues     []due
	events   []event // by day
	turns    []turn  // by day
}

// of returns what has become of an instalment on a day.
func (d *deal) of(u *due, day success.Date) state {
	gone := !d.left.IsZero() && !d.left.After(day)
	switch {
	case gone && d.left.Before(u.paid):
		return forfeited
	case day.Before(u.paid) || !u.known:
		return held
	case !u.reached:
		return forfeited
	case gone && d.left.Before(u.final):
		return reversed
	case day.Before(u.final):
		return recoverable
	}
	return final
}

// A sum is what a person has of a deal, in units.
type sum struct {
	potential int64
	by        [states]int64
}

// lost is what becomes of an instalment that is refunded.
func lost(s state) state {
	if s == held || s == forfeited {
		return forfeited
	}
	return reversed
}

// lines returns what every person has on a day.
func (d *deal) lines(day success.Date) []Line {
	s := d.at(day)
	now := slices.Clone(s.sums)
	next := s.next(day)
	all := make([]Line, len(now))
	for i, sum := range now {
		all[i] = Line{Deal: d.id, Account: d.account, Person: d.people[i], Currency: d.currency, Next: next[i], Amounts: d.amounts(sum)}
		if !d.left.After(day) {
			all[i].Left = d.left
		}
	}
	return all
}

func (d *deal) amounts(s sum) Amounts {
	money := func(units int64) decimal.Decimal { return decimal.New(units, int32(-d.places)) }
	return Amounts{money(s.potential), money(s.by[final]), money(s.by[recoverable]), money(s.by[held]), money(s.by[reversed]), money(s.by[forfeited])}
}

// A builder turns a deal and what happened to it into events.
type builder struct {
	deal        *deal
	rate        decimal.Decimal
	people      []int64         // weights
	instalments []int64         // weights
	gross, net  decimal.Decimal // of the deal
	potential   int64           // units of gross
	left        []int64         // units of every instalment of every person
}

// raise adds to what a deal is worth. ok is false when the commission is too
// large to be held.
func (b *builder) raise(day success.Date, amount decimal.Decimal) (ok bool) {
	b.gross, b.net = b.gross.Add(amount), b.net.Add(amount)
	all, _, ok := split.Units(b.rate.Mul(b.gross).Round(int32(b.deal.places)), b.deal.places)
	if !ok {
		return false
	}
	persons, err := split.Append(nil, all-b.potential, b.people)
	parts := make([]int64, 0, len(b.left))
	for _, units := range persons {
		parts = inOrder(parts, units, b.instalments)
	}
	b.potential = all
	b.post(day, parts)
	return err == nil
}

// refund takes an amount below 0 from what a deal is worth, and from the
// commission that is left what makes it the same share of the potential as the
// deal is of all it was worth. ok is false when that is more than there is.
func (b *builder) refund(day success.Date, amount decimal.Decimal) (ok bool) {
	net := b.net.Add(amount)
	if net.IsNegative() {
		return false
	}
	b.net = net
	target, _ := exact.Div(decimal.NewFromInt(b.potential).Mul(net), b.gross, 0)
	left, all := make([]int64, len(b.people)), int64(0)
	for i, units := range b.left {
		left[i/len(b.instalments)] += units
		all += units
	}
	persons, err := split.Append(nil, -max(all-target.IntPart(), 0), left)
	parts := make([]int64, 0, len(b.left))
	for i, units := range persons {
		parts = inOrder(parts, units, b.left[i*len(b.instalments):][:len(b.instalments)])
	}
	b.post(day, parts)
	return err == nil
}

// inOrder splits an amount by weights so that the parts up to any of them are the
// share of these, rounded half away from zero to a unit. It appends the parts.
func inOrder(parts []int64, amount int64, weights []int64) []int64 {
	all, upTo, given := int64(0), int64(0), int64(0)
	for _, w := range weights {
		all += w
	}
	var pair [2]int64
	for _, w := range weights {
		upTo += w
		both, _ := split.Append(pair[:0], amount, []int64{upTo, all - upTo})
		parts = append(parts, both[0]-given)
		given = both[0]
	}
	return parts
}

// post makes an event, on the day of the one before if that is later, as it may be
// in another location.
func (b *builder) post(day success.Date, parts []int64) {
	if n := len(b.deal.events); n > 0 && day.Before(b.deal.events[n-1].day) {
		day = b.deal.events[n-1].day
	}
	for i, part := range parts {
		b.left[i] += part
	}
	b.deal.events = append(b.deal.events, event{day, parts})
}
