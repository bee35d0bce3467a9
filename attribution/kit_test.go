package attribution_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// at reads a time: a day, or a day and a time of day, in UTC.
func at(s string) time.Time {
	if len(s) == len("2006-01-02") {
		s += "T00:00:00Z"
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func money(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// lead is of marketing, of an agent.
func lead(id attribution.LeadID, account success.AccountID, agent, when string) attribution.Lead {
	return attribution.Lead{ID: id, Account: account, Source: attribution.Marketing, Agent: agent, At: at(when)}
}

// won is a deal that was won, lost one that was lost, and open one that is open.
func won(id attribution.DealID, account success.AccountID, lead attribution.LeadID, opened, closed, amount string) attribution.Deal {
	return attribution.Deal{ID: id, Account: account, Lead: lead, Opened: at(opened), Closed: at(closed), Status: attribution.Won, Amount: money(amount)}
}

func lost(id attribution.DealID, account success.AccountID, lead attribution.LeadID, opened, closed, amount string) attribution.Deal {
	d := won(id, account, lead, opened, closed, amount)
	d.Status = attribution.Lost
	return d
}

func open(id attribution.DealID, account success.AccountID, lead attribution.LeadID, opened, amount string) attribution.Deal {
	return attribution.Deal{ID: id, Account: account, Lead: lead, Opened: at(opened), Amount: money(amount)}
}

func change(id attribution.AdjustmentID, deal attribution.DealID, when, amount string) attribution.Adjustment {
	return attribution.Adjustment{ID: id, Deal: deal, At: at(when), Amount: money(amount)}
}

// build returns a pipeline of records that must be in order.
func build(t testing.TB, r attribution.Records, o attribution.Options) *attribution.Pipeline {
	t.Helper()
	p, err := attribution.NewPipeline(r, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func ask(t testing.TB, p *attribution.Pipeline, q attribution.Query) attribution.Table {
	t.Helper()
	table, err := p.Table(q)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// row writes what a row counts: its key, leads (accepted, merged, refused; won,
// lost, open), and of every currency deals (won, lost, open) and amounts (gross,
// reversed, net, open).
func row(r attribution.Row) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d=%d+%d+%d %d/%d/%d", r.Key, r.Leads, r.Accepted, r.Merged, r.Refused, r.WonLeads, r.LostLeads, r.OpenLeads)
	for _, m := range r.Money {
		fmt.Fprintf(&b, " |%s %d/%d/%d %v-%v=%v %v", m.Currency, m.WonDeals, m.LostDeals, m.OpenDeals, m.Gross, m.Reversed, m.Net, m.Open)
	}
	return b.String()
}

// same reports rows that do not read as they should.
func same(t testing.TB, what string, rows []attribution.Row, want ...string) {
	t.Helper()
	got := make([]string, len(rows))
	for i, r := range rows {
		got[i] = row(r)
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("%s:\n%s\nnot\n%s", what, a, b)
	}
}

// outcomes writes what became of leads and deals.
func outcomes(p *attribution.Pipeline) string {
	var parts []string
	for _, l := range p.Leads() {
		part := fmt.Sprintf("%s %v", l.Lead, l.Outcome)
		if l.Into != "" {
			part += fmt.Sprintf(" into %s", l.Into)
		}
		if l.Deals != nil {
			part += fmt.Sprint(" ", l.Deals)
		}
		parts = append(parts, part)
	}
	for _, d := range p.Deals() {
		part := fmt.Sprintf("%s %v", d.Deal, d.Outcome)
		if d.Lead != "" {
			part += fmt.Sprintf(" to %s", d.Lead)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "; ")
}
