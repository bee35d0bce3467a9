package backtest

import (
	"math"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/interval"
)

// A Band is what became of the accounts of a band.
type Band struct {
	Name     string           `json:"name"`
	Accounts int              `json:"accounts"`
	Left     int              `json:"left"`
	Rate     success.Estimate `json:"rate"` // Left to Accounts, with its Wilson interval; undefined without accounts
	Revenue  decimal.Decimal  `json:"revenue"`
	Lost     decimal.Decimal  `json:"lost"` // of Revenue

	// LostRate is Lost to Revenue. Its interval is Wilson's for as many accounts as
	// would, all of one size, tell as much: (Σ revenue)² / Σ revenue² (Kish).
	// Undefined without revenue.
	LostRate success.Estimate `json:"lost_rate"`
}

// A Pair is two bands that lie beside each other and have accounts.
type Pair struct {
	Worse  string `json:"worse"`
	Better string `json:"better"`

	// Difference is the rate of the worse band less that of the better one, with
	// Newcombe's interval.
	Difference success.Estimate `json:"difference"`
}

// tally adds up a band.
type tally struct {
	accounts, left int
	revenue, lost  exact.Sum
	squares        float64 // of revenue
}

func (t *tally) add(m money, gone bool) {
	t.accounts++
	if gone {
		t.left++
		t.lost = t.lost.Plus(m.lost)
	}
	t.revenue = t.revenue.Plus(m.revenue)
	t.squares += float64(m.revenue) * float64(m.revenue)
}

func (t *tally) band(name string, z float64) Band {
	b := Band{Name: name, Accounts: t.accounts, Left: t.left, Revenue: t.revenue.Decimal(), Lost: t.lost.Decimal()}
	if t.accounts > 0 {
		n := float64(t.accounts)
		lower, upper := interval.Wilson(float64(t.left), n, z)
		b.Rate = success.EstimateOf(float64(t.left)/n, lower, upper)
	}
	if share, ok := exact.Float64(b.Lost, b.Revenue); ok {
		total, _ := exact.Float64(b.Revenue, decimal.New(1, -6))
		n := math.Max(total*total/t.squares, 1)
		lower, upper := interval.Wilson(share*n, n, z)
		b.LostRate = success.EstimateOf(share, lower, upper)
	}
	return b
}

// bands returns the bands of records from the worst to the best, and the one of
// unknown scores last, if it has accounts.
func (o *Options) bands(records []Record, amounts []money, z float64) []Band {
	if len(o.Bands) == 0 {
		return nil
	}
	names := append(append([]string{}, o.Bands...), health.Unknown)
	at := make(map[string]int, len(names))
	for i, name := range names {
		at[name] = i
	}
	tallies := make([]tally, len(names))
	for i := range records {
		tallies[at[records[i].Band]].add(amounts[i], records[i].gone(o.Horizon))
	}
	if tallies[len(names)-1].accounts == 0 {
		names = names[:len(names)-1]
	}
	bands := make([]Band, len(names))
	for i, name := range names {
		bands[i] = tallies[i].band(name, z)
	}
	return bands
}

// pairs returns the neighbours among bands with accounts, and whether the worse of
// each lost at least as large a share.
func pairs(bands []Band, z float64) (all []Pair, order Order) {
	var worse *Band
	steps := map[int]int{}
	left := 0
	for i := range bands {
		better := &bands[i]
		if better.Accounts == 0 || better.Name == health.Unknown {
			continue
		}
		left += better.Left
		if worse != nil {
			all = append(all, pairOf(worse, better, z))
			steps[compareRates(worse, better)]++
		}
		worse = better
	}
	switch {
	case left == 0 || len(all) == 0:
		return all, OrderUndefined
	case steps[-1] > 0:
		return all, OutOfOrder
	case steps[1] == 0:
		return all, Level
	}
	return all, InOrder
}

func pairOf(worse, better *Band, z float64) Pair {
	x1, n1 := float64(worse.Left), float64(worse.Accounts)
	x2, n2 := float64(better.Left), float64(better.Accounts)
	lower, upper := interval.Newcombe(x1, n1, x2, n2, z)
	return Pair{worse.Name, better.Name, success.EstimateOf(x1/n1-x2/n2, lower, upper)}
}

// compareRates returns the sign of the difference of two rates.
func compareRates(a, b *Band) int {
	return decimal.NewFromInt(int64(a.Left)).Mul(decimal.NewFromInt(int64(b.Accounts))).
		Cmp(decimal.NewFromInt(int64(b.Left)).Mul(decimal.NewFromInt(int64(a.Accounts))))
}
