package retention

import (
	"fmt"
	"math"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// A door takes contracts in, one by one, checks them and turns them into
// columns by position. What takes several of them to see is checked by book.
type door struct {
	options Options
	thrifty bool // with memory, rather than time
	faults  success.Errors
	full    bool   // there are more contracts than a book may have
	refused []bool // by position; may be shorter

	count   int32 // of contracts
	most    int32 // of contracts that a book may have
	ids     texts // of the contracts, by position; then those that they refer to
	owners  texts // the account of each contract; then those that the options name
	renews  []reference
	credits []reference

	currencies words // number 0 is the empty one
	products   words

	in     columns   // by position, all of them but next and sibling filled
	before []columns // parts of it that are full; see join

	// What book finds.
	accounts   []success.AccountID
	attributes []success.Account
	account    []int32 // by position, -1 for one that cannot be used
	mergers    map[int32]merger
	tainted    map[int32]bool // accounts of which something is refused
}

// A reference is what a contract says of another.
type reference struct {
	position int32
	id       success.ContractID
	to       int32 // position of the other, -1 when there is none
}

// maxContracts is how many contracts a book may have: they and all those that they
// refer to have numbers of 31 bits.
const maxContracts = 1 << 29

func newDoor(options Options, ids, owners texts, size int) *door {
	return &door{
		options:    options,
		most:       maxContracts,
		ids:        ids,
		owners:     owners,
		currencies: newWords(""),
		products:   newWords(),
		in:         newColumns(size),
	}
}

func (d *door) fault(record string, index int, field, value string, err error) {
	d.faults.Add(&success.InputError{Record: record, Index: index, Field: field, Value: value, Err: err})
}

// refuse marks the contract at a position as one that cannot be used.
func (d *door) refuse(position int32) {
	for int(position) >= len(d.refused) {
		d.refused = append(d.refused, false)
	}
	d.refused[position] = true
}

// sound reports whether the contract at a position can be used.
func (d *door) sound(position int32) bool {
	return int(position) >= len(d.refused) || !d.refused[position]
}

func (d *door) checkOptions() {
	o := d.options
	if o.Grain > GrainContract {
		d.fault("options", -1, "Grain", fmt.Sprint(o.Grain), success.ErrUnknown)
	}
	for _, whole := range []struct {
		field string
		n     int
	}{{"Early", o.Early}, {"Grace", o.Grace}, {"Workers", o.Workers}} {
		if whole.n < 0 {
			d.fault("options", -1, whole.field, fmt.Sprint(whole.n), success.ErrNegative)
		}
	}
	if o.Workers > maxWorkers {
		d.fault("options", -1, "Workers", fmt.Sprint(o.Workers), fault.New(success.ErrRange, "is more than %d", maxWorkers))
	}
}

// readAhead is how many prices are looked at before any is used. Their digits lie
// anywhere in memory; looked at in a row, the processor waits for many at once.
const readAhead = 128

// addAll takes in contracts in order.
func (d *door) addAll(contracts []success.Contract) {
	for block := range slices.Chunk(contracts, readAhead) {
		for i := range block {
			block[i].Price.NumDigits()
		}
		for i := range block {
			d.add(&block[i])
		}
	}
}

// add takes in the contract at the next position.
func (d *door) add(c *success.Contract) {
	position := d.count
	if position == d.most {
		d.tooMany()
		return
	}
	d.count++
	before := d.faults.Count
	micros := c.Check(int(position), &d.faults)
	if d.faults.Count > before {
		d.refuse(position)
	}
	d.owners.add(string(c.Account))
	d.ids.add(string(c.ID))
	if len(d.in.start) == cap(d.in.start) {
		d.before = append(d.before, d.in)
		d.in = newColumns(partSize)
	}
	d.in.add(c, micros, d.currencyNumber(c.Currency, position), d.products.number(c.Product))
	if c.Renews != "" && c.Renews != c.ID {
		d.renews = append(d.renews, reference{position, c.Renews, -1})
	}
	if c.Credits != "" && c.Credits != c.ID {
		d.credits = append(d.credits, reference{position, c.Credits, -1})
	}
}

// tooMany adds, once, that there are more contracts than a book may have.
func (d *door) tooMany() {
	if !d.full {
		d.full = true
		d.fault("contract", int(d.most), "", "", fault.New(success.ErrRange, "is one of more than %d", d.most))
	}
}

// currencyNumber numbers a currency. Numbers have 16 bits; more currencies than
// those are refused.
func (d *door) currencyNumber(currency string, position int32) uint16 {
	n := d.currencies.number(currency)
	if n > math.MaxUint16 {
		d.fault("contract", int(position), "Currency", currency, fault.New(success.ErrRange, "is one of more than %d", math.MaxUint16))
		d.refuse(position)
		return 1 // any other, so that nothing more is said of it
	}
	return uint16(n)
}

// words numbers strings that are few or come in runs.
type words struct {
	list   []string
	known  map[string]int32
	latest int32
}

func newWords(first ...string) words {
	w := words{known: map[string]int32{}}
	for _, s := range first {
		w.number(s)
	}
	return w
}

// number returns the number of a string, from 0 in the order in which they come.
func (w *words) number(s string) int32 {
	if len(w.list) > 0 && w.list[w.latest] == s {
		return w.latest
	}
	n, ok := w.known[s]
	if !ok {
		n = int32(len(w.list))
		w.list = append(w.list, s)
		w.known[s] = n
	}
	w.latest = n
	return n
}

// checkCurrencies finds the reporting currency and a ladder of rates for every
// other one, and adds a fault for each contract that has none.
func (d *door) checkCurrencies() (currency string, ladders []ladder) {
	named := d.currencies.list[1:]
	currency = d.options.Currency
	if currency == "" && len(named) > 1 {
		d.fault("options", -1, "Currency", "", fault.New(success.ErrMissing, "is missing, and the contracts use %d", len(named)))
		return "", nil
	}
	if currency == "" && len(named) == 1 {
		currency = named[0]
	}
	byCurrency := d.readRates(currency)
	ladders = make([]ladder, len(d.currencies.list))
	same := ladder{[]int32{0}, []exact.Factor{exact.One()}}
	for i, c := range d.currencies.list {
		if ladders[i] = byCurrency[c]; c == currency || i == 0 {
			ladders[i] = same
		}
	}
	foreign := len(named) > 1 || len(named) == 1 && named[0] != currency
	if len(named) > 0 {
		d.checkMoney(ladders, foreign)
	}
	if !foreign {
		d.in.money = nil
	}
	return currency, ladders
}

func (d *door) checkMoney(ladders []ladder, foreign bool) {
	largest := make([]exact.Factor, len(ladders))
	for i, l := range ladders {
		if len(l.days) > 0 {
			largest[i] = l.largest()
		}
	}
	for i := range int(d.count) {
		position, number := int32(i), d.in.money[i]
		switch currency := d.currencies.list[number]; {
		case number == 0:
			d.fault("contract", i, "Currency", "", fault.New(success.ErrMissing, "is missing, while other contracts name one"))
		case !foreign:
			continue
		case len(ladders[number].days) == 0:
			d.fault("contract", i, "Currency", currency, success.ErrCurrency)
		default:
			if _, ok := largest[number].Convert(d.in.rate[i]); ok { // 0 for a rate that is refused
				continue
			}
			d.fault("contract", i, "Price", exact.Decimal(d.in.rate[i]).String(),
				fault.New(success.ErrRange, "%s a year is too much to convert", currency))
		}
		d.refuse(position)
	}
}

func (d *door) readRates(reporting string) map[string]ladder {
	type day struct {
		currency string
		date     success.Date
	}
	seen := map[day]bool{}
	ladders := map[string]ladder{}
	for i, r := range d.options.Rates {
		before := d.faults.Count
		if r.Currency == "" {
			d.fault("rate", i, "Currency", "", success.ErrMissing)
		}
		if r.Date.IsZero() {
			d.fault("rate", i, "Date", "", success.ErrMissing)
		}
		factor, ok := exact.FactorOf(r.Rate)
		switch {
		case r.Rate.Sign() < 0:
			d.fault("rate", i, "Rate", exact.Show(r.Rate), success.ErrNegative)
		case r.Rate.Sign() == 0:
			d.fault("rate", i, "Rate", "0", fault.New(success.ErrRange, "is not above 0"))
		case !ok:
			d.fault("rate", i, "Rate", exact.Show(r.Rate), success.ErrRange)
		case r.Currency != "" && r.Currency == reporting && factor.Cmp(exact.One()) != 0:
			d.fault("rate", i, "Rate", exact.Show(r.Rate), fault.New(success.ErrRange, "is not 1 for the reporting currency"))
		}
		if r.Currency != "" && !r.Date.IsZero() {
			if seen[day{r.Currency, r.Date}] {
				d.fault("rate", i, "Date", r.Date.String(), fault.New(success.ErrDuplicate, "is a duplicate for %s", r.Currency))
			}
			seen[day{r.Currency, r.Date}] = true
		}
		if d.faults.Count == before {
			l := ladders[r.Currency]
			ladders[r.Currency] = ladder{append(l.days, dayOf(r.Date)), append(l.factors, factor)}
		}
	}
	for c, l := range ladders {
		ladders[c] = l.sorted()
	}
	return ladders
}
