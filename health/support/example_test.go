package support_test

import (
	"fmt"
	"time"
	_ "time/tzdata"

	"metrics.internal/success"
	"metrics.internal/success/health/support"
)

func ExampleCalendar() {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		fmt.Println(err)
		return
	}
	calendar, err := support.NewCalendar(support.Hours{
		Zone:     berlin,
		Openings: support.Weekdays(9*time.Hour, 17*time.Hour),
		Holidays: []success.Date{success.MustDate("2024-10-03")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	wednesday := time.Date(2024, 10, 2, 16, 30, 0, 0, berlin)
	friday := time.Date(2024, 10, 4, 9, 15, 0, 0, berlin)
	fmt.Println(calendar.Between(wednesday, friday)) // Thursday was a holiday
	// Output: 45m0s <nil>
}

func ExampleNewCalendar() {
	_, err := support.NewCalendar(support.Hours{
		Zone: time.UTC,
		Openings: []support.Opening{
			{Day: time.Monday, From: 9 * time.Hour, To: 17 * time.Hour},
			{Day: time.Monday, From: 16 * time.Hour, To: 20 * time.Hour},
		},
	})
	fmt.Println(err)
	// Output: opening[1].From: 16h0m0s is before the end of opening[0]
}

func ExampleCalendar_Between() {
	var always *support.Calendar // never closes
	from := time.Date(2024, 10, 5, 12, 0, 0, 0, time.UTC)
	fmt.Println(always.Between(from, from.Add(90*time.Minute)))
	_, err := always.Between(from, time.Time{})
	fmt.Println(err)
	// Output:
	// 1h30m0s <nil>
	// to: is missing
}

func ExampleHours() {
	nights := support.Hours{Zone: time.UTC, Openings: []support.Opening{
		{Day: time.Saturday, From: 22 * time.Hour, To: 24 * time.Hour},
		{Day: time.Sunday, From: 0, To: 6 * time.Hour},
	}}
	calendar, err := support.NewCalendar(nights)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(calendar.Between(time.Date(2024, 10, 1, 0, 0, 0, 0, time.UTC), time.Date(2024, 10, 8, 0, 0, 0, 0, time.UTC)))
	// Output: 8h0m0s <nil>
}

func ExampleWeekdays() {
	week := support.Weekdays(9*time.Hour, 17*time.Hour+30*time.Minute)
	fmt.Println(len(week), week[0].Day, week[4].Day, week[4].To)
	// Output: 5 Monday Friday 17h30m0s
}
