package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/credit"
)

// maxAgents and maxKeys are how many rows are shown.
const (
	maxAgents = 10
	maxKeys   = 12
)

// headline returns what service found, empty when it found nothing.
func (a *attributionSection) headline() string {
	if a == nil {
		return ""
	}
	net := a.service().Money[0].Net
	all := a.sources.Total.Money[0].Net
	if !net.IsPositive() {
		return ""
	}
	return fmt.Sprintf("service leads brought %s of %s won", amount(net, 0), amount(all, 0))
}

// service returns the row of service leads.
func (a *attributionSection) service() attribution.Row {
	return leadsOf(a.sources, attribution.Service)
}

// leadsOf returns the row of a source, an empty one when it has none.
func leadsOf(t attribution.Table, source attribution.Source) attribution.Row {
	for _, r := range t.Rows {
		if r.Key == source.String() {
			return r
		}
	}
	return attribution.Row{Money: []attribution.Money{{}}}
}

func (a *attributionSection) write(p *page) {
	a.writeSources(p)
	a.writeService(p)
	a.writeAgents(p)
	a.writeOutcomes(p)
	if a.touched {
		a.writeModels(p)
	}
}

// in names the currency behind a heading.
func (a *attributionSection) in(heading string) string {
	if a.currency == "" {
		return heading
	}
	return heading + " (" + a.currency + ")"
}

func (a *attributionSection) writeSources(p *page) {
	p.heading(a.in("Leads of the period, and deals won in it, by source"))
	g := newGrid("", "leads", "accepted", "won", "of accepted", "95 % interval", "deals", "gross", "refunded", "net")
	for _, r := range a.sources.Rows {
		g.add(leadCells(nameOf(r.Key), r)...)
	}
	g.add(leadCells("all", a.sources.Total)...)
	g.write(p)
}

func leadCells(name string, r attribution.Row) []string {
	m, c := r.Money[0], r.Conversion()
	return []string{
		name, strconv.Itoa(r.Leads), strconv.Itoa(r.Accepted), strconv.Itoa(r.WonLeads), share(c.Value), interval(c.Lower, c.Upper),
		strconv.Itoa(m.WonDeals), amount(m.Gross, 0), amount(m.Reversed, 0), amount(m.Net, 0),
	}
}

// nameOf returns what a key is called on the page.
func nameOf(key string) string {
	switch key {
	case attribution.Unattributed:
		return "no lead"
	case attribution.NoKey:
		return "not named"
	}
	return key
}

// writeService says how service leads compare, and what may come of them.
func (a *attributionSection) writeService(p *page) {
	service := a.service()
	if service.Accepted == 0 {
		return
	}
	if other, ok := a.rival(); ok {
		p.text(fmt.Sprintf("Service leads are won %s against those of %s.", points(service.Difference(other)), nameOf(other.Key)))
	}
	if days, ok := service.DaysToWin(0.5).Float64(); ok {
		p.text(fmt.Sprintf("Half of them are won within %.0f days, once those still open are allowed for.", days))
	}
	if e := service.Expected(); service.OpenLeads > 0 && e.Value.Defined() {
		p.text(fmt.Sprintf("The %s still open may bring %s%s.", plural(service.OpenLeads, "service lead"), whole(e.Value), between(e)))
	}
	if t := a.target; t != nil {
		p.text(fmt.Sprintf("Target of %s: %s reached, with %s of its %d days over; pace %s, %s at this rate.",
			amount(t.Goal.Amount, 0), percent(t.Attainment()), percent(t.Elapsed()), t.Days, times(t.Pace(), 2), times(t.Projected(), 0)))
	}
}

// rival returns the source other than service with the most accepted leads.
func (a *attributionSection) rival() (r attribution.Row, ok bool) {
	for _, other := range a.sources.Rows {
		if other.Key != attribution.Service.String() && other.Accepted > r.Accepted {
			r, ok = other, true
		}
	}
	return r, ok
}

func whole(f success.Figure) string {
	v, ok := f.Float64()
	if !ok {
		return "n/a"
	}
	return amount(decimal.NewFromFloat(v), 0)
}

func between(e success.Estimate) string {
	if !e.Lower.Defined() || !e.Upper.Defined() {
		return ""
	}
	return fmt.Sprintf(" (95 %% interval %s to %s)", whole(e.Lower), whole(e.Upper))
}

