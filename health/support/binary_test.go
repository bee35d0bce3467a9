package support_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"testing"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/health/support"
	"metrics.internal/success/internal/refusal"
	"metrics.internal/success/internal/wire/wiretest"
	"pgregory.net/rapid"
)

// tallySize is the documented size of a tally, with waits in whole minutes.
func tallySize(tickets int) int { return 260 + 6*5*tickets }

// TestTallySent: a tally comes back from its bytes and gives the same results, and
// parts merge to the same whether they were sent or not, to the same bytes in any
// order.
func TestTallySent(t *testing.T) { rapid.Check(t, checkTallySent) }

func checkTallySent(t *rapid.T) {
	o := support.Options{
		AsOf:   clock(0, 0).Add(minutes(rapid.IntRange(1, 25000).Draw(t, "as of"))),
		Start:  support.Start(rapid.IntRange(0, 2).Draw(t, "start")),
		Window: hour,
	}
	send := func(a *support.Tally) *support.Tally {
		return wiretest.Read[support.Tally](t, wiretest.Written(t, a, 260+6*11*a.Tickets))
	}
	here, there := new(support.Tally), new(support.Tally)
	var parts []*support.Tally
	for part := range 3 {
		var tickets []support.Ticket
		for i := range rapid.IntRange(0, 8).Draw(t, "tickets") {
			ticket := drawTicket(t, i)
			if rapid.IntRange(0, 4).Draw(t, "self-service") == 4 {
				ticket.Format = success.SelfService
			}
			tickets = append(tickets, ticket)
		}
		a, err := support.TallyOf(tickets, o)
		if err != nil {
			t.Fatal(part, err)
		}
		sameTally(t, a, send(a))
		parts = append(parts, a)
		here.Merge(a)
	}
	for _, a := range rapid.Permutation(parts).Draw(t, "order") {
		there.Merge(send(a))
	}
	sameTally(t, here, there)
	for _, q := range []support.Quantiles{support.NearestRank, support.Type7} {
		x, _ := here.Times(q)
		y, _ := there.Times(q)
		if x != y {
			t.Fatalf("%+v, sent %+v", x, y)
		}
	}
	before := wiretest.Written(t, here, 4000)
	if again := wiretest.Written(t, there, 4000); !slices.Equal(before, again) {
		t.Fatalf("%x, sent %x", before, again)
	}
}

// wiredTally is a tally of tickets of all kinds.
func wiredTally(t testing.TB) *support.Tally {
	late, mail, lost := asked("3"), asked("4"), answered("6", clock(10, 1), time.Time{})
	late.At, mail.Automated = clock(21, 0), true
	lost.Reopens, lost.FirstSolvedAt = 1, clock(10, 2)
	return tally(t, support.Options{}, answered("1", clock(10, 20), clock(11, 0)), asked("2"), late, mail, answered("5", clock(10, 0), clock(15, 0)), lost)
}

// waits are so many waits of some minutes, as they are sent.
func waits(ended byte, minutes ...float64) string {
	b := binary.AppendUvarint(nil, uint64(len(minutes)))
	for _, m := range minutes {
		b = append(binary.AppendUvarint(b, bits.ReverseBytes64(math.Float64bits(m))), ended)
	}
	return string(b)
}

// TestTallyForm: the form does not change unnoticed.
func TestTallyForm(t *testing.T) {
	one := tally(t, support.Options{}, answered("1", clock(10, 20), clock(11, 0)), asked("2"))
	wiretest.Golden(t, wiretest.Written(t, one, tallySize(2)), `0701
		02 00 00 00 00 00
		00 00 02 00
		00 00 00 00 01 01
		00 00 01 00
		00 02 c06801 c084820600
		00 02 c09c0101 c084820600
		00 02 c09c0101 c084820600
		00 02 c09c0101 c084820600
		00 02 c09c0101 c084820600
		00 02 0001 0000`)
	wiretest.Golden(t, wiretest.Written(t, new(support.Tally), 260), fmt.Sprintf("0701%064x", 0))
}

