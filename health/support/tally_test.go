package support_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/health/support"
	"metrics.internal/success/internal/refusal"
	"pgregory.net/rapid"
)

// clock returns an hour and minute of a Wednesday.
func clock(h, m int) time.Time { return time.Date(2024, 11, 20, h, m, 0, 0, time.UTC) }

// asked returns a ticket of a new account, created at 10.
func asked(id string) support.Ticket {
	return support.Ticket{Interaction: success.Interaction{ID: success.InteractionID(id), Account: success.AccountID("A-" + id), At: clock(10, 0)}}
}

// answered returns a ticket with a reply and a solution.
func answered(id string, reply, solved time.Time) support.Ticket {
	t := asked(id)
	t.FirstReplyAt, t.SolvedAt = reply, solved
	return t
}

func tally(t testing.TB, o support.Options, tickets ...support.Ticket) *support.Tally {
	t.Helper()
	if o.AsOf.IsZero() {
		o.AsOf = clock(20, 0)
	}
	tally, err := support.TallyOf(tickets, o)
	if err != nil {
		t.Fatal(err)
	}
	return tally
}

func times(t testing.TB, tally *support.Tally) support.Times {
	t.Helper()
	times, err := tally.Times(support.KaplanMeier)
	if err != nil {
		t.Fatal(err)
	}
	return times
}

func figure(v float64) success.Figure { return success.FigureOf(v) }

// one is the distribution of one wait that ended, and still of one that did not.
func one(minutes float64) support.Distribution {
	return support.Distribution{Ended: 1, Median: figure(minutes), P90: figure(minutes), Mean: figure(minutes)}
}

func still() support.Distribution   { return support.Distribution{Open: 1} }
func unknown() support.Distribution { return support.Distribution{Unknown: 1} }

// The worked example of a ticket that was on hold.
func TestH15(t *testing.T) { // H15
	ticket := answered("1", clock(10, 30), clock(13, 0))
	ticket.Pauses = []support.Pause{{Turn: support.OnHold, From: clock(11, 0), To: clock(12, 0)}}
	got := times(t, tally(t, support.Options{}, ticket))
	if got.RequesterWait != one(180) || got.NetRequesterWait != one(120) || got.Resolution != one(180) || got.AgentWait != one(0) {
		t.Errorf("%+v", got)
	}
}

func TestH16(t *testing.T) { // H16
	var waits []support.Wait
	for _, m := range []int{4, 100, 1, 3, 2} {
		waits = append(waits, support.Wait{Duration: minutes(m), Ended: true})
	}
	for q, p90 := range map[support.Quantiles]float64{support.KaplanMeier: 100, support.NearestRank: 100, support.Type7: 61.6} {
		d, err := support.DistributionOf(waits, q)
		v, _ := d.P90.Float64()
		if err != nil || d.Ended != 5 || d.Open != 0 || d.Median != figure(3) || d.Mean != figure(22) || math.Abs(v-p90) > 1e-12 {
			t.Errorf("%v: %+v, %v", q, d, err)
		}
	}
}

func TestDistributions(t *testing.T) {
	for _, c := range []struct {
		minutes []int // negative: still on
		q       support.Quantiles
		want    string // ended, open, median, P90, mean
	}{
		{nil, support.KaplanMeier, "0 0 n/a n/a n/a"},
		{nil, support.NearestRank, "0 0 n/a n/a n/a"},
		{nil, support.Type7, "0 0 n/a n/a n/a"},
		{[]int{-5}, support.Type7, "0 1 n/a n/a n/a"},
		{[]int{-5}, support.NearestRank, "0 1 n/a n/a n/a"},
		{[]int{7}, support.Type7, "1 0 7 7 7"},
		{[]int{1, 2, 3, 4}, support.KaplanMeier, "4 0 2.5 4 2.5"},
		{[]int{1, 2, 3, 4}, support.NearestRank, "4 0 2 4 2.5"},
		{[]int{1, 2, 3, 4}, support.Type7, "4 0 2.5 3.7 2.5"},
		{[]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, support.NearestRank, "10 0 5 9 5.5"},
		{[]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, support.KaplanMeier, "10 0 5.5 9.5 5.5"},
		{[]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, support.NearestRank, "11 0 6 10 6"},
		{[]int{10, 20, 30, -60, -90}, support.KaplanMeier, "3 2 30 n/a 20"},
		{[]int{10, 20, 30, -60, -90}, support.NearestRank, "3 2 20 30 20"},
		{[]int{10, -20, -20, -20}, support.KaplanMeier, "1 3 n/a n/a 10"},
	} {
		var waits []support.Wait
		for _, m := range c.minutes {
			waits = append(waits, support.Wait{Duration: minutes(max(m, -m)), Ended: m >= 0})
		}
		d, err := support.DistributionOf(waits, c.q)
		if got := fmt.Sprint(d.Ended, d.Open, d.Median, d.P90, d.Mean); got != c.want || err != nil {
			t.Errorf("%v of %v: %s, %v, want %s", c.q, c.minutes, got, err, c.want)
		}
	}
	_, err := support.DistributionOf([]support.Wait{{Duration: 1}, {Duration: -1}}, 3)
	refusal.Check(t, "waits", err, fault("", success.ErrUnknown), fault("Duration", success.ErrNegative))
	_, err = new(support.Tally).Times(3)
	refusal.Check(t, "quantiles", err, fault("", success.ErrUnknown))
	if got := fmt.Sprint(support.KaplanMeier, support.NearestRank, support.Type7, support.Quantiles(3)); got != "Kaplan–Meier nearest rank type 7 unknown 3" {
		t.Error(got)
	}
}

