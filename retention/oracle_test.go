package retention_test

import (
	"math/big"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// An oracle answers what a book answers, straight from the definitions: it walks
// over days and contracts, holds money in whole millionths of any size, and
// shares nothing with the package but its records.
type oracle struct {
	contracts []fact
	options   retention.Options
	reporting string
}

// A fact is a contract with what follows from it.
type fact struct {
	success.Contract
	seats      int64
	rate, unit *big.Int     // of all seats and of one, a year, in its currency
	end        success.Date // effective: what renewals and grace make of End
	successors []int
	before     int // its predecessor, -1 without
}

func newOracle(contracts []success.Contract, options retention.Options) *oracle {
	o := &oracle{options: options, reporting: options.Currency}
	for _, c := range contracts {
		f := fact{Contract: c, seats: max(1, c.Quantity), before: -1}
		f.rate, f.unit = annual(c, f.seats), annual(c, 1)
		o.contracts = append(o.contracts, f)
		if o.reporting == "" {
			o.reporting = c.Currency
		}
	}
	o.linkRenewals()
	o.pair()
	for i := range o.contracts {
		o.contracts[i].end = o.effectiveEnd(i)
	}
	return o
}

// annual is the price of some units a year in millionths, half to even.
func annual(c success.Contract, units int64) *big.Int {
	perYear := map[success.Unit]int64{success.UnitMonth: 12, success.UnitWeek: 52, success.UnitDay: 365}[c.Term.Unit]
	r := ratOf(c.Price)
	r.Mul(r, big.NewRat(units, 1))
	r.Mul(r, big.NewRat(perYear, int64(c.Term.Count)))
	return halfEven(r.Mul(r, big.NewRat(1000000, 1)))
}

func ratOf(d decimal.Decimal) *big.Rat {
	r := new(big.Rat).SetInt(d.Coefficient())
	p := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(d.Exponent(), -d.Exponent()))), nil))
	if d.Exponent() < 0 {
		return r.Quo(r, p)
	}
	return r.Mul(r, p)
}

// halfEven is the whole number nearest to r, the even one of two.
func halfEven(r *big.Rat) *big.Int {
	whole := new(big.Int).Div(r.Num(), r.Denom()) // at or below r
	rest := new(big.Rat).Sub(r, new(big.Rat).SetInt(whole))
	if c := rest.Cmp(big.NewRat(1, 2)); c > 0 || c == 0 && whole.Bit(0) == 1 {
		whole.Add(whole, big.NewInt(1))
	}
	return whole
}

func plus(a, b *big.Int) *big.Int  { return new(big.Int).Add(a, b) }
func minus(a, b *big.Int) *big.Int { return new(big.Int).Sub(a, b) }
func nothing() *big.Int            { return new(big.Int) }

