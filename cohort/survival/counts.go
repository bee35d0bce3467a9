package survival

import "metrics.internal/success"

// Counts holds, for every day, how many accounts left, were censored and
// entered: all that a curve or a test needs to know of them. The zero value is
// empty and ready to use. Counts of disjoint groups of accounts add up with
// [Counts.Merge] to those of all, in any order.
//
// Counts must not be copied once something was added.
type Counts struct {
	stays   [][2]int64 // by day: censored, left
	entered []int64    // by day; late entries only
	surplus []int64    // by day: accounts that left beyond the records that hold them
	total   int64
	late    int64 // of total, those that entered late
}

// CountsOf returns the counts of spans. It reports every span that
// [Span.Validate] refuses.
func CountsOf(spans []Span) (*Counts, error) {
	var faults success.Errors
	c := new(Counts)
	for i := range spans {
		if s := &spans[i]; s.valid() {
			c.count(s)
		} else {
			s.check(i, &faults)
		}
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return c, nil
}

// Add counts one more span, or reports what [Span.Validate] does.
func (c *Counts) Add(s Span) error {
	if !s.valid() {
		return s.Validate()
	}
	c.count(&s)
	return nil
}

// count counts a valid span.
func (c *Counts) count(s *Span) {
	left := 0
	if s.Left {
		left = 1
	}
	if s.Days >= len(c.stays) {
		c.stays = grown(c.stays, s.Days)
	}
	w := int64(1)
	if s.Weight|s.Entered != 0 {
		w = s.weight()
		c.note(s, w)
	}
	c.total += w
	c.stays[s.Days][left] += w
}

// note counts what is special about a span: a late entry or a weight.
func (c *Counts) note(s *Span, w int64) {
	if s.Entered != 0 {
		c.entered = grown(c.entered, s.Entered)
		c.entered[s.Entered] += w
		c.late += w
	}
	if s.Left && w != 1 {
		c.surplus = grown(c.surplus, s.Days)
		c.surplus[s.Days] += w - 1
	}
}

// Merge adds the counts of other, which stays as it is.
func (c *Counts) Merge(other *Counts) {
	c.stays = grown(c.stays, len(other.stays)-1)
	for day, n := range other.stays {
		c.stays[day][0] += n[0]
		c.stays[day][1] += n[1]
	}
	c.entered = plus(c.entered, other.entered)
	c.surplus = plus(c.surplus, other.surplus)
	c.total += other.total
	c.late += other.late
}

// Accounts returns how many accounts were counted.
func (c *Counts) Accounts() int64 { return c.total }

// Left returns how many of them left.
func (c *Counts) Left() int64 {
	var sum int64
	for _, n := range c.stays {
		sum += n[1]
	}
	return sum
}

func plus(a, b []int64) []int64 {
	a = grown(a, len(b)-1)
	for day, n := range b {
		a[day] += n
	}
	return a
}

// grown returns s with room for a day, twice as much as before when it had to
// grow.
func grown[T any](s []T, day int) []T {
	if day < len(s) {
		return s
	}
	if day < cap(s) {
		return s[:day+1]
	}
	larger := make([]T, day+1, min(max(day+1, 2*len(s)), MaxDays+1))
	copy(larger, s)
	return larger
}

// at returns the element of a day, 0 beyond the end.
func at(s []int64, day int) int64 {
	if day < len(s) {
		return s[day]
	}
	return 0
}
