// Package alert raises alerts on accounts, keeps them open as long as their
// reason lasts, and closes them, as a pure state machine.
//
// [Next] takes the [State] of the last run, a [Reading] of each account, the day
// and a [Policy], and returns the new State. Nothing else is remembered: store
// the State, as JSON if you like, and hand it back the next time.
//
//   - There is at most one open alert per [Key], that is, per account, kind and
//     subject, such as the goal that was missed.
//   - What is unknown neither opens an alert nor closes one: no data is no
//     recovery. An alert that could not be looked at is kept, and says since
//     when.
//   - After an alert is closed, its key is quiet for a cool-down. What would have
//     opened meanwhile is there as suppressed.
//   - The same readings on the same day leave the state as it is, and their order
//     does not matter.
//
// The package stands alone: bands are names that the policy puts in order, and
// figures are exact ratios, however they came about.
package alert
