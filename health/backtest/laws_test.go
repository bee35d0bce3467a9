package backtest_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/health/backtest"
)

func TestLaws(t *testing.T) {
	for name, check := range map[string]func(*rapid.T){
		"turned": checkTurned, "mapped": checkMapped, "merged": checkMerged,
		"sums": checkSums, "permuted": checkPermuted, "sharded": checkSharded,
	} {
		t.Run(name, func(t *testing.T) { rapid.Check(t, check) })
	}
}

// checkTurned: a score turned round has the rest of the area, with the limits
// turned round too, and as much distance.
func checkTurned(t *rapid.T) {
	c := drawColumns(t, "")
	turned := columns{left: c.left, scale: c.scale}
	for _, s := range c.scores {
		turned.scores = append(turned.scores, -s)
	}
	a, b := area(t, c.rank(t)), area(t, turned.rank(t))
	other := columns{c.scores, c.left, health.Risk - c.scale}
	if got := area(t, other.rank(t)); got != b {
		t.Errorf("on the other scale %v, turned round %v", got, b)
	}
	for i, pair := range [][2]success.Figure{{a.Value, b.Value}, {a.Lower, b.Upper}, {a.Upper, b.Lower}} {
		x, ok1 := pair[0].Float64()
		y, ok2 := pair[1].Float64()
		if ok1 != ok2 || ok1 && math.Abs(x+y-1) > 1e-9 {
			t.Errorf("%d: %v and %v do not add up to 1", i, pair[0], pair[1])
		}
	}
	x, _ := c.rank(t).KS().Value.Float64()
	if y, _ := turned.rank(t).KS().Value.Float64(); math.Abs(x-y) > 1e-12 {
		t.Errorf("distances %v and %v", x, y)
	}
}

// checkMapped: only the order of scores counts.
func checkMapped(t *rapid.T) {
	c := drawColumns(t, "")
	mapped := columns{left: c.left, scale: c.scale}
	rises := rapid.SampledFrom([]func(float64) float64{
		func(x float64) float64 { return 3*x - 1e6 },
		func(x float64) float64 { return x * x * x },
		func(x float64) float64 { return math.Exp(x / 40) },
	}).Draw(t, "map")
	for _, s := range c.scores {
		mapped.scores = append(mapped.scores, rises(s))
	}
	r, m := c.rank(t), mapped.rank(t)
	if area(t, r) != area(t, m) || r.KS().Value != m.KS().Value {
		t.Errorf("%v, %v after", area(t, r), area(t, m))
	}
	before, after := r.Calibrate(), m.Calibrate()
	for i, s := range c.scores {
		p, q := before.Probability(success.FigureOf(s)), after.Probability(success.FigureOf(mapped.scores[i]))
		if p.Defined() != q.Defined() || p.Defined() && !(p.Num.Equal(q.Num) && p.Den.Equal(q.Den)) {
			t.Errorf("probability of %v is %v, %v after", s, p, q)
		}
	}
}

// same compares results down to the last digit of money and counts, and to nine of
// statistics.
func same(t rapid.TB, what string, a, b any) {
	t.Helper()
	options := []cmp.Option{
		cmp.AllowUnexported(backtest.Calibration{}),
		cmp.Comparer(func(x, y decimal.Decimal) bool { return x.Equal(y) }),
		cmp.Comparer(func(x, y success.Figure) bool {
			f, ok1 := x.Float64()
			g, ok2 := y.Float64()
			return ok1 == ok2 && math.Abs(f-g) <= 1e-9
		}),
		cmp.Comparer(func(x, y backtest.Warning) bool { return x.Error() == y.Error() }),
		cmpopts.EquateEmpty(),
	}
	if diff := cmp.Diff(a, b, options...); diff != "" {
		t.Errorf("%s: %s", what, diff)
	}
}

