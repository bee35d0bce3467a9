package proportion_test

import (
	"fmt"
	"math"

	"metrics.internal/success"
	"metrics.internal/success/cohort/proportion"
)

func ExampleShare_Ratio() {
	fmt.Println(proportion.Share{Count: 3, Total: 4}.Ratio())
	// Output: 75%
}

// 80 % kept against 60 %: of five accounts that are helped one more stays.
func ExampleComparison() {
	c, err := proportion.Compare(proportion.Share{Count: 56, Total: 70}, proportion.Share{Count: 48, Total: 80}, proportion.Options{})
	fmt.Println(c.First.Value, "less", c.Second.Value, "is", c.Difference.Value, err)
	fmt.Println("to help for one more:", c.NumberNeeded.Value)
	// Output:
	// 0.8 less 0.6 is 0.2 <nil>
	// to help for one more: 5
}

// 15 of 20 kept against 10 of 20: would we bet on it, and are we sure of it?
func ExampleOptions() {
	for _, level := range []float64{0.5, 0.95} {
		c, err := proportion.Compare(
			proportion.Share{Count: 15, Total: 20}, proportion.Share{Count: 10, Total: 20}, proportion.Options{Level: level})
		fmt.Println(c.Difference.Value, "at", level, "may be nothing:", c.Difference.Contains(0), err)
	}
	// Output:
	// 0.25 at 0.5 may be nothing: false <nil>
	// 0.25 at 0.95 may be nothing: true <nil>
}

// The method changes the interval, never the difference.
func ExampleMethod() {
	for _, method := range []proportion.Method{proportion.Newcombe, proportion.MiettinenNurminen} {
		c, err := proportion.Compare(proportion.Share{Count: 56, Total: 70}, proportion.Share{Count: 48, Total: 80},
			proportion.Options{Difference: method})
		fmt.Println(c.DifferenceMethod, c.Difference, err)
	}
	// Output:
	// Newcombe 0.2 (0.0524315, 0.333873) <nil>
	// Miettinen–Nurminen 0.2 (0.0528297, 0.338173) <nil>
}

// A segment in which nobody went without help has nothing to compare with.
func ExampleStratum() {
	pooled, err := proportion.MantelHaenszel([]proportion.Stratum{
		{Name: "small", First: proportion.Share{Count: 9, Total: 10}, Second: proportion.Share{Count: 80, Total: 100}},
		{Name: "large", First: proportion.Share{Count: 50, Total: 100}},
	}, proportion.Options{})
	fmt.Println(pooled.Kept, "compared,", pooled.Dropped, "dropped, difference", pooled.Difference.Value, err)
	// Output: 1 compared, 1 dropped, difference 0.1 <nil>
}

// Help keeps 10 points more in either segment, but most of the helped are in the
// one where more leave anyway: thrown together, 59 of 110 stay with it and 84 of 110 without.
func ExamplePooled() {
	pooled, err := proportion.MantelHaenszel([]proportion.Stratum{
		{Name: "small", First: proportion.Share{Count: 9, Total: 10}, Second: proportion.Share{Count: 80, Total: 100}},
		{Name: "large", First: proportion.Share{Count: 50, Total: 100}, Second: proportion.Share{Count: 4, Total: 10}},
	}, proportion.Options{})
	fmt.Println("crude", pooled.Crude.Difference.Value, "within segments", pooled.Difference.Value, err)
	// Output: crude -0.227273 within segments 0.1 <nil>
}

// 15 of 20 against 5 of 20, where 10 and 10 are to be expected: (15 − 10)² over a
// variance of 20 · 20 · 20 · 20 / (40² · 39).
func ExampleTest() {
	pooled, err := proportion.MantelHaenszel([]proportion.Stratum{
		{First: proportion.Share{Count: 15, Total: 20}, Second: proportion.Share{Count: 5, Total: 20}},
	}, proportion.Options{})
	fmt.Println("χ²", pooled.CMH.ChiSquare, "degrees of freedom", pooled.CMH.DF, "p", pooled.CMH.P, err)
	// Output: χ² 9.75 degrees of freedom 1 p 0.00179323 <nil>
}

// A difference of 20 points to the worse loses one account of five that are helped.
func ExampleNumberNeeded() {
	better := proportion.NumberNeededOf(success.EstimateOf(0.25, 0.1, 0.5))
	worse := proportion.NumberNeededOf(success.EstimateOf(-0.2, -0.5, -0.1))
	fmt.Println(better.Value, worse.Value)
	// Output: 4 -5
}

// With a difference of 10 to 50 points, from 2 to 10 have to be helped for one more.
func ExampleRay() {
	n := proportion.NumberNeededOf(success.EstimateOf(0.25, 0.1, 0.5))
	fmt.Println("one more kept:", n.Benefit.From, "to", n.Benefit.To)
	fmt.Println("one more lost:", n.Harm.From, "to", n.Harm.To)
	// Output:
	// one more kept: 2 to 10
	// one more lost: n/a to n/a
}

// Twice as many stay with help. What else would have to be as strong as 2 + √2? And
// if the interval holds 1 already, nothing has to be.
func ExampleEValue() {
	for _, ratio := range []success.Estimate{success.EstimateOf(2, 1.5, 3), success.EstimateOf(2, 0.9, 4)} {
		e, err := proportion.EValueOf(ratio)
		fmt.Println(e.Estimate, e.Limit, err)
	}
	// Output:
	// 3.41421 2.36603 <nil>
	// 3.41421 1 <nil>
}

// How many accounts does a pilot need, and does it find the difference with so many?
func ExampleStudy() {
	pilot := proportion.Study{First: 0.5, Second: 0.75, Power: 0.9}
	n, err := proportion.SampleSize(pilot)
	accounts, _ := n.Float64()
	pilot.PerArm = math.Ceil(accounts)
	power, _ := proportion.Power(pilot)
	fmt.Println(pilot.PerArm, "accounts in each arm find it with probability", power, err)
	// Output: 77 accounts in each arm find it with probability 0.901104 <nil>
}

// Of accounts that hardly ever leave, fifty say nothing about leaving even less.
func ExampleRange() {
	found, err := proportion.Detectable(proportion.Study{First: 0.98, PerArm: 50})
	fmt.Println("down to", found.Below, "or up to", found.Above, err)
	// Output: down to 0.810389 or up to n/a <nil>
}

// Half as many leave at any time. With one account in ten helped, 0.25/0.09 times as
// many have to leave before that shows.
func ExampleEventStudy() {
	for _, share := range []float64{0.5, 0.1} {
		n, err := proportion.Events(proportion.EventStudy{HazardRatio: 0.5, Share: share})
		fmt.Println(share, "helped:", n, err)
	}
	// Output:
	// 0.5 helped: 65.3457 <nil>
	// 0.1 helped: 181.516 <nil>
}
