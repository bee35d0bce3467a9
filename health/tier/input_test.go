package tier_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health/tier"
	"metrics.internal/success/internal/refusal"
)

var fault = refusal.Of

func TestBadPolicies(t *testing.T) {
	for what, c := range map[string]struct {
		change func(*tier.Policy)
		faults []refusal.Fault
	}{
		"no tiers":          {func(p *tier.Policy) { p.Tiers = nil }, []refusal.Fault{fault("Tiers", success.ErrMissing)}},
		"too many tiers":    {func(p *tier.Policy) { p.Tiers = make([]tier.Tier, 101) }, []refusal.Fault{fault("Tiers", success.ErrRange)}},
		"no name":           {func(p *tier.Policy) { p.Tiers[0].Name = "" }, []refusal.Fault{fault("Name", success.ErrMissing)}},
		"a name twice":      {func(p *tier.Policy) { p.Tiers[1].Name = "high" }, []refusal.Fault{fault("Name", success.ErrDuplicate)}},
		"a reserved name":   {func(p *tier.Policy) { p.Tiers[1].Name = "assignments" }, []refusal.Fault{fault("Name", success.ErrDuplicate)}},
		"no format":         {func(p *tier.Policy) { p.Tiers[1].Format = 0 }, []refusal.Fault{fault("Format", success.ErrMissing)}},
		"an unknown format": {func(p *tier.Policy) { p.Tiers[2].Format = 4 }, []refusal.Fault{fault("Format", success.ErrUnknown)}},
		"out of order": {func(p *tier.Policy) { p.Tiers[0], p.Tiers[1] = p.Tiers[1], p.Tiers[0] },
			[]refusal.Fault{fault("Hours", success.ErrOrder), fault("Entry.Up", success.ErrOrder)}},
		"formats out of order":  {func(p *tier.Policy) { p.Tiers[0].Format = success.OneToMany }, []refusal.Fault{fault("Format", success.ErrOrder)}},
		"hours the same":        {func(p *tier.Policy) { p.Tiers[1].Hours = whole(3) }, []refusal.Fault{fault("Hours", success.ErrOrder)}},
		"negative hours":        {func(p *tier.Policy) { p.Tiers[2].Hours = dec("-1") }, []refusal.Fault{fault("Hours", success.ErrNegative)}},
		"hours too fine":        {func(p *tier.Policy) { p.Tiers[1].Hours = dec("1.00001") }, []refusal.Fault{fault("Hours", success.ErrRange)}},
		"hours far too fine":    {func(p *tier.Policy) { p.Tiers[1].Hours = decimal.New(1, -2_000_000_000) }, []refusal.Fault{fault("Hours", success.ErrRange)}},
		"hours finer than that": {func(p *tier.Policy) { p.Tiers[1].Hours = dec("1.00000000001") }, []refusal.Fault{fault("Hours", success.ErrRange)}},
		"too many hours":        {func(p *tier.Policy) { p.Tiers[0].Hours = dec("10000.0001") }, []refusal.Fault{fault("Hours", success.ErrRange)}},
		"far too many hours":    {func(p *tier.Policy) { p.Tiers[0].Hours = decimal.New(1, 2_000_000_000) }, []refusal.Fault{fault("Hours", success.ErrRange)}},
		"negative cadence":      {func(p *tier.Policy) { p.Tiers[0].Cadence = -1 }, []refusal.Fault{fault("Cadence", success.ErrNegative)}},
		"long cadence":          {func(p *tier.Policy) { p.Tiers[0].Cadence = 36_526 }, []refusal.Fault{fault("Cadence", success.ErrRange)}},
		"Up the same":           {func(p *tier.Policy) { p.Tiers[1].Entry.Up = whole(100) }, []refusal.Fault{fault("Entry.Up", success.ErrOrder)}},
		"Up above one further up": {func(p *tier.Policy) {
			p.Tiers = append([]tier.Tier{{Name: "top", Format: success.OneToOne, Hours: whole(9), Entry: tier.Entry{Up: whole(60)}}}, p.Tiers...)
			p.Tiers[1].Entry.Up, p.Tiers[1].Entry.Down, p.Tiers[2].Entry.Up = dec("0"), dec("0"), whole(61)
		}, []refusal.Fault{fault("Entry.Up", success.ErrOrder)}},
		"thresholds crossed":  {func(p *tier.Policy) { p.Tiers[0].Entry.Down = dec("100.000001") }, []refusal.Fault{fault("Entry.Down", success.ErrOrder)}},
		"Down without Up":     {func(p *tier.Policy) { p.Tiers[0].Entry.Up = dec("0") }, []refusal.Fault{fault("Entry.Down", success.ErrOrder)}},
		"negative Up":         {func(p *tier.Policy) { p.Tiers[0].Entry.Up = dec("-1") }, []refusal.Fault{fault("Entry.Up", success.ErrNegative)}},
		"negative Down":       {func(p *tier.Policy) { p.Tiers[0].Entry.Down = dec("-1") }, []refusal.Fault{fault("Entry.Down", success.ErrNegative)}},
		"huge Up":             {func(p *tier.Policy) { p.Tiers[0].Entry.Up = dec("9000000000000") }, []refusal.Fault{fault("Entry.Up", success.ErrRange)}},
		"negative complexity": {func(p *tier.Policy) { p.Tiers[0].Entry.Complexity = -1 }, []refusal.Fault{fault("Entry.Complexity", success.ErrNegative)}},
		"a last tier with a limit": {func(p *tier.Policy) { p.Tiers[2].Team = team(1, 1) },
			[]refusal.Fault{fault("Team", success.ErrRange)}},
		"negative dwell":     {func(p *tier.Policy) { p.Dwell = -1 }, []refusal.Fault{fault("Dwell", success.ErrNegative)}},
		"a long dwell":       {func(p *tier.Policy) { p.Dwell = 36_526 }, []refusal.Fault{fault("Dwell", success.ErrRange)}},
		"a negative renewal": {func(p *tier.Policy) { p.Locks.Renewal = -1 }, []refusal.Fault{fault("Locks.Renewal", success.ErrNegative)}},
		"a long handover":    {func(p *tier.Policy) { p.Locks.Handover = 36_526 }, []refusal.Fault{fault("Locks.Handover", success.ErrRange)}},
		"a bad team":         {func(p *tier.Policy) { p.Tiers[0].Team = &tier.Team{} }, []refusal.Fault{fault("Team.Hours", success.ErrRange), fault("Team.Utilisation", success.ErrRange)}},
	} {
		p := open()
		c.change(&p)
		refusal.Check(t, what, p.Validate(), c.faults...)
		plan, err := tier.Assign(nil, p, today)
		refusal.Check(t, what, err, c.faults...)
		if plan != nil {
			t.Errorf("%s: a plan and an error", what)
		}
	}
	p := open()
	p.Dwell, p.Locks.Renewal, p.Locks.Handover, p.Tiers[0].Cadence = 36_525, 36_525, 36_525, 36_525
	p.Tiers[0].Hours, p.Tiers[1].Hours = whole(10_000), dec("0.0001")
	p.Tiers[0].Entry.Down = whole(100)
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
}

