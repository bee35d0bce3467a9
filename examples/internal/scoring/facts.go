package scoring

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/health"
	"metrics.internal/success/health/contact"
	"metrics.internal/success/health/goal"
	"metrics.internal/success/retention"
)

// Facts are what a folder knows of accounts before a day.
type Facts struct {
	Notes []string // of what was left out

	known  *folder.Folder
	asOf   success.Date // first day of which nothing is known
	into   map[success.AccountID]success.AccountID
	common []health.Input // of accounts of which a file has no row
	facts  map[success.AccountID]*Fact
}

// A Fact is what is known of one account. What is not known is zero.
type Fact struct {
	Level   success.Ratio // of use, against the account's own baseline
	Overdue success.Ratio // days since the last use / own median gap
	Goals   goal.Account
	People  contact.Risk

	inputs map[string]health.Input
}

// Files are those that measures are made of.
func Files() []string {
	return []string{"usage.csv", "interactions.csv", "surveys.csv", "goals.csv", "contacts.csv"}
}

// FactsOf reads what was known before the day asOf. What is known of an account
// that was absorbed is known of the one that absorbed it.
func FactsOf(f *folder.Folder, mergers []retention.Merger, asOf success.Date) (*Facts, error) {
	all := &Facts{known: f.Known(asOf), asOf: asOf, into: map[success.AccountID]success.AccountID{}, facts: map[success.AccountID]*Fact{}}
	for _, m := range mergers {
		all.into[m.From] = m.To
	}
	all.service()
	for _, read := range []func() error{all.usage, all.voice, all.goals, all.people} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Accounts returns those that a file has a row of, in order.
func (f *Facts) Accounts() []success.AccountID {
	accounts := make([]success.AccountID, 0, len(f.facts))
	for account := range f.facts {
		accounts = append(accounts, account)
	}
	slices.Sort(accounts)
	return accounts
}

// Of returns what is known of an account.
func (f *Facts) Of(account success.AccountID) Fact {
	if fact := f.facts[account]; fact != nil {
		return *fact
	}
	return Fact{}
}

// Record returns what a scorecard asks of an account.
func (f *Facts) Record(card *health.Scorecard, account success.AccountID) health.Record {
	r := health.Record{Account: account}
	fact := f.Of(account)
	for _, name := range card.Measures() {
		if input, ok := fact.inputs[name]; ok {
			r.Inputs = append(r.Inputs, input)
			continue
		}
		for _, input := range f.common {
			if input.Measure == name {
				r.Inputs = append(r.Inputs, input)
			}
		}
	}
	return r
}

// of returns the fact to fill in of an account, or of the one that absorbed it.
func (f *Facts) of(account success.AccountID) *Fact {
	account = f.owner(account)
	fact := f.facts[account]
	if fact == nil {
		fact = &Fact{inputs: map[string]health.Input{}}
		f.facts[account] = fact
	}
	return fact
}

// owner returns the account that goes on.
func (f *Facts) owner(account success.AccountID) success.AccountID {
	for f.into[account] != "" {
		account = f.into[account]
	}
	return account
}

func (f *Fact) put(input health.Input) { f.inputs[input.Measure] = input }

// ratio adds a ratio, if it is defined. One too large for a scorecard is invalid.
func (f *Fact) ratio(name string, r success.Ratio, on success.Date) {
	v, ok := r.Value(6)
	switch {
	case ok && v.GreaterThanOrEqual(decimal.NewFromInt(success.RateLimit)):
		f.put(health.Input{Measure: name, State: health.Invalid})
	case ok:
		f.put(health.Value(name, v, on))
	}
}

func (f *Fact) count(name string, n int, on success.Date) {
	f.put(health.Value(name, decimal.NewFromInt(int64(n)), on))
}

// last returns the last day of which a file whose newest row is of a day tells.
func (f *Facts) last(newest success.Date) success.Date {
	if last := f.asOf.AddDays(-1); newest.IsZero() || newest.After(last) {
		return last
	}
	return newest
}

// byAccount groups records by the account that goes on, in order of accounts.
func byAccount[T any](f *Facts, records []T, account func(*T) success.AccountID) (order []success.AccountID, groups map[success.AccountID][]T) {
	groups = map[success.AccountID][]T{}
	for i := range records {
		owner := f.owner(account(&records[i]))
		if groups[owner] == nil {
			order = append(order, owner)
		}
		groups[owner] = append(groups[owner], records[i])
	}
	slices.SortFunc(order, func(a, b success.AccountID) int { return strings.Compare(string(a), string(b)) })
	return order, groups
}
