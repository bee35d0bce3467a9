package survival_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/cohort/survival"
)

func drawOptions(t *rapid.T) survival.Options {
	return survival.Options{
		Band:  rapid.SampledFrom([]survival.Band{survival.LogLog, survival.Log, survival.Plain, survival.Logit, survival.Arcsine}).Draw(t, "band"),
		Level: rapid.SampledFrom([]float64{0.5, 0.9, 0.95}).Draw(t, "level"),
	}
}

func fitted(t *rapid.T, all []survival.Span, o survival.Options) *survival.Curve {
	c, err := survival.Fit(all, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A curve never rises and stays in [0, 1]; its interval contains it, lies in
// [0, 1] too and grows with the level.
func TestCurveLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawSpans(t, "account", rapid.Bool().Draw(t, "late entry"))
		before := slices.Clone(all)
		o := drawOptions(t)
		steps := fitted(t, all, o).Steps()
		if !slices.Equal(all, before) {
			t.Fatal("the spans have changed")
		}
		o.Level += 0.04
		wider := fitted(t, all, o).Steps()
		last := 1.0
		for i, s := range steps {
			if s.Survival > last || s.Survival < 0 || s.Survival > s.Breslow()+1e-15 {
				t.Fatalf("S %v after %v, Breslow %v", s.Survival, last, s.Breslow())
			}
			last = s.Survival
			lower, ok := s.Lower.Float64()
			upper, both := s.Upper.Float64()
			if ok != both || ok != (s.Survival > 0 && (s.Survival < 1 || o.Band == survival.Log || o.Band == survival.Plain)) {
				t.Fatalf("S %v has the interval (%v, %v)", s.Survival, s.Lower, s.Upper)
			}
			if ok && !(0 <= lower && lower <= s.Survival+1e-15 && s.Survival <= upper+1e-15 && upper <= 1) {
				t.Fatalf("S %v in (%v, %v)", s.Survival, lower, upper)
			}
			low, _ := wider[i].Lower.Float64()
			high, _ := wider[i].Upper.Float64()
			if low > lower+1e-15 || high < upper-1e-15 {
				t.Fatalf("(%v, %v) at a higher level than (%v, %v)", low, high, lower, upper)
			}
			if s.Exact.Value.Defined() != (s.Survival == 1) {
				t.Fatalf("S %v has the exact interval %v", s.Survival, s.Exact)
			}
		}
	})
}

// While nobody has left, the smallest share that is not ruled out is the one at
// which all of those at risk stay with probability α/2.
func TestExact(t *testing.T) {
	curve := fit(t, spans(-2, -2, -3, -5, -5, -5, 9), survival.Options{Level: 0.9})
	for days, n := range map[float64]int64{0: 7, 2: 7, 2.5: 5, 5: 4, 8: 1} {
		p, ok := curve.At(days)
		lower, _ := p.Exact.Lower.Float64()
		if !ok || p.AtRisk != n || math.Abs(math.Pow(lower, float64(n))-0.05) > 1e-12 || p.Exact.Upper != number(1) {
			t.Errorf("at %v: %v, %+v", days, ok, p)
		}
	}
	if p, ok := fit(t, spans(-2, -2), survival.Options{}).At(2); !ok || !p.Exact.Lower.Defined() {
		t.Errorf("on the last day: %v, %+v", ok, p)
	}
}

// Without censoring S is the share that stays longer.
func TestUncensored(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawSpans(t, "account", false)
		total, longer := int64(0), int64(0)
		days := rapid.IntRange(0, 400).Draw(t, "days")
		for i := range all {
			all[i].Left = true
			total += weight(all[i])
			if all[i].Days > days {
				longer += weight(all[i])
			}
		}
		p, ok := fitted(t, all, survival.Options{}).At(float64(days))
		share := float64(longer) / float64(total)
		if !ok || math.Abs(p.Survival-share) > 1e-12 {
			t.Fatalf("S %v, share %v", p.Survival, share)
		}
		if se, ok := p.StdErr.Float64(); ok && math.Abs(se*se-share*(1-share)/float64(total)) > 1e-12 {
			t.Fatalf("standard error %v of a binomial", se)
		}
	})
}