// A story in every state, and what its waits are as of 20:00.
func TestStories(t *testing.T) {
	reopened := answered("1", clock(10, 30), clock(16, 0))
	reopened.FirstSolvedAt, reopened.ReopenedAt, reopened.ReopenReplyAt, reopened.Reopens = clock(12, 0), clock(14, 0), clock(14, 20), 1
	reopened.Pauses = []support.Pause{
		{Turn: support.Pending, From: clock(11, 0), To: clock(11, 15)},
		{Turn: support.Solved, From: clock(12, 0), To: clock(14, 0)},
		{Turn: support.OnHold, From: clock(14, 30), To: clock(15, 0)},
		{Turn: support.Pending, From: clock(15, 0)},
	}
	handed := answered("1", clock(11, 0), clock(12, 0))
	handed.HandedOffAt, handed.Format = clock(10, 45), success.SelfService
	person := handed
	person.Format = success.FormatUnknown
	vague := answered("1", clock(10, 30), clock(16, 0))
	vague.Reopens = 1
	often := reopened
	often.Reopens = 2
	openAgain := reopened
	openAgain.SolvedAt, openAgain.Pauses = time.Time{}, nil
	late := reopened
	late.FirstSolvedAt = time.Time{}
	for name, c := range map[string]struct {
		ticket support.Ticket
		o      support.Options
		want   support.Times
	}{
		"solved":           {answered("1", clock(10, 30), clock(11, 0)), support.Options{}, support.Times{one(30), one(60), one(60), one(60), one(60), one(0)}},
		"solved at once":   {answered("1", clock(10, 0), clock(10, 0)), support.Options{}, support.Times{one(0), one(0), one(0), one(0), one(0), one(0)}},
		"replied after":    {answered("1", clock(11, 30), clock(11, 0)), support.Options{}, support.Times{one(90), one(60), one(60), one(60), one(60), one(0)}},
		"open":             {asked("1"), support.Options{}, support.Times{still(), still(), still(), still(), still(), still()}},
		"answered":         {answered("1", clock(10, 30), time.Time{}), support.Options{}, support.Times{one(30), still(), still(), still(), still(), still()}},
		"never answered":   {answered("1", time.Time{}, clock(11, 0)), support.Options{}, support.Times{still(), one(60), one(60), one(60), one(60), one(0)}},
		"reply at AsOf":    {answered("1", clock(11, 0), clock(12, 0)), support.Options{AsOf: clock(11, 0)}, support.Times{still(), still(), still(), still(), still(), still()}},
		"reply before it":  {answered("1", clock(11, 0), clock(12, 0)), support.Options{AsOf: clock(11, 0).Add(1)}, support.Times{one(60), still(), still(), still(), still(), still()}},
		"re-opened":        {reopened, support.Options{}, support.Times{one(30), one(120), one(360), one(360 - 15 - 120 - 60), one(360 - 15 - 120 - 60 - 30), one(75)}},
		"since re-opening": {reopened, support.Options{Start: support.FromReopening}, support.Times{one(20), one(120), one(120), one(60), one(30), one(60)}},
		"never re-opened":  {answered("1", clock(10, 30), clock(11, 0)), support.Options{Start: support.FromReopening}, support.Times{}},
		"re-opened later":  {reopened, support.Options{AsOf: clock(13, 0)}, support.Times{one(30), one(120), one(120), one(105), one(105), one(15)}},
		"at AsOf":          {reopened, support.Options{AsOf: clock(14, 0)}, support.Times{one(30), one(120), one(120), one(105), one(105), one(15)}},
		"later, and since": {reopened, support.Options{AsOf: clock(14, 0), Start: support.FromReopening}, support.Times{}},
		"not yet solved":   {reopened, support.Options{AsOf: clock(12, 0)}, support.Times{one(30), still(), still(), still(), still(), still()}},
		"open again":       {openAgain, support.Options{}, support.Times{one(30), one(120), still(), still(), still(), still()}},
		"open again since": {openAgain, support.Options{Start: support.FromReopening}, support.Times{one(20), still(), still(), still(), still(), still()}},
		"reply unknown":    {reopened, support.Options{AsOf: clock(14, 20), Start: support.FromReopening}, support.Times{still(), still(), still(), still(), still(), still()}},
		"re-opened when":   {vague, support.Options{}, support.Times{one(30), unknown(), one(360), one(360), one(360), one(0)}},
		"re-opened twice":  {often, support.Options{AsOf: clock(13, 0)}, support.Times{one(30), one(120), unknown(), unknown(), unknown(), unknown()}},
		"re-opened, lost":  {late, support.Options{AsOf: clock(13, 0)}, support.Times{one(30), unknown(), unknown(), unknown(), unknown(), unknown()}},
		"handed off":       {handed, support.Options{Start: support.FromHandOff}, support.Times{one(15), one(75), one(75), one(75), one(75), one(0)}},
		"handed, whole":    {handed, support.Options{}, support.Times{one(60), one(120), one(120), one(120), one(120), one(0)}},
		"no hand-off":      {answered("1", clock(10, 30), clock(11, 0)), support.Options{Start: support.FromHandOff}, support.Times{one(30), one(60), one(60), one(60), one(60), one(0)}},
		"not at AsOf":      {person, support.Options{Start: support.FromHandOff, AsOf: clock(10, 45)}, support.Times{still(), still(), still(), still(), still(), still()}},
	} {
		if err := c.ticket.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		got := tally(t, c.o, c.ticket)
		if times := times(t, got); times != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", name, times, c.want)
		}
		if started := got.NotStarted == 0; started != (c.want != support.Times{}) {
			t.Errorf("%s: %d without a start", name, got.NotStarted)
		}
	}
}

