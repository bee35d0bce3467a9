package health_test

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/internal/refusal"
)

// edited is a definition with one thing wrong with it.
type edited struct {
	name   string
	edit   func(d *health.Definition)
	faults []refusal.Fault
}

func of(field string, kind error) []refusal.Fault { return []refusal.Fault{refusal.Of(field, kind)} }

func checkEdited(t *testing.T, tests []edited) {
	t.Helper()
	for _, tt := range tests {
		d := twoGroups()
		tt.edit(&d)
		card, err := health.New(d)
		refusal.Check(t, tt.name, err, tt.faults...)
		if card != nil {
			t.Errorf("%s: a scorecard in spite of faults", tt.name)
		}
	}
}

func measureOf(d *health.Definition) *health.Measure { return &d.Groups[0].Measures[0] }

func TestBadHeads(t *testing.T) {
	e := success.ErrRange
	checkEdited(t, []edited{
		{"no version", func(d *health.Definition) { d.Version = "" }, of("Version", success.ErrMissing)},
		{"no groups", func(d *health.Definition) { d.Groups = nil }, of("Groups", success.ErrMissing)},
		{"no bands", func(d *health.Definition) { d.Bands = nil }, of("Bands", success.ErrMissing)},
		{"nothing at all", func(d *health.Definition) { *d = health.Definition{} }, []refusal.Fault{
			refusal.Of("Version", success.ErrMissing), refusal.Of("Groups", success.ErrMissing), refusal.Of("Bands", success.ErrMissing),
		}},
		{"unknown scale", func(d *health.Definition) { d.Scale = 2 }, append(of("Scale", success.ErrUnknown), manyScales()...)},
		{"unknown combiner", func(d *health.Definition) { d.Combine = 7 }, of("Combine", success.ErrUnknown)},
		{"deductions from risk", func(d *health.Definition) {
			*d = health.Definition{Version: "1", Scale: health.Risk, Combine: health.Deductions, Groups: d.Groups[1:], Bands: d.Bands}
			d.Groups[0].Weight, d.Groups[0].Measures[0].Scale, d.Groups[0].Measures[0].Direction = dec("0"), health.Risk, health.LowerIsBetter
		}, of("Combine", success.ErrOrder)},
		{"coverage below 0", func(d *health.Definition) { d.MinCoverage = dec("-0.1") }, of("MinCoverage", success.ErrNegative)},
		{"coverage above 1", func(d *health.Definition) { d.MinCoverage = dec("1.000001") }, of("MinCoverage", e)},
		{"coverage of seven decimals", func(d *health.Definition) { d.MinCoverage = dec("0.1234567") }, of("MinCoverage", e)},
		{"coverage of any size", func(d *health.Definition) { d.MinCoverage = dec("1e400") }, of("MinCoverage", e)},
		{"margin below 0", func(d *health.Definition) { d.Hysteresis.Margin = dec("-1") }, of("Margin", success.ErrNegative)},
		{"margin above 100", func(d *health.Definition) { d.Hysteresis.Margin = dec("100.1") }, of("Margin", e)},
		{"readings below 0", func(d *health.Definition) { d.Hysteresis.Readings = -1 }, of("Readings", success.ErrNegative)},
		{"days below 0", func(d *health.Definition) { d.Hysteresis.Days = -1 }, of("Days", success.ErrNegative)},
		{"two dwells", func(d *health.Definition) { d.Hysteresis.Days, d.Hysteresis.Readings = 1, 1 }, of("Days", e)},
		{"513 measures", func(d *health.Definition) { many(d, 513) }, of("Groups", e)},
		{"101 bands", func(d *health.Definition) { manyBands(d, 101) }, of("Bands", e)},
	})
}

// manyScales are the measures that are not of an unknown scale.
func manyScales() (faults []refusal.Fault) {
	for range 3 {
		faults = append(faults, refusal.Of("Scale", success.ErrOrder))
	}
	return faults
}

func many(d *health.Definition, n int) {
	d.Groups = d.Groups[:1]
	d.Groups[0].Measures = nil
	for i := range n {
		d.Groups[0].Measures = append(d.Groups[0].Measures, health.Measure{Name: strconv.Itoa(i), Weight: dec("1"), Curve: asIs()})
	}
}

