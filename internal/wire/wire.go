// Package wire writes results as bytes and reads them again, for those that are
// computed in parts and merged elsewhere.
//
// A value is its [Kind], the version of its form, and its fields one after the
// other, without names or padding. There is one form for each value, so that
// equal values are equal bytes: counts are in base 128 and as short as can be,
// money is stripped of its zeros.
//
// A [Reader] takes bytes from anywhere. What a [Writer] would not have written
// is refused with its position; lengths are compared with what is left before
// anything is made of that length.
package wire

import (
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

// A Kind says what a value is. It is the first byte, and never changes.
type Kind uint8

// The kinds of value.
const (
	Movement Kind = iota + 1
	Snapshot
	Renewals
	SurvivalCounts
	NPS
	Ranking
	SupportTally
	SurvivalTable
	Cut
)

// version is the second byte: the form of all kinds, until one has another.
const version = 1

// String returns the name of k, as faults call it.
func (k Kind) String() string {
	names := []string{"movement", "snapshot", "renewals", "counts", "nps", "ranking", "tally", "table", "cut"}
	if i := int(k) - 1; i >= 0 && i < len(names) {
		return names[i]
	}
	return "unknown " + strconv.Itoa(int(k))
}

// Fault returns the fault of a field of a value of kind k.
func (k Kind) Fault(field, value string, err error) *success.InputError {
	return &success.InputError{Record: k.String(), Index: -1, Field: field, Value: value, Err: err}
}

// MaxCount is the largest count: a float64 holds it, and a sum of several,
// exactly.
const MaxCount = 1 << 50

// Fields is where the fields of a value go to, or come from: a [Writer] or a
// [Reader]. A type that names its fields to it once is read as it is written.
type Fields interface {
	Int(field string, n *int)                    // 0 to MaxCount
	Int64(field string, n *int64)                // 0 to MaxCount
	Decimal(field string, d *decimal.Decimal)    // whole millionths below 2¹²⁷
	Period(field string, period *success.Period) // any two dates
	Date(field string, d *success.Date)          // a day or none
	Text(field string, s *string)                // any bytes
	Flag(field string, set *bool)                // true or false
}
