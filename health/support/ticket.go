package support

import (
	"strconv"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/internal/word"
)

// A Ticket is a thread in which a customer asked for help, with what an
// interaction does not hold. Times that are zero are unknown, or have not come.
//
// At is when it was created, FirstReplyAt the first answer of a person, SolvedAt
// the last solution, zero while the ticket is open.
type Ticket struct {
	success.Interaction

	HandedOffAt   time.Time // when a person took it over from a machine; zero when none did
	FirstSolvedAt time.Time // first solution, where it was re-opened; otherwise SolvedAt is
	ReopenedAt    time.Time // the last time it was re-opened; zero when it never was
	ReopenReplyAt time.Time // first answer after ReopenedAt
	Pauses        []Pause   // in order of time
	Automated     bool      // mail that nobody wrote, such as notices and bounces
}

// A Pause is a stretch of a ticket's time in which it was not the agents' turn.
type Pause struct {
	Turn Turn
	From time.Time
	To   time.Time // zero: until the ticket was solved, or still
}

// A Turn says what a paused ticket is waiting for.
type Turn uint8

// What it waits for.
const (
	Pending Turn = iota + 1 // for the requester
	OnHold                  // for somebody else
	Solved                  // for nobody, until it was re-opened
)

func turns() []string { return []string{"", "pending", "on hold", "solved"} }

// String returns "pending", "on hold" or "solved".
func (t Turn) String() string { return word.Of(turns(), uint8(t)) }

// Validate reports, as [success.Errors], what [success.Interaction.Validate]
// reports and
//
//   - times outside the years [FirstYear] to [LastYear] ([success.ErrRange]);
//   - a hand-off, first solution or re-opening before At, a first reply or
//     solution before the hand-off, a last solution before the first or before
//     the re-opening, a re-opening before the first solution, and a reply to it
//     before it ([success.ErrOrder]);
//   - a reply to a re-opening without one ([success.ErrMissing]);
//   - pauses of an unknown Turn ([success.ErrUnknown]), without From, or without
//     To though another follows ([success.ErrMissing]), and pauses that end
//     before they begin, begin before At or before the end of the one before, or
//     reach beyond SolvedAt ([success.ErrOrder]).
//
// A first reply after the solution is no fault. It happens, and is counted.
func (t Ticket) Validate() error {
	var faults success.Errors
	t.check(-1, &faults)
	return faults.Err()
}

// A door adds faults of one ticket.
type door struct {
	index  int
	faults *success.Errors
}

func (d door) add(field, value string, err error) {
	d.faults.Add(&success.InputError{Record: "interaction", Index: d.index, Field: field, Value: value, Err: err})
}

// notBefore reports a time before another, if both are there.
func (d door) notBefore(field string, t time.Time, other string, u time.Time) {
	if !t.IsZero() && !u.IsZero() && t.Before(u) {
		d.add(field, stamp(t), fault.New(success.ErrOrder, "is before %s %s", other, stamp(u)))
	}
}

// inRange reports a time that is there but is not covered.
func (d door) inRange(field string, t time.Time) {
	if !t.IsZero() {
		checkTime("interaction", field, d.index, t, d.faults)
	}
}

func (t *Ticket) check(index int, faults *success.Errors) {
	t.Interaction.Check(index, faults)
	d := door{index, faults}
	d.inRange("At", t.At)
	d.inRange("FirstReplyAt", t.FirstReplyAt)
	d.inRange("SolvedAt", t.SolvedAt)
	d.inRange("HandedOffAt", t.HandedOffAt)
	d.inRange("FirstSolvedAt", t.FirstSolvedAt)
	d.inRange("ReopenedAt", t.ReopenedAt)
	d.inRange("ReopenReplyAt", t.ReopenReplyAt)

	d.notBefore("HandedOffAt", t.HandedOffAt, "At", t.At)
	d.notBefore("FirstReplyAt", t.FirstReplyAt, "HandedOffAt", t.HandedOffAt)
	d.notBefore("SolvedAt", t.SolvedAt, "HandedOffAt", t.HandedOffAt)
	d.notBefore("FirstSolvedAt", t.FirstSolvedAt, "At", t.At)
	d.notBefore("SolvedAt", t.SolvedAt, "FirstSolvedAt", t.FirstSolvedAt)
	d.notBefore("ReopenedAt", t.ReopenedAt, "At", t.At)
	d.notBefore("ReopenedAt", t.ReopenedAt, "FirstSolvedAt", t.FirstSolvedAt)
	d.notBefore("SolvedAt", t.SolvedAt, "ReopenedAt", t.ReopenedAt)
	d.notBefore("ReopenReplyAt", t.ReopenReplyAt, "ReopenedAt", t.ReopenedAt)
	if !t.ReopenReplyAt.IsZero() && t.ReopenedAt.IsZero() {
		d.add("ReopenedAt", "", success.ErrMissing)
	}
	t.checkPauses(d)
}

func (t *Ticket) checkPauses(d door) {
	earliest, after := t.At, "At"
	for i, p := range t.Pauses {
		name := "Pauses[" + strconv.Itoa(i) + "]"
		if p.Turn < Pending || p.Turn > Solved {
			d.add(name+".Turn", strconv.Itoa(int(p.Turn)), success.ErrUnknown)
		}
		checkTime("interaction", name+".From", d.index, p.From, d.faults)
		d.inRange(name+".To", p.To)
		d.notBefore(name+".From", p.From, after, earliest)
		d.notBefore(name+".To", p.To, "From", p.From)
		d.notBefore("SolvedAt", t.SolvedAt, name+".From", p.From)
		d.notBefore("SolvedAt", t.SolvedAt, name+".To", p.To)
		if p.To.IsZero() && i < len(t.Pauses)-1 {
			d.add(name+".To", "", success.ErrMissing)
		}
		earliest, after = p.To, name+".To"
	}
}
