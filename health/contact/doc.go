// Package contact measures how much hangs on one person at a customer: single
// contact risk.
//
// [Assess] turns the contacts of accounts into a [Report] with a [Risk] for each:
// the share of the top contact, the effective number of contacts, the days since
// a champion acted, how the contract's term compares with the time people stay
// in their jobs, and who has left. Each is a figure of its own; nothing is
// rolled into one number that hides the reason.
//
// How long people stay is an assumption, [DefaultTenure] unless the caller states
// another. Reports carry it.
package contact
