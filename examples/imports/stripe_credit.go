package imports

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution/split"
)

// credits are those of a subscription, in the making.
type credits struct {
	sub   *stripeSubscription
	made  []success.Contract
	last  map[int]int // by item: the one made last
	names []string    // of the discounts in each one made
	count map[success.ContractID]int
}

// stripeCredits makes the credits of a subscription: what discounts take off, in
// their order, on each stretch of days on which nothing changes. What several
// take off an item is one credit, since the annual rates of parts, rounded one by
// one, might come to more than that of the item.
func (s *sink) stripeCredits(sub *stripeSubscription) {
	var discounts []stripeDiscount
	for _, d := range sub.discounts {
		if reason := d.refused(sub); reason != "" {
			s.leaveOut(sub.at, d.id, "%s", reason)
		} else {
			d.setFirst(sub.items)
			discounts = append(discounts, d)
		}
	}
	days := changes(sub, discounts)
	c := credits{sub: sub, last: map[int]int{}, count: map[success.ContractID]int{}}
	for k := 1; k < len(days); k++ {
		left := c.costs(days[k-1])
		names := make([]string, len(left))
		for j := range discounts {
			if err := c.apply(&discounts[j], left, names, days[k-1]); err != nil {
				s.fault(sub.at, "discounts", discounts[j].id, err)
				return
			}
		}
		c.credit(left, names, days[k-1], days[k])
	}
	for _, credit := range c.made {
		s.contract(sub.at, credit)
	}
}

// changes returns the days on which what is paid or taken off changes, in order.
func changes(sub *stripeSubscription, discounts []stripeDiscount) (days []int) {
	if len(discounts) == 0 {
		return nil
	}
	for i := range sub.items {
		item := &sub.items[i]
		for _, s := range item.spans {
			days = append(days, s.from, s.to)
		}
		for j := range discounts {
			from, to := discounts[j].window(item)
			days = append(days, from, to)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// costs returns what each item costs on a day, 0 where nothing is paid.
func (c *credits) costs(day int) []decimal.Decimal {
	costs := make([]decimal.Decimal, len(c.sub.items))
	for i := range costs {
		if item := &c.sub.items[i]; item.paid(day) >= 0 {
			costs[i] = item.cost()
		}
	}
	return costs
}

// paid returns which span of an item is paid on a day, −1 if none is.
func (item *stripeItem) paid(day int) int {
	return slices.IndexFunc(item.spans, func(s span) bool {
		return s.free == "" && s.from <= day && day < s.to
	})
}

// apply takes a discount off what is left of the items on a day, and puts its
// name to those that it takes something off.
func (c *credits) apply(d *stripeDiscount, left []decimal.Decimal, names []string, day int) error {
	costs := make([]decimal.Decimal, len(left))
	for i := range left {
		item := &c.sub.items[i]
		if start, end := d.window(item); d.on(i, item) && start <= day && day < end {
			costs[i] = left[i]
		}
	}
	all, err := d.off(costs)
	if err != nil {
		return err
	}
	for i, off := range all {
		if off.Sign() > 0 {
			left[i] = left[i].Sub(off)
			names[i] = strings.TrimPrefix(names[i]+"+"+d.id, "+")
		}
	}
	return nil
}

// credit makes a credit of what was taken off each item on the days [from, to),
// or lengthens that of the days before where it is the same.
func (c *credits) credit(left []decimal.Decimal, names []string, from, to int) {
	for i := range left {
		if names[i] == "" {
			continue
		}
		item := &c.sub.items[i]
		credit := item.contract(c.sub)
		credit.Price, credit.Quantity = left[i].Sub(item.cost()), 1
		credit.Start, credit.End = success.FromOrdinal(from), endOf(to)
		credit.Credits = item.ids[item.paid(from)]
		if k, ok := c.last[i]; ok && names[i] == c.names[k] && continues(&c.made[k], &credit) {
			c.made[k].End = credit.End
			continue
		}
		credit.ID = credit.Credits + success.ContractID("/"+names[i])
		c.count[credit.ID]++
		if n := c.count[credit.ID]; n > 1 {
			credit.ID += success.ContractID(fmt.Sprintf("/%d", n))
		}
		c.last[i] = len(c.made)
		c.made, c.names = append(c.made, credit), append(c.names, names[i])
	}
}

// continues reports whether a credit goes on where another ends.
func continues(before, credit *success.Contract) bool {
	return before.End == credit.Start && before.Credits == credit.Credits && before.Price.Equal(credit.Price)
}

// off returns what a discount takes off items that cost so much.
func (d *stripeDiscount) off(costs []decimal.Decimal) ([]decimal.Decimal, error) {
	all := make([]decimal.Decimal, len(costs))
	if d.percent.Sign() > 0 {
		for i := range costs {
			all[i] = costs[i].Mul(d.percent).Shift(-2)
		}
		return all, nil
	}
	digits := stripeDigits(d.currency)
	amount := decimal.Min(d.amount.Shift(-digits), decimal.Sum(decimal.Decimal{}, costs...))
	weights, places, err := inUnits(costs, int(digits))
	if err != nil {
		return all, err
	}
	return split.Split(amount, weights, places)
}

// inUnits writes costs as whole numbers of the finest unit among them, so that
// no part of an amount comes out above its cost.
func inUnits(costs []decimal.Decimal, digits int) (units []int64, places int, err error) {
	for _, cost := range costs {
		digits = max(digits, -int(cost.Exponent()))
	}
	for _, cost := range costs {
		n, _, ok := split.Units(cost, digits)
		if !ok {
			return nil, 0, success.ErrRange
		}
		units = append(units, n)
	}
	return units, digits, nil
}
