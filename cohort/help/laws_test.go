package help_test

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/cohort/help"
	"metrics.internal/success/cohort/proportion"
)

var first = success.MustDate("2022-01-01")

// drawAccounts returns accounts that start in one year and are seen for up to
// three more. With followed all are seen to the end.
func drawAccounts(t *rapid.T, followed bool) (accounts []help.Account, asOf success.Date) {
	asOf = first.AddDays(4 * 365)
	n := rapid.IntRange(1, 30).Draw(t, "accounts")
	for i := range n {
		a := help.Account{
			ID:      success.AccountID(fmt.Sprint("account ", i)),
			Start:   first.AddDays(rapid.IntRange(0, 365).Draw(t, "start")),
			Stratum: rapid.SampledFrom([]string{"small", "large"}).Draw(t, "stratum"),
			Opening: decimal.New(int64(rapid.IntRange(0, 50).Draw(t, "opening")), 0),
			Closing: decimal.New(int64(rapid.IntRange(0, 5000).Draw(t, "closing")), -2),
			Hours:   decimal.New(int64(rapid.IntRange(0, 30).Draw(t, "hours")), -1),
			Numbers: []float64{float64(rapid.IntRange(0, 3).Draw(t, "seats")), float64(rapid.IntRange(0, 1).Draw(t, "flag"))},
			Classes: []string{rapid.SampledFrom([]string{"x", "y", ""}).Draw(t, "class")},
		}
		stay := rapid.OneOf(rapid.IntRange(0, 3), rapid.IntRange(0, 1000)).Draw(t, "stay")
		if rapid.Bool().Draw(t, "left") {
			a.Left = a.Start.AddDays(stay)
		} else if !followed && rapid.Bool().Draw(t, "lost") {
			a.Until = a.Start.AddDays(stay)
		}
		began := a.Start.AddDays(rapid.OneOf(rapid.IntRange(-5, 5), rapid.IntRange(-100, 900)).Draw(t, "began"))
		if rapid.Bool().Draw(t, "helped") && (a.Left.IsZero() || began.Before(a.Left)) {
			a.Began = began
		}
		accounts = append(accounts, a)
	}
	return accounts, asOf
}

func compared(t *rapid.T, accounts []help.Account, o help.Options) help.Result {
	r, err := help.Landmark(accounts, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Every account is in one arm or left out, as the definition says; what is kept
// of followed accounts is a count.
func TestLandmarkAgainstDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		followed := rapid.Bool().Draw(t, "followed")
		accounts, asOf := drawAccounts(t, followed)
		day := rapid.SampledFrom([]int{0, 1, 30, 200}).Draw(t, "landmark")
		r := compared(t, accounts, help.Options{AsOf: asOf, Day: day, Horizon: 100})
		var gone, censored, later int
		var n, kept [2]int
		for _, a := range accounts {
			mark, end := a.Start.AddDays(day), a.Start.AddDays(day+100)
			until := asOf
			if !a.Until.IsZero() {
				until = a.Until
			}
			left := !a.Left.IsZero()
			switch {
			case left && !a.Left.After(mark):
				gone++
				continue
			case !left && !until.After(mark):
				censored++
				continue
			}
			side := 0
			if !a.Began.IsZero() && !a.Began.After(mark) {
				side = 1
			} else if !a.Began.IsZero() && !a.Began.After(until) {
				later++
			}
			n[side]++
			if !left || a.Left.After(end) {
				kept[side]++
			}
		}
		if r.Gone != gone || r.Censored != censored || r.Later != later || r.Unhelped.Accounts != n[0] || r.Helped.Accounts != n[1] {
			t.Fatalf("%+v, want %d gone, %d censored, %v", r, gone, censored, n)
		}
		if !followed {
			return
		}
		for side, arm := range []help.Arm{r.Unhelped, r.Helped} {
			if arm.Left != n[side]-kept[side] || arm.Followed != n[side] {
				t.Fatalf("%d left, %d followed of %d, %d kept", arm.Left, arm.Followed, n[side], kept[side])
			}
			share, ok := arm.Kept.Value.Float64()
			if ok != (n[side] > 0) || ok && math.Abs(share-float64(kept[side])/float64(n[side])) > 1e-12 {
				t.Fatalf("kept %v, want %d of %d", arm.Kept, kept[side], n[side])
			}
		}
		if n[0] == 0 || n[1] == 0 {
			if r.Difference.Value.Defined() {
				t.Fatalf("a difference from an empty arm: %v", r.Difference)
			}
			return
		}
		want, err := proportion.Compare(proportion.Share{Count: kept[1], Total: n[1]}, proportion.Share{Count: kept[0], Total: n[0]}, proportion.Options{})
		if err != nil || r.Difference != want.Difference || r.KeptRatio != want.Ratio || r.NumberNeeded != want.NumberNeeded || r.Method != "Newcombe" {
			t.Fatalf("%v by %s, want %v, %v", r.Difference, r.Method, want.Difference, err)
		}
	})
}

