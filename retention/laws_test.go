package retention_test

import (
	"cmp"
	"reflect"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
	"pgregory.net/rapid"
)

// drawUnrounded draws a world in which no converted credit is rounded, so that
// sums are the same however accounts are put together.
func drawUnrounded(t *rapid.T) world {
	if rapid.Bool().Draw(t, "with credits") {
		return drawWorld(t, features{exactTerms: true})
	}
	return drawWorld(t, features{noCredits: true})
}

// answers are all that a book says of a period.
type answers struct {
	Movement retention.Movement
	Months   []retention.Movement
	Opening  retention.Snapshot
	Lines    []retention.Line
	Events   []retention.Event
	Renewals retention.Renewals
	Cuts     []retention.Cut
}

// keys are one of each kind of cut.
func keys() []retention.Key {
	return []retention.Key{
		retention.BySegment(), retention.ByOwner(), retention.BySize(dec("100"), dec("5000")),
		retention.ByProduct(), retention.ByCurrency(),
	}
}

func (w world) answers(t tester, p success.Period) answers {
	t.Helper()
	return answersOf(t, w.book(t), p)
}

func answersOf(t tester, b *retention.Book, p success.Period) answers {
	t.Helper()
	var a answers
	var err error
	a.Movement, err = b.Between(p)
	must(t, a, err)
	a.Months, err = b.Series(p.Months())
	must(t, a, err)
	a.Opening, err = b.On(p.From)
	must(t, a, err)
	a.Lines, err = b.Lines(p)
	must(t, a, err)
	a.Events, err = b.Events(p)
	must(t, a, err)
	a.Renewals, err = b.Renewals(p)
	must(t, a, err)
	for _, key := range keys() {
		cut, err := b.Cut(p, key)
		a.Cuts = append(a.Cuts, must(t, cut, err))
	}
	return a
}

// mapped is a copy of v with every amount and every date replaced.
func mapped[T any](v T, amount func(decimal.Decimal) decimal.Decimal, date func(success.Date) success.Date) T {
	var walk func(v reflect.Value) reflect.Value
	walk = func(v reflect.Value) reflect.Value {
		switch x := v.Interface().(type) {
		case decimal.Decimal:
			return reflect.ValueOf(amount(x))
		case success.Date:
			return reflect.ValueOf(date(x))
		}
		into := reflect.New(v.Type()).Elem()
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					into.Field(i).Set(walk(v.Field(i)))
				}
			}
		case reflect.Slice:
			for i := range v.Len() {
				into = reflect.Append(into, walk(v.Index(i)))
			}
		default:
			return v
		}
		return into
	}
	return walk(reflect.ValueOf(v)).Interface().(T)
}

func sameAmount(d decimal.Decimal) decimal.Decimal { return d }

func sameDate(d success.Date) success.Date { return d }

// bridge fails unless the parts of a movement add up to its closing.
func bridge(t tester, what string, m retention.Movement) {
	t.Helper()
	sum := m.Opening.Add(m.New).Add(m.Reactivation).Add(m.Expansion).Sub(m.Contraction).Sub(m.Churn).Add(m.FX)
	if !sum.Equal(m.Closing) || !m.Net().Equal(m.Closing.Sub(m.Opening)) {
		t.Fatalf("%s: parts add up to %s, closing is %s: %+v", what, sum, m.Closing, m)
	}
	for i, part := range []decimal.Decimal{
		m.Opening, m.New, m.Reactivation, m.Expansion, m.Contraction, m.Churn, m.Closing, m.Kept,
		m.UpgradedOpening, m.DowngradedOpening, m.FlatOpening,
	} {
		if part.IsNegative() {
			t.Fatalf("%s: part %d is %s", what, i, part)
		}
	}
	retained := m.Opening.Sub(m.Churn)
	if !m.UpgradedOpening.Add(m.DowngradedOpening).Add(m.FlatOpening).Equal(retained) || !m.Kept.Equal(retained.Sub(m.Contraction)) {
		t.Fatalf("%s: the retained do not add up: %+v", what, m)
	}
	n := m.Accounts
	if n.FromFree > n.New || n.Opening-n.Churned != n.Upgraded+n.Downgraded+n.Flat ||
		n.Opening+n.New+n.Reactivated-n.Churned != n.Closing {
		t.Fatalf("%s: counts do not add up: %+v", what, n)
	}
}

// TestBridge holds that the parts of every movement add up: of the portfolio,
// each account, each cut and each month.
func TestBridge(t *testing.T) { rapid.Check(t, checkBridge) }

