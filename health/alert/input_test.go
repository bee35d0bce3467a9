package alert_test

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/health/alert"
	"metrics.internal/success/internal/refusal"
)

var fault = refusal.Of

var (
	vast  = decimal.New(1, 1_000_000_000)
	tiny  = decimal.New(1, -1_000_000_000)
	wide  = decimal.RequireFromString("1" + strings.Repeat("0", 77) + "1")
	minus = decimal.NewFromInt(-1)
)

func TestTimeDoesNotGoBackwards(t *testing.T) {
	s := next(t, alert.State{}, today, alert.Policy{}, full())
	if _, err := alert.Next(s, []alert.Reading{full()}, today, alert.Policy{}); err != nil {
		t.Errorf("the same day: %v", err)
	}
	after, err := alert.Next(s, []alert.Reading{full()}, ago(1), alert.Policy{})
	refusal.Check(t, "the day before", err, fault("AsOf", success.ErrOrder))
	if after.Alerts != nil || !after.AsOf.IsZero() {
		t.Errorf("%+v is computed nevertheless", after)
	}
	if _, err := alert.Next(alert.State{AsOf: today}, nil, ago(1), alert.Policy{}); !errors.Is(err, success.ErrOrder) {
		t.Errorf("without alerts: %v", err)
	}
	_, err = alert.Next(alert.State{}, nil, success.Date{}, alert.Policy{})
	refusal.Check(t, "no day", err, fault("AsOf", success.ErrMissing))
}

func TestBadPolicies(t *testing.T) {
	for name, c := range map[string]struct {
		policy alert.Policy
		faults []refusal.Fault
	}{
		"no band":         {alert.Policy{Bands: []string{}}, []refusal.Fault{fault("Bands", success.ErrRange)}},
		"one band":        {alert.Policy{Bands: []string{"x"}}, []refusal.Fault{fault("Bands", success.ErrRange)}},
		"a band twice":    {alert.Policy{Bands: []string{"x", "y", "x"}}, []refusal.Fault{fault("Bands", success.ErrDuplicate)}},
		"a nameless band": {alert.Policy{Bands: []string{"", "y"}}, []refusal.Fault{fault("Bands", success.ErrMissing)}},
		"unknown good":    {alert.Policy{Good: "blue"}, []refusal.Fault{fault("Good", success.ErrUnknown)}},
		"unknown rule":    {alert.Policy{Off: []alert.Kind{alert.BandDrop, 0, alert.SeatsFull, alert.SeatsFull + 1}}, []refusal.Fault{fault("Off", success.ErrUnknown), fault("Off", success.ErrUnknown)}},
		"negative days":   {alert.Policy{Drop: -1, Renewal: -1, CoolDown: -1}, []refusal.Fault{fault("Drop", success.ErrNegative), fault("Renewal", success.ErrNegative), fault("CoolDown", success.ErrNegative)}},
		"endless days":    {alert.Policy{Drop: 36526, Renewal: 36526, CoolDown: 36526}, []refusal.Fault{fault("Drop", success.ErrRange), fault("Renewal", success.ErrRange), fault("CoolDown", success.ErrRange)}},
		"negative": {alert.Policy{Coverage: minus, Overdue: minus, Usage: minus, MinBase: minus, Contacts: minus, Seats: minus}, []refusal.Fault{
			fault("Coverage", success.ErrNegative), fault("Overdue", success.ErrNegative), fault("Usage", success.ErrNegative),
			fault("MinBase", success.ErrNegative), fault("Contacts", success.ErrNegative), fault("Seats", success.ErrNegative),
		}},
		"more than all": {alert.Policy{Coverage: number("1.01"), Usage: number("1.01"), Overdue: number("1.01"), Seats: number("1.01")}, []refusal.Fault{
			fault("Coverage", success.ErrRange), fault("Usage", success.ErrRange),
		}},
		"no number anybody means": {alert.Policy{Overdue: vast, MinBase: tiny, Seats: wide}, []refusal.Fault{
			fault("Overdue", success.ErrRange), fault("MinBase", success.ErrRange), fault("Seats", success.ErrRange),
		}},
	} {
		refusal.Check(t, name, c.policy.Validate(), c.faults...)
		_, err := alert.Next(alert.State{}, nil, today, c.policy)
		refusal.Check(t, name, err, c.faults...)
	}
	edge := alert.Policy{
		Bands: []string{"x", "y"}, Good: "x", Drop: 36525, Renewal: 36525, CoolDown: 36525, Coverage: number("1"), Usage: number("1"),
		Overdue: decimal.New(1, 36), MinBase: decimal.New(1, -36), Seats: number("1" + strings.Repeat("0", 76)), Off: []alert.Kind{alert.BandDrop, alert.SeatsFull},
	}
	if err := edge.Validate(); err != nil {
		t.Errorf("on every edge: %v", err)
	}
	if err := (alert.Policy{}).Validate(); err != nil {
		t.Errorf("the zero policy: %v", err)
	}
	most := new(big.Int).Lsh(big.NewInt(1), 256)
	over := decimal.NewFromBigInt(most, -9)
	if err := (alert.Policy{Overdue: decimal.NewFromBigInt(new(big.Int).Sub(most, big.NewInt(1)), -9)}).Validate(); err != nil {
		t.Errorf("as many bits as may be: %v", err)
	}
	for name, p := range map[string]alert.Policy{
		"a bit too many":   {Overdue: over},
		"a place too high": {Overdue: decimal.New(1, 37)},
		"a place too low":  {Overdue: decimal.New(1, -37)},
	} {
		refusal.Check(t, name, p.Validate(), fault("Overdue", success.ErrRange))
	}
}

