package backtest

import "metrics.internal/success"

// A Suggestion is the weight that the data support for a measure, and what
// supports it. Nothing in this library takes it up by itself.
type Suggestion struct {
	Measure string `json:"measure"`

	// Weight is max(0, 2·AUC − 1) as a share of that of all measures that have one,
	// in (0, 1]. Undefined when it is withheld: unless the interval of the measure's
	// area lies above ½, the data support no weight.
	Weight success.Figure `json:"weight"`

	Gini    success.Estimate `json:"gini"`    // 2·AUC − 1 of the measure with its interval: 0 tells nothing
	Finding Finding          `json:"finding"` // why Weight is withheld, unless it is [Tells]
}

// suggest returns a suggestion for each measure, in their order. Each interval
// stands alone: at 0.95, one of forty measures that say nothing has one above ½.
func suggest(measures []Information) []Suggestion {
	all := make([]Suggestion, len(measures))
	total := 0.
	for i, m := range measures {
		all[i] = Suggestion{Measure: m.Measure, Gini: gini(m.AUC), Finding: m.Finding}
		if g, _ := all[i].Gini.Value.Float64(); m.Finding == Tells {
			total += g
		}
	}
	for i := range all {
		if g, _ := all[i].Gini.Value.Float64(); all[i].Finding == Tells {
			all[i].Weight = success.FigureOf(g / total)
		}
	}
	return all
}

func gini(area success.Estimate) success.Estimate {
	stretch := func(f success.Figure) success.Figure {
		x, ok := f.Float64()
		if !ok {
			return f
		}
		return success.FigureOf(2*x - 1)
	}
	return success.Estimate{Value: stretch(area.Value), Lower: stretch(area.Lower), Upper: stretch(area.Upper)}
}
