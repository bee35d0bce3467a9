package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/credit"
)

const (
	touches  = 5 // of each deal
	channels = 20
)

// sales are won deals with touches up to 60 days before the close, in no order, and
// the same as columns.
func sales(deals int) (r credit.Records, c credit.Columns) {
	c.Currency = "EUR"
	for k := range channels {
		c.Names = append(c.Names, fmt.Sprintf("channel %02d", k))
	}
	draw := rand.New(rand.NewPCG(3, 4))
	for i := range deals {
		account := success.AccountID(fmt.Sprintf("account-%07d", i))
		closed := time.Unix(1_700_000_000+draw.Int64N(30_000_000), 0).UTC()
		cents := 1 + draw.Int64N(10_000_000)
		r.Deals = append(r.Deals, attribution.Deal{
			ID: attribution.DealID(fmt.Sprintf("deal-%07d", i)), Account: account, Opened: closed, Closed: closed,
			Status: attribution.Won, Amount: decimal.New(cents, -2), Currency: c.Currency,
		})
		ages := make([]int, touches)
		for j := range ages {
			ages[j] = draw.IntN(60 * 24 * 3600)
		}
		slices.Sort(ages)
		slices.Reverse(ages)
		for _, age := range ages {
			channel := draw.Int32N(channels)
			at := closed.Add(-time.Duration(age) * time.Second)
			r.Touches = append(r.Touches, attribution.Touch{Account: account, At: at, Key: c.Names[channel]})
			c.Keys, c.Ages = append(c.Keys, channel), append(c.Ages, float64(age))
		}
		c.Amounts, c.Ends = append(c.Amounts, cents), append(c.Ends, len(c.Keys))
	}
	draw.Shuffle(len(r.Touches), func(i, j int) { r.Touches[i], r.Touches[j] = r.Touches[j], r.Touches[i] })
	return r, c
}

func prepareCredit(j job) task {
	records, columns := sales(j.Size)
	model, weigh := credit.Linear(), naiveLinear
	if slices.Contains([]string{decay, decayColumns}, j.Work) {
		model, weigh = credit.TimeDecay(0), naiveDecay
	}
	switch {
	case j.Engine == decimals:
		return task{run: func() (answer, error) { return naiveSums(naiveCredit(records, weigh)) }}
	case j.Work == linearColumns || j.Work == decayColumns:
		return task{run: func() (answer, error) {
			all, err := columns.Split(model)
			if err != nil {
				return answer{}, err
			}
			return creditSums(all[0])
		}}
	}
	return task{run: func() (answer, error) {
		book, err := credit.NewBook(records, credit.Options{})
		if err != nil {
			return answer{}, err
		}
		all, err := book.Split(model)
		if err != nil {
			return answer{}, err
		}
		return creditSums(all[0].Totals[0])
	}}
}

// creditSums are what each channel and all of them get, in cents.
func creditSums(t credit.Total) (answer, error) {
	sums := map[string]float64{}
	for _, row := range t.Keys {
		n, err := cents(row.Revenue.Net)
		if err != nil {
			return answer{}, err
		}
		sums[row.Key] = float64(n)
		sums["all"] += float64(n)
	}
	return answer{sums: sums}, nil
}

// naiveSums has nothing but the sum of all: rounded one by one, the parts that each
// channel gets are a little off.
func naiveSums(totals map[string]decimal.Decimal) (answer, error) {
	var all decimal.Decimal
	for _, t := range totals {
		all = all.Add(t)
	}
	n, err := cents(all)
	return answer{sums: map[string]float64{"all": float64(n)}}, err
}

// naiveCredit is the obvious way: decimals and maps.
func naiveCredit(r credit.Records, weigh func(ages []time.Duration) []decimal.Decimal) map[string]decimal.Decimal {
	byAccount := map[success.AccountID][]attribution.Touch{}
	for _, t := range r.Touches {
		byAccount[t.Account] = append(byAccount[t.Account], t)
	}
	totals := map[string]decimal.Decimal{}
	for _, d := range r.Deals {
		if d.Status == attribution.Won {
			naiveDeal(d, byAccount[d.Account], totals, weigh)
		}
	}
	return totals
}

func naiveDeal(d attribution.Deal, all []attribution.Touch, totals map[string]decimal.Decimal, weigh func(ages []time.Duration) []decimal.Decimal) {
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

func naiveLinear(ages []time.Duration) []decimal.Decimal {
	each := decimal.NewFromInt(1).DivRound(decimal.NewFromInt(int64(len(ages))), 16)
	all := make([]decimal.Decimal, len(ages))
	for i := range all {
		all[i] = each
	}
	return all
}

func naiveDecay(ages []time.Duration) []decimal.Decimal {
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
