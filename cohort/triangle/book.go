package triangle

import (
	"cmp"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/retention"
)

// FromBook returns the triangle of the customers of a book and of their annual
// recurring revenue. An account is one whatever the grain of the book. Revenue in
// other currencies is converted at the earliest rates of the book, so that
// exchange rates look like nothing. It reports options out of range.
func FromBook(book *retention.Book, options Options) (*Triangle, error) {
	var faults success.Errors
	z := options.check(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	known := options.known()
	events, err := book.Events(success.Period{From: success.FromOrdinal(1), To: options.AsOf.AddDays(1)})
	if err != nil {
		return nil, err
	}
	for i, e := range events {
		if known != nil && known[e.Account].IsZero() {
			faults.Add(&success.InputError{Record: "event", Index: i, Field: "Account", Value: string(e.Account), Err: success.ErrUnknown})
		}
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	g, err := newGrid(options, options.earliest(func(yield func(success.Date)) {
		if len(events) > 0 {
			yield(events[0].Date)
		}
	}))
	if err != nil {
		return nil, err
	}
	g.followEvents(events, known, &faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return g.triangle(z, true), nil
}

// followEvents adds the accounts of events, and those that signed up without
// any.
func (g *grid) followEvents(events []retention.Event, signedUp map[success.AccountID]success.Date, faults *success.Errors) {
	slices.SortStableFunc(events, func(a, b retention.Event) int { return cmp.Compare(a.Account, b.Account) })
	var steps []step
	for len(events) > 0 {
		account, n := events[0].Account, 1
		for n < len(events) && events[n].Account == account {
			n++
		}
		var ok bool
		if steps, ok = stepsOf(events[:n], steps[:0]); !ok {
			faults.Add(&success.InputError{Record: "book", Index: -1, Field: "Account", Value: string(account),
				Err: fault.New(success.ErrRange, "pays %d or more", int64(success.RateLimit))})
		}
		events = events[n:]
		g.place(steps, signedUp[account])
		delete(signedUp, account)
	}
	for _, day := range signedUp {
		g.follow(day.Ordinal(), nil)
	}
}

// stepsOf appends the revenue of an account after each day with events; the
// grain of the book may spread them over its products or contracts. ok is false
// when it is too large.
func stepsOf(events []retention.Event, steps []step) (all []step, ok bool) {
	var revenue exact.Sum
	for i := range events {
		e := &events[i]
		before, ok1 := exact.Rate(e.Before, 1, 1)
		after, ok2 := exact.Rate(e.After, 1, 1)
		revenue = revenue.Plus(after).Plus(-before)
		if !ok1 || !ok2 || revenue.Cmp(exact.Of(exact.Limit)) >= 0 {
			return steps, false
		}
		day := e.Date.Ordinal()
		if i+1 < len(events) && events[i+1].Date == e.Date {
			continue
		}
		micros, _ := exact.Rate(revenue.Decimal(), 1, 1) // below the limit
		steps = append(steps, step{day, micros})
	}
	return steps, true
}
