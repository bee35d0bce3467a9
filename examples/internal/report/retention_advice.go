package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"metrics.internal/success/retention"
)

// LargestFirst returns the rows with revenue at either end, by closing revenue,
// then value.
func LargestFirst(rows []retention.Row) []retention.Row {
	rows = slices.DeleteFunc(slices.Clone(rows), func(r retention.Row) bool {
		return r.Movement.Opening.IsZero() && r.Movement.Closing.IsZero()
	})
	return slices.SortedStableFunc(slices.Values(rows), func(a, b retention.Row) int {
		return cmp.Or(b.Movement.Closing.Cmp(a.Movement.Closing), strings.Compare(a.Value, b.Value))
	})
}

// advice returns what the figures suggest to do next, the most urgent first.
func (s *Retention) advice(p *page) []string {
	var advice []string
	for _, say := range []func() string{s.adviseLost, s.adviseRenewals, s.adviseWeakest, s.adviseShrinking, s.adviseGrowing, s.adviseFree} {
		if text := say(); text != "" {
			advice = append(advice, text)
		}
	}
	if len(advice) == 0 {
		return []string{"Nobody left, shrank or let a contract lapse: ask the customers who stayed what they would miss."}
	}
	return advice
}

// moved returns the lines of a movement, the largest first.
func (s *Retention) moved(kind retention.Kind) []retention.Line {
	return slices.DeleteFunc(slices.Clone(s.lines), func(l retention.Line) bool { return l.Movement != kind })
}

// largest names up to three accounts.
func (s *Retention) largest(lines []retention.Line) string {
	var names []string
	for _, l := range lines[:min(3, len(lines))] {
		names = append(names, s.name(l.Account)+" ("+Amount(l.Amount, 0)+")")
	}
	return strings.Join(names, ", ")
}

func (s *Retention) adviseLost() string {
	lost := s.moved(retention.Churn)
	if len(lost) == 0 {
		return ""
	}
	return fmt.Sprintf("Ask those who left why, and whether they would come back: %s.", s.largest(lost))
}

func (s *Retention) adviseRenewals() string {
	r := s.Renewals
	if r.Lapsed+r.Late+r.Overdue == 0 {
		return ""
	}
	return fmt.Sprintf("Talk about renewals earlier: of %s due, %d lapsed and %d came late or overdue.",
		Plural(r.Due, "contract"), r.Lapsed, r.Late+r.Overdue)
}

// fewest is how many customers a row needs for its rate to be worth a remark.
const fewest = 5

// adviseWeakest names the row of an additive cut that keeps the least of its
// revenue, if that is less than the portfolio keeps.
func (s *Retention) adviseWeakest() string {
	least, ok := s.Movement.GRR().Value(10)
	if !ok {
		return ""
	}
	text := ""
	for _, cut := range s.Cuts {
		for _, row := range cut.Rows {
			rate, ok := row.Movement.GRR().Value(10)
			if cut.Additive && ok && row.Movement.Accounts.Opening >= fewest && rate.LessThan(least) {
				least = rate
				text = fmt.Sprintf("Look at %s %s first: it kept %s of its revenue (GRR), the whole %s.",
					cut.Name, OrNone(row.Value), Percent(row.Movement.GRR()), Percent(s.Movement.GRR()))
			}
		}
	}
	return text
}

func (s *Retention) adviseShrinking() string {
	smaller := s.moved(retention.Contraction)
	if len(smaller) == 0 {
		return ""
	}
	return fmt.Sprintf("Talk to those who shrank before they leave: %s; it was mostly %s.", s.largest(smaller), mostly(smaller))
}

func (s *Retention) adviseGrowing() string {
	larger := s.moved(retention.Expansion)
	if len(larger) == 0 {
		return ""
	}
	return fmt.Sprintf("Learn from those who grew, and repeat it: %s; it was mostly %s.", s.largest(larger), mostly(larger))
}

func (s *Retention) adviseFree() string {
	if s.Movement.Accounts.Free == 0 {
		return ""
	}
	return fmt.Sprintf("Help those on a free contract to their first result: %s at the close.", Plural(s.Movement.Accounts.Free, "account"))
}

// mostly names the reason with the largest sum, either way, over lines.
func mostly(lines []retention.Line) string {
	var sum retention.Reasons
	for _, l := range lines {
		sum.Seats.MidTerm = sum.Seats.MidTerm.Add(l.Reasons.Seats.Total())
		sum.Price.MidTerm = sum.Price.MidTerm.Add(l.Reasons.Price.Total())
		sum.Product.MidTerm = sum.Product.MidTerm.Add(l.Reasons.Product.Total())
	}
	name, most := "seats", sum.Seats.Total().Abs()
	if d := sum.Price.Total().Abs(); d.GreaterThan(most) {
		name, most = "price", d
	}
	if sum.Product.Total().Abs().GreaterThan(most) {
		name = "products taken or dropped"
	}
	return name
}
