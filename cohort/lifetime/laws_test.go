package lifetime_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/cohort/lifetime"
	"metrics.internal/success/internal/refusal"
)

func drawModel(t *rapid.T) lifetime.Model {
	scale := rapid.OneOf(rapid.Float64Range(0.05, 5), rapid.Float64Range(0.001, 500))
	return lifetime.Model{Alpha: scale.Draw(t, "α"), Beta: scale.Draw(t, "β")}
}

func value(t *rapid.T, f success.Figure) float64 {
	v, ok := f.Float64()
	if !ok {
		t.Fatal("undefined")
	}
	return v
}

// Everybody leaves or stays; fewer and fewer leave of those still there.
func TestModelLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		periods := rapid.IntRange(1, 60).Draw(t, "periods")
		sum, last, rate := 0.0, 1.0, 0.0
		for k := 1; k <= periods; k++ {
			sum += value(t, m.Leaving(k))
			s, r := value(t, m.Survival(k)), value(t, m.Retention(k))
			if math.Abs(s-last*r) > 1e-15 || r < rate || r >= 1 && m.Alpha > 1e-12 {
				t.Fatalf("period %d: S %v after %v, retention %v", k, s, last, r)
			}
			last, rate = s, r
		}
		if math.Abs(sum+last-1) > 1e-12 {
			t.Fatalf("%v left and %v stayed", sum, last)
		}
	})
}

// The residual lifetime is the sum it stands for, and that of a customer who
// has just renewed follows from the next.
func TestResidualLifetime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		n := rapid.IntRange(0, 30).Draw(t, "renewals")
		d := rapid.OneOf(rapid.Float64Range(0.02, 1), rapid.Float64Range(1e-6, 100)).Draw(t, "discount")
		got := value(t, m.ResidualLifetime(n, d))
		next := value(t, m.ResidualLifetime(n+1, d))
		if want := value(t, m.Retention(n+1)) * (1 + next/(1+d)); math.Abs(got-want) > 1e-9*want {
			t.Fatalf("%v, from the next %v", got, want)
		}
		if life := value(t, m.Lifetime(d)); n == 0 && math.Abs(life-1-got/(1+d)) > 1e-12*life {
			t.Fatalf("lifetime %v, residual %v", life, got)
		}
		if d < 0.02 {
			return
		}
		sum, stay, factor := 0.0, 1.0, 1.0
		for k := n + 1; factor > 1e-18; k++ {
			stay *= value(t, m.Retention(k))
			sum += stay * factor
			factor /= 1 + d
		}
		if math.Abs(got-sum) > 1e-9*sum {
			t.Fatalf("%v, sum %v", got, sum)
		}
	})
}

// Without a discount the mean lifetime is finite for α above 1 only.
func TestUndiscounted(t *testing.T) {
	m := lifetime.Model{Alpha: 3, Beta: 4}
	sum, last := 0.0, 1.0
	for k := 1; k < 20_000; k++ {
		r, _ := m.Retention(k).Float64()
		last *= r
		sum += last
	}
	if v, ok := m.ResidualLifetime(0, 0).Float64(); !ok || math.Abs(v-sum) > 1e-6 || v != 2 {
		t.Errorf("%v, sum %v", v, sum)
	}
	for _, alpha := range []float64{1, 0.5} {
		if f := (lifetime.Model{Alpha: alpha, Beta: 4}).ResidualLifetime(0, 0); f.Defined() {
			t.Errorf("α %v: %v", alpha, f)
		}
	}
}

// drawCohorts returns cohorts drawn from a model, large enough to be fitted.
func drawCohorts(t *rapid.T) []lifetime.Cohort {
	m := lifetime.Model{Alpha: rapid.Float64Range(0.3, 3).Draw(t, "α"), Beta: rapid.Float64Range(0.3, 6).Draw(t, "β")}
	n := rapid.IntRange(1, 3).Draw(t, "cohorts")
	cohorts := make([]lifetime.Cohort, n)
	for i := range cohorts {
		size := rapid.IntRange(200, 2000).Draw(t, "size")
		c := lifetime.Cohort{size}
		for k := range rapid.IntRange(2, 8).Draw(t, "periods") {
			s := value(t, m.Survival(k+1))
			noise := rapid.IntRange(-3, 3).Draw(t, "noise")
			c = append(c, max(0, min(c[k], int(s*float64(size))+noise)))
		}
		cohorts[i] = c
	}
	return cohorts
}

