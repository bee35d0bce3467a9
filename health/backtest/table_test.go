package backtest_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/health/backtest"
)

// group returns so many accounts in a band, the first of which left.
func group(band string, accounts, left int) (records []backtest.Record) {
	for i := range accounts {
		records = append(records, backtest.Record{Account: success.AccountID(fmt.Sprint(band, i)), Band: band, Event: i < left, Revenue: number("10")})
	}
	return records
}

func TestOrder(t *testing.T) {
	for _, c := range []struct {
		what    string
		records []backtest.Record
		want    backtest.Order
		pairs   int
	}{
		{"in order", slices.Concat(group("Red", 4, 2), group("Yellow", 4, 1), group("Green", 4, 0)), backtest.InOrder, 2},
		{"the same in a pair", slices.Concat(group("Red", 4, 2), group("Yellow", 2, 1), group("Green", 4, 0)), backtest.InOrder, 2},
		{"out of order", slices.Concat(group("Red", 4, 2), group("Yellow", 4, 1), group("Green", 3, 1)), backtest.OutOfOrder, 2},
		{"all the same", slices.Concat(group("Red", 4, 2), group("Green", 2, 1)), backtest.Level, 1},
		{"nobody left", slices.Concat(group("Red", 4, 0), group("Green", 2, 0)), backtest.OrderUndefined, 1},
		{"one band", group("Red", 4, 2), backtest.OrderUndefined, 0},
		{"an empty band between", slices.Concat(group("Red", 4, 1), group("Green", 2, 1)), backtest.OutOfOrder, 1},
		{"unknown is no band", slices.Concat(group("Red", 4, 1), group(health.Unknown, 2, 2)), backtest.OrderUndefined, 0},
		{"only unknown left", slices.Concat(group("Red", 4, 0), group("Green", 4, 0), group(health.Unknown, 2, 2)), backtest.OrderUndefined, 1},
	} {
		r := run(t, c.records, backtest.Options{Bands: bands})
		if r.Order != c.want || len(r.Pairs) != c.pairs {
			t.Errorf("%s: %v, %+v", c.what, r.Order, r.Pairs)
		}
		if unknown := r.Bands[len(r.Bands)-1].Name == health.Unknown; unknown != strings.Contains(c.what, "unknown") {
			t.Errorf("%s: bands %+v", c.what, r.Bands)
		}
	}
	r := run(t, slices.Concat(group("Red", 4, 2), group("Green", 4, 1)), backtest.Options{Bands: bands})
	near(t, "difference", r.Pairs[0].Difference.Value, 0.25)
	if p := r.Pairs[0]; p.Worse != "Red" || p.Better != "Green" || !p.Difference.Contains(0) || p.Difference.Contains(1) {
		t.Errorf("%+v", p)
	}
}

// A band of one large and three small accounts tells about revenue as one account
// would, hardly more.
func TestRevenueOfOne(t *testing.T) {
	records := group("Red", 4, 1)
	records[0].Revenue = number("1000000")
	r := run(t, records, backtest.Options{Bands: bands})
	near(t, "share", r.Bands[0].LostRate.Value, 1_000_000./1_000_030)
	if lower, _ := r.Bands[0].LostRate.Lower.Float64(); lower < 0.206 || lower > 0.207 { // Wilson 1/1: 1/(1 + z²) = .2065
		t.Errorf("lower limit %v", r.Bands[0].LostRate)
	}
	if b := r.Bands[1]; b.Rate != (success.Estimate{}) || b.LostRate != (success.Estimate{}) || !b.Revenue.IsZero() {
		t.Errorf("a band without accounts: %+v", b)
	}
	records = group("Red", 2, 1)
	records[0].Revenue, records[1].Revenue = number("0"), number("0")
	if b := run(t, records, backtest.Options{Bands: bands}).Bands[0]; b.LostRate.Value.Defined() || !b.Rate.Value.Defined() {
		t.Errorf("a band without revenue: %+v", b)
	}
}

