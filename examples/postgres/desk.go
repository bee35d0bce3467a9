package main

import (
	"fmt"
	"iter"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/health/support"
)

// batch is how many tickets of a month are held before they are counted.
const batch = 256

// A desk counts, month by month, how customers were served who began a thread.
type desk struct {
	months  []success.Period
	options support.Options
	held    [][]support.Ticket // by month
	tallies []support.Tally    // by month
}

func newDesk(months []success.Period, asOf success.Date) *desk {
	return &desk{
		months:  months,
		options: support.Options{AsOf: asOf.Time(time.UTC)},
		held:    make([][]support.Ticket, len(months)),
		tallies: make([]support.Tally, len(months)),
	}
}

// serve counts interactions as they come. An error says which of them it is about,
// or in which month it lies.
func (d *desk) serve(interactions iter.Seq2[success.Interaction, error]) error {
	n := 0
	for i, err := range interactions {
		if err != nil {
			return fmt.Errorf("interaction[%d]: %w", n, err)
		}
		n++
		if err := d.add(i); err != nil {
			return err
		}
	}
	for month := range d.months {
		if err := d.count(month); err != nil {
			return err
		}
	}
	return nil
}

// add takes tickets: what customers asked somebody.
func (d *desk) add(i success.Interaction) error {
	if i.Initiative == success.Proactive || i.Format == success.SelfService {
		return nil
	}
	for month, p := range d.months {
		if p.Contains(success.DateOf(i.At)) {
			d.held[month] = append(d.held[month], support.Ticket{Interaction: i})
			if len(d.held[month]) == batch {
				return d.count(month)
			}
		}
	}
	return nil
}

// count adds the tickets that are held of a month to its tally.
func (d *desk) count(month int) error {
	tally, err := support.TallyOf(d.held[month], d.options)
	if err != nil {
		return fmt.Errorf("interactions of %v: %w", d.months[month], err)
	}
	d.tallies[month].Merge(tally)
	d.held[month] = d.held[month][:0]
	return nil
}
