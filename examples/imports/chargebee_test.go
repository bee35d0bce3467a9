package imports_test

import (
	"fmt"
	"log"
	"os"
	"strings"
	"testing"
	"time"

	"metrics.internal/success/examples/imports"
	"metrics.internal/success/retention"
)

func ExampleChargebee() {
	file, err := os.Open("testdata/chargebee.csv")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	result, err := imports.Chargebee(file, imports.ChargebeeOptions{Amounts: imports.MinorUnits})
	if err != nil {
		log.Fatal(err) // every fault of the export
	}
	for _, c := range result.Contracts[:5] {
		fmt.Println(c.Account, c.Product, c.Start, c.Price, c.Currency, "×", c.Units())
	}
	fmt.Println("left out:")
	for _, o := range result.LeftOut {
		fmt.Println(o)
	}
	fmt.Println("nothing is made of:", result.Unused)
	// Output:
	// fernhill desk-eur-monthly 2024-01-10 0 EUR × 12
	// fernhill desk-eur-monthly 2024-01-24 49 EUR × 12
	// fernhill chat-eur-monthly 2024-01-10 0 EUR × 4
	// fernhill chat-eur-monthly 2024-01-24 12.5 EUR × 4
	// marlowe desk-eur-yearly 2024-03-01 1200 EUR × 1
	// left out:
	// line[3] S2/setup-eur: is a charge that is paid once
	// line[4] PARTNER: is a coupon of S3: what it takes off is not in the export
	// line[7] S6/calls-eur-tiered: has no price of a unit: what it costs is not in the export
	// nothing is made of: [po_number]
}

// TestChargebeeRevenue adds up what customers pay a year, by hand:
//
//	                                  2024-06-01   2024-12-01   2025-02-01
//	Fernhill  (12 × 49 + 4 × 12.50) × 12  7,656.00     7,656.00     7,656.00
//	Marlowe   1,200                       1,200.00     1,200.00     1,200.00  until March
//	Odet      3 × 49 × 12                 1,764.00            –            –  left in November
//	Quill     2 × 147 × 4                 1,176.00            –     1,176.00  paused in between
//	Tarn      49 × 12                            –            –       588.00  from February
//	                                     11,796.00     8,856.00    10,620.00
func TestChargebeeRevenue(t *testing.T) {
	result, err := imports.Chargebee(open(fixture(t, "chargebee.csv")), imports.ChargebeeOptions{Amounts: imports.MinorUnits})
	if err != nil {
		t.Fatal(err)
	}
	valid(t, result)
	revenue(t, result, map[string]string{
		"2024-01-23": "0", "2024-06-01": "11796", "2024-12-01": "8856", "2025-02-01": "10620", "2025-03-01": "9420",
	})
}

// row is a CSV file of one row, given as name=value.
func row(cells ...string) string {
	var names, values []string
	for _, cell := range cells {
		name, value, _ := strings.Cut(cell, "=")
		names, values = append(names, name), append(values, value)
	}
	return strings.Join(names, ",") + "\n" + strings.Join(values, ",") + "\n"
}

// chargebee is a row of two seats at 10.00 a month from 2024-01-01.
func chargebee(over ...string) string {
	cells := []string{"id=S", "customer_id=A", "status=active", "currency_code=usd", "started_at=2024-01-01",
		"billing_period_unit=month", "plan_id=p", "plan_quantity=2", "plan_unit_price=10.00"}
	return row(replace(cells, over)...)
}

// replace puts cells over those of the same name, and others behind them.
func replace(cells, over []string) []string {
	for _, cell := range over {
		name, _, _ := strings.Cut(cell, "=")
		found := false
		for i := range cells {
			if strings.HasPrefix(cells[i], name+"=") {
				cells[i], found = cell, true
			}
		}
		if !found {
			cells = append(cells, cell)
		}
	}
	return cells
}