// TestHorizon is who counts as having left.
func TestHorizon(t *testing.T) {
	scored := day("2025-01-31")
	for days, want := range map[int]int{1: 1, 89: 1, 90: 1, 91: 0} {
		r := run(t, []backtest.Record{{Account: "a", ScoredAt: scored, Left: scored.AddDays(days)}}, backtest.Options{Horizon: 90})
		if r.Left != want {
			t.Errorf("left %d days after: %d", days, r.Left)
		}
	}
	if r := run(t, []backtest.Record{{Account: "a", ScoredAt: scored}}, backtest.Options{Horizon: 90, KnownTo: scored.AddDays(90)}); r.Left != 0 {
		t.Errorf("%+v", r)
	}
}

// TestLost is what of the revenue of an account was lost.
func TestLost(t *testing.T) {
	records := []backtest.Record{
		{Account: "gone", Revenue: number("100"), Event: true},
		{Account: "shrunk", Revenue: number("100"), Lost: number("0.01"), Event: true},
		{Account: "stayed", Revenue: number("100")},
	}
	if r := run(t, records, backtest.Options{}); !r.Lost.Equal(number("100.01")) || !r.Revenue.Equal(number("300")) || r.Bands != nil {
		t.Errorf("lost %s of %s, bands %v", r.Lost, r.Revenue, r.Bands)
	}
}

// scored returns an account for each score, those of leavers first.
func scored(leavers, stayers []float64) (records []backtest.Record) {
	for i, s := range slices.Concat(leavers, stayers) {
		records = append(records, backtest.Record{Account: success.AccountID(fmt.Sprint(i)), Score: success.FigureOf(s), Event: i < len(leavers), Revenue: number("10")})
	}
	return records
}

func span(from, to int) (scores []float64) {
	for i := from; i <= to; i++ {
		scores = append(scores, float64(i))
	}
	return scores
}

func TestFinding(t *testing.T) {
	for _, c := range []struct {
		what             string
		leavers, stayers []float64
		want             backtest.Finding
		undefined        string
		value            bool // of the area
	}{
		{"worse ones left", span(1, 20), span(15, 40), backtest.Tells, "", true},
		{"better ones left", span(15, 40), span(1, 20), backtest.Backwards, "", true},
		{"either", span(1, 20), span(1, 20), backtest.Nothing, "", true},
		{"nobody", nil, span(1, 20), backtest.FindingUndefined, "undefined, 0 events", false},
		{"everybody", span(1, 20), nil, backtest.FindingUndefined, "undefined, 0 accounts stayed", false},
		{"no account", nil, nil, backtest.FindingUndefined, "undefined, 0 accounts", false},
		{"one left", span(1, 1), span(1, 20), backtest.FindingUndefined, "interval undefined, 1 event", true},
		{"one stayed", span(1, 20), span(1, 1), backtest.FindingUndefined, "interval undefined, 1 account stayed", true},
		{"two of each", []float64{1, 3}, []float64{2, 4}, backtest.Nothing, "", true},
		{"apart", span(1, 20), span(21, 40), backtest.FindingUndefined, "", true},
		{"apart the other way", span(21, 40), span(1, 20), backtest.FindingUndefined, "", true},
		{"all tied", make([]float64, 9), make([]float64, 9), backtest.FindingUndefined, "", true},
	} {
		r := run(t, scored(c.leavers, c.stayers), backtest.Options{})
		if r.Finding != c.want || r.Undefined != c.undefined || r.AUC.Value.Defined() != c.value {
			t.Errorf("%s: %v, %q, %v", c.what, r.Finding, r.Undefined, r.AUC)
		}
		if backwards := warned(r, backtest.ErrBackwards); (backwards != "") != (c.want == backtest.Backwards) {
			t.Errorf("%s: warned %q", c.what, backwards)
		}
	}
	half := success.FigureOf(0.5)
	for _, e := range []success.Estimate{{Lower: half}, {Upper: half}, {Value: half}} {
		if f := backtest.FindingOf(e); f != backtest.FindingUndefined {
			t.Errorf("%v is %v", e, f)
		}
	}
	for _, e := range []success.Estimate{success.EstimateOf(.6, .5, .7), success.EstimateOf(.4, .3, .5)} {
		if f := backtest.FindingOf(e); f != backtest.Nothing {
			t.Errorf("%v is %v", e, f)
		}
	}
}