// checkMerged: any shards merge, in any order, to the ranking of the whole.
func checkMerged(t *rapid.T) {
	c := drawColumns(t, "")
	var shards [3]columns
	for i, s := range c.scores {
		shard := &shards[rapid.IntRange(0, 2).Draw(t, "shard")]
		shard.scores, shard.left = append(shard.scores, s), append(shard.left, c.left[i])
	}
	merged := backtest.Ranking{}
	for _, i := range rapid.Permutation([]int{0, 1, 2}).Draw(t, "order") {
		var err error
		if merged, err = merged.Merge(rank(t, shards[i].scores, shards[i].left, c.scale)); err != nil {
			t.Fatal(err)
		}
	}
	whole := c.rank(t)
	if got, want := fmt.Sprint(merged), fmt.Sprint(whole); got != want && len(c.scores) > 0 {
		t.Errorf("%s, want %s", got, want)
	}
	if merged.Accounts() != len(c.scores) || merged.Left() != whole.Left() {
		t.Errorf("%d accounts, %d left", merged.Accounts(), merged.Left())
	}
}

var bands = []string{"Red", "Yellow", "Green"}

// drawRecords draws accounts with everything there may be, or not, of each.
func drawRecords(t *rapid.T) ([]backtest.Record, backtest.Options) {
	scored := day("2025-01-31")
	options := backtest.Options{
		Scale: health.Scale(rapid.IntRange(0, 1).Draw(t, "scale")), Bands: bands, Horizon: 90, KnownTo: scored.AddDays(90),
		Measures: []backtest.Measure{{Name: "logins"}, {Name: "tickets", Scale: health.Risk}},
	}
	records := make([]backtest.Record, rapid.IntRange(0, 30).Draw(t, "accounts"))
	figure := func(label string) success.Figure {
		if rapid.IntRange(0, 3).Draw(t, label+" missing") == 3 {
			return success.Figure{}
		}
		return success.FigureOf(float64(rapid.IntRange(0, 12).Draw(t, label)))
	}
	for i := range records {
		r := &records[i]
		*r = backtest.Record{
			Account: success.AccountID(fmt.Sprint("a", i)), Score: figure("score"), ScoredAt: scored,
			Band:     rapid.SampledFrom([]string{"Red", "Yellow", "Green", health.Unknown}).Draw(t, "band"),
			Revenue:  decimal.New(rapid.Int64Range(0, 1e9).Draw(t, "revenue"), -4),
			Measures: []success.Figure{figure("logins"), figure("tickets")},
		}
		switch rapid.IntRange(0, 3).Draw(t, "outcome") {
		case 1:
			r.Event = true
		case 2:
			r.Left = scored.AddDays(rapid.SampledFrom([]int{1, 90, 91, 400}).Draw(t, "days"))
		}
		if r.Event && rapid.Bool().Draw(t, "in part") {
			r.Lost = r.Revenue.DivRound(number("3"), 6)
		}
	}
	return records, options
}

