package attribution_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// many are n leads and as many deals of half as many accounts, with two touches
// a deal.
func many(n int) attribution.Records {
	var r attribution.Records
	begin := at("2024-01-01")
	state := uint32(1)
	for i := range n {
		state = state*1664525 + 1013904223
		id, account := fmt.Sprint(i), success.AccountID(fmt.Sprint("account ", i/2))
		when := begin.Add(time.Duration(state>>16) * 6 * time.Minute)
		r.Leads = append(r.Leads, attribution.Lead{
			ID: attribution.LeadID(id), Account: account, Source: attribution.Marketing + attribution.Source(state>>8%5), Agent: fmt.Sprint("agent ", state>>9%50), At: when,
		})
		d := attribution.Deal{
			ID: attribution.DealID(id), Account: account, Lead: attribution.LeadID(id), Product: "Desk", Opened: when.Add(time.Hour),
			Amount: decimal.New(int64(state>>10), -2), Status: attribution.Status(state >> 12 % 3),
		}
		if d.Status != attribution.Open {
			d.Closed = when.Add(time.Duration(1+state>>20%4096) * time.Hour)
		}
		r.Deals = append(r.Deals, d)
		for j := range 2 {
			r.Touches = append(r.Touches, attribution.Touch{Account: account, Key: fmt.Sprint("key ", state>>7%20), At: when.Add(time.Duration(j) * time.Hour)})
		}
	}
	return r
}

func BenchmarkNewPipeline(b *testing.B) {
	r := many(100_000)
	b.ReportAllocs()
	for b.Loop() {
		build(b, r, attribution.Options{})
	}
}

func BenchmarkTable(b *testing.B) {
	p := build(b, many(100_000), attribution.Options{})
	b.ReportAllocs()
	for b.Loop() {
		if table := ask(b, p, attribution.Query{Period: success.Year(2024), By: attribution.ByAgent}); len(table.Rows) != 50 {
			b.Fatal(len(table.Rows))
		}
	}
}

func BenchmarkInfluenced(b *testing.B) {
	p := build(b, many(100_000), attribution.Options{})
	b.ReportAllocs()
	for b.Loop() {
		if i, err := p.Influenced(success.Year(2024), 30*24*time.Hour); err != nil || len(i.Rows) < 20 {
			b.Fatal(i, err)
		}
	}
}
