// Package backtest answers whether a health score works: does red really leave?
//
// [Run] takes accounts as they were scored on a day, and what became of them in
// the days after it, and returns a [Report]: what each band lost, whether the
// bands are in order, how well the score tells leavers from stayers, what the
// worst tenth catches, and the probability to leave that each score stands for:
//
//	report, err := backtest.Run(records, backtest.Options{Bands: []string{"Red", "Yellow", "Green"}, Horizon: 90})
//	fmt.Println(report.AUC, report.Finding, report.Order)
//
// [Rank] is the quick way in for the score alone: a [Ranking] holds how many
// accounts had each score and how many of them left, and merges with others.
//
// # Leaving
//
// Leaving is the word for the outcome, whatever it is: a caller may as well ask
// who shrank. A score is frozen at the close of a day; who leaves on one of the
// Horizon days after it has left, and who leaves later has not. Who had left on
// that day or before is a fault of the input: its score knew the outcome.
//
// # Scores
//
// A score is any finite number, not only one from 0 to 100: all but [Brier] and
// the limits of bins and steps depend on its order only. The scale says whether
// high is good or bad. Worse always means what the scale says: low on the health
// scale, high on the risk scale. A score that is not known is an undefined
// [success.Figure]; its account counts in its band and in the base rate and
// nowhere else.
//
// # What is not known
//
// Without anybody who left, whatever needs one is undefined, and
// [Ranking.Undefined] says why. An interval that cannot be computed is undefined,
// even where the value is not: with fewer than two leavers or two stayers, with
// one score for all and with classes that do not overlap.
//
// Calibration, information value and suggested weights are fitted to the accounts
// they are judged on, which flatters them: the fewer events, the more. Measures
// are looked at one at a time: two that say the same both count in full.
package backtest
