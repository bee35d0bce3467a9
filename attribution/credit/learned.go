package credit

import (
	"errors"
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/attribution/journey"
	"metrics.internal/success/internal/exact"
)

// maxOrder is the highest order of a Markov chain.
const maxOrder = 3

// Markov weighs keys by their removal effects in a Markov chain of order 1 to 3,
// learned from closed journeys, won and lost; see [journey.Book.Markov]. Another
// order is an error ([success.ErrRange]).
func Markov(order int) Model {
	return Model{name: "Markov " + strconv.Itoa(order), rule: markov, order: order}
}

// Shapley weighs keys by their Shapley values over the wins of sets of keys,
// learned from closed journeys; see [journey.Book.Shapley].
func Shapley() Model { return Model{name: "Shapley", rule: shapleySets} }

// RateShapley weighs keys by their Shapley values over the rates at which sets of
// keys win, learned from closed journeys, won and lost, of at most 20 keys; see
// [journey.Book.RateShapley].
func RateShapley() Model { return Model{name: "rate Shapley", rule: shapleyRates} }

// learned reports whether a model is learned from journeys.
func (m *Model) learned() bool { return m.rule >= markov }

// learn returns the credit that a model learns from journeys.
func (m *Model) learn(from *journey.Book) (*journey.Credit, error) {
	switch m.rule {
	case markov:
		return from.Markov(m.order)
	case shapleySets:
		return from.Shapley()
	}
	return from.RateShapley()
}

// Paths returns the journeys of closed deals, each as a path of its own: the keys
// of the touches that count, in order, with one win or one loss, and what was won
// in a currency, before adjustments. Wins in other currencies have no revenue. Of
// such paths [Model.Credit] and [journey.New] make the aggregate credit.
func (b *Book) Paths(currency string) []journey.Path {
	paths := b.paths()
	for i := range paths {
		if d := &b.deals[i]; d.won && b.currencies[d.currency] == currency {
			paths[i].Revenue = exact.Decimal(d.micros)
		}
	}
	return paths
}

// paths returns the journeys of closed deals without their revenue.
func (b *Book) paths() []journey.Path {
	paths := make([]journey.Path, len(b.deals))
	keys := make([]string, 0, len(b.touches))
	r := b.reader()
	for i := range b.deals {
		d, p := &b.deals[i], &paths[i]
		start := len(keys)
		for _, t := range r.touches(d) {
			keys = append(keys, b.keys[t.key])
		}
		p.Keys = keys[start:len(keys):len(keys)]
		p.Lost = 1
		if d.won {
			p.Won, p.Lost = 1, 0
		}
	}
	return paths
}

// A school has the journeys of a book to learn from. They are read when first
// needed.
type school struct {
	book     *Book
	journeys *journey.Book
	err      error
}

// effects returns what a model learns each key of the book is worth, at least 0,
// and adds why it cannot, for the model at a position of the call.
func (s *school) effects(m *Model, index int, faults *success.Errors) []float64 {
	if s.journeys == nil && s.err == nil {
		s.journeys, s.err = journey.New(s.book.paths())
	}
	credit, err := (*journey.Credit)(nil), s.err
	if err == nil {
		credit, err = m.learn(s.journeys)
	}
	var all *success.Errors
	if errors.As(err, &all) {
		for _, f := range all.Faults {
			faults.Add(m.fault(index, f.Field, f.Value, f.Err))
		}
		return nil
	}
	return s.book.byKey(credit.Parts)
}

// byKey returns the effects of parts by the number of their key.
func (b *Book) byKey(parts []journey.Part) []float64 {
	effects := make([]float64, len(b.keys))
	names := make(map[string]float64, len(parts))
	for _, p := range parts {
		names[p.Key] = max(p.Effect, 0)
	}
	for i, key := range b.keys {
		effects[i] = names[key]
	}
	return effects
}
