package contact_test

import (
	"fmt"

	"metrics.internal/success"
	"metrics.internal/success/health/contact"
)

// assessed is the report on an account at the end of June.
func assessed(account contact.Account, contacts ...contact.Contact) contact.Report {
	report, err := contact.Assess([]contact.Account{account}, contacts, contact.Options{AsOf: success.MustDate("2025-06-30")})
	if err != nil {
		fmt.Println(err)
	}
	return report
}

// Does the contract outlive who signed it? Only a contract with both days can tell.
func ExampleAccount() {
	year := contact.Account{ID: "Fernhill", Start: success.MustDate("2025-01-01"), End: success.MustDate("2026-01-01")}
	openEnded := contact.Account{ID: "Marlowe", Start: year.Start}
	for _, a := range []contact.Account{year, openEnded} {
		term, ok := assessed(a).Risks[0].Term.Value(2) // 12 of 14 months
		fmt.Println(term, ok)
	}
	// Output:
	// 0.86 true
	// 0 false
}

// Who left first, and was it somebody who spoke for us?
func ExampleDeparture() {
	left := func(name string, champion bool, day string) contact.Contact {
		return contact.Contact{ID: name, Account: "Fernhill", Champion: champion, Left: success.MustDate(day)}
	}
	report := assessed(contact.Account{ID: "Fernhill"}, left("Ada", true, "2025-02-01"), left("Bob", false, "2025-06-01"))
	for _, d := range report.Risks[0].Departures {
		fmt.Println(d.Contact, d.On, "champion:", d.Champion)
	}
	// Output:
	// Bob 2025-06-01 champion: false
	// Ada 2025-02-01 champion: true
}

// Figures that rest on an assumed tenure say so.
func ExampleReport() {
	report := assessed(contact.Account{ID: "Fernhill"})
	fmt.Println("as of", report.AsOf, "with", report.Tenure, "months in the job, assumed:", report.Assumed)
	// Output: as of 2025-06-30 with 14 months in the job, assumed: true
}
