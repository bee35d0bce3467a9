package usage_test

import (
	"math"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/health/usage"
)

var start = success.MustDate("2024-01-01")

// on returns the days that are so many days after the start.
func on(days ...int) []success.Date {
	dates := make([]success.Date, len(days))
	for i, n := range days {
		dates[i] = start.AddDays(n)
	}
	return dates
}

func same(a, b success.Ratio) bool { return a.Num.Equal(b.Num) && a.Den.Equal(b.Den) }

func sameCadence(a, b usage.Cadence) bool {
	return a.Ideal == b.Ideal && a.Gaps == b.Gaps && a.MedianGap == b.MedianGap && a.Last == b.Last &&
		same(a.Adherence, b.Adherence) && same(a.Overdue, b.Overdue)
}

func is(r success.Ratio, num, den int64) bool {
	return r.Defined() && r.Num.Mul(decimal.NewFromInt(den)).Equal(r.Den.Mul(decimal.NewFromInt(num)))
}

func TestH19(t *testing.T) { // H19
	c, err := usage.CadenceOf(on(0, 7, 15, 21, 35), 7, start.AddDays(35+20))
	if err != nil {
		t.Fatal(err)
	}
	adherence, _ := c.Adherence.Value(3)
	overdue, _ := c.Overdue.Value(3)
	if c.MedianGap != success.FigureOf(7.5) || adherence.String() != "0.933" || overdue.String() != "2.857" || c.Gaps != 4 || c.Last != start.AddDays(35) {
		t.Errorf("%+v: adherence %v, overdue %v", c, adherence, overdue)
	}
}

func TestCadences(t *testing.T) {
	for name, c := range map[string]struct {
		days      []int
		ideal, at int
		gap       success.Figure
		num, den  int64 // of adherence; den 0 when undefined
		since     int64 // days since the last use, -1 when there was none
	}{
		"never":               {nil, 7, 10, success.Figure{}, 0, 0, -1},
		"once":                {[]int{3}, 7, 10, success.Figure{}, 0, 0, 7},
		"today":               {[]int{10}, 7, 10, success.Figure{}, 0, 0, 0},
		"two gaps":            {[]int{0, 1, 2}, 7, 10, success.Figure{}, 0, 0, 8},
		"three gaps":          {[]int{0, 1, 2, 3}, 7, 10, success.FigureOf(1), 1, 1, 7},
		"three in four uses":  {[]int{0, 1, 2, 2}, 7, 10, success.Figure{}, 0, 0, 8},
		"just ideal":          {[]int{0, 7, 14, 21}, 7, 21, success.FigureOf(7), 1, 1, 0},
		"a day too slow":      {[]int{0, 8, 16, 24}, 7, 24, success.FigureOf(8), 7, 8, 0},
		"daily":               {[]int{0, 2, 4, 6}, usage.Daily, 8, success.FigureOf(2), 1, 2, 2},
		"one long gap":        {[]int{0, 1, 2, 99}, usage.Weekly, 99, success.FigureOf(1), 1, 1, 0},
		"half way":            {[]int{0, 1, 3, 6, 10}, 2, 10, success.FigureOf(2.5), 4, 5, 0},
		"the longest of all":  {[]int{0, 1, 2, 3}, usage.MaxIdeal, 3, success.FigureOf(1), 1, 1, 0},
		"the shortest of all": {[]int{0, 10, 20, 30}, 1, 30, success.FigureOf(10), 1, 10, 0},
	} {
		got, err := usage.CadenceOf(on(c.days...), c.ideal, start.AddDays(c.at))
		if err != nil || got.MedianGap != c.gap || got.Adherence.Defined() != (c.den != 0) || c.den != 0 && !is(got.Adherence, c.num, c.den) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if got.Overdue.Defined() != (c.since >= 0) || c.since >= 0 && !is(got.Overdue, c.since, int64(c.ideal)) || got.Last.IsZero() != (c.since < 0) {
			t.Errorf("%s: overdue %v", name, got.Overdue)
		}
	}
}

// slowGap is the median gap from the definition: count the days from each active
// day to the next, one by one, and take the smallest gap that enough are not
// above, from below and from above.
func slowGap(active map[int]bool, from, to int) (median float64, gaps int) {
	count := map[int]int{}
	last := -1
	for day := from; day <= to; day++ {
		if !active[day] {
			continue
		}
		if last >= 0 {
			count[day-last]++
			gaps++
		}
		last = day
	}
	low, high := 0, 0
	for seen := 0; 2*seen < gaps; seen += count[low] {
		low++
	}
	for seen := 0; 2*seen <= gaps && high <= to-from; seen += count[high] {
		high++
	}
	return float64(low+high) / 2, gaps
}

func TestCadenceOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfN(rapid.IntRange(0, 60), 0, 20).Draw(t, "days")
		ideal := rapid.IntRange(1, 30).Draw(t, "ideal")
		c, err := usage.CadenceOf(on(days...), ideal, start.AddDays(60))
		if err != nil {
			t.Fatal(err)
		}
		set := map[int]bool{}
		for _, d := range days {
			set[d] = true
		}
		median, gaps := slowGap(set, 0, 60)
		if len(set) > 0 && c.Gaps != gaps {
			t.Fatalf("%d gaps, want %d", c.Gaps, gaps)
		}
		got, ok := c.MedianGap.Float64()
		if ok != (gaps >= 3) || ok && got != median {
			t.Fatalf("median %v, want %v of %d", c.MedianGap, median, gaps)
		}
		if v, ok := c.Adherence.Float64(); ok && math.Abs(v-min(1, float64(ideal)/median)) > 1e-12 {
			t.Fatalf("adherence %v", v)
		}
	})
}

// Adherence lies in (0, 1]; order and repetition do not matter; days, ideal and
// wait stretched by the same factor leave the ratios as they are; the arguments
// stay as they were.
func TestCadenceLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfN(rapid.IntRange(0, 400), 1, 30).Draw(t, "days")
		ideal := rapid.IntRange(1, 90).Draw(t, "ideal")
		wait := rapid.IntRange(0, 90).Draw(t, "wait")
		k := rapid.IntRange(1, 5).Draw(t, "k")
		end := slices.Max(days) + wait
		of := func(days []int, ideal, end int) usage.Cadence {
			dates := on(days...)
			before := slices.Clone(dates)
			c, err := usage.CadenceOf(dates, ideal, start.AddDays(end))
			if err != nil || !slices.Equal(before, dates) {
				t.Fatal(dates, err)
			}
			return c
		}
		c := of(days, ideal, end)
		if v, ok := c.Adherence.Float64(); ok && (v <= 0 || v > 1) {
			t.Fatalf("adherence %v", v)
		}
		twice := append(slices.Clone(days), days...)
		if again := of(rapid.Permutation(twice).Draw(t, "order"), ideal, end); !sameCadence(again, c) {
			t.Fatalf("%+v in another order, %+v", again, c)
		}
		stretched := make([]int, len(days))
		for i, d := range days {
			stretched[i] = k * d
		}
		slow := of(stretched, k*ideal, k*end)
		if slow.Adherence.String() != c.Adherence.String() || slow.Overdue.String() != c.Overdue.String() {
			t.Fatalf("%+v stretched by %d, %+v", slow, k, c)
		}
		if a, ok := c.MedianGap.Float64(); ok && slow.MedianGap != success.FigureOf(float64(k)*a) {
			t.Fatalf("median %v stretched by %d, %v", slow.MedianGap, k, a)
		}
	})
}

func TestProfiles(t *testing.T) {
	p, err := usage.ProfileOf(usage.Activity{
		Days: 30, ActiveDays: 20, ActiveUsers: 8, Uses: 200, FeaturesUsed: 6, FeaturesAvailable: 24, SeatsUsed: 11, SeatsBought: 10,
	})
	if err != nil || !is(p.Features, 1, 4) || !is(p.Seats, 11, 10) || !is(p.PerUser, 25, 1) || !is(p.PerDay, 10, 1) || !is(p.Frequency, 2, 3) || !is(p.UsersPerSeat, 4, 5) {
		t.Errorf("%+v, %v", p, err)
	}
	p, err = usage.ProfileOf(usage.Activity{})
	if err != nil || p.Features.Defined() || p.Seats.Defined() || p.PerUser.Defined() || p.PerDay.Defined() || p.Frequency.Defined() || p.UsersPerSeat.Defined() {
		t.Errorf("nothing at all: %+v, %v", p, err)
	}
	idle, err := usage.ProfileOf(usage.Activity{Days: 30, FeaturesAvailable: 24, SeatsBought: 10})
	if err != nil || !is(idle.Features, 0, 1) || !is(idle.Seats, 0, 1) || idle.PerUser.Defined() || idle.PerDay.Defined() || !is(idle.Frequency, 0, 1) {
		t.Errorf("an idle month: %+v, %v", idle, err)
	}
	full := usage.Activity{Days: 7, ActiveDays: 7, ActiveUsers: 7, Uses: 7, FeaturesUsed: 3, FeaturesAvailable: 3}
	if p, err := usage.ProfileOf(full); err != nil || !is(p.Features, 1, 1) || !is(p.Frequency, 1, 1) || !is(p.PerUser, 1, 1) {
		t.Errorf("on every edge: %+v, %v", p, err)
	}
}

