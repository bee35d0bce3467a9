package retention

import (
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// The columns of the contracts, by position in what is built from or by slot in
// a book, where the slots of a unit adjoin. Columns that would hold the same for
// all are nil.
type columns struct {
	start    []int32
	end      []int32  // effective: as successors and grace leave it
	rate     []int64  // annual, in millionths of its currency
	money    []uint16 // currency; nil when all are the reporting one
	product  []int32
	quantity []int64
	unitRate []int64 // annual rate of one unit
	ownEnd   []int32 // as the contract says; nil when it is end
	next     []int32 // first slot of its successors by (Start, ID), or -1
	sibling  []int32 // next successor of the same contract, or -1
}

// partSize is how many contracts each part of columns holds, where it is not
// known how many will come.
const partSize = 1 << 16

// newColumns returns columns with room for some contracts.
func newColumns(size int) columns {
	return columns{
		start: make([]int32, 0, size),
		end:   make([]int32, 0, size),
		rate:  make([]int64, 0, size),
	}
}

// add adds a contract with its annual rate and the numbers of its currency and
// its product.
func (c *columns) add(contract *success.Contract, micros int64, money uint16, product int32) {
	at := len(c.start)
	c.start = append(c.start, dayOf(contract.Start))
	c.end = append(c.end, endOf(contract.End))
	c.rate = append(c.rate, micros)
	c.money = lazily(c.money, at, money, 0)
	c.product = lazily(c.product, at, product, 0)
	c.quantity = lazily(c.quantity, at, contract.Units(), 1)
	if c.quantity == nil {
		return
	}
	c.unitRate = append(c.unitRate, c.rate[len(c.unitRate):at]...) // all had one unit
	if contract.Units() > 1 {
		num, den := contract.Term.PerYear()
		micros, _ = exact.Rate(contract.Price, num, den)
	}
	c.unitRate = append(c.unitRate, micros)
}

// lazily appends a value to a column that is n long, or would be, and stays nil
// as long as every value is the usual one.
func lazily[T comparable](column []T, n int, value, usual T) []T {
	if column == nil && value == usual {
		return nil
	}
	return append(padded(column, n, usual), value)
}

// padded makes a column n long.
func padded[T any](column []T, n int, usual T) []T {
	for len(column) < n {
		column = append(column, usual)
	}
	return column
}

// join puts parts of columns in a row. Each column of the parts is let go as soon
// as it is copied.
func join(parts []columns) columns {
	n := 0
	for i := range parts {
		n += len(parts[i].start)
	}
	quantities := false
	for i := range parts {
		quantities = quantities || parts[i].quantity != nil
	}
	if quantities {
		for i := range parts {
			p := &parts[i]
			p.unitRate = append(p.unitRate, p.rate[len(p.unitRate):]...)
		}
	}
	return columns{
		end:      joined(parts, n, 0, func(c *columns) *[]int32 { return &c.end }),
		rate:     joined(parts, n, 0, func(c *columns) *[]int64 { return &c.rate }),
		money:    joined(parts, n, 0, func(c *columns) *[]uint16 { return &c.money }),
		product:  joined(parts, n, 0, func(c *columns) *[]int32 { return &c.product }),
		quantity: joined(parts, n, 1, func(c *columns) *[]int64 { return &c.quantity }),
		unitRate: joined(parts, n, 0, func(c *columns) *[]int64 { return &c.unitRate }),
		start:    joined(parts, n, 0, func(c *columns) *[]int32 { return &c.start }), // last, since it says how long parts are
	}
}

// joined puts one column of some parts in a row, n long, with the usual value
// where a part has none; nil when no part has it.
func joined[T any](parts []columns, n int, usual T, of func(*columns) *[]T) []T {
	if !slices.ContainsFunc(parts, func(c columns) bool { return *of(&c) != nil }) {
		return nil
	}
	whole := make([]T, 0, n)
	for i := range parts {
		part := of(&parts[i])
		end := len(whole) + len(parts[i].start)
		whole = padded(append(whole, *part...), end, usual)
		*part = nil
	}
	return whole
}
