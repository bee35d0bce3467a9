package alert_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/health/alert"
)

func full() alert.Reading {
	return alert.Reading{Account: "a", Revenue: number("1200.50"), Seats: of("50", "50")}
}

func free() alert.Reading {
	return alert.Reading{Account: "a", Revenue: number("1300"), Seats: of("5", "50")}
}

// at is the one alert on seats of a state.
func at(t *testing.T, s alert.State) alert.Alert {
	t.Helper()
	if len(s.Alerts) != 1 {
		t.Fatalf("%d alerts: %+v", len(s.Alerts), s.Alerts)
	}
	return s.Alerts[0]
}

func TestLifeOfAnAlert(t *testing.T) {
	p := alert.Policy{CoolDown: 3}
	day := ago(20)
	s := next(t, alert.State{}, day, p, full())
	if a := at(t, s); a.Status != alert.Opened || a.Opened != day || a.Confirmed != day || !a.Open() || !a.AtStake.Equal(number("1200.50")) || a.Reason != alert.NotClosed || s.AsOf != day {
		t.Errorf("%+v", a)
	}
	more := full()
	more.Revenue, more.Seats = number("2000"), of("51", "50")
	s = next(t, s, day.AddDays(1), p, more)
	if a := at(t, s); a.Status != alert.Kept || a.Opened != day || a.Confirmed != day.AddDays(1) || !a.AtStake.Equal(number("2000")) || a.Evidence != "51 of 50 seats in use: 102%" {
		t.Errorf("%+v", a)
	}
	s = next(t, s, day.AddDays(2), p)
	if a := at(t, s); a.Status != alert.Unconfirmed || !a.Open() || a.Confirmed != day.AddDays(1) || !a.AtStake.Equal(number("2000")) {
		t.Errorf("%+v", a)
	}
	closed := day.AddDays(3)
	s = next(t, s, closed, p, free())
	if a := at(t, s); a.Status != alert.Closed || a.Open() || a.Closed != closed || a.Reason != alert.Resolved || a.Evidence != "51 of 50 seats in use: 102%" {
		t.Errorf("%+v", a)
	}
	for n, want := range []alert.Status{alert.Suppressed, alert.Suppressed, alert.Suppressed, alert.Opened} {
		a := at(t, next(t, s, closed.AddDays(n), p, full()))
		if a.Status != want || a.Open() != (n == 3) || n == 3 && (a.Opened != closed.AddDays(3) || a.Reason != alert.NotClosed) || n < 3 && (a.Closed != closed || a.Opened != day) || a.Confirmed != closed.AddDays(n) {
			t.Errorf("back after %d days: %+v", n, a)
		}
	}
	for n, want := range []alert.Status{alert.Closed, alert.Cooling, alert.Cooling} {
		if a := at(t, next(t, s, closed.AddDays(n), p, free())); a.Status != want || a.Closed != closed {
			t.Errorf("quiet for %d days: %+v", n, a)
		}
		if a := at(t, next(t, s, closed.AddDays(n), p)); a.Status != want {
			t.Errorf("unknown for %d days: %+v", n, a)
		}
	}
	for _, readings := range [][]alert.Reading{{free()}, nil, {{Account: "a"}}} {
		if s := next(t, s, closed.AddDays(3), p, readings...); len(s.Alerts) != 0 {
			t.Errorf("after the cool-down: %+v", s.Alerts)
		}
	}
}

