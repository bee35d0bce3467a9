package alert

import (
	"fmt"
	"slices"

	"metrics.internal/success"
)

// A finding is what a rule says of an account.
type finding struct {
	key      Key
	known    bool // otherwise nothing is known, and evidence is empty
	severity Severity
	evidence string
}

// A look is an account on a day under a policy, and what was found so far. Rules
// add findings that fire or are unknown; what is clear is not added.
type look struct {
	*Reading
	policy Policy
	asOf   success.Date
	found  []finding
}

// A rule adds what it finds.
type rule struct {
	kind  Kind
	apply func(*look)
}

// rules returns the rules that are not off.
func (p Policy) rules() []rule {
	return slices.DeleteFunc([]rule{
		{BandDrop, (*look).bandDrop}, {CoverageDrop, (*look).coverageDrop}, {OverdueUsage, (*look).overdueUsage},
		{UsageFall, (*look).usageFall}, {ChampionLeft, (*look).championLeft}, {GoalMissed, (*look).goalMissed},
		{RenewalAtRisk, (*look).renewalAtRisk}, {SingleContact, (*look).singleContact}, {SeatsFull, (*look).seatsFull},
	}, func(r rule) bool { return slices.Contains(p.Off, r.kind) })
}

func (l *look) fire(kind Kind, subject string, severity Severity, format string, args ...any) {
	l.found = append(l.found, finding{Key{l.Account, kind, subject}, true, severity, fmt.Sprintf(format, args...)})
}

func (l *look) unknown(kind Kind) {
	l.found = append(l.found, finding{key: Key{l.Account, kind, ""}})
}

// inBand returns the severity of an alert that is worse in the lowest band.
func (l *look) inBand() Severity {
	if l.policy.rank(l.Band) == 0 {
		return Critical
	}
	return Warning
}

func (l *look) bandDrop() {
	now, before := l.policy.rank(l.Band), l.policy.rank(l.BandBefore)
	switch {
	case now < 0 || before < 0:
		l.unknown(BandDrop)
	case before-now >= l.policy.Drop:
		l.fire(BandDrop, "", l.inBand(), "band fell from %s to %s", l.BandBefore, l.Band)
	}
}

func (l *look) coverageDrop() {
	switch {
	case !l.Coverage.Defined() || !l.CoverageBefore.Defined():
		l.unknown(CoverageDrop)
	case fallen(l.CoverageBefore, l.Coverage, l.policy.Coverage):
		l.fire(CoverageDrop, "", Notice, "coverage of the score fell from %s to %s", l.CoverageBefore, l.Coverage)
	}
}

func (l *look) overdueUsage() {
	switch {
	case !l.Overdue.Defined():
		l.unknown(OverdueUsage)
	case atLeast(l.Overdue, l.policy.Overdue):
		l.fire(OverdueUsage, "", Warning, "%s days since the last use where %s would be ideal: %s times as long",
			l.Overdue.Num, l.Overdue.Den, rounded(l.Overdue, 1))
	}
}

func (l *look) usageFall() {
	one := success.RatioOf(1, 1)
	switch {
	case !l.Usage.Defined() || l.Usage.Den.LessThan(l.policy.MinBase):
		l.unknown(UsageFall)
	case fallen(one, l.Usage, l.policy.Usage):
		lost := success.Ratio{Num: l.Usage.Den.Sub(l.Usage.Num), Den: l.Usage.Den}
		l.fire(UsageFall, "", Warning, "use fell by %s, to %s from a baseline of %s", lost, l.Usage.Num, l.Usage.Den)
	}
}

func (l *look) championLeft() {
	for _, d := range l.Departures {
		l.fire(ChampionLeft, d.Contact, Critical, "champion %s left on %s", d.Contact, d.On)
	}
}

func (l *look) goalMissed() {
	for _, g := range l.Goals {
		if !g.Achieved && l.asOf.After(g.Due) {
			l.fire(GoalMissed, g.ID, Warning, "goal %s was due on %s, %s ago", g.ID, g.Due, days(l.asOf.Sub(g.Due)))
		}
	}
}

func (l *look) renewalAtRisk() {
	if l.Renewal.IsZero() {
		return
	}
	left := l.Renewal.Sub(l.asOf)
	switch now := l.policy.rank(l.Band); {
	case left > l.policy.Renewal:
	case now < 0:
		l.unknown(RenewalAtRisk)
	case now < l.policy.rank(l.policy.Good):
		l.fire(RenewalAtRisk, "", l.inBand(), "renewal on %s, %s, while %s", l.Renewal, when(left), l.Band)
	}
}

// when says how far a day is away.
func when(left int) string {
	switch {
	case left > 0:
		return "in " + days(left)
	case left < 0:
		return days(-left) + " ago"
	}
	return "today"
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}

func (l *look) singleContact() {
	switch {
	case !l.Contacts.Defined():
		l.unknown(SingleContact)
	case !atLeast(l.Contacts, l.policy.Contacts):
		l.fire(SingleContact, "", Notice, "%s effective contacts", rounded(l.Contacts, 2))
	}
}

func (l *look) seatsFull() {
	switch {
	case !l.Seats.Defined():
		l.unknown(SeatsFull)
	case atLeast(l.Seats, l.policy.Seats):
		l.fire(SeatsFull, "", Notice, "%s of %s seats in use: %s", l.Seats.Num, l.Seats.Den, l.Seats)
	}
}
