package survival_test

import (
	"fmt"
	"math"
	"strconv"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/cohort/survival"
	"metrics.internal/success/internal/golden"
)

// subjects reads a data set. Its times become whole ticks, scale to the unit.
func subjects(t *testing.T, set string, scale float64) []survival.Subject {
	t.Helper()
	rows := golden.Read(t, "../testdata/inputs/"+set+".csv")
	all := make([]survival.Subject, len(rows))
	for i, row := range rows {
		all[i] = survival.Subject{
			Span: survival.Span{
				Days:   int(math.Round(row.Float("time") * scale)),
				Left:   row.Int("status") == 1,
				Weight: row.Int("weight"),
			},
			Group:   row.Text("group"),
			Stratum: row.Text("strata"),
		}
	}
	return all
}

func scaleOf(set string) float64 {
	if set == "edge_float_near_ties" {
		return 10
	}
	return 1
}

// curveOf returns the curve of a group of a data set, *ALL* being everybody.
func curveOf(t *testing.T, set, group string, options survival.Options) *survival.Curve {
	t.Helper()
	var spans []survival.Span
	for _, s := range subjects(t, set, scaleOf(set)) {
		if group == "*ALL*" || s.Group == group {
			spans = append(spans, s.Span)
		}
	}
	curve, err := survival.Fit(spans, options)
	if err != nil {
		t.Fatal(err)
	}
	return curve
}

const tolerance = 1e-9

// same compares a figure with a column, NA and Inf being undefined.
func same(row golden.Row, column string, got success.Figure, scale float64) error {
	want, defined := row.Number(column)
	defined = defined && !math.IsInf(want, 0)
	value, ok := got.Float64()
	if ok != defined || ok && !golden.Near(value/scale, want, tolerance) && math.Abs(want) > 1e-15 {
		return fmt.Errorf("%s: got %v, want %s", column, got, row.Text(column))
	}
	return nil
}

func number(f float64) success.Figure { return success.FigureOf(f) }

func TestGoldenCurves(t *testing.T) {
	bands := map[string]survival.Band{"loglog": survival.LogLog, "log": survival.Log, "plain": survival.Plain, "logit": survival.Logit, "arcsin": survival.Arcsine}
	steps := map[string][]survival.Step{}
	for _, row := range golden.Read(t, "../testdata/km_curves.csv") {
		set, group := row.Text("dataset"), row.Text("group")
		find := func(band survival.Band, level float64) survival.Step {
			key := set + group + fmt.Sprint(" ", band, " ", level)
			if steps[key] == nil {
				steps[key] = curveOf(t, set, group, survival.Options{Band: band, Level: level}).Steps()
			}
			for _, s := range steps[key] {
				if s.Day == int(math.Round(row.Float("time")*scaleOf(set))) {
					return s
				}
			}
			t.Fatalf("%s %s: no step at %s", set, group, row.Text("time"))
			return survival.Step{}
		}
		s := find(survival.LogLog, 0)
		if s.AtRisk != int64(row.Int("n_risk")) || s.Left != int64(row.Int("n_event")) || s.Censored != int64(row.Int("n_censor")) {
			t.Errorf("%s %s %s: %d at risk, %d left, %d censored", set, group, row.Text("time"), s.AtRisk, s.Left, s.Censored)
		}
		faults := []error{
			same(row, "surv", number(s.Survival), 1),
			same(row, "se_surv", s.StdErr, 1),
			same(row, "cumhaz_na", number(s.Hazard), 1),
			same(row, "se_cumhaz_na", number(s.HazardStdErr), 1),
			same(row, "cumhaz_fh", number(s.TiedHazard), 1),
			same(row, "se_cumhaz_fh", number(s.TiedHazardStdErr), 1),
			same(row, "surv_exp_na", number(s.Breslow()), 1),
			same(row, "lo90_loglog", find(survival.LogLog, 0.9).Lower, 1),
			same(row, "hi90_loglog", find(survival.LogLog, 0.9).Upper, 1),
		}
		for name, band := range bands {
			p := find(band, 0.95)
			faults = append(faults, same(row, "lo_"+name, p.Lower, 1), same(row, "hi_"+name, p.Upper, 1))
		}
		for _, err := range faults {
			if err != nil {
				t.Errorf("%s %s at %s: %v", set, group, row.Text("time"), err)
			}
		}
	}
	counts := map[string]int{}
	for _, row := range golden.Read(t, "../testdata/km_curves.csv") {
		counts[row.Text("dataset")+row.Text("group")]++
	}
	for key, n := range counts {
		if got := len(steps[key+" 0 0"]); got != n {
			t.Errorf("%s: %d steps, want %d", key, got, n)
		}
	}
}

func TestGoldenQuantiles(t *testing.T) {
	bands := map[string]survival.Band{"log-log": survival.LogLog, "log": survival.Log, "plain": survival.Plain, "logit": survival.Logit, "arcsin": survival.Arcsine}
	for _, row := range golden.Read(t, "../testdata/km_quantiles.csv") {
		set, group := row.Text("dataset"), row.Text("group")
		band, ok := bands[row.Text("conf_type")]
		if !ok {
			t.Fatal(row.Text("conf_type"))
		}
		q := curveOf(t, set, group, survival.Options{Band: band}).Quantile(row.Float("p"))
		for column, f := range map[string]success.Figure{"quantile": q.Value, "lower": q.Lower, "upper": q.Upper} {
			if err := same(row, column, f, scaleOf(set)); err != nil {
				t.Errorf("%s %s %s %s: %v", set, group, row.Text("conf_type"), row.Text("p"), err)
			}
		}
	}
}