func manyBands(d *health.Definition, n int64) {
	d.Bands = nil
	for i := range n {
		from := decimal.New(i, -2)
		d.Bands = append(d.Bands, health.Band{Name: from.String(), From: from, To: decimal.New(i+1, -2), Cut: health.BandAbove})
	}
	d.Bands[n-1].To, d.Bands[n-1].Cut = dec("100"), health.CutUnstated
}

// TestLargestDefinition is on the right side of every limit.
func TestLargestDefinition(t *testing.T) {
	d := twoGroups()
	many(&d, 512)
	manyBands(&d, 100)
	d.MinCoverage, d.Hysteresis.Margin = dec("1"), dec("100")
	d.Groups[0].Weight, d.Groups[0].Measures[0].Weight = dec("1000000"), dec("1000000")
	card := build(t, d)
	var inputs []health.Input
	for i := range 512 {
		inputs = append(inputs, health.Value(strconv.Itoa(i), dec("50"), noDay))
	}
	r := score(t, card, inputs...)
	if r.Computed != at("50") || r.Band != "0.99" || len(card.Bands()) != 100 || len(card.Measures()) != 512 {
		t.Errorf("%+v", r)
	}
}

func TestBadGroups(t *testing.T) {
	e := success.ErrRange
	checkEdited(t, []edited{
		{"no name", func(d *health.Definition) { d.Groups[0].Name = "" }, of("Name", success.ErrMissing)},
		{"one name", func(d *health.Definition) { d.Groups[1].Name = "A" }, of("Name", success.ErrDuplicate)},
		{"negative weight", func(d *health.Definition) { d.Groups[1].Weight = dec("-1") }, of("Weight", success.ErrNegative)},
		{"large weight", func(d *health.Definition) { d.Groups[1].Weight = dec("1000000.000001") }, of("Weight", e)},
		{"weight of seven decimals", func(d *health.Definition) { d.Groups[1].Weight = dec("0.0000001") }, of("Weight", e)},
		{"all weights 0", func(d *health.Definition) { d.Groups[0].Weight, d.Groups[1].Weight = dec("0"), dec("0") }, of("Groups", e)},
		{"all weights of a group 0", func(d *health.Definition) { d.Groups[1].Measures[0].Weight = dec("0") }, of("Measures", e)},
		{"all points 0", func(d *health.Definition) {
			d.Combine = health.CappedPoints
			d.Groups[0].Weight, d.Groups[1].Weight = dec("0"), dec("0")
			for _, g := range d.Groups {
				for i := range g.Measures {
					g.Measures[i].Weight = dec("0")
				}
			}
		}, of("Groups", e)},
		{"no measures", func(d *health.Definition) { d.Groups[0].Measures = nil }, of("Measures", success.ErrMissing)},
		{"cap of a mean", func(d *health.Definition) { d.Groups[0].Cap = dec("10") }, of("Cap", e)},
		{"negative cap", func(d *health.Definition) {
			d.Combine = health.CappedPoints
			d.Groups[0].Weight, d.Groups[1].Weight, d.Groups[0].Cap = dec("0"), dec("0"), dec("-1")
		}, of("Cap", success.ErrNegative)},
		{"weight of a group of points", func(d *health.Definition) {
			d.Combine, d.Groups[1].Weight = health.CappedPoints, dec("0")
		}, of("Weight", e)},
		{"weights too fine", func(d *health.Definition) {
			d.Groups[0].Measures[0].Weight, d.Groups[0].Measures[1].Weight = dec("0.000001"), dec("68719.476736")
		}, of("Measures", e)},
		{"weights of groups too fine", func(d *health.Definition) {
			d.Groups[0].Weight, d.Groups[1].Weight = dec("0.000001"), dec("68719.476736")
		}, of("Groups", e)},
	})
	d := twoGroups()
	d.Groups[0].Weight, d.Groups[1].Weight = dec("0.000001"), dec("68719.476735")
	d.Groups[0].Measures[0].Weight, d.Groups[0].Measures[1].Weight = dec("0.000001"), dec("68719.476735")
	build(t, d)
}

