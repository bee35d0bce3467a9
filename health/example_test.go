package health_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health"
)

// definition is a scorecard as it may stand in a file: how much the product is
// used, and how well we get along.
const definition = `{
	"version": "2025-01",
	"groups": [
		{"name": "Product", "weight": 60, "measures": [
			{"name": "logins", "weight": 60, "stale_after": 30, "drop_after": 60,
				"curve": {"kind": "ratio to target", "target": 20}},
			{"name": "features", "weight": 40,
				"curve": {"kind": "steps", "knots": [{"at": 0, "points": 0}, {"at": 3, "points": 50}, {"at": 6, "points": 100}]}}
		]},
		{"name": "Relationship", "weight": 40, "measures": [
			{"name": "sentiment", "weight": 1,
				"curve": {"kind": "piecewise linear", "knots": [{"at": 1, "points": 0}, {"at": 5, "points": 100}]}}
		]}
	],
	"bands": [
		{"name": "Red", "from": 0, "to": 50, "cut": "band above"},
		{"name": "Yellow", "from": 50, "to": 75, "cut": "band above"},
		{"name": "Green", "from": 75, "to": 100}
	],
	"min_coverage": 0.5,
	"exceptions": [{"name": "unhappy", "measure": "sentiment", "when": "Red", "at_most": "Red", "severe": true}],
	"hysteresis": {"margin": 3, "readings": 2}
}`

// scorecard is what definition makes.
func scorecard() *health.Scorecard {
	d, err := health.ParseDefinition([]byte(definition))
	if err != nil {
		fmt.Println(err)
	}
	card, err := health.New(d)
	if err != nil {
		fmt.Println(err)
	}
	return card
}

// fernhill logs in 16 times and rates us 4; its features are not known.
func fernhill() health.Record {
	on := success.MustDate("2025-06-20")
	return health.Record{Account: "Fernhill", Inputs: []health.Input{
		health.Value("logins", decimal.NewFromInt(16), on),
		health.Value("sentiment", decimal.NewFromInt(4), on),
	}}
}

var endOfJune = success.MustDate("2025-06-30")

// Both known measures are at 80 and 75 points. With no features at all the score
// would be 58.8, with all of them 82.8.
func Example() {
	card := scorecard()
	r, err := card.Score(fernhill(), endOfJune)
	fmt.Println(r.Computed, r.Band, err)
	fmt.Println("from", r.Lower, "to", r.Upper, "at", r.Coverage, "certain:", r.Certain)
	// Output:
	// 78 Green <nil>
	// from 58.8 to 82.8 at 76% certain: false
}

func ExampleNew() {
	_, err := health.New(health.Definition{
		Version: "1",
		Groups: []health.Group{{Name: "Product", Weight: decimal.NewFromInt(-1), Measures: []health.Measure{
			{Name: "logins", Weight: decimal.NewFromInt(1), Curve: health.Curve{Kind: health.HalfLife}},
		}}},
		Bands: []health.Band{
			{Name: "Red", To: decimal.NewFromInt(50), Cut: health.BandAbove},
			{Name: "Green", From: decimal.NewFromInt(60), To: decimal.NewFromInt(100)},
		},
	})
	fmt.Println(err)
	fmt.Println(errors.Is(err, success.ErrNegative))
	// Output:
	// 4 faults
	// 	band[1].From: 60 leaves a gap after 50
	// 	group[0].Weight: -1 is negative
	// 	measure[0].Direction: higher is better is not the direction of an age
	// 	measure[0].Curve.HalfLife: is missing
	// true
}

func ExampleParseDefinition() {
	d, err := health.ParseDefinition([]byte(definition))
	fmt.Println(d.Version, len(d.Groups), d.Groups[0].Measures[0].Curve.Kind, err)
	_, err = health.ParseDefinition([]byte(`{"verson": "1"}`))
	fmt.Println(err)
	// Output:
	// 2025-01 2 ratio to target <nil>
	// health: definition: json: unknown field "verson"
}

