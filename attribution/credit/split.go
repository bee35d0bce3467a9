package credit

import (
	"slices"

	"metrics.internal/success"
)

// A Split is how a model shares the money of won deals: the per-deal split, which
// adds up to the amount of every deal. It is not the aggregate credit of a model,
// [Model.Credit], which shares the total by other weights.
type Split struct {
	Model  string  `json:"model"`  // its name
	Totals []Total `json:"totals"` // of each currency, in order

	book  *Book
	scale scale
	asked []int64 // weights of a custom model, by touch and deal
	from  []int   // where those of each deal begin
}

// Split shares the money of the won deals of the book by each of the models, and
// returns a split for each, in their order: the same deals, touches and keys side
// by side.
//
// The amount of a deal is split among its touches in minor units of its
// currency, by the largest remainder, equal ones in the order of touches;
// by models learned from journeys among its distinct keys. Refunds are taken from
// the balances that remain; see [split.Adjust]. A deal without a touch is
// unattributed. Currencies are kept apart.
//
// Models that are learned, [Markov] and the Shapley ones, learn from all closed
// deals of the book with a touch, won and lost, whatever they are worth. A key
// with an effect below 0 gets as little as one without.
//
// Models that are not in order and no model at all are errors, and so are
// journeys that nothing can be learned from, such as without a won one.
func (b *Book) Split(models ...Model) ([]*Split, error) {
	var faults success.Errors
	checkModels(models, &faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	all, school := make([]*Split, len(models)), &school{book: b}
	for i := range models {
		m := models[i]
		all[i] = &Split{Model: m.String(), book: b, scale: b.scale(&m)}
		all[i].prepare(school, i, &faults)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	for _, s := range all {
		s.add()
	}
	return all, nil
}

// scale returns a scale for the touches of the book.
func (b *Book) scale(m *Model) scale {
	s := newScale(m)
	words := b.keys
	if m.rule == lastNon {
		words = b.kinds
	}
	if i, ok := slices.BinarySearch(words, m.but); ok {
		s.but = int32(i)
	}
	return s
}

// prepare asks the functions of custom models and learns what is to be learned,
// for the model at a position.
func (s *Split) prepare(school *school, index int, faults *success.Errors) {
	switch s.scale.rule {
	case custom:
		s.ask(faults)
	case markov, shapleySets, shapleyRates:
		s.scale.effects = school.effects(s.scale.Model, index, faults)
		s.scale.seen = make([]int, len(s.book.keys)) // which says how long those of [scale.own] are
	}
}

// ask gets the weights of a custom model for all won deals.
func (s *Split) ask(faults *success.Errors) {
	r := s.book.reader()
	s.from = make([]int, len(s.book.deals))
	for i := range s.book.deals {
		d := &s.book.deals[i]
		s.from[i] = len(s.asked)
		if touches := r.touches(d); d.won && len(touches) > 0 {
			s.asked = append(s.asked, s.scale.ask(s.book.journey(d, touches), "deal", int(d.index), faults)...)
		}
	}
}

// weights returns the weights of the touches of a deal, with one more for what is
// unattributed, if anything.
func (s *Split) weights(scale *scale, r *reader, at int, touches []touch) []int64 {
	n := len(touches)
	switch {
	case n == 0:
		return r.nobody[:]
	case scale.rule == custom:
		return s.asked[s.from[at]:][:n]
	}
	weights, none := scale.weigh(r.view(scale.Model, &s.book.deals[at], touches))
	if none > 0 {
		weights = append(weights, none)
	}
	return weights
}

// add adds up the totals.
func (s *Split) add() {
	l, r := s.book.ledger(), s.book.reader()
	scale := s.scale.own()
	for i := range s.book.deals {
		if d := &s.book.deals[i]; d.won {
			touches := r.touches(d)
			l.add(d, touches, s.weights(&scale, r, i, touches))
		}
	}
	for c := range s.book.currencies {
		s.Totals = append(s.Totals, l.total(c))
	}
}
