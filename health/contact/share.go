package contact

import (
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// A spread is how the actions of an account are spread over people.
type spread struct {
	total   exact.Sum // Σ n
	squares exact.Sum // Σ n²
	most    int64     // of one person
}

func (s *spread) add(n int64) {
	s.total = s.total.Plus(n)
	s.squares = s.squares.Add(exact.Product(n, n))
	s.most = max(s.most, n)
}

// top returns the share of whoever does most.
func (s *spread) top() success.Ratio { return ratio(exact.Of(s.most), s.total) }

// effective returns 1/Σp² for the shares p, as (Σn)²/Σn².
func (s *spread) effective() success.Ratio {
	total := s.total.Decimal().Shift(microPlaces)
	return success.Ratio{Num: total.Mul(total), Den: s.squares.Decimal().Shift(microPlaces)}
}

// microPlaces undoes that sums are of millionths.
const microPlaces = 6

func ratio(num, den exact.Sum) success.Ratio {
	return success.Ratio{Num: num.Decimal().Shift(microPlaces), Den: den.Decimal().Shift(microPlaces)}
}
