package survey_test

import (
	"fmt"

	"metrics.internal/success/health/survey"
)

func ExampleNPS_Merge() {
	north, south := survey.NPS{Detractors: 10, Promoters: 30}, survey.NPS{Passives: 50, Promoters: 10}
	north.Merge(south)
	fmt.Println(north.Detractors, north.Passives, north.Promoters)
	// Output: 10 50 40
}

// Would our customers recommend us? 50 % would, 20 % would rather not: the score is 30.
func ExampleNPS_Score() {
	fmt.Println(survey.NPS{Detractors: 20, Passives: 30, Promoters: 50}.Score())
	fmt.Println(survey.NPS{}.Score())
	// Output:
	// 30%
	// n/a
}

func ExampleNPS_Answers() {
	fmt.Println(survey.NPS{Detractors: 20, Passives: 30, Promoters: 50}.Answers())
	// Output: 100
}

func ExampleNPS_AppendBinary() {
	message, err := survey.NPS{Detractors: 20, Passives: 30, Promoters: 50}.AppendBinary([]byte("nps "))
	fmt.Printf("%q %v\n", message[:4], err)
	var sent survey.NPS
	fmt.Println(sent.UnmarshalBinary(message[4:]), sent.Score())
	// Output:
	// "nps " <nil>
	// <nil> 30%
}

// The same score says much less when a tenth as many have answered.
func ExampleNPSResult() {
	for _, n := range []int64{1, 10} {
		r, err := survey.NPS{Detractors: 20 * n, Passives: 30 * n, Promoters: 50 * n}.Result(0)
		fmt.Println(r.Answers, "answers:", r.Estimate.Value, "± 0.1:", r.Estimate.Contains(0.2), err)
	}
	// Output:
	// 100 answers: 0.3 ± 0.1: true <nil>
	// 1000 answers: 0.3 ± 0.1: false <nil>
}

// From −10 to 20 the score has risen by 0.3, and with so many answers that is no chance.
func ExampleChange() {
	spring := survey.NPS{Detractors: 400, Passives: 300, Promoters: 300}
	autumn := survey.NPS{Detractors: 300, Passives: 200, Promoters: 500}
	change, err := autumn.Since(spring, 0)
	fmt.Println(change.Estimate.Value, "no change at all is possible:", change.Estimate.Contains(0), err)
	// Output: 0.3 no change at all is possible: false <nil>
}

func ExampleAnswers_Count() {
	answers, err := survey.AnswersByCount(5, 5, 10, 40, 40)
	fmt.Println(answers.Count(), err)
	// Output: 100 <nil>
}

func ExampleAnswers_Scale() {
	answers, err := survey.AnswersByCount(5, 5, 10, 40, 40)
	fmt.Println("from 1 to", answers.Scale(), err)
	// Output: from 1 to 5 <nil>
}

func ExampleAnswers_Mean() {
	answers, err := survey.AnswersOf(5, []float64{5, 4, 3, 4})
	mean, ok := answers.Mean().Float64()
	fmt.Println(mean, ok, err)
	_, ok = survey.Answers{}.Mean().Float64()
	fmt.Println("defined without answers:", ok)
	// Output:
	// 4 true <nil>
	// defined without answers: false
}

func ExampleAnswers_Plus() {
	june, err1 := survey.AnswersOf(5, []float64{5, 4, 4, 2})
	july, err2 := survey.AnswersOf(5, []float64{5, 5})
	both, err3 := june.Plus(july)
	fmt.Println(both.Count(), err1, err2, err3)
	seven, err1 := survey.AnswersOf(7, []float64{7})
	_, err2 = both.Plus(seven)
	fmt.Println(err1, err2)
	// Output:
	// 6 <nil> <nil> <nil>
	// <nil> answers.Scale: 7 is not 5, that of the others
}

func ExampleAnswers_WithAsked() {
	answers, err := survey.AnswersOf(5, []float64{5, 4, 4, 2})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = answers.WithAsked(3)
	fmt.Println(err)
	asked, err := answers.WithAsked(16)
	fmt.Println(asked.Count(), "of 16:", asked.ResponseRate(), err)
	// Output:
	// asked: 3 is less than 4 answers
	// 4 of 16: 25% <nil>
}

