package retention

import (
	"cmp"
	"slices"

	"metrics.internal/success/internal/exact"
)

// A ladder holds the rates of one currency by day.
type ladder struct {
	days    []int32 // ascending
	factors []exact.Factor
}

// on returns the rate of a day: the latest on or before it, else the earliest
// after it.
func (l ladder) on(day int32) exact.Factor {
	i, found := slices.BinarySearch(l.days, day)
	if !found && i > 0 {
		i--
	}
	return l.factors[i]
}

// largest returns the highest rate there ever is.
func (l ladder) largest() exact.Factor {
	return slices.MaxFunc(l.factors, exact.Factor.Cmp)
}

// sorted returns the ladder in order of days.
func (l ladder) sorted() ladder {
	order := make([]int, len(l.days))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(l.days[a], l.days[b]) })
	var s ladder
	for _, i := range order {
		s.days = append(s.days, l.days[i])
		s.factors = append(s.factors, l.factors[i])
	}
	return s
}

// factors returns the rate of each currency on a day.
func (b *Book) factors(day int32) []exact.Factor {
	f := make([]exact.Factor, len(b.ladders))
	for i, l := range b.ladders {
		f[i] = l.on(day)
	}
	return f
}
