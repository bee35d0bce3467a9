package tier_test

import (
	"encoding/json"
	"fmt"
	"log"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health/tier"
)

// policy has room for two ordinary accounts in high touch and for ten
// in one-to-many. Its numbers are made up.
const policy = `{
	"note": "example", "dwell": 30,
	"locks": {"strategic": true, "at_risk": true},
	"tiers": [
		{"name": "high touch", "format": "one-to-one", "hours": 16, "cadence": 14,
		 "entry": {"up": 50000, "down": 40000, "strategic": true},
		 "team": {"people": 1, "hours": 60, "utilisation": 0.75, "admin": 0.2}},
		{"name": "one-to-many", "format": "one-to-many", "hours": 2,
		 "entry": {"up": 10000}, "team": {"people": 1, "hours": 20, "utilisation": 1, "admin": 0}},
		{"name": "tech touch", "format": "self-service", "hours": 0}]}`

func customers() []tier.Account {
	revenue := func(n int64) decimal.Decimal { return decimal.NewFromInt(n) }
	return []tier.Account{
		{ID: "Fernhill", Revenue: revenue(120_000), Owner: "Ines"},
		{ID: "Marlowe", Revenue: revenue(80_000), Owner: "Ines"},
		{ID: "Oakvale", Revenue: revenue(60_000), Owner: "Marek"},
		{ID: "Pinecroft", Revenue: revenue(45_000), Before: tier.State{Wanted: "high touch", Given: "high touch"}},
		{ID: "Quarrier", Revenue: revenue(5_000), Before: tier.State{Wanted: "tech touch", Given: "tech touch"}},
	}
}

func plan() *tier.Plan {
	p, err := tier.Parse([]byte(policy))
	if err != nil {
		log.Fatal(err)
	}
	plan, err := tier.Assign(customers(), p, success.MustDate("2026-03-01"))
	if err != nil {
		log.Fatal(err)
	}
	return plan
}

func Example() {
	for _, a := range plan().Assignments() {
		fmt.Println(a.Account, "has", a.Tier, "wants", a.Wanted, "-", a.Reason)
	}
	// Output:
	// Fernhill has high touch wants high touch - as wanted
	// Marlowe has high touch wants high touch - as wanted
	// Oakvale has one-to-many wants high touch - no room
	// Pinecroft has one-to-many wants high touch - no room
	// Quarrier has tech touch wants tech touch - as wanted
}

func ExampleParse() {
	p, err := tier.Parse([]byte(policy))
	fmt.Println(len(p.Tiers), "tiers,", p.Tiers[0].Name, "from", p.Tiers[0].Entry.Up, err)
	_, err = tier.Parse([]byte(`{"tiers": [{"name": "all", "format": "self-service", "hours": -1}]}`))
	fmt.Println(err)
	// Output:
	// 3 tiers, high touch from 50000 <nil>
	// tier[0].Hours: -1 is negative
}

func ExamplePolicy_Validate() {
	p := tier.Policy{Tiers: []tier.Tier{{Name: "low touch", Format: success.OneToOne}, {Name: "tech touch", Format: success.SelfService}}}
	fmt.Println(p.Validate())
	// Output: tier[1].Hours: 0 is not below the 0 of the tier before
}

func ExampleTeam_Available() {
	t := tier.Team{People: decimal.NewFromInt(1), Hours: decimal.NewFromInt(40 * 13),
		Utilisation: decimal.RequireFromString("0.75"), Admin: decimal.RequireFromString("0.15")}
	fmt.Println(t.Available())
	// Output: 331.5 <nil>
}

func ExampleTeam_Accounts() {
	t := tier.Team{People: decimal.NewFromInt(1), Hours: decimal.NewFromInt(40 * 13),
		Utilisation: decimal.RequireFromString("0.75"), Admin: decimal.RequireFromString("0.15")}
	fmt.Println(t.Accounts(decimal.NewFromInt(16)))
	// Output: 20 <nil>
}

