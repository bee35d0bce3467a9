package help_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/cohort/help"
)

// useless returns accounts that leave as they like, with help that comes late
// and does nothing.
func useless(seed uint64, n int) (accounts []help.Account, asOf success.Date) {
	random := rand.New(rand.NewPCG(seed, 7))
	asOf = first.AddDays(365)
	for i := range n {
		a := help.Account{ID: success.AccountID(fmt.Sprint(i)), Start: first}
		if stay := int(random.ExpFloat64() * 150); stay < 365 {
			a.Left = first.AddDays(stay + 1)
		}
		if began := first.AddDays(int(random.ExpFloat64() * 200)); began.Before(asOf) && (a.Left.IsZero() || began.Before(a.Left)) {
			a.Began = began
		}
		accounts = append(accounts, a)
	}
	return accounts, asOf
}

// The naive comparison of the ever-helped with the never-helped finds a large
// effect of help that does nothing. It is computed here by hand: nothing in the
// package takes or returns it. The two designs find nothing.
func TestImmortalTime(t *testing.T) {
	accounts, asOf := useless(1, 4000)
	var kept, total [2]float64
	for _, a := range accounts {
		side := 0
		if !a.Began.IsZero() {
			side = 1
		}
		total[side]++
		if a.Left.IsZero() {
			kept[side]++
		}
	}
	if naive := kept[1]/total[1] - kept[0]/total[0]; naive < 0.15 {
		t.Errorf("the naive difference is only %v", naive)
	}
	for _, day := range []int{0, 30, 60, 120} {
		r := landmark(t, accounts, help.Options{AsOf: asOf, Day: day, Horizon: 200})
		if !r.Difference.Contains(0) {
			t.Errorf("landmark %d: %v", day, r.Difference)
		}
	}
	r, err := help.StartStop(accounts, help.Options{AsOf: asOf})
	if p, ok := r.LogRank.P.Float64(); err != nil || !ok || p < 0.05 {
		t.Errorf("start–stop: p %v, %v", r.LogRank.P, err)
	}
}

// A test at 5 % finds an effect of useless help in 5 % of repeated studies.
func TestFalseAlarms(t *testing.T) {
	const studies = 2000
	landmarks, stops := 0, 0
	for i := range studies {
		accounts, asOf := useless(uint64(i), 150)
		r := landmark(t, accounts, help.Options{AsOf: asOf, Day: 60, Horizon: 200})
		if !r.Difference.Contains(0) {
			landmarks++
		}
		s, err := help.StartStop(accounts, help.Options{AsOf: asOf})
		if err != nil {
			t.Fatal(err)
		}
		if p, ok := s.LogRank.P.Float64(); ok && p < 0.05 {
			stops++
		}
	}
	for what, n := range map[string]int{"landmark": landmarks, "start–stop": stops} {
		if share := float64(n) / studies; share < 0.025 || share > 0.07 {
			t.Errorf("%s: an effect in %.3f of the studies", what, share)
		}
	}
}

// Bootstrap intervals hold the true difference of revenue in most of repeated
// studies.
func TestBootstrapCoverage(t *testing.T) {
	const studies = 400
	random := rand.New(rand.NewPCG(5, 5))
	percentile, bca := 0, 0
	for range studies {
		var accounts []help.Account
		for i := range 120 {
			a := help.Account{ID: success.AccountID(fmt.Sprint(i)), Start: first, Opening: decimal.NewFromInt(int64(50 + random.IntN(100)))}
			keep := 0.7
			if i%2 == 0 {
				a.Began, keep = first, 0.8
			}
			if random.Float64() < keep {
				a.Closing = a.Opening
			} else {
				a.Left = first.AddDays(100)
			}
			accounts = append(accounts, a)
		}
		b, err := help.Bootstrap(accounts, help.BootstrapOptions{
			Options: help.Options{AsOf: first.AddDays(365), Horizon: 200}, Seed: [2]uint64{random.Uint64(), 0}, Resamples: 399,
		})
		if err != nil {
			t.Fatal(err)
		}
		if b.NRR.Percentile.Contains(0.1) {
			percentile++
		}
		if b.NRR.BCa.Contains(0.1) {
			bca++
		}
	}
	for what, n := range map[string]int{"percentile": percentile, "BCa": bca} {
		if share := float64(n) / studies; share < 0.92 || share > 0.98 {
			t.Errorf("%s: %.3f", what, share)
		}
	}
}
