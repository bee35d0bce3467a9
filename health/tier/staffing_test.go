package tier_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health/tier"
)

// full is a plan whose upper tier holds two accounts of five that want it.
func full(t *testing.T) *tier.Plan {
	p := open()
	p.Dwell = 0
	p.Tiers[0].Team = team(1, 6)
	p.Tiers[1].Format, p.Tiers[1].Team = success.OneToMany, team(2, 2)
	return assign(t, []tier.Account{
		{ID: "A", Revenue: whole(500)}, {ID: "B", Revenue: whole(400)}, {ID: "C", Revenue: whole(300)},
		{ID: "D", Revenue: whole(200)}, {ID: "E", Revenue: whole(110)}, {ID: "F", Revenue: whole(60)},
	}, p)
}

func TestStaffing(t *testing.T) {
	for i, want := range []string{
		"high 5 15 3 2.5 2", // wanted by, hours, needed, exactly, missing
		"low 1 2 1 1 0",
		"tech 0 0 - n/a 0",
	} {
		s := full(t).Staffing()[i]
		needed, ok := s.Needed()
		text := needed.String()
		if !ok {
			text = "-"
		}
		exactly := "n/a"
		if v, ok := s.Exact().Value(2); ok {
			exactly = v.String()
		}
		if got := fmt.Sprintln(s.Tier, s.Accounts, s.Hours, text, exactly, s.Missing()); got != want+"\n" {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestGrow(t *testing.T) {
	plan := full(t)
	for _, c := range []struct{ accounts, revenue, want string }{
		{"0", "0.666666", "5 15 1 2 0 0"},   // 60 becomes 99.99996
		{"0", "0.666667", "6 18 0 0 0 0"},   // and 100.00002
		{"0", "-0.181818", "5 15 1 2 0 0"},  // 110 becomes 90.00002, which keeps its tier; 60 49.09, too
		{"0", "-0.1818182", "5 15 1 2 0 0"}, // the factor is rounded
		{"0", "-0.181819", "4 12 2 4 0 0"},  // 89.99991
		{"0", "-1", "0 0 0 0 6 0"},
		{"0.2", "0", "6 18 1.2 2.4 0 0"},
		{"-0.5", "0", "2.5 7.5 0.5 1 0 0"},
	} {
		needs, err := plan.Grow(tier.Growth{Accounts: dec(c.accounts), Revenue: dec(c.revenue)})
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprint(needs[0].Accounts, needs[0].Hours, needs[1].Accounts, needs[1].Hours, needs[2].Accounts, needs[2].Hours)
		if got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

// Growth beyond all amounts is growth all the same.
func TestGrowTheLargest(t *testing.T) {
	plan := assign(t, []tier.Account{{ID: "A", Revenue: dec("8999999999999")}}, open())
	needs, err := plan.Grow(tier.Growth{Revenue: whole(1000)})
	if err != nil || !needs[0].Accounts.Equal(whole(1)) {
		t.Error(needs, err)
	}
}

func TestCover(t *testing.T) {
	plan := full(t) // C, D and E want a person: 9 hours; two of them get one-to-many
	for _, c := range []struct {
		m    tier.Programme
		want string // accounts, revenue, in person, pooled, saved, pays, from
	}{
		{tier.Programme{}, "3 610 9 0 9 true 1"},
		{tier.Programme{Webinars: 2, WebinarHours: whole(2), OfficeHours: whole(1), Recorded: whole(1)}, "3 610 9 6 3 true 3"},
		{tier.Programme{Webinars: 2, WebinarHours: whole(2), OfficeHours: whole(1), Recorded: dec("0.9999")}, "3 610 9 5.9999 3.0001 true 2"},
		{tier.Programme{OfficeHours: whole(6), Booked: dec("0.5"), BookingHours: whole(2)}, "3 610 9 9 0 false 4"},
		{tier.Programme{Recorded: whole(1), Booked: whole(2), BookingHours: dec("1.5")}, "3 610 9 10 -1 false never"},
		{tier.Programme{Booked: whole(2), BookingHours: dec("1.5")}, "3 610 9 9 0 false never"},
	} {
		got, err := plan.Cover(c.m)
		if err != nil {
			t.Fatal(err)
		}
		from := "never"
		if n, ok := got.BreakEven(); ok {
			from = n.String()
		}
		text := fmt.Sprint(got.Accounts, " ", got.ARR, " ", got.InPerson, " ", got.Pooled(), " ", got.Saved(), " ", got.Pays(), " ", from)
		if text != c.want {
			t.Errorf("%+v: %s, want %s", c.m, text, c.want)
		}
	}
	empty, err := assign(t, nil, open()).Cover(tier.Programme{OfficeHours: whole(1)})
	if _, ok := empty.BreakEven(); err != nil || ok || empty.Pays() {
		t.Error(empty, err)
	}
}

// Locked accounts come first and may take more than there is.
func TestOver(t *testing.T) {
	p := open()
	p.Tiers[0].Team = team(1, 5)
	p.Tiers[1].Team = team(0, 1)
	plan := assign(t, []tier.Account{{ID: "A", Manual: "high"}, {ID: "B", Manual: "high"}, {ID: "C", Revenue: whole(999)}}, p)
	l := plan.Loads()[0]
	if l.Accounts != 2 || l.Locked != 2 || !l.Over().Equal(whole(1)) || l.Use().String() != "120%" {
		t.Errorf("%+v over by %v", l, l.Over())
	}
	e, _ := plan.Explain("C")
	if fmt.Sprint(e.Refusals) != "[{high 3 0} {low 2 0}]" || e.Tier != "tech" || e.Reason != tier.NoRoom {
		t.Errorf("%+v", e)
	}
	if l := plan.Loads()[1]; l.Use().Defined() || l.Over().IsPositive() {
		t.Errorf("%+v: nobody, and nothing to do", l)
	}
	if l := plan.Loads()[2]; l.Use().Defined() || l.Over().IsPositive() {
		t.Errorf("%+v has no limit", l)
	}
}

func TestMoves(t *testing.T) {
	accounts := []tier.Account{
		{ID: "C", Manual: "high", Before: tier.State{Given: "tech"}}, {ID: "B", Before: tier.State{Given: "low"}},
		{ID: "A", Before: tier.State{Given: "tech"}}, {ID: "D"},
	}
	got := fmt.Sprint(assign(t, accounts, open()).Moves())
	if got != "[{B low tech false as wanted} {C tech high true manual}]" {
		t.Error(got)
	}
}

func TestDensity(t *testing.T) {
	p := open()
	plan := assign(t, []tier.Account{
		{ID: "A", Revenue: whole(300), Effort: dec("1.5")}, {ID: "B", Revenue: whole(90), Parent: "A"}, {ID: "C", Revenue: whole(60)}, {ID: "D"},
	}, p)
	for id, want := range map[success.AccountID]string{"A": "156", "B": "156", "C": "30", "D": "n/a"} { // (390) / (2.5 × (3 − 2)), 60 / (2 − 0)
		e, _ := plan.Explain(id)
		got := "n/a"
		if v, ok := e.Density.Value(4); ok {
			got = v.String()
		}
		if got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}

func TestExplanationsRead(t *testing.T) {
	p := open()
	p.Tiers[0].Team, p.Tiers[1].Team = team(1, 4), team(1, 3)
	p.Tiers[1].Cadence = 30
	p.Locks.AtRisk = true
	plan := assign(t, []tier.Account{
		{ID: "Ash", Revenue: whole(500)},
		{ID: "Birch", Revenue: whole(300)},
		{ID: "Cedar", Revenue: whole(120), Effort: dec("0.5"), Parent: "Cedars"},
		{ID: "Dogwood", Revenue: whole(1), Effort: dec("0.5"), Parent: "Cedars"},
		{ID: "Elm", Revenue: whole(100), AtRisk: true, Before: tier.State{Wanted: "tech", Given: "tech"}},
	}, p)
	for id, want := range map[success.AccountID]string{
		"Ash":     "Ash has high (3 h): it wants high (revenue)",
		"Birch":   "Birch has low (2 h): it wants high (revenue), which had 1 h left of the 3 h needed",
		"Cedar":   "Cedar has tech (0 h): its family of 2 wants high (revenue), which had 1 h left of the 3 h needed, and low had 1 h left of the 2 h needed",
		"Dogwood": "Dogwood has tech (0 h): its family of 2 wants high, itself tech (nothing qualifies it for a higher tier), which had 1 h left of the 3 h needed, and low had 1 h left of the 2 h needed",
		"Elm":     "Elm has tech (0 h): locked, at risk; it wants tech (heads for another tier, for too short a time), towards high since 2026-03-01",
	} {
		e, _ := plan.Explain(id)
		if e.String() != want {
			t.Errorf("%s\nwant %s", e, want)
		}
		if low := e.Tier == "low"; low != (e.Cadence == 30) || e.Dwell != 30 {
			t.Errorf("%+v", e)
		}
	}
}

func TestReasonsAsText(t *testing.T) {
	for r := tier.AsWanted; r <= tier.Handover; r++ {
		text, err := r.MarshalText()
		var back tier.Reason
		if err != nil || back.UnmarshalText(text) != nil || back != r || r.Locked() != (r >= tier.Manual) {
			t.Errorf("%v: %s, %v, %v", r, text, err, back)
		}
	}
	bad := tier.Handover + 1
	if _, err := bad.MarshalText(); err == nil || bad.String() != "unknown 8" || bad.Locked() || bad.UnmarshalText([]byte("luck")) == nil {
		t.Error(bad, err)
	}
	if _, err := json.Marshal(bad); err == nil {
		t.Error("marshalled")
	}
}

// The JSON of a plan reads back, in order of tiers, with no hours for no limit.
func TestJSON(t *testing.T) {
	text, err := json.Marshal(assign(t, []tier.Account{{ID: `A "1"`, Revenue: dec("100.5"), Effort: dec("0.25")}}, func() tier.Policy {
		p := open()
		p.Tiers[0].Team = team(1, 1)
		return p
	}()))
	want := `{"high":{"accounts":1,"arr":"100.5","hours_needed":"0.75","hours_available":"1"},` +
		`"low":{"accounts":0,"arr":"0","hours_needed":"0","hours_available":null},` +
		`"tech":{"accounts":0,"arr":"0","hours_needed":"0","hours_available":null},` +
		`"assignments":[{"account":"A \"1\"","tier":"high","wanted":"high","reason":"as wanted"}]}`
	if err != nil || string(text) != want {
		t.Errorf("%s, %v", text, err)
	}
	if text, _ := json.Marshal(assign(t, nil, open())); !json.Valid(text) {
		t.Errorf("%s", text)
	}
	var s tier.State
	state := tier.State{Wanted: "low", Given: "tech", Toward: "high", Since: today}
	if text, err := json.Marshal(state); err != nil || json.Unmarshal(text, &s) != nil || s != state {
		t.Errorf("%s %v", text, err)
	}
}

// Hours of many large accounts do not overflow: 3 × 100 × 10,000 hours are far
// below the limit, a million times as many are not.
func TestManyHours(t *testing.T) {
	p := tier.Policy{Tiers: []tier.Tier{{Name: "all", Format: success.OneToOne, Hours: whole(10_000)}}}
	accounts := make([]tier.Account, 20_000)
	for i := range accounts {
		accounts[i] = tier.Account{ID: success.AccountID(fmt.Sprint(i)), Effort: whole(100)}
	}
	want := decimal.New(2, 10)
	if l := assign(t, accounts, p).Loads()[0]; !l.Needed.Equal(want) {
		t.Errorf("%v, want %v", l.Needed, want)
	}
}
