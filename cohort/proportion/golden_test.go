package proportion_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/cohort/proportion"
	"metrics.internal/success/internal/golden"
)

// expect compares a figure with a column, NA and Inf being undefined.
func expect(t *testing.T, row golden.Row, column string, got success.Figure, tolerance float64) {
	t.Helper()
	want, defined := row.Number(column)
	defined = defined && !math.IsInf(want, 0)
	if math.Abs(want) < 1e-16 {
		want = 0 // what floating point leaves of it
	}
	value, ok := got.Float64()
	if ok != defined || ok && !golden.Near(value, want, tolerance) {
		t.Errorf("%s: got %.17g %v, want %s", column, value, ok, row.Text(column))
	}
}

func TestGoldenWilson(t *testing.T) {
	for _, row := range golden.Read(t, "../testdata/wilson.csv") {
		e, err := proportion.Wilson(proportion.Share{Count: row.Int("x"), Total: row.Int("n")}, row.Float("level"))
		if err != nil {
			t.Fatal(err)
		}
		expect(t, row, "p", e.Value, 1e-9)
		expect(t, row, "wilson_lo", e.Lower, 1e-9)
		expect(t, row, "wilson_hi", e.Upper, 1e-9)
	}
}

// scoreTolerance is how far the source of the score limits can be trusted: its
// root finder stops within 1e-8 of them. TestScoreLimits is stricter.
const scoreTolerance = 5e-8

func TestGoldenTwoProportions(t *testing.T) {
	for _, row := range golden.Read(t, "../testdata/two_proportions.csv") {
		first := proportion.Share{Count: row.Int("x1"), Total: row.Int("n1")}
		second := proportion.Share{Count: row.Int("x2"), Total: row.Int("n2")}
		level := row.Float("level")
		c, err := proportion.Compare(first, second, proportion.Options{Level: level})
		if err != nil {
			t.Fatal(err)
		}
		expect(t, row, "newcombe_lo", c.Difference.Lower, 1e-9)
		expect(t, row, "newcombe_hi", c.Difference.Upper, 1e-9)
		expect(t, row, "rr_koopman_lo", c.Ratio.Lower, scoreTolerance)
		expect(t, row, "rr_koopman_hi", c.Ratio.Upper, scoreTolerance)
		c, err = proportion.Compare(first, second, proportion.Options{Level: level, Difference: proportion.MiettinenNurminen, Ratio: proportion.MOVER})
		if err != nil {
			t.Fatal(err)
		}
		expect(t, row, "mn_lo", c.Difference.Lower, scoreTolerance)
		expect(t, row, "mn_hi", c.Difference.Upper, scoreTolerance)
		expect(t, row, "rr_mover_wilson_lo", c.Ratio.Lower, 1e-9)
		expect(t, row, "rr_mover_wilson_hi", c.Ratio.Upper, 1e-9)
	}
}

// The reference limits were found by halving with 50 digits.
func TestScoreLimits(t *testing.T) {
	for _, row := range golden.Read(t, "../testdata/score_limits.csv") {
		first := proportion.Share{Count: row.Int("x1"), Total: row.Int("n1")}
		second := proportion.Share{Count: row.Int("x2"), Total: row.Int("n2")}
		c, err := proportion.Compare(first, second, proportion.Options{Level: row.Float("level"), Difference: proportion.MiettinenNurminen})
		if err != nil {
			t.Fatal(err)
		}
		expect(t, row, "mn_lo", c.Difference.Lower, 1e-12)
		expect(t, row, "mn_hi", c.Difference.Upper, 1e-12)
		expect(t, row, "koopman_lo", c.Ratio.Lower, 1e-12)
		expect(t, row, "koopman_hi", c.Ratio.Upper, 1e-12)
	}
}

// strata reads the tables of one set.
func strata(t *testing.T, set string) []proportion.Stratum {
	t.Helper()
	var all []proportion.Stratum
	for _, row := range golden.Read(t, "../testdata/inputs/mh_strata.csv") {
		if row.Text("set") == set {
			all = append(all, proportion.Stratum{
				Name:   row.Text("stratum"),
				First:  proportion.Share{Count: row.Int("x1"), Total: row.Int("n1")},
				Second: proportion.Share{Count: row.Int("x2"), Total: row.Int("n2")},
			})
		}
	}
	return all
}

