// Package goal tells whether customers got what they bought the product for:
// the goals agreed at the sale ("do X within 90 days of go-live"), and how long
// it takes to reach a first value.
//
// [Assess] gives each [Goal] a [Status] on a day and counts them, in all and per
// account. A [Tally] knows the attainment, that is, the credit earned of what
// was due, and its bounds for goals of which nobody reported the end.
//
// [TimeToValue] measures the days from a named start. Customers who are not
// there yet are part of it: they have waited for so long at least. The mean of
// those who are there leaves out everyone who takes long, and is given only
// beside the median of all, under a name that says so.
package goal
