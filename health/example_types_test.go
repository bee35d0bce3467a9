package health_test

import (
	"fmt"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health"
)

func ExamplePoints_Decimal() {
	fmt.Println(health.Points(62_500_000).Decimal().Add(decimal.NewFromInt(1)))
	// Output: 63.5
}

func ExamplePoints_Float64() {
	fmt.Println(health.Points(62_500_000).Float64() / 2)
	// Output: 31.25
}

func ExampleScore_Defined() {
	fmt.Println(at("0").Defined(), health.Score{}.Defined())
	// Output: true false
}

func ExampleScore_Float64() {
	fmt.Println(at("62.5").Float64())
	fmt.Println(health.Score{}.Float64())
	// Output:
	// 62.5 true
	// 0 false
}

func ExampleScore_Points() {
	july, _ := at("62.5").Points()
	june, _ := at("70").Points()
	fmt.Println(july - june)
	// Output: -7.5
}

func ExampleScore_Round() {
	rounded, ok := at("62.5").Round(0)
	fmt.Println(rounded, ok)
	// Output: 63 true
}

func ExampleCoverage_Defined() {
	fmt.Println(scored(simple()).Coverage.Defined(), health.Coverage{}.Defined())
	// Output: true false
}

func ExampleCoverage_Float64() {
	fmt.Println(scored(simple(), logins(10)).Coverage.Float64())
	// Output: 0.75 true
}

func ExampleCoverage_Decimal() {
	share, ok := scored(simple(), rating(4)).Coverage.Decimal()
	fmt.Println(share, ok)
	// Output: 0.25 true
}

// Is it that nobody knows the rating, or that it is too early to ask?
func ExampleInputState() {
	for _, state := range []health.InputState{health.Missing, health.NotYetDue} {
		r := scored(simple(), logins(10), health.Input{Measure: "rating", State: state})
		fmt.Println(state, r.Computed, "from", r.Lower, "to", r.Upper, "coverage", r.Coverage)
	}
	// Output:
	// missing 50 from 37.5 to 62.5 coverage 75%
	// not yet due 50 from 50 to 50 coverage 100%
}

func ExampleRecord() {
	r := health.Record{Account: "Fernhill", Inputs: []health.Input{health.Number("login", 10, endOfJune)}}
	_, err := scorecard().Score(r, endOfJune)
	fmt.Println(err)
	// Output: input[0].Measure: login is unknown
}

// Two accounts with the same number of logins, which is half of what is expected
// of one and a quarter of what is expected of the other.
func ExampleColumn() {
	card, err := health.New(simple())
	if err != nil {
		fmt.Println(err)
		return
	}
	scores, err := card.Columns([]health.Column{
		{Measure: "logins", Values: []int64{10e6, 10e6}, Targets: []int64{20e6, 40e6}},
	}, endOfJune)
	fmt.Println(scores.Computed, err)
	// Output: [50 25] <nil>
}

// How many of these accounts are in each band?
func ExampleScores() {
	card, err := health.New(simple())
	if err != nil {
		fmt.Println(err)
		return
	}
	scores, err := card.Columns([]health.Column{{Measure: "logins", Values: []int64{4e6, 16e6, 18e6, 30e6}}}, endOfJune)
	counts := make([]int, len(card.Bands())+1)
	for _, b := range scores.Bands {
		counts[b]++
	}
	fmt.Println(counts[1:], card.Bands(), "and", counts[0], health.Unknown, err)
	// Output: [1 0 3] [Red Yellow Green] and 0 Unknown <nil>
}

// explained takes apart the score of an account whose logins are at 50 points and whose rating is at 100.
func explained(d health.Definition) health.Explanation {
	card, err := health.New(d)
	if err != nil {
		fmt.Println(err)
		return health.Explanation{}
	}
	e, err := card.Explain(health.Record{Inputs: []health.Input{logins(10), rating(5)}}, endOfJune)
	if err != nil {
		fmt.Println(err)
	}
	return e
}

// What would the account gain if it logged in as it should? Three quarters of 50 points.
func ExampleLine() {
	e := explained(simple())
	for _, l := range e.Lines {
		fmt.Println(l.Name, l.Points, "adds", l.Amount, "pulls", l.Pull)
	}
	fmt.Println(e.Computed)
	// Output:
	// logins 50 adds 37.5 pulls 37.5
	// rating 100 adds 25 pulls 0
	// 62.5
}

// Under Deductions a score starts from 100, and measures take from it.
func ExampleLineKind() {
	d := simple()
	d.Combine = health.Deductions
	d.Groups[0].Weight = decimal.Decimal{}
	d.Groups[0].Measures[0].Weight = dec("60")
	d.Groups[0].Measures[1].Weight = dec("40")
	e := explained(d)
	for _, l := range e.Lines {
		fmt.Println(l.Kind, l.Name, l.Amount)
	}
	fmt.Println(e.Computed)
	// Output:
	// base  100
	// measure logins -30
	// measure rating 0
	// 70
}

