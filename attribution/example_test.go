package attribution_test

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// day is the start of a day, and euros an amount.
func day(s string) time.Time { return success.MustDate(s).Time(time.UTC) }

func euros(n int64) decimal.Decimal { return decimal.NewFromInt(n) }

// spring are the leads and deals of a small company. Dalia noticed in a ticket
// that Ash needs seats, and marketing found Ash again; nobody can say where the
// lead of Cedar was noticed; and the deal with Birch was open before its lead.
func spring() attribution.Records {
	return attribution.Records{
		Interactions: []success.Interaction{{ID: "ticket 7", Account: "Ash", At: day("2025-04-01"), Agent: "Dalia"}},
		Leads: []attribution.Lead{
			{ID: "L1", Account: "Ash", Source: attribution.Service, Agent: "Dalia", Interaction: "ticket 7", At: day("2025-04-02")},
			{ID: "L2", Account: "Ash", Source: attribution.Marketing, At: day("2025-04-20")},
			{ID: "L3", Account: "Birch", Source: attribution.Marketing, Agent: "Omar", At: day("2025-04-10")},
			{ID: "L4", Account: "Cedar", Source: attribution.Service, Agent: "Emil", At: day("2025-05-01")},
			{ID: "L5", Account: "Elm", Source: attribution.Marketing, Agent: "Omar", At: day("2025-05-02")},
		},
		Deals: []attribution.Deal{
			{ID: "D1", Account: "Ash", Product: "Desk", Lead: "L2", Owner: "Lena", Opened: day("2025-04-21"), Closed: day("2025-05-02"), Status: attribution.Won, Amount: euros(1200)},
			{ID: "D2", Account: "Birch", Product: "Desk", Lead: "L3", Owner: "Lena", Opened: day("2025-04-01"), Closed: day("2025-05-20"), Status: attribution.Won, Amount: euros(800)},
			{ID: "D3", Account: "Elm", Product: "Vault", Lead: "L5", Owner: "Lena", Opened: day("2025-05-05"), Amount: euros(500)},
		},
		Adjustments: []attribution.Adjustment{{ID: "R1", Deal: "D1", At: day("2025-06-01"), Amount: euros(-200)}},
		Touches: []attribution.Touch{
			{Account: "Ash", At: day("2025-04-20"), Key: "newsletter"},
			{Account: "Ash", At: day("2025-04-01"), Key: "support"},
			{Account: "Birch", At: day("2025-05-20"), Key: "support"},
		},
	}
}

// quarterly is the pipeline of the spring, as of the first of July.
func quarterly() *attribution.Pipeline {
	p, err := attribution.NewPipeline(spring(), attribution.Options{AsOf: success.MustDate("2025-07-01")})
	if err != nil {
		fmt.Println(err)
	}
	return p
}

// total is everything in the second quarter.
func total() attribution.Row {
	table, err := quarterly().Table(attribution.Query{Period: success.Quarter(2025, 2)})
	if err != nil {
		fmt.Println(err)
	}
	return table.Total
}

func ExampleNewPipeline() {
	p, err := attribution.NewPipeline(spring(), attribution.Options{})
	fmt.Println(p.AsOf(), err)

	records := spring()
	records.Deals[0].Lead, records.Deals[1].Closed = "L9", time.Time{}
	_, err = attribution.NewPipeline(records, attribution.Options{})
	fmt.Println(err)
	// Output:
	// 2025-06-02 <nil>
	// 2 faults
	// 	deal[0].Lead: L9 is unknown
	// 	deal[1].Closed: is missing
}

func ExamplePipeline() {
	p := quarterly()
	table, err := p.Table(attribution.Query{Period: success.Quarter(2025, 2), By: attribution.ByMonth})
	if err != nil {
		fmt.Println(err)
	}
	for _, row := range table.Rows {
		fmt.Println(row.Key, row.Leads, "leads,", row.Money[0].WonDeals, "deals won,", row.Money[0].Net)
	}
	// Output:
	// 2025-04 3 leads, 0 deals won, 0
	// 2025-05 2 leads, 2 deals won, 1800
}