// TestNoEvents: without an event what needs one is undefined, not 0, and says so.
func TestNoEvents(t *testing.T) {
	records := scored(nil, span(1, 30))
	for i := range records {
		records[i].Band = bands[i/10]
		records[i].Measures = []success.Figure{success.FigureOf(float64(i))}
	}
	r := run(t, records, backtest.Options{Bands: bands, Measures: []backtest.Measure{{Name: "logins"}}})
	if r.Undefined != "undefined, 0 events" || r.Order != backtest.OrderUndefined || r.Calibration.Defined() || r.AtRisk != nil {
		t.Errorf("%+v", r)
	}
	for what, f := range map[string]success.Figure{
		"AUC": r.AUC.Value, "KS": r.KS.Value, "Brier": r.Brier.Score, "skill": r.Brier.Skill, "IV": r.Measures[0].IV,
		"chance": r.Measures[0].Chance, "WoE": r.Measures[0].Bins[0].WoE, "weight": r.Suggestions[0].Weight, "Gini": r.Suggestions[0].Gini.Value,
	} {
		if f.Defined() {
			t.Errorf("%s is %v", what, f)
		}
	}
	for _, c := range r.Worst {
		for what, ratio := range map[string]success.Ratio{"caught": c.Caught, "precision": c.Precision, "recall": c.Recall, "lift": c.Lift, "false alarm": c.FalseAlarm} {
			equal(t, what, ratio, nil)
		}
	}
	if !r.BaseRate.Contains(0.1) || warned(r, backtest.ErrNoEvents) == "" || warned(r, backtest.ErrFewEvents) != "" {
		t.Errorf("base rate %v, %v", r.BaseRate, r.Warnings)
	}
	near(t, "base rate", r.BaseRate.Value, 0)
}

// warned returns the texts of the warnings of a kind.
func warned(r backtest.Report, kind error) string {
	var all []string
	for _, w := range r.Warnings {
		if errors.Is(w, kind) {
			all = append(all, w.Error())
		}
	}
	return strings.Join(all, "; ")
}

func TestWarnings(t *testing.T) {
	r := run(t, slices.Concat(group("Red", 20, 10), group("Yellow", 20, 9), group(health.Unknown, 3, 1)), backtest.Options{Bands: bands})
	if got := warned(r, backtest.ErrFewEvents); got != "band Yellow: fewer than 10 events: 9" {
		t.Errorf("few events: %q", got)
	}
	if got := warned(r, backtest.ErrUnscored); got != backtest.ErrUnscored.Error()+": 43" {
		t.Errorf("unscored: %q", got)
	}
	for left, want := range map[int]string{9: "fewer than 10 events: 9", 10: ""} {
		r := run(t, scored(span(1, left), span(1, 30)), backtest.Options{})
		if got := warned(r, backtest.ErrFewEvents); got != want {
			t.Errorf("%d left: %q", left, got)
		}
		if got := warned(r, backtest.ErrUnscored); got != "" {
			t.Error(got)
		}
	}
	records := scored(span(1, 3), span(1, 3))
	records[0].Newest = day("2025-01-02") // nobody says when it was scored
	records[1].ScoredAt, records[1].Newest = day("2025-01-01"), day("2025-01-01")
	if got := warned(run(t, records, backtest.Options{}), backtest.ErrOverlap); got != "" {
		t.Error(got)
	}
	records[2].ScoredAt, records[2].Newest = day("2025-01-01"), day("2025-01-02")
	if got := warned(run(t, records, backtest.Options{}), backtest.ErrOverlap); got != backtest.ErrOverlap.Error()+": 1 accounts" {
		t.Error(got)
	}
}

// measured returns accounts with a measure: so many leavers and stayers of each
// value, of which NaN is missing.
func measured(cells map[float64][2]int) (records []backtest.Record) {
	for value, counts := range cells {
		for i := range counts[0] + counts[1] {
			records = append(records, backtest.Record{
				Account:  success.AccountID(fmt.Sprint(value, " ", i)),
				Event:    i < counts[0],
				Measures: []success.Figure{success.FigureOf(value)},
			})
		}
	}
	return records
}

func inform(t *testing.T, records []backtest.Record, o backtest.Options) (backtest.Information, backtest.Report) {
	o.Measures = []backtest.Measure{{Name: "logins"}}
	r := run(t, records, o)
	return r.Measures[0], r
}

