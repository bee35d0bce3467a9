package backtest_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/health/backtest"
)

// tested is the back-test of accounts.
func tested() backtest.Report {
	report, err := backtest.Run(accounts(), backtest.Options{
		Bands: []string{"Red", "Yellow", "Green"}, Horizon: 90,
		Worst: []decimal.Decimal{decimal.RequireFromString("0.3")},
	})
	if err != nil {
		fmt.Println(err)
	}
	return report
}

// Three of ten left, and with them 21,000 of 47,000.
func ExampleReport() {
	r := tested()
	fmt.Println(r.Left, "of", r.Accounts, "left:", r.BaseRate)
	fmt.Println(r.Lost, "of", r.Revenue, "lost")
	// Output:
	// 3 of 10 left: 0.3 (0.107791, 0.603222)
	// 21000 of 47000 lost
}

// Does red leave? Two of three did, and with them 13 of 19 thousand.
func ExampleBand() {
	red := tested().Bands[0]
	fmt.Println(red.Name, red.Left, "of", red.Accounts, "accounts,", red.Lost, "of", red.Revenue)
	fmt.Printf("%.2f of the accounts, %.2f of the revenue\n", figure(red.Rate.Value), figure(red.LostRate.Value))
	// Output:
	// Red 2 of 3 accounts, 13000 of 19000
	// 0.67 of the accounts, 0.68 of the revenue
}

// figure returns the value of one that is defined.
func figure(f success.Figure) float64 { v, _ := f.Float64(); return v }

// Is red worse than yellow? By a third of the accounts, which may be chance.
func ExamplePair() {
	p := tested().Pairs[0]
	fmt.Println(p.Worse, "less", p.Better, "is", p.Difference.Value, "may be chance:", p.Difference.Contains(0))
	// Output: Red less Yellow is 0.333333 may be chance: true
}

// Who looks at the three worst scores of ten finds two of the three who left.
func ExampleCatch() {
	c := tested().Worst[0]
	fmt.Println(c.Accounts, "accounts:", c.Precision, "of them left,", c.Recall, "of the leavers are among them")
	// Output: 3 accounts: 66.7% of them left, 66.7% of the leavers are among them
}

// A horizon of 30 days sees only who left within 30 days.
func ExampleOptions() {
	for _, days := range []int{30, 90, 91} {
		report, err := backtest.Run(accounts(), backtest.Options{Bands: []string{"Red", "Yellow", "Green"}, Horizon: days})
		fmt.Println(days, "days:", report.Left, "left", err)
	}
	// Output:
	// 30 days: 1 left <nil>
	// 90 days: 3 left <nil>
	// 91 days: 4 left <nil>
}

// Those who have not logged in for long are those who left. Many days are bad: it
// is for the scale of a measure to say so.
func ExampleMeasure() {
	var records []backtest.Record
	for i, days := range []float64{1, 2, 40, 50} {
		records = append(records, backtest.Record{
			Account: success.AccountID(fmt.Sprint(i)), Event: i >= 2, Measures: []success.Figure{success.FigureOf(days)},
		})
	}
	for _, scale := range []health.Scale{health.Risk, health.Health} {
		report, err := backtest.Run(records, backtest.Options{Measures: []backtest.Measure{{Name: "days since login", Scale: scale}}})
		fmt.Println("as", scale, "an area of", report.Measures[0].AUC.Value, err)
	}
	// Output:
	// as risk an area of 1 <nil>
	// as health an area of 0 <nil>
}

// Of four accounts that log in little half left, of four that log in much none did.
func ExampleBin() {
	var records []backtest.Record
	for i := range 8 {
		records = append(records, backtest.Record{
			Account: success.AccountID(fmt.Sprint(i)), Event: i < 2, Measures: []success.Figure{success.FigureOf(float64(i))},
		})
	}
	report, err := backtest.Run(records, backtest.Options{Measures: []backtest.Measure{{Name: "logins"}}, Bins: 2})
	for _, b := range report.Measures[0].Bins {
		fmt.Println(b.Worst, "to", b.Best, ":", b.Left, "of", b.Accounts, "left")
	}
	fmt.Println(err)
	// Output:
	// 0 to 3 : 2 of 4 left
	// 4 to 7 : 0 of 4 left
	// <nil>
}

// Where does a score tell best? At 40 and worse are all leavers, and two of the five who stayed.
func ExampleDistance() {
	d := ranking().KS()
	c := ranking().Confusion(figure(d.At))
	fmt.Println("at", d.At, c.Recall(), "less", c.FalseAlarm(), "is", d.Value)
	// Output: at 40 100% less 40% is 0.6
}

// Half left. Who says 50 % of everybody is no better than the base rate; who says 100 and 0 % of the right ones is perfect.
func ExampleBrier() {
	b, err := backtest.BrierOf([]float64{0.5, 0.5}, []bool{true, false})
	fmt.Println(b.Score, b.Base, b.Skill, err)
	b, err = backtest.BrierOf([]float64{1, 0}, []bool{true, false})
	fmt.Println(b.Score, b.Base, b.Skill, err)
	// Output:
	// 0.25 0.25 0 <nil>
	// 0 0.25 1 <nil>
}

// Of the accounts from 20 to 40 half left.
func ExampleStep() {
	s := ranking().Calibrate().Steps[1]
	fmt.Println(s.Worst, "to", s.Best, s.Left, "of", s.Accounts, s.Probability)
	// Output: 20 to 40 2 of 4 50%
}

// An account without a score is not safe: nothing is known of it.
func ExampleStake() {
	exposure, _, err := ranking().Calibrate().RevenueAtRisk([]backtest.Stake{
		{Score: success.FigureOf(80), Revenue: decimal.NewFromInt(1200)},
		{Revenue: decimal.NewFromInt(300)},
	})
	fmt.Println(exposure.AtRisk, "at risk,", exposure.Unrated, "unrated", err)
	// Output: 0 at risk, 300 unrated <nil>
}

// Half of 1,200, and all of 500.
func ExampleExposure() {
	exposure, ok, err := ranking().Calibrate().RevenueAtRisk([]backtest.Stake{
		{Score: success.FigureOf(30), Revenue: decimal.NewFromInt(1200)},
		{Score: success.FigureOf(10), Revenue: decimal.NewFromInt(500)},
	})
	fmt.Println(exposure.AtRisk, "of", exposure.Revenue, ok, err)
	// Output: 1100 of 1700 true <nil>
}

func ExampleRanking_AppendBinary() {
	message, err := ranking().AppendBinary([]byte("scores "))
	var sent backtest.Ranking
	fmt.Println(sent.UnmarshalBinary(message[7:]), err)
	fmt.Println(sent.Left(), "of", sent.Accounts(), "left")
	// Output:
	// <nil> <nil>
	// 3 of 8 left
}
