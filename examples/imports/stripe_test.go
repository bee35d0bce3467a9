package imports_test

import (
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"os"
	"strings"
	"testing"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/examples/imports"
	"metrics.internal/success/retention"
)

func ExampleStripe() {
	file, err := os.Open("testdata/stripe.json")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	result, err := imports.Stripe(file)
	if err != nil {
		log.Fatal(err) // every fault of the export
	}
	for _, c := range result.Contracts[:5] {
		fmt.Println(c.Account, c.ID, c.Start, c.Price, c.Currency, "×", c.Units())
	}
	fmt.Println("left out:")
	for _, o := range result.LeftOut {
		fmt.Println(o)
	}
	// Output:
	// cus_fernhill si_1a/trial 2024-01-10 0 EUR × 12
	// cus_fernhill si_1a 2024-01-24 49 EUR × 12
	// cus_fernhill si_1b 2024-09-01 12.505 EUR × 4
	// cus_marlowe si_2 2024-03-01 1200 EUR × 1
	// cus_marlowe si_2/di_2 2024-03-01 -150 EUR × 1
	// left out:
	// subscription[3] si_4b: is metered: what it costs is not in the export
	// subscription[4] sub_5: has status incomplete_expired: it never began
}

// TestStripeRevenue adds up what customers pay a year, by hand:
//
//	                                   2024-06-01   2025-01-15
//	Fernhill  12 × 49 × 12                7,056.00     7,056.00
//	          4 × 12.505 × 12                    –       600.24  since September
//	Marlowe   1,200 − 12.5 %              1,050.00     1,050.00
//	Odet      3 × 49 × 12                 1,764.00            –  left in November
//	Quill     2 × 49 × 12                 1,176.00     1,176.00
//	Vance     (49 + 9) × 12, less 10 × 12   576.00       696.00  discount until October
//	Wren      5 × 49 × 12                        –     2,940.00  since July, until February
//	                                     11,622.00    13,518.24
func TestStripeRevenue(t *testing.T) {
	result, err := imports.Stripe(open(fixture(t, "stripe.json")))
	if err != nil {
		t.Fatal(err)
	}
	valid(t, result)
	revenue(t, result, map[string]string{"2024-01-15": "0", "2024-06-01": "11622", "2025-01-15": "13518.24", "2025-02-01": "10578.24"})
}

// revenue compares the annual revenue of a book of what was imported.
func revenue(t *testing.T, result imports.Result, want map[string]string) {
	t.Helper()
	book, err := retention.NewBook(result.Contracts, retention.Options{Accounts: result.Accounts})
	if err != nil {
		t.Fatal(err)
	}
	for day, arr := range want {
		got, err := book.On(success.MustDate(day))
		if err != nil || got.ARR.String() != arr {
			t.Errorf("%s: %s a year, %v, want %s", day, got.ARR, err, arr)
		}
	}
}

func TestStripeUnused(t *testing.T) {
	result, err := imports.Stripe(open(fixture(t, "stripe.json")))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "unused", result.Unused, strings.Fields(`customer.email customer.object discounts.coupon.name
		discounts.coupon.object discounts.object items.data.object items.data.price.id items.data.price.object
		items.data.price.type items.object list.object list.url metadata object`))
	if got := result.Accounts[0]; got != (success.Account{ID: "cus_fernhill", Name: "Fernhill", SignedUp: success.MustDate("2023-11-20")}) {
		t.Errorf("%+v", got)
	}
	if len(result.Accounts) != 7 {
		t.Errorf("%d accounts", len(result.Accounts))
	}
}

// basic is a subscription of two seats at 10.00 a month from 2024-01-01; the
// numbers 1704067200 + n × 86400 are the days after.
const basic = `{"object": "subscription", "id": "sub", "customer": "cus", "status": "active",
	"created": 1704067200, "start_date": 1704067200, "items": {"data": [{"id": "si", "quantity": 2,
	"price": {"currency": "usd", "unit_amount": 1000, "product": "p", "recurring": {"interval": "month"}}}]}}`

// with puts the fields of one JSON object over those of another.
func with(base, over string) string {
	var fields, more map[string]any
	for text, to := range map[string]*map[string]any{base: &fields, "{" + over + "}": &more} {
		in := json.NewDecoder(strings.NewReader(text))
		in.UseNumber()
		if err := in.Decode(to); err != nil {
			panic(text)
		}
	}
	maps.Copy(fields, more)
	data, _ := json.Marshal(fields)
	return string(data)
}

// items is a list of items, each made of fields of its price and others.
func items(all ...string) string { return `"items": {"data": [` + strings.Join(all, ",") + `]}` }

func item(id, price, more string) string {
	price = with(`{"currency": "usd", "unit_amount": 1000, "product": "p", "recurring": {"interval": "month"}}`, price)
	return with(`{"id": "`+id+`", "price": `+price+`}`, more)
}

// seconds is 09:00 of a day.
func seconds(day string) string {
	return fmt.Sprint(success.MustDate(day).Time(time.UTC).Unix() + 9*3600)
}