func ExampleDefinition() {
	d := health.Definition{
		Version: "1",
		Scale:   health.Risk, // high is bad
		Combine: health.WorstOf,
		Groups: []health.Group{{Name: "All", Weight: decimal.NewFromInt(1), Measures: []health.Measure{{
			Name: "days overdue", Weight: decimal.NewFromInt(1), Scale: health.Risk, Direction: health.LowerIsBetter,
			Curve: health.Curve{Kind: health.LinearDecay, Span: decimal.NewFromInt(60)},
		}}}},
		Bands: []health.Band{
			{Name: "Low", To: decimal.NewFromInt(40), Cut: health.BandBelow},
			{Name: "High", From: decimal.NewFromInt(40), To: decimal.NewFromInt(100)},
		},
	}
	card, err := health.New(d)
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := card.Score(health.Record{Inputs: []health.Input{health.Number("days overdue", 24, success.Date{})}}, endOfJune)
	fmt.Println(r.Computed, r.Scale, r.Band, err)
	// Output: 40 risk Low <nil>
}

func ExampleScorecard() {
	card := scorecard()
	fmt.Println(card.Version(), card.Scale(), card.Bands(), card.Measures())
	// Output: 2025-01 health [Red Yellow Green] [logins features sentiment]
}

func ExampleScorecard_Version() {
	fmt.Println(scorecard().Version())
	// Output: 2025-01
}

func ExampleScorecard_Scale() {
	fmt.Println(scorecard().Scale())
	// Output: health
}

func ExampleScorecard_Bands() {
	fmt.Println(scorecard().Bands())
	// Output: [Red Yellow Green]
}

func ExampleScorecard_Measures() {
	fmt.Println(scorecard().Measures())
	// Output: [logins features sentiment]
}

// The cut at 75 belongs to the band above.
func ExampleScorecard_Band() {
	card := scorecard()
	fmt.Println(card.Band(at("74.9")), card.Band(at("75")), card.Band(health.Score{}))
	// Output: Yellow Green Unknown
}

// An input of 61 days is too old for logins: only sentiment is known, 40 % of the
// weight.
func ExampleScorecard_Score() {
	r, err := scorecard().Score(fernhill(), success.MustDate("2025-08-20"))
	fmt.Println(r.Computed, r.Coverage, r.Band, err)
	// Output: 75 40% Unknown <nil>
}

func ExampleScorecard_Explain() {
	e, err := scorecard().Explain(fernhill(), endOfJune)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range e.Lines {
		fmt.Println(l.Group, l.Name, l.State, l.Points, "adds", l.Amount, "pulls", l.Pull)
	}
	fmt.Println(e.Effective)
	// Output:
	// Product logins present 80 adds 48 pulls 12
	// Product features missing n/a adds 0 pulls 0
	// Relationship sentiment present 75 adds 30 pulls 10
	// 78
}

func ExampleExplanation_Reasons() {
	e, err := scorecard().Explain(fernhill(), endOfJune)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range e.Reasons() {
		fmt.Println(l.Name, l.Pull)
	}
	// Output:
	// logins 12
	// sentiment 10
}

// The rating falls from 4 to 2, 25 points, in the red: an exception holds the
// whole score down.
func ExampleExplanation_Since() {
	card := scorecard()
	june, _ := card.Explain(fernhill(), endOfJune)
	r := fernhill()
	r.Inputs[1] = health.Value("sentiment", decimal.NewFromInt(2), endOfJune)
	july, _ := card.Explain(r, endOfJune.AddDays(1))
	changes, ok := july.Since(june)
	fmt.Println(june.Effective, "to", july.Effective, ok)
	for _, c := range changes {
		fmt.Println(c.Name(), c.Amount)
	}
	// Output:
	// 78 to 49.999999 true
	// sentiment -20
	// unhappy -8.000001
}

