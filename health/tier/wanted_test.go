package tier_test

import (
	"fmt"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/health/tier"
)

// open is a policy of three tiers without limits.
func open() tier.Policy {
	return tier.Policy{Dwell: 30, Tiers: []tier.Tier{
		{Name: "high", Format: success.OneToOne, Hours: whole(3), Entry: tier.Entry{Up: whole(100), Down: whole(90), Strategic: true}},
		{Name: "low", Format: success.OneToOne, Hours: whole(2), Entry: tier.Entry{Up: whole(50), Down: whole(40), Complexity: 5, Contract: true}},
		{Name: "tech", Format: success.SelfService},
	}}
}

func TestWanted(t *testing.T) {
	ago := func(days int) success.Date { return today.AddDays(-days) }
	state := func(wanted, toward string, since success.Date) tier.State {
		return tier.State{Wanted: wanted, Given: "low", Toward: toward, Since: since}
	}
	for _, c := range []struct {
		what    string
		revenue string
		before  tier.State
		want    string // wanted, the tier it heads for, since
	}{
		{"new, at Up", "100", tier.State{}, "high"},
		{"new, below Up", "99.999999", tier.State{}, "low"},
		{"new, between", "95", tier.State{}, "low"},
		{"new, at the lower Up", "50", tier.State{}, "low"},
		{"new, below the lower Up", "49.999999", tier.State{}, "tech"},
		{"a tier given, none wanted", "45", tier.State{Given: "low"}, "tech"},
		{"a way without a wanted tier", "45", tier.State{Toward: "low", Since: ago(50)}, "tech"},
		{"stays at Down", "90", state("high", "", success.Date{}), "high"},
		{"begins to fall", "89.999999", state("high", "", success.Date{}), "high low 2026-03-01"},
		{"falls no further than it must", "45", state("high", "tech", ago(30)), "low"},
		{"falls all the way", "39.999999", state("high", "low", ago(30)), "tech"},
		{"a day short", "45", state("high", "low", ago(29)), "high low 2026-01-31"},
		{"back in the zone", "90", state("high", "low", ago(29)), "high"},
		{"begins to rise", "100", state("low", "", success.Date{}), "low high 2026-03-01"},
		{"a day short of rising", "100", state("low", "high", ago(29)), "low high 2026-01-31"},
		{"rises", "100", state("low", "high", ago(30)), "high"},
		{"rises by two", "100", state("tech", "low", ago(31)), "high"},
		{"does not rise in the zone", "99", state("low", "high", ago(30)), "low"},
		{"turned round", "100", state("low", "tech", ago(300)), "low high 2026-03-01"},
		{"turned round, down", "39", state("low", "high", ago(300)), "low tech 2026-03-01"},
		{"a way to where it is", "39", state("low", "low", ago(300)), "low tech 2026-03-01"},
	} {
		plan := assign(t, []tier.Account{{ID: "A", Revenue: dec(c.revenue), Before: c.before}}, open())
		a, _ := plan.Of("A")
		got := a.State.Wanted
		if a.State.Toward != "" {
			got += " " + a.State.Toward + " " + a.State.Since.String()
		} else if !a.State.Since.IsZero() {
			t.Errorf("%s: since %v, but heads nowhere", c.what, a.State.Since)
		}
		if got != c.want || a.Wanted != a.State.Wanted || a.Tier != a.Wanted {
			t.Errorf("%s: %s (%+v), want %s", c.what, got, a, c.want)
		}
	}
}

