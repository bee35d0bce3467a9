package imports

import (
	"errors"
	"io"
	"time"

	"metrics.internal/success"
)

// Zendesk turns tickets of Zendesk into interactions. The export is what the API
// answers to "Incremental Ticket Export" or "List Tickets" with
// include=metric_sets: objects with tickets and metric_sets, one behind the
// other, or tickets that hold a metric_set each. A ticket without either is left
// out: when it was answered is not in the export.
//
//	id, created_at           the interaction, of kind "support": reactive, one-to-one
//	organization_id          the account; a ticket without one is left out
//	via.channel              the channel
//	requester_id             the contact
//	assignee_id              the agent
//	reply_time_in_minutes    of the metric set, calendar: the first reply is so long after created_at
//	replies, reopens         of the metric set
//	solved_at                of the metric set, when the status is solved or closed; such a ticket
//	                         without it is left out
//	status                   new, open, pending, hold, solved, closed; deleted is left out
//	organizations            sideloaded, the names of accounts and when they were created
//
// A ticket that an incremental export has several times is taken as it was last,
// by updated_at, and left out as it was before. Tickets that agents open for
// customers are reactive too: who called whom is not in the export. Satisfaction
// ratings, custom fields and tags have no place in an interaction.
//
// Source: Zendesk Ticketing API, "Tickets", "Ticket Metrics", "Incremental
// Exports", "Side-Loading".
func Zendesk(r io.Reader) (Result, error) {
	s := newSink()
	pages, err := s.pages(r)
	if err != nil {
		return Result{}, err
	}
	z := zendesk{sink: s, metrics: map[string]zendeskMetrics{}, last: map[string]int{}, accounts: map[string]success.Account{}}
	for i, page := range pages {
		z.page(place{"page", i}, page)
	}
	if z.more {
		s.note("the export goes on: its last page says that there are more")
	}
	for i := range z.tickets {
		z.interaction(i)
	}
	return s.end()
}

// A zendesk is an export that is being read.
type zendesk struct {
	*sink
	tickets  []zendeskTicket
	last     map[string]int // by ID: the ticket as it was last
	metrics  map[string]zendeskMetrics
	sets     int // metric sets read
	accounts map[string]success.Account
	more     bool
}

// A zendeskTicket is what is read of one.
type zendeskTicket struct {
	at          place
	interaction success.Interaction
	status      string
	updated     time.Time
	metrics     zendeskMetrics // of its own
	bad         bool
}

// A zendeskMetrics is what is read of a metric set.
type zendeskMetrics struct {
	there            bool
	answered         bool
	reply            time.Duration
	solved           time.Time
	replies, reopens int64
}

func (z *zendesk) page(at place, page any) {
	if list, ok := page.([]any); ok {
		page = map[string]any{"tickets": list}
	}
	o := z.object(at, "", "", page)
	if _, has := o.value["tickets"]; o.there() && !has {
		o.fault("tickets", nil, success.ErrMissing)
	}
	for _, value := range o.list("tickets") {
		z.ticket(z.object(place{"ticket", len(z.tickets)}, "", "tickets.", value))
	}
	for _, value := range o.list("metric_sets") {
		set := z.object(place{"metric_set", z.sets}, "", "metric_sets.", value)
		z.sets++
		z.metrics[set.need("ticket_id")] = readMetrics(set)
	}
	for _, organization := range o.children("organizations") {
		id := organization.need("id")
		z.accounts[id] = success.Account{ID: success.AccountID(id), Name: organization.text("name"), SignedUp: dayOf(organization.moment("created_at"))}
	}
	z.more = o.goesOn()
}

// goesOn reports whether a page says that there are more: end_of_stream of
// incremental exports, meta.has_more of pages by cursor, next_page of others.
func (o object) goesOn() bool {
	ended, next, cursor := o.flag("end_of_stream"), o.text("next_page"), o.child("meta")
	more := cursor.flag("has_more")
	if _, incremental := o.value["end_of_stream"]; incremental {
		return !ended
	}
	return more || !cursor.there() && next != ""
}

func (z *zendesk) ticket(o object) {
	before := z.faults.Count
	id := o.need("id")
	t := zendeskTicket{
		at: o.at, status: zendeskStatus(o), updated: o.moment("updated_at"), metrics: readMetrics(o.child("metric_set")),
		interaction: success.Interaction{
			ID: success.InteractionID(id), At: o.moment("created_at"), Account: success.AccountID(o.text("organization_id")),
			Kind: "support", Initiative: success.Reactive, Format: success.OneToOne,
			Channel: o.child("via").text("channel"), Agent: o.text("assignee_id"), Contact: o.text("requester_id"),
		},
	}
	if o.text("created_at") == "" {
		o.fault("created_at", nil, success.ErrMissing)
	}
	t.bad = z.faults.Count != before
	if last, again := z.last[id]; !again || !t.updated.Before(z.tickets[last].updated) {
		z.last[id] = len(z.tickets)
	}
	z.tickets = append(z.tickets, t)
}

func zendeskStatus(o object) string {
	status := o.need("status")
	switch status {
	case "", "new", "open", "pending", "hold", "solved", "closed", "deleted":
	default:
		o.fault("status", status, success.ErrUnknown)
	}
	return status
}

// maxMinutes bounds the time to a reply, at about 190 years.
const maxMinutes = 100_000_000

var errMinutes = errors.New("is more minutes than can be")

func readMetrics(o object) zendeskMetrics {
	m := zendeskMetrics{there: o.there(), solved: o.moment("solved_at")}
	m.replies, _ = o.whole("replies")
	m.reopens, _ = o.whole("reopens")
	times := o.child("reply_time_in_minutes")
	minutes, answered := times.whole("calendar")
	switch {
	case minutes < 0:
		times.fault("calendar", times.value["calendar"], success.ErrNegative)
	case minutes > maxMinutes:
		times.fault("calendar", times.value["calendar"], errMinutes)
	default:
		m.reply, m.answered = time.Duration(minutes)*time.Minute, answered
	}
	return m
}

// interaction makes one of a ticket.
func (z *zendesk) interaction(n int) {
	t := &z.tickets[n]
	i, id := t.interaction, string(t.interaction.ID)
	metrics := t.metrics
	if !metrics.there {
		metrics = z.metrics[id]
	}
	solved := t.status == "solved" || t.status == "closed"
	switch {
	case t.bad:
		return
	case z.last[id] != n:
		z.leaveOut(t.at, id, "is in the export again, as it was later")
		return
	case t.status == "deleted":
		z.leaveOut(t.at, id, "is deleted")
		return
	case i.Account == "":
		z.leaveOut(t.at, id, "is of no organization")
		return
	case !metrics.there:
		z.leaveOut(t.at, id, "has no metric set: when it was answered is not in the export")
		return
	case solved && metrics.solved.IsZero():
		z.leaveOut(t.at, id, "is %s, and when it was solved is not in the export", t.status)
		return
	}
	if metrics.answered {
		i.FirstReplyAt = i.At.Add(metrics.reply)
	}
	if solved {
		i.SolvedAt = metrics.solved
	}
	i.Replies, i.Reopens = int(metrics.replies), int(metrics.reopens)
	account := z.accounts[string(i.Account)]
	account.ID = i.Account
	z.account(t.at, account)
	z.sink.interaction(t.at, i)
}
