package retention_test

import (
	"fmt"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// contract is a contract of the small company of the examples: a price for one
// seat and a term, from a day up to another or without end.
func contract(id, account, from, to string, price, seats int64, term success.Term) success.Contract {
	c := success.Contract{
		ID: success.ContractID(id), Account: success.AccountID(account), Product: "Desk",
		Start: success.MustDate(from), Price: decimal.NewFromInt(price), Quantity: seats, Term: term,
	}
	if to != "" {
		c.End = success.MustDate(to)
	}
	return c
}

// company returns the contracts of six customers. In 2025 Alder renewed with ten
// seats more, Cedar left, Dogwood paid after a trial, Elm came back and Fir got a
// credit.
func company() []success.Contract {
	yearly, monthly := success.Months(12), success.Months(1)
	contracts := []success.Contract{
		contract("A1", "Alder", "2024-04-01", "2025-04-01", 300, 40, yearly),
		contract("A2", "Alder", "2025-04-01", "2026-04-01", 300, 50, yearly),
		contract("B1", "Birch", "2024-01-15", "", 100, 1, monthly),
		contract("C1", "Cedar", "2024-06-15", "2025-06-15", 300, 20, yearly),
		contract("D1", "Dogwood", "2025-02-01", "2025-03-01", 0, 1, monthly),
		contract("D2", "Dogwood", "2025-03-01", "", 50, 1, monthly),
		contract("E1", "Elm", "2023-01-01", "2023-07-01", 200, 1, monthly),
		contract("E2", "Elm", "2025-09-01", "", 150, 1, monthly),
		contract("F1", "Fir", "2024-03-01", "", 1200, 1, yearly),
		contract("F2", "Fir", "2025-05-01", "", -200, 1, yearly),
	}
	contracts[1].Renews = "A1"
	return contracts
}

// accounts describes them.
func accounts() []success.Account {
	return []success.Account{
		{ID: "Alder", Segment: "large", Owner: "Ada"},
		{ID: "Birch", Segment: "small", Owner: "Ada"},
		{ID: "Cedar", Segment: "large", Owner: "Bo"},
		{ID: "Dogwood", Segment: "small", Owner: "Bo"},
		{ID: "Elm", Segment: "small", Owner: "Bo"},
		{ID: "Fir", Segment: "small", Owner: "Bo"},
	}
}

func exampleBook(options retention.Options) *retention.Book {
	book, err := retention.NewBook(company(), options)
	if err != nil {
		panic(err)
	}
	return book
}

func exampleYear() retention.Movement {
	year, err := exampleBook(retention.Options{}).Between(success.Year(2025))
	if err != nil {
		panic(err)
	}
	return year
}

func ExampleNewBook() {
	book, err := retention.NewBook([]success.Contract{
		{ID: "A1", Account: "Alder", Start: success.MustDate("2025-01-01"), Price: decimal.NewFromInt(99), Term: success.Months(1)},
		{ID: "A1", Account: "Alder", Start: success.MustDate("2025-03-01"), Price: decimal.NewFromInt(99), Term: success.Months(0)},
	}, retention.Options{})
	fmt.Println(book == nil)
	fmt.Println(err)
	// Output:
	// true
	// 2 faults
	// 	contract[1].Term: 0 months is out of range
	// 	contract[1].ID: A1 is a duplicate
}

func ExampleBook_Between() {
	year, err := exampleBook(retention.Options{}).Between(success.Year(2025))
	fmt.Println(year.Opening, "+", year.New, "+", year.Reactivation, "+", year.Expansion,
		"-", year.Contraction, "-", year.Churn, "=", year.Closing, err)
	fmt.Println(year.NRR(), year.GRR())
	// Output:
	// 20400 + 600 + 1800 + 3000 - 200 - 6000 = 19600 <nil>
	// 84.3% 69.6%
}

func ExampleBook_Series() {
	quarters, err := exampleBook(retention.Options{}).Series(success.Year(2025).Quarters())
	for _, q := range quarters {
		fmt.Println(q.Period, q.Opening, "to", q.Closing, q.NRR())
	}
	fmt.Println(err)
	// Output:
	// [2025-01-01, 2025-04-01) 20400 to 21000 100%
	// [2025-04-01, 2025-07-01) 21000 to 17800 84.8%
	// [2025-07-01, 2025-10-01) 17800 to 19600 100%
	// [2025-10-01, 2026-01-01) 19600 to 19600 100%
	// <nil>
}

func ExampleBook_On() {
	day, err := exampleBook(retention.Options{}).On(success.MustDate("2025-02-15"))
	fmt.Println(day.ARR, day.MRR(2), day.Customers, day.Free, err)
	// Output: 20400 1700 4 1 <nil>
}

func ExampleBook_Lines() {
	lines, err := exampleBook(retention.Options{}).Lines(success.Year(2025))
	for _, l := range lines {
		fmt.Println(l.Account, l.Opening, "to", l.Closing, l.Movement, l.Amount)
	}
	fmt.Println(err)
	// Output:
	// Cedar 6000 to 0 churn 6000
	// Alder 12000 to 15000 expansion 3000
	// Elm 0 to 1800 reactivation 1800
	// Dogwood 0 to 600 new 600
	// Fir 1200 to 1000 contraction 200
	// Birch 1200 to 1200 none 0
	// <nil>
}

func ExampleReasons() {
	lines, _ := exampleBook(retention.Options{}).Lines(success.Year(2025))
	for _, l := range lines[:2] {
		r := l.Reasons
		fmt.Println(l.Account, "seats", r.Seats.Total(), "price", r.Price.Total(), "product", r.Product.Total())
		fmt.Println("  at renewal", r.Renewal(), "mid-term", r.MidTerm(), "in all", r.Total())
	}
	// Output:
	// Cedar seats 0 price 0 product -6000
	//   at renewal 0 mid-term -6000 in all -6000
	// Alder seats 3000 price 0 product 0
	//   at renewal 3000 mid-term 0 in all 3000
}

func ExampleBook_Events() {
	events, err := exampleBook(retention.Options{}).Events(success.Year(2025))
	for _, e := range events {
		fmt.Println(e.Date, e.Account, e.Movement, e.Before, "to", e.After)
	}
	fmt.Println(err)
	// Output:
	// 2025-03-01 Dogwood new 0 to 600
	// 2025-04-01 Alder expansion 12000 to 15000
	// 2025-05-01 Fir contraction 1200 to 1000
	// 2025-06-15 Cedar churn 6000 to 0
	// 2025-09-01 Elm reactivation 0 to 1800
	// <nil>
}

func ExampleBook_Histories() {
	for h, err := range exampleBook(retention.Options{}).Histories(success.Year(2025)) {
		if err == nil && h.Account == "Fir" {
			fmt.Println(h.Account, h.Opening, h.Steps[0].Date, h.Steps[0].Micros)
		}
	}
	// Output: Fir 1200000000 2025-05-01 1000000000
}

func ExampleBook_Renewals() {
	r, err := exampleBook(retention.Options{}).Renewals(success.Year(2025))
	fmt.Println("due", r.Due, "on time", r.OnTime, "lapsed", r.Lapsed, err)
	fmt.Println(r.Logo(), r.Gross(), r.Net())
	// Output:
	// due 2 on time 1 lapsed 1 <nil>
	// 50% 66.7% 83.3%
}

func ExampleBook_Cut() {
	book := exampleBook(retention.Options{Accounts: accounts()})
	cut, err := book.Cut(success.Year(2025), retention.BySegment())
	for _, row := range cut.Rows {
		fmt.Println(row.Value, row.Movement.Opening, "to", row.Movement.Closing, row.Movement.NRR(), row.Renewals.Logo())
	}
	fmt.Println(cut.Name, cut.Additive, err)
	// Output:
	// large 18000 to 15000 83.3% 50%
	// small 2400 to 4600 91.7% n/a
	// segment true <nil>
}

func ExampleByOwner() {
	book := exampleBook(retention.Options{Accounts: accounts()})
	cut, _ := book.Cut(success.Year(2025), retention.ByOwner())
	for _, row := range cut.Rows {
		fmt.Println(row.Value, row.Movement.Accounts.Opening, "to", row.Movement.Accounts.Closing)
	}
	// Output:
	// Ada 2 to 2
	// Bo 2 to 3
}

func ExampleBySegment() {
	fmt.Println(cutOf(retention.Options{Accounts: accounts()}, retention.BySegment()))
	// Output: [large 83.3% small 91.7%]
}

// cutOf returns the values of a cut of 2025 and the NRR of each.
func cutOf(options retention.Options, key retention.Key) []string {
	cut, err := exampleBook(options).Cut(success.Year(2025), key)
	if err != nil {
		return []string{err.Error()}
	}
	var rows []string
	for _, row := range cut.Rows {
		rows = append(rows, row.Value, row.Movement.NRR().String())
	}
	return rows
}

func ExampleByAccount() {
	initial := retention.ByAccount("initial", func(a success.Account) string { return string(a.ID[:1]) })
	fmt.Println(cutOf(retention.Options{}, initial))
	// Output: [A 125% B 100% C 0% D n/a E n/a F 83.3%]
}

func ExampleBySize() {
	fmt.Println(cutOf(retention.Options{}, retention.BySize(decimal.NewFromInt(5000), decimal.NewFromInt(10000))))
	// Output: [none n/a < 5000 91.7% 5000 to 10000 0% >= 10000 125%]
}

func ExampleByProduct() {
	fmt.Println(cutOf(retention.Options{}, retention.ByProduct()))
	// Output: [Desk 84.3%]
}

func ExampleByCurrency() {
	fmt.Println(cutOf(retention.Options{Currency: "EUR"}, retention.ByCurrency()))
	// Output: [EUR 84.3%]
}

func ExampleCut_Merge() {
	p, key := success.Year(2025), retention.ByProduct()
	contracts := company()
	first, _ := retention.NewBook(contracts[:3], retention.Options{})
	second, _ := retention.NewBook(contracts[3:], retention.Options{})
	a, _ := first.Cut(p, key)
	b, _ := second.Cut(p, key)
	all, err := a.Merge(b)
	fmt.Println(all.Rows[0].Value, all.Rows[0].Movement.NRR(), all.Rows[0].Renewals.Logo(), err)
	// Output: Desk 84.3% 50% <nil>
}

func ExampleBook_Len() {
	fmt.Println(exampleBook(retention.Options{}).Len())
	// Output: 10
}

func ExampleBook_Currency() {
	fmt.Println(exampleBook(retention.Options{Currency: "EUR"}).Currency())
	// Output: EUR
}

func ExampleBook_Grain() {
	fmt.Println(exampleBook(retention.Options{Grain: retention.GrainProduct}).Grain() == retention.GrainProduct)
	// Output: true
}

func ExampleBook_Since() {
	fmt.Println(exampleBook(retention.Options{}).Since())
	// Output: 2023-01-01
}
