package help_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/cohort/help"
)

// customers returns accounts of two segments that all started on the first day
// of 2024, some of them with a success manager from then on. Large customers get
// one more often, and stay longer anyway.
func customers() (accounts []help.Account) {
	start := success.MustDate("2024-01-01")
	add := func(segment string, helped bool, n, kept int) {
		for i := range n {
			a := help.Account{
				ID:      success.AccountID(fmt.Sprintf("%s-%v-%d", segment, helped, i)),
				Start:   start,
				Stratum: segment,
				Classes: []string{segment},
				Opening: decimal.NewFromInt(1200),
				Closing: decimal.NewFromInt(1300),
			}
			if helped {
				a.Began, a.Hours = start, decimal.NewFromInt(4)
			}
			if i >= kept {
				a.Left, a.Closing = start.AddDays(90), decimal.Zero
			}
			accounts = append(accounts, a)
		}
	}
	add("small", true, 10, 7)
	add("mid", true, 50, 45)
	add("large", true, 100, 95)
	add("small", false, 200, 120)
	add("mid", false, 100, 85)
	add("large", false, 20, 18)
	return accounts
}

func ExampleLandmark() {
	r, err := help.Landmark(customers(), help.Options{AsOf: success.MustDate("2025-06-30")})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("kept with help:", r.Helped.Kept.Value, "without:", r.Unhelped.Kept.Value)
	fmt.Println("crude difference:", r.Difference, r.Method)
	fmt.Println("within segments:", r.Adjusted.Difference)
	fmt.Println("revenue kept:", r.Gain.Revenue.Value, "a year,", r.Gain.PerHour.Value, "per hour of help")
	for _, warning := range r.Warnings {
		fmt.Println("but", warning)
	}
	// Output:
	// kept with help: 0.91875 without: 0.696875
	// crude difference: 0.221875 (0.150675, 0.283923) Newcombe
	// within segments: 0.058 (-0.0279412, 0.143941)
	// revenue kept: 11136 a year, 17.4 per hour of help
	// but the crude difference lies outside the interval of the adjusted one
}

func ExampleStartStop() {
	accounts := customers()
	for i := range accounts {
		if !accounts[i].Began.IsZero() && accounts[i].Left.IsZero() {
			accounts[i].Began = accounts[i].Start.AddDays(i % 60) // not all from the first day
		}
	}
	r, err := help.StartStop(accounts, help.Options{AsOf: success.MustDate("2025-06-30")})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, g := range r.LogRank.Groups {
		fmt.Printf("%s: %v left, %.1f expected\n", g.Name, g.Observed, g.Expected)
	}
	fmt.Println("p", r.LogRank.P, "curves from day", r.From)
	// Output:
	// helped: 13 left, 16.5 expected
	// unhelped: 97 left, 93.5 expected
	// p 0.194724 curves from day 0
}

func ExampleMatch() {
	m, err := help.Match(customers(), help.MatchOptions{
		Options: help.Options{AsOf: success.MustDate("2025-06-30")},
		Traits:  help.Traits{Classes: []string{"segment"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("crude:", m.Crude.Value, "matched:", m.Difference)
	fmt.Printf("the %d unhelped say as much as %.0f\n", m.Unhelped.Matched, m.Unhelped.Effective)
	for _, b := range m.Balance {
		after, _ := b.After.Float64()
		fmt.Printf("%s: %v, matched %.3f\n", b.Trait, b.Before, after)
	}
	// Output:
	// crude: 0.221875 matched: 0.053125 (-0.0414901, 0.14774)
	// the 320 unhelped say as much as 49
	// segment=large: 1.1619, matched 0.000
	// segment=mid: 0, matched 0.000
	// segment=small: -2.32379, matched 0.000
}

func ExampleBootstrap() {
	b, err := help.Bootstrap(customers(), help.BootstrapOptions{
		Options: help.Options{AsOf: success.MustDate("2025-06-30")},
		Seed:    [2]uint64{2025, 6},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("NRR with help:", b.NRR.Helped, "without:", b.NRR.Unhelped)
	lower, _ := b.NRR.BCa.Lower.Float64()
	upper, _ := b.NRR.BCa.Upper.Float64()
	fmt.Printf("difference between %.2f and %.2f\n", lower, upper)
	// Output:
	// NRR with help: 99.5% without: 75.5%
	// difference between 0.16 and 0.30
}

func ExampleResult_Tables() {
	r, err := help.Landmark(customers(), help.Options{AsOf: success.MustDate("2025-06-30")})
	if err != nil {
		fmt.Println(err)
		return
	}
	tables, ok := r.Tables()
	fmt.Println(ok)
	for _, s := range tables {
		fmt.Println(s.Name, s.First.Ratio(), s.Second.Ratio())
	}
	// Output:
	// true
	// large 95% 90%
	// mid 90% 85%
	// small 70% 60%
}

func ExampleVoiceOf() {
	v, err := help.VoiceOf([]help.Comment{
		{Score: 10, Service: true}, {Score: 9, Service: true}, {Score: 9}, {Score: 7},
		{Score: 5}, {Score: 2, Service: true}, {Score: 0}, {Score: 6},
	}, 0.95)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("promoters who speak of service:", v.Promoters.Ratio())
	fmt.Println("detractors who do:", v.Detractors.Ratio())
	fmt.Println("difference:", v.Difference)
	// Output:
	// promoters who speak of service: 66.7%
	// detractors who do: 25%
	// difference: 0.416667 (-0.225681, 0.756788)
}
