package health_test

import (
	"slices"
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health"
	"pgregory.net/rapid"
)

// drawDefinition draws scorecards of every kind: a few groups and measures,
// named g0, g1, … and m0, m1, …
func drawDefinition(t *rapid.T, combiners ...health.Combiner) health.Definition {
	d := health.Definition{Version: "1", Combine: rapid.SampledFrom(combiners).Draw(t, "combine")}
	if d.Combine != health.Deductions {
		d.Scale = rapid.SampledFrom([]health.Scale{health.Health, health.Risk}).Draw(t, "scale")
	}
	summed := d.Combine == health.CappedPoints || d.Combine == health.Deductions
	m := 0
	for g := range rapid.IntRange(1, 4).Draw(t, "groups") {
		group := health.Group{Name: "g" + strconv.Itoa(g), Weight: drawWeight(t, g > 0)}
		if summed {
			group.Weight = dec("0")
			group.Cap = rapid.SampledFrom([]decimal.Decimal{{}, dec("10"), dec("33.333333"), dec("100")}).Draw(t, "cap")
		}
		for i := range rapid.IntRange(1, 4).Draw(t, "measures") {
			measure := drawMeasure(t, d.Scale)
			measure.Name, measure.Weight = "m"+strconv.Itoa(m), drawWeight(t, i > 0)
			if summed {
				measure.Weight = decimal.Min(measure.Weight, dec("100"))
			}
			group.Measures = append(group.Measures, measure)
			m++
		}
		d.Groups = append(d.Groups, group)
	}
	d.Bands = drawBands(t)
	d.MinCoverage = rapid.SampledFrom([]decimal.Decimal{{}, dec("0.5"), dec("0.8"), dec("1")}).Draw(t, "min coverage")
	d.Exceptions = drawExceptions(t, &d)
	return d
}

func drawWeight(t *rapid.T, mayBeZero bool) decimal.Decimal {
	weights := []string{"1", "2", "60", "33.333333", "66.666667", "0.15", "0.000001", "999"}
	if mayBeZero {
		weights = append(weights, "0")
	}
	return dec(rapid.SampledFrom(weights).Draw(t, "weight"))
}

func drawMeasure(t *rapid.T, scale health.Scale) health.Measure {
	m := health.Measure{Scale: scale, Missing: rapid.SampledFrom([]health.Policy{health.Exclude, health.Neutral, health.Worst, health.Required}).Draw(t, "missing")}
	m.Direction = rapid.SampledFrom([]health.Direction{health.HigherIsBetter, health.LowerIsBetter}).Draw(t, "direction")
	if rapid.Bool().Draw(t, "ages") {
		m.StaleAfter, m.DropAfter = 30, 90
	}
	c := &m.Curve
	c.Kind = rapid.SampledFrom([]health.CurveKind{
		health.PiecewiseLinear, health.Steps, health.RatioToTarget, health.OwnGrowth, health.OwnPercentile, health.HalfLife, health.LinearDecay,
	}).Draw(t, "kind")
	switch c.Kind {
	case health.HalfLife:
		m.Direction, c.HalfLife = health.LowerIsBetter, dec(rapid.SampledFrom([]string{"30", "7", "0.5", "0.000001"}).Draw(t, "half-life"))
	case health.LinearDecay:
		m.Direction, c.Span = health.LowerIsBetter, dec(rapid.SampledFrom([]string{"90", "7", "0.3"}).Draw(t, "span"))
	case health.RatioToTarget:
		c.Target = dec(rapid.SampledFrom([]string{"0", "7", "50", "0.000003"}).Draw(t, "target"))
	case health.OwnPercentile:
		c.MinHistory = rapid.IntRange(0, 3).Draw(t, "min history")
	case health.OwnGrowth:
		c.MinHistory = rapid.IntRange(0, 3).Draw(t, "min history")
		c.Knots = drawKnots(t, []string{"-1", "-0.5", "-0.333333", "0", "0.25", "1", "100"}, (m.Direction == health.HigherIsBetter) == (scale == health.Health))
	default:
		c.Knots = drawKnots(t, []string{"-1000000000", "-3", "0", "0.000001", "7", "30", "100", "8999999999999"}, (m.Direction == health.HigherIsBetter) == (scale == health.Health))
	}
	return m
}

