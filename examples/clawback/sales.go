package main

import (
	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/commission"
	"metrics.internal/success/examples/internal/folder"
)

// grace is how many days late a renewal may be.
const grace = 30

// sales are the won deals of a folder, and what is owed for them.
type sales struct {
	deals       []attribution.Deal
	adjustments []attribution.Adjustment
	awards      []commission.Award
	unknown     []attribution.DealID // deals of accounts whose contracts do not tell whether they left
}

func salesOf(f *folder.Folder, o *options, schedule commission.Schedule) *sales {
	s := &sales{}
	finders := findersOf(f)
	for _, d := range f.Deals {
		if d.Status != "won" {
			continue
		}
		s.deals = append(s.deals, attribution.Deal{
			ID: attribution.DealID(d.ID), Account: d.Account, Lead: attribution.LeadID(d.Lead), Owner: d.Owner,
			Opened: d.Opened, Closed: d.Closed, Status: attribution.Won, Amount: d.Amount, Currency: d.Currency,
		})
		left, ok := commission.Left(f.Contracts, d.Account, success.DateOf(d.Closed), grace)
		if !ok {
			s.unknown = append(s.unknown, attribution.DealID(d.ID))
		}
		s.awards = append(s.awards, commission.Award{
			Deal: attribution.DealID(d.ID), Rate: o.rate, Shares: sharesOf(d.Owner, finders[d.Lead], o.finder), Schedule: schedule, Left: left,
		})
	}
	for _, a := range f.Adjustments {
		s.adjustments = append(s.adjustments, attribution.Adjustment{ID: attribution.AdjustmentID(a.ID), Deal: attribution.DealID(a.Deal), At: a.At, Amount: a.Amount})
	}
	return s
}

// findersOf returns who found the service-qualified leads.
func findersOf(f *folder.Folder) map[string]string {
	finders := map[string]string{}
	for _, l := range f.Leads {
		if l.Source == "service" {
			finders[l.ID] = l.Agent
		}
	}
	return finders
}

// sharesOf divides a commission among the owner of a deal and who found it.
func sharesOf(owner, finder string, percent int64) []commission.Share {
	if owner == "" {
		owner = "(nobody)"
	}
	if finder == "" || finder == owner {
		return []commission.Share{{Person: owner, Weight: 1}}
	}
	return []commission.Share{{Person: owner, Weight: 100 - percent}, {Person: finder, Weight: percent}}
}
