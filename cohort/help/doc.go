// Package help compares accounts with help and without: what customer success
// is worth, as far as records can tell.
//
//	result, err := help.Landmark(accounts, help.Options{AsOf: today, Horizon: 365})
//	fmt.Println(result.Difference)     // share kept with help, less without
//	fmt.Println(result.Adjusted)       // the same within groups of alike accounts
//	fmt.Println(result.Warnings)       // why not to believe it
//
// # Why a date is asked for
//
// Whether an account was ever helped is not accepted, only the day help began.
// An account has to stay to be helped: those who leave in the first week never
// are. The ever-helped therefore look loyal even when help does nothing at all,
// and the more so the later help comes (immortal time). Two designs are free of
// it, and both are here:
//
//   - [Landmark] takes the accounts that are there on a day, calls those helped
//     whose help had begun by then, and counts from then on.
//   - [StartStop] counts the days before help as days without it, and the days
//     after as days with it.
//
// # Why groups are asked for
//
// Help is not drawn by lot. If large customers are helped more and stay longer
// anyway, the crude difference is their difference. Strata compare like with
// like, and [Match] does so for many traits at once; traits must be measured
// before help began. What nobody measured stays: [proportion.EValue] says how
// strong it would have to be.
package help