func TestBadReadings(t *testing.T) {
	for name, c := range map[string]struct {
		reading alert.Reading
		faults  []refusal.Fault
	}{
		"no account":         {alert.Reading{}, []refusal.Fault{fault("Account", success.ErrMissing)}},
		"negative revenue":   {alert.Reading{Account: "a", Revenue: minus}, []refusal.Fault{fault("Revenue", success.ErrNegative)}},
		"vast revenue":       {alert.Reading{Account: "a", Revenue: vast}, []refusal.Fault{fault("Revenue", success.ErrRange)}},
		"unknown bands":      {alert.Reading{Account: "a", Band: "blue", BandBefore: "Green"}, []refusal.Fault{fault("Band", success.ErrUnknown), fault("BandBefore", success.ErrUnknown)}},
		"coverage above all": {alert.Reading{Account: "a", Coverage: of("11", "10"), CoverageBefore: of("1.001", "1")}, []refusal.Fault{fault("Coverage", success.ErrRange), fault("CoverageBefore", success.ErrRange)}},
		"negative ratios": {alert.Reading{Account: "a", Coverage: of("-1", "1"), CoverageBefore: of("1", "-1"), Overdue: of("-1", "1"), Usage: of("-1", "9"), Contacts: of("1", "-1"), Seats: of("-1", "5")}, []refusal.Fault{
			fault("Coverage", success.ErrNegative), fault("CoverageBefore", success.ErrNegative), fault("Overdue", success.ErrNegative),
			fault("Usage", success.ErrNegative), fault("Contacts", success.ErrNegative), fault("Seats", success.ErrNegative),
		}},
		"vast ratios": {alert.Reading{Account: "a", Overdue: success.Ratio{Num: vast, Den: number("1")}, Usage: success.Ratio{Num: number("1"), Den: tiny}, Seats: success.Ratio{Num: wide, Den: number("1")}}, []refusal.Fault{
			fault("Overdue", success.ErrRange), fault("Usage", success.ErrRange), fault("Seats", success.ErrRange),
		}},
		"bad departures": {alert.Reading{Account: "a", Departures: []alert.Departure{{On: today}, {Contact: "x"}, {Contact: "x", On: today}, {Contact: "y", On: ago(-1)}}}, []refusal.Fault{
			fault("Departures", success.ErrMissing), fault("Departures", success.ErrMissing), fault("Departures", success.ErrDuplicate), fault("Departures", success.ErrOrder),
		}},
		"bad goals": {alert.Reading{Account: "a", Goals: []alert.Goal{{Due: today}, {ID: "x"}, {ID: "x", Due: today}}}, []refusal.Fault{
			fault("Goals", success.ErrMissing), fault("Goals", success.ErrMissing), fault("Goals", success.ErrDuplicate),
		}},
	} {
		_, err := alert.Next(alert.State{}, []alert.Reading{c.reading}, today, alert.Policy{})
		refusal.Check(t, name, err, c.faults...)
	}
	_, err := alert.Next(alert.State{}, []alert.Reading{{Account: "a"}, {Account: "b"}, {Account: "a"}, {}, {}}, today, alert.Policy{})
	refusal.Check(t, "twice", err, fault("Account", success.ErrDuplicate), fault("Account", success.ErrMissing), fault("Account", success.ErrMissing))
	if _, err := alert.Next(alert.State{}, []alert.Reading{{Account: "a", Coverage: of("1", "1"), Departures: []alert.Departure{{Contact: "x", On: today}}}}, today, alert.Policy{}); err != nil {
		t.Errorf("on every edge: %v", err)
	}
}

