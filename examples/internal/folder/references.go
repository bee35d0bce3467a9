package folder

import (
	"fmt"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// checkReferences looks for identifiers that are used twice or not known.
func (f *Folder) checkReferences(faults *Faults) {
	c := checker{f, faults}
	c.duplicates("interactions.csv", "id", func(i int) string { return string(f.Interactions[i].ID) })
	c.duplicates("leads.csv", "id", func(i int) string { return string(f.Leads[i].ID) })
	c.duplicates("deals.csv", "id", func(i int) string { return string(f.Deals[i].ID) })
	c.duplicates("adjustments.csv", "id", func(i int) string { return string(f.Adjustments[i].ID) })
	c.duplicates("touches.csv", "id", func(i int) string { return string(f.Touches[i].ID) })
	c.duplicates("help.csv", "account", func(i int) string { return string(f.Help[i].Account) })

	interactions := set(f.Interactions, func(i success.Interaction) string { return string(i.ID) })
	c.known("surveys.csv", "interaction", "interactions.csv", interactions, func(i int) string { return string(f.Surveys[i].Interaction) })
	c.known("leads.csv", "interaction", "interactions.csv", interactions, func(i int) string { return string(f.Leads[i].Interaction) })
	leads := set(f.Leads, func(l attribution.Lead) string { return string(l.ID) })
	c.known("deals.csv", "lead", "leads.csv", leads, func(i int) string { return string(f.Deals[i].Lead) })
	deals := set(f.Deals, func(d attribution.Deal) string { return string(d.ID) })
	c.known("adjustments.csv", "deal", "deals.csv", deals, func(i int) string { return string(f.Adjustments[i].Deal) })
	c.accounts()
}

// accounts checks that every account is one of accounts.csv, when there is such
// a file. Those of contracts are the book's to check.
func (c checker) accounts() {
	f := c.folder
	accounts := set(f.Accounts, func(a success.Account) string { return string(a.ID) })
	for name, account := range map[string]func(i int) success.AccountID{
		"interactions.csv": func(i int) success.AccountID { return f.Interactions[i].Account },
		"surveys.csv":      func(i int) success.AccountID { return f.Surveys[i].Account },
		"usage.csv":        func(i int) success.AccountID { return f.Usage[i].Account },
		"goals.csv":        func(i int) success.AccountID { return f.Goals[i].Account },
		"contacts.csv":     func(i int) success.AccountID { return f.Contacts[i].Account },
		"leads.csv":        func(i int) success.AccountID { return f.Leads[i].Account },
		"deals.csv":        func(i int) success.AccountID { return f.Deals[i].Account },
		"touches.csv":      func(i int) success.AccountID { return f.Touches[i].Account },
		"help.csv":         func(i int) success.AccountID { return f.Help[i].Account },
	} {
		c.known(name, "account", "accounts.csv", accounts, func(i int) string { return string(account(i)) })
	}
}

// A checker looks at one column of a file at a time. It is given the value of a
// record by its position; an empty value is not looked at.
type checker struct {
	folder *Folder
	faults *Faults
}

func (c checker) duplicates(name, column string, value func(i int) string) {
	if !c.folder.Has(name) {
		return
	}
	lines := c.folder.files[name].lines
	first := make(map[string]int32, len(lines))
	for i, line := range lines {
		v := value(i)
		before, again := first[v]
		switch {
		case v == "":
		case again:
			c.add(name, line, column, v, because(success.ErrDuplicate, "is a duplicate of line %d", before))
		default:
			first[v] = line
		}
	}
}

// known checks the values of a column against those that another file has, if
// it is there.
func (c checker) known(name, column, other string, known map[string]bool, value func(i int) string) {
	if !c.folder.Has(name) || !c.folder.Has(other) {
		return
	}
	refused := &c.folder.files[other].refused
	for i, line := range c.folder.files[name].lines {
		if v := value(i); v != "" && !known[v] && !refused.has("id", v) {
			c.add(name, line, column, v, fmt.Errorf("%w: not in %s", success.ErrUnknown, other))
		}
	}
}

func (c checker) add(name string, line int32, column, value string, err error) {
	c.faults.add(&Fault{name, int(line), column, value, err})
}

// set returns the identifiers of records.
func set[T any](records []T, id func(T) string) map[string]bool {
	ids := make(map[string]bool, len(records))
	for _, r := range records {
		ids[id(r)] = true
	}
	return ids
}
