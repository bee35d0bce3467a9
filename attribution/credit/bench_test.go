package credit_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/credit"
)

const (
	benchDeals    = 100_000
	benchTouches  = 5 // of each deal
	benchChannels = 20
)

// sales are won deals with touches up to 60 days before the close, and the same
// as columns. In the records touches are in no order, as from a log.
func sales(deals int) (credit.Records, *credit.Columns) {
	var r credit.Records
	c := &credit.Columns{Currency: "EUR"}
	for k := range benchChannels {
		c.Names = append(c.Names, fmt.Sprintf("channel %02d", k))
	}
	x := uint64(1)
	next := func(n int) int {
		x = x*6364136223846793005 + 1442695040888963407
		return int(x >> 33 % uint64(n))
	}
	for i := range deals {
		account := success.AccountID(fmt.Sprintf("account-%07d", i))
		closed := second(1_700_000_000 + int64(next(30_000_000)))
		cents := int64(1 + next(10_000_000))
		r.Deals = append(r.Deals, attribution.Deal{ID: attribution.DealID(fmt.Sprintf("deal-%07d", i)), Account: account, Opened: closed, Closed: closed, Status: attribution.Won, Amount: decimal.New(cents, -2), Currency: "EUR"})
		ages := make([]int, benchTouches)
		for j := range ages {
			ages[j] = next(60 * 24 * 3600)
		}
		slices.Sort(ages)
		slices.Reverse(ages)
		for _, age := range ages {
			key := next(benchChannels)
			r.Touches = append(r.Touches, attribution.Touch{Account: account, At: closed.Add(-time.Duration(age) * time.Second), Key: c.Names[key]})
			c.Keys = append(c.Keys, int32(key))
			c.Ages = append(c.Ages, float64(age))
		}
		c.Amounts = append(c.Amounts, cents)
		c.Ends = append(c.Ends, len(c.Keys))
	}
	for i := range r.Touches {
		j := i + next(len(r.Touches)-i)
		r.Touches[i], r.Touches[j] = r.Touches[j], r.Touches[i]
	}
	return r, c
}

// grouped are the records with touches by account, oldest first.
func grouped(r credit.Records) credit.Records {
	r.Touches = slices.Clone(r.Touches)
	slices.SortFunc(r.Touches, func(a, b attribution.Touch) int {
		if c := strings.Compare(string(a.Account), string(b.Account)); c != 0 {
			return c
		}
		return a.At.Compare(b.At)
	})
	return r
}

// obvious is the obvious way: decimals and maps. Its parts do not add up.
func obvious(r credit.Records, weigh func(ages []time.Duration) []decimal.Decimal) map[string]decimal.Decimal {
	byAccount := map[success.AccountID][]attribution.Touch{}
	for _, t := range r.Touches {
		byAccount[t.Account] = append(byAccount[t.Account], t)
	}
	totals := map[string]decimal.Decimal{}
	for _, d := range r.Deals {
		if d.Status == attribution.Won {
			obviousDeal(d, byAccount[d.Account], totals, weigh)
		}
	}
	return totals
}

func obviousDeal(d attribution.Deal, all []attribution.Touch, totals map[string]decimal.Decimal, weigh func(ages []time.Duration) []decimal.Decimal) {
	var touches []attribution.Touch
	for _, t := range all {
		if !t.At.After(d.Closed) {
			touches = append(touches, t)
		}
	}
	slices.SortFunc(touches, func(a, b attribution.Touch) int { return a.At.Compare(b.At) })
	ages := make([]time.Duration, len(touches))
	for i, t := range touches {
		ages[i] = d.Closed.Sub(t.At)
	}
	left := d.Amount
	for i, w := range weigh(ages) {
		part := d.Amount.Mul(w).Round(2)
		if i == len(touches)-1 {
			part = left
		}
		left = left.Sub(part)
		totals[touches[i].Key] = totals[touches[i].Key].Add(part)
	}
}