func drawKnots(t *rapid.T, places []string, rising bool) (knots []health.Knot) {
	n := rapid.IntRange(2, 4).Draw(t, "knots")
	from := rapid.IntRange(0, len(places)-n).Draw(t, "from")
	points := rapid.SliceOfN(rapid.SampledFrom([]string{"0", "100", "50", "33.333333", "0.000001", "75"}), n, n).Draw(t, "points")
	slices.SortFunc(points, func(a, b string) int { return dec(a).Cmp(dec(b)) })
	if !rising {
		slices.Reverse(points)
	}
	for i := range n {
		knots = append(knots, health.Knot{At: dec(places[from+i]), Points: dec(points[i])})
	}
	return knots
}

func drawBands(t *rapid.T) []health.Band {
	d := bands("50", "75")
	for i := range 2 {
		d[i].Cut = rapid.SampledFrom([]health.CutOwner{health.BandAbove, health.BandBelow}).Draw(t, "cut")
	}
	return d
}

func drawExceptions(t *rapid.T, d *health.Definition) (all []health.Exception) {
	worse := []string{"Red", "Yellow"}
	if d.Scale == health.Risk {
		worse = []string{"Green", "Yellow"}
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "exceptions") {
		all = append(all, health.Exception{
			Name: "e" + strconv.Itoa(i), Measure: "m" + strconv.Itoa(i%len(d.Groups[0].Measures)), Severe: rapid.Bool().Draw(t, "severe"),
			When: rapid.SampledFrom(worse).Draw(t, "when"), AtMost: rapid.SampledFrom(worse).Draw(t, "at most"),
		})
	}
	return all
}

// drawInputs draws an input for every measure of a definition, in its order.
func drawInputs(t *rapid.T, d *health.Definition) (inputs []health.Input) {
	for _, g := range d.Groups {
		for _, m := range g.Measures {
			inputs = append(inputs, drawInput(t, m.Name))
		}
	}
	return inputs
}

func drawInput(t *rapid.T, name string) health.Input {
	in := health.Input{Measure: name, Value: drawValue(t, "value"), State: rapid.SampledFrom([]health.InputState{
		health.Present, health.Missing, health.Present, health.Stale, health.NotApplicable, health.NotYetDue, health.Invalid, health.Present, health.Present,
	}).Draw(t, "state")}
	in.On = today.AddDays(-rapid.SampledFrom([]int{0, 30, 31, 90, 91, 5}).Draw(t, "age"))
	in.Target = dec(rapid.SampledFrom([]string{"0", "3", "0.000001"}).Draw(t, "own target"))
	for range rapid.IntRange(0, 4).Draw(t, "readings") {
		in.History = append(in.History, drawValue(t, "reading"))
	}
	return in
}

func drawValue(t *rapid.T, label string) decimal.Decimal {
	return rapid.OneOf(
		rapid.Map(rapid.SampledFrom([]string{"0", "50", "100", "75", "-1", "0.000001", "49.999999", "30", "8999999999999.999999", "-8999999999999.999999"}), dec),
		rapid.Map(rapid.Int64Range(-10e6, 150e6), func(n int64) decimal.Decimal { return decimal.New(n, -6) }),
		rapid.Map(rapid.Int64Range(0, 100), decimal.NewFromInt),
	).Draw(t, label)
}

func everyCombiner() []health.Combiner {
	return []health.Combiner{health.NestedMean, health.FlatMean, health.WorstOf, health.BestOf, health.AnyPoor, health.CappedPoints, health.Deductions}
}

// drawn is a drawn scorecard with inputs for it.
func drawn(t *rapid.T, combiners ...health.Combiner) (health.Definition, *health.Scorecard, []health.Input) {
	d := drawDefinition(t, combiners...)
	card, err := health.New(d)
	if err != nil {
		t.Fatal(err)
	}
	return d, card, drawInputs(t, &d)
}

// result scores inputs.
func result(t *rapid.T, card *health.Scorecard, inputs []health.Input) health.Result {
	r, err := card.Score(health.Record{Account: "A", Inputs: inputs}, today)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var noDay success.Date
