package main

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// A Company is generated: the same size and seed make the same one. Every record
// is drawn on its own, from the seed and its number, so that any worker can make
// any share of a company of any size, and the contracts of an account are spread
// over all of them.
type Company struct {
	Contracts int
	Seed      uint64
}

// What is drawn has a stream of its own, by kind.
const (
	ofContracts = iota << 56
	ofLeads
	ofDeals
)

func (c Company) draw(kind uint64, i int) *rand.Rand {
	return rand.New(rand.NewPCG(c.Seed, kind|uint64(i)))
}

func (c Company) account(r *rand.Rand) success.AccountID {
	return success.AccountID(fmt.Sprintf("A%07d", r.IntN(max(1, c.Contracts/3))))
}

// firstDay is when the company was founded; it is looked at for three years.
func firstDay() success.Date { return success.MustDate("2023-01-01") }

// contract returns contract i. Every other renews the one before it, which is in
// another shard, if that ends while the company is looked at.
func (c Company) contract(i int) success.Contract {
	r := c.draw(ofContracts, i)
	made := c.first(i, r)
	if i%2 == 0 || r.IntN(4) == 0 {
		return made
	}
	before := c.first(i-1, c.draw(ofContracts, i-1))
	if before.End.IsZero() || before.End.After(firstDay().AddDays(3*365)) {
		return made
	}
	made.Account, made.Product, made.Renews = before.Account, before.Product, before.ID
	made.Start = before.End.AddDays([]int{-20, 0, 0, 0, 0, 30}[r.IntN(6)])
	made.End = made.Start.AddDays(365)
	made.Price, made.Term, made.Quantity = before.Price, before.Term, max(1, before.Quantity+int64(r.IntN(5)-2))
	return made
}

// first returns a contract that renews none. Two thirds end at some time; every
// twentieth is free.
func (c Company) first(i int, r *rand.Rand) success.Contract {
	made := success.Contract{
		ID:       success.ContractID(fmt.Sprintf("C%08d", i)),
		Account:  c.account(r),
		Product:  []string{"Inbox", "Reports"}[r.IntN(2)],
		Start:    firstDay().AddDays(r.IntN(3 * 365)),
		Price:    decimal.New(int64(1_000+r.IntN(100_000)), -2),
		Currency: "EUR",
		Term:     []success.Term{success.Months(1), success.Months(7), success.Months(12), success.Weeks(1), success.Days(90)}[r.IntN(5)],
		Quantity: int64(1 + r.IntN(20)),
	}
	if r.IntN(3) > 0 {
		made.End = made.Start.AddDays(30 + r.IntN(700))
	}
	if r.IntN(20) == 0 {
		made.Price = decimal.Zero
	}
	return made
}

// leads and deals are how many there are.
func (c Company) leads() int { return c.Contracts / 5 }
func (c Company) deals() int { return c.Contracts / 4 }

// lead returns lead i and, when service noticed it, the interaction it was
// noticed in. Some interactions are with another account.
func (c Company) lead(i int) []Sale {
	r := c.draw(ofLeads, i)
	lead := attribution.Lead{
		ID:      attribution.LeadID(fmt.Sprintf("L%07d", i)),
		Account: c.account(r),
		Source:  attribution.Source(1 + r.IntN(int(attribution.Other))),
		Agent:   []string{"Ada", "Ben", "Cleo"}[r.IntN(3)],
		At:      moment(r, 3*365),
	}
	if r.IntN(2) == 0 {
		lead.Source = attribution.Service
	}
	if lead.Source != attribution.Service {
		return []Sale{{Lead: &lead}}
	}
	with := success.Interaction{
		ID: success.InteractionID(fmt.Sprintf("I%07d", i)), Account: lead.Account,
		At: lead.At.Add(-time.Duration(r.IntN(48)) * time.Hour), Agent: lead.Agent,
	}
	if r.IntN(20) == 0 {
		with.Account = c.account(r)
	}
	lead.Interaction = with.ID
	return []Sale{{Lead: &lead}, {Interaction: &with}}
}

// deal returns deal i and, for some of those won, a refund. Most name a lead,
// which as a rule is one of their account.
func (c Company) deal(i int) []Sale {
	r := c.draw(ofDeals, i)
	deal := attribution.Deal{
		ID:       attribution.DealID(fmt.Sprintf("D%07d", i)),
		Account:  c.account(r),
		Opened:   moment(r, 3*365),
		Status:   attribution.Status(r.IntN(3)),
		Amount:   decimal.New(int64(10_000+r.IntN(5_000_000)), -2),
		Currency: "EUR",
	}
	if named := i * 4 / 5; i%5 > 0 && named < c.leads() {
		lead := c.lead(named)[0].Lead
		deal.Lead = lead.ID
		if r.IntN(20) > 0 {
			deal.Account = lead.Account
			deal.Opened = lead.At.AddDate(0, 0, r.IntN(60))
		}
	}
	if deal.Status == attribution.Open {
		return []Sale{{Deal: &deal}}
	}
	deal.Closed = deal.Opened.AddDate(0, 0, 1+r.IntN(90))
	if deal.Status == attribution.Lost || r.IntN(10) > 0 {
		return []Sale{{Deal: &deal}}
	}
	refund := attribution.Adjustment{
		ID: attribution.AdjustmentID(fmt.Sprintf("R%07d", i)), Deal: deal.ID,
		At: deal.Closed.AddDate(0, 0, 10), Amount: deal.Amount.Mul(decimal.New(-int64(1+r.IntN(99)), -2)),
	}
	return []Sale{{Deal: &deal}, {Adjustment: &refund}}
}

// moment returns a minute of the days from the first on.
func moment(r *rand.Rand, days int) time.Time {
	return firstDay().AddDays(r.IntN(days)).Time(time.UTC).Add(time.Duration(r.IntN(24*60)) * time.Minute)
}

// share makes every n-th record of the company, from k on.
func (c Company) share(k, n int, contract func(success.Contract), sale func(Sale)) {
	for i := k; i < c.Contracts; i += n {
		contract(c.contract(i))
	}
	for i := k; i < max(c.leads(), c.deals()); i += n {
		var sales []Sale
		if i < c.leads() {
			sales = c.lead(i)
		}
		if i < c.deals() {
			sales = append(sales, c.deal(i)...)
		}
		for _, s := range sales {
			sale(s)
		}
	}
}
