package retention

import "metrics.internal/success"

// readAccounts numbers the accounts of Options.Accounts, the mergers and the
// contracts, and adds a fault for each that is duplicate or unknown.
func (d *door) readAccounts() {
	o := d.options
	names := d.accountIDs
	if len(o.Accounts)+len(o.Mergers) > 0 {
		names = make([]success.AccountID, 0, len(o.Accounts)+2*len(o.Mergers)+len(d.accountIDs))
		for _, a := range o.Accounts {
			names = append(names, a.ID)
		}
		for _, m := range o.Mergers {
			names = append(names, m.From, m.To)
		}
		names = append(names, d.accountIDs...)
	}
	number, first := distinct(names)
	d.accounts = make([]success.AccountID, len(first))
	for n, position := range first {
		d.accounts[n] = names[position]
	}
	of := func(n int) []int32 {
		part := number[:n]
		number = number[n:]
		return part
	}
	known := d.readAttributes(of(len(o.Accounts)))
	d.readMergers(of(2*len(o.Mergers)), known)
	d.account = of(len(d.accountIDs))
	for i, n := range d.account {
		if name := d.accountIDs[i]; name == "" {
			d.account[i] = -1
		} else if known != nil && !known[n] {
			d.fault("contract", i, "Account", string(name), success.ErrUnknown)
			d.refuse(int32(i))
			d.account[i] = -1
		}
	}
}

// readAttributes checks Options.Accounts and returns which accounts it names, or
// nil when it is not given.
func (d *door) readAttributes(number []int32) (known []bool) {
	if d.options.Accounts == nil {
		return nil
	}
	known = make([]bool, len(d.accounts))
	d.attributes = make([]success.Account, len(d.accounts))
	for i, a := range d.options.Accounts {
		before := d.faults.Count
		a.Check(i, &d.faults)
		if n := number[i]; a.ID != "" && known[n] {
			d.fault("account", i, "ID", string(a.ID), success.ErrDuplicate)
		} else if known[n] = true; d.faults.Count == before {
			d.attributes[n] = a
		}
	}
	return known
}

// readContractIDs adds a fault for each duplicate contract ID, and finds the
// contracts that others refer to.
func (d *door) readContractIDs() {
	n := len(d.ids)
	ids := d.ids
	if len(d.renews)+len(d.credits) > 0 {
		ids = make([]success.ContractID, 0, n+len(d.renews)+len(d.credits))
		ids = append(ids, d.ids...)
		for _, r := range d.renews {
			ids = append(ids, r.id)
		}
		for _, r := range d.credits {
			ids = append(ids, r.id)
		}
	}
	number, first := distinct(ids)
	if len(first) == len(ids) {
		return // all differ, and no reference is known
	}
	for i, id := range d.ids {
		if id != "" && first[number[i]] != int32(i) {
			d.fault("contract", i, "ID", string(id), success.ErrDuplicate)
			d.refuse(int32(i))
		}
	}
	find := func(references []reference, number []int32) {
		for k := range references {
			if to := first[number[k]]; int(to) < n {
				references[k].to = to
			}
		}
	}
	find(d.renews, number[n:])
	find(d.credits, number[n+len(d.renews):])
}
