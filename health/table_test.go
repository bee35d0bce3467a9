package health_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success/health"
)

// TestCurves has both sides of every corner of every curve.
func TestCurves(t *testing.T) {
	knot := func(at, points string) health.Knot { return health.Knot{At: dec(at), Points: dec(points)} }
	line := health.Curve{Kind: health.PiecewiseLinear, Knots: []health.Knot{knot("0", "10"), knot("3", "20"), knot("4", "90")}}
	falling := health.Curve{Kind: health.PiecewiseLinear, Knots: []health.Knot{knot("0", "90"), knot("3", "20")}}
	steps := health.Curve{Kind: health.Steps, Knots: []health.Knot{knot("0", "10"), knot("3", "20"), knot("4", "90")}}
	ratio := health.Curve{Kind: health.RatioToTarget, Target: dec("3")}
	half := health.Curve{Kind: health.HalfLife, HalfLife: dec("10")}
	span := health.Curve{Kind: health.LinearDecay, Span: dec("30")}
	growth := health.Curve{Kind: health.OwnGrowth, Knots: []health.Knot{knot("-0.5", "0"), knot("0", "60"), knot("1", "100")}, MinHistory: 2}
	rank := health.Curve{Kind: health.OwnPercentile, MinHistory: 2}
	up, down := health.HigherIsBetter, health.LowerIsBetter
	tests := []struct {
		name      string
		curve     health.Curve
		scale     health.Scale
		direction health.Direction
		values    map[string]string // to points
		history   []string
	}{
		{"line", line, health.Health, up, map[string]string{
			"-5": "10", "0": "10", "0.000001": "10.000003", "1": "13.333333", "2": "16.666667", "3": "20", "3.000001": "20.00007", "3.5": "55", "4": "90", "400": "90"}, nil},
		{"line of risk", line, health.Risk, down, map[string]string{"3.5": "55"}, nil},
		{"falling line", falling, health.Health, down, map[string]string{"-1": "90", "0": "90", "1": "66.666667", "3": "20", "4": "20"}, nil},
		{"steps", steps, health.Health, up, map[string]string{"-1": "10", "0": "10", "2.999999": "10", "3": "20", "3.999999": "20", "4": "90", "9": "90"}, nil},
		{"ratio", ratio, health.Health, up, map[string]string{"-1": "0", "0": "0", "1": "33.333333", "2": "66.666667", "2.999999": "99.999967", "3": "100", "4": "100"}, nil},
		{"ratio, lower is better", ratio, health.Health, down, map[string]string{"-1": "100", "0": "100", "3": "100", "3.000001": "99.999967", "4": "75", "9": "33.333333", "8999999999999": "0"}, nil},
		{"ratio of risk", ratio, health.Risk, up, map[string]string{"-1": "100", "0": "100", "1": "66.666667", "3": "0", "4": "0"}, nil},
		{"ratio of risk, lower is better", ratio, health.Risk, down, map[string]string{"0": "0", "3": "0", "4": "25", "9": "66.666667"}, nil},
		{"half-life", half, health.Health, down, map[string]string{
			"-3": "100", "0": "100", "5": "70.710678", "10": "50", "20": "25", "90": "0.195312", "100": "0.097656", "270": "0.000001", "279": "0", "280": "0", "8999999999999": "0"}, nil},
		{"half-life of risk", half, health.Risk, down, map[string]string{"0": "0", "5": "29.289322", "10": "50", "300": "100"}, nil},
		{"linear decay", span, health.Health, down, map[string]string{"-1": "100", "0": "100", "10": "66.666667", "29.999999": "0.000003", "30": "0", "31": "0"}, nil},
		{"linear decay of risk", span, health.Risk, down, map[string]string{"0": "0", "10": "33.333333", "30": "100", "31": "100"}, nil},
		{"growth", growth, health.Health, up, map[string]string{
			"-9": "0", "0": "0", "1.5": "0", "1.500001": "0.00004", "2": "20", "3": "60", "4": "73.333333", "6": "100", "7": "100", "8999999999999": "100"}, []string{"2", "4"}},
		{"growth from few", growth, health.Health, up, map[string]string{"3": ""}, []string{"3"}},
		{"growth from nothing", growth, health.Health, up, map[string]string{"3": ""}, []string{"3", "-3"}},
		{"growth from nearly nothing", growth, health.Health, up, map[string]string{"3": "100"}, []string{"3", "-2.999999"}},
		{"growth from less than nothing", growth, health.Health, up, map[string]string{"3": ""}, []string{"3", "-4"}},
		{"percentile", rank, health.Health, up, map[string]string{"0": "0", "1": "16.666667", "2": "50", "3": "83.333333", "4": "100"}, []string{"3", "1", "2"}},
		{"percentile with ties", rank, health.Health, up, map[string]string{"1": "33.333333", "2": "83.333333"}, []string{"1", "1", "2"}},
		{"percentile, lower is better", rank, health.Health, down, map[string]string{"0": "100", "1": "83.333333", "4": "0"}, []string{"3", "1", "2"}},
		{"percentile of risk", rank, health.Risk, down, map[string]string{"0": "0", "1": "16.666667"}, []string{"3", "1", "2"}},
		{"percentile of risk, higher is better", rank, health.Risk, up, map[string]string{"0": "100", "1": "83.333333"}, []string{"3", "1", "2"}},
		{"percentile of few", rank, health.Health, up, map[string]string{"0": ""}, []string{"3"}},
		{"percentile of none", health.Curve{Kind: health.OwnPercentile}, health.Health, up, map[string]string{"0": ""}, nil},
		{"own target", health.Curve{Kind: health.RatioToTarget}, health.Health, up, map[string]string{"0": ""}, nil},
	}
	for _, tt := range tests {
		d := plain("1")
		d.Scale = tt.scale
		m := &d.Groups[0].Measures[0]
		m.Curve, m.Scale, m.Direction = tt.curve, tt.scale, tt.direction
		card := build(t, d)
		for value, want := range tt.values {
			in := health.Value("a", dec(value), noDay)
			for _, h := range tt.history {
				in.History = append(in.History, dec(h))
			}
			r := score(t, card, in)
			if want == "" {
				want = "n/a"
			}
			if r.Computed.String() != want {
				t.Errorf("%s: %s gives %s, want %s", tt.name, value, r.Computed, want)
			}
		}
	}
}

