package main

import (
	"fmt"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/cohort/survival"
	"metrics.internal/success/retention"
)

// TestZeroIsNone merges with the zero value on either side, which the SDK may
// start from.
func TestZeroIsNone(t *testing.T) {
	m, movements := aMovement(), sumMovements{}
	for _, pair := range [][2]retention.Movement{{m, {}}, {{}, m}} {
		got, err := movements.MergeAccumulators(pair[0], pair[1])
		if err != nil {
			t.Fatal(err)
		}
		same(t, got, m)
	}
	s := retention.Snapshot{Date: success.MustDate("2025-12-31"), Currency: "EUR", ARR: largest(), Customers: 1}
	for _, pair := range [][2]retention.Snapshot{{s, {}}, {{}, s}} {
		got, err := (*sumSnapshots)(nil).MergeAccumulators(pair[0], pair[1])
		if err != nil {
			t.Fatal(err)
		}
		same(t, got, s)
	}
	r := retention.Renewals{Period: success.Year(2025), Currency: "EUR", Due: 1, Lapsed: 1, Base: largest()}
	for _, pair := range [][2]retention.Renewals{{r, {}}, {{}, r}} {
		got, err := (*sumRenewals)(nil).MergeAccumulators(pair[0], pair[1])
		if err != nil {
			t.Fatal(err)
		}
		same(t, got, r)
	}
	for _, pair := range [][2]attribution.Table{{aTable(2025), {}}, {{}, aTable(2025)}} {
		got, err := (*sumTables)(nil).MergeAccumulators(pair[0], pair[1])
		if err != nil {
			t.Fatal(err)
		}
		same(t, got, aTable(2025))
	}
	if got := (*sumFaults)(nil).MergeAccumulators(Faults{}, Faults{}); got.Count != 0 || len(got.First) != 0 {
		t.Errorf("%+v", got)
	}
}

func aTable(year int) attribution.Table {
	row := attribution.Row{Key: "service", Leads: 1, Accepted: 1, WonLeads: 1, Money: []attribution.Money{{Currency: "EUR", WonDeals: 1, Gross: largest(), Net: largest()}}}
	return attribution.Table{
		Query: attribution.Query{Period: success.Year(year), By: attribution.BySource}, AsOf: success.Year(year).To,
		Rows: []attribution.Row{row}, Total: row,
	}
}

// TestWhatDoesNotBelongTogether is refused rather than added.
func TestWhatDoesNotBelongTogether(t *testing.T) {
	m := aMovement()
	n := m
	n.Currency = "USD"
	if _, err := (*sumMovements)(nil).MergeAccumulators(m, n); err == nil {
		t.Error("euros and dollars were added")
	}
	if _, err := (*sumSnapshots)(nil).MergeAccumulators(
		retention.Snapshot{Date: success.MustDate("2025-12-31")}, retention.Snapshot{Date: success.MustDate("2025-12-30")}); err == nil {
		t.Error("two days were added")
	}
	if _, err := (*sumRenewals)(nil).MergeAccumulators(
		retention.Renewals{Period: success.Year(2024)}, retention.Renewals{Period: success.Year(2025)}); err == nil {
		t.Error("two years were added")
	}
	if _, err := (*sumTables)(nil).MergeAccumulators(aTable(2024), aTable(2025)); err == nil {
		t.Error("tables of two years were added")
	}
}

// TestStaysAreLeftAlone adds stays to a sum without changing them.
func TestStaysAreLeftAlone(t *testing.T) {
	one, err := survival.CountsOf([]survival.Span{{Days: 3, Left: true}})
	if err != nil {
		t.Fatal(err)
	}
	var f sumStays
	sum := f.CreateAccumulator()
	for range 3 {
		sum = f.AddInput(sum, Stay{one})
	}
	sum = f.MergeAccumulators(Stay{}, f.MergeAccumulators(sum, Stay{}))
	if sum.Counts.Accounts() != 3 || one.Accounts() != 1 {
		t.Errorf("sum of %d, each of %d", sum.Counts.Accounts(), one.Accounts())
	}
}

// TestFirstFaults keeps the first thousand, in order, and counts them all.
func TestFirstFaults(t *testing.T) {
	var sum Faults
	for i := range 1200 {
		sum = sum.merge(Faults{[]Fault{{Record: "contract", ID: fmt.Sprintf("C%04d", 1199-i)}}, 1})
	}
	if sum.Count != 1200 || len(sum.First) != maxFaults || sum.First[0].ID != "C0000" || sum.First[999].ID != "C0999" {
		t.Errorf("%d, %d from %v to %v", sum.Count, len(sum.First), sum.First[0], sum.First[len(sum.First)-1])
	}
}
