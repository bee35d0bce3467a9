package attribution

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// build makes the pipeline of records that have no faults. What it adds to the
// faults is what cannot be converted.
func (b *builder) build() *Pipeline {
	p := &Pipeline{asOf: b.asOf(), level: b.options.Level, teams: maps.Clone(b.options.Teams)}
	p.leads = make([]lead, 0, len(b.records.Leads))
	p.deals = make([]deal, 0, len(b.records.Deals))
	known := b.until(p.asOf)
	for _, i := range inOrder(b.leads) {
		if l := &b.records.Leads[i]; known(l.At) {
			p.leads = append(p.leads, lead{Lead: *l, into: -1, day: success.DateOf(l.At), outcome: b.judge(l)})
		}
	}
	p.merge(b.duplicates())
	for _, i := range inOrder(b.deals) {
		if known(b.records.Deals[i].Opened) {
			p.deals = append(p.deals, b.known(i, known, p.asOf))
		}
	}
	p.number(b.options.Currency)
	p.attribute(b.options.RefuseOwn)
	p.touches = touchesOf(b.records.Touches)
	return p
}

// inOrder returns positions in order of the IDs they are of.
func inOrder[ID ~string](at map[ID]int) []int {
	type place struct {
		id ID
		at int
	}
	all := make([]place, 0, len(at))
	for id, i := range at {
		all = append(all, place{id, i})
	}
	slices.SortFunc(all, func(a, b place) int { return strings.Compare(string(a.id), string(b.id)) })
	order := make([]int, len(all))
	for i, p := range all {
		order[i] = p.at
	}
	return order
}

// asOf returns the day from which on nothing is known.
func (b *builder) asOf() success.Date {
	if !b.options.AsOf.IsZero() {
		return b.options.AsOf
	}
	var newest success.Date
	see := func(t time.Time) {
		if day := success.DateOf(t); !t.IsZero() && day.After(newest) {
			newest = day
		}
	}
	for i := range b.records.Leads {
		see(b.records.Leads[i].At)
	}
	for i := range b.records.Deals {
		see(b.records.Deals[i].Opened)
		see(b.records.Deals[i].Closed)
	}
	for i := range b.records.Adjustments {
		see(b.records.Adjustments[i].At)
	}
	return newest.AddDays(1)
}

// until returns whether a time is known before the day as-of. All are when that
// follows from them, even those of the last day there is, which no day is after.
func (b *builder) until(asOf success.Date) func(time.Time) bool {
	all := b.options.AsOf.IsZero()
	return func(t time.Time) bool { return all || success.DateOf(t).Before(asOf) }
}

// judge returns what becomes of a lead by itself.
func (b *builder) judge(l *Lead) LeadOutcome {
	if l.Source != Service {
		return LeadAccepted
	}
	if l.Interaction == "" {
		return LeadNoInteraction
	}
	i := &b.records.Interactions[b.interactions[l.Interaction]]
	switch {
	case i.Account != l.Account:
		return LeadOtherAccount
	case i.At.After(l.At):
		return LeadLaterInteraction
	}
	return LeadAccepted
}

// duplicates returns for how long another lead is a duplicate, below 0 for none:
// then even one at the same moment is later than that.
func (b *builder) duplicates() time.Duration {
	const standard = 90
	return time.Duration(cmp.Or(max(-1, b.options.DuplicateDays), standard)) * 24 * time.Hour
}

// merge finds the duplicates among the leads that are in order.
func (p *Pipeline) merge(within time.Duration) {
	order := make([]int32, 0, len(p.leads))
	for i := range p.leads {
		if p.leads[i].outcome == LeadAccepted {
			order = append(order, int32(i))
		}
	}
	slices.SortStableFunc(order, func(x, y int32) int { // ties stay in order of IDs
		return cmp.Or(strings.Compare(string(p.leads[x].Account), string(p.leads[y].Account)), p.leads[x].At.Compare(p.leads[y].At))
	})
	accepted := int32(-1)
	for _, i := range order {
		l := &p.leads[i]
		if accepted >= 0 && l.Account == p.leads[accepted].Account && !l.At.After(p.leads[accepted].At.Add(within)) {
			l.outcome = LeadMerged
		} else {
			accepted = i
		}
		l.into = accepted
	}
}

