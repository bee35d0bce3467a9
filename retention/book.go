package retention

import (
	"math"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// A Book holds the contracts of a company, ready to be asked about any period.
// It is immutable, and safe to ask from many goroutines at once. It keeps no
// reference to the arguments it was built from, other than their strings.
type Book struct {
	options  Options // Accounts, Mergers and Rates are not kept here
	currency string

	accounts   []success.AccountID
	attributes []success.Account // by account, when they were given
	mergers    map[int32]merger  // by the account that is absorbed

	currencies []string // by number
	products   []string // by number
	ladders    []ladder // by currency
	home       uint16   // number of the reporting currency, if any contract is in it

	// What movements are measured on, by number: an account, a product of an
	// account or a tree of contracts, as the grain says.
	unitAccount []int32              // nil at account grain, where both have one number
	firstUnit   []int32              // of each account, and one past the last; at product grain
	unitRoot    []success.ContractID // at contract grain
	firstSlot   []int32              // of each unit, and one past the last
	firstPaid   []int32              // first day with revenue, never when there is none
	fromFree    []bool               // free on the day before

	columns
}

// Days are held as whole numbers: those of [success.Date] counted from none.
const never = math.MaxInt32 // later than any day

func dayOf(d success.Date) int32 { return int32(d.Ordinal()) }

func endOf(d success.Date) int32 {
	if d.IsZero() {
		return never
	}
	return dayOf(d)
}

func date(day int32) success.Date { return success.FromOrdinal(int(day)) }

// NewBook checks the contracts and builds a book of them. The order of the
// contracts does not matter.
//
// Bad input is reported as [success.Errors], and no book is built: everything
// that [success.Contract.Validate] reports; a duplicate ID; an account that is
// not in Options.Accounts; a contract that renews or credits one that is
// unknown, of another account (unless merged by then) or, renewing, starts
// later; cycles of such links; a credit without a home at contract grain; an
// account whose credits exceed its contracts on some day; a currency missing,
// without any rate or with an amount too large to convert; accounts, mergers
// and rates that are incomplete, duplicate, out of range or, for mergers, lead
// back to themselves; a negative Early, Grace or number of Workers; more than
// 1,024 workers or 2²⁹ contracts.
func NewBook(contracts []success.Contract, options Options) (*Book, error) {
	ids := &listed{make([]string, 0, len(contracts))}
	owners := &listed{make([]string, 0, len(contracts)+len(options.Accounts)+2*len(options.Mergers))}
	d := newDoor(options, ids, owners, len(contracts))
	d.addAll(contracts)
	return d.book()
}

// Currency returns the reporting currency, empty when the contracts name none.
func (b *Book) Currency() string { return b.currency }

// Len returns the number of contracts in the book.
func (b *Book) Len() int { return len(b.start) }

// Grain returns what the book's movements are measured on.
func (b *Book) Grain() Grain { return b.options.Grain }

// Since returns the first day on which anybody pays, none when nobody ever does.
func (b *Book) Since() success.Date {
	first := int32(never)
	for _, day := range b.firstPaid {
		first = min(first, day)
	}
	if first == never {
		return success.Date{}
	}
	return date(first)
}

// rateAt returns the annual rate of a slot at the rates of a day.
func (b *Book) rateAt(factors []exact.Factor, slot int32) int64 {
	if b.money == nil {
		return b.rate[slot]
	}
	return convert(factors[b.money[slot]], b.rate[slot])
}

// convert converts an amount that was seen to be in range when the book was
// built.
func convert(f exact.Factor, micros int64) int64 {
	converted, _ := f.Convert(micros)
	return converted
}

// accountOf returns the account of a unit, before mergers.
func (b *Book) accountOf(unit int32) int32 {
	if b.unitAccount == nil {
		return unit
	}
	return b.unitAccount[unit]
}

func (b *Book) units() int32 { return int32(len(b.firstSlot) - 1) }

// ownEndOf returns the End that the contract of a slot says.
func (b *Book) ownEndOf(slot int32) int32 {
	if b.ownEnd == nil {
		return b.end[slot]
	}
	return b.ownEnd[slot]
}

// successors calls yield with each successor of the contract of a slot, in order
// of (Start, ID).
func (b *Book) successors(slot int32) func(yield func(int32) bool) {
	return func(yield func(int32) bool) {
		if b.next == nil {
			return
		}
		for s := b.next[slot]; s >= 0; s = b.sibling[s] {
			if !yield(s) {
				return
			}
		}
	}
}
