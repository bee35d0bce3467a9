package attribution

import (
	"cmp"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// A step is the rate of a currency from a day on.
type step struct {
	from   success.Date
	factor exact.Factor
}

// A ladder holds the rates of one currency in order of days, at least one.
type ladder []step

// on returns the rate of a day: the latest on or before it, else the earliest
// after it.
func (l ladder) on(day success.Date) exact.Factor {
	i, found := slices.BinarySearchFunc(l, day, func(s step, d success.Date) int { return s.from.Compare(d) })
	if !found && i > 0 {
		i--
	}
	return l[i].factor
}

// laddersOf returns the rates of every currency, and adds what is wrong with
// them.
func laddersOf(rates []Rate, reporting string, faults *success.Errors) map[string]ladder {
	ladders := map[string]ladder{reporting: {{factor: exact.One()}}}
	type day struct {
		currency string
		date     success.Date
	}
	seen := map[day]bool{}
	for i, r := range rates {
		d := doorOf("rate", i, faults)
		d.Need("Currency", r.Currency)
		if r.Date.IsZero() {
			d.Add("Date", "", success.ErrMissing)
		} else if seen[day{r.Currency, r.Date}] {
			d.Add("Date", r.Date.String(), fault.New(success.ErrDuplicate, "is a duplicate for %s", r.Currency))
		}
		seen[day{r.Currency, r.Date}] = true
		if factor, ok := d.factor(r, reporting); ok && r.Currency != reporting {
			ladders[r.Currency] = append(ladders[r.Currency], step{r.Date, factor})
		}
	}
	for _, l := range ladders {
		slices.SortFunc(l, func(a, b step) int { return cmp.Compare(a.from.Ordinal(), b.from.Ordinal()) })
	}
	return ladders
}

func (d door) factor(r Rate, reporting string) (f exact.Factor, ok bool) {
	f, ok = exact.FactorOf(r.Rate)
	switch {
	case r.Rate.Sign() < 0:
		d.Add("Rate", exact.Show(r.Rate), success.ErrNegative)
	case r.Rate.Sign() == 0:
		d.Add("Rate", "0", fault.New(success.ErrRange, "is not above 0"))
	case !ok:
		d.Add("Rate", exact.Show(r.Rate), success.ErrRange)
	case r.Currency != "" && r.Currency == reporting && f.Cmp(exact.One()) != 0:
		d.Add("Rate", exact.Show(r.Rate), fault.New(success.ErrRange, "is not 1 for the reporting currency"))
	}
	return f, ok
}