// TestInformation is the information value by hand: of 20 leavers and 40 stayers,
// an empty cell counts ½ and missing values have a bin of their own.
func TestInformation(t *testing.T) {
	info, r := inform(t, measured(map[float64][2]int{0: {12, 4}, 1: {6, 20}, 2: {0, 10}, math.NaN(): {2, 6}}), backtest.Options{Bins: 5})
	want := []struct{ left, stayed float64 }{{12, 4}, {6, 20}, {.5, 10}, {2, 6}}
	iv := 0.
	for i, w := range want {
		woe := math.Log((w.stayed / 40) / (w.left / 20))
		iv += (w.stayed/40 - w.left/20) * woe
		near(t, fmt.Sprint("weight of evidence ", i), info.Bins[i].WoE, woe)
	}
	near(t, "information value", info.IV, iv)
	near(t, "chance", info.Chance, 3*(1./20+1./40))
	if b := info.Bins[3]; info.Missing != 8 || b.Worst.Defined() || b.Best.Defined() || b.Accounts != 8 || b.Left != 2 {
		t.Errorf("missing: %+v", info)
	}
	if b := info.Bins[0]; b.Worst != success.FigureOf(0) || b.Best != success.FigureOf(0) || b.Accounts != 16 || b.Left != 12 {
		t.Errorf("worst: %+v", b)
	}
	if got := warned(r, backtest.ErrTooGood); !strings.HasPrefix(got, "measure logins: too good to be true") || !strings.HasSuffix(got, ": 1.54, of which 0.225 by chance") {
		t.Errorf("%q of %v", got, info.IV)
	}
	// Two bins of WoE ±ln 3 have (3/4 − 1/4) · 2 · ln 3 = 1.1; ±ln 1.5, .2 · 2 · .405 = .16.
	for _, c := range []struct {
		left, stayed int
		iv           float64
		warned       bool
	}{{30, 10, math.Log(3), true}, {24, 16, 0.4 * math.Log(1.5), false}} {
		info, r := inform(t, measured(map[float64][2]int{0: {c.left, c.stayed}, 1: {c.stayed, c.left}}), backtest.Options{})
		near(t, "information value", info.IV, c.iv)
		if got := warned(r, backtest.ErrTooGood); (got != "") != c.warned {
			t.Errorf("%v: %q", info.IV, got)
		}
	}
	// What nobody who stayed has is as telling as what nobody who left has.
	info, _ = inform(t, measured(map[float64][2]int{0: {10, 0}, 1: {0, 10}}), backtest.Options{})
	near(t, "no stayers", info.Bins[0].WoE, math.Log(0.05))
	near(t, "no leavers", info.Bins[1].WoE, math.Log(20))
}

