package main

import (
	"math/rand/v2"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health"
)

func asOf() success.Date { return success.MustDate("2025-01-01") }

func number(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// card is a scorecard of eight measures, a to h, in three groups and three bands.
func card() health.Definition {
	d := health.Definition{Version: "1", MinCoverage: number("0.5"), Bands: []health.Band{
		{Name: "Red", From: number("0"), To: number("50"), Cut: health.BandAbove},
		{Name: "Yellow", From: number("50"), To: number("75"), Cut: health.BandAbove},
		{Name: "Green", From: number("75"), To: number("100")},
	}}
	asIs := []health.Knot{{At: number("0"), Points: number("0")}, {At: number("100"), Points: number("100")}}
	bent := []health.Knot{{At: number("0"), Points: number("0")}, {At: number("40"), Points: number("30")}, {At: number("120"), Points: number("100")}}
	name := 'a'
	for g, weights := range [][]string{{"50", "30", "20"}, {"60", "40"}, {"50", "25", "25"}} {
		group := health.Group{Name: string(rune('A' + g)), Weight: number([]string{"50", "30", "20"}[g])}
		for _, weight := range weights {
			knots := asIs
			if name == 'b' || name == 'f' {
				knots = bent
			}
			group.Measures = append(group.Measures, health.Measure{Name: string(name), Weight: number(weight), Curve: health.Curve{Kind: health.PiecewiseLinear, Knots: knots}})
			name++
		}
		d.Groups = append(d.Groups, group)
	}
	return d
}

// measured are n accounts of eight measures, 15 % of them missing.
func measured(n int) []health.Column {
	r := rand.New(rand.NewPCG(1, 2))
	columns := make([]health.Column, 8)
	for m := range columns {
		c := &columns[m]
		c.Measure = string(rune('a' + m))
		c.Values, c.States = make([]int64, n), make([]health.InputState, n)
		for i := range n {
			if r.IntN(100) >= 15 {
				c.Values[i], c.States[i] = r.Int64N(100_000_000), health.Present
			}
		}
	}
	return columns
}

// recorded are the same accounts as records.
func recorded(columns []health.Column) [][]health.Input {
	records := make([][]health.Input, len(columns[0].Values))
	for i := range records {
		for m := range columns {
			if c := &columns[m]; c.States[i] == health.Present {
				records[i] = append(records[i], health.Value(c.Measure, decimal.New(c.Values[i], -6), success.Date{}))
			}
		}
	}
	return records
}

// Scores add up to what all ways have to agree on.
type scores struct{ sum float64 }

func (s *scores) add(score health.Score) {
	if v, ok := score.Float64(); ok {
		s.sum += v
	}
}

func (s *scores) answer() answer { return answer{sums: map[string]float64{"scores": s.sum}} }

func prepareScores(j job) (task, error) {
	definition, columns := card(), measured(j.Size)
	scorecard, err := health.New(definition)
	if err != nil {
		return task{}, err
	}
	if j.Work == scoreColumns {
		return task{run: func() (answer, error) {
			all, err := scorecard.Columns(columns, asOf())
			var s scores
			for _, score := range all.Computed {
				s.add(score)
			}
			return s.answer(), err
		}}, nil
	}
	records := recorded(columns)
	if j.Engine == decimals {
		return task{run: func() (answer, error) {
			var sum decimal.Decimal
			for _, inputs := range records {
				score, _, _, _ := naiveScore(&definition, inputs)
				sum = sum.Add(score)
			}
			return answer{sums: map[string]float64{"scores": sum.InexactFloat64()}}, nil
		}}, nil
	}
	return task{run: func() (answer, error) {
		var s scores
		for _, inputs := range records {
			r, err := scorecard.Score(health.Record{Account: "A", Inputs: inputs}, asOf())
			if err != nil {
				return answer{}, err
			}
			s.add(r.Computed)
		}
		return s.answer(), nil
	}}, nil
}

// naiveScore is a scorecard in decimals with a map of inputs.
func naiveScore(d *health.Definition, inputs []health.Input) (score, lower, upper decimal.Decimal, band string) {
	values := map[string]decimal.Decimal{}
	for _, in := range inputs {
		if in.State == health.Present {
			values[in.Measure] = in.Value
		}
	}
	hundred := decimal.NewFromInt(100)
	var weight, all, coverage decimal.Decimal
	for _, g := range d.Groups {
		var known, sum, total decimal.Decimal
		for _, m := range g.Measures {
			total = total.Add(m.Weight)
			if v, ok := values[m.Name]; ok {
				sum = sum.Add(m.Weight.Mul(naivePoints(m.Curve.Knots, v)))
				known = known.Add(m.Weight)
			}
		}
		all = all.Add(g.Weight)
		lower = lower.Add(g.Weight.Mul(sum.DivRound(total, 10)))
		upper = upper.Add(g.Weight.Mul(sum.Add(hundred.Mul(total.Sub(known))).DivRound(total, 10)))
		coverage = coverage.Add(g.Weight.Mul(known.DivRound(total, 10)))
		if known.IsPositive() {
			score = score.Add(g.Weight.Mul(sum.DivRound(known, 10)))
			weight = weight.Add(g.Weight)
		}
	}
	lower, upper, coverage = lower.DivRound(all, 6), upper.DivRound(all, 6), coverage.DivRound(all, 6)
	if weight.IsZero() {
		return score, lower, upper, health.Unknown
	}
	score = score.DivRound(weight, 6)
	return score, lower, upper, naiveBand(d, score, coverage)
}

func naiveBand(d *health.Definition, score, coverage decimal.Decimal) (band string) {
	if coverage.LessThan(d.MinCoverage) {
		return health.Unknown
	}
	for _, b := range d.Bands {
		if band = b.Name; score.LessThan(b.To) {
			break
		}
	}
	return band
}

func naivePoints(knots []health.Knot, v decimal.Decimal) decimal.Decimal {
	for i := 1; i < len(knots); i++ {
		if a, b := knots[i-1], knots[i]; v.LessThan(b.At) {
			return a.Points.Add(b.Points.Sub(a.Points).Mul(v.Sub(a.At)).DivRound(b.At.Sub(a.At), 6))
		}
	}
	return knots[len(knots)-1].Points
}
