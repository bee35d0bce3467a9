package contact

import (
	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// group returns the contacts of each account, or every fault.
func group(accounts []Account, contacts []Contact, o Options) ([][]Contact, error) {
	var faults success.Errors
	o.check(&faults)
	position := positions(accounts, &faults)
	seen := make(map[contactKey]int, len(contacts))
	of := make([][]Contact, len(accounts))
	for i := range contacts {
		c := &contacts[i]
		c.check(i, o.AsOf, &faults)
		checkTwice(c, i, seen, &faults)
		at, known := position[c.Account]
		switch {
		case c.Account == "":
			faults.Add(&success.InputError{Record: "contact", Index: i, Field: "Account", Err: success.ErrMissing})
		case !known:
			faults.Add(&success.InputError{Record: "contact", Index: i, Field: "Account", Value: string(c.Account), Err: success.ErrUnknown})
		default:
			of[at] = append(of[at], *c)
		}
	}
	return of, faults.Err()
}

// positions returns where each account is among all.
func positions(accounts []Account, faults *success.Errors) map[success.AccountID]int {
	position := make(map[success.AccountID]int, len(accounts))
	for i := range accounts {
		a := &accounts[i]
		a.check(i, faults)
		if j, seen := position[a.ID]; !seen {
			position[a.ID] = i
		} else if a.ID != "" {
			faults.Add(&success.InputError{Record: "account", Index: i, Field: "ID", Value: string(a.ID), Err: fault.New(success.ErrDuplicate, "is that of account %d too", j)})
		}
	}
	return position
}

// A contactKey is what no two contacts have in common.
type contactKey struct {
	account success.AccountID
	id      string
}

// checkTwice adds a fault when c was seen before.
func checkTwice(c *Contact, index int, seen map[contactKey]int, faults *success.Errors) {
	key := contactKey{c.Account, c.ID}
	if j, twice := seen[key]; !twice {
		seen[key] = index
	} else if c.ID != "" {
		faults.Add(&success.InputError{Record: "contact", Index: index, Field: "ID", Value: c.ID, Err: fault.New(success.ErrDuplicate, "is that of contact %d too", j)})
	}
}
