package retention

import (
	"fmt"
	"math"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// A door takes contracts in, one by one, checks them and turns them into
// columns by position. What takes several of them to see is checked by book.
type door struct {
	options Options
	faults  success.Errors
	refused []bool // by position; may be shorter

	accountIDs []success.AccountID // by position
	ids        []success.ContractID
	renews     []reference
	credits    []reference

	currencies words // number 0 is the empty one
	products   words

	in columns // by position, all of them but next and sibling filled

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

func newDoor(options Options, size int) *door {
	return &door{
		options:    options,
		accountIDs: make([]success.AccountID, 0, size),
		ids:        make([]success.ContractID, 0, size),
		currencies: newWords(""),
		products:   newWords(),
		in: columns{
			start: make([]int32, 0, size),
			end:   make([]int32, 0, size),
			rate:  make([]int64, 0, size),
		},
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

// add takes in the contract at the next position.
func (d *door) add(c *success.Contract) {
	position := int32(len(d.ids))
	before := d.faults.Count
	micros := c.Check(int(position), &d.faults)
	if d.faults.Count > before {
		d.refuse(position)
	}
	d.accountIDs = append(d.accountIDs, c.Account)
	d.ids = append(d.ids, c.ID)
	d.addColumns(c, position, micros)
	if c.Renews != "" && c.Renews != c.ID {
		d.renews = append(d.renews, reference{position, c.Renews, -1})
	}
	if c.Credits != "" && c.Credits != c.ID {
		d.credits = append(d.credits, reference{position, c.Credits, -1})
	}
}

func (d *door) addColumns(c *success.Contract, position int32, micros int64) {
	d.in.start = append(d.in.start, dayOf(c.Start))
	d.in.end = append(d.in.end, endOf(c.End))
	d.in.rate = append(d.in.rate, micros)
	d.in.money = lazily(d.in.money, position, d.currencyNumber(c.Currency, position), 0)
	d.in.product = lazily(d.in.product, position, d.products.number(c.Product), 0)
	d.in.quantity = lazily(d.in.quantity, position, c.Units(), 1)
	if d.in.quantity == nil {
		return
	}
	for i := int32(len(d.in.unitRate)); i < position; i++ {
		d.in.unitRate = append(d.in.unitRate, d.in.rate[i]) // all had one unit
	}
	if c.Units() > 1 {
		num, den := c.Term.PerYear()
		micros, _ = exact.Rate(c.Price, num, den)
	}
	d.in.unitRate = append(d.in.unitRate, micros)
}

// lazily appends a value at a position to a column that stays nil as long as
// every value is the usual one.
func lazily[T comparable](column []T, position int32, value, usual T) []T {
	if column == nil && value == usual {
		return nil
	}
	for int32(len(column)) < position {
		column = append(column, usual)
	}
	return append(column, value)
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
	for i := range d.ids {
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
