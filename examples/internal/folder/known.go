package folder

import (
	"maps"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/retention"
)

// Newest returns the newest day on which something is recorded to have begun or
// happened, none in an empty folder. Days to come, on which a contract ends or a
// goal is due, do not count, nor do exchange rates, which are the market's.
func (f *Folder) Newest() success.Date {
	var newest success.Date
	f.days(func(d success.Date) {
		if d.After(newest) {
			newest = d
		}
	})
	return newest
}

// days calls see with the days on which something happened.
func (f *Folder) days(see func(success.Date)) {
	for _, c := range f.Contracts {
		see(c.Start)
	}
	for _, a := range f.Accounts {
		see(a.SignedUp)
	}
	for _, m := range f.Mergers {
		see(m.On)
	}
	f.serviceDays(see)
	f.salesDays(func(t time.Time) { see(success.DateOf(t)) })
}

func (f *Folder) serviceDays(see func(success.Date)) {
	for _, i := range f.Interactions {
		see(success.DateOf(i.At))
		see(dayOf(i.FirstReplyAt))
		see(dayOf(i.SolvedAt))
	}
	for _, s := range f.Surveys {
		see(success.DateOf(s.At))
	}
	for _, u := range f.Usage {
		see(u.Date)
	}
	for _, g := range f.Goals {
		see(g.Start)
		see(g.Achieved)
	}
	for _, c := range f.Contacts {
		see(c.Since)
	}
	for _, h := range f.Help {
		see(h.Began)
	}
}

func (f *Folder) salesDays(see func(time.Time)) {
	for _, l := range f.Leads {
		see(l.At)
	}
	for _, d := range f.Deals {
		see(d.Opened)
		if d.Status != attribution.Open && !d.Closed.IsZero() {
			see(d.Closed)
		}
	}
	for _, a := range f.Adjustments {
		see(a.At)
	}
	for _, t := range f.Touches {
		see(t.At)
	}
}

// dayOf is none for the zero time.
func dayOf(t time.Time) success.Date {
	if t.IsZero() {
		return success.Date{}
	}
	return success.DateOf(t)
}

// Known returns the folder as it was known before the day asOf: without what
// began or happened on it or later, and with open ends where an end lies there.
// Exchange rates are kept.
func (f *Folder) Known(asOf success.Date) *Folder {
	v := view{f, asOf, &Folder{Rates: f.Rates, Notes: f.Notes, files: maps.Clone(f.files)}}
	v.revenue()
	v.service()
	v.customers()
	v.sales()
	return v.to
}

// A view takes what was known from one folder to another.
type view struct {
	from *Folder
	asOf success.Date
	to   *Folder
}

// later reports whether a day is unknown as yet.
func (v view) later(d success.Date) bool { return !d.IsZero() && !d.Before(v.asOf) }

func (v view) laterTime(t time.Time) bool { return v.later(dayOf(t)) }

// until returns the day, none when it is unknown as yet.
func (v view) until(d success.Date) success.Date {
	if v.later(d) {
		return success.Date{}
	}
	return d
}

func (v view) untilTime(t time.Time) time.Time {
	if v.laterTime(t) {
		return time.Time{}
	}
	return t
}

// known returns the records of a file for which keep reports true. keep may take
// out of its copy what is unknown as yet.
func known[T any](v view, name string, records []T, keep func(record *T) bool) []T {
	if !v.from.Has(name) {
		return nil
	}
	was, is := v.from.files[name], &file{}
	kept := make([]T, 0, len(records))
	for i, record := range records {
		if keep(&record) {
			kept = append(kept, record)
			is.lines = append(is.lines, was.lines[i])
		}
	}
	v.to.files[name] = is
	return kept
}

func (v view) revenue() {
	dropped := map[success.ContractID]bool{}
	for _, c := range v.from.Contracts {
		if v.later(c.Start) {
			dropped[c.ID] = true
		}
	}
	v.to.Contracts = known(v, "contracts.csv", v.from.Contracts, func(c *success.Contract) bool {
		c.End = v.until(c.End)
		if dropped[c.Credits] {
			c.Credits = ""
		}
		return !v.later(c.Start)
	})
	v.to.Accounts = known(v, "accounts.csv", v.from.Accounts, func(a *success.Account) bool {
		a.SignedUp = v.until(a.SignedUp)
		return true
	})
	v.to.Mergers = known(v, "mergers.csv", v.from.Mergers, func(m *retention.Merger) bool { return !v.later(m.On) })
}

func (v view) service() {
	v.to.Interactions = known(v, "interactions.csv", v.from.Interactions, func(i *success.Interaction) bool {
		i.FirstReplyAt, i.SolvedAt = v.untilTime(i.FirstReplyAt), v.untilTime(i.SolvedAt)
		return !v.laterTime(i.At)
	})
	interactions := set(v.to.Interactions, func(i success.Interaction) string { return string(i.ID) })
	still := func(id *success.InteractionID) {
		if v.from.Has("interactions.csv") && !interactions[string(*id)] {
			*id = ""
		}
	}
	v.to.Surveys = known(v, "surveys.csv", v.from.Surveys, func(s *Survey) bool {
		still(&s.Interaction)
		return !v.laterTime(s.At)
	})
	v.to.Leads = known(v, "leads.csv", v.from.Leads, func(l *attribution.Lead) bool {
		still(&l.Interaction)
		return !v.laterTime(l.At)
	})
}

func (v view) customers() {
	v.to.Usage = known(v, "usage.csv", v.from.Usage, func(u *Usage) bool { return !v.later(u.Date) })
	v.to.Goals = known(v, "goals.csv", v.from.Goals, func(g *Goal) bool {
		if v.later(g.Achieved) {
			g.Achieved, g.State = success.Date{}, ""
		}
		return !v.later(g.Start)
	})
	v.to.Contacts = known(v, "contacts.csv", v.from.Contacts, func(c *Contact) bool {
		c.Until = v.until(c.Until)
		return !v.later(c.Since)
	})
	v.to.Help = known(v, "help.csv", v.from.Help, func(h *Help) bool { return !v.later(h.Began) })
}

func (v view) sales() {
	leads := set(v.to.Leads, func(l attribution.Lead) string { return string(l.ID) })
	v.to.Deals = known(v, "deals.csv", v.from.Deals, func(d *attribution.Deal) bool {
		if v.laterTime(d.Closed) {
			d.Closed, d.Status = time.Time{}, attribution.Open
		}
		if v.from.Has("leads.csv") && !leads[string(d.Lead)] {
			d.Lead = ""
		}
		return !v.laterTime(d.Opened)
	})
	deals := set(v.to.Deals, func(d attribution.Deal) string { return string(d.ID) })
	v.to.Adjustments = known(v, "adjustments.csv", v.from.Adjustments, func(a *attribution.Adjustment) bool {
		return !v.laterTime(a.At) && (!v.from.Has("deals.csv") || deals[string(a.Deal)])
	})
	v.to.Touches = known(v, "touches.csv", v.from.Touches, func(t *attribution.Touch) bool { return !v.laterTime(t.At) })
}
