package health

import (
	"strconv"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
)

// A Child is an account of a group of accounts.
type Child struct {
	Account success.AccountID
	Score   Score           // undefined when its band is Unknown
	Revenue decimal.Decimal // in the one currency of all, not negative; read to a millionth
}

// A Family is what the children of a parent come to.
type Family struct {
	Score        Score    `json:"score"` // weighted mean of the known children
	Lower        Score    `json:"lower"` // if all unknown children were at 0
	Upper        Score    `json:"upper"` // if all unknown children were at 100
	Coverage     Coverage `json:"coverage"`
	Band         string   `json:"band"` // Unknown below MinCoverage
	Children     int      `json:"children"`
	UnknownScore int      `json:"unknown_score"` // children without one
}

// Child returns r as a child of a parent, with its effective score.
func (r Result) Child(revenue decimal.Decimal) Child {
	child := Child{Account: r.Account, Revenue: revenue}
	if r.Band != Unknown {
		child.Score = r.Effective
	}
	return child
}

// RollUp returns the score of a parent: the mean of its children's, weighted by
// count or revenue. Without weight, as when no child pays, it is undefined.
//
// Errors are a child without Account ([success.ErrMissing]), given twice
// ([success.ErrDuplicate]) or with a Revenue that is negative
// ([success.ErrNegative]) or out of range ([success.ErrRange]), and a weighting
// that is none of the constants ([success.ErrUnknown]).
func (c *Scorecard) RollUp(children []Child, by Weighting) (Family, error) {
	weights, err := weighed(children, by)
	if err != nil {
		return Family{}, err
	}
	f := Family{Children: len(children)}
	var known, all, points wide
	for i, child := range children {
		all = all.add(wide{0, weights[i]})
		if !child.Score.Defined() {
			f.UnknownScore++
			continue
		}
		known = known.add(wide{0, weights[i]})
		points = points.add(product(weights[i], uint64(child.Score.or0())))
	}
	t := tallied(known, points, all)
	f.Lower, f.Upper, f.Coverage = t.lower, t.upper, t.coverage
	if known != (wide{}) {
		f.Score = scored(points.over(known))
	}
	f.Band = Unknown
	if f.Coverage.or0() >= c.least {
		f.Band = c.Band(f.Score)
	}
	return f, nil
}

func weighed(children []Child, by Weighting) (weights []uint64, err error) {
	var faults success.Errors
	if int(by) >= len(weightings()) {
		faults.Add(&success.InputError{Record: "by", Index: -1, Value: strconv.Itoa(int(by)), Err: success.ErrUnknown})
	}
	weights = make([]uint64, len(children))
	seen := map[success.AccountID]bool{}
	for i, child := range children {
		checkAccount("child", i, child.Account, seen, &faults)
		micros, ok := exact.Rate(child.Revenue, 1, 1)
		if !ok {
			faults.Add(&success.InputError{Record: "child", Index: i, Field: "Revenue", Value: exact.Show(child.Revenue), Err: success.ErrRange})
		} else if micros < 0 {
			faults.Add(&success.InputError{Record: "child", Index: i, Field: "Revenue", Value: exact.Show(child.Revenue), Err: success.ErrNegative})
		}
		if weights[i] = 1; by == ByRevenue {
			weights[i] = uint64(micros)
		}
	}
	return weights, faults.Err()
}

// checkAccount checks that an account is there, and new.
func checkAccount(record string, i int, id success.AccountID, seen map[success.AccountID]bool, faults *success.Errors) {
	if id == "" {
		faults.Add(&success.InputError{Record: record, Index: i, Field: "Account", Err: success.ErrMissing})
	} else if seen[id] {
		faults.Add(&success.InputError{Record: record, Index: i, Field: "Account", Value: string(id), Err: success.ErrDuplicate})
	}
	seen[id] = true
}
