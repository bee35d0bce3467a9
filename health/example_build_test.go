package health_test

import (
	"fmt"

	"github.com/shopspring/decimal"
	"metrics.internal/success/health"
)

// simple is a scorecard of two measures: logins, for three quarters of the
// weight, are at 100 points with 20, the rating goes from 1 to 5.
func simple() health.Definition {
	return health.Definition{
		Version: "1",
		Groups: []health.Group{{Name: "All", Weight: dec("1"), Measures: []health.Measure{
			{Name: "logins", Weight: dec("3"), Curve: health.Curve{Kind: health.RatioToTarget, Target: dec("20")}},
			{Name: "rating", Weight: dec("1"), Curve: health.Curve{Kind: health.PiecewiseLinear, Knots: []health.Knot{
				{At: dec("1"), Points: dec("0")}, {At: dec("5"), Points: dec("100")},
			}}},
		}}},
		Bands: []health.Band{
			{Name: "Red", To: dec("50"), Cut: health.BandAbove},
			{Name: "Yellow", From: dec("50"), To: dec("75"), Cut: health.BandAbove},
			{Name: "Green", From: dec("75"), To: dec("100")},
		},
	}
}

// scored returns the score of inputs at the end of June under a definition.
func scored(d health.Definition, inputs ...health.Input) health.Result {
	card, err := health.New(d)
	if err != nil {
		fmt.Println(err)
		return health.Result{}
	}
	r, err := card.Score(health.Record{Inputs: inputs}, endOfJune)
	if err != nil {
		fmt.Println(err)
	}
	return r
}

// logins and rating are inputs of the end of June.
func logins(n float64) health.Input { return health.Number("logins", n, endOfJune) }
func rating(n float64) health.Input { return health.Number("rating", n, endOfJune) }

// alone returns a scorecard of nothing but the first measure of simple.
func alone(curve health.Curve, direction health.Direction) health.Definition {
	d := simple()
	d.Groups[0].Measures = d.Groups[0].Measures[:1]
	d.Groups[0].Measures[0].Curve, d.Groups[0].Measures[0].Direction = curve, direction
	return d
}

// Does one bad measure spoil the score? Logins are at 50 points, the rating is at 100.
func ExampleCombiner() {
	for _, combine := range []health.Combiner{health.NestedMean, health.WorstOf, health.BestOf} {
		d := simple()
		d.Combine = combine
		fmt.Println(combine, scored(d, logins(10), rating(5)).Computed)
	}
	// Output:
	// nested mean 62.5
	// worst of 50
	// best of 100
}

// Logins are at 100 points, and nobody has rated us.
func ExamplePolicy() {
	for _, missing := range []health.Policy{health.Exclude, health.Neutral, health.Worst, health.Required} {
		d := simple()
		d.Groups[0].Measures[1].Missing = missing
		r := scored(d, logins(20))
		fmt.Println(missing, r.Computed, r.Band, r.Coverage)
	}
	// Output:
	// exclude 100 Green 75%
	// neutral 87.5 Green 75%
	// worst 75 Green 75%
	// required 100 Unknown 75%
}

// The weight of a group is shared by its measures, however many they are.
func ExampleGroup() {
	d := simple()
	both := d.Groups[0].Measures
	d.Groups = []health.Group{
		{Name: "Product", Weight: dec("1"), Measures: both[:1]},
		{Name: "Relationship", Weight: dec("1"), Measures: both[1:]},
	}
	fmt.Println(scored(d, logins(10), rating(5)).Computed)
	d.Groups[0].Weight = dec("4")
	fmt.Println(scored(d, logins(10), rating(5)).Computed)
	// Output:
	// 75
	// 60
}

// An input is fresh for 30 days, counts as stale up to 60, and is missing then.
func ExampleMeasure() {
	d := simple()
	d.Groups[0].Measures[0].StaleAfter, d.Groups[0].Measures[0].DropAfter = 30, 60
	card, err := health.New(d)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, days := range []int{30, 31, 61} {
		e, err := card.Explain(health.Record{Inputs: []health.Input{logins(10)}}, endOfJune.AddDays(days))
		fmt.Println(days, "days:", e.Lines[0].State, e.Computed, err)
	}
	// Output:
	// 30 days: present 50 <nil>
	// 31 days: stale 50 <nil>
	// 61 days: missing n/a <nil>
}

