package advocacy_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/advocacy"
)

// Advocates add up to the report and so do its lines; sourced and other revenue
// are all there is; nothing is below zero.
func TestSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, o := drawRecords(t)
		report := measured(t, r, o)
		var referrals advocacy.Referrals
		var reviews advocacy.Reviews
		var references advocacy.References
		byCurrency, byLine := map[string]advocacy.Amounts{}, map[string]advocacy.Amounts{}
		for i, a := range report.Advocates {
			if i > 0 && report.Advocates[i-1].Account >= a.Account {
				t.Fatalf("%s after %s", a.Account, report.Advocates[i-1].Account)
			}
			referrals = advocacy.Referrals{Submitted: referrals.Submitted + a.Referrals.Submitted, Accepted: referrals.Accepted + a.Referrals.Accepted, Won: referrals.Won + a.Referrals.Won, Served: referrals.Served + a.Referrals.Served}
			reviews = advocacy.Reviews{Written: reviews.Written + a.Reviews.Written, Service: reviews.Service + a.Reviews.Service, Served: reviews.Served + a.Reviews.Served}
			references = advocacy.References{Given: references.Given + a.References.Given, Supporting: references.Supporting + a.References.Supporting, Won: references.Won + a.References.Won, Served: references.Served + a.References.Served}
			for _, s := range a.Revenue {
				byCurrency[s.Currency] = plus(byCurrency[s.Currency], s.Amounts)
			}
		}
		var lines advocacy.Referrals
		for _, l := range report.ReferralLines {
			lines.Submitted++
			if l.Outcome == advocacy.Accepted {
				lines.Accepted++
				lines.Won += min(1, len(l.Deals))
				lines.Served += min(1, l.Service.Interactions)
			}
			for _, s := range l.Revenue {
				byLine[s.Currency] = plus(byLine[s.Currency], s.Amounts)
			}
		}
		if referrals != report.Referrals || lines != referrals || reviews != report.Reviews || references != report.References {
			t.Fatalf("%+v %+v %+v, want %+v %+v %+v", referrals, reviews, references, report.Referrals, report.Reviews, report.References)
		}
		for _, total := range report.Revenue {
			same(t, "advocates", byCurrency[total.Currency], total.Sourced)
			same(t, "lines", byLine[total.Currency], total.Sourced)
			same(t, "sourced and other", plus(total.Sourced, total.Other), total.All)
			same(t, "share", total.Share, success.Ratio{Num: total.Sourced.Net, Den: total.All.Net})
			for _, a := range []advocacy.Amounts{total.Sourced, total.Other, total.All} {
				if a.Gross.IsNegative() || a.Reversed.IsNegative() || a.Net.IsNegative() || !a.Gross.Sub(a.Reversed).Equal(a.Net) {
					t.Fatalf("%+v", total)
				}
			}
		}
		checkLines(t, report)
	})
}

// checkLines counts the lines of reviews and references again.
func checkLines(t *rapid.T, report *advocacy.Report) {
	var reviews advocacy.Reviews
	for _, l := range report.ReviewLines {
		reviews.Written++
		if l.Service {
			reviews.Service++
		}
		reviews.Served += min(1, l.Before.Interactions)
	}
	var references advocacy.References
	for _, l := range report.ReferenceLines {
		references.Given++
		if l.Use == advocacy.Supporting {
			references.Supporting++
		}
		if l.Won {
			references.Won++
		}
		references.Served += min(1, l.Before.Interactions)
	}
	if reviews != report.Reviews || references != report.References {
		t.Fatalf("%+v %+v, want %+v %+v", reviews, references, report.Reviews, report.References)
	}
	sorted := slices.IsSortedFunc(report.ReviewLines, func(a, b advocacy.ReviewLine) int { return a.At.Compare(b.At) }) &&
		slices.IsSortedFunc(report.ReferenceLines, func(a, b advocacy.ReferenceLine) int { return a.At.Compare(b.At) })
	if !sorted {
		t.Fatal("lines are not in the order of time")
	}
}

// The order of records changes nothing, and neither does an adjustment given
// twice; arguments stay as they are.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, o := drawRecords(t)
		report := measured(t, r, o)
		p := advocacy.Records{
			Referrals: rapid.Permutation(r.Referrals).Draw(t, "referrals"), Reviews: rapid.Permutation(r.Reviews).Draw(t, "reviews"),
			References: rapid.Permutation(r.References).Draw(t, "references"), Deals: rapid.Permutation(r.Deals).Draw(t, "deals"),
			Adjustments:  rapid.Permutation(append(r.Adjustments, r.Adjustments...)).Draw(t, "adjustments"),
			Interactions: rapid.Permutation(r.Interactions).Draw(t, "interactions"),
		}
		kept := advocacy.Records{
			Referrals: slices.Clone(p.Referrals), Reviews: slices.Clone(p.Reviews), References: slices.Clone(p.References),
			Deals: slices.Clone(p.Deals), Adjustments: slices.Clone(p.Adjustments), Interactions: slices.Clone(p.Interactions),
		}
		other := measured(t, p, o)
		same(t, "arguments", p, kept)
		clear(p.Referrals)
		clear(p.Deals)
		same(t, "another order", other, report)
	})
}

// What is dated on the day or later may as well not be there.
func TestAsOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, o := drawRecords(t)
		o.AsOf = success.DateOf(drawTime(t, "day"))
		report := measured(t, r, o)
		later := func(at time.Time) bool { return !at.IsZero() && !success.DateOf(at).Before(o.AsOf) }
		r.Referrals = slices.DeleteFunc(r.Referrals, func(x advocacy.Referral) bool { return later(x.At) })
		r.Reviews = slices.DeleteFunc(r.Reviews, func(x advocacy.Review) bool { return later(x.At) })
		r.References = slices.DeleteFunc(r.References, func(x advocacy.Reference) bool { return later(x.At) })
		r.Adjustments = slices.DeleteFunc(r.Adjustments, func(x attribution.Adjustment) bool { return later(x.At) })
		r.Interactions = slices.DeleteFunc(r.Interactions, func(x success.Interaction) bool { return later(x.At) })
		for i := range r.Deals {
			if d := &r.Deals[i]; later(d.Closed) {
				d.Status, d.Closed = attribution.Open, time.Time{}
			}
		}
		o.AsOf, report.AsOf = success.Date{}, success.Date{}
		same(t, "without it", measured(t, r, o), report)
	})
}

// Days that all move together change nothing but the days.
func TestShift(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, o := drawRecords(t)
		o.AsOf = success.Date{}
		before := measured(t, r, o)
		by := time.Duration(rapid.IntRange(-1000, 1000).Draw(t, "hours")) * time.Hour
		move := func(at *time.Time) {
			if !at.IsZero() {
				*at = at.Add(by)
			}
		}
		for i := range r.Referrals {
			move(&r.Referrals[i].At)
		}
		for i := range r.Reviews {
			move(&r.Reviews[i].At)
		}
		for i := range r.References {
			move(&r.References[i].At)
		}
		for i := range r.Deals {
			move(&r.Deals[i].Opened)
			move(&r.Deals[i].Closed)
		}
		for i := range r.Adjustments {
			move(&r.Adjustments[i].At)
		}
		for i := range r.Interactions {
			move(&r.Interactions[i].At)
		}
		after := measured(t, r, o)
		same(t, "advocates", after.Advocates, before.Advocates)
		same(t, "revenue", after.Revenue, before.Revenue)
	})
}
