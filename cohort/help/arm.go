package help

import (
	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/cohort/survival"
	"metrics.internal/success/internal/exact"
)

// An Arm is one side of a comparison.
type Arm struct {
	Accounts int              // there on the landmark
	Left     int              // of them, gone by the horizon
	Kept     success.Estimate // share still there after the horizon, by Kaplan–Meier
	StdErr   success.Figure   // of Kept, by Greenwood's formula; undefined when Kept is 0
	Median   success.Estimate // days from the landmark by which half have left
	Curve    *survival.Curve  // from the landmark on; nil in an empty arm
	Followed int              // accounts that could be followed to the horizon, gone or not
	NRR      success.Ratio    // Σ closing/Σ opening revenue of those followed
	GRR      success.Ratio    // Σ min(closing, opening)/Σ opening revenue of those followed
	Opening  decimal.Decimal  // revenue of all accounts on the landmark
	Hours    decimal.Decimal  // of help

	counts  survival.Counts
	settled bool // nobody is censored before the horizon
	reached bool // the curve is known at the horizon
}

// armOf collects the members on one side.
func armOf(members []member, helped bool, o Options) Arm {
	var a Arm
	a.settled = true
	var opening, hours exact.Sum
	var followed tally
	for i := range members {
		m := &members[i]
		if m.helped != helped {
			continue
		}
		a.add(m, o)
		opening = opening.Plus(micros(m.Opening))
		hours = hours.Plus(micros(m.Hours))
		if m.followed {
			a.Followed++
			followed.add(bookOf(m))
		}
	}
	a.Opening, a.Hours = opening.Decimal(), hours.Decimal()
	a.NRR, a.GRR = followed.nrr(), followed.grr()
	a.finish(o)
	return a
}

// add counts a member.
func (a *Arm) add(m *member, o Options) {
	a.Accounts++
	if m.left && m.days <= o.Horizon {
		a.Left++
	}
	if !m.left && m.days < o.Horizon {
		a.settled = false
	}
	// Members have been checked, and are within the range of Date.
	_ = a.counts.Add(survival.Span{Days: m.days, Left: m.left})
}

// finish makes the curve once every member is counted.
func (a *Arm) finish(o Options) {
	if a.Accounts == 0 {
		return
	}
	curve, err := a.counts.Curve(survival.Options{Level: o.Level})
	if err != nil {
		return
	}
	a.Curve = curve
	a.Median = curve.Median()
	point, ok := curve.At(float64(o.Horizon))
	if a.reached = ok; ok {
		a.Kept = success.Estimate{Value: success.FigureOf(point.Survival), Lower: point.Lower, Upper: point.Upper}
		a.StdErr = point.StdErr
	}
}

// kept returns the share kept and its variance, which is 0 at a share of 0 as
// it is for a binomial.
func (a *Arm) kept() (share, variance float64, ok bool) {
	share, ok = a.Kept.Value.Float64()
	se, _ := a.StdErr.Float64()
	return share, se * se, ok
}
