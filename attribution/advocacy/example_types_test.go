package advocacy_test

import (
	"fmt"

	"metrics.internal/success"
	"metrics.internal/success/attribution/advocacy"
)

// reported is the report on records.
func reported(records advocacy.Records, options advocacy.Options) *advocacy.Report {
	report, err := advocacy.Measure(records, options)
	if err != nil {
		fmt.Println(err)
		return new(advocacy.Report)
	}
	return report
}

// Of referrals without the deals they led to none has won.
func ExampleRecords() {
	r := company()
	fmt.Println(reported(r, advocacy.Options{}).Referrals.Won, "won")
	r.Deals, r.Adjustments, r.References = nil, nil, nil
	fmt.Println(reported(r, advocacy.Options{}).Referrals.Won, "won")
	// Output:
	// 1 won
	// 0 won
}

// Quay Hotels bought 5 and 40 days after it was referred, for 9,000 and 3,000. How
// long is that because of the referral? 0 is for ever.
func ExampleOptions() {
	for _, days := range []int{0, 10} {
		total := reported(company(), advocacy.Options{DealDays: days}).Revenue[0]
		fmt.Println("DealDays", days, "sourced", total.Sourced.Gross)
	}
	// Output:
	// DealDays 0 sourced 12000
	// DealDays 10 sourced 9000
}

// Only the first referral of an account is accepted: Pier Books was referred twice.
func ExampleReferral() {
	for _, l := range reported(company(), advocacy.Options{}).ReferralLines {
		if l.Referred == "Pier Books" {
			fmt.Println(l.At.Format("2 January"), l.Advocate, l.Outcome)
		}
	}
	// Output:
	// 10 January Anchor Dental accepted
	// 3 February Harbour Foods merged
}

func ExampleReferrals() {
	r := reported(company(), advocacy.Options{}).Referrals
	fmt.Println(r.Submitted, "submitted,", r.Accepted, "accepted,", r.Won, "won,", r.Served, "with service before")
	// Output: 3 submitted, 2 accepted, 1 won, 1 with service before
}

// What came of the recommendation of Quay Hotels?
func ExampleReferralLine() {
	for _, l := range reported(company(), advocacy.Options{}).ReferralLines {
		if len(l.Deals) > 0 {
			fmt.Println(l.Advocate, "brought", l.Deals, "of", l.Revenue[0].Net, l.Revenue[0].Currency)
		}
	}
	// Output: Harbour Foods brought [D1 D2] of 11000 EUR
}

// Two deals of 12,000 together, of which 1,000 were given back.
func ExampleSourced() {
	s := reported(company(), advocacy.Options{}).ReferralLines[1].Revenue[0]
	fmt.Println(s.Gross, "less", s.Reversed, "is", s.Net, s.Currency)
	// Output: 12000 less 1000 is 11000 EUR
}

func ExampleAmounts() {
	total := reported(company(), advocacy.Options{}).Revenue[0]
	fmt.Println("other", total.Other.Gross, total.Other.Reversed, total.Other.Net)
	fmt.Println("all", total.All.Gross, total.All.Reversed, total.All.Net)
	// Output:
	// other 24000 0 24000
	// all 36000 1000 35000
}

// Which part of the revenue would not be without advocates?
func ExampleTotal() {
	total := reported(company(), advocacy.Options{}).Revenue[0]
	fmt.Println(total.Sourced.Net, "+", total.Other.Net, "=", total.All.Net, total.Currency)
	fmt.Println(total.Share)
	// Output:
	// 11000 + 24000 = 35000 EUR
	// 31.4%
}

// The two interactions before the referral of 20 January, and the later of them.
func ExampleService() {
	s := reported(company(), advocacy.Options{}).ReferralLines[1].Service
	fmt.Println(s.Interactions, "interactions, the last", s.Last)
	s = reported(company(), advocacy.Options{ServiceDays: 4}).ReferralLines[1].Service // that was on 15 January
	fmt.Println(s.Interactions, "in the last four days")
	// Output:
	// 2 interactions, the last I2
	// 0 in the last four days
}

// A review of an account that is not among the accounts is a mistake somewhere.
func ExampleReview() {
	_, err := advocacy.Measure(advocacy.Records{
		Reviews: []advocacy.Review{{ID: "W1", Account: "Harbor Foods", At: company().Reviews[0].At, Service: true}},
	}, advocacy.Options{Accounts: []success.Account{{ID: "Harbour Foods"}}})
	fmt.Println(err)
	// Output: review[0].Account: Harbor Foods is unknown
}

func ExampleReviews() {
	r := reported(company(), advocacy.Options{}).Reviews
	fmt.Println(r.Written, "written,", r.Service, "speak of service,", r.Served, "after service")
	// Output: 3 written, 2 speak of service, 1 after service
}

// Who wrote after having been served?
func ExampleReviewLine() {
	for _, l := range reported(company(), advocacy.Options{}).ReviewLines {
		fmt.Println(l.Account, "after", l.Before.Interactions, "interactions")
	}
	// Output:
	// Harbour Foods after 2 interactions
	// Anchor Dental after 0 interactions
	// Quay Hotels after 0 interactions
}

// A reference that comes when the deal is closed supports nothing.
func ExampleReference() {
	r := company()
	late := r.References[0]
	late.ID, late.At = "E2", r.Deals[2].Closed.AddDate(0, 0, 1)
	r.References = append(r.References, late)
	for _, l := range reported(r, advocacy.Options{}).ReferenceLines {
		fmt.Println(l.ID, l.Use)
	}
	// Output:
	// E1 supporting
	// E2 late
}

func ExampleReferences() {
	r := reported(company(), advocacy.Options{}).References
	fmt.Println(r.Given, "given,", r.Supporting, "in time,", r.Won, "of a deal that was won")
	// Output: 1 given, 1 in time, 1 of a deal that was won
}

func ExampleReferenceLine() {
	l := reported(company(), advocacy.Options{}).ReferenceLines[0]
	fmt.Println(l.Advocate, "for", l.Deal+":", l.Use, "won:", l.Won)
	// Output: Anchor Dental for D3: supporting won: true
}

// A deal with two references counts once, in full.
func ExampleInfluenced() {
	r := company()
	second := r.References[0]
	second.ID, second.Advocate = "E2", "Harbour Foods"
	r.References = append(r.References, second)
	i := reported(r, advocacy.Options{}).Influenced[0]
	fmt.Println(i.Net, i.Currency)
	// Output: 24000 EUR
}

// What did Harbour Foods do for us?
func ExampleAdvocate() {
	for _, a := range reported(company(), advocacy.Options{}).Advocates {
		if a.Account == "Harbour Foods" {
			fmt.Println(a.Referrals.Won, "won of", a.Referrals.Submitted, "referrals, for", a.Revenue[0].Net, a.Revenue[0].Currency)
		}
	}
	// Output: 1 won of 2 referrals, for 11000 EUR
}
