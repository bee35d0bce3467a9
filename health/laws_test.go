package health_test

import (
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health"
	"pgregory.net/rapid"
)

func means() []health.Combiner {
	return []health.Combiner{health.NestedMean, health.FlatMean, health.WorstOf, health.BestOf, health.AnyPoor}
}

// checkParts is the law of an explanation: its lines add up.
func checkParts(t *rapid.T) {
	d, card, inputs := drawn(t, everyCombiner()...)
	r := health.Record{Account: "A", Inputs: inputs}
	if rapid.Bool().Draw(t, "overridden") {
		r.Override = &health.Override{Score: dec("33.3"), Author: "Ada", Reason: "a call", Expires: today.AddDays(rapid.IntRange(0, 1).Draw(t, "days"))}
	}
	e, err := card.Explain(r, today)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := card.Score(r, today); err != nil || again != e.Result {
		t.Fatalf("scored %+v, %v, explained %+v", again, err, e.Result)
	}
	var computed, ruled, all health.Points
	for _, l := range e.Lines {
		switch all += l.Amount; l.Kind {
		case health.ExceptionLine:
			ruled += l.Amount
		case health.OverrideLine:
		default:
			computed += l.Amount
		}
		if l.Kind == health.MeasureLine && !l.Points.Defined() && (l.Amount != 0 || l.Pull != 0) {
			t.Fatalf("%s without points: %+v", l.Name, l)
		}
	}
	or0 := func(s health.Score) health.Points { p, _ := s.Points(); return p }
	if computed != or0(e.Computed) || computed+ruled != or0(e.Ruled) || all != or0(e.Effective) {
		t.Fatalf("%s, %s and %s of %s, %s and %s", computed, computed+ruled, all, e.Computed, e.Ruled, e.Effective)
	}
	checkAmounts(t, &d, e)
}

// checkAmounts holds each amount of a mean to within a millionth of the exact
// one, which the oracle finds by moving the points of the measure alone.
func checkAmounts(t *rapid.T, d *health.Definition, e health.Explanation) {
	if d.Combine != health.NestedMean && d.Combine != health.FlatMean {
		return
	}
	all := make([]known, len(e.Lines))
	points := with(all, nil)
	i := 0
	for g := range d.Groups {
		for _, m := range d.Groups[g].Measures {
			all[i].group, all[i].weight = g, rat(m.Weight)
			if e.Lines[i].Points.Defined() {
				points[i] = rat(mustPoints(e.Lines[i].Points))
			}
			i++
		}
	}
	score := oracleCombine(d, all[:i], points[:i])
	if score == nil {
		return
	}
	for n := range i {
		if points[n] == nil {
			continue
		}
		without := slices.Clone(points[:i])
		without[n] = num(0)
		amount := minus(score, oracleCombine(d, all[:i], without))
		if gap := minus(rat(e.Lines[n].Amount.Decimal()), amount); gap.Abs(gap).Cmp(num(1)) >= 0 || times(gap, num(1e6)).Cmp(num(1)) >= 0 {
			t.Fatalf("%s adds %s, exactly %s", e.Lines[n].Name, e.Lines[n].Amount, amount.FloatString(9))
		}
	}
}

func TestPartsAddUp(t *testing.T) { rapid.Check(t, checkParts) }

// points of a score, for comparing.
func pts(s health.Score) health.Points { p, _ := s.Points(); return p }

func TestBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, card, inputs := drawn(t, everyCombiner()...)
		r := result(t, card, inputs)
		if r.Computed.Defined() && (pts(r.Computed) < pts(r.Lower) || pts(r.Computed) > pts(r.Upper)) {
			t.Fatalf("%s is outside [%s, %s]", r.Computed, r.Lower, r.Upper)
		}
	})
}

// TestAllPresent fills in everything: the bounds meet at the score.
func TestAllPresent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, card, inputs := drawn(t, everyCombiner()...)
		for i := range inputs {
			inputs[i].State, inputs[i].On, inputs[i].Target = health.Present, today, dec("1")
			inputs[i].History = []decimal.Decimal{dec("1"), dec("2"), dec("3")}
		}
		r := result(t, card, inputs)
		if !r.Computed.Defined() || r.Lower != r.Computed || r.Upper != r.Computed || r.Coverage.String() != "100%" || !r.Certain || !r.Known {
			t.Fatalf("%+v", r)
		}
	})
}