// logLikelihood is the definition: leavers in the period they left, the others
// alive after the last.
func logLikelihood(m lifetime.Model, cohorts []lifetime.Cohort) float64 {
	sum := 0.0
	for _, c := range cohorts {
		for k := 1; k < len(c); k++ {
			p, _ := m.Leaving(k).Float64()
			if n := c[k-1] - c[k]; n > 0 {
				sum += float64(n) * math.Log(p)
			}
		}
		if n := c[len(c)-1]; n > 0 {
			s, _ := m.Survival(len(c) - 1).Float64()
			sum += float64(n) * math.Log(s)
		}
	}
	return sum
}

// No other model makes the cohorts more likely, near or far; the order of
// cohorts changes nothing, and every customer counted four times gives the same
// model with intervals half as wide.
func TestFitLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cohorts := drawCohorts(t)
		before := slices.Clone(cohorts[0])
		p, err := lifetime.Fit(cohorts, lifetime.Options{})
		if err != nil {
			if errors.As(err, new(*success.Errors)) {
				t.Fatal(err)
			}
			t.Skip(err)
		}
		if !slices.Equal(before, cohorts[0]) {
			t.Fatal("the cohort has changed")
		}
		best := logLikelihood(p.Model, cohorts)
		if math.Abs(best-p.LogLikelihood) > 1e-9*math.Abs(best) {
			t.Fatalf("log-likelihood %v, want %v", p.LogLikelihood, best)
		}
		random := rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed")))
		for i := range 1000 {
			spread := []float64{0.01, 0.3, 3}[i%3]
			other := lifetime.Model{Alpha: p.Model.Alpha * math.Exp(spread*random.NormFloat64()), Beta: p.Model.Beta * math.Exp(spread*random.NormFloat64())}
			if l := logLikelihood(other, cohorts); l > best+1e-9*math.Abs(best) {
				t.Fatalf("%+v has %v, %+v has %v", other, l, p.Model, best)
			}
		}
		var four []lifetime.Cohort
		for range 4 {
			four = append(four, cohorts...)
		}
		slices.Reverse(four)
		q, err := lifetime.Fit(four, lifetime.Options{})
		if err != nil || !close(q.Model.Alpha, p.Model.Alpha, 1e-5) || !close(q.Model.Beta, p.Model.Beta, 1e-5) || q.Customers != 4*p.Customers {
			t.Fatalf("%+v, four times %+v, %v", p, q, err)
		}
		checkInterval(t, p.Alpha, q.Alpha)
		checkInterval(t, p.Beta, q.Beta)
		checkInterval(t, p.Survival(9), q.Survival(9))
		checkInterval(t, p.Retention(4), q.Retention(4))
		checkInterval(t, p.Lifetime(0.1), q.Lifetime(0.1))
		checkInterval(t, p.ResidualLifetime(2, 0.1), q.ResidualLifetime(2, 0.1))
	})
}

func close(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance*math.Abs(b) }

// checkInterval checks that an interval holds its value and is wider than that
// of four times the customers.
func checkInterval(t *rapid.T, e, narrower success.Estimate) {
	t.Helper()
	v, lower, upper := value(t, e.Value), value(t, e.Lower), value(t, e.Upper)
	if !(lower <= v && v <= upper) || upper-lower < value(t, narrower.Upper)-value(t, narrower.Lower) {
		t.Fatalf("%v, four times %v", e, narrower)
	}
}