func TestGoldenRestrictedMeans(t *testing.T) {
	refused := 0
	for _, row := range golden.Read(t, "../testdata/km_rmean.csv") {
		set, group := row.Text("dataset"), row.Text("group")
		scale := scaleOf(set)
		tau := row.Float("tau") * scale
		if set == "edge_float_near_ties" && math.Abs(tau-math.Round(tau)) < 1e-9 {
			tau = math.Round(tau)
		}
		curve := curveOf(t, set, group, survival.Options{})
		steps := curve.Steps()
		last := steps[len(steps)-1]
		mean, err := curve.RestrictedMean(tau)
		if beyond := tau > float64(last.Day) && last.Survival > 0; beyond {
			refused++
			if err == nil {
				t.Errorf("%s %s: a mean to %v beyond day %d", set, group, tau, last.Day)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s %s: %v", set, group, err)
			continue
		}
		for _, fault := range []error{same(row, "rmean", number(mean.Days), scale), same(row, "se_rmean", number(mean.StdErr), scale)} {
			if fault != nil {
				t.Errorf("%s %s to %v: %v", set, group, tau, fault)
			}
		}
	}
	if refused == 0 {
		t.Error("no row lies beyond the last day")
	}
}

func TestGoldenMeanDifferences(t *testing.T) {
	names := map[string][3]string{
		"lung_female_minus_male":       {"lung", "female", "male"},
		"waltons_miR137_minus_control": {"waltons", "miR-137", "control"},
	}
	for _, row := range golden.Read(t, "../testdata/rmst_difference.csv") {
		name := names[row.Text("data")]
		first := curveOf(t, name[0], name[1], survival.Options{})
		second := curveOf(t, name[0], name[2], survival.Options{})
		c, err := survival.MeanDifference(first, second, row.Float("tau"))
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range []error{
			same(row, "diff", c.Difference.Value, 1), same(row, "lo", c.Difference.Lower, 1), same(row, "hi", c.Difference.Upper, 1),
			same(row, "se", number(c.StdErr), 1), same(row, "p", c.P, 1),
			same(row, "ratio", c.Ratio.Value, 1), same(row, "ratio_lo", c.Ratio.Lower, 1), same(row, "ratio_hi", c.Ratio.Upper, 1),
		} {
			if fault != nil {
				t.Errorf("%s to %s: %v", row.Text("data"), row.Text("tau"), fault)
			}
		}
	}
}

// test runs a log-rank test on a data set.
func test(t *testing.T, set string, stratified bool, weighting survival.Weighting) survival.Test {
	t.Helper()
	all := subjects(t, set, 1)
	for i := range all {
		if !stratified {
			all[i].Stratum = ""
		}
	}
	result, err := survival.LogRank(all, weighting)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func rho(t *testing.T, row golden.Row) (bool, survival.Weighting) {
	t.Helper()
	stratified, err := strconv.ParseBool(row.Text("stratified"))
	if err != nil {
		t.Fatal(err)
	}
	return stratified, survival.Weighting{Kind: survival.FlemingHarrington, Rho: row.Float("rho")}
}

func TestGoldenLogRank(t *testing.T) {
	for _, row := range golden.Read(t, "../testdata/logrank.csv") {
		stratified, weighting := rho(t, row)
		checkTest(t, row, test(t, row.Text("dataset"), stratified, weighting))
	}
	for _, row := range golden.Read(t, "../testdata/logrank_groups.csv") {
		stratified, weighting := rho(t, row)
		result := test(t, row.Text("dataset"), stratified, weighting)
		found := false
		for i, g := range result.Groups {
			if g.Name != row.Text("group") {
				continue
			}
			found = true
			for _, fault := range []error{
				same(row, "n", number(float64(g.Accounts)), 1),
				same(row, "observed", number(g.Observed), 1),
				same(row, "expected", number(g.Expected), 1),
				same(row, "var_diag", number(result.Covariance[i][i]), 1),
			} {
				if fault != nil {
					t.Errorf("%s %s: %v", row.Text("dataset"), g.Name, fault)
				}
			}
		}
		if !found {
			t.Errorf("%s has no group %s", row.Text("dataset"), row.Text("group"))
		}
	}
}

func TestGoldenWeightedLogRank(t *testing.T) {
	weightings := map[string]survival.Weighting{
		"logrank":        {},
		"gehan_wilcoxon": {Kind: survival.GehanWilcoxon},
		"tarone_ware":    {Kind: survival.TaroneWare},
		"peto_modified":  {Kind: survival.PetoModified},
		"fh_1_0":         {Kind: survival.FlemingHarrington, Rho: 1},
		"fh_0_1":         {Kind: survival.FlemingHarrington, Gamma: 1},
		"fh_1_1":         {Kind: survival.FlemingHarrington, Rho: 1, Gamma: 1},
		"fh_05_05":       {Kind: survival.FlemingHarrington, Rho: 0.5, Gamma: 0.5},
	}
	for _, row := range golden.Read(t, "../testdata/logrank_weighted.csv") {
		weighting, ok := weightings[row.Text("weighting")]
		if !ok {
			t.Fatal(row.Text("weighting"))
		}
		checkTest(t, row, test(t, row.Text("dataset"), false, weighting))
	}
}

func checkTest(t *testing.T, row golden.Row, got survival.Test) {
	t.Helper()
	for _, fault := range []error{
		same(row, "chisq", got.ChiSquare, 1),
		same(row, "df", number(float64(got.DF)), 1),
		same(row, "p", got.P, 1),
	} {
		if fault != nil {
			t.Errorf("%s: %v", row.Text("dataset"), fault)
		}
	}
}
