package split

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// An Adjustment changes an amount after it was split: a refund when it is below
// zero, a restatement upwards when above.
type Adjustment struct {
	ID     string          `json:"id"`     // counts once, however often it is reported
	At     time.Time       `json:"at"`     // when it took effect
	Amount decimal.Decimal `json:"amount"` // in the currency of the amount
}

// A Change is an adjustment and how it was split. The parts add up to its
// amount, and none has the other sign.
type Change struct {
	Adjustment
	Parts []decimal.Decimal `json:"parts"`
}

// A Statement says who got what of an amount, what changed, and who has what
// now. Parts, plus those of every change, are the balances.
type Statement struct {
	Parts    []decimal.Decimal `json:"parts"`    // of the amount, as first split
	Changes  []Change          `json:"changes"`  // by time, of equal times by ID, each once
	Balances []decimal.Decimal `json:"balances"` // of each party after all changes, at least 0
}

// Adjust splits an amount and what changed it afterwards. The amount and upward
// adjustments are split by the weights, refunds over the balances that remain, so
// that a refund is taken from those who have something, pays nobody and leaves
// nobody below zero, and whatever the steps in which all is given back, every
// balance ends at zero.
//
// The changes are made by time, those at the same moment by ID, in whatever order
// they are given. One that is given again, the same in time and amount, counts
// once. Everything is split in units of the given digits, as [Split] does, or
// where the amount, or a change made up to then, has more digits, in finer ones.
//
// Errors are those of Split, an amount below zero ([success.ErrNegative]), an
// adjustment without ID or time ([success.ErrMissing]), with an ID used before
// for something else ([success.ErrDuplicate]) or with too many digits, and a
// refund of more than remains at its time ([success.ErrRange]).
func Adjust(amount decimal.Decimal, weights []int64, digits int, adjustments []Adjustment) (*Statement, error) {
	var faults success.Errors
	checkDigits(digits, &faults)
	checkAmount("amount", -1, "", amount, &faults)
	if amount.IsNegative() {
		faults.Add(&success.InputError{Record: "amount", Index: -1, Value: exact.Show(amount), Err: success.ErrNegative})
	}
	order, raised := checkAdjustments(adjustments, &faults)
	checkWeights(amount.IsPositive() || raised, weights, &faults)
	if faults.Count > 0 {
		return nil, faults.Err()
	}
	l := &ledger{weights: weights, narrow: make([]int64, len(weights)), places: digits}
	s := &Statement{Parts: l.add(amount), Changes: make([]Change, 0, len(order))}
	for _, i := range order {
		a := adjustments[i]
		parts, remains := l.apply(a.Amount)
		if parts == nil {
			faults.Add(&success.InputError{Record: "adjustment", Index: i, Field: "Amount", Value: exact.Show(a.Amount),
				Err: fault.New(success.ErrRange, "is more than the %s that remain", exact.Show(remains))})
			continue
		}
		s.Changes = append(s.Changes, Change{a, parts})
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	s.Balances = l.balances()
	return s, nil
}

// checkAdjustments adds what is wrong with adjustments, and returns the positions of those
// that count in the order of their effect, and whether one is upwards.
func checkAdjustments(adjustments []Adjustment, faults *success.Errors) (order []int, raised bool) {
	first := make(map[string]int, len(adjustments))
	for i, a := range adjustments {
		add := func(field, value string, err error) {
			faults.Add(&success.InputError{Record: "adjustment", Index: i, Field: field, Value: value, Err: err})
		}
		if a.At.IsZero() {
			add("At", "", success.ErrMissing)
		}
		checkAmount("adjustment", i, "Amount", a.Amount, faults)
		raised = raised || a.Amount.IsPositive()
		before, again := first[a.ID]
		switch {
		case a.ID == "":
			add("ID", "", success.ErrMissing)
		case !again:
			first[a.ID] = i
			order = append(order, i)
		case !same(a, adjustments[before]):
			add("ID", a.ID, fault.New(success.ErrDuplicate, "is that of another adjustment, at position %d", before))
		}
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := adjustments[i], adjustments[j]
		return cmp.Or(a.At.Compare(b.At), strings.Compare(a.ID, b.ID))
	})
	return order, raised
}

// same reports whether two adjustments say the same. Amounts that no split takes
// are not compared, since that may take forever.
func same(a, b Adjustment) bool {
	return a.At.Equal(b.At) && (amountFault(a.Amount) != nil || amountFault(b.Amount) != nil || a.Amount.Equal(b.Amount))
}
