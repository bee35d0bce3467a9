package survey_test

import (
	"fmt"
	"math"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/health/survey"
	"metrics.internal/success/internal/refusal"
)

var fault = refusal.Of // read-only

// Where each answer belongs.
func TestGroups(t *testing.T) {
	for answer, want := range []survey.NPS{
		0: {Detractors: 1}, 1: {Detractors: 1}, 5: {Detractors: 1}, 6: {Detractors: 1}, 7: {Passives: 1}, 8: {Passives: 1}, 9: {Promoters: 1}, 10: {Promoters: 1},
	} {
		var n survey.NPS
		if want == n {
			want.Detractors = 1
		}
		if err := n.Add(float64(answer)); err != nil || n != want {
			t.Errorf("%d: %+v, %v", answer, n, err)
		}
	}
}

// One answer: the score lies at the end of its interval, which was widened.
func TestWidened(t *testing.T) {
	for _, c := range []struct {
		n            survey.NPS
		value        float64
		lower, upper string
	}{
		{survey.NPS{Promoters: 1}, 1, "-0.484986", "1"},
		{survey.NPS{Detractors: 1}, -1, "-1", "0.484986"},
		{survey.NPS{Passives: 1}, 0, "-0.600114", "0.600114"},
	} {
		r := result(t, c.n)
		if r.Estimate.Value != success.FigureOf(c.value) || r.Estimate.Lower.String() != c.lower || r.Estimate.Upper.String() != c.upper {
			t.Errorf("%+v: %v", c.n, r.Estimate)
		}
	}
	r, err := survey.NPS{Promoters: 1}.Result(0.5)
	if center, _ := r.Center.Float64(); err != nil || center != 0.25 || r.Estimate.Upper != success.FigureOf(1) {
		t.Errorf("%+v, %v", r, err)
	}
	if r := result(t, survey.NPS{}); r != (survey.NPSResult{}) || (survey.NPS{}).Score().Defined() {
		t.Errorf("no answers: %+v", r)
	}
}

// A change by hand: adjusted scores 2/9 and −2/9 of variance (5.5/9 − 4/81)/9.
func TestSince(t *testing.T) {
	now, before := survey.NPS{Detractors: 1, Passives: 2, Promoters: 3}, survey.NPS{Detractors: 3, Passives: 2, Promoters: 1}
	c, err := now.Since(before, 0)
	if err != nil {
		t.Fatal(err)
	}
	se := math.Sqrt(2 * (5.5/9 - 4.0/81) / 9)
	printed(t, "change", c.Estimate.Value, 2.0/3, 12)
	printed(t, "centre", c.Center, 4.0/9, 12)
	printed(t, "standard error", c.StdErr, se, 12)
	printed(t, "lower", c.Estimate.Lower, 4.0/9-1.959963984540054*se, 12)
	printed(t, "upper", c.Estimate.Upper, 4.0/9+1.959963984540054*se, 12)
	most, err := survey.NPS{Promoters: 1}.Since(survey.NPS{Detractors: 1}, 0)
	if err != nil || most.Estimate.Value != success.FigureOf(2) || most.Estimate.Upper != success.FigureOf(2) {
		t.Errorf("%+v, %v", most, err)
	}
	for _, pair := range [][2]survey.NPS{{now, {}}, {{}, now}, {}} {
		if c, err := pair[0].Since(pair[1], 0); c != (survey.Change{}) || err != nil {
			t.Errorf("%+v: %+v, %v", pair, c, err)
		}
	}
}

