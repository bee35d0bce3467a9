package support_test

import (
	"encoding/binary"
	"math"
	"slices"
	"testing"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/health/support"
	"metrics.internal/success/internal/refusal"
	"pgregory.net/rapid"
)

var fault = refusal.Of // read-only

const hour = time.Hour

func nineToFive(t testing.TB, name string) *support.Calendar {
	return calendar(t, support.Hours{Zone: zone(t, name), Openings: support.Weekdays(9*hour, 17*hour)})
}

func between(t testing.TB, c *support.Calendar, from, to time.Time) time.Duration {
	t.Helper()
	d, err := c.Between(from, to)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Published worked examples of help desks, Monday to Friday from 9 to 17.
// November 18, 2024 was a Monday.
func TestH14(t *testing.T) { // H14
	for _, name := range []string{"UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"} {
		loc := zone(t, name)
		c := nineToFive(t, name)
		at := func(day, h, m int) time.Time { return time.Date(2024, 11, day, h, m, 0, 0, loc) }
		for _, e := range []struct {
			from, to time.Time
			want     time.Duration
		}{
			{at(20, 6, 0), at(20, 23, 0), 8 * hour},
			{at(20, 18, 0), at(21, 12, 0), 3 * hour},
			{at(20, 14, 0), at(20, 18, 0), 3 * hour},
			{at(20, 9, 15), at(21, 12, 0), 10*hour + 45*time.Minute},
			{at(23, 9, 0), at(25, 8, 0), 0},
		} {
			if got := between(t, c, e.from, e.to); got != e.want {
				t.Errorf("%s: from %v to %v: %v, want %v", name, e.from, e.to, got, e.want)
			}
		}
	}
}

// The days of the changes in three zones, by hand: night shifts from 1 to 4 and
// edges inside the hour that is skipped or repeated.
func TestChangesByHand(t *testing.T) {
	for _, e := range []struct {
		zone, date string
		from, to   time.Duration
		want       time.Duration
	}{
		{"Europe/Berlin", "2024-03-31", 1 * hour, 4 * hour, 2 * hour},
		{"Europe/Berlin", "2024-03-31", 150 * time.Minute, 4 * hour, 1 * hour}, // opens at the change
		{"Europe/Berlin", "2024-03-31", 1 * hour, 150 * time.Minute, 1 * hour}, // closes at the change
		{"Europe/Berlin", "2024-03-31", 130 * time.Minute, 150 * time.Minute, 0},
		{"Europe/Berlin", "2024-03-31", 2 * hour, 3 * hour, 0},
		{"Europe/Berlin", "2024-03-31", 0, 24 * hour, 23 * hour},
		{"Europe/Berlin", "2024-10-27", 1 * hour, 4 * hour, 4 * hour},
		{"Europe/Berlin", "2024-10-27", 150 * time.Minute, 4 * hour, 150 * time.Minute}, // from the first 2:30
		{"Europe/Berlin", "2024-10-27", 1 * hour, 150 * time.Minute, 150 * time.Minute}, // to the last 2:30
		{"Europe/Berlin", "2024-10-27", 130 * time.Minute, 150 * time.Minute, 80 * time.Minute},
		{"Europe/Berlin", "2024-10-27", 2 * hour, 3 * hour, 2 * hour},
		{"Europe/Berlin", "2024-10-27", 1 * hour, 2 * hour, 2 * hour}, // 2:00 is shown twice
		{"Europe/Berlin", "2024-10-27", 3 * hour, 4 * hour, 1 * hour}, // 3:00 is not
		{"Europe/Berlin", "2024-10-27", 0, 24 * hour, 25 * hour},
		{"America/New_York", "2024-03-10", 150 * time.Minute, 4 * hour, 1 * hour},
		{"America/New_York", "2024-03-10", 0, 24 * hour, 23 * hour},
		{"America/New_York", "2024-11-03", 90 * time.Minute, 4 * hour, 210 * time.Minute},
		{"America/New_York", "2024-11-03", 0, 24 * hour, 25 * hour},
		{"Australia/Lord_Howe", "2024-10-06", 135 * time.Minute, 4 * hour, 90 * time.Minute},
		{"Australia/Lord_Howe", "2024-10-06", 0, 24 * hour, 23*hour + 30*time.Minute},
		{"Australia/Lord_Howe", "2024-04-07", 105 * time.Minute, 4 * hour, 165 * time.Minute},
		{"Australia/Lord_Howe", "2024-04-07", 0, 24 * hour, 24*hour + 30*time.Minute},
		{"America/Havana", "2023-03-12", 0, 1 * hour, 0},        // midnight is skipped
		{"America/Havana", "2023-11-05", 0, 1 * hour, 2 * hour}, // and shown twice
		{"Pacific/Apia", "2011-12-30", 0, 24 * hour, 0},         // there was no such day
	} {
		date := success.MustDate(e.date)
		c := calendar(t, support.Hours{Zone: zone(t, e.zone), Openings: []support.Opening{{Day: date.Weekday(), From: e.from, To: e.to}}})
		got := between(t, c, date.AddDays(-2).Time(time.UTC), date.AddDays(3).Time(time.UTC))
		if got != e.want {
			t.Errorf("%s %s from %v to %v: %v, want %v", e.zone, e.date, e.from, e.to, got, e.want)
		}
	}
}

func TestHolidays(t *testing.T) {
	loc := zone(t, "Europe/Berlin")
	hours := support.Hours{
		Zone: loc,
		Openings: []support.Opening{
			{Day: time.Thursday, From: 13 * hour, To: 18 * hour},
			{Day: time.Thursday, From: 8 * hour, To: 12 * hour},
			{Day: time.Friday, From: 8 * hour, To: 12 * hour},
		},
		Holidays: []success.Date{success.MustDate("2024-12-26"), success.MustDate("2024-12-25"), success.MustDate("2024-12-26"), success.MustDate("1800-01-01")},
	}
	holidays := slices.Clone(hours.Holidays)
	c := calendar(t, hours)
	for _, e := range []struct {
		from, to string
		want     time.Duration
	}{
		{"2024-12-19", "2024-12-20", 9 * hour},
		{"2024-12-26", "2024-12-27", 0},
		{"2024-12-25", "2024-12-28", 4 * hour},
		{"2024-12-19", "2025-01-03", 26 * hour},
	} {
		if got := between(t, c, success.MustDate(e.from).Time(loc), success.MustDate(e.to).Time(loc)); got != e.want {
			t.Errorf("from %s to %s: %v, want %v", e.from, e.to, got, e.want)
		}
	}
	if !slices.Equal(hours.Holidays, holidays) || hours.Openings[0].From != 13*hour {
		t.Error("the argument was changed")
	}
	hours.Openings[2] = support.Opening{Day: time.Friday, From: 0, To: 24 * hour}
	hours.Holidays[0] = success.MustDate("2024-12-27")
	if got := between(t, c, success.MustDate("2024-12-26").Time(loc), success.MustDate("2024-12-28").Time(loc)); got != 4*hour {
		t.Errorf("a later change of the argument changed a result: %v", got)
	}
}

// A week of so many openings lasts as long for two centuries.
func TestCenturies(t *testing.T) {
	c := nineToFive(t, "Asia/Kolkata")
	first := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	last := time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC).Add(-1)
	weekdays := 0
	for d := success.MustDate("1900-01-01"); d.Before(success.MustDate("2100-01-01")); d = d.AddDays(1) {
		if d.Weekday() != time.Saturday && d.Weekday() != time.Sunday {
			weekdays++
		}
	}
	got := between(t, c, first, last)
	if want := time.Duration(weekdays) * 8 * hour; got != want {
		t.Errorf("%v, want %v", got, want)
	}
	var always *support.Calendar
	if got := between(t, always, first, last); got != last.Sub(first) {
		t.Errorf("calendar time is %v, want %v", got, last.Sub(first))
	}
}

