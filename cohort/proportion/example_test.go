package proportion_test

import (
	"fmt"

	"metrics.internal/success"
	"metrics.internal/success/cohort/proportion"
)

func ExampleWilson() {
	everybody, err := proportion.Wilson(proportion.Share{Count: 10, Total: 10}, 0.95)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("10 of 10 kept:", everybody)
	// Output: 10 of 10 kept: 1 (0.722467, 1)
}

func ExampleShare() {
	kept := proportion.Share{Count: 56, Total: 70}
	fmt.Println(kept.Ratio(), proportion.Share{}.Ratio())
	// Output: 80% n/a
}

func ExampleCompare() {
	helped := proportion.Share{Count: 56, Total: 70}
	unhelped := proportion.Share{Count: 48, Total: 80}
	c, err := proportion.Compare(helped, unhelped, proportion.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("difference:", c.Difference, c.DifferenceMethod)
	fmt.Println("ratio:", c.Ratio, c.RatioMethod)
	// Output:
	// difference: 0.2 (0.0524315, 0.333873) Newcombe
	// ratio: 1.33333 (1.07982, 1.67081) Koopman
}

func ExampleNumberNeededOf() {
	n := proportion.NumberNeededOf(success.EstimateOf(0.10, -0.05, 0.25))
	fmt.Println("to help for one more kept:", n.Value)
	fmt.Println("it may be", n.Benefit.From, "or more, or as well", n.Harm.From, "or more for one more lost")
	// Output:
	// to help for one more kept: 10
	// it may be 4 or more, or as well 20 or more for one more lost
}

func ExampleMantelHaenszel() {
	pooled, err := proportion.MantelHaenszel([]proportion.Stratum{
		{Name: "small", First: proportion.Share{Count: 81, Total: 87}, Second: proportion.Share{Count: 234, Total: 270}},
		{Name: "large", First: proportion.Share{Count: 192, Total: 263}, Second: proportion.Share{Count: 55, Total: 80}},
	}, proportion.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("crude:", pooled.Crude.Difference)
	fmt.Println("within strata:", pooled.Difference)
	fmt.Println(pooled.Warnings)
	// Output:
	// crude: -0.0457143 (-0.104461, 0.0133315)
	// within strata: 0.0538356 (-0.0119294, 0.119601)
	// [the crude difference and the one within strata have opposite signs]
}

func ExamplePower() {
	power, err := proportion.Power(proportion.Study{First: 0.80, Second: 0.90, PerArm: 199})
	fmt.Println(power, err)
	// Output: 0.800073 <nil>
}

func ExampleSampleSize() {
	n, err := proportion.SampleSize(proportion.Study{First: 0.5, Second: 0.75, Power: 0.9})
	fmt.Println(n, "accounts in each arm", err)
	// Output: 76.7069 accounts in each arm <nil>
}

func ExampleDetectable() {
	found, err := proportion.Detectable(proportion.Study{First: 0.8, PerArm: 199})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("from 80%%: down to %v or up to %v\n", found.Below, found.Above)
	// Output: from 80%: down to 0.676935 or up to 0.899992
}

func ExampleEvents() {
	n, err := proportion.Events(proportion.EventStudy{HazardRatio: 0.7})
	fmt.Println(n, "accounts have to leave", err)
	// Output: 246.787 accounts have to leave <nil>
}

func ExampleEValueOf() {
	e, err := proportion.EValueOf(success.EstimateOf(1.8, 1.25, 2.6))
	fmt.Println(e.Estimate, e.Limit, err)
	// Output: 3 1.80902 <nil>
}