func TestOwnTarget(t *testing.T) {
	d := plain("1")
	for target, want := range map[string]string{"0": "50", "20": "100"} {
		d.Groups[0].Measures[0].Curve = health.Curve{Kind: health.RatioToTarget, Target: dec(target)}
		in := health.Value("a", dec("20"), noDay)
		if target == "20" {
			if r := score(t, build(t, d), in); r.Computed.String() != want {
				t.Errorf("target of the curve: %s", r.Computed)
			}
		}
		in.Target = dec("40")
		if r := score(t, build(t, d), in); r.Computed.String() != "50" {
			t.Errorf("own target: %s", r.Computed)
		}
	}
}

// TestValuesAreRead covers every exponent on the way from decimals.
func TestValuesAreRead(t *testing.T) {
	d := plain("1")
	card := build(t, d)
	for value, want := range map[string]string{
		"7": "7", "7.5": "7.5", "7.25": "7.25", "7.125": "7.125", "7.0625": "7.0625", "7.03125": "7.03125", "7.015625": "7.015625", "7e1": "70",
		"7.0000005": "7", "7.0000015": "7.000002", "0.000000000001": "0", "99999.9999999": "100", "12.3456789012345": "12.345679",
	} {
		if r := score(t, card, given(value)...); r.Computed.String() != want {
			t.Errorf("%s is read as %s", value, r.Computed)
		}
	}
}

// TestCombiners has the same account under each: A has a (weight 60) at 100 and b
// (40) at 20, B has c at 40.
func TestCombiners(t *testing.T) {
	tests := []struct {
		combine health.Combiner
		want    string
		lines   string
	}{
		{health.NestedMean, "54", "a 30 0, b 4 16, c 20 30"},
		{health.FlatMean, "54", "a 30 0, b 4 16, c 20 30"},
		{health.WorstOf, "20", "a 0 0, b 20 80, c 0 0"},
		{health.BestOf, "100", "a 100 0, b 0 0, c 0 0"},
		{health.AnyPoor, "20", "a 0 0, b 20 80, c 0 0"},
		{health.CappedPoints, "58.4", "a 60 0, b 8 32, c 0.4 0.6, A -10 0"},
		{health.Deductions, "69.4", " 100 0, a 0 0, b -32 32, c -0.6 0.6, A 2 0"},
	}
	for _, tt := range tests {
		d := twoGroups()
		d.Combine = tt.combine
		if tt.combine == health.CappedPoints || tt.combine == health.Deductions {
			d.Groups[0].Weight, d.Groups[1].Weight, d.Groups[0].Cap = dec("0"), dec("0"), dec("58")
			if tt.combine == health.Deductions {
				d.Groups[0].Cap = dec("30")
			}
		}
		e := explain(t, build(t, d), given("100", "20", "40")...)
		if e.Computed.String() != tt.want || shown(e.Lines) != tt.lines {
			t.Errorf("%s: %s from %s, want %s from %s", tt.combine, e.Computed, shown(e.Lines), tt.want, tt.lines)
		}
	}
}

