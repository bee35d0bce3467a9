package help_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"testing"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/cohort/help"
	"metrics.internal/success/cohort/proportion"
	"metrics.internal/success/internal/golden"
)

func near(t *testing.T, what string, got success.Figure, want, tolerance float64) {
	t.Helper()
	v, ok := got.Float64()
	if !ok || !golden.Near(v, want, tolerance) {
		t.Errorf("%s: got %.17g %v, want %.17g", what, v, ok, want)
	}
}

// within compares a figure with one printed with a rounding of so much.
func within(t *testing.T, what string, got success.Figure, want, rounding float64) {
	t.Helper()
	if v, ok := got.Float64(); !ok || math.Abs(v-want) > rounding/2*1.01 {
		t.Errorf("%s: got %v %v, want %v", what, v, ok, want)
	}
}

func landmark(t *testing.T, accounts []help.Account, o help.Options) help.Result {
	t.Helper()
	r, err := help.Landmark(accounts, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func warned(warnings []error, kind error) bool {
	for _, w := range warnings {
		if errors.Is(w, kind) {
			return true
		}
	}
	return false
}

// telco returns the subscribers behind testdata/telco.csv as of 2020-01-02.
// Leavers all left the day before.
func telco(t *testing.T) (accounts []help.Account, asOf success.Date) {
	t.Helper()
	asOf = success.MustDate("2020-01-02")
	for _, row := range golden.Read(t, "../testdata/telco.csv") {
		for range row.Int("accounts") {
			a := help.Account{ID: success.AccountID(fmt.Sprint(len(accounts))), Stratum: row.Text("segment")}
			a.Start = asOf.AddDays(-row.Int("days"))
			if row.Int("left") == 1 {
				a.Left = asOf.AddDays(-1)
				a.Start = a.Left.AddDays(-row.Int("days"))
			}
			if row.Int("helped") == 1 {
				a.Began = a.Start
			}
			accounts = append(accounts, a)
		}
	}
	return accounts, asOf
}

func TestC3(t *testing.T) { // C3
	accounts, asOf := telco(t)
	if len(accounts) != 7032 {
		t.Fatalf("%d accounts", len(accounts))
	}
	r := landmark(t, accounts, help.Options{AsOf: asOf, Horizon: 365})
	within(t, "crude", r.Difference.Value, 0.1466, 0.0001)
	within(t, "adjusted", r.Adjusted.Difference.Value, 0.0876, 0.0001)
	within(t, "standard error", r.Adjusted.StdErr, 0.0101, 0.0001)
	if r.Adjusted.Kept != 6 || r.Adjusted.Dropped != 3 {
		t.Errorf("%d strata kept, %d dropped", r.Adjusted.Kept, r.Adjusted.Dropped)
	}
	if !warned(r.Warnings, help.ErrConfounded) || !warned(r.Warnings, help.ErrDropped) {
		t.Errorf("warnings: %v", r.Warnings)
	}
}

// heart returns the patients of the Stanford heart transplant programme. Days
// are doubled, since some are halves; a transplant is help.
func heart(t *testing.T) (accounts []help.Account, asOf success.Date) {
	t.Helper()
	first := success.MustDate("2000-01-01")
	asOf = first.AddDays(10000)
	byID := map[string]int{}
	for _, row := range golden.Read(t, "../testdata/inputs/heart_startstop.csv") {
		id := row.Text("id")
		if _, ok := byID[id]; !ok {
			byID[id] = len(accounts)
			accounts = append(accounts, help.Account{ID: success.AccountID(id), Start: first})
		}
		a := &accounts[byID[id]]
		day := func(column string) success.Date { return first.AddDays(int(2 * row.Float(column))) }
		if row.Int("transplant") == 1 {
			a.Began = day("start")
		}
		a.Left, a.Until = success.Date{}, success.Date{}
		if row.Int("event") == 1 {
			a.Left = day("stop")
		} else {
			a.Until = day("stop")
		}
	}
	return accounts, asOf
}

func TestC2(t *testing.T) { // C2
	accounts, asOf := heart(t)
	r, err := help.StartStop(accounts, help.Options{AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	g := r.LogRank.Groups[0]
	if g.Name != "helped" || g.Observed != 45 {
		t.Errorf("observed: %+v", g)
	}
	within(t, "expected", success.FigureOf(g.Expected), 43.595818, 1e-6)
	within(t, "variance", success.FigureOf(r.LogRank.Covariance[0][0]), 11.261496, 1e-6)
	within(t, "χ²", r.LogRank.ChiSquare, 0.1750858, 1e-7)
	within(t, "p", r.LogRank.P, 0.6756309, 1e-7)
}

// reference is the file of matched comparisons.
type reference struct {
	Exact    matched `json:"exact"`
	ExactATE matched `json:"exact_ate"`
	CEM      matched `json:"cem_cut"`
	Immortal struct {
		NaiveChiSquare  float64 `json:"naive_logrank_chisq"`
		LandmarkN       int     `json:"landmark30_n"`
		LandmarkTreated int     `json:"landmark30_treated"`
		ChiSquare       float64 `json:"landmark30_logrank_chisq"`
	} `json:"immortal_stanford"`
	Hand struct {
		Table []struct {
			Tier            string
			Helped, N, Kept int
		}
		ATT, ATE, Crude float64
	} `json:"hand"`
}

type matched struct {
	Strata   int     `json:"n_strata"`
	Treated  int     `json:"matched_treated"`
	Control  int     `json:"matched_control"`
	ESSc     float64 `json:"ess_control"`
	ESSt     float64 `json:"ess_treated"`
	Employed struct{ Treated, Control float64 }
	Effect   float64 `json:"att_employed"`
	RE78     struct{ Treated, Control float64 }
	Revenue  float64            `json:"att_re78"`
	After    map[string]float64 `json:"smd_after"`
	Before   map[string]float64 `json:"smd_before"`
}

func readReference(t *testing.T) reference {
	t.Helper()
	data, err := os.ReadFile("../testdata/matching.json")
	if err != nil {
		t.Fatal(err)
	}
	var r reference
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// TestGoldenLandmark takes patients alive and in sight after 30 days, which is
// day 31 of the data: it counts the day of acceptance as the first.
func TestGoldenLandmark(t *testing.T) {
	want := readReference(t).Immortal
	accounts, asOf := heart(t)
	r := landmark(t, accounts, help.Options{AsOf: asOf, Day: 62, Horizon: 100})
	if n := r.Helped.Accounts + r.Unhelped.Accounts; n != want.LandmarkN || r.Helped.Accounts != want.LandmarkTreated {
		t.Errorf("%d accounts, %d helped", n, r.Helped.Accounts)
	}
	near(t, "χ²", r.LogRank.ChiSquare, want.ChiSquare, 1e-9)
}

// lalonde returns the participants of a job training programme as accounts:
// training is help from the start, unemployment in 1978 is leaving, earnings in
// 1978 are revenue on the horizon.
func lalonde(t *testing.T, numbers, classes []string) (accounts []help.Account, asOf success.Date) {
	t.Helper()
	start := success.MustDate("2024-01-01")
	for _, row := range golden.Read(t, "../testdata/inputs/lalonde.csv") {
		a := help.Account{ID: success.AccountID(row.Text("id")), Start: start}
		if row.Int("treat") == 1 {
			a.Began = start
		}
		if row.Int("employed78") == 0 {
			a.Left = start.AddDays(1)
		}
		a.Closing = decimal.RequireFromString(row.Text("re78"))
		for _, name := range numbers {
			a.Numbers = append(a.Numbers, row.Float(name))
		}
		for _, name := range classes {
			a.Classes = append(a.Classes, row.Text(name))
		}
		accounts = append(accounts, a)
	}
	return accounts, start.AddDays(10)
}

func TestGoldenMatching(t *testing.T) {
	want := readReference(t)
	exact := help.Traits{Numbers: []help.Number{{Name: "married"}, {Name: "nodegree"}}, Classes: []string{"race"}}
	cem := help.Traits{Numbers: []help.Number{
		{Name: "age", Cuts: []float64{20, 25, 30, 40}}, {Name: "educ", Cuts: []float64{8.5, 11.5}},
		{Name: "married"}, {Name: "nodegree"},
		{Name: "re74", Cuts: []float64{0.5, 5000, 10000}}, {Name: "re75", Cuts: []float64{0.5, 5000, 10000}},
	}, Classes: []string{"race"}}
	for name, c := range map[string]struct {
		traits   help.Traits
		estimand help.Estimand
		want     matched
	}{
		"exact":     {exact, help.Treated, want.Exact},
		"exact ATE": {exact, help.Everybody, want.ExactATE},
		"cem":       {cem, help.Treated, want.CEM},
	} {
		t.Run(name, func(t *testing.T) {
			var numbers []string
			for _, n := range c.traits.Numbers {
				numbers = append(numbers, n.Name)
			}
			accounts, asOf := lalonde(t, numbers, c.traits.Classes)
			m, err := help.Match(accounts, help.MatchOptions{
				Options: help.Options{AsOf: asOf, Horizon: 5}, Traits: c.traits, Estimand: c.estimand,
			})
			if err != nil {
				t.Fatal(err)
			}
			checkMatched(t, m, c.want)
		})
	}
}

func checkMatched(t *testing.T, m help.Matched, want matched) {
	t.Helper()
	if m.Strata != want.Strata || m.Helped.Matched != want.Treated || m.Unhelped.Matched != want.Control {
		t.Errorf("%d strata, %d helped, %d unhelped", m.Strata, m.Helped.Matched, m.Unhelped.Matched)
	}
	near(t, "effective unhelped", success.FigureOf(m.Unhelped.Effective), want.ESSc, 1e-9)
	near(t, "effective helped", success.FigureOf(m.Helped.Effective), want.ESSt, 1e-9)
	near(t, "helped", m.Helped.Kept, want.Employed.Treated, 1e-9)
	near(t, "unhelped", m.Unhelped.Kept, want.Employed.Control, 1e-9)
	near(t, "difference", m.Difference.Value, want.Effect, 1e-9)
	if !m.Revenue {
		t.Error("no revenue")
	}
	near(t, "helped revenue", success.FigureOf(m.Helped.Closing.InexactFloat64()), want.RE78.Treated, 1e-9)
	near(t, "unhelped revenue", success.FigureOf(m.Unhelped.Closing.InexactFloat64()), want.RE78.Control, 1e-9)
	near(t, "revenue difference", success.FigureOf(m.Closing.InexactFloat64()), want.Revenue, 1e-9)
	if len(m.Balance) != len(want.Before) {
		t.Errorf("%d traits, want %d", len(m.Balance), len(want.Before))
	}
	for _, b := range m.Balance {
		name := b.Trait
		if len(name) > 5 && name[:5] == "race=" {
			name = "race" + name[5:]
		}
		if _, ok := want.Before[name]; !ok {
			t.Errorf("no trait %s", name)
		}
		near(t, name+" before", b.Before, want.Before[name], 1e-9)
		after := want.After[name]
		if math.Abs(after) < 1e-15 {
			after = 0
		}
		near(t, name+" after", b.After, after, 1e-9)
	}
}

// hand returns the accounts of the table worked out by hand.
func hand(t *testing.T, r reference) (accounts []help.Account, asOf success.Date) {
	t.Helper()
	start := success.MustDate("2024-01-01")
	for _, row := range r.Hand.Table {
		for i := range row.N {
			a := help.Account{ID: success.AccountID(fmt.Sprint(len(accounts))), Start: start, Stratum: row.Tier, Classes: []string{row.Tier}}
			if row.Helped == 1 {
				a.Began = start
			}
			if i >= row.Kept {
				a.Left = start.AddDays(100)
			}
			accounts = append(accounts, a)
		}
	}
	return accounts, start.AddDays(400)
}

func TestC1(t *testing.T) { // C1
	want := readReference(t)
	accounts, asOf := hand(t, want)
	r := landmark(t, accounts, help.Options{AsOf: asOf})
	near(t, "crude", r.Difference.Value, want.Hand.Crude, 1e-12)
	within(t, "crude", r.Difference.Value, 0.2219, 0.0001)
	for estimand, effect := range map[help.Estimand]float64{help.Treated: 0.053125, help.Everybody: 0.071875} {
		m, err := help.Match(accounts, help.MatchOptions{
			Options: help.Options{AsOf: asOf}, Traits: help.Traits{Classes: []string{"tier"}}, Estimand: estimand,
		})
		if err != nil {
			t.Fatal(err)
		}
		near(t, "effect", m.Difference.Value, effect, 1e-12)
	}
}

// Other methods for the same counts, as chosen.
func TestMethods(t *testing.T) {
	accounts, asOf := hand(t, readReference(t))
	r := landmark(t, accounts, help.Options{AsOf: asOf, Score: true, MOVER: true})
	want, err := proportion.Compare(proportion.Share{Count: 147, Total: 160}, proportion.Share{Count: 223, Total: 320},
		proportion.Options{Difference: proportion.MiettinenNurminen, Ratio: proportion.MOVER})
	if err != nil || r.Difference != want.Difference || r.KeptRatio != want.Ratio {
		t.Errorf("%+v, want %+v, %v", r, want, err)
	}
	if r.Method != "Miettinen–Nurminen" || r.RatioMethod != "MOVER" {
		t.Errorf("by %s and %s", r.Method, r.RatioMethod)
	}
	lost, err := proportion.Compare(proportion.Share{Count: 13, Total: 160}, proportion.Share{Count: 97, Total: 320}, proportion.Options{Ratio: proportion.MOVER})
	if err != nil || r.LostRatio != lost.Ratio {
		t.Errorf("lost %v, want %v, %v", r.LostRatio, lost.Ratio, err)
	}
	e, err := proportion.EValueOf(lost.Ratio)
	if err != nil || r.EValueLost != e || !r.EValueKept.Limit.Defined() {
		t.Errorf("E-value %+v, want %+v, %v", r.EValueLost, e, err)
	}
}