func TestStripeRules(t *testing.T) {
	on := func(field, day string) string { return fmt.Sprintf("%q: %s", field, seconds(day)) }
	coupon := func(id, start, coupon string) string {
		return fmt.Sprintf(`{"id": %q, "start": %s, "coupon": {"id": "c", %s}}`, id, seconds(start), coupon)
	}
	tests := []struct {
		name, over      string
		want, left, say []string
	}{
		{"as it is", ``, []string{"si cus 2024-01-01 to none: 2 × 10 USD per 1 month"}, nil, nil},
		{"past due goes on", `"status": "past_due"`, []string{"si cus 2024-01-01 to none: 2 × 10 USD per 1 month"}, nil, nil},
		{"trial", on("trial_start", "2024-01-01") + "," + on("trial_end", "2024-01-15"), []string{
			"si/trial cus 2024-01-01 to 2024-01-15: 2 × 0 USD per 1 month",
			"si cus 2024-01-15 to none: 2 × 10 USD per 1 month"}, nil, nil},
		{"trial in mid-life", `"status": "trialing",` + on("trial_start", "2024-03-01") + "," + on("trial_end", "2024-04-01"), []string{
			"si cus 2024-01-01 to 2024-03-01: 2 × 10 USD per 1 month",
			"si/trial cus 2024-03-01 to 2024-04-01: 2 × 0 USD per 1 month",
			"si/2 cus 2024-04-01 to none: 2 × 10 USD per 1 month"}, nil, nil},
		{"trial without a start", on("trial_end", "2024-01-15"), []string{
			"si/trial cus 2024-01-01 to 2024-01-15: 2 × 0 USD per 1 month",
			"si cus 2024-01-15 to none: 2 × 10 USD per 1 month"}, nil, nil},
		{"canceled in the trial", `"status": "canceled",` + on("trial_end", "2024-01-15") + "," + on("ended_at", "2024-01-10"),
			[]string{"si/trial cus 2024-01-01 to 2024-01-10: 2 × 0 USD per 1 month"}, nil, nil},
		{"canceled: ended before canceled", `"status": "canceled",` + on("canceled_at", "2024-02-01") + "," + on("ended_at", "2024-03-01"),
			[]string{"si cus 2024-01-01 to 2024-03-01: 2 × 10 USD per 1 month"}, nil, nil},
		{"canceled at once", `"status": "canceled",` + on("canceled_at", "2024-02-01"),
			[]string{"si cus 2024-01-01 to 2024-02-01: 2 × 10 USD per 1 month"}, nil, nil},
		{"canceled on the day it began", `"status": "canceled",` + on("ended_at", "2024-01-01"), nil,
			[]string{"subscription[0] si: ended on the day it began, or before"}, nil},
		{"to be canceled", on("cancel_at", "2024-06-01") + `, "cancel_at_period_end": true,` + on("current_period_end", "2024-05-01"),
			[]string{"si cus 2024-01-01 to 2024-06-01: 2 × 10 USD per 1 month"}, nil, nil},
		{"canceled_at of what is active", on("canceled_at", "2024-02-01") + `,"cancel_at_period_end": true,` + on("current_period_end", "2024-05-01"),
			[]string{"si cus 2024-01-01 to 2024-05-01: 2 × 10 USD per 1 month"}, nil, nil},
		{"period of the item", `"cancel_at_period_end": true,` + items(item("si", ``, on("current_period_end", "2024-05-02"))),
			[]string{"si cus 2024-01-01 to 2024-05-02: 1 × 10 USD per 1 month"}, nil, nil},
		{"incomplete", `"status": "incomplete"`, nil, []string{"subscription[0] sub: has status incomplete: it never began"}, nil},
		{"unpaid", `"status": "unpaid"`, nil, []string{"subscription[0] sub: has status unpaid: since when is not in the export"}, nil},
		{"paused after the trial", `"status": "paused",` + on("trial_end", "2024-01-15"),
			[]string{"si/trial cus 2024-01-01 to 2024-01-15: 2 × 0 USD per 1 month"}, nil, nil},
		{"paused without a trial", `"status": "paused"`, nil, []string{"subscription[0] sub: has status paused: since when is not in the export"}, nil},
		{"collected later", `"pause_collection": {"behavior": "keep_as_draft"}`,
			[]string{"si cus 2024-01-01 to none: 2 × 10 USD per 1 month"}, nil, nil},
		{"collection paused", `"pause_collection": {"behavior": "void",` + on("resumes_at", "2024-07-01") + `},` + on("current_period_start", "2024-05-01"), []string{
			"si cus 2024-01-01 to 2024-05-01: 2 × 10 USD per 1 month",
			"si/pause cus 2024-05-01 to 2024-07-01: 2 × 0 USD per 1 month",
			"si/2 cus 2024-07-01 to none: 2 × 10 USD per 1 month"}, nil,
			[]string{"subscription sub is paused (void); since when is not in the export, and taken to be 2024-05-01"}},
		{"collection paused for good", `"pause_collection": {"behavior": "mark_uncollectible"},` + items(item("si", ``, on("current_period_start", "2024-05-01"))), []string{
			"si cus 2024-01-01 to 2024-05-01: 1 × 10 USD per 1 month",
			"si/pause cus 2024-05-01 to none: 1 × 0 USD per 1 month"}, nil,
			[]string{"subscription sub is paused (mark_uncollectible); since when is not in the export, and taken to be 2024-05-01"}},
		{"collection paused, nobody knows when", `"pause_collection": {"behavior": "void"}`, []string{"si cus 2024-01-01 to none: 2 × 10 USD per 1 month"},
			[]string{"subscription[0] sub: its pause is not applied: neither its start nor the current period's is in the export"}, nil},
		{"collection was paused before it was canceled", `"status": "canceled", "pause_collection": {"behavior": "void"},` + on("ended_at", "2024-06-01") + "," + on("current_period_start", "2024-05-01"),
			[]string{"si cus 2024-01-01 to 2024-06-01: 2 × 10 USD per 1 month"}, nil, nil},
		{"backdated", on("created", "2024-05-01") + "," + items(item("si", ``, on("created", "2024-05-01"))),
			[]string{"si cus 2024-01-01 to none: 1 × 10 USD per 1 month"}, nil, nil},
		{"an item added", items(item("a", ``, on("created", "2024-01-01")), item("b", ``, on("created", "2024-01-02"))), []string{
			"a cus 2024-01-01 to none: 1 × 10 USD per 1 month", "b cus 2024-01-02 to none: 1 × 10 USD per 1 month"}, nil, nil},
		{"intervals", items(item("a", `"recurring": {"interval": "week", "interval_count": 2}`, ``), item("b", `"recurring": {"interval": "day", "interval_count": 30}`, ``), item("c", `"recurring": {"interval": "year", "interval_count": 3}`, ``)), []string{
			"a cus 2024-01-01 to none: 1 × 10 USD per 2 weeks", "b cus 2024-01-01 to none: 1 × 10 USD per 30 days", "c cus 2024-01-01 to none: 1 × 10 USD per 36 months"}, nil, nil},
		{"minor units", items(item("a", `"currency": "jpy"`, ``), item("b", `"currency": "kwd"`, ``), item("c", `"currency": "isk"`, ``), item("d", `"currency": "ugx"`, ``), item("e", `"currency": "mga"`, ``)), []string{
			"a cus 2024-01-01 to none: 1 × 1000 JPY per 1 month", "b cus 2024-01-01 to none: 1 × 1 KWD per 1 month",
			"c cus 2024-01-01 to none: 1 × 10 ISK per 1 month", "d cus 2024-01-01 to none: 1 × 10 UGX per 1 month", "e cus 2024-01-01 to none: 1 × 1000 MGA per 1 month"}, nil, nil},
		{"parts of minor units", items(item("a", `"unit_amount": null, "unit_amount_decimal": "0.000000000001"`, ``)), []string{
			"a cus 2024-01-01 to none: 1 × 0.00000000000001 USD per 1 month"}, nil, nil},
		{"no quantity is one, quantity 0 is free", items(item("a", ``, `"quantity": 0`), item("b", ``, `"quantity": null`)), []string{
			"a cus 2024-01-01 to none: 1 × 0 USD per 1 month", "b cus 2024-01-01 to none: 1 × 10 USD per 1 month"}, nil, nil},
		{"packages", items(item("a", `"transform_quantity": {"divide_by": 5, "round": "up"}`, `"quantity": 11`), item("b", `"transform_quantity": {"divide_by": 5, "round": "down"}`, `"quantity": 14`), item("c", `"transform_quantity": {"divide_by": 5, "round": "up"}`, `"quantity": 10`), item("d", `"transform_quantity": {"divide_by": 1, "round": "up"}`, `"quantity": 3`)), []string{
			"a cus 2024-01-01 to none: 3 × 10 USD per 1 month", "b cus 2024-01-01 to none: 2 × 10 USD per 1 month", "c cus 2024-01-01 to none: 2 × 10 USD per 1 month", "d cus 2024-01-01 to none: 3 × 10 USD per 1 month"}, nil, nil},
		{"not known", items(item("a", `"recurring": {"interval": "month", "usage_type": "metered"}`, ``), item("b", `"unit_amount": null, "billing_scheme": "tiered"`, ``), item("c", `"unit_amount": null`, ``)), nil, []string{
			"subscription[0] a: is metered: what it costs is not in the export",
			"subscription[0] b: has a price in tiers: what it costs is not in the export",
			"subscription[0] c: has no price of a unit: what it costs is not in the export"}, nil},
		{"more items", `"items": {"has_more": true, "data": []}`, nil, []string{"subscription[0] sub: has more items than the export holds"}, nil},

		{"percent forever", `"discounts": [` + coupon("d", "2024-02-01", `"percent_off": 33.33, "duration": "forever"`) + `]`, []string{
			"si cus 2024-01-01 to none: 2 × 10 USD per 1 month",
			"si/d cus 2024-02-01 to none: 1 × -6.666 USD per 1 month credits si"}, nil, nil},
		{"in the old field", `"discounts": [], "discount": ` + coupon("d", "2024-01-01", `"percent_off": 100, "duration": "forever"`), []string{
			"si cus 2024-01-01 to none: 2 × 10 USD per 1 month",
			"si/d cus 2024-01-01 to none: 1 × -20 USD per 1 month credits si"}, nil, nil},
		{"in both fields counts once", `"discounts": ["d", "e"], "discount": ` + coupon("d", "2024-01-01", `"percent_off": 50, "duration": "forever"`), []string{
			"si cus 2024-01-01 to none: 2 × 10 USD per 1 month",
			"si/d cus 2024-01-01 to none: 1 × -10 USD per 1 month credits si"}, []string{"subscription[0] e: is a discount that is not expanded"}, nil},
		{"expanded in both fields counts once", `"discounts": [` + coupon("d", "2024-01-01", `"percent_off": 50, "duration": "forever"`) + `], "discount": ` + coupon("d", "2024-01-01", `"percent_off": 50, "duration": "forever"`), []string{
			"si cus 2024-01-01 to none: 2 × 10 USD per 1 month",
			"si/d cus 2024-01-01 to none: 1 × -10 USD per 1 month credits si"}, nil, nil},
		{"repeating has an end", `"discount": ` + with(coupon("d", "2024-01-01", `"percent_off": 50, "duration": "repeating", "duration_in_months": 9`), on("end", "2024-04-01")), []string{
			"si cus 2024-01-01 to none: 2 × 10 USD per 1 month",
			"si/d cus 2024-01-01 to 2024-04-01: 1 × -10 USD per 1 month credits si"}, nil, nil},
		{"repeating by its months", `"discount": ` + coupon("d", "2024-01-01", `"percent_off": 50, "duration": "repeating", "duration_in_months": 3`), []string{
			"si cus 2024-01-01 to none: 2 × 10 USD per 1 month",
			"si/d cus 2024-01-01 to 2024-04-01: 1 × -10 USD per 1 month credits si"}, nil, nil},
		{"once is one term, after the trial", on("trial_end", "2024-01-15") + `, "discount": ` + coupon("d", "2024-01-01", `"percent_off": 50, "duration": "once"`), []string{
			"si/trial cus 2024-01-01 to 2024-01-15: 2 × 0 USD per 1 month",
			"si cus 2024-01-15 to none: 2 × 10 USD per 1 month",
			"si/d cus 2024-01-15 to 2024-02-15: 1 × -10 USD per 1 month credits si"}, nil, nil},
		{"once after the end is nothing", `"status": "canceled",` + on("ended_at", "2024-02-01") + `, "discount": ` + coupon("d", "2024-02-01", `"percent_off": 50, "duration": "once"`), []string{
			"si cus 2024-01-01 to 2024-02-01: 2 × 10 USD per 1 month"}, nil, nil},
		{"once is not for what is added later", items(item("a", `"recurring": {"interval": "week", "interval_count": 2}`, ``), item("b", `"recurring": {"interval": "week", "interval_count": 2}`, on("created", "2024-01-03"))) + `, "discount": ` + coupon("d", "2024-01-01", `"amount_off": 400, "currency": "usd", "duration": "once"`), []string{
			"a cus 2024-01-01 to none: 1 × 10 USD per 2 weeks", "b cus 2024-01-03 to none: 1 × 10 USD per 2 weeks",
			"a/d cus 2024-01-01 to 2024-01-15: 1 × -4 USD per 2 weeks credits a"}, nil, nil},
		{"once is a term of each item", items(item("a", `"recurring": {"interval": "day", "interval_count": 10}`, ``), item("b", `"recurring": {"interval": "year"}`, ``)) + `, "discount": ` + coupon("d", "2024-01-05", `"percent_off": 10, "duration": "once"`), []string{
			"a cus 2024-01-01 to none: 1 × 10 USD per 10 days", "b cus 2024-01-01 to none: 1 × 10 USD per 12 months",
			"a/d cus 2024-01-05 to 2024-01-15: 1 × -1 USD per 10 days credits a", "b/d cus 2024-01-05 to 2025-01-05: 1 × -1 USD per 12 months credits b"}, nil, nil},
		{"once in a pause waits", `"pause_collection": {"behavior": "void",` + on("resumes_at", "2024-07-01") + `},` + on("current_period_start", "2024-05-01") + `, "discount": ` + coupon("d", "2024-05-01", `"percent_off": 10, "duration": "once"`), []string{
			"si cus 2024-01-01 to 2024-05-01: 2 × 10 USD per 1 month",
			"si/pause cus 2024-05-01 to 2024-07-01: 2 × 0 USD per 1 month",
			"si/2 cus 2024-07-01 to none: 2 × 10 USD per 1 month",
			"si/2/d cus 2024-07-01 to 2024-08-01: 1 × -2 USD per 1 month credits si/2"}, nil,
			[]string{"subscription sub is paused (void); since when is not in the export, and taken to be 2024-05-01"}},
		{"what stays the same is one credit", items(item("a", ``, ``), item("b", ``, on("created", "2024-03-01"))) + `, "discount": ` + coupon("d", "2024-01-01", `"percent_off": 10, "duration": "forever"`), []string{
			"a cus 2024-01-01 to none: 1 × 10 USD per 1 month", "b cus 2024-03-01 to none: 1 × 10 USD per 1 month",
			"a/d cus 2024-01-01 to none: 1 × -1 USD per 1 month credits a", "b/d cus 2024-03-01 to none: 1 × -1 USD per 1 month credits b"}, nil, nil},
		{"after everything is taken off, nothing is", `"discounts": [` + coupon("d", "2024-01-01", `"percent_off": 100, "duration": "forever"`) + "," + coupon("e", "2024-01-01", `"amount_off": 100, "currency": "usd", "duration": "forever"`) + `]`, []string{
			"si cus 2024-01-01 to none: 2 × 10 USD per 1 month", "si/d cus 2024-01-01 to none: 1 × -20 USD per 1 month credits si"}, nil, nil},
		{"all that several take off is no more than there is", items(item("a", `"unit_amount": 100, "recurring": {"interval": "week", "interval_count": 7}`, ``)) + `, "discounts": [` + coupon("d", "2024-01-01", `"percent_off": 33.33, "duration": "forever"`) + "," + coupon("e", "2024-01-01", `"percent_off": 100, "duration": "forever"`) + `]`, []string{
			"a cus 2024-01-01 to none: 1 × 1 USD per 7 weeks", "a/d+e cus 2024-01-01 to none: 1 × -1 USD per 7 weeks credits a"}, nil, nil},
		{"one ends, another takes off as much", `"discounts": [` + with(coupon("d", "2024-01-01", `"percent_off": 25, "duration": "forever"`), on("end", "2024-03-01")) + "," + coupon("e", "2024-03-01", `"amount_off": 500, "currency": "usd", "duration": "forever"`) + `]`, []string{
			"si cus 2024-01-01 to none: 2 × 10 USD per 1 month",
			"si/d cus 2024-01-01 to 2024-03-01: 1 × -5 USD per 1 month credits si", "si/e cus 2024-03-01 to none: 1 × -5 USD per 1 month credits si"}, nil, nil},
		{"trial of no days", on("trial_start", "2024-01-01") + "," + on("trial_end", "2024-01-01"), []string{"si cus 2024-01-01 to none: 2 × 10 USD per 1 month"}, nil, nil},
		{"trial of no days in mid-life", on("trial_start", "2024-03-01") + "," + on("trial_end", "2024-03-01"), []string{"si cus 2024-01-01 to none: 2 × 10 USD per 1 month"}, nil, nil},
		{"longest term", items(item("a", `"recurring": {"interval": "day", "interval_count": 10000}`, ``)), []string{"a cus 2024-01-01 to none: 1 × 10 USD per 10000 days"}, nil, nil},
		{"new place of the coupon", `"discounts": [{"id": "d", "start": ` + seconds("2024-01-01") + `, "source": {"type": "coupon", "coupon": {"percent_off": 10, "duration": "forever", "id": "c"}}}]`, []string{
			"si cus 2024-01-01 to none: 2 × 10 USD per 1 month",
			"si/d cus 2024-01-01 to none: 1 × -2 USD per 1 month credits si"}, nil, nil},
		{"coupon that is not expanded", `"discounts": [{"id": "d", "start": ` + seconds("2024-01-01") + `, "source": {"coupon": "c"}}]`, []string{
			"si cus 2024-01-01 to none: 2 × 10 USD per 1 month"}, []string{"subscription[0] d: is a discount whose coupon is not expanded"}, nil},
		{"amount over items, the rest to the first", items(item("a", ``, ``), item("b", ``, ``), item("c", ``, ``)) + `, "discount": ` + coupon("d", "2024-01-01", `"amount_off": 1000, "currency": "usd", "duration": "forever"`), []string{
			"a cus 2024-01-01 to none: 1 × 10 USD per 1 month", "b cus 2024-01-01 to none: 1 × 10 USD per 1 month", "c cus 2024-01-01 to none: 1 × 10 USD per 1 month",
			"a/d cus 2024-01-01 to none: 1 × -3.34 USD per 1 month credits a", "b/d cus 2024-01-01 to none: 1 × -3.33 USD per 1 month credits b", "c/d cus 2024-01-01 to none: 1 × -3.33 USD per 1 month credits c"}, nil, nil},
		{"amount in yen", items(item("a", `"currency": "jpy"`, ``), item("b", `"currency": "jpy"`, ``)) + `, "discount": ` + coupon("d", "2024-01-01", `"amount_off": 101, "currency": "jpy", "duration": "forever"`), []string{
			"a cus 2024-01-01 to none: 1 × 1000 JPY per 1 month", "b cus 2024-01-01 to none: 1 × 1000 JPY per 1 month",
			"a/d cus 2024-01-01 to none: 1 × -51 JPY per 1 month credits a", "b/d cus 2024-01-01 to none: 1 × -50 JPY per 1 month credits b"}, nil, nil},
		{"never more than there is", items(item("a", `"unit_amount": 1`, ``), item("b", `"unit_amount": null, "unit_amount_decimal": "0.5"`, ``)) + `, "discount": ` + coupon("d", "2024-01-01", `"amount_off": 1000, "currency": "usd", "duration": "forever"`), []string{
			"a cus 2024-01-01 to none: 1 × 0.01 USD per 1 month", "b cus 2024-01-01 to none: 1 × 0.005 USD per 1 month",
			"a/d cus 2024-01-01 to none: 1 × -0.01 USD per 1 month credits a", "b/d cus 2024-01-01 to none: 1 × -0.005 USD per 1 month credits b"}, nil, nil},
		{"amount after an item is added", items(item("a", ``, ``), item("b", ``, on("created", "2024-03-01"))) + `, "discount": ` + coupon("d", "2024-01-01", `"amount_off": 500, "currency": "usd", "duration": "forever"`), []string{
			"a cus 2024-01-01 to none: 1 × 10 USD per 1 month", "b cus 2024-03-01 to none: 1 × 10 USD per 1 month",
			"a/d cus 2024-01-01 to 2024-03-01: 1 × -5 USD per 1 month credits a",
			"a/d/2 cus 2024-03-01 to none: 1 × -2.5 USD per 1 month credits a", "b/d cus 2024-03-01 to none: 1 × -2.5 USD per 1 month credits b"}, nil, nil},
		{"one after the other, items first", `"discounts": [` + coupon("all", "2024-01-01", `"percent_off": 50, "duration": "forever"`) + `],` + items(item("a", ``, `"discounts": [`+coupon("own", "2024-01-01", `"amount_off": 400, "currency": "usd", "duration": "forever"`)+`]`), item("b", ``, ``)), []string{
			"a cus 2024-01-01 to none: 1 × 10 USD per 1 month", "b cus 2024-01-01 to none: 1 × 10 USD per 1 month",
			"a/own+all cus 2024-01-01 to none: 1 × -7 USD per 1 month credits a", "b/all cus 2024-01-01 to none: 1 × -5 USD per 1 month credits b"}, nil, nil},
		{"products", items(item("a", ``, ``), item("b", `"product": {"id": "q"}`, ``)) + `, "discount": ` + coupon("d", "2024-01-01", `"percent_off": 10, "duration": "forever", "applies_to": {"products": ["q"]}`), []string{
			"a cus 2024-01-01 to none: 1 × 10 USD per 1 month", "b cus 2024-01-01 to none: 1 × 10 USD per 1 month",
			"b/d cus 2024-01-01 to none: 1 × -1 USD per 1 month credits b"}, nil, nil},
		{"amount that is not known", items(item("a", ``, ``), item("b", `"unit_amount": null`, ``)) + `, "discount": ` + coupon("d", "2024-01-01", `"amount_off": 10, "currency": "usd", "duration": "forever"`), []string{
			"a cus 2024-01-01 to none: 1 × 10 USD per 1 month"}, []string{
			"subscription[0] b: has no price of a unit: what it costs is not in the export",
			"subscription[0] d: is an amount off items of which one is left out"}, nil},
		{"amount off several terms", items(item("a", ``, ``), item("b", `"recurring": {"interval": "year"}`, ``)) + `, "discount": ` + coupon("d", "2024-01-01", `"amount_off": 10, "currency": "usd", "duration": "forever"`), []string{
			"a cus 2024-01-01 to none: 1 × 10 USD per 1 month", "b cus 2024-01-01 to none: 1 × 10 USD per 12 months"}, []string{
			"subscription[0] d: is an amount off items of several terms"}, nil},
		{"amount in another currency", `"discount": ` + coupon("d", "2024-01-01", `"amount_off": 10, "currency": "eur", "duration": "forever"`), []string{
			"si cus 2024-01-01 to none: 2 × 10 USD per 1 month"}, []string{
			"subscription[0] d: is an amount in EUR off items in USD"}, nil},
		{"discount through a pause", `"pause_collection": {"behavior": "void",` + on("resumes_at", "2024-07-01") + `},` + on("current_period_start", "2024-05-01") + `, "discount": ` + coupon("d", "2024-01-01", `"percent_off": 10, "duration": "forever"`), []string{
			"si cus 2024-01-01 to 2024-05-01: 2 × 10 USD per 1 month",
			"si/pause cus 2024-05-01 to 2024-07-01: 2 × 0 USD per 1 month",
			"si/2 cus 2024-07-01 to none: 2 × 10 USD per 1 month",
			"si/d cus 2024-01-01 to 2024-05-01: 1 × -2 USD per 1 month credits si",
			"si/2/d cus 2024-07-01 to none: 1 × -2 USD per 1 month credits si/2"}, nil,
			[]string{"subscription sub is paused (void); since when is not in the export, and taken to be 2024-05-01"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			result, err := imports.Stripe(text(with(basic, test.over)))
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "contracts", lines(result.Contracts), test.want)
			equal(t, "left out", omissions(result), test.left)
			equal(t, "notes", result.Notes, test.say)
			valid(t, result)
			if _, err := retention.NewBook(result.Contracts, retention.Options{Accounts: result.Accounts}); err != nil && test.name != "minor units" {
				t.Error(err) // but several currencies have no rates
			}
		})
	}
}

