package goal_test

import (
	"cmp"
	"encoding/json"
	"math"
	"math/big"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/health/goal"
)

var asOf = success.MustDate("2025-06-30")

// ago returns the day n days before the day of the tests.
func ago(n int) success.Date { return asOf.AddDays(-n) }

func assess(t interface{ Fatal(...any) }, goals ...goal.Goal) goal.Report {
	r, err := goal.Assess(goals, asOf)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestH17(t *testing.T) { // H17
	r := assess(t,
		goal.Goal{ID: "1", Account: "a", Start: ago(100), Due: ago(10), Outcome: goal.Met, On: ago(20)},
		goal.Goal{ID: "2", Account: "a", Start: ago(100), Due: ago(10), Outcome: goal.PartlyMet, On: ago(20)},
		goal.Goal{ID: "3", Account: "a", Start: ago(100), Due: ago(10), Outcome: goal.Dropped, On: ago(20)},
	)
	if got := r.Total.Attainment().String(); got != "75%" {
		t.Errorf("attainment %s", got)
	}
	if value, ok := r.Total.Attainment().Value(10); !ok || value.String() != "0.75" {
		t.Errorf("attainment %v", value)
	}
}

func TestH18(t *testing.T) { // H18
	var waits []goal.Wait
	for i, days := range []int{10, 20, 30} {
		start := ago(60 + i)
		waits = append(waits, goal.Wait{Account: success.AccountID(strconv.Itoa(days)), Start: start, Reached: start.AddDays(days)})
	}
	waits = append(waits, goal.Wait{Account: "x", Start: ago(60)}, goal.Wait{Account: "y", Start: ago(90)})
	s, err := goal.TimeToValue(waits, "go-live", asOf)
	if err != nil || s.Median != success.FigureOf(30) || s.MeanOfReached != success.FigureOf(20) || s.Reached != 3 || s.Waiting != 2 || s.Left != 0 {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestStatuses(t *testing.T) {
	start := ago(100)
	for name, c := range map[string]struct {
		goal   goal.Goal
		status goal.Status
		due    bool
	}{
		"nothing known yet":         {goal.Goal{}, goal.NotYetDue, false},
		"a day but no start":        {goal.Goal{Due: ago(1)}, goal.Unknown, true},
		"starts later":              {goal.Goal{Start: ago(-9), Due: ago(-90)}, goal.NotYetDue, false},
		"due today":                 {goal.Goal{Start: start, Due: asOf}, goal.NotYetDue, false},
		"due yesterday":             {goal.Goal{Start: start, Due: ago(1)}, goal.Unknown, true},
		"due on the day it starts":  {goal.Goal{Start: ago(1), Due: ago(1)}, goal.Unknown, true},
		"met on the last day":       {goal.Goal{Start: start, Due: ago(5), Outcome: goal.Met, On: ago(5)}, goal.Achieved, true},
		"met a day late":            {goal.Goal{Start: start, Due: ago(5), Outcome: goal.Met, On: ago(4)}, goal.Late, true},
		"met today":                 {goal.Goal{Start: start, Due: asOf, Outcome: goal.Met, On: asOf}, goal.Achieved, false},
		"met on the day it starts":  {goal.Goal{Start: start, Due: ago(5), Outcome: goal.Met, On: start}, goal.Achieved, true},
		"met without a day due":     {goal.Goal{Outcome: goal.Met, On: ago(5)}, goal.Achieved, false},
		"met without a start":       {goal.Goal{Due: ago(6), Outcome: goal.Met, On: ago(5)}, goal.Late, true},
		"partly met":                {goal.Goal{Start: start, Due: ago(5), Outcome: goal.PartlyMet, On: ago(5)}, goal.Partial, true},
		"partly met late":           {goal.Goal{Start: start, Due: ago(5), Outcome: goal.PartlyMet, On: ago(4)}, goal.Partial, true},
		"not met":                   {goal.Goal{Start: start, Due: ago(5), Outcome: goal.NotMet, On: ago(4)}, goal.Missed, true},
		"given up early":            {goal.Goal{Start: start, Due: asOf, Outcome: goal.NotMet, On: ago(4)}, goal.Missed, false},
		"dropped":                   {goal.Goal{Start: start, Due: ago(5), Outcome: goal.Dropped, On: ago(5)}, goal.Cancelled, true},
		"dropped before the start":  {goal.Goal{Start: start, Due: ago(5), Outcome: goal.Dropped, On: ago(200)}, goal.Cancelled, true},
		"dropped before it was due": {goal.Goal{Start: start, Due: asOf, Outcome: goal.Dropped, On: asOf}, goal.Cancelled, false},
	} {
		c.goal.ID, c.goal.Account = "g", "a"
		got := assess(t, c.goal).Accounts[0].Goals[0]
		if got.Status != c.status || got.Due != c.due || got.Goal != c.goal {
			t.Errorf("%s: %v, due %v", name, got.Status, got.Due)
		}
	}
}

func TestCancelledTooLate(t *testing.T) {
	g := goal.Goal{ID: "g", Account: "a", Start: ago(100), Due: ago(5), Outcome: goal.Dropped, On: ago(5)}
	if n := assess(t, g).Total.CancelledTooLate; n != 0 {
		t.Errorf("on the day due: %d", n)
	}
	g.On = ago(4)
	if n := assess(t, g).Total.CancelledTooLate; n != 1 {
		t.Errorf("a day later: %d", n)
	}
	g.Start, g.Due = success.Date{}, success.Date{}
	if n := assess(t, g).Total.CancelledTooLate; n != 0 {
		t.Errorf("never due: %d", n)
	}
}

func TestAttainments(t *testing.T) {
	for name, c := range map[string]struct {
		due          goal.Count
		at, low, top string
	}{
		"nothing":          {goal.Count{}, "n/a", "n/a", "n/a"},
		"only cancelled":   {goal.Count{Cancelled: 3}, "n/a", "n/a", "n/a"},
		"only unknown":     {goal.Count{Unknown: 2}, "n/a", "0%", "100%"},
		"achieved":         {goal.Count{Achieved: 2}, "100%", "100%", "100%"},
		"late is a half":   {goal.Count{Late: 1}, "50%", "50%", "50%"},
		"missed":           {goal.Count{Missed: 4}, "0%", "0%", "0%"},
		"half of it known": {goal.Count{Achieved: 1, Late: 1, Partial: 1, Missed: 1, Unknown: 4, Cancelled: 9}, "50%", "25%", "75%"},
	} {
		tally := goal.Tally{All: goal.Count{Missed: 99, NotYetDue: 5}, Due: c.due}
		low, top := tally.Bounds()
		if at := tally.Attainment().String(); at != c.at || low.String() != c.low || top.String() != c.top {
			t.Errorf("%s: %s in [%v, %v]", name, at, low, top)
		}
	}
}

func drawGoals(t *rapid.T) []goal.Goal {
	goals := make([]goal.Goal, rapid.IntRange(0, 14).Draw(t, "goals"))
	near := rapid.SampledFrom([]int{0, 1, 2, 5, -1, -3})
	for i := range goals {
		g := goal.Goal{ID: "g" + strconv.Itoa(i), Account: rapid.SampledFrom([]success.AccountID{"a", "b", "c"}).Draw(t, "account"), Due: ago(near.Draw(t, "due"))}
		if rapid.Bool().Draw(t, "started") {
			g.Start = g.Due.AddDays(-rapid.IntRange(0, 9).Draw(t, "span"))
		}
		if g.Outcome = goal.Outcome(rapid.IntRange(0, 4).Draw(t, "outcome")); g.Outcome != goal.Unreported {
			g.On = ago(rapid.IntRange(0, 4).Draw(t, "on"))
			if g.On.Before(g.Start) {
				g.Start = g.On
			}
		}
		goals[i] = g
	}
	return goals
}

// slowAttainment is the definition, goal by goal.
func slowAttainment(goals []goal.Goal) *big.Rat {
	credit, n := new(big.Rat), int64(0)
	for _, g := range goals {
		if g.Due.Sub(asOf) >= 0 || g.Outcome == goal.Dropped || g.Outcome == goal.Unreported {
			continue
		}
		n++
		inTime := g.On.Sub(g.Due) <= 0
		if g.Outcome == goal.Met && inTime {
			credit.Add(credit, big.NewRat(1, 1))
		} else if g.Outcome != goal.NotMet {
			credit.Add(credit, big.NewRat(1, 2))
		}
	}
	if n == 0 {
		return nil
	}
	return credit.Quo(credit, big.NewRat(n, 1))
}

// Every goal is counted once, in its account and in the total; attainment is that
// of the definition and within its bounds; order and sharding do not matter; the
// arguments stay as they were.
func TestAssessLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		goals := drawGoals(t)
		before := slices.Clone(goals)
		r := assess(t, goals...)
		if !slices.Equal(before, goals) {
			t.Fatal("the argument was changed")
		}
		if again := assess(t, rapid.Permutation(goals).Draw(t, "order")...); !reflect.DeepEqual(again, r) {
			t.Fatalf("%+v in another order, %+v", again, r)
		}
		var sum goal.Tally
		for _, a := range r.Accounts {
			if len(a.Goals) == 0 || a.Tally.All.Total() != len(a.Goals) {
				t.Fatalf("%+v", a)
			}
			sum = sum.Add(a.Tally)
		}
		if sum != r.Total || sum.All.Total() != len(goals) || sum.Due.NotYetDue != 0 || sum.All.Unknown != sum.Due.Unknown {
			t.Fatalf("total %+v, accounts %+v", r.Total, sum)
		}
		if !slices.IsSortedFunc(r.Accounts, func(a, b goal.Account) int { return cmp.Compare(a.ID, b.ID) }) {
			t.Fatal("accounts out of order")
		}
		cut := rapid.IntRange(0, len(goals)).Draw(t, "cut")
		if parts := assess(t, goals[:cut]...).Total.Add(assess(t, goals[cut:]...).Total); parts != r.Total {
			t.Fatalf("in parts %+v, at once %+v", parts, r.Total)
		}
		checkAttainment(t, goals, r.Total)
	})
}

