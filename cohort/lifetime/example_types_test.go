package lifetime_test

import (
	"fmt"

	"metrics.internal/success/cohort/lifetime"
)

// thirds fits a cohort of which a third renews once, and a sixth, a tenth and a
// fifteenth for a second, third and fourth time: exactly those of α 2 and β 1.
func thirds() *lifetime.Projection {
	fit, err := lifetime.Fit([]lifetime.Cohort{{6000, 2000, 1000, 600, 400}}, lifetime.Options{})
	if err != nil {
		fmt.Println(err)
	}
	return fit
}

// What share will be left after five renewals, one more than anybody has seen? 2/(6 · 7).
func ExampleProjection_Survival() {
	fmt.Println(thirds().Survival(5))
	// Output: 0.047619 (0.0424365, 0.0533993)
}

// Half of those who have renewed once do so again, and three fifths of these.
func ExampleProjection_Retention() {
	fit := thirds()
	fmt.Println(fit.Retention(2).Value, fit.Retention(3).Value)
	fmt.Println("the tenth time:", fit.Retention(10))
	// Output:
	// 0.5 0.6
	// the tenth time: 0.833333 (0.818364, 0.847299)
}

// How many periods will a new customer stay, the first included?
func ExampleProjection_Lifetime() {
	fmt.Println(thirds().Lifetime(0))
	// Output: 2 (1.88981, 2.11662)
}

// Who has renewed stays longer: each renewal promises one more period to come.
func ExampleProjection_ResidualLifetime() {
	fit := thirds()
	for renewals := range 3 {
		fmt.Println(renewals, "renewals:", fit.ResidualLifetime(renewals, 0).Value, "to come")
	}
	// Output:
	// 0 renewals: 1 to come
	// 1 renewals: 2 to come
	// 2 renewals: 3 to come
}

// A Cohort counts who is left, not who has left, and never grows.
func ExampleCohort() {
	_, err := lifetime.Fit([]lifetime.Cohort{{1000, 131, 126, 90}, {800, 702, 711}}, lifetime.Options{})
	fmt.Println(err)
	// Output: cohort[1].[2]: 711 is more than the 702 of the period before
}

// A lower level makes a narrower interval, never another estimate.
func ExampleOptions() {
	for _, level := range []float64{0.99, 0.5} {
		fit, err := lifetime.Fit([]lifetime.Cohort{{6000, 2000, 1000, 600, 400}}, lifetime.Options{Level: level})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(level, fit.Retention(10))
	}
	// Output:
	// 0.99 0.833333 (0.813449, 0.851485)
	// 0.5 0.833333 (0.828296, 0.838251)
}