func obviousLinear(ages []time.Duration) []decimal.Decimal {
	each := decimal.NewFromInt(1).DivRound(decimal.NewFromInt(int64(len(ages))), 16)
	all := make([]decimal.Decimal, len(ages))
	for i := range all {
		all[i] = each
	}
	return all
}

func obviousDecay(ages []time.Duration) []decimal.Decimal {
	all, sum := make([]decimal.Decimal, len(ages)), decimal.Decimal{}
	for i, a := range ages {
		all[i] = decimal.NewFromFloat(math.Exp2(-a.Hours() / (7 * 24)))
		sum = sum.Add(all[i])
	}
	for i := range all {
		all[i] = all[i].DivRound(sum, 16)
	}
	return all
}

// shapes are the two models and their obvious ways.
func shapes() map[string]struct {
	model credit.Model
	weigh func([]time.Duration) []decimal.Decimal
} {
	return map[string]struct {
		model credit.Model
		weigh func([]time.Duration) []decimal.Decimal
	}{"linear": {credit.Linear(), obviousLinear}, "decay": {credit.TimeDecay(0), obviousDecay}}
}

func perDeal(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchDeals, "ns/deal")
}

// BenchmarkObvious is what the others are measured by: from records in no order,
// from records by account, and of the deals alone, given the touches of each.
func BenchmarkObvious(b *testing.B) {
	r, _ := sales(benchDeals)
	g := grouped(r)
	for name, s := range shapes() {
		for what, records := range map[string]credit.Records{"shuffled": r, "grouped": g} {
			b.Run(name+"/"+what, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					obvious(records, s.weigh)
				}
				perDeal(b)
			})
		}
		b.Run(name+"/deals", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				totals := map[string]decimal.Decimal{}
				for i, d := range g.Deals {
					obviousDeal(d, g.Touches[i*benchTouches:][:benchTouches], totals, s.weigh)
				}
			}
			perDeal(b)
		})
	}
}

func BenchmarkRecords(b *testing.B) {
	r, _ := sales(benchDeals)
	g := grouped(r)
	for name, s := range shapes() {
		for what, records := range map[string]credit.Records{"shuffled": r, "grouped": g} {
			b.Run(name+"/"+what, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					split(b, book(b, records, credit.Options{}), s.model)
				}
				perDeal(b)
			})
		}
	}
}

func BenchmarkBook(b *testing.B) {
	r, _ := sales(benchDeals)
	built := book(b, r, credit.Options{})
	for _, m := range []credit.Model{credit.Last(), credit.Linear(), credit.U(), credit.TimeDecay(0), credit.FullPath(), credit.Shapley()} {
		b.Run(m.String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				split(b, built, m)
			}
			perDeal(b)
		})
	}
}

func BenchmarkColumns(b *testing.B) {
	_, c := sales(benchDeals)
	for _, m := range []credit.Model{credit.Last(), credit.Linear(), credit.U(), credit.TimeDecay(0)} {
		b.Run(m.String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := c.Split(m); err != nil {
					b.Fatal(err)
				}
			}
			perDeal(b)
		})
	}
}

func BenchmarkPaths(b *testing.B) {
	r, _ := sales(benchDeals)
	all := book(b, r, credit.Options{}).Paths("EUR")
	for _, m := range []credit.Model{credit.Linear(), credit.Markov(1)} {
		b.Run(m.String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				creditOf(b, m, all)
			}
			perDeal(b)
		})
	}
}

// BenchmarkTally is to be compared with the deals of BenchmarkObvious.
func BenchmarkTally(b *testing.B) {
	r, _ := sales(benchDeals)
	g := grouped(r)
	for _, m := range []credit.Model{credit.Last(), credit.Linear(), credit.U(), credit.TimeDecay(0)} {
		b.Run(m.String(), func(b *testing.B) {
			t := tally(b, m, credit.Options{})
			b.ReportAllocs()
			for b.Loop() {
				for i, d := range g.Deals {
					if err := t.Add(d, g.Touches[i*benchTouches:][:benchTouches]); err != nil {
						b.Fatal(err)
					}
				}
			}
			perDeal(b)
		})
	}
}
