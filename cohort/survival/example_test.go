package survival_test

import (
	"fmt"

	"metrics.internal/success/cohort/survival"
)

// Eleven customers: nine left after so many days, the others are still there.
func customers() []survival.Span {
	return []survival.Span{
		{Days: 9, Left: true}, {Days: 13, Left: true}, {Days: 13}, {Days: 18, Left: true},
		{Days: 23, Left: true}, {Days: 28}, {Days: 31, Left: true}, {Days: 34, Left: true},
		{Days: 45}, {Days: 48, Left: true}, {Days: 161},
	}
}

func ExampleFit() {
	curve, err := survival.Fit(customers(), survival.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("median lifetime:", curve.Median())
	if month, ok := curve.At(30); ok {
		fmt.Printf("kept after 30 days: %.3f (%v, %v)\n", month.Survival, month.Lower, month.Upper)
	}
	// Output:
	// median lifetime: 31 (13, n/a)
	// kept after 30 days: 0.614 (0.265752, 0.835299)
}

func ExampleCurve_Steps() {
	curve, err := survival.Fit(customers(), survival.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range curve.Steps()[:4] {
		fmt.Printf("day %d: %d of %d left, S %.3f\n", s.Day, s.Left, s.AtRisk, s.Survival)
	}
	// Output:
	// day 9: 1 of 11 left, S 0.909
	// day 13: 1 of 10 left, S 0.818
	// day 18: 1 of 8 left, S 0.716
	// day 23: 1 of 7 left, S 0.614
}

func ExampleStep_Breslow() {
	curve, err := survival.Fit(customers(), survival.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	last := curve.Steps()[9]
	fmt.Printf("S %.3f, by the hazard %.3f\n", last.Survival, last.Breslow())
	// Output: S 0.184, by the hazard 0.244
}

func ExampleCurve_At() {
	young, err := survival.Fit([]survival.Span{{Days: 20}, {Days: 30}, {Days: 40}}, survival.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	p, _ := young.At(30)
	fmt.Println("nobody left yet:", p.Survival, p.Exact)
	_, ok := young.At(50)
	fmt.Println("known after 50 days:", ok)
	// Output:
	// nobody left yet: 1 1 (0.158114, 1)
	// known after 50 days: false
}

func ExampleCurve_Median() {
	curve, err := survival.Fit(customers(), survival.Options{Band: survival.Log})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(curve.Median())
	// Output: 31 (18, n/a)
}

func ExampleCurve_Quantile() {
	curve, err := survival.Fit(customers(), survival.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("a quarter has left by day", curve.Quantile(0.25).Value)
	// Output: a quarter has left by day 18
}

func ExampleCurve_RestrictedMean() {
	curve, err := survival.Fit(customers(), survival.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	mean, err := curve.RestrictedMean(100)
	fmt.Printf("%.1f of 100 days (%.1f to %.1f) %v\n", mean.Days, mean.Lower, mean.Upper, err)
	_, err = curve.RestrictedMean(365)
	fmt.Println(err)
	// Output:
	// 41.4 of 100 days (20.2 to 62.6) <nil>
	// horizon: 365 is beyond day 161, the last on which anybody was seen
}

// twoGroups returns the customers with and without a success manager.
func twoGroups() (with, without *survival.Curve, err error) {
	with, err = survival.Fit(customers(), survival.Options{})
	if err != nil {
		return nil, nil, err
	}
	without, err = survival.Fit([]survival.Span{
		{Days: 5, Left: true, Weight: 2}, {Days: 8, Left: true, Weight: 2}, {Days: 12, Left: true}, {Days: 16},
		{Days: 23, Left: true}, {Days: 27, Left: true}, {Days: 30, Left: true}, {Days: 33, Left: true},
		{Days: 43, Left: true}, {Days: 45, Left: true},
	}, survival.Options{})
	return with, without, err
}

func ExampleMeanDifference() {
	with, without, err := twoGroups()
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := survival.MeanDifference(with, without, 45)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("days gained of 45:", c.Difference)
	fmt.Println("p:", c.P)
	// Output:
	// days gained of 45: 8.0303 (-3.46618, 19.5268)
	// p: 0.170988
}

func ExampleDifference() {
	with, without, err := twoGroups()
	if err != nil {
		fmt.Println(err)
		return
	}
	g, err := survival.Difference(with, without, 30)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("share kept after 30 days:", g.Difference, "p", g.P)
	// Output: share kept after 30 days: 0.32197 (-0.0822703, 0.72621) p 0.118506
}

func ExampleLogRank() {
	var subjects []survival.Subject
	for _, s := range customers() {
		subjects = append(subjects, survival.Subject{Span: s, Group: "with"})
	}
	for _, days := range []int{5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45} {
		subjects = append(subjects, survival.Subject{Span: survival.Span{Days: days, Left: true}, Group: "without"})
	}
	test, err := survival.LogRank(subjects, survival.Weighting{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, g := range test.Groups {
		fmt.Printf("%s: %v left, %.2f expected\n", g.Name, g.Observed, g.Expected)
	}
	fmt.Println("χ²", test.ChiSquare, "p", test.P)
	// Output:
	// with: 7 left, 10.89 expected
	// without: 11 left, 7.11 expected
	// χ² 3.79222 p 0.0514912
}

func ExampleCounts() {
	var east, west survival.Counts
	for i, s := range customers() {
		shard := &east
		if i%2 == 1 {
			shard = &west
		}
		if err := shard.Add(s); err != nil {
			fmt.Println(err)
			return
		}
	}
	east.Merge(&west)
	curve, err := east.Curve(survival.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(east.Accounts(), "accounts,", east.Left(), "left, median", curve.Median().Value)
	// Output: 11 accounts, 7 left, median 31
}

func ExampleFitColumns() {
	curve, err := survival.FitColumns(survival.Columns{
		Days: []int32{9, 13, 13, 18},
		Left: []bool{true, true, false, true},
	}, survival.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(curve.Median().Value)
	// Output: 15.5
}

func ExampleTable() {
	var table survival.Table
	for segment, days := range map[string][2]int{"small": {10, 20}, "large": {300, 310}} {
		for i, group := range []string{"without", "with"} {
			err := table.Add(survival.Subject{Span: survival.Span{Days: days[i], Left: true}, Group: group, Stratum: segment})
			if err != nil {
				fmt.Println(err)
				return
			}
		}
	}
	test, err := table.LogRank(survival.Weighting{})
	fmt.Println(test.ChiSquare, test.DF, err)
	// Output: 2 1 <nil>
}

func ExampleTable_AddCounts() {
	with, err := survival.CountsOf([]survival.Span{{Days: 20, Left: true}, {Days: 40}})
	if err != nil {
		fmt.Println(err)
		return
	}
	without, err := survival.CountsOfColumns(survival.Columns{Days: []int32{10, 15}, Left: []bool{true, true}})
	if err != nil {
		fmt.Println(err)
		return
	}
	var table survival.Table
	table.AddCounts("with", "", with)
	table.AddCounts("without", "", without)
	test, err := table.LogRank(survival.Weighting{Kind: survival.GehanWilcoxon})
	fmt.Println(test.ChiSquare, err)
	// Output: 2.66667 <nil>
}

func ExampleFirstAtRisk() {
	counts, err := survival.CountsOf([]survival.Span{{Days: 50}, {Days: 60, Entered: 20}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(survival.FirstAtRisk(2, counts))
	// Output: 21 true
}