// 95 % intervals of a projection hold the truth in most of repeated histories.
func TestCoverage(t *testing.T) {
	const studies = 2000
	truth := lifetime.Model{Alpha: 0.7, Beta: 2}
	random := rand.New(rand.NewPCG(3, 4))
	later, _ := truth.Survival(10).Float64()
	life, _ := truth.ResidualLifetime(4, 0.1).Float64()
	survival, residual, fitted := 0, 0, 0
	for range studies {
		c := lifetime.Cohort{1000}
		for k := range 5 {
			stay, _ := truth.Retention(k + 1).Float64()
			left := 0
			for range c[k] {
				if random.Float64() >= stay {
					left++
				}
			}
			c = append(c, c[k]-left)
		}
		p, err := lifetime.Fit([]lifetime.Cohort{c}, lifetime.Options{})
		if err != nil {
			continue
		}
		fitted++
		if p.Survival(10).Contains(later) {
			survival++
		}
		if p.ResidualLifetime(4, 0.1).Contains(life) {
			residual++
		}
	}
	for what, hits := range map[string]int{"survival": survival, "residual lifetime": residual} {
		if share := float64(hits) / float64(fitted); share < 0.93 || share > 0.975 || fitted < studies*99/100 {
			t.Errorf("%s: %.4f of %d", what, share, fitted)
		}
	}
}

// Cohorts without a best fit are named.
func TestNoFit(t *testing.T) {
	for name, c := range map[string]struct {
		cohorts []lifetime.Cohort
		want    error
	}{
		"nobody left":           {[]lifetime.Cohort{{100, 100, 100}, {50, 50}}, lifetime.ErrNobodyLeft},
		"everybody left":        {[]lifetime.Cohort{{100, 0}, {30, 0, 0}}, lifetime.ErrAllLeft},
		"one period":            {[]lifetime.Cohort{{100, 80}, {50, 45}}, lifetime.ErrOnePeriod},
		"constant churn":        {[]lifetime.Cohort{{1000, 900, 810, 729}}, lifetime.ErrConstant},
		"rising churn":          {[]lifetime.Cohort{{1000, 950, 800, 400}}, lifetime.ErrConstant},
		"everybody left by two": {[]lifetime.Cohort{{100, 50, 0}}, lifetime.ErrConstant},
		"then nobody":           {[]lifetime.Cohort{{100, 60, 60, 60}}, lifetime.ErrTwoKinds},
	} {
		if p, err := lifetime.Fit(c.cohorts, lifetime.Options{}); !errors.Is(err, c.want) || p != nil {
			t.Errorf("%s: %v, %v, want %v", name, p, err, c.want)
		}
	}
}

// At the boundary the condition decides as the likelihood does: where churn does
// not fall, models ever closer to constant churn are ever more likely.
func TestConstantIsTheLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := lifetime.Cohort{400}
		for k := range rapid.IntRange(2, 4).Draw(t, "periods") {
			c = append(c, c[k]*rapid.IntRange(70, 90).Draw(t, "kept")/100)
		}
		cohorts := []lifetime.Cohort{c}
		due, left := 0, 0
		for k := 1; k < len(c); k++ {
			due, left = due+c[k-1], left+c[k-1]-c[k]
		}
		p := float64(left) / float64(due)
		limit := 0.0
		for k := 1; k < len(c); k++ {
			limit += float64(c[k-1]-c[k])*math.Log(p) + float64(c[k])*math.Log(1-p)
		}
		fit, err := lifetime.Fit(cohorts, lifetime.Options{})
		switch {
		case err == nil && fit.LogLikelihood < limit-1e-7:
			t.Fatalf("%+v has %v, constant churn %v", fit.Model, fit.LogLikelihood, limit)
		case err == nil:
		case !errors.Is(err, lifetime.ErrConstant):
			t.Fatal(err)
		default:
			for _, scale := range []float64{3, 30, 300, 3000} {
				for _, shift := range []float64{0.8, 0.9, 1, 1.1, 1.2} {
					m := lifetime.Model{Alpha: p * shift * scale, Beta: (1 - p) * scale}
					if l := logLikelihood(m, cohorts); l > limit+1e-7 {
						t.Fatalf("%+v has %v, constant churn %v", m, l, limit)
					}
				}
			}
		}
	})
}

