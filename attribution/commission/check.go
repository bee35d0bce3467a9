package commission

import (
	"cmp"
	"slices"
	"strings"
	"time"

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
	named := slices.ContainsFunc(deals, func(d attribution.Deal) bool { return d.Currency != "" })
	for i := range deals {
		d, before := &deals[i], faults.Count
		add := func(field, value string, err error) {
			faults.Add(&success.InputError{Record: "deal", Index: i, Field: field, Value: value, Err: err})
		}
		d.Check(i, faults)
		if faults.Count == before && !exactly(d.Amount) {
			add("Amount", exact.Show(d.Amount), fault.New(success.ErrRange, "has too many digits"))
		}
		if named && d.Currency == "" {
			add("Currency", "", fault.New(success.ErrMissing, "is missing while others are named"))
		}
		if _, again := known[d.ID]; again && d.ID != "" {
			add("ID", string(d.ID), success.ErrDuplicate)
		} else {
			known[d.ID] = i
		}
	}
	return known
}

// exactly reports whether an amount can be held to its last digit.
func exactly(amount decimal.Decimal) bool {
	_, _, ok := split.Units(amount, 0)
	return ok
}

// unwon returns what keeps a deal from having a commission.
func unwon(d *attribution.Deal) error {
	if d.Status != attribution.Won {
		return fault.New(success.ErrRange, "is a deal that is %s, not won", d.Status)
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
		good := checkAdjustment(a, i, deals, known, faults)
		before, again := first[a.ID]
		switch {
		case !again:
			first[a.ID] = i
			changes[known[a.Deal]] = append(changes[known[a.Deal]], i)
		case good && !a.Equal(adjustments[before]):
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

// checkAdjustment reports whether an adjustment is good.
func checkAdjustment(a *attribution.Adjustment, index int, deals []attribution.Deal, known map[attribution.DealID]int, faults *success.Errors) bool {
	before := faults.Count
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "adjustment", Index: index, Field: field, Value: value, Err: err})
	}
	a.Check(index, faults)
	if faults.Count == before && !exactly(a.Amount) {
		add("Amount", exact.Show(a.Amount), fault.New(success.ErrRange, "has too many digits"))
	}
	of, found := known[a.Deal]
	switch {
	case a.Deal == "":
	case !found:
		add("Deal", string(a.Deal), success.ErrUnknown)
	case unwon(&deals[of]) != nil:
		add("Deal", string(a.Deal), unwon(&deals[of]))
	case !a.At.IsZero() && a.At.Before(deals[of].Closed):
		add("At", a.At.Format(time.RFC3339), fault.New(success.ErrOrder, "is before the deal was won"))
	}
	return faults.Count == before
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
