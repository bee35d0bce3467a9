package goal_test

import (
	"fmt"

	"metrics.internal/success"
	"metrics.internal/success/health/goal"
)

// goals returns two goals of Fernhill, one in time and one late, and one of Marlowe
// that was not met; all were due by the end of March.
func goals() []goal.Goal {
	day := success.MustDate
	of := func(account success.AccountID, id string, outcome goal.Outcome, on string) goal.Goal {
		return goal.Goal{ID: id, Account: account, Start: day("2025-01-01"), Due: day("2025-03-31"), Outcome: outcome, On: day(on)}
	}
	return []goal.Goal{
		of("Fernhill", "first campaign", goal.Met, "2025-03-31"),
		of("Fernhill", "team trained", goal.Met, "2025-04-01"),
		of("Marlowe", "first campaign", goal.NotMet, "2025-03-01"),
	}
}

// Of three goals one was met in time and one late, which counts half.
func ExampleReport() {
	report, err := goal.Assess(goals(), success.MustDate("2025-06-30"))
	fmt.Println(report.Total.Due.Total(), "goals of", len(report.Accounts), "accounts, attained", report.Total.Attainment(), err)
	// Output: 3 goals of 2 accounts, attained 50% <nil>
}

func ExampleAccount() {
	report, err := goal.Assess(goals(), success.MustDate("2025-06-30"))
	for _, a := range report.Accounts {
		fmt.Println(a.ID, a.Tally.Attainment(), "of", len(a.Goals))
	}
	fmt.Println(err)
	// Output:
	// Fernhill 75% of 2
	// Marlowe 0% of 1
	// <nil>
}

// The day due is still in time; the day after it is late.
func ExampleStanding() {
	report, err := goal.Assess(goals(), success.MustDate("2025-06-30"))
	for _, s := range report.Accounts[0].Goals {
		fmt.Println(s.Goal.ID, "due", s.Goal.Due, "met", s.Goal.On, "-", s.Status)
	}
	fmt.Println(err)
	// Output:
	// first campaign due 2025-03-31 met 2025-03-31 - achieved
	// team trained due 2025-03-31 met 2025-04-01 - late
	// <nil>
}

// Who left without getting there is no longer waiting, and not among those who are there.
func ExampleWait() {
	day := success.MustDate
	speed, err := goal.TimeToValue([]goal.Wait{
		{Account: "Fernhill", Start: day("2025-04-01"), Reached: day("2025-04-11")},
		{Account: "Marlowe", Start: day("2025-04-01"), Left: day("2025-05-01")},
		{Account: "Oakridge", Start: day("2025-04-01")},
	}, "go-live", day("2025-06-30"))
	fmt.Println(speed.Reached, "there,", speed.Left, "left,", speed.Waiting, "waiting", err)
	// Output: 1 there, 1 left, 1 waiting <nil>
}

// What is not due yet is counted, and no part of the attainment.
func ExampleTally() {
	later := goals()[0]
	later.ID, later.Due, later.Outcome, later.On = "10 % more leads", success.MustDate("2025-12-31"), goal.Unreported, success.Date{}
	report, err := goal.Assess(append(goals(), later), success.MustDate("2025-06-30"))
	t := report.Total
	fmt.Println(t.All.Total(), "goals,", t.Due.Total(), "due,", t.Attainment(), "attained", err)
	// Output: 4 goals, 3 due, 50% attained <nil>
}
