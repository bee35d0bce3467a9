package advocacy_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/advocacy"
)

// halves divides records so that accounts that have to do with one another are in
// one part.
func halves(t *rapid.T, r advocacy.Records) (parts [2]advocacy.Records) {
	group := map[success.AccountID]success.AccountID{}
	for _, account := range []success.AccountID{"Ash", "Birch", "Cedar", "Dogwood"} {
		group[account] = account
	}
	link := func(a, b success.AccountID) {
		from, to := group[a], group[b]
		for account, g := range group {
			if g == from {
				group[account] = to
			}
		}
	}
	buyer := map[attribution.DealID]success.AccountID{}
	for _, d := range r.Deals {
		buyer[d.ID] = d.Account
	}
	for _, x := range r.Referrals {
		link(x.Advocate, x.Referred)
	}
	for _, x := range r.References {
		if x.Deal != "" {
			link(x.Advocate, buyer[x.Deal])
		}
	}
	place := map[success.AccountID]int{}
	for _, account := range []success.AccountID{"Ash", "Birch", "Cedar", "Dogwood"} {
		place[account] = rapid.IntRange(0, 1).Draw(t, "part")
	}
	of := func(account success.AccountID) *advocacy.Records { return &parts[place[group[account]]] }
	for _, x := range r.Referrals {
		of(x.Advocate).Referrals = append(of(x.Advocate).Referrals, x)
	}
	for _, x := range r.Reviews {
		of(x.Account).Reviews = append(of(x.Account).Reviews, x)
	}
	for _, x := range r.References {
		of(x.Advocate).References = append(of(x.Advocate).References, x)
	}
	for _, d := range r.Deals {
		of(d.Account).Deals = append(of(d.Account).Deals, d)
	}
	for _, a := range r.Adjustments {
		of(buyer[a.Deal]).Adjustments = append(of(buyer[a.Deal]).Adjustments, a)
	}
	for _, i := range r.Interactions {
		of(i.Account).Interactions = append(of(i.Account).Interactions, i)
	}
	return parts
}

// Parts that keep together what has to do with one another merge into the whole,
// either way round, and stay as they are.
func TestMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, o := drawRecords(t)
		o.Level = rapid.SampledFrom([]float64{0, 0.8}).Draw(t, "level")
		whole, parts := measured(t, r, o), halves(t, r)
		a, b := measured(t, parts[0], o), measured(t, parts[1], o)
		for _, order := range [][2]*advocacy.Report{{a, b}, {b, a}} {
			merged, err := order[0].Merge(order[1])
			if err != nil {
				t.Fatal(err)
			}
			same(t, "merged", merged, whole)
		}
		same(t, "a part", a, measured(t, parts[0], o))
	})
}

