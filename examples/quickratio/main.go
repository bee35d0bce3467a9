// Quickratio answers: quarter by quarter, how much do we win for what we lose?
//
// A ratio of 4 is four won for one lost. A quarter without losses has none: it is
// undefined, not infinite.
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
		monthly("C1", "Fernhill", "2024-02-01", "2025-05-01", 500),
		monthly("C2", "Marlowe", "2024-07-15", "", 300),
		monthly("C3", "Oakvale", "2025-02-01", "", 800),
		monthly("C4", "Marlowe", "2025-04-01", "", 200), // on top of C2
		monthly("C5", "Pinecroft", "2025-08-01", "2025-12-01", 400),
		monthly("C6", "Fernhill", "2025-11-01", "", 250), // back again
	}, retention.Options{})
	if err != nil {
		log.Fatal(err)
	}
	quarters, err := book.Series(success.Year(2025).Quarters())
	if err != nil {
		log.Fatal(err)
	}
	for i, q := range quarters {
		mrr := q.Monthly(0)
		ratio := "n/a"
		if v, ok := q.QuickRatio().Value(1); ok {
			ratio = v.String()
		}
		fmt.Printf("Q%d won %4s lost %4s quick ratio %s\n", i+1,
			mrr.New.Add(mrr.Reactivation).Add(mrr.Expansion), mrr.Contraction.Add(mrr.Churn), ratio)
	}
}

// monthly is a contract that is paid every month; without end it is open.
func monthly(id success.ContractID, account success.AccountID, start, end string, price int64) success.Contract {
	c := success.Contract{
		ID: id, Account: account, Start: success.MustDate(start),
		Price: decimal.NewFromInt(price), Term: success.Months(1),
	}
	if end != "" {
		c.End = success.MustDate(end)
	}
	return c
}
