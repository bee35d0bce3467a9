package commission_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/commission"
)

// A story is all that is known of deals.
type story struct {
	deals       []attribution.Deal
	adjustments []attribution.Adjustment
	awards      []commission.Award
}

func (s story) ledger(t *rapid.T) *commission.Ledger {
	l, err := commission.New(s.deals, s.adjustments, s.awards, commission.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func on(t *rapid.T, l *commission.Ledger, asOf success.Date) *commission.Statement {
	s, err := l.On(asOf)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func drawTerm(t *rapid.T, name string) success.Term {
	return rapid.SampledFrom([]success.Term{{}, success.Months(1), success.Months(6), success.Months(12), success.Weeks(4), success.Days(1), success.Days(90)}).Draw(t, name)
}

func drawSchedule(t *rapid.T) commission.Schedule {
	switch rapid.IntRange(0, 5).Draw(t, "schedule") {
	case 0:
		return commission.Clawback(drawTerm(t, "window"))
	case 1:
		return commission.ProRata(rapid.SampledFrom([]success.Term{success.Months(3), success.Months(12), success.Days(7)}).Draw(t, "term"))
	case 2:
		return commission.Holdback(70, 30, drawTerm(t, "window"))
	case 3:
		return quarters()
	case 4:
		return commission.Tiered(drawTerm(t, "measured"), commission.Tier{Weight: 5}, commission.Tier{Weight: 3, From: number("0.9")}, commission.Tier{Weight: 2, From: number("1")})
	}
	s := make(commission.Schedule, rapid.IntRange(1, 4).Draw(t, "instalments"))
	for i := range s {
		s[i] = commission.Instalment{Weight: rapid.Int64Range(0, 3).Draw(t, "weight"), Paid: drawTerm(t, "paid"), Final: drawTerm(t, "final")}
	}
	s[0].Weight++
	return s
}

// drawDay is near one on which something may happen.
func drawDay(t *rapid.T, name string, won success.Date, s commission.Schedule) success.Date {
	i := s[rapid.IntRange(0, len(s)-1).Draw(t, name+" of instalment")]
	from := rapid.SampledFrom([]success.Date{won, plus(won, i.Final), plus(won, i.Paid), won.AddDays(200)}).Draw(t, name)
	return from.AddDays(rapid.IntRange(-1, 1).Draw(t, name+" off by"))
}

func plus(from success.Date, term success.Term) success.Date {
	switch term.Unit {
	case success.UnitMonth:
		return from.AddMonths(term.Count)
	case success.UnitWeek:
		return from.AddDays(term.Count * 7)
	}
	return from.AddDays(term.Count)
}

func drawStory(t *rapid.T) story {
	var s story
	for n := range rapid.IntRange(1, 3).Draw(t, "deals") {
		d := deal(rapid.SampledFrom([]string{"2024-01-31", "2024-02-29", "2025-03-01"}).Draw(t, "won"))
		d.ID, d.Amount = attribution.DealID(fmt.Sprint("D", n)), decimal.New(rapid.Int64Range(0, 100_000).Draw(t, "amount"), -2)
		d.Currency = rapid.SampledFrom([]string{"EUR", "JPY", "KWD"}).Draw(t, "currency")
		won := success.DateOf(d.Closed)
		a := commission.Award{Deal: d.ID, Rate: number(rapid.SampledFrom([]string{"1", "0.1", "0.0333", "0", "2.5"}).Draw(t, "rate")), Schedule: drawSchedule(t)}
		for i := range rapid.IntRange(1, 3).Draw(t, "people") {
			a.Shares = append(a.Shares, commission.Share{Person: []string{"Ines", "Ada", "Mo"}[i], Weight: rapid.Int64Range(0, 3).Draw(t, "share")})
		}
		a.Shares[0].Weight++
		if rapid.Bool().Draw(t, "leaves") {
			a.Left = drawDay(t, "left", won, a.Schedule)
			if a.Left.Before(won) {
				a.Left = won
			}
		}
		a.Retention = rapid.SampledFrom([]success.Ratio{{}, success.RatioOf(9, 10), success.RatioOf(11, 10), success.RatioOf(8, 10)}).Draw(t, "retention")
		s.deals, s.awards = append(s.deals, d), append(s.awards, a)
		s.drawAdjustments(t, d, a)
	}
	return s
}

func (s *story) drawAdjustments(t *rapid.T, d attribution.Deal, a commission.Award) {
	at, net := success.DateOf(d.Closed), d.Amount
	for i := range rapid.IntRange(0, 3).Draw(t, "adjustments") {
		at = slices.MaxFunc([]success.Date{at, drawDay(t, "at", success.DateOf(d.Closed), a.Schedule)}, success.Date.Compare)
		amount := decimal.New(rapid.Int64Range(0, 10_000).Draw(t, "up"), -2)
		if rapid.Bool().Draw(t, "refund") {
			amount = net.Mul(decimal.New(rapid.SampledFrom([]int64{10, 1, 3}).Draw(t, "tenths"), -1)).Neg()
		}
		net = net.Add(amount)
		s.adjustments = append(s.adjustments, attribution.Adjustment{ID: attribution.AdjustmentID(fmt.Sprint(d.ID, i)), Deal: d.ID, At: at.Time(time.UTC), Amount: amount})
	}
}

// A piece is what a person has of an instalment, in the naive telling.
type piece struct {
	amount int64
	state  string
}

// half rounds a fraction, half away from zero.
func half(r *big.Rat) int64 {
	twice := new(big.Int).Mul(new(big.Int).Abs(r.Num()), big.NewInt(2))
	twice.Add(twice, r.Denom())
	twice.Div(twice, new(big.Int).Mul(r.Denom(), big.NewInt(2)))
	return twice.Int64() * int64(r.Sign())
}

// shared splits among people: whole units, then one each for the largest rests.
func shared(amount int64, weights []int64) []int64 {
	sum := int64(0)
	for _, w := range weights {
		sum += w
	}
	parts, left := make([]int64, len(weights)), amount
	for i, w := range weights {
		if sum > 0 {
			parts[i] = amount * w / sum
		}
		left -= parts[i]
	}
	order := make([]int, len(weights))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return int(amount*weights[j]%sum - amount*weights[i]%sum) })
	for _, i := range order[:left] {
		parts[i]++
	}
	return parts
}

// staged splits among instalments: each sum from the first on is rounded.
func staged(amount int64, weights []int64) []int64 {
	sum, upTo, before := int64(0), int64(0), int64(0)
	for _, w := range weights {
		sum += w
	}
	parts := make([]int64, len(weights))
	for i, w := range weights {
		if sum == 0 {
			continue
		}
		upTo += w
		now := half(big.NewRat(amount*upTo, sum))
		parts[i], before = now-before, now
	}
	return parts
}

// tell walks through the days of a deal up to one, and returns the lines.
func tell(d attribution.Deal, a commission.Award, adjustments []attribution.Adjustment, last success.Date) []commission.Line {
	places := map[string]int{"EUR": 2, "JPY": 0, "KWD": 3}[d.Currency]
	people := slices.Clone(a.Shares)
	slices.SortFunc(people, func(x, y commission.Share) int { return strings.Compare(x.Person, y.Person) })
	var shares, weights []int64
	for _, p := range people {
		shares = append(shares, p.Weight)
	}
	for _, i := range a.Schedule {
		weights = append(weights, i.Weight)
	}
	pieces := make([][]piece, len(people))
	potential, reversed, forfeited := make([]int64, len(people)), make([]int64, len(people)), make([]int64, len(people))
	for p := range pieces {
		pieces[p] = make([]piece, len(a.Schedule))
		for i := range pieces[p] {
			pieces[p][i].state = "held"
		}
	}
	gross, net, commissioned := new(big.Rat), new(big.Rat), int64(0)
	unit := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil))
	up := func(amount decimal.Decimal) {
		gross.Add(gross, amount.Rat())
		net.Add(net, amount.Rat())
		all := half(new(big.Rat).Mul(new(big.Rat).Mul(gross, a.Rate.Rat()), unit))
		for p, units := range shared(all-commissioned, shares) {
			potential[p] += units
			for i, part := range staged(units, weights) {
				pieces[p][i].amount += part
			}
		}
		commissioned = all
	}
	down := func(amount decimal.Decimal) {
		net.Add(net, amount.Rat())
		target := half(new(big.Rat).Mul(new(big.Rat).Quo(net, gross), new(big.Rat).SetInt64(commissioned)))
		balances, all := make([]int64, len(people)), int64(0)
		for p := range pieces {
			for _, piece := range pieces[p] {
				balances[p] += piece.amount
			}
			all += balances[p]
		}
		if all <= target {
			return
		}
		for p, units := range shared(all-target, balances) {
			var own []int64
			for _, piece := range pieces[p] {
				own = append(own, piece.amount)
			}
			for i, part := range staged(units, own) {
				pieces[p][i].amount -= part
				if s := pieces[p][i].state; s == "held" || s == "forfeited" {
					forfeited[p] += part
				} else {
					reversed[p] += part
				}
			}
		}
	}
	won := success.DateOf(d.Closed)
	up(d.Amount)
	for day := won; !day.After(last); day = day.AddDays(1) {
		for p := range pieces {
			for i, instalment := range a.Schedule {
				pieces[p][i].state = move(pieces[p][i].state, instalment, a, won, day)
			}
		}
		for _, c := range adjustments {
			if c.Deal == d.ID && success.DateOf(c.At) == day {
				if c.Amount.IsNegative() {
					down(c.Amount)
				} else {
					up(c.Amount)
				}
			}
		}
	}
	lines := make([]commission.Line, len(people))
	for p, person := range people {
		by := map[string]int64{"reversed": reversed[p], "forfeited": forfeited[p]}
		for _, piece := range pieces[p] {
			by[piece.state] += piece.amount
		}
		money := func(units int64) decimal.Decimal { return decimal.New(units, int32(-places)) }
		lines[p] = commission.Line{Deal: d.ID, Account: d.Account, Person: person.Person, Currency: d.Currency, Amounts: commission.Amounts{
			Potential: money(potential[p]), Final: money(by["final"]), Recoverable: money(by["recoverable"]), Held: money(by["held"]), Reversed: money(by["reversed"]), Forfeited: money(by["forfeited"]),
		}}
		if !a.Left.After(last) {
			lines[p].Left = a.Left
		}
	}
	return lines
}