// TestBoundsShrink lets one missing input arrive.
func TestBoundsShrink(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, card, inputs := drawn(t, everyCombiner()...)
		i := rapid.IntRange(0, len(inputs)-1).Draw(t, "arrives")
		inputs[i].State = rapid.SampledFrom([]health.InputState{health.Missing, health.Invalid}).Draw(t, "was")
		before := result(t, card, inputs)
		inputs[i].State, inputs[i].On = health.Present, today
		after := result(t, card, inputs)
		if pts(after.Lower) < pts(before.Lower) || pts(after.Upper) > pts(before.Upper) {
			t.Fatalf("[%s, %s] became [%s, %s]", before.Lower, before.Upper, after.Lower, after.Upper)
		}
		was, _ := before.Coverage.Float64()
		is, _ := after.Coverage.Float64()
		if is < was {
			t.Fatalf("coverage fell from %s to %s", before.Coverage, after.Coverage)
		}
	})
}

// TestBetterIsNeverWorse makes one present value better.
func TestBetterIsNeverWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, card, inputs := drawn(t, everyCombiner()...)
		i := rapid.IntRange(0, len(inputs)-1).Draw(t, "moves")
		inputs[i].State, inputs[i].On = health.Present, today
		before := result(t, card, inputs)
		by := rapid.SampledFrom([]string{"0.000001", "1", "33.3", "1000000"}).Draw(t, "by")
		lower := measureAt(&d, i).Direction == health.LowerIsBetter
		if inputs[i].Value = inputs[i].Value.Add(dec(by)); lower {
			inputs[i].Value = inputs[i].Value.Sub(dec(by)).Sub(dec(by))
		}
		if inputs[i].Value.Abs().GreaterThan(dec("8999999999999")) {
			return
		}
		after := result(t, card, inputs)
		for what, pair := range map[string][2]health.Score{
			"computed": {before.Computed, after.Computed}, "effective": {before.Effective, after.Effective}, "lower": {before.Lower, after.Lower}, "upper": {before.Upper, after.Upper},
		} {
			if worse := pts(pair[1]) < pts(pair[0]); pair[0] != pair[1] && worse != (d.Scale == health.Risk) {
				t.Fatalf("%s went from %s to %s on the %s scale", what, pair[0], pair[1], d.Scale)
			}
		}
		if before.Coverage != after.Coverage {
			t.Fatalf("coverage moved from %s to %s", before.Coverage, after.Coverage)
		}
	})
}

func measureAt(d *health.Definition, i int) *health.Measure {
	for g := range d.Groups {
		if i < len(d.Groups[g].Measures) {
			return &d.Groups[g].Measures[i]
		}
		i -= len(d.Groups[g].Measures)
	}
	return nil
}

func TestScaledWeights(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, card, inputs := drawn(t, means()...)
		for g := range d.Groups {
			scale := dec(rapid.SampledFrom([]string{"1", "2", "7", "1000"}).Draw(t, "scale"))
			d.Groups[g].Weight = d.Groups[g].Weight.Mul(dec("3"))
			for m := range d.Groups[g].Measures {
				d.Groups[g].Measures[m].Weight = d.Groups[g].Measures[m].Weight.Mul(scale)
			}
		}
		scaled, err := health.New(d)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := result(t, card, inputs), result(t, scaled, inputs); a != b {
			t.Fatalf("%+v became %+v", a, b)
		}
	})
}

// TestOrder shuffles inputs, measures and groups.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, card, inputs := drawn(t, everyCombiner()...)
		want := result(t, card, inputs)
		d.Groups = rapid.Permutation(d.Groups).Draw(t, "groups")
		for g := range d.Groups {
			d.Groups[g].Measures = rapid.Permutation(d.Groups[g].Measures).Draw(t, "measures")
		}
		shuffled, err := health.New(d)
		if err != nil {
			t.Fatal(err)
		}
		if got := result(t, shuffled, rapid.Permutation(inputs).Draw(t, "inputs")); got != want {
			t.Fatalf("%+v became %+v", want, got)
		}
	})
}

// TestLeftOut: to say that an input is missing is to leave it out, and what does
// not apply is as if its weight were 0.
func TestLeftOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, card, inputs := drawn(t, everyCombiner()...)
		var stated []health.Input
		for i := range inputs {
			if inputs[i].State != health.Missing {
				stated = append(stated, inputs[i])
			}
		}
		if a, b := result(t, card, inputs), result(t, card, stated); a != b {
			t.Fatalf("%+v and %+v", a, b)
		}
	})
}

func TestArgumentsUnchanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDefinition(t, everyCombiner()...)
		inputs := drawInputs(t, &d)
		before, given := clone(t, d), append([]health.Input(nil), inputs...)
		card, err := health.New(d)
		if err != nil {
			t.Fatal(err)
		}
		want := result(t, card, inputs)
		if diff := cmp.Diff(before, d, sameValues()...); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(given, inputs, sameValues()...); diff != "" {
			t.Fatal(diff)
		}
		for g := range d.Groups { // later changes change nothing
			for m := range d.Groups[g].Measures {
				d.Groups[g].Measures[m].Weight = dec("17")
				for k := range d.Groups[g].Measures[m].Curve.Knots {
					d.Groups[g].Measures[m].Curve.Knots[k].Points = dec("1")
				}
			}
		}
		for i := range d.Bands {
			d.Bands[i].Name = "changed"
		}
		for i := range d.Exceptions {
			d.Exceptions[i].AtMost = "changed"
		}
		card.Bands()[0], card.Measures()[0] = "changed", "changed"
		if got := result(t, card, inputs); got != want || slices.Contains(card.Bands(), "changed") || slices.Contains(card.Measures(), "changed") {
			t.Fatalf("%+v became %+v", want, got)
		}
	})
}

// TestJSON writes definitions and reads them back.
func TestJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDefinition(t, everyCombiner()...)
		if rapid.Bool().Draw(t, "steady") {
			d.Hysteresis = health.Hysteresis{Margin: dec("2.5"), Days: 3}
		}
		if diff := cmp.Diff(d, clone(t, d), sameValues()...); diff != "" {
			t.Fatal(diff)
		}
	})
}

// walk runs a series of scores (nil: none) through Next, a day apart.
func walk(t *rapid.T, card *health.Scorecard, readings []health.Reading) (states []health.State) {
	var state health.State
	for _, r := range readings {
		next, err := card.Next(state, r)
		if err != nil {
			t.Fatal(err)
		}
		states = append(states, next)
		state = next
	}
	return states
}

func drawSeries(t *rapid.T, severe bool) (readings []health.Reading) {
	day := today
	for range rapid.IntRange(1, 20).Draw(t, "readings") {
		day = day.AddDays(rapid.IntRange(1, 4).Draw(t, "days"))
		r := health.Reading{On: day}
		if s := rapid.SampledFrom([]string{"50", "", "49", "75", "47", "46.999999", "53", "78", "20", "100", "72", "74.999999", "0"}).Draw(t, "score"); s != "" {
			r.Score = at(s)
		}
		r.Severe = severe && rapid.IntRange(0, 5).Draw(t, "severe") == 5
		readings = append(readings, r)
	}
	return readings
}

func drawSteady(t *rapid.T) *health.Scorecard {
	d := plain("1")
	d.Scale = rapid.SampledFrom([]health.Scale{health.Health, health.Risk}).Draw(t, "scale")
	d.Groups[0].Measures[0].Scale = d.Scale
	d.Groups[0].Measures[0].Direction = health.Direction(d.Scale) // a risk rises with a bad value
	d.Bands = drawBands(t)
	d.Hysteresis.Margin = dec(rapid.SampledFrom([]string{"0", "3", "30"}).Draw(t, "margin"))
	if n := rapid.IntRange(0, 3).Draw(t, "dwell"); rapid.Bool().Draw(t, "in days") {
		d.Hysteresis.Days = n
	} else {
		d.Hysteresis.Readings = n
	}
	card, err := health.New(d)
	if err != nil {
		t.Fatal(err)
	}
	return card
}

// TestSteadier: no more changes than the plain rule, only to the plain band, and
// none to or from nothing.
func TestSteadier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		card, readings := drawSteady(t), drawSeries(t, true)
		changes, plainChanges := 0, 0
		band, plainBand := health.Unknown, health.Unknown
		for i, s := range walk(t, card, readings) {
			p := plainBand
			if readings[i].Score.Defined() {
				p = card.Band(readings[i].Score)
			}
			if p != plainBand {
				plainChanges++
			}
			if s.Band != band {
				changes++
				if s.Band != p || s.Since != readings[i].On {
					t.Fatalf("reading %d: into %s since %s, plain band %s", i, s.Band, s.Since, p)
				}
			}
			if !readings[i].Score.Defined() && (s.Band != band || s.Band != health.Unknown && !s.Stale || s.Outside != 0) || readings[i].Score.Defined() && s.Stale {
				t.Fatalf("reading %d of nothing: %+v after %s", i, s, band)
			}
			if changes > plainChanges {
				t.Fatalf("%d changes at reading %d, the plain rule has %d", changes, i, plainChanges)
			}
			band, plainBand = s.Band, p
		}
	})
}

