package proportion_test

import (
	"math"
	"slices"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/cohort/proportion"
)

func share(count, total int) proportion.Share { return proportion.Share{Count: count, Total: total} }

// printed compares an interval with one printed to so many decimal places.
func printed(t *testing.T, what string, e success.Estimate, lower, upper float64, places int) {
	t.Helper()
	low, ok1 := e.Lower.Float64()
	high, ok2 := e.Upper.Float64()
	half := 0.501 * math.Pow10(-places)
	if !ok1 || !ok2 || math.Abs(low-lower) > half || math.Abs(high-upper) > half {
		t.Errorf("%s: got %v, want (%v, %v)", what, e, lower, upper)
	}
}

func compare(t *testing.T, a, b proportion.Share, o proportion.Options) proportion.Comparison {
	t.Helper()
	c, err := proportion.Compare(a, b, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Newcombe (1998), table II, method 10.
func TestP1(t *testing.T) { // P1
	for _, c := range []struct {
		a, b         proportion.Share
		lower, upper float64
	}{
		{share(56, 70), share(48, 80), 0.0524, 0.3339},
		{share(9, 10), share(3, 10), 0.1705, 0.8090},
		{share(6, 7), share(2, 7), 0.0582, 0.8062},
		{share(5, 56), share(0, 29), -0.0381, 0.1926},
		{share(0, 10), share(0, 20), -0.1611, 0.2775},
		{share(0, 10), share(0, 10), -0.2775, 0.2775},
		{share(10, 10), share(0, 20), 0.6791, 1},
		{share(10, 10), share(0, 10), 0.6075, 1},
	} {
		printed(t, "Newcombe", compare(t, c.a, c.b, proportion.Options{}).Difference, c.lower, c.upper, 4)
	}
}

// Newcombe (1998), table II, method 6 with Miettinen and Nurminen's variance.
func TestP2(t *testing.T) { // P2
	for _, c := range []struct {
		a, b         proportion.Share
		lower, upper float64
	}{
		{share(56, 70), share(48, 80), 0.0528, 0.3382},
		{share(9, 10), share(3, 10), 0.1700, 0.8406},
		{share(10, 10), share(0, 20), 0.7156, 1},
		{share(5, 56), share(0, 29), -0.0326, 0.1933},
	} {
		r := compare(t, c.a, c.b, proportion.Options{Difference: proportion.MiettinenNurminen})
		printed(t, "Miettinen–Nurminen", r.Difference, c.lower, c.upper, 4)
	}
}

// Newcombe, Two-sided confidence intervals for the single proportion (1998),
// table I, method 3; the last two have more digits.
func TestP3(t *testing.T) { // P3
	for _, c := range []struct {
		s            proportion.Share
		lower, upper float64
		places       int
	}{
		{share(15, 148), 0.0624, 0.1605, 4}, {share(0, 20), 0, 0.1611, 4}, {share(1, 29), 0.0061, 0.1718, 4},
		{share(0, 1), 0, 0.793451, 6}, {share(5, 10), 0.236593, 0.763407, 6},
	} {
		e, err := proportion.Wilson(c.s, 0)
		if err != nil {
			t.Fatal(err)
		}
		printed(t, "Wilson", e, c.lower, c.upper, c.places)
	}
}

// Charig and others (1986), treatments of small and large kidney stones.
func TestP4(t *testing.T) { // P4
	p, err := proportion.MantelHaenszel([]proportion.Stratum{
		{Name: "small", First: share(81, 87), Second: share(234, 270)},
		{Name: "large", First: share(192, 263), Second: share(55, 80)},
	}, proportion.Options{})
	if err != nil {
		t.Fatal(err)
	}
	first, _ := p.Crude.First.Value.Float64()
	second, _ := p.Crude.Second.Value.Float64()
	if math.Abs(first-0.780) > 0.0005 || math.Abs(second-0.826) > 0.0005 {
		t.Errorf("crude %v and %v", first, second)
	}
	d, _ := p.Difference.Value.Float64()
	if math.Abs(d-0.0538) > 0.00005 {
		t.Errorf("difference %v", d)
	}
	printed(t, "difference", p.Difference, -0.0119, 0.1196, 4)
	if !slices.Contains(p.Warnings, proportion.ErrReversed) {
		t.Error("no warning that the crude difference points the other way")
	}
}

// Altman (1998), and the worked example of the CONSORT statement.
func TestP5(t *testing.T) { // P5
	n := proportion.NumberNeededOf(success.EstimateOf(0.10, -0.05, 0.25))
	check := func(what string, got success.Figure, want float64, places int) {
		t.Helper()
		if v, ok := got.Float64(); !ok || math.Abs(v-want) > 0.501*math.Pow10(-places) {
			t.Errorf("%s: got %v, want %v", what, got, want)
		}
	}
	check("number needed", n.Value, 10, 6)
	check("benefit", n.Benefit.From, 4, 6)
	check("harm", n.Harm.From, 20, 6)
	if n.Benefit.To.Defined() || n.Harm.To.Defined() {
		t.Errorf("rays with an end: %+v", n)
	}
	n = proportion.NumberNeededOf(success.EstimateOf(0.166, 0.009, 0.322))
	check("number needed", n.Value, 6.0, 1)
	check("benefit from", n.Benefit.From, 3.1, 1)
	check("benefit to", n.Benefit.To, 111.1, 1)
	if n.Harm.From.Defined() || n.Harm.To.Defined() {
		t.Errorf("a ray of harm: %+v", n.Harm)
	}
}

// VanderWeele and Ding (2017).
func TestP6(t *testing.T) { // P6
	e, err := proportion.EValueOf(success.EstimateOf(10.73, 8.02, 14.36))
	if err != nil {
		t.Fatal(err)
	}
	estimate, _ := e.Estimate.Float64()
	limit, _ := e.Limit.Float64()
	if math.Abs(estimate-20.94777) > 5e-6 || math.Abs(limit-15.52336) > 5e-6 {
		t.Errorf("%v and %v", estimate, limit)
	}
	e, err = proportion.EValueOf(success.Estimate{Value: success.FigureOf(1.8)})
	if v, ok := e.Estimate.Float64(); err != nil || !ok || math.Abs(v-3) > 1e-12 || e.Limit.Defined() {
		t.Errorf("%+v, %v", e, err)
	}
}

// R's help page of power.prop.test.
func TestP7(t *testing.T) { // P7
	n, err := proportion.SampleSize(proportion.Study{First: 0.5, Second: 0.75, Power: 0.9})
	if v, ok := n.Float64(); err != nil || !ok || math.Abs(v-76.70693) > 5e-6 {
		t.Errorf("%v, %v", n, err)
	}
}

// The numbers needed of the reference file are the reciprocals of the
// differences and of the limits, which are checked elsewhere.
func TestGoldenNumberNeeded(t *testing.T) {
	cases := readReference(t).NNT.Cases
	if len(cases) == 0 {
		t.Fatal("no cases")
	}
	for _, c := range cases {
		r := compare(t, share(c.X1, c.N1), share(c.X2, c.N2), proportion.Options{})
		d := float64(c.X1)/float64(c.N1) - float64(c.X2)/float64(c.N2)
		v, ok := r.NumberNeeded.Value.Float64()
		if ok != (d != 0) || ok && math.Abs(v-1/d) > 1e-9*math.Abs(v) {
			t.Errorf("%+v: %v", c, r.NumberNeeded)
		}
		upper, _ := r.Difference.Upper.Float64()
		if from, ok := r.NumberNeeded.Benefit.From.Float64(); ok != (upper > 0) || ok && math.Abs(from-1/upper) > 1e-9*from {
			t.Errorf("%+v: %v", c, r.NumberNeeded)
		}
	}
}
