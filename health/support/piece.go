package support

import "time"

// A piece is a stretch of time, up to the next one, in which business time runs
// in one way: by the clock on the wall at one offset, or, around a repeated hour,
// all the time or not at all.
type piece struct {
	from   int64 // its first instant, in nanoseconds since 1970-01-01 UTC
	pace   pace
	offset int64 // of the clock from UTC, where it goes by the clock
	base   int64 // the business time up to from, less what c.wall counts up to there where it goes by the clock
}

type pace uint8

const (
	byClock pace = iota
	stopped
	running
)

// until returns the business time up to an instant, counted from the same point
// for all.
func (c *Calendar) until(t int64) int64 {
	from, to := 0, len(c.pieces)
	for to-from > 1 {
		if mid := int(uint(from+to) / 2); c.pieces[mid].from <= t {
			from = mid
		} else {
			to = mid
		}
	}
	return c.pieces[from].until(c, t)
}

func (p *piece) until(c *Calendar, t int64) int64 {
	switch p.pace {
	case stopped:
		return p.base
	case running:
		return p.base + t - p.from
	}
	return p.base + c.wall(t+p.offset)
}

// begin lets business time run in another way from an instant on, or from where
// the piece before begins if that is later, without a leap.
func (c *Calendar) begin(from int64, pace pace, offset int64) {
	last := len(c.pieces) - 1
	next := piece{from: max(from, c.pieces[last].from), pace: pace, offset: offset}
	next.base = c.pieces[last].until(c, next.from)
	if pace == byClock {
		next.base -= c.wall(next.from + offset)
	}
	c.pieces = append(c.pieces, next)
}

// fillPieces goes through the changes of the clock. Days on the wall reach
// beyond what is covered by less than two.
func (c *Calendar) fillPieces(zone *time.Location) {
	first, end := span()
	t := time.Unix(first, 0).In(zone)
	offset := offsetAt(t)
	c.pieces = []piece{{from: t.UnixNano(), offset: offset}}
	for t = afterwards(t); t.Unix() < end; t = afterwards(t) {
		at, after := t.UnixNano(), offsetAt(t)
		switch {
		case after > offset:
			c.begin(at, byClock, after)
		case after < offset:
			c.repeat(at, offset, after)
		}
		offset = after
	}
}

// afterwards returns the next instant after t at which the clock may change. For
// years that a zone has only rules for, ZoneBounds ends a year after 365 days,
// and does not get past the last day of a leap year.
func afterwards(t time.Time) time.Time {
	_, change := t.ZoneBounds()
	if change.IsZero() {
		return time.Unix(1<<40, 0)
	}
	if !change.After(t) {
		return t.Add(day)
	}
	return change
}

// offsetAt returns the offset of the clock at t, in nanoseconds.
func offsetAt(t time.Time) int64 {
	_, seconds := t.Zone()
	return int64(seconds) * int64(time.Second)
}

// repeat takes in a change at which the clock is put back. What it shows in the
// length of the change before, it shows again after. Every opening that has one
// of these times in it, or ends with the first of them, is open at the change:
// its beginning is the first occurrence and its end the last.
func (c *Calendar) repeat(at, before, after int64) {
	length := before - after
	again := at + after // on the wall, as is the end
	end := again + length
	opens, closes := end, again
	for day := floor(again, nanosOfDay) - 1; day <= floor(end, nanosOfDay); day++ {
		for _, o := range c.openings(day) {
			from, to := day*nanosOfDay+o.from, day*nanosOfDay+o.to
			if from < end && to >= again {
				opens, closes = min(opens, from), max(closes, to)
			}
		}
	}
	c.begin(at-length, stopped, 0)
	if opens < end {
		c.begin(max(opens, again)-before, running, 0)
		c.begin(min(closes, end)-after, stopped, 0)
	}
	c.begin(at+length, byClock, after)
}