func TestBadMeasures(t *testing.T) {
	e := success.ErrRange
	m := measureOf
	checkEdited(t, []edited{
		{"no name", func(d *health.Definition) { m(d).Name = "" }, of("Name", success.ErrMissing)},
		{"one name in two groups", func(d *health.Definition) { m(d).Name = "c" }, of("Name", success.ErrDuplicate)},
		{"negative weight", func(d *health.Definition) { m(d).Weight = dec("-1") }, of("Weight", success.ErrNegative)},
		{"large weight", func(d *health.Definition) { m(d).Weight = dec("1e7") }, of("Weight", e)},
		{"more than 100 points", func(d *health.Definition) {
			d.Combine = health.Deductions
			d.Groups[0].Weight, d.Groups[1].Weight, m(d).Weight = dec("0"), dec("0"), dec("100.000001")
		}, of("Weight", e)},
		{"risk in a health scorecard", func(d *health.Definition) { m(d).Scale, m(d).Direction = health.Risk, health.LowerIsBetter }, of("Scale", success.ErrOrder)},
		{"unknown scale", func(d *health.Definition) { m(d).Scale, m(d).Direction = 2, health.LowerIsBetter }, of("Scale", success.ErrUnknown)},
		{"unknown direction", func(d *health.Definition) { m(d).Direction = 2 }, append(of("Direction", success.ErrUnknown), of("Curve.Knots", success.ErrOrder)...)},
		{"unknown policy", func(d *health.Definition) { m(d).Missing = 4 }, of("Missing", success.ErrUnknown)},
		{"negative soft limit", func(d *health.Definition) { m(d).StaleAfter = -1 }, of("StaleAfter", success.ErrNegative)},
		{"negative hard limit", func(d *health.Definition) { m(d).DropAfter = -1 }, of("DropAfter", success.ErrNegative)},
		{"hard before soft", func(d *health.Definition) { m(d).StaleAfter, m(d).DropAfter = 3, 2 }, of("DropAfter", success.ErrOrder)},
	})
	d := twoGroups()
	m(&d).StaleAfter, m(&d).DropAfter = 3, 3
	build(t, d)
}

func TestBadCurves(t *testing.T) {
	e := success.ErrRange
	knot := func(at, points string) health.Knot { return health.Knot{At: dec(at), Points: dec(points)} }
	rise := []health.Knot{knot("0", "0"), knot("1", "100")}
	curve := func(c health.Curve) func(d *health.Definition) {
		return func(d *health.Definition) { measureOf(d).Curve = c }
	}
	aged := func(c health.Curve) func(d *health.Definition) {
		return func(d *health.Definition) { measureOf(d).Curve, measureOf(d).Direction = c, health.LowerIsBetter }
	}
	kn := func(kind health.CurveKind, knots ...health.Knot) health.Curve {
		return health.Curve{Kind: kind, Knots: knots}
	}
	checkEdited(t, []edited{
		{"none", curve(health.Curve{}), of("Curve.Kind", success.ErrMissing)},
		{"unknown", curve(health.Curve{Kind: 8}), of("Curve.Kind", success.ErrUnknown)},
		{"one knot", curve(kn(health.PiecewiseLinear, rise[0])), of("Curve.Knots", success.ErrMissing)},
		{"no knots", curve(kn(health.Steps)), of("Curve.Knots", success.ErrMissing)},
		{"two of one value", curve(kn(health.Steps, rise[0], rise[0])), of("Curve.Knots[1].At", success.ErrOrder)},
		{"falling values", curve(kn(health.Steps, rise[1], rise[0])), of("Curve.Knots[1].At", success.ErrOrder)},
		{"points above 100", curve(kn(health.Steps, rise[0], knot("1", "100.000001"))), of("Curve.Knots[1].Points", e)},
		{"points below 0", curve(kn(health.Steps, knot("0", "-1"), rise[1])), of("Curve.Knots[0].Points", success.ErrNegative)},
		{"a knot out of range", curve(kn(health.Steps, rise[0], knot("9e12", "100"))), of("Curve.Knots[1].At", e)},
		{"turns", curve(kn(health.PiecewiseLinear, rise[0], rise[1], knot("2", "50"))), of("Curve.Knots", success.ErrOrder)},
		{"against the direction", aged(kn(health.PiecewiseLinear, rise...)), of("Curve.Knots", success.ErrOrder)},
		{"falls where higher is better", curve(kn(health.Steps, knot("0", "2"), knot("1", "1"))), of("Curve.Knots", success.ErrOrder)},
		{"growth below all", curve(kn(health.OwnGrowth, knot("-1.000001", "0"), rise[1])), of("Curve.Knots[0].At", e)},
		{"growth above 100", curve(kn(health.OwnGrowth, rise[0], knot("100.000001", "100"))), of("Curve.Knots[1].At", e)},
		{"negative target", curve(health.Curve{Kind: health.RatioToTarget, Target: dec("-1")}), of("Curve.Target", success.ErrNegative)},
		{"no half-life", aged(health.Curve{Kind: health.HalfLife}), of("Curve.HalfLife", success.ErrMissing)},
		{"negative half-life", aged(health.Curve{Kind: health.HalfLife, HalfLife: dec("-1")}), of("Curve.HalfLife", success.ErrNegative)},
		{"half-life out of range", aged(health.Curve{Kind: health.HalfLife, HalfLife: dec("9e12")}), of("Curve.HalfLife", e)},
		{"no span", aged(health.Curve{Kind: health.LinearDecay}), of("Curve.Span", success.ErrMissing)},
		{"old is good", curve(health.Curve{Kind: health.HalfLife, HalfLife: dec("1")}), of("Direction", success.ErrOrder)},
		{"old is good, linearly", curve(health.Curve{Kind: health.LinearDecay, Span: dec("1")}), of("Direction", success.ErrOrder)},
		{"negative history", curve(health.Curve{Kind: health.OwnPercentile, MinHistory: -1}), of("Curve.MinHistory", success.ErrNegative)},
		{"long history", curve(health.Curve{Kind: health.OwnPercentile, MinHistory: 367}), of("Curve.MinHistory", e)},
		{"unused knots", curve(health.Curve{Kind: health.RatioToTarget, Knots: rise}), of("Curve.Knots", e)},
		{"unused target", curve(health.Curve{Kind: health.Steps, Knots: rise, Target: dec("1")}), of("Curve.Target", e)},
		{"unused half-life", curve(health.Curve{Kind: health.OwnPercentile, HalfLife: dec("1")}), of("Curve.HalfLife", e)},
		{"unused span", aged(health.Curve{Kind: health.HalfLife, HalfLife: dec("1"), Span: dec("1")}), of("Curve.Span", e)},
		{"unused history", curve(health.Curve{Kind: health.RatioToTarget, MinHistory: 1}), of("Curve.MinHistory", e)},
	})
}

