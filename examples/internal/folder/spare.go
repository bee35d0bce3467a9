package folder

import (
	"slices"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// spare returns contracts and options from which everything is taken out that
// could only be found at fault for want of a row that was refused in reading.
// They are good for looking for faults, not for computing anything.
func (f *Folder) spare(contracts []success.Contract, options retention.Options) ([]success.Contract, retention.Options) {
	if f.faults.Count == 0 {
		return contracts, options
	}
	contracts = slices.Clone(contracts)
	f.spareLinks(contracts)
	f.spareCredits(contracts)
	options.Accounts = f.spareAccounts(contracts, options)
	options.Rates = f.spareRates(contracts, options)
	return contracts, options
}

// refused returns the keys of the refused rows of a file.
func (f *Folder) refused(name string) *refused {
	if file := f.files[name]; file != nil {
		return &file.refused
	}
	return &refused{}
}

// spareLinks takes out links to refused contracts and, when a merger was
// refused, links between accounts.
func (f *Folder) spareLinks(contracts []success.Contract) {
	refused := f.refused("contracts.csv")
	apart := f.refused("mergers.csv").any()
	accounts := make(map[success.ContractID]success.AccountID, len(contracts))
	for _, c := range contracts {
		accounts[c.ID] = c.Account
	}
	bad := func(c success.Contract, link success.ContractID) bool {
		account, known := accounts[link]
		return !known && refused.has("id", string(link)) || known && apart && account != c.Account
	}
	for i, c := range contracts {
		if bad(c, c.Renews) {
			contracts[i].Renews = ""
		}
		if bad(c, c.Credits) {
			contracts[i].Credits = ""
		}
	}
}

// spareCredits makes credits free that may reduce a refused contract: those of
// its account, and of accounts that merge with it.
func (f *Folder) spareCredits(contracts []success.Contract) {
	short := f.short()
	for i, c := range contracts {
		if rate, ok := c.AnnualRate(); ok && rate.IsNegative() && short(c.Account) {
			contracts[i].Price = decimal.Decimal{}
		}
	}
}

// short returns whether an account may lack revenue for want of a refused row.
func (f *Folder) short() func(success.AccountID) bool {
	contracts, mergers := f.refused("contracts.csv"), f.refused("mergers.csv")
	direct := func(id success.AccountID) bool {
		return contracts.has("account", string(id)) || mergers.has("from", string(id)) || mergers.has("to", string(id))
	}
	merged := map[success.AccountID]bool{}
	for again := true; again; {
		again = false
		for _, m := range f.Mergers {
			from, to := merged[m.From] || direct(m.From), merged[m.To] || direct(m.To)
			if from != to {
				merged[m.From], merged[m.To] = true, true
				again = true
			}
		}
	}
	return func(id success.AccountID) bool { return merged[id] || direct(id) }
}

// spareAccounts adds the refused accounts that contracts and mergers name.
func (f *Folder) spareAccounts(contracts []success.Contract, options retention.Options) []success.Account {
	refused := f.refused("accounts.csv")
	if options.Accounts == nil || !refused.any() {
		return options.Accounts
	}
	known := set(f.Accounts, func(a success.Account) string { return string(a.ID) })
	accounts := slices.Clip(options.Accounts)
	add := func(id success.AccountID) {
		if id != "" && !known[string(id)] && refused.has("id", string(id)) {
			known[string(id)] = true
			accounts = append(accounts, success.Account{ID: id})
		}
	}
	for _, c := range contracts {
		add(c.Account)
	}
	for _, m := range f.Mergers {
		add(m.From)
		add(m.To)
	}
	return accounts
}

// spareRates adds a rate for the currencies of which one was refused.
func (f *Folder) spareRates(contracts []success.Contract, options retention.Options) []retention.Rate {
	refused := f.refused("rates.csv")
	rates := slices.Clip(options.Rates)
	known := set(rates, func(r retention.Rate) string { return r.Currency })
	for _, c := range contracts {
		if c.Currency != "" && c.Currency != options.Currency && !known[c.Currency] && refused.has("currency", c.Currency) {
			known[c.Currency] = true
			rates = append(rates, retention.Rate{Currency: c.Currency, Date: c.Start, Rate: decimal.NewFromInt(1)})
		}
	}
	return rates
}
