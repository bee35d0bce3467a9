package support_test

import (
	"fmt"

	"metrics.internal/success/health/support"
)

// Each team sends its tally as bytes; whoever collects them merges.
func ExampleTally_MarshalBinary() {
	tickets := day20()
	all := new(support.Tally)
	for _, team := range [][]support.Ticket{tickets[:1], tickets[1:]} {
		part, err := support.TallyOf(team, support.Options{AsOf: at(18, 0)})
		if err != nil {
			fmt.Println(err)
			return
		}
		data, err := part.MarshalBinary()
		if err != nil {
			fmt.Println(err)
			return
		}
		sent := new(support.Tally)
		if err := sent.UnmarshalBinary(data); err != nil {
			fmt.Println(err)
			return
		}
		all.Merge(sent)
		fmt.Println(len(data), "bytes")
	}
	fmt.Println(all.Tickets, "tickets,", all.Touches.Open, "open")
	// Output:
	// 55 bytes
	// 81 bytes
	// 3 tickets, 1 open
}