// Shards in any order count up to the whole, to the last account; an empty one
// changes nothing; a weight is so many accounts.
func TestCountsMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawSpans(t, "account", rapid.Bool().Draw(t, "late entry"))
		whole := fitted(t, all, survival.Options{}).Steps()
		shards := make([]survival.Counts, 3)
		for _, s := range all {
			if err := shards[rapid.IntRange(0, 1).Draw(t, "shard")].Add(s); err != nil {
				t.Fatal(err)
			}
		}
		var sum survival.Counts
		for _, i := range rapid.Permutation([]int{0, 1, 2}).Draw(t, "order") {
			sum.Merge(&shards[i])
		}
		curve, err := sum.Curve(survival.Options{})
		if err != nil || !slices.Equal(curve.Steps(), whole) {
			t.Fatalf("%v, %+v, whole %+v", err, curve.Steps(), whole)
		}
		if sum.Accounts() != curve.Accounts() || sum.Left() != shards[0].Left()+shards[1].Left() {
			t.Fatalf("%d accounts, %d left", sum.Accounts(), sum.Left())
		}
		var apart []survival.Span
		for _, s := range all {
			for range weight(s) {
				apart = append(apart, survival.Span{Days: s.Days, Left: s.Left, Entered: s.Entered})
			}
		}
		rapid.Permutation(apart).Draw(t, "accounts")
		for i, s := range fitted(t, apart, survival.Options{}).Steps() {
			s.TiedHazard, s.TiedHazardStdErr = whole[i].TiedHazard, whole[i].TiedHazardStdErr
			if s != whole[i] {
				t.Fatalf("%+v, weighted %+v", s, whole[i])
			}
		}
	})
}

// Columns are the same accounts.
func TestColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawSpans(t, "account", rapid.Bool().Draw(t, "late entry"))
		plain := rapid.Bool().Draw(t, "plain")
		var c survival.Columns
		for i := range all {
			if plain {
				all[i].Entered, all[i].Weight = 0, 0
			}
			c.Days = append(c.Days, int32(all[i].Days))
			c.Left = append(c.Left, all[i].Left)
			if !plain {
				c.Entered = append(c.Entered, int32(all[i].Entered))
				c.Weight = append(c.Weight, int32(all[i].Weight))
			}
		}
		curve, err := survival.FitColumns(c, survival.Options{})
		if err != nil || !slices.Equal(curve.Steps(), fitted(t, all, survival.Options{}).Steps()) {
			t.Fatalf("%v, %+v", err, curve)
		}
	})
}

// With three times the days, medians, means and their limits are three times as
// large, and the test between two groups is the same.
func TestScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all, o := drawSpans(t, "account", rapid.Bool().Draw(t, "late entry")), drawOptions(t)
		longer := slices.Clone(all)
		for i := range longer {
			longer[i].Days *= 3
			longer[i].Entered *= 3
		}
		a, b := fitted(t, all, o), fitted(t, longer, o)
		p := rapid.Float64Range(0.01, 0.99).Draw(t, "p")
		x, y := a.Quantile(p), b.Quantile(p)
		for _, pair := range [][2]success.Figure{{x.Value, y.Value}, {x.Lower, y.Lower}, {x.Upper, y.Upper}} {
			v, ok1 := pair[0].Float64()
			w, ok2 := pair[1].Float64()
			if ok1 != ok2 || 3*v != w {
				t.Fatalf("%v, three times %v", x, y)
			}
		}
		horizon := float64(a.Last())
		if horizon == 0 {
			return
		}
		m, err := a.RestrictedMean(horizon)
		n, err2 := b.RestrictedMean(3 * horizon)
		if err != nil || err2 != nil || !near(3*m.Days, n.Days) || !near(3*m.StdErr, n.StdErr) {
			t.Fatalf("%+v, three times %+v; %v, %v", m, n, err, err2)
		}
	})
}

// Quantiles do not fall with p.
func TestQuantilesInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		curve := fitted(t, drawSpans(t, "account", false), drawOptions(t))
		p := rapid.Float64Range(0.01, 0.98).Draw(t, "p")
		low, ok1 := curve.Quantile(p).Value.Float64()
		high, ok2 := curve.Quantile(p + 0.01).Value.Float64()
		if ok2 && !ok1 || ok2 && high < low {
			t.Fatalf("%v %v, then %v %v", low, ok1, high, ok2)
		}
		for _, p := range []float64{0, 1, -1, 2, math.NaN()} {
			if q := curve.Quantile(p); q != (success.Estimate{}) {
				t.Fatalf("the quantile at %v is %v", p, q)
			}
		}
	})
}

