package advocacy_test

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/advocacy"
	"metrics.internal/success/internal/refusal"
)

func TestBadRecords(t *testing.T) {
	far := noon(1).AddDate(9000, 0, 0)
	won := attribution.Deal{ID: "D", Account: "Ash", Opened: noon(1), Closed: noon(2), Status: attribution.Won, Amount: number("10")}
	open := attribution.Deal{ID: "O", Account: "Ash", Opened: noon(1), Amount: number("10")}
	change := func(id, deal string, at time.Time, amount string) attribution.Adjustment {
		return attribution.Adjustment{ID: attribution.AdjustmentID(id), Deal: attribution.DealID(deal), At: at, Amount: number(amount)}
	}
	huge := change("a", "D", noon(2), "1")
	huge.Amount = decimal.New(1, 2_000_000_000)
	for what, c := range map[string]struct {
		records advocacy.Records
		at      []int
		faults  []refusal.Fault
	}{
		"empty referral": {advocacy.Records{Referrals: []advocacy.Referral{{}}}, []int{0, 0, 0, 0},
			[]refusal.Fault{refusal.Of("ID", success.ErrMissing), refusal.Of("Advocate", success.ErrMissing), refusal.Of("Referred", success.ErrMissing), refusal.Of("At", success.ErrMissing)}},
		"referral twice": {advocacy.Records{Referrals: []advocacy.Referral{{ID: "a", Advocate: "Ash", Referred: "Birch", At: noon(1)}, {ID: "a", Advocate: "Ash", Referred: "Birch", At: far}}}, []int{1, 1},
			[]refusal.Fault{refusal.Of("ID", success.ErrDuplicate), refusal.Of("At", success.ErrRange)}},
		"empty reviews": {advocacy.Records{Reviews: []advocacy.Review{{}, {}}}, []int{0, 0, 0, 1, 1, 1},
			[]refusal.Fault{refusal.Of("ID", success.ErrMissing), refusal.Of("Account", success.ErrMissing), refusal.Of("At", success.ErrMissing),
				refusal.Of("ID", success.ErrMissing), refusal.Of("Account", success.ErrMissing), refusal.Of("At", success.ErrMissing)}},
		"review twice": {advocacy.Records{Reviews: []advocacy.Review{{ID: "a", Account: "Ash", At: noon(1)}, {ID: "a", Account: "Ash", At: noon(1)}}}, []int{1},
			[]refusal.Fault{refusal.Of("ID", success.ErrDuplicate)}},
		"empty reference": {advocacy.Records{References: []advocacy.Reference{{}}}, []int{0, 0, 0},
			[]refusal.Fault{refusal.Of("ID", success.ErrMissing), refusal.Of("Advocate", success.ErrMissing), refusal.Of("At", success.ErrMissing)}},
		"reference twice, of no deal": {advocacy.Records{References: []advocacy.Reference{{ID: "a", Advocate: "Ash", At: noon(1)}, {ID: "a", Advocate: "Ash", At: noon(1), Deal: "D"}}}, []int{1, 1},
			[]refusal.Fault{refusal.Of("ID", success.ErrDuplicate), refusal.Of("Deal", success.ErrUnknown)}},
		"interaction twice": {advocacy.Records{Interactions: []success.Interaction{{ID: "a", Account: "Ash", At: noon(1)}, {ID: "a", Account: "Ash"}}}, []int{1, 1},
			[]refusal.Fault{refusal.Of("At", success.ErrMissing), refusal.Of("ID", success.ErrDuplicate)}},
		"deal twice":       {advocacy.Records{Deals: []attribution.Deal{won, won}}, []int{1}, []refusal.Fault{refusal.Of("ID", success.ErrDuplicate)}},
		"deal without ID":  {advocacy.Records{Deals: []attribution.Deal{{Account: "Ash", Opened: noon(1)}}}, []int{0}, []refusal.Fault{refusal.Of("ID", success.ErrMissing)}},
		"of unknown deal":  {advocacy.Records{Adjustments: []attribution.Adjustment{change("a", "D", noon(2), "1")}}, []int{0}, []refusal.Fault{refusal.Of("Deal", success.ErrUnknown)}},
		"of no deal":       {advocacy.Records{Adjustments: []attribution.Adjustment{change("a", "", noon(2), "1")}}, []int{0}, []refusal.Fault{refusal.Of("Deal", success.ErrMissing)}},
		"of an open deal":  {advocacy.Records{Deals: []attribution.Deal{open}, Adjustments: []attribution.Adjustment{change("a", "O", noon(2), "1")}}, []int{0}, []refusal.Fault{refusal.Of("Deal", success.ErrRange)}},
		"before the win":   {advocacy.Records{Deals: []attribution.Deal{won}, Adjustments: []attribution.Adjustment{change("a", "D", noon(2).Add(-1), "1")}}, []int{0}, []refusal.Fault{refusal.Of("At", success.ErrOrder)}},
		"at no time":       {advocacy.Records{Deals: []attribution.Deal{won}, Adjustments: []attribution.Adjustment{change("a", "D", time.Time{}, "1")}}, []int{0}, []refusal.Fault{refusal.Of("At", success.ErrMissing)}},
		"without IDs":      {advocacy.Records{Deals: []attribution.Deal{won}, Adjustments: []attribution.Adjustment{change("", "D", noon(2), "1"), change("", "D", noon(3), "1")}}, []int{0, 1}, []refusal.Fault{refusal.Of("ID", success.ErrMissing), refusal.Of("ID", success.ErrMissing)}},
		"huge":             {advocacy.Records{Deals: []attribution.Deal{won}, Adjustments: []attribution.Adjustment{huge}}, []int{0}, []refusal.Fault{refusal.Of("Amount", success.ErrRange)}},
		"refund of more":   {advocacy.Records{Deals: []attribution.Deal{won}, Adjustments: []attribution.Adjustment{change("a", "D", noon(3), "-6"), change("b", "D", noon(2), "-4.01")}}, []int{0}, []refusal.Fault{refusal.Of("Amount", success.ErrRange)}},
		"of another time":  {advocacy.Records{Deals: []attribution.Deal{won}, Adjustments: []attribution.Adjustment{change("a", "D", noon(2), "1"), change("a", "D", noon(3), "1")}}, []int{1}, []refusal.Fault{refusal.Of("ID", success.ErrDuplicate)}},
		"of another sum":   {advocacy.Records{Deals: []attribution.Deal{won}, Adjustments: []attribution.Adjustment{change("a", "D", noon(2), "1"), change("a", "D", noon(2), "2")}}, []int{1}, []refusal.Fault{refusal.Of("ID", success.ErrDuplicate)}},
		"for another deal": {advocacy.Records{Deals: []attribution.Deal{won, open}, Adjustments: []attribution.Adjustment{change("a", "D", noon(2), "1"), change("a", "O", noon(2), "1")}}, []int{1, 1}, []refusal.Fault{refusal.Of("ID", success.ErrDuplicate), refusal.Of("Deal", success.ErrRange)}},
		"of another day":   {advocacy.Records{Deals: []attribution.Deal{won}, Adjustments: []attribution.Adjustment{change("a", "D", noon(3), "1"), change("a", "D", noon(3).In(time.FixedZone("", 14*3600)), "1")}}, []int{1}, []refusal.Fault{refusal.Of("ID", success.ErrDuplicate)}},
		"unnamed currency": {advocacy.Records{Deals: []attribution.Deal{{ID: "E", Account: "Ash", Opened: noon(1), Currency: "EUR"}, open}}, []int{1}, []refusal.Fault{refusal.Of("Currency", success.ErrMissing)}},
	} {
		report, err := advocacy.Measure(c.records, advocacy.Options{})
		expect(t, what, err, c.at, c.faults...)
		if report != nil {
			t.Errorf("%s: a report", what)
		}
	}
}

