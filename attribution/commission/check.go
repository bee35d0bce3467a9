package commission

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/split"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// checkDeals returns the positions of deals.
func checkDeals(deals []attribution.Deal, faults *success.Errors) map[attribution.DealID]int {
	known := make(map[attribution.DealID]int, len(deals))
	for i := range deals {
		d := &deals[i]
		add := func(field, value string, err error) {
			faults.Add(&success.InputError{Record: "deal", Index: i, Field: field, Value: value, Err: err})
		}
		if _, again := known[d.ID]; again {
			add("ID", string(d.ID), success.ErrDuplicate)
		} else {
			known[d.ID] = i
		}
		if d.ID == "" {
			add("ID", "", success.ErrMissing)
		}
		if d.Account == "" {
			add("Account", "", success.ErrMissing)
		}
		if err := money(d.Amount); err != nil {
			add("Amount", exact.Show(d.Amount), err)
		} else if d.Amount.IsNegative() {
			add("Amount", exact.Show(d.Amount), success.ErrNegative)
		}
	}
	return known
}

// money returns what is wrong with an amount, in whatever units.
func money(amount decimal.Decimal) error {
	if _, _, ok := split.Units(amount, 0); !ok {
		return fault.New(success.ErrRange, "has too many digits")
	}
	return nil
}

// unwon returns what keeps a deal from having a commission.
func unwon(d *attribution.Deal) error {
	switch {
	case d.Status != attribution.Won:
		return fault.New(success.ErrOrder, "is a deal that is %s, not won", d.Status)
	case d.Closed.IsZero():
		return fault.New(success.ErrOrder, "is a deal without a close")
	case success.DateOf(d.Closed).IsZero():
		return fault.New(success.ErrRange, "is a deal won in the year %d", d.Closed.Year())
	}
	return nil
}

// checkAdjustments returns, by the position of its deal, those of the adjustments
// that count, by time, then ID.
func checkAdjustments(adjustments []attribution.Adjustment, deals []attribution.Deal, known map[attribution.DealID]int, faults *success.Errors) map[int][]int {
	first := make(map[attribution.AdjustmentID]int, len(adjustments))
	changes := map[int][]int{}
	for i := range adjustments {
		a := &adjustments[i]
		add := func(field, value string, err error) {
			faults.Add(&success.InputError{Record: "adjustment", Index: i, Field: field, Value: value, Err: err})
		}
		checkAdjustment(a, deals, known, add)
		before, again := first[a.ID]
		switch {
		case a.ID == "":
			add("ID", "", success.ErrMissing)
		case !again:
			first[a.ID] = i
			changes[known[a.Deal]] = append(changes[known[a.Deal]], i)
		case !same(a, &adjustments[before]):
			add("ID", string(a.ID), fault.New(success.ErrDuplicate, "is that of another adjustment, at position %d", before))
		}
	}
	for _, own := range changes {
		slices.SortFunc(own, func(i, j int) int {
			a, b := &adjustments[i], &adjustments[j]
			return cmp.Or(a.At.Compare(b.At), strings.Compare(string(a.ID), string(b.ID)))
		})
	}
	return changes
}

func checkAdjustment(a *attribution.Adjustment, deals []attribution.Deal, known map[attribution.DealID]int, add func(field, value string, err error)) {
	of, found := known[a.Deal]
	if !found {
		add("Deal", string(a.Deal), success.ErrUnknown)
	} else if err := unwon(&deals[of]); err != nil {
		add("Deal", string(a.Deal), err)
	} else if !a.At.IsZero() && a.At.Before(deals[of].Closed) {
		add("At", a.At.String(), fault.New(success.ErrOrder, "is before the deal was won"))
	}
	if a.At.IsZero() {
		add("At", "", success.ErrMissing)
	} else if success.DateOf(a.At).IsZero() {
		add("At", a.At.String(), success.ErrRange)
	}
	if err := money(a.Amount); err != nil {
		add("Amount", exact.Show(a.Amount), err)
	}
}

// same reports whether two adjustments say the same. Amounts that are refused
// anyway are not compared, since that may take forever.
func same(a, b *attribution.Adjustment) bool {
	return a.Deal == b.Deal && a.At.Equal(b.At) && (money(a.Amount) != nil || money(b.Amount) != nil || a.Amount.Equal(b.Amount))
}

func checkAwards(awards []Award, deals []attribution.Deal, known map[attribution.DealID]int, faults *success.Errors) {
	seen := make(map[attribution.DealID]bool, len(awards))
	for i := range awards {
		a := &awards[i]
		add := func(field, value string, err error) {
			faults.Add(&success.InputError{Record: "award", Index: i, Field: field, Value: value, Err: err})
		}
		of, found := known[a.Deal]
		if !found {
			add("Deal", string(a.Deal), success.ErrUnknown)
		} else if err := unwon(&deals[of]); err != nil {
			add("Deal", string(a.Deal), err)
		} else if won := success.DateOf(deals[of].Closed); !a.Left.IsZero() && a.Left.Before(won) {
			add("Left", a.Left.String(), fault.New(success.ErrOrder, "is before the deal was won on %s", won))
		}
		if seen[a.Deal] {
			add("Deal", string(a.Deal), success.ErrDuplicate)
		}
		seen[a.Deal] = true
		a.check(i, faults)
	}
}
