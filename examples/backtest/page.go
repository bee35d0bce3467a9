package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"metrics.internal/success"
	"metrics.internal/success/health/backtest"
)

// A page shows a report.
type page struct {
	test
	report backtest.Report
}

// writer remembers the first error, so that parts need not.
type writer struct {
	w   io.Writer
	err error
}

func (w *writer) line(format string, args ...any) {
	if w.err == nil {
		_, w.err = fmt.Fprintf(w.w, format+"\n", args...)
	}
}

// table prints rows of cells.
func (w *writer) table(rows func(line func(cells ...any))) {
	t := tabwriter.NewWriter(w.w, 0, 0, 2, ' ', tabwriter.AlignRight)
	rows(func(cells ...any) {
		for _, c := range cells {
			fmt.Fprintf(t, "%v\t", c)
		}
		fmt.Fprintln(t)
	})
	if err := t.Flush(); w.err == nil {
		w.err = err
	}
}

func (p page) print(out io.Writer) error {
	w := &writer{w: out}
	r := p.report
	w.line("%s", p.title)
	w.line("%d accounts, %d left: %s", r.Accounts, r.Left, percent(r.BaseRate))
	for _, note := range p.notes {
		w.line("note: %s", note)
	}
	for _, warning := range r.Warnings {
		w.line("warning: %s", warning)
	}
	p.bands(w)
	p.score(w)
	if r.Calibration.Defined() {
		p.catch(w)
		p.calibration(w)
	}
	p.measures(w)
	p.suggestions(w)
	return w.err
}

func (p page) bands(w *writer) {
	w.line("\nDoes red really leave? Bands are %s", order(p.report))
	w.table(func(line func(...any)) {
		shown := 7
		if p.report.Revenue.IsZero() {
			shown = 4
		}
		line([]any{"band", "accounts", "left", "rate (95%)", "revenue", "lost", "rate (95%)"}[:shown]...)
		for _, b := range p.report.Bands {
			line([]any{b.Name, b.Accounts, b.Left, percent(b.Rate), b.Revenue.Round(0), b.Lost.Round(0), percent(b.LostRate)}[:shown]...)
		}
	})
	for _, pair := range p.report.Pairs {
		w.line("  %s less %s: %s", pair.Worse, pair.Better, points(pair.Difference))
	}
}

// order says whether bands are in order, or why that is undefined.
func order(r backtest.Report) string {
	switch {
	case r.Order != backtest.OrderUndefined:
		return r.Order.String()
	case r.Left == 0:
		return "in no order: undefined, 0 events"
	}
	return "in no order: undefined, fewer than two with accounts"
}

// score shows what the score as a whole says.
func (p page) score(w *writer) {
	r := p.report
	w.line("\nDoes the score tell who leaves?")
	if r.AUC == (success.Estimate{}) {
		for _, name := range []string{"AUC", "KS", "lift and catch rate", "calibration and Brier score", "revenue at risk"} {
			w.line("%s: %s", name, r.Undefined)
		}
		return
	}
	w.line("AUC %s: %s", estimate(r.AUC, 3), verdict(r))
	w.line("KS %s at a score of %s", fixed(r.KS.Value, 3), r.KS.At)
	w.line("Brier score %s, base rate %s, skill %s (fitted to the same accounts, which flatters it)",
		fixed(r.Brier.Score, 4), fixed(r.Brier.Base, 4), fixed(r.Brier.Skill, 3))
}

// verdict says in words what the area means.
func verdict(r backtest.Report) string {
	switch r.Finding {
	case backtest.Nothing:
		return "nothing found, the interval contains 0.5: the score is no better than a lot, as far as these accounts tell"
	case backtest.Tells:
		return "it tells, worse scores leave more often"
	case backtest.Backwards:
		return "it tells, but better scores leave more often"
	}
	if r.Undefined != "" {
		return r.Undefined
	}
	return "interval undefined, one score for all or no overlap"
}

