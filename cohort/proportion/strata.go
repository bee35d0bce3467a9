package proportion

import (
	"errors"
	"math"

	"metrics.internal/success"
	"metrics.internal/success/internal/interval"
)

// A Stratum is a group of alike accounts within which two shares are compared.
type Stratum struct {
	Name   string // unique within one call; may be empty if there is only one
	First  Share
	Second Share
}

// ErrReversed is the warning that the crude and the pooled difference point in
// opposite directions (Simpson's paradox): one side has more of the accounts
// that stay anyway.
var ErrReversed = errors.New("the crude difference and the one within strata have opposite signs")

// A Test is a chi-square statistic.
type Test struct {
	ChiSquare success.Figure
	DF        int            // degrees of freedom
	P         success.Figure // undefined with no degrees of freedom
}

// Pooled is what the strata say together, by Mantel and Haenszel.
type Pooled struct {
	Crude     Comparison // of all strata thrown together
	CrudeKept Comparison // of the strata that have both sides thrown together
	Kept      int        // strata with both sides
	Dropped   int        // strata without one of the sides, which say nothing

	Difference       success.Estimate // Σ(x₁n₂ − x₂n₁)/N ÷ Σ n₁n₂/N, with Sato's variance
	DifferenceStdErr success.Figure
	Ratio            success.Estimate // Σ x₁n₂/N ÷ Σ x₂n₁/N, with Greenland and Robins' variance of its logarithm
	RatioLogStdErr   success.Figure
	Odds             success.Estimate // Σ x₁(n₂ − x₂)/N ÷ Σ x₂(n₁ − x₁)/N, with Robins, Breslow and Greenland's variance of its logarithm
	OddsLogStdErr    success.Figure

	CMH          Test // Cochran–Mantel–Haenszel: no difference in any stratum
	CMHCorrected Test // the same with the continuity correction of a half, where the gap is that large
	BreslowDay   Test // equal odds ratios in all strata
	Tarone       Test // the same with Tarone's correction

	Warnings []error // [ErrReversed], or none
}

// MantelHaenszel compares two shares within strata and pools the comparisons.
// Options.Difference and Options.Ratio are the methods of the crude comparison.
//
// Strata without accounts on one side are dropped and counted. A ratio to
// nothing is undefined, and so are the tests when no stratum has both outcomes.
//
// Counts that are no share, two strata of one name ([success.ErrDuplicate]), no
// stratum with both sides ([success.ErrMissing]) and options out of range are
// errors.
//
// Sources: N. Mantel and W. Haenszel, JNCI 22 (1959); T. Sato, Biometrics 45
// (1989); S. Greenland and J. M. Robins, Biometrics 41 (1985); J. Robins, N.
// Breslow and S. Greenland, Biometrics 42 (1986); N. E. Breslow and N. E. Day,
// Statistical Methods in Cancer Research 1 (1980); R. E. Tarone, Biometrika 72
// (1985).
func MantelHaenszel(strata []Stratum, options Options) (Pooled, error) {
	var faults success.Errors
	z := options.check(&faults)
	checkStrata(strata, &faults)
	if err := faults.Err(); err != nil {
		return Pooled{}, err
	}
	tables := tablesOf(strata)
	pooled := Pooled{Kept: len(tables), Dropped: len(strata) - len(tables)}
	pooled.crude(strata, options, z)
	pooled.difference(tables, z)
	pooled.ratio(tables, z)
	pooled.odds(tables, z)
	pooled.cmh(tables)
	pooled.homogeneity(tables)
	if pooled.reversed() {
		pooled.Warnings = append(pooled.Warnings, ErrReversed)
	}
	return pooled, nil
}

func checkStrata(strata []Stratum, faults *success.Errors) {
	seen := make(map[string]bool, len(strata))
	kept := 0
	for i, s := range strata {
		s.First.check("stratum", i, true, faults)
		s.Second.check("stratum", i, true, faults)
		if seen[s.Name] {
			faults.Add(&success.InputError{Record: "stratum", Index: i, Field: "Name", Value: s.Name, Err: success.ErrDuplicate})
		}
		seen[s.Name] = true
		if s.First.Total > 0 && s.Second.Total > 0 {
			kept++
		}
	}
	if kept == 0 && faults.Count == 0 {
		faults.Add(&success.InputError{Record: "strata", Index: -1, Field: "", Value: "", Err: success.ErrMissing})
	}
}

// A table is a stratum as the formulas take it.
type table struct {
	x1, n1, x2, n2, n float64
}

func tablesOf(strata []Stratum) []table {
	tables := make([]table, 0, len(strata))
	for _, s := range strata {
		x1, n1 := s.First.floats()
		x2, n2 := s.Second.floats()
		if n1 > 0 && n2 > 0 {
			tables = append(tables, table{x1, n1, x2, n2, n1 + n2})
		}
	}
	return tables
}

// sum adds up f over tables.
func sum(tables []table, f func(table) float64) float64 {
	total := 0.0
	for _, t := range tables {
		total += f(t)
	}
	return total
}

func (p *Pooled) crude(strata []Stratum, options Options, z float64) {
	var all, kept [2]Share
	for _, s := range strata {
		sides := [2]Share{s.First, s.Second}
		for i, side := range sides {
			all[i].Count += side.Count
			all[i].Total += side.Total
			if s.First.Total > 0 && s.Second.Total > 0 {
				kept[i].Count += side.Count
				kept[i].Total += side.Total
			}
		}
	}
	p.Crude = compare(all[0], all[1], options, z)
	p.CrudeKept = compare(kept[0], kept[1], options, z)
}

func (p *Pooled) reversed() bool {
	crude, _ := p.Crude.Difference.Value.Float64()
	pooled, _ := p.Difference.Value.Float64()
	return crude*pooled < 0
}

