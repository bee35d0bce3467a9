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
		if d.Status != attribution.Won {
			continue
		}
		s.deals = append(s.deals, d)
		left, ok := commission.Left(f.Contracts, d.Account, success.DateOf(d.Closed), grace)
		if !ok {
			s.unknown = append(s.unknown, d.ID)
		}
		s.awards = append(s.awards, commission.Award{
			Deal: d.ID, Rate: o.rate, Shares: sharesOf(d.Owner, finders[d.Lead], o.finder), Schedule: schedule, Left: left,
		})
	}
	s.adjustments = f.Adjustments
	return s
}

// findersOf returns who found the service-qualified leads.
func findersOf(f *folder.Folder) map[attribution.LeadID]string {
	finders := map[attribution.LeadID]string{}
	for _, l := range f.Leads {
		if l.Source == attribution.Service {
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
