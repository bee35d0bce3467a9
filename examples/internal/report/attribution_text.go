package report

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
)

// maxAgents and maxKeys are how many rows are shown.
const (
	maxAgents = 10
	maxKeys   = 12
)

// headline returns what service found, empty when it found nothing.
func (a *Attribution) headline() string {
	if a == nil {
		return ""
	}
	net := a.Service().Money[0].Net
	all := a.Sources.Total.Money[0].Net
	if !net.IsPositive() {
		return ""
	}
	return fmt.Sprintf("service leads brought %s of %s won", Amount(net, 0), Amount(all, 0))
}

// Service returns the row of service leads, an empty one when there are none.
func (a *Attribution) Service() attribution.Row {
	return leadsOf(a.Sources, attribution.Service)
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

func (a *Attribution) write(p *page) {
	a.writeSources(p)
	a.writeService(p)
	a.writeAgents(p)
	a.writeOutcomes(p)
	if a.Touched {
		a.writeModels(p)
	}
}

// in names the currency behind a heading.
func (a *Attribution) in(heading string) string {
	if a.Currency == "" {
		return heading
	}
	return heading + " (" + a.Currency + ")"
}

func (a *Attribution) writeSources(p *page) {
	p.heading(a.in("Leads of the period, and deals won in it, by source"))
	g := newGrid("", "leads", "accepted", "won", "of accepted", "95 % interval", "deals", "gross", "refunded", "net")
	for _, r := range a.Sources.Rows {
		g.add(leadCells(KeyName(r.Key), r)...)
	}
	g.add(leadCells("all", a.Sources.Total)...)
	g.write(p)
}

func leadCells(name string, r attribution.Row) []string {
	m, c := r.Money[0], r.Conversion()
	return []string{
		name, strconv.Itoa(r.Leads), strconv.Itoa(r.Accepted), strconv.Itoa(r.WonLeads), Share(c.Value), Interval(c.Lower, c.Upper),
		strconv.Itoa(m.WonDeals), Amount(m.Gross, 0), Amount(m.Reversed, 0), Amount(m.Net, 0),
	}
}

// KeyName returns what a key is called on the page.
func KeyName(key string) string {
	switch key {
	case attribution.Unattributed:
		return "no lead"
	case attribution.NoKey:
		return "not named"
	}
	return key
}

// writeService says how service leads compare, and what may come of them.
func (a *Attribution) writeService(p *page) {
	service := a.Service()
	if service.Accepted == 0 {
		return
	}
	if other, ok := a.rival(); ok {
		p.text(fmt.Sprintf("Service leads are won %s against those of %s.", Points(service.Difference(other)), KeyName(other.Key)))
	}
	if days, ok := service.DaysToWin(0.5).Float64(); ok {
		p.text(fmt.Sprintf("Half of them are won within %.0f days, once those still open are allowed for.", days))
	}
	if e := service.Expected(); service.OpenLeads > 0 && e.Value.Defined() {
		p.text(fmt.Sprintf("The %s still open may bring %s%s.", Plural(service.OpenLeads, "service lead"), whole(e.Value), between(e)))
	}
	if t := a.Target; t != nil {
		p.text(fmt.Sprintf("Target of %s: %s reached, with %s of its %d days over; pace %s, %s at this rate.",
			Amount(t.Goal.Amount, 0), Percent(t.Attainment()), Percent(t.Elapsed()), t.Days, Times(t.Pace(), 2), Times(t.Projected(), 0)))
	}
}

// rival returns the source other than service with the most accepted leads.
func (a *Attribution) rival() (r attribution.Row, ok bool) {
	for _, other := range a.Sources.Rows {
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
	return Amount(decimal.NewFromFloat(v), 0)
}

func between(e success.Estimate) string {
	if !e.Lower.Defined() || !e.Upper.Defined() {
		return ""
	}
	return fmt.Sprintf(" (95 %% interval %s to %s)", whole(e.Lower), whole(e.Upper))
}

// League returns who found the service leads, the most net revenue first, then the
// most leads won.
func (a *Attribution) League() []attribution.Row {
	return slices.SortedStableFunc(slices.Values(a.Agents.Rows), func(x, y attribution.Row) int {
		return cmp.Or(y.Money[0].Net.Cmp(x.Money[0].Net), cmp.Compare(y.WonLeads, x.WonLeads), cmp.Compare(x.Key, y.Key))
	})
}

// writeAgents lists who found the service leads.
func (a *Attribution) writeAgents(p *page) {
	rows := a.League()
	if len(rows) == 0 {
		return
	}
	shown := rows[:min(len(rows), maxAgents)]
	title := "Service leads by who found them"
	if len(shown) < len(rows) {
		title = fmt.Sprintf("Service leads by the first %d of %s who found them", len(shown), Plural(len(rows), "person"))
	}
	p.heading(a.in(title))
	g := newGrid("", "leads", "accepted", "won", "of accepted", "95 % interval", "deals", "gross", "refunded", "net")
	for _, r := range shown {
		g.add(leadCells(KeyName(r.Key), r)...)
	}
	g.write(p)
}

// writeOutcomes says which leads and deals were not counted, and why.
func (a *Attribution) writeOutcomes(p *page) {
	var parts []string
	for _, o := range slices.Sorted(maps.Keys(a.outcomes.Leads)) {
		if o != attribution.LeadAccepted {
			parts = append(parts, fmt.Sprintf("%s %s", Plural(a.outcomes.Leads[o], "lead"), o))
		}
	}
	for _, o := range slices.Sorted(maps.Keys(a.outcomes.Deals)) {
		if o != attribution.DealAttributed {
			parts = append(parts, fmt.Sprintf("%s %s", Plural(a.outcomes.Deals[o], "deal"), o))
		}
	}
	if len(parts) > 0 {
		p.text("Not counted for a lead, of all there are: " + strings.Join(parts, ", ") + ".")
	}
}

// writeModels puts the models side by side.
func (a *Attribution) writeModels(p *page) {
	if a.Won().IsZero() {
		return
	}
	window := fmt.Sprintf("touched in the %d days before", a.Window)
	if a.Window == 0 {
		window = "touched at any time before"
	}
	p.heading(a.in("Who gets the credit for " + Amount(a.Net(), 0) + " won, " + a.refunds() + ": " + window))
	headings := []string{"", "influenced"}
	for _, m := range a.Models {
		headings = append(headings, strings.ReplaceAll(m.Name, "_", " "))
	}
	g := newGrid(headings...)
	keys := a.Keys()
	for _, key := range keys[:min(len(keys), maxKeys)] {
		g.add(a.creditCells(key)...)
	}
	if unattributed := a.creditCells(attribution.Unattributed); len(a.Influenced.Rows) > 0 {
		unattributed[0] = "nobody"
		g.add(unattributed...)
	}
	g.write(p)
	if more := len(keys) - maxKeys; more > 0 {
		p.text(fmt.Sprintf("And %s more.", Plural(more, "key")))
	}
	p.text("Influenced counts every deal in full for each that touched it, after refunds too: " +
		Times(a.Influenced.Overlap(a.Currency), 2) + " times the revenue, not to be added up. No model knows what caused a deal.")
}

// refunds says what the deals of the period have lost since they were won.
func (a *Attribution) refunds() string {
	if back := a.Won().Sub(a.Net()); !back.IsZero() {
		return "after " + Amount(back, 0) + " of refunds"
	}
	return "none of it refunded"
}

// Keys returns the keys with credit by any model, those with the most revenue
// influenced first.
func (a *Attribution) Keys() []string {
	net := map[string]decimal.Decimal{}
	for _, m := range a.Models {
		for key := range m.Amounts() {
			net[key] = decimal.Decimal{}
		}
	}
	for _, r := range a.Influenced.Rows {
		net[r.Key] = r.Net
	}
	delete(net, attribution.Unattributed)
	return slices.SortedFunc(maps.Keys(net), func(x, y string) int { return cmp.Or(net[y].Cmp(net[x]), cmp.Compare(x, y)) })
}

func (a *Attribution) creditCells(key string) []string {
	influenced := decimal.Decimal{}
	for _, r := range a.Influenced.Rows {
		if r.Key == key {
			influenced = r.Net
		}
	}
	cells := []string{KeyName(key), Amount(influenced, 0)}
	for _, m := range a.Models {
		if m.split == nil {
			cells = append(cells, "n/a")
			continue
		}
		cells = append(cells, Amount(m.Net()[key], 0))
	}
	return cells
}

// advice returns what the section suggests to do next.
func (a *Attribution) advice() []string {
	var advice []string
	if n := a.Service().OpenLeads; n > 0 {
		advice = append(advice, fmt.Sprintf("Ask sales what became of %s that nobody has closed.", Plural(n, "service lead")))
	}
	if n := a.outcomes.Leads[attribution.LeadNoInteraction]; n > 0 {
		advice = append(advice, fmt.Sprintf("Note the interaction with each service lead: %s had none and did not count.", Plural(n, "lead")))
	}
	return advice
}