// What share of those asked has answered? Unknown, as long as nobody says how many were asked.
func ExampleAnswers_ResponseRate() {
	answers, err1 := survey.AnswersOf(5, []float64{5, 4, 4, 2})
	asked, err2 := answers.WithAsked(10)
	fmt.Println(answers.ResponseRate(), asked.ResponseRate(), err1, err2)
	// Output: n/a 40% <nil> <nil>
}

// The same answers are 72 % or 90 % satisfied: a figure without its method says little.
func ExampleMethod() {
	answers, err := survey.AnswersByCount(4, 4, 20, 42, 30)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, method := range []survey.Method{survey.TopTwoBox, survey.GoodBad} {
		s, err := answers.Satisfaction(method, 0)
		fmt.Println(method, s.Estimate.Value, "of", s.N, err)
	}
	// Output:
	// top_two_box 0.72 of 100 <nil>
	// good_bad 0.9 of 80 <nil>
}

// Of 8 answers, 2 are in the middle; of the other 6, 3 are good.
func ExampleSatisfaction() {
	answers, err := survey.AnswersByCount(1, 2, 2, 1, 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := answers.Satisfaction(survey.GoodBad, 0)
	fmt.Println(s.Estimate.Value, "of", s.N, "of", s.Answers, err)
	// Output: 0.5 of 6 of 8 <nil>
}

// "How much effort did you have to put forth?" and "the company made it easy" turn the scale around.
func ExampleDirection() {
	answers, err := survey.AnswersOf(5, []float64{2, 2, 2})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, direction := range []survey.Direction{survey.LowIsGood, survey.HighIsGood} {
		effort, err := answers.Effort(direction, 0)
		fmt.Println(direction, effort.Ease.Value, err)
	}
	// Output:
	// low_is_good 0.75 <nil>
	// high_is_good 0.25 <nil>
}

// A mean of 5.5 on a scale to 7 is an ease of three quarters: 4.5 of the 6 steps.
func ExampleEffort() {
	answers, err := survey.AnswersOf(7, []float64{4, 5, 6, 7})
	if err != nil {
		fmt.Println(err)
		return
	}
	effort, err := answers.Effort(survey.HighIsGood, 0)
	fmt.Println("mean", effort.Mean.Value, "of", effort.Scale, "ease", effort.Ease.Value, err)
	// Output: mean 5.5 of 7 ease 0.75 <nil>
}

// mentions returns who speaks of service: 30 of 50 promoters, and 10 of the 50 others.
func mentions() survey.Mentions {
	return survey.Mentions{
		All:       survey.NPS{Detractors: 20, Passives: 30, Promoters: 50},
		Mentioned: survey.NPS{Detractors: 10, Promoters: 30},
	}
}

func ExampleMentions() {
	m, err := survey.MentionsOf([]survey.Answer{{Score: 10, Mentions: true}, {Score: 9}, {Score: 3}})
	fmt.Println(m.Mentioned.Promoters, "of", m.All.Promoters, "promoters speak of service", err)
	// Output: 1 of 2 promoters speak of service <nil>
}

func ExampleAnswer() {
	answer := survey.Answer{Score: 11, Mentions: true}
	_, err := survey.MentionsOf([]survey.Answer{answer})
	fmt.Println(err)
	// Output: answer[0]: 11 is not a whole number from 0 to 10
}

func ExampleMentions_Merge() {
	north, south := mentions(), mentions()
	north.Merge(south)
	fmt.Println(north.Mentioned.Promoters, "of", north.All.Promoters)
	// Output: 60 of 100
}

// Is service what promoters recommend? 60 % of them speak of it, half as many again as of all.
func ExampleMentions_Result() {
	r, err := mentions().Result(0)
	fmt.Println(r.Promoters.Share.Value, "of promoters,", r.All.Share.Value, "of all:", r.Promoters.Lift, err)
	// Output: 0.6 of promoters, 0.4 of all: 1.5 <nil>
}

func ExampleMentionResult() {
	r, err := mentions().Result(0)
	fmt.Println(r.Promoters.Share.Value, r.Passives.Share.Value, r.Detractors.Share.Value, err)
	// Output: 0.6 0 0.5 <nil>
}

func ExamplePart() {
	r, err := mentions().Result(0)
	part := r.Detractors
	fmt.Println(part.Mentioned, "of", part.Answers, "is", part.Share.Value, err)
	fmt.Println("as a multiple of that of all:", part.Lift)
	// Output:
	// 10 of 20 is 0.5 <nil>
	// as a multiple of that of all: 1.25
}
