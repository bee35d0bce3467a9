// Package survey measures what customers answer: whether they would recommend,
// whether they were satisfied, how much effort it took them.
//
//	nps, err := survey.NPSOf([]float64{0, 7, 7, 9, 9, 9})
//	result, err := nps.Result(0.95)
//	fmt.Println(nps.Score(), result.Estimate) // 33.3% 0.333333 (-0.267433, 0.711877)
//
// [NPS] is the net promoter score, [Answers] hold those to any other question, of
// which [Answers.Satisfaction] makes CSAT under a named method and
// [Answers.Effort] CES. [Mentions] says who speaks of service. All of them add
// up over parts.
//
// A score of few answers says little, and says so: every one comes with an
// interval. An answer that is not on the scale, or not a whole number, is an
// error, not something to round.
package survey