// The repeated and skipped hours are those of rules too, in leap years and out.
func TestFarYears(t *testing.T) {
	loc := zone(t, "Europe/Berlin")
	hours := support.Hours{Zone: loc}
	for day := time.Sunday; day <= time.Saturday; day++ {
		hours.Openings = append(hours.Openings, support.Opening{Day: day, From: 0, To: 3 * hour})
	}
	c := calendar(t, hours)
	for year := 1996; year < 2100; year++ {
		from, to := time.Date(year, 2, 1, 12, 0, 0, 0, loc), time.Date(year, 5, 1, 12, 0, 0, 0, loc)
		days := success.DateOf(to).Sub(success.DateOf(from))
		if got, want := between(t, c, from, to), time.Duration(days)*3*hour-hour; got != want {
			t.Errorf("spring of %d: %v, want %v", year, got, want)
		}
		from, to = time.Date(year, 9, 1, 12, 0, 0, 0, loc), time.Date(year, 11, 30, 12, 0, 0, 0, loc)
		days = success.DateOf(to).Sub(success.DateOf(from))
		if got, want := between(t, c, from, to), time.Duration(days)*3*hour+hour; got != want {
			t.Errorf("autumn of %d: %v, want %v", year, got, want)
		}
	}
}

// Business time adds up, is never more than calendar time, and does not pass
// outside of hours.
func TestBusinessTimeLaws(t *testing.T) {
	var calendars []*support.Calendar
	for _, c := range changes {
		openings := support.Weekdays(8*hour, 12*hour)
		openings = append(openings, support.Opening{Day: time.Sunday, From: 0, To: 3*hour + time.Second})
		openings = append(openings, support.Opening{Day: time.Friday, From: 12 * hour, To: 24 * hour})
		calendars = append(calendars, calendar(t, support.Hours{Zone: zone(t, c.zone), Openings: openings, Holidays: []success.Date{success.MustDate(c.date)}}))
	}
	calendars = append(calendars, nil)
	rapid.Check(t, func(t *rapid.T) {
		checkBusinessTime(t, rapid.SampledFrom(calendars).Draw(t, "calendar"))
	})
}

