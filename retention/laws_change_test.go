package retention_test

import (
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
	"pgregory.net/rapid"
)

// TestScale holds that all amounts times a whole number give all results times
// that number, and the same counts.
func TestScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{exactTerms: true, noHuge: true})
		p := w.drawPeriod(t)
		k := decimal.NewFromInt(rapid.Int64Range(1, 7).Draw(t, "k"))
		times := func(d decimal.Decimal) decimal.Decimal { return d.Mul(k) }
		want := w.answers(t, p)
		for i := range want.Cuts {
			want.Cuts[i].Rows = slices.Clone(want.Cuts[i].Rows)
		}
		want.Cuts = slices.DeleteFunc(want.Cuts, func(c retention.Cut) bool { return c.Name == "size" }) // whose bounds stay
		scaled := w
		scaled.contracts = mapped(w.contracts, times, sameDate)
		got := scaled.answers(t, p)
		got.Cuts = slices.DeleteFunc(got.Cuts, func(c retention.Cut) bool { return c.Name == "size" })
		same(t, "scaled", mapped(want, times, sameDate), got)
	})
}

// TestShift holds that everything moved by some days gives the same, moved by
// those days.
func TestShift(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{middle: true})
		p := w.drawPeriod(t)
		n := rapid.SampledFrom([]int{1, -1, 31, 366, -700000, 2000000}).Draw(t, "days")
		moved := func(d success.Date) success.Date { return d.AddDays(n) }
		shifted := world{contracts: mapped(w.contracts, sameAmount, moved), options: w.options}
		shifted.options.Mergers = mapped(w.options.Mergers, sameAmount, moved)
		shifted.options.Rates = mapped(w.options.Rates, sameAmount, moved)
		want, got := w.answers(t, p), shifted.answers(t, mapped(p, sameAmount, moved))
		want.Months, got.Months = nil, nil // months begin where the calendar says
		same(t, "shifted", mapped(want, sameAmount, moved), got)
	})
}

// withoutRenewals drops what a law excepts: the renewal report and reasons.
func (a answers) withoutRenewals() answers {
	a.Renewals = retention.Renewals{}
	for i := range a.Lines {
		a.Lines[i].Reasons = retention.Reasons{}
	}
	for _, cut := range a.Cuts {
		for i := range cut.Rows {
			cut.Rows[i].Renewals = retention.Renewals{}
		}
	}
	return a
}

// drawRenewed replaces a contract by one that ends on some day and a renewal at
// the same price that starts on a day on which the whole one is active. adjoining
// makes both days one.
func drawRenewed(t *rapid.T, w world, adjoining bool) (renewed world, ok bool) {
	o := newOracle(w.contracts, w.options)
	i := rapid.IntRange(0, len(w.contracts)-1).Draw(t, "contract")
	c := o.contracts[i]
	last := w.days[0].AddDays(200)
	for _, end := range []success.Date{c.end, c.End} {
		if !end.IsZero() && end.Before(last) {
			last = end
		}
	}
	first := c.Start
	if adjoining {
		first = first.AddDays(1)
	}
	if !first.Before(last) {
		return w, false
	}
	start := first.AddDays(rapid.IntRange(0, last.Sub(first)-1).Draw(t, "renewed after"))
	old, next := c.Contract, c.Contract
	old.End, next.Start = start, start
	if !adjoining {
		old.End = c.Start.AddDays(1)
		if earliest := start.AddDays(-w.options.Grace); old.End.Before(earliest) {
			old.End = earliest
		}
		old.End = old.End.AddDays(rapid.SampledFrom([]int{0, 0, 1, 9, 100}).Draw(t, "own end"))
		if !c.End.IsZero() && old.End.After(c.End) {
			old.End = c.End
		}
	}
	next.ID, next.Renews = c.ID+"'", c.ID
	renewed = w
	renewed.contracts = append(slices.Clone(w.contracts), next)
	renewed.contracts[i] = old
	for _, j := range c.successors {
		if renewed.contracts[j].Renews == c.ID {
			renewed.contracts[j].Renews = next.ID
		}
	}
	return renewed, true
}

