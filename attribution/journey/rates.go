package journey

import (
	"math"
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// RateShapley returns the credit of the keys as their Shapley values in the game
// in which a set of keys is worth the rate of the paths whose keys all belong to
// it,
//
//	worth(S) = won / (won + lost), and 0 where there is no such path
//
// so that lost journeys count against a key. Effect is that value, a difference of
// rates: values add up to [Credit.Rate]. A key that makes rates worse has one below
// 0, and so have its share, its wins and its revenue; others then have more than
// there is. Small sets have as much say as large ones, however few journeys are
// behind them.
//
// More than [MaxPlayers] keys are an error ([success.ErrRange]), and so are nothing
// won ([success.ErrMissing]) and so little that values cancel out until their sum
// is no longer above 0 for certain ([success.ErrRange]).
func (b *Book) RateShapley() (*Credit, error) {
	if err := b.checkWon(); err != nil {
		return nil, err
	}
	n := len(b.names)
	if n > MaxPlayers {
		var faults success.Errors
		faults.Add(&success.InputError{Record: "paths", Index: -1, Field: "Keys", Value: strconv.Itoa(n), Err: fault.New(success.ErrRange, "is more than the %d there are rates for", MaxPlayers)})
		return nil, faults.Err()
	}
	rates := b.rates()
	values := values(rates)
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	if rate := rates[len(rates)-1]; !(math.Abs(sum-rate) <= cancelled*rate) {
		var faults success.Errors
		faults.Add(&success.InputError{Record: "paths", Index: -1, Field: "Won", Value: strconv.FormatInt(b.all.won, 10), Err: fault.New(success.ErrRange, "is too little beside the values of keys, which cancel out")})
		return nil, faults.Err()
	}
	return b.credit(values), nil
}

// cancelled is how far values may be from adding up to the rate of all journeys.
const cancelled = 1e-9

// rates returns the worth of each set of keys in the game of rates.
func (b *Book) rates() []float64 {
	sets := 1 << len(b.names)
	won, all := make([]int64, sets), make([]int64, sets)
	for i := range b.ends {
		set := 0
		for _, key := range b.path(i) {
			set |= 1 << key
		}
		won[set] += b.won[i]
		all[set] += b.won[i] + b.lost[i]
	}
	within(won)
	within(all)
	rates := make([]float64, sets)
	for s, n := range all {
		if n > 0 {
			rates[s] = float64(won[s]) / float64(n)
		}
	}
	return rates
}
