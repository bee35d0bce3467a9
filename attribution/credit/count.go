package credit

import (
	"math/big"
	"slices"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution/journey"
	"metrics.internal/success/attribution/split"
	"metrics.internal/success/internal/exact"
)

// A count adds up what keys get of paths: fractions by denominator, so that they
// are whole numbers until the end.
type count struct {
	keys  []string
	at    map[string]int32
	scale scale
	sums  map[place]*fraction
	won   []float64   // by key, of custom models
	taken []exact.Sum // millionths by key, of custom models
	parts []int64
	v     view

	amount, product big.Int
}

// A place is where a fraction of a key is added up.
type place struct {
	key int32
	den int64
}

// A fraction has numerators in wins and in millionths.
type fraction struct {
	won    exact.Sum
	micros big.Int
}

func newCount(book *journey.Book) *count {
	keys := book.Keys()
	c := &count{keys: keys, at: make(map[string]int32, len(keys)), scale: scale{but: -1}, sums: map[place]*fraction{}}
	for i, key := range keys {
		c.at[key] = int32(i)
	}
	c.won, c.taken = make([]float64, len(keys)), make([]exact.Sum, len(keys))
	return c
}

// add adds a path that was won.
func (c *count) add(p *journey.Path, index int, faults *success.Errors) {
	c.v.keys = c.v.keys[:0]
	for _, key := range p.Keys {
		c.v.keys = append(c.v.keys, c.at[key])
	}
	micros, _ := exact.Rate(p.Revenue, 1, 1) // as package journey, which took it
	if c.scale.rule == custom {
		if w := c.scale.ask(journeyOf(p), "path", index, faults); w != nil {
			c.spread(w, p.Won, micros)
		}
		return
	}
	weights, _ := c.scale.weigh(&c.v)
	den := total(weights)
	for i, w := range weights {
		if w == 0 {
			continue
		}
		at := place{c.v.keys[i], den}
		f := c.sums[at]
		if f == nil {
			f = new(fraction)
			c.sums[at] = f
		}
		f.won = f.won.Add(exact.Product(w, p.Won))
		if micros != 0 {
			c.product.Mul(c.amount.SetInt64(micros), c.product.SetInt64(w))
			f.micros.Add(&f.micros, &c.product)
		}
	}
}

func journeyOf(p *journey.Path) Journey {
	j := Journey{Stops: make([]Stop, len(p.Keys))}
	for i, key := range p.Keys {
		j.Stops[i] = Stop{Touch: i, Key: key}
	}
	return j
}

// spread adds a path by weights that have no denominator in common with others.
func (c *count) spread(weights []int64, won, micros int64) {
	c.parts, _ = split.Append(c.parts[:0], micros, weights)
	sum := float64(total(weights))
	for i, w := range weights {
		c.won[c.v.keys[i]] += float64(won) * (float64(w) / sum)
		c.taken[c.v.keys[i]] = c.taken[c.v.keys[i]].Plus(c.parts[i])
	}
}

func total(weights []int64) (sum int64) {
	for _, w := range weights {
		sum += w
	}
	return sum
}

// credit returns what was added up.
func (c *count) credit(book *journey.Book) *journey.Credit {
	out := &journey.Credit{Parts: make([]journey.Part, len(c.keys)), Rate: book.Rate(), Won: book.Won(), Revenue: book.Revenue()}
	if c.scale.rule == custom {
		for i, key := range c.keys {
			out.Parts[i] = journey.Part{Key: key, Effect: c.won[i], Share: c.won[i] / float64(out.Won), Won: c.won[i], Revenue: c.taken[i].Decimal()}
		}
		return out
	}
	won, micros := make([]big.Rat, len(c.keys)), make([]big.Rat, len(c.keys))
	for at, f := range c.sums {
		add(&won[at.key], f.won.Decimal().Shift(microPlaces).BigInt(), at.den)
		add(&micros[at.key], &f.micros, at.den)
	}
	amounts := rounded(micros)
	for i, key := range c.keys {
		p := journey.Part{Key: key, Revenue: decimal.NewFromBigInt(amounts[i], -microPlaces)}
		p.Effect, _ = won[i].Float64()
		p.Share, _ = new(big.Rat).Quo(&won[i], new(big.Rat).SetInt64(out.Won)).Float64()
		p.Exact = success.Ratio{Num: decimal.NewFromBigInt(won[i].Num(), 0), Den: decimal.NewFromBigInt(won[i].Denom(), 0)}
		p.Won = p.Effect
		out.Parts[i] = p
	}
	return out
}

func add(to *big.Rat, num *big.Int, den int64) {
	to.Add(to, new(big.Rat).SetFrac(num, big.NewInt(den)))
}

// rounded returns amounts that add up to a whole number as whole ones that do, by
// the largest remainder, equal ones by position.
func rounded(amounts []big.Rat) []*big.Int {
	whole, rests := make([]*big.Int, len(amounts)), make([]*big.Rat, len(amounts))
	order := make([]int, len(amounts))
	left := new(big.Rat)
	for i := range amounts {
		whole[i], order[i] = new(big.Int).Quo(amounts[i].Num(), amounts[i].Denom()), i
		rests[i] = new(big.Rat).Sub(&amounts[i], new(big.Rat).SetInt(whole[i]))
		left.Add(left, rests[i])
	}
	slices.SortStableFunc(order, func(i, j int) int { return rests[j].Cmp(rests[i]) })
	one := big.NewInt(1)
	for _, i := range order[:left.Num().Int64()] {
		whole[i].Add(whole[i], one)
	}
	return whole
}
