package commission

import (
	"slices"
	"sort"

	"metrics.internal/success"
)

// A turn is a day on which something may happen to an instalment at a position,
// or, below 0, to a deal.
type turn struct {
	day success.Date
	due int
}

// turnsOf returns the turns of a deal, by day: those of its events, those on which
// instalments are paid and final as long as the customer is there, and that on
// which it leaves.
func turnsOf(d *deal) []turn {
	turns := make([]turn, 0, len(d.events)+3*len(d.dues))
	for _, e := range d.events {
		turns = append(turns, turn{e.day, -1})
	}
	for i := range d.dues {
		for _, day := range []success.Date{d.dues[i].paid, d.dues[i].final, d.left} {
			if !day.IsZero() && (d.left.IsZero() || !day.After(d.left)) {
				turns = append(turns, turn{day, i})
			}
		}
	}
	slices.SortFunc(turns, func(a, b turn) int { return a.day.Compare(b.day) })
	return turns
}

// A standing is how a deal stands on a day. It goes on from day to day.
type standing struct {
	*deal
	sums   []sum
	left   []int64 // units of every instalment of every person
	states []state // of every instalment
	seen   int     // events
}

// at returns how a deal stands on a day, not before it was won.
func (d *deal) at(day success.Date) *standing {
	s := &standing{deal: d, sums: make([]sum, len(d.people)), left: make([]int64, len(d.people)*len(d.dues)), states: make([]state, len(d.dues))}
	s.see(day)
	for i := range s.states {
		s.states[i] = d.of(&d.dues[i], day)
		s.count(i, 1)
	}
	return s
}

// see applies the events up to a day that were not seen before.
func (s *standing) see(day success.Date) {
	for ; s.seen < len(s.events) && !s.events[s.seen].day.After(day); s.seen++ {
		s.apply(&s.events[s.seen])
	}
}

// apply adds what an event brought to what is left of every instalment, or moves
// what it took to what is lost.
func (s *standing) apply(e *event) {
	n := len(s.dues)
	for p := range s.sums {
		for i, part := range e.parts[p*n:][:n] {
			s.left[p*n+i] += part
			if part > 0 {
				s.sums[p].potential += part
			} else {
				s.sums[p].by[lost(s.of(&s.dues[i], e.day))] -= part
			}
		}
	}
}

// count adds so many times what is left of an instalment to what is in its state.
func (s *standing) count(due int, times int64) {
	for p := range s.sums {
		s.sums[p].by[s.states[due]] += times * s.left[p*len(s.dues)+due]
	}
}

// turn goes on to the day of turns, with all that happens on it.
func (s *standing) turn(today []turn) {
	day, all := today[0].day, false
	for _, t := range today {
		if all = all || t.due < 0; t.due >= 0 {
			s.count(t.due, -1)
			s.states[t.due] = s.of(&s.dues[t.due], day)
			s.count(t.due, 1)
		}
	}
	if !all {
		return
	}
	for i := range s.states {
		s.count(i, -1)
	}
	s.see(day)
	for i := range s.states {
		s.count(i, 1)
	}
}

// next goes on, and returns for every person the first day after a day on which
// its sum is no longer what it was; none if it stays.
func (s *standing) next(day success.Date) []success.Date {
	now := slices.Clone(s.sums)
	all, missing := make([]success.Date, len(now)), len(now)
	first := sort.Search(len(s.turns), func(i int) bool { return s.turns[i].day.After(day) })
	for turns := s.turns[first:]; missing > 0 && len(turns) > 0; {
		end := slices.IndexFunc(turns, func(t turn) bool { return t.day != turns[0].day })
		if end < 0 {
			end = len(turns)
		}
		s.turn(turns[:end])
		for i, sum := range s.sums {
			if all[i].IsZero() && sum != now[i] {
				all[i] = turns[0].day
				missing--
			}
		}
		turns = turns[end:]
	}
	return all
}
