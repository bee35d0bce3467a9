package commission_test

import (
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/commission"
)

// boundaries are the days around which a story may move, in order.
func (s story) boundaries() []success.Date {
	var days []success.Date
	for i, d := range s.deals {
		won := success.DateOf(d.Closed)
		days = append(days, won)
		for _, x := range s.awards[i].Schedule {
			days = append(days, plus(won, x.Paid), plus(won, x.Final))
		}
		if !s.awards[i].Left.IsZero() {
			days = append(days, s.awards[i].Left)
		}
	}
	for _, a := range s.adjustments {
		days = append(days, success.DateOf(a.At))
	}
	for _, d := range slices.Clone(days) {
		days = append(days, d.AddDays(-1), d.AddDays(1))
	}
	slices.SortFunc(days, success.Date.Compare)
	return slices.Compact(days)
}

// Amounts add up, and none is below zero, on every day.
func TestIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStory(t)
		l := s.ledger(t)
		for _, day := range s.boundaries() {
			statement := on(t, l, day)
			for _, line := range statement.Lines {
				sum := decimal.Decimal{}
				for _, part := range []decimal.Decimal{line.Final, line.Recoverable, line.Held, line.Reversed, line.Forfeited} {
					if sum = sum.Add(part); part.IsNegative() {
						t.Fatalf("%s on %s", text(line), day)
					}
				}
				if !sum.Equal(line.Potential) {
					t.Fatalf("%s on %s: %s", text(line), day, sum)
				}
			}
			checkTotals(t, statement)
		}
	})
}

// checkTotals compares what people and all have with the lines.
func checkTotals(t *rapid.T, s *commission.Statement) {
	sum := func(keep func(commission.Line) bool) commission.Amounts {
		var a commission.Amounts
		for _, l := range s.Lines {
			if keep(l) {
				a.Potential, a.Final, a.Recoverable = a.Potential.Add(l.Potential), a.Final.Add(l.Final), a.Recoverable.Add(l.Recoverable)
				a.Held, a.Reversed, a.Forfeited = a.Held.Add(l.Held), a.Reversed.Add(l.Reversed), a.Forfeited.Add(l.Forfeited)
			}
		}
		return a
	}
	people, totals := s.People(), s.Totals()
	for i, p := range people {
		want := sum(func(l commission.Line) bool { return l.Person == p.Person && l.Currency == p.Currency })
		if !sameAmounts(p.Amounts, want) || i > 0 && people[i-1].Person+people[i-1].Currency >= p.Person+p.Currency {
			t.Fatalf("%v of %v", p, people)
		}
	}
	for i, p := range totals {
		want := sum(func(l commission.Line) bool { return l.Currency == p.Currency })
		if p.Person != "" || !sameAmounts(p.Amounts, want) || i > 0 && totals[i-1].Currency >= p.Currency {
			t.Fatalf("%v of %v", p, totals)
		}
	}
	seen := map[[2]string]bool{}
	for _, l := range s.Lines {
		seen[[2]string{l.Person, l.Currency}], seen[[2]string{"", l.Currency}] = true, true
	}
	if len(seen) != len(people)+len(totals) {
		t.Fatalf("%d people, %d totals", len(people), len(totals))
	}
}

// Nothing changes before the next day, and something does on it.
func TestNext(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStory(t)
		l := s.ledger(t)
		days := s.boundaries()
		day := rapid.SampledFrom(days).Draw(t, "day")
		now := on(t, l, day)
		first := success.Date{}
		next := make([]success.Date, len(now.Lines))
		for _, later := range days {
			then := on(t, l, later)
			if later.After(day) && first.IsZero() && len(then.Lines) != len(now.Lines) {
				first = later
			}
			for i, line := range now.Lines {
				at := slices.IndexFunc(then.Lines, func(l commission.Line) bool { return l.Deal == line.Deal && l.Person == line.Person })
				if later.After(day) && next[i].IsZero() && !sameAmounts(then.Lines[at].Amounts, line.Amounts) {
					next[i] = later
					if first.IsZero() {
						first = later
					}
				}
			}
		}
		for i, line := range now.Lines {
			if line.Next != next[i] {
				t.Fatalf("%s on %s, changes on %s", text(line), day, next[i])
			}
		}
		if now.Next != first {
			t.Fatalf("next %s, want %s", now.Next, first)
		}
	})
}

// What is final stays so without refunds, and all is in the end if the customer
// stays and the retention is reached.
func TestFinal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStory(t)
		s.adjustments = slices.DeleteFunc(s.adjustments, func(a attribution.Adjustment) bool { return a.Amount.IsNegative() })
		for i := range s.awards {
			s.awards[i].Retention = success.RatioOf(1, 1)
		}
		l, before := s.ledger(t), map[string]decimal.Decimal{}
		var statement *commission.Statement
		for _, day := range s.boundaries() {
			statement = on(t, l, day)
			for _, line := range statement.Lines {
				key := string(line.Deal) + line.Person
				if line.Final.LessThan(before[key]) {
					t.Fatalf("%s on %s, was %s", text(line), day, before[key])
				}
				before[key] = line.Final
			}
		}
		for _, line := range statement.Lines {
			if line.Left.IsZero() && !line.Final.Equal(line.Potential) || !line.Next.IsZero() {
				t.Fatalf("%s in the end", text(line))
			}
		}
	})
}

