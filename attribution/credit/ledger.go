package credit

import (
	"github.com/shopspring/decimal"

	"metrics.internal/success/attribution/split"
	"metrics.internal/success/internal/exact"
)

// A ledger adds up what the won deals of a book are worth, by currency and key.
type ledger struct {
	book             *Book
	width            int // places of a currency: its keys, and what is unattributed
	gross, adjusted  *sums
	deals, untouched []int  // by currency
	here             []bool // where a touch counts for a deal
	parts            []int64
}

func (b *Book) ledger() *ledger {
	n, width := len(b.currencies), len(b.keys)+1
	return &ledger{
		book: b, width: width, gross: newSums(n * width), adjusted: newSums(n * width),
		deals: make([]int, n), untouched: make([]int, n), here: make([]bool, n*width),
	}
}

// add adds a deal.
func (l *ledger) add(d *deal, touches []touch, weights []int64) {
	row := int(d.currency) * l.width
	l.deals[d.currency]++
	if len(touches) == 0 {
		l.untouched[d.currency]++
	}
	for i := range touches {
		l.here[row+int(touches[i].key)] = true
	}
	if d.whole {
		l.parts, _ = split.Append(l.parts[:0], d.units, weights) // of which one is above 0
		for i, part := range l.parts {
			l.gross.add(row+l.book.column(touches, i), part)
		}
		return
	}
	gross, adjusted := d.parts(weights, l.book.digits[d.currency])
	for i := range gross {
		l.gross.addDecimal(row+l.book.column(touches, i), gross[i])
		l.adjusted.addDecimal(row+l.book.column(touches, i), adjusted[i])
	}
}

// total returns what the deals in a currency add up to.
func (l *ledger) total(currency int) Total {
	b := l.book
	row, digits := currency*l.width, b.digits[currency]
	at := func(key int) Revenue {
		return revenueOf(l.gross.sum(row+key, digits), l.adjusted.sum(row+key, digits))
	}
	t := Total{Currency: b.currencies[currency], Deals: l.deals[currency], Untouched: l.untouched[currency], Unattributed: at(len(b.keys))}
	for k, key := range b.keys {
		if l.here[row+k] {
			share := Share{key, at(k)}
			t.Keys = append(t.Keys, share)
			t.Attributed = t.Attributed.plus(share.Revenue)
		}
	}
	t.Revenue = t.Attributed.plus(t.Unattributed)
	return t
}

// column returns the number of the key of the touch that a weight is of, and one
// more than those for what is unattributed.
func (b *Book) column(touches []touch, i int) int {
	if i < len(touches) {
		return int(touches[i].key)
	}
	return len(b.keys)
}

// parts splits the amount of a deal and what changed it.
func (d *deal) parts(weights []int64, digits int) (gross, adjusted []decimal.Decimal) {
	s, _ := split.Adjust(exact.Decimal(d.micros), weights, digits, d.changes) // which was tried when the book was built
	adjusted = make([]decimal.Decimal, len(s.Parts))
	for i, balance := range s.Balances {
		adjusted[i] = balance.Sub(s.Parts[i])
	}
	return s.Parts, adjusted
}
