package support

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/word"
)

// A Mention is an account that asked about an issue, once.
type Mention struct {
	Account success.AccountID
	Issue   string
}

// A Revenue is what an account pays.
type Revenue struct {
	Account success.AccountID
	Amount  decimal.Decimal // a year or a month, in one currency for all; not negative
}

// An Issue is something that customers ask about, with how much of the business
// it concerns.
type Issue struct {
	Name     string          `json:"name"`
	Accounts int             `json:"accounts"` // that mention it
	Mentions int             `json:"mentions"` // in all: one loud account is still one account
	Revenue  decimal.Decimal `json:"revenue"`  // of these accounts, of each once; 0 when none of it is known
	Unpriced int             `json:"unpriced"` // of Accounts, whose revenue is unknown and not in Revenue
}

// A Rank says what comes first in a list of issues.
type Rank uint8

// What comes first. Ties go by the other of the two, then by name.
const (
	ByAccounts Rank = iota
	ByRevenue
)

// String returns "accounts" or "revenue".
func (r Rank) String() string { return word.Of([]string{"accounts", "revenue"}, uint8(r)) }

// IssuesOf returns the issues that are mentioned, those first that concern the
// most accounts or the most revenue. Amounts are rounded half to even to a
// millionth, and sums are exact.
//
// It reports, as [success.Errors], mentions without an account or issue and
// revenues without an account ([success.ErrMissing]), two revenues of one account
// ([success.ErrDuplicate]), amounts that are negative ([success.ErrNegative]) or
// of [success.RateLimit] and more ([success.ErrRange]), and an unknown rank
// ([success.ErrUnknown]).
func IssuesOf(mentions []Mention, revenues []Revenue, rank Rank) ([]Issue, error) {
	var faults success.Errors
	if rank > ByRevenue {
		faults.Add(&success.InputError{Record: "rank", Index: -1, Value: strconv.Itoa(int(rank)), Err: success.ErrUnknown})
	}
	paid := checkRevenues(revenues, &faults)
	for i, m := range mentions {
		if m.Account == "" {
			faults.Add(&success.InputError{Record: "mention", Index: i, Field: "Account", Err: success.ErrMissing})
		}
		if m.Issue == "" {
			faults.Add(&success.InputError{Record: "mention", Index: i, Field: "Issue", Err: success.ErrMissing})
		}
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return rankIssues(gather(mentions, paid), rank), nil
}

// checkRevenues returns what accounts pay, in millionths.
func checkRevenues(revenues []Revenue, faults *success.Errors) map[success.AccountID]int64 {
	paid := make(map[success.AccountID]int64, len(revenues))
	for i, r := range revenues {
		add := func(field, value string, err error) {
			faults.Add(&success.InputError{Record: "revenue", Index: i, Field: field, Value: value, Err: err})
		}
		if r.Account == "" {
			add("Account", "", success.ErrMissing)
		} else if _, again := paid[r.Account]; again {
			add("Account", string(r.Account), success.ErrDuplicate)
		}
		micros, ok := exact.Rate(r.Amount, 1, 1)
		switch {
		case r.Amount.IsNegative():
			add("Amount", exact.Show(r.Amount), success.ErrNegative)
		case !ok:
			add("Amount", exact.Show(r.Amount), success.ErrRange)
		}
		paid[r.Account] = micros
	}
	return paid
}

// A concern is an issue while it is counted.
type concern struct {
	Issue
	revenue exact.Sum
}

func gather(mentions []Mention, paid map[success.AccountID]int64) []*concern {
	var all []*concern
	byName := map[string]*concern{}
	seen := make(map[Mention]bool, len(mentions))
	for _, m := range mentions {
		c := byName[m.Issue]
		if c == nil {
			c = &concern{Issue: Issue{Name: m.Issue}}
			byName[m.Issue] = c
			all = append(all, c)
		}
		c.Mentions++
		if seen[m] {
			continue
		}
		seen[m] = true
		c.Accounts++
		if micros, known := paid[m.Account]; known {
			c.revenue = c.revenue.Plus(micros)
		} else {
			c.Unpriced++
		}
	}
	return all
}

func rankIssues(all []*concern, rank Rank) []Issue {
	slices.SortFunc(all, func(a, b *concern) int {
		accounts, revenue := cmp.Compare(b.Accounts, a.Accounts), b.revenue.Cmp(a.revenue)
		if rank == ByRevenue {
			accounts, revenue = revenue, accounts
		}
		return cmp.Or(accounts, revenue, cmp.Compare(a.Name, b.Name))
	})
	issues := make([]Issue, len(all))
	for i, c := range all {
		issues[i] = c.Issue
		issues[i].Revenue = c.revenue.Decimal()
	}
	return issues
}