func ExampleAssign() {
	p, _ := tier.Parse([]byte(policy))
	plan, err := tier.Assign(customers(), p, success.MustDate("2026-03-01"))
	a, _ := plan.Of("Fernhill")
	fmt.Println(a.Tier, err)
	// Output: high touch <nil>
}

func ExamplePlan_Assignments() {
	fmt.Println(len(plan().Assignments()))
	// Output: 5
}

func ExamplePlan_Of() {
	a, ok := plan().Of("Pinecroft")
	fmt.Printf("%+v %v\n", a.State, ok)
	// Output: {Wanted:high touch Given:one-to-many Toward: Since:none} true
}

func ExamplePlan_Moves() {
	for _, m := range plan().Moves() {
		fmt.Println(m.Account, "from", m.From, "to", m.To, "-", m.Reason)
	}
	// Output: Pinecroft from high touch to one-to-many - no room
}

func ExamplePlan_Loads() {
	for _, l := range plan().Loads() {
		fmt.Println(l.Tier, l.Accounts, l.ARR, l.Needed, "of", l.Available, l.Use())
	}
	// Output:
	// high touch 2 200000 32 of 36 88.9%
	// one-to-many 2 105000 4 of 20 20%
	// tech touch 1 5000 0 of 0 n/a
}

func ExampleLoad_Over() {
	l := tier.Load{Needed: decimal.NewFromInt(40), Available: decimal.NewFromInt(36), Limited: true}
	fmt.Println(l.Over())
	// Output: 4
}

func ExampleLoad_Use() {
	l := tier.Load{Needed: decimal.NewFromInt(45), Available: decimal.NewFromInt(36), Limited: true}
	fmt.Println(l.Use())
	// Output: 125%
}

func ExampleLoad_MarshalJSON() {
	text, err := json.Marshal(plan().Loads()[0])
	fmt.Println(string(text), err)
	// Output: {"accounts":2,"arr":"200000","hours_needed":"32","hours_available":"36"} <nil>
}

func ExamplePlan_MarshalJSON() {
	p, _ := tier.Parse([]byte(policy))
	plan, _ := tier.Assign(customers()[:1], p, success.MustDate("2026-03-01"))
	text, _ := json.MarshalIndent(plan, "", " ")
	fmt.Println(string(text[:120]) + " …")
	// Output:
	// {
	//  "high touch": {
	//   "accounts": 1,
	//   "arr": "120000",
	//   "hours_needed": "16",
	//   "hours_available": "36"
	//  },
	//  "one-to-ma …
}

func ExamplePlan_Served() {
	fmt.Println(plan().Served("high touch"))
	// Output: 200000 true
}

func ExamplePlan_Explain() {
	e, _ := plan().Explain("Oakvale")
	fmt.Println(e)
	fmt.Println(e.Density.Value(2))
	// Output:
	// Oakvale has one-to-many (2 h): it wants high touch (revenue), which had 4 h left of the 16 h needed
	// 4285.71 true
}

func ExampleExplanation_String() {
	e, _ := plan().Explain("Pinecroft")
	fmt.Println(e.String())
	// Output: Pinecroft has one-to-many (2 h): it wants high touch (revenue between the thresholds), which had 4 h left of the 16 h needed
}

func ExamplePlan_Staffing() {
	for _, s := range plan().Staffing()[:2] {
		needed, _ := s.Needed()
		fmt.Println(s.Tier, "wanted by", s.Accounts, "needs", s.Hours, "h or", needed, "people")
	}
	// Output:
	// high touch wanted by 4 needs 64 h or 2 people
	// one-to-many wanted by 0 needs 0 h or 0 people
}

func ExampleStaffing_Exact() {
	v, _ := plan().Staffing()[0].Exact().Value(2)
	fmt.Println(v)
	// Output: 1.78
}

