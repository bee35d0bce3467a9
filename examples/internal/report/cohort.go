package report

import (
	"fmt"

	"metrics.internal/success"
	"metrics.internal/success/cohort/help"
	"metrics.internal/success/cohort/survival"
	"metrics.internal/success/cohort/triangle"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/retention"
)

// A Cohort says how long customers stay, and what help changes. There is none
// without customers.
type Cohort struct {
	Triangle *triangle.Triangle
	Horizon  int
	Curve    *survival.Curve
	Mean     *survival.Mean // nil when the curve does not go as far as the horizon
	Help     *help.Result   // nil without help.csv
	notes    []string       // what was done with help that says nothing
}

// newCohort computes the section from what was known before asOf.
func newCohort(o *Options, f *folder.Folder, book *retention.Book, asOf success.Date) (*Cohort, error) {
	lifetimes, err := folder.Lifetimes(book, asOf)
	if err != nil || len(lifetimes) == 0 {
		return nil, err
	}
	s := &Cohort{Horizon: o.horizon}
	if s.Triangle, err = triangle.FromBook(book, triangle.Options{AsOf: asOf.AddDays(-1)}); err != nil {
		return nil, err
	}
	spans := make([]survival.Span, len(lifetimes))
	for i, l := range lifetimes {
		spans[i] = l.Span(asOf)
	}
	if s.Curve, err = survival.Fit(spans, survival.Options{}); err != nil {
		return nil, err
	}
	if mean, err := s.Curve.RestrictedMean(float64(o.horizon)); err == nil {
		s.Mean = &mean
	}
	if f.Has("help.csv") {
		return s, s.compare(o, f, lifetimes, asOf)
	}
	return s, nil
}

// compare sets the customers that were helped by the landmark against the others.
func (s *Cohort) compare(o *Options, f *folder.Folder, lifetimes []folder.Lifetime, asOf success.Date) error {
	accounts, after := f.Helped(lifetimes)
	if after > 0 {
		s.notes = append(s.notes, fmt.Sprintf("help that began after the last paid day counts as none: %s", Plural(after, "account")))
	}
	result, err := help.Landmark(accounts, help.Options{AsOf: asOf, Day: o.landmark, Horizon: o.horizon})
	s.Help = &result
	return err
}

// Warnings says why not to believe the comparison.
func (s *Cohort) Warnings() []string {
	warnings := append([]string{}, s.notes...)
	for _, w := range s.Help.Warnings {
		warnings = append(warnings, w.Error())
	}
	return warnings
}
