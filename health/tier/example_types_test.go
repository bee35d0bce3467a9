package tier_test

import (
	"fmt"
	"log"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health/tier"
)

// hours returns so many hours, or so many of anything else.
func hours(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// twoTiers has high touch for who pays 50,000 and tech touch for all others.
func twoTiers(entry tier.Entry) tier.Policy {
	return tier.Policy{Tiers: []tier.Tier{
		{Name: "high touch", Format: success.OneToOne, Hours: hours("16"), Entry: entry},
		{Name: "tech touch", Format: success.SelfService},
	}}
}

// of returns what one account gets under a policy.
func of(a tier.Account, policy tier.Policy) tier.Assignment {
	plan, err := tier.Assign([]tier.Account{a}, policy, success.MustDate("2026-03-01"))
	if err != nil {
		log.Fatal(err)
	}
	got, _ := plan.Of(a.ID)
	return got
}

func ExampleAccount() {
	policy := twoTiers(tier.Entry{Up: hours("50000")})
	fmt.Println(of(tier.Account{ID: "Fernhill", Revenue: hours("50000")}, policy).Tier)
	fmt.Println(of(tier.Account{ID: "Marlowe", Revenue: hours("49999")}, policy).Tier)
	// Output:
	// high touch
	// tech touch
}

// Who was in high touch keeps it down to 40,000; who was not has to reach 50,000.
func ExampleState() {
	policy := twoTiers(tier.Entry{Up: hours("50000"), Down: hours("40000")})
	for _, before := range []string{"high touch", "tech touch"} {
		a := tier.Account{ID: "Pinecroft", Revenue: hours("45000"), Before: tier.State{Wanted: before, Given: before}}
		fmt.Println("from", before, "to", of(a, policy).Tier)
	}
	// Output:
	// from high touch to high touch
	// from tech touch to tech touch
}

// One rule is enough: a brand worth having needs no revenue.
func ExampleEntry() {
	policy := twoTiers(tier.Entry{Up: hours("50000"), Strategic: true})
	fmt.Println(of(tier.Account{ID: "Fernhill", Revenue: hours("100"), Strategic: true}, policy).Tier)
	fmt.Println(of(tier.Account{ID: "Marlowe", Revenue: hours("100")}, policy).Tier)
	// Output:
	// high touch
	// tech touch
}

// Marlowe pays enough for high touch, where nobody has been hired yet.
func ExampleAssignment() {
	policy := twoTiers(tier.Entry{Up: hours("50000")})
	policy.Tiers[0].Team = &tier.Team{Hours: hours("500"), Utilisation: hours("0.75")}
	a := of(tier.Account{ID: "Marlowe", Revenue: hours("80000")}, policy)
	fmt.Println(a.Account, "wants", a.Wanted, "and has", a.Tier, "-", a.Reason)
	// Output: Marlowe wants high touch and has tech touch - no room
}

// An account at risk keeps its person, though it pays too little for one by now.
func ExampleLocks() {
	policy := twoTiers(tier.Entry{Up: hours("50000")})
	a := tier.Account{ID: "Oakvale", Revenue: hours("30000"), AtRisk: true, Before: tier.State{Wanted: "high touch", Given: "high touch"}}
	for _, locks := range []tier.Locks{{}, {AtRisk: true}} {
		policy.Locks = locks
		got := of(a, policy)
		fmt.Println(got.Tier, "-", got.Reason)
	}
	// Output:
	// tech touch - as wanted
	// high touch - at risk
}

func ExampleReason_Locked() {
	fmt.Println(tier.AsWanted.Locked(), tier.NoRoom.Locked(), tier.Manual.Locked(), tier.Handover.Locked())
	// Output: false false true true
}

// An account takes the hours of its tier, times its effort.
func ExampleTier() {
	plan, err := tier.Assign([]tier.Account{
		{ID: "Fernhill", Revenue: hours("80000")},
		{ID: "Marlowe", Revenue: hours("60000"), Effort: hours("1.5")},
	}, twoTiers(tier.Entry{Up: hours("50000")}), success.MustDate("2026-03-01"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(plan.Loads()[0].Tier, "takes", plan.Loads()[0].Needed, "hours") // 16 + 24
	// Output: high touch takes 40 hours
}

// Who falls out of high touch because there is no room?
func ExampleMove() {
	for _, m := range plan().Moves() {
		if !m.Up {
			fmt.Println(m.Account, "-", m.Reason)
		}
	}
	// Output: Pinecroft - no room
}

// How much room was there when Oakvale's turn came?
func ExampleRefusal() {
	e, _ := plan().Explain("Oakvale")
	for _, r := range e.Refusals {
		fmt.Println(r.Tier, "had", r.Left, "of", r.Needed, "hours")
	}
	// Output: high touch had 4 of 16 hours
}

// A quarter more accounts take a quarter more hours.
func ExampleGrowth() {
	for _, g := range []tier.Growth{{}, {Accounts: hours("0.25")}} {
		needs, err := plan().Grow(g)
		fmt.Println(needs[0].Accounts, "accounts,", needs[0].Hours, "hours", err)
	}
	// Output:
	// 4 accounts, 64 hours <nil>
	// 5 accounts, 80 hours <nil>
}

// Who would get a person if one were hired for high touch?
func ExampleHire() {
	hire, err := plan().Hire("high touch")
	fmt.Println(hire.Tier, "gains", len(hire.Moves), "accounts:", hire.Moves[0].Account, "and", hire.Moves[1].Account, err)
	// Output: high touch gains 2 accounts: Oakvale and Pinecroft <nil>
}

// How much more revenue would be served in person?
func ExampleServed() {
	hire, err := plan().Hire("high touch")
	s := hire.Served[0]
	fmt.Println(s.Tier, s.After.Sub(s.Before), "more", err)
	// Output: high touch 105000 more <nil>
}

// Two webinars of five hours and six office hours, whoever comes.
func ExampleProgramme() {
	c, err := plan().Cover(tier.Programme{Webinars: 2, WebinarHours: hours("5"), OfficeHours: hours("6")})
	fmt.Println(c.Fixed, "hours for", c.Accounts, "accounts, who would take", c.InPerson, "in person", err)
	// Output: 16 hours for 2 accounts, who would take 32 in person <nil>
}

// Accounts of nobody go to who has least, the largest first.
func ExampleWork() {
	d, err := tier.Divide([]tier.Work{
		{Account: "Fernhill", Owner: "Ines", Hours: hours("10")},
		{Account: "Marlowe", Hours: hours("4")},
		{Account: "Oakvale", Hours: hours("8")},
	}, []string{"Ines", "Marek"}, tier.Options{})
	fmt.Println(d.Portfolios, err)
	// Output: [{Ines [Fernhill] 10} {Marek [Marlowe Oakvale] 12}] <nil>
}

func ExamplePortfolio() {
	d, err := tier.Divide([]tier.Work{
		{Account: "Fernhill", Owner: "Ines", Hours: hours("10")}, {Account: "Marlowe", Owner: "Ines", Hours: hours("4")},
	}, []string{"Ines"}, tier.Options{})
	p := d.Portfolios[0]
	fmt.Println(p.Person, "has", len(p.Accounts), "accounts and", p.Hours, "hours", err)
	// Output: Ines has 2 accounts and 14 hours <nil>
}

// Keeping owners, evening out up to a fifth above the mean, or starting afresh?
func ExampleOptions() {
	work := []tier.Work{
		{Account: "Fernhill", Owner: "Ines", Hours: hours("6")}, {Account: "Marlowe", Owner: "Ines", Hours: hours("5")},
		{Account: "Oakvale", Owner: "Ines", Hours: hours("4")}, {Account: "Quarrier", Owner: "Marek", Hours: hours("3")},
	}
	for _, options := range []tier.Options{{}, {Most: hours("1.2")}, {Fresh: true}} {
		d, err := tier.Divide(work, []string{"Ines", "Marek"}, options)
		fmt.Println(d.Portfolios[0].Hours, "and", d.Portfolios[1].Hours, "hours,", d.Handovers, "handed over", err)
	}
	// Output:
	// 15 and 3 hours, 0 handed over <nil>
	// 9 and 9 hours, 1 handed over <nil>
	// 9 and 9 hours, 3 handed over <nil>
}

// Two people with 500 hours each, of which 80 % can be planned, and a tenth of that
// goes to no customer.
func ExampleTeam() {
	team := tier.Team{People: hours("2"), Hours: hours("500"), Utilisation: hours("0.8"), Admin: hours("0.1")}
	available, err := team.Available()
	accounts, _ := team.Accounts(hours("24"))
	fmt.Println(available, "hours for", accounts, "accounts of 24 hours", err)
	// Output: 720 hours for 30 accounts of 24 hours <nil>
}

// How long must an account pay enough before it moves up? Here a month.
func ExamplePolicy() {
	policy := twoTiers(tier.Entry{Up: hours("50000")})
	policy.Dwell = 30
	a := tier.Account{ID: "Fernhill", Revenue: hours("80000"), Before: tier.State{Wanted: "tech touch", Given: "tech touch"}}
	for _, day := range []string{"2026-03-01", "2026-03-30", "2026-03-31"} {
		plan, err := tier.Assign([]tier.Account{a}, policy, success.MustDate(day))
		if err != nil {
			log.Fatal(err)
		}
		got, _ := plan.Of(a.ID)
		a.Before = got.State
		fmt.Println(day, got.Tier)
	}
	// Output:
	// 2026-03-01 tech touch
	// 2026-03-30 tech touch
	// 2026-03-31 high touch
}

func ExampleLoad() {
	l := plan().Loads()[0]
	fmt.Println(l.Tier, "has", l.Accounts, "accounts that take", l.Needed, "of", l.Available, "hours")
	// Output: high touch has 2 accounts that take 32 of 36 hours
}