func TestBadBands(t *testing.T) {
	e := success.ErrRange
	checkEdited(t, []edited{
		{"no name", func(d *health.Definition) { d.Bands[0].Name = "" }, of("Name", success.ErrMissing)},
		{"one name", func(d *health.Definition) { d.Bands[0].Name = "Green" }, of("Name", success.ErrDuplicate)},
		{"named Unknown", func(d *health.Definition) { d.Bands[0].Name = health.Unknown }, of("Name", e)},
		{"gap at 0", func(d *health.Definition) { d.Bands[0].From = dec("1") }, of("From", e)},
		{"gap in between", func(d *health.Definition) { d.Bands[1].From = dec("50.000001") }, of("From", e)},
		{"overlap", func(d *health.Definition) { d.Bands[1].From = dec("49.999999") }, of("From", e)},
		{"gap at 100", func(d *health.Definition) { d.Bands[2].To = dec("99.999999") }, of("To", e)},
		{"beyond 100", func(d *health.Definition) { d.Bands[2].To = dec("101") }, append(of("To", e), of("To", success.ErrOrder)...)},
		{"empty", func(d *health.Definition) { d.Bands[0].To = dec("0") }, append(of("To", success.ErrOrder), of("From", e)...)},
		{"no owner", func(d *health.Definition) { d.Bands[1].Cut = health.CutUnstated }, of("Cut", success.ErrMissing)},
		{"unknown owner", func(d *health.Definition) { d.Bands[1].Cut = 3 }, of("Cut", success.ErrUnknown)},
		{"owner of the end", func(d *health.Definition) { d.Bands[2].Cut = health.BandAbove }, of("Cut", e)},
		{"descending", func(d *health.Definition) { d.Bands[0], d.Bands[2] = d.Bands[2], d.Bands[0] }, []refusal.Fault{
			refusal.Of("From", e), refusal.Of("Cut", success.ErrMissing), refusal.Of("From", e), refusal.Of("From", e), refusal.Of("To", e), refusal.Of("Cut", e),
		}},
	})
	d := twoGroups()
	d.Bands = []health.Band{{Name: "All", From: dec("0"), To: dec("100")}}
	if r := score(t, build(t, d), given("3")...); r.Band != "All" || !r.Certain {
		t.Errorf("one band: %+v", r)
	}
}

