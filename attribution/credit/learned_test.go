package credit_test

import (
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/credit"
	"metrics.internal/success/attribution/journey"
	"metrics.internal/success/internal/refusal"
)

// closedDeals are so many deals, each of an account of its own, over the same
// keys.
func closedDeals(r *credit.Records, n int, status attribution.Status, amount string, keys ...string) {
	for range n {
		id := fmt.Sprint("d", len(r.Deals))
		d := won(id, success.AccountID(id), second(1000), amount)
		d.Status = status
		r.Deals = append(r.Deals, d)
		r.Touches = append(r.Touches, touches(d.Account, d.Closed, keys...)...)
	}
}

// A deal whose keys are worth nothing, or less, is split equally among them; one
// with another key goes to that alone, at its first touch.
func TestKeysWithoutEffect(t *testing.T) {
	var r credit.Records
	closedDeals(&r, 1, attribution.Won, "10.01", "b", "c", "b")
	closedDeals(&r, 9, attribution.Lost, "10", "b", "c", "b")
	closedDeals(&r, 8, attribution.Won, "10", "a")
	closedDeals(&r, 1, attribution.Lost, "10", "a")
	closedDeals(&r, 1, attribution.Won, "7.77", "b", "a", "c", "a")
	s := split(t, book(t, r, credit.Options{}), credit.RateShapley())
	for id, want := range map[attribution.DealID]string{"d0": "5.01 5 0", "d10": "10", "d19": "0 7.77 0 0"} {
		if got := parts(t, s, id); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
	if got, want := byKey(t, s), "a 87.77 b 5.01 c 5 of 97.78, 0 to nobody"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// The split of each deal by what Markov learned, and the aggregate credit of the
// same deals, are both there, and differ.
func TestTwoOutputs(t *testing.T) {
	var r credit.Records
	closedDeals(&r, 3, attribution.Won, "7", "a", "b")
	closedDeals(&r, 1, attribution.Lost, "7", "a", "b")
	closedDeals(&r, 1, attribution.Won, "7", "a", "c")
	closedDeals(&r, 1, attribution.Lost, "7", "a", "c")
	b := book(t, r, credit.Options{})
	// Effects are 1, 3/4 and 1/4: 4 and 3 of 7, and 5.6 and 1.4.
	if got, want := byKey(t, split(t, b, credit.Markov(1))), "a 17.6 b 9 c 1.4 of 28, 0 to nobody"; got != want {
		t.Errorf("per deal: %s, want %s", got, want)
	}
	c := creditOf(t, credit.Markov(1), b.Paths("USD"))
	for i, want := range []string{"14", "10.5", "3.5"} {
		if got := c.Parts[i].Revenue.String(); got != want {
			t.Errorf("aggregate of %s: %s, want %s", c.Parts[i].Key, got, want)
		}
	}
}

// What was learned does not depend on what deals are worth, on open deals or on
// touches that do not count.
func TestWhatIsLearnedFrom(t *testing.T) {
	var r credit.Records
	closedDeals(&r, 2, attribution.Won, "9", "a", "b")
	closedDeals(&r, 1, attribution.Lost, "9", "a")
	more := credit.Records{Deals: slices.Clone(r.Deals), Touches: slices.Clone(r.Touches)}
	closedDeals(&more, 1, attribution.Won, "1000000")
	more.Deals = append(more.Deals, attribution.Deal{ID: "o", Account: "d0", Opened: second(1), Currency: "USD"})
	more.Touches = append(more.Touches, attribution.Touch{Account: "d0", At: second(1001), Key: "z"}, attribution.Touch{Account: "d2", At: second(1001), Key: "b"})
	for _, m := range []credit.Model{credit.Markov(1), credit.Markov(3), credit.Shapley(), credit.RateShapley()} {
		one, two := parts(t, split(t, book(t, r, credit.Options{}), m), "d1"), parts(t, split(t, book(t, more, credit.Options{}), m), "d1")
		if one != two {
			t.Errorf("%s: %s, and with more %s", m, one, two)
		}
	}
}

func TestPaths(t *testing.T) {
	var r credit.Records
	closedDeals(&r, 1, attribution.Won, "1.50", "b", "", "b")
	closedDeals(&r, 1, attribution.Lost, "2", "a")
	closedDeals(&r, 1, attribution.Won, "3")
	closedDeals(&r, 1, attribution.Open, "4", "a")
	r.Deals[3].Closed = time.Time{}
	r.Deals[2].Currency = "JPY"
	got := fmt.Sprint(book(t, r, credit.Options{}).Paths("USD"))
	want := fmt.Sprint([]journey.Path{{Keys: []string{"b", "(none)", "b"}, Won: 1, Revenue: dec("1.5")}, {Keys: []string{"a"}, Lost: 1}, {Won: 1}})
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := book(t, r, credit.Options{}).Paths("JPY")[2].Revenue; got.String() != "3" {
		t.Errorf("in yen: %s", got)
	}
}

// Over paths on which no key is twice the Shapley value of sets is Linear.
// TestEmptyKeys: an empty key of a path is [attribution.NoKey], for all models.
func TestEmptyKeys(t *testing.T) {
	given := []journey.Path{{Keys: []string{"a", ""}, Won: 1}, {Keys: []string{"", "b"}, Won: 2, Lost: 1}, {Keys: []string{"b"}, Won: 1}}
	named := []journey.Path{{Keys: []string{"a", attribution.NoKey}, Won: 1}, {Keys: []string{attribution.NoKey, "b"}, Won: 2, Lost: 1}, {Keys: []string{"b"}, Won: 1}}
	seen := credit.Custom("keys", func(j credit.Journey) []float64 {
		weights := make([]float64, len(j.Stops))
		for i, s := range j.Stops {
			weights[i] = float64(len(s.Key)) // 0 for an empty one
		}
		return weights
	})
	for _, m := range []credit.Model{credit.First(), credit.Last(), credit.Linear(), credit.U(), credit.LastNonKey(""), credit.Markov(2), credit.Shapley(), credit.RateShapley(), seen} {
		got, err := m.Credit(given)
		if err != nil {
			t.Fatal(m, err)
		}
		want, err := m.Credit(named)
		if err != nil {
			t.Fatal(m, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%v: %s", m, diff)
		}
	}
	if given[0].Keys[1] != "" || given[1].Keys[0] != "" {
		t.Error("the paths were changed")
	}
	last, err := credit.LastNonKey("").Credit(given[:1])
	if err != nil || last.Parts[0].Key != attribution.NoKey || last.Parts[0].Won != 0 || last.Parts[1].Won != 1 {
		t.Errorf("last with a key: %+v %v", last, err)
	}
}

func TestShapleyIsLinear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []journey.Path
		for range rapid.IntRange(1, 5).Draw(t, "paths") {
			keys := rapid.Permutation([]string{"a", "b", "c", "d"}).Draw(t, "keys")
			all = append(all, journey.Path{Keys: keys[:rapid.IntRange(1, 4).Draw(t, "length")], Won: rapid.Int64Range(1, 9).Draw(t, "won")})
		}
		linear, sets := creditOf(t, credit.Linear(), all), creditOf(t, credit.Shapley(), all)
		for i, p := range linear.Parts {
			if q := sets.Parts[i]; rat(p.Exact.Num).Cmp(rat(q.Exact.Num)) != 0 || rat(p.Exact.Den).Cmp(rat(q.Exact.Den)) != 0 {
				t.Fatalf("%s: %v, want %v", p.Key, p.Exact, q.Exact)
			}
		}
	})
}

