package credit

import "sort"

// A reader makes what models see of one deal after another. What it returns holds
// until its next call. It is not for more than one goroutine.
type reader struct {
	book *Book
	kept []touch
	seen []int // the last deal that had a key, from 1
	turn int
	v    view

	nobody [1]int64 // the weights of a deal without touches
}

func (b *Book) reader() *reader {
	return &reader{book: b, seen: make([]int, len(b.keys)), nobody: [1]int64{1}}
}

// touches returns those that count for a deal, in order.
func (r *reader) touches(d *deal) []touch {
	all := r.book.touches[d.from:d.to]
	if r.book.options.Repeats == All {
		return all
	}
	r.turn++
	r.kept = r.book.options.Repeats.drop(r.kept[:0], all, r.seen, r.turn)
	return r.kept
}

// drop appends the touches of a deal that count beside others of their key, and
// notes in seen, by key, that it is their turn. Both slices may be the same.
func (r Repeats) drop(to, all []touch, seen []int, turn int) []touch {
	switch r {
	case Runs:
		for _, t := range all {
			if n := len(to); n == 0 || t.key != to[n-1].key {
				to = append(to, t)
			}
		}
		return to
	case Unique:
		for _, t := range all {
			if seen[t.key] != turn {
				seen[t.key] = turn
				to = append(to, t)
			}
		}
		return to
	}
	return append(to, all...)
}

// view returns what a model sees of at least one touch of a deal.
func (r *reader) view(m *Model, d *deal, touches []touch) *view {
	r.v.set(m, touches)
	if m.rule == milestones {
		r.v.lead, r.v.opened = -1, upTo(touches, d.opened)
		if d.led {
			r.v.lead = upTo(touches, d.lead)
		}
	}
	return &r.v
}

// set sets all that a model sees of at least one touch but milestones.
func (v *view) set(m *Model, touches []touch) {
	v.keys, v.kinds, v.ages = v.keys[:0], v.kinds[:0], v.ages[:0]
	for i := range touches {
		v.keys = append(v.keys, touches[i].key)
	}
	switch m.rule {
	case lastNon:
		for i := range touches {
			v.kinds = append(v.kinds, touches[i].kind)
		}
	case decay:
		newest := touches[len(touches)-1].moment
		for i := range touches {
			v.ages = append(v.ages, newest.since(touches[i].moment))
		}
	}
}

// upTo returns the position of the last touch at or before a moment, −1 when
// there is none.
func upTo(touches []touch, m moment) int {
	return sort.Search(len(touches), func(i int) bool { return touches[i].compare(m) > 0 }) - 1
}

// journey returns what a custom model sees of a deal.
func (b *Book) journey(d *deal, touches []touch) Journey {
	return Journey{Deal: d.id, Opened: d.opened.time(), Closed: d.closed.time(), Stops: stops(touches, b.keys, b.kinds)}
}

// stops returns touches with the names of their keys and kinds.
func stops(touches []touch, keys, kinds []string) []Stop {
	all := make([]Stop, len(touches))
	for i, t := range touches {
		all[i] = Stop{int(t.index), t.time(), keys[t.key], kinds[t.kind]}
	}
	return all
}
