// Package lifetime projects how long contract customers will go on renewing,
// beyond the renewals seen so far.
//
// A constant churn rate is the wrong projection: those who leave easily leave
// first, so that the rate falls from renewal to renewal, and a lifetime of
// 1/churn is far too short for the customers who are still there. The
// shifted-beta-geometric model says so with two numbers: every customer has a
// churn probability of his own that never changes, and these probabilities
// follow a beta distribution with parameters α and β over the customers.
//
//	fit, err := lifetime.Fit([]lifetime.Cohort{{1000, 869, 743, 653}}, lifetime.Options{})
//	fit.Survival(8)                  // share expected to be there after 8 renewals
//	fit.ResidualLifetime(3, 0.1)     // periods still to come after 3, discounted
//
// [Fit] estimates the numbers from cohorts, [Model] holds known ones.
//
// Periods are renewal periods, all of one length. A customer renews or leaves
// at the end of each; those who leave in period 1 never renew.
//
// Source: P. S. Fader and B. G. S. Hardie, How to project customer retention,
// Journal of Interactive Marketing 21 (2007); Customer-base valuation in a
// contractual setting, Marketing Science 29 (2010).
package lifetime