func TestMethods(t *testing.T) {
	for _, c := range []struct {
		counts []int64
		method survey.Method
		n      int64
		want   string
	}{
		{[]int64{1, 2, 3, 4, 5}, survey.TopTwoBox, 15, "0.6"},
		{[]int64{1, 2, 3, 4, 5}, survey.GoodBad, 12, "0.75"},
		{[]int64{1, 2, 3, 4, 5}, survey.Mean, 15, "3.66667"},
		{[]int64{1, 2, 3, 4, 5}, survey.Height, 15, "0.666667"},
		{[]int64{3, 7}, survey.GoodBad, 10, "0.7"},
		{[]int64{3, 7}, survey.Mean, 10, "1.7"},
		{[]int64{3, 7}, survey.Height, 10, "0.7"},
		{[]int64{1, 1, 2}, survey.TopTwoBox, 4, "0.75"},
		{[]int64{1, 5, 3}, survey.GoodBad, 4, "0.75"},
		{[]int64{1, 2, 3, 4}, survey.GoodBad, 10, "0.7"},
		{[]int64{0, 0, 9, 0, 0}, survey.GoodBad, 0, "n/a"},
		{[]int64{0, 0, 9, 0, 0}, survey.TopTwoBox, 9, "0"},
		{[]int64{0, 0, 0, 0, 9}, survey.Mean, 9, "5"},
		{[]int64{9, 0, 0, 0, 0}, survey.Mean, 9, "1"},
		{[]int64{0, 0, 0}, survey.Mean, 0, "n/a"},
		{[]int64{0, 0, 0}, survey.TopTwoBox, 0, "n/a"},
	} {
		s, err := counts(t, c.counts...).Satisfaction(c.method, 0.9)
		if err != nil || s.N != c.n || s.Estimate.Value.String() != c.want || s.Scale != len(c.counts) || s.Method != c.method {
			t.Errorf("%v of %v: %+v, %v", c.method, c.counts, s, err)
		}
		if lower, ok := s.Estimate.Lower.Float64(); ok != (c.n > 0) {
			t.Errorf("%v of %v: lower %v", c.method, c.counts, lower)
		}
	}
	if s, err := new(survey.Answers).Satisfaction(survey.Mean, 0); err != nil || s.Estimate.Value.Defined() {
		t.Errorf("no answers on no scale: %+v, %v", s, err)
	}
	// Equal answers leave room for doubt.
	s, err := counts(t, 0, 0, 0, 0, 9).Satisfaction(survey.Mean, 0)
	if lower, _ := s.Estimate.Lower.Float64(); err != nil || lower > 4.5 || s.Estimate.Upper != success.FigureOf(5) {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestAnswers(t *testing.T) {
	a, err := survey.AnswersOf(5, []float64{1, 5, 5, 3})
	if err != nil || a.Count() != 4 || a.Scale() != 5 || a.Mean().String() != "350%" || a.ResponseRate().Defined() {
		t.Fatalf("%+v, %v", a, err)
	}
	asked, err := a.WithAsked(16)
	if err != nil || asked.ResponseRate().String() != "25%" || a.ResponseRate().Defined() {
		t.Errorf("%v, %v", asked.ResponseRate(), err)
	}
	if s, err := asked.Satisfaction(survey.TopTwoBox, 0); err != nil || s.ResponseRate.String() != "25%" || s.Answers != 4 {
		t.Errorf("%+v, %v", s, err)
	}
	if e, err := asked.Effort(survey.HighIsGood, 0); err != nil || e.ResponseRate.String() != "25%" || e.N != 4 || e.Scale != 5 {
		t.Errorf("%+v, %v", e, err)
	}
	if all, err := a.WithAsked(4); err != nil || all.ResponseRate().String() != "100%" {
		t.Errorf("%v, %v", all.ResponseRate(), err)
	}
	nobody, err := counts(t, 0, 0, 0, 0, 0).WithAsked(4)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		a, b survey.Answers
		want string
	}{
		"known and known":     {asked, asked, "25%"},
		"known and unknown":   {asked, a, "n/a"},
		"unknown and known":   {a, asked, "n/a"},
		"known and nobody":    {asked, nobody, "20%"},
		"nobody and known":    {nobody, asked, "20%"},
		"known and no scale":  {asked, survey.Answers{}, "25%"},
		"no scale and known":  {survey.Answers{}, asked, "25%"},
		"known and no answer": {asked, counts(t, 0, 0, 0, 0, 0), "25%"},
		"nothing at all":      {survey.Answers{}, survey.Answers{}, "n/a"},
	} {
		sum, err := c.a.Plus(c.b)
		if got := sum.ResponseRate().String(); got != c.want || err != nil || sum.Count() != c.a.Count()+c.b.Count() {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
}

func TestMentions(t *testing.T) {
	m, err := survey.MentionsOf([]survey.Answer{{10, true}, {9, true}, {9, false}, {8, true}, {7, false}, {7, false}, {3, false}, {0, false}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.Result(0)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, p := range []survey.Part{r.All, r.Promoters, r.Passives, r.Detractors} {
		got += fmt.Sprint(p.Mentioned, "/", p.Answers, " ", p.Share.Value, " ", p.Lift, ", ")
	}
	if want := "3/8 0.375 1, 2/3 0.666667 1.77778, 1/3 0.333333 0.888889, 0/2 0 0, "; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	printed(t, "lower", r.Detractors.Share.Lower, 0, 12)
	printed(t, "upper", r.Detractors.Share.Upper, 0.6576, 4) // z²/(2 + z²)
	for _, m := range []survey.Mentions{{}, {All: survey.NPS{Promoters: 3}}} {
		r, err := m.Result(0)
		if err != nil || r.All.Lift.Defined() || r.Detractors.Share.Value.Defined() || r.Promoters.Share.Value.Defined() != (m.All.Promoters > 0) {
			t.Errorf("%+v, %v", r, err)
		}
	}
}

func TestBadAnswers(t *testing.T) {
	for _, bad := range []float64{11, -1, 10.5, 9.0001, 1e300, -0.5, math.NaN(), math.Inf(1), math.Inf(-1)} {
		var n survey.NPS
		refusal.Check(t, fmt.Sprint(bad), n.Add(bad), fault("", success.ErrRange))
		if n != (survey.NPS{}) {
			t.Errorf("%v was counted: %+v", bad, n)
		}
		_, err := survey.NPSOf([]float64{10, bad, 0})
		refusal.Check(t, fmt.Sprint(bad), err, fault("", success.ErrRange))
		if all, ok := err.(*success.Errors); !ok || all.Faults[0].Index != 1 {
			t.Errorf("%v: %v", bad, err)
		}
		_, err = survey.AnswersOf(10, []float64{bad, 10, 1, bad})
		refusal.Check(t, fmt.Sprint(bad), err, fault("", success.ErrRange), fault("", success.ErrRange))
		_, err = survey.MentionsOf([]survey.Answer{{bad, true}, {bad, false}, {0, true}})
		refusal.Check(t, fmt.Sprint(bad), err, fault("", success.ErrRange), fault("", success.ErrRange))
	}
	_, err := survey.AnswersOf(5, []float64{0, 6, 1, 5})
	refusal.Check(t, "off a scale of 5", err, fault("", success.ErrRange), fault("", success.ErrRange))
	for scale, ok := range map[int]bool{-1: false, 0: false, 1: false, 2: true, survey.MaxScale: true, survey.MaxScale + 1: false} {
		if _, err := survey.AnswersOf(scale, nil); ok != (err == nil) {
			t.Errorf("scale %d: %v", scale, err)
		}
	}
}

func TestBadCounts(t *testing.T) {
	const most = 1 << 50
	_, err := survey.AnswersByCount(1, -1, most, 2)
	refusal.Check(t, "counts", err, fault("", success.ErrNegative), fault("", success.ErrRange))
	_, err = survey.AnswersByCount(-1)
	refusal.Check(t, "one count", err, fault("", success.ErrNegative), fault("", success.ErrRange))
	if _, err := survey.AnswersByCount(most-1, 1); err != nil {
		t.Error(err)
	}
	_, err = survey.NPS{Detractors: -1, Passives: most, Promoters: math.MaxInt64}.Result(2)
	refusal.Check(t, "nps", err, fault("Detractors", success.ErrNegative), fault("Promoters", success.ErrRange), fault("Level", success.ErrRange))
	_, err = survey.NPS{Passives: -1}.Since(survey.NPS{Promoters: -1}, -1)
	refusal.Check(t, "since", err, fault("Promoters", success.ErrNegative), fault("Passives", success.ErrNegative), fault("Level", success.ErrRange))
	_, err = survey.Mentions{All: survey.NPS{Detractors: 1, Passives: 2, Promoters: 3}, Mentioned: survey.NPS{Detractors: 2, Passives: 3, Promoters: 4}}.Result(1)
	refusal.Check(t, "mentions", err, fault("Detractors", success.ErrRange), fault("Passives", success.ErrRange), fault("Promoters", success.ErrRange), fault("Level", success.ErrRange))
	_, err = survey.Mentions{All: survey.NPS{Promoters: -1}, Mentioned: survey.NPS{Passives: -1}}.Result(0)
	refusal.Check(t, "negative mentions", err, fault("Promoters", success.ErrNegative), fault("Passives", success.ErrNegative))
	if _, err := (survey.Mentions{All: survey.NPS{Promoters: 1}, Mentioned: survey.NPS{Promoters: 1}}).Result(0); err != nil {
		t.Error(err)
	}
}

func TestBadChoices(t *testing.T) {
	five, two := counts(t, 1, 1, 1, 1, 1), counts(t, 1, 1)
	_, err := five.Satisfaction(0, 1)
	refusal.Check(t, "no method", err, fault("", success.ErrUnknown), fault("Level", success.ErrRange))
	_, err = five.Satisfaction(survey.Height+1, 0)
	refusal.Check(t, "method", err, fault("", success.ErrUnknown))
	_, err = two.Satisfaction(survey.TopTwoBox, 0)
	refusal.Check(t, "top two of two", err, fault("Scale", success.ErrRange))
	_, err = five.Effort(0, 1)
	refusal.Check(t, "no direction", err, fault("", success.ErrUnknown), fault("Level", success.ErrRange))
	_, err = five.Effort(survey.HighIsGood+1, 0)
	refusal.Check(t, "direction", err, fault("", success.ErrUnknown))
	_, err = five.WithAsked(-1)
	refusal.Check(t, "asked", err, fault("", success.ErrNegative))
	_, err = five.WithAsked(4)
	refusal.Check(t, "asked", err, fault("", success.ErrRange))
	_, err = five.Plus(two)
	refusal.Check(t, "scales", err, fault("Scale", success.ErrRange))
}

func TestWords(t *testing.T) {
	for m, want := range []string{"", "top_two_box", "good_bad", "mean", "height"} {
		var back survey.Method
		text, err := survey.Method(m).MarshalText()
		if string(text) != want || survey.Method(m).String() != want || err != nil || back.UnmarshalText(text) != nil || back != survey.Method(m) {
			t.Errorf("%d: %s, %v, %v", m, text, err, back)
		}
	}
	for d, want := range []string{"", "low_is_good", "high_is_good"} {
		var back survey.Direction
		text, err := survey.Direction(d).MarshalText()
		if string(text) != want || survey.Direction(d).String() != want || err != nil || back.UnmarshalText(text) != nil || back != survey.Direction(d) {
			t.Errorf("%d: %s, %v, %v", d, text, err, back)
		}
	}
	method, direction := survey.Mean, survey.LowIsGood
	if method.UnmarshalText([]byte("median")) == nil || direction.UnmarshalText([]byte("up")) == nil || method != survey.Mean || direction != survey.LowIsGood {
		t.Error("unknown words were taken")
	}
	if _, err := survey.Method(9).MarshalText(); err == nil {
		t.Error("an unknown method was written")
	}
}
