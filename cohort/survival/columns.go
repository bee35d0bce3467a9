package survival

import (
	"math"
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// Columns holds spans by field, the fast way in for large numbers of accounts.
// Record i is made of the elements i. Entered and Weight may be nil when nobody
// entered late and every record is one account. See [Span] for their meaning.
type Columns struct {
	Days    []int32
	Left    []bool
	Entered []int32
	Weight  []int32
}

// span returns record i.
func (c *Columns) span(i int) Span {
	s := Span{Days: int(c.Days[i]), Left: c.Left[i]}
	if c.Entered != nil {
		s.Entered = int(c.Entered[i])
	}
	if c.Weight != nil {
		s.Weight = int(c.Weight[i])
	}
	return s
}

// CountsOfColumns returns the counts of spans held by column. It reports
// columns of different lengths ([success.ErrRange]) and every record that
// [Span.Validate] refuses.
func CountsOfColumns(c Columns) (*Counts, error) {
	if err := c.checkLengths(); err != nil {
		return nil, err
	}
	if c.Entered == nil && c.Weight == nil && len(c.Days) < math.MaxUint32 {
		if longest := maxDay(c.Days); longest <= MaxDays {
			return countPlain(c.Days, c.Left, int(longest)), nil
		}
	}
	counts, faults := new(Counts), success.Errors{}
	for i := range c.Days {
		if s := c.span(i); s.valid() {
			counts.count(&s)
		} else {
			s.check(i, &faults)
		}
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return counts, nil
}

// maxDay returns the longest duration; a negative one is longer than any.
func maxDay(days []int32) uint32 {
	longest := uint32(0)
	for _, d := range days {
		longest = max(longest, uint32(d))
	}
	return longest
}

// countPlain counts accounts in a table small enough to stay close at hand:
// twice the day, and one more for those that left.
func countPlain(days []int32, left []bool, longest int) *Counts {
	table := make([]uint32, 2*(longest+1))
	left = left[:len(days)]
	for i, d := range days {
		n := uint(0)
		if left[i] {
			n = 1
		}
		table[uint(d)<<1|n]++
	}
	counts := &Counts{stays: make([][2]int64, longest+1), total: int64(len(days))}
	for day := range counts.stays {
		counts.stays[day] = [2]int64{int64(table[2*day]), int64(table[2*day+1])}
	}
	return counts
}

func (c *Columns) checkLengths() error {
	var faults success.Errors
	check := func(field string, n int) {
		if n != len(c.Days) {
			faults.Add(&success.InputError{Record: "columns", Index: -1, Field: field, Value: strconv.Itoa(n),
				Err: fault.New(success.ErrRange, "records, but Days has %d", len(c.Days))})
		}
	}
	check("Left", len(c.Left))
	if c.Entered != nil {
		check("Entered", len(c.Entered))
	}
	if c.Weight != nil {
		check("Weight", len(c.Weight))
	}
	return faults.Err()
}
