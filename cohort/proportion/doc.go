// Package proportion compares shares of accounts: kept with help and without,
// promoters and detractors, this year and last.
//
//	c, err := proportion.Compare(helped, unhelped, proportion.Options{})
//	fmt.Println(c.Difference) // 0.2 (0.052, 0.334)
//
// [Wilson] gives the interval of one share, [Compare] the difference and the
// ratio of two, [MantelHaenszel] the same within strata, which is what makes a
// comparison fair when one side has more of the customers who stay anyway.
// [Power], [SampleSize], [Detectable] and [Events] are for before a study,
// [EValueOf] for doubting one afterwards.
//
// The intervals are those that keep what they promise in small samples: Wilson
// for one share, Newcombe and Miettinen–Nurminen for differences, Koopman and
// MOVER for ratios. The familiar p ± 1.96 √(p(1 − p)/n) is not offered: at 10 of
// 10 it claims certainty.
package proportion
