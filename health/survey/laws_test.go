package survey_test

import (
	"math"
	"math/big"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/health/survey"
	"pgregory.net/rapid"
)

func drawNPS(t *rapid.T, name string) survey.NPS {
	count := rapid.OneOf(rapid.Int64Range(0, 3), rapid.Int64Range(0, 1000))
	return survey.NPS{
		Detractors: count.Draw(t, name+" detractors"),
		Passives:   count.Draw(t, name+" passives"),
		Promoters:  count.Draw(t, name+" promoters"),
	}
}

func number(t *rapid.T, f success.Figure) float64 {
	v, ok := f.Float64()
	if !ok {
		t.Fatal("undefined")
	}
	return v
}

// Scores lie in [−1, 1] and in their intervals, turn around with the answers,
// and wider levels have wider intervals. The variance is that of the answers one
// by one.
func TestNPSLaws(t *testing.T) { rapid.Check(t, checkNPS) }

func checkNPS(t *rapid.T) {
	n := drawNPS(t, "")
	n.Promoters++
	r, err := n.Result(0.95)
	wide, err2 := n.Result(0.99)
	turned, err3 := survey.NPS{Detractors: n.Promoters, Passives: n.Passives, Promoters: n.Detractors}.Result(0)
	if err != nil || err2 != nil || err3 != nil {
		t.Fatal(err, err2, err3)
	}
	e := r.Estimate
	v, lower, upper := number(t, e.Value), number(t, e.Lower), number(t, e.Upper)
	if !(-1 <= lower && lower <= v && v <= upper && upper <= 1) {
		t.Fatalf("%+v: %v", n, e)
	}
	if number(t, wide.Estimate.Lower) > lower || number(t, wide.Estimate.Upper) < upper {
		t.Fatalf("%v is wider than %v", e, wide.Estimate)
	}
	if math.Abs(number(t, turned.Estimate.Lower)+upper) > 1e-12 || math.Abs(number(t, turned.Estimate.Value)+v) > 1e-12 || turned.Variance != r.Variance {
		t.Fatalf("%+v, turned %+v", r, turned)
	}
	total := n.Answers()
	score := big.NewRat(n.Promoters-n.Detractors, total)
	sum := new(big.Rat)
	for value, count := range map[int64]int64{1: n.Promoters, 0: n.Passives, -1: n.Detractors} {
		gap := new(big.Rat).Sub(big.NewRat(value, 1), score)
		sum.Add(sum, gap.Mul(gap, gap).Mul(gap, big.NewRat(count, total)))
	}
	variance, _ := sum.Float64()
	want, _ := score.Float64()
	se := number(t, r.StdErr)
	if math.Abs(v-want) > 1e-12 || math.Abs(number(t, r.Variance)-variance) > 1e-12 || math.Abs(se*se*float64(total)-variance) > 1e-12 {
		t.Fatalf("%+v: %+v, want %v and %v", n, r, want, variance)
	}
}

// A change is in [−2, 2] and its interval, and turns around with the periods; no
// change is none.
func TestSinceLaws(t *testing.T) { rapid.Check(t, checkSince) }

func checkSince(t *rapid.T) {
	a, b := drawNPS(t, "now"), drawNPS(t, "before")
	a.Passives++
	b.Detractors++
	there, err := a.Since(b, 0)
	back, err2 := b.Since(a, 0)
	same, err3 := a.Since(a, 0)
	if err != nil || err2 != nil || err3 != nil {
		t.Fatal(err, err2, err3)
	}
	v, lower, upper := number(t, there.Estimate.Value), number(t, there.Estimate.Lower), number(t, there.Estimate.Upper)
	if !(-2 <= lower && lower <= v && v <= upper && upper <= 2) {
		t.Fatalf("%+v", there)
	}
	if math.Abs(number(t, back.Estimate.Lower)+upper) > 1e-12 || math.Abs(number(t, back.Estimate.Value)+v) > 1e-12 {
		t.Fatalf("%+v, back %+v", there, back)
	}
	if number(t, same.Estimate.Value) != 0 || !same.Estimate.Contains(0) {
		t.Fatalf("the same twice: %+v", same)
	}
	x, _ := a.Score().Float64()
	y, _ := b.Score().Float64()
	if math.Abs(v-(x-y)) > 1e-12 {
		t.Fatalf("%v, want %v − %v", v, x, y)
	}
}

// Parts add up to the whole in any order, and nothing is their identity.
func TestMerge(t *testing.T) { rapid.Check(t, checkMerge) }

func checkMerge(t *rapid.T) {
	answers := rapid.SliceOf(rapid.Custom(func(t *rapid.T) survey.Answer {
		return survey.Answer{Score: float64(rapid.IntRange(0, 10).Draw(t, "score")), Mentions: rapid.Bool().Draw(t, "mentions")}
	})).Draw(t, "answers")
	whole, err := survey.MentionsOf(answers)
	if err != nil {
		t.Fatal(err)
	}
	other := rapid.Permutation(answers).Draw(t, "order")
	cut := rapid.IntRange(0, len(answers)).Draw(t, "cut")
	var merged survey.Mentions
	for _, part := range [][]survey.Answer{other[:cut], nil, other[cut:]} {
		m, err := survey.MentionsOf(part)
		if err != nil {
			t.Fatal(err)
		}
		merged.Merge(m)
	}
	if merged != whole || whole.All.Answers() != int64(len(answers)) {
		t.Fatalf("%+v, in parts %+v", whole, merged)
	}
}

// Shares of satisfaction lie in their intervals, and those in the range of their
// method; better answers never make any of them worse.
func TestSatisfactionLaws(t *testing.T) { rapid.Check(t, checkSatisfaction) }

func checkSatisfaction(t *rapid.T) {
	scale := rapid.IntRange(3, 11).Draw(t, "scale")
	scores := rapid.SliceOfN(rapid.Map(rapid.IntRange(1, scale), func(i int) float64 { return float64(i) }), 1, 30).Draw(t, "scores")
	better := append([]float64(nil), scores...)
	i := rapid.IntRange(0, len(scores)-1).Draw(t, "better")
	better[i] = float64(rapid.IntRange(int(scores[i]), scale).Draw(t, "now"))
	a, err1 := survey.AnswersOf(scale, scores)
	b, err2 := survey.AnswersOf(scale, better)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	for method := survey.TopTwoBox; method <= survey.Height; method++ {
		from, to := 0.0, 1.0
		if method == survey.Mean {
			from, to = 1, float64(scale)
		}
		x, err1 := a.Satisfaction(method, 0)
		y, err2 := b.Satisfaction(method, 0)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if x.N == 0 || y.N == 0 {
			continue
		}
		v, lower, upper := number(t, x.Estimate.Value), number(t, x.Estimate.Lower), number(t, x.Estimate.Upper)
		if !(from-1e-12 <= lower && lower <= v && v <= upper && upper <= to+1e-12) {
			t.Fatalf("%v: %v", method, x.Estimate)
		}
		if number(t, y.Estimate.Value) < v-1e-12 {
			t.Fatalf("%v of %v is %v, of %v it is %v", method, scores, v, better, y.Estimate.Value)
		}
	}
	sum, n := 0.0, 0.0
	for _, s := range scores {
		sum, n = sum+s, n+1
	}
	mean, _ := a.Satisfaction(survey.Mean, 0)
	if math.Abs(number(t, mean.Estimate.Value)-sum/n) > 1e-12 {
		t.Fatalf("mean %v, want %v", mean.Estimate, sum/n)
	}
}