func ExampleStaffing_Needed() {
	fmt.Println(plan().Staffing()[0].Needed())
	// Output: 2 true
}

func ExampleStaffing_Missing() {
	fmt.Println(plan().Staffing()[0].Missing())
	// Output: 1
}

func ExamplePlan_Grow() {
	needs, err := plan().Grow(tier.Growth{Accounts: decimal.RequireFromString("0.5")})
	needed, _ := needs[0].Needed()
	fmt.Println(needs[0].Tier, "needs", needed, "people for", needs[0].Accounts, "accounts", err)
	// Output: high touch needs 3 people for 6 accounts <nil>
}

func ExamplePlan_Hire() {
	h, err := plan().Hire("high touch")
	fmt.Println(h.Served[0].Before, "to", h.Served[0].After, err)
	for _, m := range h.Moves {
		fmt.Println(m.Account, "from", m.From, "to", m.To)
	}
	// Output:
	// 200000 to 305000 <nil>
	// Oakvale from one-to-many to high touch
	// Pinecroft from one-to-many to high touch
}

// Two accounts deserve a person and do not get one. A quarter of all book an
// hour.
func coverage() tier.Coverage {
	c, err := plan().Cover(tier.Programme{Webinars: 2, WebinarHours: decimal.NewFromInt(5),
		OfficeHours: decimal.NewFromInt(6), Recorded: decimal.NewFromInt(8),
		Booked: decimal.RequireFromString("0.25"), BookingHours: decimal.NewFromInt(1)})
	if err != nil {
		log.Fatal(err)
	}
	return c
}

func ExamplePlan_Cover() {
	c := coverage()
	fmt.Println(c.Accounts, "accounts of", c.ARR, "take", c.InPerson, "h in person")
	// Output: 2 accounts of 105000 take 32 h in person
}

func ExampleCoverage_Pooled() {
	fmt.Println(coverage().Pooled())
	// Output: 24.5
}

func ExampleCoverage_Saved() {
	fmt.Println(coverage().Saved())
	// Output: 7.5
}

func ExampleCoverage_Pays() {
	fmt.Println(coverage().Pays())
	// Output: true
}

func ExampleCoverage_BreakEven() {
	fmt.Println(coverage().BreakEven())
	// Output: 2 true
}

func ExamplePlan_Work() {
	work, _ := plan().Work("high touch")
	for _, w := range work {
		fmt.Println(w.Account, w.Owner, w.Hours)
	}
	// Output:
	// Fernhill Ines 16
	// Marlowe Ines 16
}

// Ines hands an account over only when loads may not differ.
func ExampleDivide() {
	work, _ := plan().Work("high touch")
	people := []string{"Ines", "Marek"}
	kept, _ := tier.Divide(work, people, tier.Options{})
	evened, err := tier.Divide(work, people, tier.Options{Most: decimal.NewFromInt(1)})
	fmt.Println(kept.Portfolios, kept.Handovers)
	fmt.Println(evened.Portfolios, evened.Handovers, err)
	// Output:
	// [{Ines [Fernhill Marlowe] 32} {Marek [] 0}] 0
	// [{Ines [Marlowe] 16} {Marek [Fernhill] 16}] 1 <nil>
}

func ExampleDivision_Balance() {
	work, _ := plan().Work("high touch")
	d, _ := tier.Divide(work, []string{"Ines", "Marek"}, tier.Options{})
	fmt.Println(d.Balance(), d.Variation())
	// Output: 200% 1
}

func ExampleDivision_Variation() {
	work, _ := plan().Work("high touch")
	d, _ := tier.Divide(work, []string{"Ines", "Marek"}, tier.Options{Fresh: true})
	fmt.Println(d.Variation())
	// Output: 0
}

func ExampleReason() {
	fmt.Println(tier.NoRoom, tier.AtRisk, tier.AtRisk.Locked())
	// Output: no room at risk true
}
