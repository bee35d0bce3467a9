package scoring

import (
	"maps"
	"math"
	"slices"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/health/usage"
)

// Measures made of usage.csv.
const (
	usageName   = "usage"
	overdueName = "overdue"
)

// earlier is how many months the use of the last one is measured against.
const earlier = 6

// A kind is what was counted of one kind of use of an account.
type kind struct {
	months map[int]decimal.Decimal // sums, by number of the month
	first  int                     // the first of them
	active []success.Date          // days with use
}

// monthOf numbers months without a gap.
func monthOf(d success.Date) int {
	year, month, _ := d.Civil()
	return 12*year + int(month)
}

// endOf returns the last day of a month.
func endOf(month int) success.Date {
	return success.Month((month-1)/12, time.Month((month-1)%12+1)).To.AddDays(-1)
}

// usage reads the level of use and how overdue it is.
func (f *Facts) usage() error {
	newest := map[string]success.Date{} // of each kind, which may be recorded by the day or by the month
	for _, u := range f.known.Usage {
		if u.Date.After(newest[u.Measure]) {
			newest[u.Measure] = u.Date
		}
	}
	order, groups := byAccount(f, f.known.Usage, func(u *folder.Usage) success.AccountID { return u.Account })
	for _, account := range order {
		kinds := kindsOf(groups[account])
		for _, name := range slices.Sorted(maps.Keys(kinds)) {
			if err := f.use(f.of(account), name, kinds[name], newest[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

func kindsOf(rows []folder.Usage) map[string]*kind {
	kinds := map[string]*kind{}
	for _, u := range rows {
		k, month := kinds[u.Measure], monthOf(u.Date)
		if k == nil {
			k = &kind{months: map[int]decimal.Decimal{}, first: month}
			kinds[u.Measure] = k
		}
		k.first = min(k.first, month)
		k.months[month] = k.months[month].Add(u.Value)
		if u.Value.IsPositive() {
			k.active = append(k.active, u.Date)
		}
	}
	return kinds
}

// use adds one kind of use: the one that fell most and the one least overdue
// stand for all.
func (f *Facts) use(fact *Fact, name string, k *kind, newest success.Date) error {
	present := min(monthOf(f.asOf)-1, monthOf(newest))
	level := k.level(present)
	if level.Defined() {
		on := endOf(present)
		fact.ratio(usageName+"."+name, level, on)
		if !fact.Level.Defined() || less(level, fact.Level) {
			fact.Level = level
			fact.ratio(usageName, level, on)
		}
	}
	overdue, err := k.overdue(f.last(newest))
	if err != nil {
		return err
	}
	if overdue.Defined() && (!fact.Overdue.Defined() || less(overdue, fact.Overdue)) {
		fact.Overdue = overdue
		fact.ratio(overdueName, overdue, f.last(newest))
	}
	return nil
}

// less compares ratios with parts that are not negative.
func less(a, b success.Ratio) bool { return a.Num.Mul(b.Den).LessThan(b.Num.Mul(a.Den)) }

// level returns the use of a month against that of the months before, undefined
// when it cannot be told, as when it is less than nothing or more than can be.
func (k *kind) level(present int) success.Ratio {
	var h usage.History
	for month := max(k.first, present-earlier); month < present; month++ {
		h.Earlier = append(h.Earlier, uses(k.months[month]))
	}
	h.Present = uses(k.months[present])
	fall, err := usage.FallOf(h)
	if err != nil {
		return success.Ratio{}
	}
	return fall.Level
}

// uses returns a sum as a whole number, one that is refused where it is none that
// can be.
func uses(sum decimal.Decimal) int64 {
	if sum.IsNegative() || sum.GreaterThan(decimal.NewFromInt(usage.MaxUses)) {
		return -1
	}
	return sum.Round(0).IntPart()
}

// overdue returns how long ago the last use was, in median gaps of its own.
func (k *kind) overdue(day success.Date) (success.Ratio, error) {
	c, err := usage.CadenceOf(k.active, usage.Daily, day)
	if gap, ok := c.MedianGap.Float64(); ok && err == nil {
		c, err = usage.CadenceOf(k.active, int(math.Ceil(gap)), day)
		return c.Overdue, err
	}
	return success.Ratio{}, err
}