// writeAgents lists who found the service leads, the most revenue first.
func (a *attributionSection) writeAgents(p *page) {
	rows := slices.Clone(a.agents.Rows)
	if len(rows) == 0 {
		return
	}
	slices.SortStableFunc(rows, func(x, y attribution.Row) int {
		return cmp.Or(y.Money[0].Net.Cmp(x.Money[0].Net), cmp.Compare(y.WonLeads, x.WonLeads), cmp.Compare(x.Key, y.Key))
	})
	shown := rows[:min(len(rows), maxAgents)]
	title := "Service leads by who found them"
	if len(shown) < len(rows) {
		title = fmt.Sprintf("Service leads by the first %d of %s who found them", len(shown), plural(len(rows), "person"))
	}
	p.heading(a.in(title))
	g := newGrid("", "leads", "accepted", "won", "of accepted", "95 % interval", "deals", "gross", "refunded", "net")
	for _, r := range shown {
		g.add(leadCells(nameOf(r.Key), r)...)
	}
	g.write(p)
}

// writeOutcomes says which leads and deals were not counted, and why.
func (a *attributionSection) writeOutcomes(p *page) {
	var parts []string
	for _, o := range slices.Sorted(maps.Keys(a.outcomes.Leads)) {
		if o != attribution.LeadAccepted {
			parts = append(parts, fmt.Sprintf("%s %s", plural(a.outcomes.Leads[o], "lead"), o))
		}
	}
	for _, o := range slices.Sorted(maps.Keys(a.outcomes.Deals)) {
		if o != attribution.DealAttributed {
			parts = append(parts, fmt.Sprintf("%s %s", plural(a.outcomes.Deals[o], "deal"), o))
		}
	}
	if len(parts) > 0 {
		p.text("Not counted for a lead, of all there are: " + strings.Join(parts, ", ") + ".")
	}
}

// writeModels puts the models side by side.
func (a *attributionSection) writeModels(p *page) {
	if a.won().IsZero() {
		return
	}
	window := fmt.Sprintf("touched in the %d days before", a.window)
	if a.window == 0 {
		window = "touched at any time before"
	}
	p.heading(a.in("Who gets the credit for " + amount(a.won(), 0) + " won, before refunds: " + window))
	headings := []string{"", "influenced"}
	for _, m := range a.models {
		headings = append(headings, strings.ReplaceAll(m.name, "_", " "))
	}
	g := newGrid(headings...)
	keys := a.keys()
	for _, key := range keys[:min(len(keys), maxKeys)] {
		g.add(a.creditCells(key)...)
	}
	if unattributed := a.creditCells(attribution.Unattributed); len(a.influenced.Rows) > 0 {
		unattributed[0] = "nobody"
		g.add(unattributed...)
	}
	g.write(p)
	if more := len(keys) - maxKeys; more > 0 {
		p.text(fmt.Sprintf("And %s more.", plural(more, "key")))
	}
	p.text("Influenced counts every deal in full for each that touched it, after refunds: " +
		times(a.influenced.Overlap(a.currency), 2) + " times the revenue, not to be added up. No model knows what caused a deal.")
}

// keys returns the keys with credit by any model, those with the most revenue
// influenced first.
func (a *attributionSection) keys() []string {
	net := map[string]decimal.Decimal{}
	for _, m := range a.models {
		for key := range m.amounts() {
			net[key] = decimal.Decimal{}
		}
	}
	for _, r := range a.influenced.Rows {
		net[r.Key] = r.Net
	}
	delete(net, attribution.Unattributed)
	return slices.SortedFunc(maps.Keys(net), func(x, y string) int { return cmp.Or(net[y].Cmp(net[x]), cmp.Compare(x, y)) })
}

func (a *attributionSection) creditCells(key string) []string {
	influenced := decimal.Decimal{}
	for _, r := range a.influenced.Rows {
		if r.Key == key {
			influenced = r.Net
		}
	}
	cells := []string{nameOf(key), amount(influenced, 0)}
	for _, m := range a.models {
		if m.split == nil {
			cells = append(cells, "n/a")
			continue
		}
		cells = append(cells, amount(creditOf(m.split, key), 0))
	}
	return cells
}

func creditOf(s *credit.Split, key string) decimal.Decimal { return modelled{split: s}.amounts()[key] }

// advice returns what the section suggests to do next.
func (a *attributionSection) advice() []string {
	var advice []string
	if n := a.service().OpenLeads; n > 0 {
		advice = append(advice, fmt.Sprintf("Ask sales what became of %s that nobody has closed.", plural(n, "service lead")))
	}
	if n := a.outcomes.Leads[attribution.LeadNoInteraction]; n > 0 {
		advice = append(advice, fmt.Sprintf("Note the interaction with each service lead: %s had none and did not count.", plural(n, "lead")))
	}
	return advice
}