func TestBadExceptions(t *testing.T) {
	with := func(e ...health.Exception) func(d *health.Definition) {
		return func(d *health.Definition) { d.Exceptions = e }
	}
	good := health.Exception{Name: "x", Measure: "a", When: "Red", AtMost: "Yellow"}
	edit := func(f func(e *health.Exception)) func(d *health.Definition) {
		e := good
		f(&e)
		return with(e)
	}
	checkEdited(t, []edited{
		{"no name", edit(func(e *health.Exception) { e.Name = "" }), of("Name", success.ErrMissing)},
		{"one name", with(good, good), of("Name", success.ErrDuplicate)},
		{"unknown measure", edit(func(e *health.Exception) { e.Measure = "z" }), of("Measure", success.ErrUnknown)},
		{"unknown band", edit(func(e *health.Exception) { e.When = "Blue" }), of("When", success.ErrUnknown)},
		{"unknown limit", edit(func(e *health.Exception) { e.AtMost = "" }), of("AtMost", success.ErrUnknown)},
		{"when all is best", edit(func(e *health.Exception) { e.When = "Green" }), of("When", success.ErrRange)},
		{"at most the best", edit(func(e *health.Exception) { e.AtMost = "Green" }), of("AtMost", success.ErrRange)},
	})
	d := riskCard()
	d.Exceptions = []health.Exception{{Name: "x", Measure: "a", When: "Red", AtMost: "Red"}}
	_, err := health.New(d)
	refusal.Check(t, "the best band of risk", err, refusal.Of("When", success.ErrRange), refusal.Of("AtMost", success.ErrRange))
}

// riskCard is plain on the risk scale, where a low value is bad; Red is the
// lowest band.
func riskCard() health.Definition {
	d := plain("1", "1")
	d.Scale = health.Risk
	for i := range d.Groups[0].Measures {
		d.Groups[0].Measures[i].Scale, d.Groups[0].Measures[i].Direction = health.Risk, health.LowerIsBetter
	}
	return d
}

