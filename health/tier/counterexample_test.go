package tier_test

import (
	"fmt"
	"math/big"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/health/tier"
)

// limited is a policy of two tiers with room for some hours, in which an
// account of effort 1 takes an hour of the upper and half an hour of the lower.
func limited(upper, lower string) tier.Policy {
	one := func(hours string) *tier.Team {
		return &tier.Team{People: whole(1), Hours: dec(hours), Utilisation: whole(1)}
	}
	return tier.Policy{Tiers: []tier.Tier{
		{Name: "high", Format: success.OneToOne, Hours: dec("1"), Entry: tier.Entry{Complexity: 2}, Team: one(upper)},
		{Name: "low", Format: success.OneToOne, Hours: dec("0.5"), Entry: tier.Entry{Complexity: 1}, Team: one(lower)},
		{Name: "tech", Format: success.SelfService},
	}}
}

func wanting(level int, id success.AccountID, effort, revenue string) tier.Account {
	return tier.Account{ID: id, Complexity: level, Effort: dec(effort), Revenue: dec(revenue)}
}

// With several tiers one account of the largest value that fits each is not
// enough: six small accounts fill the upper tier's margin that one of three
// middling ones needs, and would all have fitted the lower. Best is better by
// 191.7; the largest that fits the upper has 99.1, the largest that fits the
// lower 16.1. Twice the largest that fits either is the bound that holds.
func TestSeveralTiersLoseMoreThanTheLargestOfEach(t *testing.T) {
	p := limited("29.1", "4.8")
	accounts := []tier.Account{wanting(2, "B", "9.9", "99.1")}
	for i := range 6 {
		accounts = append(accounts, wanting(2, success.AccountID(fmt.Sprint("A", i)), "1.6", "16.1"))
	}
	for i := range 3 {
		accounts = append(accounts, wanting(2, success.AccountID(fmt.Sprint("C", i)), "9.7", "97"))
	}
	plan := assign(t, accounts, p)
	families := gather(accounts, p)
	have, _ := plan.Served("low")
	most := best(families, p, 1)
	upper, lower := largest(families, p, 0), largest(families, p, 1)
	for what, c := range map[string]struct {
		got  *big.Rat
		want string
	}{
		"served": {have.Rat(), "195.7"}, "possible": {most, "387.6"},
		"fits upper": {upper, "99.1"}, "fits lower": {lower, "16.1"},
	} {
		if c.got.Cmp(dec(c.want).Rat()) != 0 {
			t.Errorf("%s: %v, want %s", what, c.got, c.want)
		}
	}
	loss := new(big.Rat).Sub(most, have.Rat())
	if each := new(big.Rat).Add(upper, lower); loss.Cmp(each) <= 0 {
		t.Errorf("loss %v is within %v: no counterexample", loss, each)
	}
	if twice := new(big.Rat).Add(upper, upper); loss.Cmp(twice) > 0 {
		t.Errorf("loss %v exceeds %v", loss, twice)
	}
}

// One more person above may take many accounts out of a tier: what it has falls
// by more than its largest account, and nobody is worse off.
func TestOneMorePersonAboveEmptiesATier(t *testing.T) {
	p := limited("2", "2")
	var accounts []tier.Account
	for i := range 6 {
		accounts = append(accounts, wanting(2, success.AccountID(fmt.Sprint("A", i)), "1", "100"))
	}
	plan := assign(t, accounts, p)
	hire, err := plan.Hire("high")
	if err != nil {
		t.Fatal(err)
	}
	up := 0
	for _, m := range hire.Moves {
		if !m.Up {
			t.Errorf("%+v", m)
		}
		if m.From == "low" {
			up++
		}
	}
	if had := plan.Loads()[1].ARR; up != 2 || !had.Equal(whole(400)) {
		t.Errorf("%d of %v move up", up, had)
	}
	if s := hire.Served[1]; !s.Before.Equal(whole(600)) || !s.After.Equal(whole(600)) {
		t.Errorf("%+v", s)
	}
}

// One more person may move an account down: the one that now fits is worth more,
// for each hour and in all.
func TestOneMorePersonSwapsAccounts(t *testing.T) {
	p := limited("1.5", "0.1")
	plan := assign(t, []tier.Account{
		wanting(2, "Ash", "1", "100"), wanting(2, "Birch", "2", "150"), wanting(2, "Cedar", "0.5", "30"),
	}, p)
	hire, err := plan.Hire("high")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(hire.Moves); got != "[{Birch tech high true as wanted} {Cedar high tech false no room}]" {
		t.Error(got)
	}
	if s := hire.Served[0]; !s.Before.Equal(whole(130)) || !s.After.Equal(whole(250)) {
		t.Errorf("%+v", s)
	}
}
