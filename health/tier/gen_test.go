package tier_test

import (
	"fmt"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health/tier"
	"pgregory.net/rapid"
)

var today = success.MustDate("2026-03-01")

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func whole(n int) decimal.Decimal { return decimal.NewFromInt(int64(n)) }

// team is a number of people who each have some hours, all of them for
// customers.
func team(people, hours int) *tier.Team {
	return &tier.Team{People: whole(people), Hours: whole(hours), Utilisation: whole(1)}
}

// names are those of the tiers of generated policies.
func names() []string { return []string{"high touch", "low touch", "one-to-many", "tech touch"} }

func formats() []success.Format {
	return []success.Format{success.OneToOne, success.OneToOne, success.OneToMany, success.SelfService}
}

// drawPolicy draws a policy of two to four tiers whose teams are small, so that
// they fill.
func drawPolicy(t *rapid.T) tier.Policy {
	n := rapid.IntRange(2, 4).Draw(t, "tiers")
	p := tier.Policy{Dwell: rapid.SampledFrom([]int{0, 1, 30}).Draw(t, "dwell"), Locks: drawLocks(t)}
	take := 10 * n
	up := 100 * n
	for i := range n {
		next := tier.Tier{Name: names()[i], Format: formats()[4-n+i], Hours: whole(take)}
		take -= rapid.IntRange(1, 9).Draw(t, "hours less")
		if i < n-1 {
			next.Entry = drawEntry(t, &up)
			next.Team = team(rapid.IntRange(0, 3).Draw(t, "people"), rapid.IntRange(1, 60).Draw(t, "hours"))
		}
		if i < n-1 && rapid.Bool().Draw(t, "no limit") && rapid.Bool().Draw(t, "really none") {
			next.Team = nil
		}
		p.Tiers = append(p.Tiers, next)
	}
	return p
}

func drawLocks(t *rapid.T) tier.Locks {
	return tier.Locks{
		Strategic: rapid.Bool().Draw(t, "lock strategic"), Contract: rapid.Bool().Draw(t, "lock contract"),
		AtRisk: rapid.Bool().Draw(t, "lock at risk"), Renewal: rapid.SampledFrom([]int{0, 30}).Draw(t, "lock renewal"),
		Handover: rapid.SampledFrom([]int{0, 30}).Draw(t, "lock handover"),
	}
}

func drawEntry(t *rapid.T, up *int) (e tier.Entry) {
	if rapid.IntRange(0, 4).Draw(t, "by revenue") > 0 {
		e.Up = whole(*up)
		e.Down = whole(*up - rapid.IntRange(0, 60).Draw(t, "dead zone"))
		*up -= rapid.IntRange(1, 99).Draw(t, "up less")
	}
	e.Complexity = rapid.SampledFrom([]int{0, 5}).Draw(t, "complexity")
	e.Strategic = rapid.Bool().Draw(t, "by strategic")
	e.Contract = rapid.Bool().Draw(t, "by contract")
	return e
}

// drawAccounts draws accounts for a policy, with small numbers so that they tie.
func drawAccounts(t *rapid.T, p tier.Policy, most int) []tier.Account {
	accounts := make([]tier.Account, rapid.IntRange(0, most).Draw(t, "accounts"))
	for i := range accounts {
		accounts[i] = drawAccount(t, p, i)
	}
	return accounts
}

func drawAccount(t *rapid.T, p tier.Policy, i int) tier.Account {
	rare := func(label string) bool { return rapid.IntRange(0, 7).Draw(t, label) == 7 }
	a := tier.Account{
		ID:         success.AccountID(fmt.Sprintf("A%02d", i)),
		Revenue:    whole(rapid.IntRange(0, 450).Draw(t, "revenue")),
		Effort:     dec(rapid.SampledFrom([]string{"0", "0.5", "1", "1.5", "0.01", "2", "3.33"}).Draw(t, "effort")),
		Complexity: rapid.IntRange(0, 6).Draw(t, "complexity"),
		Strategic:  rare("strategic"), NamedCSM: rare("contract"), AtRisk: rare("at risk"),
		Owner: rapid.SampledFrom([]string{"", "Ada", "Ben", "Cleo"}).Draw(t, "owner"),
	}
	if i > 0 && rare("family") {
		a.Parent = success.AccountID(fmt.Sprintf("A%02d", rapid.IntRange(0, i-1).Draw(t, "parent")))
	}
	if rare("absent parent") {
		a.Parent = "Holding"
	}
	if rare("renewal") {
		a.Renewal = today.AddDays(rapid.IntRange(-2, 32).Draw(t, "renews in"))
	}
	if rare("handover") {
		a.OwnerSince = today.AddDays(-rapid.IntRange(-2, 32).Draw(t, "owner for"))
	}
	if rare("manual") {
		a.Manual = drawTier(t, p)
	}
	if rapid.Bool().Draw(t, "known") {
		a.Before = drawState(t, p)
	}
	return a
}

func drawTier(t *rapid.T, p tier.Policy) string {
	return p.Tiers[rapid.IntRange(0, len(p.Tiers)-1).Draw(t, "tier")].Name
}

func drawState(t *rapid.T, p tier.Policy) tier.State {
	s := tier.State{Wanted: drawTier(t, p), Given: drawTier(t, p)}
	if rapid.Bool().Draw(t, "on the way") {
		s.Toward = drawTier(t, p)
		s.Since = today.AddDays(-rapid.SampledFrom([]int{0, 1, 29, 30, 31}).Draw(t, "for"))
	}
	return s
}

func assign(t interface{ Fatal(...any) }, accounts []tier.Account, p tier.Policy) *tier.Plan {
	plan, err := tier.Assign(accounts, p, today)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// position returns the place of a tier in its policy, the highest first.
func position(p tier.Policy, name string) int {
	for i := range p.Tiers {
		if p.Tiers[i].Name == name {
			return i
		}
	}
	return -1
}