// TestSplitContract holds that a contract taken apart in two adjoining ones, the
// second linked to the first, changes nothing but the renewal report and reasons.
func TestSplitContract(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkRenewed(t, true) })
}

// TestRenewalIsExtension holds that a renewal at the same price, early, on time or
// within grace, is the same as a longer contract, with the same exception.
func TestRenewalIsExtension(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkRenewed(t, false) })
}

func checkRenewed(t *rapid.T, adjoining bool) {
	w := drawWorld(t, features{})
	p := w.drawPeriod(t)
	renewed, ok := drawRenewed(t, w, adjoining)
	if !ok {
		return
	}
	same(t, "renewed", w.answers(t, p).withoutRenewals(), renewed.answers(t, p).withoutRenewals())
}

// TestPeriodsChain holds that of a period split at any day, the closing of one
// part is the opening of the next, the net of both adds up, and customers chain
// but for those absorbed.
func TestPeriodsChain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawUnrounded(t)
		p := w.drawPeriod(t)
		if p.Days() < 2 {
			return
		}
		at := p.From.AddDays(rapid.IntRange(1, p.Days()-1).Draw(t, "split after"))
		parts, err := w.book(t).Series([]success.Period{p, {From: p.From, To: at}, {From: at, To: p.To}})
		must(t, parts, err)
		all, first, second := parts[0], parts[1], parts[2]
		if !first.Closing.Equal(second.Opening) || !all.Closing.Equal(second.Closing) {
			t.Fatalf("closing %s is followed by opening %s", first.Closing, second.Opening)
		}
		if !first.Net().Add(second.Net()).Equal(all.Net()) {
			t.Fatalf("nets %s and %s do not make %s", first.Net(), second.Net(), all.Net())
		}
		if len(w.options.Rates) == 0 && first.Accounts.Closing-second.Accounts.Absorbed != second.Accounts.Opening {
			t.Fatalf("%d customers, less %d absorbed, are followed by %d", first.Accounts.Closing, second.Accounts.Absorbed, second.Accounts.Opening)
		}
	})
}

// TestMergersConserve holds that mergers change no total of revenue on any day.
func TestMergersConserve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		apart := drawWorld(t, features{noMergers: true, exactTerms: true})
		p := apart.drawPeriod(t)
		w := apart
		on := apart.days[rapid.IntRange(0, len(apart.days)-1).Draw(t, "merged on")]
		w.options.Mergers = []retention.Merger{{From: "acme", To: "globex", On: on}}
		if rapid.Bool().Draw(t, "twice") {
			w.options.Mergers = append(w.options.Mergers, retention.Merger{From: "globex", To: "initech", On: on.AddDays(-3)})
		}
		for _, id := range []success.AccountID{"acme", "globex", "initech"} {
			w.options.Accounts = withAccount(w.options.Accounts, id)
		}
		merged, alone := w.answers(t, p), apart.answers(t, p)
		a, b := merged.Movement, alone.Movement
		if !a.Closing.Equal(b.Closing) || !a.Opening.Equal(b.Opening) || !a.FX.Equal(b.FX) || !a.Net().Equal(b.Net()) {
			t.Fatalf("merged %+v, apart %+v", a.Amounts, b.Amounts)
		}
		if !merged.Opening.ARR.Equal(alone.Opening.ARR) {
			t.Fatalf("merged %s, apart %s on %s", merged.Opening.ARR, alone.Opening.ARR, p.From)
		}
		if a.Churn.GreaterThan(b.Churn) && w.options.Grain == retention.GrainAccount && len(w.options.Rates) == 0 {
			t.Fatalf("merged, more is lost: %s, apart %s", a.Churn, b.Churn)
		}
	})
}

// withAccount describes an account if any are described and it is not.
func withAccount(accounts []success.Account, id success.AccountID) []success.Account {
	if len(accounts) == 0 || slices.ContainsFunc(accounts, func(a success.Account) bool { return a.ID == id }) {
		return accounts
	}
	return append(slices.Clone(accounts), success.Account{ID: id})
}