func TestTallyGarbled(t *testing.T) {
	wiretest.Garbled[support.Tally](t, wiretest.Written(t, wiredTally(t), tallySize(6)))
}

// TestTallyMemory: lengths are not believed, and the shortest waits take no more
// memory than they should.
func TestTallyMemory(t *testing.T) {
	good := wiretest.Written(t, wiredTally(t), tallySize(6))
	const n = 20_000
	count := string(binary.AppendUvarint(nil, n))
	body := "\x07\x01" + count + "\x00\x00\x00\x00\x00" + "\x00\x00" + count + "\x00" + "\x00\x00\x00\x00\x00" + count + "\x00\x00\x00\x00"
	for range 6 {
		body += "\x00" + waits(0, make([]float64, n)...)
	}
	if !wiretest.Law[support.Tally](t, good, []byte(body)) {
		t.Error("many waits are refused")
	}
	if wiretest.Law[support.Tally](t, good, []byte(body[:60])) {
		t.Error("waits are read from nothing")
	}
}

// TestTallyRefused: what cannot be a tally of tickets is not sent.
func TestTallyRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change func(a *support.Tally)
		faults []refusal.Fault
	}{
		"negative":   {func(a *support.Tally) { a.Later = -1 }, []refusal.Fault{fault("Later", success.ErrNegative)}},
		"large":      {func(a *support.Tally) { a.Later = 1<<50 + 1 }, []refusal.Fault{fault("Later", success.ErrRange)}},
		"reactive":   {func(a *support.Tally) { a.Mix.Reactive++ }, []refusal.Fault{fault("Mix", success.ErrRange)}},
		"proactive":  {func(a *support.Tally) { a.Mix.Proactive++ }, []refusal.Fault{fault("Mix", success.ErrRange)}},
		"unrecorded": {func(a *support.Tally) { a.Mix.Unknown-- }, []refusal.Fault{fault("Mix", success.ErrRange)}},
		"automated":  {func(a *support.Tally) { a.Mix.Automated++ }, []refusal.Fault{fault("Mix", success.ErrRange)}},
		"none":       {func(a *support.Tally) { a.Touches.None++ }, []refusal.Fault{fault("Touches", success.ErrRange)}},
		"one":        {func(a *support.Tally) { a.Touches.One++ }, []refusal.Fault{fault("Touches", success.ErrRange)}},
		"two":        {func(a *support.Tally) { a.Touches.Two++ }, []refusal.Fault{fault("Touches", success.ErrRange)}},
		"more":       {func(a *support.Tally) { a.Touches.More++ }, []refusal.Fault{fault("Touches", success.ErrRange)}},
		"unknown":    {func(a *support.Tally) { a.Touches.Unknown++ }, []refusal.Fault{fault("Touches", success.ErrRange)}},
		"open":       {func(a *support.Tally) { a.Touches.Open-- }, []refusal.Fault{fault("Touches", success.ErrRange)}},
		"resolved":   {func(a *support.Tally) { a.FirstContact.Resolved += 3 }, []refusal.Fault{fault("FirstContact", success.ErrRange)}},
		"not":        {func(a *support.Tally) { a.FirstContact.Not += 3 }, []refusal.Fault{fault("FirstContact", success.ErrRange)}},
		"unknowable": {func(a *support.Tally) { a.FirstContact.Unknown += 3 }, []refusal.Fault{fault("FirstContact", success.ErrRange)}},
		"too early":  {func(a *support.Tally) { a.FirstContact.TooEarly += 3 }, []refusal.Fault{fault("FirstContact", success.ErrRange)}},
		"late":       {func(a *support.Tally) { a.RepliedAfterSolved = 5 }, []refusal.Fault{fault("RepliedAfterSolved", success.ErrRange)}},
		"unanswered": {func(a *support.Tally) { a.SolvedUnanswered = 5 }, []refusal.Fault{fault("SolvedUnanswered", success.ErrRange)}},
		"not started": {func(a *support.Tally) { a.NotStarted++ }, []refusal.Fault{
			fault("FirstResponse", success.ErrRange), fault("FirstResolution", success.ErrRange), fault("Resolution", success.ErrRange),
			fault("RequesterWait", success.ErrRange), fault("NetRequesterWait", success.ErrRange), fault("AgentWait", success.ErrRange),
		}},
	} {
		a := wiredTally(t)
		c.change(a)
		b, err := a.AppendBinary([]byte("before"))
		refusal.Check(t, name, err, c.faults...)
		if string(b) != "before" {
			t.Errorf("%s: %q", name, b)
		}
	}
	a := wiredTally(t)
	a.RepliedAfterSolved, a.SolvedUnanswered, a.FirstContact = 4, 4, support.FirstContact{Resolved: 4}
	wiretest.Written(t, a, tallySize(6))
}

