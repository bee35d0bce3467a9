package retention

import "metrics.internal/success"

// readNames tells accounts and contracts apart, each kind on its own at the same
// time, and adds a fault for each name that is duplicate or unknown.
func (d *door) readNames() {
	var numbers, firsts [2][]int32
	done := make(chan bool)
	go func() {
		numbers[0], firsts[0] = distinct(d.contractNames(), false)
		close(done)
	}()
	names := d.accountNames()
	numbers[1], firsts[1] = distinct(names, true)
	<-done
	d.readAccounts(names, numbers[1], firsts[1])
	d.readContractIDs(numbers[0], firsts[0])
}

// accountNames lists the accounts of Options.Accounts, the mergers and the
// contracts.
func (d *door) accountNames() []success.AccountID {
	o := d.options
	if len(o.Accounts)+len(o.Mergers) == 0 {
		return d.accountIDs
	}
	names := make([]success.AccountID, 0, len(o.Accounts)+2*len(o.Mergers)+len(d.accountIDs))
	for _, a := range o.Accounts {
		names = append(names, a.ID)
	}
	for _, m := range o.Mergers {
		names = append(names, m.From, m.To)
	}
	return append(names, d.accountIDs...)
}

// contractNames lists the contracts and those that they refer to.
func (d *door) contractNames() []success.ContractID {
	if len(d.renews)+len(d.credits) == 0 {
		return d.ids
	}
	ids := make([]success.ContractID, 0, len(d.ids)+len(d.renews)+len(d.credits))
	ids = append(ids, d.ids...)
	for _, r := range d.renews {
		ids = append(ids, r.id)
	}
	for _, r := range d.credits {
		ids = append(ids, r.id)
	}
	return ids
}

// readAccounts takes what [door.accountNames] returns, the number of each name
// and the first position of each number.
func (d *door) readAccounts(names []success.AccountID, number, first []int32) {
	o := d.options
	d.accounts = gather(names, first)
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

// readContractIDs takes the number of each of [door.contractNames] and the first
// position of each number.
func (d *door) readContractIDs(number, first []int32) {
	n := len(d.ids)
	if len(first) == len(number) {
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