func shown(lines []health.Line) string {
	var parts []string
	for _, l := range lines {
		name := l.Name
		if l.Kind == health.CapLine {
			name = l.Group
		}
		parts = append(parts, fmt.Sprintf("%s %s %s", name, l.Amount, l.Pull))
	}
	return strings.Join(parts, ", ")
}

// TestAnyPoor: at the end of the worst band, on both scales.
func TestAnyPoor(t *testing.T) {
	d := plain("1", "1")
	d.Combine = health.AnyPoor
	for value, want := range map[string]string{"50": "75", "49.999999": "49.999999", "0": "0"} {
		if r := score(t, build(t, d), given(value, "100")...); r.Computed.String() != want {
			t.Errorf("%s: %s, want %s", value, r.Computed, want)
		}
	}
	d = riskCard()
	for i := range 2 {
		d.Groups[0].Measures[i].Curve = asIs()
	}
	d.Combine = health.AnyPoor
	for value, want := range map[string]string{"74.999999": "37.5", "75": "75", "90": "90"} {
		if r := score(t, build(t, d), given(value, "0")...); r.Computed.String() != want {
			t.Errorf("risk %s: %s, want %s", value, r.Computed, want)
		}
	}
}

// TestEndOfScale: points beyond 100, and deductions beyond it.
func TestEndOfScale(t *testing.T) {
	d := plain("70", "50")
	d.Combine, d.Groups[0].Weight = health.CappedPoints, dec("0")
	for value, want := range map[string]string{"100": "100: a 70 0, b 50 0,  -20 0", "60": "100: a 70 0, b 30 20", "59": "99.5: a 70 0, b 29.5 20.5"} {
		e := explain(t, build(t, d), given("100", value)...)
		if got := e.Computed.String() + ": " + shown(e.Lines); got != want {
			t.Errorf("%s: %s, want %s", value, got, want)
		}
	}
	d.Combine = health.Deductions
	e := explain(t, build(t, d), given("0", "0")...)
	if got := e.Computed.String() + ": " + shown(e.Lines); got != "0:  100 0, a -70 70, b -50 50,  20 0" {
		t.Errorf("deductions: %s", got)
	}
	if r := score(t, build(t, d)); r.Computed.Defined() || r.Lower.String() != "0" || r.Upper.String() != "100" || r.Coverage.String() != "0%" {
		t.Errorf("nothing known: %+v", r)
	}
}

// TestNothingKnown tells apart nothing known and nothing that applies.
func TestNothingKnown(t *testing.T) {
	card := build(t, twoGroups())
	if r := score(t, card); r.Computed.Defined() || r.Effective.Defined() || r.Lower != at("0") || r.Upper != at("100") || r.Coverage.String() != "0%" || r.Band != health.Unknown || r.Certain || r.Known {
		t.Errorf("nothing known: %+v", r)
	}
	away := []health.Input{{Measure: "a", State: health.NotApplicable}, {Measure: "b", State: health.NotYetDue}, {Measure: "c", State: health.NotApplicable}}
	for _, combine := range everyCombiner() {
		d := twoGroups()
		if d.Combine = combine; combine == health.CappedPoints || combine == health.Deductions {
			d.Groups[0].Weight, d.Groups[1].Weight = dec("0"), dec("0")
		}
		r := score(t, build(t, d), away...)
		if r.Computed.Defined() || r.Lower.Defined() || r.Upper.Defined() || r.Coverage.Defined() || r.Band != health.Unknown {
			t.Errorf("%s, nothing applies: %+v", combine, r)
		}
	}
	// What does not apply leaves the denominator of its group; a group leaves too.
	r := score(t, card, append(given("100"), health.Input{Measure: "b", State: health.NotYetDue}, health.Input{Measure: "c", State: health.NotApplicable})...)
	if r.Computed != at("100") || r.Lower != at("100") || r.Coverage.String() != "100%" {
		t.Errorf("%+v", r)
	}
}