func (p page) catch(w *writer) {
	w.line("\nThe worst accounts, ties by part")
	w.table(func(line func(...any)) {
		line("share", "accounts", "left", "precision", "catch rate", "lift", "false alarms")
		for _, c := range p.report.Worst {
			line(success.Ratio{Num: c.Share, Den: success.RatioOf(1, 1).Den}, c.Accounts.Round(1), decimals(c.Caught, 1),
				c.Precision, c.Recall, decimals(c.Lift, 2), c.FalseAlarm)
		}
	})
}

func (p page) calibration(w *writer) {
	r := p.report
	w.line("\nFrom score to probability%s", atRisk(r))
	w.table(func(line func(...any)) {
		line("from", "to", "accounts", "left", "probability")
		for _, s := range r.Calibration.Steps {
			line(s.Worst, s.Best, s.Accounts, s.Left, s.Probability)
		}
	})
}

// atRisk says what of the revenue is expected to be lost, if there is any.
func atRisk(r backtest.Report) string {
	if r.Revenue.IsZero() {
		return ""
	}
	e := r.AtRisk
	text := fmt.Sprintf(": revenue at risk %s of %s", e.AtRisk.Round(0), e.Revenue.Round(0))
	if e.Unscored > 0 {
		text += fmt.Sprintf("; not known of %s of %d accounts without a score", e.Unrated.Round(0), e.Unscored)
	}
	return text
}

func (p page) measures(w *writer) {
	for _, m := range p.report.Measures {
		w.line("\n%s (%s): AUC %s, %s", m.Measure, m.Scale, estimate(m.AUC, 3), m.Finding)
		w.line("information value %s, by chance about %s", fixed(m.IV, 3), fixed(m.Chance, 3))
		w.table(func(line func(...any)) {
			line("from", "to", "accounts", "left", "weight of evidence")
			for _, b := range m.Bins {
				if b.Worst.Defined() {
					line(b.Worst, b.Best, b.Accounts, b.Left, fixed(b.WoE, 2))
				} else {
					line("missing", "", b.Accounts, b.Left, fixed(b.WoE, 2))
				}
			}
		})
	}
}

func (p page) suggestions(w *writer) {
	if len(p.report.Suggestions) == 0 {
		return
	}
	w.line("\nWeights that the data support, for you to decide on: 2·AUC − 1 in parts of the whole, with intervals that hold together")
	w.table(func(line func(...any)) {
		line("measure", "weight", "2·AUC − 1 (95%)", "because")
		for _, s := range p.report.Suggestions {
			weight := "withheld"
			if x, ok := s.Weight.Float64(); ok {
				weight = fmt.Sprintf("%.0f%%", 100*x)
			}
			line(s.Measure, weight, estimate(s.Gini, 3), s.Finding)
		}
	})
}

func fixed(f success.Figure, places int) string {
	x, ok := f.Float64()
	if !ok {
		return "n/a"
	}
	return fmt.Sprintf("%.*f", places, x)
}

func estimate(e success.Estimate, places int) string {
	return fmt.Sprintf("%s (%s to %s)", fixed(e.Value, places), fixed(e.Lower, places), fixed(e.Upper, places))
}

func percent(e success.Estimate) string { return hundredfold(e, "%") }

func points(e success.Estimate) string { return hundredfold(e, " points") }

func hundredfold(e success.Estimate, unit string) string {
	if !e.Value.Defined() {
		return "n/a"
	}
	part := func(f success.Figure) float64 { x, _ := f.Float64(); return 100 * x }
	return fmt.Sprintf("%.1f%s (%.1f to %.1f)", part(e.Value), unit, part(e.Lower), part(e.Upper))
}

func decimals(r success.Ratio, places int32) string {
	v, ok := r.Value(places)
	if !ok {
		return "n/a"
	}
	return v.StringFixed(places)
}
