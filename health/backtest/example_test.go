package backtest_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/health/backtest"
)

// Ten accounts were scored on a day; three left within ninety days of it.
func accounts() []backtest.Record {
	scored := success.MustDate("2025-03-31")
	record := func(account success.AccountID, score float64, band string, revenue int64, left string) backtest.Record {
		r := backtest.Record{Account: account, Score: success.FigureOf(score), Band: band, Revenue: decimal.NewFromInt(revenue), ScoredAt: scored}
		if left != "" {
			r.Left = success.MustDate(left)
		}
		return r
	}
	return []backtest.Record{
		record("Ashdown", 12, "Red", 9000, "2025-04-30"),
		record("Birchley", 25, "Red", 4000, "2025-06-01"),
		record("Cedarhurst", 31, "Red", 6000, ""),
		record("Denholm", 44, "Yellow", 2000, ""),
		record("Elmstead", 52, "Yellow", 8000, "2025-06-29"),
		record("Fernhill", 58, "Yellow", 3000, "2025-06-30"), // a day too late to count
		record("Gorse", 73, "Green", 5000, ""),
		record("Hazelton", 80, "Green", 7000, ""),
		record("Ivybridge", 88, "Green", 1000, ""),
		record("Juniper", 95, "Green", 2000, ""),
	}
}