// known returns a deal as it was known, with its worth.
func (b *builder) known(i int, known func(time.Time) bool, asOf success.Date) deal {
	d := deal{Deal: b.records.Deals[i], lead: -1}
	if d.Status == Open || !known(d.Closed) {
		d.Status, d.Closed = Open, time.Time{}
		d.day = success.DateOf(d.Opened)
		b.value(&d, i, asOf, nil)
		return d
	}
	d.day = success.DateOf(d.Closed)
	changes := b.changes[i]
	if end := slices.IndexFunc(changes, func(at int32) bool { return !known(b.records.Adjustments[at].At) }); end >= 0 {
		changes = changes[:end] // those after it took from what it left
	}
	b.value(&d, i, d.day, changes)
	return d
}

// value sets what the deal at a position is worth at the rate of a day, with the
// adjustments that count: after each, the amount that is left is converted, and
// it is taken for the difference from the one before, so that they add up.
func (b *builder) value(d *deal, i int, day success.Date, changes []int32) {
	factor := b.factor(i, day)
	gross, net := b.micros[i], b.micros[i]
	d.amount, _ = factor.Convert(net)
	d.net = d.amount
	for _, at := range changes {
		gross, net = gross+max(0, b.changed[at]), net+b.changed[at]
		before, change := d.net, b.records.Adjustments[at]
		d.net, _ = factor.Convert(net)
		change.Amount = exact.Decimal(d.net - before)
		d.changes = append(d.changes, change)
	}
	var ok bool
	if d.gross, ok = factor.Convert(gross); !ok { // the others are not above it
		b.door("deal", i).Add("Amount", exact.Show(d.Amount), success.ErrRange)
	}
}

// factor returns what converts the amounts of the deal at a position on a day.
func (b *builder) factor(i int, day success.Date) exact.Factor {
	from := b.records.Deals[i].Currency
	if b.options.Currency == "" || from == "" {
		return exact.One()
	}
	return b.ladders[from].on(day)
}

// number gives each deal the position of its currency.
func (p *Pipeline) number(reporting string) {
	p.currencies = []string{reporting}
	if reporting != "" || len(p.deals) == 0 {
		return
	}
	named := map[string]bool{}
	for i := range p.deals {
		named[p.deals[i].Currency] = true
	}
	p.currencies = keysInOrder(named)
	for i := range p.deals {
		p.deals[i].currency, _ = slices.BinarySearch(p.currencies, p.deals[i].Currency)
	}
}

// attribute gives each deal to its lead.
func (p *Pipeline) attribute(refuseOwn bool) {
	at := make(map[LeadID]int32, len(p.leads))
	for i := range p.leads {
		at[p.leads[i].ID] = int32(i)
	}
	for i := range p.deals {
		d := &p.deals[i]
		named, known := at[d.Lead]
		if !known {
			d.outcome = DealNoLead
			continue
		}
		into := p.leads[named].into
		if d.outcome = p.match(d, into, refuseOwn); d.outcome == DealAttributed {
			d.lead = into
			p.leads[into].deals = append(p.leads[into].deals, int32(i))
		}
	}
}

// match returns what becomes of a deal that names a lead, which counts for the
// accepted one at a position.
func (p *Pipeline) match(d *deal, into int32, refuseOwn bool) DealOutcome {
	if into < 0 {
		return DealLeadRefused
	}
	switch l := &p.leads[into]; {
	case l.Account != d.Account:
		return DealOtherAccount
	case d.Opened.Before(l.At):
		return DealBeforeLead
	case refuseOwn && l.Agent != "" && l.Agent == d.Owner:
		return DealOwnLead
	}
	return DealAttributed
}
