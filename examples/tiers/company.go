package main

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/health/tier"
	"metrics.internal/success/retention"
)

// A company is what is known of customers on a day and a quarter before.
type company struct {
	before, day success.Date
	currency    string
	lines       []retention.Line
	accounts    map[success.AccountID]success.Account
}

func newCompany(known *folder.Folder, currency string, day success.Date) (*company, error) {
	book, err := retention.NewBook(known.Contracts, known.Options(currency, 0))
	if err != nil {
		return nil, err
	}
	c := &company{before: day.AddMonths(-3), day: day, currency: book.Currency(), accounts: map[success.AccountID]success.Account{}}
	c.lines, err = book.Lines(success.Period{From: c.before, To: day})
	for _, a := range known.Accounts {
		c.accounts[a.ID] = a
	}
	return c, err
}

// assign gives tiers as of a quarter ago, to have something to move from, and
// again now.
func (c *company) assign(policy tier.Policy) (*tier.Plan, error) {
	opening := func(l retention.Line) decimal.Decimal { return l.Opening }
	first, err := tier.Assign(c.customers(opening, nil), policy, c.before)
	if err != nil {
		return nil, err
	}
	// Dwell starts with the first assignment that sees the change.
	closing := func(l retention.Line) decimal.Decimal { return l.Closing }
	seen, err := tier.Assign(c.customers(closing, first), policy, c.day.AddDays(-policy.Dwell))
	if err != nil {
		return nil, err
	}
	now := c.customers(closing, seen)
	for i := range now {
		if a, ok := first.Of(now[i].ID); ok {
			now[i].Before.Given = a.State.Given
		}
	}
	return tier.Assign(now, policy, c.day)
}

// customers are those with revenue, with their state after an earlier plan.
func (c *company) customers(revenue func(retention.Line) decimal.Decimal, earlier *tier.Plan) []tier.Account {
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
