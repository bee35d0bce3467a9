package support_test

import (
	"fmt"
	"time"

	"metrics.internal/success/health/support"
)

// A wait that is still on counts: of three tickets the median is known, the 90th percentile is not.
func ExampleWait() {
	d, err := support.DistributionOf([]support.Wait{
		{Duration: 10 * time.Minute, Ended: true},
		{Duration: 20 * time.Minute, Ended: true},
		{Duration: 3 * time.Hour}, // and nobody has answered yet
	}, support.KaplanMeier)
	fmt.Println("median", d.Median, "90 % within", d.P90, err)
	// Output: median 20 90 % within n/a <nil>
}

func ExampleDistribution() {
	d, err := support.DistributionOf([]support.Wait{
		{Duration: 10 * time.Minute, Ended: true}, {Duration: 30 * time.Minute, Ended: true}, {Duration: 40 * time.Minute},
	}, support.KaplanMeier)
	fmt.Println(d.Ended, "ended after", d.Mean, "minutes on average,", d.Open, "did not; median", d.Median, err)
	// Output: 2 ended after 20 minutes on average, 1 did not; median 30 <nil>
}

// Leaving out who still waits makes a team look fast.
func ExampleQuantiles() {
	waits := []support.Wait{
		{Duration: time.Minute, Ended: true}, {Duration: 5 * time.Minute, Ended: true}, {Duration: 9 * time.Minute, Ended: true},
		{Duration: time.Hour}, {Duration: time.Hour},
	}
	for _, q := range []support.Quantiles{support.KaplanMeier, support.NearestRank} {
		d, err := support.DistributionOf(waits, q)
		fmt.Println(q, d.Median, err)
	}
	// Output:
	// Kaplan–Meier 9 <nil>
	// nearest rank 5 <nil>
}

// Business hours change how long a customer waited overnight.
func ExampleOptions() {
	calendar, err := support.NewCalendar(support.Hours{Zone: time.UTC, Openings: support.Weekdays(9*time.Hour, 17*time.Hour)})
	if err != nil {
		fmt.Println(err)
		return
	}
	night := day20()[:1] // created Wednesday 9:00 ...
	night[0].FirstReplyAt, night[0].SolvedAt = at(24+10, 0), at(24+11, 0)
	for _, c := range []*support.Calendar{nil, calendar} {
		tally, err := support.TallyOf(night, support.Options{AsOf: at(24+18, 0), Calendar: c})
		if err != nil {
			fmt.Println(err)
			return
		}
		times, err := tally.Times(support.KaplanMeier)
		fmt.Println(times.FirstResponse.Median, "minutes", err)
	}
	// Output:
	// 1500 minutes <nil>
	// 540 minutes <nil>
}

// A late shift that ends at two in the morning is two openings.
func ExampleOpening() {
	calendar, err := support.NewCalendar(support.Hours{Zone: time.UTC, Openings: []support.Opening{
		{Day: time.Wednesday, From: 18 * time.Hour, To: 24 * time.Hour},
		{Day: time.Thursday, From: 0, To: 2 * time.Hour},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(calendar.Between(at(23, 0), at(24+9, 0))) // Wednesday 23:00 to Thursday 9:00
	// Output: 3h0m0s <nil>
}

// A machine had the ticket for the first four minutes. How long did a person take?
func ExampleStart() {
	ticket := day20()[0] // created 9:00, answered 9:10
	ticket.HandedOffAt = at(9, 4)
	for _, start := range []support.Start{support.FromCreation, support.FromHandOff} {
		tally, err := support.TallyOf([]support.Ticket{ticket}, support.Options{AsOf: at(18, 0), Start: start})
		if err != nil {
			fmt.Println(err)
			return
		}
		times, err := tally.Times(support.KaplanMeier)
		fmt.Println("from", start, times.FirstResponse.Median, "minutes", err)
	}
	// Output:
	// from creation 10 minutes <nil>
	// from hand-off 6 minutes <nil>
}

// paused returns the times of a ticket open from 9:00 to 10:00, of which 15 minutes were a pause.
func paused(turn support.Turn) support.Times {
	ticket := day20()[0]
	ticket.Pauses = []support.Pause{{Turn: turn, From: at(9, 20), To: at(9, 35)}}
	tally, err := support.TallyOf([]support.Ticket{ticket}, support.Options{AsOf: at(18, 0)})
	if err != nil {
		fmt.Println(err)
		return support.Times{}
	}
	times, err := tally.Times(support.KaplanMeier)
	if err != nil {
		fmt.Println(err)
	}
	return times
}

// While it is the customer's turn, the customer does not wait.
func ExamplePause() {
	times := paused(support.Pending)
	fmt.Println("waited for us", times.RequesterWait.Median, "and we for the customer", times.AgentWait.Median)
	// Output: waited for us 45 and we for the customer 15
}

// On hold, waiting for somebody else, a customer waits all the same; only the net wait leaves it out.
func ExampleTurn() {
	for _, turn := range []support.Turn{support.Pending, support.OnHold} {
		times := paused(turn)
		fmt.Println(turn, "gross", times.RequesterWait.Median, "net", times.NetRequesterWait.Median)
	}
	// Output:
	// pending gross 45 net 45
	// on hold gross 60 net 45
}

func ExampleTimes() {
	times := paused(support.Pending)
	fmt.Println("answered after", times.FirstResponse.Median, "minutes, solved after", times.Resolution.Median)
	// Output: answered after 10 minutes, solved after 60
}

func ExampleTally_AppendBinary() {
	tally, err := support.TallyOf(day20(), support.Options{AsOf: at(18, 0)})
	if err != nil {
		fmt.Println(err)
		return
	}
	message, err := tally.AppendBinary([]byte("to the collector: "))
	fmt.Printf("%s %v\n", message[:17], err)
	sent := new(support.Tally)
	fmt.Println(sent.UnmarshalBinary(message[18:]), sent.Tickets, "tickets")
	// Output:
	// to the collector: <nil>
	// <nil> 3 tickets
}

// A ticket that was solved, opened again and solved for good: which solution counts?
func ExampleTicket() {
	ticket := day20()[0] // created 9:00
	ticket.FirstSolvedAt, ticket.ReopenedAt, ticket.SolvedAt, ticket.Reopens = at(9, 30), at(10, 0), at(11, 0), 1
	tally, err := support.TallyOf([]support.Ticket{ticket}, support.Options{AsOf: at(18, 0)})
	if err != nil {
		fmt.Println(err)
		return
	}
	times, err := tally.Times(support.KaplanMeier)
	fmt.Println("first", times.FirstResolution.Median, "last", times.Resolution.Median, "minutes", err)
	// Output: first 30 last 120 minutes <nil>
}