func TestUnknownAccounts(t *testing.T) {
	r := company()
	for i := range r.Interactions {
		r.Interactions[i].Account = "Nobody"
	}
	accounts := []success.Account{{ID: "Harbour Foods"}, {ID: "Quay Hotels"}, {ID: "Anchor Dental"}, {ID: "Lantern Law"}, {ID: "Pier Books"}}
	r.Interactions = r.Interactions[:1]
	_, err := advocacy.Measure(r, advocacy.Options{Accounts: accounts})
	expect(t, "interactions", err, []int{0}, refusal.Of("Account", success.ErrUnknown))
	_, err = advocacy.Measure(company(), advocacy.Options{Accounts: accounts})
	if err != nil {
		t.Error(err)
	}
	_, err = advocacy.Measure(company(), advocacy.Options{Accounts: []success.Account{{ID: "Quay Hotels"}, {ID: "Quay Hotels"}, {}}})
	expect(t, "others", err, []int{1, 2, 2, 0, 1, 0, 0, 1, 1, 2, 2, 0, 1}, refusal.Of("ID", success.ErrDuplicate), refusal.Of("ID", success.ErrMissing),
		refusal.Of("Account", success.ErrUnknown), refusal.Of("Account", success.ErrUnknown), refusal.Of("Account", success.ErrUnknown),
		refusal.Of("Advocate", success.ErrUnknown), refusal.Of("Advocate", success.ErrUnknown),
		refusal.Of("Advocate", success.ErrUnknown), refusal.Of("Referred", success.ErrUnknown), refusal.Of("Advocate", success.ErrUnknown), refusal.Of("Referred", success.ErrUnknown),
		refusal.Of("Account", success.ErrUnknown), refusal.Of("Account", success.ErrUnknown))
}

