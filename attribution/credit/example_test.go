package credit_test

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/credit"
	"metrics.internal/success/attribution/journey"
)

// office is a deal of 1,000.00, opened on 1 March and closed on 20 March, and the
// five touches of its account, one of them after the close.
func office() credit.Records {
	day := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 9, 0, 0, 0, time.UTC) }
	return credit.Records{
		Deals: []attribution.Deal{{
			ID: "D1", Account: "Ash", Opened: day(3, 1), Closed: day(3, 20), Status: attribution.Won,
			Amount: decimal.NewFromInt(1000), Currency: "EUR",
		}},
		Leads: []attribution.Lead{{ID: "L1", Account: "Ash", Source: attribution.Service, At: day(2, 20)}},
		Touches: []attribution.Touch{
			{Account: "Ash", At: day(1, 10), Key: "webinar", Kind: "marketing"},
			{Account: "Ash", At: day(2, 20), Key: "ticket", Kind: "service"},
			{Account: "Ash", At: day(3, 6), Key: "demo", Kind: "sales"},
			{Account: "Ash", At: day(3, 20), Key: "ticket", Kind: "service"},
			{Account: "Ash", At: day(3, 21), Key: "newsletter", Kind: "marketing"},
		},
	}
}

// show prints what keys get of the office by models.
func show(models ...credit.Model) {
	book, err := credit.NewBook(office(), credit.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	splits, err := book.Split(models...)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range splits {
		fmt.Print(s.Model, ":")
		for _, k := range s.Totals[0].Keys {
			fmt.Print(" ", k.Key, " ", k.Revenue.Net)
		}
		fmt.Println()
	}
}

func ExampleNewBook() {
	book, err := credit.NewBook(office(), credit.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	splits, err := book.Split(credit.Linear())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, total := range splits[0].Totals {
		fmt.Println(total.Currency, total.Revenue.Net, "of", total.Deals, "deals,", total.Unattributed.Net, "unattributed")
		for _, k := range total.Keys {
			fmt.Println(k.Key, k.Revenue.Net)
		}
	}
	_, err = credit.NewBook(credit.Records{Touches: []attribution.Touch{{Account: "Ash"}}}, credit.Options{})
	fmt.Println(err)
	// Output:
	// EUR 1000 of 1 deals, 0 unattributed
	// demo 250
	// ticket 500
	// webinar 250
	// touch[0].At: is missing
}

func ExampleBook_Split() {
	show(credit.First(), credit.Last(), credit.Linear(), credit.U(), credit.TimeDecay(0), credit.W(), credit.Shapley())
	// Output:
	// first: demo 0 ticket 0 webinar 1000
	// last: demo 0 ticket 1000 webinar 0
	// linear: demo 250 ticket 500 webinar 250
	// U: demo 100 ticket 500 webinar 400
	// decay 7d: demo 190.32 ticket 808.86 webinar 0.82
	// W: demo 50 ticket 650 webinar 300
	// Shapley: demo 333.33 ticket 333.33 webinar 333.34
}

func ExampleOptions() {
	options := credit.Options{
		Window:  30 * 24 * time.Hour,
		Without: []string{"sales"},
		Repeats: credit.Unique,
	}
	book, err := credit.NewBook(office(), options)
	if err != nil {
		fmt.Println(err)
		return
	}
	splits, err := book.Split(credit.Linear())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(splits[0].Totals[0].Keys[0].Key, splits[0].Totals[0].Keys[0].Revenue.Net)
	// Output: ticket 1000
}

func ExampleSplit_Deal() {
	records := office()
	records.Adjustments = []attribution.Adjustment{{ID: "R1", Deal: "D1", At: records.Deals[0].Closed.AddDate(0, 1, 0), Amount: decimal.NewFromInt(-300)}}
	book, err := credit.NewBook(records, credit.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	splits, err := book.Split(credit.J())
	if err != nil {
		fmt.Println(err)
		return
	}
	d, _ := splits[0].Deal("D1")
	for _, p := range d.Parts {
		fmt.Println(p.Key, p.Weight, p.Revenue.Gross, p.Revenue.Adjusted, p.Revenue.Net)
	}
	_, ok := splits[0].Deal("D2")
	fmt.Println(ok)
	// Output:
	// webinar 20% 200 -60 140
	// ticket 10% 100 -30 70
	// demo 10% 100 -30 70
	// ticket 60% 600 -180 420
	// false
}

func ExampleSplit_Deals() {
	book, err := credit.NewBook(office(), credit.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	splits, err := book.Split(credit.Last())
	if err != nil {
		fmt.Println(err)
		return
	}
	for d := range splits[0].Deals() {
		fmt.Println(d.Deal, d.Currency, d.Revenue.Net, "in", len(d.Parts), "parts")
	}
	// Output: D1 EUR 1000 in 4 parts
}

func ExampleBook_Paths() {
	book, err := credit.NewBook(office(), credit.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range book.Paths("EUR") {
		fmt.Println(p.Keys, p.Won, p.Lost, p.Revenue)
	}
	// Output: [webinar ticket demo ticket] 1 0 1000
}

func ExampleModel_Credit() {
	paths := []journey.Path{
		{Keys: []string{"direct"}, Won: 2},
		{Keys: []string{"search", "email"}, Won: 3},
		{Keys: []string{"search", "social", "email"}, Won: 5},
	}
	credits, err := credit.Linear().Credit(paths)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range credits.Parts {
		fmt.Printf("%s %.4f = %s/%s\n", p.Key, p.Won, p.Exact.Num, p.Exact.Den)
	}
	_, err = credit.TimeDecay(0).Credit(paths)
	fmt.Println(err)
	// Output:
	// direct 2.0000 = 2/1
	// email 3.1667 = 19/6
	// search 3.1667 = 19/6
	// social 1.6667 = 5/3
	// model.TimeDecay: decay 7d needs times, which paths do not have
}

func ExampleModel_String() {
	fmt.Println(credit.InverseJ(), credit.Position(credit.Shares{First: 1, Middle: 8, Last: 1}), credit.Model{})
	// Output: inverse J position 1/8/1 no model
}

func ExampleFirst() {
	show(credit.First())
	// Output: first: demo 0 ticket 0 webinar 1000
}

func ExampleLast() {
	show(credit.Last())
	// Output: last: demo 0 ticket 1000 webinar 0
}

func ExampleLastNon() {
	show(credit.LastNon("service"))
	// Output: last not service: demo 1000 ticket 0 webinar 0
}

func ExampleLastNonKey() {
	show(credit.LastNonKey("ticket"))
	// Output: last not ticket: demo 1000 ticket 0 webinar 0
}

func ExampleLinear() {
	show(credit.Linear())
	// Output: linear: demo 250 ticket 500 webinar 250
}

func ExampleTimeDecay() {
	show(credit.TimeDecay(14 * 24 * time.Hour))
	// Output: decay 14d: demo 280.45 ticket 701.13 webinar 18.42
}

func ExampleCustom() {
	show(credit.Custom("service twice", func(j credit.Journey) []float64 {
		weights := make([]float64, len(j.Stops))
		for i, s := range j.Stops {
			weights[i] = 1
			if s.Kind == "service" {
				weights[i] = 2
			}
		}
		return weights
	}))
	// Output: service twice: demo 166.67 ticket 666.66 webinar 166.67
}

func ExamplePosition() {
	show(credit.Position(credit.Shares{First: 10, Middle: 30, Last: 60}))
	// Output: position 10/30/60: demo 150 ticket 750 webinar 100
}

func ExampleU() {
	show(credit.U())
	// Output: U: demo 100 ticket 500 webinar 400
}

func ExampleJ() {
	show(credit.J())
	// Output: J: demo 100 ticket 700 webinar 200
}

func ExampleInverseJ() {
	show(credit.InverseJ())
	// Output: inverse J: demo 100 ticket 300 webinar 600
}

func ExampleMilestones() {
	show(credit.Milestones(credit.Stones{First: 25, Lead: 50, Others: 25}))
	// Output: milestones 25/50/0/0/25: demo 125 ticket 625 webinar 250
}

func ExampleUMilestones() {
	show(credit.UMilestones())
	// Output: U milestones: demo 100 ticket 500 webinar 400
}

func ExampleW() {
	show(credit.W()) // the first ticket is both where the lead came from and the last touch before the opening
	// Output: W: demo 50 ticket 650 webinar 300
}

func ExampleFullPath() {
	show(credit.FullPath())
	// Output: full path: demo 100 ticket 675 webinar 225
}

// learn prints what keys get of two won deals of 600.00 and a lost one.
func learn(m credit.Model) {
	closed := time.Date(2026, 3, 20, 9, 0, 0, 0, time.UTC)
	deal := func(id attribution.DealID, status attribution.Status, amount int64) attribution.Deal {
		return attribution.Deal{ID: id, Account: success.AccountID(id), Opened: closed, Closed: closed, Status: status, Amount: decimal.NewFromInt(amount), Currency: "EUR"}
	}
	book, err := credit.NewBook(credit.Records{
		Deals: []attribution.Deal{deal("A", attribution.Won, 600), deal("B", attribution.Won, 600), deal("C", attribution.Lost, 900)},
		Touches: []attribution.Touch{
			{Account: "A", At: closed.AddDate(0, 0, -2), Key: "ad"}, {Account: "A", At: closed, Key: "ticket"},
			{Account: "B", At: closed, Key: "ticket"},
			{Account: "C", At: closed, Key: "ad"},
		},
	}, credit.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	splits, err := book.Split(m)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, k := range splits[0].Totals[0].Keys {
		fmt.Println(k.Key, k.Revenue.Net)
	}
}

func ExampleMarkov() {
	learn(credit.Markov(1)) // without tickets nothing is won, without ads half: the first deal is split 2 to 1
	// Output:
	// ad 200
	// ticket 1000
}

func ExampleShapley() {
	learn(credit.Shapley()) // tickets earn a win and a half, ads a half: the first deal is split 3 to 1
	// Output:
	// ad 150
	// ticket 1050
}

func ExampleRateShapley() {
	learn(credit.RateShapley()) // who saw an ad buys less often
	// Output:
	// ad 0
	// ticket 1200
}

func ExampleColumns() {
	columns := credit.Columns{
		Currency: "EUR",
		Names:    []string{"ad", "ticket"},
		Amounts:  []int64{10000, 500}, // 100.00 and 5.00
		Ends:     []int{3, 4},
		Keys:     []int32{0, 1, 1, 0},
	}
	totals, err := columns.Split(credit.Last(), credit.Linear())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range totals {
		fmt.Println(t.Keys[0].Key, t.Keys[0].Revenue.Net, t.Keys[1].Key, t.Keys[1].Revenue.Net)
	}
	// Output:
	// ad 5 ticket 100
	// ad 38.34 ticket 66.66
}

func ExampleColumns_Split() {
	columns := credit.Columns{Names: []string{"ad"}, Amounts: []int64{10000}, Ends: []int{1}, Keys: []int32{1}}
	_, err := columns.Split(credit.Linear(), credit.Markov(1))
	fmt.Println(err)
	// Output:
	// 2 faults
	// 	column[0].Keys: 1 is not the position of a name
	// 	models[1]: Markov 1 needs a book of records
}

func ExampleNewTally() {
	_, err := credit.NewTally(credit.W(), credit.Options{})
	fmt.Println(err)
	// Output: model: W needs a book of records
}

func ExampleTally() {
	tally, err := credit.NewTally(credit.Linear(), credit.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	r := office()
	if err := tally.Add(r.Deals[0], r.Touches); err != nil {
		fmt.Println(err)
		return
	}
	for _, k := range tally.Totals()[0].Keys {
		fmt.Println(k.Key, k.Revenue.Net)
	}
	// Output:
	// demo 250
	// ticket 500
	// webinar 250
}

func ExampleTally_Add() {
	tally, err := credit.NewTally(credit.Linear(), credit.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(tally.Add(attribution.Deal{ID: "D1", Account: "Ash"}, nil))
	// Output: deal.Opened: is missing
}

func ExampleTally_Totals() {
	tally, err := credit.NewTally(credit.Last(), credit.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	r := office()
	if err := tally.Add(r.Deals[0], nil); err != nil {
		fmt.Println(err)
		return
	}
	total := tally.Totals()[0]
	fmt.Println(total.Deals, total.Untouched, total.Unattributed.Net)
	// Output: 1 1 1000
}

func ExampleRepeats() {
	r := office()
	for _, repeats := range []credit.Repeats{credit.All, credit.Runs, credit.Unique} {
		book, err := credit.NewBook(r, credit.Options{Repeats: repeats})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(repeats, book.Paths("EUR")[0].Keys)
	}
	// Output:
	// all [webinar ticket demo ticket]
	// runs [webinar ticket demo ticket]
	// unique [webinar ticket demo]
}

func ExampleRepeats_MarshalText() {
	text, err := credit.Unique.MarshalText()
	fmt.Println(string(text), err)
	// Output: unique <nil>
}

func ExampleRepeats_UnmarshalText() {
	var r credit.Repeats
	fmt.Println(r.UnmarshalText([]byte("runs")), r)
	// Output: <nil> runs
}

func ExampleRepeats_String() {
	fmt.Println(credit.Runs)
	// Output: runs
}