func checkBusinessTime(t *rapid.T, c *support.Calendar) {
	instant := rapid.Custom(func(t *rapid.T) int64 {
		around := success.MustDate(rapid.SampledFrom(changes).Draw(t, "around").date).Time(time.UTC).UnixNano()
		return rapid.OneOf(
			rapid.Map(rapid.Int64Range(-int64(50*hour), int64(50*hour)), func(d int64) int64 { return around + d }),
			rapid.Int64Range(-2208988800e9, 4102444800e9-1),
		).Draw(t, "instant")
	})
	at := []int64{instant.Draw(t, "a"), instant.Draw(t, "b"), instant.Draw(t, "c")}
	slices.Sort(at)
	times := []time.Time{time.Unix(0, at[0]).UTC(), time.Unix(0, at[1]).UTC(), time.Unix(0, at[2]).In(time.FixedZone("", 3600))}
	measure := func(i, j int) time.Duration {
		d, err := c.Between(times[i], times[j])
		if err != nil {
			t.Fatal(err)
		}
		if d < 0 || d > times[j].Sub(times[i]) {
			t.Fatalf("%v of business time in %v", d, times[j].Sub(times[i]))
		}
		return d
	}
	if ab, bc, ac := measure(0, 1), measure(1, 2), measure(0, 2); ab+bc != ac {
		t.Fatalf("%v and %v are %v", ab, bc, ac)
	}
}

