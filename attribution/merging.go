package attribution

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Merge returns the revenue of the records of both, of which neither has an
// account that the other has: that of a pipeline of all records, digit for digit.
// The parts are to have the same [Options], with an AsOf. It is an error if they
// differ in question or in the day as-of, and if only one of them names the
// currencies of its deals.
func (s Sourced) Merge(other Sourced) (Sourced, error) {
	if s.Query != other.Query || s.AsOf != other.AsOf {
		return Sourced{}, fmt.Errorf("%w: %+v as of %v and %+v as of %v", errMerge, s.Query, s.AsOf, other.Query, other.AsOf)
	}
	total, err := totalOf(s.Total, other.Total)
	if err != nil {
		return Sourced{}, err
	}
	return Sourced{Query: s.Query, AsOf: s.AsOf, Rows: sumOf(s.Query.By, slices.Concat(s.Rows, other.Rows)), Total: total}, nil
}

// Merge returns the revenue of the records of both, of which neither has an
// account that the other has: that of a pipeline of all records, digit for digit.
// The parts are to have the same [Options], with an AsOf. It is an error if they
// differ in period, window or the day as-of, and if only one of them names the
// currencies of its deals.
func (i Influenced) Merge(other Influenced) (Influenced, error) {
	if i.Period != other.Period || i.Window != other.Window || i.AsOf != other.AsOf {
		return Influenced{}, fmt.Errorf("%w: %v, %v as of %v and %v, %v as of %v", errMerge, i.Period, i.Window, i.AsOf, other.Period, other.Window, other.AsOf)
	}
	total, err := totalOf(i.Total, other.Total)
	if err != nil {
		return Influenced{}, err
	}
	merged := Influenced{Period: i.Period, Window: i.Window, AsOf: i.AsOf, Total: total}
	var rows []SourcedRow
	for _, r := range slices.Concat(i.Rows, other.Rows) {
		rows = append(rows, SourcedRow(r))
	}
	for _, r := range sumOf(Whole, rows) {
		merged.Rows = append(merged.Rows, InfluencedRow(r))
	}
	return merged, nil
}

// sumOf returns rows with those of the same key and currency together.
func sumOf(by Cut, rows []SourcedRow) (sums []SourcedRow) {
	slices.SortStableFunc(rows, func(a, b SourcedRow) int {
		return cmp.Or(by.compare(a.Key, b.Key), strings.Compare(a.Currency, b.Currency))
	})
	for _, r := range rows {
		if last := len(sums) - 1; last >= 0 && sums[last].Key == r.Key && sums[last].Currency == r.Currency {
			sums[last].Deals, sums[last].Net = sums[last].Deals+r.Deals, sums[last].Net.Add(r.Net)
		} else {
			sums = append(sums, r)
		}
	}
	return sums
}

// totalOf returns the totals of both, in the currencies of both.
func totalOf(a, b []SourcedRow) ([]SourcedRow, error) {
	moneyOf := func(rows []SourcedRow) (all []Money) {
		for _, r := range rows {
			all = append(all, Money{Currency: r.Currency, WonDeals: r.Deals})
		}
		return all
	}
	currencies, err := joined(moneyOf(a), moneyOf(b))
	return slices.DeleteFunc(sumOf(Whole, slices.Concat(a, b)), func(r SourcedRow) bool { return !slices.Contains(currencies, r.Currency) }), err
}
