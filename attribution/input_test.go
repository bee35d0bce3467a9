package attribution_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/internal/refusal"
)

type faults = []refusal.Fault

func of(field string, kind error) refusal.Fault { return refusal.Of(field, kind) }

// sound are records without a fault, one of a kind.
func sound() (attribution.Records, attribution.Options) {
	r := attribution.Records{
		Interactions: []success.Interaction{{ID: "I", Account: "A", At: at("2024-01-01")}},
		Leads:        []attribution.Lead{service("L", "A", "I", "2024-01-01")},
		Deals:        []attribution.Deal{inCurrency(won("D", "A", "L", "2024-01-02", "2024-01-03", "100"), "USD")},
		Adjustments:  []attribution.Adjustment{change("R", "D", "2024-01-03", "-100")},
		Touches:      []attribution.Touch{{ID: "T", Account: "A", At: at("2024-01-01"), Key: "mail"}},
	}
	return r, attribution.Options{
		Accounts: []success.Account{{ID: "A"}},
		Currency: "EUR",
		Rates:    []attribution.Rate{{Currency: "USD", Date: success.MustDate("2024-01-01"), Rate: money("0.9")}},
		Teams:    map[string]string{"Sue": "care"},
	}
}

var (
	late = time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)
	huge = decimal.New(1, 1_000_000_000)
	tiny = decimal.New(1, -1_000_000_000)
)

