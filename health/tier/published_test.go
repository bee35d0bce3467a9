package tier_test

import (
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/health/tier"
)

// A person who works 40 hours in each of 13 weeks, three quarters of which can
// be planned and 15 % of those go to no customer.
func quarter(people string) tier.Team {
	return tier.Team{People: dec(people), Hours: whole(40 * 13), Utilisation: dec("0.75"), Admin: dec("0.15")}
}

func TestH21(t *testing.T) { // H21
	got, err := quarter("1").Available()
	if err != nil || !got.Equal(dec("331.5")) {
		t.Errorf("%v hours, %v; want 331.5", got, err)
	}
	for hours, want := range map[string]int{"16": 20, "32": 10} {
		if got, err := quarter("1").Accounts(dec(hours)); err != nil || got != want {
			t.Errorf("%d accounts of %s hours, %v; want %d", got, hours, err, want)
		}
	}
}

func TestH22(t *testing.T) { // H22
	p := tier.Policy{Tiers: []tier.Tier{
		{Name: "high touch", Format: success.OneToOne, Hours: whole(16), Entry: tier.Entry{Up: whole(1)}, Team: team(1, 32)},
		{Name: "tech touch", Format: success.SelfService},
	}}
	account := func(id success.AccountID, revenue int, effort string) tier.Account {
		return tier.Account{ID: id, Revenue: whole(revenue), Effort: dec(effort)}
	}
	plan := assign(t, []tier.Account{
		account("A", 300_000, "1"), account("B", 200_000, "1"), account("C", 150_000, "0.5"), account("D", 100_000, "0.5"),
	}, p)
	for id, want := range map[success.AccountID]string{"A": "high touch", "B": "tech touch", "C": "high touch", "D": "high touch"} {
		if got, _ := plan.Of(id); got.Tier != want {
			t.Errorf("%s has %s, want %s", id, got.Tier, want)
		}
	}
	if v, _ := plan.Served("high touch"); !v.Equal(whole(550_000)) {
		t.Errorf("serves %v, want 550000", v)
	}
	if l := plan.Loads()[0]; !l.Needed.Equal(whole(32)) || !l.Available.Equal(whole(32)) {
		t.Errorf("%+v", l)
	}
}

func TestCapacity(t *testing.T) {
	for _, c := range []struct {
		team tier.Team
		want string
	}{
		{quarter("2.5"), "828.75"},
		{quarter("0"), "0"},
		{tier.Team{People: whole(1), Hours: whole(1), Utilisation: whole(1)}, "1"},
		{tier.Team{People: whole(3), Hours: dec("0.333333"), Utilisation: dec("0.5"), Admin: dec("0.333333")}, "0.333333"},
		{tier.Team{People: whole(1), Hours: dec("0.000003"), Utilisation: dec("0.5")}, "0.000001"},
		{tier.Team{People: dec("0.01"), Hours: whole(10_000), Utilisation: dec("0.000001"), Admin: dec("0.99")}, "0.000001"},
		{tier.Team{People: whole(1_000_000), Hours: whole(10_000), Utilisation: whole(1)}, "10000000000"},
	} {
		if got, err := c.team.Available(); err != nil || !got.Equal(dec(c.want)) {
			t.Errorf("%+v: %v, %v; want %s", c.team, got, err, c.want)
		}
	}
	for hours, want := range map[string]int{"331.5": 1, "331.5001": 0, "165.75": 2, "0.0001": 3_315_000} {
		if got, err := quarter("1").Accounts(dec(hours)); err != nil || got != want {
			t.Errorf("%s hours: %d, %v; want %d", hours, got, err, want)
		}
	}
}