func TestMinCoverage(t *testing.T) {
	d := twoGroups() // a and c cover 80 %
	for least, want := range map[string]string{"0.8": "Yellow", "0.800001": health.Unknown, "0": "Yellow", "1": health.Unknown} {
		d.MinCoverage = dec(least)
		r := score(t, build(t, d), given("100", "", "40")...)
		if r.Band != want || r.Known != (want == "Yellow") || r.Computed != at("70") || r.Effective != at("70") {
			t.Errorf("%s: %+v", least, r)
		}
	}
}

// TestCertain: [50, 70] lies in Yellow, until a cut comes between.
func TestCertain(t *testing.T) {
	for _, tt := range []struct {
		yellow, green string
		want          bool
	}{{"50", "75", true}, {"50.000001", "75", false}, {"50", "70", false}, {"50", "70.000001", true}, {"20", "60", false}} {
		d := twoGroups()
		d.Bands = bands(tt.yellow, tt.green)
		if r := score(t, build(t, d), given("100", "", "40")...); r.Certain != tt.want {
			t.Errorf("%s, %s: certain is %v", tt.yellow, tt.green, r.Certain)
		}
	}
}

// TestExceptionsInOrder: each sees what those before left.
func TestExceptionsInOrder(t *testing.T) {
	d := plain("1", "1", "8")
	d.Exceptions = []health.Exception{
		{Name: "first", Measure: "a", When: "Red", AtMost: "Yellow"},
		{Name: "second", Measure: "b", When: "Yellow", AtMost: "Red", Severe: true},
	}
	card := build(t, d)
	for _, tt := range []struct {
		a, b   string
		lines  string
		severe bool
	}{
		{"0", "80", "a 0 10, b 8 2, c 80 0, first -13.000001 13.000001", false},
		{"0", "74.999999", "a 0 10, b 7.5 2.5, c 80 0, first -12.500001 12.500001, second -25 25", true},
		{"50", "0", "a 5 5, b 0 10, c 80 0, second -35.000001 35.000001", true},
		{"50", "75", "a 5 5, b 7.5 2.5, c 80 0", false},
		{"", "", "a 0 0, b 0 0, c 100 0", false},
	} {
		e := explain(t, card, given(tt.a, tt.b, "100")...)
		if shown(e.Lines) != tt.lines || e.Severe != tt.severe {
			t.Errorf("%s, %s: %s, want %s", tt.a, tt.b, shown(e.Lines), tt.lines)
		}
	}
	// An exception never lifts a score.
	if e := explain(t, card, given("0", "0", "0")...); len(e.Lines) != 5 || e.Lines[3].Amount != 0 || e.Effective != at("0") {
		t.Errorf("%+v", e.Lines)
	}
}

func TestOverrideDays(t *testing.T) {
	card := build(t, plain("1"))
	o := &health.Override{Score: dec("10"), Author: "Ada", Reason: "a call", From: today, Expires: today.AddDays(2)}
	for days, in := range map[int]bool{-1: false, 0: true, 1: true, 2: false} {
		e, err := card.Explain(health.Record{Account: "A", Inputs: []health.Input{health.Value("a", dec("80"), noDay)}, Override: o}, today.AddDays(days))
		if err != nil {
			t.Fatal(err)
		}
		lines, band, reason := "a 80 20", "Green", ""
		if in {
			lines, band, reason = "a 80 20, Ada -70 70", "Red", "a call"
		}
		if shown(e.Lines) != lines || e.Band != band || e.Reason != reason || e.Computed != at("80") || e.Ruled != at("80") {
			t.Errorf("day %d: %s, %s, %+v", days, shown(e.Lines), reason, e.Result)
		}
	}
	// On nothing, an override is all there is.
	e, err := card.Explain(health.Record{Account: "A", Override: o}, today)
	if err != nil || shown(e.Lines) != "a 0 0, Ada 10 0" || e.Band != "Red" || e.Known || e.Effective != at("10") || e.Reading().Score.Defined() {
		t.Errorf("%s, %+v, %v", shown(e.Lines), e.Result, err)
	}
}