func TestReasons(t *testing.T) {
	open := next(t, alert.State{}, ago(1), alert.Policy{}, full())
	ended := full()
	ended.Ended = true
	off := alert.Policy{Off: []alert.Kind{alert.SeatsFull}}
	for name, c := range map[string]struct {
		state alert.State
		want  alert.Reason
	}{
		"over":               {next(t, open, today, alert.Policy{}, free()), alert.Resolved},
		"no customer":        {next(t, open, today, alert.Policy{}, ended), alert.Ended},
		"off":                {next(t, open, today, off, full()), alert.RuleOff},
		"off, nothing known": {next(t, open, today, off), alert.RuleOff},
	} {
		if a := at(t, c.state); a.Reason != c.want || a.Closed != today || a.Status != alert.Closed {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

func TestDefaultCoolDown(t *testing.T) {
	s := next(t, next(t, alert.State{}, ago(60), alert.Policy{}, full()), ago(50), alert.Policy{}, free())
	for days, want := range map[int]alert.Status{13: alert.Suppressed, 14: alert.Opened} {
		if a := at(t, next(t, s, ago(50-days), alert.Policy{}, full())); a.Status != want {
			t.Errorf("after %d days: %v", days, a.Status)
		}
	}
	one := alert.Policy{CoolDown: 1}
	for days, want := range map[int]alert.Status{0: alert.Suppressed, 1: alert.Opened} {
		if a := at(t, next(t, s, ago(50-days), one, full())); a.Status != want {
			t.Errorf("a cool-down of a day, after %d: %v", days, a.Status)
		}
	}
}

func TestViews(t *testing.T) {
	reading := func(account, revenue, band string, seats string) alert.Reading {
		return alert.Reading{Account: success.AccountID(account), Revenue: number(revenue), BandBefore: "green", Band: band, Seats: of(seats, "50")}
	}
	s := next(t, alert.State{}, today, alert.Policy{},
		reading("c", "10", "yellow", "1"), reading("b", "900", "yellow", "50"), reading("a", "10", "yellow", "1"), reading("d", "0.05", "red", "50"), reading("e", "77", "green", "1"))
	var order string
	for _, a := range s.Open() {
		order += fmt.Sprintf("%s %s, ", a.Account, a.Severity)
	}
	if order != "d critical, b warning, a warning, c warning, b notice, d notice, " {
		t.Error(order)
	}
	if got := s.AtStake(); !got.Equal(number("920.05")) {
		t.Errorf("at stake %v", got)
	}
	if n := len(s.With(alert.Opened)); n != 6 || len(s.With(alert.Kept)) != 0 {
		t.Errorf("%d opened", n)
	}
	s.Open()[0].Evidence, s.With(alert.Opened)[0].Evidence = "changed", "changed"
	for _, a := range s.Alerts {
		if a.Evidence == "changed" {
			t.Error("a view is the state itself")
		}
	}
	closed := next(t, s, today, alert.Policy{}, alert.Reading{Account: "b", Ended: true})
	if got := closed.AtStake(); !got.Equal(number("20.05")) {
		t.Errorf("at stake without those closed %v", got)
	}
	last := alert.State{AsOf: today, Alerts: []alert.Alert{
		{Key: alert.Key{Account: "a", Kind: alert.SeatsFull}, AtStake: number("5")},
		{Key: alert.Key{Account: "a", Kind: alert.BandDrop}, AtStake: number("7")},
		{Key: alert.Key{Account: "a", Kind: alert.UsageFall}, AtStake: number("6")},
	}}
	if got := last.AtStake(); !got.Equal(number("7")) {
		t.Errorf("the largest of one account %v", got)
	}
}

// equal compares states, decimals by their value.
func equal(a, b alert.State) bool {
	return a.AsOf == b.AsOf && slices.EqualFunc(a.Alerts, b.Alerts, func(a, b alert.Alert) bool {
		same := a.AtStake.Equal(b.AtStake)
		a.AtStake, b.AtStake = decimal.Decimal{}, decimal.Decimal{}
		return same && reflect.DeepEqual(a, b)
	})
}

// A model is the state machine written the naive way: a diary for each key, in
// which each day's sign is looked up. It knows three rules, one with subjects.
type model struct {
	coolDown int
	opened   map[string]int // day of the opening of the last alert of a key
	closed   map[string]int // day of its closing; absent while open
}

// A day is what is drawn of an account: present or not, ended, and the sign of
// each key.
type day struct {
	present, ended bool
	signs          map[string]sign // of "seats", "overdue", "goal g", "goal h"
}

// run returns what should be in the state: "opened 3", "closed 3 7", by key.
func (m *model) run(today int, accounts map[string]day) map[string]string {
	want := map[string]string{}
	for account, d := range accounts {
		for _, what := range []string{"seats", "overdue", "goal g", "goal h"} {
			key := account + " " + what
			sees, knows := d.signs[what] == fires, d.signs[what] != unknown
			if !d.present {
				sees, knows = false, false
			} else if d.ended {
				sees, knows = false, true
			}
			if status := m.runKey(key, today, sees, knows); status != "" {
				want[key] = status
			}
		}
	}
	return want
}

func (m *model) runKey(key string, today int, sees, knows bool) string {
	opened, had := m.opened[key]
	closed, shut := m.closed[key]
	if had && shut && today >= closed+m.coolDown { // it is as if it had never been
		delete(m.opened, key)
		delete(m.closed, key)
		had, shut = false, false
	}
	if !had {
		if !sees {
			return ""
		}
		m.opened[key] = today
		return fmt.Sprint("opened ", today)
	}
	if shut {
		name := "cooling"
		if sees {
			name = "suppressed"
		} else if closed == today {
			name = "closed"
		}
		return fmt.Sprint(name, " ", opened, " ", closed)
	}
	if sees && opened == today {
		return fmt.Sprint("opened ", opened)
	} else if sees {
		return fmt.Sprint("kept ", opened)
	} else if !knows {
		return fmt.Sprint("unconfirmed ", opened)
	}
	m.closed[key] = today
	return fmt.Sprint("closed ", opened, " ", today)
}

// described returns a state as the model speaks of it.
func described(s alert.State, start success.Date) map[string]string {
	names := map[alert.Kind]string{alert.SeatsFull: "seats", alert.OverdueUsage: "overdue", alert.GoalMissed: "goal "}
	got := map[string]string{}
	for _, a := range s.Alerts {
		text := fmt.Sprint(a.Status, " ", a.Opened.Sub(start))
		if !a.Open() {
			text = fmt.Sprint(text, " ", a.Closed.Sub(start))
		}
		got[string(a.Account)+" "+names[a.Kind]+a.Subject] = text
	}
	return got
}

func drawDay(t *rapid.T) day {
	d := day{present: rapid.IntRange(0, 5).Draw(t, "present") > 0, ended: rapid.IntRange(0, 11).Draw(t, "ended") == 11, signs: map[string]sign{}}
	for _, what := range []string{"seats", "overdue"} {
		d.signs[what] = rapid.SampledFrom([]sign{rests, fires, unknown}).Draw(t, what)
	}
	for _, what := range []string{"goal g", "goal h"} {
		d.signs[what] = rapid.SampledFrom([]sign{rests, fires}).Draw(t, what)
	}
	return d
}

// reading returns a reading with the signs of a day.
func (d day) reading(account string, today success.Date) alert.Reading {
	r := alert.Reading{Account: success.AccountID(account), Revenue: number("10"), Ended: d.ended}
	switch d.signs["seats"] {
	case rests:
		r.Seats = success.RatioOf(48, 50)
	case fires:
		r.Seats = success.RatioOf(49, 50)
	}
	switch d.signs["overdue"] {
	case rests:
		r.Overdue = success.RatioOf(13, 7)
	case fires:
		r.Overdue = success.RatioOf(14, 7)
	}
	for _, id := range []string{"g", "h"} {
		if d.signs["goal "+id] == fires {
			r.Goals = append(r.Goals, alert.Goal{ID: id, Due: today.AddDays(-1)})
		}
	}
	return r
}

// Over a long and random history every state is that of the naive model; its keys
// are in order and unique; a run on the same day, in another order, or from a
// state that was stored as JSON gives the same; arguments stay as they were.
func TestHistories(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := alert.Policy{CoolDown: rapid.IntRange(1, 5).Draw(t, "cool-down")}
		m := model{p.CoolDown, map[string]int{}, map[string]int{}}
		start, now := ago(1000), 0
		var s alert.State
		for range rapid.IntRange(1, 40).Draw(t, "runs") {
			now += rapid.SampledFrom([]int{1, 1, 1, 0, 2, 4}).Draw(t, "days on")
			date := start.AddDays(now)
			accounts, readings := map[string]day{}, []alert.Reading{}
			for _, account := range []string{"a", "b"} {
				d := drawDay(t)
				accounts[account] = d
				if d.present {
					readings = append(readings, d.reading(account, date))
				}
			}
			before, kept := slices.Clone(s.Alerts), slices.Clone(readings)
			after := next(t, s, date, p, readings...)
			if !reflect.DeepEqual(before, s.Alerts) && len(before) > 0 || !reflect.DeepEqual(kept, readings) {
				t.Fatal("an argument was changed")
			}
			if got, want := described(after, start), m.run(now, accounts); !reflect.DeepEqual(got, want) {
				t.Fatalf("on day %d\n%v, want\n%v", now, got, want)
			}
			checkState(t, after)
			slices.Reverse(readings)
			if again := next(t, stored(t, after), date, p, readings...); !equal(again, after) {
				t.Fatalf("again on day %d: %+v, want %+v", now, again, after)
			}
			if other := next(t, shuffled(t, s), date, p, readings...); !equal(other, after) {
				t.Fatalf("in another order on day %d: %+v, want %+v", now, other, after)
			}
			s = after
		}
	})
}

// checkState checks that at most one alert has a key, that keys are in order, and
// that days are.
func checkState(t *rapid.T, s alert.State) {
	for i, a := range s.Alerts {
		if i > 0 && s.Alerts[i-1].Compare(a.Key) >= 0 {
			t.Fatalf("keys out of order: %+v", s.Alerts)
		}
		if a.Opened.After(s.AsOf) || a.Confirmed.Before(a.Opened) || a.Confirmed.After(s.AsOf) || !a.Open() && (a.Closed.Before(a.Opened) || a.Closed.After(s.AsOf)) {
			t.Fatalf("days out of order: %+v", a)
		}
		if a.Open() != (a.Status <= alert.Unconfirmed) || a.Open() != (a.Reason == alert.NotClosed) || a.Evidence == "" {
			t.Fatalf("%+v", a)
		}
	}
}

// stored returns a state written as JSON and read again.
func stored(t *rapid.T, s alert.State) (back alert.State) {
	text, err := json.Marshal(s)
	if err != nil || json.Unmarshal(text, &back) != nil {
		t.Fatal(string(text), err)
	}
	return back
}

func shuffled(t *rapid.T, s alert.State) alert.State {
	if len(s.Alerts) > 0 {
		s.Alerts = rapid.Permutation(s.Alerts).Draw(t, "alerts")
	}
	return s
}

// Time k times as slow, and a cool-down k times as long, give the same life.
func TestTimeScales(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(1, 9).Draw(t, "k")
		coolDown := rapid.IntRange(1, 5).Draw(t, "cool-down")
		start, now := ago(2000), 0
		var s, slow alert.State
		for range rapid.IntRange(1, 20).Draw(t, "runs") {
			now += rapid.IntRange(1, 3).Draw(t, "days on")
			d := drawDay(t)
			date, later := start.AddDays(now), start.AddDays(k*now)
			s = next(t, s, date, alert.Policy{CoolDown: coolDown}, d.reading("a", date))
			slow = next(t, slow, later, alert.Policy{CoolDown: k * coolDown}, d.reading("a", later))
			if !slices.EqualFunc(s.Alerts, slow.Alerts, func(a, b alert.Alert) bool {
				return a.Key == b.Key && a.Status == b.Status && b.Opened.Sub(start) == k*a.Opened.Sub(start) && a.Open() == b.Open()
			}) {
				t.Fatalf("%+v, %d times as slow %+v", s, k, slow)
			}
		}
	})
}

// Accounts do not touch each other: shards run apart give the alerts of all.
func TestShards(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one, two := drawDay(t), drawDay(t)
		a, b := one.reading("a", today), two.reading("b", today)
		both := next(t, alert.State{}, today, alert.Policy{}, b, a)
		parts := append(next(t, alert.State{}, today, alert.Policy{}, a).Alerts, next(t, alert.State{}, today, alert.Policy{}, b).Alerts...)
		if !equal(both, alert.State{AsOf: today, Alerts: parts}) {
			t.Fatalf("%+v, in parts %+v", both, parts)
		}
	})
}
