package commission

import (
	"slices"

	"metrics.internal/success"
)

// Left returns the first day, from the day of a deal on, on which an account is
// no longer a customer, given its contracts: the end of the first of them, and of
// those that follow it without a gap of more than grace days. It is none while
// one of these is open-ended. Contracts of other accounts and those without a
// price above 0, such as trials and credits, do not count, and neither do those
// that end on the day they start or before, which are no contracts. An account whose first
// contract starts after the day is a customer until then. A grace below 0 is none.
// Every call looks at all contracts: of many, give those of the account.
//
// ok is false when no contract reaches beyond the day of the deal, so that they
// do not tell.
func Left(contracts []success.Contract, account success.AccountID, from success.Date, grace int) (day success.Date, ok bool) {
	var own []success.Contract
	for _, c := range contracts {
		if c.Account == account && c.Price.IsPositive() && (c.End.IsZero() || c.End.After(from) && c.End.After(c.Start)) {
			own = append(own, c)
		}
	}
	if len(own) == 0 {
		return success.Date{}, false
	}
	slices.SortFunc(own, func(a, b success.Contract) int { return a.Start.Compare(b.Start) })
	reach := own[0].Start
	for _, c := range own {
		switch {
		case c.Start.After(reach.AddDays(max(grace, 0))):
			return reach, true
		case c.End.IsZero():
			return success.Date{}, true
		case c.End.After(reach):
			reach = c.End
		}
	}
	return reach, true
}
