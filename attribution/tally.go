package attribution

import (
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/productlimit"
)

// A fate is how a lead stands, by its deals.
type fate struct {
	status Status
	wait   productlimit.Observation // days until it was won, or so far
}

// fate returns how an accepted lead stands by some of its deals: won with any
// that is won, else lost when all there are, and at least one, are lost.
func (p *Pipeline) fate(l *lead, deals []int32) fate {
	f := fate{status: Open}
	if len(deals) > 0 {
		f.status = Lost
	}
	f.wait.Time = float64(p.asOf.Sub(l.day)) // no less than until any win that is known
	for _, at := range deals {
		switch d := &p.deals[at]; {
		case d.Status == Won:
			days := float64(max(0, d.day.Sub(l.day))) // days of different zones may go backwards
			f.wait = productlimit.Observation{Time: min(f.wait.Time, days), Ended: true}
			f.status = Won
		case d.Status == Open && f.status == Lost:
			f.status = Open
		}
	}
	return f
}

// A tally is a row that is being counted.
type tally struct {
	Row
	sums []sums // by currency
}

// sums are the amounts of one currency.
type sums struct {
	won, lost, open   int
	gross, net, ahead exact.Sum
	spread            spread
}

// tally returns a row of nothing.
func (p *Pipeline) tally() *tally { return &tally{sums: make([]sums, len(p.currencies))} }

func (t *tally) addLead(l *lead, f fate) {
	t.Leads++
	switch l.outcome {
	case LeadMerged:
		t.Merged++
		return
	case LeadAccepted:
		t.Accepted++
	default:
		t.Refused++
		return
	}
	switch f.status {
	case Won:
		t.WonLeads++
	case Lost:
		t.LostLeads++
	default:
		t.OpenLeads++
	}
	t.waits = append(t.waits, f.wait)
}

func (t *tally) addDeal(d *deal) {
	s := &t.sums[d.currency]
	switch d.Status {
	case Won:
		s.won++
		s.gross, s.net = s.gross.Plus(d.gross), s.net.Plus(d.net)
		s.spread.add(float64(d.net) / exact.Micro)
	case Lost:
		s.lost++
	default:
		s.open++
		s.ahead = s.ahead.Plus(d.net)
	}
}

// row returns what was counted.
func (t *tally) row(p *Pipeline, key string) Row {
	r := t.Row
	r.Key, r.Level = key, p.level
	for i, s := range t.sums {
		r.Money = append(r.Money, Money{
			Currency:  p.currencies[i],
			WonDeals:  s.won,
			LostDeals: s.lost,
			OpenDeals: s.open,
			Gross:     s.gross.Decimal(),
			Reversed:  s.gross.Sub(s.net).Decimal(),
			Net:       s.net.Decimal(),
			Open:      s.ahead.Decimal(),
		})
	}
	r.spread = t.sums[0].spread
	return r
}

// A spread is the mean of numbers and the sum of the squares of their distances
// from it, kept up to date with every number.
//
// Source: B. P. Welford, Note on a method for calculating corrected sums of
// squares and products, Technometrics 4 (1962).
type spread struct{ n, mean, squares float64 }

func (s *spread) add(x float64) {
	s.n++
	from := x - s.mean
	s.mean += from / s.n
	s.squares += from * (x - s.mean)
}
