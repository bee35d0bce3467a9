package retention_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
	"pgregory.net/rapid"
)

func day(s string) success.Date { return success.MustDate(s) }

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// A world is a small company that is valid by construction, and days at which
// something happens in it.
type world struct {
	contracts []success.Contract
	options   retention.Options
	part      int // size of the parts in which contracts come, 0 when all at once
	days      []success.Date
}

// Features switch off what a law cannot hold for.
type features struct {
	exactTerms bool // only terms and prices that need no rounding, at rates of 1
	noMergers  bool
	noCredits  bool
	noHuge     bool
	noCurrency bool
	middle     bool // away from the ends of the range of dates
}

// worldBuilder draws a world piece by piece.
type worldBuilder struct {
	t          *rapid.T
	features   features
	base       success.Date
	accounts   []success.AccountID
	currencies []string
	ids        []success.ContractID
	w          world
}

func drawWorld(t *rapid.T, f features) world {
	b := &worldBuilder{t: t, features: f}
	b.drawBase()
	b.drawCurrencies()
	b.drawAccounts()
	b.w.options.Grain = rapid.SampledFrom([]retention.Grain{retention.GrainAccount, retention.GrainProduct, retention.GrainContract}).Draw(t, "grain")
	b.w.options.Early = rapid.SampledFrom([]int{0, 0, 1, 30, 10000}).Draw(t, "early")
	b.w.options.Grace = rapid.SampledFrom([]int{0, 0, 1, 7, 30}).Draw(t, "grace")
	b.w.options.Workers = rapid.SampledFrom([]int{0, 1, 2, 3, 7, 1024}).Draw(t, "workers")
	b.w.options.IncludeReactivation = rapid.Bool().Draw(t, "include reactivation")
	b.w.part = rapid.IntRange(0, 3).Draw(t, "part")
	n := rapid.IntRange(1, 9).Draw(t, "contracts")
	b.ids = ids(t, 3*n)
	for i := range n {
		b.drawContract(i)
	}
	if !f.noCredits {
		b.drawCredits(n)
	}
	return b.w.shuffled(rapid.Uint64().Draw(t, "order"))
}

