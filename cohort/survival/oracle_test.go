package survival_test

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"metrics.internal/success/cohort/survival"
)

// drawSpans returns some accounts, many of them on the same days.
func drawSpans(t *rapid.T, name string, late bool) []survival.Span {
	days := rapid.SampledFrom([]int{3, 12, 400}).Draw(t, name+" days")
	least := 0
	if late {
		least = 1
	}
	n := rapid.IntRange(1, 25).Draw(t, name+" accounts")
	all := make([]survival.Span, n)
	for i := range all {
		s := &all[i]
		s.Days = rapid.IntRange(least, days).Draw(t, name+" day")
		s.Left = rapid.Bool().Draw(t, name+" left")
		if rapid.IntRange(0, 3).Draw(t, name+" heavy") == 3 {
			s.Weight = rapid.IntRange(1, 4).Draw(t, name+" weight")
		}
		if late && s.Days > 1 && rapid.Bool().Draw(t, name+" late") {
			s.Entered = rapid.IntRange(1, s.Days-1).Draw(t, name+" entered")
		}
	}
	return all
}

func weight(s survival.Span) int64 { return int64(max(1, s.Weight)) }

// atRisk, left and gone are the definitions, account by account.
func atRisk(all []survival.Span, day int) (n int64) {
	for _, s := range all {
		if (s.Entered == 0 || s.Entered < day) && s.Days >= day {
			n += weight(s)
		}
	}
	return n
}

func gone(all []survival.Span, day int, left bool) (n int64) {
	for _, s := range all {
		if s.Days == day && s.Left == left {
			n += weight(s)
		}
	}
	return n
}

// survivalOf is the Kaplan–Meier product in fractions, with Greenwood's sum; ok
// is false where that is infinite.
func survivalOf(all []survival.Span, days float64) (s, greenwood *big.Rat, ok bool) {
	s, greenwood, ok = big.NewRat(1, 1), new(big.Rat), true
	for day := 0; float64(day) <= days; day++ {
		d := gone(all, day, true)
		if d == 0 {
			continue
		}
		n := atRisk(all, day)
		s.Mul(s, big.NewRat(n-d, n))
		if n == d {
			ok = false
			continue
		}
		greenwood.Add(greenwood, new(big.Rat).SetFrac64(d, n*(n-d)))
	}
	return s, greenwood, ok
}

func float(r *big.Rat) float64 {
	f, _ := r.Float64()
	return f
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(1, math.Abs(b)) }

func TestCurveAgainstFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawSpans(t, "account", rapid.Bool().Draw(t, "late entry"))
		curve, err := survival.Fit(all, survival.Options{})
		if err != nil {
			t.Fatal(err)
		}
		steps := curve.Steps()
		days := map[int]bool{}
		for _, s := range all {
			days[s.Days] = true
		}
		if len(steps) != len(days) {
			t.Fatalf("%d steps, want %d", len(steps), len(days))
		}
		hazard, variance := new(big.Rat), new(big.Rat)
		for _, step := range steps {
			n, d := atRisk(all, step.Day), gone(all, step.Day, true)
			if step.AtRisk != n || step.Left != d || step.Censored != gone(all, step.Day, false) {
				t.Fatalf("day %d: %+v", step.Day, step)
			}
			hazard.Add(hazard, big.NewRat(d, n))
			variance.Add(variance, new(big.Rat).SetFrac64(d, n*n))
			s, greenwood, ok := survivalOf(all, float64(step.Day))
			want := float(s)
			se, defined := step.StdErr.Float64()
			if !near(step.Survival, want) || !near(step.Hazard, float(hazard)) || !near(step.HazardStdErr, math.Sqrt(float(variance))) {
				t.Fatalf("day %d: %+v, want S %v", step.Day, step, want)
			}
			if defined != ok || ok && !near(se, want*math.Sqrt(float(greenwood))) {
				t.Fatalf("day %d: standard error %v", step.Day, step.StdErr)
			}
			point, ok := curve.At(float64(step.Day))
			if !ok || point != step.Point {
				t.Fatalf("day %d: %+v, step %+v", step.Day, point, step)
			}
			if between, ok := curve.At(float64(step.Day) + 0.5); ok && between.AtRisk != atRiskAfter(all, step.Day) {
				t.Fatalf("after day %d: %+v", step.Day, between)
			}
		}
	})
}

// atRiskAfter counts those at risk between a day and the next.
func atRiskAfter(all []survival.Span, day int) (n int64) {
	for _, s := range all {
		if (s.Entered == 0 || s.Entered <= day) && s.Days > day {
			n += weight(s)
		}
	}
	return n
}

