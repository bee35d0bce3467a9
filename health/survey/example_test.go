package survey_test

import (
	"fmt"

	"metrics.internal/success/health/survey"
)

func ExampleNPSOf() {
	nps, err := survey.NPSOf([]float64{0, 7, 7, 9, 9, 9})
	fmt.Println(nps.Promoters, nps.Passives, nps.Detractors, err)
	_, err = survey.NPSOf([]float64{9, 11, 8.5})
	fmt.Println(err)
	// Output:
	// 3 2 1 <nil>
	// 2 faults
	// 	answer[1]: 11 is not a whole number from 0 to 10
	// 	answer[2]: 8.5 is not a whole number from 0 to 10
}

func ExampleNPS() {
	north, south := survey.NPS{Detractors: 1, Passives: 2, Promoters: 3}, survey.NPS{Passives: 1, Promoters: 1}
	north.Merge(south)
	fmt.Println(north.Answers(), north.Score())
	// Output: 8 37.5%
}

func ExampleNPS_Add() {
	var nps survey.NPS
	fmt.Println(nps.Add(9), nps.Add(10), nps.Add(6), nps.Score())
	fmt.Println(nps.Add(11))
	// Output:
	// <nil> <nil> <nil> 33.3%
	// answer: 11 is not a whole number from 0 to 10
}

func ExampleNPS_Result() {
	r, err := survey.NPS{Detractors: 1, Passives: 2, Promoters: 3}.Result(0.95)
	fmt.Println(r.Estimate, err)
	fmt.Println("standard error", r.StdErr, "centre", r.Center)
	// Output:
	// 0.333333 (-0.267433, 0.711877) <nil>
	// standard error 0.30429 centre 0.222222
}

func ExampleNPS_Since() {
	spring := survey.NPS{Detractors: 30, Passives: 40, Promoters: 30}
	autumn := survey.NPS{Detractors: 20, Passives: 40, Promoters: 40}
	change, err := autumn.Since(spring, 0.95)
	fmt.Println(change.Estimate, err)
	fmt.Println("may be chance:", change.Estimate.Contains(0))
	// Output:
	// 0.2 (-0.0135063, 0.401856) <nil>
	// may be chance: true
}

func ExampleAnswersOf() {
	answers, err := survey.AnswersOf(5, []float64{5, 4, 4, 2})
	fmt.Println(answers.Count(), answers.Scale(), err)
	// Output: 4 5 <nil>
}

func ExampleAnswersByCount() {
	answers, err := survey.AnswersByCount(80, 210, 140, 110, 160, 180, 120)
	mean, ok := answers.Mean().Value(2)
	fmt.Println(mean, ok, err)
	// Output: 4.08 true <nil>
}

func ExampleAnswers() {
	june, err1 := survey.AnswersOf(5, []float64{5, 4, 4, 2})
	july, err2 := survey.AnswersOf(5, []float64{5, 5})
	both, err3 := june.Plus(july)
	both, err4 := both.WithAsked(20)
	fmt.Println(both.Count(), both.ResponseRate(), err1, err2, err3, err4)
	// Output: 6 30% <nil> <nil> <nil> <nil>
}

func ExampleAnswers_Satisfaction() {
	answers, err := survey.AnswersByCount(5, 5, 10, 40, 40)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, method := range []survey.Method{survey.TopTwoBox, survey.GoodBad, survey.Mean, survey.Height} {
		s, err := answers.Satisfaction(method, 0)
		fmt.Println(method, "of", s.N, s.Estimate, err)
	}
	// Output:
	// top_two_box of 100 0.8 (0.711171, 0.866633) <nil>
	// good_bad of 90 0.888889 (0.807422, 0.938517) <nil>
	// mean of 100 4.05 (3.68146, 4.34085) <nil>
	// height of 100 0.7625 (0.670366, 0.835212) <nil>
}

func ExampleAnswers_Effort() {
	answers, err := survey.AnswersByCount(80, 210, 140, 110, 160, 180, 120)
	if err != nil {
		fmt.Println(err)
		return
	}
	effort, err := answers.Effort(survey.HighIsGood, 0)
	fmt.Println(effort.Mean.Value, effort.Ease.Value, err)
	// Output: 4.08 0.513333 <nil>
}

func ExampleMentionsOf() {
	mentions, err := survey.MentionsOf([]survey.Answer{
		{Score: 10, Mentions: true}, {Score: 9, Mentions: true}, {Score: 9}, {Score: 8}, {Score: 7}, {Score: 2},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := mentions.Result(0)
	fmt.Println("of all", r.All.Share.Value, "of promoters", r.Promoters.Share.Value, "lift", r.Promoters.Lift, err)
	// Output: of all 0.333333 of promoters 0.666667 lift 2 <nil>
}
