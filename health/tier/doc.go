// Package tier decides which accounts get a person, which a webinar, and how
// many people that takes.
//
// A [Policy] lists tiers in order, the most personal first: what qualifies for
// each, the hours an account takes there in a period, and the team there is.
// [Assign] gives every account one tier; the [Plan] it returns says why, how
// full the teams are, what one more person or a year of growth would change, and
// whether a pooled team pays. [Divide] makes portfolios of a tier's accounts:
//
//	plan, err := tier.Assign(accounts, policy, day)
//	for _, l := range plan.Loads() { … }
//	for _, s := range plan.Staffing() { … }
//
// No number is built in: published ratios of accounts to people differ by
// factors of three to ten.
//
// # Hours
//
// The capacity of a team, in hours of one period, is
//
//	People × Hours × Utilisation × (1 − Admin)
//
// rounded down to a millionth of an hour. An account takes the hours of its tier
// times its Effort, exactly: tiers have at most four decimals, efforts two.
//
// # Wanted and given
//
// An account wants the highest tier it qualifies for. One rule of [Entry] is
// enough, and the last tier takes all. Revenue has two thresholds: it lifts an
// account into a tier at Up, and keeps it there down to Down. So with the
// highest tier by Up (rise) and by Down (fall, never below rise) and the one
// wanted before, an account heads for
//
//	rise, if that is above what it wanted
//	fall, if that is below
//	what it wanted, otherwise: the dead zone
//
// and wants it once it has headed that way for Dwell days. An account without a
// state wants rise at once. All this acts on wanted only; given follows the room
// there is.
//
// # Who gets in
//
// Accounts of a family (Parent) are placed as one: it wants the highest tier
// that a member wants, takes the hours of all and has the revenue of all.
// A family locked by one member is locked. Locked are, in this order,
//
//	manual             in the tier named
//	strategic, contract  in the tier wanted
//	renewal, at risk, change of owner  in the highest tier its members have now
//
// They count first and get their place even when the team is full; that shows
// as [Load.Over]. All others come in order of value density, the revenue at
// stake for each extra hour over the next tier; since hours are in proportion to
// Effort, that is the order of revenue to effort in every tier. Ties go to the
// smaller effort, then the smaller ID. Each takes the first tier from the one it
// wants downwards that has room for it.
//
// # What holds
//
// The served value of a tier is the revenue of the accounts that have it or a
// higher one. With m(t) the largest revenue of one account (or family) that is
// not locked, may have tier t and fits the room locks leave there:
//
//   - More revenue never lowers an account's tier, all else equal: it comes
//     earlier, and those before it are the same as before.
//   - One more person in a tier never lowers the revenue in it: the first
//     account that now gets in is worth more than all that fitted in its place.
//     The served value of a lower tier t falls by no more than the sum of the
//     largest revenue that fits any limited tier, once for each limited tier
//     down to t. The revenue inside a lower tier alone may fall by more, because
//     accounts move up out of it.
//   - With one limited tier no choice serves more than m above this one. With
//     several, none serves more above it than the largest revenue of one account
//     that fits any of them, once for each.
//   - A plan made again from its own states, on the same day, gives the same
//     tiers: locking what is placed changes no room that others used.
package tier