// Straight from corner to corner, and flat beyond the last.
func ExampleKnot() {
	curve := health.Curve{Kind: health.PiecewiseLinear, Knots: []health.Knot{
		{At: dec("0"), Points: dec("0")}, {At: dec("10"), Points: dec("80")}, {At: dec("20"), Points: dec("100")},
	}}
	for _, n := range []float64{5, 10, 15, 99} {
		fmt.Println(n, "logins:", scored(alone(curve, health.HigherIsBetter), logins(n)).Computed)
	}
	// Output:
	// 5 logins: 40
	// 10 logins: 80
	// 15 logins: 90
	// 99 logins: 100
}

func ExampleCurve() {
	curve := health.Curve{Kind: health.RatioToTarget, Target: dec("40")}
	fmt.Println(scored(alone(curve, health.HigherIsBetter), logins(10)).Computed)
	curve.Target = decimal.Decimal{} // every input has to bring its own
	in := logins(10)
	in.Target = dec("20")
	fmt.Println(scored(alone(curve, health.HigherIsBetter), in).Computed)
	// Output:
	// 25
	// 50
}

// The last login was 60 days ago. A half-life never quite forgets it.
func ExampleCurveKind() {
	for _, curve := range []health.Curve{
		{Kind: health.HalfLife, HalfLife: dec("30")},
		{Kind: health.LinearDecay, Span: dec("60")},
	} {
		fmt.Println(curve.Kind, scored(alone(curve, health.LowerIsBetter), logins(60)).Computed)
	}
	// Output:
	// half-life 25
	// linear decay 0
}

// With a target of 2, are 4 twice as good as asked for, or half as good?
func ExampleDirection() {
	curve := health.Curve{Kind: health.RatioToTarget, Target: dec("2")}
	for _, direction := range []health.Direction{health.HigherIsBetter, health.LowerIsBetter} {
		fmt.Println(direction, scored(alone(curve, direction), logins(4)).Computed)
	}
	// Output:
	// higher is better 100
	// lower is better 50
}

// With 15 of 20 logins an account is at 75 points of health, or 25 of risk.
func ExampleScale() {
	for _, scale := range []health.Scale{health.Health, health.Risk} {
		d := alone(health.Curve{Kind: health.RatioToTarget, Target: dec("20")}, health.HigherIsBetter)
		d.Scale, d.Groups[0].Measures[0].Scale = scale, scale
		fmt.Println(scale, scored(d, logins(15)).Computed)
	}
	// Output:
	// health 75
	// risk 25
}

func ExampleBand() {
	d := simple()
	d.Bands = []health.Band{
		{Name: "At risk", To: dec("60"), Cut: health.BandAbove},
		{Name: "Fine", From: dec("60"), To: dec("100")},
	}
	fmt.Println(scored(d, logins(10), rating(4)).Band, scored(d, logins(10), rating(5)).Band)
	// Output: At risk Fine
}

// In which band is a score of 50, where Red ends and Yellow begins?
func ExampleCutOwner() {
	for _, owner := range []health.CutOwner{health.BandBelow, health.BandAbove} {
		d := simple()
		d.Bands[0].Cut = owner
		fmt.Println("of the", owner, scored(d, logins(10), rating(3)).Band)
	}
	// Output:
	// of the band below Red
	// of the band above Yellow
}

// However much an account logs in, it is red when it rates us below 3.
func ExampleException() {
	d := simple()
	d.Exceptions = []health.Exception{{Name: "unhappy", Measure: "rating", When: "Red", AtMost: "Red"}}
	r := scored(d, logins(20), rating(2))
	fmt.Println(r.Computed, "is ruled", r.Ruled, r.Band)
	// Output: 81.25 is ruled 49.999999 Red
}

// With a margin of 5, 72 is still Green, though Green ends at 75; 69 is not.
func ExampleHysteresis() {
	d := simple()
	d.Hysteresis = health.Hysteresis{Margin: dec("5")}
	card, err := health.New(d)
	if err != nil {
		fmt.Println(err)
		return
	}
	var state health.State
	for i, points := range []string{"80", "72", "69"} {
		state, err = card.Next(state, health.Reading{On: endOfJune.AddDays(i), Score: at(points)})
		fmt.Println(points, state.Band, err)
	}
	// Output:
	// 80 Green <nil>
	// 72 Green <nil>
	// 69 Yellow <nil>
}