func TestFalls(t *testing.T) {
	for name, c := range map[string]struct {
		history  usage.History
		base     success.Figure
		num, den int64 // of what was lost; den 0 when undefined
		small    bool
	}{
		"two periods":          {usage.History{Earlier: []int64{40, 40}, Present: 10}, success.Figure{}, 0, 0, false},
		"three periods":        {usage.History{Earlier: []int64{40, 900, 30}, Present: 10}, success.FigureOf(40), 3, 4, false},
		"four periods":         {usage.History{Earlier: []int64{45, 40, 900, 30}, Present: 17}, success.FigureOf(42.5), 3, 5, false},
		"it grew":              {usage.History{Earlier: []int64{40, 40, 40}, Present: 50}, success.FigureOf(40), -1, 4, false},
		"all is lost":          {usage.History{Earlier: []int64{40, 40, 40}}, success.FigureOf(40), 1, 1, false},
		"base at the minimum":  {usage.History{Earlier: []int64{20, 20, 20}, Present: 10}, success.FigureOf(20), 1, 2, false},
		"base just below":      {usage.History{Earlier: []int64{19, 20, 19, 20}, Present: 10}, success.FigureOf(19.5), 0, 0, true},
		"own minimum":          {usage.History{Earlier: []int64{2, 2, 2}, Present: 1, MinBase: 2}, success.FigureOf(2), 1, 2, false},
		"below own minimum":    {usage.History{Earlier: []int64{50, 50, 50}, Present: 1, MinBase: 51}, success.FigureOf(50), 0, 0, true},
		"a base of nothing":    {usage.History{Earlier: []int64{0, 0, 0}, MinBase: 1}, success.FigureOf(0), 0, 0, true},
		"the largest there is": {usage.History{Earlier: []int64{usage.MaxUses, usage.MaxUses, usage.MaxUses}, Present: usage.MaxUses}, success.FigureOf(usage.MaxUses), 0, 1, false},
	} {
		f, err := usage.FallOf(c.history)
		if err != nil || f.Base != c.base || f.Small != c.small || f.Lost.Defined() != (c.den != 0) || f.Level.Defined() != (c.den != 0) {
			t.Errorf("%s: %+v, %v", name, f, err)
			continue
		}
		if c.den != 0 && (!is(f.Lost, c.num, c.den) || !is(f.Level, c.den-c.num, c.den)) {
			t.Errorf("%s: lost %v, level %v", name, f.Lost, f.Level)
		}
		if f.Periods != len(c.history.Earlier) || f.Present != c.history.Present {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// What is lost and the level add up to 1; what is lost never exceeds 1 and falls
// as use rises; order does not matter; all numbers times k leave it as it is.
func TestFallLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		uses := rapid.OneOf(rapid.Int64Range(0, 3), rapid.Int64Range(0, 1000))
		h := usage.History{
			Earlier: rapid.SliceOfN(uses, 3, 12).Draw(t, "earlier"), Present: uses.Draw(t, "present"), MinBase: rapid.Int64Range(1, 30).Draw(t, "least"),
		}
		before := slices.Clone(h.Earlier)
		f, err := usage.FallOf(h)
		if err != nil || !slices.Equal(before, h.Earlier) {
			t.Fatal(h, err)
		}
		k := rapid.Int64Range(1, 9).Draw(t, "k")
		larger := usage.History{Present: k * h.Present, MinBase: k * h.MinBase}
		for _, i := range rapid.Permutation(h.Earlier).Draw(t, "order") {
			larger.Earlier = append(larger.Earlier, k*i)
		}
		scaled, err := usage.FallOf(larger)
		if err != nil || scaled.Small != f.Small || scaled.Lost.Defined() == f.Small {
			t.Fatalf("%+v, %v, times %d: %+v", scaled, err, k, f)
		}
		if f.Small {
			return
		}
		one := f.Lost.Num.Add(f.Level.Num)
		if !one.Equal(f.Lost.Den) || f.Lost.Num.GreaterThan(f.Lost.Den) || scaled.Lost.String() != f.Lost.String() {
			t.Fatalf("%+v, times %d: %+v", f, k, scaled)
		}
		h.Present++
		if more, err := usage.FallOf(h); err != nil || !more.Lost.Num.LessThan(f.Lost.Num) {
			t.Fatalf("%+v, %v with a use more than %+v", more, err, f)
		}
	})
}