func checkAttainment(t *rapid.T, goals []goal.Goal, tally goal.Tally) {
	want := slowAttainment(goals)
	got, ok := tally.Attainment().Float64()
	if ok != (want != nil) {
		t.Fatalf("attainment %v, want %v", tally.Attainment(), want)
	}
	if !ok {
		return
	}
	exact, _ := want.Float64()
	low, upper := tally.Bounds()
	l, _ := low.Float64()
	u, _ := upper.Float64()
	if got != exact || l > got || got > u || l < 0 || u > 1 || tally.Due.Unknown == 0 && l != u {
		t.Fatalf("%v in [%v, %v], want %v", got, l, u, exact)
	}
}

func TestWaits(t *testing.T) {
	for name, c := range map[string]struct {
		waits                  []goal.Wait
		median, mean           success.Figure
		reached, waiting, left int
	}{
		"nobody":          {nil, success.Figure{}, success.Figure{}, 0, 0, 0},
		"nobody there":    {[]goal.Wait{{Account: "a", Start: ago(9)}}, success.Figure{}, success.Figure{}, 0, 1, 0},
		"on the first":    {[]goal.Wait{{Account: "a", Start: ago(9), Reached: ago(9)}}, success.FigureOf(0), success.FigureOf(0), 1, 0, 0},
		"on the last":     {[]goal.Wait{{Account: "a", Start: ago(9), Reached: asOf}}, success.FigureOf(9), success.FigureOf(9), 1, 0, 0},
		"left before":     {[]goal.Wait{{Account: "a", Start: ago(9), Left: ago(4)}, {Account: "b", Start: ago(9), Reached: ago(4)}}, success.FigureOf(5), success.FigureOf(5), 1, 0, 1},
		"left later":      {[]goal.Wait{{Account: "a", Start: ago(9), Reached: ago(4), Left: asOf}}, success.FigureOf(5), success.FigureOf(5), 1, 0, 0},
		"left as it came": {[]goal.Wait{{Account: "a", Start: ago(9), Reached: ago(4), Left: ago(4)}}, success.FigureOf(5), success.FigureOf(5), 1, 0, 0},
		"half are there":  {[]goal.Wait{{Account: "a", Start: ago(9), Reached: ago(7)}, {Account: "b", Start: ago(9)}}, success.FigureOf(5.5), success.FigureOf(2), 1, 1, 0},
		"a third is":      {[]goal.Wait{{Account: "a", Start: ago(9), Reached: ago(7)}, {Account: "b", Start: ago(9)}, {Account: "c", Start: ago(8)}}, success.Figure{}, success.FigureOf(2), 1, 2, 0},
	} {
		s, err := goal.TimeToValue(c.waits, "go-live", asOf)
		if err != nil || s.Median != c.median || s.MeanOfReached != c.mean || s.Reached != c.reached || s.Waiting != c.waiting || s.Left != c.left || s.From != "go-live" {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
	}
}

// slowMedian is the first day by which half are there, from the definition day by
// day, and the middle of the days on which exactly half are.
func slowMedian(waits []goal.Wait) success.Figure {
	share, first, last := big.NewRat(1, 1), -1, 0
	half := big.NewRat(1, 2)
	for day := 0; day <= 400; day++ {
		risk, there := int64(0), int64(0)
		for _, w := range waits {
			end := asOf
			if !w.Reached.IsZero() {
				end = w.Reached
			} else if !w.Left.IsZero() {
				end = w.Left
			}
			if n := end.Sub(w.Start); n >= day {
				risk++
				last = max(last, n)
				if n == day && !w.Reached.IsZero() {
					there++
				}
			}
		}
		if there == 0 {
			continue
		}
		if first >= 0 {
			return success.FigureOf(float64(first+day) / 2)
		}
		share.Mul(share, big.NewRat(risk-there, risk))
		if share.Cmp(half) < 0 {
			return success.FigureOf(float64(day))
		}
		if share.Cmp(half) == 0 {
			first = day
		}
	}
	if first < 0 {
		return success.Figure{}
	}
	return success.FigureOf(float64(first+last) / 2)
}

func drawWaits(t *rapid.T) []goal.Wait {
	waits := make([]goal.Wait, rapid.IntRange(0, 9).Draw(t, "waits"))
	for i := range waits {
		long := rapid.IntRange(0, 12).Draw(t, "days")
		w := goal.Wait{Account: success.AccountID(strconv.Itoa(i)), Start: ago(long)}
		end := w.Start.AddDays(rapid.IntRange(0, long).Draw(t, "end"))
		switch rapid.IntRange(0, 2).Draw(t, "how") {
		case 0:
			w.Reached = end
		case 1:
			w.Left = end
		}
		waits[i] = w
	}
	return waits
}

// The median is that of the definition, order does not matter, waits k times as
// long have a median and a mean k times as long, and everybody is counted.
func TestWaitLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		waits := drawWaits(t)
		of := func(waits []goal.Wait) goal.Speed {
			s, err := goal.TimeToValue(waits, "signature", asOf)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		s := of(waits)
		if want := slowMedian(waits); s.Median != want || s.Quantile(0.5) != want {
			t.Fatalf("median %v, want %v", s.Median, want)
		}
		if s.Reached+s.Waiting+s.Left != len(waits) || s.MeanOfReached.Defined() != (s.Reached > 0) {
			t.Fatalf("%+v", s)
		}
		if again := of(rapid.Permutation(waits).Draw(t, "order")); again.Median != s.Median || again.MeanOfReached != s.MeanOfReached || again.Left != s.Left {
			t.Fatalf("%+v in another order, %+v", again, s)
		}
		k := rapid.IntRange(1, 6).Draw(t, "k")
		long := slices.Clone(waits)
		for i, w := range waits {
			stretch := func(d success.Date) success.Date {
				if d.IsZero() {
					return d
				}
				return ago(k * asOf.Sub(d))
			}
			long[i].Start, long[i].Reached, long[i].Left = stretch(w.Start), stretch(w.Reached), stretch(w.Left)
		}
		slow := of(long)
		if v, ok := s.Median.Float64(); ok && slow.Median != success.FigureOf(float64(k)*v) || slow.Median.Defined() != ok {
			t.Fatalf("%v, %d times as long %v", s.Median, k, slow.Median)
		}
		a, _ := s.MeanOfReached.Float64()
		if b, _ := slow.MeanOfReached.Float64(); math.Abs(b-float64(k)*a) > 1e-9 {
			t.Fatalf("mean %v, %d times as long %v", a, k, b)
		}
	})
}

