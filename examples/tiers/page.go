package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/examples/internal/touch"
	"metrics.internal/success/health/tier"
)

// A page shows a plan.
type page struct {
	w       io.Writer
	company *touch.Company
	policy  tier.Policy
	plan    *tier.Plan
}

// shown is how many lines a list has at most.
const shown = 5

func (p *page) now() error {
	fmt.Fprintf(p.w, "Tiers on %s, moves since %s\n", p.company.Day, p.company.Before)
	if p.policy.Note != "" {
		fmt.Fprintln(p.w, "Policy:", p.policy.Note)
	}
	p.loads()
	p.waiting()
	p.moves()
	p.staffing("People for everyone's wanted tier, in hours of a quarter", p.plan.Staffing())
	return errors.Join(p.portfolios(), p.hires())
}

func (p *page) table(rows func(line func(cells ...any))) {
	t := tabwriter.NewWriter(p.w, 0, 0, 2, ' ', tabwriter.AlignRight)
	rows(func(cells ...any) {
		for _, c := range cells {
			fmt.Fprintf(t, "%v\t", c)
		}
		fmt.Fprintln(t)
	})
	t.Flush()
}

func (p *page) loads() {
	fmt.Fprintln(p.w)
	p.table(func(line func(...any)) {
		line("tier", "accounts", "locked", "ARR "+p.company.Currency, "hours", "of", "use", "over")
		for _, l := range p.plan.Loads() {
			available := "no limit"
			if l.Limited {
				available = l.Available.String()
			}
			line(l.Tier, l.Accounts, l.Locked, l.ARR.Round(0), l.Needed, available, l.Use(), l.Over())
		}
	})
}

// waiting explains the largest accounts that have less than they want.
func (p *page) waiting() {
	var all []tier.Explanation
	for _, a := range p.plan.Assignments() {
		if a.Reason == tier.NoRoom {
			e, _ := p.plan.Explain(a.Account)
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b tier.Explanation) int { return b.Density.Num.Cmp(a.Density.Num) })
	fmt.Fprintf(p.w, "\n%d accounts have less than they want\n", len(all))
	for _, e := range all[:min(shown, len(all))] {
		fmt.Fprintln(p.w, " ", e)
	}
}

func (p *page) moves() {
	moves := p.plan.Moves()
	fmt.Fprintf(p.w, "\n%d accounts move\n", len(moves))
	p.list(moves)
}

// list shows moves: how many there are each way, and the first of each.
func (p *page) list(moves []tier.Move) {
	type way struct{ from, to string }
	groups := map[way][]success.AccountID{}
	for _, m := range moves {
		w := way{m.From, m.To}
		groups[w] = append(groups[w], m.Account)
	}
	order := map[string]int{}
	for i, t := range p.policy.Tiers {
		order[t.Name] = i
	}
	ways := slices.SortedFunc(maps.Keys(groups), func(a, b way) int {
		if a.from != b.from {
			return order[a.from] - order[b.from]
		}
		return order[a.to] - order[b.to]
	})
	for _, w := range ways {
		ids := groups[w]
		more := ""
		if len(ids) > shown {
			more = ", …"
		}
		fmt.Fprintf(p.w, "  %d from %s to %s: ", len(ids), w.from, w.to)
		for i, id := range ids[:min(shown, len(ids))] {
			if i > 0 {
				fmt.Fprint(p.w, ", ")
			}
			fmt.Fprint(p.w, id)
		}
		fmt.Fprintln(p.w, more)
	}
}

func (p *page) staffing(title string, needs []tier.Staffing) {
	fmt.Fprintf(p.w, "\n%s\n", title)
	p.table(func(line func(...any)) {
		line("tier", "wanted by", "hours", "people", "needed", "exactly", "to hire")
		for _, s := range needs {
			needed, ok := s.Needed()
			if !ok {
				line(s.Tier, s.Accounts, s.Hours, "-", "-", "-", "-")
				continue
			}
			exactly, _ := s.Exact().Value(2)
			line(s.Tier, s.Accounts, s.Hours, s.People, needed, exactly, s.Missing())
		}
	})
}