// TestTallyRefusedBytes: bytes of waits that cannot be.
func TestTallyRefusedBytes(t *testing.T) {
	head := "\x07\x01" + "\x02\x00\x00\x00\x00\x00" + "\x00\x00\x02\x00" + "\x00\x00\x00\x00\x00\x02" + "\x00\x00\x00\x00"
	rest := ""
	for range 5 {
		rest += "\x00" + waits(1, 0.5, 0.5)
	}
	for _, c := range []struct {
		name, waits string
		fault       refusal.Fault
	}{
		{"in order", "\x00" + waits(1, 1, 2), refusal.Fault{}},
		{"ended before censored", "\x00\x02" + waits(1, 1)[1:] + waits(0, 1)[1:], refusal.Fault{}},
		{"one unknown", "\x01" + waits(0, 0), refusal.Fault{}},
		{"censored before ended", "\x00\x02" + waits(0, 1)[1:] + waits(1, 1)[1:], fault("FirstResponse", success.ErrOrder)},
		{"out of order", "\x00" + waits(1, 2, 1), fault("FirstResponse", success.ErrOrder)},
		{"negative", "\x00" + waits(1, -1, 1), fault("FirstResponse", success.ErrOrder)},
		{"endless", "\x00" + waits(1, 1, math.Inf(1)), fault("FirstResponse", success.ErrRange)},
		{"a wait of 2", "\x00" + waits(2, 1, 2), fault("FirstResponse", success.ErrRange)},
		{"one lost", "\x00" + waits(1, 1), fault("FirstResponse", success.ErrRange)},
		{"one too many", "\x01" + waits(1, 1, 2), fault("FirstResponse", success.ErrRange)},
		{"unknown beyond all", "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", fault("FirstResponse unknown", success.ErrRange)},
		{"more waits than data", "\x00\xff\x7f", fault("FirstResponse", success.ErrMissing)},
	} {
		var a support.Tally
		err := a.UnmarshalBinary([]byte(head + c.waits + rest))
		if c.fault.Kind != nil {
			refusal.Check(t, c.name, err, c.fault)
		} else if err != nil || a.Tickets != 2 {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func FuzzUnmarshalTally(f *testing.F) {
	good, err := wiredTally(f).MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	wiretest.Fuzz[support.Tally](f, good, append([]byte{7, 1}, make([]byte, 32)...))
}

func BenchmarkTallyBinary(b *testing.B) {
	var tickets []support.Ticket
	for i := range 1000 {
		tickets = append(tickets, answered(fmt.Sprint(i), clock(10, i%60), clock(12, i%50)))
	}
	a := tally(b, support.Options{}, tickets...)
	b.ReportAllocs()
	var data []byte
	for b.Loop() {
		data, _ = a.AppendBinary(data[:0])
		if err := a.UnmarshalBinary(data); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(data)), "bytes")
}
