// Package interval holds the probability formulas that the metrics share: the
// normal and chi-square distributions, and confidence intervals for one
// proportion and for two.
//
// Counts are float64 holding whole numbers, so that no conversion clutters the
// formulas. Nothing here checks its arguments: callers pass 0 ≤ x ≤ n and n > 0.
// A limit that does not exist is +Inf.
package interval
