package main

import (
	"fmt"

	"github.com/shopspring/decimal"
	"metrics.internal/success/retention"
)

// Figures are a movement in whole cents of annual revenue.
type figures struct {
	Opening, New, Back, Expansion, Contraction, Churn, Closing, Kept int64
	Partly                                                           bool // only Opening and Kept are known
}

// figuresOf reads amounts in the order of the fields.
func figuresOf(amounts []decimal.Decimal) (f figures, err error) {
	fields := []*int64{&f.Opening, &f.New, &f.Back, &f.Expansion, &f.Contraction, &f.Churn, &f.Closing, &f.Kept}
	if len(amounts) != len(fields) {
		return f, fmt.Errorf("%d amounts instead of %d", len(amounts), len(fields))
	}
	for i, amount := range amounts {
		if *fields[i], err = cents(amount); err != nil {
			return f, err
		}
	}
	return f, nil
}

// cents refuses what is no whole number of them: nothing is rounded before it is
// compared.
func cents(amount decimal.Decimal) (int64, error) {
	whole := amount.Shift(2)
	if !whole.IsInteger() {
		return 0, fmt.Errorf("%s is no whole number of cents", amount)
	}
	return whole.IntPart(), nil
}

func figuresOfMovements(movements ...retention.Movement) ([]figures, error) {
	all := make([]figures, len(movements))
	for i, m := range movements {
		var err error
		all[i], err = figuresOf([]decimal.Decimal{m.Opening, m.New, m.Reactivation, m.Expansion, m.Contraction, m.Churn, m.Closing, m.Kept})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// differ says in what two answers are not the same, nothing when they are.
func differ(a, b []figures) string {
	if len(a) != len(b) {
		return fmt.Sprintf("%d periods, not %d", len(a), len(b))
	}
	for i := range a {
		f, g := a[i], b[i]
		if f.Partly || g.Partly {
			f, g = figures{Opening: f.Opening, Kept: f.Kept}, figures{Opening: g.Opening, Kept: g.Kept}
		}
		if f != g {
			return fmt.Sprintf("period %d: %+v, not %+v", i, f, g)
		}
	}
	return ""
}
