package goal_test

import (
	"fmt"

	"metrics.internal/success"
	"metrics.internal/success/health/goal"
)

func ExampleAssess() {
	live := success.MustDate("2025-01-15")
	goals := []goal.Goal{
		{ID: "first campaign", Account: "Fernhill", Start: live, Due: live.AddDays(30), Outcome: goal.Met, On: live.AddDays(21)},
		{ID: "team trained", Account: "Fernhill", Start: live, Due: live.AddDays(60), Outcome: goal.PartlyMet, On: live.AddDays(60)},
		{ID: "old tool switched off", Account: "Fernhill", Start: live, Due: live.AddDays(90), Outcome: goal.Dropped, On: live.AddDays(40)},
		{ID: "10 % more leads", Account: "Fernhill", Start: live, Due: live.AddDays(365)},
	}
	report, err := goal.Assess(goals, success.MustDate("2025-06-30"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range report.Accounts[0].Goals {
		fmt.Println(s.Goal.ID+":", s.Status)
	}
	fmt.Println("attainment", report.Total.Attainment())
	// Output:
	// 10 % more leads: not yet due
	// first campaign: achieved
	// old tool switched off: cancelled
	// team trained: partial
	// attainment 75%
}

func ExampleGoal() {
	_, err := goal.Assess([]goal.Goal{{
		ID: "first campaign", Account: "Fernhill",
		Start: success.MustDate("2025-01-15"), Due: success.MustDate("2024-04-15"),
	}}, success.MustDate("2025-06-30"))
	fmt.Println(err)
	// Output: goal[0].Due: 2024-04-15 is before Start 2025-01-15
}

func ExampleTally_Attainment() {
	year := goal.Tally{Due: goal.Count{Achieved: 6, Late: 1, Partial: 2, Missed: 1, Cancelled: 3}}
	fmt.Println(year.Attainment(), goal.Tally{}.Attainment())
	// Output: 75% n/a
}

// What nobody reported could have gone either way.
func ExampleTally_Bounds() {
	year := goal.Tally{Due: goal.Count{Achieved: 6, Missed: 2, Unknown: 2}}
	lower, upper := year.Bounds()
	fmt.Println(year.Attainment(), "between", lower, "and", upper)
	// Output: 75% between 60% and 80%
}

func ExampleTally_Add() {
	north := goal.Tally{Due: goal.Count{Achieved: 3, Missed: 1}}
	south := goal.Tally{Due: goal.Count{Achieved: 1, Missed: 3}}
	fmt.Println(north.Add(south).Attainment())
	// Output: 50%
}

func ExampleCount_Add() {
	fmt.Println(goal.Count{Achieved: 3}.Add(goal.Count{Achieved: 1, Late: 2}))
	// Output: {4 2 0 0 0 0 0}
}

func ExampleCount_Total() {
	fmt.Println(goal.Count{Achieved: 3, NotYetDue: 4}.Total())
	// Output: 7
}

func ExampleTimeToValue() {
	day := success.MustDate
	speed, err := goal.TimeToValue([]goal.Wait{
		{Account: "Fernhill", Start: day("2025-04-01"), Reached: day("2025-04-11")},
		{Account: "Marlowe", Start: day("2025-04-01"), Reached: day("2025-04-21")},
		{Account: "Oakridge", Start: day("2025-04-01"), Reached: day("2025-05-01")},
		{Account: "Penrose", Start: day("2025-05-01")}, // 60 days and not there
		{Account: "Quill", Start: day("2025-04-01")},   // 90 days and not there
	}, "go-live", day("2025-06-30"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("half are there", speed.Median, "days after", speed.From)
	fmt.Println(speed.Reached, "are there,", speed.Waiting, "wait; the mean of the first alone is", speed.MeanOfReached)
	// Output:
	// half are there 30 days after go-live
	// 3 are there, 2 wait; the mean of the first alone is 20
}

func ExampleSpeed_Quantile() {
	day := success.MustDate
	speed, err := goal.TimeToValue([]goal.Wait{
		{Account: "Fernhill", Start: day("2025-04-01"), Reached: day("2025-04-11")},
		{Account: "Marlowe", Start: day("2025-04-01"), Left: day("2025-04-21")},
		{Account: "Oakridge", Start: day("2025-04-01")},
	}, "signature", day("2025-06-30"))
	fmt.Println("a quarter:", speed.Quantile(0.25), "three quarters:", speed.Quantile(0.75), err)
	// Output: a quarter: 10 three quarters: n/a <nil>
}

func ExampleOutcome_String() {
	fmt.Println(goal.PartlyMet, "and", goal.Dropped)
	// Output: partly met and dropped
}

func ExampleOutcome_MarshalText() {
	text, err := goal.NotMet.MarshalText()
	fmt.Println(string(text), err)
	// Output: not met <nil>
}

func ExampleOutcome_UnmarshalText() {
	var o goal.Outcome
	fmt.Println(o.UnmarshalText([]byte("met")), o)
	fmt.Println(o.UnmarshalText([]byte("done")), o)
	// Output:
	// <nil> met
	// success: "done" is unknown met
}

func ExampleStatus_String() {
	fmt.Println(goal.Late, "or", goal.NotYetDue)
	// Output: late or not yet due
}

func ExampleStatus_MarshalText() {
	text, err := goal.Cancelled.MarshalText()
	fmt.Println(string(text), err)
	// Output: cancelled <nil>
}

func ExampleStatus_UnmarshalText() {
	var s goal.Status
	fmt.Println(s.UnmarshalText([]byte("missed")), s)
	// Output: <nil> missed
}
