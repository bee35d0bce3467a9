package lifetime_test

import (
	"fmt"

	"metrics.internal/success/cohort/lifetime"
)

// even is a model in which any churn is as likely as any other.
var even = lifetime.Model{Alpha: 1, Beta: 1}

func ExampleModel_Leaving() {
	fmt.Println(even.Leaving(1), even.Leaving(2), even.Leaving(0))
	// Output: 0.5 0.166667 n/a
}

func ExampleModel_Survival() {
	fmt.Println(even.Survival(0), even.Survival(1), even.Survival(3))
	// Output: 1 0.5 0.25
}

func ExampleModel_Retention() {
	fmt.Println(even.Retention(1), even.Retention(2), even.Retention(9))
	// Output: 0.5 0.666667 0.9
}

func ExampleModel_ResidualLifetime() {
	m := lifetime.Model{Alpha: 3.8, Beta: 15.2}
	for _, renewals := range []int{0, 5, 10} {
		fmt.Println("after", renewals, "renewals:", m.ResidualLifetime(renewals, 0.1), "periods to come")
	}
	// Output:
	// after 0 renewals: 3.30982 periods to come
	// after 5 renewals: 3.96281 periods to come
	// after 10 renewals: 4.50541 periods to come
}

func ExampleModel_Validate() {
	fmt.Println(lifetime.Model{Alpha: -1, Beta: 1}.Validate())
	fmt.Println(even.Validate())
	// Output:
	// model.Alpha: -1 is not a number above 0
	// <nil>
}

func ExampleProjection() {
	fit, err := lifetime.Fit([]lifetime.Cohort{{1000, 869, 743, 653}, {800, 702, 611}}, lifetime.Options{Level: 0.9})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(fit.Customers, "customers; there after 5 renewals:", fit.Survival(5))
	fmt.Println("retained in the fifth period:", fit.Retention(5))
	fmt.Println("periods of a new customer:", fit.Lifetime(0.1))
	fmt.Println("periods to come after 3 renewals:", fit.ResidualLifetime(3, 0.1))
	// Output:
	// 1800 customers; there after 5 renewals: 0.499528 (0.452541, 0.546523)
	// retained in the fifth period: 0.871453 (0.829592, 0.904218)
	// periods of a new customer: 4.81054 (4.13166, 5.60097)
	// periods to come after 3 renewals: 4.22842 (2.92211, 6.11872)
}
