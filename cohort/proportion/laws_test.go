package proportion_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/cohort/proportion"
)

func drawShare(t *rapid.T, name string) proportion.Share {
	total := rapid.OneOf(rapid.IntRange(1, 12), rapid.IntRange(1, 5000)).Draw(t, "total "+name)
	return share(rapid.OneOf(rapid.SampledFrom([]int{0, total}), rapid.IntRange(0, total)).Draw(t, "count "+name), total)
}

func limits(t *rapid.T, e success.Estimate) (value, lower, upper float64) {
	value, ok1 := e.Value.Float64()
	lower, ok2 := e.Lower.Float64()
	upper, ok3 := e.Upper.Float64()
	if !ok1 || !ok2 || !ok3 {
		t.Fatalf("undefined: %v", e)
	}
	return value, lower, upper
}

func must[T any](t *rapid.T) func(T, error) T {
	return func(v T, err error) T {
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// An interval contains its share, stays within [0, 1], grows with the level and
// shrinks when every account is counted four times.
func TestWilsonLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawShare(t, "")
		level := rapid.Float64Range(0.01, 0.98).Draw(t, "level")
		must := must[success.Estimate](t)
		v, lower, upper := limits(t, must(proportion.Wilson(s, level)))
		if exact, _ := s.Ratio().Float64(); v != exact || lower < 0 || upper > 1 || lower > v || v > upper || lower >= upper {
			t.Fatalf("%v of (%v, %v)", v, lower, upper)
		}
		_, wideLower, wideUpper := limits(t, must(proportion.Wilson(s, level+0.01)))
		if wideLower > lower || wideUpper < upper {
			t.Fatalf("(%v, %v) at a higher level than (%v, %v)", wideLower, wideUpper, lower, upper)
		}
		_, manyLower, manyUpper := limits(t, must(proportion.Wilson(share(4*s.Count, 4*s.Total), level)))
		if manyUpper-manyLower >= upper-lower {
			t.Fatalf("(%v, %v) with four times the accounts of (%v, %v)", manyLower, manyUpper, lower, upper)
		}
	})
}

func TestCompareLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawShare(t, "first"), drawShare(t, "second")
		o := proportion.Options{Level: 0.9}
		if rapid.Bool().Draw(t, "other methods") {
			o.Difference, o.Ratio = proportion.MiettinenNurminen, proportion.MOVER
		}
		must := must[proportion.Comparison](t)
		c, swapped := must(proportion.Compare(a, b, o)), must(proportion.Compare(b, a, o))
		d, lower, upper := limits(t, c.Difference)
		other, low, high := limits(t, swapped.Difference)
		if d != -other || math.Abs(lower+high) > 1e-13 || math.Abs(upper+low) > 1e-13 {
			t.Fatalf("%v, swapped %v", c.Difference, swapped.Difference)
		}
		if !c.Difference.Contains(d) || lower < -1 || upper > 1 {
			t.Fatalf("%v", c.Difference)
		}
		o.Level = 0.95
		_, wideLower, wideUpper := limits(t, must(proportion.Compare(a, b, o)).Difference)
		if wideLower > lower || wideUpper < upper {
			t.Fatalf("(%v, %v) at a higher level than %v", wideLower, wideUpper, c.Difference)
		}
		if r, ok := c.Ratio.Value.Float64(); ok != (b.Count > 0) || ok && !nearlyContains(c.Ratio, r) {
			t.Fatalf("ratio %v", c.Ratio)
		}
		if c.Ratio.Upper.Defined() != (b.Count > 0) || !c.Ratio.Lower.Defined() {
			t.Fatalf("ratio %v", c.Ratio)
		}
	})
}

// nearlyContains allows for the last digits where a limit is the value.
func nearlyContains(e success.Estimate, v float64) bool {
	return e.Contains(v) || e.Contains(v*(1+1e-12)) || e.Contains(v*(1-1e-12))
}

// An interval on either side of a number needed is that of the difference, seen
// through 1/x.
func TestNumberNeededLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawShare(t, "first"), drawShare(t, "second")
		c := must[proportion.Comparison](t)(proportion.Compare(a, b, proportion.Options{}))
		_, lower, upper := limits(t, c.Difference)
		x := rapid.Float64Range(-1, 1).Draw(t, "difference")
		n := c.NumberNeeded
		in := func(r proportion.Ray, n float64) bool {
			from, some := r.From.Float64()
			to, ends := r.To.Float64()
			return some && n >= from && (!ends || n <= to)
		}
		held := x > 0 && in(n.Benefit, 1/x) || x < 0 && in(n.Harm, -1/x)
		edge := math.Min(math.Abs(x-lower), math.Abs(x-upper)) < 1e-12
		if x != 0 && !edge && held != (lower <= x && x <= upper) {
			t.Fatalf("%v of (%v, %v): %+v", x, lower, upper, n)
		}
	})
}

