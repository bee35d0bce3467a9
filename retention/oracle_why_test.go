package retention_test

import (
	"math/big"
	"slices"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// reasons walks the days of a period and says of every contract that starts or
// ends what it did to its unit, at the rates of From.
func (o *oracle) reasons(p success.Period) map[unit]retention.Reasons {
	all := map[unit]retention.Reasons{}
	unitOf := o.split(whole, p.To.AddDays(-1))
	add := func(i int, f func(r *retention.Reasons)) {
		r := all[unitOf(i)]
		f(&r)
		all[unitOf(i)] = r
	}
	for _, d := range days(p.From, p.To) {
		explained := map[int]bool{}
		for i := range o.contracts {
			next := o.takeovers(i, d)
			if len(next) == 0 {
				continue
			}
			explained[i] = true
			for _, j := range next {
				explained[j] = true
			}
			seats, price := o.takeover(i, next, p.From)
			atTerm := !o.contracts[i].End.IsZero() && !d.Before(o.contracts[i].End)
			add(i, func(r *retention.Reasons) {
				addCause(&r.Seats, seats, atTerm)
				addCause(&r.Price, price, atTerm)
			})
		}
		for i := range o.contracts {
			change := o.change(i, d, p.From)
			if explained[i] || change.Sign() == 0 {
				continue
			}
			add(i, func(r *retention.Reasons) {
				if o.contracts[i].rate.Sign() < 0 {
					addCause(&r.Price, change, false)
				} else {
					addCause(&r.Product, change, false)
				}
			})
		}
	}
	return all
}

func addCause(c *retention.Cause, micros *big.Int, renewal bool) {
	if renewal {
		c.Renewal = c.Renewal.Add(money(micros))
	} else {
		c.MidTerm = c.MidTerm.Add(money(micros))
	}
}

// takeovers are the successors of the same product that take over from contract i
// on the day d: it was active the day before, they are from d on.
func (o *oracle) takeovers(i int, d success.Date) []int {
	c := o.contracts[i]
	if !o.active(i, dayBefore(d)) || o.active(i, d) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(c.successors), func(j int) bool {
		s := o.contracts[j]
		return s.Start != d || s.Product != c.Product || !o.active(j, d)
	})
}

// takeover takes the change from a contract to its successors apart: the old
// price of a unit for the units that came or went, and the rest.
func (o *oracle) takeover(i int, next []int, rates success.Date) (seats, price *big.Int) {
	c := o.contracts[i]
	more, change := -c.seats, minus(nothing(), o.convert(c.rate, i, rates))
	for _, j := range next {
		more += o.contracts[j].seats
		change = plus(change, o.convert(o.contracts[j].rate, j, rates))
	}
	seats = new(big.Int).Mul(o.convert(c.unit, i, rates), big.NewInt(more))
	return seats, minus(change, seats)
}

// change is what contract i alone does to revenue on the day d.
func (o *oracle) change(i int, d, rates success.Date) *big.Int {
	switch was, is := o.active(i, dayBefore(d)), o.active(i, d); {
	case is && !was:
		return o.convert(o.contracts[i].rate, i, rates)
	case was && !is:
		return minus(nothing(), o.convert(o.contracts[i].rate, i, rates))
	}
	return nothing()
}

// renewals adds up what became of the contracts that a filter lets pass.
func (o *oracle) renewals(p success.Period, pass func(i int) bool) retention.Renewals {
	r := retention.Renewals{Period: p, Currency: o.reporting}
	for i, c := range o.contracts {
		if c.rate.Sign() <= 0 || c.End.IsZero() || !pass(i) {
			continue
		}
		if p.Contains(c.End) {
			o.countDue(&r, i)
		}
		o.countOverdue(&r, i)
	}
	return r
}

// byStart are the successors of i with what they pay, in order of their starts;
// credits pay nothing.
func (o *oracle) byStart(i int, rates success.Date) (successors []int, pays map[int]*big.Int) {
	successors = slices.Clone(o.contracts[i].successors)
	slices.SortFunc(successors, func(a, b int) int { return o.contracts[a].Start.Compare(o.contracts[b].Start) })
	pays = map[int]*big.Int{}
	for _, j := range successors {
		if pays[j] = o.convert(o.contracts[j].rate, j, rates); pays[j].Sign() < 0 {
			pays[j] = nothing()
		}
	}
	return successors, pays
}