func TestBadTeams(t *testing.T) {
	for what, c := range map[string]struct {
		change func(*tier.Team)
		fault  refusal.Fault
	}{
		"negative people":     {func(t *tier.Team) { t.People = dec("-0.5") }, fault("People", success.ErrNegative)},
		"people too fine":     {func(t *tier.Team) { t.People = dec("0.501") }, fault("People", success.ErrRange)},
		"too many people":     {func(t *tier.Team) { t.People = dec("1000000.01") }, fault("People", success.ErrRange)},
		"negative hours":      {func(t *tier.Team) { t.Hours = dec("-1") }, fault("Hours", success.ErrNegative)},
		"no hours":            {func(t *tier.Team) { t.Hours = dec("0") }, fault("Hours", success.ErrRange)},
		"too many hours":      {func(t *tier.Team) { t.Hours = dec("10000.000001") }, fault("Hours", success.ErrRange)},
		"no utilisation":      {func(t *tier.Team) { t.Utilisation = dec("0") }, fault("Utilisation", success.ErrRange)},
		"utilisation above 1": {func(t *tier.Team) { t.Utilisation = dec("1.000001") }, fault("Utilisation", success.ErrRange)},
		"utilisation below 0": {func(t *tier.Team) { t.Utilisation = dec("-0.1") }, fault("Utilisation", success.ErrNegative)},
		"admin 1":             {func(t *tier.Team) { t.Admin = dec("1") }, fault("Admin", success.ErrRange)},
		"admin above 1":       {func(t *tier.Team) { t.Admin = dec("1.1") }, fault("Admin", success.ErrRange)},
		"admin below 0":       {func(t *tier.Team) { t.Admin = dec("-0.1") }, fault("Admin", success.ErrNegative)},
		"nothing left":        {func(t *tier.Team) { t.Hours, t.Utilisation = dec("0.000001"), dec("0.5") }, fault("Hours", success.ErrRange)},
	} {
		bad := quarter("1")
		c.change(&bad)
		_, err := bad.Available()
		refusal.Check(t, what, err, c.fault)
		_, err = bad.Accounts(whole(1))
		refusal.Check(t, what, err, c.fault)
	}
	for hours, kind := range map[string]error{"0": success.ErrRange, "-1": success.ErrNegative, "10000.0001": success.ErrRange, "0.00001": success.ErrRange} {
		_, err := quarter("1").Accounts(dec(hours))
		refusal.Check(t, hours, err, fault("", kind))
	}
}