// The order of openings does not matter, nor how they are cut.
func TestCutsAndOrder(t *testing.T) {
	loc := zone(t, "America/New_York")
	rapid.Check(t, func(t *rapid.T) {
		openings := drawOpenings(t)
		var pieces []support.Opening
		for _, o := range openings {
			cut := o.From + time.Duration(rapid.Int64Range(0, int64((o.To-o.From)/time.Second)).Draw(t, "cut"))*time.Second
			for _, p := range []support.Opening{{Day: o.Day, From: o.From, To: cut}, {Day: o.Day, From: cut, To: o.To}} {
				if p.From < p.To {
					pieces = append(pieces, p)
				}
			}
		}
		whole, err1 := support.NewCalendar(support.Hours{Zone: loc, Openings: openings})
		cut, err2 := support.NewCalendar(support.Hours{Zone: loc, Openings: rapid.Permutation(pieces).Draw(t, "order")})
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		from := time.Date(2024, 11, 1, 0, 0, rapid.IntRange(0, 1e6).Draw(t, "from"), 0, loc)
		to := from.Add(time.Duration(rapid.Int64Range(0, int64(20*day)).Draw(t, "length")))
		a, err1 := whole.Between(from, to)
		b, err2 := cut.Between(from, to)
		if a != b || err1 != nil || err2 != nil {
			t.Fatalf("%v, in pieces %v (%v, %v)", a, b, err1, err2)
		}
	})
}

const day = 24 * hour

func TestBadHours(t *testing.T) {
	good := support.Opening{Day: time.Monday, From: 9 * hour, To: 17 * hour}
	open := func(o ...support.Opening) support.Hours { return support.Hours{Zone: time.UTC, Openings: o} }
	for name, c := range map[string]struct {
		hours  support.Hours
		faults []refusal.Fault
	}{
		"nothing":           {support.Hours{}, []refusal.Fault{fault("Zone", success.ErrMissing), fault("Openings", success.ErrMissing)}},
		"no zone":           {support.Hours{Openings: []support.Opening{good}}, []refusal.Fault{fault("Zone", success.ErrMissing)}},
		"no such day":       {open(good, support.Opening{Day: 7, From: 0, To: hour}), []refusal.Fault{fault("Day", success.ErrUnknown)}},
		"day below 0":       {open(support.Opening{Day: -1, From: 0, To: hour}), []refusal.Fault{fault("Day", success.ErrUnknown)}},
		"before midnight":   {open(support.Opening{From: -hour, To: hour}), []refusal.Fault{fault("From", success.ErrNegative)}},
		"beyond the day":    {open(support.Opening{From: hour, To: day + time.Second}), []refusal.Fault{fault("To", success.ErrRange)}},
		"parts of a second": {open(support.Opening{From: 1, To: hour + 1}), []refusal.Fault{fault("From", success.ErrRange), fault("To", success.ErrRange)}},
		"empty":             {open(support.Opening{From: hour, To: hour}), []refusal.Fault{fault("To", success.ErrOrder)}},
		"backwards":         {open(support.Opening{From: 22 * hour, To: 6 * hour}), []refusal.Fault{fault("To", success.ErrOrder)}},
		"overlapping":       {open(good, support.Opening{Day: time.Monday, From: 8 * hour, To: 9*hour + time.Second}), []refusal.Fault{fault("From", success.ErrOrder)}},
		"twice":             {open(good, good), []refusal.Fault{fault("From", success.ErrOrder)}},
		"one within another": {open(support.Opening{From: 0, To: 10 * hour}, support.Opening{From: 1 * hour, To: 2 * hour}, support.Opening{From: 3 * hour, To: 4 * hour}),
			[]refusal.Fault{fault("From", success.ErrOrder), fault("From", success.ErrOrder)}},
		"a holiday that is none": {support.Hours{Zone: time.UTC, Openings: []support.Opening{good}, Holidays: make([]success.Date, 1)}, []refusal.Fault{fault("", success.ErrMissing)}},
	} {
		_, err := support.NewCalendar(c.hours)
		refusal.Check(t, name, err, c.faults...)
	}
	if _, err := support.NewCalendar(open(good, support.Opening{Day: time.Monday, From: 17 * hour, To: day}, support.Opening{Day: time.Tuesday, From: 0, To: 12 * hour})); err != nil {
		t.Error(err)
	}
}

