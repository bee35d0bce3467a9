package commission_test

import (
	"fmt"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/commission"
)

// many are so many deals of two people each, half of them refunded a little.
func many(n int, s commission.Schedule) (deals []attribution.Deal, adjustments []attribution.Adjustment, awards []commission.Award) {
	for i := range n {
		d, a := deal("2025-01-15"), award(s, "")
		d.ID = attribution.DealID(fmt.Sprint("D", i))
		a.Deal, a.Shares = d.ID, []commission.Share{{Person: "Ines", Weight: 2}, {Person: "Mo", Weight: 1}}
		if i%2 == 0 {
			c := adjustment(fmt.Sprint("R", i), "2025-03-01", "-33.33")
			c.Deal = d.ID
			adjustments = append(adjustments, c)
		}
		deals, awards = append(deals, d), append(awards, a)
	}
	return deals, adjustments, awards
}

func BenchmarkNew(b *testing.B) {
	deals, adjustments, awards := many(1000, commission.ProRata(success.Months(12)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := commission.New(deals, adjustments, awards, commission.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOn(b *testing.B) {
	for name, s := range map[string]commission.Schedule{"clawback": commission.Clawback(success.Months(12)), "prorata12": commission.ProRata(success.Months(12)), "prorata365": commission.ProRata(success.Days(365))} {
		b.Run(name, func(b *testing.B) {
			deals, adjustments, awards := many(1000, s)
			l, err := commission.New(deals, adjustments, awards, commission.Options{})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := l.On(day("2025-06-01")); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