func ExampleChange_Name() {
	fmt.Println(health.Change{To: health.Line{Name: "sentiment"}}.Name())
	// Output: sentiment
}

func ExampleInput() {
	on := success.MustDate("2025-06-20")
	for _, in := range []health.Input{
		{Measure: "logins", State: health.Present, Value: decimal.NewFromInt(0), On: on}, // zero is a value
		{Measure: "logins", State: health.Missing},
		{Measure: "logins", State: health.NotApplicable},
	} {
		r, err := scorecard().Score(health.Record{Inputs: []health.Input{in, health.Number("sentiment", 5, on)}}, endOfJune)
		fmt.Println(in.State, r.Computed, r.Coverage, err)
	}
	// Output:
	// present 40 76% <nil>
	// missing 100 40% <nil>
	// not applicable 100 40% <nil>
}

func ExampleValue() {
	in := health.Value("logins", decimal.RequireFromString("12.5"), endOfJune)
	fmt.Println(in.Measure, in.State, in.Value, in.On)
	// Output: logins present 12.5 2025-06-30
}

// What is no number is invalid, and counts as missing.
func ExampleNumber() {
	ratio := func(a, b float64) float64 { return a / b }
	fmt.Println(health.Number("logins", ratio(5, 4), endOfJune).Value)
	fmt.Println(health.Number("logins", ratio(0, 0), endOfJune).State)
	// Output:
	// 1.25
	// invalid
}

func ExampleOverride() {
	r := fernhill()
	r.Override = &health.Override{
		Score: decimal.NewFromInt(30), Author: "Ada", Reason: "sponsor has left",
		From: endOfJune, Expires: endOfJune.AddDays(14),
	}
	card := scorecard()
	for _, day := range []success.Date{endOfJune, endOfJune.AddDays(13), endOfJune.AddDays(14)} {
		got, err := card.Score(r, day)
		fmt.Println(day, got.Computed, got.Effective, got.Band, err)
	}
	// Output:
	// 2025-06-30 78 30 Red <nil>
	// 2025-07-13 78 30 Red <nil>
	// 2025-07-14 78 78 Green <nil>
}

func ExampleOverride_Validate() {
	o := health.Override{Score: decimal.NewFromInt(30), Author: "Ada", Reason: "sponsor has left"}
	fmt.Println(o.Validate())
	// Output: override.Expires: is missing
}

// Two accounts in columns of millionths; the second has no rating.
func ExampleScorecard_Columns() {
	card := scorecard()
	scores, err := card.Columns([]health.Column{
		{Measure: "logins", Values: []int64{16e6, 8e6}, On: []success.Date{endOfJune, endOfJune}},
		{Measure: "sentiment", Values: []int64{4e6, 0}, States: []health.InputState{health.Present, health.Missing}},
	}, endOfJune)
	if err != nil {
		fmt.Println(err)
		return
	}
	bands := append([]string{health.Unknown}, card.Bands()...)
	for i := range scores.Computed {
		fmt.Println(scores.Computed[i], scores.Lower[i], scores.Upper[i], scores.Coverage[i], bands[scores.Bands[i]])
	}
	// Output:
	// 78 58.8 82.8 76% Green
	// 40 14.4 78.4 36% Unknown
}

// With a margin of 3 points and two readings in a row, one bad week is no news.
func ExampleScorecard_Next() {
	card := scorecard()
	var state health.State
	for i, points := range []string{"80", "70", "74", "70", "71"} {
		day := endOfJune.AddDays(7 * i)
		state, _ = card.Next(state, health.Reading{On: day, Score: at(points)})
		fmt.Println(points, state.Band, state.Outside)
	}
	// Output:
	// 80 Green 0
	// 70 Green 1
	// 74 Green 0
	// 70 Green 1
	// 71 Yellow 0
}

