package imports

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution/split"
)

// credits are those of a subscription, in the making.
type credits struct {
	sub   *stripeSubscription
	made  []success.Contract
	last  map[[2]int]int // by discount and item: the one made last
	count map[success.ContractID]int
}

// stripeCredits makes the credits of a subscription: what discounts take off, in
// their order, on each stretch of days on which nothing changes.
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
	c := credits{sub: sub, last: map[[2]int]int{}, count: map[success.ContractID]int{}}
	for k := 1; k < len(days); k++ {
		left := c.costs(days[k-1])
		for j := range discounts {
			if err := c.apply(j, &discounts[j], left, days[k-1], days[k]); err != nil {
				s.fault(sub.at, "discounts", discounts[j].id, err)
				return
			}
		}
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

// apply takes a discount off what is left of the items on the days [from, to).
func (c *credits) apply(j int, d *stripeDiscount, left []decimal.Decimal, from, to int) error {
	costs := make([]decimal.Decimal, len(left))
	for i := range left {
		item := &c.sub.items[i]
		if start, end := d.window(item); d.on(i, item) && start <= from && from < end {
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
			c.credit([2]int{j, i}, d.id, off, span{from: from, to: to})
		}
	}
	return nil
}

// credit adds what a discount takes off an item, to what it took off the days
// before where that is the same.
func (c *credits) credit(key [2]int, discount string, off decimal.Decimal, days span) {
	item := &c.sub.items[key[1]]
	credit := item.contract(c.sub)
	credit.Price, credit.Quantity = off.Neg(), 1
	credit.Start, credit.End = success.FromOrdinal(days.from), endOf(days.to)
	credit.Credits = item.ids[item.paid(days.from)]
	if k, ok := c.last[key]; ok {
		before := &c.made[k]
		if before.End == credit.Start && before.Credits == credit.Credits && before.Price.Equal(credit.Price) {
			before.End = credit.End
			return
		}
	}
	credit.ID = credit.Credits + "/" + success.ContractID(discount)
	c.count[credit.ID]++
	if n := c.count[credit.ID]; n > 1 {
		credit.ID += success.ContractID(fmt.Sprintf("/%d", n))
	}
	c.last[key] = len(c.made)
	c.made = append(c.made, credit)
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