// A customer who leaves later never makes less final.
func TestLeavingLater(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStory(t)
		later := story{s.deals, s.adjustments, slices.Clone(s.awards)}
		for i := range later.awards {
			if left := &later.awards[i].Left; !left.IsZero() {
				*left = rapid.SampledFrom([]success.Date{{}, left.AddDays(1), left.AddMonths(1)}).Draw(t, "later")
			}
		}
		a, b := s.ledger(t), later.ledger(t)
		for _, day := range s.boundaries() {
			short, long := on(t, a, day).Lines, on(t, b, day).Lines
			for i, line := range short {
				if long[i].Final.LessThan(line.Final) || !long[i].Potential.Equal(line.Potential) {
					t.Fatalf("on %s, leaving earlier %s, later %s", day, text(line), text(long[i]))
				}
			}
		}
	})
}

// The order of deals, adjustments, awards and people changes nothing, and neither
// does an adjustment given twice; deals alone have the lines they have together.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStory(t)
		other := story{rapid.Permutation(s.deals).Draw(t, "deals"), rapid.Permutation(append(s.adjustments, s.adjustments...)).Draw(t, "adjustments"), rapid.Permutation(s.awards).Draw(t, "awards")}
		for i := range other.awards {
			other.awards[i].Shares = rapid.Permutation(other.awards[i].Shares).Draw(t, "people")
		}
		a, b := s.ledger(t), other.ledger(t)
		for _, day := range s.boundaries() {
			lines := on(t, a, day).Lines
			if other := on(t, b, day).Lines; !slices.EqualFunc(lines, other, equal) {
				t.Fatalf("on %s\n%v, in another order\n%v", day, lines, other)
			}
		}
		alone := story{s.deals, s.adjustments, s.awards[:1]}.ledger(t)
		day := rapid.SampledFrom(s.boundaries()).Draw(t, "day")
		lines := slices.DeleteFunc(on(t, a, day).Lines, func(l commission.Line) bool { return l.Deal != s.awards[0].Deal })
		if own := on(t, alone, day).Lines; !slices.EqualFunc(lines, own, equal) {
			t.Fatalf("alone %v, with others %v", own, lines)
		}
	})
}

// Statements of some deals and of the others merge into that of all, either way
// round, and into none with a deal or a day that they may not share.
func TestMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStory(t)
		part := rapid.IntRange(0, len(s.awards)).Draw(t, "part")
		whole, first, rest := s.ledger(t), story{s.deals, s.adjustments, s.awards[:part]}.ledger(t), story{s.deals, s.adjustments, s.awards[part:]}.ledger(t)
		for _, day := range s.boundaries() {
			want := on(t, whole, day)
			a, b := on(t, first, day), on(t, rest, day)
			for _, order := range [][2]*commission.Statement{{a, b}, {b, a}} {
				got, err := order[0].Merge(order[1])
				if err != nil || got.Day != day || got.Next != want.Next || (got.Lines == nil) != (want.Lines == nil) || !slices.EqualFunc(got.Lines, want.Lines, equal) {
					t.Fatalf("on %s\n%+v, not\n%+v, %v", day, got, want, err)
				}
			}
			if got, err := want.Merge(want); (err != nil) != (len(want.Lines) > 0) || (got == nil) != (err != nil) {
				t.Fatalf("with itself %v, %v", got, err)
			}
			if got, err := a.Merge(on(t, rest, day.AddDays(1))); err == nil || got != nil {
				t.Fatalf("with another day %v, %v", got, err)
			}
		}
	})
}

// What is final of a pro-rata commission of any size is the share of the term, to
// the half unit, for each person.
func TestProRataIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		months, stayed := rapid.IntRange(1, 60).Draw(t, "months"), rapid.IntRange(0, 60).Draw(t, "stayed")
		d, a := deal("2024-01-31"), award(commission.ProRata(success.Months(months)), "")
		d.Amount = decimal.New(rapid.Int64Range(0, 1e14).Draw(t, "amount"), -2)
		a.Left = day("2024-01-31").AddMonths(stayed)
		s := story{[]attribution.Deal{d}, nil, []commission.Award{a}}
		line := on(t, s.ledger(t), a.Left).Lines[0]
		off := line.Final.Mul(decimal.NewFromInt(int64(months))).Sub(d.Amount.Mul(decimal.NewFromInt(int64(min(stayed, months))))).Abs()
		if off.GreaterThan(number("0.005").Mul(decimal.NewFromInt(int64(months)))) {
			t.Fatalf("%d of %d months: %s", stayed, months, text(line))
		}
	})
}

// Arguments are not changed, and changing them later changes nothing.
func TestArgumentsStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStory(t)
		kept := story{slices.Clone(s.deals), slices.Clone(s.adjustments), slices.Clone(s.awards)}
		for i, a := range s.awards {
			kept.awards[i].Shares, kept.awards[i].Schedule = slices.Clone(a.Shares), slices.Clone(a.Schedule)
		}
		l := s.ledger(t)
		for i := range s.awards {
			if !slices.Equal(s.awards[i].Shares, kept.awards[i].Shares) || len(s.adjustments) > 0 && s.adjustments[0].ID != kept.adjustments[0].ID {
				t.Fatalf("%v, was %v", s.awards[i], kept.awards[i])
			}
			clear(s.awards[i].Shares)
			clear(s.awards[i].Schedule)
		}
		clear(s.deals)
		clear(s.adjustments)
		clear(s.awards)
		day := rapid.SampledFrom(kept.boundaries()).Draw(t, "day")
		if got, want := on(t, l, day).Lines, on(t, kept.ledger(t), day).Lines; !slices.EqualFunc(got, want, equal) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}
