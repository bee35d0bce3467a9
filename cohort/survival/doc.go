// Package survival estimates how long accounts stay when many have not left
// yet.
//
// Leaving out the accounts that are still there, or counting their days so far
// as if they had left, makes every figure too small. A [Curve] takes them for
// what they are: known to have stayed so long, and unknown from there on
// (right-censored). Accounts that came under observation late, such as those of
// an acquired company, enter late.
//
//	curve, err := survival.Fit(spans, survival.Options{})
//	median := curve.Median()                  // with its interval
//	year, ok := curve.At(365)                 // share still there after a year
//	mean, err := curve.RestrictedMean(730)    // days per account in two years
//
// [LogRank] tests whether groups differ, [MeanDifference] and [Difference] say
// by how much. [Counts] is what curves are made of; counts of shards add up.
//
// # Conventions
//
// Durations are whole days, or any other whole unit if all of them are. An
// account is at risk on day t when it entered before t and had not gone before
// t; on the same day, leaving comes before being censored. These are the
// conventions of the R package survival, against whose figures the tests check
// this one.
package survival
