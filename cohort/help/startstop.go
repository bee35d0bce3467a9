package help

import (
	"metrics.internal/success"
	"metrics.internal/success/cohort/survival"
)

// A StartStopResult is what a start–stop comparison found.
type StartStopResult struct {
	LogRank  survival.Test   // with late entry, within strata; Groups are "helped" and "unhelped"
	From     int             // the first day after which both sides have ten accounts at risk; -1 is never
	Helped   *survival.Curve // of those at risk after From, from that day on; nil when there is none
	Unhelped *survival.Curve // of those at risk after From, from that day on; nil when there is none
	Changed  int             // accounts that were on both sides, one after the other
	Warnings []error
}

// minRisk is how many accounts must be at risk on each side for a curve to be
// shown.
const minRisk = 10

// StartStop compares days with help and days without: an account counts as
// unhelped up to the day help began and as helped after it, when it enters late
// among those who were helped earlier. Options.Day and Options.Horizon are not
// used.
//
// The result is the log-rank test, within the strata. The curves are no shares
// of all accounts but of those at risk on day From: too few had been helped
// before to say anything about earlier days.
//
// Its errors are those of [Landmark]. When one side has no day at risk the test
// is empty and [ErrEmptyArm] warns of it.
//
// Source: N. Mantel and D. P. Byar, Evaluation of response-time data involving
// transient states, JASA 69 (1974).
func StartStop(accounts []Account, options Options) (StartStopResult, error) {
	var faults success.Errors
	options.check(&faults)
	checkAccounts(accounts, options, &faults)
	if err := faults.Err(); err != nil {
		return StartStopResult{}, err
	}
	r := StartStopResult{From: -1}
	var table survival.Table
	var sides [2][]survival.Span
	for i := range accounts {
		before, after := stayOf(&accounts[i], options.AsOf).split()
		for side, span := range [2]survival.Span{before, after} {
			if span.Days > 0 || side == 0 && span.Left {
				sides[side] = append(sides[side], span)
				// Spans of stays are valid.
				_ = table.Add(survival.Subject{Span: span, Group: names()[side], Stratum: accounts[i].Stratum})
			}
		}
		if before.Days > 0 && after.Days > 0 {
			r.Changed++
		}
	}
	test, err := table.LogRank(survival.Weighting{})
	if err != nil {
		warn(&r.Warnings, ErrEmptyArm, 1)
		return r, nil
	}
	r.LogRank = test
	r.show(sides, options)
	return r, nil
}

func names() [2]string { return [2]string{"unhelped", "helped"} }

// split returns the days of s without help and with it. A span of no days that
// was not left is none.
func (s stay) split() (before, after survival.Span) {
	if s.began < 0 || s.began >= s.days {
		return survival.Span{Days: s.days, Left: s.left}, survival.Span{}
	}
	return survival.Span{Days: s.began}, survival.Span{Days: s.days, Left: s.left, Entered: s.began}
}

// show makes the curves from the first day on which both sides are large
// enough.
func (r *StartStopResult) show(sides [2][]survival.Span, o Options) {
	unhelped, _ := survival.CountsOf(sides[0]) // checked when the table was made
	helped, _ := survival.CountsOf(sides[1])
	day, ok := survival.FirstAtRisk(minRisk, helped, unhelped)
	if !ok {
		warn(&r.Warnings, ErrShortFollowUp, 1)
		return
	}
	r.From = max(0, day-1)
	choice := survival.Options{Level: o.Level}
	r.Helped, _ = survival.Fit(after(sides[1], r.From), choice) // both have at least ten
	r.Unhelped, _ = survival.Fit(after(sides[0], r.From), choice)
}

// after returns the spans that go on after a day, counted from it.
func after(spans []survival.Span, day int) []survival.Span {
	var later []survival.Span
	for _, s := range spans {
		if s.Days > day {
			s.Days -= day
			s.Entered = max(0, s.Entered-day)
			later = append(later, s)
		}
	}
	return later
}
