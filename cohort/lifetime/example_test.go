package lifetime_test

import (
	"errors"
	"fmt"

	"metrics.internal/success/cohort/lifetime"
)

func ExampleFit() {
	fit, err := lifetime.Fit([]lifetime.Cohort{{1000, 869, 743, 653, 593, 551, 517, 491}}, lifetime.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("α %.3f, β %.3f\n", fit.Model.Alpha, fit.Model.Beta)
	fmt.Println("there after 12 renewals:", fit.Survival(12))
	fmt.Println("retained in period 8:", fit.Retention(8))
	fmt.Println("periods to come after 7 renewals:", fit.ResidualLifetime(7, 0.1))
	// Output:
	// α 0.668, β 3.806
	// there after 12 renewals: 0.377999 (0.340739, 0.416758)
	// retained in period 8: 0.941775 (0.931468, 0.950613)
	// periods to come after 7 renewals: 7.52963 (7.01941, 8.07693)
}

func ExampleFit_constant() {
	_, err := lifetime.Fit([]lifetime.Cohort{{1000, 900, 810, 729}}, lifetime.Options{})
	fmt.Println(errors.Is(err, lifetime.ErrConstant))
	fmt.Println(err)
	// Output:
	// true
	// lifetime: churn does not fall, so that the same churn for everybody fits best
}

func ExampleModel() {
	m := lifetime.Model{Alpha: 1, Beta: 1} // any churn is as likely as any other
	for period := 1; period <= 3; period++ {
		fmt.Println(m.Leaving(period), m.Survival(period), m.Retention(period))
	}
	// Output:
	// 0.5 0.5 0.5
	// 0.166667 0.333333 0.666667
	// 0.0833333 0.25 0.75
}

func ExampleModel_Lifetime() {
	m := lifetime.Model{Alpha: 3.8, Beta: 15.2}
	fmt.Println("new:", m.Lifetime(0.1))
	fmt.Println("after 5 renewals:", m.ResidualLifetime(5, 0.1), "to come")
	fmt.Println("undiscounted:", lifetime.Model{Alpha: 0.7, Beta: 2}.Lifetime(0))
	// Output:
	// new: 4.00893
	// after 5 renewals: 3.96281 to come
	// undiscounted: n/a
}