func TestWords(t *testing.T) {
	for i, want := range []string{"unreported", "met", "partly met", "not met", "dropped"} {
		o := goal.Outcome(i)
		text, err := o.MarshalText()
		var back goal.Outcome
		if o.String() != want || string(text) != want || err != nil || back.UnmarshalText(text) != nil || back != o {
			t.Errorf("outcome %d is %q", i, o)
		}
	}
	for i, want := range []string{"unknown", "achieved", "late", "partial", "missed", "cancelled", "not yet due"} {
		s := goal.Status(i)
		text, err := s.MarshalText()
		var back goal.Status
		if s.String() != want || string(text) != want || err != nil || back.UnmarshalText(text) != nil || back != s {
			t.Errorf("status %d is %q", i, s)
		}
	}
	var o goal.Outcome
	var s goal.Status
	if o.UnmarshalText([]byte("nope")) == nil || s.UnmarshalText([]byte("nope")) == nil {
		t.Error("a word that is none is taken")
	}
}

func TestJSON(t *testing.T) {
	want := assess(t, goal.Goal{ID: "g", Account: "a", Start: ago(100), Due: ago(5), Outcome: goal.Met, On: ago(4)})
	text, err := json.Marshal(want)
	var back goal.Report
	if err != nil || json.Unmarshal(text, &back) != nil || !reflect.DeepEqual(back, want) {
		t.Errorf("%s comes back as %+v, %v", text, back, err)
	}
}
