package attribution_test

import (
	"encoding/json"
	"fmt"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

func ExampleLead() {
	l := attribution.Lead{ID: "L1", Account: "Ash", Source: attribution.Service, Agent: "Dalia", Interaction: "ticket 7", At: day("2025-04-02")}
	text, err := json.Marshal(l)
	fmt.Println(string(text), err)
	// Output: {"id":"L1","account":"Ash","source":"service","agent":"Dalia","interaction":"ticket 7","at":"2025-04-02T00:00:00Z"} <nil>
}

func ExampleLead_Validate() {
	fmt.Println(attribution.Lead{ID: "L1", Account: "Ash", At: day("2025-04-02")}.Validate())
	// Output: lead.Source: is missing
}

func ExampleLead_Check() {
	var faults success.Errors
	l := attribution.Lead{ID: "L1", Source: attribution.Self, At: day("2025-04-02")}
	l.Check(17, &faults)
	fmt.Println(faults.Err())
	// Output: lead[17].Account: is missing
}

func ExampleDeal() {
	d := attribution.Deal{ID: "D1", Account: "Ash", Lead: "L1", Opened: day("2025-04-21"), Amount: euros(1200), Currency: "EUR"}
	fmt.Println(d.Status, d.Amount, d.Currency)
	// Output: open 1200 EUR
}

func ExampleDeal_Validate() {
	d := attribution.Deal{ID: "D1", Account: "Ash", Opened: day("2025-04-21"), Closed: day("2025-04-20"), Status: attribution.Won, Amount: euros(-1)}
	fmt.Println(d.Validate())
	// Output:
	// 2 faults
	// 	deal.Closed: 2025-04-20T00:00:00Z is before Opened 2025-04-21T00:00:00Z
	// 	deal.Amount: -1 is negative
}

func ExampleDeal_Check() {
	var faults success.Errors
	d := attribution.Deal{ID: "D1", Account: "Ash", Opened: day("2025-04-21"), Amount: money("12.5")}
	fmt.Println(d.Check(0, &faults), faults.Err())
	// Output: 12500000 <nil>
}

func ExampleAdjustment() {
	refund := attribution.Adjustment{ID: "R1", Deal: "D1", At: day("2025-06-01"), Amount: euros(-200)}
	fmt.Println(refund.Deal, refund.Amount)
	// Output: D1 -200
}

func ExampleAdjustment_Validate() {
	fmt.Println(attribution.Adjustment{ID: "R1", Deal: "D1", Amount: euros(-200)}.Validate())
	// Output: adjustment.At: is missing
}

func ExampleAdjustment_Check() {
	var faults success.Errors
	refund := attribution.Adjustment{ID: "R1", At: day("2025-06-01"), Amount: money("-0.5")}
	fmt.Println(refund.Check(3, &faults), faults.Err())
	// Output: -500000 adjustment[3].Deal: is missing
}

func ExampleTouch_Validate() {
	fmt.Println(attribution.Touch{Account: "Ash", At: day("2025-04-20"), Key: attribution.Unattributed}.Validate())
	// Output: touch.Key: unattributed is a reserved word
}

func ExampleTouch_Check() {
	var faults success.Errors
	t := attribution.Touch{Account: "Ash", Key: "support"}
	t.Check(2, &faults)
	fmt.Println(faults.Err())
	// Output: touch[2].At: is missing
}

func ExampleTouchOf() {
	ticket := success.Interaction{ID: "ticket 7", Account: "Ash", At: day("2025-04-01"), Kind: "support", Contact: "Mia", Agent: "Dalia"}
	t := attribution.TouchOf(ticket, ticket.Agent)
	fmt.Println(t.ID, t.Account, t.Contact, t.Kind, t.Key)
	// Output: ticket 7 Ash Mia support Dalia
}

func ExampleTouch() {
	t := attribution.Touch{Account: "Ash", At: day("2025-04-20"), Key: "newsletter"}
	fmt.Println(t.Account, t.Key, t.Validate())
	// Output: Ash newsletter <nil>
}

func ExampleRecords() {
	r := attribution.Records{Leads: spring().Leads, Interactions: spring().Interactions}
	p, err := attribution.NewPipeline(r, attribution.Options{})
	fmt.Println(len(p.Leads()), len(p.Deals()), err)
	// Output: 5 0 <nil>
}

func ExampleOptions() {
	p, err := attribution.NewPipeline(spring(), attribution.Options{DuplicateDays: 14})
	fmt.Println(p.Outcomes().Leads[attribution.LeadMerged], err) // 18 days between L1 and L2
	// Output: 0 <nil>
}

func ExampleRate() {
	records := spring()
	for i := range records.Deals {
		records.Deals[i].Currency = "USD"
	}
	p, err := attribution.NewPipeline(records, attribution.Options{
		Currency: "EUR",
		Rates: []attribution.Rate{
			{Currency: "USD", Date: success.MustDate("2025-01-01"), Rate: money("0.9")},
			{Currency: "USD", Date: success.MustDate("2025-05-20"), Rate: money("0.8")},
		},
	})
	if err != nil {
		fmt.Println(err)
	}
	sourced, err := p.Sourced(attribution.Query{Period: success.Year(2025)})
	fmt.Println(sourced.Total, err) // 0.9 × 1,000 + 0.8 × 800
	// Output: [{ EUR 2 1540}] <nil>
}

func ExampleSource() {
	var s attribution.Source
	err := s.UnmarshalText([]byte("referral"))
	fmt.Println(s, s == attribution.Referral, err)
	// Output: referral true <nil>
}

func ExampleSource_String() {
	fmt.Println(attribution.Service, attribution.Other)
	// Output: service other
}

func ExampleSource_MarshalText() {
	text, err := attribution.Partner.MarshalText()
	fmt.Println(string(text), err)
	// Output: partner <nil>
}

func ExampleSource_UnmarshalText() {
	var s attribution.Source
	fmt.Println(s.UnmarshalText([]byte("heaven")))
	// Output: success: "heaven" is unknown
}

func ExampleStatus() {
	fmt.Println(attribution.Deal{}.Status)
	// Output: open
}

func ExampleStatus_String() {
	fmt.Println(attribution.Open, attribution.Won, attribution.Lost)
	// Output: open won lost
}

func ExampleStatus_MarshalText() {
	text, err := attribution.Won.MarshalText()
	fmt.Println(string(text), err)
	// Output: won <nil>
}

func ExampleStatus_UnmarshalText() {
	var s attribution.Status
	err := s.UnmarshalText([]byte("lost"))
	fmt.Println(s == attribution.Lost, err)
	// Output: true <nil>
}

func ExampleLeadOutcome() {
	fmt.Println(attribution.LeadLaterInteraction)
	// Output: later interaction
}

func ExampleLeadOutcome_String() {
	fmt.Println(attribution.LeadMerged)
	// Output: merged
}

func ExampleLeadOutcome_MarshalText() {
	text, err := attribution.LeadNoInteraction.MarshalText()
	fmt.Println(string(text), err)
	// Output: no interaction <nil>
}

func ExampleLeadOutcome_UnmarshalText() {
	var o attribution.LeadOutcome
	err := o.UnmarshalText([]byte("merged"))
	fmt.Println(o == attribution.LeadMerged, err)
	// Output: true <nil>
}

func ExampleDealOutcome() {
	fmt.Println(attribution.DealOwnLead)
	// Output: own lead
}

func ExampleDealOutcome_String() {
	fmt.Println(attribution.DealBeforeLead)
	// Output: before lead
}

func ExampleDealOutcome_MarshalText() {
	text, err := attribution.DealNoLead.MarshalText()
	fmt.Println(string(text), err)
	// Output: no lead <nil>
}

func ExampleDealOutcome_UnmarshalText() {
	var o attribution.DealOutcome
	err := o.UnmarshalText([]byte("lead refused"))
	fmt.Println(o == attribution.DealLeadRefused, err)
	// Output: true <nil>
}

func ExampleCut() {
	fmt.Println(attribution.BySource, attribution.ByAgent, attribution.ByTeam, attribution.ByProduct, attribution.ByMonth, attribution.ByOwner)
	// Output: source agent team product month owner
}

// What each sales agent won, of an export of deals without leads.
func ExampleCut_byOwner() {
	deal := func(id attribution.DealID, agent string, status attribution.Status, amount string) attribution.Deal {
		return attribution.Deal{ID: id, Account: "Acme", Owner: agent, Opened: day("2025-01-10"), Closed: day("2025-02-01"), Status: status, Amount: money(amount)}
	}
	p, err := attribution.NewPipeline(attribution.Records{Deals: []attribution.Deal{
		deal("1", "Zoe", attribution.Won, "1054"), deal("2", "Zoe", attribution.Lost, "0"), deal("3", "Max", attribution.Won, "517"), deal("4", "Zoe", attribution.Won, "50"),
	}}, attribution.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	table, err := p.Table(attribution.Query{Period: success.Year(2025), By: attribution.ByOwner})
	for _, row := range table.Rows {
		m := row.Money[0]
		fmt.Println(row.Key, m.WonDeals, m.LostDeals, m.Net, row.WinRateRatio(), err)
	}
	// Output:
	// Max 1 0 517 100% <nil>
	// Zoe 2 1 1104 66.7% <nil>
}

func ExampleCut_String() {
	fmt.Println(attribution.Whole)
	// Output: whole
}

func ExampleCut_MarshalText() {
	text, err := attribution.ByTeam.MarshalText()
	fmt.Println(string(text), err)
	// Output: team <nil>
}

func ExampleCut_UnmarshalText() {
	var c attribution.Cut
	err := c.UnmarshalText([]byte("month"))
	fmt.Println(c == attribution.ByMonth, err)
	// Output: true <nil>
}
