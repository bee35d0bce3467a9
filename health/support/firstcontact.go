package support

import (
	"slices"
	"time"

	"metrics.internal/success"
)

// FirstContact counts solved tickets by whether the first contact was the last.
// A ticket was resolved at the first contact when it took one reply, was not
// re-opened, and the same contact of the same account did not open another
// within the window after the solution.
type FirstContact struct {
	Resolved int `json:"resolved"`  // at the first contact
	Not      int `json:"not"`       // it took more, or no reply at all
	Unknown  int `json:"unknown"`   // solved and answered, with no number of replies; or it cannot be told when they were solved
	TooEarly int `json:"too_early"` // the window has not ended by AsOf
}

func (f *FirstContact) count(s *story, o *Options, contacts contacts) {
	switch {
	case s.lost || !s.solved.IsZero() && s.Replies == 0 && !s.reply.IsZero():
		f.Unknown++
	case s.solved.IsZero():
	case !s.solved.Add(o.Window).Before(o.AsOf):
		f.TooEarly++
	case s.Replies != 1 || s.reopens || contacts.again(s, o.Window):
		f.Not++
	default:
		f.Resolved++
	}
}

// Add returns the counts of both.
func (f FirstContact) Add(g FirstContact) FirstContact {
	return FirstContact{f.Resolved + g.Resolved, f.Not + g.Not, f.Unknown + g.Unknown, f.TooEarly + g.TooEarly}
}

// Rate returns the share resolved at the first contact: Resolved / (Resolved +
// Not). It is undefined when there are neither. A ticket counts once its window
// has ended, whatever came of it, so that recent ones do not tilt the share.
func (f FirstContact) Rate() success.Ratio {
	return success.RatioOf(f.Resolved, f.Resolved+f.Not)
}

// contacts holds when each contact of each account asked for something, in
// order of time.
type contacts map[person][]time.Time

type person struct {
	account success.AccountID
	contact string
}

func contactsOf(tickets []Ticket, asOf time.Time) contacts {
	c := make(contacts)
	for i := range tickets {
		t := &tickets[i]
		if t.Initiative != success.Proactive && !t.Automated && t.At.Before(asOf) {
			who := person{t.Account, t.Contact}
			c[who] = append(c[who], t.At)
		}
	}
	for _, at := range c {
		slices.SortFunc(at, time.Time.Compare)
	}
	return c
}

// again reports whether the contact of s asked for something within a time after
// it was solved.
func (c contacts) again(s *story, window time.Duration) bool {
	at := c[person{s.Account, s.Contact}]
	from, _ := slices.BinarySearchFunc(at, s.solved, time.Time.Compare)
	last := s.solved.Add(window)
	to, _ := slices.BinarySearchFunc(at, last, func(t, last time.Time) int {
		if t.After(last) {
			return 1
		}
		return -1
	})
	asked := to - from
	if s.At.Equal(s.solved) && s.Initiative != success.Proactive {
		asked-- // this very ticket
	}
	return asked > 0
}