func checkBridge(t *rapid.T) {
	w := drawWorld(t, features{})
	p := w.drawPeriod(t)
	a := w.answers(t, p)
	bridge(t, "portfolio", a.Movement)
	for _, m := range a.Months {
		bridge(t, m.Period.String(), m)
	}
	for _, cut := range a.Cuts {
		for _, r := range cut.Rows {
			bridge(t, cut.Name+" "+r.Value, r.Movement)
		}
	}
	for _, l := range a.Lines {
		change := l.Closing.Sub(l.Opening).Sub(l.FX)
		signed := l.Amount
		if l.Movement == retention.Contraction || l.Movement == retention.Churn {
			signed = signed.Neg()
		}
		if !signed.Equal(change) || l.Amount.IsNegative() || (l.Movement == retention.None) != l.Amount.IsZero() {
			t.Fatalf("line does not add up: %+v", l)
		}
	}
}

// TestReasons holds that the reasons of a line add up to what it moved, in either
// way of taking them apart.
func TestReasons(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{})
		lines, err := w.book(t).Lines(w.drawPeriod(t))
		for _, l := range must(t, lines, err) {
			change := l.Closing.Sub(l.Opening).Sub(l.FX)
			if !l.Reasons.Total().Equal(change) || !l.Reasons.Renewal().Add(l.Reasons.MidTerm()).Equal(change) {
				t.Fatalf("reasons add up to %s, not %s: %+v", l.Reasons.Total(), change, l)
			}
		}
	})
}

// TestLinesAddUp holds that lines make the movement, and come in order.
func TestLinesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{})
		a := w.answers(t, w.drawPeriod(t))
		sum := retention.Amounts{}
		kinds := map[retention.Kind]*decimal.Decimal{
			retention.New: &sum.New, retention.Reactivation: &sum.Reactivation, retention.Expansion: &sum.Expansion,
			retention.Contraction: &sum.Contraction, retention.Churn: &sum.Churn, retention.None: new(decimal.Decimal),
		}
		fromFree := 0
		for i, l := range a.Lines {
			sum.Opening, sum.Closing, sum.FX = sum.Opening.Add(l.Opening), sum.Closing.Add(l.Closing), sum.FX.Add(l.FX)
			*kinds[l.Movement] = kinds[l.Movement].Add(l.Amount)
			if l.FromFree {
				fromFree++
			}
			if i > 0 && compareLines(a.Lines[i-1], l) >= 0 {
				t.Fatalf("line %d is out of order", i)
			}
		}
		same(t, "sum of lines", a.Movement.Amounts, sum)
		same(t, "lines from free", a.Movement.Accounts.FromFree, fromFree)
	})
}

func unitOfLine(l retention.Line) unit {
	return unit{account: l.Account, product: l.Product, contract: l.Contract}
}

// compareLines is the order of lines.
func compareLines(a, b retention.Line) int {
	return cmp.Or(b.Amount.Cmp(a.Amount), compareUnits(unitOfLine(a), unitOfLine(b)))
}

// TestCutsAddUp holds that the rows of a cut add up to the portfolio: every figure
// by an attribute of the account, the ends and the net by one of the contract.
func TestCutsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawUnrounded(t)
		a := w.answers(t, w.drawPeriod(t))
		for _, cut := range a.Cuts {
			sum, renewals := retention.Movement{}, retention.Renewals{}
			sum.Period, sum.Currency, sum.IncludeReactivation = a.Movement.Period, a.Movement.Currency, a.Movement.IncludeReactivation
			renewals.Period, renewals.Currency = a.Renewals.Period, a.Renewals.Currency
			for _, r := range cut.Rows {
				var err error
				sum, err = sum.Merge(r.Movement)
				must(t, sum, err)
				renewals, err = renewals.Merge(r.Renewals)
				must(t, renewals, err)
			}
			same(t, "renewals by "+cut.Name, a.Renewals, renewals)
			if cut.Additive {
				same(t, "cut by "+cut.Name, a.Movement, sum)
				continue
			}
			m := a.Movement
			if !sum.Opening.Equal(m.Opening) || !sum.Closing.Equal(m.Closing) || !sum.FX.Equal(m.FX) || !sum.Net().Equal(m.Net()) {
				t.Fatalf("cut by %s: ends add up to %+v, not %+v", cut.Name, sum.Amounts, m.Amounts)
			}
		}
	})
}

// TestRetentionBounds holds 0 ≤ GRR ≤ min(1, NRR), with reactivation or without,
// and the bounds of the other rates.
func TestRetentionBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{})
		for _, m := range w.answers(t, w.drawPeriod(t)).Months {
			checkRates(t, m)
		}
	})
}