func TestBadTimes(t *testing.T) {
	at := time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)
	first := time.Date(support.FirstYear, 1, 1, 0, 0, 0, 0, time.UTC)
	end := time.Date(support.LastYear+1, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []*support.Calendar{nil, nineToFive(t, "Europe/Berlin")} {
		for name, e := range map[string]struct {
			from, to time.Time
			fault    string
			kind     error
		}{
			"zero from": {time.Time{}, at, "from", success.ErrMissing},
			"zero to":   {at, time.Time{}, "to", success.ErrMissing},
			"too early": {first.Add(-1), at, "from", success.ErrRange},
			"too late":  {at, end, "to", success.ErrRange},
			"backwards": {at, at.Add(-1), "to", success.ErrOrder},
		} {
			got, err := c.Between(e.from, e.to)
			refusal.Check(t, name, err, fault("", e.kind))
			if all, ok := err.(*success.Errors); !ok || all.Faults[0].Record != e.fault || got != 0 {
				t.Errorf("%s: %v, %v", name, got, err)
			}
		}
		_, err := c.Between(time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC), time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC))
		refusal.Check(t, "years 1 to 9999", err, fault("", success.ErrRange), fault("", success.ErrRange))
		if got := between(t, c, at, at); got != 0 {
			t.Errorf("no time is %v", got)
		}
		if _, err := c.Between(first, end.Add(-1)); err != nil {
			t.Error(err)
		}
	}
}

func FuzzBetween(f *testing.F) {
	var calendars []*support.Calendar
	for _, c := range changes {
		calendars = append(calendars, calendar(f, support.Hours{Zone: zone(f, c.zone), Openings: append(support.Weekdays(0, 9*hour), support.Opening{Day: time.Sunday, From: 0, To: day})}))
	}
	for i, c := range changes {
		f.Add(binary.LittleEndian.AppendUint64(nil, uint64(success.MustDate(c.date).Time(time.UTC).Unix())), int64(90*time.Minute), uint8(i))
	}
	f.Add([]byte{255, 255, 255, 255, 255, 255, 255, 127}, int64(math.MaxInt64), uint8(0))
	f.Fuzz(func(t *testing.T, start []byte, length int64, which uint8) {
		c := calendars[int(which)%len(calendars)]
		from := time.Unix(int64(binary.LittleEndian.Uint64(append(start, make([]byte, 8)...))), 0)
		to := from.Add(time.Duration(length))
		whole, err := c.Between(from, to)
		if err != nil {
			return
		}
		mid := from.Add(time.Duration(length) / 2)
		first, err1 := c.Between(from, mid)
		second, err2 := c.Between(mid, to)
		if err1 != nil || err2 != nil || first+second != whole || first < 0 || second < 0 || whole > to.Sub(from) {
			t.Errorf("from %v to %v: %v and %v are %v (%v, %v)", from, to, first, second, whole, err1, err2)
		}
	})
}

func BenchmarkBetween(b *testing.B) {
	c := nineToFive(b, "Europe/Berlin")
	from := make([]time.Time, 1_000_000)
	state := uint32(1)
	for i := range from {
		state = state*1664525 + 1013904223
		from[i] = time.Unix(1.6e9+int64(state>>5), 0)
	}
	b.ReportAllocs()
	for b.Loop() {
		sum := time.Duration(0)
		for _, t := range from {
			d, err := c.Between(t, t.Add(36*hour))
			if err != nil {
				b.Fatal(err)
			}
			sum += d / 1024
		}
		if sum == 0 {
			b.Fatal("no time passed")
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(from)), "ns/ticket")
}

func BenchmarkNewCalendar(b *testing.B) {
	hours := support.Hours{Zone: zone(b, "Europe/Berlin"), Openings: support.Weekdays(9*hour, 17*hour)}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := support.NewCalendar(hours); err != nil {
			b.Fatal(err)
		}
	}
}
