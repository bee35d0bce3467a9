package main

import (
	"fmt"
	"html/template"
	"slices"

	"metrics.internal/success/examples/internal/report"
)

// A figure is a picture of the page, with all that it takes to trust it, and to read
// it without seeing it.
type figure struct {
	ID, Title  string
	Number     string   // in short
	Said       string   // what the number is
	Definition []string // in paragraphs
	Notes      []string // what limits it: bias, small numbers, what is undefined and why
	Panels     []panel
	Tables     []table
	Wide       bool // takes the whole width
}

// A swatch says what an ink or a mark means.
type swatch struct {
	Mark  string // fill, line, dot, square, hatch or target
	Ink   ink
	Words string
}

// A panel is one plot of a figure.
type panel struct {
	Title    string
	Words    string // what it shows, for those who do not see it
	Legend   []swatch
	Pictures []template.HTML

	frames []frame
	height func(frame) float64
	draw   func(*picture)
}

// A table holds the data of a figure, the first cell of a row being its name.
type table struct {
	Caption string
	Head    []string
	Rows    [][]string
}

// add appends a row.
func (t *table) add(cells ...string) { t.Rows = append(t.Rows, cells) }

// note adds a remark.
func (f *figure) note(format string, args ...any) {
	f.Notes = append(f.Notes, fmt.Sprintf(format, args...))
}

// explain adds why cells of the tables are undefined, if any is.
func (f *figure) explain(why string) {
	for _, t := range f.Tables {
		for _, row := range t.Rows {
			if slices.Contains(row, undefined) {
				f.note("Undefined is not zero: %s.", why)
				return
			}
		}
	}
}

// missing says that there is no number, and why.
func (f figure) missing(format string, args ...any) figure {
	f.Number, f.Said = undefined, fmt.Sprintf(format, args...)
	return f
}

// figures returns all figures of a report, in the order of the page. Those that the
// folder says nothing about are there too, and say so.
func figures(r *report.Report) []figure {
	return []figure{
		bridge(r), rates(r), cohorts(r), stay(r), helped(r), bands(r), tiers(r), credit(r), league(r),
	}
}

// render draws the panels of figures in every frame.
func render(all []figure) error {
	for _, f := range all {
		for i := range f.Panels {
			if err := f.Panels[i].render(); err != nil {
				return fmt.Errorf("%s: %w", f.Title, err)
			}
		}
	}
	return nil
}

func (p *panel) render() error {
	for _, f := range p.frames {
		picture := newPicture(f)
		p.draw(picture)
		svg, err := picture.svg(p.height(f), p.Words)
		if err != nil {
			return err
		}
		p.Pictures = append(p.Pictures, svg)
	}
	return nil
}

// tall is the height of n rows, with room for an axis.
func tall(n int, row float64) func(frame) float64 {
	return func(frame) float64 { return float64(n)*row + 36 }
}