// A split may be asked by many at once.
func TestConcurrent(t *testing.T) {
	var r credit.Records
	closedDeals(&r, 5, attribution.Won, "10", "a", "b", "a")
	closedDeals(&r, 5, attribution.Lost, "10", "b")
	b := book(t, r, credit.Options{Repeats: credit.Unique})
	s := split(t, b, credit.Markov(1))
	want := parts(t, s, "d3")
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if again, err := b.Split(credit.Markov(1), credit.TimeDecay(0)); err != nil || len(again) != 2 {
				t.Error(err)
			}
			for d := range s.Deals() {
				if len(d.Parts) != 2 {
					t.Error(d)
				}
			}
			if d, _ := s.Deal("d3"); fmt.Sprint(d.Parts[0].Revenue.Net, d.Parts[1].Revenue.Net) != want {
				t.Errorf("%+v, want %s", d, want)
			}
		})
	}
	wait.Wait()
}

// What the caller does with its records and options afterwards changes nothing,
// nor does a custom function with what it is given.
func TestNothingIsShared(t *testing.T) {
	r := journeyOf("10", "a", "b")
	o := credit.Options{Kinds: []string{""}, Without: []string{"x"}, Digits: map[string]int{"USD": 0}}
	b := book(t, r, o)
	tally := tally(t, credit.Linear(), o)
	r.Touches[0].Key, r.Deals[0].Amount, o.Kinds[0], o.Without[0], o.Digits["USD"] = "z", dec("99"), "y", "", 2
	s := split(t, b, credit.Custom("spoiler", func(j credit.Journey) []float64 {
		j.Stops[0].Key = "spoilt"
		return []float64{1, 2}
	}))
	if got, want := byKey(t, s), "a 3 b 7 of 10, 0 to nobody"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if err := tally.Add(journeyOf("3", "a", "b").Deals[0], journeyOf("3", "a", "b").Touches); err != nil || tally.Totals()[0].Keys[0].Revenue.Net.String() != "2" {
		t.Errorf("%v, %+v", err, tally.Totals())
	}
	n := 0
	for range s.Deals() {
		n++
		break
	}
	if n != 1 {
		t.Error("the first deal only")
	}
}

