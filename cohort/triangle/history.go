package triangle

import (
	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/retention"
)

// A History is the revenue of one account over time.
type History struct {
	Account success.AccountID // unique within one call
	Changes []Change          // in order of days
}

// A Change is the revenue of an account from a day on, at any rate that is the
// same for all, such as a year's.
type Change struct {
	On      success.Date
	Revenue decimal.Decimal // not negative; 0 is no customer
}

// FromHistories returns the triangle of customers and revenue. Changes after AsOf
// do not count. Revenue is rounded half to even to a millionth.
//
// It reports, as [success.Errors], histories without an account or of one there
// was before ([success.ErrMissing], [success.ErrDuplicate]), changes without a
// day or not after the one before ([success.ErrMissing], [success.ErrOrder]),
// revenue that is negative or out of range ([success.ErrNegative],
// [success.ErrRange]), options out of range, and for SignUp histories of accounts
// that Options.Accounts does not have ([success.ErrUnknown]).
func FromHistories(histories []History, options Options) (*Triangle, error) {
	var faults success.Errors
	z := options.check(&faults)
	known := options.known()
	seen := make(map[success.AccountID]bool, len(histories))
	for i := range histories {
		h := &histories[i]
		switch {
		case h.Account == "":
			h.fault(i, "Account", "", success.ErrMissing, &faults)
		case seen[h.Account]:
			h.fault(i, "Account", string(h.Account), success.ErrDuplicate, &faults)
		case known != nil && known[h.Account].IsZero():
			h.fault(i, "Account", string(h.Account), success.ErrUnknown, &faults)
		}
		seen[h.Account] = true
		h.checkChanges(i, &faults)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	g, err := newGrid(options, options.earliest(func(yield func(success.Date)) {
		for i := range histories {
			if day := histories[i].firstPaid(); !day.IsZero() {
				yield(day)
			}
		}
	}))
	if err != nil {
		return nil, err
	}
	g.followAll(histories, known)
	return g.triangle(z, true), nil
}

func (h *History) fault(index int, field, value string, err error, faults *success.Errors) {
	faults.Add(&success.InputError{Record: "history", Index: index, Field: field, Value: value, Err: err})
}

func (h *History) checkChanges(index int, faults *success.Errors) {
	for j, c := range h.Changes {
		if c.On.IsZero() {
			h.fault(index, "Changes.On", "", success.ErrMissing, faults)
		} else if j > 0 && !c.On.After(h.Changes[j-1].On) {
			h.fault(index, "Changes.On", c.On.String(), fault.New(success.ErrOrder, "is not after %s", h.Changes[j-1].On), faults)
		}
		if _, ok := exact.Rate(c.Revenue, 1, 1); !ok {
			h.fault(index, "Changes.Revenue", exact.Show(c.Revenue), fault.New(success.ErrRange, "is %d or more", int64(success.RateLimit)), faults)
		} else if c.Revenue.IsNegative() {
			h.fault(index, "Changes.Revenue", exact.Show(c.Revenue), success.ErrNegative, faults)
		}
	}
}

// firstPaid returns the first day with revenue, none if there is none.
func (h *History) firstPaid() success.Date {
	for _, c := range h.Changes {
		if c.Revenue.IsPositive() {
			return c.On
		}
	}
	return success.Date{}
}

// followAll adds the accounts of histories, and those that signed up without
// one.
func (g *grid) followAll(histories []History, signedUp map[success.AccountID]success.Date) {
	var steps []retention.Step
	for i := range histories {
		h := &histories[i]
		steps = steps[:0]
		for _, c := range h.Changes {
			micros, _ := exact.Rate(c.Revenue, 1, 1) // in range
			steps = append(steps, retention.Step{Date: c.On, Micros: micros})
		}
		g.place(steps, signedUp[h.Account])
		delete(signedUp, h.Account)
	}
	g.enrol(signedUp)
}

// enrol adds the accounts that signed up and never paid.
func (g *grid) enrol(signedUp map[success.AccountID]success.Date) {
	for _, day := range signedUp {
		g.follow(day.Ordinal(), nil)
	}
}

// place adds an account to the row or rows it belongs to.
func (g *grid) place(steps []retention.Step, signedUp success.Date) {
	switch g.options.Begin {
	case Recurring:
		g.recur(steps)
	case SignUp:
		g.follow(signedUp.Ordinal(), steps)
	case FirstInWindow:
		if day, ok := firstPaid(steps, g.options.Window.From.Ordinal()); ok {
			g.follow(day, steps)
		}
	default:
		if day, ok := firstPaid(steps, 0); ok {
			g.follow(day, steps)
		}
	}
}

// firstPaid returns the first day with revenue from a day on.
func firstPaid(steps []retention.Step, from int) (day int, ok bool) {
	for i, s := range steps {
		if s.Micros > 0 && (i+1 == len(steps) || steps[i+1].Date.Ordinal() > from) {
			return max(from, s.Date.Ordinal()), true
		}
	}
	return 0, false
}
