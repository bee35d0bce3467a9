package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"metrics.internal/success"
	"metrics.internal/success/cohort/survival"
)

// write prints the section for people.
func (s *Cohort) write(p *page) {
	s.writeTriangle(p)
	s.writeSurvival(p)
	if s.Help != nil {
		s.writeHelp(p)
	}
}

// shownAges are the columns of the triangle that are shown, in months.
func shownAges() []int { return []int{0, 1, 2, 3, 6, 9, 12, 18, 24, 36} }

// maxCohorts is how many of the last cohorts are shown.
const maxCohorts = 12

func (s *Cohort) writeTriangle(p *page) {
	p.heading("Percent of customers kept, by the month they began and the months since")
	ages := slices.DeleteFunc(shownAges(), func(k int) bool { return k >= len(s.Triangle.Columns) })
	headings := []string{"", "customers"}
	for _, k := range ages {
		headings = append(headings, strconv.Itoa(k))
	}
	g := newGrid(headings...)
	rows := s.Triangle.Rows
	if len(rows) > maxCohorts {
		p.line(fmt.Sprintf("  The last %d of %d cohorts.", maxCohorts, len(rows)))
		rows = rows[len(rows)-maxCohorts:]
	}
	for _, row := range rows {
		cells := []string{row.Start.String()[:len("2025-01")], strconv.Itoa(row.Size)}
		for _, k := range ages {
			cell := ""
			if k < len(row.Cells) && row.Cells[k].Complete {
				cell = bare(success.RatioOf(row.Cells[k].Retained, row.Cells[k].Eligible))
			}
			cells = append(cells, cell)
		}
		g.add(cells...)
	}
	total := 0
	for _, row := range s.Triangle.Rows {
		total += row.Size
	}
	logo, net := []string{"all", strconv.Itoa(total)}, []string{"their revenue", ""}
	for _, k := range ages {
		logo = append(logo, bare(s.Triangle.Columns[k].Logo.Pooled))
		net = append(net, bare(s.Triangle.Columns[k].Net.Pooled))
	}
	g.add(logo...)
	g.add(net...)
	g.write(p)
}

// bare returns a percentage without its sign, nothing when it is undefined.
func bare(r success.Ratio) string {
	if !r.Defined() {
		return ""
	}
	return strings.TrimSuffix(Percent(r), " %")
}

// ShownDays are the days of the survival curve that are shown.
func ShownDays() []int { return []int{30, 90, 180, 365, 730, 1095, 1825} }

func (s *Cohort) writeSurvival(p *page) {
	p.heading("How long customers stay")
	g := newGrid("", "still there", "95 % interval", "seen so long")
	for _, day := range ShownDays() {
		point, ok := s.Curve.At(float64(day))
		if !ok || point.AtRisk == 0 {
			break
		}
		lower, upper := Limits(point)
		g.add(Plural(day, "day"), Share(success.FigureOf(point.Survival)), Interval(lower, upper), strconv.FormatInt(point.AtRisk, 10))
	}
	if len(g.rows) > 1 {
		g.write(p)
	}
	median := s.Curve.Median()
	if days, ok := median.Value.Float64(); ok {
		p.line(fmt.Sprintf("  Half of them have left after %.0f days (%s).", days, dayRange(median)))
	} else {
		p.line(fmt.Sprintf("  More than half are still there after %s, as long as any was seen.", Plural(s.Curve.Last(), "day")))
	}
	if s.Mean != nil {
		p.line(fmt.Sprintf("  Of the first %s a customer stays %.1f on average.", Plural(s.Horizon, "day"), s.Mean.Days))
	}
}

// Limits returns the limits of the 95 % interval of a share still there: of the
// curve, or the exact ones as long as nobody has left, where the curve has none.
func Limits(p survival.Point) (lower, upper success.Figure) {
	if p.Survival == 1 {
		return p.Exact.Lower, p.Exact.Upper
	}
	return p.Lower, p.Upper
}

func (s *Cohort) writeHelp(p *page) {
	r := s.Help
	p.heading(fmt.Sprintf("With help and without: kept %s after day %d", Plural(r.Horizon, "day"), r.Day))
	g := newGrid("", "accounts", "kept")
	g.add("helped by then", strconv.Itoa(r.Helped.Accounts), Share(r.Helped.Kept.Value))
	g.add("not helped by then", strconv.Itoa(r.Unhelped.Accounts), Share(r.Unhelped.Kept.Value))
	g.write(p)
	p.line("  difference " + Points(r.Difference) + method(r.Method))
	p.line("  within segments " + Points(r.Adjusted.Difference))
	p.line(fmt.Sprintf("  in %s; %d left out for want of accounts of both kinds", Plural(r.Adjusted.Kept, "segment"), r.Adjusted.Dropped))
	for _, w := range s.Warnings() {
		for i, line := range wrap(w, width-5) {
			p.line([]string{"  ! ", "    "}[min(i, 1)] + line)
		}
	}
}

func method(name string) string {
	if name == "" {
		return ""
	}
	return ", interval by " + name
}

// Share returns a figure as a percentage.
func Share(f success.Figure) string {
	v, ok := f.Float64()
	if !ok {
		return "n/a"
	}
	return minus(fmt.Sprintf("%.1f %%", 100*v))
}

// Interval returns the limits of an interval as percentages, n/a when one is
// undefined.
func Interval(lower, upper success.Figure) string {
	if !lower.Defined() || !upper.Defined() {
		return "n/a"
	}
	return Share(lower) + " to " + Share(upper)
}

// Points returns a difference of shares in percentage points, with its interval if
// it has one.
func Points(e success.Estimate) string {
	v, ok := e.Value.Float64()
	if !ok {
		return "n/a"
	}
	text := fmt.Sprintf("%+.1f points", 100*v)
	lower, ok1 := e.Lower.Float64()
	upper, ok2 := e.Upper.Float64()
	if ok1 && ok2 {
		text += fmt.Sprintf(" (95 %% interval %+.1f to %+.1f)", 100*lower, 100*upper)
	}
	return minus(text)
}

func dayRange(e success.Estimate) string {
	end := func(f success.Figure) string {
		v, ok := f.Float64()
		if !ok {
			return "unknown"
		}
		return strconv.Itoa(int(math.Round(v)))
	}
	return "95 % interval " + end(e.Lower) + " to " + end(e.Upper)
}

func minus(text string) string { return strings.ReplaceAll(text, "-", "−") }