func TestParseDefinitionRefuses(t *testing.T) {
	for _, text := range []string{
		``, `[]`, `{"version":1}`, `{"versions":"1"}`, `{"version":"1"} {}`, `{"version":"1"}x`, `{"scale":"wealth"}`, `{"scale":2}`, `{"combine":"sum"}`,
		`{"groups":[{"measures":[{"curve":{"kind":"spline"}}]}]}`, `{"groups":[{"measures":[{"direction":"up"}]}]}`, `{"groups":[{"measures":[{"missing":"drop"}]}]}`,
		`{"bands":[{"cut":"above"}]}`, `{"min_coverage":"half"}`, `{"groups":[{"measures":[{"curve":{"points":3}}]}]}`,
	} {
		if d, err := health.ParseDefinition([]byte(text)); err == nil || d.Version != "" {
			t.Errorf("%s: %+v", text, d)
		}
	}
	if _, err := health.ParseDefinition([]byte(`{"scale":"wealth"}`)); !errors.Is(err, success.ErrUnknown) || !strings.Contains(err.Error(), `"wealth"`) {
		t.Errorf("%v", err)
	}
	if d, err := health.ParseDefinition([]byte(" {\"version\":\"1\"}\n")); err != nil || d.Version != "1" {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestBadInputs(t *testing.T) {
	d := twoGroups()
	d.Groups[0].Measures[0].StaleAfter = 5
	d.Groups[0].Measures[1].Curve = health.Curve{Kind: health.RatioToTarget, Target: dec("5")}
	d.Groups[1].Measures[0].Curve = health.Curve{Kind: health.OwnPercentile}
	card := build(t, d)
	huge, ok := dec("9e12"), dec("3")
	a, b, c := health.Value("a", ok, today), health.Value("b", ok, noDay), health.Value("c", ok, noDay)
	edit := func(in health.Input, f func(in *health.Input)) []health.Input { f(&in); return []health.Input{in} }
	for _, tt := range []struct {
		name   string
		inputs []health.Input
		faults []refusal.Fault
	}{
		{"unknown measure", []health.Input{health.Value("z", ok, today)}, of("Measure", success.ErrUnknown)},
		{"twice", []health.Input{b, a, b}, of("Measure", success.ErrDuplicate)},
		{"twice, and missing", []health.Input{{Measure: "b"}, {Measure: "b"}}, of("Measure", success.ErrDuplicate)},
		{"unknown state", edit(a, func(in *health.Input) { in.State = 6 }), of("State", success.ErrUnknown)},
		{"tomorrow", edit(a, func(in *health.Input) { in.On = today.AddDays(1) }), of("On", success.ErrOrder)},
		{"tomorrow, missing", edit(a, func(in *health.Input) { in.State, in.On = health.Missing, today.AddDays(1) }), of("On", success.ErrOrder)},
		{"no day", edit(a, func(in *health.Input) { in.On = noDay }), of("On", success.ErrMissing)},
		{"no day, stale", edit(a, func(in *health.Input) { in.On, in.State = noDay, health.Stale }), of("On", success.ErrMissing)},
		{"value out of range", edit(a, func(in *health.Input) { in.Value = huge }), of("Value", success.ErrRange)},
		{"value out of range below", edit(a, func(in *health.Input) { in.Value = huge.Neg() }), of("Value", success.ErrRange)},
		{"target below 0", edit(b, func(in *health.Input) { in.Target = ok.Neg() }), of("Target", success.ErrNegative)},
		{"target of nearly nothing", edit(b, func(in *health.Input) { in.Target = dec("0.0000001") }), of("Target", success.ErrNegative)},
		{"target out of range", edit(b, func(in *health.Input) { in.Target = huge }), of("Target", success.ErrRange)},
		{"reading out of range", edit(c, func(in *health.Input) { in.History = []decimal.Decimal{ok, huge, ok, huge} }), append(of("History[1]", success.ErrRange), of("History[3]", success.ErrRange)...)},
		{"367 readings", edit(c, func(in *health.Input) { in.History = make([]decimal.Decimal, 367) }), of("History", success.ErrRange)},
		{"two faults of two", []health.Input{health.Value("a", huge, noDay), health.Value("z", ok, today)}, []refusal.Fault{
			refusal.Of("On", success.ErrMissing), refusal.Of("Value", success.ErrRange), refusal.Of("Measure", success.ErrUnknown),
		}},
	} {
		r, err := card.Score(health.Record{Inputs: tt.inputs}, today)
		refusal.Check(t, tt.name, err, tt.faults...)
		e, err := card.Explain(health.Record{Inputs: tt.inputs}, today)
		refusal.Check(t, tt.name, err, tt.faults...)
		if r != (health.Result{}) || e.Lines != nil {
			t.Errorf("%s: a result in spite of faults", tt.name)
		}
	}
	_, err := card.Score(health.Record{}, noDay)
	refusal.Check(t, "no day of the score", err, refusal.Of("", success.ErrMissing))
	c.History = make([]decimal.Decimal, 366)
	b.Target = huge.Sub(dec("0.000001"))
	score(t, card, a, b, c) // the right side of the limits
}

func TestNumber(t *testing.T) {
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 9e12, -9e12, math.MaxFloat64} {
		if in := health.Number("a", v, today); in.State != health.Invalid || in.Measure != "a" || in.On != today {
			t.Errorf("%v: %+v", v, in)
		}
	}
	for v, want := range map[float64]string{0: "0", 0.1: "0.1", -3.25: "-3.25", 8.9e12: "8900000000000", 5e-324: "0"} {
		in := health.Number("a", v, today)
		if in.State != health.Present || !in.Value.Round(6).Equal(dec(want)) {
			t.Errorf("%v: %+v, want %s", v, in, want)
		}
		score(t, build(t, plain("1")), in)
	}
}

func TestBadOverrides(t *testing.T) {
	card := build(t, plain("1"))
	good := health.Override{Score: dec("50"), Author: "Ada", Reason: "a call", Expires: today}
	for _, tt := range []struct {
		name   string
		edit   func(o *health.Override)
		faults []refusal.Fault
	}{
		{"without expiry", func(o *health.Override) { o.Expires = noDay }, of("Expires", success.ErrMissing)},
		{"without author", func(o *health.Override) { o.Author = "" }, of("Author", success.ErrMissing)},
		{"without reason", func(o *health.Override) { o.Reason = "" }, of("Reason", success.ErrMissing)},
		{"over before it begins", func(o *health.Override) { o.From = today }, of("Expires", success.ErrOrder)},
		{"above 100", func(o *health.Override) { o.Score = dec("100.000001") }, of("Score", success.ErrRange)},
		{"below 0", func(o *health.Override) { o.Score = dec("-1") }, of("Score", success.ErrNegative)},
		{"nothing", func(o *health.Override) { *o = health.Override{} }, []refusal.Fault{
			refusal.Of("Author", success.ErrMissing), refusal.Of("Reason", success.ErrMissing), refusal.Of("Expires", success.ErrMissing),
		}},
	} {
		o := good
		tt.edit(&o)
		refusal.Check(t, tt.name, o.Validate(), tt.faults...)
		_, err := card.Score(health.Record{Override: &o}, today)
		refusal.Check(t, tt.name, err, tt.faults...)
		_, err = card.Explain(health.Record{Override: &o, Inputs: []health.Input{{Measure: "z"}}}, today)
		refusal.Check(t, tt.name, err, append(of("Measure", success.ErrUnknown), tt.faults...)...)
	}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	for _, edge := range []string{"0", "100"} {
		o := good
		o.Score = dec(edge)
		if err := o.Validate(); err != nil {
			t.Error(err)
		}
	}
}

func TestBadReadings(t *testing.T) {
	card := build(t, plain("1"))
	prev := health.State{Band: "Green", AsOf: today, Version: "1"}
	next := health.Reading{On: today.AddDays(1), Score: at("50"), Version: "1"}
	for _, tt := range []struct {
		name   string
		edit   func(s *health.State, r *health.Reading)
		faults []refusal.Fault
	}{
		{"no day", func(s *health.State, r *health.Reading) { r.On = noDay }, of("On", success.ErrMissing)},
		{"the same day", func(s *health.State, r *health.Reading) { r.On = today }, of("On", success.ErrOrder)},
		{"another version", func(s *health.State, r *health.Reading) { r.Version = "2" }, of("Version", success.ErrOrder)},
		{"another band", func(s *health.State, r *health.Reading) { s.Band = "Blue" }, of("Band", success.ErrUnknown)},
	} {
		s, r := prev, next
		tt.edit(&s, &r)
		got, err := card.Next(s, r)
		refusal.Check(t, tt.name, err, tt.faults...)
		if got != (health.State{}) {
			t.Errorf("%s: %+v", tt.name, got)
		}
	}
	prev.Band, prev.Version = "Blue", "0"
	if s, err := card.Next(prev, next); err != nil || s.Band != "Yellow" || s.Version != "1" {
		t.Errorf("from another version: %+v, %v", s, err)
	}
}

func TestBadTrends(t *testing.T) {
	r := health.Reading{On: today, Score: at("1")}
	_, err := health.NewTrend([]health.Reading{r, {}, r}, dec("-1"))
	refusal.Check(t, "readings", err, refusal.Of("", success.ErrNegative), refusal.Of("On", success.ErrMissing), refusal.Of("On", success.ErrDuplicate))
	_, err = health.NewTrend(nil, dec("100.1"))
	refusal.Check(t, "dead zone", err, refusal.Of("", success.ErrRange))
}

func TestBadFamilies(t *testing.T) {
	card := build(t, plain("1"))
	_, err := card.RollUp([]health.Child{{}, {Account: "A"}, {Account: "A", Revenue: dec("-1")}, {Account: "B", Revenue: dec("9e12")}}, 2)
	refusal.Check(t, "children", err,
		refusal.Of("", success.ErrUnknown), refusal.Of("Account", success.ErrMissing), refusal.Of("Account", success.ErrDuplicate),
		refusal.Of("Revenue", success.ErrNegative), refusal.Of("Revenue", success.ErrRange))
	_, err = card.RevenueAtRisk([]health.Stake{{}, {Account: "A", Band: "Blue"}, {Account: "A"}, {Account: "B", Revenue: dec("-9e12")}})
	refusal.Check(t, "stakes", err, refusal.Of("Account", success.ErrMissing), refusal.Of("Band", success.ErrUnknown),
		refusal.Of("Account", success.ErrDuplicate), refusal.Of("Revenue", success.ErrRange))
}

func TestBadColumns(t *testing.T) {
	d := twoGroups()
	d.Groups[0].Measures[0].DropAfter = 5
	d.Groups[0].Measures[1].Curve = health.Curve{Kind: health.RatioToTarget, Target: dec("5")}
	d.Groups[1].Measures[0].Curve = health.Curve{Kind: health.OwnPercentile}
	card := build(t, d)
	const limit = 9_000_000_000_000_000_000
	good := func() []health.Column {
		return []health.Column{
			{Measure: "a", Values: []int64{1, 2}, On: []success.Date{today, today}},
			{Measure: "b", Values: []int64{1, 2}, States: []health.InputState{health.Missing, health.Present}, Targets: []int64{0, 5}},
			{Measure: "c", Values: []int64{limit - 1, 1 - limit}, History: [][]int64{{1}, nil}},
		}
	}
	for _, tt := range []struct {
		name   string
		edit   func(c []health.Column)
		faults []refusal.Fault
	}{
		{"unknown measure", func(c []health.Column) { c[0].Measure = "z" }, of("Measure", success.ErrUnknown)},
		{"twice", func(c []health.Column) { c[1].Measure = "a" }, of("Measure", success.ErrDuplicate)},
		{"another length", func(c []health.Column) { c[1].Values = c[1].Values[:1] }, of("Values", success.ErrRange)},
		{"no values", func(c []health.Column) { c[1].Values = nil }, of("Values", success.ErrRange)},
		{"short states", func(c []health.Column) { c[1].States = c[1].States[:1] }, of("States", success.ErrRange)},
		{"empty states", func(c []health.Column) { c[1].States = c[1].States[:0] }, of("States", success.ErrRange)},
		{"short days", func(c []health.Column) { c[0].On = c[0].On[:1] }, of("On", success.ErrRange)},
		{"short targets", func(c []health.Column) { c[1].Targets = c[1].Targets[:1] }, of("Targets", success.ErrRange)},
		{"short histories", func(c []health.Column) { c[2].History = c[2].History[:1] }, of("History", success.ErrRange)},
		{"no days", func(c []health.Column) { c[0].On = nil }, append(of("On[0]", success.ErrMissing), of("On[1]", success.ErrMissing)...)},
		{"no day", func(c []health.Column) { c[0].On[1] = noDay }, of("On[1]", success.ErrMissing)},
		{"tomorrow", func(c []health.Column) { c[0].On[1] = today.AddDays(1) }, of("On[1]", success.ErrOrder)},
		{"unknown state", func(c []health.Column) { c[1].States[0] = 6 }, of("States[0]", success.ErrUnknown)},
		{"large value", func(c []health.Column) { c[0].Values[0] = limit }, of("Values[0]", success.ErrRange)},
		{"smallest value", func(c []health.Column) { c[0].Values[0] = math.MinInt64 }, of("Values[0]", success.ErrRange)},
		{"negative target", func(c []health.Column) { c[1].Targets[1] = -1 }, of("Targets[1]", success.ErrNegative)},
		{"large target", func(c []health.Column) { c[1].Targets[1] = limit }, of("Targets[1]", success.ErrRange)},
		{"large reading", func(c []health.Column) { c[2].History[0] = []int64{1, limit} }, of("History[0]", success.ErrRange)},
		{"367 readings", func(c []health.Column) { c[2].History[0] = make([]int64, 367) }, of("History[0]", success.ErrRange)},
		{"faults of two", func(c []health.Column) { c[2].Values[1], c[0].Values[0] = limit, -limit }, append(of("Values[0]", success.ErrRange), of("Values[1]", success.ErrRange)...)},
	} {
		columns := good()
		tt.edit(columns)
		got, err := card.Columns(columns, today)
		refusal.Check(t, tt.name, err, tt.faults...)
		if got.Computed != nil {
			t.Errorf("%s: scores in spite of faults", tt.name)
		}
	}
	if _, err := card.Columns(good(), today); err != nil {
		t.Error(err)
	}
	_, err := card.Columns(good(), noDay)
	refusal.Check(t, "no day of the score", err, refusal.Of("", success.ErrMissing))
	_, err = card.Columns(nil, noDay)
	refusal.Check(t, "no columns", err, refusal.Of("", success.ErrMissing), refusal.Of("", success.ErrMissing))
	// Lines without dates are read in another way.
	plainCard := build(t, plain("1"))
	for _, c := range []health.Column{{Measure: "a", Values: []int64{1, limit}}, {Measure: "a", Values: []int64{1, 2}, States: []health.InputState{1, 9}}} {
		if _, err := plainCard.Columns([]health.Column{c}, today); err == nil {
			t.Errorf("%+v is not refused", c)
		}
	}
	if _, err := plainCard.Columns([]health.Column{{Measure: "a", Values: []int64{limit}, States: []health.InputState{health.Missing}}}, today); err != nil {
		t.Errorf("a missing value is looked at: %v", err)
	}
}