func TestBadAccounts(t *testing.T) {
	for what, c := range map[string]struct {
		change func(*tier.Account)
		fault  refusal.Fault
	}{
		"no ID":                    {func(a *tier.Account) { a.ID = "" }, fault("ID", success.ErrMissing)},
		"negative revenue":         {func(a *tier.Account) { a.Revenue = dec("-0.01") }, fault("Revenue", success.ErrNegative)},
		"revenue that rounds to 0": {func(a *tier.Account) { a.Revenue = dec("-0.0000001") }, fault("Revenue", success.ErrNegative)},
		"huge revenue":             {func(a *tier.Account) { a.Revenue = decimal.New(1, 900) }, fault("Revenue", success.ErrRange)},
		"negative effort":          {func(a *tier.Account) { a.Effort = dec("-1") }, fault("Effort", success.ErrNegative)},
		"effort too fine":          {func(a *tier.Account) { a.Effort = dec("0.015") }, fault("Effort", success.ErrRange)},
		"effort too small":         {func(a *tier.Account) { a.Effort = dec("0.001") }, fault("Effort", success.ErrRange)},
		"effort too large":         {func(a *tier.Account) { a.Effort = dec("100.01") }, fault("Effort", success.ErrRange)},
		"negative complexity":      {func(a *tier.Account) { a.Complexity = -1 }, fault("Complexity", success.ErrNegative)},
		"unknown manual tier":      {func(a *tier.Account) { a.Manual = "mid" }, fault("Manual", success.ErrUnknown)},
		"unknown wanted tier":      {func(a *tier.Account) { a.Before.Wanted = "mid" }, fault("Before.Wanted", success.ErrUnknown)},
		"unknown present tier":     {func(a *tier.Account) { a.Before.Given = "mid" }, fault("Before.Given", success.ErrUnknown)},
		"unknown way":              {func(a *tier.Account) { a.Before.Toward, a.Before.Since = "mid", today }, fault("Before.Toward", success.ErrUnknown)},
		"way without a day":        {func(a *tier.Account) { a.Before.Toward = "low" }, fault("Before.Since", success.ErrMissing)},
		"way from tomorrow":        {func(a *tier.Account) { a.Before.Toward, a.Before.Since = "low", today.AddDays(1) }, fault("Before.Since", success.ErrOrder)},
		"its own parent":           {func(a *tier.Account) { a.Parent = "B" }, fault("Parent", success.ErrOrder)},
		"twice":                    {func(a *tier.Account) { a.ID = "A" }, fault("ID", success.ErrDuplicate)},
	} {
		accounts := []tier.Account{{ID: "A", Effort: dec("100")}, {ID: "B", Effort: dec("0.01")}}
		c.change(&accounts[1])
		_, err := tier.Assign(accounts, open(), today)
		refusal.Check(t, what, err, c.fault)
		var first *success.InputError
		if !errors.As(err, &first) || first.Record != "account" || first.Index != 1 {
			t.Errorf("%s: %v is not about account 1", what, err)
		}
	}
}

