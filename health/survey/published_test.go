package survey_test

import (
	"math"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/health/survey"
)

// printed compares a figure with one printed to so many decimal places.
func printed(t *testing.T, what string, got success.Figure, want float64, places int) {
	t.Helper()
	v, ok := got.Float64()
	if !ok || math.Abs(v-want) > 0.501*math.Pow10(-places) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func result(t testing.TB, n survey.NPS) survey.NPSResult {
	t.Helper()
	r, err := n.Result(0)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func nps(t testing.TB, answers ...float64) survey.NPS {
	t.Helper()
	n, err := survey.NPSOf(answers)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func counts(t testing.TB, n ...int64) survey.Answers {
	t.Helper()
	a, err := survey.AnswersByCount(n...)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Six answers; the adjusted Wald interval as its sources give it, and cut.
func TestH9(t *testing.T) { // H9
	n := nps(t, 0, 7, 7, 9, 9, 9)
	if n != (survey.NPS{Detractors: 1, Passives: 2, Promoters: 3}) || n.Answers() != 6 {
		t.Fatalf("%+v", n)
	}
	if v, ok := n.Score().Value(6); !ok || v.String() != "0.333333" {
		t.Errorf("score %v", v)
	}
	r := result(t, n)
	printed(t, "score", r.Estimate.Value, 1.0/3, 12)
	printed(t, "variance", r.Variance, 5.0/9, 12)
	printed(t, "standard error", r.StdErr, .304, 3)
	printed(t, "centre", r.Center, .2222, 4)
	printed(t, "lower", r.Estimate.Lower, -.267, 3)
	printed(t, "upper", r.Estimate.Upper, .712, 3)
	sure := result(t, survey.NPS{Promoters: 10})
	if sure.Estimate.Upper != success.FigureOf(1) || sure.Estimate.Value != success.FigureOf(1) || sure.Variance != success.FigureOf(0) {
		t.Errorf("ten promoters: %+v", sure)
	}
	printed(t, "centre of ten promoters", sure.Center, .7692, 4)
	printed(t, "lower of ten promoters", sure.Estimate.Lower, .4750, 4)
}

func TestH10(t *testing.T) { // H10
	for _, c := range []struct {
		n            survey.NPS
		variance, se float64
	}{{survey.NPS{Detractors: 1, Promoters: 1}, 1, .707}, {survey.NPS{Passives: 1, Promoters: 1}, .25, .354}, {survey.NPS{Detractors: 1, Passives: 1, Promoters: 1}, 2.0 / 3, .471}} {
		r := result(t, c.n)
		printed(t, "variance", r.Variance, c.variance, 12)
		printed(t, "standard error", r.StdErr, c.se, 3)
	}
}

func TestH11(t *testing.T) { // H11
	a := counts(t, 80, 210, 140, 110, 160, 180, 120)
	if v, ok := a.Mean().Value(2); !ok || v.String() != "4.08" || a.Count() != 1000 || a.Scale() != 7 {
		t.Errorf("mean %v of %d", v, a.Count())
	}
	for direction, ease := range map[survey.Direction]float64{survey.HighIsGood: 3.08 / 6, survey.LowIsGood: 1 - 3.08/6} {
		e, err := a.Effort(direction, 0)
		if err != nil {
			t.Fatal(err)
		}
		printed(t, "mean", e.Mean.Value, 4.08, 12)
		printed(t, "ease", e.Ease.Value, ease, 12)
	}
}

// The tickets of the sample of a published data set of ratings: 396, 405 and 374
// answers of 3, 4 and 5, and Wilson's interval by its formula.
func TestTopTwoBox(t *testing.T) {
	s, err := counts(t, 0, 0, 396, 405, 374).Satisfaction(survey.TopTwoBox, 0)
	if err != nil {
		t.Fatal(err)
	}
	printed(t, "share", s.Estimate.Value, 779.0/1175, 12)
	z2, p, n := 1.959963984540054*1.959963984540054, 779.0/1175, 1175.0
	mid, half := (p+z2/(2*n))/(1+z2/n), math.Sqrt(z2)/(1+z2/n)*math.Sqrt(p*(1-p)/n+z2/(4*n*n))
	printed(t, "lower", s.Estimate.Lower, mid-half, 12)
	printed(t, "upper", s.Estimate.Upper, mid+half, 12)
}