func ExamplePipeline_AsOf() {
	fmt.Println(quarterly().AsOf())
	// Output: 2025-07-01
}

func ExamplePipeline_Currencies() {
	records := spring()
	for i := range records.Deals {
		records.Deals[i].Currency = "EUR"
	}
	records.Deals[1].Currency = "CHF"
	p, err := attribution.NewPipeline(records, attribution.Options{})
	fmt.Println(p.Currencies(), err)
	// Output: [CHF EUR] <nil>
}

func ExamplePipeline_Leads() {
	for _, l := range quarterly().Leads() {
		fmt.Println(l.Lead, l.Outcome, l.Into, l.Deals)
	}
	// Output:
	// L1 accepted  [D1]
	// L2 merged L1 []
	// L3 accepted  []
	// L4 no interaction  []
	// L5 accepted  [D3]
}

func ExampleLeadLine() {
	lines := quarterly().Leads()
	fmt.Println(lines[1].Lead, lines[1].Outcome, "into", lines[1].Into)
	// Output: L2 merged into L1
}

func ExamplePipeline_Deals() {
	for _, d := range quarterly().Deals() {
		fmt.Println(d.Deal, d.Lead, d.Outcome)
	}
	// Output:
	// D1 L1 attributed
	// D2  before lead
	// D3 L5 attributed
}

func ExampleDealLine() {
	fmt.Println(quarterly().Deals()[1].Outcome)
	// Output: before lead
}

func ExamplePipeline_Outcomes() {
	o := quarterly().Outcomes()
	fmt.Println(o.Leads[attribution.LeadAccepted], o.Leads[attribution.LeadMerged], o.Deals[attribution.DealBeforeLead])
	// Output: 3 1 1
}

func ExampleOutcomes() {
	var o attribution.Outcomes = quarterly().Outcomes()
	fmt.Println(o.Deals)
	// Output: map[attributed:2 before lead:1]
}

func ExamplePipeline_Table() {
	table, err := quarterly().Table(attribution.Query{Period: success.Quarter(2025, 2), By: attribution.BySource})
	if err != nil {
		fmt.Println(err)
	}
	for _, r := range append(table.Rows, table.Total) {
		m := r.Money[0]
		fmt.Printf("%-12s %d leads, %d accepted, %d won; %v − %v = %v\n", r.Key, r.Leads, r.Accepted, r.WonLeads, m.Gross, m.Reversed, m.Net)
	}
	// Output:
	// service      2 leads, 1 accepted, 1 won; 1200 − 200 = 1000
	// marketing    3 leads, 2 accepted, 0 won; 0 − 0 = 0
	// unattributed 0 leads, 0 accepted, 0 won; 800 − 0 = 800
	//              5 leads, 3 accepted, 1 won; 2000 − 200 = 1800
}

func ExampleTable() {
	table, err := quarterly().Table(attribution.Query{Period: success.Month(2025, time.May), By: attribution.ByProduct})
	if err != nil {
		fmt.Println(err)
	}
	for _, r := range table.Rows {
		fmt.Println(r.Key, r.Accepted, r.Money[0].Net, r.Money[0].Open)
	}
	// Output:
	// (none) 0 0 0
	// Desk 0 1800 0
	// Vault 1 0 500
}

func ExampleQuery() {
	q := attribution.Query{Period: success.Quarter(2025, 2), By: attribution.ByAgent, Source: attribution.Service}
	table, err := quarterly().Table(q)
	if err != nil {
		fmt.Println(err)
	}
	for _, r := range table.Rows {
		fmt.Println(r.Key, r.Accepted, "of", r.Leads, r.Money[0].Net)
	}
	// Output:
	// Dalia 1 of 1 1000
	// Emil 0 of 1 0
}