// Groups that are the same do not differ; the order of groups, strata and
// accounts changes nothing; tables of shards add up.
func TestLogRankLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		late := rapid.Bool().Draw(t, "late entry")
		w := survival.Weighting{Kind: survival.Kind(rapid.IntRange(0, 3).Draw(t, "kind"))}
		var twins, whole, other survival.Table
		shards := make([]survival.Table, 2)
		for stratum := range 2 {
			name := fmt.Sprint(stratum)
			same := drawSpans(t, "twin", late)
			addAll(t, &twins, "a", name, same)
			addAll(t, &twins, "b", name, same)
			for _, group := range []string{"a", "b", "c"} {
				all := drawSpans(t, group, late)
				addAll(t, &whole, group, name, all)
				addAll(t, &other, map[string]string{"a": "z", "b": "y", "c": "x"}[group], "stratum "+name, all)
				for _, s := range all {
					addAll(t, &shards[rapid.IntRange(0, 1).Draw(t, "shard")], group, name, []survival.Span{s})
				}
			}
		}
		result := ranked(t, &twins, w)
		if chi, ok := result.ChiSquare.Float64(); ok && chi > 1e-18 {
			t.Fatalf("twins: %+v", result)
		}
		a, b := ranked(t, &whole, w), ranked(t, &other, w)
		chi, ok1 := a.ChiSquare.Float64()
		again, ok2 := b.ChiSquare.Float64()
		if ok1 != ok2 || a.DF != b.DF || !near(chi, again) || chi < -1e-12 {
			t.Fatalf("%+v, relabelled %+v", a, b)
		}
		shards[0].Merge(&shards[1])
		if c := ranked(t, &shards[0], w); c.ChiSquare != a.ChiSquare || c.P != a.P {
			t.Fatalf("%+v, from shards %+v", a, c)
		}
		gap := 0.0
		for i, g := range a.Groups {
			gap += g.Observed - g.Expected
			sum := 0.0
			for j := range a.Groups {
				sum += a.Covariance[i][j]
			}
			if math.Abs(sum) > 1e-9*max(1, a.Covariance[i][i]) {
				t.Fatalf("a row of the covariance adds up to %v", sum)
			}
		}
		if math.Abs(gap) > 1e-9 {
			t.Fatalf("observed and expected differ by %v", gap)
		}
	})
}

