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
	c.write(w)
	return w.Done(c.check)
}

// write appends the days of c.
func (c *Counts) write(w *wire.Writer) {
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
	read := readCounts(r)
	err := r.Done(read.check)
	if err == nil {
		*c = *read
	}
	return err
}

// readCounts reads what [Counts.write] wrote, and nothing that it looks at as a
// whole: that is for [Counts.check].
func readCounts(r *wire.Reader) *Counts {
	c := new(Counts)
	c.stays = readStays(r)
	c.entered = readColumn(r, "Entered", max(0, len(c.stays)-1))
	c.surplus = readColumn(r, "Weight", len(c.stays))
	c.total, c.late, _ = c.sums()
	return c
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
	total, late, ok := c.sums()
	if !ok {
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

// sums returns how many accounts there are, and how many of them entered late. ok
// is false when there are more than maxAccounts of either.
func (c *Counts) sums() (total, late int64, ok bool) {
	for _, n := range c.stays {
		if n[0] > maxAccounts-total || n[1] > maxAccounts-total-n[0] {
			return 0, 0, false
		}
		total += n[0] + n[1]
	}
	for _, n := range c.entered {
		if n > maxAccounts-late {
			return 0, 0, false
		}
		late += n
	}
	return total, late, true
}
