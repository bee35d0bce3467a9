package main

import (
	"bytes"
	_ "embed"
	"html/template"

	"metrics.internal/success/examples/internal/report"
)

var (
	//go:embed page.html
	pageTemplate string
	//go:embed style.css
	styleSheet string
)

// A page is what the template is filled with.
type page struct {
	Style    template.CSS
	From, To string // first and last day
	AsOf     string
	Currency string
	Figures  []figure
}

// newPage draws the figures of a report.
func newPage(r *report.Report) (page, error) {
	p := page{
		Style: template.CSS(styleSheet),
		From:  r.Period.From.String(), To: r.Period.To.AddDays(-1).String(), AsOf: r.AsOf.String(),
		Currency: printable(currency(r)),
		Figures:  figures(r),
	}
	return p, render(p.Figures)
}

// html returns the page as one file that needs no other.
func (p page) html() ([]byte, error) {
	t, err := template.New("page").Parse(pageTemplate)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, p)
	return b.Bytes(), err
}