func TestGoldenMantelHaenszel(t *testing.T) {
	for _, row := range golden.Read(t, "../testdata/mantel_haenszel.csv") {
		t.Run(row.Text("set"), func(t *testing.T) {
			all := strata(t, row.Text("set"))
			if len(all) != row.Int("strata") {
				t.Fatalf("%d strata", len(all))
			}
			p, err := proportion.MantelHaenszel(all, proportion.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range []struct {
				name  string
				value success.Estimate
				se    string
				err   success.Figure
			}{
				{"or", p.Odds, "log_or_se", p.OddsLogStdErr},
				{"rr", p.Ratio, "log_rr_se", p.RatioLogStdErr},
				{"rd", p.Difference, "rd_se", p.DifferenceStdErr},
			} {
				expect(t, row, e.name+"_mh", e.value.Value, 1e-9)
				expect(t, row, e.name+"_lo", e.value.Lower, 1e-9)
				expect(t, row, e.name+"_hi", e.value.Upper, 1e-9)
				expect(t, row, e.se, e.err, 1e-9)
			}
			expect(t, row, "cmh_chisq_nocc", p.CMH.ChiSquare, 1e-9)
			expect(t, row, "cmh_p_nocc", p.CMH.P, 1e-9)
			expect(t, row, "cmh_chisq_cc", p.CMHCorrected.ChiSquare, 1e-9)
			expect(t, row, "cmh_p_cc", p.CMHCorrected.P, 1e-9)
			expect(t, row, "breslow_day", p.BreslowDay.ChiSquare, 1e-9)
			expect(t, row, "breslow_day_p", p.BreslowDay.P, 1e-9)
			expect(t, row, "tarone", p.Tarone.ChiSquare, 1e-9)
			expect(t, row, "tarone_p", p.Tarone.P, 1e-9)
		})
	}
}

func TestGoldenPower(t *testing.T) {
	for _, row := range golden.Read(t, "../testdata/power.csv") {
		study := proportion.Study{
			First: row.Float("p1"), Second: row.Float("p2"), PerArm: row.Float("n"), Level: 1 - row.Float("alpha"),
		}
		power, err := proportion.Power(study)
		if err != nil {
			t.Fatal(err)
		}
		expect(t, row, "power", power, 1e-9)
		for column, power := range map[string]float64{"n_for_80": 0.8, "n_for_90": 0.9} {
			study.Power = power
			n, err := proportion.SampleSize(study)
			if err != nil {
				t.Fatal(err)
			}
			expect(t, row, column, n, 1e-9)
		}
		study.Power = 0.8
		found, err := proportion.Detectable(study)
		if err != nil {
			t.Fatal(err)
		}
		if row.Float("mde_p2_at_80") > 1 { // a share cannot be
			if found.Above.Defined() {
				t.Errorf("mde_p2_at_80: got %v, want undefined", found.Above)
			}
			continue
		}
		expect(t, row, "mde_p2_at_80", found.Above, 1e-9)
	}
}

func TestGoldenEvents(t *testing.T) {
	for _, row := range golden.Read(t, "../testdata/schoenfeld.csv") {
		n, err := proportion.Events(proportion.EventStudy{HazardRatio: row.Float("hr"), Share: row.Float("p"), Power: row.Float("power")})
		if err != nil {
			t.Fatal(err)
		}
		expect(t, row, "events", n, 1e-9)
	}
}

// reference holds the parts of a file that are about proportions.
type reference struct {
	EValue []struct{ RR, E float64 } `json:"evalue"`
	NNT    struct {
		Cases []struct{ X1, N1, X2, N2 int } `json:"cases"`
	} `json:"nnt"`
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

func TestGoldenEValue(t *testing.T) {
	cases := readReference(t).EValue
	if len(cases) == 0 {
		t.Fatal("no cases")
	}
	for _, c := range cases {
		e, err := proportion.EValueOf(success.Estimate{Value: success.FigureOf(c.RR)})
		got, ok := e.Estimate.Float64()
		if err != nil || !ok || !golden.Near(got, c.E, 1e-9) {
			t.Errorf("%v: got %v, %v, want %v", c.RR, e.Estimate, err, c.E)
		}
	}
}
