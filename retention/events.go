package retention

import (
	"cmp"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// Events returns every change of revenue in the period on its day, in order of
// day, account, product and contract. Unlike a movement, which compares two days,
// it shows what went up and down in between. All amounts are at the rates of
// From, so they add up to Closing − Opening − FX. It reports what
// [success.Period.Validate] does.
func (b *Book) Events(period success.Period) ([]Event, error) {
	v, err := b.view(period)
	if err != nil {
		return nil, err
	}
	var events []Event
	b.each(&v, func(account int32, members []int32) {
		events = b.addEvents(events, &v, account, members)
	})
	slices.SortStableFunc(events, func(x, y Event) int {
		return cmp.Or(
			x.Date.Compare(y.Date),
			cmp.Compare(x.Account, y.Account),
			cmp.Compare(x.Product, y.Product),
			cmp.Compare(x.Contract, y.Contract),
		)
	})
	return events, nil
}

// addEvents appends the events of some units that are one.
func (b *Book) addEvents(events []Event, v *view, account int32, members []int32) []Event {
	firstPaid, _ := b.history(members)
	product, contract := b.name(members[0])
	now := b.measureRaw(v, members)
	steps := b.steps(v, members, now.open, new([]dated))
	now.floor()
	for day, sum := range steps {
		now.close = sum
		kind, _ := now.kind(firstPaid < day)
		events = append(events, Event{
			Date:     date(day),
			Account:  b.accounts[account],
			Product:  product,
			Contract: contract,
			Before:   now.open.Decimal(),
			After:    now.close.Decimal(),
			Movement: kind,
		})
		now.open = now.close
	}
	return events
}

// A dated is a change of revenue on a day.
type dated struct {
	day  int32
	rate int64
}

// steps calls yield with each day of the period on which the revenue of some
// units that are one changes, and with their revenue from then on. scratch is
// used again from call to call.
func (b *Book) steps(v *view, members []int32, opening exact.Sum, scratch *[]dated) func(yield func(int32, exact.Sum) bool) {
	return func(yield func(int32, exact.Sum) bool) {
		changes := b.changes((*scratch)[:0], v, members)
		*scratch = changes
		sum, last := opening, opening.Floor()
		for i, c := range changes {
			sum = sum.Plus(c.rate)
			if i+1 < len(changes) && changes[i+1].day == c.day {
				continue
			}
			now := sum.Floor()
			if now.Cmp(last) != 0 && !yield(c.day, now) {
				return
			}
			last = now
		}
	}
}

// changes appends the starts and ends of some units that are one in a period, in
// order of days.
func (b *Book) changes(changes []dated, v *view, members []int32) []dated {
	for _, unit := range members {
		for slot := b.firstSlot[unit]; slot < b.firstSlot[unit+1]; slot++ {
			rate := b.rateAt(v.open, slot)
			if start := b.start[slot]; v.from <= start && start < v.to {
				changes = append(changes, dated{start, rate})
			}
			if end := b.end[slot]; v.from <= end && end < v.to {
				changes = append(changes, dated{end, -rate})
			}
		}
	}
	sortByDay(changes)
	return changes
}

func sortByDay(changes []dated) {
	slices.SortFunc(changes, func(x, y dated) int { return cmp.Compare(x.day, y.day) })
}