// Names of strata and accounts, the order and a shift of all dates change
// nothing; arguments stay as they are.
func TestLandmarkLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accounts, asOf := drawAccounts(t, rapid.Bool().Draw(t, "followed"))
		o := help.Options{AsOf: asOf, Day: 10, Horizon: 200}
		before := slices.Clone(accounts)
		r := compared(t, accounts, o)
		if !reflect.DeepEqual(accounts, before) {
			t.Fatal("the accounts have changed")
		}
		moved := rapid.Permutation(accounts).Draw(t, "order")
		shift := rapid.IntRange(-1000, 1000).Draw(t, "shift")
		for i := range moved {
			a := &moved[i]
			a.ID, a.Stratum = "x"+a.ID, map[string]string{"small": "b", "large": "a"}[a.Stratum]
			for _, d := range []*success.Date{&a.Start, &a.Left, &a.Until, &a.Began} {
				*d = d.AddDays(shift)
			}
		}
		o.AsOf = asOf.AddDays(shift)
		s := compared(t, moved, o)
		if r.Difference != s.Difference || r.Method != s.Method || r.KeptRatio != s.KeptRatio || r.LostRatio != s.LostRatio {
			t.Fatalf("%v, moved %v", r.Difference, s.Difference)
		}
		sameEstimate(t, r.Adjusted.Difference, s.Adjusted.Difference)
		sameEstimate(t, r.Adjusted.CrudeOnKept, s.Adjusted.CrudeOnKept)
		if r.Adjusted.Kept != s.Adjusted.Kept || r.Adjusted.Dropped != s.Adjusted.Dropped || len(r.Warnings) != len(s.Warnings) {
			t.Fatalf("%+v, moved %+v", r.Adjusted, s.Adjusted)
		}
		if r.Helped.NRR.String() != s.Helped.NRR.String() || !r.Gain.Base.Equal(s.Gain.Base) || r.Gain.Revenue.Defined != s.Gain.Revenue.Defined {
			t.Fatalf("%+v, moved %+v", r.Gain, s.Gain)
		}
		if d, ok := r.Difference.Value.Float64(); ok && r.Difference.Lower.Defined() && !r.Difference.Contains(d) {
			t.Fatalf("%v", r.Difference)
		}
	})
}

func sameEstimate(t *rapid.T, a, b success.Estimate) {
	t.Helper()
	for _, pair := range [][2]success.Figure{{a.Value, b.Value}, {a.Lower, b.Lower}, {a.Upper, b.Upper}} {
		x, ok1 := pair[0].Float64()
		y, ok2 := pair[1].Float64()
		if ok1 != ok2 || math.Abs(x-y) > 1e-12 {
			t.Fatalf("%v and %v", a, b)
		}
	}
}

