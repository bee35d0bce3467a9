package tier

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// An Explanation says why an account has its tier.
type Explanation struct {
	Assignment
	Family   success.AccountID // the topmost account above it, or itself
	Members  int               // of the family, itself included
	Because  []string          // what makes it want the tier it wants itself
	Hours    decimal.Decimal   // that it takes in the tier it has
	Cadence  int               // days from touch to touch there; 0 for none planned
	Density  success.Ratio     // revenue of the family for each extra hour of the tier it wants over the next; undefined for the last tier
	Refusals []Refusal         // the tiers that had no room, in order of tiers
	Dwell    int               // days it must head for State.Toward before it wants that
}

// A Refusal is a tier that had no room when the turn of an account came.
type Refusal struct {
	Tier   string
	Needed decimal.Decimal // hours of the account, or of its family
	Left   decimal.Decimal // hours left; 0 where locks had taken more than there were
}

// Explain says why an account has its tier; ok is false when it is not in the
// plan.
func (p *Plan) Explain(id success.AccountID) (e Explanation, ok bool) {
	at, ok := search(p.seats, string(id))
	if !ok {
		return Explanation{}, false
	}
	s := &p.seats[at]
	u, given := &p.units[s.unit], &p.rules.tiers[p.tiers[s.unit]]
	return Explanation{
		Assignment: p.assignment(s), Family: success.AccountID(u.id), Members: int(u.members),
		Because: p.rules.because(s), Hours: given.cost(s.effort), Cadence: given.cadence,
		Density: p.rules.density(u), Refusals: p.refusals(s.unit), Dwell: p.rules.dwell,
	}, true
}

// density returns the revenue of a unit for each extra hour of the tier it wants.
func (r *rules) density(u *unit) success.Ratio {
	if u.wanted == r.last() {
		return success.Ratio{}
	}
	extra := exact.Product(u.effort, r.tiers[u.wanted].hours-r.tiers[u.wanted+1].hours)
	return success.Ratio{Num: exact.Decimal(u.value), Den: extra.Decimal()}
}

func (p *Plan) refusals(unit int32) (all []Refusal) {
	first := p.first[unit]
	if first == noNode {
		return nil
	}
	u := &p.units[unit]
	for _, r := range p.refused[first : first+int32(p.tiers[unit]-u.wanted)] {
		t := &p.rules.tiers[r.tier]
		used := exact.Product(t.room(t.capacity)-r.left, t.hours)
		left := exact.Of(t.capacity).Sub(used).Floor()
		all = append(all, Refusal{t.name, t.cost(u.effort), left.Decimal()})
	}
	return all
}

// because names what makes a seat want its tier.
func (r *rules) because(s *seat) (words []string) {
	rise, fall := r.byRevenue(s.revenue)
	switch {
	case s.toward != none:
		words = append(words, "heads for another tier, for too short a time")
	case s.wanted == r.last() && s.wanted == rise && s.why == 0:
		words = append(words, "nothing qualifies it for a higher tier")
	case s.wanted == rise && rise != r.last():
		words = append(words, "revenue")
	case s.wanted != s.byRule && fall <= s.wanted:
		words = append(words, "revenue between the thresholds")
	}
	if s.wanted == s.byRule {
		words = append(words, s.why.words()...)
	}
	return words
}

func (w rule) words() (words []string) {
	for i, word := range []string{"complexity", "strategic", "contract", "another rule"} {
		if w&(1<<i) != 0 {
			words = append(words, word)
		}
	}
	return words
}

// String returns the explanation as a sentence, such as
//
//	Acme has low touch (8 h): it wants high touch (revenue), which had 4 h left of the 16 h needed
func (e Explanation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s has %s (%s h): ", e.Account, e.Tier, e.Hours)
	who := "it"
	if e.Members > 1 {
		who = fmt.Sprintf("its family of %d", e.Members)
	}
	if e.Reason.Locked() {
		fmt.Fprintf(&b, "locked, %s; ", e.Reason)
	}
	fmt.Fprintf(&b, "%s wants %s", who, e.Wanted)
	if e.State.Wanted != e.Wanted {
		fmt.Fprintf(&b, ", itself %s", e.State.Wanted)
	}
	fmt.Fprintf(&b, " (%s)", strings.Join(e.Because, ", "))
	if e.State.Toward != "" {
		fmt.Fprintf(&b, ", towards %s since %s", e.State.Toward, e.State.Since)
	}
	for i, r := range e.Refusals {
		link := ", which"
		if i > 0 {
			link = ", and " + r.Tier
		}
		fmt.Fprintf(&b, "%s had %s h left of the %s h needed", link, r.Left, r.Needed)
	}
	return b.String()
}
