package main

import (
	"fmt"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"metrics.internal/success"
	"metrics.internal/success/cohort/survival"
	"metrics.internal/success/examples/internal/report"
)

// stay follows the share of customers that are still there.
func stay(r *report.Report) figure {
	f := figure{ID: "survival", Title: "How long customers stay", Definition: []string{
		"The Kaplan–Meier estimate of the share of customers that stay longer than so many days since their first paid day. Those who have not left yet count for the days they were seen, so that the young do not make it look worse, nor the loyal better, than it is.",
		"The band is the 95 % interval at each day (log-log, by Greenwood's variance; the exact one as long as nobody has left). It says how far chance alone may have moved the line. The fewer customers are at risk, seen so long and still there, the less the line says.",
	}}
	switch {
	case r.Retention == nil:
		return f.missing("The folder has no contracts.csv.")
	case r.Cohort == nil:
		return f.missing("Nobody has paid yet, and so nobody has stayed or left.")
	}
	curve := r.Cohort.Curve
	steps := thinned(curve.Steps(), curve.Last())
	f.Number, f.Said = stayNumber(curve)
	f.note("%s", medianOf(curve))
	if m := r.Cohort.Mean; m != nil {
		f.note("Of the first %s a customer stays %.1f on average.", report.Plural(r.Cohort.Horizon, "day"), m.Days)
	} else {
		f.note("The mean of the first %s is undefined: nobody was seen so long.", report.Plural(r.Cohort.Horizon, "day"))
	}
	f.Panels = []panel{{
		Legend: []swatch{{"line", first, "share still there"}, {"fill", band, "95 % interval"}},
		Words:  "Falling line of the share still there by day, within its 95 % interval, and customers at risk below; the numbers are in the table below.",
		frames: []frame{narrow, wide}, height: func(frame) float64 { return 290 },
		draw: func(p *picture) { p.survival(curve, steps) },
	}}
	f.Tables = []table{stayTable(curve)}
	f.explain("the interval has no limits where all have left")
	return f
}

// stayNumber returns the share still there after a year, or after the longest time
// before it that is shown.
func stayNumber(curve *survival.Curve) (number, said string) {
	for _, day := range []int{365, 180, 90, 30} {
		if point, ok := curve.At(float64(day)); ok && point.AtRisk > 0 {
			lower, upper := report.Limits(point)
			return fmt.Sprintf("%s after %d days", share(success.FigureOf(point.Survival)), day), fmt.Sprintf("of customers are still there%s.", between(lower, upper))
		}
	}
	return undefined, "Nobody has been seen for 30 days."
}

func medianOf(curve *survival.Curve) string {
	median := curve.Median()
	days, ok := median.Value.Float64()
	if !ok {
		return fmt.Sprintf("The median is undefined: more than half are still there after %s, as long as any was seen.", report.Plural(curve.Last(), "day"))
	}
	return fmt.Sprintf("Half of them have left after %.0f days (95 %% interval %s to %s).", days, dayOf(median.Lower), dayOf(median.Upper))
}

func dayOf(f success.Figure) string {
	v, ok := f.Float64()
	if !ok {
		return "unknown"
	}
	return strconv.FormatFloat(v, 'f', 0, 64)
}

func stayTable(curve *survival.Curve) table {
	t := table{Caption: "Share of customers still there", Head: []string{"Days", "still there", "95 % interval", "at risk"}}
	for _, day := range report.ShownDays() {
		point, ok := curve.At(float64(day))
		if !ok || point.AtRisk == 0 {
			break
		}
		t.add(strconv.Itoa(day), share(success.FigureOf(point.Survival)), interval(report.Limits(point)), strconv.FormatInt(point.AtRisk, 10))
	}
	return t
}

// steps of a curve that are too close to be told apart are drawn as one.
const finest = 1000

// thinned returns the steps that a picture shows: the last of each thousandth of the
// width.
func thinned(steps []survival.Step, last int) (kept []survival.Step) {
	for i, step := range steps {
		if i+1 == len(steps) || steps[i+1].Day*finest/max(last, 1) > step.Day*finest/max(last, 1) {
			kept = append(kept, step)
		}
	}
	return kept
}

func (p *picture) survival(curve *survival.Curve, steps []survival.Step) {
	last := float64(max(curve.Last(), 1))
	p.X.Min, p.X.Max = 0, last
	p.band(append(untilFirst(curve), steps...))
	p.rulesY(0, 1, hundredths)
	line := plotter.XYs{{X: 0, Y: 1}}
	for _, step := range steps {
		line = append(line, plotter.XY{X: float64(step.Day), Y: step.Survival})
	}
	p.stairs(line, first, 2)
	p.X.Tick.Marker = atRisk(curve, p.most()+1)
	p.X.Label.Text = "days, and customers at risk"
}

// untilFirst returns the beginning of a curve, when nobody has left yet.
func untilFirst(curve *survival.Curve) []survival.Step {
	point, ok := curve.At(1)
	if !ok || point.Survival < 1 {
		return nil
	}
	return []survival.Step{{Point: point}}
}

// band fills the interval, where there is one.
func (p *picture) band(steps []survival.Step) {
	var over, under plotter.XYs
	for i, step := range steps {
		lower, upper := report.Limits(step.Point)
		low, ok := lower.Float64()
		high, both := upper.Float64()
		if !ok || !both {
			continue
		}
		until := float64(step.Day)
		if i+1 < len(steps) {
			until = float64(steps[i+1].Day)
		}
		over = append(over, plotter.XY{X: float64(step.Day), Y: high}, plotter.XY{X: until, Y: high})
		under = append(under, plotter.XY{X: float64(step.Day), Y: low}, plotter.XY{X: until, Y: low})
	}
	for i := range under {
		over = append(over, under[len(under)-1-i])
	}
	if len(over) > 0 {
		p.area(over, band)
	}
}

// atRisk names days, with how many customers are at risk on each.
func atRisk(curve *survival.Curve, most int) (ticks plot.ConstantTicks) {
	every := 30
	for _, days := range []int{90, 180, 365, 730, 1825, 3650} {
		if curve.Last()/every+1 > most {
			every = days
		}
	}
	for day := 0; day <= curve.Last(); day += every {
		if point, ok := curve.At(float64(max(day, 1))); ok {
			ticks = append(ticks, plot.Tick{Value: float64(day), Label: fmt.Sprintf("%d\n%d", day, point.AtRisk)})
		}
	}
	return ticks
}