func ExampleRun() {
	report, err := backtest.Run(accounts(), backtest.Options{
		Bands:   []string{"Red", "Yellow", "Green"},
		Horizon: 90,
		Worst:   []decimal.Decimal{decimal.RequireFromString("0.2")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, b := range report.Bands {
		fmt.Printf("%s: %d of %d left, %v; lost %s of %s\n", b.Name, b.Left, b.Accounts, b.Rate, b.Lost, b.Revenue)
	}
	fmt.Println("bands are", report.Order)
	fmt.Println("area", report.AUC, "-", report.Finding)
	lift, _ := report.Worst[0].Lift.Value(2)
	fmt.Println("the worst 20% are", report.Worst[0].Recall, "of the leavers, lift", lift)
	fmt.Println("revenue at risk", report.AtRisk.AtRisk)
	for _, w := range report.Warnings {
		fmt.Println(w)
	}
	// Output:
	// Red: 2 of 3 left, 0.666667 (0.20766, 0.938508); lost 13000 of 19000
	// Yellow: 1 of 3 left, 0.333333 (0.0614919, 0.79234); lost 8000 of 13000
	// Green: 0 of 4 left, 0 (0, 0.489891); lost 0 of 15000
	// bands are in order
	// area 0.904762 (0.418948, 0.992074) - nothing found
	// the worst 20% are 66.7% of the leavers, lift 3.33
	// revenue at risk 18333.333333
	// band Red: fewer than 10 events: 2
	// band Yellow: fewer than 10 events: 1
	// band Green: fewer than 10 events: 0
}

// What the data support, with what supports it: of two measures one says nothing.
func ExampleSuggestion() {
	records := make([]backtest.Record, 40)
	for i := range records {
		records[i] = backtest.Record{
			Account:  success.AccountID(fmt.Sprint(i)),
			Event:    i < 16,
			Measures: []success.Figure{success.FigureOf(float64(i * 7 % 29)), success.FigureOf(float64(i + i%2*9))},
		}
	}
	report, err := backtest.Run(records, backtest.Options{Measures: []backtest.Measure{{Name: "opened mails"}, {Name: "logins"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range report.Suggestions {
		fmt.Printf("%s: weight %v, Gini %v, %v\n", s.Measure, s.Weight, s.Gini, s.Finding)
	}
	// Output:
	// opened mails: weight n/a, Gini -0.0390625 (-0.437609, 0.372312), nothing found
	// logins: weight 1, Gini 0.934896 (0.726596, 0.985802), worse scores leave
}

func ExampleInformation() {
	var records []backtest.Record
	for i, left := range []bool{true, true, false, true, false, false, false, false} {
		r := backtest.Record{Account: success.AccountID(fmt.Sprint(i)), Event: left, Measures: make([]success.Figure, 1)}
		if i < 7 {
			r.Measures[0] = success.FigureOf(float64(i / 3))
		}
		records = append(records, r)
	}
	report, err := backtest.Run(records, backtest.Options{Measures: []backtest.Measure{{Name: "seats"}}, Bins: 3})
	info := report.Measures[0]
	fmt.Println(info.Measure, "information value", info.IV, "of which by chance", info.Chance, err)
	for _, b := range info.Bins {
		fmt.Println(b.Worst, "to", b.Best, ":", b.Left, "of", b.Accounts, "left, weight of evidence", b.WoE)
	}
	// Output:
	// seats information value 0.586164 of which by chance 1.6 <nil>
	// 0 to 0 : 2 of 3 left, weight of evidence -1.20397
	// 1 to 1 : 1 of 3 left, weight of evidence 0.182322
	// 2 to 2 : 0 of 1 left, weight of evidence 0.182322
	// n/a to n/a : 0 of 1 left, weight of evidence 0.182322
}

func ExampleWarning_Error() {
	report, err := backtest.Run([]backtest.Record{{Account: "Ashdown", Score: success.FigureOf(12)}}, backtest.Options{})
	for _, w := range report.Warnings {
		fmt.Println(w, errors.Is(w, backtest.ErrNoEvents), err)
	}
	// Output: nobody left: whatever needs an event is undefined true <nil>
}

func ExampleWarning_Unwrap() {
	w := backtest.Warning{Kind: backtest.ErrTooGood, Subject: "measure logins"}
	fmt.Println(w.Unwrap() == backtest.ErrTooGood)
	// Output: true
}

func ExampleWarning_MarshalText() {
	text, err := json.Marshal(backtest.Warning{Kind: backtest.ErrFewEvents, Subject: "band Red", Detail: "3"})
	fmt.Println(string(text), err)
	// Output: "band Red: fewer than 10 events: 3" <nil>
}

func ExampleRecord() {
	scored := success.MustDate("2025-03-31")
	_, err := backtest.Run([]backtest.Record{
		{Account: "Ashdown", Score: success.FigureOf(12), ScoredAt: scored, Left: success.MustDate("2025-03-30")},
	}, backtest.Options{Horizon: 90})
	fmt.Println(err)
	// Output: record[0].Left: 2025-03-30 is not after ScoredAt 2025-03-31: the score knew the outcome
}

func ranking() backtest.Ranking {
	r, err := backtest.Rank(
		[]float64{10, 20, 30, 40, 40, 60, 70, 80},
		[]bool{true, false, true, true, false, false, false, false}, health.Health)
	if err != nil {
		panic(err)
	}
	return r
}

func ExampleRank() {
	r, err := backtest.Rank([]float64{0.1, 0.4, 0.35, 0.8}, []bool{false, false, true, true}, health.Risk)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.AUC(0.95))
	// Output: 0.75 (0.0693233, 0.991792) <nil>
}

func ExampleRanking_AUC() {
	fmt.Println(ranking().AUC(0))
	// Output: 0.833333 (0.355055, 0.978454) <nil>
}

func ExampleRanking_KS() {
	d := ranking().KS()
	fmt.Println(d.Value, "at", d.At)
	// Output: 0.6 at 40
}

// The third of three accounts is one of two that scored the same: half of it counts.
func ExampleRanking_Worst() {
	c, err := ranking().Worst(decimal.RequireFromString("0.5"))
	caught, _ := c.Caught.Value(1)
	fmt.Println("of", c.Accounts, "accounts", caught, "left:", c.Precision, c.Recall, c.FalseAlarm, err)
	// Output: of 4 accounts 2.5 left: 62.5% 83.3% 30% <nil>
}

func ExampleRanking_Confusion() {
	c := ranking().Confusion(30)
	fmt.Println(c.TruePositive, c.FalsePositive, c.FalseNegative, c.TrueNegative, c.Recall())
	// Output: 2 1 1 4 66.7%
}

func ExampleRanking_Calibrate() {
	c := ranking().Calibrate()
	for _, s := range c.Steps {
		fmt.Println(s.Worst, "to", s.Best, ":", s.Left, "of", s.Accounts, "left,", s.Probability)
	}
	// Output:
	// 10 to 10 : 1 of 1 left, 100%
	// 20 to 40 : 2 of 4 left, 50%
	// 60 to 80 : 0 of 3 left, 0%
}

func ExampleCalibration_Probability() {
	c := ranking().Calibrate()
	fmt.Println(c.Probability(success.FigureOf(5)), c.Probability(success.FigureOf(25)), c.Probability(success.Figure{}))
	// Output: 100% 50% n/a
}

func ExampleCalibration_Defined() {
	fmt.Println(ranking().Calibrate().Defined(), backtest.Ranking{}.Calibrate().Defined())
	// Output: true false
}

func ExampleCalibration_RevenueAtRisk() {
	exposure, ok, err := ranking().Calibrate().RevenueAtRisk([]backtest.Stake{
		{Score: success.FigureOf(35), Revenue: decimal.NewFromInt(1200)},
		{Score: success.FigureOf(95), Revenue: decimal.NewFromInt(5000)},
		{Revenue: decimal.NewFromInt(300)},
	})
	fmt.Println(exposure.AtRisk, "of", exposure.Revenue, "and", exposure.Unrated, "without a score", ok, err)
	// Output: 600 of 6200 and 300 without a score true <nil>
}

func ExampleRanking_Merge() {
	europe, _ := backtest.Rank([]float64{1, 2}, []bool{true, false}, health.Health)
	asia, _ := backtest.Rank([]float64{2, 3}, []bool{true, false}, health.Health)
	both, err := europe.Merge(asia)
	fmt.Println(both.Accounts(), "accounts,", both.Left(), "left", err)
	// Output: 4 accounts, 2 left <nil>
}

func ExampleRanking_Accounts() {
	fmt.Println(ranking().Accounts())
	// Output: 8
}

func ExampleRanking_Left() {
	fmt.Println(ranking().Left())
	// Output: 3
}

func ExampleRanking_Undefined() {
	nobody, _ := backtest.Rank([]float64{10, 20}, []bool{false, false}, health.Health)
	fmt.Printf("%q %q\n", nobody.Undefined(), ranking().Undefined())
	// Output: "undefined, 0 events" ""
}

func published() backtest.Confusion {
	return backtest.Confusion{TrueNegative: 229_493, FalseNegative: 6_604, FalsePositive: 34_687, TruePositive: 10_497}
}

func ExampleConfusion() {
	c := published()
	fmt.Println(c.Precision(), c.Recall(), c.FalseAlarm())
	// Output: 23.2% 61.4% 13.1%
}

func ExampleConfusion_Precision() {
	fmt.Println(published().Precision())
	// Output: 23.2%
}

func ExampleConfusion_Recall() {
	fmt.Println(published().Recall())
	// Output: 61.4%
}

func ExampleConfusion_FalseAlarm() {
	fmt.Println(published().FalseAlarm())
	// Output: 13.1%
}

func ExampleConfusion_BaseRate() {
	fmt.Println(published().BaseRate())
	// Output: 6.1%
}

func ExampleConfusion_Lift() {
	fmt.Println(published().Lift().Value(2))
	// Output: 3.82 true
}

func ExampleBrierOf() {
	b, err := backtest.BrierOf([]float64{0.1, 0.9, 0.8, 0.3}, []bool{false, true, true, false})
	fmt.Println(b.Score, "against", b.Base, "of the base rate: skill", b.Skill, err)
	// Output: 0.0375 against 0.25 of the base rate: skill 0.85 <nil>
}

func ExampleFindingOf() {
	fmt.Println(backtest.FindingOf(success.EstimateOf(0.56, 0.42, 0.69)), "-", backtest.FindingOf(success.EstimateOf(0.8, 0.7, 0.9)))
	// Output: nothing found - worse scores leave
}

func ExampleFinding_String() {
	fmt.Println(backtest.Nothing)
	// Output: nothing found
}

func ExampleFinding_MarshalText() {
	text, err := backtest.Tells.MarshalText()
	fmt.Println(string(text), err)
	// Output: worse scores leave <nil>
}

func ExampleFinding_UnmarshalText() {
	var f backtest.Finding
	fmt.Println(f.UnmarshalText([]byte("better scores leave")), f == backtest.Backwards)
	// Output: <nil> true
}

func ExampleOrder_String() {
	fmt.Println(backtest.InOrder, "or", backtest.OutOfOrder)
	// Output: in order or out of order
}

func ExampleOrder_MarshalText() {
	text, err := backtest.OutOfOrder.MarshalText()
	fmt.Println(string(text), err)
	// Output: out of order <nil>
}

func ExampleOrder_UnmarshalText() {
	var o backtest.Order
	fmt.Println(o.UnmarshalText([]byte("level")), o == backtest.Level)
	// Output: <nil> true
}
