package survival

import (
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/internal/wire"
)

// maxAccounts is how many accounts counts that are sent may hold.
const maxAccounts = 1 << 62

// AppendBinary appends the counts to b as bytes, to be sent to where they are
// merged. Counts of the same accounts are the same bytes, however they were added
// and merged: each day is two numbers in base 128, and how many records there
// were does not matter. Of n accounts seen up to day D they are at most
//
//	8 + 2·(D + 1) + n/128
//
// bytes, and with late entries and weights 14 + 4·(D + 1) + 3·n/128: some 4,400
// for a million accounts over 1,100 days.
//
// More than 2⁶² accounts are reported ([success.ErrRange]), and b is then returned
// as it was.
func (c *Counts) AppendBinary(b []byte) ([]byte, error) {
	w := wire.NewWriter(b, wire.SurvivalCounts)
	days := len(c.stays)
	for days > 0 && c.stays[days-1] == [2]int64{} {
		days--
	}
	w.Len(days)
	for _, n := range c.stays[:days] {
		w.Count("Censored", n[0], maxAccounts)
		w.Count("Left", n[1], maxAccounts)
	}
	writeColumn(w, "Entered", c.entered)
	writeColumn(w, "Weight", c.surplus)
	return w.Done(c.check)
}

// MarshalBinary returns what [Counts.AppendBinary] appends.
func (c *Counts) MarshalBinary() ([]byte, error) { return c.AppendBinary(nil) }

// UnmarshalBinary reads what [Counts.AppendBinary] writes, in place of what c
// held, and nothing else: any other data is reported, as [success.Errors], and
// leaves c as it is. Among that are days beyond [MaxDays], days on which more
// accounts go than are at risk, and weights above [MaxWeight]. It allocates no more
// than eight times the size of the data, and the rounding of three allocations.
func (c *Counts) UnmarshalBinary(data []byte) error {
	r := wire.NewReader(data, wire.SurvivalCounts)
	var read Counts
	read.stays = readStays(r)
	read.entered = readColumn(r, "Entered", max(0, len(read.stays)-1))
	read.surplus = readColumn(r, "Weight", len(read.stays))
	err := r.Done(read.check)
	if err == nil {
		read.total, _ = sum(read.gone)
		read.late, _ = sum(read.enters)
		*c = read
	}
	return err
}

func writeColumn(w *wire.Writer, field string, column []int64) {
	w.Len(len(column))
	for _, n := range column {
		w.Count(field, n, maxAccounts)
	}
}

func readStays(r *wire.Reader) [][2]int64 {
	days := r.Len("Days", MaxDays+1, 2)
	if days == 0 {
		return nil
	}
	stays := make([][2]int64, days)
	for day := range stays {
		stays[day] = [2]int64{r.Count("Censored", maxAccounts), r.Count("Left", maxAccounts)}
	}
	if stays[days-1] == [2]int64{} {
		refuseEmptyDay(r, "Days")
	}
	return stays
}

func readColumn(r *wire.Reader, field string, most int) []int64 {
	days := r.Len(field, most, 1)
	if days == 0 {
		return nil
	}
	column := make([]int64, days)
	for day := range column {
		column[day] = r.Count(field, maxAccounts)
	}
	if column[days-1] == 0 {
		refuseEmptyDay(r, field)
	}
	return column
}

func refuseEmptyDay(r *wire.Reader, field string) {
	r.Refuse(field, "", fault.New(success.ErrRange, "end with a day that has none"))
}

// check adds what no counts of spans are like.
func (c *Counts) check(faults *success.Errors) {
	add := func(field string, n int64, err error) {
		faults.Add(wire.SurvivalCounts.Fault(field, strconv.FormatInt(n, 10), err))
	}
	total, ok1 := sum(c.gone)
	late, ok2 := sum(c.enters)
	if !ok1 || !ok2 {
		faults.Add(wire.SurvivalCounts.Fault("Accounts", "", fault.New(success.ErrRange, "are more than 2⁶²")))
		return
	}
	if first := at(c.entered, 0); first > 0 {
		add("Entered", first, fault.New(success.ErrRange, "entered late, but on day 0"))
	}
	all := side{Counts{stays: c.stays, entered: c.entered}, total - late}
	for day, n := range c.stays {
		if gone := n[0] + n[1]; gone > all.risk {
			add("Left", gone, fault.New(success.ErrRange, "or censored on day %d are more than the %d at risk", day, all.risk))
			return
		}
		if records := n[1] - at(c.surplus, day); records < (n[1]+MaxWeight-1)/MaxWeight {
			add("Weight", n[1], fault.New(success.ErrRange, "who left on day %d are not %d records", day, records))
			return
		}
		all.pass(day)
	}
}

// gone calls yield with how many accounts left or were censored on each day.
func (c *Counts) gone(yield func(int64) bool) {
	for _, n := range c.stays {
		if !yield(n[0]) || !yield(n[1]) {
			return
		}
	}
}

// enters calls yield with how many accounts entered late on each day.
func (c *Counts) enters(yield func(int64) bool) {
	for _, n := range c.entered {
		if !yield(n) {
			return
		}
	}
}

// sum adds numbers that are not negative. ok is false when there are more than
// maxAccounts.
func sum(column func(yield func(int64) bool)) (total int64, ok bool) {
	for n := range column {
		if n > maxAccounts-total {
			return 0, false
		}
		total += n
	}
	return total, true
}
