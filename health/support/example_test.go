package support_test

import (
	"fmt"
	"time"
	_ "time/tzdata"

	"github.com/shopspring/decimal"
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

// at returns a time of a day of support.
func at(hour, minute int) time.Time { return time.Date(2024, 11, 20, hour, minute, 0, 0, time.UTC) }

func day20() []support.Ticket {
	ticket := func(id string, created, replied, solved time.Time, replies int) support.Ticket {
		return support.Ticket{Interaction: success.Interaction{
			ID: success.InteractionID(id), Account: success.AccountID("Account of " + id), Initiative: success.Reactive,
			At: created, FirstReplyAt: replied, SolvedAt: solved, Replies: replies,
		}}
	}
	return []support.Ticket{
		ticket("T1", at(9, 0), at(9, 10), at(10, 0), 1),
		ticket("T2", at(9, 30), at(10, 0), at(12, 0), 3),
		ticket("T3", at(10, 0), time.Time{}, time.Time{}, 0), // nobody has answered
	}
}

func ExampleTallyOf() {
	tally, err := support.TallyOf(day20(), support.Options{AsOf: at(18, 0)})
	if err != nil {
		fmt.Println(err)
		return
	}
	times, err := tally.Times(support.KaplanMeier)
	if err != nil {
		fmt.Println(err)
		return
	}
	first := times.FirstResponse
	fmt.Println("first response:", first.Median, "minutes,", first.Open, "unanswered; mean of the others", first.Mean)
	fmt.Println("90 % within:", first.P90)
	// Output:
	// first response: 30 minutes, 1 unanswered; mean of the others 20
	// 90 % within: n/a
}

func ExampleTally_Merge() {
	tickets := day20()
	all := new(support.Tally)
	for i := range tickets {
		part, err := support.TallyOf(tickets[i:i+1], support.Options{AsOf: at(18, 0)})
		if err != nil {
			fmt.Println(err)
			return
		}
		all.Merge(part)
	}
	fmt.Println(all.Tickets, "tickets,", all.Touches.Open, "open")
	// Output: 3 tickets, 1 open
}

func ExampleTally_Times() {
	ticket := day20()[0]
	ticket.Pauses = []support.Pause{{Turn: support.OnHold, From: at(9, 20), To: at(9, 40)}}
	tally, err := support.TallyOf([]support.Ticket{ticket}, support.Options{AsOf: at(18, 0)})
	if err != nil {
		fmt.Println(err)
		return
	}
	times, err := tally.Times(support.NearestRank)
	fmt.Println(times.RequesterWait.Median, "gross,", times.NetRequesterWait.Median, "net", err)
	// Output: 60 gross, 40 net <nil>
}

func ExampleTicket_Validate() {
	ticket := day20()[0]
	ticket.SolvedAt = at(8, 0)
	fmt.Println(ticket.Validate())
	// Output: interaction.SolvedAt: 2024-11-20T08:00:00Z is before At 2024-11-20T09:00:00Z
}

func ExampleDistributionOf() {
	var waits []support.Wait
	for _, m := range []int{1, 2, 3, 4, 100} {
		waits = append(waits, support.Wait{Duration: time.Duration(m) * time.Minute, Ended: true})
	}
	for _, q := range []support.Quantiles{support.KaplanMeier, support.NearestRank, support.Type7} {
		d, err := support.DistributionOf(waits, q)
		fmt.Println(q, d.Median, d.P90, d.Mean, err)
	}
	// Output:
	// Kaplan–Meier 3 100 22 <nil>
	// nearest rank 3 100 22 <nil>
	// type 7 3 61.6 22 <nil>
}

func ExampleTouches() {
	tally, err := support.TallyOf(day20(), support.Options{AsOf: at(18, 0)})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("one reply:", tally.Touches.One, "more:", tally.Touches.More, "one-touch", tally.Touches.OneTouch())
	// Output: one reply: 1 more: 1 one-touch 50%
}

func ExampleFirstContact() {
	tally, err := support.TallyOf(day20(), support.Options{AsOf: at(18, 0).AddDate(0, 0, 30), Window: 14 * 24 * time.Hour})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(tally.FirstContact.Resolved, tally.FirstContact.Not, tally.FirstContact.Rate())
	// Output: 1 1 50%
}

func ExampleMix() {
	mix := support.Mix{Reactive: 100, Proactive: 20, Automated: 340}
	fmt.Println(mix.Ratio(), "of the reactive,", mix.Share(), "of both")
	// Output: 20% of the reactive, 16.7% of both
}

func ExampleRubric_Review() {
	rubric := support.Rubric{Categories: []support.Category{
		{Name: "solution", Weight: 3}, {Name: "tone", Weight: 1}, {Name: "privacy", Weight: 1, Critical: true},
	}}
	quality, err := rubric.Review([]support.Review{
		{Ratings: []support.Rating{{Category: "solution", Score: 1}, {Category: "tone", Score: 0}}}, // privacy did not come up
		{Ratings: []support.Rating{{Category: "solution", Score: 1}, {Category: "privacy", Score: 0}}},
	})
	fmt.Println(quality.Score(), "of", quality.Reviews, "reviews,", quality.Critical, "failed", err)
	// Output: 0.375 of 2 reviews, 1 failed <nil>
}

func ExampleDeflection() {
	d := support.Deflection{SelfService: 400, Tickets: 100}
	fmt.Println(d.Ratio(), d.Rate())
	// Output: 400% 80%
}

func ExampleIssuesOf() {
	issues, err := support.IssuesOf(
		[]support.Mention{{"Fernhill", "export"}, {"Fernhill", "export"}, {"Fernhill", "export"}, {"Marlowe", "login"}, {"Osprey", "login"}},
		[]support.Revenue{
			{Account: "Fernhill", Amount: decimal.NewFromInt(18000)},
			{Account: "Marlowe", Amount: decimal.NewFromInt(6000)},
			{Account: "Osprey", Amount: decimal.RequireFromString("2400.50")},
		}, support.ByAccounts)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, i := range issues {
		fmt.Println(i.Name, i.Accounts, "accounts", i.Mentions, "mentions", i.Revenue)
	}
	// Output:
	// login 2 accounts 2 mentions 8400.5
	// export 1 accounts 3 mentions 18000
}
