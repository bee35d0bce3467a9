package contact_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/health/contact"
)

func ExampleAssess() {
	day := success.MustDate
	report, err := contact.Assess(
		[]contact.Account{{ID: "Fernhill", Start: day("2025-01-01"), End: day("2026-01-01")}},
		[]contact.Contact{
			{ID: "Ada", Account: "Fernhill", Champion: true, Actions: 9, Joined: day("2024-03-01"), LastActed: day("2025-06-10")},
			{ID: "Bob", Account: "Fernhill", Actions: 1, Joined: day("2025-02-01")},
			{ID: "Cyd", Account: "Fernhill", Actions: 10, Left: day("2025-06-01")},
		},
		contact.Options{AsOf: day("2025-06-30")},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	r := report.Risks[0]
	effective, _ := r.Effective.Value(2)
	term, _ := r.Term.Value(2)
	fmt.Println("hangs on", r.Reliance, "contact:", r.Top, "with", r.TopShare, "of the actions,", effective, "effective contacts")
	fmt.Println("champion last acted", r.SinceChampion, "days ago; people who left did", r.LeftShare)
	fmt.Println("the contract is", term, "tenures of", report.Tenure, "months long, assumed:", report.Assumed)
	fmt.Println(r.Outlived, "of", r.Contacts, "will probably have left by its end")
	// Output:
	// hangs on single contact: Ada with 90% of the actions, 1.22 effective contacts
	// champion last acted 20 days ago; people who left did 50%
	// the contract is 0.86 tenures of 14 months long, assumed: true
	// 1 of 2 will probably have left by its end
}

// A trade in which people stay for three years, and a stricter threshold.
func ExampleOptions() {
	options := contact.Options{AsOf: success.MustDate("2025-06-30"), Tenure: 36, Single: decimal.NewFromInt(2)}
	report, err := contact.Assess(
		[]contact.Account{{ID: "Marlowe"}},
		[]contact.Contact{{ID: "Dan", Account: "Marlowe", Actions: 3}, {ID: "Eve", Account: "Marlowe", Actions: 2}},
		options,
	)
	fmt.Println(report.Risks[0].Reliance, report.Tenure, report.Assumed, err)
	// Output: single 36 false <nil>
}

func ExampleContact() {
	_, err := contact.Assess(
		[]contact.Account{{ID: "Fernhill"}},
		[]contact.Contact{{ID: "Ada", Account: "Fernhil", Actions: -9}},
		contact.Options{AsOf: success.MustDate("2025-06-30")},
	)
	fmt.Println(err)
	// Output:
	// 2 faults
	// 	contact[0].Actions: -9 is negative
	// 	contact[0].Account: Fernhil is unknown
}

func ExampleRisk() {
	day := success.MustDate
	report, err := contact.Assess(
		[]contact.Account{{ID: "Fernhill"}},
		[]contact.Contact{{ID: "Ada", Account: "Fernhill", Champion: true, Left: day("2025-06-01")}},
		contact.Options{AsOf: day("2025-06-30")},
	)
	r := report.Risks[0]
	fmt.Println(r.Reliance, r.ChampionLeft, r.Departures[0].Contact, r.Departures[0].On, r.TopShare, err)
	// Output: nobody true Ada 2025-06-01 n/a <nil>
}

func ExampleReliance_String() {
	fmt.Println(contact.Single, "or", contact.Several)
	// Output: single or several
}

func ExampleReliance_MarshalText() {
	text, err := contact.Nobody.MarshalText()
	fmt.Println(string(text), err)
	// Output: nobody <nil>
}

func ExampleReliance_UnmarshalText() {
	var r contact.Reliance
	fmt.Println(r.UnmarshalText([]byte("several")), r)
	// Output: <nil> several
}