func run(t rapid.TB, records []backtest.Record, options backtest.Options) backtest.Report {
	t.Helper()
	r, err := backtest.Run(records, options)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// checkSums: bands add up to the whole, whose figures are those of the ranking; the
// bins of a measure hold every account; and so on.
func checkSums(t *rapid.T) {
	records, options := drawRecords(t)
	r := run(t, records, options)
	accounts, left := 0, 0
	revenue, lost := decimal.Decimal{}, decimal.Decimal{}
	for i, b := range r.Bands {
		accounts, left = accounts+b.Accounts, left+b.Left
		revenue, lost = revenue.Add(b.Revenue), lost.Add(b.Lost)
		if want := append(slices.Clone(bands), health.Unknown)[i]; b.Name != want {
			t.Errorf("band %s, want %s", b.Name, want)
		}
	}
	if accounts != r.Accounts || left != r.Left || !revenue.Equal(r.Revenue) || !lost.Equal(r.Lost) || accounts != len(records) {
		t.Errorf("bands: %d, %d, %s, %s; whole: %+v", accounts, left, revenue, lost, r)
	}
	weights, supported := 0., false
	for i, m := range r.Measures {
		accounts, left = 0, 0
		for _, b := range m.Bins {
			accounts, left = accounts+b.Accounts, left+b.Left
		}
		iv, ok := m.IV.Float64()
		if accounts != len(records) || left != r.Left || ok != (left > 0 && left < accounts) || iv < 0 {
			t.Errorf("%d, %d in %+v", accounts, left, m)
		}
		w, ok := r.Suggestions[i].Weight.Float64()
		gini := r.Suggestions[i].Gini
		if lower, known := gini.Lower.Float64(); ok != (known && lower > 0) || ok && (m.Finding != backtest.Tells || !(w > 0 && w <= 1)) {
			t.Errorf("weight %v of %v", r.Suggestions[i].Weight, gini)
		}
		weights, supported = weights+w, supported || ok
	}
	if supported && math.Abs(weights-1) > 1e-12 {
		t.Errorf("weights add up to %v", weights)
	}
	if r.AtRisk != nil && (!r.AtRisk.Revenue.Add(r.AtRisk.Unrated).Equal(r.Revenue) || r.AtRisk.AtRisk.GreaterThan(r.AtRisk.Revenue)) {
		t.Errorf("%+v of %s", r.AtRisk, r.Revenue)
	}
	if _, err := json.Marshal(r); err != nil {
		t.Error(err)
	}
}

func checkPermuted(t *rapid.T) {
	records, options := drawRecords(t)
	before := fmt.Sprint(records)
	r := run(t, records, options)
	if fmt.Sprint(records) != before {
		t.Error("the records were changed")
	}
	same(t, "permuted", run(t, rapid.Permutation(records).Draw(t, "order"), options), r)
}

// checkSharded: the bands of shards add up to those of the whole.
func checkSharded(t *rapid.T) {
	records, options := drawRecords(t)
	at := rapid.IntRange(0, len(records)).Draw(t, "at")
	whole, parts := map[string]string{}, map[string]string{}
	sum := func(into map[string]string, reports ...backtest.Report) {
		accounts, left := map[string]int{}, map[string]int{}
		revenue, lost := map[string]decimal.Decimal{}, map[string]decimal.Decimal{}
		for _, r := range reports {
			for _, b := range r.Bands {
				accounts[b.Name], left[b.Name] = accounts[b.Name]+b.Accounts, left[b.Name]+b.Left
				revenue[b.Name], lost[b.Name] = revenue[b.Name].Add(b.Revenue), lost[b.Name].Add(b.Lost)
				into[b.Name] = fmt.Sprint(accounts[b.Name], left[b.Name], revenue[b.Name], lost[b.Name])
			}
		}
	}
	sum(whole, run(t, records, options))
	sum(parts, run(t, records[:at], options), run(t, records[at:], options))
	if diff := cmp.Diff(whole, parts); diff != "" {
		t.Error(diff)
	}
}

// TestMillion holds the fast way to the area of a million against a count of pairs
// that sorts nothing: the scores are whole numbers below a hundred.
func TestMillion(t *testing.T) {
	scores, left := million()
	var leavers, stayers [100]int64
	for i := range scores {
		scores[i] = math.Floor(scores[i] * 100)
		if left[i] {
			leavers[int(scores[i])]++
		} else {
			stayers[int(scores[i])]++
		}
	}
	var twice, m, n int64
	for x, l := range leavers {
		m, n = m+l, n+stayers[x]
		for y, s := range stayers {
			switch {
			case x < y:
				twice += 2 * l * s
			case x == y:
				twice += l * s
			}
		}
	}
	near(t, "area", area(t, rank(t, scores, left, health.Health)).Value, float64(twice)/float64(2*m*n))
}

// million returns scores of a million accounts, of which the worse leave more often.
func million() (scores []float64, left []bool) {
	random := rand.New(rand.NewPCG(1, 2))
	scores, left = make([]float64, 1_000_000), make([]bool, 1_000_000)
	for i := range scores {
		scores[i] = random.Float64()
		left[i] = random.Float64() < 0.1*(1.5-scores[i])
	}
	return scores, left
}
