// Package attribution says which revenue came from where: what service-qualified
// leads brought in, and how the worth of a deal is shared among the touches
// before it.
//
// SQL is a service-qualified lead here, never the query language.
package attribution