// TestStripeFaults gives exports that cannot be, with all that is said of them.
func TestStripeFaults(t *testing.T) {
	tests := []struct {
		export string
		want   []string
	}{
		{``, []string{"byte[0]: the export is empty"}},
		{"\xff", []string{"byte[0]: the export is not in UTF-8"}},
		{"[\"\u00e9\"\xff]", []string{"byte[5]: the export is not in UTF-8"}},
		{`7`, []string{"page[0]: 7 is not an object"}},
		{`{"object": "list"}`, []string{"page[0].data: is missing"}},
		{`{"data": 3}`, []string{"page[0].data: 3 is not a list"}},
		{`[null, 5]`, []string{"subscription[0]: is missing", "subscription[0].id: is missing", "subscription[0].customer: is missing",
			"subscription[0].status: is missing", "subscription[0].start_date: is missing", "subscription[0].items: is missing",
			"subscription[1]: 5 is not an object", "subscription[1].id: is missing", "subscription[1].customer: is missing",
			"subscription[1].status: is missing", "subscription[1].start_date: is missing", "subscription[1].items: is missing"}},
		{basic + basic, []string{"subscription[1].ID: sub is a duplicate"}},
		{with(basic, `"status": "ended", "trial_end": "soon", "cancel_at_period_end": "no", "created": 1.5`), []string{
			"subscription[0].status: ended is unknown", "subscription[0].created: 1.5 is not a whole number",
			"subscription[0].trial_end: soon is not a whole number", "subscription[0].cancel_at_period_end: no is neither true nor false"}},
		{with(basic, `"start_date": 1704067200000`), []string{"subscription[0].start_date: 1704067200000 is out of range"}},
		{with(basic, `"status": "canceled"`), []string{"subscription[0].ended_at: is missing"}},
		{with(basic, `"cancel_at_period_end": true`), []string{"subscription[0].current_period_end: is missing, with cancel_at_period_end"}},
		{with(basic, `"pause_collection": {"behavior": "skip"}`), []string{"subscription[0].pause_collection.behavior: skip is unknown"}},
		{with(basic, `"customer": {}`), []string{"subscription[0].customer.id: is missing"}},
		{with(basic, `"customer": ["cus"]`), []string{"subscription[0].customer: […] is not text", "subscription[0].customer: is missing"}},
		{with(basic, items(`{"id": ""}`)), []string{"subscription[0].items.data[0].id: is missing", "subscription[0].items.data[0].price: is missing"}},
		{with(basic, items(`{"id": "a", "quantity": -1, "price": {"currency": "", "unit_amount": -5, "recurring": {"interval": "fortnight", "interval_count": 0}}}`)), []string{
			"subscription[0].items.data[0].price.currency: is missing",
			"subscription[0].items.data[0].price.recurring.interval: fortnight is unknown",
			"subscription[0].items.data[0].price.recurring.interval_count: 0 is out of range",
			"subscription[0].items.data[0].price.unit_amount: -5 is negative",
			"subscription[0].items.data[0].quantity: -1 is negative"}},
		{with(basic, items(item("a", `"recurring": null`, ``), item("b", `"transform_quantity": {"divide_by": 0, "round": "up"}`, ``), item("c", `"transform_quantity": {"divide_by": 2, "round": "even"}`, ``))), []string{
			"subscription[0].items.data[0].price.recurring: is missing",
			"subscription[0].items.data[1].price.transform_quantity.divide_by: 0 is out of range",
			"subscription[0].items.data[2].price.transform_quantity.round: even is unknown"}},
		{with(basic, items(item("a", `"unit_amount": 1e9`, ``), item("b", `"unit_amount_decimal": "12,5"`, ``))), []string{
			"subscription[0].items.data[0].price.unit_amount: 1e9 is not an amount like 1499.00",
			"subscription[0].items.data[1].price.unit_amount_decimal: 12,5 is not an amount like 1499.00"}},
		{with(basic, items(item("a", `"unit_amount_decimal": "12345678901234567890"`, ``))), []string{
			"subscription[0].Price: 123456789012345678.9 makes an annual rate of 9000000000000 or more"}},
		{with(basic, items(item("a", `"recurring": {"interval": "day", "interval_count": 10001}`, `"quantity": 1000000000000001`))), []string{
			"subscription[0].items.data[0].price.recurring.interval_count: 10001 is out of range",
			"subscription[0].items.data[0].quantity: 1000000000000001 is out of range"}},
		{with(basic, items(item("a", ``, `"quantity": 1000000000000000`))), []string{"subscription[0].Quantity: 1000000000000000 is out of range"}},
		{with(basic, items(item("a", ``, `"quantity": 1`+strings.Repeat("0", 40)))), []string{"subscription[0].items.data[0].quantity: 1" + strings.Repeat("0", 39) + "… is out of range"}},
		{with(basic, items(item("a", `"unit_amount_decimal": "10000000.000000000001"`, ``))+`, "discount": {"id": "d", "start": 1704067200, "coupon": {"id": "c", "duration": "forever", "amount_off": 1, "currency": "usd"}}`), []string{
			"subscription[0].discounts: d is out of range"}},
		{with(basic, items(item("a", ``, ``), item("a", ``, ``))), []string{"subscription[0].ID: a is a duplicate"}},
		{with(basic, `"discount": {"coupon": {"duration": "often", "percent_off": 101}}`), []string{
			"subscription[0].discount.id: is missing", "subscription[0].discount.start: is missing",
			"subscription[0].discount.coupon.id: is missing", "subscription[0].discount.coupon.percent_off: 101 is out of range",
			"subscription[0].discount.coupon.duration: often is unknown"}},
		{with(basic, `"discounts": [{"id": "d", "start": 1704067200, "coupon": {"id": "c", "duration": "once", "amount_off": 0}}, {"id": "e", "start": 1704067200, "coupon": {"id": "c", "duration": "once"}}, {"id": "f", "start": 1704067200}, {"id": "g", "start": 1704067200, "coupon": {"id": "c", "duration": "repeating", "percent_off": 5}}, {"id": "h", "start": 1704067200, "coupon": {"id": "c", "duration": "repeating", "duration_in_months": 0, "percent_off": 5}}]`), []string{
			"subscription[0].discounts[0].coupon.amount_off: 0 is out of range",
			"subscription[0].discounts[1].coupon.percent_off: is missing",
			"subscription[0].discounts[2].coupon: is missing",
			"subscription[0].discounts[3].coupon.duration_in_months: is missing",
			"subscription[0].discounts[4].coupon.duration_in_months: 0 is out of range"}},
	}
	for _, test := range tests {
		result, err := imports.Stripe(text(test.export))
		equal(t, test.export, faults(t, err), test.want)
		if result.Contracts != nil || result.Accounts != nil || result.Unused != nil {
			t.Errorf("%s: a result in spite of faults", test.export)
		}
	}
}

