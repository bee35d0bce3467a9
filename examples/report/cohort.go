package main

import (
	"fmt"

	"metrics.internal/success"
	"metrics.internal/success/cohort/help"
	"metrics.internal/success/cohort/survival"
	"metrics.internal/success/cohort/triangle"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/retention"
)

// A cohortSection says how long customers stay, and what help changes.
type cohortSection struct {
	triangle *triangle.Triangle
	horizon  int
	curve    *survival.Curve // nil without customers
	mean     *survival.Mean  // nil when the curve does not go as far as the horizon
	help     *help.Result    // nil without help.csv
	notes    []string        // what was done with help that says nothing
}

// A lifetime is an account from the day it first paid to the one on which it
// paid no longer.
type lifetime struct {
	account success.AccountID
	start   success.Date
	left    success.Date // none while it pays
}

// newCohort computes the section from what was known before asOf.
func newCohort(o *options, f *folder.Folder, book *retention.Book, asOf success.Date) (*cohortSection, error) {
	lifetimes, err := lifetimes(book, asOf)
	if err != nil || len(lifetimes) == 0 {
		return nil, err
	}
	s := &cohortSection{horizon: o.horizon}
	if s.triangle, err = triangle.FromBook(book, triangle.Options{AsOf: asOf.AddDays(-1)}); err != nil {
		return nil, err
	}
	spans := make([]survival.Span, len(lifetimes))
	for i, l := range lifetimes {
		spans[i] = survival.Span{Days: asOf.Sub(l.start)}
		if !l.left.IsZero() {
			spans[i] = survival.Span{Days: l.left.Sub(l.start), Left: true}
		}
	}
	if s.curve, err = survival.Fit(spans, survival.Options{}); err != nil {
		return nil, err
	}
	if mean, err := s.curve.RestrictedMean(float64(o.horizon)); err == nil {
		s.mean = &mean
	}
	if f.Has("help.csv") {
		return s, s.compare(o, f, lifetimes, asOf)
	}
	return s, nil
}

// lifetimes returns the lifetime of every account that ever paid before a day.
func lifetimes(book *retention.Book, asOf success.Date) ([]lifetime, error) {
	var all []lifetime
	index := map[success.AccountID]int{}
	for h, err := range book.Histories(success.Period{From: success.FromOrdinal(1), To: asOf}) {
		if err != nil {
			return nil, err
		}
		index[h.Account] = len(all)
		l := lifetime{account: h.Account}
		for _, step := range h.Steps {
			if l.left = (success.Date{}); step.Micros == 0 {
				l.left = step.Date
			} else if l.start.IsZero() {
				l.start = step.Date
			}
		}
		all = append(all, l)
	}
	return all, nil
}

// compare sets the customers that were helped from their first day on against
// the others.
func (s *cohortSection) compare(o *options, f *folder.Folder, lifetimes []lifetime, asOf success.Date) error {
	began := earliestHelp(f)
	segments := map[success.AccountID]string{}
	for _, a := range f.Accounts {
		segments[a.ID] = a.Segment
	}
	accounts := make([]help.Account, len(lifetimes))
	after := 0
	for i, l := range lifetimes {
		a := help.Account{ID: l.account, Start: l.start, Left: l.left, Stratum: segments[l.account], Began: began[l.account]}
		if !a.Left.IsZero() && !a.Began.Before(a.Left) {
			a.Began = success.Date{}
			after++
		}
		accounts[i] = a
	}
	if after > 0 {
		s.notes = append(s.notes, fmt.Sprintf("help that began after the last paid day counts as none: %s", plural(after, "account")))
	}
	result, err := help.Landmark(accounts, help.Options{AsOf: asOf, Day: o.landmark, Horizon: o.horizon})
	s.help = &result
	return err
}

// earliestHelp returns the day on which help began for each account, or for one
// that it has absorbed.
func earliestHelp(f *folder.Folder) map[success.AccountID]success.Date {
	into := map[success.AccountID]success.AccountID{}
	for _, m := range f.Mergers {
		into[m.From] = m.To
	}
	began := map[success.AccountID]success.Date{}
	for _, h := range f.Help {
		account := h.Account
		for into[account] != "" {
			account = into[account]
		}
		if first := began[account]; first.IsZero() || h.Began.Before(first) {
			began[account] = h.Began
		}
	}
	return began
}

// warnings says why not to believe the comparison.
func (s *cohortSection) warnings() []string {
	warnings := append([]string{}, s.notes...)
	for _, w := range s.help.Warnings {
		warnings = append(warnings, w.Error())
	}
	return warnings
}
