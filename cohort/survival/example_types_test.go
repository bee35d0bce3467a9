package survival_test

import (
	"fmt"

	"metrics.internal/success/cohort/survival"
)

// four returns the curve of four customers who left one after the other: a step
// of a quarter after so many days, twice, three and four times as many.
func four(days int, options survival.Options) *survival.Curve {
	var spans []survival.Span
	for i := range 4 {
		spans = append(spans, survival.Span{Days: (i + 1) * days, Left: true})
	}
	curve, err := survival.Fit(spans, options)
	if err != nil {
		fmt.Println(err)
	}
	return curve
}

func ExampleCurve_Accounts() {
	fmt.Println(four(10, survival.Options{}).Accounts())
	// Output: 4
}

// Up to which day is anything known?
func ExampleCurve_Last() {
	curve, err := survival.Fit([]survival.Span{{Days: 10, Left: true}, {Days: 365}}, survival.Options{})
	fmt.Println(curve.Last(), err)
	// Output: 365 <nil>
}

func ExampleCurve_Level() {
	fmt.Println(four(10, survival.Options{}).Level(), four(10, survival.Options{Level: 0.8}).Level())
	// Output: 0.95 0.8
}

func ExampleCounts_Accounts() {
	counts, err := survival.CountsOf([]survival.Span{{Days: 10, Left: true}, {Days: 30, Weight: 4}})
	fmt.Println(counts.Accounts(), err)
	// Output: 5 <nil>
}

func ExampleCounts_Left() {
	counts, err := survival.CountsOf([]survival.Span{{Days: 10, Left: true}, {Days: 30, Left: true}, {Days: 60}})
	fmt.Println(counts.Left(), "of", counts.Accounts(), err)
	// Output: 2 of 3 <nil>
}

func ExampleCounts_AppendBinary() {
	counts, err := survival.CountsOf([]survival.Span{{Days: 10, Left: true}, {Days: 30}})
	if err != nil {
		fmt.Println(err)
		return
	}
	message, err := counts.AppendBinary([]byte("counts "))
	var sent survival.Counts
	fmt.Println(sent.UnmarshalBinary(message[7:]), err)
	fmt.Println(sent.Left(), "of", sent.Accounts(), "left")
	// Output:
	// <nil> <nil>
	// 1 of 2 left
}

func ExampleTable_AppendBinary() {
	north, err := contracts()
	if err != nil {
		fmt.Println(err)
		return
	}
	message, err := north.AppendBinary([]byte("north "))
	var sent survival.Table
	fmt.Println(sent.UnmarshalBinary(message[6:]), err)
	test, err := sent.LogRank(survival.Weighting{})
	fmt.Println(test.Groups[0].Name, test.Groups[0].Accounts, err)
	// Output:
	// <nil> <nil>
	// month 5 <nil>
}

// What is known after 25 days? Two of the four are left, and so few may mean anything.
func ExamplePoint() {
	p, ok := four(10, survival.Options{Band: survival.Plain}).At(25)
	fmt.Println(p.AtRisk, "at risk, share", p.Survival, "standard error", p.StdErr, ok)
	fmt.Println("from", p.Lower, "to", p.Upper)
	// Output:
	// 2 at risk, share 0.5 standard error 0.25 true
	// from 0.010009 to 0.989991
}

// A lower level makes a narrower interval.
func ExampleOptions() {
	for _, level := range []float64{0.95, 0.5} {
		p, _ := four(10, survival.Options{Level: level, Band: survival.Plain}).At(20)
		fmt.Println(level, "from", p.Lower, "to", p.Upper)
	}
	// Output:
	// 0.95 from 0.010009 to 0.989991
	// 0.5 from 0.331378 to 0.668622
}

// Plain intervals run into 0 and 1 and are cut there; others stay within by themselves.
func ExampleBand() {
	for _, band := range []survival.Band{survival.LogLog, survival.Plain} {
		p, _ := four(10, survival.Options{Band: band}).At(30)
		fmt.Println(p.Survival, "from", p.Lower, "to", p.Upper)
	}
	// Output:
	// 0.25 from 0.00894782 to 0.665325
	// 0.25 from 0 to 0.674345
}

// How many of the first 40 days did a customer stay? (10 + 20 + 30 + 40) / 4.
func ExampleMean() {
	mean, err := four(10, survival.Options{}).RestrictedMean(40)
	fmt.Println(mean.Days, "of", mean.Horizon, err)
	// Output: 25 of 40 <nil>
}

