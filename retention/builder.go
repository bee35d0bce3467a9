package retention

import (
	"iter"

	"metrics.internal/success"
)

// A Builder builds a [Book] of contracts that come in parts, without holding the
// contracts: of each it keeps what the book needs and a copy of its identifiers.
// Building holds about twice the memory of the finished book. A builder is not
// safe for use by several goroutines at once; its book is.
type Builder struct {
	options Options
	door    *door
}

// NewBuilder returns a builder without contracts. The options are looked at when
// the book is built, and must not be changed before.
func NewBuilder(options Options) *Builder {
	return &Builder{options: options, door: newStreamDoor(options)}
}

func newStreamDoor(options Options) *door {
	d := newDoor(options, &packed{}, &packed{}, 0)
	d.thrifty = true
	return d
}

// Append adds contracts to those that the book will be built of. It keeps no
// reference to them, other than the strings of their currencies and products.
// What is wrong with them is reported by [Builder.Book], by their position among
// all contracts that were appended.
func (b *Builder) Append(contracts ...success.Contract) { b.door.addAll(contracts) }

// Book builds the book of all contracts that were appended, in whatever order and
// in whatever parts, as [NewBook] does of a slice of them, and reports what that
// does. It leaves the builder without contracts.
func (b *Builder) Book() (*Book, error) {
	d := b.door
	b.door = newStreamDoor(b.options)
	return d.book()
}

// StreamBook builds a book of contracts as they come, as from the rows of a
// database, without holding them; see [Builder]. It reports what [NewBook] does.
// A stream that yields an error is read no further, and the error is reported,
// wrapped, as the only fault, at the position of the contract that would have
// come. Either way there is no book then.
func StreamBook(contracts iter.Seq2[success.Contract, error], options Options) (*Book, error) {
	d := newStreamDoor(options)
	ahead := make([]success.Contract, 0, readAhead)
	for c, err := range contracts {
		if err != nil {
			var faults success.Errors
			faults.Add(&success.InputError{Record: "contract", Index: int(d.count) + len(ahead), Err: err})
			return nil, faults.Err()
		}
		if ahead = append(ahead, c); len(ahead) == readAhead {
			d.addAll(ahead)
			ahead = ahead[:0]
		}
	}
	d.addAll(ahead)
	return d.book()
}
