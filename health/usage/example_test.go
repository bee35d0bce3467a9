package usage_test

import (
	"fmt"

	"metrics.internal/success"
	"metrics.internal/success/health/usage"
)

func ExampleCadenceOf() {
	var active []success.Date
	for _, day := range []string{"2025-03-03", "2025-03-10", "2025-03-18", "2025-03-24", "2025-04-07"} {
		active = append(active, success.MustDate(day))
	}
	c, err := usage.CadenceOf(active, usage.Weekly, success.MustDate("2025-04-27"))
	if err != nil {
		fmt.Println(err)
		return
	}
	overdue, _ := c.Overdue.Value(2)
	fmt.Println("every", c.MedianGap, "days, adherence", c.Adherence)
	fmt.Println("last on", c.Last, "which is", overdue, "times the ideal gap ago")
	// Output:
	// every 7.5 days, adherence 93.3%
	// last on 2025-04-07 which is 2.86 times the ideal gap ago
}

// A new customer has no habit yet, but may be overdue.
func ExampleCadence() {
	c, err := usage.CadenceOf([]success.Date{success.MustDate("2025-03-03")}, 14, success.MustDate("2025-03-31"))
	fmt.Println(c.MedianGap, c.Adherence, c.Overdue, err)
	// Output: n/a n/a 200% <nil>
}

func ExampleProfileOf() {
	p, err := usage.ProfileOf(usage.Activity{
		Days: 30, ActiveDays: 20, ActiveUsers: 8, Uses: 200,
		FeaturesUsed: 6, FeaturesAvailable: 24,
		SeatsUsed: 9, SeatsBought: 10,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	user, _ := p.PerUser.Value(1)
	day, _ := p.PerDay.Value(1)
	fmt.Println("breadth:", p.Features, "of features,", p.Seats, "of seats")
	fmt.Println("depth:", user, "uses a user,", day, "an active day")
	// Output:
	// breadth: 25% of features, 90% of seats
	// depth: 25 uses a user, 10 an active day
}

func ExampleActivity() {
	_, err := usage.ProfileOf(usage.Activity{Days: 28, ActiveDays: 30, Uses: 90})
	fmt.Println(err)
	// Output: activity.ActiveDays: 30 is more than Days 28
}

func ExampleProfile() {
	idle, err := usage.ProfileOf(usage.Activity{Days: 30, SeatsBought: 10})
	fmt.Println(idle.Seats, "of the seats, and no depth to speak of:", idle.PerUser, err)
	// Output: 0% of the seats, and no depth to speak of: n/a <nil>
}

func ExampleFallOf() {
	f, err := usage.FallOf(usage.History{Earlier: []int64{410, 395, 60, 420, 400}, Present: 180})
	fmt.Println("lost", f.Lost, "of", f.Base, "uses a month", err)
	// Output: lost 55% of 400 uses a month <nil>
}

func ExampleHistory() {
	_, err := usage.FallOf(usage.History{Earlier: []int64{410, -395}, Present: 180})
	fmt.Println(err)
	// Output: period[1].Earlier: -395 is negative
}

func ExampleFall() {
	f, err := usage.FallOf(usage.History{Earlier: []int64{2, 3, 2}, Present: 1})
	fmt.Println(f.Base, f.Small, f.Lost, err)
	// Output: 2 true n/a <nil>
}