func ExampleResult_Reading() {
	card := scorecard()
	r, err := card.Score(fernhill(), endOfJune)
	if err != nil {
		fmt.Println(err)
		return
	}
	state, err := card.Next(health.State{}, r.Reading())
	fmt.Println(state.Band, state.Since, err)
	// Output: Green 2025-06-30 <nil>
}

func ExampleScorecard_RollUp() {
	children := []health.Child{
		{Account: "Fernhill UK", Score: at("80"), Revenue: decimal.NewFromInt(9000)},
		{Account: "Fernhill US", Score: at("40"), Revenue: decimal.NewFromInt(1000)},
	}
	for _, by := range []health.Weighting{health.ByCount, health.ByRevenue} {
		f, err := scorecard().RollUp(children, by)
		fmt.Println("by", by, f.Score, f.Band, err)
	}
	// Output:
	// by count 60 Yellow <nil>
	// by revenue 76 Green <nil>
}

func ExampleResult_Child() {
	card := scorecard()
	r, _ := card.Score(fernhill(), endOfJune)
	f, err := card.RollUp([]health.Child{r.Child(decimal.NewFromInt(9000))}, health.ByRevenue)
	fmt.Println(f.Score, f.Coverage, err)
	// Output: 78 100% <nil>
}

func ExampleScorecard_RevenueAtRisk() {
	at, err := scorecard().RevenueAtRisk([]health.Stake{
		{Account: "Fernhill", Band: "Green", Revenue: decimal.RequireFromString("9000.50")},
		{Account: "Marlowe", Band: "Red", Revenue: decimal.RequireFromString("1200.25")},
		{Account: "Oakvale", Band: health.Unknown, Revenue: decimal.RequireFromString("300")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range at {
		fmt.Println(e.Band, e.Accounts, e.Revenue)
	}
	// Output:
	// Red 1 1200.25
	// Yellow 0 0
	// Green 1 9000.5
	// Unknown 1 300
}

// Down 9 points in four weeks, a third of a point a day.
func ExampleNewTrend() {
	var readings []health.Reading
	for i, points := range []string{"80", "78", "74", "71"} {
		readings = append(readings, health.Reading{On: endOfJune.AddDays(9 * i), Score: at(points)})
	}
	t, err := health.NewTrend(readings, decimal.NewFromInt(2))
	fmt.Println(t.Move, t.Change, t.Slope, err)
	// Output: falling -9 -0.344444 <nil>
}

func ExamplePoints() {
	p := health.Points(62_500_000)
	text, _ := json.Marshal(p)
	fmt.Println(p, p.Decimal(), p.Float64(), string(text))
	// Output: 62.5 62.5 62.5 62.5
}

func ExampleScore() {
	var unknown health.Score
	text, _ := json.Marshal(unknown)
	fmt.Println(unknown, unknown.Defined(), string(text))
	// Output: n/a false null
}

func ExampleScoreOf() {
	s, ok := health.ScoreOf(40_122_807)
	rounded, _ := s.Round(1)
	fmt.Println(s, rounded, ok)
	_, ok = health.ScoreOf(100_000_001)
	fmt.Println(ok)
	// Output:
	// 40.122807 40.1 true
	// false
}

func ExampleCoverage() {
	r, _ := scorecard().Score(fernhill(), endOfJune)
	share, ok := r.Coverage.Decimal()
	text, _ := json.Marshal(r.Coverage)
	fmt.Println(r.Coverage, share, ok, string(text))
	// Output: 76% 0.76 true 0.76
}

func ExampleResult() {
	r, _ := scorecard().Score(fernhill(), endOfJune)
	text, err := json.Marshal(r)
	fmt.Println(string(text), err)
	// Output: {"account":"Fernhill","as_of":"2025-06-30","version":"2025-01","scale":"health","computed":78,"ruled":78,"effective":78,"lower":58.8,"upper":82.8,"coverage":0.76,"band":"Green","known":true,"certain":false,"severe":false,"overridden":false} <nil>
}
