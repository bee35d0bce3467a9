package journey

import "math"

// Effects returns the removal effects of the keys of a book, of wins and of
// revenue, by limits of its own.
func Effects(b *Book, order, direct, sweeps, last int) (won, worth []float64, ok bool) {
	effects, ok := b.fit(order).effects(len(b.names), limits{direct, math.MaxInt, sweeps, last})
	for _, e := range effects {
		won, worth = append(won, e.won), append(worth, e.worth)
	}
	return won, worth, ok
}

// Workable reports whether a book is swept when keys times states and steps may not
// be more than work.
func Workable(b *Book, order, work int) bool {
	_, ok := b.fit(order).effects(len(b.names), limits{work: work, sweeps: 4000})
	return ok
}

// States returns how many states the chain of a book has.
func States(b *Book, order int) int { return len(b.fit(order).states) }

// NewUpTo is New with fewer keys allowed.
func NewUpTo(paths []Path, most int) (*Book, error) { return newBook(paths, most) }
