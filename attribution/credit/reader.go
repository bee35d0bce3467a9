package credit

import "sort"

// A reader makes what models see of one deal after another. What it returns holds
// until its next call. It is not for more than one goroutine.
type reader struct {
	book *Book
	kept []touch
	seen []int32 // the last deal that had a key, from 1
	now  int32
	v    view

	nobody [1]int64 // the weights of a deal without touches
}

func (b *Book) reader() *reader {
	return &reader{book: b, seen: make([]int32, len(b.keys)), nobody: [1]int64{1}}
}

// touches returns those that count for a deal, in order.
func (r *reader) touches(d *deal) []touch {
	all := r.book.touches[d.from:d.to]
	switch r.book.options.Repeats {
	case Runs:
		r.kept = r.kept[:0]
		for i, t := range all {
			if i == 0 || t.key != all[i-1].key {
				r.kept = append(r.kept, t)
			}
		}
		return r.kept
	case Unique:
		r.now++
		r.kept = r.kept[:0]
		for _, t := range all {
			if r.seen[t.key] != r.now {
				r.seen[t.key] = r.now
				r.kept = append(r.kept, t)
			}
		}
		return r.kept
	}
	return all
}

// view returns what a model sees of at least one touch of a deal.
func (r *reader) view(m *Model, d *deal, touches []touch) *view {
	v := &r.v
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
	case milestones:
		v.lead, v.opened = -1, upTo(touches, d.opened)
		if d.led {
			v.lead = upTo(touches, d.lead)
		}
	}
	return v
}

// upTo returns the position of the last touch at or before a moment, −1 when
// there is none.
func upTo(touches []touch, m moment) int {
	return sort.Search(len(touches), func(i int) bool { return touches[i].compare(m) > 0 }) - 1
}

// journey returns what a custom model sees of a deal.
func (b *Book) journey(d *deal, touches []touch) Journey {
	j := Journey{Deal: string(d.id), Opened: d.opened.time(), Closed: d.closed.time(), Stops: make([]Stop, len(touches))}
	for i, t := range touches {
		j.Stops[i] = Stop{int(t.index), t.time(), b.keys[t.key], b.kinds[t.kind]}
	}
	return j
}