func TestQualifies(t *testing.T) {
	p := open()
	p.Tiers[1].Entry.Also = func(a tier.Account) bool { return a.Owner == "Ada" }
	for _, c := range []struct {
		account tier.Account
		want    string
		because string
	}{
		{tier.Account{Strategic: true}, "high", "[strategic]"},
		{tier.Account{Complexity: 5}, "low", "[complexity]"},
		{tier.Account{Complexity: 4}, "tech", "[nothing qualifies it for a higher tier]"},
		{tier.Account{NamedCSM: true, Complexity: 9}, "low", "[complexity contract]"},
		{tier.Account{Owner: "Ada"}, "low", "[another rule]"},
		{tier.Account{Owner: "Ben"}, "tech", "[nothing qualifies it for a higher tier]"},
		{tier.Account{Strategic: true, Revenue: whole(50)}, "high", "[strategic]"},
		{tier.Account{Strategic: true, Revenue: whole(100)}, "high", "[revenue strategic]"},
		{tier.Account{NamedCSM: true, Revenue: whole(100)}, "high", "[revenue]"},
		{tier.Account{NamedCSM: true, Revenue: whole(60)}, "low", "[revenue contract]"},
		{tier.Account{Revenue: whole(95), Before: tier.State{Wanted: "high"}}, "high", "[revenue between the thresholds]"},
		{tier.Account{Revenue: whole(45), Before: tier.State{Wanted: "low"}}, "low", "[revenue between the thresholds]"},
		{tier.Account{Complexity: 5, Revenue: whole(45), Before: tier.State{Wanted: "low"}}, "low", "[complexity]"},
		{tier.Account{Revenue: whole(100), Before: tier.State{Wanted: "tech"}}, "tech", "[heads for another tier, for too short a time]"},
		{tier.Account{Revenue: whole(45), Before: tier.State{Wanted: "tech"}}, "tech", "[nothing qualifies it for a higher tier]"},
	} {
		c.account.ID = "A"
		e, ok := assign(t, []tier.Account{c.account}, p).Explain("A")
		if e.Wanted != c.want || fmt.Sprint(e.Because) != c.because || !ok {
			t.Errorf("%+v: wants %s because %v, want %s because %s", c.account, e.Wanted, e.Because, c.want, c.because)
		}
	}
}

func TestRevenueAloneNeedsUp(t *testing.T) {
	p := open()
	p.Tiers[0].Entry.Up, p.Tiers[0].Entry.Down = dec("0"), dec("0")
	plan := assign(t, []tier.Account{{ID: "A", Revenue: whole(1_000)}, {ID: "B", Revenue: whole(45), Before: tier.State{Wanted: "low"}}}, p)
	if a, _ := plan.Of("A"); a.Wanted != "low" {
		t.Errorf("%+v", a)
	}
	p.Tiers[1].Entry.Down = dec("0")
	if b, _ := assign(t, []tier.Account{{ID: "B", Revenue: whole(49), Before: tier.State{Wanted: "low", Toward: "tech", Since: today.AddDays(-30)}}}, p).Of("B"); b.Wanted != "tech" {
		t.Errorf("without Down, Up is both: %+v", b)
	}
}

// Each lock on both sides of its bounds. The account wants tech touch, and has
// low touch now.
func TestLocks(t *testing.T) {
	every := tier.Locks{Strategic: true, Contract: true, AtRisk: true, Renewal: 30, Handover: 30}
	but := func(change func(*tier.Locks)) tier.Locks {
		l := every
		change(&l)
		return l
	}
	in := func(days int) success.Date { return today.AddDays(days) }
	for _, c := range []struct {
		what    string
		locks   tier.Locks
		account tier.Account
		want    string // tier and reason
	}{
		{"none", every, tier.Account{}, "tech, as wanted"},
		{"manual", tier.Locks{}, tier.Account{Manual: "high"}, "high, manual"},
		{"manual first", every, tier.Account{Manual: "tech", Strategic: true, NamedCSM: true, AtRisk: true}, "tech, manual"},
		{"strategic", every, tier.Account{Strategic: true, NamedCSM: true, AtRisk: true}, "high, strategic"},
		{"strategic is no lock", but(func(l *tier.Locks) { l.Strategic = false }), tier.Account{Strategic: true}, "high, as wanted"},
		{"contract", every, tier.Account{NamedCSM: true, Renewal: in(1)}, "low, contract"},
		{"contract is no lock", but(func(l *tier.Locks) { l.Contract = false }), tier.Account{NamedCSM: true}, "low, as wanted"},
		{"renewal today", every, tier.Account{Renewal: in(0), AtRisk: true}, "low, renewal"},
		{"renewal in 30 days", every, tier.Account{Renewal: in(30)}, "low, renewal"},
		{"renewal in 31 days", every, tier.Account{Renewal: in(31)}, "tech, as wanted"},
		{"renewal yesterday", every, tier.Account{Renewal: in(-1)}, "tech, as wanted"},
		{"renewal is no lock", but(func(l *tier.Locks) { l.Renewal = 0 }), tier.Account{Renewal: in(0)}, "tech, as wanted"},
		{"at risk", every, tier.Account{AtRisk: true, OwnerSince: in(-1)}, "low, at risk"},
		{"at risk is no lock", but(func(l *tier.Locks) { l.AtRisk = false }), tier.Account{AtRisk: true}, "tech, as wanted"},
		{"owner since today", every, tier.Account{OwnerSince: in(0)}, "low, change of owner"},
		{"owner for 30 days", every, tier.Account{OwnerSince: in(-30)}, "low, change of owner"},
		{"owner for 31 days", every, tier.Account{OwnerSince: in(-31)}, "tech, as wanted"},
		{"owner from tomorrow", every, tier.Account{OwnerSince: in(1)}, "tech, as wanted"},
		{"owner is no lock", but(func(l *tier.Locks) { l.Handover = 0 }), tier.Account{OwnerSince: in(0)}, "tech, as wanted"},
	} {
		p := open()
		p.Locks = c.locks
		c.account.ID = "A"
		c.account.Before.Given = "low"
		a, _ := assign(t, []tier.Account{c.account}, p).Of("A")
		if got := a.Tier + ", " + a.Reason.String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
		c.account.Before.Given = ""
		a, _ = assign(t, []tier.Account{c.account}, p).Of("A")
		if a.Reason >= tier.Renewal {
			t.Errorf("%s: a new account is locked: %+v", c.what, a)
		}
	}
}