func TestBadInput(t *testing.T) {
	missing, order, negative, duplicate, unknown, currency, tooFar := success.ErrMissing, success.ErrOrder, success.ErrNegative, success.ErrDuplicate, success.ErrUnknown, success.ErrCurrency, success.ErrRange
	for what, c := range map[string]struct {
		spoil func(r *attribution.Records, o *attribution.Options)
		want  faults
	}{
		"empty lead": {func(r *attribution.Records, o *attribution.Options) {
			r.Leads = append(r.Leads, attribution.Lead{})
		}, faults{of("ID", missing), of("Account", missing), of("Source", missing), of("At", missing)}},
		"lead": {func(r *attribution.Records, o *attribution.Options) {
			r.Leads[0].Source, r.Leads[0].Agent, r.Leads[0].At, r.Leads[0].Interaction = attribution.Other+1, attribution.Unattributed, late, "X"
		}, faults{of("Source", unknown), of("Agent", tooFar), of("At", tooFar), of("Interaction", unknown)}},
		"lead twice, of nobody": {func(r *attribution.Records, o *attribution.Options) {
			r.Leads = append(r.Leads, lead("L", "X", "", "2024-01-01"))
		}, faults{of("Account", unknown), of("ID", duplicate)}},
		"empty deal": {func(r *attribution.Records, o *attribution.Options) {
			r.Deals = append(r.Deals, attribution.Deal{})
		}, faults{of("ID", missing), of("Account", missing), of("Opened", missing), of("Currency", missing)}},
		"deal": {func(r *attribution.Records, o *attribution.Options) {
			d := &r.Deals[0]
			d.Lead, d.Account, d.Opened, d.Amount, d.Currency, d.Product = "X", "X", late, money("-1"), "GBP", attribution.Unattributed
			d.Owner = attribution.Unattributed
			r.Adjustments = nil
		}, faults{of("Product", tooFar), of("Owner", tooFar), of("Opened", tooFar), of("Closed", order), of("Amount", negative), of("Account", unknown), of("Lead", unknown), of("Currency", currency)}},
		"deal twice": {func(r *attribution.Records, o *attribution.Options) {
			r.Deals = append(r.Deals, r.Deals[0])
		}, faults{of("ID", duplicate)}},
		"closed before opened": {func(r *attribution.Records, o *attribution.Options) {
			r.Deals[0].Opened = r.Deals[0].Closed.Add(1)
		}, faults{of("Closed", order)}},
		"won without close": {func(r *attribution.Records, o *attribution.Options) {
			r.Deals[0].Closed = time.Time{}
		}, faults{of("Closed", missing)}},
		"lost without close": {func(r *attribution.Records, o *attribution.Options) {
			r.Deals[0].Closed, r.Deals[0].Status, r.Adjustments = time.Time{}, attribution.Lost, nil
		}, faults{of("Closed", missing)}},
		"closed too late": {func(r *attribution.Records, o *attribution.Options) {
			r.Deals[0].Closed, r.Adjustments = late, nil
		}, faults{of("Closed", tooFar)}},
		"open and closed": {func(r *attribution.Records, o *attribution.Options) {
			r.Deals[0].Status, r.Adjustments = attribution.Open, nil
		}, faults{of("Closed", order)}},
		"status": {func(r *attribution.Records, o *attribution.Options) {
			r.Deals[0].Status, r.Adjustments = attribution.Lost+1, nil
		}, faults{of("Status", unknown)}},
		"the amount is the limit": {func(r *attribution.Records, o *attribution.Options) {
			r.Deals[0].Amount = money("9000000000000")
			r.Adjustments = nil
		}, faults{of("Amount", tooFar)}},
		"a huge amount": {func(r *attribution.Records, o *attribution.Options) {
			r.Deals[0].Amount, r.Adjustments[0].Amount = huge, huge.Neg()
		}, faults{of("Amount", tooFar), of("Amount", tooFar)}},
		"too much in the other currency": {func(r *attribution.Records, o *attribution.Options) {
			r.Deals[0].Amount, o.Rates[0].Rate, r.Adjustments = money("8999999999999"), money("1.1"), nil
		}, faults{of("Amount", tooFar)}},
		"empty adjustment": {func(r *attribution.Records, o *attribution.Options) {
			r.Adjustments = append(r.Adjustments, attribution.Adjustment{})
		}, faults{of("ID", missing), of("Deal", missing), of("At", missing)}},
		"adjustment of nothing": {func(r *attribution.Records, o *attribution.Options) {
			r.Adjustments[0].Deal, r.Adjustments[0].At = "X", late
		}, faults{of("At", tooFar), of("Deal", unknown)}},
		"adjustment of a lost deal": {func(r *attribution.Records, o *attribution.Options) {
			r.Deals[0].Status = attribution.Lost
		}, faults{of("Deal", tooFar)}},
		"adjustment before the deal was won": {func(r *attribution.Records, o *attribution.Options) {
			r.Adjustments[0].At = r.Deals[0].Closed.Add(-1)
		}, faults{of("At", order)}},
		"adjustment of another amount": {func(r *attribution.Records, o *attribution.Options) {
			r.Adjustments = append(r.Adjustments, change("R", "D", "2024-01-03", "-99"))
		}, faults{of("ID", duplicate)}},
		"adjustments without an ID": {func(r *attribution.Records, o *attribution.Options) {
			r.Adjustments = []attribution.Adjustment{change("", "D", "2024-01-03", "-1"), change("", "D", "2024-01-03", "-2")}
		}, faults{of("ID", missing), of("ID", missing)}},
		"a bad adjustment twice": {func(r *attribution.Records, o *attribution.Options) {
			r.Adjustments[0].Amount = huge
			r.Adjustments = append(r.Adjustments, r.Adjustments[0])
		}, faults{of("Amount", tooFar), of("Amount", tooFar)}},
		"refund of more than there is": {func(r *attribution.Records, o *attribution.Options) {
			r.Adjustments[0].Amount = money("-100.000001")
		}, faults{of("Amount", tooFar)}},
		"refund before the restatement": {func(r *attribution.Records, o *attribution.Options) {
			r.Adjustments = []attribution.Adjustment{change("R2", "D", "2024-01-03", "50"), change("R1", "D", "2024-01-03", "-101")}
		}, faults{of("Amount", tooFar)}},
		"restated beyond the limit": {func(r *attribution.Records, o *attribution.Options) {
			r.Adjustments = append(r.Adjustments, change("R1", "D", "2024-01-04", "8999999999900"))
		}, faults{of("Amount", tooFar)}},
		"touch": {func(r *attribution.Records, o *attribution.Options) {
			r.Touches = append(r.Touches, attribution.Touch{ID: "T", Key: attribution.Unattributed}, attribution.Touch{ID: "T", Account: "X", At: late})
		}, faults{of("Account", missing), of("At", missing), of("Key", tooFar), of("ID", duplicate), of("At", tooFar), of("Account", unknown), of("ID", duplicate)}},
		"interaction": {func(r *attribution.Records, o *attribution.Options) {
			r.Interactions = append(r.Interactions, success.Interaction{ID: "I", Account: "X"})
		}, faults{of("At", missing), of("Account", unknown), of("ID", duplicate)}},
		"account": {func(r *attribution.Records, o *attribution.Options) {
			o.Accounts = append(o.Accounts, success.Account{}, success.Account{ID: "A"})
		}, faults{of("ID", missing), of("ID", duplicate)}},
		"no accounts at all": {func(r *attribution.Records, o *attribution.Options) {
			o.Accounts = []success.Account{}
		}, faults{of("Account", unknown), of("Account", unknown), of("Account", unknown), of("Account", unknown)}},
		"rates": {func(r *attribution.Records, o *attribution.Options) {
			day := success.MustDate("2024-01-01")
			o.Rates = append(o.Rates, attribution.Rate{}, attribution.Rate{Currency: "USD", Date: day, Rate: money("-1")},
				attribution.Rate{Currency: "EUR", Date: day, Rate: money("1.01")}, attribution.Rate{Currency: "GBP", Date: day, Rate: huge}, attribution.Rate{Currency: "SEK", Date: day, Rate: tiny})
		}, faults{of("Currency", missing), of("Date", missing), of("Rate", tooFar), of("Date", duplicate), of("Rate", negative), of("Rate", tooFar), of("Rate", tooFar), of("Rate", tooFar)}},
		"options": {func(r *attribution.Records, o *attribution.Options) {
			o.Level, o.DuplicateDays, o.Teams["Bob"] = 1, 36_501, attribution.Unattributed
		}, faults{of("Level", tooFar), of("DuplicateDays", tooFar), of("Teams", tooFar)}},
	} {
		r, o := sound()
		c.spoil(&r, &o)
		p, err := attribution.NewPipeline(r, o)
		refusal.Check(t, what, err, c.want...)
		if p != nil {
			t.Errorf("%s: a pipeline of bad input", what)
		}
	}
}

