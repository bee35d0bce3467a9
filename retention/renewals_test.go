package retention_test

import (
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// TestRenewalsOnTheEdges: a contract is due in the period that its End falls in,
// and an overdue renewal counts in the one that its Start falls in; the first day
// of a period belongs to it and the first after it does not.
func TestRenewalsOnTheEdges(t *testing.T) {
	contracts := []success.Contract{
		priced("old", "a", "", "2023-01-01", "2024-03-01", "100"),
		priced("new", "a", "", "2024-06-01", "", "80"),
		priced("more", "a", "", "2024-08-01", "", "50"), // of which 20 make up for the old
	}
	contracts[1].Renews, contracts[2].Renews = "old", "old"
	b, err := retention.NewBook(contracts, retention.Options{Grace: 30})
	must(t, b, err)
	for _, c := range []struct {
		from, to      string
		due, overdue  int
		lapsed        int
		kept, renewed string
	}{
		{"2024-02-01", "2024-03-01", 0, 0, 0, "0", "0"},
		{"2024-02-01", "2024-03-02", 1, 0, 0, "0", "0"},
		{"2024-03-01", "2024-03-02", 1, 0, 0, "0", "0"},
		{"2024-03-02", "2024-06-01", 0, 0, 0, "0", "0"},
		{"2024-03-02", "2024-06-02", 0, 1, 0, "80", "80"},
		{"2024-06-01", "2024-06-02", 0, 1, 0, "80", "80"},
		{"2024-06-02", "2024-08-01", 0, 0, 0, "0", "0"},
		{"2024-08-01", "2024-08-02", 0, 0, 0, "20", "50"},
		{"2024-01-01", "2025-01-01", 1, 1, 0, "100", "130"},
	} {
		r, err := b.Renewals(period(c.from, c.to))
		must(t, r, err)
		if r.Due != c.due || r.Overdue != c.overdue || r.Lapsed != c.lapsed || !r.Kept.Equal(dec(c.kept)) || !r.Renewed.Equal(dec(c.renewed)) {
			t.Errorf("%s to %s: %+v, not %+v", c.from, c.to, r, c)
		}
	}
}

// TestRenewalClasses: the first successor says how a contract was renewed, by a
// day before, on or after its End, and up to the last day of grace.
func TestRenewalClasses(t *testing.T) {
	for start, want := range map[string]retention.Renewals{
		"2024-02-29": {Due: 1, Early: 1},
		"2024-03-01": {Due: 1, OnTime: 1},
		"2024-03-02": {Due: 1, Late: 1},
		"2024-03-31": {Due: 1, Late: 1},
		"2024-04-01": {Due: 1, Overdue: 1},
	} {
		contracts := []success.Contract{
			priced("old", "a", "", "2023-01-01", "2024-03-01", "100"),
			priced("new", "a", "", start, "", "100"),
		}
		contracts[1].Renews = "old"
		b, err := retention.NewBook(contracts, retention.Options{Grace: 30})
		must(t, b, err)
		r, err := b.Renewals(success.Year(2024))
		must(t, r, err)
		if r.Due != want.Due || r.Early != want.Early || r.OnTime != want.OnTime || r.Late != want.Late || r.Overdue != want.Overdue {
			t.Errorf("%s: %+v", start, r)
		}
		if on, err := b.On(day("2024-03-15")); err != nil || on.Customers == 0 != (start == "2024-04-01") {
			t.Errorf("%s: %d customers within grace, %v", start, on.Customers, err)
		}
	}
}
