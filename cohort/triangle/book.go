package triangle

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/retention"
)

// FromBook returns the triangle of the customers of a book and of their annual
// recurring revenue. An account is one whatever the grain of the book. Revenue in
// other currencies is converted at the earliest rates of the book, so that
// exchange rates look like nothing. It reports options out of range, revenue
// that does not fit 64 bits of millionths ([success.ErrRange]) and for SignUp
// accounts that Options.Accounts does not have ([success.ErrUnknown]).
func FromBook(book *retention.Book, options Options) (*Triangle, error) {
	var faults success.Errors
	z := options.check(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	g, err := newGrid(options, options.earliest(func(yield func(success.Date)) {
		if since := book.Since(); !since.IsZero() {
			yield(since)
		}
	}))
	if err != nil {
		return nil, err
	}
	known := options.known()
	earliest := success.Date{}
	for h, err := range histories(book, options.AsOf) {
		if err != nil {
			return nil, err
		}
		var signedUp success.Date
		if known != nil {
			if signedUp = known[h.Account]; signedUp.IsZero() {
				faults.Add(&success.InputError{Record: "book", Index: -1, Field: "Account", Value: string(h.Account), Err: success.ErrUnknown})
				continue
			}
			delete(known, h.Account)
		}
		if day := h.Steps[0].Date; earliest.IsZero() || day.Before(earliest) {
			earliest = day
		}
		g.place(h.Steps, signedUp)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	g.enrol(known)
	if options.Begin != SignUp && options.Window == (success.Period{}) {
		g.trim(earliest)
	}
	return g.triangle(z, true), nil
}

// histories yields the revenue of each account of a book up to a day, at the
// earliest rates.
func histories(book *retention.Book, asOf success.Date) iter.Seq2[retention.History, error] {
	all := book.Histories(success.Period{From: success.FromOrdinal(1), To: asOf.AddDays(1)})
	if book.Grain() == retention.GrainAccount {
		return all
	}
	return joined(all)
}

// joined yields the products or contracts of each account as one.
func joined(all iter.Seq2[retention.History, error]) iter.Seq2[retention.History, error] {
	return func(yield func(retention.History, error) bool) {
		changes := map[success.AccountID][]retention.Step{}
		for h, err := range all {
			if err != nil {
				yield(retention.History{}, err)
				return
			}
			before := int64(0)
			for _, s := range h.Steps {
				changes[h.Account] = append(changes[h.Account], retention.Step{Date: s.Date, Micros: s.Micros - before})
				before = s.Micros
			}
		}
		for _, account := range slices.Sorted(maps.Keys(changes)) {
			steps, ok := addUp(changes[account])
			if !ok {
				yield(retention.History{}, tooMuch(account))
				return
			}
			if !yield(retention.History{Account: account, Steps: steps}, nil) {
				return
			}
		}
	}
}

// addUp makes what changed on days into what is paid from then on; ok is false
// when that does not fit.
func addUp(changes []retention.Step) (steps []retention.Step, ok bool) {
	slices.SortFunc(changes, func(a, b retention.Step) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Micros, b.Micros))
	})
	revenue := int64(0)
	for i, c := range changes {
		if revenue += c.Micros; revenue < 0 && c.Micros > 0 {
			return nil, false
		}
		if i+1 == len(changes) || changes[i+1].Date != c.Date {
			steps = append(steps, retention.Step{Date: c.Date, Micros: revenue})
		}
	}
	return steps, true
}

func tooMuch(account success.AccountID) error {
	var faults success.Errors
	faults.Add(&success.InputError{Record: "book", Index: -1, Field: "Account", Value: string(account),
		Err: fault.New(success.ErrRange, "pays more than fits")})
	return faults.Err()
}