func TestChargebeeRules(t *testing.T) {
	major, minor := imports.ChargebeeOptions{Amounts: imports.MajorUnits}, imports.ChargebeeOptions{Amounts: imports.MinorUnits}
	east := imports.ChargebeeOptions{Amounts: imports.MajorUnits, Zone: time.FixedZone("", 10*3600)}
	const plain = "S/p A 2024-01-01 to none: 2 × 10 USD per 1 month"
	tests := []struct {
		name       string
		options    imports.ChargebeeOptions
		export     string
		want, left []string
	}{
		{"as it is", major, chargebee(), []string{plain}, nil},
		{"names with words", major, row("Subscription Id=S", "Customer Id=A", "Status=Active", "Currency Code=USD", "Started At=01-Jan-2024 10:30", "Billing Period=1", "Billing Period Unit=Month", "Plan Id=p", "Plan Quantity=2", "Plan Unit Price=10"), []string{plain}, nil},
		{"minor units", minor, chargebee("plan_unit_price=1000"), []string{plain}, nil},
		{"minor units of yen", minor, chargebee("plan_unit_price=1000", "currency_code=JPY"), []string{"S/p A 2024-01-01 to none: 2 × 1000 JPY per 1 month"}, nil},
		{"minor units of dinars", minor, chargebee("plan_unit_price=1000", "currency_code=KWD"), []string{"S/p A 2024-01-01 to none: 2 × 1 KWD per 1 month"}, nil},
		{"in decimal comes first", minor, chargebee("plan_unit_price=1000", "plan_unit_price_in_decimal=10.0025", "plan_quantity_in_decimal=3"), []string{"S/p A 2024-01-01 to none: 3 × 10.0025 USD per 1 month"}, nil},
		{"part of a unit", major, chargebee("plan_quantity_in_decimal=2.5"), []string{"S/p A 2024-01-01 to none: 1 × 25 USD per 1 month"}, nil},
		{"no quantity", major, chargebee("plan_quantity="), []string{"S/p A 2024-01-01 to none: 1 × 10 USD per 1 month"}, nil},
		{"units that are free", major, chargebee("plan_quantity=5", "plan_free_quantity=3"), []string{plain}, nil},
		{"all units are free", major, chargebee("plan_free_quantity=3"), []string{"S/p A 2024-01-01 to none: 1 × 0 USD per 1 month"}, nil},
		{"seconds", major, chargebee("started_at=1704067199"), []string{"S/p A 2023-12-31 to none: 2 × 10 USD per 1 month"}, nil},
		{"the fewest digits of seconds", major, chargebee("started_at=100000000"), []string{"S/p A 1973-03-03 to none: 2 × 10 USD per 1 month"}, nil},
		{"the most digits of seconds", major, chargebee("started_at=10000000000"), []string{"S/p A 2286-11-20 to none: 2 × 10 USD per 1 month"}, nil},
		{"seconds elsewhere", east, chargebee("started_at=1704067199"), []string{plain}, nil},
		{"a zone that is named", east, chargebee("started_at=2024-01-01T23:00:00Z"), []string{plain}, nil},
		{"years", major, chargebee("billing_period_unit=year", "billing_period=2"), []string{"S/p A 2024-01-01 to none: 2 × 10 USD per 24 months"}, nil},
		{"weeks", major, chargebee("billing_period_unit=Weeks", "billing_period=2"), []string{"S/p A 2024-01-01 to none: 2 × 10 USD per 2 weeks"}, nil},
		{"trial", major, chargebee("status=In Trial", "trial_start=2024-01-01", "trial_end=2024-01-15"), []string{
			"S/p/trial A 2024-01-01 to 2024-01-15: 2 × 0 USD per 1 month", "S/p A 2024-01-15 to none: 2 × 10 USD per 1 month"}, nil},
		{"cancelled in the trial", major, chargebee("status=cancelled", "trial_end=2024-01-15", "cancelled_at=2024-01-15"), []string{
			"S/p/trial A 2024-01-01 to 2024-01-15: 2 × 0 USD per 1 month"}, nil},
		{"cancelled on its first day", major, chargebee("status=cancelled", "cancelled_at=2024-01-01"), nil, []string{"line[2] S/p: ended on the day it began, or before"}},
		{"active, with a day to be cancelled", major, chargebee("cancelled_at=2024-06-01", "current_term_end=2024-05-01"), []string{"S/p A 2024-01-01 to 2024-06-01: 2 × 10 USD per 1 month"}, nil},
		{"not renewing", major, chargebee("status=non-renewing", "current_term_end=2024-05-01"), []string{"S/p A 2024-01-01 to 2024-05-01: 2 × 10 USD per 1 month"}, nil},
		{"not renewing, with a day", major, chargebee("status=non_renewing", "cancelled_at=2024-04-01", "current_term_end=2024-05-01"), []string{"S/p A 2024-01-01 to 2024-04-01: 2 × 10 USD per 1 month"}, nil},
		{"paused for good", major, chargebee("status=paused", "pause_date=2024-03-01"), []string{"S/p A 2024-01-01 to 2024-03-01: 2 × 10 USD per 1 month"}, nil},
		{"paused for a while", major, chargebee("status=paused", "pause_date=2024-03-01", "resume_date=2024-05-01"), []string{
			"S/p A 2024-01-01 to 2024-03-01: 2 × 10 USD per 1 month", "S/p/2 A 2024-05-01 to none: 2 × 10 USD per 1 month"}, nil},
		{"future", major, chargebee("status=future", "started_at=", "start_date=2025-01-01", "created_at=2024-01-01"), []string{"S/p A 2025-01-01 to none: 2 × 10 USD per 1 month"}, nil},
		{"created and no more", major, chargebee("started_at=", "activated_at=", "created_at=2024-01-01"), []string{plain}, nil},
		{"addons", major, chargebee("addons[id][0]=a", "addons[quantity][0]=3", "addons[unit_price][0]=2.50", "addons[id][1]=", "addons[unit_price][1]="), []string{
			plain, "S/a A 2024-01-01 to none: 3 × 2.5 USD per 1 month"}, nil},
		{"one item", major, row("id=S", "customer_id=A", "status=active", "currency_code=USD", "started_at=2024-01-01", "billing_period_unit=month", "item_price_id=p", "quantity=2", "unit_price=10"), []string{plain}, nil},
		{"no items", major, chargebee("plan_id="), nil, []string{"line[2] S: has no items"}},
		{"deleted", major, chargebee("deleted=TRUE"), nil, []string{"line[2] S: is deleted"}},
		{"transferred", major, chargebee("status=transferred"), nil, []string{"line[2] S: was transferred to another entity"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			result, err := imports.Chargebee(text(test.export), test.options)
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "contracts", lines(result.Contracts), test.want)
			equal(t, "left out", omissions(result), test.left)
			valid(t, result)
			if _, err := retention.NewBook(result.Contracts, retention.Options{Accounts: result.Accounts}); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestChargebeeFaults(t *testing.T) {
	major := imports.ChargebeeOptions{Amounts: imports.MajorUnits}
	tests := []struct {
		options imports.ChargebeeOptions
		export  string
		want    []string
	}{
		{imports.ChargebeeOptions{}, chargebee(), []string{"options.Amounts: is missing: prices are in MajorUnits or in MinorUnits"}},
		{imports.ChargebeeOptions{Amounts: 3}, chargebee(), []string{"options.Amounts: is missing: prices are in MajorUnits or in MinorUnits"}},
		{imports.ChargebeeOptions{Amounts: imports.MinorUnits}, chargebee(), []string{"line[2].plan_unit_price: 10.00 is not a whole number of minor units"}},
		{imports.ChargebeeOptions{Amounts: imports.MinorUnits}, chargebee("plan_unit_price=10.50"), []string{"line[2].plan_unit_price: 10.50 is not a whole number of minor units"}},
		{major, "id,status\nS,active\n", []string{"line[1].customer_id: the header has no such column", "line[1].currency_code: the header has no such column", "line[1].billing_period_unit: the header has no such column"}},
		{major, chargebee("id=", "customer_id=", "status=", "currency_code=", "started_at=", "billing_period_unit="), []string{
			"line[2].id: is missing", "line[2].customer_id: is missing", "line[2].status: is missing", "line[2].currency_code: is missing",
			"line[2].billing_period_unit: is missing", "line[2].started_at: is missing"}},
		{major, chargebee("status=lapsed", "billing_period_unit=decade", "billing_period=x", "started_at=1/2/2024", "plan_quantity=two"), []string{
			"line[2].status: lapsed is unknown", "line[2].billing_period_unit: decade is unknown", "line[2].billing_period: x is not a whole number",
			"line[2].started_at: 1/2/2024 is not a time or day that can be read", "line[2].plan_quantity: two is not an amount like 1499.00"}},
		{major, chargebee("started_at=20240101"), []string{"line[2].started_at: 20240101 is not a time or day that can be read"}},
		{major, chargebee("started_at=170406719900"), []string{"line[2].started_at: 170406719900 is not a time or day that can be read"}},
		{major, chargebee("started_at=0001-01-01"), []string{"line[2].started_at: 0001-01-01 is out of range"}},
		{major, chargebee("status=cancelled"), []string{"line[2].cancelled_at: is missing"}},
		{major, chargebee("status=non_renewing"), []string{"line[2].cancelled_at: is missing"}},
		{major, chargebee("status=paused"), []string{"line[2].pause_date: is missing"}},
		{major, chargebee("pause_date=2024-03-01", "resume_date=2024-03-01"), []string{"line[2].resume_date: 2024-03-01 is out of order: it is not after pause_date"}},
		{major, chargebee("plan_quantity=-1", "plan_unit_price=-2", "plan_free_quantity=-3"), []string{"line[2].plan_quantity: -1 is negative", "line[2].plan_free_quantity: -3 is negative", "line[2].plan_unit_price: -2 is negative"}},
		{major, chargebee("plan_quantity=1000000000000001"), []string{"line[2].plan_quantity: 1000000000000001 is out of range"}},
		{major, chargebee("plan_quantity=1000000000000000"), []string{"line[2].Quantity: 1000000000000000 is out of range"}},
		{major, chargebee("plan_unit_price=1" + strings.Repeat("0", 40)), []string{"line[2].plan_unit_price: 1" + strings.Repeat("0", 39) + "… is out of range"}},
		{major, chargebee() + strings.SplitAfter(chargebee(), "\n")[1], []string{"line[3].ID: S is a duplicate"}},
	}
	for _, test := range tests {
		result, err := imports.Chargebee(text(test.export), test.options)
		equal(t, test.export, faults(t, err), test.want)
		if (result.Contracts == nil) != (err != nil) {
			t.Errorf("%s: a result in spite of faults, or none", test.export)
		}
	}
}