func TestBadCalls(t *testing.T) {
	_, err := tier.Assign(nil, open(), success.Date{})
	refusal.Check(t, "no day", err, fault("", success.ErrMissing))
	half := dec("4500000000000")
	_, err = tier.Assign([]tier.Account{{ID: "A", Revenue: half}, {ID: "B", Revenue: half}}, open(), today)
	refusal.Check(t, "revenue in sum", err, fault("Revenue", success.ErrRange))
	if _, err := tier.Assign([]tier.Account{{ID: "A", Revenue: half}, {ID: "B", Revenue: half.Sub(dec("0.000001"))}}, open(), today); err != nil {
		t.Error(err)
	}
	_, err = tier.Assign([]tier.Account{{ID: "B"}, {ID: "A"}, {ID: "B", Manual: "x"}, {ID: "A"}, {}}, open(), today)
	refusal.Check(t, "every fault", err, fault("Manual", success.ErrUnknown), fault("ID", success.ErrDuplicate),
		fault("ID", success.ErrDuplicate), fault("ID", success.ErrMissing))
}

func TestFamilyCycles(t *testing.T) {
	accounts := []tier.Account{
		{ID: "A", Parent: "C"}, {ID: "B", Parent: "A"}, {ID: "C", Parent: "B"}, // a cycle
		{ID: "D", Parent: "A"}, {ID: "E", Parent: "D"}, // that leads to it
		{ID: "F", Parent: "F"}, {ID: "G", Parent: "H"}, {ID: "H"}, {ID: "I", Parent: "Holding"},
	}
	_, err := tier.Assign(accounts, open(), today)
	refusal.Check(t, "cycles", err, fault("Parent", success.ErrOrder), fault("Parent", success.ErrOrder),
		fault("Parent", success.ErrOrder), fault("Parent", success.ErrOrder))
	var all *success.Errors
	errors.As(err, &all)
	found := ""
	for _, f := range all.Faults {
		found += fmt.Sprintf("%d %s, ", f.Index, f.Value)
	}
	if found != "0 C, 1 A, 2 B, 5 F, " {
		t.Error(found)
	}
}

func TestDeepFamily(t *testing.T) {
	const n = 100_000
	accounts := make([]tier.Account, n)
	for i := range accounts {
		accounts[i] = tier.Account{ID: success.AccountID(fmt.Sprintf("A%06d", i)), Parent: success.AccountID(fmt.Sprintf("A%06d", i+1))}
	}
	e, ok := assign(t, accounts, open()).Explain("A000000")
	if !ok || e.Members != n || e.Family != "A100000" {
		t.Errorf("%d members of %s", e.Members, e.Family)
	}
}

func TestBadQuestions(t *testing.T) {
	p := open()
	p.Tiers[0].Team = team(1, 10)
	plan := assign(t, []tier.Account{{ID: "A"}}, p)
	_, err := plan.Hire("mid")
	refusal.Check(t, "unknown", err, fault("Name", success.ErrUnknown))
	_, err = plan.Hire("low")
	refusal.Check(t, "no team", err, fault("Name", success.ErrRange))
	for _, bad := range []string{"-1.000001", "1000.000001", "1e900"} {
		_, err = plan.Grow(tier.Growth{Accounts: dec(bad), Revenue: dec(bad)})
		refusal.Check(t, bad, err, fault("Accounts", success.ErrRange), fault("Revenue", success.ErrRange))
	}
	for _, edge := range []string{"-1", "1000"} {
		if _, err = plan.Grow(tier.Growth{Accounts: dec(edge), Revenue: dec(edge)}); err != nil {
			t.Error(err)
		}
	}
	for name, ok := range map[string]bool{"high": true, "mid": false} {
		_, served := plan.Served(name)
		_, work := plan.Work(name)
		if served != ok || work != ok {
			t.Errorf("%s: %v %v", name, served, work)
		}
	}
	_, of := plan.Of("B")
	if _, explained := plan.Explain("B"); of || explained {
		t.Error("B is not in the plan")
	}
	_, err = plan.Cover(tier.Programme{Webinars: -1, WebinarHours: dec("-1"), OfficeHours: dec("0.00001"), Recorded: dec("1e900"), Booked: dec("1000000.0001"), BookingHours: dec("-1")})
	refusal.Check(t, "programme", err, fault("Webinars", success.ErrNegative), fault("WebinarHours", success.ErrNegative),
		fault("OfficeHours", success.ErrRange), fault("Recorded", success.ErrRange), fault("Booked", success.ErrRange), fault("BookingHours", success.ErrNegative))
	_, err = plan.Cover(tier.Programme{Webinars: 1_000_001})
	refusal.Check(t, "webinars", err, fault("Webinars", success.ErrRange))
	if _, err = plan.Cover(tier.Programme{Webinars: 1_000_000, Booked: dec("1000000")}); err != nil {
		t.Error(err)
	}
}