func TestOnlyTheSameMerges(t *testing.T) {
	report := func(r advocacy.Records, o advocacy.Options) *advocacy.Report {
		t.Helper()
		report, err := advocacy.Measure(r, o)
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	sale := func(account success.AccountID, currency string) advocacy.Records {
		return advocacy.Records{
			Reviews: []advocacy.Review{{ID: string(account), Account: account, At: noon(1)}},
			Deals:   []attribution.Deal{{ID: attribution.DealID(account), Account: account, Opened: noon(1), Closed: noon(2), Status: attribution.Won, Amount: number("1"), Currency: currency}},
		}
	}
	bad := report(sale("Birch", "EUR"), advocacy.Options{})
	bad.Level = 1
	day := success.MustDate("2025-02-01")
	for what, c := range map[string]struct {
		other *advocacy.Report
		want  bool
	}{
		"the same":             {report(sale("Birch", "EUR"), advocacy.Options{}), true},
		"another currency":     {report(sale("Birch", "USD"), advocacy.Options{}), true},
		"the default level":    {report(sale("Birch", "EUR"), advocacy.Options{Level: 0.95, ServiceDays: 90}), true},
		"another level":        {report(sale("Birch", "EUR"), advocacy.Options{Level: 0.9}), false},
		"no level":             {bad, false},
		"another day":          {report(sale("Birch", "EUR"), advocacy.Options{AsOf: day}), false},
		"other service days":   {report(sale("Birch", "EUR"), advocacy.Options{ServiceDays: 91}), false},
		"other days of a deal": {report(sale("Birch", "EUR"), advocacy.Options{DealDays: 1}), false},
		"no currency":          {report(sale("Birch", ""), advocacy.Options{}), false},
		"the same advocate":    {report(sale("Ash", "EUR"), advocacy.Options{}), false},
		"nothing":              {report(advocacy.Records{}, advocacy.Options{}), true},
	} {
		merged, err := report(sale("Ash", "EUR"), advocacy.Options{}).Merge(c.other)
		if (err == nil) != c.want || (merged != nil) != c.want {
			t.Errorf("%s: %v, %v", what, merged, err)
		}
	}
	if _, err := bad.Merge(bad); err == nil {
		t.Error("two without a level merge")
	}
	if merged, err := report(sale("Ash", ""), advocacy.Options{}).Merge(report(sale("Birch", ""), advocacy.Options{})); err != nil || merged.Revenue[0].All.Net.String() != "2" {
		t.Errorf("both without a currency: %v, %v", merged, err)
	}
}

// Amounts of one currency add up, those of others stay apart.
func TestMergeByHand(t *testing.T) {
	part := func(account success.AccountID, currency, amount string) *advocacy.Report {
		d := attribution.Deal{ID: attribution.DealID(account), Account: account, Opened: noon(2), Closed: noon(5), Status: attribution.Won, Amount: number(amount), Currency: currency}
		report, err := advocacy.Measure(advocacy.Records{
			Deals:       []attribution.Deal{d},
			Adjustments: []attribution.Adjustment{{ID: "a" + attribution.AdjustmentID(account), Deal: d.ID, At: noon(6), Amount: number("-1")}},
			Referrals:   []advocacy.Referral{{ID: string(account), Advocate: "of " + account, Referred: account, At: noon(1)}},
			References:  []advocacy.Reference{{ID: string(account), Advocate: "of " + account, At: noon(3), Deal: d.ID}},
		}, advocacy.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	merged := part("Ash", "USD", "10")
	for _, other := range []*advocacy.Report{part("Birch", "EUR", "5"), part("Cedar", "USD", "7")} {
		var err error
		if merged, err = merged.Merge(other); err != nil {
			t.Fatal(err)
		}
	}
	want := "[{EUR {5 1 4}} {USD {17 2 15}}] [{EUR {5 1 4} {0 0 0} {5 1 4} 100%} {USD {17 2 15} {0 0 0} {17 2 15} 100%}] {3 3 3 0} 1 (0.438503, 1)"
	if got := fmt.Sprint(merged.Influenced, merged.Revenue, merged.Referrals, merged.Conversion); got != want {
		t.Errorf("%s, not\n%s", got, want)
	}
}

func ExampleReport_Merge() {
	north, _ := advocacy.Measure(company(), advocacy.Options{})
	south, _ := advocacy.Measure(advocacy.Records{
		Reviews: []advocacy.Review{{ID: "W9", Account: "Dune Design", At: noon(40)}},
		Deals:   []attribution.Deal{{ID: "D9", Account: "Dune Design", Opened: noon(1), Closed: noon(2), Status: attribution.Won, Amount: number("1000"), Currency: "EUR"}},
	}, advocacy.Options{})
	all, err := north.Merge(south)
	fmt.Println(all.Revenue[0].Sourced.Net, "of", all.Revenue[0].All.Net, err)
	fmt.Println("speak of service", all.Service)
	// Output:
	// 11000 of 36000 <nil>
	// speak of service 0.5 (0.150039, 0.849961)
}