func TestBadStates(t *testing.T) {
	good := alert.Alert{Key: alert.Key{Account: "a", Kind: alert.SeatsFull}, Opened: ago(9), Confirmed: ago(5), Closed: ago(3)}
	for name, c := range map[string]struct {
		spoil func(*alert.Alert)
		fault refusal.Fault
	}{
		"no account":         {func(a *alert.Alert) { a.Account = "" }, fault("Account", success.ErrMissing)},
		"no kind":            {func(a *alert.Alert) { a.Kind = 0 }, fault("Kind", success.ErrUnknown)},
		"unknown kind":       {func(a *alert.Alert) { a.Kind = alert.SeatsFull + 1 }, fault("Kind", success.ErrUnknown)},
		"negative at stake":  {func(a *alert.Alert) { a.AtStake = minus }, fault("AtStake", success.ErrNegative)},
		"vast at stake":      {func(a *alert.Alert) { a.AtStake = vast }, fault("AtStake", success.ErrRange)},
		"never opened":       {func(a *alert.Alert) { a.Opened = success.Date{} }, fault("Opened", success.ErrMissing)},
		"never seen":         {func(a *alert.Alert) { a.Confirmed = success.Date{} }, fault("Confirmed", success.ErrMissing)},
		"seen before":        {func(a *alert.Alert) { a.Confirmed = ago(10) }, fault("Confirmed", success.ErrOrder)},
		"closed before":      {func(a *alert.Alert) { a.Closed = ago(10) }, fault("Closed", success.ErrOrder)},
		"closed after a run": {func(a *alert.Alert) { a.Closed = ago(2) }, fault("Closed", success.ErrOrder)},
		"seen after a run":   {func(a *alert.Alert) { a.Confirmed = ago(2) }, fault("Confirmed", success.ErrOrder)},
	} {
		bad := good
		c.spoil(&bad)
		_, err := alert.Next(alert.State{AsOf: ago(3), Alerts: []alert.Alert{bad}}, nil, today, alert.Policy{})
		refusal.Check(t, name, err, c.fault)
	}
	late := good
	late.Opened, late.Confirmed, late.Closed = ago(2), ago(2), success.Date{}
	_, err := alert.Next(alert.State{AsOf: ago(3), Alerts: []alert.Alert{late}}, nil, today, alert.Policy{})
	refusal.Check(t, "opened after a run", err, fault("Opened", success.ErrOrder), fault("Confirmed", success.ErrOrder))
	_, err = alert.Next(alert.State{Alerts: []alert.Alert{good, good, {}, {}}}, nil, today, alert.Policy{})
	empty := []refusal.Fault{fault("Account", success.ErrMissing), fault("Kind", success.ErrUnknown), fault("Opened", success.ErrMissing), fault("Confirmed", success.ErrMissing)}
	refusal.Check(t, "everything", err, append(append([]refusal.Fault{fault("Key", success.ErrDuplicate)}, append(empty, empty...)...), fault("AsOf", success.ErrMissing))...)
	edge := good
	edge.Confirmed, edge.Closed = ago(9), ago(9)
	if _, err := alert.Next(alert.State{AsOf: ago(9), Alerts: []alert.Alert{edge}}, nil, today, alert.Policy{}); err != nil {
		t.Errorf("on every edge: %v", err)
	}
}

// Of every fault of every argument, none is lost.
func TestAllFaultsAtOnce(t *testing.T) {
	_, err := alert.Next(alert.State{AsOf: today, Alerts: []alert.Alert{{Opened: ago(9), Confirmed: ago(9)}}}, []alert.Reading{{}}, ago(1), alert.Policy{Drop: -1})
	refusal.Check(t, "everything", err,
		fault("Account", success.ErrMissing), fault("Kind", success.ErrUnknown), fault("Drop", success.ErrNegative), fault("Account", success.ErrMissing), fault("AsOf", success.ErrOrder))
}

func TestWords(t *testing.T) {
	type text interface {
		String() string
		MarshalText() ([]byte, error)
	}
	check := func(v text, want string, back func([]byte) (text, error)) {
		t.Helper()
		got, err := v.MarshalText()
		again, failed := back(got)
		if v.String() != want || string(got) != want || err != nil || failed != nil || again != v {
			t.Errorf("%q is %q, and comes back as %v, %v, %v", want, v, again, err, failed)
		}
		if _, err := back([]byte("nope")); !errors.Is(err, success.ErrUnknown) {
			t.Errorf("a word that is none: %v", err)
		}
	}
	for i, want := range []string{"none", "band drop", "coverage drop", "overdue usage", "usage fall", "champion left", "goal missed", "renewal at risk", "single contact", "seats full"} {
		check(alert.Kind(i), want, func(b []byte) (text, error) { var k alert.Kind; err := k.UnmarshalText(b); return k, err })
	}
	for i, want := range []string{"notice", "warning", "critical"} {
		check(alert.Severity(i), want, func(b []byte) (text, error) { var s alert.Severity; err := s.UnmarshalText(b); return s, err })
	}
	for i, want := range []string{"opened", "kept", "unconfirmed", "closed", "cooling", "suppressed"} {
		check(alert.Status(i), want, func(b []byte) (text, error) { var s alert.Status; err := s.UnmarshalText(b); return s, err })
	}
	for i, want := range []string{"not closed", "resolved", "ended", "rule off"} {
		check(alert.Reason(i), want, func(b []byte) (text, error) { var r alert.Reason; err := r.UnmarshalText(b); return r, err })
	}
}
