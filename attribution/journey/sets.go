package journey

import (
	"math/big"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// Shapley returns the credit of the keys as their Shapley values in the game in
// which a set of keys is worth the wins of the paths whose keys all belong to it.
// The value of a key in that game is a sum over paths that have it,
//
//	φ(key) = Σ won / number of different keys on the path
//
// the equal split over different keys, which takes time in proportion to the paths
// instead of 2ⁿ and needs no approximation. Order and repetition do not count, and
// neither do journeys that were lost; [Book.RateShapley] hears both sides. When no
// key repeats, it is the linear model.
//
// Effect and Won are that value, Exact is it as a fraction, and Revenue is the
// value in the same game of revenue. Nothing won is an error
// ([success.ErrMissing]).
//
// Source: Zhao, Mahboobi, Bagheri, Shapley Value Methods for Attribution Modeling
// in Online Advertising, 2018, section 3 (its simplified form).
func (b *Book) Shapley() (*Credit, error) {
	if err := b.checkWon(); err != nil {
		return nil, err
	}
	won, micros := b.shared()
	parts := make([]Part, len(b.names))
	for i, w := range won {
		value, _ := w.Float64()
		share, _ := new(big.Rat).Quo(w, new(big.Rat).SetInt64(b.all.won)).Float64()
		parts[i] = Part{Key: b.names[i], Effect: value, Share: share, Won: value, Exact: ratio(w)}
	}
	if b.all.micros.Sign() == 0 {
		micros = won
	}
	return b.completed(parts, micros), nil
}

func ratio(r *big.Rat) success.Ratio {
	return success.Ratio{Num: decimal.NewFromBigInt(r.Num(), 0), Den: decimal.NewFromBigInt(r.Denom(), 0)}
}

// shared returns the Shapley value of each key in wins and in millionths of
// revenue. It sums whole numbers over the paths of as many different keys, and
// divides once.
func (b *Book) shared() (won, micros []*big.Rat) {
	n := len(b.names)
	won, micros = zeros(n), zeros(n)
	seen := newMarks(n)
	wins, amounts := make([]int64, n), make([]exact.Sum, n)
	for size, paths := range b.bySize(seen) {
		var some []int32
		for _, p := range paths {
			for _, key := range seen.distinct(b.path(p)) {
				if wins[key] == 0 {
					some = append(some, key)
				}
				wins[key] += b.won[p]
				amounts[key] = amounts[key].Plus(b.micros[p])
			}
		}
		for _, key := range some {
			addQuotient(won[key], big.NewInt(wins[key]), size)
			addQuotient(micros[key], amounts[key].Decimal().Shift(6).BigInt(), size)
			wins[key], amounts[key] = 0, exact.Sum{}
		}
	}
	return won, micros
}

func zeros(n int) []*big.Rat {
	all := make([]*big.Rat, n)
	for i := range all {
		all[i] = new(big.Rat)
	}
	return all
}

func addQuotient(to *big.Rat, num *big.Int, den int) {
	if num.Sign() != 0 {
		to.Add(to, new(big.Rat).SetFrac(num, big.NewInt(int64(den))))
	}
}

// bySize returns the won paths by how many different keys they have.
func (b *Book) bySize(seen *marks) [][]int {
	var sizes [][]int
	for i, won := range b.won {
		if won == 0 {
			continue
		}
		size := len(seen.distinct(b.path(i)))
		for len(sizes) <= size {
			sizes = append(sizes, nil)
		}
		sizes[size] = append(sizes[size], i)
	}
	return sizes
}

// marks find the different keys of a path in time that does not depend on how
// many keys there are.
type marks struct {
	turn int
	last []int // the turn in which each key was last met
	keys []int32
}

func newMarks(n int) *marks { return &marks{last: make([]int, n)} }

// distinct returns the different keys of a path, until the next call.
func (m *marks) distinct(path []int32) []int32 {
	m.turn++
	m.keys = m.keys[:0]
	for _, key := range path {
		if m.last[key] != m.turn {
			m.last[key] = m.turn
			m.keys = append(m.keys, key)
		}
	}
	return m.keys
}