func TestBadDivisions(t *testing.T) {
	work := []tier.Work{{Account: "A", Hours: whole(1)}, {Account: "B", Hours: whole(1)}}
	divide := func(change func(*tier.Work), people []string, o tier.Options) error {
		bad := []tier.Work{work[0], work[1]}
		change(&bad[1])
		_, err := tier.Divide(bad, people, o)
		return err
	}
	same := func(*tier.Work) {}
	ada := []string{"Ada"}
	refusal.Check(t, "nobody", divide(same, nil, tier.Options{}), fault("", success.ErrMissing))
	refusal.Check(t, "no name", divide(same, []string{"Ada", ""}, tier.Options{}), fault("", success.ErrMissing))
	refusal.Check(t, "twice", divide(same, []string{"Ada", "Ada"}, tier.Options{}), fault("", success.ErrDuplicate))
	refusal.Check(t, "most", divide(same, ada, tier.Options{Most: dec("0.999999")}), fault("Most", success.ErrRange))
	refusal.Check(t, "negative most", divide(same, ada, tier.Options{Most: dec("-1")}), fault("Most", success.ErrNegative))
	refusal.Check(t, "huge most", divide(same, ada, tier.Options{Most: dec("1001")}), fault("Most", success.ErrRange))
	refusal.Check(t, "no account", divide(func(w *tier.Work) { w.Account = "" }, ada, tier.Options{}), fault("Account", success.ErrMissing))
	refusal.Check(t, "account twice", divide(func(w *tier.Work) { w.Account = "A" }, ada, tier.Options{}), fault("Account", success.ErrDuplicate))
	refusal.Check(t, "negative hours", divide(func(w *tier.Work) { w.Hours = dec("-1") }, ada, tier.Options{}), fault("Hours", success.ErrNegative))
	refusal.Check(t, "huge hours", divide(func(w *tier.Work) { w.Hours = dec("8999999999999") }, ada, tier.Options{}), fault("Hours", success.ErrRange))
}

func TestParse(t *testing.T) {
	const good = `{"tiers": [{"name": "tech", "format": "self-service", "hours": 0}]}`
	if p, err := tier.Parse([]byte(good)); err != nil || len(p.Tiers) != 1 || p.Tiers[0].Format != success.SelfService {
		t.Error(p, err)
	}
	for what, text := range map[string]string{
		"nothing":           "",
		"more after it":     good + " 1",
		"a stray bracket":   good + "]",
		"an unknown key":    strings.Replace(good, "hours", "hour", 1),
		"an unknown format": strings.Replace(good, "self-service", "magic", 1),
		"words for hours":   strings.Replace(good, "0", `"many"`, 1),
		"no tiers":          `{}`,
	} {
		if p, err := tier.Parse([]byte(text)); err == nil || len(p.Tiers) > 0 {
			t.Errorf("%s: %v, %v", what, p, err)
		}
	}
	_, err := tier.Parse([]byte(strings.Replace(good, `"tech"`, `""`, 1)))
	refusal.Check(t, "no name", err, fault("Name", success.ErrMissing))
}