// With one stratum there is nothing to adjust for; the tables by stratum add up
// to the arms.
func TestAdjustedLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accounts, asOf := drawAccounts(t, rapid.Bool().Draw(t, "followed"))
		o := help.Options{AsOf: asOf, Horizon: 200}
		r := compared(t, accounts, o)
		if tables, ok := r.Tables(); ok && r.Difference.Value.Defined() {
			kept, total := 0, 0
			for _, s := range tables {
				kept += s.First.Count + s.Second.Count
				total += s.First.Total + s.Second.Total
			}
			want := r.Helped.Accounts + r.Unhelped.Accounts
			if total != want || kept != want-r.Helped.Left-r.Unhelped.Left {
				t.Fatalf("%d of %d in %v", kept, total, tables)
			}
			checkAdjusted(t, r, tables)
		}
		for i := range accounts {
			accounts[i].Stratum = "all"
		}
		one := compared(t, accounts, o)
		d, ok1 := one.Difference.Value.Float64()
		a, ok2 := one.Adjusted.Difference.Value.Float64()
		if ok1 != ok2 || math.Abs(d-a) > 1e-12 {
			t.Fatalf("%v, adjusted over one stratum %v", one.Difference, one.Adjusted)
		}
	})
}

// checkAdjusted compares the adjusted difference of plain shares with its
// definition.
func checkAdjusted(t *rapid.T, r help.Result, tables []proportion.Stratum) {
	var sum, weight, variance float64
	for _, s := range tables {
		if s.First.Total == 0 || s.Second.Total == 0 {
			continue
		}
		n1, n0 := float64(s.First.Total), float64(s.Second.Total)
		s1, s0 := float64(s.First.Count)/n1, float64(s.Second.Count)/n0
		w := n1 * n0 / (n1 + n0)
		sum += w * (s1 - s0)
		weight += w
		variance += w * w * (s1*(1-s1)/n1 + s0*(1-s0)/n0)
	}
	got, ok := r.Adjusted.Difference.Value.Float64()
	se, _ := r.Adjusted.StdErr.Float64()
	if ok != (weight > 0) || ok && (math.Abs(got-sum/weight) > 1e-12 || math.Abs(se-math.Sqrt(variance)/weight) > 1e-12) {
		t.Fatalf("%+v, want %v (%v)", r.Adjusted, sum/weight, math.Sqrt(variance)/weight)
	}
}

// Matched accounts agree in their bins; weights add up to what they must; the
// estimate is the weighted difference of the accounts.
func TestMatchLaws(t *testing.T) {
	traits := help.Traits{Numbers: []help.Number{{Name: "seats", Cuts: []float64{1, 2.5}}, {Name: "flag"}}, Classes: []string{"class"}}
	rapid.Check(t, func(t *rapid.T) {
		accounts, asOf := drawAccounts(t, true)
		estimand := rapid.SampledFrom([]help.Estimand{help.Treated, help.Everybody}).Draw(t, "estimand")
		o := help.MatchOptions{Options: help.Options{AsOf: asOf, Horizon: 200}, Traits: traits, Estimand: estimand}
		m, err := help.Match(accounts, o)
		if err != nil {
			t.Fatal(err)
		}
		byID := map[success.AccountID]*help.Account{}
		for i := range accounts {
			byID[accounts[i].ID] = &accounts[i]
		}
		bin := func(a *help.Account) string {
			seats := 0
			for _, cut := range []float64{1, 2.5} {
				if a.Numbers[0] >= cut {
					seats++
				}
			}
			return fmt.Sprint(seats, a.Numbers[1], a.Classes[0])
		}
		var n [2]int
		var sum, kept [2]float64
		groups := map[string][2]float64{}
		for _, w := range m.Weights {
			side := 0
			if w.Helped {
				side = 1
			}
			a := byID[w.Account]
			n[side]++
			sum[side] += w.Weight
			if a.Left.IsZero() || a.Left.After(a.Start.AddDays(200)) {
				kept[side] += w.Weight
			}
			g := groups[bin(a)]
			g[side] += w.Weight
			groups[bin(a)] = g
		}
		if n[0] != m.Unhelped.Matched || n[1] != m.Helped.Matched || len(groups) != m.Strata {
			t.Fatalf("%v weights, %d groups: %+v", n, len(groups), m)
		}
		for side := range sum {
			if math.Abs(sum[side]-float64(n[side])) > 1e-9 {
				t.Fatalf("weights of side %d add up to %v, not %d", side, sum[side], n[side])
			}
		}
		for name, g := range groups {
			if ratio := float64(n[0]) / float64(n[1]); math.Abs(g[0]-g[1]*ratio) > 1e-9 {
				t.Fatalf("group %s weighs %v, want a ratio of %v", name, g, ratio)
			}
		}
		d, ok := m.Difference.Value.Float64()
		if ok != (n[1] > 0) || ok && math.Abs(d-(kept[1]/sum[1]-kept[0]/sum[0])) > 1e-9 {
			t.Fatalf("difference %v, want %v", m.Difference, kept[1]/sum[1]-kept[0]/sum[0])
		}
		for _, b := range m.Balance {
			if after, ok := b.After.Float64(); ok && b.Trait != "seats" && math.Abs(after) > 1e-9 {
				t.Fatalf("exactly matched, and yet %+v", b)
			}
		}
		o.Level = 0.5
		shuffled, err := help.Match(rapid.Permutation(accounts).Draw(t, "order"), o)
		if err != nil || !reflect.DeepEqual(shuffled.Weights, m.Weights) || shuffled.Difference.Value != m.Difference.Value || !shuffled.Closing.Equal(m.Closing) {
			t.Fatalf("%+v, shuffled %+v, %v", m, shuffled, err)
		}
	})
}

