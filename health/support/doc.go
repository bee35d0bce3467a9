// Package support measures how customers are served when they ask for help: how
// soon, how well, how often they have to ask again, and what about.
//
// A [Calendar] measures time in business hours, right about zones, holidays and
// both changes of the clock in a year. A [Tally] of [Ticket] values tells
// how long customers waited, in calendar or business time:
//
//	calendar, err := support.NewCalendar(support.Hours{Zone: berlin, Openings: support.Weekdays(9*time.Hour, 17*time.Hour)})
//	tally, err := support.TallyOf(tickets, support.Options{AsOf: asOf, Calendar: calendar})
//	times, err := tally.Times(support.KaplanMeier)
//	fmt.Println(times.FirstResponse.Median, times.FirstResponse.P90) // minutes
//	fmt.Println(tally.Touches.OneTouch(), tally.FirstContact.Rate(), tally.Mix.Share())
//
// [Rubric] scores peer reviews, [Deflection] says what self-service spares, and
// [IssuesOf] ranks what customers ask about by how many of them it concerns.
//
// # Tickets that are still open
//
// A ticket without an answer is not left out: that would make the slowest team
// look fast. It is taken for what it is, known to have waited so long and
// unknown from there on (censored), and medians are those of Kaplan and Meier.
// A median that has not been reached is undefined. The mean can only be taken
// over what has ended; it stands beside, and is too small while much is open.
package support
