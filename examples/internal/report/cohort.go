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

// newCohort computes the section from what was known before asOf.
func newCohort(o *options, f *folder.Folder, book *retention.Book, asOf success.Date) (*cohortSection, error) {
	lifetimes, err := folder.Lifetimes(book, asOf)
	if err != nil || len(lifetimes) == 0 {
		return nil, err
	}
	s := &cohortSection{horizon: o.horizon}
	if s.triangle, err = triangle.FromBook(book, triangle.Options{AsOf: asOf.AddDays(-1)}); err != nil {
		return nil, err
	}
	spans := make([]survival.Span, len(lifetimes))
	for i, l := range lifetimes {
		spans[i] = l.Span(asOf)
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

// compare sets the customers that were helped by the landmark against the others.
func (s *cohortSection) compare(o *options, f *folder.Folder, lifetimes []folder.Lifetime, asOf success.Date) error {
	accounts, after := f.Helped(lifetimes)
	if after > 0 {
		s.notes = append(s.notes, fmt.Sprintf("help that began after the last paid day counts as none: %s", plural(after, "account")))
	}
	result, err := help.Landmark(accounts, help.Options{AsOf: asOf, Day: o.landmark, Horizon: o.horizon})
	s.help = &result
	return err
}

// warnings says why not to believe the comparison.
func (s *cohortSection) warnings() []string {
	warnings := append([]string{}, s.notes...)
	for _, w := range s.help.Warnings {
		warnings = append(warnings, w.Error())
	}
	return warnings
}
