package retention

import (
	"cmp"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/internal/wire"
)

// AppendBinary appends the cut to b as bytes, to be sent to where it is merged.
// Equal cuts are equal bytes: those of the name and of the size bands, and for
// each row those of its value, of its [Movement] and [Renewals], and 200 that
// pay for the memory that a row takes to read.
//
// It reports, as [success.Errors], a cut without a name ([success.ErrMissing]), rows
// and bands that are there twice ([success.ErrDuplicate]) or not in order
// ([success.ErrOrder]), a row of a band that there is not ([success.ErrUnknown]), and
// what the movement and the renewals of a row report, at its position. b is then
// returned as it was.
func (c Cut) AppendBinary(b []byte) ([]byte, error) {
	w := wire.NewWriter(b, wire.Cut)
	w.Text("Name", &c.Name)
	w.Flag("Additive", &c.Additive)
	w.Len(len(c.bands))
	for i := range c.bands {
		w.Text("Band", &c.bands[i])
		w.Room(bandRoom)
	}
	w.Len(len(c.Rows))
	for i := range c.Rows {
		c.Rows[i].fields(w)
		w.Room(rowRoom)
	}
	return w.Done(c.check)
}

// MarshalBinary returns what [Cut.AppendBinary] appends.
func (c Cut) MarshalBinary() ([]byte, error) { return c.AppendBinary(nil) }

// UnmarshalBinary reads what [Cut.AppendBinary] writes, and nothing else: any other
// data is reported, as [success.Errors], and leaves c as it is.
func (c *Cut) UnmarshalBinary(data []byte) error {
	var read Cut
	r := wire.NewReader(data, wire.Cut)
	r.Text("Name", &read.Name)
	r.Flag("Additive", &read.Additive)
	if n := r.Len("Bands", len(data), bandRoom+1); n > 0 {
		read.bands = make([]string, n)
	}
	for i := range read.bands {
		r.Text("Band", &read.bands[i])
		r.Room("Band", bandRoom)
	}
	if n := r.Len("Rows", len(data), rowRoom+1); n > 0 {
		read.Rows = make([]Row, n)
	}
	for i := range read.Rows {
		read.Rows[i].fields(r)
		r.Room("Rows", rowRoom)
	}
	err := r.Done(read.check)
	if err == nil {
		*c = read
	}
	return err
}

// A reader may not take more than eight times the memory of its bytes. A row or a
// band whose fields are short takes more, which these zeros pay for.
const (
	rowRoom  = 200
	bandRoom = 3
)

func (r *Row) fields(f wire.Fields) {
	f.Text("Value", &r.Value)
	r.Movement.fields(f)
	r.Renewals.fields(f)
}

// check adds what no cut of a book is like.
func (c *Cut) check(faults *success.Errors) {
	add := func(index int, field, value string, err error) {
		f := wire.Cut.Fault(field, value, err)
		f.Index = index
		faults.Add(f)
	}
	if c.Name == "" {
		add(-1, "Name", "", success.ErrMissing)
	}
	place := make(map[string]int, len(c.bands))
	for i, band := range c.bands {
		if _, again := place[band]; again {
			add(i, "Band", band, success.ErrDuplicate)
		}
		place[band] = i
	}
	for i := range c.Rows {
		row := &c.Rows[i]
		if _, known := place[row.Value]; !known && len(c.bands) > 0 {
			add(i, "Value", row.Value, success.ErrUnknown)
		}
		if i > 0 {
			before := c.Rows[i-1].Value
			switch order := cmp.Or(cmp.Compare(place[before], place[row.Value]), cmp.Compare(before, row.Value)); {
			case order == 0:
				add(i, "Value", row.Value, success.ErrDuplicate)
			case order > 0:
				add(i, "Value", row.Value, fault.New(success.ErrOrder, "is before %q", before))
			}
		}
		c.checkRow(i, faults)
	}
}

// checkRow adds what is wrong with the movement and the renewals of a row.
func (c *Cut) checkRow(i int, faults *success.Errors) {
	var own success.Errors
	c.Rows[i].Movement.check(&own)
	c.Rows[i].Renewals.check(&own)
	if err := own.Err(); err != nil {
		addAt(faults, i, err)
	}
}
