// Package touch puts the customers of a data folder into touch tiers, by the
// folder's own policy or an example.
package touch

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health/tier"
	"metrics.internal/success/retention"
)

// A Company is what is known of customers on a day and a quarter before.
type Company struct {
	Before, Day success.Date
	Currency    string

	lines    []retention.Line
	accounts map[success.AccountID]success.Account
}

// New returns the company of a book and its accounts on a day.
func New(book *retention.Book, accounts []success.Account, day success.Date) (*Company, error) {
	c := &Company{Before: day.AddMonths(-3), Day: day, Currency: book.Currency(), accounts: map[success.AccountID]success.Account{}}
	var err error
	c.lines, err = book.Lines(success.Period{From: c.Before, To: day})
	for _, a := range accounts {
		c.accounts[a.ID] = a
	}
	return c, err
}

// Assign gives tiers as of a quarter ago, to have something to move from, and
// again now. atRisk says who might leave now, nil that nobody knows.
func (c *Company) Assign(policy tier.Policy, atRisk map[success.AccountID]bool) (*tier.Plan, error) {
	opening := func(l retention.Line) decimal.Decimal { return l.Opening }
	first, err := tier.Assign(c.customers(opening, nil), policy, c.Before)
	if err != nil {
		return nil, err
	}
	// Dwell starts with the first assignment that sees the change.
	closing := func(l retention.Line) decimal.Decimal { return l.Closing }
	seen, err := tier.Assign(c.customers(closing, first), policy, c.Day.AddDays(-policy.Dwell))
	if err != nil {
		return nil, err
	}
	now := c.customers(closing, seen)
	for i := range now {
		if a, ok := first.Of(now[i].ID); ok {
			now[i].Before.Given = a.State.Given
		}
		now[i].AtRisk = atRisk[now[i].ID]
	}
	return tier.Assign(now, policy, c.Day)
}

// customers are those with revenue, with their state after an earlier plan.
func (c *Company) customers(revenue func(retention.Line) decimal.Decimal, earlier *tier.Plan) []tier.Account {
	var all []tier.Account
	for _, l := range c.lines {
		arr := revenue(l)
		if !arr.IsPositive() {
			continue
		}
		a := c.accounts[l.Account]
		next := tier.Account{ID: l.Account, Parent: a.Parent, Revenue: arr, Strategic: a.Strategic, Owner: a.Owner}
		if earlier != nil {
			before, _ := earlier.Of(l.Account)
			next.Before = before.State
		}
		all = append(all, next)
	}
	return all
}
