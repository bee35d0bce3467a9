package main

import (
	"math"
	"slices"
	"testing"

	"metrics.internal/success/cohort/survival"
)

func TestTicks(t *testing.T) {
	for _, test := range []struct {
		low, high float64
		most      int
		want      []string
	}{
		{0, 1, 5, []string{"0 %", "20 %", "40 %", "60 %", "80 %", "100 %"}},
		{0, 1, 3, []string{"0 %", "50 %", "100 %"}},
		{-0.19, 0.31, 3, []string{"0 %", "20 %"}},
		{0.972, 1.031, 5, []string{"98 %", "100 %", "102 %"}},
		{-0.1, 0.1, 2, []string{"−10 %", "0 %", "10 %"}},
	} {
		var got []string
		for _, tick := range (ticks{test.most, hundredths}).Ticks(test.low, test.high) {
			got = append(got, tick.Label)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%v to %v: %q, not %q", test.low, test.high, got, test.want)
		}
	}
}

func TestShort(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 950: "950", -950: "−950", 12_000: "12k", 1_250_000: "1.25M", -3e9: "−3B", 4e12: "4T", 0.25: "0.25",
	} {
		if got := short(v); got != want {
			t.Errorf("%v: %s, not %s", v, got, want)
		}
	}
	if got := digits(math.Copysign(0, -1)); got != "0" {
		t.Errorf("−0: %s", got)
	}
}

// TestFit cuts names to their part of the width, and leaves short ones alone.
func TestFit(t *testing.T) {
	p := newPicture(narrow)
	if got := p.fit("Exchange rates"); got != "Exchange rates" {
		t.Error(got)
	}
	for _, name := range []string{"a name that goes on and on and on", "WWWWWWWWWWWWWWWWWWWWWWWW", "名前名前名前名前名前名前名前名前"} {
		got := p.fit(name)
		if width := p.width(got); len(got) >= len(name) || width > 0.36*p.Width+1 {
			t.Errorf("%s: %s is %v wide", name, got, width)
		}
	}
}

// TestThinned keeps what can be told apart, and always the last step.
func TestThinned(t *testing.T) {
	var steps []survival.Step
	for day := 1; day <= 5000; day++ {
		steps = append(steps, survival.Step{Day: day})
	}
	if kept := thinned(steps, 5000); len(kept) > finest+1 || kept[len(kept)-1].Day != 5000 {
		t.Errorf("%d steps, the last %v", len(kept), kept[len(kept)-1].Day)
	}
	if kept := thinned(steps[:400], 400); len(kept) != 400 {
		t.Errorf("%d of 400 steps", len(kept))
	}
}
