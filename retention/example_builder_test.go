package retention_test

import (
	"fmt"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// A company's contracts, page by page, as an interface of a billing system gives
// them.
func pages() [][]success.Contract {
	contract := func(id, account, start, end string, price int64) success.Contract {
		c := success.Contract{
			ID: success.ContractID(id), Account: success.AccountID(account),
			Start: success.MustDate(start), Price: decimal.NewFromInt(price), Term: success.Months(12),
		}
		if end != "" {
			c.End = success.MustDate(end)
		}
		return c
	}
	return [][]success.Contract{
		{contract("C-1", "acme", "2022-05-01", "", 12000), contract("C-2", "birch", "2022-07-01", "2023-07-01", 6000)},
		{contract("C-3", "acme", "2023-03-01", "", 3000)},
	}
}

func ExampleNewBuilder() {
	builder := retention.NewBuilder(retention.Options{Workers: 2})
	for _, page := range pages() {
		builder.Append(page...)
	}
	book, err := builder.Book()
	if err != nil {
		panic(err)
	}
	year, err := book.Between(success.Year(2023))
	if err != nil {
		panic(err)
	}
	fmt.Println("NRR", year.NRR(), "GRR", year.GRR())
	// Output: NRR 83.3% GRR 66.7%
}

func ExampleBuilder_Append() {
	builder := retention.NewBuilder(retention.Options{})
	for _, page := range pages() {
		builder.Append(page...)
	}
	builder.Append(pages()[0][0]) // the first contract once more
	_, err := builder.Book()
	fmt.Println(err)
	// Output: contract[3].ID: C-1 is a duplicate
}

func ExampleBuilder_Book() {
	builder := retention.NewBuilder(retention.Options{})
	builder.Append(pages()[0]...)
	book, err := builder.Book()
	fmt.Println(book.Len(), err)
	// Output: 2 <nil>
}

// Rows of a database, each read when it is asked for.
func ExampleStreamBook() {
	rows := func(yield func(success.Contract, error) bool) {
		for _, page := range pages() {
			for _, contract := range page {
				if !yield(contract, nil) { // or what reading the row returns
					return
				}
			}
		}
	}
	book, err := retention.StreamBook(rows, retention.Options{})
	if err != nil {
		panic(err)
	}
	close, err := book.On(success.MustDate("2023-12-31"))
	if err != nil {
		panic(err)
	}
	fmt.Println(close.ARR, "a year from", close.Customers, "customer")
	// Output: 15000 a year from 1 customer
}
