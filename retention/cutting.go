package retention

import (
	"cmp"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// Cut takes the movement and the renewals of a period apart by a key. It reports
// what [success.Period.Validate] does, a zero Key, size bounds that are not above
// 0 or too large, and a product whose credits bring it below zero at either end
// of the period: such a credit needs the product of the contract it reduces.
func (b *Book) Cut(period success.Period, key Key) (Cut, error) {
	v, err := b.view(period)
	if err != nil {
		return Cut{}, err
	}
	bands, err := key.bands()
	if err != nil {
		return Cut{}, err
	}
	c := cutting{book: b, view: &v, key: key, bands: bands, rows: map[string]*row{}}
	if key.bounds != nil {
		c.openings()
	}
	b.each(&v, func(account int32, members []int32) {
		if key.contract == byNothing {
			c.whole(account, members)
		} else {
			c.apart(members)
		}
	})
	if err := c.faults.Err(); err != nil {
		return Cut{}, err
	}
	return c.cut(period), nil
}

// A cutting adds up the rows of a cut.
type cutting struct {
	book   *Book
	view   *view
	key    Key
	bands  []int64     // lower bounds of all size bands but the first
	opened []exact.Sum // opening of each account, to cut by size
	rows   map[string]*row
	parts  []part // scratch
	faults success.Errors
}

type row struct {
	tally tally
	renew renewing
}

// A part is a contract by the value of an attribute of it.
type part struct {
	value int32 // number of the product or currency
	unit  int32
	slot  int32
}

func (c *cutting) row(value string) *row {
	r := c.rows[value]
	if r == nil {
		r = &row{}
		c.rows[value] = r
	}
	return r
}

// whole adds units that are one to the row of their account.
func (c *cutting) whole(account int32, members []int32) {
	e := c.book.measure(c.view, members)
	r := c.rowOf(account)
	firstPaid, fromFree := c.book.history(members)
	r.tally.add(&e, c.view, firstPaid, fromFree)
	if len(members) > 1 {
		r.tally.absorbed += c.book.absorbed(c.view, family{account, members})
		if e.open.Sign() > 0 {
			r.tally.absorbed--
		}
	}
	for _, unit := range members {
		for slot := c.book.firstSlot[unit]; slot < c.book.firstSlot[unit+1]; slot++ {
			c.book.renew(&r.renew, c.view, slot)
		}
	}
}

// openings adds up the opening of each account.
func (c *cutting) openings() {
	c.opened = make([]exact.Sum, len(c.book.accounts))
	c.book.each(c.view, func(account int32, members []int32) {
		e := c.book.measure(c.view, members)
		c.opened[account] = c.opened[account].Add(e.open)
	})
}

func (c *cutting) rowOf(account int32) *row {
	if c.key.attribute != nil {
		a := success.Account{ID: c.book.accounts[account]}
		if c.book.attributes != nil {
			a = c.book.attributes[account]
		}
		return c.row(c.key.attribute(a))
	}
	band := 0
	if opened := c.opened[account]; opened.Sign() > 0 {
		for band = 1; band <= len(c.bands) && opened.Cmp(exact.Of(c.bands[band-1])) >= 0; band++ {
		}
	}
	return c.row(c.label(band))
}

// label names a size band: 0 is without opening revenue.
func (c *cutting) label(band int) string {
	bound := func(i int) string { return exact.Decimal(c.bands[i]).String() }
	switch {
	case band == 0:
		return "none"
	case len(c.bands) == 0:
		return "any"
	case band == 1:
		return "< " + bound(0)
	case band > len(c.bands):
		return ">= " + bound(band-2)
	}
	return bound(band-2) + " to " + bound(band-1)
}

// bands returns the lower bounds of the size bands, in millionths.
func (k Key) bands() ([]int64, error) {
	var faults success.Errors
	if k.name == "" && k.attribute == nil && k.contract == byNothing {
		faults.Add(&success.InputError{Record: "key", Index: -1, Err: success.ErrMissing})
	}
	var bands []int64
	for i, bound := range k.bounds {
		micros, ok := exact.Rate(bound, 1, 1)
		if !ok || micros <= 0 {
			faults.Add(&success.InputError{Record: "bound", Index: i, Value: exact.Show(bound), Err: success.ErrRange})
		}
		bands = append(bands, micros)
	}
	slices.Sort(bands)
	return slices.Compact(bands), faults.Err()
}

// apart adds units that are one to the rows of the values that their contracts
// have.
func (c *cutting) apart(members []int32) {
	c.parts = c.parts[:0]
	for _, unit := range members {
		for slot := c.book.firstSlot[unit]; slot < c.book.firstSlot[unit+1]; slot++ {
			c.parts = append(c.parts, part{c.value(slot), unit, slot})
		}
	}
	slices.SortFunc(c.parts, func(p, q part) int {
		return cmp.Or(cmp.Compare(p.value, q.value), cmp.Compare(p.slot, q.slot))
	})
	for parts := c.parts; len(parts) > 0; {
		n := 1
		for n < len(parts) && parts[n].value == parts[0].value {
			n++
		}
		c.addParts(parts[:n])
		parts = parts[n:]
	}
}

func (c *cutting) value(slot int32) int32 {
	switch {
	case c.key.contract == byProduct:
		return c.book.productOf(slot)
	case c.book.money != nil:
		return int32(c.book.money[slot])
	}
	return -1 // the only currency
}

func (c *cutting) valueName(value int32) string {
	switch {
	case c.key.contract == byProduct:
		return c.book.products[value]
	case value >= 0:
		return c.book.currencies[value]
	}
	return c.book.currency
}

// addParts adds the contracts of one value.
func (c *cutting) addParts(parts []part) {
	b, r := c.book, c.row(c.valueName(parts[0].value))
	var e ends
	credits := false
	for _, p := range parts {
		e.add(b, c.view, p.slot)
		b.renew(&r.renew, c.view, p.slot)
		credits = credits || b.rate[p.slot] < 0
	}
	if credits {
		c.checkBelow(parts)
	}
	e.floor()
	firstPaid, fromFree := int32(never), false
	if e.open.Sign() == 0 && e.close.Sign() > 0 {
		firstPaid, fromFree = c.history(parts, credits)
	}
	r.tally.add(&e, c.view, firstPaid, fromFree)
	c.absorb(r, parts, &e)
}

// checkBelow adds a fault if contracts of one value are below zero, in a
// currency, at either end of the period.
func (c *cutting) checkBelow(parts []part) {
	b := c.book
	for _, day := range []int32{c.view.from, c.view.to} {
		sums := map[int32]exact.Sum{}
		for _, p := range parts {
			if b.start[p.slot] < day && b.end[p.slot] >= day {
				money := b.moneyOf(p.slot)
				sums[money] = sums[money].Plus(b.rate[p.slot])
			}
		}
		for _, sum := range sums {
			if sum.Sign() < 0 {
				account := b.accounts[c.view.after.of(b.accountOf(parts[0].unit))]
				c.faults.Add(&success.InputError{
					Record: "account " + string(account), Index: -1, Field: "Product", Value: c.valueName(parts[0].value),
					Err: fault.New(success.ErrNegative, "is below zero on %s", date(day-1)),
				})
				return
			}
		}
	}
}

func (b *Book) moneyOf(slot int32) int32 {
	if b.money == nil {
		return 0
	}
	return int32(b.money[slot])
}

// history returns the first day on which contracts of one value paid, and
// whether some were active, hence free, on the day before.
func (c *cutting) history(parts []part, credits bool) (firstPaid int32, fromFree bool) {
	b := c.book
	firstPaid = never
	if credits {
		firstPaid = c.firstPaid(parts)
	} else {
		for _, p := range parts {
			if start := b.start[p.slot]; b.rate[p.slot] > 0 && start < b.end[p.slot] {
				firstPaid = min(firstPaid, start)
			}
		}
	}
	for _, p := range parts {
		fromFree = fromFree || b.start[p.slot] < firstPaid && firstPaid <= b.end[p.slot]
	}
	return firstPaid, fromFree && firstPaid != never
}

// firstPaid follows contracts of one value day by day to the first day on which
// some currency is above zero.
func (c *cutting) firstPaid(parts []part) int32 {
	b := c.book
	type change struct {
		dated
		money int32
	}
	var changes []change
	for _, p := range parts {
		if start, end := b.start[p.slot], b.end[p.slot]; start < end {
			changes = append(changes, change{dated{start, b.rate[p.slot]}, b.moneyOf(p.slot)},
				change{dated{end, -b.rate[p.slot]}, b.moneyOf(p.slot)})
		}
	}
	slices.SortFunc(changes, func(x, y change) int { return cmp.Compare(x.day, y.day) })
	sums := map[int32]exact.Sum{}
	for i, x := range changes {
		sums[x.money] = sums[x.money].Plus(x.rate)
		if i+1 < len(changes) && changes[i+1].day == x.day {
			continue
		}
		for _, sum := range sums {
			if sum.Sign() > 0 {
				return x.day
			}
		}
	}
	return never
}

// absorb counts the customers of one value that mergers of the period made part
// of another.
func (c *cutting) absorb(r *row, parts []part, e *ends) {
	if len(c.view.families) == 0 || e.open.Sign() == 0 {
		return
	}
	before := map[int32]ends{}
	for _, p := range parts {
		root := c.view.before.of(c.book.accountOf(p.unit))
		x := before[root]
		x.add(c.book, c.view, p.slot)
		before[root] = x
	}
	customers := 0
	for _, x := range before {
		if x.open.Sign() > 0 {
			customers++
		}
	}
	r.tally.absorbed += customers - 1
}

// cut returns the rows in order.
func (c *cutting) cut(period success.Period) Cut {
	cut := Cut{Name: c.key.name, Additive: c.key.contract == byNothing}
	if c.key.bounds != nil {
		for band := range len(c.bands) + 2 {
			cut.bands = append(cut.bands, c.label(band))
		}
	}
	for value, r := range c.rows {
		cut.Rows = append(cut.Rows, Row{value, r.tally.movement(c.book, c.view), r.renew.renewals(c.book, period)})
	}
	cut.sort()
	return cut
}
