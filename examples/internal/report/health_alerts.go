package report

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/examples/internal/scoring"
	"metrics.internal/success/health"
	"metrics.internal/success/health/alert"
	"metrics.internal/success/health/goal"
)

// monthsBefore is how far back bands and coverage are compared with.
const monthsBefore = 3

// goalDays is for how long after its day due a goal that was missed is news.
const goalDays = 180

// overdueGaps is how many of its own median gaps an account may not have used the
// product before somebody should know. Use at random times leaves gaps of three
// often enough.
const overdueGaps = 4

// policy returns the thresholds of alerts: the defaults of the library, but for
// overdue use, which is measured against the account's own gap and not an ideal.
// A folder does not say which seats are in use, and contract ends to come are not
// known before they have come: these rules are silent.
func (h *Health) policy() alert.Policy {
	p := alert.Policy{Overdue: decimal.NewFromInt(overdueGaps)}
	if len(h.card.Bands()) > 1 {
		p.Bands = h.bands()
	}
	return p
}

// alarm raises the alerts of a first run: nothing is remembered from one report to
// the next.
func (h *Health) alarm(readings []alert.Reading, asOf success.Date) error {
	state, err := alert.Next(alert.State{}, readings, asOf, h.policy())
	h.alerts = &state
	return err
}

// reading is what alerts look at.
func (h *Health) reading(now scored, then health.Result, fact scoring.Fact, asOf success.Date) alert.Reading {
	r := alert.Reading{
		Account:        now.Account,
		Revenue:        now.revenue,
		Band:           h.bandOf(now.Result),
		BandBefore:     h.bandOf(then),
		Coverage:       coverage(now.Result),
		CoverageBefore: coverage(then),
		Overdue:        fact.Overdue,
		Usage:          fact.Level,
		Contacts:       fact.People.Effective,
	}
	if fact.People.ChampionLeft {
		for _, d := range fact.People.Departures {
			if d.Champion {
				r.Departures = append(r.Departures, alert.Departure{Contact: d.Contact, On: d.On})
			}
		}
	}
	for _, g := range fact.Goals.Goals {
		if asOf.Sub(g.Goal.Due) <= goalDays {
			r.Goals = append(r.Goals, alert.Goal{ID: g.Goal.ID, Due: g.Goal.Due, Achieved: over(g.Status)})
		}
	}
	return r
}

// over reports whether a goal was reached or is no goal any more.
func over(s goal.Status) bool {
	return s == goal.Achieved || s == goal.Late || s == goal.Partial || s == goal.Cancelled
}

// bandOf returns the band for alerts, nothing when it is not known.
func (h *Health) bandOf(r health.Result) string {
	if r.Band == health.Unknown || len(h.card.Bands()) < 2 {
		return ""
	}
	return r.Band
}

func coverage(r health.Result) success.Ratio {
	share, ok := r.Coverage.Decimal()
	if !ok {
		return success.Ratio{}
	}
	return success.Ratio{Num: share, Den: decimal.NewFromInt(1)}
}
