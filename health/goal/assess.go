package goal

import (
	"cmp"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// A Standing is a goal and how it stands.
type Standing struct {
	Goal   Goal   `json:"goal"`
	Status Status `json:"status"`
	Due    bool   `json:"due"` // its last day in time is over, so that it counts for attainment
}

// An Account is how the goals of an account stand.
type Account struct {
	ID    success.AccountID `json:"id"`
	Tally Tally             `json:"tally"`
	Goals []Standing        `json:"goals"` // by ID
}

// A Report is how goals stand on a day.
type Report struct {
	AsOf     success.Date `json:"as_of"`
	Total    Tally        `json:"total"`    // the sum of the accounts
	Accounts []Account    `json:"accounts"` // by ID
}

// Assess returns how goals, in any order, stand at the close of a day. A goal is
// due from the day after its Due on.
//
// As errors it reports a missing asOf, and for goals: a missing ID, Account or
// day of an outcome, a Due that is missing where Start is not
// ([success.ErrMissing]); a second goal with the same Account and ID
// ([success.ErrDuplicate]); a Due before Start, an outcome after asOf, one that
// was reached before Start, and a day without an outcome ([success.ErrOrder]);
// an Outcome that is none of the constants ([success.ErrUnknown]).
func Assess(goals []Goal, asOf success.Date) (Report, error) {
	if err := checkGoals(goals, asOf); err != nil {
		return Report{}, err
	}
	order := slices.Clone(goals)
	slices.SortFunc(order, func(a, b Goal) int { return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.ID, b.ID)) })
	r := Report{AsOf: asOf}
	for len(order) > 0 {
		id := order[0].Account
		n := slices.IndexFunc(order, func(g Goal) bool { return g.Account != id })
		if n < 0 {
			n = len(order)
		}
		a := assess(order[:n], asOf)
		r.Accounts = append(r.Accounts, a)
		r.Total = r.Total.Add(a.Tally)
		order = order[n:]
	}
	return r, nil
}

// assess returns how the goals of an account stand.
func assess(goals []Goal, asOf success.Date) Account {
	a := Account{ID: goals[0].Account, Goals: make([]Standing, len(goals))}
	for i, g := range goals {
		s := Standing{g, g.status(asOf), g.due(asOf)}
		a.Goals[i] = s
		a.Tally.All.of(s.Status)
		if s.Due {
			a.Tally.Due.of(s.Status)
		}
		if s.Status == Cancelled && !g.Due.IsZero() && g.On.After(g.Due) {
			a.Tally.CancelledTooLate++
		}
	}
	return a
}

func checkGoals(goals []Goal, asOf success.Date) error {
	var faults success.Errors
	checkDate("AsOf", asOf, &faults)
	type key struct {
		account success.AccountID
		id      string
	}
	first := make(map[key]int, len(goals))
	for i := range goals {
		g := &goals[i]
		g.check(i, asOf, &faults)
		k := key{g.Account, g.ID}
		if j, seen := first[k]; seen && g.ID != "" {
			faults.Add(&success.InputError{Record: "goal", Index: i, Field: "ID", Value: g.ID, Err: fault.New(success.ErrDuplicate, "is that of goal %d too", j)})
		} else if !seen {
			first[k] = i
		}
	}
	return faults.Err()
}

func checkDate(field string, d success.Date, faults *success.Errors) {
	if d.IsZero() {
		faults.Add(&success.InputError{Record: "options", Index: -1, Field: field, Err: success.ErrMissing})
	}
}