func drawStrata(t *rapid.T) []proportion.Stratum {
	n := rapid.IntRange(1, 6).Draw(t, "strata")
	strata := make([]proportion.Stratum, n)
	for i := range strata {
		strata[i] = proportion.Stratum{Name: fmt.Sprint(i), First: drawShare(t, "first"), Second: drawShare(t, "second")}
	}
	return strata
}

func close(a, b success.Figure, tolerance float64) bool {
	x, ok1 := a.Float64()
	y, ok2 := b.Float64()
	return ok1 == ok2 && math.Abs(x-y) <= tolerance*math.Max(1, math.Abs(x))
}

// Names and order of strata change nothing, and neither do strata without one
// of the sides; swapping the sides turns differences and ratios over.
func TestMantelHaenszelLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		strata := drawStrata(t)
		must := must[proportion.Pooled](t)
		p := must(proportion.MantelHaenszel(strata, proportion.Options{}))
		relabelled := slices.Clone(strata)
		slices.Reverse(relabelled)
		for i := range relabelled {
			relabelled[i].Name = "stratum " + relabelled[i].Name
		}
		relabelled = append(relabelled, proportion.Stratum{Name: "one side", First: share(3, 7)})
		q := must(proportion.MantelHaenszel(relabelled, proportion.Options{}))
		if q.Kept != p.Kept || q.Dropped != p.Dropped+1 {
			t.Fatalf("%d kept, %d dropped", q.Kept, q.Dropped)
		}
		swapped := slices.Clone(strata)
		for i := range swapped {
			swapped[i].First, swapped[i].Second = swapped[i].Second, swapped[i].First
		}
		s := must(proportion.MantelHaenszel(swapped, proportion.Options{}))
		for _, pair := range [][2]success.Figure{
			{p.Difference.Lower, q.Difference.Lower}, {p.Ratio.Upper, q.Ratio.Upper}, {p.Odds.Lower, q.Odds.Lower},
			{p.CMH.P, q.CMH.P}, {p.CMHCorrected.ChiSquare, q.CMHCorrected.ChiSquare}, {p.CMH.ChiSquare, s.CMH.ChiSquare},
			{p.BreslowDay.P, q.BreslowDay.P}, {p.Tarone.ChiSquare, q.Tarone.ChiSquare},
			{p.DifferenceStdErr, s.DifferenceStdErr}, {p.OddsLogStdErr, s.OddsLogStdErr}, {p.RatioLogStdErr, s.RatioLogStdErr},
		} {
			if !close(pair[0], pair[1], 1e-8) {
				t.Fatalf("%v and %v", pair[0], pair[1])
			}
		}
		a, b := value(p.Ratio), value(s.Ratio)
		if p.Ratio.Lower.Defined() && math.Abs(a*b-1) > 1e-9 {
			t.Fatalf("ratio %v, swapped %v", a, b)
		}
		if d := value(p.Difference); math.Abs(d+value(s.Difference)) > 1e-12 || !p.Difference.Contains(d) {
			t.Fatalf("difference %v, swapped %v", p.Difference, s.Difference)
		}
	})
}

func value(e success.Estimate) float64 {
	v, _ := e.Value.Float64()
	return v
}

// One stratum alone is compared as it stands.
func TestMantelHaenszelOfOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := proportion.Stratum{First: drawShare(t, "first"), Second: drawShare(t, "second")}
		p := must[proportion.Pooled](t)(proportion.MantelHaenszel([]proportion.Stratum{s}, proportion.Options{}))
		c := must[proportion.Comparison](t)(proportion.Compare(s.First, s.Second, proportion.Options{}))
		if !close(p.Difference.Value, c.Difference.Value, 1e-12) || p.Crude != c || p.CrudeKept != c {
			t.Fatalf("%+v, alone %+v", p, c)
		}
		if s.Second.Count > 0 && !close(p.Ratio.Value, c.Ratio.Value, 1e-12) {
			t.Fatalf("ratio %v, alone %v", p.Ratio, c.Ratio)
		}
		if p.BreslowDay.P.Defined() || len(p.Warnings) != 0 {
			t.Fatalf("%+v", p)
		}
	})
}

