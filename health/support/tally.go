package support

import (
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/productlimit"
)

// A measure is one of the waits of a ticket.
type measure int

const (
	firstResponse measure = iota
	firstResolution
	resolution
	requesterWait
	netRequesterWait
	agentWait
	measures
)

// A Tally is what tickets come to. Tallies of parts add up, whatever their
// options: those of a team in Berlin and one in Boston, each by its own
// calendar, are that of both. The zero value has no tickets.
type Tally struct {
	Tickets            int          `json:"tickets"`              // that began before AsOf
	Later              int          `json:"later"`                // that began at AsOf or after, and are in none of the figures
	Apart              int          `json:"apart"`                // of Tickets, automated mail, and self-service that was not handed off: they enter Mix only
	NotStarted         int          `json:"not_started"`          // of Tickets, without the start that the waits are measured from
	RepliedAfterSolved int          `json:"replied_after_solved"` // whose first reply came after the first solution
	SolvedUnanswered   int          `json:"solved_unanswered"`    // that were solved and have no reply
	Mix                Mix          `json:"mix"`                  // by who started them
	Touches            Touches      `json:"touches"`              // by how many replies solved them
	FirstContact       FirstContact `json:"first_contact"`        // by whether they had to ask again

	waits   [measures][]productlimit.Observation
	unknown [measures]int
}

// TallyOf counts tickets, in any order. For [FirstContact], those of one account
// must be in one call.
//
// It reports, as [success.Errors], tickets that [Ticket.Validate] refuses, two of
// one ID ([success.ErrDuplicate]), and a first solution before the start of the
// wait ([success.ErrOrder]); a missing AsOf ([success.ErrMissing]) or one outside
// the years [FirstYear] to [LastYear] ([success.ErrRange]); an unknown Start
// ([success.ErrUnknown]); and a negative Window ([success.ErrNegative]).
func TallyOf(tickets []Ticket, options Options) (*Tally, error) {
	var faults success.Errors
	options.check(&faults)
	seen := make(map[success.InteractionID]struct{}, len(tickets))
	for i := range tickets {
		t := &tickets[i]
		t.check(i, &faults)
		if _, again := seen[t.ID]; again && t.ID != "" {
			faults.Add(&success.InputError{Record: "interaction", Index: i, Field: "ID", Value: string(t.ID), Err: success.ErrDuplicate})
		}
		seen[t.ID] = struct{}{}
		if options.Start == FromHandOff {
			door{i, &faults}.notBefore("FirstSolvedAt", t.FirstSolvedAt, "HandedOffAt", t.HandedOffAt)
		}
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	tally := new(Tally)
	for m := range tally.waits {
		tally.waits[m] = make([]productlimit.Observation, 0, len(tickets))
	}
	contacts := contactsOf(tickets, options.AsOf)
	for i := range tickets {
		tally.count(&tickets[i], &options, contacts)
	}
	return tally, nil
}

func (t *Tally) count(ticket *Ticket, o *Options, contacts contacts) {
	if !ticket.At.Before(o.AsOf) {
		t.Later++
		return
	}
	t.Tickets++
	t.Mix.count(ticket)
	s := tell(ticket, o.AsOf)
	if s.unattended() {
		t.Apart++
		return
	}
	if s.repliedLate() {
		t.RepliedAfterSolved++
	}
	if s.reply.IsZero() && !s.solved.IsZero() && !s.lost {
		t.SolvedUnanswered++
	}
	t.Touches.count(&s)
	t.FirstContact.count(&s, o, contacts)
	t.measure(&s, o)
}

// Merge adds the tickets of other. No ticket may be in both.
func (t *Tally) Merge(other *Tally) {
	t.Tickets += other.Tickets
	t.Later += other.Later
	t.Apart += other.Apart
	t.NotStarted += other.NotStarted
	t.RepliedAfterSolved += other.RepliedAfterSolved
	t.SolvedUnanswered += other.SolvedUnanswered
	t.Mix = t.Mix.Add(other.Mix)
	t.Touches = t.Touches.Add(other.Touches)
	t.FirstContact = t.FirstContact.Add(other.FirstContact)
	for m := range t.waits {
		t.waits[m] = slices.Concat(t.waits[m], other.waits[m])
		t.unknown[m] += other.unknown[m]
	}
}

// Times are how long tickets took, in minutes of the calendar of the tally and
// from its start.
type Times struct {
	FirstResponse    Distribution `json:"first_response"`     // to the first answer of a person; censored at the solution, or AsOf
	FirstResolution  Distribution `json:"first_resolution"`   // to the first solution
	Resolution       Distribution `json:"resolution"`         // to the last solution
	RequesterWait    Distribution `json:"requester_wait"`     // time to the last solution in which the ticket was not pending or solved
	NetRequesterWait Distribution `json:"net_requester_wait"` // the same without the time on hold
	AgentWait        Distribution `json:"agent_wait"`         // time to the last solution in which the ticket was pending
}

// Times returns how long the tickets took, censored where they are not over. It
// reports quantiles that are unknown ([success.ErrUnknown]).
func (t *Tally) Times(q Quantiles) (Times, error) {
	var faults success.Errors
	q.check(&faults)
	if err := faults.Err(); err != nil {
		return Times{}, err
	}
	var d [measures]Distribution
	for m := range d {
		d[m] = distribution(t.waits[m], q)
		d[m].Unknown = t.unknown[m]
	}
	return Times{d[firstResponse], d[firstResolution], d[resolution], d[requesterWait], d[netRequesterWait], d[agentWait]}, nil
}