// No accounts at all are not the same as accounts that are not given.
func TestNoAccounts(t *testing.T) {
	r := advocacy.Records{Reviews: []advocacy.Review{{ID: "a", Account: "Ash", At: noon(1)}}}
	_, err := advocacy.Measure(r, advocacy.Options{Accounts: []success.Account{}})
	expect(t, "none", err, []int{0}, refusal.Of("Account", success.ErrUnknown))
	if _, err := advocacy.Measure(r, advocacy.Options{}); err != nil {
		t.Error(err)
	}
}

func expect(t *testing.T, what string, err error, at []int, faults ...refusal.Fault) {
	t.Helper()
	refusal.Check(t, what, err, faults...)
	var all *success.Errors
	var got []int
	if errors.As(err, &all) {
		for _, f := range all.Faults {
			got = append(got, f.Index)
		}
	}
	if !slices.Equal(got, at) {
		t.Errorf("%s: faults at %v, want %v", what, got, at)
	}
}

func TestBadOptions(t *testing.T) {
	_, err := advocacy.Measure(advocacy.Records{}, advocacy.Options{ServiceDays: -1, DealDays: 36_501, Level: 1})
	expect(t, "below and above", err, []int{-1, -1, -1}, refusal.Of("ServiceDays", success.ErrRange), refusal.Of("DealDays", success.ErrRange), refusal.Of("Level", success.ErrRange))
	_, err = advocacy.Measure(advocacy.Records{}, advocacy.Options{ServiceDays: 36_501, DealDays: -1, Level: math.NaN()})
	expect(t, "above and below", err, []int{-1, -1, -1}, refusal.Of("ServiceDays", success.ErrRange), refusal.Of("DealDays", success.ErrRange), refusal.Of("Level", success.ErrRange))
	report, err := advocacy.Measure(advocacy.Records{}, advocacy.Options{ServiceDays: 36_500, DealDays: 36_500, Level: 0.5})
	if err != nil || report.Conversion.Value.Defined() || report.Served.Lower.Defined() || report.Service.Upper.Defined() || len(report.Revenue) != 0 {
		t.Error(report, err)
	}
}

