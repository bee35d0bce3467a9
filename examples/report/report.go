package main

import (
	"encoding/json"
	"io"

	"metrics.internal/success"
	"metrics.internal/success/examples/internal/folder"
)

// A report is what is printed: one field for each section, nil when the folder
// has no files for it.
type report struct {
	Period   success.Period `json:"period"`
	AsOf     success.Date   `json:"as_of"`
	Currency *string        `json:"currency"` // nil when no contract names one

	Retention *retentionSection `json:"retention,omitempty"`
	Cohort    *cohortSection    `json:"cohort,omitempty"`
}

// newReport computes every section that the folder has files for.
func newReport(o *options, f *folder.Folder, period success.Period, asOf success.Date, stderr io.Writer) (*report, error) {
	r := &report{Period: period, AsOf: asOf}
	if o.currency != "" {
		r.Currency = &o.currency
	}
	if f.Has("contracts.csv") {
		section, err := newRetention(o, f, period, stderr)
		if err != nil {
			return nil, err
		}
		r.Retention = section
		if r.Cohort, err = newCohort(o, f, section.book, asOf); err != nil {
			return nil, err
		}
		if currency := section.movement.Currency; currency != "" {
			r.Currency = &currency
		}
	}
	return r, nil
}

func (r *report) writeJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// write prints the report for people.
func (r *report) write(p *page) {
	last := r.Period.To.AddDays(-1)
	p.words("Customer success report", r.Period.From.String()+" to "+last.String(), "as of "+r.AsOf.String(), r.currency())
	if r.Retention == nil {
		p.line("")
		p.line("The folder has no contracts.csv, which the retention section is made of.")
		return
	}
	p.headline(r.Retention.headline()...)
	r.Retention.write(p, r.currency())
	if r.Cohort != nil {
		r.Cohort.write(p)
	}
	p.heading("What to do next")
	p.numbered(r.Retention.advice(p))
}

func (r *report) currency() string {
	if r.Currency == nil {
		return ""
	}
	return *r.Currency
}