// Waits that are censored count up to when.
func TestCensoredWhen(t *testing.T) {
	// One answer after 60 minutes; the other ticket was seen for longer, or not.
	first := answered("1", clock(11, 0), clock(19, 0))
	for name, c := range map[string]struct {
		other  support.Ticket
		median success.Figure
	}{
		"solved before":      {answered("2", time.Time{}, clock(10, 59)), figure(60)},
		"solved after":       {answered("2", time.Time{}, clock(11, 1)), figure((60 + 61) / 2.0)},
		"open":               {asked("2"), figure((60 + 600) / 2.0)},
		"solved after as of": {answered("2", time.Time{}, clock(21, 0)), figure((60 + 600) / 2.0)},
	} {
		if got := times(t, tally(t, support.Options{}, first, c.other)).FirstResponse.Median; got != c.median {
			t.Errorf("%s: %v, want %v", name, got, c.median)
		}
	}
}

func TestCounts(t *testing.T) {
	later := asked("later")
	later.At = clock(20, 0)
	bounce := asked("bounce")
	bounce.Automated, bounce.Initiative = true, success.Proactive
	bot := answered("bot", time.Time{}, clock(11, 0))
	bot.Format, bot.Initiative = success.SelfService, success.Reactive
	call := answered("call", clock(12, 0), clock(11, 0))
	call.Initiative = success.Proactive
	handed := bot
	handed.HandedOffAt, handed.SolvedAt = clock(10, 30), time.Time{}
	for asOf, apart := range map[time.Time]int{clock(10, 30): 1, clock(10, 31): 0} {
		if got := tally(t, support.Options{AsOf: asOf}, handed); got.Apart != apart {
			t.Errorf("handed off at 10:30, as of %v: %+v", asOf, got)
		}
	}
	got := tally(t, support.Options{}, later, bounce, bot, call,
		answered("spam", time.Time{}, clock(11, 0)), answered("fine", clock(11, 0), clock(11, 0)), answered("late", clock(21, 0), clock(11, 0)))
	want := support.Tally{Tickets: 6, Later: 1, Apart: 2, RepliedAfterSolved: 1, SolvedUnanswered: 2,
		Mix:     support.Mix{Reactive: 1, Proactive: 1, Unknown: 3, Automated: 1},
		Touches: support.Touches{None: 2, Unknown: 2}, FirstContact: support.FirstContact{Unknown: 2, TooEarly: 2}}
	if got.Tickets != want.Tickets || got.Later != want.Later || got.Apart != want.Apart || got.RepliedAfterSolved != want.RepliedAfterSolved ||
		got.SolvedUnanswered != want.SolvedUnanswered || got.Mix != want.Mix || got.Touches != want.Touches || got.FirstContact != want.FirstContact {
		t.Errorf("%+v", got)
	}
}