func TestBins(t *testing.T) {
	bins := func(distinct, left, stayed, n int) (sizes []int) {
		var records []backtest.Record
		for i := range left + stayed {
			records = append(records, backtest.Record{
				Account: success.AccountID(fmt.Sprint(i)), Event: i < left,
				Measures: []success.Figure{success.FigureOf(float64(i % distinct))},
			})
		}
		info, _ := inform(t, records, backtest.Options{Bins: n})
		for _, b := range info.Bins {
			sizes = append(sizes, b.Accounts)
		}
		return sizes
	}
	for _, c := range []struct {
		distinct, left, stayed, bins int
		want                         string
	}{
		{100, 50, 50, 4, "[25 25 25 25]"},
		{100, 50, 50, 0, "[20 20 20 20 20]"}, // ten of the smaller class in each
		{100, 29, 71, 0, "[50 50]"},
		{100, 71, 29, 0, "[50 50]"},
		{100, 30, 70, 0, "[33 34 33]"},
		{100, 5, 95, 0, "[50 50]"},
		{400, 200, 200, 0, "[40 40 40 40 40 40 40 40 40 40]"},
		{4, 50, 50, 4, "[25 25 25 25]"},
		{5, 50, 50, 4, "[20 20 40 20]"},
		{3, 3, 97, 5, "[34 33 33]"},
		{1, 50, 50, 4, "[100]"},
	} {
		if got := fmt.Sprint(bins(c.distinct, c.left, c.stayed, c.bins)); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
	// Nine in ten are tied, and stay together.
	info, _ := inform(t, measured(map[float64][2]int{0: {45, 45}, 1: {1, 1}, 2: {1, 1}, 3: {1, 1}, 4: {1, 1}, 5: {1, 1}}), backtest.Options{Bins: 2})
	if len(info.Bins) != 2 || info.Bins[0].Accounts != 90 || info.Bins[1].Worst != success.FigureOf(1) || info.Bins[1].Best != success.FigureOf(5) {
		t.Errorf("%+v", info.Bins)
	}
	// On the risk scale the highest come first.
	r := run(t, measured(map[float64][2]int{0: {1, 3}, 1: {3, 1}}), backtest.Options{Measures: []backtest.Measure{{Name: "tickets", Scale: health.Risk}}})
	if b := r.Measures[0].Bins; b[0].Worst != success.FigureOf(1) || b[0].Left != 3 || b[1].Worst != success.FigureOf(0) {
		t.Errorf("%+v", b)
	}
}

// TestSuggestion: what tells gets a weight, what does not gets none, and why.
func TestSuggestion(t *testing.T) {
	leavers, stayers := span(1, 20), span(15, 40)
	var records []backtest.Record
	for i, x := range slices.Concat(leavers, stayers) {
		f := success.FigureOf
		noise := f(float64(i % 2))
		half := f(x)
		if i%2 == 0 {
			half = f(17)
		}
		records = append(records, backtest.Record{
			Account: success.AccountID(fmt.Sprint(i)), Event: i < len(leavers),
			Measures: []success.Figure{f(x), half, noise, f(-x), {}},
		})
	}
	records = append(records, backtest.Record{Account: "nothing known"})
	r := run(t, records, backtest.Options{Measures: []backtest.Measure{{Name: "logins"}, {Name: "half"}, {Name: "noise"}, {Name: "turned"}, {Name: "none"}}})
	g1, _ := r.Measures[0].AUC.Value.Float64()
	g2, _ := r.Measures[1].AUC.Value.Float64()
	g1, g2 = 2*g1-1, 2*g2-1
	near(t, "first weight", r.Suggestions[0].Weight, g1/(g1+g2))
	near(t, "second weight", r.Suggestions[1].Weight, g2/(g1+g2))
	near(t, "Gini", r.Suggestions[0].Gini.Value, g1)
	var scores []float64
	var left []bool
	for _, record := range records[:len(records)-1] {
		x, _ := record.Measures[0].Float64()
		scores, left = append(scores, x), append(left, record.Event)
	}
	wide, err := rank(t, scores, left, health.Health).AUC(0.99) // five measures at once
	if err != nil {
		t.Fatal(err)
	}
	lower, _ := wide.Lower.Float64()
	near(t, "Gini's limit", r.Suggestions[0].Gini.Lower, 2*lower-1)
	for i, want := range []backtest.Finding{backtest.Tells, backtest.Tells, backtest.Nothing, backtest.Backwards, backtest.FindingUndefined} {
		s := r.Suggestions[i]
		if s.Finding != want || s.Weight.Defined() != (want == backtest.Tells) || s.Measure != r.Measures[i].Measure {
			t.Errorf("%d: %+v", i, s)
		}
	}
	if got := warned(r, backtest.ErrBackwards); !strings.HasPrefix(got, "measure turned: better scores leave") || strings.Contains(got, ";") {
		t.Error(got)
	}
	if m := r.Measures[4]; m.Missing != len(records) || len(m.Bins) != 1 {
		t.Errorf("%+v", m)
	}
	near(t, "what nobody has", r.Measures[4].IV, 0)
}

// TestSteps is which step a score is on that nobody had.
func TestSteps(t *testing.T) {
	for _, scale := range []health.Scale{health.Health, health.Risk} {
		sign := 1 - 2*float64(scale)
		r := rank(t, []float64{1 * sign, 2 * sign, 5 * sign, 6 * sign}, []bool{true, false, false, false}, scale)
		c := r.Calibrate()
		if len(c.Steps) != 2 || c.Steps[1].Worst != 2*sign || c.Steps[1].Best != 6*sign {
			t.Fatalf("%v: %+v", scale, c.Steps)
		}
		for x, want := range map[float64]string{-9: "100%", 1: "100%", 1.9: "100%", 2: "0%", 3: "0%", 6: "0%", 99: "0%"} {
			if got := c.Probability(success.FigureOf(x * sign)).String(); got != want {
				t.Errorf("%v: %v is %s, want %s", scale, x, got, want)
			}
		}
		equal(t, "an unknown score", c.Probability(success.Figure{}), nil)
	}
	if e, ok, err := (backtest.Calibration{}).RevenueAtRisk([]backtest.Stake{{Revenue: number("5")}}); ok || err != nil || !e.AtRisk.IsZero() {
		t.Errorf("%+v %v %v", e, ok, err)
	}
}

// TestSeveralMeasures: what tells when looked at alone does not among several.
func TestSeveralMeasures(t *testing.T) {
	records := scored(span(1, 20), span(6, 26))
	for i := range records {
		records[i].Measures = []success.Figure{records[i].Score, {}, {}, {}, {}, {}, {}, {}, {}, {}}
	}
	var measures []backtest.Measure
	for i := range 10 {
		measures = append(measures, backtest.Measure{Name: fmt.Sprint(i)})
	}
	r := run(t, records, backtest.Options{Measures: measures})
	if r.Measures[0].Finding != backtest.Tells || r.Suggestions[0].Finding != backtest.Nothing || r.Suggestions[0].Weight.Defined() {
		t.Errorf("%v, %+v", r.Measures[0].AUC, r.Suggestions[0])
	}
	for i := range records {
		records[i].Measures = records[i].Measures[:1]
	}
	r = run(t, records, backtest.Options{Measures: measures[:1], Level: 0.95})
	near(t, "the only weight", r.Suggestions[0].Weight, 1)
	near(t, "Gini", r.Suggestions[0].Gini.Lower, 2*float(r.Measures[0].AUC.Lower)-1)
}

func float(f success.Figure) float64 {
	x, _ := f.Float64()
	return x
}

func TestBrierOfNothing(t *testing.T) {
	if b, err := backtest.BrierOf(nil, nil); err != nil || b != (backtest.Brier{}) {
		t.Errorf("%+v %v", b, err)
	}
	b, err := backtest.BrierOf([]float64{0.5, 0}, []bool{false, false})
	if err != nil || b.Skill.Defined() {
		t.Errorf("%+v %v", b, err)
	}
	near(t, "score", b.Score, 0.125)
	near(t, "base", b.Base, 0)
	r := run(t, scored([]float64{1, 3}, []float64{2, 4, 5}), backtest.Options{}) // fitted: 1, ½, ½, 0, 0
	near(t, "fitted", r.Brier.Score, 0.1)
	near(t, "base", r.Brier.Base, 0.24)
}

// Zero and its negative are the same score.
func TestNegativeZero(t *testing.T) {
	r := rank(t, []float64{math.Copysign(0, -1), 0}, []bool{true, false}, health.Health)
	near(t, "area", area(t, r).Value, 0.5)
	if s := r.Calibrate().Steps; len(s) != 1 || math.Signbit(s[0].Worst) {
		t.Errorf("%+v", s)
	}
}

func TestUndefinedConfusion(t *testing.T) {
	for what, c := range map[string]backtest.Confusion{
		"nothing": {}, "nobody at risk": {FalseNegative: 1, TrueNegative: 1}, "nobody left": {FalsePositive: 1, TrueNegative: 1},
	} {
		if _, ok := c.Lift().Float64(); ok {
			t.Errorf("%s: lift %v", what, c.Lift())
		}
	}
	equal(t, "base rate", backtest.Confusion{}.BaseRate(), nil)
}

func TestWords(t *testing.T) {
	for o := backtest.OrderUndefined; o <= backtest.Level; o++ {
		text, err := o.MarshalText()
		var back backtest.Order
		if again := back.UnmarshalText(text); err != nil || again != nil || back != o {
			t.Errorf("%v: %q, %v, %v", o, text, err, again)
		}
	}
	for f := backtest.FindingUndefined; f <= backtest.Backwards; f++ {
		text, err := f.MarshalText()
		var back backtest.Finding
		if again := back.UnmarshalText(text); err != nil || again != nil || back != f {
			t.Errorf("%v: %q, %v, %v", f, text, err, again)
		}
	}
	o, f := backtest.InOrder, backtest.Tells
	if o.UnmarshalText([]byte("x")) == nil || f.UnmarshalText([]byte("x")) == nil || o != backtest.InOrder || f != backtest.Tells {
		t.Error("unknown words are taken")
	}
}