// What is at a limit is not beyond it.
func TestGoodInput(t *testing.T) {
	for what, spoil := range map[string]func(r *attribution.Records, o *attribution.Options){
		"as it is":              func(r *attribution.Records, o *attribution.Options) {},
		"no accounts given":     func(r *attribution.Records, o *attribution.Options) { o.Accounts, r.Touches[0].Account = nil, "X" },
		"no reporting currency": func(r *attribution.Records, o *attribution.Options) { o.Currency, o.Rates = "", nil },
		"a hundred years":       func(r *attribution.Records, o *attribution.Options) { o.DuplicateDays = 36_500 },
		"touches without ID": func(r *attribution.Records, o *attribution.Options) {
			r.Touches[0].ID = ""
			r.Touches = append(r.Touches, r.Touches[0])
		},
		"closed when opened": func(r *attribution.Records, o *attribution.Options) { r.Deals[0].Opened = r.Deals[0].Closed },
		"a rate of 1": func(r *attribution.Records, o *attribution.Options) {
			o.Rates = append(o.Rates, attribution.Rate{Currency: "EUR", Date: success.MustDate("2024-01-01"), Rate: money("1")})
		},
		"just below the limit": func(r *attribution.Records, o *attribution.Options) {
			r.Adjustments[0].Amount = money("8999999999899.999999")
		},
		"nothing of a deal": func(r *attribution.Records, o *attribution.Options) {
			r.Deals[0].Amount, r.Adjustments = decimal.Decimal{}, nil
		},
		"an adjustment twice": func(r *attribution.Records, o *attribution.Options) {
			r.Adjustments = append(r.Adjustments, change("R", "D", "2024-01-03T00:00:00Z", "-100.00"))
		},
		"restated, then refunded": func(r *attribution.Records, o *attribution.Options) {
			r.Adjustments = []attribution.Adjustment{change("R2", "D", "2024-01-03", "-150"), change("R1", "D", "2024-01-03", "50")}
		},
	} {
		r, o := sound()
		spoil(&r, &o)
		if _, err := attribution.NewPipeline(r, o); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A fault says which record it is of, and why.
func TestFaultsSayWhere(t *testing.T) {
	r, o := sound()
	r.Adjustments = append(r.Adjustments, change("R2", "D", "2024-01-04", "-1"))
	_, err := attribution.NewPipeline(r, o)
	if got, want := fmt.Sprint(err), "adjustment[1].Amount: -1 is more than the 0 that are left"; got != want {
		t.Errorf("%s, not %s", got, want)
	}
	r.Deals = append(r.Deals, attribution.Deal{ID: "D2", Account: "B", Opened: at("2024-01-01"), Currency: "GBP", Amount: huge})
	_, err = attribution.NewPipeline(r, o)
	for _, want := range []string{"deal[1].Account: B is unknown", "deal[1].Currency: GBP has no rate to the reporting currency", "deal[1].Amount: 1E1000000000 is out of range"} {
		if !strings.Contains(strings.ToLower(fmt.Sprint(err)), strings.ToLower(want)) {
			t.Errorf("%q is not in\n%v", want, err)
		}
	}
}

func TestValidate(t *testing.T) {
	r, _ := sound()
	for what, err := range map[string]error{
		"lead": r.Leads[0].Validate(), "deal": r.Deals[0].Validate(), "adjustment": r.Adjustments[0].Validate(), "touch": r.Touches[0].Validate(),
	} {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	refusal.Check(t, "lead", attribution.Lead{}.Validate(), faults{of("ID", success.ErrMissing), of("Account", success.ErrMissing), of("Source", success.ErrMissing), of("At", success.ErrMissing)}...)
	refusal.Check(t, "deal", attribution.Deal{}.Validate(), faults{of("ID", success.ErrMissing), of("Account", success.ErrMissing), of("Opened", success.ErrMissing)}...)
	refusal.Check(t, "adjustment", attribution.Adjustment{}.Validate(), faults{of("ID", success.ErrMissing), of("Deal", success.ErrMissing), of("At", success.ErrMissing)}...)
	refusal.Check(t, "touch", attribution.Touch{}.Validate(), faults{of("Account", success.ErrMissing), of("At", success.ErrMissing)}...)
	var all *success.Errors
	if err := (attribution.Lead{}).Validate(); !errors.As(err, &all) || all.Faults[0].Index != -1 {
		t.Error("a lead by itself has no position")
	}
	before := attribution.Deal{ID: "D", Account: "A", Status: attribution.Lost, Opened: at("2024-01-02"), Closed: at("2024-01-01"), Amount: huge.Neg()}
	refusal.Check(t, "lost deal", before.Validate(), faults{of("Closed", success.ErrOrder), of("Amount", success.ErrNegative)}...)
}

func TestBadQuestions(t *testing.T) {
	p := build(t, attribution.Records{Deals: []attribution.Deal{won("D", "A", "", "2024-01-01", "2024-01-02", "5")}}, attribution.Options{})
	bad := attribution.Query{By: attribution.ByOwner + 1, Source: attribution.Other + 1}
	all := faults{of("From", success.ErrMissing), of("To", success.ErrMissing), of("By", success.ErrUnknown), of("Source", success.ErrUnknown)}
	_, err := p.Table(bad)
	refusal.Check(t, "table", err, all...)
	_, err = p.Sourced(bad)
	refusal.Check(t, "sourced", err, all...)
	_, err = p.Target(bad, attribution.Goal{Amount: money("-1"), Currency: "X"})
	refusal.Check(t, "target", err, append(faults{of("Amount", success.ErrNegative)}, all...)...)
	_, err = p.Influenced(success.Period{}, -1)
	refusal.Check(t, "influenced", err, faults{of("From", success.ErrMissing), of("To", success.ErrMissing), of("", success.ErrNegative)}...)

	good := attribution.Query{Period: success.Year(2024), By: attribution.ByOwner}
	for amount, want := range map[string]faults{
		"0": {of("Amount", success.ErrRange)}, "0.0000005": {of("Amount", success.ErrRange)}, "9e12": {of("Amount", success.ErrRange)}, "-0.1": {of("Amount", success.ErrNegative)},
	} {
		_, err = p.Target(good, attribution.Goal{Amount: money(amount)})
		refusal.Check(t, "goal "+amount, err, want...)
	}
	_, err = p.Target(good, attribution.Goal{Amount: money("0.000001"), Currency: "EUR"})
	refusal.Check(t, "currency of the goal", err, of("Currency", success.ErrUnknown))
	if _, err = p.Target(good, attribution.Goal{Amount: money("0.000001")}); err != nil {
		t.Error(err)
	}
	total := ask(t, p, good).Total
	_, err = total.Return(attribution.Cost{Amount: money("-0.000001"), Currency: "EUR"})
	refusal.Check(t, "cost", err, faults{of("Amount", success.ErrNegative), of("Currency", success.ErrUnknown)}...)
	_, err = total.Return(attribution.Cost{Amount: huge})
	refusal.Check(t, "huge cost", err, of("Amount", success.ErrRange))
}
