package support

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/internal/productlimit"
	"metrics.internal/success/internal/wire"
)

// AppendBinary appends the tally to b as bytes, to be sent to where it is merged.
// Tallies of the same tickets are the same bytes, however they were merged. Each
// ticket has six waits, of which each takes 11 bytes at most, and 5 or fewer in
// whole minutes up to 8,191; all else is 260 bytes at most.
//
// It reports, as [success.Errors], what cannot be a tally of tickets: negative
// counts ([success.ErrNegative]), those above 2⁵⁰, and those that do not add up to
// Tickets ([success.ErrRange]). b is then returned as it was.
func (t *Tally) AppendBinary(b []byte) ([]byte, error) {
	w := wire.NewWriter(b, wire.SupportTally)
	t.fields(w)
	for m, waits := range t.waits {
		w.Int(measure(m).String()+" unknown", &t.unknown[m])
		waits = slices.Clone(waits)
		slices.SortFunc(waits, inOrder)
		w.Len(len(waits))
		for i := range waits {
			w.Float(waits[i].Time)
			w.Flag("", &waits[i].Ended)
		}
	}
	return w.Done(t.check)
}

// MarshalBinary returns what [Tally.AppendBinary] appends.
func (t *Tally) MarshalBinary() ([]byte, error) { return t.AppendBinary(nil) }

// UnmarshalBinary reads what [Tally.AppendBinary] writes, in place of what t held,
// and nothing else: any other data is reported, as [success.Errors], and leaves t
// as it is. It allocates no more than eight times the size of the data, and the
// rounding of six allocations.
func (t *Tally) UnmarshalBinary(data []byte) error {
	r := wire.NewReader(data, wire.SupportTally)
	var read Tally
	read.fields(r)
	for m := range read.waits {
		r.Int(measure(m).String()+" unknown", &read.unknown[m])
		read.waits[m] = readWaits(r, measure(m).String())
	}
	err := r.Done(read.check)
	if err == nil {
		*t = read
	}
	return err
}

func readWaits(r *wire.Reader, field string) []productlimit.Observation {
	n := r.Len(field, math.MaxInt, 2)
	if n == 0 {
		return nil
	}
	waits := make([]productlimit.Observation, n)
	last := productlimit.Observation{Ended: true}
	for i := range waits {
		o := &waits[i]
		o.Time = r.Float(field)
		r.Flag(field, &o.Ended)
		if inOrder(last, *o) > 0 {
			r.Refuse(field, check.Number(o.Time), fault.New(success.ErrOrder, "minutes do not follow %s", check.Number(last.Time)))
			return nil
		}
		last = *o
	}
	return waits
}

// inOrder compares waits by time; those that ended come before the others.
func inOrder(a, b productlimit.Observation) int {
	switch order := cmp.Compare(a.Time, b.Time); {
	case order != 0 || a.Ended == b.Ended:
		return order
	case a.Ended:
		return -1
	}
	return 1
}

// String returns the name of m, as faults call it.
func (m measure) String() string {
	return [measures]string{"FirstResponse", "FirstResolution", "Resolution", "RequesterWait", "NetRequesterWait", "AgentWait"}[m]
}

// fields names the counts in the order in which they are sent.
func (t *Tally) fields(f wire.Fields) {
	f.Int("Tickets", &t.Tickets)
	f.Int("Later", &t.Later)
	f.Int("Apart", &t.Apart)
	f.Int("NotStarted", &t.NotStarted)
	f.Int("RepliedAfterSolved", &t.RepliedAfterSolved)
	f.Int("SolvedUnanswered", &t.SolvedUnanswered)
	f.Int("Mix.Reactive", &t.Mix.Reactive)
	f.Int("Mix.Proactive", &t.Mix.Proactive)
	f.Int("Mix.Unknown", &t.Mix.Unknown)
	f.Int("Mix.Automated", &t.Mix.Automated)
	f.Int("Touches.None", &t.Touches.None)
	f.Int("Touches.One", &t.Touches.One)
	f.Int("Touches.Two", &t.Touches.Two)
	f.Int("Touches.More", &t.Touches.More)
	f.Int("Touches.Unknown", &t.Touches.Unknown)
	f.Int("Touches.Open", &t.Touches.Open)
	f.Int("FirstContact.Resolved", &t.FirstContact.Resolved)
	f.Int("FirstContact.Not", &t.FirstContact.Not)
	f.Int("FirstContact.Unknown", &t.FirstContact.Unknown)
	f.Int("FirstContact.TooEarly", &t.FirstContact.TooEarly)
}

// check adds what no tally of tickets is like.
func (t *Tally) check(faults *success.Errors) {
	add := func(field string, n int, format string, args ...any) {
		faults.Add(wire.SupportTally.Fault(field, strconv.Itoa(n), fault.New(success.ErrRange, format, args...)))
	}
	attended := t.Tickets - t.Apart
	if n := t.Mix.Reactive + t.Mix.Proactive + t.Mix.Unknown + t.Mix.Automated; n != t.Tickets {
		add("Mix", n, "in all are not the %d Tickets", t.Tickets)
	}
	u := &t.Touches
	if n := u.None + u.One + u.Two + u.More + u.Unknown + u.Open; n != attended {
		add("Touches", n, "in all are not the %d attended Tickets", attended)
	}
	f := &t.FirstContact
	for _, part := range []struct {
		field string
		n     int
	}{
		{"FirstContact", f.Resolved + f.Not + f.Unknown + f.TooEarly},
		{"RepliedAfterSolved", t.RepliedAfterSolved},
		{"SolvedUnanswered", t.SolvedUnanswered},
	} {
		if part.n > attended {
			add(part.field, part.n, "are more than the %d attended Tickets", attended)
		}
	}
	for m, waits := range t.waits {
		if n := len(waits) + t.unknown[m] + t.NotStarted; n != attended {
			add(measure(m).String(), n, "with NotStarted are not the %d attended Tickets", attended)
		}
	}
}