// The restricted mean is the sum of S over days, and its variance that of the
// definition.
func TestMeanAgainstSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawSpans(t, "account", rapid.Bool().Draw(t, "late entry"))
		curve, err := survival.Fit(all, survival.Options{})
		if err != nil {
			t.Fatal(err)
		}
		horizon := rapid.IntRange(1, 410).Draw(t, "horizon")
		mean, err := curve.RestrictedMean(float64(horizon))
		if _, reaches := curve.At(float64(horizon)); reaches != (err == nil) {
			t.Fatalf("At says %v, RestrictedMean %v", reaches, err)
		}
		if err != nil {
			return
		}
		area, variance := 0.0, 0.0
		for day := horizon - 1; day >= 0; day-- {
			s, _, _ := survivalOf(all, float64(day))
			area += float(s)
			if d, n := gone(all, day, true), atRisk(all, day); d > 0 && n > d {
				variance += area * area * float64(d) / float64(n*(n-d))
			}
		}
		if !near(mean.Days, area) || !near(mean.StdErr, math.Sqrt(variance)) {
			t.Fatalf("%+v, want %v (%v)", mean, area, math.Sqrt(variance))
		}
		if mean.Lower > mean.Days || mean.Days > mean.Upper || mean.Lower < 0 || mean.Upper > float64(horizon) {
			t.Fatalf("%+v", mean)
		}
	})
}

// The quantile is the first day on which S has come down far enough; S in
// fractions says when it lies on the level exactly.
func TestQuantileAgainstFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawSpans(t, "account", rapid.Bool().Draw(t, "late entry"))
		curve, err := survival.Fit(all, survival.Options{})
		if err != nil {
			t.Fatal(err)
		}
		p := big.NewRat(int64(rapid.IntRange(1, 11).Draw(t, "twelfths")), 12)
		level := new(big.Rat).Sub(big.NewRat(1, 1), p)
		got, ok := curve.Quantile(float(p)).Value.Float64()
		first, below := -1, -1
		for day := 0; day <= curve.Last(); day++ {
			s, _, _ := survivalOf(all, float64(day))
			if first < 0 && s.Cmp(level) <= 0 {
				first = day
			}
			if below < 0 && s.Cmp(level) < 0 {
				below = day
			}
		}
		if below < 0 {
			below = curve.Last()
		}
		want := float64(first)
		if s, _, _ := survivalOf(all, float64(first)); first >= 0 && s.Cmp(level) == 0 {
			want = float64(first+below) / 2
		}
		if ok != (first >= 0) || ok && got != want {
			t.Fatalf("%v %v, want %v of %v", got, ok, want, all)
		}
	})
}

// logRankOf is the test of two groups in a single stratum, day by day.
func logRankOf(a, b []survival.Span, weight func(n, s float64) float64) (o, e, v float64) {
	both := append(slices.Clone(a), b...)
	for day := 0; day <= 400; day++ {
		d, n := float64(gone(both, day, true)), float64(atRisk(both, day))
		if d == 0 {
			continue
		}
		before, _, _ := survivalOf(both, float64(day)-0.5)
		w := weight(n, float(before))
		na := float64(atRisk(a, day))
		o += w * float64(gone(a, day, true))
		e += w * d * na / n
		if n > 1 {
			v += w * w * d * (n - d) / (n - 1) * na / n * (1 - na/n)
		}
	}
	return o, e, v
}

func TestLogRankAgainstDefinition(t *testing.T) {
	kinds := map[survival.Weighting]func(n, s float64) float64{
		{}:                             func(n, s float64) float64 { return 1 },
		{Kind: survival.GehanWilcoxon}: func(n, s float64) float64 { return n },
		{Kind: survival.TaroneWare}:    func(n, s float64) float64 { return math.Sqrt(n) },
		{Kind: survival.FlemingHarrington, Rho: 1, Gamma: 0.5}: func(n, s float64) float64 { return s * math.Sqrt(1-s) },
	}
	rapid.Check(t, func(t *rapid.T) {
		late := rapid.Bool().Draw(t, "late entry")
		for w, weight := range kinds {
			strata := rapid.IntRange(1, 3).Draw(t, "strata")
			var table survival.Table
			var o, e, v float64
			for stratum := range strata {
				a, b := drawSpans(t, "a", late), drawSpans(t, "b", late)
				addAll(t, &table, "a", string(rune('A'+stratum)), a)
				addAll(t, &table, "b", string(rune('A'+stratum)), b)
				o1, e1, v1 := logRankOf(a, b, weight)
				o, e, v = o+o1, e+e1, v+v1
			}
			got, err := table.LogRank(w)
			if err != nil {
				t.Fatal(err)
			}
			if !near(got.Groups[0].Observed, o) || !near(got.Groups[0].Expected, e) || !near(got.Covariance[0][0], v) {
				t.Fatalf("%+v, want %v, %v, %v", got, o, e, v)
			}
			chi, ok := got.ChiSquare.Float64()
			if ok != (v > 0) || ok && !near(chi, (o-e)*(o-e)/v) {
				t.Fatalf("χ² %v, want %v", got.ChiSquare, (o-e)*(o-e)/v)
			}
		}
	})
}

func addAll(t *rapid.T, table *survival.Table, group, stratum string, all []survival.Span) {
	for _, s := range all {
		if err := table.Add(survival.Subject{Span: s, Group: group, Stratum: stratum}); err != nil {
			t.Fatal(err)
		}
	}
}
