package health_test

import (
	"slices"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/health"
)

func TestH1(t *testing.T) { // H1
	r := score(t, build(t, plain("20", "15", "22")), given("47", "59", "21")...)
	if got, _ := r.Computed.Round(4); got.String() != "40.1228" {
		t.Errorf("score %s, want 40.1228", got)
	}
	if r.Computed.String() != "40.122807" || r.Lower != r.Computed || r.Upper != r.Computed || r.Coverage.String() != "100%" || !r.Certain {
		t.Errorf("%+v", r)
	}
}

func TestH2(t *testing.T) { // H2
	r := score(t, build(t, plain(".30", ".20", ".20", ".15", ".15")), given("95", "90", "75", "70", "80")...)
	if r.Computed.String() != "84" {
		t.Errorf("score %s, want 84", r.Computed)
	}
}

func TestH3(t *testing.T) { // H3
	d := plain(".30", ".20", ".20", ".15", ".15")
	inputs := []health.Input{
		health.Value("a", dec("50"), today), health.Value("b", dec("50"), today), health.Value("c", dec("100"), today), health.Value("d", dec("100"), today),
	}
	if r := score(t, build(t, d), inputs...); r.Computed.String() != "70.588235" || r.Coverage.String() != "85%" {
		t.Errorf("score %s at %s, want 70.588235", r.Computed, r.Coverage)
	}
	d.Groups[0].Measures[4].Missing = health.Worst
	if r := score(t, build(t, d), inputs...); r.Computed.String() != "60" || r.Coverage.String() != "85%" {
		t.Errorf("missing as 0: score %s at %s, want 60", r.Computed, r.Coverage)
	}
}

func TestH4(t *testing.T) { // H4
	tests := []struct {
		combine health.Combiner
		missing health.Policy
		want    string
	}{
		{health.NestedMean, health.Exclude, "70"},
		{health.FlatMean, health.Exclude, "62.5"},
		{health.NestedMean, health.Worst, "50"},
		{health.NestedMean, health.Neutral, "60"},
		{health.NestedMean, health.Required, "70"},
		{health.FlatMean, health.Worst, "50"},
		{health.FlatMean, health.Neutral, "60"},
	}
	for _, tt := range tests {
		d := twoGroups()
		d.Combine = tt.combine
		d.Groups[0].Measures[1].Missing = tt.missing
		r := score(t, build(t, d), given("100", "", "40")...)
		if r.Computed.String() != tt.want || r.Lower.String() != "50" || r.Upper.String() != "70" || r.Coverage.String() != "80%" {
			t.Errorf("%s, %s: %s in [%s, %s] at %s, want %s in [50, 70] at 80%%", tt.combine, tt.missing, r.Computed, r.Lower, r.Upper, r.Coverage, tt.want)
		}
		if unknown := tt.missing == health.Required; (r.Band == health.Unknown) != unknown || r.Known == unknown {
			t.Errorf("%s: band %s", tt.missing, r.Band)
		}
	}
}

// twoGroups are A with a (60) and b (40), and B with c.
func twoGroups() health.Definition {
	return health.Definition{
		Version: "1",
		Groups: []health.Group{
			{Name: "A", Weight: dec("50"), Measures: measures("a", "60", "40")},
			{Name: "B", Weight: dec("50"), Measures: measures("c", "1")},
		},
		Bands: bands("50", "75"),
	}
}

func TestH5(t *testing.T) { // H5
	d := plain("1")
	if r := score(t, build(t, d), given("75")...); r.Band != "Green" {
		t.Errorf("the cut is of the band above: %s", r.Band)
	}
	d.Bands[1].Cut = health.BandBelow
	card := build(t, d)
	for value, want := range map[string]string{"75": "Yellow", "75.000001": "Green", "74.999999": "Yellow", "50": "Yellow", "49.999999": "Red", "0": "Red", "100": "Green"} {
		if r := score(t, card, given(value)...); r.Band != want || card.Band(r.Computed) != want {
			t.Errorf("%s: %s, want %s", value, r.Band, want)
		}
	}
}

func TestH6(t *testing.T) { // H6
	d := plain("10", "45", "45")
	d.Exceptions = []health.Exception{{Name: "sentiment", Measure: "a", When: "Red", AtMost: "Red", Severe: true}}
	card := build(t, d)
	red := score(t, card, given("20", "100", "100")...)
	if red.Band != "Red" || red.Computed.String() != "92" || red.Effective.String() != "49.999999" || !red.Severe {
		t.Errorf("sentiment red: %+v", red)
	}
	yellow := score(t, card, given("50", "100", "100")...)
	if yellow.Band != "Green" || yellow.Computed != yellow.Effective || yellow.Severe {
		t.Errorf("sentiment yellow: %+v", yellow)
	}
}

func TestH7(t *testing.T) { // H7
	d := plain("1", "1")
	d.Groups[0].Measures[0].StaleAfter, d.Groups[0].Measures[0].DropAfter = 90, 120
	card := build(t, d)
	for age, want := range map[int]health.InputState{0: health.Present, 90: health.Present, 91: health.Stale, 120: health.Stale, 121: health.Missing} {
		e := explain(t, card, health.Value("a", dec("10"), today.AddDays(-age)), health.Value("b", dec("90"), success.Date{}))
		if e.Lines[0].State != want {
			t.Errorf("%d days: %s, want %s", age, e.Lines[0].State, want)
		}
		coverage, computed := "100%", "50"
		if want == health.Missing {
			coverage, computed = "50%", "90"
		}
		if e.Coverage.String() != coverage || e.Computed.String() != computed {
			t.Errorf("%d days: %s at %s", age, e.Computed, e.Coverage)
		}
	}
}

func TestH8(t *testing.T) { // H8
	series := []string{"72", "69", "71", "68", "66", "64", "71", "76"}
	for _, tt := range []struct {
		name    string
		h       health.Hysteresis
		changes []int // positions, from 1
	}{
		{"plain", health.Hysteresis{}, []int{2, 3, 4, 7}},
		{"one reading", health.Hysteresis{Readings: 1}, []int{2, 3, 4, 7}},
		{"3 points", health.Hysteresis{Margin: dec("3")}, []int{5, 8}},
		{"two in a row", health.Hysteresis{Readings: 2}, []int{5, 8}},
		{"a day", health.Hysteresis{Days: 1}, []int{5, 8}},
		{"two days", health.Hysteresis{Days: 2}, []int{6}},
	} {
		d := plain("1")
		d.Bands = []health.Band{{Name: "Yellow", From: dec("0"), To: dec("70"), Cut: health.BandAbove}, {Name: "Green", From: dec("70"), To: dec("100")}}
		d.Hysteresis = tt.h
		card := build(t, d)
		state := health.State{Band: "Green", Version: "1"}
		var changes []int
		for i, s := range series {
			next, err := card.Next(state, health.Reading{On: today.AddDays(i), Score: at(s)})
			if err != nil {
				t.Fatal(err)
			}
			if next.Band != state.Band {
				changes = append(changes, i+1)
			}
			state = next
		}
		if !slices.Equal(changes, tt.changes) {
			t.Errorf("%s: changes at %v, want %v", tt.name, changes, tt.changes)
		}
	}
}
