package help_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/cohort/help"
)

var asOf = help.Options{AsOf: success.MustDate("2025-06-30")}

// comparison is the landmark comparison of customers.
func comparison(options help.Options) help.Result {
	r, err := help.Landmark(customers(), options)
	if err != nil {
		fmt.Println(err)
	}
	return r
}

// alike is the comparison of customers of the same segment.
func alike(estimand help.Estimand) help.Matched {
	m, err := help.Match(customers(), help.MatchOptions{
		Options: asOf, Traits: help.Traits{Classes: []string{"segment"}}, Estimand: estimand,
	})
	if err != nil {
		fmt.Println(err)
	}
	return m
}

// Of those with a success manager 147 of 160 stayed, who took 4 hours each.
func ExampleArm() {
	arm := comparison(asOf).Helped
	fmt.Println(arm.Left, "of", arm.Accounts, "left, kept:", arm.Kept.Value)
	fmt.Println("paid", arm.Opening, "and took", arm.Hours, "hours")
	// Output:
	// 13 of 160 left, kept: 0.91875
	// paid 192000 and took 640 hours
}

// Everybody who left did so on day 90: a horizon before that day sees nobody leave.
func ExampleOptions() {
	for _, horizon := range []int{60, 365} {
		options := asOf
		options.Horizon = horizon
		r := comparison(options)
		fmt.Println(horizon, "days, kept with help:", r.Helped.Kept.Value, "without:", r.Unhelped.Kept.Value)
	}
	// Output:
	// 60 days, kept with help: 1 without: 1
	// 365 days, kept with help: 0.91875 without: 0.696875
}

// An account can not have been helped after it had left.
func ExampleAccount() {
	_, err := help.Landmark([]help.Account{{
		ID: "Fernhill", Start: success.MustDate("2024-01-01"),
		Left: success.MustDate("2024-03-01"), Began: success.MustDate("2024-04-01"),
	}}, asOf)
	fmt.Println(err)
	// Output: account[0].Began: 2024-04-01 is not before Left 2024-03-01
}

// Within segments 10, 5 and 5 points more stay with help, and not 22 as it seems
// when all are thrown together.
func ExampleAdjusted() {
	r := comparison(asOf)
	fmt.Println("crude", r.Difference.Value, "adjusted", r.Adjusted.Difference.Value, "over", r.Adjusted.Kept, "segments")
	// Output: crude 0.221875 adjusted 0.058 over 3 segments
}

// What is help worth? 5.8 points of the 192,000 that the helped pay, over 640 hours.
func ExampleGain() {
	g := comparison(asOf).Gain
	fmt.Println(g.Revenue.Value, "of", g.Base, "kept,", g.PerHour.Value, "an hour")
	// Output: 11136 of 192000 kept, 17.4 an hour
}

// Where nobody wrote down the hours, the worth of one is not 0, but unknown.
func ExampleAmount() {
	accounts := customers()
	for i := range accounts {
		accounts[i].Hours = decimal.Zero
	}
	r, err := help.Landmark(accounts, asOf)
	fmt.Println(r.Gain.Revenue.Defined, r.Gain.PerHour.Defined, err)
	// Output: true false <nil>
}

// For those who were helped, or for all there are? In segments of 10 + 200, 50 + 100
// and 100 + 20 accounts help keeps 10, 5 and 5 points more.
func ExampleEstimand() {
	fmt.Println("helped:", alike(help.Treated).Difference.Value)      // (10 × 10 + 50 × 5 + 100 × 5) / 160
	fmt.Println("everybody:", alike(help.Everybody).Difference.Value) // (210 × 10 + 150 × 5 + 120 × 5) / 480
	// Output:
	// helped: 0.053125
	// everybody: 0.071875
}

func ExampleMatched() {
	m := alike(help.Treated)
	fmt.Println(m.Strata, "segments with both sides,", m.Dropped, "dropped")
	fmt.Println(m.Helped.Matched, "with help,", m.Unhelped.Matched, "without, difference", m.Difference.Value)
	// Output:
	// 3 segments with both sides, 0 dropped
	// 160 with help, 320 without, difference 0.053125
}

// The unhelped weigh as much in each segment as its helped: 95, 90 and 70 % less the
// gain of each are 90, 85 and 60.
func ExampleMatchedArm() {
	m := alike(help.Treated)
	fmt.Println(m.Helped.Kept, "against", m.Unhelped.Kept) // (100 × 90 + 50 × 85 + 10 × 60) / 160
	// Output: 0.91875 against 0.865625
}

// A large account without help stands for 5 with help, and twice that, as there
// are twice as many without help.
func ExampleWeight() {
	w := alike(help.Treated).Weights[0]
	fmt.Println(w.Account, w.Helped, w.Weight)
	// Output: large-false-0 false 10
}

// The mid segment has the same share on both sides; the large one has more of the helped.
func ExampleBalance() {
	for _, b := range alike(help.Treated).Balance[:2] {
		before, _ := b.Before.Float64()
		after, _ := b.After.Float64()
		fmt.Printf("%s: %.2f, and %.2f once matched\n", b.Trait, before, after)
	}
	// Output:
	// segment=large: 1.16, and 0.00 once matched
	// segment=mid: 0.00, and 0.00 once matched
}

