// Package health scores how well accounts are doing, from what is known of them,
// and says why, and how sure it is.
//
// A [Definition] names measures in groups, how each turns a value into points
// from 0 to 100, and the bands, such as Red, Yellow and Green, that points lie
// in. [New] checks it and returns a [Scorecard], which scores accounts:
//
//	card, err := health.New(definition)
//	result, err := card.Score(health.Record{Account: "Fernhill", Inputs: inputs}, asOf)
//	fmt.Println(result.Computed, result.Lower, result.Upper, result.Coverage, result.Band)
//	// 70 50 70 80% Green
//
// [Scorecard.Explain] adds the lines that make up the score, [Scorecard.Columns]
// scores a million accounts in one call, [Scorecard.Next] keeps bands from
// flapping, [Scorecard.RollUp] scores a parent by its children,
// [Scorecard.RevenueAtRisk] adds up what accounts pay in each band and [NewTrend]
// says where a score is going.
//
// # What is not known
//
// A missing input is not 0. It leaves the score, the other weights are scaled up
// (unless the [Policy] of the measure says otherwise), and the result says how
// much was known: its coverage, and the bounds that the score would have if all
// that is missing were at 0 and at 100 points. Below MinCoverage the band is
// [Unknown]; when both bounds lie in one band, no missing points can move the
// computed score out of it, and it is certain (bounds do not speak of exceptions
// and overrides). What does not apply to an account, or is not due yet, is not
// missing: it leaves the denominator.
//
// # Exact
//
// Points are whole millionths, rounded once by the curve of the measure. Weights
// are exact, sums are whole numbers, and the score is rounded once, to a
// millionth: it is the same on every machine and in any order, and the parts of
// an explanation add up to it, to the last digit.
//
// # Words
//
// A score is computed from the measures, ruled after the exceptions, and
// effective after a manual override. On the [Health] scale high is good, on the
// [Risk] scale high is bad; they do not mix.
package health
