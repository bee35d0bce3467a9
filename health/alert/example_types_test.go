package alert_test

import (
	"fmt"

	"metrics.internal/success"
	"metrics.internal/success/health/alert"
)

// Two champions have left Fernhill: each is an alert of its own.
func ExampleDeparture() {
	state, err := alert.Next(alert.State{}, []alert.Reading{{
		Account: "Fernhill",
		Departures: []alert.Departure{
			{Contact: "Ada", On: success.MustDate("2025-06-01")},
			{Contact: "Bob", On: success.MustDate("2025-06-20")},
		},
	}}, success.MustDate("2025-06-30"), alert.Policy{})
	for _, a := range state.Open() {
		fmt.Println(a.Severity, a.Kind, a.Subject)
	}
	fmt.Println(err)
	// Output:
	// critical champion left Ada
	// critical champion left Bob
	// <nil>
}

// A goal is in time up to its day due, that day included, and missed from the next on.
func ExampleGoal() {
	goal := alert.Goal{ID: "first campaign", Due: success.MustDate("2025-06-30")}
	var state alert.State
	var err error
	for day := range 2 {
		reading := alert.Reading{Account: "Fernhill", Goals: []alert.Goal{goal}}
		state, err = alert.Next(state, []alert.Reading{reading}, goal.Due.AddDays(day), alert.Policy{})
		fmt.Println(goal.Due.AddDays(day), len(state.Open()), "open", err)
	}
	// Output:
	// 2025-06-30 0 open <nil>
	// 2025-07-01 1 open <nil>
}

// No two open alerts have the same key, so that one that stays is not opened again.
func ExampleKey() {
	state, err := alert.Next(alert.State{}, accounts(), success.MustDate("2025-06-30"), alert.Policy{})
	if err != nil {
		fmt.Println(err)
		return
	}
	state, err = alert.Next(state, accounts(), success.MustDate("2025-07-01"), alert.Policy{})
	seen := map[alert.Key]int{}
	for _, a := range state.Open() {
		seen[a.Key]++
	}
	fmt.Println(seen[alert.Key{Account: "Marlowe", Kind: alert.BandDrop}], "alert on the band of Marlowe", err)
	// Output: 1 alert on the band of Marlowe <nil>
}

// Since when is it known, and was it still so today?
func ExampleAlert() {
	var state alert.State
	var err error
	for _, day := range []string{"2025-06-30", "2025-07-01"} {
		if state, err = alert.Next(state, accounts()[1:2], success.MustDate(day), alert.Policy{}); err != nil {
			fmt.Println(err)
			return
		}
	}
	a := state.Open()[0]
	fmt.Println(a.Account, a.Kind, "since", a.Opened, "confirmed", a.Confirmed, a.AtStake, "at stake")
	// Output: Marlowe band drop since 2025-06-30 confirmed 2025-07-01 900 at stake
}