// A lock on one member locks the family, the first lock before the others and
// the highest tier before lower ones.
func TestFamilyLocks(t *testing.T) {
	p := open()
	p.Locks = tier.Locks{Strategic: true, AtRisk: true, Renewal: 30}
	for _, c := range []struct {
		what  string
		a, b  tier.Account
		wants string
	}{
		{"present", tier.Account{AtRisk: true, Before: tier.State{Given: "tech"}}, tier.Account{Before: tier.State{Given: "low"}}, "low, at risk"},
		{"present of another", tier.Account{AtRisk: true}, tier.Account{Before: tier.State{Given: "high"}}, "high, at risk"},
		{"first lock", tier.Account{AtRisk: true, Before: tier.State{Given: "high"}}, tier.Account{Renewal: today}, "high, renewal"},
		{"manual of one", tier.Account{Strategic: true}, tier.Account{Manual: "tech"}, "tech, manual"},
		{"manual of both", tier.Account{Manual: "low"}, tier.Account{Manual: "tech"}, "low, manual"},
		{"manual of both, the other way", tier.Account{Manual: "tech"}, tier.Account{Manual: "low"}, "low, manual"},
		{"strategic", tier.Account{Strategic: true}, tier.Account{}, "high, strategic"},
		{"higher", tier.Account{Revenue: whole(50)}, tier.Account{Revenue: whole(49)}, "low, as wanted"},
	} {
		c.a.ID, c.b.ID, c.b.Parent = "A", "B", "A"
		plan := assign(t, []tier.Account{c.a, c.b}, p)
		for _, id := range []success.AccountID{"A", "B"} {
			got, _ := plan.Of(id)
			if text := got.Tier + ", " + got.Reason.String(); text != c.wants {
				t.Errorf("%s: %s has %s, want %s", c.what, id, text, c.wants)
			}
		}
	}
}

// Ties go to the smaller effort, then the smaller ID, whatever the order; room is
// taken to the last hundredth.
func TestTies(t *testing.T) {
	p := limited("1", "0.2")
	for _, c := range []struct {
		what     string
		accounts []tier.Account
		want     string
	}{
		{"smaller effort", []tier.Account{wanting(2, "A", "1", "100"), wanting(2, "B", "0.5", "50"), wanting(2, "C", "0.5", "49")}, "tech high high"},
		{"smaller ID", []tier.Account{wanting(2, "C", "1", "1"), wanting(2, "A", "1", "1"), wanting(2, "B", "1", "1")}, "high tech tech"},
		{"exactly full", []tier.Account{wanting(2, "A", "0.99", "99"), wanting(2, "B", "0.01", "0")}, "high high"},
		{"a hundredth over", []tier.Account{wanting(2, "A", "1", "100"), wanting(2, "B", "0.01", "0")}, "high low"},
		{"a hundredth too much", []tier.Account{wanting(2, "A", "1.01", "100"), wanting(1, "B", "0.41", "50")}, "tech tech"},
		{"lower exactly full", []tier.Account{wanting(2, "A", "1", "100"), wanting(1, "B", "0.4", "50")}, "high low"},
		{"products of 65 bits", []tier.Account{wanting(2, "A", "1", "184467440737.095517"), wanting(2, "B", "1", "1")}, "high tech"},
		{"large products", []tier.Account{wanting(2, "A", "1", "4000000000000"), wanting(2, "B", "0.99", "4000000000000")}, "tech high"},
	} {
		got := ""
		for _, a := range assign(t, c.accounts, p).Assignments() {
			got += " " + a.Tier
		}
		if got != " "+c.want {
			t.Errorf("%s:%s, want %s", c.what, got, c.want)
		}
	}
}
