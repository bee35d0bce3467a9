package support

import (
	"cmp"
	"slices"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// The years that a [Calendar] covers, in UTC. A time outside them is taken for
// a mistake, such as a year 1 that stands for "unknown".
const (
	FirstYear = 1900
	LastYear  = 2099
)

const (
	nanosOfDay = int64(day)
	ordinal0   = 719163 // of 1970-01-01, as success.Date counts
)

// A Calendar measures business time: how long the business hours of a team have
// lasted between two instants.
//
// It is elapsed time, not the difference of two clocks on the wall. In the gap
// of spring, when clocks are put forward, an edge of an opening that the clock
// skips is the instant of the change; in the repetition of autumn, an opening
// begins when the clock shows it first, and ends when the clock shows it last.
// Openings that come to overlap by that count once.
//
// The nil Calendar never closes: its business time is calendar time.
//
// A Calendar is immutable, and safe for use by many goroutines.
type Calendar struct {
	week     [7]weekday // from the day of 1970-01-01, a Thursday
	weekly   int64      // open time of a week, as all times here in nanoseconds
	holidays []holiday  // in order
	pieces   []piece    // in order
}

// A weekday is the openings of a day, and how long the days of the week before
// it are open.
type weekday struct {
	openings []stretch
	before   int64
}

// A stretch is an opening within its day.
type stretch struct{ from, to int64 }

// A holiday is a day since 1970-01-01, and the open time that all holidays
// before it take from their weeks.
type holiday struct{ day, before int64 }

// NewCalendar returns the calendar of business hours. It reports, as
// [success.Errors], a missing Zone, missing Openings and holidays that are none
// ([success.ErrMissing]); days of no week ([success.ErrUnknown]); times of day
// that are negative ([success.ErrNegative]), or more than 24 hours or not whole
// seconds ([success.ErrRange]); openings that end before they begin, or overlap
// another ([success.ErrOrder]).
func NewCalendar(hours Hours) (*Calendar, error) {
	var faults success.Errors
	hours.check(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	c := new(Calendar)
	c.fillWeek(hours.Openings)
	c.fillHolidays(hours.Holidays)
	c.fillPieces(hours.Zone)
	return c, nil
}

func (c *Calendar) fillWeek(openings []Opening) {
	for i := range c.week {
		w := &c.week[i]
		w.before = c.weekly
		for _, o := range openings {
			if int(o.Day) == (i+int(time.Thursday))%7 {
				w.openings = append(w.openings, stretch{int64(o.From), int64(o.To)})
				c.weekly += int64(o.To - o.From)
			}
		}
		slices.SortFunc(w.openings, func(a, b stretch) int { return cmp.Compare(a.from, b.from) })
	}
}

func (c *Calendar) fillHolidays(dates []success.Date) {
	days := make([]int64, len(dates))
	for i, d := range dates {
		days[i] = int64(d.Ordinal() - ordinal0)
	}
	slices.Sort(days)
	taken := int64(0)
	for _, d := range slices.Compact(days) {
		c.holidays = append(c.holidays, holiday{d, taken})
		for _, o := range c.weekday(d).openings {
			taken += o.to - o.from
		}
	}
	c.holidays = append(c.holidays, holiday{1 << 62, taken})
}

func (c *Calendar) weekday(day int64) *weekday { return &c.week[modulo(day, 7)] }

// holiday returns the first holiday that is not before a day.
func (c *Calendar) holiday(day int64) holiday {
	from, to := 0, len(c.holidays)-1
	for from < to {
		if mid := (from + to) / 2; c.holidays[mid].day < day {
			from = mid + 1
		} else {
			to = mid
		}
	}
	return c.holidays[from]
}

// openings returns those of a day, none on a holiday.
func (c *Calendar) openings(day int64) []stretch {
	if c.holiday(day).day == day {
		return nil
	}
	return c.weekday(day).openings
}

// wall returns the open time up to a time on the wall, counted from the same
// point for all, as if clocks were never put forward or back.
func (c *Calendar) wall(t int64) int64 {
	day := floor(t, nanosOfDay)
	t -= day * nanosOfDay
	w, next := c.weekday(day), c.holiday(day)
	sum := floor(day, 7)*c.weekly + w.before - next.before
	if next.day == day {
		return sum
	}
	for _, o := range w.openings {
		if t <= o.from {
			break
		}
		sum += min(t, o.to) - o.from
	}
	return sum
}

// Between returns the business time from one instant to another. It is never
// negative, never more than the time between them, and adds up: from a to b and
// from b to c are together from a to c.
//
// It reports, as [success.Errors], zero times ([success.ErrMissing]), times
// outside the years [FirstYear] to [LastYear] ([success.ErrRange]) and a time
// to that is before from ([success.ErrOrder]).
func (c *Calendar) Between(from, to time.Time) (time.Duration, error) {
	if covered(from) && covered(to) && from.UnixNano() <= to.UnixNano() {
		return c.between(from, to), nil
	}
	var faults success.Errors
	checkTime("from", "", -1, from, &faults)
	checkTime("to", "", -1, to, &faults)
	if faults.Count == 0 {
		faults.Add(&success.InputError{Record: "to", Index: -1, Value: stamp(to), Err: fault.New(success.ErrOrder, "is before from %s", stamp(from))})
	}
	return 0, faults.Err()
}

// between is [Calendar.Between] for times known to be good.
func (c *Calendar) between(from, to time.Time) time.Duration {
	a, b := from.UnixNano(), to.UnixNano()
	if c != nil {
		a, b = c.until(a), c.until(b)
	}
	return time.Duration(b - a)
}

// span returns the first second that is covered, and the first after it that is
// not.
func span() (from, to int64) {
	return time.Date(FirstYear, 1, 1, 0, 0, 0, 0, time.UTC).Unix(), time.Date(LastYear+1, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
}

func covered(t time.Time) bool {
	const from, to = -2208988800, 4102444800 // what span returns
	s := t.Unix()
	return s >= from && s < to
}

// checkTime reports a time that no calendar covers.
func checkTime(record, field string, index int, t time.Time, faults *success.Errors) {
	switch {
	case t.IsZero():
		faults.Add(&success.InputError{Record: record, Index: index, Field: field, Err: success.ErrMissing})
	case !covered(t):
		faults.Add(&success.InputError{Record: record, Index: index, Field: field, Value: stamp(t),
			Err: fault.New(success.ErrRange, "is outside the years %d to %d", FirstYear, LastYear)})
	}
}

func stamp(t time.Time) string { return t.Format(time.RFC3339) }

func floor(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func modulo(a, b int64) int64 { return a - floor(a, b)*b }
