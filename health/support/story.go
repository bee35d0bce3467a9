package support

import (
	"time"

	"metrics.internal/success"
)

// A story is what is known of a ticket at a time.
type story struct {
	*Ticket
	reply       time.Time // zero when none is known
	solved      time.Time // the last solution; zero while open
	firstSolved time.Time
	reopened    time.Time
	handedOff   time.Time
	reopens     bool // it was re-opened, whether or not it is known when
	lost        bool // when it was solved cannot be told
}

// tell returns what was known of t at a time.
func tell(t *Ticket, asOf time.Time) story {
	known := func(at time.Time) time.Time {
		if at.Before(asOf) {
			return at
		}
		return time.Time{}
	}
	s := story{
		Ticket: t, reply: known(t.FirstReplyAt), solved: known(t.SolvedAt),
		firstSolved: known(t.FirstSolvedAt), reopened: known(t.ReopenedAt), handedOff: known(t.HandedOffAt),
	}
	before := t.Reopens
	if s.reopened != t.ReopenedAt { // all but one of the re-openings had been
		before--
		s.solved, s.lost = s.firstSolved, before > 0 || t.FirstSolvedAt.IsZero()
	}
	s.reopens = before > 0 || !s.reopened.IsZero()
	return s
}

// start returns from when on the customer waits; ok is false when the ticket has
// no such start.
func (s *story) start(from Start) (t time.Time, ok bool) {
	switch {
	case from == FromReopening:
		return s.reopened, !s.reopened.IsZero()
	case from == FromHandOff && !s.handedOff.IsZero():
		return s.handedOff, true
	}
	return s.At, true
}

// unattended reports whether no person had to do with it.
func (s *story) unattended() bool {
	return s.Automated || s.Format == success.SelfService && s.handedOff.IsZero()
}

// answer returns when the wait for an answer ended, zero if it did not.
func (s *story) answer(from Start, asOf time.Time) time.Time {
	if from != FromReopening {
		return s.reply
	}
	if s.ReopenReplyAt.Before(asOf) {
		return s.ReopenReplyAt
	}
	return time.Time{}
}

// first returns the first solution after the start; ok is false when the record
// does not tell.
func (s *story) first(from Start) (t time.Time, ok bool) {
	switch {
	case from == FromReopening:
		return s.solved, !s.lost
	case !s.firstSolved.IsZero():
		return s.firstSolved, true
	}
	return s.solved, !s.reopens && !s.lost
}

// repliedLate reports whether the first reply came after the first solution.
func (s *story) repliedLate() bool {
	solution, ok := s.first(FromCreation)
	return ok && !solution.IsZero() && s.reply.After(solution)
}

// A stopwatch adds waits from one start to a tally.
type stopwatch struct {
	tally    *Tally
	start    time.Time
	calendar *Calendar
}

// until adds the wait up to an end, or, without one, the wait so far.
func (w stopwatch) until(m measure, end, soFar time.Time) {
	ended := !end.IsZero()
	if !ended {
		end = soFar
	}
	w.add(m, w.calendar.between(w.start, end), ended)
}

func (w stopwatch) add(m measure, d time.Duration, ended bool) {
	w.tally.waits[m] = append(w.tally.waits[m], observe(d, ended))
}

// measure adds the waits of a story to the tally.
func (t *Tally) measure(s *story, o *Options) {
	start, ok := s.start(o.Start)
	if !ok {
		t.NotStarted++
		return
	}
	w := stopwatch{t, start, o.Calendar}
	end := s.solved
	if end.IsZero() || s.lost {
		end = o.AsOf
	}
	w.until(firstResponse, s.answer(o.Start, o.AsOf), end)
	if first, ok := s.first(o.Start); ok {
		w.until(firstResolution, first, o.AsOf)
	} else {
		t.unknown[firstResolution]++
	}
	if s.lost {
		for m := resolution; m < measures; m++ {
			t.unknown[m]++
		}
		return
	}
	w.until(resolution, s.solved, o.AsOf)
	w.turns(s, end)
}

// turns adds the waits of either side, which the pauses tell apart.
func (w stopwatch) turns(s *story, end time.Time) {
	paused, ended := s.paused(w.start, end, w.calendar), !s.solved.IsZero()
	gross := w.calendar.between(w.start, end) - paused[Pending] - paused[Solved]
	w.add(requesterWait, gross, ended)
	w.add(netRequesterWait, gross-paused[OnHold], ended)
	w.add(agentWait, paused[Pending], ended)
}

// paused returns the length of the pauses between start and end, by turn.
func (s *story) paused(start, end time.Time, c *Calendar) (length [Solved + 1]time.Duration) {
	for _, p := range s.Pauses {
		from, to := p.From, p.To
		if from.Before(start) {
			from = start
		}
		if to.IsZero() || to.After(end) {
			to = end
		}
		if from.Before(to) {
			length[p.Turn] += c.between(from, to)
		}
	}
	return length
}
