package contact_test

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/health/contact"
)

// BenchmarkAssess is 20,000 accounts with five contacts each.
func BenchmarkAssess(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	accounts := make([]contact.Account, 20_000)
	contacts := make([]contact.Contact, 5*len(accounts))
	for i := range accounts {
		accounts[i] = contact.Account{ID: success.AccountID(strconv.Itoa(i)), Start: ago(100), End: ago(-265)}
	}
	for i := range contacts {
		contacts[i] = contact.Contact{ID: strconv.Itoa(i % 5), Account: accounts[i/5].ID, Actions: random.Int64N(100), Joined: ago(random.IntN(1000)), Champion: i%5 == 0}
	}
	b.ReportAllocs()
	for b.Loop() {
		r, err := contact.Assess(accounts, contacts, contact.Options{AsOf: asOf})
		if err != nil || len(r.Risks) != len(accounts) {
			b.Fatal(err)
		}
	}
}