// In those whose days are twice as many, half as many have left after 20 days.
func ExampleGap() {
	gap, err := survival.Difference(four(20, survival.Options{}), four(10, survival.Options{}), 20)
	fmt.Println(gap.First.Survival, "−", gap.Second.Survival, "=", gap.Difference.Value, err)
	fmt.Println("but of four customers each it may be chance:", gap.Difference.Contains(0))
	// Output:
	// 0.75 − 0.5 = 0.25 <nil>
	// but of four customers each it may be chance: true
}

// Within 40 days, days of 20, 40, 40 and 40 against 10, 20, 30 and 40.
func ExampleContrast() {
	c, err := survival.MeanDifference(four(20, survival.Options{}), four(10, survival.Options{}), 40)
	fmt.Println("days gained:", c.Difference.Value, err)
	fmt.Println("times as long:", c.Ratio.Value)
	// Output:
	// days gained: 10 <nil>
	// times as long: 1.4
}

// Each element of the columns is a record; here the second stands for three accounts.
func ExampleColumns() {
	counts, err := survival.CountsOfColumns(survival.Columns{
		Days: []int32{10, 20}, Left: []bool{true, false}, Weight: []int32{1, 3},
	})
	fmt.Println(counts.Left(), "of", counts.Accounts(), err)
	_, err = survival.CountsOfColumns(survival.Columns{Days: []int32{10, 20}, Left: []bool{true}})
	fmt.Println(err)
	// Output:
	// 1 of 4 <nil>
	// columns.Left: 1 records, but Days has 2
}

// pairs returns two customers of each group: those without left on days 10 and
// 15, of those with one left on day 20 and one is still there.
func pairs() []survival.Subject {
	return []survival.Subject{
		{Span: survival.Span{Days: 10, Left: true}, Group: "without"},
		{Span: survival.Span{Days: 15, Left: true}, Group: "without"},
		{Span: survival.Span{Days: 20, Left: true}, Group: "with"},
		{Span: survival.Span{Days: 40}, Group: "with"},
	}
}

func ExampleSubject() {
	test, err := survival.LogRank(pairs(), survival.Weighting{})
	for _, g := range test.Groups {
		fmt.Println(g.Name, g.Accounts)
	}
	fmt.Println(err)
	// Output:
	// with 2
	// without 2
	// <nil>
}

// Had the groups been alike, 2/4 of the first and 1/3 of the second leaving would have been of those without.
func ExampleGroup() {
	test, err := survival.LogRank(pairs(), survival.Weighting{})
	without := test.Groups[1]
	fmt.Printf("%s: %.0f left, %.3f expected %v\n", without.Name, without.Observed, without.Expected, err)
	// Output: without: 2 left, 0.833 expected <nil>
}

// The square of what was lost beyond expectation, 2 − 5/6, over its variance, 1/4 + 2/9.
func ExampleTest() {
	test, err := survival.LogRank(pairs(), survival.Weighting{})
	fmt.Println("χ²", test.ChiSquare, "degrees of freedom", test.DF, "p", test.P, err)
	// Output: χ² 2.88235 degrees of freedom 1 p 0.0895551 <nil>
}

// Which days count most? Gehan and Wilcoxon weigh each by how many are at risk: 4, 3 and 2.
func ExampleKind() {
	for _, kind := range []survival.Kind{survival.LogRankWeight, survival.GehanWilcoxon} {
		test, err := survival.LogRank(pairs(), survival.Weighting{Kind: kind})
		fmt.Println(test.ChiSquare, err)
	}
	// Output:
	// 2.88235 <nil>
	// 2.66667 <nil>
}

// With γ 1 a day weighs by how many have left before: the first counts nothing.
func ExampleWeighting() {
	late := survival.Weighting{Kind: survival.FlemingHarrington, Gamma: 1}
	test, err := survival.LogRank(pairs(), late)
	fmt.Println("χ²", test.ChiSquare, err)
	// Output: χ² 2 <nil>
}

// Who came under observation after 20 days cannot have left before: on day 10 one of
// two others left, on day 30 one of two.
func ExampleSpan() {
	curve, err := survival.Fit([]survival.Span{
		{Days: 10, Left: true}, {Days: 30, Left: true}, {Days: 40, Entered: 20},
	}, survival.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	p, _ := curve.At(30)
	fmt.Println(p.Survival, "at risk on that day", p.AtRisk)
	// Output: 0.25 at risk on that day 2
}

// One of four left on day 10, and one of the three that were left on day 20.
func ExampleStep() {
	for _, s := range four(10, survival.Options{}).Steps()[:2] {
		fmt.Println("day", s.Day, s.Left, "of", s.AtRisk, "left, kept so far", s.Survival)
	}
	// Output:
	// day 10 1 of 4 left, kept so far 0.75
	// day 20 1 of 3 left, kept so far 0.5
}
