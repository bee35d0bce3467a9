// Package success is the shared vocabulary of a library of customer-success
// metrics: days, periods, accounts, contracts, interactions, exact ratios and
// the errors that name bad input.
//
// The metrics themselves live in the packages beside it:
//
//   - retention: recurring revenue, movements, NRR, GRR, renewals, projections
//   - cohort: retention triangles, survival, with-and-without comparisons
//   - health: scorecards, surveys, support measures, alerts, touch tiers
//   - attribution: service-qualified-lead revenue, credit models, exact splits
//
// Every package keeps the same promises.
//
// # Pure
//
// No clock, file, network, environment or logging, no mutable package variable,
// no goroutine left behind, and no randomness but the bootstrap's, which the
// caller seeds. Arguments are never modified, and changing one after a call
// changes no result. Results are safe to share between goroutines.
//
// # Money is exact
//
// Amounts are [decimal.Decimal] at the door and whole millionths of the
// currency unit inside. An annual rate is rounded half to even once, when a
// record is read; a printed figure is rounded half away from zero once, when it
// leaves. No float64 holds money.
//
// # Undefined is not zero
//
// A [Ratio] with nothing below the line is undefined: it prints as n/a and is
// null in JSON. It is never 0, NaN or infinite.
//
// # Figures explain themselves
//
// Every portfolio figure can be taken apart into lines per account that add up
// to it exactly, and what is summed over accounts can be computed in parts and
// merged. The order of the input changes nothing.
//
// # Bad input is named
//
// A call that is given records it cannot use computes nothing and returns an
// [Errors] with every fault in it, each an [InputError] that says which record,
// which field, what was found and why it cannot be:
//
//	contract[17].End: 2024-02-01 is not after Start 2024-03-01
//
// # Words
//
// SQL is a service-qualified lead, never the query language. CSM is a person,
// the customer success manager. ARR and MRR are annual and monthly recurring
// revenue, NRR and GRR net and gross revenue retention.
package success
