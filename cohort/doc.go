// Package cohort says how long accounts stay and what helping them changes.
//
// The work is done by the packages below it:
//
//   - triangle: retention triangles, by calendar period or by age
//   - survival: Kaplan–Meier curves, restricted means, log-rank tests
//   - proportion: shares and their differences, ratios, Mantel–Haenszel tables,
//     the power of a study, the E-value
//   - help: accounts with and without help, compared without immortal time;
//     matching; the bootstrap
//   - lifetime: the shifted-beta-geometric projection
//
// Their figures are [success.Figure], which may be undefined, and
// [success.Estimate], a figure with its interval.
//
// # What the intervals say
//
// A level, 0.95 unless the options of a call name another, is the share of
// repetitions of the same study in which the interval contains the truth. Few
// accounts make wide intervals; no number of accounts makes a biased comparison
// right.
//
// # Words
//
// An account is censored when it had not left by the last day it was seen; it
// may still leave. A hazard is the risk of leaving on a day for those still
// there. Help is whatever success or support people did; it begins on a date.
package cohort