// seats returns an account with help and one without, with so many seats.
func seats(helped, unhelped float64) []help.Account {
	start := success.MustDate("2024-01-01")
	return []help.Account{
		{ID: "Fernhill", Start: start, Began: start, Numbers: []float64{helped}},
		{ID: "Marlowe", Start: start, Left: start.AddDays(90), Numbers: []float64{unhelped}},
	}
}

// Accounts of 12 and 15 seats are alike when only more or fewer than 10 counts.
func ExampleNumber() {
	for _, cuts := range [][]float64{nil, {10}} {
		m, err := help.Match(seats(12, 15), help.MatchOptions{
			Options: asOf, Traits: help.Traits{Numbers: []help.Number{{Name: "seats", Cuts: cuts}}},
		})
		fmt.Println("cuts", cuts, "leave", m.Helped.Matched, "with a counterpart", err)
	}
	// Output:
	// cuts [] leave 0 with a counterpart <nil>
	// cuts [10] leave 1 with a counterpart <nil>
}

// Every account has to bring a value for each trait that is named.
func ExampleTraits() {
	_, err := help.Match(seats(12, 15)[:1], help.MatchOptions{
		Options: asOf, Traits: help.Traits{Numbers: []help.Number{{Name: "seats"}}, Classes: []string{"segment"}},
	})
	fmt.Println(err)
	// Output: account[0].Classes: 0 values, but Traits names 1
}

func ExampleMatchOptions() {
	options := help.MatchOptions{Options: asOf, Traits: help.Traits{Classes: []string{"segment"}}}
	options.Horizon = 60 // before anybody left
	m, err := help.Match(customers(), options)
	fmt.Println(m.Helped.Kept, m.Unhelped.Kept, err)
	// Output: 1 1 <nil>
}

// booted is the bootstrap of customers with a seed.
func booted(seed uint64) help.Bootstrapped {
	b, err := help.Bootstrap(customers(), help.BootstrapOptions{Options: asOf, Seed: [2]uint64{seed}, Resamples: 199})
	if err != nil {
		fmt.Println(err)
	}
	return b
}

func ExampleBootstrapped() {
	b := booted(1)
	fmt.Println(b.Followed[1], "accounts with help and", b.Followed[0], "without were drawn anew")
	// Output: 160 accounts with help and 320 without were drawn anew
}

// The same seed gives the same interval, another one nearly the same.
func ExampleBootstrapOptions() {
	fmt.Println(booted(1).NRR.BCa == booted(1).NRR.BCa, booted(1).NRR.BCa == booted(2).NRR.BCa)
	// Output: true false
}

// Those who stay pay 1,300 in place of 1,200, which only net retention counts:
// 147 of 160 stayed with help, 223 of 320 without.
func ExampleRevenueDifference() {
	b := booted(1)
	fmt.Println("gross", b.GRR.Helped, "less", b.GRR.Unhelped, "is", b.GRR.BCa.Value)
	fmt.Println("net", b.NRR.Helped, "less", b.NRR.Unhelped, "is", b.NRR.BCa.Value)
	// Output:
	// gross 91.9% less 69.7% is 0.221875
	// net 99.5% less 75.5% is 0.240365
}

// Help that begins after a month: until then its accounts count as unhelped.
func ExampleStartStopResult() {
	accounts := customers()
	for i := range accounts {
		if !accounts[i].Began.IsZero() {
			accounts[i].Began = accounts[i].Start.AddDays(30)
		}
	}
	r, err := help.StartStop(accounts, asOf)
	fmt.Println(r.Changed, "accounts were on both sides; compared from day", r.From, err)
	// Output: 160 accounts were on both sides; compared from day 30 <nil>
}

func ExampleComment() {
	_, err := help.VoiceOf([]help.Comment{{Score: 11, Service: true}}, 0)
	fmt.Println(err)
	// Output: comment[0].Score: 11 is not between 0 and 10
}

// Do promoters praise service, or do detractors complain of it?
func ExampleVoice() {
	v, err := help.VoiceOf([]help.Comment{
		{Score: 10, Service: true}, {Score: 9}, {Score: 3, Service: true}, {Score: 2, Service: true},
	}, 0)
	fmt.Println(v.Promoters.Ratio(), "of promoters,", v.Detractors.Ratio(), "of detractors:", v.Difference.Value, err)
	// Output: 50% of promoters, 100% of detractors: -0.5 <nil>
}

// Those who were helped later than the landmark count as unhelped, and are counted.
func ExampleResult() {
	accounts := customers()
	for i := range accounts {
		if !accounts[i].Began.IsZero() {
			accounts[i].Began = accounts[i].Start.AddDays(30)
		}
	}
	for _, day := range []int{0, 30} {
		r, err := help.Landmark(accounts, help.Options{AsOf: asOf.AsOf, Day: day})
		fmt.Println("day", day, r.Helped.Accounts, "helped,", r.Unhelped.Accounts, "not,", r.Later, "of them later", err)
	}
	// Output:
	// day 0 0 helped, 480 not, 160 of them later <nil>
	// day 30 160 helped, 320 not, 0 of them later <nil>
}