func checkRates(t *rapid.T, m retention.Movement) {
	zero, one := success.RatioOf(0, 1), success.RatioOf(1, 1)
	atMost := func(name string, r, s success.Ratio) {
		if r.Defined() && s.Defined() && r.Num.Mul(s.Den).GreaterThan(s.Num.Mul(r.Den)) {
			t.Fatalf("%s: %v is above %v in %+v", name, r, s, m)
		}
	}
	shares := map[string]success.Ratio{
		"GRR": m.GRR(), "logo retention": m.LogoRetention(), "logo churn": m.LogoChurn(), "gross churn": m.GrossRevenueChurn(),
		"contraction": m.ContractionRate(), "upgrade": m.UpgradeRate(), "downgrade": m.DowngradeRate(), "flat": m.FlatRate(),
		"upgrade revenue": m.UpgradeRevenueRate(), "downgrade revenue": m.DowngradeRevenueRate(), "flat revenue": m.FlatRevenueRate(),
	}
	for name, r := range shares {
		atMost(name, zero, r)
		atMost(name, r, one)
	}
	atMost("GRR and NRR", m.GRR(), m.NRR())
	atMost("expansion", zero, m.ExpansionRate())
	atMost("quick ratio", zero, m.QuickRatio())
	for _, r := range []success.Ratio{m.NRR(), m.GRR(), m.LogoRetention(), m.LogoChurn(), m.GrossRevenueChurn(), m.NetRevenueChurn(), m.ExpansionRate()} {
		if r.Defined() != (m.Accounts.Opening > 0) {
			t.Fatalf("%v of %d opening customers", r, m.Accounts.Opening)
		}
	}
	retained := m.Accounts.Opening - m.Accounts.Churned
	for _, r := range []success.Ratio{m.UpgradeRate(), m.DowngradeRate(), m.FlatRate(), m.UpgradeRevenueRate(), m.FlatRevenueRate()} {
		if r.Defined() != (retained > 0) {
			t.Fatalf("%v of %d retained", r, retained)
		}
	}
	if m.QuickRatio().Defined() == m.Contraction.Add(m.Churn).IsZero() {
		t.Fatalf("quick ratio %v without losses", m.QuickRatio())
	}
	if m.ARPA().Defined() != (m.Accounts.Closing > 0) {
		t.Fatalf("ARPA %v of %d", m.ARPA(), m.Accounts.Closing)
	}
}

// TestOrder holds that records in any order give the same, digit for digit.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{})
		p := w.drawPeriod(t)
		same(t, "in another order", w.answers(t, p), w.shuffled(rapid.Uint64().Draw(t, "seed")).answers(t, p))
	})
}

// shards splits a world in two such that accounts that merge stay together.
func (w world) shards(t *rapid.T) [2]world {
	group := map[success.AccountID]success.AccountID{}
	var find func(a success.AccountID) success.AccountID
	find = func(a success.AccountID) success.AccountID {
		if g, ok := group[a]; ok {
			return find(g)
		}
		return a
	}
	for _, m := range w.options.Mergers {
		if find(m.From) != find(m.To) {
			group[find(m.From)] = find(m.To)
		}
	}
	shards := [2]world{{options: w.options}, {options: w.options}}
	of := map[success.AccountID]int{}
	for _, c := range w.contracts {
		g := find(c.Account)
		n, ok := of[g]
		if !ok {
			n = rapid.IntRange(0, 1).Draw(t, "shard of "+string(g))
			of[g] = n
		}
		shards[n].contracts = append(shards[n].contracts, c)
	}
	for n := range shards {
		shards[n].options.Mergers = nil
	}
	for _, m := range w.options.Mergers {
		n := of[find(m.From)]
		shards[n].options.Mergers = append(shards[n].options.Mergers, m)
	}
	return shards
}

// TestShards holds that shards with whole accounts merge to the same.
func TestShards(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{})
		w.options.Currency = newOracle(w.contracts, w.options).reporting
		p := w.drawPeriod(t)
		whole, shards := w.answers(t, p), w.shards(t)
		left, right := shards[0].answers(t, p), shards[1].answers(t, p)
		m, err := left.Movement.Merge(right.Movement)
		same(t, "movement", whole.Movement, must(t, m, err))
		r, err := left.Renewals.Merge(right.Renewals)
		same(t, "renewals", whole.Renewals, must(t, r, err))
		for i := range whole.Months {
			m, err := left.Months[i].Merge(right.Months[i])
			same(t, "month", whole.Months[i], must(t, m, err))
		}
		lines := append(left.Lines, right.Lines...)
		slices.SortFunc(lines, compareLines)
		same(t, "lines", whole.Lines, lines)
	})
}