func TestOverrideOfRisk(t *testing.T) {
	d := riskCard()
	for i := range 2 {
		d.Groups[0].Measures[i].Curve = asIs()
	}
	d.Exceptions = []health.Exception{{Name: "x", Measure: "a", When: "Yellow", AtMost: "Green"}}
	card := build(t, d)
	for value, want := range map[string]string{"49.999999": "25 [a 25 25, b 0 0]", "50": "75 [a 25 25, b 0 0, x 50 50]", "100": "75 [a 50 50, b 0 0, x 25 25]"} {
		e := explain(t, card, given(value, "0")...)
		if got := e.Effective.String() + " [" + shown(e.Lines) + "]"; got != want {
			t.Errorf("%s: %s, want %s", value, got, want)
		}
	}
}

func TestReasons(t *testing.T) {
	e := explain(t, build(t, plain("2", "1", "1", "1")), given("70", "10", "40", "100")...)
	var names []string
	for _, l := range e.Reasons() {
		names = append(names, l.Name+" "+l.Pull.String())
	}
	if got := strings.Join(names, ", "); got != "b 18, a 12, c 12" {
		t.Errorf("%s", got)
	}
}

func TestSince(t *testing.T) {
	d := plain("2", "1", "1")
	d.Exceptions = []health.Exception{{Name: "x", Measure: "b", When: "Red", AtMost: "Red"}}
	card := build(t, d)
	before, after := explain(t, card, given("80", "80", "60")...), explain(t, card, given("90", "40", "60")...)
	changes, ok := after.Since(before)
	var got []string
	sum := health.Points(0)
	for _, c := range changes {
		got = append(got, c.Name()+" "+c.Amount.String())
		sum += c.Amount
	}
	if want := "x -20.000001, b -10, a 5"; !ok || strings.Join(got, ", ") != want || sum != pts(after.Effective)-pts(before.Effective) {
		t.Errorf("%v, want %s", got, want)
	}
	if back, ok := before.Since(after); !ok || back[0].Name() != "x" || back[0].From.Name != "x" || back[0].To != (health.Line{}) || back[0].Amount != 20_000_001 {
		t.Errorf("%+v", back)
	}
	if none, ok := after.Since(after); !ok || len(none) != 0 {
		t.Errorf("%+v", none)
	}
	for name, edit := range map[string]func(e *health.Explanation){
		"account": func(e *health.Explanation) { e.Account = "B" }, "version": func(e *health.Explanation) { e.Version = "2" }, "scale": func(e *health.Explanation) { e.Scale = health.Risk },
	} {
		other := before
		edit(&other)
		if changes, ok := after.Since(other); ok || changes != nil {
			t.Errorf("another %s: %v", name, changes)
		}
	}
}

func TestDefinedValues(t *testing.T) {
	for _, p := range []health.Points{-1, 100_000_001} {
		if s, ok := health.ScoreOf(p); ok || s.Defined() {
			t.Errorf("%d is a score", p)
		}
	}
	for _, p := range []health.Points{0, 100_000_000} {
		if s, ok := health.ScoreOf(p); !ok || pts(s) != p || !s.Defined() {
			t.Errorf("%d is no score", p)
		}
	}
	var none health.Score
	if _, ok := none.Round(2); ok {
		t.Error("nothing can be rounded")
	}
	if _, ok := none.Float64(); ok {
		t.Error("nothing is a number")
	}
	if f, ok := at("62.5").Float64(); !ok || f != 62.5 {
		t.Error(f)
	}
	if d, ok := at("62.55").Round(1); !ok || d.String() != "62.6" {
		t.Error(d)
	}
	var coverage health.Coverage
	if _, ok := coverage.Float64(); ok || coverage.Defined() || coverage.String() != "n/a" || mustJSON(coverage) != "null" {
		t.Error("nothing covers something")
	}
}

func mustJSON(v any) string { text, _ := json.Marshal(v); return string(text) }

func TestScoreJSON(t *testing.T) {
	for _, text := range []string{"62.5", "0", "100", "null", "0.000001"} {
		var s health.Score
		if err := json.Unmarshal([]byte(text), &s); err != nil {
			t.Fatal(err)
		}
		if back, err := json.Marshal(s); err != nil || string(back) != text {
			t.Errorf("%s became %s, %v", text, back, err)
		}
	}
	for _, text := range []string{"-1", "100.000001", "1.0000001", `"high"`, "{}", "1e400"} {
		s := at("5")
		if err := json.Unmarshal([]byte(text), &s); err == nil {
			t.Errorf("%s is read as %s", text, s)
		}
	}
}

