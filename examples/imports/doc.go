// Package imports turns what billing, sales and support systems export into the
// records of this library: subscriptions of Stripe and Chargebee into contracts,
// deals of HubSpot and opportunities of Salesforce into deals and leads, tickets
// of Zendesk into interactions. It is meant to be copied and fitted to what a
// company keeps where.
//
//	result, err := imports.Stripe(file)
//	book, err := retention.NewBook(result.Contracts, retention.Options{})
//
// Each function reads one export to its end and opens, fetches and prints
// nothing. None of them guesses in silence:
//
//   - what cannot be read or cannot be (a number that is none, an ID that is
//     missing, a status that the vendor does not know) is a fault. Faults come
//     all at once, as [success.Errors], with the line or the position, and no
//     record is returned then;
//   - what can be read but not told in our records is in [Result.LeftOut], record
//     by record, with the reason;
//   - fields that nothing is made of are in [Result.Unused], each once;
//   - what had to be assumed is in [Result.Notes].
//
// The records returned pass their Validate, and no ID is used twice. Money is
// exact: minor units become decimals, and nothing is rounded.
//
// An export tells the present: what a subscription cost before its price or
// quantity was changed is not in it. A company that wants its history to the day
// keeps the export of each month, or reads the vendor's events.
package imports
