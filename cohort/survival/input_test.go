package survival_test

import (
	"errors"
	"math"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/cohort/survival"
	"metrics.internal/success/internal/refusal"
)

var fault = refusal.Of

func TestBadSpans(t *testing.T) {
	for name, c := range map[string]struct {
		span  survival.Span
		fault refusal.Fault
	}{
		"negative duration":   {survival.Span{Days: -1}, fault("Days", success.ErrNegative)},
		"endless duration":    {survival.Span{Days: survival.MaxDays + 1}, fault("Days", success.ErrRange)},
		"entry at the end":    {survival.Span{Days: 5, Entered: 5}, fault("Entered", success.ErrOrder)},
		"entry after the end": {survival.Span{Days: 5, Entered: 6}, fault("Entered", success.ErrOrder)},
		"negative entry":      {survival.Span{Days: 5, Entered: -1}, fault("Entered", success.ErrNegative)},
		"negative weight":     {survival.Span{Days: 5, Weight: -1}, fault("Weight", success.ErrNegative)},
		"huge weight":         {survival.Span{Days: 5, Weight: survival.MaxWeight + 1}, fault("Weight", success.ErrRange)},
	} {
		refusal.Check(t, name, c.span.Validate(), c.fault)
		good := survival.Span{Days: 3, Left: true}
		_, err := survival.Fit([]survival.Span{good, c.span}, survival.Options{})
		refusal.Check(t, name, err, c.fault)
		var all *success.Errors
		if errors.As(err, &all) && all.Faults[0].Index != 1 {
			t.Errorf("%s is said to be record %d", name, all.Faults[0].Index)
		}
		_, err = survival.LogRank([]survival.Subject{{Span: good, Group: "a"}, {Span: c.span, Group: "b"}}, survival.Weighting{})
		refusal.Check(t, name, err, c.fault)
		var counts survival.Counts
		refusal.Check(t, name, counts.Add(c.span), c.fault)
		var table survival.Table
		refusal.Check(t, name, table.Add(survival.Subject{Span: c.span}), c.fault)
		_, err = survival.FitColumns(survival.Columns{
			Days: []int32{3, int32(c.span.Days)}, Left: []bool{true, false}, Entered: []int32{0, int32(c.span.Entered)}, Weight: []int32{1, int32(c.span.Weight)},
		}, survival.Options{})
		refusal.Check(t, name, err, c.fault)
	}
	good := survival.Span{Days: survival.MaxDays, Entered: survival.MaxDays - 1, Weight: survival.MaxWeight}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
}

// All faults come back together.
func TestAllFaults(t *testing.T) {
	_, err := survival.Fit([]survival.Span{{Days: -1, Weight: -1}, {Days: 4}, {Days: 1, Entered: 2}}, survival.Options{})
	refusal.Check(t, "spans", err, fault("Days", success.ErrNegative), fault("Weight", success.ErrNegative), fault("Entered", success.ErrOrder))
}

func TestBadColumns(t *testing.T) {
	_, err := survival.FitColumns(survival.Columns{Days: []int32{1, 2}, Left: []bool{true}, Entered: []int32{}, Weight: []int32{1, 2, 3}}, survival.Options{})
	refusal.Check(t, "lengths", err, fault("Left", success.ErrRange), fault("Entered", success.ErrRange), fault("Weight", success.ErrRange))
	_, err = survival.FitColumns(survival.Columns{Days: []int32{1, -2, survival.MaxDays + 1}, Left: make([]bool, 3)}, survival.Options{})
	refusal.Check(t, "days", err, fault("Days", success.ErrNegative), fault("Days", success.ErrRange))
	_, err = survival.FitColumns(survival.Columns{}, survival.Options{})
	refusal.Check(t, "nothing", err, fault("", success.ErrMissing))
}

func TestBadOptions(t *testing.T) {
	one := spans(3)
	for _, level := range []float64{-1, 1, 2, math.NaN(), math.Inf(1)} {
		_, err := survival.Fit(one, survival.Options{Level: level})
		refusal.Check(t, "level", err, fault("Level", success.ErrRange))
	}
	_, err := survival.Fit(one, survival.Options{Band: 5})
	refusal.Check(t, "band", err, fault("Band", success.ErrUnknown))
	_, err = survival.Fit(nil, survival.Options{})
	refusal.Check(t, "nobody", err, fault("", success.ErrMissing))
}

func TestBadHorizons(t *testing.T) {
	curve := fit(t, spans(3, -10), survival.Options{})
	short := fit(t, spans(3, -5), survival.Options{})
	for _, horizon := range []float64{0, -1, math.NaN(), math.Inf(1), 10.5} {
		_, err := curve.RestrictedMean(horizon)
		refusal.Check(t, "mean", err, fault("", success.ErrRange))
		_, err = survival.MeanDifference(curve, curve, horizon)
		refusal.Check(t, "mean difference", err, fault("", success.ErrRange))
		if horizon != 0 {
			_, err = survival.Difference(curve, curve, horizon)
			refusal.Check(t, "difference", err, fault("", success.ErrRange))
		}
		if p, ok := curve.At(horizon); ok != (horizon == 0) {
			t.Errorf("at %v: %+v", horizon, p)
		}
	}
	_, err := survival.MeanDifference(curve, short, 7)
	refusal.Check(t, "the second ends earlier", err, fault("", success.ErrRange))
	_, err = survival.Difference(curve, short, 7)
	refusal.Check(t, "the second ends earlier", err, fault("", success.ErrRange))
}

