package support_test

import (
	"slices"
	"testing"
	"time"
	_ "time/tzdata"

	"metrics.internal/success"
	"metrics.internal/success/health/support"
	"pgregory.net/rapid"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func calendar(t testing.TB, hours support.Hours) *support.Calendar {
	t.Helper()
	c, err := support.NewCalendar(hours)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A minutely goes through a few days minute by minute and looks at the clock on
// the wall: the definition of business time, written naively.
type minutely struct {
	shown []int64 // what the clock shows, in seconds as if it were in UTC
	open  []bool
}

func newMinutely(first time.Time, days int, hours support.Hours) *minutely {
	m := &minutely{open: make([]bool, 1440*days)}
	for i := range m.open {
		local := first.Add(minutes(i)).In(hours.Zone)
		y, mo, d := local.Date()
		h, mi, _ := local.Clock()
		m.shown = append(m.shown, time.Date(y, mo, d, h, mi, 0, 0, time.UTC).Unix())
	}
	for midnight := first.AddDate(0, 0, -1); midnight.Unix() < m.shown[len(m.shown)-1]; midnight = midnight.AddDate(0, 0, 1) {
		for _, o := range hours.Openings {
			if midnight.Weekday() != o.Day || slices.Contains(hours.Holidays, success.DateOf(midnight)) {
				continue
			}
			from, to := m.occurrence(midnight.Add(o.From), false), m.occurrence(midnight.Add(o.To), true)
			for i := from; i < to; i++ {
				m.open[i] = true
			}
		}
	}
	return m
}

// occurrence returns the minute at which the clock shows a time first, or last,
// or where it would, if it skips it.
func (m *minutely) occurrence(edge time.Time, last bool) int {
	found, after := -1, len(m.shown)
	for i, shown := range m.shown {
		if shown == edge.Unix() && (last || found < 0) {
			found = i
		}
		if shown > edge.Unix() {
			after = min(after, i)
		}
	}
	if found >= 0 {
		return found
	}
	return after
}

func (m *minutely) between(from, to int) time.Duration {
	n := 0
	for i := from; i < to; i++ {
		if m.open[i] {
			n++
		}
	}
	return time.Duration(n) * time.Minute
}

// changes are days on which clocks are put forward or back, in zones of every
// kind: by an hour or half of one, at night or at midnight, by a whole day.
var changes = []struct{ zone, date string }{ // read-only
	{"Europe/Berlin", "2024-03-31"}, {"Europe/Berlin", "2024-10-27"},
	{"America/New_York", "2025-03-09"}, {"America/New_York", "2025-11-02"},
	{"Australia/Lord_Howe", "2024-10-06"}, {"Australia/Lord_Howe", "2024-04-07"},
	{"America/Havana", "2023-03-12"}, {"America/Havana", "2023-11-05"},
	{"America/Sao_Paulo", "2018-11-04"}, {"America/Sao_Paulo", "2018-02-18"},
	{"Africa/Casablanca", "2023-03-19"}, {"Africa/Casablanca", "2023-04-23"},
	{"Pacific/Apia", "2011-12-30"}, {"Pacific/Kwajalein", "1969-10-01"},
	{"Asia/Kathmandu", "2024-05-01"}, {"Europe/Dublin", "2090-10-29"}, {"Antarctica/Troll", "2024-10-27"},
	{"Europe/Berlin", "2041-03-31"}, {"America/New_York", "2096-11-04"}, {"Asia/Manila", "1978-03-22"},
}

func drawOpenings(t *rapid.T) (openings []support.Opening) {
	edge := rapid.OneOf(rapid.SampledFrom([]int{0, 60, 90, 119, 120, 121, 150, 180, 181, 240, 540, 1020, 1380, 1439, 1440}), rapid.IntRange(0, 1440))
	for day := time.Sunday; day <= time.Saturday; day++ {
		edges := rapid.SliceOfNDistinct(edge, 0, 6, rapid.ID).Draw(t, "edges of "+day.String())
		slices.Sort(edges)
		if rapid.Bool().Draw(t, "touching") {
			for i := 1; i < len(edges); i++ {
				openings = append(openings, support.Opening{Day: day, From: minutes(edges[i-1]), To: minutes(edges[i])})
			}
			continue
		}
		for i := 1; i < len(edges); i += 2 {
			openings = append(openings, support.Opening{Day: day, From: minutes(edges[i-1]), To: minutes(edges[i])})
		}
	}
	if openings == nil {
		openings = support.Weekdays(9*time.Hour, 17*time.Hour)
	}
	return openings
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

// Business time is what somebody who looks at the clock every minute counts.
func TestOracle(t *testing.T) {
	zones := map[string]*time.Location{}
	for _, c := range changes {
		zones[c.zone] = zone(t, c.zone)
	}
	rapid.Check(t, func(t *rapid.T) {
		change := rapid.SampledFrom(changes).Draw(t, "change")
		date := success.MustDate(change.date)
		hours := support.Hours{Zone: zones[change.zone], Openings: drawOpenings(t)}
		for _, off := range rapid.SliceOfN(rapid.IntRange(-2, 2), 0, 2).Draw(t, "holidays") {
			hours.Holidays = append(hours.Holidays, date.AddDays(off))
		}
		c, err := support.NewCalendar(hours)
		if err != nil {
			t.Fatal(err)
		}
		first := date.AddDays(-4).Time(time.UTC)
		naive := newMinutely(first, 8, hours)
		for range 20 {
			// The first and last days are only there to see the edges of the others.
			a := rapid.IntRange(2*1440, 6*1440).Draw(t, "from")
			b := rapid.IntRange(a, 6*1440).Draw(t, "to")
			got, err := c.Between(first.Add(minutes(a)), first.Add(minutes(b)))
			if want := naive.between(a, b); err != nil || got != want {
				t.Fatalf("from %v to %v: %v, %v, want %v", first.Add(minutes(a)), first.Add(minutes(b)), got, err, want)
			}
		}
	})
}

// Every change of the clock, minute by minute.
func TestEveryMinuteOfAChange(t *testing.T) {
	for _, change := range changes {
		hours := support.Hours{Zone: zone(t, change.zone)}
		for day := time.Sunday; day <= time.Saturday; day++ {
			hours.Openings = append(hours.Openings,
				support.Opening{Day: day, From: minutes(15), To: minutes(105)},
				support.Opening{Day: day, From: minutes(105), To: minutes(140)},
				support.Opening{Day: day, From: minutes(160), To: minutes(170)},
				support.Opening{Day: day, From: minutes(1390), To: minutes(1440)})
		}
		c := calendar(t, hours)
		first := success.MustDate(change.date).AddDays(-3).Time(time.UTC)
		naive := newMinutely(first, 7, hours)
		for i := 1440; i < 5*1440; i++ {
			got, err := c.Between(first.Add(minutes(i)), first.Add(minutes(i+1)))
			if want := naive.between(i, i+1); err != nil || got != want {
				t.Errorf("%s %v: %v, %v, want %v", change.zone, first.Add(minutes(i)), got, err, want)
			}
		}
	}
}
