package attribution_test

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// A naive pipeline looks at every record again for every question, by the
// definitions, in rational numbers.
type naive struct {
	attribution.Records
	o attribution.Options
}

func (n naive) known(t time.Time) bool {
	asOf := n.o.AsOf
	if asOf.IsZero() {
		newest := time.Time{}
		for _, l := range n.Leads {
			newest = later(newest, l.At)
		}
		for _, d := range n.Deals {
			newest = later(later(newest, d.Opened), d.Closed)
		}
		for _, a := range n.Adjustments {
			newest = later(newest, a.At)
		}
		asOf = success.DateOf(newest).AddDays(1)
	}
	return success.DateOf(t).Before(asOf)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func (n naive) lead(id attribution.LeadID) *attribution.Lead {
	for i, l := range n.Leads {
		if l.ID == id && n.known(l.At) {
			return &n.Leads[i]
		}
	}
	return nil
}

func (n naive) valid(l *attribution.Lead) attribution.LeadOutcome {
	if l.Source != attribution.Service {
		return attribution.LeadAccepted
	}
	for _, i := range n.Interactions {
		switch {
		case i.ID != l.Interaction:
		case i.Account != l.Account:
			return attribution.LeadOtherAccount
		case i.At.After(l.At):
			return attribution.LeadLaterInteraction
		default:
			return attribution.LeadAccepted
		}
	}
	return attribution.LeadNoInteraction
}

// into returns the accepted lead that a lead counts for, nil for none: itself,
// unless an accepted one of the account comes before and not too long before.
func (n naive) into(l *attribution.Lead) *attribution.Lead {
	if n.valid(l) != attribution.LeadAccepted {
		return nil
	}
	days := n.o.DuplicateDays
	if days == 0 {
		days = 90
	}
	for i := range n.Leads {
		m := &n.Leads[i]
		before := m.At.Before(l.At) || m.At.Equal(l.At) && m.ID < l.ID
		if days > 0 && m.Account == l.Account && n.known(m.At) && before && l.At.Sub(m.At).Hours() <= 24*float64(days) && n.into(m) == m {
			return m
		}
	}
	return l
}

func (n naive) outcome(l *attribution.Lead) attribution.LeadOutcome {
	if into := n.into(l); into != nil && into != l {
		return attribution.LeadMerged
	}
	return n.valid(l)
}

func (n naive) match(d attribution.Deal) (attribution.DealOutcome, *attribution.Lead) {
	l := n.lead(d.Lead)
	if l == nil {
		return attribution.DealNoLead, nil
	}
	into := n.into(l)
	switch {
	case into == nil:
		return attribution.DealLeadRefused, nil
	case into.Account != d.Account:
		return attribution.DealOtherAccount, nil
	case into.At.After(d.Opened):
		return attribution.DealBeforeLead, nil
	case n.o.RefuseOwn && into.Agent != "" && into.Agent == d.Owner:
		return attribution.DealOwnLead, nil
	}
	return attribution.DealAttributed, into
}

// status and day are how a deal stands, as known, and since when.
func (n naive) status(d attribution.Deal) (attribution.Status, success.Date) {
	if d.Status != attribution.Open && n.known(d.Closed) {
		return d.Status, success.DateOf(d.Closed)
	}
	return attribution.Open, success.DateOf(d.Opened)
}

// worth returns gross and net of a deal in millionths of the reporting currency.
func (n naive) worth(d attribution.Deal) (gross, net *big.Rat) {
	gross, net = d.Amount.Rat(), d.Amount.Rat()
	status, day := n.status(d)
	for _, a := range n.Adjustments {
		if a.Deal == d.ID && n.known(a.At) && status == attribution.Won {
			net.Add(net, a.Amount.Rat())
			if a.Amount.IsPositive() {
				gross.Add(gross, a.Amount.Rat())
			}
		}
	}
	rate := big.NewRat(1, 1)
	if d.Currency == "USD" && n.o.Currency == "EUR" {
		rate = big.NewRat(85, 100)
		march := success.MustDate("2024-03-01")
		if status == attribution.Open && n.known(at("2024-02-29")) || status != attribution.Open && !day.Before(march) {
			rate = big.NewRat(115, 100) // an open deal is converted on the day as-of
		}
	}
	return micros(gross.Mul(gross, rate)), micros(net.Mul(net, rate))
}

// micros rounds to a millionth, half to even.
func micros(r *big.Rat) *big.Rat {
	d := decimal.NewFromBigRat(r, 12).RoundBank(6)
	return d.Rat()
}

// row counts one row by looking at all leads and deals.
func (n naive) row(q attribution.Query, key string, all bool) string {
	var leads, accepted, merged, refused, win, lose, wait int
	for i := range n.Leads {
		l := &n.Leads[i]
		if !n.known(l.At) || !q.Period.Contains(success.DateOf(l.At)) || q.Source != attribution.SourceUnknown && q.Source != l.Source {
			continue
		}
		mine := n.deals(l)
		if !all && (q.By == attribution.ByProduct || q.By == attribution.ByOwner) {
			if len(mine) == 0 && key != attribution.NoKey {
				continue
			}
			had := len(mine)
			mine = slices.DeleteFunc(mine, func(d attribution.Deal) bool { return n.dealKey(q.By, d) != key })
			if had > 0 && len(mine) == 0 {
				continue
			}
		} else if !all && n.leadKey(q.By, l) != key {
			continue
		}
		leads++
		switch n.outcome(l) {
		case attribution.LeadAccepted:
			accepted++
		case attribution.LeadMerged:
			merged++
			continue
		default:
			refused++
			continue
		}
		has := func(s attribution.Status) bool {
			return slices.ContainsFunc(mine, func(d attribution.Deal) bool { status, _ := n.status(d); return status == s })
		}
		switch {
		case has(attribution.Won):
			win++
		case has(attribution.Open) || len(mine) == 0:
			wait++
		default:
			lose++
		}
	}
	text := fmt.Sprintf("%s %d=%d+%d+%d %d/%d/%d", key, leads, accepted, merged, refused, win, lose, wait)
	for _, currency := range n.currencies() {
		text += n.money(q, key, all, currency)
	}
	return text
}

// deals returns those attributed to a lead.
func (n naive) deals(l *attribution.Lead) (mine []attribution.Deal) {
	for _, d := range n.Deals {
		if _, to := n.match(d); n.known(d.Opened) && to == l {
			mine = append(mine, d)
		}
	}
	return mine
}

func (n naive) money(q attribution.Query, key string, all bool, currency string) string {
	count := map[attribution.Status]int{}
	gross, net, open := new(big.Rat), new(big.Rat), new(big.Rat)
	for _, d := range n.Deals {
		status, day := n.status(d)
		if !n.known(d.Opened) || !q.Period.Contains(day) || !all && n.dealKey(q.By, d) != key || n.o.Currency == "" && d.Currency != currency {
			continue
		}
		if _, to := n.match(d); q.Source != attribution.SourceUnknown && (to == nil || to.Source != q.Source) {
			continue
		}
		count[status]++
		g, w := n.worth(d)
		switch status {
		case attribution.Won:
			gross.Add(gross, g)
			net.Add(net, w)
		case attribution.Open:
			open.Add(open, w)
		}
	}
	text := func(r *big.Rat) decimal.Decimal { return decimal.NewFromBigRat(r, 6) }
	return fmt.Sprintf(" |%s %d/%d/%d %v-%v=%v %v", currency, count[attribution.Won], count[attribution.Lost], count[attribution.Open],
		text(gross), text(new(big.Rat).Sub(gross, net)), text(net), text(open))
}

func (n naive) currencies() []string {
	set := map[string]bool{}
	for _, d := range n.Deals {
		if n.known(d.Opened) {
			set[d.Currency] = true
		}
	}
	if n.o.Currency != "" || len(set) == 0 {
		return []string{n.o.Currency}
	}
	return slices.Sorted(maps.Keys(set))
}

func (n naive) leadKey(by attribution.Cut, l *attribution.Lead) string {
	key := map[attribution.Cut]string{
		attribution.BySource: l.Source.String(), attribution.ByAgent: l.Agent, attribution.ByTeam: n.o.Teams[l.Agent], attribution.ByMonth: l.At.Format("2006-01"),
	}[by]
	if key == "" && by != attribution.Whole {
		return attribution.NoKey
	}
	return key
}

func (n naive) dealKey(by attribution.Cut, d attribution.Deal) string {
	_, day := n.status(d)
	switch _, to := n.match(d); {
	case by == attribution.ByProduct && d.Product == "", by == attribution.ByOwner && d.Owner == "":
		return attribution.NoKey
	case by == attribution.ByOwner:
		return d.Owner
	case by == attribution.ByProduct:
		return d.Product
	case by == attribution.ByMonth:
		return day.Time(time.UTC).Format("2006-01")
	case by == attribution.Whole:
		return ""
	case to == nil:
		return attribution.Unattributed
	default:
		return n.leadKey(by, to)
	}
}

// TestAgainstDefinition compares every row and every outcome with the naive
// pipeline.
func TestAgainstDefinition(t *testing.T) { rapid.Check(t, checkDefinition) }

func checkDefinition(t *rapid.T) {
	r, o := world(t)
	q := drawQuery(t)
	p, err := attribution.NewPipeline(r, o)
	if err != nil {
		t.Fatal(err)
	}
	n := naive{r, o}
	for _, line := range p.Leads() {
		l := n.lead(line.Lead)
		into := attribution.LeadID("")
		if to := n.into(l); to != nil && to != l {
			into = to.ID
		}
		if want := n.outcome(l); line.Outcome != want || line.Into != into {
			t.Fatalf("lead %v, not %v into %s", line, want, into)
		}
	}
	for _, line := range p.Deals() {
		at := slices.IndexFunc(r.Deals, func(d attribution.Deal) bool { return d.ID == line.Deal })
		want, to := n.match(r.Deals[at])
		if line.Outcome != want || to != nil && to.ID != line.Lead || to == nil && line.Lead != "" {
			t.Fatalf("deal %v, not %v to %v", line, want, to)
		}
	}
	table, err := p.Table(q)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range table.Rows {
		if want := n.row(q, r.Key, false); row(r) != want {
			t.Fatalf("row\n%s, not\n%s", row(r), want)
		}
	}
	if want := n.row(q, "", true); row(table.Total) != want {
		t.Fatalf("total\n%s, not\n%s", row(table.Total), want)
	}
}
