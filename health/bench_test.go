package health_test

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health"
)

// Scoring is compared with a scorecard written the obvious way, in decimals, and
// with one plain pass over the same columns. All know the same: eight measures in
// three groups, 15 % of the inputs missing.

func benchDefinition() health.Definition {
	weights := [][]string{{"50", "30", "20"}, {"60", "40"}, {"50", "25", "25"}}
	d := health.Definition{Version: "1", Bands: bands("50", "75"), MinCoverage: dec("0.5")}
	letter := 'a'
	for g, ws := range weights {
		d.Groups = append(d.Groups, health.Group{Name: string(rune('A' + g)), Weight: dec([]string{"50", "30", "20"}[g]), Measures: measures(string(letter), ws...)})
		letter += rune(len(ws))
	}
	knots := []health.Knot{{At: dec("0"), Points: dec("0")}, {At: dec("40"), Points: dec("30")}, {At: dec("120"), Points: dec("100")}}
	for _, m := range []*health.Measure{&d.Groups[0].Measures[1], &d.Groups[2].Measures[0]} {
		m.Curve.Knots = knots
	}
	return d
}

// benchColumns are n accounts of eight measures.
func benchColumns(n int) []health.Column {
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

// benchRecords are the same accounts as records.
func benchRecords(columns []health.Column) [][]health.Input {
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

func BenchmarkRecords(b *testing.B) {
	card, records := build(b, benchDefinition()), benchRecords(benchColumns(100_000))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := card.Score(health.Record{Account: "A", Inputs: records[i%len(records)]}, today); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRecordsObvious(b *testing.B) {
	d, records := benchDefinition(), benchRecords(benchColumns(100_000))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		obvious(&d, records[i%len(records)])
	}
}

// TestObvious holds the obvious scorecard to the same scores, but for rounding.
func TestObvious(t *testing.T) {
	d := benchDefinition()
	card := build(t, d)
	for i, inputs := range benchRecords(benchColumns(200)) {
		got := score(t, card, inputs...)
		computed, lower, upper, coverage, band := obvious(&d, inputs)
		for what, pair := range map[string][2]decimal.Decimal{
			"score": {mustPoints(got.Computed), computed}, "lower": {mustPoints(got.Lower), lower}, "upper": {mustPoints(got.Upper), upper},
			"coverage": {decimal.NewFromFloat(share(got)), coverage},
		} {
			if pair[0].Sub(pair[1]).Abs().GreaterThan(dec("0.000002")) {
				t.Errorf("account %d: %s %s, obviously %s", i, what, pair[0], pair[1])
			}
		}
		if got.Band != band {
			t.Errorf("account %d: %s, obviously %s", i, got.Band, band)
		}
	}
}

func share(r health.Result) float64 { f, _ := r.Coverage.Float64(); return f }

// obvious is a scorecard in decimals with a map of inputs.
func obvious(d *health.Definition, inputs []health.Input) (score, lower, upper, coverage decimal.Decimal, band string) {
	values := map[string]decimal.Decimal{}
	for _, in := range inputs {
		if in.State == health.Present {
			values[in.Measure] = in.Value
		}
	}
	hundred := decimal.NewFromInt(100)
	var weight, all decimal.Decimal
	for _, g := range d.Groups {
		var known, sum, total decimal.Decimal
		for _, m := range g.Measures {
			total = total.Add(m.Weight)
			if v, ok := values[m.Name]; ok {
				sum = sum.Add(m.Weight.Mul(obviousPoints(m.Curve.Knots, v)))
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
		return score, lower, upper, coverage, health.Unknown
	}
	if score = score.DivRound(weight, 6); coverage.LessThan(d.MinCoverage) {
		return score, lower, upper, coverage, health.Unknown
	}
	for _, b := range d.Bands {
		if band = b.Name; score.LessThan(b.To) {
			break
		}
	}
	return score, lower, upper, coverage, band
}

func obviousPoints(knots []health.Knot, v decimal.Decimal) decimal.Decimal {
	for i := 1; i < len(knots); i++ {
		if a, b := knots[i-1], knots[i]; v.LessThan(b.At) {
			return a.Points.Add(b.Points.Sub(a.Points).Mul(v.Sub(a.At)).DivRound(b.At.Sub(a.At), 6))
		}
	}
	return knots[len(knots)-1].Points
}

func BenchmarkColumns(b *testing.B) {
	for _, n := range []int{1000, 1_000_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			card, columns := build(b, benchDefinition()), benchColumns(n)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := card.Columns(columns, today); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/account")
		})
	}
}

// BenchmarkColumnsOnePass is the weighted sum of what is there, and its weight:
// the least that anybody can do.
func BenchmarkColumnsOnePass(b *testing.B) {
	const n = 1_000_000
	columns := benchColumns(n)
	weights := []int64{25, 15, 10, 18, 12, 10, 5, 5}
	sums, known := make([]int64, n), make([]int64, n)
	b.ReportAllocs()
	for b.Loop() {
		for i := range n {
			sum, weight := int64(0), int64(0)
			for m := range columns {
				if columns[m].States[i] == health.Present {
					sum += weights[m] * columns[m].Values[i]
					weight += weights[m]
				}
			}
			sums[i], known[i] = sum, weight
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/account")
}

func BenchmarkExplain(b *testing.B) {
	card, records := build(b, benchDefinition()), benchRecords(benchColumns(1000))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := card.Explain(health.Record{Account: "A", Inputs: records[i%len(records)]}, today); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNext(b *testing.B) {
	d := benchDefinition()
	d.Hysteresis = health.Hysteresis{Margin: dec("3"), Readings: 2}
	card := build(b, d)
	scores := []health.Score{at("72"), at("78"), at("40"), at("60")}
	state, day := health.State{}, today
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if day = day.AddDays(1); i%100_000 == 0 {
			state, day = health.State{}, today
		}
		var err error
		if state, err = card.Next(state, health.Reading{On: day, Score: scores[i%4]}); err != nil {
			b.Fatal(err)
		}
	}
}
