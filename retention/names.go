package retention

import "metrics.internal/success"

// readNames tells accounts and contracts apart and adds a fault for each name
// that is duplicate or unknown. Names that are held by others are read at the
// same time; copies one kind after the other, and what is no longer needed is let
// go at once, to hold less at the same time.
func (d *door) readNames() {
	d.addNames()
	if d.thrifty {
		d.readContractIDs(distinct(d.ids, false))
		d.readAccounts(distinct(d.owners, true))
		return
	}
	var number, first []int32
	done := make(chan bool)
	go func() {
		number, first = distinct(d.ids, false)
		close(done)
	}()
	d.readAccounts(distinct(d.owners, true))
	<-done
	d.readContractIDs(number, first)
}

// addNames adds to the names of the contracts those that the contracts and the
// options refer to.
func (d *door) addNames() {
	for _, references := range [][]reference{d.renews, d.credits} {
		for _, r := range references {
			d.ids.add(string(r.id))
		}
	}
	for _, a := range d.options.Accounts {
		d.owners.add(string(a.ID))
	}
	for _, m := range d.options.Mergers {
		d.owners.add(string(m.From))
		d.owners.add(string(m.To))
	}
	d.ids.close()
	d.owners.close()
}

// readAccounts takes the number of each of the names of accounts and the first
// position of each number.
func (d *door) readAccounts(number, first []int32) {
	d.accounts = make([]success.AccountID, len(first))
	kept := d.owners.fresh()
	for _, position := range first {
		kept.add(d.owners.at(position))
	}
	kept.close()
	for n := range d.accounts {
		d.accounts[n] = success.AccountID(kept.at(int32(n)))
	}
	d.owners = nil
	d.account = number[:d.count:d.count]
	of := number[d.count:][:len(d.options.Accounts)]
	known := d.readAttributes(of)
	d.readMergers(number[int(d.count)+len(of):], known)
	for i, n := range d.account {
		if name := d.accounts[n]; name == "" {
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

// readContractIDs takes the number of each of the names of contracts and the
// first position of each number.
func (d *door) readContractIDs(number, first []int32) {
	if len(first) == len(number) {
		return // all differ, and no reference is known
	}
	for i, n := range number[:d.count] {
		if first[n] == int32(i) {
			continue
		}
		if id := d.ids.at(int32(i)); id != "" {
			d.fault("contract", i, "ID", id, success.ErrDuplicate)
			d.refuse(int32(i))
		}
	}
	find := func(references []reference, number []int32) {
		for k := range references {
			if to := first[number[k]]; to < d.count {
				references[k].to = to
			}
		}
	}
	find(d.renews, number[d.count:])
	find(d.credits, number[int(d.count)+len(d.renews):])
}
