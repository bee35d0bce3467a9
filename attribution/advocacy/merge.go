package advocacy

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/interval"
)

var errMerge = errors.New("advocacy: only reports of the same options and different accounts merge")

// Merge returns the report on the records of both, digit for digit the same as of
// all at once. Accounts must be whole, together with those whom they referred or
// gave references for: all records of one are in one of the parts. It is an error
// if reports differ in AsOf, days or level, have an advocate in common, and if only
// one of them names the currencies of its deals.
func (r *Report) Merge(other *Report) (*Report, error) {
	if r.AsOf != other.AsOf || r.ServiceDays != other.ServiceDays || r.DealDays != other.DealDays || r.level() != other.level() {
		return nil, fmt.Errorf("%w: as of %v and as of %v", errMerge, r.AsOf, other.AsOf)
	}
	z, ok := interval.Critical(r.level())
	if !ok {
		return nil, fmt.Errorf("%w: level %v: %w", errMerge, r.Level, success.ErrRange)
	}
	merged := &Report{
		AsOf: r.AsOf, ServiceDays: r.ServiceDays, DealDays: r.DealDays, Level: r.Level,
		Referrals: r.Referrals, Reviews: r.Reviews, References: r.References,
		Revenue:        totalsOf(slices.Concat(r.Revenue, other.Revenue)),
		Influenced:     influencesOf(slices.Concat(r.Influenced, other.Influenced)),
		Advocates:      slices.Concat(r.Advocates, other.Advocates),
		ReferralLines:  slices.Concat(r.ReferralLines, other.ReferralLines),
		ReviewLines:    slices.Concat(r.ReviewLines, other.ReviewLines),
		ReferenceLines: slices.Concat(r.ReferenceLines, other.ReferenceLines),
	}
	merged.Referrals.add(other.Referrals)
	merged.Reviews.add(other.Reviews)
	merged.References.add(other.References)
	merged.rates(z)
	if err := merged.arrange(); err != nil {
		return nil, err
	}
	return merged, nil
}

func (r *Report) level() float64 { return cmp.Or(r.Level, check.DefaultLevel) }

// rates computes the shares of what was counted.
func (r *Report) rates(z float64) {
	r.Conversion = share(r.Referrals.Won, r.Referrals.Accepted, z)
	r.Served = share(r.Referrals.Served, r.Referrals.Accepted, z)
	r.Service = share(r.Reviews.Service, r.Reviews.Written, z)
}

// arrange puts everything into its order, and returns what cannot be in one report.
func (r *Report) arrange() error {
	slices.SortFunc(r.Advocates, func(a, b Advocate) int { return strings.Compare(string(a.Account), string(b.Account)) })
	slices.SortFunc(r.ReferralLines, func(a, b ReferralLine) int { return cmp.Or(a.At.Compare(b.At), strings.Compare(a.ID, b.ID)) })
	slices.SortFunc(r.ReviewLines, func(a, b ReviewLine) int { return cmp.Or(a.At.Compare(b.At), strings.Compare(a.ID, b.ID)) })
	slices.SortFunc(r.ReferenceLines, func(a, b ReferenceLine) int { return cmp.Or(a.At.Compare(b.At), strings.Compare(a.ID, b.ID)) })
	for i := range r.Advocates[min(1, len(r.Advocates)):] {
		if account := r.Advocates[i].Account; r.Advocates[i+1].Account == account {
			return fmt.Errorf("%w: %s is in both", errMerge, account)
		}
	}
	if len(r.Revenue) > 1 && r.Revenue[0].Currency == "" {
		return fmt.Errorf("%w: some deals have a currency and some have none", errMerge)
	}
	return nil
}

// totalsOf returns totals by currency, those of the same one together.
func totalsOf(all []Total) (sums []Total) {
	slices.SortStableFunc(all, func(a, b Total) int { return strings.Compare(a.Currency, b.Currency) })
	for _, t := range all {
		last := len(sums) - 1
		if last < 0 || sums[last].Currency != t.Currency {
			sums = append(sums, t)
			continue
		}
		s := &sums[last]
		s.Sourced, s.Other, s.All = s.Sourced.plus(t.Sourced), s.Other.plus(t.Other), s.All.plus(t.All)
		s.Share = success.Ratio{Num: s.Sourced.Net, Den: s.All.Net}
	}
	return sums
}

// influencesOf returns amounts by currency, those of the same one together.
func influencesOf(all []Influenced) (sums []Influenced) {
	slices.SortStableFunc(all, func(a, b Influenced) int { return strings.Compare(a.Currency, b.Currency) })
	for _, i := range all {
		if last := len(sums) - 1; last >= 0 && sums[last].Currency == i.Currency {
			sums[last].Amounts = sums[last].plus(i.Amounts)
		} else {
			sums = append(sums, i)
		}
	}
	return sums
}

func (a Amounts) plus(b Amounts) Amounts {
	return Amounts{a.Gross.Add(b.Gross), a.Reversed.Add(b.Reversed), a.Net.Add(b.Net)}
}
