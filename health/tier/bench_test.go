package tier_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health/tier"
)

// crowd returns accounts in random order, one of ten in a family.
func crowd(n int) []tier.Account {
	random := rand.New(rand.NewPCG(1, 2))
	accounts := make([]tier.Account, n)
	for i, at := range random.Perm(n) {
		accounts[i] = tier.Account{ID: success.AccountID(fmt.Sprintf("ACC-%08d", at)),
			Revenue: decimal.New(random.Int64N(20_000_000), -2), Effort: decimal.New(50+random.Int64N(200), -2),
			AtRisk: random.IntN(50) == 0, Before: tier.State{Wanted: "low", Given: "low"}}
		if random.IntN(10) == 0 {
			accounts[i].Parent = success.AccountID(fmt.Sprintf("ACC-%08d", at/8*8))
			if at%8 == 0 {
				accounts[i].Parent = ""
			}
		}
	}
	return accounts
}

// crowded is a policy whose teams hold a tenth and three tenths of a crowd.
func crowded(n int) tier.Policy {
	p := open()
	p.Locks.AtRisk = true
	p.Tiers[0].Entry.Up, p.Tiers[0].Entry.Down = whole(100_000), whole(90_000)
	p.Tiers[1].Entry.Up, p.Tiers[1].Entry.Down = whole(50_000), whole(40_000)
	p.Tiers[0].Team, p.Tiers[1].Team = team(n/10+1, 3), team(n/10*3+1, 2)
	return p
}

func BenchmarkAssign(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		accounts, p := crowd(n), crowded(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := tier.Assign(accounts, p, today); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/account")
		})
	}
}

func BenchmarkHire(b *testing.B) {
	const n = 100_000
	plan := assign(b, crowd(n), crowded(n))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := plan.Hire("high"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDivide(b *testing.B) {
	work, _ := assign(b, crowd(100_000), crowded(100_000)).Work("low")
	people := make([]string, 200)
	for i := range people {
		people[i] = fmt.Sprint("CSM ", i)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tier.Divide(work, people, tier.Options{Fresh: true}); err != nil {
			b.Fatal(err)
		}
	}
}