// The score of one day; one without a score keeps the band, marked as stale.
func ExampleReading() {
	card := scorecard()
	state, err1 := card.Next(health.State{}, health.Reading{On: endOfJune, Score: at("80")})
	state, err2 := card.Next(state, health.Reading{On: endOfJune.AddDays(7)})
	fmt.Println(state.Band, state.Stale, err1, err2)
	// Output: Green true <nil> <nil>
}

// Since when has the account been green?
func ExampleState() {
	card := scorecard()
	var state health.State
	for day := range 3 {
		state, _ = card.Next(state, health.Reading{On: endOfJune.AddDays(day), Score: at("80")})
	}
	fmt.Println(state.Band, "since", state.Since, "as of", state.AsOf)
	// Output: Green since 2025-06-30 as of 2025-07-02
}

// A dead zone of 5 points keeps small moves from being called a trend.
func ExampleMove() {
	for _, last := range []string{"75", "76", "64"} {
		t, err := health.NewTrend([]health.Reading{
			{On: endOfJune, Score: at("70")}, {On: endOfJune.AddDays(30), Score: at(last)},
		}, dec("5"))
		fmt.Println("70 to", last, t.Move, err)
	}
	// Output:
	// 70 to 75 flat <nil>
	// 70 to 76 rising <nil>
	// 70 to 64 falling <nil>
}

// Scores of another version of the scorecard, and days without one, are no part of a trend.
func ExampleTrend() {
	day := func(n int, points, version string) health.Reading {
		return health.Reading{On: endOfJune.AddDays(n), Score: at(points), Version: version}
	}
	t, err := health.NewTrend([]health.Reading{
		day(0, "90", "2024"), day(10, "60", "2025"), day(20, "65", "2025"), day(30, "70", "2025"),
		{On: endOfJune.AddDays(40), Version: "2025"},
	}, decimal.Decimal{})
	fmt.Println(t.Move, t.Change, "in", t.Readings, "readings,", t.Slope, "a day;", t.Dropped, "dropped", err)
	// Output: rising 10 in 3 readings, 0.5 a day; 2 dropped <nil>
}

// A child whose score is not known is not a child at 0.
func ExampleChild() {
	family, err := scorecard().RollUp([]health.Child{
		{Account: "Fernhill UK", Score: at("80")}, {Account: "Fernhill US"},
	}, health.ByCount)
	fmt.Println(family.Score, "from", family.Lower, "to", family.Upper, err)
	// Output: 80 from 40 to 90 <nil>
}

func ExampleFamily() {
	family, err := scorecard().RollUp([]health.Child{
		{Account: "Fernhill UK", Score: at("80"), Revenue: dec("3000")},
		{Account: "Fernhill US", Revenue: dec("1000")},
	}, health.ByRevenue)
	fmt.Println(family.UnknownScore, "of", family.Children, "unknown, coverage", family.Coverage, family.Band, err)
	// Output: 1 of 2 unknown, coverage 75% Green <nil>
}

// By revenue, children that pay nothing have no score to give.
func ExampleWeighting() {
	children := []health.Child{{Account: "Fernhill UK", Score: at("80")}, {Account: "Fernhill US", Score: at("60")}}
	for _, by := range []health.Weighting{health.ByCount, health.ByRevenue} {
		family, err := scorecard().RollUp(children, by)
		fmt.Println("by", by, family.Score, family.Band, err)
	}
	// Output:
	// by count 70 Yellow <nil>
	// by revenue n/a Unknown <nil>
}

func ExampleStake() {
	_, err := scorecard().RevenueAtRisk([]health.Stake{{Account: "Fernhill", Band: "Purple", Revenue: dec("9000")}})
	fmt.Println(err)
	// Output: stake[0].Band: Purple is unknown
}

// What share of the revenue is in the worst band?
func ExampleExposure() {
	bands, err := scorecard().RevenueAtRisk([]health.Stake{
		{Account: "Fernhill", Band: "Green", Revenue: dec("9000")},
		{Account: "Marlowe", Band: "Red", Revenue: dec("2000")},
		{Account: "Oakvale", Band: "Red", Revenue: dec("1000")},
	})
	worst := bands[0]
	share := success.Ratio{Num: worst.Revenue, Den: dec("12000")}
	fmt.Println(worst.Band, worst.Accounts, "accounts,", share, "of revenue", err)
	// Output: Red 2 accounts, 25% of revenue <nil>
}