// hires shows what one more person would change.
func (p *page) hires() error {
	for _, l := range p.plan.Loads() {
		if !l.Limited {
			continue
		}
		h, err := p.plan.Hire(l.Tier)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(h.Served, func(s tier.Served) bool { return s.Tier == l.Tier })
		s := h.Served[at]
		fmt.Fprintf(p.w, "\nOne more person in %s: %s served there or higher becomes %s\n", l.Tier, s.Before.Round(0), s.After.Round(0))
		p.list(h.Moves)
	}
	return nil
}

// portfolios divides the accounts of each tier with a person among its people:
// the owners there are, and new people for the rest.
func (p *page) portfolios() error {
	for i, t := range p.policy.Tiers {
		if t.Format != success.OneToOne || t.Team == nil {
			continue
		}
		work, _ := p.plan.Work(t.Name)
		people := peopleOf(work, int(t.Team.People.Ceil().IntPart()))
		if len(people) == 0 || len(work) == 0 {
			continue
		}
		d, err := tier.Divide(work, people, tier.Options{Most: decimal.RequireFromString("1.2")})
		if err != nil {
			return err
		}
		fmt.Fprintf(p.w, "\nPortfolios of %s: largest load to mean %s, variation %s, %d handovers\n",
			p.policy.Tiers[i].Name, d.Balance(), d.Variation(), d.Handovers)
		for _, f := range d.Portfolios {
			fmt.Fprintf(p.w, "  %s: %d accounts, %s h\n", f.Person, len(f.Accounts), f.Hours)
		}
	}
	return nil
}

// peopleOf returns as many people: the owners of most accounts first.
func peopleOf(work []tier.Work, n int) []string {
	accounts := map[string]int{}
	for _, w := range work {
		if w.Owner != "" {
			accounts[w.Owner]++
		}
	}
	owners := slices.Sorted(maps.Keys(accounts))
	slices.SortStableFunc(owners, func(a, b string) int { return accounts[b] - accounts[a] })
	people := owners[:min(n, len(owners))]
	for i := len(people); i < n; i++ {
		people = append(people, fmt.Sprintf("CSM %d", i+1))
	}
	return people
}

func (p *page) growth(o *options, needs []tier.Staffing) {
	p.staffing(fmt.Sprintf("After growth: accounts %s%%, revenue of each %s%%", o.growth.Shift(2), o.revenue.Shift(2)), needs)
}

// programme is an example of what a pooled team offers in a quarter.
func programme() tier.Programme {
	return tier.Programme{
		Webinars: 6, WebinarHours: decimal.NewFromInt(8), OfficeHours: decimal.NewFromInt(26), Recorded: decimal.NewFromInt(40),
		Booked: decimal.RequireFromString("0.5"), BookingHours: decimal.NewFromInt(1),
	}
}

// pooled answers the one-to-many question.
func (p *page) pooled() error {
	m := programme()
	c, err := p.plan.Cover(m)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.w, "\n%d accounts (%s) deserve a person and do not get one: %s h in person\n", c.Accounts, c.ARR.Round(0), c.InPerson)
	fmt.Fprintf(p.w, "A pooled team (example: %d webinars of %s h, %s office hours, %s h of recorded material,\nhalf of them booking an hour) covers them in %s h",
		m.Webinars, m.WebinarHours, m.OfficeHours, m.Recorded, c.Pooled())
	switch n, ok := c.BreakEven(); {
	case c.Accounts == 0:
		fmt.Fprintln(p.w, ": there is nobody to cover")
	case !ok:
		fmt.Fprintln(p.w, ", which never pays")
	default:
		fmt.Fprintf(p.w, "; it pays from %s accounts\n", n)
	}
	return nil
}
