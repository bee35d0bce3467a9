package main

import (
	"cmp"
	"errors"
	"math/rand/v2"
	"slices"

	"metrics.internal/success/cohort/survival"
)

// lookedAt is the day on which the curves are compared.
const lookedAt = 1000

// stays are accounts over five years, a third of them still there.
func stays(n int) (columns survival.Columns, records []survival.Span) {
	draw := rand.New(rand.NewPCG(5, 6))
	columns = survival.Columns{Days: make([]int32, n), Left: make([]bool, n)}
	records = make([]survival.Span, n)
	for i := range records {
		columns.Days[i], columns.Left[i] = draw.Int32N(1825), draw.IntN(3) > 0
		records[i] = survival.Span{Days: int(columns.Days[i]), Left: columns.Left[i]}
	}
	return columns, records
}

func prepareSurvival(j job) task {
	columns, records := stays(j.Size)
	switch {
	case j.Engine == decimals:
		return task{run: func() (answer, error) {
			return answer{sums: map[string]float64{"survival": naiveSurvival(records)}}, nil
		}}
	case j.Work == survivalColumns:
		return task{run: func() (answer, error) { return look(survival.FitColumns(columns, survival.Options{})) }}
	}
	return task{run: func() (answer, error) { return look(survival.Fit(records, survival.Options{})) }}
}

func look(curve *survival.Curve, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	p, ok := curve.At(lookedAt)
	if !ok {
		return answer{}, errors.New("nobody was seen for long enough")
	}
	return answer{sums: map[string]float64{"survival": p.Survival}}, nil
}

// naiveSurvival is the Kaplan–Meier curve as it is usually written: sort, then walk.
// It returns what is left of it on the day that is looked at.
func naiveSurvival(all []survival.Span) (looked float64) {
	order := slices.Clone(all)
	slices.SortFunc(order, func(a, b survival.Span) int { return cmp.Compare(a.Days, b.Days) })
	s, risk := 1.0, len(order)
	for i := 0; i < len(order); {
		left, gone, day := 0, 0, order[i].Days
		for ; i < len(order) && order[i].Days == day; i++ {
			gone++
			if order[i].Left {
				left++
			}
		}
		s *= 1 - float64(left)/float64(risk)
		risk -= gone
		if day <= lookedAt {
			looked = s
		}
	}
	return looked
}
