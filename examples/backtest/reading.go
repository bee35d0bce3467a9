package main

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/health"
	"metrics.internal/success/health/backtest"
	"metrics.internal/success/retention"
)

// measures returns what the scorecard asks for.
func measures() []backtest.Measure {
	return []backtest.Measure{{Name: "tickets", Scale: health.Risk}, {Name: "csat"}, {Name: "usage"}}
}

// Days up to that of the score that the measures look at.
const (
	ticketDays = 90
	csatDays   = 180
	usageDays  = 90 // and as many before those
)

// A reading is what was known of an account on a day.
type reading struct {
	tickets, answers     int
	csat, recent, before decimal.Decimal // sums
	newest               success.Date    // of what they are made of
}

// values returns the values of the measures, undefined where they are not known:
// tickets and usage without their file, csat without an answer and usage without
// any in the days before.
func (r reading) values(known *folder.Folder) [3]success.Figure {
	var values [3]success.Figure
	if known.Has("interactions.csv") {
		values[0] = success.FigureOf(float64(r.tickets))
	}
	ratio := func(num, den decimal.Decimal) success.Figure {
		x, ok := success.Ratio{Num: num, Den: den}.Float64()
		if !ok {
			return success.Figure{}
		}
		return success.FigureOf(x)
	}
	values[1] = ratio(r.csat, decimal.NewFromInt(int64(r.answers)))
	values[2] = ratio(r.recent, r.before)
	return values
}

// see keeps the newest day.
func (r *reading) see(day success.Date) {
	if day.After(r.newest) {
		r.newest = day
	}
}

// readingsOf returns what was known of each account at the close of a day; what was known of
// one that was absorbed is known of the one that absorbed it.
func readingsOf(known *folder.Folder, mergers []retention.Merger, asOf success.Date) map[success.AccountID]reading {
	into := map[success.AccountID]success.AccountID{}
	for _, m := range mergers {
		into[m.From] = m.To
	}
	all := map[success.AccountID]reading{}
	add := func(account success.AccountID, day success.Date, days int, change func(*reading)) {
		if asOf.Sub(day) >= days {
			return
		}
		for into[account] != "" {
			account = into[account]
		}
		r := all[account]
		change(&r)
		r.see(day)
		all[account] = r
	}
	for _, i := range known.Interactions {
		if i.Initiative == success.Reactive {
			add(i.Account, success.DateOf(i.At), ticketDays, func(r *reading) { r.tickets++ })
		}
	}
	for _, s := range known.Surveys {
		if s.Kind == "csat" {
			add(s.Account, success.DateOf(s.At), csatDays, func(r *reading) {
				r.answers++
				r.csat = r.csat.Add(onFive(s.Score, s.Scale))
			})
		}
	}
	for _, u := range known.Usage {
		add(u.Account, u.Date, 2*usageDays, func(r *reading) {
			if asOf.Sub(u.Date) < usageDays {
				r.recent = r.recent.Add(u.Value)
			} else {
				r.before = r.before.Add(u.Value)
			}
		})
	}
	return all
}

// onFive returns a score on a scale from 1 as one from 1 to 5.
func onFive(score, scale int) decimal.Decimal {
	top := decimal.NewFromInt(int64(4 * (score - 1)))
	return top.DivRound(decimal.NewFromInt(int64(scale-1)), 6).Add(decimal.NewFromInt(1))
}
