package health_test

import (
	"fmt"
	"slices"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/health"
)

func TestTrend(t *testing.T) {
	series := func(scores ...string) (all []health.Reading) {
		for i, s := range scores {
			r := health.Reading{On: today.AddDays(10 * i)}
			if s != "" {
				r.Score = at(s)
			}
			all = append(all, r)
		}
		return all
	}
	for _, tt := range []struct {
		readings []health.Reading
		want     string
	}{
		{nil, "0 0 unknown 0 n/a"},
		{series("70"), "1 0 unknown 0 n/a"},
		{series("70", ""), "1 1 unknown 0 n/a"},
		{series("70", "75"), "2 0 flat 5 n/a"},
		{series("70", "75.000001"), "2 0 rising 5.000001 n/a"},
		{series("70", "65"), "2 0 flat -5 n/a"},
		{series("70", "64.999999"), "2 0 falling -5.000001 n/a"},
		{series("70", "80", "90"), "3 0 rising 20 1"},
		{series("70", "", "90"), "2 1 rising 20 n/a"},
		{series("60", "90", "60"), "3 0 flat 0 0"},
		{series("0", "0", "0", "100"), "4 0 rising 100 3"},
		{series("100", "0", "0", "0"), "4 0 falling -100 -3"},
	} {
		slices.Reverse(tt.readings)
		got, err := health.NewTrend(tt.readings, dec("5"))
		if s := fmt.Sprint(got.Readings, got.Dropped, " ", got.Move, " ", got.Change, " ", got.Slope); err != nil || s != tt.want {
			t.Errorf("%v: %s, %v, want %s", tt.readings, s, err, tt.want)
		}
	}
	mixed := series("10", "20", "30", "40")
	mixed[2].Version, mixed[3].Version = "2", "2"
	if got, err := health.NewTrend(mixed, dec("0")); err != nil || got.Readings != 2 || got.Dropped != 2 || got.Change != 10e6 {
		t.Errorf("across versions: %+v, %v", got, err)
	}
}

// TestNext is the state after one reading, on both sides of each edge. Yellow is
// from 50 up to 75, the margin 3, the dwell two readings.
func TestNext(t *testing.T) {
	d := plain("1")
	d.Hysteresis = health.Hysteresis{Margin: dec("3"), Readings: 2}
	card := build(t, d)
	day := today.AddDays(1)
	yellow := health.State{Band: "Yellow", Since: today, AsOf: today, Version: "1"}
	once := yellow
	once.Outside, once.OutsideSince = 1, today
	moved := func(band string) health.State {
		return health.State{Band: band, Since: day, AsOf: day, Version: "1"}
	}
	held := func(outside int, since success.Date, stale bool) health.State {
		return health.State{Band: "Yellow", Since: today, AsOf: day, Version: "1", Outside: outside, OutsideSince: since, Stale: stale}
	}
	for _, tt := range []struct {
		name   string
		prev   health.State
		score  string
		severe bool
		want   health.State
	}{
		{"inside", once, "60", false, held(0, noDay, false)},
		{"above, within the margin", once, "77.999999", false, held(0, noDay, false)},
		{"above", yellow, "78", false, held(1, day, false)},
		{"above again", once, "78", false, moved("Green")},
		{"below, within the margin", once, "47.000001", false, held(0, noDay, false)},
		{"below", yellow, "47", false, held(1, day, false)},
		{"below again", once, "47", false, moved("Red")},
		{"nothing", once, "", false, held(0, noDay, true)},
		{"nothing, severe", yellow, "", true, held(0, noDay, true)},
		{"severe, below", yellow, "49.999999", true, moved("Red")},
		{"severe, above", yellow, "78", true, held(1, day, false)},
		{"severe, inside", once, "60", true, held(0, noDay, false)},
		{"from nothing", health.State{}, "49.999999", false, moved("Red")},
		{"from Unknown", health.State{Band: health.Unknown, Since: today, AsOf: today, Version: "1"}, "75", false, moved("Green")},
		{"nothing from nothing", health.State{}, "", false, moved(health.Unknown)},
		{"Unknown goes on", health.State{Band: health.Unknown, Since: today, AsOf: today, Version: "1"}, "", false, health.State{Band: health.Unknown, Since: today, AsOf: day, Version: "1"}},
		{"from another version", health.State{Band: "Yellow", Since: today, AsOf: today, Version: "0"}, "49.999999", false, moved("Red")},
	} {
		r := health.Reading{On: day, Severe: tt.severe}
		if tt.score != "" {
			r.Score = at(tt.score)
		}
		if got, err := card.Next(tt.prev, r); err != nil || got != tt.want {
			t.Errorf("%s: %+v, %v, want %+v", tt.name, got, err, tt.want)
		}
	}
	stale := held(0, noDay, true)
	if got, err := card.Next(stale, health.Reading{On: day.AddDays(1), Score: at("60")}); err != nil || got.Stale {
		t.Errorf("still stale: %+v, %v", got, err)
	}
}

// TestNextAtTheCut: without margin, a score at a cut is outside only if the cut is
// not the band's own.
func TestNextAtTheCut(t *testing.T) {
	for _, owner := range []health.CutOwner{health.BandBelow, health.BandAbove} {
		d := plain("1")
		d.Bands[1].Cut = owner
		card := build(t, d)
		for _, from := range []string{"Yellow", "Green"} {
			got, err := card.Next(health.State{Band: from, Version: "1"}, health.Reading{On: today, Score: at("75")})
			if want := map[health.CutOwner]string{health.BandBelow: "Yellow", health.BandAbove: "Green"}[owner]; err != nil || got.Band != want || got.Outside != 0 {
				t.Errorf("%s, from %s: %+v, %v", owner, from, got, err)
			}
		}
	}
}
