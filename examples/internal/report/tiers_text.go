package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"metrics.internal/success"
	"metrics.internal/success/health/tier"
)

// write prints tiers, their loads and who waits.
func (s *Tiers) write(p *page, name func(success.AccountID) string) {
	p.heading("Who gets which touch")
	p.text(s.Note)
	g := newGrid("", "accounts", "locked", "revenue", "hours", "there are", "in use")
	for _, l := range s.Plan.Loads() {
		there := "no limit"
		if l.Limited {
			there = l.Available.String()
		}
		g.add(l.Tier, strconv.Itoa(l.Accounts), strconv.Itoa(l.Locked), Amount(l.ARR, 0), l.Needed.String(), there, Percent(l.Use()))
	}
	g.write(p)
	waiting := s.waiting()
	if len(waiting) > 0 {
		var names []string
		for _, e := range waiting[:min(3, len(waiting))] {
			names = append(names, name(e.Account))
		}
		p.text(fmt.Sprintf("%s less than they want for want of hours, first %s.", have(len(waiting)), strings.Join(names, ", ")))
	}
	if moves := s.Plan.Moves(); len(moves) > 0 {
		up := 0
		for _, m := range moves {
			if m.Up {
				up++
			}
		}
		p.line(fmt.Sprintf("  Since %s %d moved up and %d down.", s.before, up, len(moves)-up))
	}
}

func have(n int) string {
	if n == 1 {
		return "1 account has"
	}
	return strconv.Itoa(n) + " accounts have"
}

// waiting returns the accounts that have less than they want, those with the most
// revenue, or of families with the most, first.
func (s *Tiers) waiting() []tier.Explanation {
	var all []tier.Explanation
	for _, a := range s.Plan.Assignments() {
		if a.Reason == tier.NoRoom {
			e, _ := s.Plan.Explain(a.Account)
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b tier.Explanation) int { return b.Density.Num.Cmp(a.Density.Num) })
	return all
}

// advice says how many more people it takes.
func (s *Tiers) advice() []string {
	var missing []string
	for _, n := range s.Plan.Staffing() {
		if more := n.Missing(); more.IsPositive() {
			missing = append(missing, more.String()+" for "+n.Tier)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("To give everybody the touch they should have, hire %s, or serve more of them at once.", strings.Join(missing, ", "))}
}
