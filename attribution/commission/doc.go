// Package commission follows commission that lasts as long as the customer: what
// of it is final, what can still be lost, and what was, on any day.
//
//	ledger, err := commission.New(deals, adjustments, awards, commission.Options{})
//	statement, err := ledger.On(today)
//	for _, line := range statement.Lines {
//		fmt.Println(line.Deal, line.Person, line.Final, line.Recoverable, line.Next)
//	}
//
// A [Schedule] divides a commission into instalments, each with the time after
// the deal when it is paid and that after which it is final: [Clawback] in a
// window, [ProRata] over a term, a [Holdback] paid after a window, [Milestones]
// and rates by the retention reached, [Tiered], are such schedules.
//
// # Boundary days
//
// Everything is counted from the day the deal was won. A customer leaves on the
// first day on which it no longer is one, as [success.Contract.End] has it. A
// window, or term, of 12 months from February 1 is the days up to and with
// January 31: who leaves on that day is inside and has not stayed for it, who
// leaves on February 1 has. So a customer with a contract of 12 months from the
// day the deal was won, or from a later one, who does not renew it has stayed for
// 12 months, and whatever needed them is final. Where the contract starts before
// the deal is won, it ends before 12 months have passed from then: the customer
// leaves inside the window. To count from the start of such a contract, give the
// schedule what is left of the term when the deal is won, in [success.Days]. On
// the day itself that something is due, it counts as paid, on that on which the
// window has passed, as final.
//
// # What every amount is
//
// On every day and for each deal and person
//
//	Potential = Final + Recoverable + Held + Reversed + Forfeited
//
// to the last unit. Potential grows with restatements of the deal, never with
// time. A refund takes from all instalments, final or not, in proportion to what
// of the deal is refunded; without refunds what is final stays so.
package commission
