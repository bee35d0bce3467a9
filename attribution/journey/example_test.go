package journey_test

import (
	"encoding/json"
	"fmt"

	"github.com/shopspring/decimal"

	"metrics.internal/success/attribution/journey"
)

// quarter are journeys to a larger plan: who met a ticket, a webinar or a newsletter
// on the way, and how many bought.
func quarter() []journey.Path {
	euros := decimal.NewFromInt
	return []journey.Path{
		{Keys: []string{"ticket", "webinar"}, Won: 3, Lost: 1, Revenue: euros(9000)},
		{Keys: []string{"ticket", "newsletter"}, Won: 1, Lost: 1, Revenue: euros(1000)},
		{Won: 2, Lost: 7, Revenue: euros(800)}, // met nothing
	}
}

func ExampleBook() {
	book, err := journey.New(quarter())
	if err != nil {
		panic(err)
	}
	credit, err := book.Markov(1)
	if err != nil {
		panic(err)
	}
	for _, p := range credit.Parts {
		fmt.Printf("%-10s effect %.2f, %.2f of %d wins, %s of %s EUR\n", p.Key, p.Effect, p.Won, credit.Won, p.Revenue, credit.Revenue)
	}
	// Output:
	// newsletter effect 0.25, 0.50 of 4 wins, 500 of 10000 EUR
	// ticket     effect 1.00, 2.00 of 4 wins, 5000 of 10000 EUR
	// webinar    effect 0.75, 1.50 of 4 wins, 4500 of 10000 EUR
}

func ExampleCredit() {
	book, err := journey.New(quarter())
	if err != nil {
		panic(err)
	}
	credit, err := book.Shapley()
	if err != nil {
		panic(err)
	}
	out, err := json.MarshalIndent(credit.Parts[0], "", "  ")
	if err != nil {
		panic(err)
	}
	fmt.Println(string(out))
	// Output:
	// {
	//   "key": "newsletter",
	//   "effect": 0.5,
	//   "share": 0.125,
	//   "won": 0.5,
	//   "exact": "0.5000000000",
	//   "revenue": "500"
	// }
}

func ExamplePath() {
	var p journey.Path
	if err := json.Unmarshal([]byte(`{"keys": ["ticket", "webinar"], "won": 3, "lost": 1, "revenue": "9000"}`), &p); err != nil {
		panic(err)
	}
	fmt.Println(p.Keys, p.Won, p.Lost, p.Revenue)
	// Output: [ticket webinar] 3 1 9000
}

func ExampleNew() {
	book, err := journey.New(quarter())
	if err != nil {
		panic(err)
	}
	fmt.Println(book.Won(), "won", book.Lost(), "lost")
	_, err = journey.New([]journey.Path{{Keys: []string{"ticket"}, Won: -1}})
	fmt.Println(err)
	// Output:
	// 4 won 2 lost
	// path[0].Won: -1 is negative
}

// The order of a chain is how many keys it remembers. Here only those who came
// from the webinar buy, which a chain of order 1 has forgotten by the call.
func ExampleBook_Markov() {
	book, err := journey.New([]journey.Path{
		{Keys: []string{"webinar", "call"}, Won: 1},
		{Keys: []string{"mailing", "call"}, Lost: 1},
	})
	if err != nil {
		panic(err)
	}
	for order := 1; order <= 2; order++ {
		credit, err := book.Markov(order)
		if err != nil {
			panic(err)
		}
		for _, p := range credit.Parts {
			fmt.Print(p.Key, " ", p.Effect, ", ")
		}
		fmt.Println("order", order)
	}
	// Output:
	// call 1, mailing 0.5, webinar 0.5, order 1
	// call 1, mailing 0, webinar 1, order 2
}

func ExampleBook_Shapley() {
	book, err := journey.New(quarter())
	if err != nil {
		panic(err)
	}
	credit, err := book.Shapley()
	if err != nil {
		panic(err)
	}
	for _, p := range credit.Parts {
		fmt.Printf("%-10s %s/%s wins, %s EUR\n", p.Key, p.Exact.Num, p.Exact.Den, p.Revenue)
	}
	// Output:
	// newsletter 1/2 wins, 500 EUR
	// ticket     2/1 wins, 5000 EUR
	// webinar    3/2 wins, 4500 EUR
}

// Half of those who met a ticket alone bought, and none of those who met a mailing,
// too: the mailing has less than nothing.
func ExampleBook_RateShapley() {
	book, err := journey.New([]journey.Path{
		{Keys: []string{"ticket"}, Won: 2, Lost: 2},
		{Keys: []string{"ticket", "mailing"}, Lost: 4},
	})
	if err != nil {
		panic(err)
	}
	credit, err := book.RateShapley()
	if err != nil {
		panic(err)
	}
	for _, p := range credit.Parts {
		fmt.Println(p.Key, p.Effect, p.Won)
	}
	fmt.Println("rate", credit.Rate)
	// Output:
	// mailing -0.125 -1
	// ticket 0.375 3
	// rate 25%
}

func ExampleBook_Keys() {
	book, err := journey.New(quarter())
	if err != nil {
		panic(err)
	}
	fmt.Println(book.Keys())
	// Output: [newsletter ticket webinar]
}

func ExampleBook_Won() {
	book, err := journey.New(quarter())
	if err != nil {
		panic(err)
	}
	fmt.Println(book.Won())
	// Output: 4
}

func ExampleBook_Lost() {
	book, err := journey.New(quarter())
	if err != nil {
		panic(err)
	}
	fmt.Println(book.Lost())
	// Output: 2
}

func ExampleBook_Revenue() {
	book, err := journey.New(quarter())
	if err != nil {
		panic(err)
	}
	fmt.Println(book.Revenue())
	// Output: 10000
}

func ExampleBook_Rate() {
	book, err := journey.New(quarter())
	if err != nil {
		panic(err)
	}
	fmt.Println(book.Rate())
	// Output: 66.7%
}

func ExampleBook_Untouched() {
	book, err := journey.New(quarter())
	if err != nil {
		panic(err)
	}
	u := book.Untouched()
	fmt.Println(u.Won, "won", u.Lost, "lost", u.Revenue)
	// Output: 2 won 7 lost 800
}

// A glove is worth nothing without its fellow: of one right and two left ones, the
// right one has most of the worth of a pair.
func ExampleValues() {
	const right, left, other = 1, 2, 4
	worth := make([]float64, 8)
	worth[right|left] = 1
	worth[right|other] = 1
	worth[right|left|other] = 1
	values, err := journey.Values(worth)
	if err != nil {
		panic(err)
	}
	fmt.Printf("%.4f\n", values)
	// Output: [0.6667 0.1667 0.1667]
}

func ExampleWithin() {
	own := []float64{0, 1, 2, 4} // of nothing, a, b, and a with b
	worth, err := journey.Within(own)
	if err != nil {
		panic(err)
	}
	fmt.Println(worth)
	// Output: [0 1 2 7]
}

func ExampleShares() {
	shares, err := journey.Shares([]float64{0.5, -0.125, 0.125})
	if err != nil {
		panic(err)
	}
	fmt.Println(shares)
	_, err = journey.Shares([]float64{0.5, -0.5})
	fmt.Println(err)
	// Output:
	// [1 -0.25 0.25]
	// values: 0 is no sum above 0 to have shares of
}