// move takes an instalment through one day: first what is due, then who leaves.
func move(state string, i commission.Instalment, a commission.Award, won, day success.Date) string {
	if state == "held" && !day.Before(plus(won, i.Paid)) {
		reached, known := a.Retention.Float64()
		switch want, _ := i.Retention.Float64(); {
		case want == 0 || known && reached >= want:
			state = "recoverable"
		case known:
			state = "forfeited"
		}
	}
	if state == "recoverable" && !day.Before(plus(won, i.Final)) {
		state = "final"
	}
	if day == a.Left {
		switch state {
		case "recoverable":
			return "reversed"
		case "held":
			if day.Before(plus(won, i.Paid)) { // else the retention is not known yet
				return "forfeited"
			}
		}
	}
	return state
}

func equal(a, b commission.Line) bool {
	same := a.Left == b.Left && a.Deal == b.Deal && a.Account == b.Account && a.Person == b.Person && a.Currency == b.Currency
	return same && sameAmounts(a.Amounts, b.Amounts)
}

func sameAmounts(a, b commission.Amounts) bool {
	return a.Potential.Equal(b.Potential) && a.Final.Equal(b.Final) && a.Recoverable.Equal(b.Recoverable) &&
		a.Held.Equal(b.Held) && a.Reversed.Equal(b.Reversed) && a.Forfeited.Equal(b.Forfeited)
}

func TestOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStory(t)
		which := rapid.IntRange(0, len(s.deals)-1).Draw(t, "look at")
		asOf := drawDay(t, "as of", success.DateOf(s.deals[which].Closed), s.awards[which].Schedule)
		var want []commission.Line
		for i, d := range s.deals {
			if !success.DateOf(d.Closed).After(asOf) {
				want = append(want, tell(d, s.awards[i], s.adjustments, asOf)...)
			}
		}
		got := on(t, s.ledger(t), asOf)
		if got.Day != asOf || !slices.EqualFunc(got.Lines, want, equal) {
			t.Fatalf("on %s\n%v, want\n%v", asOf, got.Lines, want)
		}
	})
}
