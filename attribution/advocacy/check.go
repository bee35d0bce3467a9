package advocacy

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// maxDays bounds the days before and after: a hundred years.
const maxDays = 36_500

// once adds an ID that was there before. Missing ones are told elsewhere.
func once[T ~string](d check.Door, id T, seen map[T]bool) {
	if seen[id] && id != "" {
		d.Add("ID", string(id), success.ErrDuplicate)
	}
	seen[id] = true
}

func (o *Options) check(faults *success.Errors) (z float64) {
	for _, days := range []struct {
		field string
		n     int
	}{{"ServiceDays", o.ServiceDays}, {"DealDays", o.DealDays}} {
		if days.n < 0 || days.n > maxDays {
			check.At("options", -1, faults).Add(days.field, check.Int(days.n), fault.New(success.ErrRange, "is not between 0 and %d", maxDays))
		}
	}
	if o.ServiceDays == 0 {
		o.ServiceDays = 90
	}
	return check.Level(o.Level, faults)
}

// checkAccounts adds the accounts of records that are not among those there are.
func (r *Records) checkAccounts(accounts []success.Account, faults *success.Errors) {
	all := make(map[success.AccountID]bool, len(accounts))
	for i, a := range accounts {
		a.Check(i, faults)
		once(check.At("account", i, faults), a.ID, all)
	}
	known := func(d check.Door, field string, id success.AccountID) {
		if accounts != nil && id != "" && !all[id] {
			d.Add(field, string(id), success.ErrUnknown)
		}
	}
	for i, x := range r.Referrals {
		known(check.At("referral", i, faults), "Advocate", x.Advocate)
		known(check.At("referral", i, faults), "Referred", x.Referred)
	}
	for i, x := range r.Reviews {
		known(check.At("review", i, faults), "Account", x.Account)
	}
	for i, x := range r.References {
		known(check.At("reference", i, faults), "Advocate", x.Advocate)
	}
	for i := range r.Deals {
		known(check.At("deal", i, faults), "Account", r.Deals[i].Account)
	}
	for i := range r.Interactions {
		known(check.At("interaction", i, faults), "Account", r.Interactions[i].Account)
	}
}

// check adds all faults of records, and returns their deals by ID.
func (r *Records) check(accounts []success.Account, faults *success.Errors) map[attribution.DealID]*deal {
	r.checkAccounts(accounts, faults)
	deals := r.checkDeals(faults)
	r.checkAdjustments(deals, faults)
	seen := map[string]bool{}
	for i, x := range r.Referrals {
		d := check.At("referral", i, faults)
		d.Need("ID", x.ID)
		once(d, x.ID, seen)
		d.Need("Advocate", string(x.Advocate))
		d.Need("Referred", string(x.Referred))
		d.NeedTime("At", x.At)
	}
	seen = map[string]bool{}
	for i, x := range r.Reviews {
		d := check.At("review", i, faults)
		d.Need("ID", x.ID)
		once(d, x.ID, seen)
		d.Need("Account", string(x.Account))
		d.NeedTime("At", x.At)
	}
	r.checkReferences(deals, faults)
	interactions := map[success.InteractionID]bool{}
	for i := range r.Interactions {
		x := &r.Interactions[i]
		x.Check(i, faults)
		once(check.At("interaction", i, faults), x.ID, interactions)
	}
	return deals
}

func (r *Records) checkReferences(deals map[attribution.DealID]*deal, faults *success.Errors) {
	seen := map[string]bool{}
	for i, x := range r.References {
		d := check.At("reference", i, faults)
		d.Need("ID", x.ID)
		once(d, x.ID, seen)
		d.Need("Advocate", string(x.Advocate))
		d.NeedTime("At", x.At)
		if x.Deal != "" && deals[x.Deal] == nil {
			d.Add("Deal", string(x.Deal), success.ErrUnknown)
		}
	}
}

func (r *Records) checkDeals(faults *success.Errors) map[attribution.DealID]*deal {
	deals, seen := make(map[attribution.DealID]*deal, len(r.Deals)), make(map[attribution.DealID]bool, len(r.Deals))
	named := slices.ContainsFunc(r.Deals, func(d attribution.Deal) bool { return d.Currency != "" })
	for i := range r.Deals {
		d := &r.Deals[i]
		micros := d.Check(i, faults)
		once(check.At("deal", i, faults), d.ID, seen)
		if named && d.Currency == "" {
			check.At("deal", i, faults).Add("Currency", "", fault.New(success.ErrMissing, "is missing while others are named"))
		}
		deals[d.ID] = &deal{Deal: d, amount: money{gross: exact.Of(micros)}}
	}
	return deals
}

// checkAdjustments also books adjustments on deals, each once, by time, then ID.
func (r *Records) checkAdjustments(deals map[attribution.DealID]*deal, faults *success.Errors) {
	type change struct {
		index  int
		micros int64
	}
	first := make(map[attribution.AdjustmentID]change, len(r.Adjustments))
	var changes []change
	for i := range r.Adjustments {
		a := &r.Adjustments[i]
		d := check.At("adjustment", i, faults)
		c := change{i, a.Check(i, faults)}
		before, again := first[a.ID]
		switch b := &r.Adjustments[before.index]; {
		case again && a.ID != "" && !a.Equal(*b):
			d.Add("ID", string(a.ID), fault.New(success.ErrDuplicate, "is that of another adjustment, at position %d", before.index))
		case !again:
			first[a.ID] = c
			changes = append(changes, c)
		}
		if of := deals[a.Deal]; of == nil && a.Deal != "" {
			d.Add("Deal", string(a.Deal), success.ErrUnknown)
		} else if of != nil && of.Status != attribution.Won {
			d.Add("Deal", string(a.Deal), fault.New(success.ErrRange, "is a deal that is %s, not won", of.Status))
		} else if of != nil && !a.At.IsZero() && a.At.Before(of.Closed) {
			d.Add("At", a.At.Format(time.RFC3339), fault.New(success.ErrOrder, "is before the deal was won"))
		}
	}
	if faults.Count > 0 {
		return
	}
	slices.SortFunc(changes, func(x, y change) int {
		a, b := &r.Adjustments[x.index], &r.Adjustments[y.index]
		return cmp.Or(a.At.Compare(b.At), strings.Compare(string(a.ID), string(b.ID)))
	})
	for _, c := range changes {
		a := &r.Adjustments[c.index]
		if of := deals[a.Deal]; !of.adjust(a.At, c.micros) {
			check.At("adjustment", c.index, faults).Add("Amount", exact.Show(a.Amount), fault.New(success.ErrRange, "is more than the %s that remain", exact.Show(of.amount.net().Decimal())))
		}
	}
}