func TestTouches(t *testing.T) {
	var tickets []support.Ticket
	for i, replies := range []int{0, 1, 1, 1, 2, 2, 3, 4, 9, 0, 5} {
		ticket := answered(fmt.Sprint(i), clock(10, 30), clock(11, 0))
		ticket.Replies = replies
		switch i {
		case 0:
			ticket.FirstReplyAt = time.Time{}
		case 10:
			ticket.SolvedAt = time.Time{}
		}
		tickets = append(tickets, ticket)
	}
	got := tally(t, support.Options{}, tickets...).Touches
	if want := (support.Touches{None: 1, One: 3, Two: 2, More: 3, Unknown: 1, Open: 1}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if s := got.OneTouch().String(); s != "33.3%" {
		t.Error(s)
	}
	if (support.Touches{Unknown: 3, Open: 2}).OneTouch().Defined() {
		t.Error("defined without solved tickets")
	}
}

func TestFirstContact(t *testing.T) {
	first := func() support.Ticket {
		ticket := answered("first", clock(10, 30), clock(11, 0))
		ticket.Account, ticket.Contact, ticket.Replies = "A", "Ann", 1
		return ticket
	}
	again := func(at time.Time) support.Ticket {
		ticket := asked("again")
		ticket.Account, ticket.Contact, ticket.At = "A", "Ann", at
		return ticket
	}
	window := 3 * hour // 11:00 to 14:00
	yes, no, early, unknown := support.FirstContact{Resolved: 1}, support.FirstContact{Not: 1}, support.FirstContact{TooEarly: 1}, support.FirstContact{Unknown: 1}
	for name, c := range map[string]struct {
		change func(first, again *support.Ticket)
		asOf   time.Time
		want   support.FirstContact
	}{
		"alone":                  {func(_, b *support.Ticket) { b.At = clock(19, 0) }, clock(20, 0), yes},
		"again at once":          {func(_, b *support.Ticket) { b.At = clock(11, 0) }, clock(20, 0), no},
		"again at the end":       {func(_, b *support.Ticket) { b.At = clock(14, 0) }, clock(20, 0), no},
		"again after it":         {func(_, b *support.Ticket) { b.At = clock(14, 0).Add(1) }, clock(20, 0), yes},
		"while open":             {func(_, b *support.Ticket) { b.At = clock(11, 0).Add(-1) }, clock(20, 0), yes},
		"another contact":        {func(_, b *support.Ticket) { b.Contact = "Bob" }, clock(20, 0), yes},
		"another account":        {func(_, b *support.Ticket) { b.Account = "B" }, clock(20, 0), yes},
		"we wrote":               {func(_, b *support.Ticket) { b.Initiative = success.Proactive }, clock(20, 0), yes},
		"a machine wrote":        {func(_, b *support.Ticket) { b.Automated = true }, clock(20, 0), yes},
		"two replies":            {func(a, b *support.Ticket) { a.Replies, b.Contact = 2, "" }, clock(20, 0), no},
		"no reply":               {func(a, b *support.Ticket) { a.Replies, a.FirstReplyAt, b.Contact = 0, time.Time{}, "" }, clock(20, 0), no},
		"replies unknown":        {func(a, b *support.Ticket) { a.Replies = 0 }, clock(20, 0), unknown},
		"re-opened":              {func(a, b *support.Ticket) { a.Reopens, b.Contact = 1, "" }, clock(20, 0), no},
		"open":                   {func(a, b *support.Ticket) { a.SolvedAt = time.Time{} }, clock(20, 0), support.FirstContact{}},
		"window to AsOf":         {func(_, b *support.Ticket) { b.At = clock(19, 0) }, clock(14, 0), early},
		"window just over":       {func(_, b *support.Ticket) { b.At = clock(19, 0) }, clock(14, 0).Add(1), yes},
		"again, but too early":   {func(_, b *support.Ticket) {}, clock(13, 0), early},
		"solved as it began":     {func(a, b *support.Ticket) { a.FirstReplyAt, a.SolvedAt, b.Contact = a.At, a.At, "" }, clock(20, 0), yes},
		"solved then, and again": {func(a, b *support.Ticket) { a.FirstReplyAt, a.SolvedAt = a.At, a.At }, clock(20, 0), no},
		"ours, solved at once": {func(a, b *support.Ticket) {
			a.FirstReplyAt, a.SolvedAt, a.Initiative = a.At, a.At, success.Proactive
		}, clock(20, 0), no},
	} {
		a, b := first(), again(clock(12, 0))
		c.change(&a, &b)
		for _, tickets := range [][]support.Ticket{{a, b}, {b, a}} {
			if got := tally(t, support.Options{AsOf: c.asOf, Window: window}, tickets...).FirstContact; got != c.want {
				t.Errorf("%s: %+v, want %+v", name, got, c.want)
			}
		}
	}
	week := tally(t, support.Options{AsOf: clock(11, 0).Add(support.DefaultWindow + 1)}, first())
	if week.FirstContact != yes || week.FirstContact.Rate().String() != "100%" || (support.FirstContact{TooEarly: 2}).Rate().Defined() {
		t.Errorf("%+v", week.FirstContact)
	}
	if got := tally(t, support.Options{AsOf: clock(11, 0).Add(support.DefaultWindow)}, first()).FirstContact; got != early {
		t.Errorf("%+v", got)
	}
}

// 20 threads that we started and 100 that customers did.
func TestH13(t *testing.T) { // H13
	var tickets []support.Ticket
	for i := range 130 {
		ticket := asked(fmt.Sprint(i))
		ticket.Initiative = success.Reactive
		if i < 20 {
			ticket.Initiative = success.Proactive
		}
		ticket.Automated = i >= 120
		tickets = append(tickets, ticket)
	}
	mix := tally(t, support.Options{}, tickets...).Mix
	share, _ := mix.Share().Value(4)
	if mix.Ratio().String() != "20%" || share.String() != "0.1667" || mix.Automated != 10 {
		t.Errorf("%+v: %v, %v", mix, mix.Ratio(), share)
	}
	if (support.Mix{Unknown: 1, Automated: 1}).Share().Defined() || (support.Mix{Proactive: 1}).Ratio().Defined() {
		t.Error("defined without threads that customers started")
	}
}

func TestBusinessWaits(t *testing.T) {
	c := calendar(t, support.Hours{Zone: time.UTC, Openings: support.Weekdays(9*hour, 12*hour)})
	ticket := answered("1", clock(11, 30), clock(18, 0))
	ticket.Pauses = []support.Pause{{Turn: support.Pending, From: clock(11, 0), To: clock(17, 0)}}
	got := times(t, tally(t, support.Options{Calendar: c}, ticket, func() support.Ticket { o := asked("2"); o.FirstReplyAt = clock(19, 0); return o }()))
	if got.FirstResponse.Mean != figure(105) || got.Resolution.Mean != figure(120) || got.AgentWait.Mean != figure(60) || got.NetRequesterWait.Mean != figure(60) {
		t.Errorf("%+v", got)
	}
}

func TestBadTickets(t *testing.T) {
	bad := func(change func(*support.Ticket)) support.Ticket {
		ticket := answered("1", clock(11, 0), clock(12, 0))
		change(&ticket)
		return ticket
	}
	year9999 := time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	pauses := func(p ...support.Pause) support.Ticket { return bad(func(t *support.Ticket) { t.Pauses = p }) }
	hold := func(from, to time.Time) support.Pause { return support.Pause{Turn: support.OnHold, From: from, To: to} }
	order := func(field string) []refusal.Fault { return []refusal.Fault{fault(field, success.ErrOrder)} }
	for name, c := range map[string]struct {
		ticket support.Ticket
		faults []refusal.Fault
	}{
		"nothing":                 {support.Ticket{}, []refusal.Fault{fault("ID", success.ErrMissing), fault("Account", success.ErrMissing), fault("At", success.ErrMissing)}},
		"solved before created":   {bad(func(t *support.Ticket) { t.SolvedAt = clock(9, 0) }), order("SolvedAt")},
		"replied before created":  {bad(func(t *support.Ticket) { t.FirstReplyAt = clock(9, 0) }), order("FirstReplyAt")},
		"handed before created":   {bad(func(t *support.Ticket) { t.HandedOffAt = clock(9, 0) }), order("HandedOffAt")},
		"replied before handed":   {bad(func(t *support.Ticket) { t.HandedOffAt = clock(11, 30) }), order("FirstReplyAt")},
		"solved before handed":    {bad(func(t *support.Ticket) { t.HandedOffAt, t.FirstReplyAt = clock(12, 30), time.Time{} }), order("SolvedAt")},
		"first before created":    {bad(func(t *support.Ticket) { t.FirstSolvedAt = clock(9, 0) }), order("FirstSolvedAt")},
		"last before first":       {bad(func(t *support.Ticket) { t.FirstSolvedAt = clock(13, 0) }), order("SolvedAt")},
		"re-opened before":        {bad(func(t *support.Ticket) { t.ReopenedAt = clock(9, 0) }), order("ReopenedAt")},
		"re-opened unsolved":      {bad(func(t *support.Ticket) { t.FirstSolvedAt, t.ReopenedAt = clock(11, 30), clock(11, 15) }), order("ReopenedAt")},
		"solved before re-opened": {bad(func(t *support.Ticket) { t.ReopenedAt = clock(12, 30) }), order("SolvedAt")},
		"replied before re-opened": {bad(func(t *support.Ticket) { t.ReopenedAt, t.ReopenReplyAt = clock(11, 30), clock(11, 15) }),
			order("ReopenReplyAt")},
		"reply to nothing": {bad(func(t *support.Ticket) { t.ReopenReplyAt = clock(11, 30) }), []refusal.Fault{fault("ReopenedAt", success.ErrMissing)}},
		"far away":         {bad(func(t *support.Ticket) { t.SolvedAt = year9999 }), []refusal.Fault{fault("SolvedAt", success.ErrRange)}},
		"farther away": {bad(func(t *support.Ticket) {
			t.HandedOffAt, t.FirstReplyAt, t.FirstSolvedAt, t.ReopenedAt, t.ReopenReplyAt, t.SolvedAt = year9999, year9999, year9999, year9999, year9999, year9999
		}), []refusal.Fault{fault("FirstReplyAt", success.ErrRange), fault("SolvedAt", success.ErrRange), fault("HandedOffAt", success.ErrRange),
			fault("FirstSolvedAt", success.ErrRange), fault("ReopenedAt", success.ErrRange), fault("ReopenReplyAt", success.ErrRange)}},
		"long ago":               {bad(func(t *support.Ticket) { t.At = time.Date(1899, 1, 1, 0, 0, 0, 0, time.UTC) }), []refusal.Fault{fault("At", success.ErrRange)}},
		"negative replies":       {bad(func(t *support.Ticket) { t.Replies = -1 }), []refusal.Fault{fault("Replies", success.ErrNegative)}},
		"turn of nobody":         {pauses(support.Pause{From: clock(11, 0), To: clock(11, 30)}), []refusal.Fault{fault("Pauses[0].Turn", success.ErrUnknown)}},
		"turn unknown":           {pauses(support.Pause{Turn: 4, From: clock(11, 0), To: clock(11, 30)}), []refusal.Fault{fault("Pauses[0].Turn", success.ErrUnknown)}},
		"pause without start":    {pauses(hold(time.Time{}, clock(11, 30))), []refusal.Fault{fault("Pauses[0].From", success.ErrMissing)}},
		"pause before created":   {pauses(hold(clock(9, 0), clock(11, 30))), order("Pauses[0].From")},
		"pause backwards":        {pauses(hold(clock(11, 30), clock(11, 0))), order("Pauses[0].To")},
		"pauses overlap":         {pauses(hold(clock(10, 0), clock(11, 0)), hold(clock(10, 59), clock(11, 30))), order("Pauses[1].From")},
		"pause without end":      {pauses(hold(clock(10, 0), time.Time{}), hold(clock(11, 0), clock(11, 30))), []refusal.Fault{fault("Pauses[0].To", success.ErrMissing)}},
		"paused beyond the end":  {pauses(hold(clock(10, 0), clock(12, 1))), order("SolvedAt")},
		"paused after the end":   {pauses(hold(clock(12, 1), time.Time{})), order("SolvedAt")},
		"pause of far away":      {pauses(hold(clock(10, 0), time.Date(1850, 1, 1, 0, 0, 0, 0, time.UTC))), []refusal.Fault{fault("Pauses[0].To", success.ErrRange), fault("Pauses[0].To", success.ErrOrder)}},
		"pause since far away":   {pauses(hold(time.Date(1850, 1, 1, 0, 0, 0, 0, time.UTC), clock(11, 0))), []refusal.Fault{fault("Pauses[0].From", success.ErrRange), fault("Pauses[0].From", success.ErrOrder)}},
		"touching, to the solve": {pauses(hold(clock(10, 0), clock(11, 0)), hold(clock(11, 0), clock(12, 0))), nil},
	} {
		_, err := support.TallyOf([]support.Ticket{asked("good"), c.ticket}, support.Options{AsOf: clock(20, 0)})
		if c.faults == nil {
			if err != nil || c.ticket.Validate() != nil {
				t.Errorf("%s: %v, %v", name, err, c.ticket.Validate())
			}
			continue
		}
		refusal.Check(t, name, err, c.faults...)
		refusal.Check(t, name, c.ticket.Validate(), c.faults...)
	}
	_, err := support.TallyOf([]support.Ticket{asked("1"), asked("2"), asked("1")}, support.Options{AsOf: clock(20, 0)})
	refusal.Check(t, "two of one ID", err, fault("ID", success.ErrDuplicate))
	_, err = support.TallyOf([]support.Ticket{{}, {}}, support.Options{AsOf: clock(20, 0)})
	if all, ok := err.(*success.Errors); !ok || all.Count != 6 {
		t.Errorf("two of nothing: %v", err)
	}
}

func TestBadOptions(t *testing.T) {
	_, err := support.TallyOf(nil, support.Options{Start: 3, Window: -1})
	refusal.Check(t, "options", err, fault("AsOf", success.ErrMissing), fault("Start", success.ErrUnknown), fault("Window", success.ErrNegative))
	_, err = support.TallyOf(nil, support.Options{AsOf: time.Date(2500, 1, 1, 0, 0, 0, 0, time.UTC)})
	refusal.Check(t, "as of", err, fault("AsOf", success.ErrRange))
	early := answered("1", clock(13, 0), clock(15, 0))
	early.FirstSolvedAt, early.HandedOffAt, early.ReopenedAt = clock(11, 0), clock(12, 0), clock(12, 0)
	_, err = support.TallyOf([]support.Ticket{early}, support.Options{AsOf: clock(20, 0), Start: support.FromHandOff})
	refusal.Check(t, "solved before the start", err, fault("FirstSolvedAt", success.ErrOrder))
	if got := times(t, tally(t, support.Options{}, early)).FirstResolution; got != one(60) {
		t.Errorf("%+v", got)
	}
	if got := fmt.Sprint(support.FromCreation, support.FromHandOff, support.FromReopening, support.Start(3)); got != "creation hand-off re-opening unknown 3" {
		t.Error(got)
	}
	if got := fmt.Sprint(support.Pending, support.OnHold, support.Solved, support.Turn(4)); got != "pending on hold solved unknown 4" {
		t.Error(got)
	}
}

func drawTicket(t *rapid.T, i int) support.Ticket {
	at := func(name string, from time.Time) time.Time {
		if rapid.IntRange(0, 3).Draw(t, name+" is zero") == 0 {
			return time.Time{}
		}
		return from.Add(minutes(rapid.IntRange(0, 2000).Draw(t, name)))
	}
	ticket := asked(fmt.Sprint(i))
	ticket.Account = success.AccountID(rapid.SampledFrom([]string{"A", "B", "C"}).Draw(t, "account"))
	ticket.At = clock(0, 0).Add(minutes(rapid.IntRange(0, 20000).Draw(t, "at")))
	ticket.Initiative = success.Initiative(rapid.IntRange(0, 2).Draw(t, "initiative"))
	ticket.Automated = rapid.IntRange(0, 9).Draw(t, "automated") == 9
	ticket.Replies = rapid.IntRange(0, 4).Draw(t, "replies")
	ticket.FirstReplyAt = at("reply", ticket.At)
	ticket.FirstSolvedAt = at("first solved", ticket.At)
	from := ticket.At
	if !ticket.FirstSolvedAt.IsZero() {
		ticket.ReopenedAt = at("re-opened", ticket.FirstSolvedAt)
		from = ticket.FirstSolvedAt
	}
	if !ticket.ReopenedAt.IsZero() {
		ticket.Reopens, from = 1, ticket.ReopenedAt
		ticket.ReopenReplyAt = at("reply to it", from)
	}
	ticket.SolvedAt = at("solved", from)
	if end := ticket.SolvedAt; !end.IsZero() {
		mid := ticket.At.Add(end.Sub(ticket.At) / time.Duration(rapid.IntRange(1, 5).Draw(t, "part")))
		ticket.Pauses = []support.Pause{{Turn: support.Turn(rapid.IntRange(1, 3).Draw(t, "turn")), From: ticket.At, To: mid}, {Turn: support.OnHold, From: mid}}
	}
	return ticket
}

// Parts add up to the whole, in any order, whatever is in them, and nothing is
// their identity; no ticket is lost; waits hold each other.
func TestTallyLaws(t *testing.T) {
	c := nineToFive(t, "Europe/Berlin")
	rapid.Check(t, func(t *rapid.T) {
		var tickets []support.Ticket
		for i := range rapid.IntRange(0, 25).Draw(t, "tickets") {
			tickets = append(tickets, drawTicket(t, i))
		}
		o := support.Options{
			AsOf:   clock(0, 0).Add(minutes(rapid.IntRange(1, 25000).Draw(t, "as of"))),
			Start:  support.Start(rapid.IntRange(0, 2).Draw(t, "start")),
			Window: hour,
		}
		if rapid.Bool().Draw(t, "business time") {
			o.Calendar = c
		}
		whole, err := support.TallyOf(tickets, o)
		if err != nil {
			t.Fatal(err)
		}
		checkTally(t, whole, len(tickets))
		merged := new(support.Tally)
		shards := map[success.AccountID][]support.Ticket{}
		for _, ticket := range rapid.Permutation(tickets).Draw(t, "order") {
			shards[ticket.Account] = append(shards[ticket.Account], ticket)
		}
		for _, shard := range shards {
			part, err := support.TallyOf(shard, o)
			if err != nil {
				t.Fatal(err)
			}
			merged.Merge(part)
		}
		merged.Merge(new(support.Tally))
		sameTally(t, whole, merged)
	})
}

func checkTally(t *rapid.T, all *support.Tally, tickets int) {
	if all.Tickets+all.Later != tickets || all.Mix.Automated != all.Apart {
		t.Fatalf("%d tickets: %+v", tickets, all)
	}
	u := all.Touches
	if u.None+u.One+u.Two+u.More+u.Unknown+u.Open != all.Tickets-all.Apart {
		t.Fatalf("%+v", u)
	}
	times, _ := all.Times(support.NearestRank)
	for _, d := range []support.Distribution{times.FirstResponse, times.FirstResolution, times.Resolution, times.RequesterWait, times.NetRequesterWait, times.AgentWait} {
		if d.Ended+d.Open+d.Unknown+all.NotStarted != all.Tickets-all.Apart {
			t.Fatalf("%+v of %+v", d, all)
		}
		if mean, ok := d.Mean.Float64(); ok != (d.Ended > 0) || mean < 0 {
			t.Fatalf("%+v", d)
		}
	}
	net, _ := times.NetRequesterWait.Mean.Float64()
	gross, _ := times.RequesterWait.Mean.Float64()
	whole, ok := times.Resolution.Mean.Float64()
	agent, _ := times.AgentWait.Mean.Float64()
	if ok && (net > gross+1e-9 || gross+agent > whole+1e-9) {
		t.Fatalf("net %v, gross %v, agents %v, in all %v", net, gross, agent, whole)
	}
}

func sameTally(t *rapid.T, a, b *support.Tally) {
	x, err1 := a.Times(support.KaplanMeier)
	y, err2 := b.Times(support.KaplanMeier)
	if x != y || err1 != nil || err2 != nil {
		t.Fatalf("%+v\n%+v", x, y)
	}
	if a.Tickets != b.Tickets || a.Later != b.Later || a.Apart != b.Apart || a.NotStarted != b.NotStarted || a.Mix != b.Mix || a.Touches != b.Touches ||
		a.FirstContact != b.FirstContact || a.RepliedAfterSolved != b.RepliedAfterSolved || a.SolvedUnanswered != b.SolvedUnanswered {
		t.Fatalf("%+v\n%+v", a, b)
	}
}

// A merged tally leaves its parts as they were.
func TestMergeKeepsParts(t *testing.T) {
	a, b := tally(t, support.Options{}, answered("1", clock(10, 1), clock(11, 0))), tally(t, support.Options{}, answered("2", clock(10, 3), clock(11, 0)))
	whole := new(support.Tally)
	whole.Merge(a)
	whole.Merge(b)
	a.Merge(tally(t, support.Options{}, answered("3", clock(10, 9), clock(11, 0))))
	if got := times(t, whole).FirstResponse.Mean; got != figure(2) {
		t.Errorf("%v", got)
	}
	if got := times(t, b).FirstResponse.Mean; got != figure(3) {
		t.Errorf("%v", got)
	}
}

func BenchmarkTallyOf(b *testing.B) {
	c := nineToFive(b, "Europe/Berlin")
	tickets := make([]support.Ticket, 1_000_000)
	state := uint32(1)
	for i := range tickets {
		state = state*1664525 + 1013904223
		at := time.Unix(1.6e9+int64(state>>6), 0)
		tickets[i] = support.Ticket{Interaction: success.Interaction{
			ID: success.InteractionID(fmt.Sprint("T-", i)), Account: success.AccountID(fmt.Sprint("A-", state>>18)), At: at,
			FirstReplyAt: at.Add(time.Duration(state>>16) * time.Second), SolvedAt: at.Add(time.Duration(state>>12) * time.Second), Replies: 1,
		}}
	}
	for name, c := range map[string]*support.Calendar{"calendar": nil, "business": c} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := support.TallyOf(tickets, support.Options{AsOf: time.Unix(2e9, 0), Calendar: c}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