func ExampleRow() {
	r := total()
	fmt.Println(r.Leads, "submitted:", r.Accepted, "accepted,", r.Merged, "merged,", r.Refused, "refused")
	fmt.Println(r.WonLeads, "won,", r.LostLeads, "lost,", r.OpenLeads, "open")
	// Output:
	// 5 submitted: 3 accepted, 1 merged, 1 refused
	// 1 won, 0 lost, 2 open
}

func ExampleRow_ConversionRatio() {
	fmt.Println(total().ConversionRatio())
	// Output: 33.3%
}

func ExampleRow_Conversion() {
	fmt.Println(total().Conversion())
	// Output: 0.333333 (0.0614919, 0.79234)
}

func ExampleRow_WinRateRatio() {
	r := attribution.Row{Money: []attribution.Money{{WonDeals: 63, LostDeals: 37}}}
	fmt.Println(r.WinRateRatio())
	// Output: 63%
}

func ExampleRow_WinRate() {
	r := attribution.Row{Money: []attribution.Money{{WonDeals: 8, LostDeals: 2}}}
	fmt.Println(r.WinRate())
	// Output: 0.8 (0.490162, 0.943318)
}

func ExampleRow_Difference() {
	table, err := quarterly().Table(attribution.Query{Period: success.Quarter(2025, 2), By: attribution.BySource})
	if err != nil {
		fmt.Println(err)
	}
	service, marketing := table.Rows[0], table.Rows[1]
	fmt.Println(service.Difference(marketing))
	// Output: 1 (-0.0305473, 1)
}

func ExampleRow_DaysToWin() {
	r := total()
	fmt.Println(r.DaysToWin(0.25), r.DaysToWin(0.5))
	// Output: 30 n/a
}

func ExampleRow_Expected() {
	fmt.Println(total().Expected()) // two open leads, a third converts, at 900
	// Output: 600 (0, 1569.03)
}

func ExampleRow_In() {
	m, ok := total().In("")
	fmt.Println(m.Net, ok)
	_, ok = total().In("EUR")
	fmt.Println(ok)
	// Output:
	// 1800 true
	// false
}

func ExampleMoney() {
	m := total().Money[0]
	fmt.Println(m.WonDeals, "won,", m.OpenDeals, "open:", m.Gross, "−", m.Reversed, "=", m.Net, "and", m.Open)
	// Output: 2 won, 1 open: 2000 − 200 = 1800 and 500
}

func ExampleMoney_Average() {
	fmt.Println(total().Money[0].Average().Value(2))
	// Output: 900 true
}

func ExampleRow_Return() {
	back, err := total().Return(attribution.Cost{Amount: euros(1200)})
	fmt.Println(back.ROI(), err)
	_, err = total().Return(attribution.Cost{Amount: euros(-1)})
	fmt.Println(err)
	// Output:
	// 50% <nil>
	// cost.Amount: -1 is negative
}

func ExampleCost() {
	_, err := total().Return(attribution.Cost{Amount: euros(1200), Currency: "USD"})
	fmt.Println(err)
	// Output: cost.Currency: USD is unknown
}

func ExampleReturn() {
	back, err := total().Return(attribution.Cost{})
	fmt.Println(back.Net, back.ROI(), back.PerWonLead(), err)
	// Output: 1800 n/a n/a <nil>
}

func ExampleReturn_ROI() {
	fmt.Println(attribution.Return{Cost: euros(100), Net: euros(250)}.ROI())
	// Output: 150%
}

func ExampleReturn_PerWonLead() {
	fmt.Println(attribution.Return{Cost: euros(100), WonLeads: 8}.PerWonLead().Value(2))
	// Output: 12.5 true
}

func ExamplePipeline_Sourced() {
	sourced, err := quarterly().Sourced(attribution.Query{Period: success.Quarter(2025, 2), By: attribution.BySource})
	if err != nil {
		fmt.Println(err)
	}
	for _, r := range append(sourced.Rows, sourced.Total...) {
		fmt.Printf("%q %d %v\n", r.Key, r.Deals, r.Net)
	}
	// Output:
	// "service" 1 1000
	// "unattributed" 1 800
	// "" 2 1800
}