func (o *oracle) prompt(i, j int) bool {
	return o.contracts[j].Start.Sub(o.contracts[i].End) <= o.options.Grace
}

// countDue counts contract i in the period of its end.
func (o *oracle) countDue(r *retention.Renewals, i int) {
	c := o.contracts[i]
	old := o.convert(c.rate, i, r.Period.From)
	successors, pays := o.byStart(i, r.Period.From)
	r.Due++
	r.Base = r.Base.Add(money(old))
	if len(successors) == 0 {
		r.Lapsed++
		return
	}
	if first := successors[0]; o.prompt(i, first) {
		switch o.contracts[first].Start.Compare(c.End) {
		case -1:
			r.Early++
		case 0:
			r.OnTime++
		case 1:
			r.Late++
		}
	}
	sum := nothing()
	for _, j := range successors {
		if o.prompt(i, j) {
			sum = plus(sum, pays[j])
		}
	}
	r.Renewed = r.Renewed.Add(money(sum))
	r.Kept = r.Kept.Add(money(least(old, sum)))
}

// countOverdue counts the successors of contract i that came too late in the
// period in which they came.
func (o *oracle) countOverdue(r *retention.Renewals, i int) {
	old := o.convert(o.contracts[i].rate, i, r.Period.From)
	successors, pays := o.byStart(i, r.Period.From)
	sum := nothing()
	for n, j := range successors {
		kept := least(old, sum)
		sum = plus(sum, pays[j])
		if o.prompt(i, j) || !r.Period.Contains(o.contracts[j].Start) {
			continue
		}
		if n == 0 {
			r.Overdue++
		}
		r.Renewed = r.Renewed.Add(money(pays[j]))
		r.Kept = r.Kept.Add(money(minus(least(old, sum), kept)))
	}
}

// account describes an account, as far as anything is known of it.
func (o *oracle) account(id success.AccountID) success.Account {
	for _, a := range o.options.Accounts {
		if a.ID == id {
			return a
		}
	}
	return success.Account{ID: id}
}

// attribute gives each contract the attribute of the account it belongs to at the
// end of a period.
func (o *oracle) attribute(p success.Period, of func(success.Account) string) func(i int) string {
	return func(i int) string {
		return of(o.account(o.survivor(o.contracts[i].Account, p.To.AddDays(-1))))
	}
}

// band gives each contract the size band of its account's opening.
func (o *oracle) band(p success.Period, bounds []decimal.Decimal) func(i int) string {
	last := p.To.AddDays(-1)
	ofAccount := func(i int) unit { return unit{account: o.survivor(o.contracts[i].Account, last)} }
	opening := o.on(dayBefore(p.From), p.From, ofAccount)
	return func(i int) string { return bandOf(money(opening[ofAccount(i)].amount()), bounds) }
}

// bandOf is the label of the band that an amount falls in.
func bandOf(amount decimal.Decimal, bounds []decimal.Decimal) string {
	if amount.IsZero() {
		return "none"
	}
	n := 0
	for n < len(bounds) && !amount.LessThan(bounds[n]) {
		n++
	}
	switch {
	case n == 0:
		return "< " + bounds[0].String()
	case n == len(bounds):
		return ">= " + bounds[n-1].String()
	}
	return bounds[n-1].String() + " to " + bounds[n].String()
}

// cut takes a period apart by row.
func (o *oracle) cut(p success.Period, by, row func(i int) string) map[string]retention.Row {
	rows := map[string]retention.Row{}
	for value, m := range o.rows(p, by, row) {
		rows[value] = retention.Row{Value: value, Movement: m}
	}
	for i := range o.contracts {
		if _, ok := rows[row(i)]; !ok {
			rows[row(i)] = retention.Row{Value: row(i), Movement: o.emptyMovement(p)}
		}
	}
	for value, r := range rows {
		r.Renewals = o.renewals(p, func(i int) bool { return row(i) == value })
		rows[value] = r
	}
	return rows
}
