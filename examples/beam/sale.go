package main

import (
	"cmp"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// A Sale is one record of what leads and deals are made of: exactly one of its
// fields is there.
type Sale struct {
	Lead        *attribution.Lead       `json:"lead,omitempty"`
	Deal        *attribution.Deal       `json:"deal,omitempty"`
	Adjustment  *attribution.Adjustment `json:"adjustment,omitempty"`
	Interaction *success.Interaction    `json:"interaction,omitempty"`
}

// name returns what kind of record s is, and its ID.
func (s Sale) name() (record, id string) {
	switch {
	case s.Lead != nil:
		return "lead", string(s.Lead.ID)
	case s.Deal != nil:
		return "deal", string(s.Deal.ID)
	case s.Adjustment != nil:
		return "adjustment", string(s.Adjustment.ID)
	case s.Interaction != nil:
		return "interaction", string(s.Interaction.ID)
	}
	return "", ""
}

// account returns whose record s is. An adjustment does not say; its deal does.
func (s Sale) account() success.AccountID {
	switch {
	case s.Lead != nil:
		return s.Lead.Account
	case s.Deal != nil:
		return s.Deal.Account
	case s.Interaction != nil:
		return s.Interaction.Account
	}
	return ""
}

// refers returns the name of the record that s hangs on: a lead on the
// interaction it was noticed in, a deal on its lead, an adjustment on its deal.
func (s Sale) refers() (record, id string) {
	switch {
	case s.Lead != nil && s.Lead.Interaction != "":
		return "interaction", string(s.Lead.Interaction)
	case s.Deal != nil && s.Deal.Lead != "":
		return "lead", string(s.Deal.Lead)
	case s.Adjustment != nil:
		return "deal", string(s.Adjustment.Deal)
	}
	return "", ""
}

// alone returns s without what it refers to.
func (s Sale) alone() Sale {
	switch {
	case s.Lead != nil:
		lead := *s.Lead
		lead.Interaction = ""
		s.Lead = &lead
	case s.Deal != nil:
		deal := *s.Deal
		deal.Lead = ""
		s.Deal = &deal
	}
	return s
}

// recordsOf sorts sales into the records they are, each kind in order of IDs, so
// that their positions do not depend on how they came.
func recordsOf(sales []Sale) (r attribution.Records) {
	slices.SortStableFunc(sales, func(a, b Sale) int {
		_, i := a.name()
		_, j := b.name()
		return cmp.Or(cmp.Compare(i, j), cmp.Compare(a.account(), b.account()))
	})
	for _, s := range sales {
		switch {
		case s.Lead != nil:
			r.Leads = append(r.Leads, *s.Lead)
		case s.Deal != nil:
			r.Deals = append(r.Deals, *s.Deal)
		case s.Adjustment != nil:
			r.Adjustments = append(r.Adjustments, *s.Adjustment)
		case s.Interaction != nil:
			r.Interactions = append(r.Interactions, *s.Interaction)
		}
	}
	return r
}

// salesOf is recordsOf the other way round.
func salesOf(r attribution.Records) (sales []Sale) {
	for i := range r.Leads {
		sales = append(sales, Sale{Lead: &r.Leads[i]})
	}
	for i := range r.Deals {
		sales = append(sales, Sale{Deal: &r.Deals[i]})
	}
	for i := range r.Adjustments {
		sales = append(sales, Sale{Adjustment: &r.Adjustments[i]})
	}
	for i := range r.Interactions {
		sales = append(sales, Sale{Interaction: &r.Interactions[i]})
	}
	return sales
}

// askSales returns what the leads and deals of whole accounts come to by source:
// those of a bucket, or all.
func askSales(sales []Sale, q *Question) (attribution.Table, error) {
	records := recordsOf(sales)
	pipeline, err := attribution.NewPipeline(records, q.sales())
	if err != nil {
		return attribution.Table{}, faultsOf(err, func(record string, i int) (string, success.AccountID) { return named(&records, record, i) })
	}
	return pipeline.Table(attribution.Query{Period: q.Period, By: attribution.BySource})
}

// named returns the ID and the account of the record at a position.
func named(r *attribution.Records, record string, i int) (id string, account success.AccountID) {
	switch {
	case record == "lead" && i < len(r.Leads):
		return string(r.Leads[i].ID), r.Leads[i].Account
	case record == "deal" && i < len(r.Deals):
		return string(r.Deals[i].ID), r.Deals[i].Account
	case record == "adjustment" && i < len(r.Adjustments):
		return string(r.Adjustments[i].ID), ""
	case record == "interaction" && i < len(r.Interactions):
		return string(r.Interactions[i].ID), r.Interactions[i].Account
	}
	return "", ""
}
