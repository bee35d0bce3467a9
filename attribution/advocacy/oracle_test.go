package advocacy_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/advocacy"
)

// noon of some day of 2025.
func noon(day int) time.Time { return time.Date(2025, 1, day, 12, 0, 0, 0, time.UTC) }

func number(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func drawAccount(t *rapid.T, name string) success.AccountID {
	return rapid.SampledFrom([]success.AccountID{"Ash", "Birch", "Cedar", "Dogwood"}).Draw(t, name)
}

func drawTime(t *rapid.T, name string) time.Time { return noon(rapid.IntRange(1, 30).Draw(t, name)) }

func drawRecords(t *rapid.T) (r advocacy.Records, o advocacy.Options) {
	for i := range rapid.IntRange(0, 6).Draw(t, "referrals") {
		r.Referrals = append(r.Referrals, advocacy.Referral{ID: fmt.Sprint("F", i), Advocate: drawAccount(t, "advocate"), Referred: drawAccount(t, "referred"), At: drawTime(t, "at")})
	}
	for i := range rapid.IntRange(0, 5).Draw(t, "deals") {
		drawDeal(t, &r, i)
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "reviews") {
		r.Reviews = append(r.Reviews, advocacy.Review{ID: fmt.Sprint("W", i), Account: drawAccount(t, "account"), At: drawTime(t, "at"), Service: rapid.Bool().Draw(t, "service")})
	}
	for i := range rapid.IntRange(0, 5).Draw(t, "references") {
		x := advocacy.Reference{ID: fmt.Sprint("E", i), Advocate: drawAccount(t, "advocate"), At: drawTime(t, "at")}
		if len(r.Deals) > 0 && rapid.Bool().Draw(t, "for a deal") {
			x.Deal = rapid.SampledFrom(r.Deals).Draw(t, "deal").ID
		}
		r.References = append(r.References, x)
	}
	for i := range rapid.IntRange(0, 8).Draw(t, "interactions") {
		r.Interactions = append(r.Interactions, success.Interaction{ID: success.InteractionID(fmt.Sprint("I", i)), Account: drawAccount(t, "account"), At: drawTime(t, "at")})
	}
	o.ServiceDays = rapid.SampledFrom([]int{0, 1, 5}).Draw(t, "service days")
	o.DealDays = rapid.SampledFrom([]int{0, 1, 5}).Draw(t, "deal days")
	if rapid.Bool().Draw(t, "as of") {
		o.AsOf = success.DateOf(drawTime(t, "day"))
	}
	return r, o
}

func drawDeal(t *rapid.T, r *advocacy.Records, i int) {
	opened := rapid.IntRange(1, 30).Draw(t, "opened")
	d := attribution.Deal{ID: attribution.DealID(fmt.Sprint("D", i)), Account: drawAccount(t, "buyer"), Opened: noon(opened), Amount: decimal.New(rapid.Int64Range(0, 1000).Draw(t, "amount"), -2)}
	d.Currency = rapid.SampledFrom([]string{"EUR", "USD"}).Draw(t, "currency")
	d.Status = rapid.SampledFrom([]attribution.Status{attribution.Won, attribution.Lost, attribution.Open}).Draw(t, "status")
	if d.Status != attribution.Open {
		d.Closed = noon(opened + rapid.IntRange(0, 10).Draw(t, "days to close"))
	}
	r.Deals = append(r.Deals, d)
	if d.Status != attribution.Won {
		return
	}
	at, net := d.Closed, d.Amount
	for j := range rapid.IntRange(0, 3).Draw(t, "adjustments") {
		at = at.AddDate(0, 0, rapid.IntRange(0, 5).Draw(t, "days"))
		amount := decimal.New(rapid.Int64Range(0, 500).Draw(t, "up"), -2)
		if rapid.Bool().Draw(t, "refund") {
			amount = net.Mul(decimal.New(rapid.SampledFrom([]int64{10, 1, 3}).Draw(t, "tenths"), -1)).Neg()
		}
		net = net.Add(amount)
		r.Adjustments = append(r.Adjustments, attribution.Adjustment{ID: attribution.AdjustmentID(fmt.Sprint(d.ID, j)), Deal: d.ID, At: at, Amount: amount})
	}
}

// A naive report loops over everything for everything.
type naive struct {
	advocacy.Records
	advocacy.Options
}

func (n naive) known(t time.Time) bool {
	return n.AsOf == (success.Date{}) || t.Before(n.AsOf.Time(time.UTC))
}

func (n naive) won(d attribution.Deal) bool { return d.Status == attribution.Won && n.known(d.Closed) }

func (n naive) worth(d attribution.Deal) advocacy.Amounts {
	a := advocacy.Amounts{Gross: d.Amount}
	for _, c := range n.Adjustments {
		if c.Deal == d.ID && n.known(c.At) {
			if c.Amount.IsNegative() {
				a.Reversed = a.Reversed.Sub(c.Amount)
			} else {
				a.Gross = a.Gross.Add(c.Amount)
			}
		}
	}
	a.Net = a.Gross.Sub(a.Reversed)
	return a
}

func (n naive) before(account success.AccountID, at time.Time) (s advocacy.Service) {
	span := n.ServiceDays
	if span == 0 {
		span = 90
	}
	var last time.Time
	for _, i := range n.Interactions {
		if i.Account == account && n.known(i.At) && !i.At.After(at) && at.Sub(i.At).Hours() <= float64(24*span) {
			s.Interactions++
			if i.At.After(last) || i.At.Equal(last) && i.ID > s.Last {
				last, s.Last = i.At, i.ID
			}
		}
	}
	return s
}

// earlier reports whether a referral comes before another.
func earlier(a, b advocacy.Referral) bool {
	return a.At.Before(b.At) || a.At.Equal(b.At) && a.ID < b.ID
}

func (n naive) outcome(r advocacy.Referral) advocacy.Outcome {
	if r.Advocate == r.Referred {
		return advocacy.Own
	}
	for _, other := range n.Referrals {
		if other.Referred == r.Referred && earlier(other, r) && n.outcome(other) == advocacy.Accepted {
			return advocacy.Merged
		}
	}
	for _, d := range n.Deals {
		if d.Account == r.Referred && n.won(d) && !d.Closed.After(r.At) {
			return advocacy.Customer
		}
	}
	return advocacy.Accepted
}

// source returns the referral that a deal comes from, if any.
func (n naive) source(d attribution.Deal) (id string) {
	for _, r := range n.Referrals {
		late := n.DealDays > 0 && d.Opened.Sub(r.At).Hours() > float64(24*n.DealDays)
		if n.known(r.At) && r.Referred == d.Account && n.won(d) && n.outcome(r) == advocacy.Accepted && !d.Opened.Before(r.At) && !late {
			return r.ID
		}
	}
	return ""
}

func (n naive) use(r advocacy.Reference) advocacy.Use {
	for _, d := range n.Deals {
		switch {
		case d.ID != r.Deal:
		case d.Account == r.Advocate:
			return advocacy.OwnDeal
		case d.Status == attribution.Open || !r.At.After(d.Closed):
			return advocacy.Supporting
		default:
			return advocacy.Late
		}
	}
	return advocacy.NoDeal
}

func plus(a, b advocacy.Amounts) advocacy.Amounts {
	return advocacy.Amounts{Gross: a.Gross.Add(b.Gross), Reversed: a.Reversed.Add(b.Reversed), Net: a.Net.Add(b.Net)}
}

// sum adds up the won deals that are kept, by currency.
func (n naive) sum(keep func(attribution.Deal) bool) (all []advocacy.Sourced) {
	for _, currency := range []string{"EUR", "USD"} {
		some, a := false, advocacy.Amounts{}
		for _, d := range n.Deals {
			if d.Currency == currency && n.won(d) && keep(d) {
				some, a = true, plus(a, n.worth(d))
			}
		}
		if some {
			all = append(all, advocacy.Sourced{Currency: currency, Amounts: a})
		}
	}
	return all
}

func same(t *rapid.T, what string, got, want any) {
	decimals := cmp.Comparer(func(a, b decimal.Decimal) bool { return a.Equal(b) })
	if diff := cmp.Diff(want, got, decimals, cmpopts.EquateEmpty(), cmpopts.EquateComparable(success.Figure{}, success.Date{})); diff != "" {
		t.Fatalf("%s: %s", what, diff)
	}
}

func TestOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, o := drawRecords(t)
		report := measured(t, r, o)
		n := naive{r, o}
		var lines []advocacy.ReferralLine
		for _, r := range n.Referrals {
			if n.known(r.At) {
				line := advocacy.ReferralLine{Referral: r, Outcome: n.outcome(r), Service: n.before(r.Advocate, r.At), Revenue: n.sum(func(d attribution.Deal) bool { return n.source(d) == r.ID })}
				for _, d := range n.Deals {
					if n.source(d) == r.ID {
						line.Deals = append(line.Deals, d.ID)
					}
				}
				lines = append(lines, line)
			}
		}
		slices.SortFunc(lines, func(a, b advocacy.ReferralLine) int {
			if earlier(a.Referral, b.Referral) {
				return -1
			}
			return 1
		})
		same(t, "referrals", report.ReferralLines, lines)
		supported := map[attribution.DealID]bool{}
		for _, line := range report.ReferenceLines {
			use := n.use(line.Reference)
			won := slices.ContainsFunc(n.Deals, func(d attribution.Deal) bool { return d.ID == line.Deal && n.won(d) && use == advocacy.Supporting })
			supported[line.Deal] = supported[line.Deal] || won
			same(t, "reference "+line.ID, line, advocacy.ReferenceLine{Reference: line.Reference, Use: use, Won: won, Before: n.before(line.Advocate, line.At)})
		}
		var influenced []advocacy.Influenced
		for _, s := range n.sum(func(d attribution.Deal) bool { return supported[d.ID] }) {
			influenced = append(influenced, advocacy.Influenced(s))
		}
		same(t, "influenced", report.Influenced, influenced)
		for _, line := range report.ReviewLines {
			same(t, "review "+line.ID, line.Before, n.before(line.Account, line.At))
		}
		all, own, other := n.sum(func(attribution.Deal) bool { return true }), n.sum(func(d attribution.Deal) bool { return n.source(d) != "" }), n.sum(func(d attribution.Deal) bool { return n.source(d) == "" })
		for i, total := range report.Revenue {
			same(t, "all", advocacy.Sourced{Currency: total.Currency, Amounts: total.All}, all[i])
			same(t, "sourced", total.Sourced, in(own, total.Currency))
			same(t, "other", total.Other, in(other, total.Currency))
		}
		if len(report.Revenue) != len(all) || len(report.ReviewLines) != report.Reviews.Written || len(report.ReferenceLines) != report.References.Given {
			t.Fatalf("%+v", report)
		}
	})
}

// in returns the amounts of a currency.
func in(all []advocacy.Sourced, currency string) advocacy.Amounts {
	for _, s := range all {
		if s.Currency == currency {
			return s.Amounts
		}
	}
	return advocacy.Amounts{}
}

func measured(t *rapid.T, r advocacy.Records, o advocacy.Options) *advocacy.Report {
	report, err := advocacy.Measure(r, o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}
