// Nrr answers: how much of last year's revenue did we keep?
//
// Three customers, five contracts: one renews with more seats, one renews
// cheaper, one leaves; a new one is no retention and does not count.
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
		contract("C1", "Fernhill", "2024-01-01", 12_000, ""),
		contract("C2", "Fernhill", "2025-01-01", 15_000, "C1"),
		contract("C3", "Marlowe", "2024-06-01", 9_000, ""),
		contract("C4", "Marlowe", "2025-06-01", 7_500, "C3"),
		contract("C5", "Oakvale", "2024-03-15", 6_000, ""),
		contract("C6", "Pinecroft", "2025-09-01", 20_000, ""),
	}, retention.Options{})
	if err != nil {
		log.Fatal(err)
	}
	year, err := book.Between(success.Year(2025))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("opening", year.Opening, "closing", year.Closing)
	fmt.Println("NRR", year.NRR(), "GRR", year.GRR(), "customers kept", year.LogoRetention())
}

// contract is for one year.
func contract(id success.ContractID, account success.AccountID, start string, price int64, renews success.ContractID) success.Contract {
	day := success.MustDate(start)
	return success.Contract{
		ID: id, Account: account, Start: day, End: day.AddMonths(12),
		Price: decimal.NewFromInt(price), Term: success.Months(12), Renews: renews,
	}
}
