package success_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

// Twelve seats of a product for a year, paid by the quarter.
func ExampleContract() {
	c := success.Contract{
		ID: "C-1042", Account: "acme", Product: "crm",
		Start: success.MustDate("2024-03-01"), End: success.MustDate("2025-03-01"),
		Price: decimal.NewFromInt(90), Currency: "EUR", Term: success.Months(3), Quantity: 12,
	}
	rate, ok := c.AnnualRate() // 90 × 12 seats × 4 quarters
	fmt.Println(rate, ok, c.Validate())
	// Output: 4320 true <nil>
}

func ExampleContract_Units() {
	fmt.Println(success.Contract{Quantity: 12}.Units(), success.Contract{}.Units())
	// Output: 12 1
}

func ExampleContract_AnnualRate() {
	for _, term := range []success.Term{success.Months(1), success.Weeks(1), success.Days(1), success.Months(36), {}} {
		fmt.Println(success.Contract{Price: decimal.NewFromInt(10), Term: term}.AnnualRate())
	}
	// Output:
	// 120 true
	// 520 true
	// 3650 true
	// 3.333333 true
	// 0 false
}

func ExampleContract_Validate() {
	fmt.Println(success.Contract{ID: "C-1042", Account: "acme", Start: success.MustDate("2024-03-01")}.Validate())
	// Output: contract.Term: is missing
}

func ExampleContract_Check() {
	contracts := []success.Contract{
		{ID: "C-1042", Account: "acme", Start: success.MustDate("2024-03-01"), Term: success.Months(1)},
		{ID: "C-1043", Start: success.MustDate("2024-03-01"), Term: success.Months(1)},
	}
	var faults success.Errors
	for i := range contracts {
		contracts[i].Check(i, &faults)
	}
	fmt.Println(faults.Err())
	// Output: contract[1].Account: is missing
}

func ExampleTerm() {
	yearly := success.Months(12)
	text, err := yearly.MarshalText()
	fmt.Println(yearly, string(text), err)
	// Output: 12 months P12M <nil>
}

func ExampleMonths() {
	fmt.Println(success.Months(1), success.Months(24))
	// Output: 1 month 24 months
}

func ExampleWeeks() {
	fmt.Println(success.Weeks(2))
	// Output: 2 weeks
}

func ExampleDays() {
	fmt.Println(success.Days(395))
	// Output: 395 days
}

func ExampleTerm_PerYear() {
	fmt.Println(success.Months(24).PerYear())
	fmt.Println(success.Weeks(4).PerYear())
	// Output:
	// 12 24
	// 52 4
}

func ExampleTerm_String() {
	fmt.Println(success.Term{Count: 1, Unit: success.UnitWeek}.String())
	// Output: 1 week
}

func ExampleTerm_MarshalText() {
	text, err := success.Days(395).MarshalText()
	fmt.Println(string(text), err)
	// Output: P395D <nil>
}

func ExampleTerm_UnmarshalText() {
	var t success.Term
	fmt.Println(t.UnmarshalText([]byte("P2W")), t)
	fmt.Println(t.UnmarshalText([]byte("yearly")), t)
	// Output:
	// <nil> 2 weeks
	// success: yearly is not a term like P12M, P2W or P395D 2 weeks
}

func ExampleUnit() {
	fmt.Println(success.Months(1).Unit == success.UnitMonth, success.Weeks(1).Unit == success.UnitWeek, success.Days(1).Unit == success.UnitDay)
	// Output: true true true
}

func ExampleAccount() {
	data, err := json.Marshal(success.Account{
		ID: "acme", Name: "Acme", Segment: "mid-market", Owner: "Ana", SignedUp: success.MustDate("2023-11-20"),
	})
	fmt.Println(string(data), err)
	// Output: {"id":"acme","name":"Acme","segment":"mid-market","owner":"Ana","signed_up":"2023-11-20"} <nil>
}

func ExampleAccount_Validate() {
	fmt.Println(success.Account{ID: "acme", Parent: "acme"}.Validate())
	// Output: account.Parent: acme is the account itself
}

func ExampleAccount_Check() {
	var faults success.Errors
	for i, a := range []success.Account{{ID: "acme"}, {Name: "Globex"}} {
		a.Check(i, &faults)
	}
	fmt.Println(faults.Err())
	// Output: account[1].ID: is missing
}

func ExampleInteraction() {
	ticket := success.Interaction{
		ID: "T-77", Account: "acme", At: time.Date(2024, time.March, 1, 9, 0, 0, 0, time.UTC), Kind: "support",
		Initiative: success.Reactive, Format: success.OneToOne, Channel: "email", Agent: "Ana", Effort: 25 * time.Minute,
	}
	fmt.Println(ticket.Initiative, ticket.Format, ticket.Effort, ticket.Validate())
	// Output: reactive one-to-one 25m0s <nil>
}

func ExampleInteraction_Validate() {
	at := time.Date(2024, time.March, 1, 9, 0, 0, 0, time.UTC)
	fmt.Println(success.Interaction{ID: "T-77", Account: "acme", At: at, SolvedAt: at.Add(-time.Hour)}.Validate())
	// Output: interaction.SolvedAt: 2024-03-01T08:00:00Z is before At 2024-03-01T09:00:00Z
}

func ExampleInteraction_Check() {
	var faults success.Errors
	for i, t := range []success.Interaction{{ID: "T-77", At: time.Unix(1709280000, 0)}} {
		t.Check(i, &faults)
	}
	fmt.Println(faults.Err())
	// Output: interaction[0].Account: is missing
}

func ExampleInitiative() {
	fmt.Println(success.Reactive, success.Proactive)
	// Output: reactive proactive
}

func ExampleInitiative_String() {
	fmt.Printf("%q %q\n", success.Proactive.String(), success.InitiativeUnknown.String())
	// Output: "proactive" ""
}

func ExampleInitiative_MarshalText() {
	data, err := json.Marshal(success.Proactive)
	fmt.Println(string(data), err)
	// Output: "proactive" <nil>
}

func ExampleInitiative_UnmarshalText() {
	var i success.Initiative
	fmt.Println(i.UnmarshalText([]byte("proactive")), i == success.Proactive)
	// Output: <nil> true
}

func ExampleFormat() {
	fmt.Println(success.OneToOne, success.OneToMany, success.SelfService)
	// Output: one-to-one one-to-many self-service
}

func ExampleFormat_String() {
	fmt.Printf("%q %q\n", success.OneToMany.String(), success.FormatUnknown.String())
	// Output: "one-to-many" ""
}

func ExampleFormat_MarshalText() {
	data, err := json.Marshal(success.SelfService)
	fmt.Println(string(data), err)
	// Output: "self-service" <nil>
}

func ExampleFormat_UnmarshalText() {
	var f success.Format
	fmt.Println(f.UnmarshalText([]byte("webinar")), f == success.FormatUnknown)
	// Output: success: webinar is unknown true
}
