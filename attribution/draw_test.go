package attribution_test

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// world draws records without a fault, of few accounts and days, so that things
// meet: duplicates, equal times, merged leads with deals, refunds to the end.
func world(t *rapid.T) (attribution.Records, attribution.Options) {
	var r attribution.Records
	pick := func(what string, from ...string) string { return rapid.SampledFrom(from).Draw(t, what) }
	moment := func(what string, after time.Time, most int) time.Time {
		return after.Add(time.Duration(rapid.IntRange(0, most).Draw(t, what)) * 6 * time.Hour)
	}
	begin := at("2023-12-20")
	account := func() success.AccountID { return success.AccountID(pick("account", "A", "B", "C")) }
	for i := range rapid.IntRange(0, 4).Draw(t, "interactions") {
		r.Interactions = append(r.Interactions, success.Interaction{ID: success.InteractionID(fmt.Sprint("I", i)), Account: account(), At: moment("at", begin, 200)})
	}
	for i := range rapid.IntRange(0, 10).Draw(t, "leads") {
		l := attribution.Lead{
			ID: attribution.LeadID(fmt.Sprint("L", i)), Account: account(), Agent: pick("agent", "Ann", "Bob", ""), At: moment("at", begin, 400),
			Source: rapid.SampledFrom([]attribution.Source{attribution.Service, attribution.Marketing, attribution.Other}).Draw(t, "source"),
		}
		if n := rapid.IntRange(-1, len(r.Interactions)-1).Draw(t, "interaction"); n >= 0 {
			l.Interaction = r.Interactions[n].ID
		}
		r.Leads = append(r.Leads, l)
	}
	named := rapid.Bool().Draw(t, "currencies are named")
	for i := range rapid.IntRange(0, 12).Draw(t, "deals") {
		d := attribution.Deal{
			ID: attribution.DealID(fmt.Sprint("D", i)), Account: account(), Owner: pick("owner", "Ann", "Zoe", ""), Product: pick("product", "Desk", ""),
			Opened: moment("opened", begin, 400), Status: rapid.SampledFrom([]attribution.Status{attribution.Won, attribution.Open, attribution.Lost}).Draw(t, "status"),
			Amount: decimal.New(rapid.Int64Range(0, 2_000_000).Draw(t, "amount"), -6),
		}
		if named {
			d.Currency = pick("currency", "EUR", "USD")
		}
		if n := rapid.IntRange(-1, len(r.Leads)-1).Draw(t, "lead"); n >= 0 {
			d.Lead, d.Account = r.Leads[n].ID, r.Leads[n].Account
			if rapid.IntRange(0, 9).Draw(t, "of another account") == 9 {
				d.Account = account()
			}
		}
		if d.Status != attribution.Open {
			d.Closed = moment("closed", d.Opened, 100)
		}
		r.Deals = append(r.Deals, d)
		if d.Status == attribution.Won {
			r.Adjustments = append(r.Adjustments, adjust(t, d)...)
		}
	}
	for range rapid.IntRange(0, 10).Draw(t, "touches") {
		r.Touches = append(r.Touches, attribution.Touch{Account: account(), Key: pick("key", "mail", "call", ""), At: moment("at", begin, 500)})
	}
	o := attribution.Options{
		DuplicateDays: rapid.SampledFrom([]int{0, 1, 30, -1}).Draw(t, "duplicate days"),
		RefuseOwn:     rapid.Bool().Draw(t, "refuse own"),
		Teams:         map[string]string{"Ann": "care"},
	}
	if rapid.Bool().Draw(t, "as-of is given") {
		o.AsOf = success.DateOf(moment("as of", begin, 500))
	}
	if rapid.Bool().Draw(t, "one currency") {
		o.Currency = "EUR"
		o.Rates = []attribution.Rate{{Currency: "USD", Date: success.MustDate("2024-02-01"), Rate: money("0.85")}, {Currency: "USD", Date: success.MustDate("2024-03-01"), Rate: money("1.15")}}
	}
	return r, o
}

// adjust draws what happens to a deal after it was won.
func adjust(t *rapid.T, d attribution.Deal) (all []attribution.Adjustment) {
	left, when := d.Amount.Shift(6).IntPart(), d.Closed
	for i := range rapid.IntRange(0, 3).Draw(t, "adjustments") {
		when = when.Add(time.Duration(rapid.IntRange(0, 20).Draw(t, "later")) * 24 * time.Hour)
		by := rapid.Int64Range(-left, 1_000_000).Draw(t, "by")
		left += by
		all = append(all, attribution.Adjustment{ID: attribution.AdjustmentID(fmt.Sprint(d.ID, i)), Deal: d.ID, At: when, Amount: decimal.New(by, -6)})
	}
	return all
}

func drawQuery(t *rapid.T) attribution.Query {
	q := attribution.Query{
		Period: success.Period{From: success.MustDate("2023-12-20"), To: success.MustDate("2025-01-01")},
		By:     rapid.SampledFrom([]attribution.Cut{attribution.Whole, attribution.BySource, attribution.ByAgent, attribution.ByTeam, attribution.ByProduct, attribution.ByMonth, attribution.ByOwner}).Draw(t, "cut"),
		Source: rapid.SampledFrom([]attribution.Source{attribution.SourceUnknown, attribution.Service, attribution.Marketing}).Draw(t, "source"),
	}
	if rapid.Bool().Draw(t, "a part") {
		q.Period.From = success.MustDate("2024-01-01").AddDays(rapid.IntRange(0, 60).Draw(t, "from"))
		q.Period.To = q.Period.From.AddDays(rapid.IntRange(1, 60).Draw(t, "days"))
	}
	return q
}