// What a custom model sees.
func TestJourney(t *testing.T) {
	r := journeyOf("10", "a", "")
	r.Touches[0], r.Touches[1] = r.Touches[1], r.Touches[0]
	r.Touches[1].Kind = "paid"
	r.Deals[0].Closed = r.Deals[0].Closed.In(time.FixedZone("", 3600))
	var got []credit.Journey
	m := credit.Custom("see", func(j credit.Journey) []float64 {
		got = append(got, j)
		return make([]float64, len(j.Stops), 9)[:len(j.Stops)]
	})
	b := book(t, r, credit.Options{})
	_, err := b.Split(m)
	refusal.Check(t, "all 0", err, fault("Custom", success.ErrMissing))
	err = tally(t, m, credit.Options{}).Add(r.Deals[0], r.Touches)
	refusal.Check(t, "all 0", err, fault("Custom", success.ErrMissing))
	_, err = m.Credit(paths(t, "a>b 1"))
	refusal.Check(t, "all 0", err, fault("Custom", success.ErrMissing))
	closed := at("2026-09-24")
	want := credit.Journey{Deal: "d", Opened: closed.Add(-time.Hour), Closed: closed, Stops: []credit.Stop{
		{Touch: 1, At: closed.Add(-2 * time.Second), Key: "a", Kind: "paid"}, {Touch: 0, At: closed.Add(-time.Second), Key: "(none)"},
	}}
	path := credit.Journey{Stops: []credit.Stop{{Touch: 0, Key: "a"}, {Touch: 1, Key: "b"}}}
	if len(got) != 3 || fmt.Sprint(got[0]) != fmt.Sprint(want) || fmt.Sprint(got[1]) != fmt.Sprint(want) || fmt.Sprint(got[2]) != fmt.Sprint(path) {
		t.Errorf("%v", got)
	}
}

// Ages longer than a time.Duration can hold, and shorter than a second.
func TestAges(t *testing.T) {
	closed := time.Date(2026, 1, 1, 0, 0, 0, 500_000_000, time.UTC)
	r := credit.Records{Deals: []attribution.Deal{won("d", "a", closed, "1")}}
	for _, at := range []time.Time{time.Date(1000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(1513, 1, 1, 12, 0, 0, 250_000_000, time.UTC), closed} {
		r.Touches = append(r.Touches, attribution.Touch{Account: "a", At: at, Key: "k"})
	}
	half := time.Duration(math.MaxInt64)
	days := []float64{374739, 187369.5} // before the close, of the calendar without its reform, but for parts of a second
	want, sum := []float64{0, 0, 1}, 1.0
	for i, d := range days {
		want[i] = math.Exp2(-(d*24*3600 + []float64{0.5, 0.25}[i]) / half.Seconds())
		sum += want[i]
	}
	for i := range want {
		want[i] /= sum
	}
	if got := weights(t, r, credit.Options{}, credit.TimeDecay(half)); !near(got, want, 1e-12) {
		t.Errorf("%v, want %v", got, want)
	}
	r.Touches = r.Touches[2:]
	for _, before := range []time.Duration{time.Second, 750 * time.Millisecond} {
		r.Touches = append(r.Touches, attribution.Touch{Account: "a", At: closed.Add(-before), Key: "k"})
	}
	want = []float64{1. / 4, math.Exp2(-1.5), 1}
	sum = want[0] + want[1] + want[2]
	if got := weights(t, r, credit.Options{}, credit.TimeDecay(500*time.Millisecond)); !near(got, []float64{want[0] / sum, want[1] / sum, want[2] / sum}, 1e-12) {
		t.Errorf("of half seconds: %v, want %v", got, want)
	}
	if got := weights(t, r, credit.Options{Window: 750 * time.Millisecond}, credit.Linear()); !near(got, []float64{0.5, 0.5}, 0) {
		t.Errorf("within 750 ms: %v", got)
	}
}

// Names of models are for tables.
func TestNames(t *testing.T) {
	got := fmt.Sprint(models(), learned(), credit.Position(credit.Shares{First: 1, Last: 2}), credit.LastNonKey(""))
	want := "[first last last not direct last not ad linear U J inverse J U milestones W full path milestones 0/1/0/0/1 decay 3s squares by key] [Markov 1 Markov 2 Shapley rate Shapley] position 1/0/2 last not (none)"
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