// The last moments of service and of deals, at either side.
func TestWindows(t *testing.T) {
	hour := time.Hour
	for _, c := range []struct {
		what         string
		served, sold time.Duration // after the referral
		service      int
		deals        int
	}{
		{"at the moment", 0, 0, 1, 1},
		{"after it, before it", 1, -1, 0, 0},
		{"the first and last of two days", -48 * hour, 48 * hour, 1, 1},
		{"just outside", -48*hour - 1, 48*hour + 1, 0, 0},
	} {
		r := advocacy.Records{
			Referrals:    []advocacy.Referral{{ID: "a", Advocate: "Ash", Referred: "Birch", At: noon(10)}},
			Interactions: []success.Interaction{{ID: "i", Account: "Ash", At: noon(10).Add(c.served)}, {ID: "j", Account: "Birch", At: noon(10)}},
			Deals:        []attribution.Deal{{ID: "D", Account: "Birch", Opened: noon(10).Add(c.sold), Closed: noon(20), Status: attribution.Won, Amount: number("1")}},
		}
		report, err := advocacy.Measure(r, advocacy.Options{ServiceDays: 2, DealDays: 2})
		if err != nil {
			t.Fatal(err)
		}
		l := report.ReferralLines[0]
		if l.Service.Interactions != c.service || len(l.Deals) != c.deals || report.Referrals.Served != c.service || report.Referrals.Won != c.deals || (l.Service.Last == "i") != (c.service == 1) {
			t.Errorf("%s: %+v", c.what, l)
		}
	}
	day := 24 * hour
	r := advocacy.Records{
		Referrals:    []advocacy.Referral{{ID: "a", Advocate: "Ash", Referred: "Birch", At: noon(10)}},
		Interactions: []success.Interaction{{ID: "j", Account: "Ash", At: noon(10).Add(-90 * day)}, {ID: "i", Account: "Ash", At: noon(10).Add(-90 * day)}, {ID: "k", Account: "Ash", At: noon(10).Add(-90*day - 1)}},
		Deals:        []attribution.Deal{{ID: "D", Account: "Birch", Opened: noon(3650), Closed: noon(3650), Status: attribution.Won, Amount: number("1")}},
	}
	report, err := advocacy.Measure(r, advocacy.Options{})
	if err != nil || report.ReferralLines[0].Service != (advocacy.Service{Interactions: 2, Last: "j"}) || report.Referrals.Won != 1 {
		t.Errorf("by default: %+v, %v", report, err)
	}
}

// A customer at the moment it is referred is one; a reference when the deal is
// closed still supports it.
func TestMoments(t *testing.T) {
	for _, c := range []struct {
		after   time.Duration // of referral and reference, after the close
		outcome advocacy.Outcome
		use     advocacy.Use
	}{{-1, advocacy.Accepted, advocacy.Supporting}, {0, advocacy.Customer, advocacy.Supporting}, {1, advocacy.Customer, advocacy.Late}} {
		r := advocacy.Records{
			Referrals:  []advocacy.Referral{{ID: "a", Advocate: "Ash", Referred: "Birch", At: noon(20).Add(c.after)}},
			References: []advocacy.Reference{{ID: "a", Advocate: "Ash", Deal: "D", At: noon(20).Add(c.after)}},
			Deals:      []attribution.Deal{{ID: "D", Account: "Birch", Opened: noon(1), Closed: noon(20), Status: attribution.Won, Amount: number("1")}},
		}
		report, err := advocacy.Measure(r, advocacy.Options{})
		if err != nil || report.ReferralLines[0].Outcome != c.outcome || report.ReferenceLines[0].Use != c.use || report.References.Won != report.References.Supporting {
			t.Errorf("%v: %+v, %v", c.after, report, err)
		}
	}
}

