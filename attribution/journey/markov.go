package journey

import (
	"math/big"
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// MaxOrder is the highest order of [Book.Markov].
const MaxOrder = 3

// Markov returns the credit of the keys by their removal effects in a Markov
// chain of an order, from 1 to [MaxOrder], that is fitted to the paths.
//
// A key that follows itself counts once. The states of the chain are the last
// keys met, as many as the order or, at the start of a path, as many as there
// are; from each it goes on in the proportions of the paths, won and lost. The
// chain wins with a probability that is the share of journeys won, [Credit.Rate].
// To remove a key is to lose every journey that comes to a state with it:
//
//	effect(key) = 1 − P(win without key) / P(win)
//
// which is from 0 to 1, and exactly 1 for a key without which the chain cannot
// win. At order 1 this is (N[s,i] / N[i,i]) · p(i) / p(s), N being the expected
// visits from the start s, and p the probability to win. Credits are in proportion
// to the effects.
//
// Revenue is shared in proportion to effects of its own: a win is worth what wins
// whose last state is the same are worth on average, and what a key is worth is how
// much revenue is lost without it. Where every win brings in the same, both effects
// are.
//
// Effects are solved for, not simulated. Up to 512 states are eliminated in the
// manner of Grassmann, Taksar and Heyman, which never subtracts, so that no digits
// are lost; at order 1 that is the work of one inversion of a matrix. More states
// are swept, as in the method of Gauss and Seidel, until of all wins less than
// 10⁻¹⁵ is under way, which bounds the error; each key takes some tens of sweeps, more
// the longer journeys are, over all steps that differ. Every state can be left, because
// paths end: the chain of any book can be solved. But where there are more than
// 3,000 states, and journeys would go around among them for thousands of steps, or
// where keys times states and steps that differ are more than 10⁹, the sweeps take
// too long and the book is refused.
//
// Errors are another order ([success.ErrRange]), nothing won
// ([success.ErrMissing]) and a chain that takes too long ([success.ErrRange]).
//
// Source: Anderl, Becker, von Wangenheim, Schumann, Mapping the customer journey,
// International Journal of Research in Marketing 33 (2016), 457–474.
func (b *Book) Markov(order int) (*Credit, error) {
	if order < 1 || order > MaxOrder {
		var faults success.Errors
		faults.Add(&success.InputError{Record: "order", Index: -1, Value: strconv.Itoa(order), Err: fault.New(success.ErrRange, "is not between 1 and %d", MaxOrder)})
		return nil, faults.Err()
	}
	if err := b.checkWon(); err != nil {
		return nil, err
	}
	effects, ok := b.fit(order).effects(len(b.names), usual())
	if !ok {
		var faults success.Errors
		faults.Add(&success.InputError{Record: "paths", Index: -1, Field: "Keys", Err: fault.New(success.ErrRange, "go around for too long to be solved at order %d", order)})
		return nil, faults.Err()
	}
	return b.removal(effects), nil
}

// An effect is what removing a key loses, as a share of all.
type effect struct {
	won   float64
	worth float64 // revenue; 0 where there is none
}

// effectOf returns the effect of a key through which, and without which, so much
// is won and earned.
func effectOf(won, wonWithout, worth, worthWithout float64) effect {
	e := effect{won: won / (won + wonWithout)}
	if worth > 0 {
		e.worth = worth / (worth + worthWithout)
	}
	return e
}

// removal is the credit of removal effects: wins in proportion to what is lost of
// wins, revenue to what is lost of revenue.
func (b *Book) removal(effects []effect) *Credit {
	won := make([]float64, len(effects))
	worth := make([]*big.Rat, len(effects))
	for i, e := range effects {
		won[i], worth[i] = e.won, new(big.Rat).SetFloat64(e.worth)
	}
	parts, weights := b.parts(won)
	if b.all.micros.Sign() > 0 {
		weights = worth
	}
	return b.completed(parts, weights)
}

// limits decide how a chain is solved.
type limits struct {
	direct int // up to so many states are eliminated
	work   int // more are swept, unless keys times states and steps are more than this
	sweeps int // so many times at most
	last   int // and if that is not enough, eliminated up to so many
}

func usual() limits { return limits{direct: 512, work: 1e9, sweeps: 4000, last: 3000} }

// effects returns the removal effect of each of n keys. ok is false when the chain
// takes too long.
func (c *chain) effects(n int, limits limits) (effects []effect, ok bool) {
	effects = make([]effect, n)
	switch states := len(c.states); {
	case states <= limits.direct:
		c.matrix().effects(0, int32(n), effects)
	case n*(states+len(c.steps)) <= limits.work && c.swept(limits.sweeps, effects):
	case states <= limits.last:
		c.matrix().effects(0, int32(n), effects)
	default:
		return nil, false
	}
	return effects, true
}
