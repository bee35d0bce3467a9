package attribution_test

import (
	"fmt"
	"maps"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// service is a lead of service, noticed in an interaction.
func service(id attribution.LeadID, account success.AccountID, interaction success.InteractionID, when string) attribution.Lead {
	return attribution.Lead{ID: id, Account: account, Source: attribution.Service, Agent: "Sue", Interaction: interaction, At: at(when)}
}

func TestLeadOutcomes(t *testing.T) {
	talk := []success.Interaction{
		{ID: "I1", Account: "A", At: at("2024-01-05T10:00:00Z")},
		{ID: "I2", Account: "B", At: at("2024-01-05T10:00:00Z")},
	}
	for _, c := range []struct {
		what, want string
		options    attribution.Options
		leads      []attribution.Lead
	}{
		{"at its interaction", "1 accepted", attribution.Options{}, []attribution.Lead{service("1", "A", "I1", "2024-01-05T10:00:00Z")}},
		{"before its interaction", "1 later interaction", attribution.Options{}, []attribution.Lead{service("1", "A", "I1", "2024-01-05T09:59:59Z")}},
		{"without one", "1 no interaction", attribution.Options{}, []attribution.Lead{service("1", "A", "", "2024-01-06")}},
		{"with that of another account", "1 other account", attribution.Options{}, []attribution.Lead{service("1", "A", "I2", "2024-01-06")}},
		{"that of another account and later", "1 other account", attribution.Options{}, []attribution.Lead{service("1", "A", "I2", "2024-01-01")}},
		{"other sources need none", "1 accepted; 2 accepted", attribution.Options{}, []attribution.Lead{
			lead("1", "A", "", "2024-01-01"),
			{ID: "2", Account: "B", Source: attribution.Other, Interaction: "I1", At: at("2023-01-01")}}},
		{"90 days on", "1 accepted; 2 merged into 1", attribution.Options{}, []attribution.Lead{
			lead("1", "A", "", "2024-01-01T08:00:00Z"), lead("2", "A", "", "2024-03-31T08:00:00Z")}},
		{"a second more", "1 accepted; 2 accepted", attribution.Options{}, []attribution.Lead{
			lead("1", "A", "", "2024-01-01T08:00:00Z"), lead("2", "A", "", "2024-03-31T08:00:01Z")}},
		{"a day on, of one", "1 accepted; 2 merged into 1", attribution.Options{DuplicateDays: 1}, []attribution.Lead{
			lead("1", "A", "", "2024-01-01"), lead("2", "A", "", "2024-01-02")}},
		{"more than a day on, of one", "1 accepted; 2 accepted", attribution.Options{DuplicateDays: 1}, []attribution.Lead{
			lead("1", "A", "", "2024-01-01"), lead("2", "A", "", "2024-01-02T00:00:01Z")}},
		{"no duplicates", "1 accepted; 2 accepted", attribution.Options{DuplicateDays: -7}, []attribution.Lead{
			lead("1", "A", "", "2024-01-01"), lead("2", "A", "", "2024-01-01")}},
		{"counted from the accepted one", "1 accepted; 2 merged into 1; 3 accepted", attribution.Options{}, []attribution.Lead{
			lead("3", "A", "", "2024-04-01"), lead("2", "A", "", "2024-03-01"), lead("1", "A", "", "2024-01-01")}},
		{"other accounts", "1 accepted; 2 accepted", attribution.Options{}, []attribution.Lead{
			lead("1", "A", "", "2024-01-01"), lead("2", "B", "", "2024-01-01")}},
		{"ties by ID", "1 accepted; 2 merged into 1", attribution.Options{}, []attribution.Lead{
			lead("2", "A", "", "2024-01-01"), lead("1", "A", "", "2024-01-01")}},
		{"the first valid one wins", "1 no interaction; 2 accepted; 3 merged into 2", attribution.Options{}, []attribution.Lead{
			service("1", "A", "", "2024-01-01"), lead("2", "A", "", "2024-01-02"), service("3", "A", "I1", "2024-01-06")}},
		{"a hundred years", "1 accepted; 2 merged into 1", attribution.Options{DuplicateDays: 36500}, []attribution.Lead{
			lead("1", "A", "", "1950-01-01"), lead("2", "A", "", "2024-01-01")}},
	} {
		p := build(t, attribution.Records{Leads: c.leads, Interactions: talk}, c.options)
		if got := outcomes(p); got != c.want {
			t.Errorf("%s: %s, not %s", c.what, got, c.want)
		}
	}
}

func TestDealOutcomes(t *testing.T) {
	leads := []attribution.Lead{
		lead("L1", "A", "Ann", "2024-01-10T12:00:00Z"), lead("L2", "A", "Ben", "2024-02-10"), // merged into L1
		service("L3", "B", "", "2024-01-01"),
	}
	deal := func(account success.AccountID, lead attribution.LeadID, opened, owner string) attribution.Deal {
		d := open("D", account, lead, opened, "1")
		d.Owner = owner
		return d
	}
	for _, c := range []struct {
		what, want string
		options    attribution.Options
		deal       attribution.Deal
	}{
		{"opened with the lead", "D attributed to L1", attribution.Options{}, deal("A", "L1", "2024-01-10T12:00:00Z", "Ann")},
		{"opened before", "D before lead", attribution.Options{}, deal("A", "L1", "2024-01-10T11:59:59Z", "")},
		{"no lead", "D no lead", attribution.Options{}, deal("A", "", "2024-01-11", "")},
		{"refused lead", "D lead refused", attribution.Options{}, deal("B", "L3", "2024-01-11", "")},
		{"another account", "D other account", attribution.Options{}, deal("B", "L1", "2024-01-01", "")},
		{"merged lead", "D attributed to L1", attribution.Options{}, deal("A", "L2", "2024-02-11", "")},
		{"older than the merged lead", "D attributed to L1", attribution.Options{}, deal("A", "L2", "2024-02-01", "")},
		{"older than the lead it was merged into", "D before lead", attribution.Options{}, deal("A", "L2", "2024-01-01", "")},
		{"own lead", "D own lead", attribution.Options{RefuseOwn: true}, deal("A", "L1", "2024-01-11", "Ann")},
		{"own lead, that was merged", "D attributed to L1", attribution.Options{RefuseOwn: true}, deal("A", "L2", "2024-02-11", "Ben")},
		{"another owner", "D attributed to L1", attribution.Options{RefuseOwn: true}, deal("A", "L1", "2024-01-11", "Ben")},
		{"a lead not known as yet", "D no lead", attribution.Options{AsOf: success.MustDate("2024-01-10")}, deal("A", "L1", "2024-01-09", "")},
	} {
		p := build(t, attribution.Records{Leads: leads, Deals: []attribution.Deal{c.deal}}, c.options)
		lines := p.Deals()
		got := fmt.Sprintf("%s %v", lines[0].Deal, lines[0].Outcome)
		if lines[0].Lead != "" {
			got += fmt.Sprintf(" to %s", lines[0].Lead)
		}
		if got != c.want {
			t.Errorf("%s: %s, not %s", c.what, got, c.want)
		}
	}
	nobody := []attribution.Lead{lead("L1", "A", "", "2024-01-10")}
	p := build(t, attribution.Records{Leads: nobody, Deals: []attribution.Deal{deal("A", "L1", "2024-01-11", "")}}, attribution.Options{RefuseOwn: true})
	if got := outcomes(p); got != "L1 accepted [D]; D attributed to L1" {
		t.Error("nobody owns and nobody submitted:", got)
	}
}

// The last day there is has no day after it to know it by.
func TestLastDay(t *testing.T) {
	r := attribution.Records{
		Leads: []attribution.Lead{lead("L", "A", "", "9999-12-31")},
		Deals: []attribution.Deal{won("D", "A", "L", "9999-12-31", "9999-12-31T23:59:59Z", "10")},
	}
	r.Adjustments = []attribution.Adjustment{change("R", "D", "9999-12-31T23:59:59Z", "-4")}
	last := success.MustDate("9999-12-31")
	q := attribution.Query{Period: success.Period{From: last.AddDays(-1), To: last}}
	p := build(t, r, attribution.Options{})
	if got := outcomes(p); got != "L accepted [D]; D attributed to L" || p.AsOf() != last {
		t.Errorf("%s as of %v", got, p.AsOf())
	}
	if table := ask(t, p, q); table.Total.Leads != 0 {
		t.Errorf("no period can reach the last day: %s", row(table.Total))
	}
	if got := outcomes(build(t, r, attribution.Options{AsOf: last})); got != "" {
		t.Errorf("as of that day: %s", got)
	}
	r.Leads[0].At, r.Deals[0].Opened, r.Deals[0].Closed = at("9999-12-30"), at("9999-12-30"), at("9999-12-30")
	same(t, "won the day before, refunded on the last", ask(t, build(t, r, attribution.Options{}), q).Rows, " 1=1+0+0 1/0/0 | 1/0/0 10-4=6 0")
	same(t, "as of that day", ask(t, build(t, r, attribution.Options{AsOf: last}), q).Rows, " 1=1+0+0 1/0/0 | 1/0/0 10-0=10 0")
}

func TestOutcomesAreCounted(t *testing.T) {
	p := build(t, attribution.Records{
		Leads: []attribution.Lead{lead("1", "A", "", "2024-01-01"), lead("2", "A", "", "2024-01-01"), service("3", "B", "", "2024-01-01"), lead("4", "C", "", "2024-01-01")},
		Deals: []attribution.Deal{open("D1", "A", "2", "2024-01-02", "1"), open("D2", "A", "1", "2024-01-02", "1"), open("D3", "A", "", "2024-01-02", "1")},
	}, attribution.Options{})
	o := p.Outcomes()
	if !maps.Equal(o.Leads, map[attribution.LeadOutcome]int{attribution.LeadAccepted: 2, attribution.LeadMerged: 1, attribution.LeadNoInteraction: 1}) ||
		!maps.Equal(o.Deals, map[attribution.DealOutcome]int{attribution.DealAttributed: 2, attribution.DealNoLead: 1}) {
		t.Errorf("%v", o)
	}
	if got, want := outcomes(p), "1 accepted [D1 D2]; 2 merged into 1; 3 no interaction; 4 accepted; D1 attributed to 1; D2 attributed to 1; D3 no lead"; got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

// What is dated on the day as-of or later is not known.
func TestAsOf(t *testing.T) {
	r := attribution.Records{
		Leads: []attribution.Lead{lead("L1", "A", "", "2024-01-01"), lead("L2", "B", "", "2024-03-01")},
		Deals: []attribution.Deal{
			won("D1", "A", "L1", "2024-01-02", "2024-02-10T23:59:59Z", "100"),
			lost("D2", "A", "L1", "2024-01-02", "2024-02-11", "7"),
			open("D3", "A", "L1", "2024-02-11", "9"),
		},
		Adjustments: []attribution.Adjustment{change("R1", "D1", "2024-02-11", "-40"), change("R2", "D1", "2024-02-12", "-60")},
	}
	for asOf, want := range map[string]string{
		"2024-01-01": " 0=0+0+0 0/0/0 | 0/0/0 0-0=0 0",
		"2024-01-02": " 1=1+0+0 0/0/1 | 0/0/0 0-0=0 0",
		"2024-01-03": " 1=1+0+0 0/0/1 | 0/0/2 0-0=0 107",
		"2024-02-10": " 1=1+0+0 0/0/1 | 0/0/2 0-0=0 107",
		"2024-02-11": " 1=1+0+0 1/0/0 | 1/0/1 100-0=100 7",
		"2024-02-12": " 1=1+0+0 1/0/0 | 1/1/1 100-40=60 9",
		"2024-02-13": " 1=1+0+0 1/0/0 | 1/1/1 100-100=0 9",
		"2024-03-02": " 2=2+0+0 1/0/1 | 1/1/1 100-100=0 9",
	} {
		p := build(t, r, attribution.Options{AsOf: success.MustDate(asOf)})
		same(t, asOf, []attribution.Row{ask(t, p, attribution.Query{Period: success.Year(2024)}).Total}, want)
		if p.AsOf() != success.MustDate(asOf) {
			t.Errorf("as of %v", p.AsOf())
		}
	}
}

func TestNewest(t *testing.T) {
	for want, r := range map[string]attribution.Records{
		"none":       {Interactions: []success.Interaction{{ID: "I", Account: "A", At: at("2024-09-01")}}},
		"2024-01-02": {Leads: []attribution.Lead{lead("L", "A", "", "2024-01-01")}},
		"2024-01-03": {Deals: []attribution.Deal{open("D", "A", "", "2024-01-02T23:00:00Z", "1")}},
		"2024-01-04": {Deals: []attribution.Deal{won("D", "A", "", "2024-01-02", "2024-01-03", "1")}},
		"2024-01-05": {Deals: []attribution.Deal{won("D", "A", "", "2024-01-02", "2024-01-03", "1")}, Adjustments: []attribution.Adjustment{change("R", "D", "2024-01-04", "1")}},
	} {
		if got := build(t, r, attribution.Options{}).AsOf(); got.String() != want {
			t.Errorf("as of %v, not %s", got, want)
		}
	}
}

// A lead is won with any deal won, lost when all are, and has waited until the
// day as-of when it is not won.
func TestFates(t *testing.T) {
	r := attribution.Records{
		Leads: []attribution.Lead{
			lead("1", "A", "won last", "2024-01-01"), lead("2", "B", "lost", "2024-01-01"), lead("3", "C", "open", "2024-01-01"),
			lead("4", "D", "lost and open", "2024-01-01"), lead("5", "E", "open and lost", "2024-01-01"), lead("6", "F", "won and lost", "2024-01-01"),
			lead("7", "G", "on the day", "2024-01-01"),
		},
		Deals: []attribution.Deal{
			lost("11", "A", "1", "2024-01-02", "2024-01-05", "1"), won("12", "A", "1", "2024-01-02", "2024-01-09", "1"), won("13", "A", "1", "2024-01-02", "2024-01-07", "1"),
			lost("21", "B", "2", "2024-01-02", "2024-01-03", "1"),
			lost("41", "D", "4", "2024-01-02", "2024-01-03", "1"), open("42", "D", "4", "2024-01-02", "1"),
			open("51", "E", "5", "2024-01-02", "1"), lost("52", "E", "5", "2024-01-02", "2024-01-03", "1"),
			won("61", "F", "6", "2024-01-02", "2024-01-03", "1"), lost("62", "F", "6", "2024-01-02", "2024-01-03", "1"),
			won("71", "G", "7", "2024-01-01", "2024-01-01", "1"),
		},
	}
	table := ask(t, build(t, r, attribution.Options{AsOf: success.MustDate("2024-01-31")}), attribution.Query{Period: success.Year(2024), By: attribution.ByAgent})
	for i, want := range []string{
		"lost 1=1+0+0 0/1/0 n/a", "lost and open 1=1+0+0 0/0/1 n/a", "on the day 1=1+0+0 1/0/0 0", "open 1=1+0+0 0/0/1 n/a",
		"open and lost 1=1+0+0 0/0/1 n/a", "won and lost 1=1+0+0 1/0/0 2", "won last 1=1+0+0 1/0/0 6",
	} {
		r := table.Rows[i]
		got := fmt.Sprintf("%s %d=%d+%d+%d %d/%d/%d %v", r.Key, r.Leads, r.Accepted, r.Merged, r.Refused, r.WonLeads, r.LostLeads, r.OpenLeads, r.DaysToWin(0.5))
		if got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
	// Three of seven are won, on days 0, 2 and 6: a seventh each.
	for share, want := range map[float64]string{0.14: "0", 0.2: "2", 0.4: "6", 0.43: "n/a", 0: "n/a", 1: "n/a"} {
		if got := table.Total.DaysToWin(share).String(); got != want {
			t.Errorf("%v of leads are won in %s days, not %s", share, got, want)
		}
	}
}

// A deal may close on a day before that of its lead, where it was still
// yesterday: it took no days.
func TestDaysOfDifferentZones(t *testing.T) {
	r := attribution.Records{
		Leads: []attribution.Lead{lead("1", "A", "", "2024-01-02T00:30:00+10:00")},
		Deals: []attribution.Deal{won("1", "A", "1", "2024-01-01T15:00:00Z", "2024-01-01T16:00:00Z", "1")},
	}
	total := ask(t, build(t, r, attribution.Options{}), attribution.Query{Period: success.Year(2024)}).Total
	if got := total.DaysToWin(0.5).String(); got != "0" {
		t.Errorf("%s days", got)
	}
}
