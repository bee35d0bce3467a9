package journey

// Effects returns the removal effects of the keys of a book by limits of its own.
func Effects(b *Book, order, direct, sweeps, last int) ([]float64, bool) {
	return b.fit(order).effects(len(b.names), limits{direct, sweeps, last})
}

// States returns how many states the chain of a book has.
func States(b *Book, order int) int { return len(b.fit(order).states) }

// NewUpTo is New with fewer keys allowed.
func NewUpTo(paths []Path, most int) (*Book, error) { return newBook(paths, most) }
