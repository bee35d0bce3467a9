package backtest

import "metrics.internal/success"

// A Suggestion is the weight that the data support for a measure, and what
// supports it. Nothing in this library takes it up by itself.
type Suggestion struct {
	Measure string `json:"measure"`

	// Weight is max(0, 2·AUC − 1) as a share of that of all measures that have one,
	// in (0, 1]. Undefined when it is withheld: unless the interval of Gini lies above
	// 0, the data support no weight.
	Weight success.Figure `json:"weight"`

	// Gini is 2·AUC − 1 of the measure; 0 tells nothing. Its interval is wider than
	// that of AUC in [Information]: of m measures each has the level 1 − (1 − level)/m
	// (Bonferroni), so that among many that tell nothing hardly one gets a weight.
	Gini success.Estimate `json:"gini"`

	Finding Finding `json:"finding"` // what Gini says: why Weight is withheld, unless it is [Tells]
}

// suggest returns a suggestion for each measure from their areas, in their order.
func suggest(measures []Measure, areas []success.Estimate) []Suggestion {
	all := make([]Suggestion, len(measures))
	total := 0.
	for i, m := range measures {
		all[i] = Suggestion{Measure: m.Name, Gini: gini(areas[i]), Finding: FindingOf(areas[i])}
		if g, _ := all[i].Gini.Value.Float64(); all[i].Finding == Tells {
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
