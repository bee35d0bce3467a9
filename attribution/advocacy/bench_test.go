package advocacy_test

import (
	"fmt"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/advocacy"
)

// BenchmarkMeasure has 1,000 referred accounts with a deal each, by 100
// advocates with 10 interactions each.
func BenchmarkMeasure(b *testing.B) {
	var r advocacy.Records
	for i := range 1000 {
		advocate, buyer := success.AccountID(fmt.Sprint("advocate ", i%100)), success.AccountID(fmt.Sprint("buyer ", i))
		r.Referrals = append(r.Referrals, advocacy.Referral{ID: fmt.Sprint(i), Advocate: advocate, Referred: buyer, At: noon(10)})
		r.Deals = append(r.Deals, attribution.Deal{ID: attribution.DealID(fmt.Sprint(i)), Account: buyer, Opened: noon(12), Closed: noon(20), Status: attribution.Won, Amount: number("1234.56")})
		r.Interactions = append(r.Interactions, success.Interaction{ID: success.InteractionID(fmt.Sprint(i)), Account: advocate, At: noon(i % 20)})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := advocacy.Measure(r, advocacy.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