func ExampleSourced() {
	sourced, err := quarterly().Sourced(attribution.Query{Period: success.Quarter(2025, 2)})
	fmt.Println(sourced.Total[0].Net, err)
	// Output: 1800 <nil>
}

func ExampleSourcedRow() {
	fmt.Printf("%+v\n", attribution.SourcedRow{Key: "service", Currency: "EUR", Deals: 1, Net: euros(1000)})
	// Output: {Key:service Currency:EUR Deals:1 Net:1000}
}

func ExamplePipeline_Influenced() {
	influenced, err := quarterly().Influenced(success.Quarter(2025, 2), 31*24*time.Hour)
	if err != nil {
		fmt.Println(err)
	}
	for _, r := range influenced.Rows {
		fmt.Println(r.Key, r.Deals, r.Net)
	}
	// Output:
	// newsletter 1 1000
	// support 2 1800
}

func ExampleInfluenced() {
	influenced, err := quarterly().Influenced(success.Quarter(2025, 2), 0)
	fmt.Println(len(influenced.Rows), "keys touched", influenced.Total[0].Deals, "deals", err)
	// Output: 2 keys touched 2 deals <nil>
}

func ExampleInfluencedRow() {
	fmt.Printf("%+v\n", attribution.InfluencedRow{Key: "support", Currency: "EUR", Deals: 2, Net: euros(1800)})
	// Output: {Key:support Currency:EUR Deals:2 Net:1800}
}

func ExampleInfluenced_Overlap() {
	influenced, err := quarterly().Influenced(success.Quarter(2025, 2), 0)
	fmt.Println(influenced.Overlap(""), err) // 2,800 of 1,800
	// Output: 155.6% <nil>
}

func ExamplePipeline_Target() {
	t, err := quarterly().Target(attribution.Query{Period: success.Year(2025)}, attribution.Goal{Amount: euros(7300)})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(t.Actual, "by day", t.Passed, "of", t.Days, "pace", t.Pace())
	// Output: 1800 by day 181 of 365 pace 49.7%
}

func ExampleGoal() {
	_, err := quarterly().Target(attribution.Query{Period: success.Year(2025)}, attribution.Goal{Currency: "EUR"})
	fmt.Println(err)
	// Output:
	// 2 faults
	// 	goal.Amount: 0 is not above 0
	// 	goal.Currency: EUR is unknown
}

// halfway is 400 of 1,000, with 50 of 100 days gone.
var halfway = attribution.Target{Goal: attribution.Goal{Amount: euros(1000)}, Actual: euros(400), Days: 100, Passed: 50}

func ExampleTarget() {
	fmt.Println(halfway.Attainment(), "in", halfway.Elapsed())
	// Output: 40% in 50%
}

func ExampleTarget_Attainment() {
	fmt.Println(halfway.Attainment())
	// Output: 40%
}

func ExampleTarget_Elapsed() {
	fmt.Println(halfway.Elapsed())
	// Output: 50%
}

func ExampleTarget_Pace() {
	fmt.Println(halfway.Pace())
	// Output: 80%
}

func ExampleTarget_Projected() {
	fmt.Println(halfway.Projected().Value(2))
	// Output: 800 true
}

func ExampleTarget_Needed() {
	fmt.Println(halfway.Needed().Value(2)) // 600 in 50 days
	// Output: 12 true
}

func ExampleInWindow() {
	closed := day("2025-05-31")
	for _, s := range []string{"2025-04-30", "2025-05-01", "2025-05-31", "2025-06-01"} {
		fmt.Println(s, attribution.InWindow(day(s), closed, 30*24*time.Hour))
	}
	// Output:
	// 2025-04-30 false
	// 2025-05-01 true
	// 2025-05-31 true
	// 2025-06-01 false
}
