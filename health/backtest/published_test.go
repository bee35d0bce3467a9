package backtest_test

import (
	"fmt"
	"math"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/health/backtest"
)

// The area is that of the example in the documentation of scikit-learn's
// roc_auc_score, the Brier score that of brier_score_loss. DeLong's interval by
// hand: the leavers score worse than ½ and all of the stayers, the stayers are
// scored worse than by all and ½ of the leavers, so that both variances are ⅛, and
// V is ⅛/2 + ⅛/2.
func TestH23(t *testing.T) { // H23
	r := rank(t, []float64{.1, .4, .35, .8}, []bool{false, false, true, true}, health.Risk)
	a := area(t, r)
	near(t, "area", a.Value, 0.75)
	margin := 1.959963984540054 * math.Sqrt(0.125) / (0.75 * 0.25)
	near(t, "lower", a.Lower, 1/(1+math.Exp(-math.Log(3)+margin)))
	near(t, "upper", a.Upper, 1/(1+math.Exp(-math.Log(3)-margin)))
	b, err := backtest.BrierOf([]float64{.1, .9, .8, .3}, []bool{false, true, true, false})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "Brier score", b.Score, 0.0375)
	near(t, "Brier score of the base rate", b.Base, 0.25)
	near(t, "skill", b.Skill, 0.85)
}

// The counts are those of a published model of churn; all but lift are rounded to
// as many digits as published.
func TestH24(t *testing.T) { // H24
	c := backtest.Confusion{TrueNegative: 229_493, FalseNegative: 6_604, FalsePositive: 34_687, TruePositive: 10_497}
	for _, want := range []struct {
		what  string
		ratio success.Ratio
		value string
	}{
		{"precision", c.Precision(), "0.232"},
		{"recall", c.Recall(), "0.614"},
		{"base rate", c.BaseRate(), "0.061"},
		{"lift", c.Lift(), "3.821"},
		{"false alarm", c.FalseAlarm(), "0.131"},
	} {
		if got, ok := want.ratio.Value(3); !ok || got.StringFixed(3) != want.value {
			t.Errorf("%s is %s, want %s", want.what, got, want.value)
		}
	}
	if base, _ := c.BaseRate().Value(4); base.String() != "0.0608" {
		t.Errorf("base rate is %s", base)
	}
}

// Complaints of 3,150 customers of a telephone company and who left (Iranian Churn
// data set, UCI Machine Learning Repository 563, CC BY 4.0): 200 of the 241 who
// complained, and 295 of the others. The figures were computed in another language
// from their definitions, by cell.
func TestComplaints(t *testing.T) {
	var records []backtest.Record
	add := func(complains float64, left, stayed int) {
		for i := range left + stayed {
			complained := success.FigureOf(complains)
			records = append(records, backtest.Record{
				Account: success.AccountID(fmt.Sprint(complains, i)), Score: complained, Event: i < left, Measures: []success.Figure{complained},
			})
		}
	}
	add(1, 200, 41)
	add(0, 295, 2614)
	r := run(t, records, backtest.Options{Scale: health.Risk, Measures: []backtest.Measure{{Name: "complains", Scale: health.Risk}}})
	near(t, "area", r.AUC.Value, 0.6942989214175654)
	near(t, "lower", r.AUC.Lower, 0.6721136795150012)
	near(t, "upper", r.AUC.Upper, 0.7156182113048419)
	near(t, "distance", r.KS.Value, 0.388597842835131)
	near(t, "information value", r.Measures[0].IV, 1.4636175723650737)
	if lift, ok := r.Worst[0].Lift.Float64(); !ok || math.Abs(lift-5.281026027913995) > 1e-9 { // 5 % lie among those who complained
		t.Errorf("lift %v", lift)
	}
	if r.Finding != backtest.Tells || warned(r, backtest.ErrTooGood) == "" {
		t.Errorf("%v, %v", r.Finding, r.Warnings)
	}
}

func TestH25(t *testing.T) { // H25
	var records []backtest.Record
	for i := range 32 {
		records = append(records, backtest.Record{Account: success.AccountID(fmt.Sprint(i)), Band: "Red", Revenue: number("12.5"), Event: i < 6})
	}
	r, err := backtest.Run(records, backtest.Options{Bands: []string{"Red"}})
	if err != nil {
		t.Fatal(err)
	}
	// Accounts of one size tell as much about revenue as about themselves.
	for what, e := range map[string]success.Estimate{"accounts": r.Bands[0].Rate, "base rate": r.BaseRate, "revenue": r.Bands[0].LostRate, "all revenue": r.LostRate} {
		near(t, what, e.Value, 0.1875)
		for limit, f := range map[float64]success.Figure{.08889545: e.Lower, .35309155: e.Upper} {
			if got, ok := f.Float64(); !ok || math.Abs(got-limit) > 5e-9 {
				t.Errorf("%s: limit %v, want %v", what, f, limit)
			}
		}
	}
}
