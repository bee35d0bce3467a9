package journey_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"metrics.internal/success/attribution/journey"
)

// A win that met a ticket and a webinar is shared by two, one that met a ticket only
// is the ticket's: one and a half of two wins, and 750 + 500 EUR of 1,500 and 500.
func ExamplePart() {
	book, err := journey.New([]journey.Path{
		{Keys: []string{"ticket", "webinar"}, Won: 1, Revenue: decimal.NewFromInt(1500)},
		{Keys: []string{"ticket"}, Won: 1, Revenue: decimal.NewFromInt(500)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	credit, err := book.Shapley()
	if err != nil {
		fmt.Println(err)
		return
	}
	ticket := credit.Parts[0]
	fmt.Println(ticket.Key, ticket.Share, "of the wins,", ticket.Won, "of", credit.Won, "and", ticket.Revenue, "EUR")
	// Output: ticket 0.75 of the wins, 1.5 of 2 and 1250 EUR
}
