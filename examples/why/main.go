// Why answers: what made this customer's bill change, and was it the renewal?
//
// One renews with more seats at a higher price, one adds a product in mid-term.
package main

import (
	"fmt"
	"log"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

func main() {
	book, err := retention.NewBook([]success.Contract{
		seats("C1", "Fernhill", "Desk", "2024-04-01", 10, 300, ""),
		seats("C2", "Fernhill", "Desk", "2025-04-01", 14, 320, "C1"),
		seats("C3", "Marlowe", "Desk", "2024-11-01", 20, 300, ""),
		seats("C4", "Marlowe", "Desk", "2025-11-01", 15, 300, "C3"),
		seats("C5", "Marlowe", "Vault", "2025-07-01", 1, 900, ""),
	}, retention.Options{})
	if err != nil {
		log.Fatal(err)
	}
	lines, err := book.Lines(success.Year(2025))
	if err != nil {
		log.Fatal(err)
	}
	for _, l := range lines {
		r := l.Reasons
		fmt.Println(l.Account, l.Opening, "to", l.Closing, l.Movement, l.Amount)
		fmt.Println("  seats", r.Seats.Total(), "price", r.Price.Total(), "product", r.Product.Total())
		fmt.Println("  at renewal", r.Renewal(), "in mid-term", r.MidTerm())
	}
}

// seats is a contract of a year for a number of seats.
func seats(id success.ContractID, account success.AccountID, product, start string, n, price int64, renews success.ContractID) success.Contract {
	day := success.MustDate(start)
	return success.Contract{
		ID: id, Account: account, Product: product, Start: day, End: day.AddMonths(12), Quantity: n,
		Price: decimal.NewFromInt(price), Term: success.Months(12), Renews: renews,
	}
}
