package attribution_test

import (
	"fmt"

	"metrics.internal/success/attribution"
)

// A deal names the lead it came from by its ID.
func ExampleLeadID() {
	lead := attribution.Lead{ID: "L1", Account: "Ash"}
	deal := attribution.Deal{ID: "D1", Account: "Ash", Lead: lead.ID}
	fmt.Println(deal.ID, "came from", deal.Lead)
	// Output: D1 came from L1
}

// An adjustment names the deal that it changes.
func ExampleDealID() {
	amounts := map[attribution.DealID]int64{"D1": 1200}
	refund := attribution.Adjustment{ID: "R1", Deal: "D1", Amount: euros(-200)}
	fmt.Println(amounts[refund.Deal] + refund.Amount.IntPart())
	// Output: 1000
}

// The same adjustment may be given twice; another of the same ID may not.
func ExampleAdjustmentID() {
	refund := attribution.Adjustment{ID: "R1", Deal: "D1", At: day("2025-06-01"), Amount: euros(-200)}
	again, other := refund, refund
	other.Amount = euros(-300)
	fmt.Println(refund.Equal(again), refund.Equal(other), refund.ID == other.ID)
	// Output: true false true
}

// IDs are texts: of touches at the same moment "10" comes before "9".
func ExampleTouchID() {
	fmt.Println(attribution.TouchID("10") < "9", attribution.TouchID("10") < "09")
	// Output: true false
}