func TestBadInput(t *testing.T) {
	fault := refusal.Of
	good := lifetime.Cohort{100, 90, 85}
	for name, c := range map[string]struct {
		cohorts []lifetime.Cohort
		level   float64
		faults  []refusal.Fault
	}{
		"none":      {nil, 0, []refusal.Fault{fault("", success.ErrMissing)}},
		"no period": {[]lifetime.Cohort{good, {100}}, 0, []refusal.Fault{fault("", success.ErrMissing)}},
		"negative":  {[]lifetime.Cohort{good, {100, 90, -1}}, 0, []refusal.Fault{fault("[2]", success.ErrNegative)}},
		"rising":    {[]lifetime.Cohort{{100, 90, 91}, {1, 2}}, 0, []refusal.Fault{fault("[2]", success.ErrOrder), fault("[1]", success.ErrOrder)}},
		"huge":      {[]lifetime.Cohort{{1 << 51, 1}}, 0, []refusal.Fault{fault("[0]", success.ErrRange)}},
		"level":     {[]lifetime.Cohort{good}, math.NaN(), []refusal.Fault{fault("Level", success.ErrRange)}},
	} {
		_, err := lifetime.Fit(c.cohorts, lifetime.Options{Level: c.level})
		refusal.Check(t, name, err, c.faults...)
	}
	for _, m := range []lifetime.Model{{}, {Alpha: -1, Beta: 1}, {Alpha: 1, Beta: math.NaN()}, {Alpha: math.Inf(1), Beta: 1}} {
		if m.Validate() == nil || m.Survival(1).Defined() || m.Retention(1).Defined() || m.Leaving(1).Defined() || m.Lifetime(0.1).Defined() || m.ResidualLifetime(0, 0.1).Defined() {
			t.Errorf("%+v has figures", m)
		}
	}
	refusal.Check(t, "model", lifetime.Model{}.Validate(), fault("Alpha", success.ErrRange), fault("Beta", success.ErrRange))
}

func TestUndefined(t *testing.T) {
	m := lifetime.Model{Alpha: 1, Beta: 2}
	for what, f := range map[string]success.Figure{
		"S(−1)": m.Survival(-1), "retention(0)": m.Retention(0), "leaving(0)": m.Leaving(0),
		"discount below 0": m.ResidualLifetime(0, -0.1), "no discount": m.Lifetime(0), "NaN": m.Lifetime(math.NaN()),
		"infinite": m.Lifetime(math.Inf(1)), "renewals below 0": m.ResidualLifetime(-1, 0.1),
	} {
		if f.Defined() {
			t.Errorf("%s is %v", what, f)
		}
	}
	p := fit(t, lifetime.Cohort{1000, 631, 468, 382})
	if e := p.Survival(0); e.Value != success.FigureOf(1) || e.Lower.Defined() {
		t.Errorf("S(0) is %v", e)
	}
	if e := p.Lifetime(0); e != (success.Estimate{}) {
		t.Errorf("an infinite lifetime is %v", e)
	}
}

// TestNeverStill is a cohort at whose top rounding alone goes on making small steps.
func TestNeverStill(t *testing.T) {
	cohorts := []lifetime.Cohort{{400, 336, 285, 233, 207}}
	fit, err := lifetime.Fit(cohorts, lifetime.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, shift := range []float64{0.9, 0.99, 1.01, 1.1} {
		for _, scale := range []float64{0.5, 0.9, 1.1, 2} {
			m := lifetime.Model{Alpha: fit.Model.Alpha * shift * scale, Beta: fit.Model.Beta * scale}
			if l := logLikelihood(m, cohorts); l > fit.LogLikelihood+1e-9 {
				t.Errorf("%+v has %v, more than %v of %+v", m, l, fit.LogLikelihood, fit.Model)
			}
		}
	}
}
