package journey

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
)

// A Credit says, by one model, what each key earned of all that was won. This is
// the aggregate credit of the literature: the total, shared in proportion to what
// the keys are worth over all journeys. It is not the sum of what the keys of
// each deal earn when deals are split one by one by the same worths, which differs.
type Credit struct {
	Parts   []Part          `json:"parts"`   // one for each key, sorted by key
	Rate    success.Ratio   `json:"rate"`    // of the journeys that were won
	Won     int64           `json:"won"`     // how many that is, which the parts add up to
	Revenue decimal.Decimal `json:"revenue"` // what they brought in, which the parts add up to exactly
}

// A Part is what one key earned.
type Part struct {
	Key string `json:"key"`

	// Effect is what the model says the key is worth: its removal effect, from 0
	// to 1, or its Shapley value, in wins or as a difference of rates.
	Effect float64 `json:"effect"`

	Share float64 `json:"share"` // Effect in all effects; shares add up to 1, but for rounding
	Won   float64 `json:"won"`   // wins: Share × all wins

	// Exact is Won as a fraction, where the model has one; else it is undefined.
	Exact success.Ratio `json:"exact"`

	// Revenue is all revenue in proportion to what removing the key loses of it, with
	// [Book.Markov], with [Book.Shapley] the Shapley value in revenue, and Share × all
	// revenue with [Book.RateShapley], which knows none. It is rounded to millionths
	// by the largest remainder, of equal ones to the first key, so that the parts add
	// up.
	Revenue decimal.Decimal `json:"revenue"`
}

// credit is that of effects, one for each key, with a sum above 0.
func (b *Book) credit(effects []float64) *Credit { return b.completed(b.parts(effects)) }

// parts returns what keys earn in proportion to their effects, all but revenue, and
// the effects as weights.
func (b *Book) parts(effects []float64) ([]Part, []*big.Rat) {
	sum := 0.0
	for _, e := range effects {
		sum += e
	}
	parts := make([]Part, len(effects))
	weights := make([]*big.Rat, len(effects))
	for i, e := range effects {
		share := e / sum
		parts[i] = Part{Key: b.names[i], Effect: e, Share: share, Won: share * float64(b.all.won)}
		weights[i] = new(big.Rat).SetFloat64(e)
	}
	return parts, weights
}

// completed returns the credit of parts with revenue shared by weights.
func (b *Book) completed(parts []Part, weights []*big.Rat) *Credit {
	for i, micros := range apportion(b.all.micros.Decimal().Shift(6).BigInt(), weights) {
		parts[i].Revenue = decimal.NewFromBigInt(micros, -6)
	}
	return &Credit{Parts: parts, Rate: b.Rate(), Won: b.all.won, Revenue: b.Revenue()}
}

// apportion splits whole units in proportion to weights, whose sum is not 0, by
// the largest remainder, ties by position. Weights may be negative.
func apportion(units *big.Int, weights []*big.Rat) []*big.Int {
	sum := new(big.Rat)
	for _, w := range weights {
		sum.Add(sum, w)
	}
	each := new(big.Rat).SetInt(units)
	each.Quo(each, sum)
	parts, rests := make([]*big.Int, len(weights)), make([]*big.Rat, len(weights))
	left := new(big.Int).Set(units)
	for i, w := range weights {
		share := new(big.Rat).Mul(each, w)
		floor, rest := new(big.Int).DivMod(share.Num(), share.Denom(), new(big.Int))
		parts[i], rests[i] = floor, new(big.Rat).SetFrac(rest, share.Denom())
		left.Sub(left, floor)
	}
	order := make([]int, len(weights))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Or(rests[j].Cmp(rests[i]), i-j) })
	for _, i := range order[:left.Int64()] {
		parts[i].Add(parts[i], big.NewInt(1))
	}
	return parts
}