// Days of all accounts are counted once, with help or without.
func TestStartStopLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accounts, asOf := drawAccounts(t, rapid.Bool().Draw(t, "followed"))
		r, err := help.StartStop(accounts, help.Options{AsOf: asOf})
		if err != nil {
			t.Fatal(err)
		}
		left := 0
		for _, a := range accounts {
			if !a.Left.IsZero() {
				left++
			}
		}
		observed, expected := 0.0, 0.0
		for _, g := range r.LogRank.Groups {
			observed += g.Observed
			expected += g.Expected
		}
		if len(r.LogRank.Groups) > 0 && (observed != float64(left) || math.Abs(expected-observed) > 1e-9) {
			t.Fatalf("%d left, %+v", left, r.LogRank)
		}
		if (r.From >= 0) != (r.Helped != nil && r.Unhelped != nil) {
			t.Fatalf("from %d: %v, %v", r.From, r.Helped, r.Unhelped)
		}
	})
}

// The seed alone decides; the percentile interval grows with the level; it is
// the same for accounts in any order.
func TestBootstrapLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accounts, asOf := drawAccounts(t, true)
		o := help.BootstrapOptions{Options: help.Options{AsOf: asOf, Horizon: 200, Level: 0.5}, Seed: [2]uint64{1, 2}, Resamples: 199}
		b := bootstrapped(t, accounts, o)
		if again := bootstrapped(t, rapid.Permutation(accounts).Draw(t, "order"), o); again.NRR.BCa != b.NRR.BCa || again.GRR.Percentile != b.GRR.Percentile {
			t.Fatalf("%+v, shuffled %+v", b, again)
		}
		o.Level = 0.8
		wide := bootstrapped(t, accounts, o)
		for _, pair := range [][2]success.Estimate{{b.NRR.Percentile, wide.NRR.Percentile}, {b.GRR.Percentile, wide.GRR.Percentile}} {
			lower, ok := pair[0].Lower.Float64()
			upper, _ := pair[0].Upper.Float64()
			low, same := pair[1].Lower.Float64()
			high, _ := pair[1].Upper.Float64()
			if ok != same || lower > upper || low > lower || high < upper {
				t.Fatalf("%v at the level 0.5, %v at 0.8", pair[0], pair[1])
			}
		}
		n := b.Followed[0] + b.Followed[1]
		r := compared(t, accounts, o.Options)
		if n != r.Helped.Accounts+r.Unhelped.Accounts || b.NRR.Helped.String() != r.Helped.NRR.String() || b.GRR.Unhelped.String() != r.Unhelped.GRR.String() {
			t.Fatalf("%+v, landmark %+v", b, r)
		}
	})
}

func bootstrapped(t *rapid.T, accounts []help.Account, o help.BootstrapOptions) help.Bootstrapped {
	b, err := help.Bootstrap(accounts, o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
