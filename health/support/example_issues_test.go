package support_test

import (
	"fmt"

	"github.com/shopspring/decimal"
	"metrics.internal/success/health/support"
)

// One account that writes four times is one account with an issue.
func ExampleMention() {
	exports := support.Mention{Account: "Fernhill", Issue: "export"}
	issues, err := support.IssuesOf([]support.Mention{exports, exports, exports, exports}, nil, support.ByAccounts)
	fmt.Println(len(issues), "issue:", issues[0].Mentions, "mentions by", issues[0].Accounts, "account", err)
	// Output: 1 issue: 4 mentions by 1 account <nil>
}

// How much revenue is behind an issue? What is not known of an account is counted, not taken as 0.
func ExampleIssue() {
	issues, err := support.IssuesOf(
		[]support.Mention{{"Fernhill", "export"}, {"Marlowe", "export"}, {"Osprey", "export"}},
		[]support.Revenue{
			{Account: "Fernhill", Amount: decimal.NewFromInt(18000)},
			{Account: "Marlowe", Amount: decimal.NewFromInt(6000)},
		}, support.ByRevenue)
	fmt.Println(issues[0].Name, issues[0].Revenue, "and", issues[0].Unpriced, "account more", err)
	// Output: export 24000 and 1 account more <nil>
}

// A Rank decides whether many small accounts or one large one comes first.
func ExampleRank() {
	mentions := []support.Mention{{"Fernhill", "export"}, {"Marlowe", "login"}, {"Osprey", "login"}}
	revenues := []support.Revenue{
		{Account: "Fernhill", Amount: decimal.NewFromInt(18000)},
		{Account: "Marlowe", Amount: decimal.NewFromInt(6000)},
		{Account: "Osprey", Amount: decimal.NewFromInt(2400)},
	}
	for _, rank := range []support.Rank{support.ByAccounts, support.ByRevenue} {
		issues, err := support.IssuesOf(mentions, revenues, rank)
		fmt.Println("by", rank, issues[0].Name, "comes first", err)
	}
	// Output:
	// by accounts login comes first <nil>
	// by revenue export comes first <nil>
}

func ExampleRevenue() {
	_, err := support.IssuesOf([]support.Mention{{"Fernhill", "export"}},
		[]support.Revenue{{Account: "Fernhill", Amount: decimal.NewFromInt(-18000)}}, support.ByRevenue)
	fmt.Println(err)
	// Output: revenue[0].Amount: -18000 is negative
}

// The weights decide what a review comes to: here the solution counts three times as much as the tone.
func ExampleCategory() {
	rubric := support.Rubric{Categories: []support.Category{{Name: "solution", Weight: 3}, {Name: "tone", Weight: 1}}}
	quality, err := rubric.Review([]support.Review{
		{Ratings: []support.Rating{{Category: "solution", Score: 1}, {Category: "tone", Score: 0}}},
	})
	fmt.Println(quality.Score(), err)
	// Output: 0.75 <nil>
}

// A category that did not apply is left out: it is not rated 0.
func ExampleRating() {
	rubric := support.Rubric{Categories: []support.Category{{Name: "solution", Weight: 1}, {Name: "tone", Weight: 1}}}
	solution := support.Rating{Category: "solution", Score: 0.8}
	left, err1 := rubric.Review([]support.Review{{Ratings: []support.Rating{solution}}})
	bad, err2 := rubric.Review([]support.Review{{Ratings: []support.Rating{solution, {Category: "tone", Score: 0}}}})
	fmt.Println(left.Score(), bad.Score(), err1, err2)
	// Output: 0.8 0.4 <nil> <nil>
}

// All reviews count alike, however many categories were rated.
func ExampleReview() {
	rubric := support.Rubric{Categories: []support.Category{{Name: "solution", Weight: 1}, {Name: "tone", Weight: 1}}}
	quality, err := rubric.Review([]support.Review{
		{Ratings: []support.Rating{{Category: "solution", Score: 1}, {Category: "tone", Score: 1}}},
		{Ratings: []support.Rating{{Category: "tone", Score: 0.5}}},
	})
	fmt.Println(quality.Score(), "of", quality.Reviews, "reviews", err)
	// Output: 0.75 of 2 reviews <nil>
}

// tone returns the quality of reviews that rate nothing but the tone.
func tone(scores ...float64) support.Quality {
	rubric := support.Rubric{Categories: []support.Category{{Name: "tone", Weight: 1, Critical: true}}}
	var sum support.Quality
	for _, s := range scores {
		quality, err := rubric.Review([]support.Review{{Ratings: []support.Rating{{Category: "tone", Score: s}}}})
		if err != nil {
			fmt.Println(err)
		}
		sum = sum.Add(quality)
	}
	return sum
}

func ExampleQuality() {
	quality := tone(1, 0.9, 0.2) // the last fails in a critical category, and scores 0
	fmt.Println(quality.Reviews, "reviews,", quality.Critical, "failed")
	// Output: 3 reviews, 1 failed
}

func ExampleQuality_Add() {
	north, south := tone(1, 1, 1), tone(0.6)
	fmt.Println(north.Score(), south.Score(), north.Add(south).Score())
	// Output: 1 0.6 0.9
}

func ExampleQuality_Score() {
	fmt.Println(tone(1, 0.5).Score(), tone().Score())
	// Output: 0.75 n/a
}

// Failing a critical category fails the review, whatever else was good.
func ExampleRubric() {
	rubric := support.Rubric{
		Categories: []support.Category{{Name: "solution", Weight: 9}, {Name: "privacy", Weight: 1, Critical: true}},
		FailBelow:  0.8,
	}
	for _, privacy := range []float64{0.8, 0.7} {
		quality, err := rubric.Review([]support.Review{
			{Ratings: []support.Rating{{Category: "solution", Score: 1}, {Category: "privacy", Score: privacy}}},
		})
		fmt.Println(privacy, "scores", quality.Score(), err)
	}
	// Output:
	// 0.8 scores 0.98 <nil>
	// 0.7 scores 0 <nil>
}
