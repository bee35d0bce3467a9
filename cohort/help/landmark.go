package help

import (
	"math"

	"metrics.internal/success"
	"metrics.internal/success/cohort/proportion"
	"metrics.internal/success/cohort/survival"
)

// A Result is what a landmark comparison found.
type Result struct {
	Day      int // the landmark
	Horizon  int // days looked ahead from it
	Gone     int // accounts left out: they had left by the landmark
	Censored int // accounts left out: they were not seen after the landmark
	Later    int // accounts counted as unhelped that were helped after the landmark
	Helped   Arm // those whose help had begun by the landmark
	Unhelped Arm // all others

	Difference   success.Estimate        // share kept with help, less without
	Method       string                  // of its interval: Greenwood, Newcombe or Miettinen–Nurminen
	NumberNeeded proportion.NumberNeeded // accounts to help for one more kept
	KeptRatio    success.Estimate        // share kept with help, to without
	LostRatio    success.Estimate        // share lost with help, to without
	RatioMethod  string                  // of their intervals: Greenwood, Koopman or MOVER
	EValueKept   proportion.EValue       // of KeptRatio
	EValueLost   proportion.EValue       // of LostRatio
	LogRank      survival.Test           // of the curves from the landmark on; Groups are "helped" and "unhelped"
	Adjusted     Adjusted                // the difference within strata
	Gain         Gain                    // what the difference is worth

	Warnings []error

	tables []proportion.Stratum
}

// Landmark compares accounts that had been helped by a day with those that had
// not. Accounts gone or out of sight by that day are left out; everything counts
// from it. Help before the start of an account counts as begun on its first day.
//
// The share kept at the horizon is Kaplan–Meier's. Its difference has the
// interval
//
//	S₁ − S₀ ± z √(V₁ + V₀)
//
// with Greenwood's variances; when nobody was censored before the horizon, S is
// a plain share and Newcombe's interval is used, or Miettinen and Nurminen's if
// Options.Score says so. The difference is adjusted over Account.Stratum.
//
// An arm that is empty, or not followed to the horizon, leaves figures undefined
// and is a warning. What no comparison can use is an error: no accounts; no or a
// second ID; no Start; Left before Start or Began not before Left; a stratum that
// Options.Strata does not have; amounts that are negative or out of range;
// options out of range.
//
// Source: J. R. Anderson, K. C. Cain and R. D. Gelber, Analysis of survival by
// tumor response, Journal of Clinical Oncology 1 (1983).
func Landmark(accounts []Account, options Options) (Result, error) {
	var faults success.Errors
	z := options.check(&faults)
	checkAccounts(accounts, options, &faults)
	if err := faults.Err(); err != nil {
		return Result{}, err
	}
	p := panelOf(accounts, options)
	r := Result{
		Day: options.Day, Horizon: options.Horizon,
		Gone: p.gone, Censored: p.censored, Later: p.later,
		Helped:   armOf(p.members, true, options),
		Unhelped: armOf(p.members, false, options),
	}
	r.warnArms(p)
	if r.Helped.Accounts > 0 && r.Unhelped.Accounts > 0 {
		r.compare(p.members, options, z)
	}
	return r, nil
}

func (r *Result) warnArms(p panel) {
	empty, short, unfollowed := 0, 0, 0
	for _, arm := range []*Arm{&r.Helped, &r.Unhelped} {
		switch {
		case arm.Accounts == 0:
			empty++
		case !arm.reached:
			short++
		}
		if arm.NRR.Defined() {
			unfollowed += arm.Accounts - arm.Followed
		}
	}
	warn(&r.Warnings, ErrEmptyArm, empty)
	warn(&r.Warnings, ErrShortFollowUp, short)
	warn(&r.Warnings, ErrHelpedLater, p.later)
	warn(&r.Warnings, ErrUnfollowed, unfollowed)
}

// compare fills in what needs both arms.
func (r *Result) compare(members []member, o Options, z float64) {
	var table survival.Table
	table.AddCounts("helped", "", &r.Helped.counts)
	table.AddCounts("unhelped", "", &r.Unhelped.counts)
	r.LogRank, _ = table.LogRank(survival.Weighting{}) // two groups, as checked
	if !r.Helped.reached || !r.Unhelped.reached {
		return
	}
	if r.Helped.settled && r.Unhelped.settled {
		r.binomial(o)
	} else {
		r.greenwood(z)
	}
	r.NumberNeeded = proportion.NumberNeededOf(r.Difference)
	r.EValueKept, _ = proportion.EValueOf(r.KeptRatio) // ratios within their intervals
	r.EValueLost, _ = proportion.EValueOf(r.LostRatio)
	r.adjust(members, o, z)
	r.gain()
}

// binomial compares plain shares.
func (r *Result) binomial(o Options) {
	choice := proportion.Options{Level: o.Level}
	if o.Score {
		choice.Difference = proportion.MiettinenNurminen
	}
	if o.MOVER {
		choice.Ratio = proportion.MOVER
	}
	helped, unhelped := r.Helped.share(), r.Unhelped.share()
	kept, _ := proportion.Compare(helped, unhelped, choice) // counts of members
	lost, _ := proportion.Compare(rest(helped), rest(unhelped), choice)
	r.Difference, r.Method = kept.Difference, kept.DifferenceMethod.String()
	r.KeptRatio, r.LostRatio, r.RatioMethod = kept.Ratio, lost.Ratio, kept.RatioMethod.String()
}

func (a *Arm) share() proportion.Share {
	return proportion.Share{Count: a.Accounts - a.Left, Total: a.Accounts}
}

// rest returns the accounts lost instead of those kept.
func rest(s proportion.Share) proportion.Share {
	return proportion.Share{Count: s.Total - s.Count, Total: s.Total}
}

// greenwood compares shares estimated from censored accounts.
func (r *Result) greenwood(z float64) {
	r.Method, r.RatioMethod = "Greenwood", "Greenwood"
	s1, v1, _ := r.Helped.kept()
	s0, v0, _ := r.Unhelped.kept()
	r.Difference.Value = success.FigureOf(s1 - s0)
	if s1 > 0 && s0 > 0 {
		se := math.Sqrt(v1 + v0)
		r.Difference = success.EstimateOf(s1-s0, max(-1, s1-s0-z*se), min(1, s1-s0+z*se))
	}
	r.KeptRatio = logRatio(s1, v1, s0, v0, z)
	r.LostRatio = logRatio(1-s1, v1, 1-s0, v0, z)
}

// logRatio returns the ratio of two estimates with the interval of its
// logarithm.
func logRatio(a, va, b, vb, z float64) success.Estimate {
	if a <= 0 || b <= 0 {
		return success.Estimate{Value: success.FigureOf(a / b)}
	}
	width := z * math.Sqrt(va/(a*a)+vb/(b*b))
	return success.EstimateOf(a/b, a/b*math.Exp(-width), a/b*math.Exp(width))
}

// Tables returns, by stratum, the accounts kept with help and without, for
// [proportion.MantelHaenszel]. ok is false when accounts were censored before
// the horizon, so that nobody knows how many were kept.
func (r *Result) Tables() (strata []proportion.Stratum, ok bool) {
	if !r.Helped.settled || !r.Unhelped.settled {
		return nil, false
	}
	return append([]proportion.Stratum(nil), r.tables...), true
}