func least(a, b *big.Int) *big.Int {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

// money is a number of millionths as a decimal.
func money(micros *big.Int) decimal.Decimal { return decimal.NewFromBigInt(micros, -6) }

// linkRenewals notes the successors that say so.
func (o *oracle) linkRenewals() {
	for j, c := range o.contracts {
		for i, p := range o.contracts {
			if c.Renews != "" && c.Renews == p.ID {
				o.link(i, j)
			}
		}
	}
}

func (o *oracle) link(i, j int) {
	o.contracts[i].successors = append(o.contracts[i].successors, j)
	o.contracts[j].before = i
}

// pair finds a successor for each contract that nobody renews: in order of (End,
// ID), the first by (Start, ID) that is still free.
func (o *oracle) pair() {
	var ended, started []int
	for i, c := range o.contracts {
		if c.rate.Sign() <= 0 {
			continue // credits and free contracts are not paired
		}
		if len(c.successors) == 0 && !c.End.IsZero() {
			ended = append(ended, i)
		}
		if c.Renews == "" {
			started = append(started, i)
		}
	}
	order := func(ids []int, date func(fact) success.Date) {
		slices.SortFunc(ids, func(a, b int) int {
			x, y := o.contracts[a], o.contracts[b]
			if c := date(x).Compare(date(y)); c != 0 {
				return c
			}
			return strings.Compare(string(x.ID), string(y.ID))
		})
	}
	order(ended, func(f fact) success.Date { return f.End })
	order(started, func(f fact) success.Date { return f.Start })
	taken := map[int]bool{}
	for _, i := range ended {
		for _, j := range started {
			p, c := o.contracts[i], o.contracts[j]
			gap := c.Start.Sub(p.End)
			if !taken[j] && p.Account == c.Account && p.Product == c.Product && c.Start.After(p.Start) &&
				gap >= -o.options.Early && gap <= o.options.Grace {
				taken[j] = true
				o.link(i, j)
				break
			}
		}
	}
}

// effectiveEnd is the earliest start of a successor if that is before the own
// end or within grace after it, else the own end.
func (o *oracle) effectiveEnd(i int) success.Date {
	c := o.contracts[i]
	var first success.Date
	for _, j := range c.successors {
		if s := o.contracts[j].Start; first.IsZero() || s.Before(first) {
			first = s
		}
	}
	switch {
	case first.IsZero():
		return c.End
	case c.End.IsZero(), first.Before(c.End):
		return first
	case first.Sub(c.End) <= o.options.Grace:
		return first
	}
	return c.End
}

// active reports whether contract i is on the day d; on no day nothing is.
func (o *oracle) active(i int, d success.Date) bool {
	c := o.contracts[i]
	return !d.IsZero() && !d.Before(c.Start) && (c.end.IsZero() || d.Before(c.end))
}

// dayBefore is the day before d, none before the first of all.
func dayBefore(d success.Date) success.Date {
	if e := d.AddDays(-1); e != d {
		return e
	}
	return success.Date{}
}

// days are the days from one up to, not including, another.
func days(from, to success.Date) []success.Date {
	var all []success.Date
	for d := from; d.Before(to); d = d.AddDays(1) {
		all = append(all, d)
	}
	return all
}

// beginning is the first day on which anything starts.
func (o *oracle) beginning() success.Date {
	var first success.Date
	for _, c := range o.contracts {
		if first.IsZero() || c.Start.Before(first) {
			first = c.Start
		}
	}
	return first
}

// survivor is what an account has become by the end of a day.
func (o *oracle) survivor(a success.AccountID, last success.Date) success.AccountID {
	for again := true; again; {
		again = false
		for _, m := range o.options.Mergers {
			if m.From == a && !m.On.After(last) {
				a, again = m.To, true
				break
			}
		}
	}
	return a
}

// rateOn is the value of a currency on a day: the latest rate by then, else the
// earliest after.
func (o *oracle) rateOn(currency string, d success.Date) *big.Rat {
	if currency == "" || currency == o.reporting {
		return big.NewRat(1, 1)
	}
	var latest, earliest *retention.Rate
	for i := range o.options.Rates {
		r := &o.options.Rates[i]
		if r.Currency != currency {
			continue
		}
		if !r.Date.After(d) && (latest == nil || r.Date.After(latest.Date)) {
			latest = r
		}
		if r.Date.After(d) && (earliest == nil || r.Date.Before(earliest.Date)) {
			earliest = r
		}
	}
	if latest == nil {
		latest = earliest
	}
	return ratOf(latest.Rate)
}

// convert is an amount of contract i's currency at the rates of a day.
func (o *oracle) convert(micros *big.Int, i int, d success.Date) *big.Int {
	r := new(big.Rat).SetInt(micros)
	return halfEven(r.Mul(r, o.rateOn(o.contracts[i].Currency, d)))
}

// A unit is what is compared at both ends of a period.
type unit struct {
	account  success.AccountID
	product  string
	contract success.ContractID
	value    string // of the attribute of the contract that a cut is by
}

func compareUnits(a, b unit) int {
	return slices.Compare(
		[]string{string(a.account), a.product, string(a.contract), a.value},
		[]string{string(b.account), b.product, string(b.contract), b.value},
	)
}

// unitOf is the unit that contract i belongs to at the end of a day.
func (o *oracle) unitOf(i int, last success.Date) unit {
	c := o.contracts[i]
	switch o.options.Grain {
	case retention.GrainProduct:
		return unit{account: o.survivor(c.Account, last), product: c.Product}
	case retention.GrainContract:
		root := o.contracts[o.root(i)]
		return unit{account: o.survivor(root.Account, last), contract: root.ID}
	}
	return unit{account: o.survivor(c.Account, last)}
}

// root is the contract at which the chain of renewals and credits of i begins.
func (o *oracle) root(i int) int {
	for {
		c := o.contracts[i]
		switch {
		case c.before >= 0:
			i = c.before
		case c.Credits != "":
			i = slices.IndexFunc(o.contracts, func(f fact) bool { return f.ID == c.Credits })
		default:
			return i
		}
	}
}

// A cell is what a unit has on a day.
type cell struct {
	members []int // active contracts
	sum     *big.Int
	native  map[string]*big.Int
}

// on adds up the contracts active on a day by unit, at the rates of another. A
// sum that rounding makes negative is 0.
func (o *oracle) on(d, rates success.Date, unitOf func(i int) unit) map[unit]*cell {
	cells := map[unit]*cell{}
	for i, c := range o.contracts {
		if !o.active(i, d) {
			continue
		}
		u := unitOf(i)
		if cells[u] == nil {
			cells[u] = &cell{sum: nothing(), native: map[string]*big.Int{}}
		}
		into := cells[u]
		into.members = append(into.members, i)
		into.sum = plus(into.sum, o.convert(c.rate, i, rates))
		if into.native[c.Currency] == nil {
			into.native[c.Currency] = nothing()
		}
		into.native[c.Currency] = plus(into.native[c.Currency], c.rate)
	}
	for _, c := range cells {
		if c.sum.Sign() < 0 {
			c.sum = nothing()
		}
	}
	return cells
}

// paid reports whether a cell has revenue in any currency.
func (c *cell) paid() bool {
	if c == nil {
		return false
	}
	for _, sum := range c.native {
		if sum.Sign() > 0 {
			return true
		}
	}
	return false
}

// amount is the sum of a cell, 0 without one.
func (c *cell) amount() *big.Int {
	if c == nil {
		return nothing()
	}
	return c.sum
}

// firstPaid is the first day before a given one on which each unit had revenue,
// and whether it had a free contract on the day before that.
func (o *oracle) firstPaid(before success.Date, unitOf func(i int) unit) (first map[unit]success.Date, fromFree map[unit]bool) {
	first, fromFree = map[unit]success.Date{}, map[unit]bool{}
	var previous map[unit]*cell
	for _, d := range days(o.beginning(), before) {
		cells := o.on(d, d, unitOf)
		for u, c := range cells {
			if first[u].IsZero() && c.paid() {
				first[u] = d
				fromFree[u] = previous[u] != nil
			}
		}
		previous = cells
	}
	return first, fromFree
}