// Power, sample size and the smallest detectable difference answer each other.
func TestPowerLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := proportion.Study{
			First:  rapid.Float64Range(0.05, 0.95).Draw(t, "first"),
			Second: rapid.Float64Range(0.05, 0.95).Draw(t, "second"),
			Power:  rapid.Float64Range(0.5, 0.99).Draw(t, "power"),
			Level:  rapid.Float64Range(0.5, 0.99).Draw(t, "level"),
		}
		if math.Abs(s.First-s.Second) < 0.01 {
			t.Skip("no difference to find")
		}
		must := must[success.Figure](t)
		n, _ := must(proportion.SampleSize(s)).Float64()
		if n < 1 {
			t.Skip("one account is enough")
		}
		s.PerArm = n
		if p, ok := must(proportion.Power(s)).Float64(); !ok || math.Abs(p-s.Power) > 1e-9 {
			t.Fatalf("%v accounts have power %v, want %v", n, p, s.Power)
		}
		found, err := proportion.Detectable(s)
		side := found.Above
		if s.Second < s.First {
			side = found.Below
		}
		if v, ok := side.Float64(); err != nil || !ok || math.Abs(v-s.Second) > 1e-6 {
			t.Fatalf("%v finds %+v, want %v", n, found, s.Second)
		}
	})
}

// E-values are the same for a ratio and its reverse, and grow away from 1.
func TestEValueLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rapid.Float64Range(1, 50).Draw(t, "ratio")
		low := rapid.Float64Range(0.1, 1).Draw(t, "lower part") * r
		must := must[proportion.EValue](t)
		e := must(proportion.EValueOf(success.EstimateOf(r, low, 2*r)))
		back := must(proportion.EValueOf(success.EstimateOf(1/r, 1/(2*r), 1/low)))
		if r > 1 && (!close(e.Estimate, back.Estimate, 1e-9) || !close(e.Limit, back.Limit, 1e-9)) {
			t.Fatalf("%+v, reversed %+v", e, back)
		}
		estimate, _ := e.Estimate.Float64()
		limit, ok := e.Limit.Float64()
		if !ok || estimate < r || limit > estimate || limit < 1 || (limit == 1) != (low <= 1) {
			t.Fatalf("%+v of %v from %v", e, r, low)
		}
	})
}

// covered returns how often an interval holds the truth in 20,000 studies.
func covered(seed uint64, study func(*rand.Rand) bool) float64 {
	const studies = 20_000
	random := rand.New(rand.NewPCG(seed, 1))
	hits := 0
	for range studies {
		if study(random) {
			hits++
		}
	}
	return float64(hits) / studies
}

func binomial(random *rand.Rand, n int, p float64) proportion.Share {
	count := 0
	for range n {
		if random.Float64() < p {
			count++
		}
	}
	return share(count, n)
}

// 95 % intervals hold the truth in 93 to 97.5 % of repeated studies.
func TestCoverage(t *testing.T) {
	check := func(what string, got, most float64) {
		t.Helper()
		if got < 0.93 || got > most {
			t.Errorf("%s: %.4f", what, got)
		}
	}
	for _, n := range []int{50, 100} {
		check(fmt.Sprint("Wilson ", n), covered(uint64(n), func(r *rand.Rand) bool {
			e, _ := proportion.Wilson(binomial(r, n, 0.9), 0)
			return e.Contains(0.9)
		}), 0.975)
		for _, p := range [][2]float64{{0.8, 0.6}, {0.95, 0.90}} {
			check(fmt.Sprint("Newcombe ", n, p), covered(uint64(n), func(r *rand.Rand) bool {
				c, _ := proportion.Compare(binomial(r, n, p[0]), binomial(r, n, p[1]), proportion.Options{})
				return c.Difference.Contains(p[0] - p[1])
			}), 0.975)
		}
	}
	for _, n := range []int{10, 20} { // conservative in small arms
		check(fmt.Sprint("Newcombe ", n), covered(uint64(n), func(r *rand.Rand) bool {
			c, _ := proportion.Compare(binomial(r, n, 0.9), binomial(r, n, 0.7), proportion.Options{})
			return c.Difference.Contains(0.9 - 0.7)
		}), 1)
	}
}