func (p *Pooled) difference(tables []table, z float64) {
	weight := sum(tables, func(t table) float64 { return t.n1 * t.n2 / t.n })
	d := sum(tables, func(t table) float64 { return (t.x1*t.n2 - t.x2*t.n1) / t.n }) / weight
	a := sum(tables, func(t table) float64 {
		return (t.n1*t.n1*t.x2 - t.n2*t.n2*t.x1 + t.n1*t.n2*(t.n2-t.n1)/2) / (t.n * t.n)
	})
	b := sum(tables, func(t table) float64 {
		return (t.x1*(t.n2-t.x2) + t.x2*(t.n1-t.x1)) / (2 * t.n)
	})
	se := math.Sqrt(max(0, d*a+b)) / weight
	p.DifferenceStdErr = success.FigureOf(se)
	p.Difference = success.EstimateOf(d, d-z*se, d+z*se)
}

func (p *Pooled) ratio(tables []table, z float64) {
	r := sum(tables, func(t table) float64 { return t.x1 * t.n2 / t.n })
	s := sum(tables, func(t table) float64 { return t.x2 * t.n1 / t.n })
	v := sum(tables, func(t table) float64 {
		return (t.n1*t.n2*(t.x1+t.x2) - t.x1*t.x2*t.n) / (t.n * t.n)
	})
	p.Ratio, p.RatioLogStdErr = onLogScale(r/s, math.Sqrt(max(0, v)/(r*s)), z)
}

func (p *Pooled) odds(tables []table, z float64) {
	var r, s, pr, psqr, qs float64
	for _, t := range tables {
		up, down := t.x1*(t.n2-t.x2)/t.n, t.x2*(t.n1-t.x1)/t.n
		agree, differ := (t.x1+t.n2-t.x2)/t.n, (t.x2+t.n1-t.x1)/t.n
		r, s = r+up, s+down
		pr += agree * up
		psqr += agree*down + differ*up
		qs += differ * down
	}
	se := math.Sqrt((pr/(r*r) + psqr/(r*s) + qs/(s*s)) / 2)
	p.Odds, p.OddsLogStdErr = onLogScale(r/s, se, z)
}

// onLogScale returns a ratio with the interval of its logarithm, all of it
// undefined unless both are.
func onLogScale(ratio, se, z float64) (success.Estimate, success.Figure) {
	if !(ratio > 0) || math.IsInf(ratio, 0) || math.IsNaN(se) {
		return success.Estimate{Value: success.FigureOf(ratio)}, success.Figure{}
	}
	return success.EstimateOf(ratio, ratio*math.Exp(-z*se), ratio*math.Exp(z*se)), success.FigureOf(se)
}

func (p *Pooled) cmh(tables []table) {
	gap := sum(tables, func(t table) float64 { return t.x1 - t.n1*(t.x1+t.x2)/t.n })
	v := sum(tables, func(t table) float64 {
		x := t.x1 + t.x2
		return t.n1 * t.n2 / t.n * (x / t.n) * ((t.n - x) / max(1, t.n-1))
	})
	if v == 0 {
		return
	}
	gap = math.Abs(gap)
	p.CMH = chiSquare(gap*gap/v, 1)
	if gap >= 0.5 {
		gap -= 0.5
	}
	p.CMHCorrected = chiSquare(gap*gap/v, 1)
}

func chiSquare(x float64, df int) Test {
	t := Test{ChiSquare: success.FigureOf(x), DF: df}
	if df > 0 && t.ChiSquare.Defined() {
		t.P = success.FigureOf(interval.ChiSquareTail(x, df))
	}
	return t
}

// homogeneity compares, in every stratum in which both outcomes occurred, the
// first count with the one that the pooled odds ratio leads to expect.
func (p *Pooled) homogeneity(tables []table) {
	odds, ok := p.Odds.Value.Float64()
	if !ok || odds == 0 {
		return
	}
	var chi, gap, variance float64
	df := -1
	for _, t := range tables {
		if x := t.x1 + t.x2; x == 0 || x == t.n {
			continue
		}
		df++
		d, v := t.excess(odds)
		chi += d * d / v
		gap += d
		variance += v
	}
	p.BreslowDay = chiSquare(chi, df)
	p.Tarone = chiSquare(chi-gap*gap/variance, df)
}

// excess returns how much the first count is above the one at which a table
// with these margins has the given odds ratio, and the variance of that count.
// It is taken from the cell that is smallest, which has the most digits.
func (t table) excess(odds float64) (d, variance float64) {
	x, y := t.x1+t.x2, t.n-t.x1-t.x2
	cells := [4]struct{ observed, expected, sign float64 }{
		{t.x1, cell(t.n1, x, t.n, odds), 1},
		{t.x2, cell(t.n2, x, t.n, 1/odds), -1},
		{t.n1 - t.x1, cell(t.n1, y, t.n, 1/odds), -1},
		{t.n2 - t.x2, cell(t.n2, y, t.n, odds), 1},
	}
	smallest := cells[0]
	for _, c := range cells {
		variance += 1 / c.expected
		if c.expected < smallest.expected {
			smallest = c
		}
	}
	return smallest.sign * (smallest.observed - smallest.expected), 1 / variance
}

// cell returns the count a of a table with the margins row and column out of n
// that has the given odds ratio: a (n − row − column + a) = odds (row − a) (column − a).
func cell(row, column, n, odds float64) float64 {
	b := n - row - column + odds*(row+column)
	c := odds * row * column
	root := math.Sqrt(max(0, b*b-4*(odds-1)*c))
	if b > 0 {
		return 2 * c / (b + root)
	}
	return (root - b) / (2 * (1 - odds))
}