// Intervals are Wilson's, at the level that is asked for: of 2 of 3 reviews, and of
// 1 of 2 referrals.
func TestIntervals(t *testing.T) {
	for level, want := range map[float64][2]string{
		0:   {"0.666667 (0.20766, 0.938508)", "0.5 (0.0945312, 0.905469)"},
		0.8: {"0.666667 (0.321183, 0.894224)", "0.5 (0.164252, 0.835748)"},
	} {
		report, err := advocacy.Measure(company(), advocacy.Options{Level: level})
		if err != nil || report.Service.String() != want[0] || report.Conversion.String() != want[1] || report.Served.String() != want[1] {
			t.Errorf("%v: %s, %s, %s, %v, want %s", level, report.Service, report.Conversion, report.Served, err, want)
		}
	}
}

// A refund of what a restatement brought does not count before it, even where it is
// still the day before.
func TestLaterElsewhere(t *testing.T) {
	east, west := time.FixedZone("east", 12*3600), time.FixedZone("west", -12*3600)
	r := advocacy.Records{
		Deals: []attribution.Deal{{ID: "D", Account: "Ash", Opened: noon(1), Closed: noon(2), Status: attribution.Won, Amount: number("100")}},
		Adjustments: []attribution.Adjustment{
			{ID: "b", Deal: "D", At: noon(10).In(east), Amount: number("50")}, {ID: "c", Deal: "D", At: noon(10).Add(1).In(west), Amount: number("-149")},
			{ID: "a", Deal: "D", At: noon(5), Amount: number("-1")},
		},
	}
	for asOf, want := range map[string]string{"2025-01-05": "100", "2025-01-06": "99", "2025-01-11": "99", "2025-01-12": "0"} {
		report, err := advocacy.Measure(r, advocacy.Options{AsOf: success.MustDate(asOf)})
		if err != nil || report.Revenue[0].All.Net.String() != want {
			t.Errorf("%s: %+v, %v, not %s", asOf, report.Revenue, err, want)
		}
	}
}

// Amounts beyond 64 bits of millionths add up.
func TestLargeSums(t *testing.T) {
	var r advocacy.Records
	for i := range 3 {
		r.Deals = append(r.Deals, attribution.Deal{ID: attribution.DealID([]string{"a", "b", "c"}[i]), Account: "Birch", Opened: noon(2), Closed: noon(3), Status: attribution.Won, Amount: number("8999999999999.999999")})
	}
	r.Referrals = []advocacy.Referral{{ID: "a", Advocate: "Ash", Referred: "Birch", At: noon(1)}}
	report, err := advocacy.Measure(r, advocacy.Options{})
	if err != nil || report.Revenue[0].Sourced.Net.String() != "26999999999999.999997" || !report.Revenue[0].Other.Net.IsZero() {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestWords(t *testing.T) {
	for o, want := range map[advocacy.Outcome]string{advocacy.Accepted: "accepted", advocacy.Own: "own", advocacy.Merged: "merged", advocacy.Customer: "customer", 4: "unknown 4"} {
		text, err := o.MarshalText()
		back := advocacy.Outcome(9)
		if o.String() != want || (err == nil) != (o < 4) || err == nil && (string(text) != want || back.UnmarshalText(text) != nil || back != o) {
			t.Errorf("%d: %s, %s, %v", o, o, text, err)
		}
	}
	for u, want := range map[advocacy.Use]string{advocacy.Supporting: "supporting", advocacy.NoDeal: "no deal", advocacy.OwnDeal: "own deal", advocacy.Late: "late", 4: "unknown 4"} {
		text, err := u.MarshalText()
		back := advocacy.Use(9)
		if u.String() != want || (err == nil) != (u < 4) || err == nil && (string(text) != want || back.UnmarshalText(text) != nil || back != u) {
			t.Errorf("%d: %s, %s, %v", u, u, text, err)
		}
	}
}
