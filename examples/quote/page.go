package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

// A section is the figures that are mistaken for one another.
type section struct {
	title   string
	heads   []string // of the values
	figures []figure
}

// A figure is what a call gives for the company.
type figure struct {
	id     string // by which README.md asks for it
	name   string
	call   string // the code that gives it
	values []string
}

func (s *section) add(id, name, call string, values ...string) {
	s.figures = append(s.figures, figure{id, name, call, values})
}

// rate adds a share.
func (s *section) rate(id, name, call string, r success.Ratio) {
	s.add(id, name, call, percent(r))
}

// money adds an amount of euros.
func (s *section) money(id, name, call string, amount decimal.Decimal) {
	s.add(id, name, call, grouped(amount.StringFixed(0)))
}

// count adds a number of accounts.
func (s *section) count(id, name, call string, n int) { s.add(id, name, call, fmt.Sprint(n)) }

// times adds a ratio that is not a share.
func (s *section) times(id, name, call string, r success.Ratio) {
	v, ok := r.Value(2)
	if !ok {
		s.add(id, name, call, "n/a")
		return
	}
	s.add(id, name, call, grouped(v.StringFixed(2)))
}

// share adds a share with its interval.
func (s *section) share(id, name, call string, e success.Estimate) {
	s.add(id, name, call, interval(e, "%"))
}

// points adds a difference of shares, or a score, with its interval.
func (s *section) points(id, name, call string, e success.Estimate) {
	s.add(id, name, call, interval(e, ""))
}

// yearly adds an estimate of churn; it is undefined when not known.
func (s *section) yearly(id, name, call string, churn float64, known bool) {
	var f success.Figure
	if known {
		f = success.FigureOf(churn)
	}
	s.add(id, name, call, hundredths(f, "%"))
}

func interval(e success.Estimate, unit string) string {
	if e == (success.Estimate{}) {
		return "n/a"
	}
	return fmt.Sprintf("%s (%s to %s)", hundredths(e.Value, unit), hundredths(e.Lower, unit), hundredths(e.Upper, unit))
}

// hundredths returns f times 100 like 12.5%, and n/a when it is undefined.
func hundredths(f success.Figure, unit string) string {
	v, ok := f.Float64()
	if !ok {
		return "n/a"
	}
	return minus(fmt.Sprintf("%.1f", 100*v)) + unit
}

// percent returns r like 12.5%, and n/a when it is undefined.
func percent(r success.Ratio) string {
	v, ok := r.Value(3)
	if !ok {
		return "n/a"
	}
	return minus(v.Shift(2).StringFixed(1)) + "%"
}

func minus(number string) string { return strings.Replace(number, "-", "−", 1) }

// grouped returns a number with its thousands apart.
func grouped(number string) string {
	digits := strings.TrimPrefix(number, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return minus(strings.TrimSuffix(number, digits)) + whole
}

const opening = `Which number do I quote? Ten accounts, 2024 and 2025, in euros a year.
The company is made up. Which question each figure answers: examples/quote/README.md
`

// line is a row of the table; cells at its end that are empty are left out.
func line(cells ...string) string { return strings.TrimRight(strings.Join(cells, "\t"), "\t") }

// show prints the figures, at most 100 columns wide.
func show(w io.Writer, sections []section) error {
	fmt.Fprint(w, opening)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, s := range sections {
		fmt.Fprintln(t, "\n"+line(append([]string{s.title}, s.heads...)...))
		for _, f := range s.figures {
			fmt.Fprintln(t, line(append(append([]string{"  " + f.name}, f.values...), f.call)...))
		}
		if err := t.Flush(); err != nil {
			return err
		}
	}
	return nil
}
