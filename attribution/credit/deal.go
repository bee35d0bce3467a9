package credit

import (
	"iter"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// A DealSplit is how a model shares a won deal. The parts add up to its revenue.
type DealSplit struct {
	Deal     attribution.DealID `json:"deal"`
	Currency string             `json:"currency"`
	Revenue  Revenue            `json:"revenue"`
	Parts    []Part             `json:"parts"` // of each touch that counts, in order, and at last of what is unattributed, if anything
}

// A Part is what a touch gets of a deal.
type Part struct {
	Touch   int           `json:"touch"`  // position in [Records.Touches]; −1 of what is unattributed
	Key     string        `json:"key"`    // of the touch, or [attribution.Unattributed]
	Weight  success.Ratio `json:"weight"` // of the deal; those of all parts add up to 1
	Revenue Revenue       `json:"revenue"`
}

// Deal returns how a won deal was shared; ok is false for others.
func (s *Split) Deal(id attribution.DealID) (d DealSplit, ok bool) {
	record, ok := s.book.records[id]
	if !ok {
		return DealSplit{}, false
	}
	at := s.book.closed[record]
	if at < 0 || !s.book.deals[at].won {
		return DealSplit{}, false
	}
	scale := s.scale.own()
	return s.deal(&scale, s.book.reader(), int(at)), true
}

// Deals returns how each won deal was shared, in the order of the records.
func (s *Split) Deals() iter.Seq[DealSplit] {
	return func(yield func(DealSplit) bool) {
		scale, r := s.scale.own(), s.book.reader()
		for i := range s.book.deals {
			if s.book.deals[i].won && !yield(s.deal(&scale, r, i)) {
				return
			}
		}
	}
}

func (s *Split) deal(scale *scale, r *reader, at int) DealSplit {
	b := s.book
	d := &b.deals[at]
	touches := r.touches(d)
	weights := s.weights(scale, r, at, touches)
	gross, adjusted := d.parts(weights, b.digits[d.currency])
	sum := int64(0)
	for _, w := range weights {
		sum += w
	}
	out := DealSplit{Deal: d.id, Currency: b.currencies[d.currency], Parts: make([]Part, len(weights))}
	for i, w := range weights {
		p := Part{Touch: -1, Key: attribution.Unattributed, Revenue: revenueOf(gross[i], adjusted[i])}
		if i < len(touches) {
			p.Touch, p.Key = int(touches[i].index), b.keys[touches[i].key]
		}
		p.Weight = success.Ratio{Num: decimal.NewFromInt(w), Den: decimal.NewFromInt(sum)}
		out.Parts[i] = p
		out.Revenue = out.Revenue.plus(p.Revenue)
	}
	return out
}