// TestStripeCurrencies holds every currency that is not in hundredths to the page
// on currencies, and some that are.
func TestStripeCurrencies(t *testing.T) {
	for price, list := range map[string]string{
		"1234":  "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf",
		"1.234": "bhd jod kwd omr tnd",
		"12.34": "eur isk ugx huf twd iqd lyd clf",
	} {
		for currency := range strings.FieldsSeq(list) {
			result, err := imports.Stripe(text(with(basic, items(item("a", `"unit_amount": 1234, "currency": "`+currency+`"`, ``)))))
			if err != nil || result.Contracts[0].Price.String() != price || result.Contracts[0].Currency != strings.ToUpper(currency) {
				t.Errorf("%s: %v, %v, want %s", currency, result.Contracts, err, price)
			}
		}
	}
}

// TestStripeBroken says where JSON ends to be it.
func TestStripeBroken(t *testing.T) {
	for export, want := range map[string]int{`{"data": [`: 10, `[] ]`: 3, `{"a": 1,}`: 8} {
		_, err := imports.Stripe(text(export))
		got := faults(t, err)
		if len(got) != 1 || !strings.HasPrefix(got[0], fmt.Sprintf("byte[%d]: the export is not JSON from here on: ", want)) {
			t.Errorf("%s: %q", export, got)
		}
	}
}

// TestStripePages reads pages one behind the other.
func TestStripePages(t *testing.T) {
	page := func(id string, more bool) string {
		return fmt.Sprintf(`{"object": "list", "has_more": %t, "data": [%s]}`, more, with(basic, `"id": "`+id+`",`+items(item(id+"i", ``, ``))))
	}
	for _, test := range []struct {
		export string
		notes  []string
	}{
		{page("a", true) + "\n" + page("b", false), nil},
		{page("a", true) + page("b", true), []string{"the list goes on: has_more of its last page is true"}},
	} {
		result, err := imports.Stripe(text(test.export))
		if err != nil || len(result.Contracts) != 2 || len(result.Accounts) != 1 {
			t.Errorf("%d contracts, %d accounts, %v", len(result.Contracts), len(result.Accounts), err)
		}
		equal(t, "notes", result.Notes, test.notes)
	}
}
