package triangle

import (
	"cmp"
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
	l, err := ledgerOf(book, options, options.Begin == SignUp)
	if err != nil {
		return nil, err
	}
	known := options.known()
	for _, account := range l.accounts {
		if known != nil && known[account].IsZero() {
			faults.Add(&success.InputError{Record: "book", Index: -1, Field: "Account", Value: string(account), Err: success.ErrUnknown})
		}
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	g, err := newGrid(options, options.earliest(func(yield func(success.Date)) {
		if l.earliest > 0 {
			yield(success.FromOrdinal(l.earliest))
		}
	}))
	if err != nil {
		return nil, err
	}
	for i, steps := range l.each {
		var signedUp success.Date
		if known != nil {
			signedUp = known[l.accounts[i]]
			delete(known, l.accounts[i])
		}
		g.place(steps, signedUp)
	}
	g.enrol(known)
	return g.triangle(z, true), nil
}

// A ledger is the revenue of accounts, one after the other.
type ledger struct {
	accounts []success.AccountID // by position, if kept
	ends     []int               // of the steps of each account
	steps    []step
	earliest int // first day with revenue; 0 is none
}

// ledgerOf copies what a book knows up to AsOf. It keeps the accounts only where
// they are asked for: there are many, and the collector looks at each.
func ledgerOf(book *retention.Book, o Options, named bool) (*ledger, error) {
	l := &ledger{steps: make([]step, 0, 2*book.Len()), ends: make([]int, 0, book.Len())}
	apart := false
	for h, err := range book.Histories(success.Period{From: success.FromOrdinal(1), To: o.AsOf.AddDays(1)}) {
		if err != nil {
			return nil, err
		}
		apart = apart || h.Product != "" || h.Contract != ""
		if apart && !named {
			return ledgerOf(book, o, true)
		}
		l.add(&h, named)
	}
	if apart {
		return l.joined()
	}
	return l, nil
}

func (l *ledger) add(h *retention.History, named bool) {
	for _, s := range h.Steps {
		l.steps = append(l.steps, step{s.Date.Ordinal(), s.Micros})
	}
	if day := h.Steps[0].Date.Ordinal(); l.earliest == 0 || day < l.earliest {
		l.earliest = day
	}
	if named {
		l.accounts = append(l.accounts, h.Account)
	}
	l.ends = append(l.ends, len(l.steps))
}

// each yields the accounts by position, with their steps.
func (l *ledger) each(yield func(i int, steps []step) bool) {
	from := 0
	for i, to := range l.ends {
		if !yield(i, l.steps[from:to]) {
			return
		}
		from = to
	}
}

// joined returns the ledger with the products or contracts of each account in
// one.
func (l *ledger) joined() (*ledger, error) {
	type part struct {
		account success.AccountID
		day     int
		change  int64
	}
	var parts []part
	for i, steps := range l.each {
		before := int64(0)
		for _, s := range steps {
			parts = append(parts, part{l.accounts[i], s.day, s.micros - before})
			before = s.micros
		}
	}
	slices.SortFunc(parts, func(a, b part) int {
		return cmp.Or(cmp.Compare(a.account, b.account), cmp.Compare(a.day, b.day), cmp.Compare(a.change, b.change))
	})
	one := &ledger{earliest: l.earliest}
	revenue := int64(0)
	for i, p := range parts {
		first := i == 0 || p.account != parts[i-1].account
		last := i+1 == len(parts) || p.account != parts[i+1].account
		if first {
			one.accounts = append(one.accounts, p.account)
			revenue = 0
		}
		if revenue += p.change; revenue < 0 && p.change > 0 {
			return nil, tooMuch(p.account)
		}
		if last || parts[i+1].day != p.day {
			one.steps = append(one.steps, step{p.day, revenue})
		}
		if last {
			one.ends = append(one.ends, len(one.steps))
		}
	}
	return one, nil
}

func tooMuch(account success.AccountID) error {
	var faults success.Errors
	faults.Add(&success.InputError{Record: "book", Index: -1, Field: "Account", Value: string(account),
		Err: fault.New(success.ErrRange, "pays more than fits")})
	return faults.Err()
}