func ranked(t *rapid.T, table *survival.Table, w survival.Weighting) survival.Test {
	result, err := table.LogRank(w)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// Groups that were never at risk together are not compared: of four, two and
// two, there are two comparisons, each as it is by itself.
func TestLogRankApart(t *testing.T) {
	early := map[string][]survival.Span{"a": spans(1, 2, 3, -4), "b": spans(2, 3, 4, 5)}
	late := map[string][]survival.Span{"c": spans(11, 12, -13), "d": spans(12, 14, 15)}
	var all, first, second survival.Table
	add := func(group string, s survival.Span, tables ...*survival.Table) {
		for _, table := range tables {
			if err := table.Add(survival.Subject{Span: s, Group: group}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for group, list := range early {
		for _, s := range list {
			add(group, s, &all, &first)
		}
	}
	for group, list := range late {
		for _, s := range list {
			s.Entered = 9
			add(group, s, &all, &second)
		}
	}
	chi := func(table *survival.Table) (float64, int) {
		result, err := table.LogRank(survival.Weighting{})
		if err != nil {
			t.Fatal(err)
		}
		v, ok := result.ChiSquare.Float64()
		if !ok {
			t.Fatalf("%+v", result)
		}
		return v, result.DF
	}
	whole, df := chi(&all)
	a, dfA := chi(&first)
	b, dfB := chi(&second)
	if df != 2 || dfA != 1 || dfB != 1 || math.Abs(whole-a-b) > 1e-12 {
		t.Errorf("χ² %v with %d, by themselves %v and %v", whole, df, a, b)
	}
	result, err := survival.LogRank([]survival.Subject{
		{Span: survival.Span{Days: 3, Left: true}, Group: "a"},
		{Span: survival.Span{Days: 9, Entered: 5, Left: true}, Group: "b"},
	}, survival.Weighting{})
	if err != nil || result.DF != 0 || result.ChiSquare.Defined() || result.P.Defined() {
		t.Errorf("one after the other: %+v, %v", result, err)
	}
}

// Differences change sign with their sides, and are 0 of a curve from itself.
func TestDifferenceLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := fitted(t, drawSpans(t, "a", false), survival.Options{})
		b := fitted(t, drawSpans(t, "b", false), survival.Options{})
		days := float64(rapid.IntRange(0, min(a.Last(), b.Last())).Draw(t, "days"))
		x, err := survival.Difference(a, b, days)
		y, err2 := survival.Difference(b, a, days)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		d, _ := x.Difference.Value.Float64()
		e, _ := y.Difference.Value.Float64()
		if d != -e || x.P != y.P || x.PCLogLog != y.PCLogLog || x.StdErr != y.StdErr || x.First != y.Second {
			t.Fatalf("%+v, swapped %+v", x, y)
		}
		s, _ := a.At(days)
		if x.First != s || x.Difference.Lower.Defined() != x.StdErr.Defined() || x.StdErr.Defined() && !x.Difference.Contains(d) {
			t.Fatalf("%+v", x)
		}
		self, err := survival.Difference(a, a, days)
		if p, ok := self.P.Float64(); err != nil || ok && p != 1 {
			t.Fatalf("from itself %+v, %v", self, err)
		}
		if days == 0 {
			return
		}
		m, err := survival.MeanDifference(a, b, days)
		n, err2 := survival.MeanDifference(b, a, days)
		if err != nil || err2 != nil || m.P != n.P || m.StdErr != n.StdErr {
			t.Fatalf("%+v, swapped %+v", m, n)
		}
		r, ok1 := m.Ratio.Value.Float64()
		q, ok2 := n.Ratio.Value.Float64()
		if ok1 != ok2 || ok1 && math.Abs(r*q-1) > 1e-12 {
			t.Fatalf("ratio %v, swapped %v", m.Ratio, n.Ratio)
		}
	})
}

// The fixed-time tests by hand: 6 of 10 and 9 of 10 left by day 5.
func TestDifferenceByHand(t *testing.T) {
	a := fit(t, spans(1, 2, 3, 4, 5, 5, 9, 9, 9, 9), survival.Options{})
	b := fit(t, spans(1, 1, 1, 2, 2, 3, 4, 5, 5, 9), survival.Options{})
	g, err := survival.Difference(a, b, 5)
	if err != nil {
		t.Fatal(err)
	}
	se := math.Sqrt(0.4*0.6/10 + 0.1*0.9/10)
	want := math.Erfc(0.3 / se / math.Sqrt2)
	if p, _ := g.P.Float64(); !near(p, want) {
		t.Errorf("p %v, want %v", g.P, want)
	}
	// Greenwood's variance of log S is (1 − S)/(nS) here.
	la, lb := math.Log(0.4), math.Log(0.1)
	seLog := math.Sqrt(0.6/4/la/la + 0.9/1/lb/lb)
	want = math.Erfc(math.Abs(math.Log(-la)-math.Log(-lb)) / seLog / math.Sqrt2)
	if p, _ := g.PCLogLog.Float64(); !near(p, want) {
		t.Errorf("p %v on the log-log scale, want %v", g.PCLogLog, want)
	}
}

// 95 % log-log intervals hold the truth in 93 to 97.5 % of repeated studies of
// 50 accounts, some of them censored.
func TestCoverage(t *testing.T) {
	const studies = 10_000
	for _, s := range []float64{0.5, 0.7} {
		random := rand.New(rand.NewPCG(uint64(100*s), 1))
		rate := -math.Log(s) / 365
		hits := 0
		for range studies {
			var counts survival.Counts
			for range 50 {
				leaves, seen := random.ExpFloat64()/rate, 200+random.Float64()*800
				err := counts.Add(survival.Span{Days: int(min(leaves, seen)) + 1, Left: leaves < seen})
				if err != nil {
					t.Fatal(err)
				}
			}
			curve, err := counts.Curve(survival.Options{})
			if err != nil {
				t.Fatal(err)
			}
			p, ok := curve.At(365)
			if ok && (success.Estimate{Value: number(p.Survival), Lower: p.Lower, Upper: p.Upper}).Contains(s) {
				hits++
			}
		}
		if share := float64(hits) / studies; share < 0.93 || share > 0.975 {
			t.Errorf("S = %v: %.4f", s, share)
		}
	}
}
