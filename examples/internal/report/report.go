package report

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"metrics.internal/success"
)

// A Report is what is printed: one field for each section, nil when the folder
// has no files for it.
type Report struct {
	Period   success.Period `json:"period"`
	AsOf     success.Date   `json:"as_of"`
	Currency *string        `json:"currency"` // nil when no contract names one

	Retention   *Retention   `json:"retention,omitempty"`
	Cohort      *Cohort      `json:"cohort,omitempty"`
	Health      *Health      `json:"health,omitempty"`
	Attribution *Attribution `json:"attribution,omitempty"`
}

// newReport computes every section that the folder has files for.
func newReport(o *Options, s source, stderr io.Writer) (*Report, error) {
	r := &Report{Period: s.period, AsOf: s.asOf}
	if o.currency != "" {
		r.Currency = &o.currency
	}
	if s.Has("contracts.csv") {
		section, err := newRetention(o, s.Folder, s.period, stderr)
		if err != nil {
			return nil, err
		}
		r.Retention, s.book = section, section.book
		if r.Cohort, err = newCohort(o, s.Folder, s.book, s.asOf); err != nil {
			return nil, err
		}
		if currency := section.Movement.Currency; currency != "" {
			r.Currency = &currency
		}
	}
	var err error
	if r.Health, err = newHealth(s); err != nil {
		return nil, err
	}
	if r.Health != nil {
		for _, note := range r.Health.notes {
			fmt.Fprintln(stderr, "note:", note)
		}
	}
	if r.Attribution, err = newAttribution(o, s); err != nil {
		return nil, err
	}
	if a := r.Attribution; a != nil {
		a.tell(stderr)
		if r.Currency == nil && a.Currency != "" {
			r.Currency = &a.Currency
		}
	}
	return r, nil
}

func (r *Report) writeJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// write prints the report for people.
func (r *Report) write(p *page) {
	last := r.Period.To.AddDays(-1)
	p.words("Customer success report", r.Period.From.String()+" to "+last.String(), "as of "+r.AsOf.String(), r.currency())
	var headline, advice []string
	if r.Retention != nil {
		headline, advice = r.Retention.headline(), r.Retention.advice(p)
	}
	if risk := r.Health.headline(); risk != "" {
		headline = slices.Insert(headline, min(len(headline), 2), risk) // after the rates
	}
	if sales := r.Attribution.headline(); sales != "" {
		headline = append(headline, sales)
	}
	if len(headline) > 0 {
		p.headline(headline...)
	}
	if r.Retention == nil {
		p.line("")
		p.line("The folder has no contracts.csv, which the retention section is made of.")
	} else {
		r.Retention.write(p, r.currency())
	}
	if r.Cohort != nil {
		r.Cohort.write(p)
	}
	if r.Health != nil {
		r.Health.write(p, r.currency())
		advice = append(advice, r.Health.advice()...)
	}
	if r.Attribution != nil {
		r.Attribution.write(p)
		advice = append(advice, r.Attribution.advice()...)
	}
	if len(advice) > 0 {
		p.heading("What to do next")
		p.numbered(advice)
	}
}

func (r *Report) currency() string {
	if r.Currency == nil {
		return ""
	}
	return *r.Currency
}