func TestBadTests(t *testing.T) {
	_, err := survival.LogRank(nil, survival.Weighting{})
	refusal.Check(t, "nobody", err, fault("", success.ErrMissing))
	two := []survival.Subject{{Span: survival.Span{Days: 1}, Group: "a"}, {Span: survival.Span{Days: 1}, Group: "b"}}
	_, err = survival.LogRank(two[:1], survival.Weighting{})
	refusal.Check(t, "one group", err, fault("", success.ErrMissing))
	_, err = survival.LogRank(two, survival.Weighting{Kind: 5})
	refusal.Check(t, "kind", err, fault("Kind", success.ErrUnknown))
	_, err = survival.LogRank(two, survival.Weighting{Kind: survival.FlemingHarrington, Rho: -1, Gamma: math.Inf(1)})
	refusal.Check(t, "powers", err, fault("Rho", success.ErrRange), fault("Gamma", success.ErrRange))
	_, err = survival.LogRank(two, survival.Weighting{Rho: 1})
	refusal.Check(t, "powers of another kind", err, fault("Rho", success.ErrRange))
	_, err = survival.LogRank(two, survival.Weighting{Kind: survival.FlemingHarrington, Rho: math.NaN()})
	refusal.Check(t, "NaN", err, fault("Rho", success.ErrRange))
}

// One account, everybody censored, nobody left: a curve, with what is unknown
// undefined.
func TestSmallCurves(t *testing.T) {
	one := fit(t, spans(5), survival.Options{})
	if p, ok := one.At(5); !ok || p.Survival != 0 || p.StdErr.Defined() || p.Lower.Defined() || p.Exact.Value.Defined() {
		t.Errorf("one account: %+v", p)
	}
	if m := one.Median(); m.Value != number(5) || m.Lower.Defined() || m.Upper.Defined() {
		t.Errorf("one account: median %v", m)
	}
	if p, ok := one.At(1e6); !ok || p.Survival != 0 || p.AtRisk != 0 {
		t.Errorf("long after everybody left: %+v, %v", p, ok)
	}
	censored := fit(t, spans(-3, -4, -9), survival.Options{})
	if m := censored.Median(); m.Value.Defined() || m.Lower.Defined() || m.Upper.Defined() {
		t.Errorf("all censored: median %v", m)
	}
	mean, err := censored.RestrictedMean(9)
	if err != nil || mean.Days != 9 || mean.StdErr != 0 {
		t.Errorf("all censored: %+v, %v", mean, err)
	}
	c, err := survival.MeanDifference(censored, censored, 9)
	if err != nil || c.P.Defined() || c.Difference.Value != number(0) {
		t.Errorf("all censored: %+v, %v", c, err)
	}
	g, err := survival.Difference(one, censored, 9)
	if err != nil || g.Difference.Value != number(-1) || g.Difference.Lower.Defined() || g.P.Defined() {
		t.Errorf("all left against none: %+v, %v", g, err)
	}
	gone := fit(t, spans(0), survival.Options{})
	r, err := survival.MeanDifference(gone, censored, 5)
	if err != nil || r.Ratio.Value.Defined() {
		t.Errorf("no days at all: %+v, %v", r, err)
	}
	if day, ok := survival.FirstAtRisk(2, &survival.Counts{}); ok {
		t.Errorf("two at risk of nobody on day %d", day)
	}
}

func TestFirstAtRisk(t *testing.T) {
	a, err := survival.CountsOf(spans(2, 9, 9))
	if err != nil {
		t.Fatal(err)
	}
	b, err := survival.CountsOf([]survival.Span{{Days: 9}, {Days: 9, Entered: 3}, {Days: 8, Entered: 4}})
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int64]int{1: 0, 2: 4} {
		if day, ok := survival.FirstAtRisk(n, a, b); !ok || day != want {
			t.Errorf("%d at risk from day %d, %v", n, day, ok)
		}
	}
	if day, ok := survival.FirstAtRisk(3, a, b); ok {
		t.Errorf("3 at risk on day %d", day)
	}
}

// TestRefusedSubject: a span that is refused leaves no trace of its group.
func TestRefusedSubject(t *testing.T) {
	var table survival.Table
	for _, group := range []string{"a", "b"} {
		if err := table.Add(survival.Subject{Span: survival.Span{Days: 9, Left: true}, Group: group}); err != nil {
			t.Fatal(err)
		}
	}
	if err := table.Add(survival.Subject{Span: survival.Span{Days: -1}, Group: "c"}); err == nil {
		t.Error("negative days are taken")
	}
	test, err := table.LogRank(survival.Weighting{})
	if err != nil || len(test.Groups) != 2 {
		t.Errorf("%+v, %v", test.Groups, err)
	}
}