// ids are contract ids whose order says nothing.
func ids(t *rapid.T, n int) []success.ContractID {
	var all []success.ContractID
	for i := range n {
		all = append(all, success.ContractID(fmt.Sprintf("c%02d", i)))
	}
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "ids"), 1))
	r.Shuffle(n, func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// shuffled is the same world with every list in another order.
func (w world) shuffled(seed uint64) world {
	r := rand.New(rand.NewPCG(seed, 2))
	v := w
	v.contracts = slices.Clone(w.contracts)
	v.options.Accounts = slices.Clone(w.options.Accounts)
	v.options.Mergers = slices.Clone(w.options.Mergers)
	v.options.Rates = slices.Clone(w.options.Rates)
	r.Shuffle(len(v.contracts), func(i, j int) { v.contracts[i], v.contracts[j] = v.contracts[j], v.contracts[i] })
	r.Shuffle(len(v.options.Accounts), func(i, j int) {
		v.options.Accounts[i], v.options.Accounts[j] = v.options.Accounts[j], v.options.Accounts[i]
	})
	r.Shuffle(len(v.options.Mergers), func(i, j int) {
		v.options.Mergers[i], v.options.Mergers[j] = v.options.Mergers[j], v.options.Mergers[i]
	})
	r.Shuffle(len(v.options.Rates), func(i, j int) { v.options.Rates[i], v.options.Rates[j] = v.options.Rates[j], v.options.Rates[i] })
	return v
}

func (b *worldBuilder) drawBase() {
	bases := []string{"2024-01-20", "2023-12-31"}
	if !b.features.middle {
		bases = append(bases, "0001-01-01", "9999-10-01")
	}
	b.base = day(rapid.SampledFrom(bases).Draw(b.t, "base"))
	b.w.days = []success.Date{b.base.AddDays(11), b.base.AddMonths(1), b.base, b.base.AddMonths(2), b.base.AddDays(3)}
}

// drawDay draws a day near one at which something happens already, and notes it.
func (b *worldBuilder) drawDay(label string) success.Date {
	d := rapid.SampledFrom(b.w.days).Draw(b.t, label)
	d = d.AddDays(rapid.SampledFrom([]int{0, 0, 0, 1, -1, 7, 30}).Draw(b.t, label+" off"))
	if d.Before(b.base) {
		d = b.base
	}
	b.note(d)
	return d
}

func (b *worldBuilder) note(d success.Date) {
	if d.Sub(b.base) <= 150 { // so that walks over days stay short
		b.w.days = append(b.w.days, d)
	}
}

func (b *worldBuilder) drawCurrencies() {
	t := b.t
	all := []string{"EUR", "USD", "GBP"}
	number := "none"
	if !b.features.noCurrency {
		number = rapid.SampledFrom([]string{"none", "one", "two", "three"}).Draw(t, "currencies")
	}
	switch number {
	case "none":
		b.currencies = []string{""}
		return
	case "one":
		b.currencies = all[:1]
	case "two":
		b.currencies = all[:2]
	case "three":
		b.currencies = all
	}
	if len(b.currencies) > 1 || rapid.Bool().Draw(t, "reporting currency is set") {
		b.w.options.Currency = "EUR"
	}
	values := []string{"1", "2", "0.5", "1.1", "0.333333333", "0.000001", "150", "0.9"}
	if b.features.exactTerms {
		values = values[:2]
	}
	for _, currency := range b.currencies[1:] {
		seen := map[success.Date]bool{}
		for i := range rapid.IntRange(1, 4).Draw(t, currency+" rates") {
			d := b.drawDay(fmt.Sprint(currency, " rate day ", i))
			if !seen[d] {
				value := rapid.SampledFrom(values).Draw(t, currency+" rate")
				b.w.options.Rates = append(b.w.options.Rates, retention.Rate{Currency: currency, Date: d, Rate: dec(value)})
			}
			seen[d] = true
		}
	}
}

func (b *worldBuilder) drawAccounts() {
	t := b.t
	n := rapid.IntRange(1, 4).Draw(t, "accounts")
	names := []success.AccountID{"acme", "globex", "initech", "umbrella"}
	b.accounts = names[:n]
	if rapid.Bool().Draw(t, "accounts are described") {
		for _, id := range b.accounts {
			b.w.options.Accounts = append(b.w.options.Accounts, success.Account{
				ID:      id,
				Segment: rapid.SampledFrom([]string{"", "smb", "enterprise"}).Draw(t, "segment"),
				Owner:   rapid.SampledFrom([]string{"Ana", "Bo"}).Draw(t, "owner"),
			})
		}
	}
	if b.features.noMergers {
		return
	}
	for i := 1; i < n; i++ {
		if rapid.IntRange(0, 2).Draw(t, "merges") == 2 {
			into := b.accounts[rapid.IntRange(0, i-1).Draw(t, "into")]
			on := b.base.AddDays(rapid.SampledFrom([]int{40, 12, 61, 31, 0, 95}).Draw(t, "merged after"))
			b.note(on)
			b.w.options.Mergers = append(b.w.options.Mergers, retention.Merger{From: b.accounts[i], To: into, On: on})
		}
	}
}

// sameBy reports whether two accounts are one by a day.
func (b *worldBuilder) sameBy(x, y success.AccountID, d success.Date) bool {
	o := oracle{options: b.w.options}
	return o.survivor(x, d) == o.survivor(y, d)
}

func (b *worldBuilder) drawTerm() success.Term {
	t := b.t
	if b.features.exactTerms {
		return rapid.SampledFrom([]success.Term{success.Months(12), success.Months(1), success.Months(3), success.Weeks(1), success.Days(1)}).Draw(t, "term")
	}
	return rapid.SampledFrom([]success.Term{
		success.Months(12), success.Months(1), success.Months(7), success.Months(18), success.Months(36), success.Weeks(1),
		success.Weeks(3), success.Days(1), success.Days(30), success.Days(365), success.Days(3652059),
	}).Draw(t, "term")
}

// highest is the highest rate that an amount in a currency may be converted at.
func (b *worldBuilder) highest(currency string) *big.Rat {
	most := big.NewRat(1, 1)
	for _, r := range b.w.options.Rates {
		if v := ratOf(r.Rate); r.Currency == currency && v.Cmp(most) > 0 {
			most = v
		}
	}
	return most
}

// drawMoney gives a contract a price, quantity, term and currency that make a
// rate in range.
func (b *worldBuilder) drawMoney(c *success.Contract) {
	t := b.t
	c.Currency = rapid.SampledFrom(b.currencies).Draw(t, "currency")
	c.Term = b.drawTerm()
	c.Quantity = rapid.SampledFrom([]int64{0, 1, 2, 3, 10, 1000000}).Draw(t, "quantity")
	prices := []string{"100", "0", "120", "0.01", "99.99", "33.333333", "1200"}
	if !b.features.exactTerms {
		prices = append(prices, "0.000001", "0.0000005", "0.0000015", "1e-9")
	}
	if !b.features.noHuge {
		prices = append(prices, "8999999999999.99", "123456789.123456789123456789")
	}
	c.Price = dec(rapid.SampledFrom(prices).Draw(t, "price"))
	limit := new(big.Int).SetUint64(9e18)
	most := new(big.Rat).Mul(new(big.Rat).SetInt(annual(*c, max(1, c.Quantity))), b.highest(c.Currency))
	if halfEven(most).Cmp(limit) >= 0 {
		c.Price, c.Quantity = dec("10"), 1
	}
}

// drawContract draws a contract that may renew one of those before it.
func (b *worldBuilder) drawContract(i int) {
	t := b.t
	c := success.Contract{ID: b.ids[i], Account: b.accounts[rapid.Uint8().Draw(t, "account")%uint8(len(b.accounts))]}
	c.Product = rapid.SampledFrom([]string{"", "crm", "bi"}).Draw(t, "product")
	c.Start = b.drawDay("start")
	if i > 0 && rapid.Bool().Draw(t, "follows another") {
		b.follow(&c, b.w.contracts[rapid.IntRange(0, i-1).Draw(t, "whom")])
	}
	length := rapid.SampledFrom([]int{0, 30, 60, 1, 2, 31, 365, 366, 4000000}).Draw(t, "days")
	if end := c.Start.AddDays(length); length > 0 && end.After(c.Start) {
		c.End = end
		b.note(end)
	}
	b.drawMoney(&c)
	b.w.contracts = append(b.w.contracts, c)
}

// follow makes c start about when another ends, sometimes with a link to it.
func (b *worldBuilder) follow(c *success.Contract, p success.Contract) {
	t := b.t
	c.Product = p.Product
	if rapid.IntRange(0, 3).Draw(t, "same account") > 0 {
		c.Account = p.Account
	}
	at := p.End
	if at.IsZero() {
		at = c.Start
	}
	at = at.AddDays(rapid.SampledFrom([]int{0, 0, 1, -1, 7, 8, -20, 45}).Draw(t, "delay"))
	if at.Before(p.Start) {
		at = p.Start
	}
	if at.Sub(b.base) <= 400 {
		c.Start = at
		b.note(at)
	}
	linked := rapid.Bool().Draw(t, "linked")
	if linked && !c.Start.Before(p.Start) && b.sameBy(c.Account, p.Account, c.Start) {
		c.Renews = p.ID
	}
	if rapid.IntRange(0, 4).Draw(t, "other product") == 0 {
		c.Product = "bi"
	}
}

// drawCredits adds credits that never bring a contract below 0: each lies within
// the days of the contract it names, and together they are at most its price.
func (b *worldBuilder) drawCredits(from int) {
	t := b.t
	o := newOracle(b.w.contracts, b.w.options)
	for i, host := range o.contracts {
		if host.rate.Sign() == 0 || rapid.IntRange(0, 3).Draw(t, "credit") > 0 || !o.active(i, host.Start) {
			continue
		}
		parts := rapid.SampledFrom([]int64{1, 2}).Draw(t, "credits of it")
		for range parts {
			if c, ok := b.drawCredit(host, b.ids[from], parts); ok {
				b.w.contracts = append(b.w.contracts, c)
				from++
			}
		}
	}
}

// drawCredit draws a credit of an equal part of the price of a contract.
func (b *worldBuilder) drawCredit(host fact, id success.ContractID, parts int64) (c success.Contract, ok bool) {
	t := b.t
	c = host.Contract
	c.ID, c.Renews, c.Credits, c.Quantity, c.Term = id, "", host.ID, 1, success.Months(12)
	c.Price = money(new(big.Int).Neg(new(big.Int).Quo(host.rate, big.NewInt(parts))))
	c.Start = host.Start.AddDays(rapid.SampledFrom([]int{0, 0, 1, 10}).Draw(t, "credit starts"))
	c.End = c.Start.AddDays(rapid.SampledFrom([]int{1, 5, 20, 60}).Draw(t, "credit days"))
	if !host.end.IsZero() && c.End.After(host.end) {
		c.End = host.end
	}
	b.note(c.Start)
	b.note(c.End)
	return c, !c.Price.IsZero() && c.End.After(c.Start)
}

// drawPeriod draws a period between days at which something happens.
func (w world) drawPeriod(t *rapid.T) success.Period {
	near := func(label string) success.Date {
		d := rapid.SampledFrom(w.days).Draw(t, label)
		return d.AddDays(rapid.SampledFrom([]int{0, 0, 1, -1, 15}).Draw(t, label+" off"))
	}
	three := []success.Date{near("from"), near("to"), near("a day before both")}
	slices.SortFunc(three, success.Date.Compare)
	p := success.Period{From: three[1], To: three[2]}
	if m := w.options.Mergers; len(m) > 0 && rapid.Bool().Draw(t, "around a merger") {
		p.From = m[0].On.AddDays(-rapid.SampledFrom([]int{0, 1, 9}).Draw(t, "days before"))
		p.To = m[0].On.AddDays(rapid.SampledFrom([]int{1, 0, 2, 30}).Draw(t, "days after"))
	}
	if p.From == p.To {
		p.To = p.From.AddDays(rapid.SampledFrom([]int{1, 2, 90}).Draw(t, "length"))
	}
	if p.From == p.To { // the last day of all
		p.From = p.From.AddDays(-1)
	}
	return p
}
