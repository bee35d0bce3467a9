package retention_test

import (
	"fmt"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// The movement of the examples opens with 20,400 a year of four customers: one of
// 12,000 that grew by 3,000, one of 1,200 that shrank by 200, one of 1,200 that
// stayed the same and one of 6,000 that left. It closes with 19,600 of five.

func ExampleMovement_NRR() {
	fmt.Println(exampleYear().NRR()) // (20400 + 3000 - 200 - 6000) / 20400
	year, _ := exampleBook(retention.Options{IncludeReactivation: true}).Between(success.Year(2025))
	fmt.Println(year.NRR()) // and 1800 that came back
	// Output:
	// 84.3%
	// 93.1%
}

func ExampleMovement_GRR() {
	fmt.Println(exampleYear().GRR()) // (12000 + 1000 + 1200) / 20400
	// Output: 69.6%
}

func ExampleMovement_LogoRetention() {
	fmt.Println(exampleYear().LogoRetention()) // 3 of 4
	// Output: 75%
}

func ExampleMovement_LogoChurn() {
	fmt.Println(exampleYear().LogoChurn()) // 1 of 4
	// Output: 25%
}

func ExampleMovement_GrossRevenueChurn() {
	fmt.Println(exampleYear().GrossRevenueChurn()) // (200 + 6000) / 20400
	// Output: 30.4%
}

func ExampleMovement_NetRevenueChurn() {
	fmt.Println(exampleYear().NetRevenueChurn()) // (200 + 6000 - 3000) / 20400
	// Output: 15.7%
}

func ExampleMovement_ExpansionRate() {
	fmt.Println(exampleYear().ExpansionRate()) // 3000 / 20400
	// Output: 14.7%
}

func ExampleMovement_ContractionRate() {
	fmt.Println(exampleYear().ContractionRate()) // 200 / 20400
	// Output: 1%
}

func ExampleMovement_UpgradeRate() {
	year := exampleYear()
	fmt.Println(year.UpgradeRate(), year.UpgradeRevenueRate()) // 1 of 3; 12000 / 14400
	// Output: 33.3% 83.3%
}

func ExampleMovement_DowngradeRate() {
	year := exampleYear()
	fmt.Println(year.DowngradeRate(), year.DowngradeRevenueRate()) // 1 of 3; 1200 / 14400
	// Output: 33.3% 8.3%
}

func ExampleMovement_FlatRate() {
	year := exampleYear()
	fmt.Println(year.FlatRate(), year.FlatRevenueRate()) // 1 of 3; 1200 / 14400
	// Output: 33.3% 8.3%
}

func ExampleMovement_UpgradeRevenueRate() {
	fmt.Println(exampleYear().UpgradeRevenueRate()) // 12000 / 14400
	// Output: 83.3%
}

func ExampleMovement_DowngradeRevenueRate() {
	fmt.Println(exampleYear().DowngradeRevenueRate()) // 1200 / 14400
	// Output: 8.3%
}

func ExampleMovement_FlatRevenueRate() {
	fmt.Println(exampleYear().FlatRevenueRate()) // 1200 / 14400
	// Output: 8.3%
}

func ExampleMovement_QuickRatio() {
	ratio, ok := exampleYear().QuickRatio().Value(2) // (600 + 1800 + 3000) / (200 + 6000)
	fmt.Println(ratio, ok)
	// Output: 0.87 true
}

func ExampleMovement_ARPA() {
	arpa, ok := exampleYear().ARPA().Value(2) // 19600 / 5
	fmt.Println(arpa, ok)
	// Output: 3920 true
}

func ExampleMovement_MonthlyARPA() {
	arpa, ok := exampleYear().MonthlyARPA().Value(2) // 19600 / 12 / 5
	fmt.Println(arpa, ok)
	// Output: 326.67 true
}

func ExampleMovement_Merge() {
	contracts := company()
	first, _ := retention.NewBook(contracts[:3], retention.Options{})  // Alder and Birch
	second, _ := retention.NewBook(contracts[3:], retention.Options{}) // the others
	a, _ := first.Between(success.Year(2025))
	b, _ := second.Between(success.Year(2025))
	all, err := a.Merge(b)
	fmt.Println(a.NRR(), b.NRR(), all.NRR(), err)
	// Output: 122.7% 13.9% 84.3% <nil>
}

func ExampleAmounts_Monthly() {
	mrr := exampleYear().Monthly(2)
	fmt.Println(mrr.Opening, mrr.Churn, mrr.Closing)
	// Output: 1700 500 1633.33
}

func ExampleAmounts_Net() {
	fmt.Println(exampleYear().Net())
	// Output: -800
}

func ExampleSnapshot_MRR() {
	day, _ := exampleBook(retention.Options{}).On(success.MustDate("2025-12-31"))
	fmt.Println(day.MRR(2))
	// Output: 1633.33
}

func ExampleSnapshot_Merge() {
	contracts := company()
	first, _ := retention.NewBook(contracts[:3], retention.Options{})
	second, _ := retention.NewBook(contracts[3:], retention.Options{})
	a, _ := first.On(success.MustDate("2025-12-31"))
	b, _ := second.On(success.MustDate("2025-12-31"))
	all, err := a.Merge(b)
	fmt.Println(all.ARR, all.Customers, err)
	// Output: 19600 5 <nil>
}

func exampleRenewals() retention.Renewals {
	r, err := exampleBook(retention.Options{}).Renewals(success.Year(2025))
	if err != nil {
		panic(err)
	}
	return r
}

func ExampleRenewals_Logo() {
	fmt.Println(exampleRenewals().Logo()) // 1 of 2 contracts
	// Output: 50%
}

func ExampleRenewals_Gross() {
	fmt.Println(exampleRenewals().Gross()) // 12000 of 18000
	// Output: 66.7%
}

func ExampleRenewals_Net() {
	fmt.Println(exampleRenewals().Net()) // 15000 of 18000
	// Output: 83.3%
}

func ExampleRenewals_Merge() {
	r := exampleRenewals()
	twice, err := r.Merge(r) // as if another shard had the same contracts
	fmt.Println(twice.Due, twice.Logo(), err)
	// Output: 4 50% <nil>
}

func ExampleGrain() {
	contracts := []success.Contract{
		contract("A1", "Alder", "2024-01-01", "2025-06-01", 50, 1, success.Months(1)),
		contract("A2", "Alder", "2025-06-01", "", 50, 1, success.Months(1)),
	}
	contracts[1].Product = "Insight" // moved from one product to another
	for _, grain := range []retention.Grain{retention.GrainAccount, retention.GrainProduct} {
		book, _ := retention.NewBook(contracts, retention.Options{Grain: grain})
		year, _ := book.Between(success.Year(2025))
		fmt.Println("churn", year.Churn, "new", year.New)
	}
	// Output:
	// churn 0 new 0
	// churn 600 new 600
}

func ExampleMerger() {
	book := exampleBook(retention.Options{Mergers: []retention.Merger{
		{From: "Cedar", To: "Alder", On: success.MustDate("2025-05-01")},
	}})
	year, _ := book.Between(success.Year(2025))
	// Alder and Cedar paid 18000 together, then 15000: nobody left.
	fmt.Println(year.Opening, year.Churn, year.Contraction, year.Accounts.Opening, year.Accounts.Absorbed)
	// Output: 20400 0 3200 3 1
}

func ExampleRate() {
	contracts := []success.Contract{contract("A1", "Alder", "2024-01-01", "", 100, 1, success.Months(12))}
	contracts[0].Currency = "USD"
	book, _ := retention.NewBook(contracts, retention.Options{Currency: "EUR", Rates: []retention.Rate{
		{Currency: "USD", Date: success.MustDate("2025-01-01"), Rate: decimal.RequireFromString("0.95")},
		{Currency: "USD", Date: success.MustDate("2025-07-01"), Rate: decimal.RequireFromString("0.85")},
	}})
	year, _ := book.Between(success.Year(2025))
	fmt.Println(year.Opening, year.FX, year.Closing, year.NRR())
	// Output: 95 -10 85 100%
}

func ExampleKind() {
	var k retention.Kind
	err := k.UnmarshalText([]byte("reactivation"))
	fmt.Println(k == retention.Reactivation, k, retention.None, err)
	// Output: true reactivation none <nil>
}

func ExampleCause() {
	c := retention.Cause{Renewal: decimal.NewFromInt(300), MidTerm: decimal.NewFromInt(-50)}
	fmt.Println(c.Total())
	// Output: 250
}

func ExampleAnnualize() {
	yearly, ok := retention.Annualize(success.RatioOf(2, 100), 30) // 2 % in a month of 30 days
	fmt.Printf("%.4f %v\n", yearly, ok)
	// Output: 0.2179 true
}

func ExampleLifetimeValue() {
	year := exampleYear()
	value, ok := retention.LifetimeValue(year.ARPA(), decimal.RequireFromString("0.8"), year.LogoChurn()).Value(2)
	fmt.Println(value, ok) // 3920 × 0.8 / 0.25
	// Output: 12544 true
}

func ExampleCACPayback() {
	arpa := success.Ratio{Num: decimal.NewFromInt(99), Den: decimal.NewFromInt(1)}
	months, ok := retention.CACPayback(decimal.NewFromInt(250), arpa, decimal.RequireFromString("0.7")).Value(1)
	fmt.Println(months, ok)
	// Output: 3.6 true
}

func ExampleProject() {
	path, err := retention.Project(retention.Projection{
		New:   decimal.NewFromInt(5000),
		Churn: decimal.RequireFromString("0.05"),
	}, 3)
	ceiling, _ := path.Ceiling.Value(0)
	fmt.Println(path.Values, ceiling, err)
	// Output: [0 5000 9750 14262.5] 100000 <nil>
}

func ExamplePointOfRetention() {
	point, err := retention.PointOfRetention(decimal.NewFromInt(10_000_000), decimal.RequireFromString("0.9"), 5, decimal.NewFromInt(800_000))
	fmt.Println(point.FirstYear, point.Total.Round(2), point.BreakEvenBase, err)
	// Output: 100000 1158627.55 80000000 <nil>
}