// TestRatesOfOne holds that currencies at rate 1 are the same as no currencies.
func TestRatesOfOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{noCurrency: true})
		p := w.drawPeriod(t)
		v := w
		v.contracts = slices.Clone(w.contracts)
		v.options.Currency = "EUR"
		for _, currency := range []string{"USD", "GBP"} {
			for _, d := range []string{"2020-02-29", "2024-02-01"} {
				v.options.Rates = append(v.options.Rates, retention.Rate{Currency: currency, Date: day(d), Rate: dec("1.0")})
			}
		}
		of := map[success.ContractID]string{}
		for i, c := range v.contracts {
			of[c.ID] = rapid.SampledFrom([]string{"EUR", "USD", "GBP"}).Draw(t, "currency")
			v.contracts[i].Currency = of[c.ID]
		}
		for i, c := range v.contracts {
			if c.Credits != "" {
				v.contracts[i].Currency = of[c.Credits]
			}
		}
		want, got := w.answers(t, p), v.answers(t, p)
		same(t, "at rate 1", withoutCurrency(want), withoutCurrency(got))
	})
}

// withoutCurrency drops the name of the currency, and the cut by it.
func withoutCurrency(a answers) answers {
	a.Movement.Currency, a.Opening.Currency, a.Renewals.Currency = "", "", ""
	for i := range a.Months {
		a.Months[i].Currency = ""
	}
	a.Cuts = slices.DeleteFunc(a.Cuts, func(c retention.Cut) bool { return c.Name == "currency" })
	for _, cut := range a.Cuts {
		for i := range cut.Rows {
			cut.Rows[i].Movement.Currency, cut.Rows[i].Renewals.Currency = "", ""
		}
	}
	return a
}

// TestGrainsAgree holds that revenue does not depend on the grain, and that a
// finer one never shows more kept.
func TestGrainsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawUnrounded(t)
		p := w.drawPeriod(t)
		var coarse retention.Movement
		for i, grain := range []retention.Grain{retention.GrainAccount, retention.GrainProduct, retention.GrainContract} {
			w.options.Grain = grain
			m, err := w.book(t).Between(p)
			must(t, m, err)
			if i == 0 {
				coarse = m
			}
			if !m.Opening.Equal(coarse.Opening) || !m.Closing.Equal(coarse.Closing) || !m.FX.Equal(coarse.FX) || m.Kept.GreaterThan(coarse.Kept) {
				t.Fatalf("grain %d: %+v, by account %+v", grain, m, coarse)
			}
		}
	})
}

// TestEventsChain holds that the events of a unit follow each other from its
// opening to its closing, in order.
func TestEventsChain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{})
		p := w.drawPeriod(t)
		a := w.answers(t, p)
		last := map[unit]decimal.Decimal{}
		closing := map[unit]decimal.Decimal{}
		for _, l := range a.Lines {
			last[unitOfLine(l)], closing[unitOfLine(l)] = l.Opening, l.Closing.Sub(l.FX)
		}
		for i, e := range a.Events {
			u := unit{account: e.Account, product: e.Product, contract: e.Contract}
			if !e.Before.Equal(last[u]) || e.After.Equal(e.Before) || e.Movement == retention.None || !p.Contains(e.Date) {
				t.Fatalf("event %d follows %s: %+v", i, last[u], e)
			}
			if i > 0 && e.Date.Before(a.Events[i-1].Date) {
				t.Fatalf("event %d comes before the one before", i)
			}
			last[u] = e.After
		}
		for u, amount := range last {
			if !amount.Equal(closing[u]) {
				t.Fatalf("%v ends at %s, closes at %s", u, amount, closing[u])
			}
		}
	})
}

// TestShardsOfMore holds that snapshots and cuts of shards merge, too.
func TestShardsOfMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, features{})
		w.options.Currency = newOracle(w.contracts, w.options).reporting
		p := w.drawPeriod(t)
		whole, shards := w.answers(t, p), w.shards(t)
		left, right := shards[0].answers(t, p), shards[1].answers(t, p)
		s, err := left.Opening.Merge(right.Opening)
		same(t, "snapshot", whole.Opening, must(t, s, err))
		for i := range whole.Cuts {
			cut, err := left.Cuts[i].Merge(right.Cuts[i])
			same(t, "cut", whole.Cuts[i], must(t, cut, err))
		}
	})
}