// TestConstantScore: it changes the band at most once, whatever was before.
func TestConstantScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		card, readings := drawSteady(t), drawSeries(t, false)
		before := len(readings)
		last := readings[before-1]
		for i := range 20 {
			readings = append(readings, health.Reading{On: last.On.AddDays(i + 1), Score: at("75")})
		}
		states := walk(t, card, readings)
		changes := 0
		for i := before; i < len(states); i++ {
			if states[i].Band != states[i-1].Band {
				changes++
			}
		}
		if changes > 1 {
			t.Fatalf("%d changes", changes)
		}
	})
}

// TestSteadyOracle keeps whole histories instead of a state.
func TestSteadyOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := plain("1")
		margin, readingsDwell, daysDwell := int64(rapid.IntRange(0, 4).Draw(t, "margin")), rapid.IntRange(0, 3).Draw(t, "readings"), 0
		if rapid.Bool().Draw(t, "in days") {
			readingsDwell, daysDwell = 0, rapid.IntRange(1, 5).Draw(t, "days")
		}
		d.Hysteresis = health.Hysteresis{Margin: decimal.NewFromInt(margin), Readings: readingsDwell, Days: daysDwell}
		card, err := health.New(d)
		if err != nil {
			t.Fatal(err)
		}
		series := drawSeries(t, true)
		states := walk(t, card, series)
		cuts := map[string][2]int64{"Red": {-1000, 50}, "Yellow": {50, 75}, "Green": {75, 1000}}
		rank := map[string]int{"Red": 0, "Yellow": 1, "Green": 2}
		band, from := health.Unknown, 0 // readings before from do not count
		for i, r := range series {
			ok := r.Score.Defined()
			plain := card.Band(r.Score)
			switch {
			case !ok:
				from = i + 1
			case band == health.Unknown || r.Severe && rank[plain] < rank[band]:
				band, from = plain, i+1
			default:
				outside := func(p health.Points) bool {
					return p >= health.Points((cuts[band][1]+margin)*1e6) || p <= health.Points((cuts[band][0]-margin)*1e6)
				}
				first := i + 1
				for first > from && outside(pts(series[first-1].Score)) && card.Band(series[first-1].Score) != band {
					first--
				}
				if n := i + 1 - first; n > 0 && n >= readingsDwell && r.On.Sub(series[first].On) >= daysDwell {
					band, from = plain, i+1
				}
			}
			if states[i].Band != band {
				t.Fatalf("reading %s: %s, want %s", strconv.Itoa(i), states[i].Band, band)
			}
		}
	})
}

// TestOverrideExpires: on no day from its expiry on does an override show, in the
// score or in the state.
func TestOverrideExpires(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, card, inputs := drawn(t, everyCombiner()...)
		o := &health.Override{Score: dec("99"), Author: "Ada", Reason: "a call"}
		from := rapid.IntRange(-3, 3).Draw(t, "from")
		o.From, o.Expires = today.AddDays(from), today.AddDays(from+rapid.IntRange(1, 4).Draw(t, "days"))
		with, err := card.Score(health.Record{Account: "A", Inputs: inputs, Override: o}, today)
		if err != nil {
			t.Fatal(err)
		}
		without := result(t, card, inputs)
		if with.Reading() != without.Reading() {
			t.Fatalf("the state would see the override: %+v, %+v", with.Reading(), without.Reading())
		}
		inForce := !today.Before(o.From) && today.Before(o.Expires)
		if with.Overridden != inForce || !inForce && with != without {
			t.Fatalf("in force %v: %+v", inForce, with)
		}
		if inForce && (with.Effective != at("99") || with.Band != oracleBand(&d, num(99)) || with.Computed != without.Computed || with.Ruled != without.Ruled) {
			t.Fatalf("%+v", with)
		}
	})
}

// sameValues compares decimals and days by value.
func sameValues() []cmp.Option {
	return []cmp.Option{
		cmp.Comparer(func(a, b decimal.Decimal) bool { return a.Equal(b) }),
		cmp.Comparer(func(a, b success.Date) bool { return a == b }),
	}
}

func clone(t *rapid.T, d health.Definition) health.Definition {
	data, err := jsonOf(d)
	if err != nil {
		t.Fatal(err)
	}
	back, err := health.ParseDefinition(data)
	if err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	return back
}
