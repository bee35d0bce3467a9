package help

import (
	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// micros returns an amount that was checked to be in range.
func micros(d decimal.Decimal) int64 {
	m, _ := exact.Rate(d, 1, 1)
	return m
}

// A book is the revenue of one account: on the landmark, and what is left of it
// on the horizon with and without what was added.
type book struct{ opening, net, gross int64 }

func bookOf(m *member) book {
	open, end := micros(m.Opening), micros(m.Closing)
	return book{open, end, min(open, end)}
}

// A tally is the sums of books.
type tally struct{ opening, net, gross exact.Sum }

func (t *tally) add(b book) {
	t.opening = t.opening.Plus(b.opening)
	t.net = t.net.Plus(b.net)
	t.gross = t.gross.Plus(b.gross)
}

func (t tally) minus(b book) tally {
	return tally{t.opening.Plus(-b.opening), t.net.Plus(-b.net), t.gross.Plus(-b.gross)}
}

func (t tally) nrr() success.Ratio {
	return success.Ratio{Num: t.net.Decimal(), Den: t.opening.Decimal()}
}

func (t tally) grr() success.Ratio {
	return success.Ratio{Num: t.gross.Decimal(), Den: t.opening.Decimal()}
}

// books are the accounts of an arm.
type books []book

func (b books) tally() tally {
	var t tally
	for _, one := range b {
		t.add(one)
	}
	return t
}