// TestWords reads back every word of every enumeration, and refuses what is none.
func TestWords(t *testing.T) {
	type value interface {
		fmt.Stringer
		MarshalText() ([]byte, error)
	}
	type target interface{ UnmarshalText([]byte) error }
	for _, tt := range []struct {
		of  func(i uint8) value
		new func() (target, func() uint8)
		n   uint8
	}{
		{func(i uint8) value { return health.Scale(i) }, func() (target, func() uint8) { v := new(health.Scale); return v, func() uint8 { return uint8(*v) } }, 2},
		{func(i uint8) value { return health.Direction(i) }, func() (target, func() uint8) { v := new(health.Direction); return v, func() uint8 { return uint8(*v) } }, 2},
		{func(i uint8) value { return health.InputState(i) }, func() (target, func() uint8) {
			v := new(health.InputState)
			return v, func() uint8 { return uint8(*v) }
		}, 6},
		{func(i uint8) value { return health.Policy(i) }, func() (target, func() uint8) { v := new(health.Policy); return v, func() uint8 { return uint8(*v) } }, 4},
		{func(i uint8) value { return health.Combiner(i) }, func() (target, func() uint8) { v := new(health.Combiner); return v, func() uint8 { return uint8(*v) } }, 7},
		{func(i uint8) value { return health.CurveKind(i) }, func() (target, func() uint8) { v := new(health.CurveKind); return v, func() uint8 { return uint8(*v) } }, 8},
		{func(i uint8) value { return health.CutOwner(i) }, func() (target, func() uint8) { v := new(health.CutOwner); return v, func() uint8 { return uint8(*v) } }, 3},
		{func(i uint8) value { return health.Weighting(i) }, func() (target, func() uint8) { v := new(health.Weighting); return v, func() uint8 { return uint8(*v) } }, 2},
		{func(i uint8) value { return health.LineKind(i) }, func() (target, func() uint8) { v := new(health.LineKind); return v, func() uint8 { return uint8(*v) } }, 5},
		{func(i uint8) value { return health.Move(i) }, func() (target, func() uint8) { v := new(health.Move); return v, func() uint8 { return uint8(*v) } }, 4},
	} {
		for i := range tt.n {
			text, err := tt.of(i).MarshalText()
			back, read := tt.new()
			if err != nil || string(text) != tt.of(i).String() || back.UnmarshalText(text) != nil || read() != i {
				t.Errorf("%T %d: %q, %v", tt.of(i), i, text, err)
			}
		}
		if text, err := tt.of(tt.n).MarshalText(); err == nil || tt.of(tt.n).String() != fmt.Sprintf("unknown %d", tt.n) {
			t.Errorf("%T %d: %s", tt.of(0), tt.n, text)
		}
		if v, read := tt.new(); v.UnmarshalText([]byte("nonsense")) == nil || read() != 0 {
			t.Errorf("%T is nonsense", tt.of(0))
		}
	}
}

// TestNoAllocation: neither records nor the accounts of columns allocate.
func TestNoAllocation(t *testing.T) {
	card, columns := build(t, benchDefinition()), benchColumns(1000)
	records := benchRecords(columns)
	i := 0
	if n := testing.AllocsPerRun(500, func() {
		if _, err := card.Score(health.Record{Account: "A", Inputs: records[i%1000]}, today); err != nil {
			t.Error(err)
		}
		i++
	}); n != 0 {
		t.Errorf("%v allocations a record", n)
	}
	if n := testing.AllocsPerRun(10, func() {
		if _, err := card.Columns(columns, today); err != nil {
			t.Error(err)
		}
	}); n > 12 {
		t.Errorf("%v allocations for 1,000 accounts in columns", n)
	}
}

// TestMoreThan64Measures leaves the buffer on the stack.
func TestMoreThan64Measures(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	d := twoGroups()
	many(&d, 65)
	card := build(t, d)
	sum := decimal.Decimal{}
	var inputs []health.Input
	for _, name := range card.Measures() {
		v := decimal.NewFromInt(int64(r.IntN(101)))
		sum = sum.Add(v)
		inputs = append(inputs, health.Value(name, v, noDay))
	}
	if got := score(t, card, inputs...); !mustPoints(got.Computed).Equal(sum.DivRound(dec("65"), 6)) {
		t.Errorf("%s of %s", got.Computed, sum)
	}
}
