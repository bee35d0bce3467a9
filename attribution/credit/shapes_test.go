package credit_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/credit"
	"metrics.internal/success/internal/refusal"
)

func tally(t fatal, m credit.Model, o credit.Options) *credit.Tally {
	t.Helper()
	all, err := credit.NewTally(m, o)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// One deal at a time it is the same as a book.
func TestTallyIsBook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, o := drawRecords(t), drawOptions(t)
		b := book(t, r, o)
		for _, m := range []credit.Model{credit.First(), credit.LastNon("direct"), credit.LastNonKey(""), credit.Linear(), credit.J(), credit.TimeDecay(3 * time.Second), credit.Custom("squares", squares)} {
			tally := tally(t, m, o)
			for _, d := range r.Deals {
				if err := tally.Add(d, permuted(t, r.Touches)); err != nil {
					t.Fatal(err)
				}
			}
			want := split(t, b, m).Totals
			if got := tally.Totals(); len(want)+len(got) > 0 && !cmp.Equal(got, want, plain()) {
				t.Fatalf("%s: %s", m, cmp.Diff(want, got, plain()))
			}
		}
	})
}

// As columns it is the same as a book.
func TestColumnsAreBook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRecords(t)
		for i := range r.Deals {
			r.Deals[i].Currency = "KWD"
			r.Deals[i].Amount = decimal.New(rapid.OneOf(rapid.Int64Range(0, 20), rapid.Int64Range(0, 8_999_999_999_999_999)).Draw(t, "units"), -3)
		}
		c := credit.Columns{Currency: "KWD", Names: []string{"mail", "", "ad", "call", "never"}}
		number := map[string]int32{"mail": 0, "(none)": 1, "ad": 2, "call": 3}
		for _, d := range r.Deals {
			if d.Status != attribution.Won {
				continue
			}
			c.Amounts = append(c.Amounts, d.Amount.CoefficientInt64())
			for _, touch := range eligible(d, r.Touches, credit.Options{}) {
				c.Keys = append(c.Keys, number[naiveKey(touch)])
				c.Ages = append(c.Ages, 7+d.Closed.Sub(touch.At).Seconds())
			}
			c.Ends = append(c.Ends, len(c.Keys))
		}
		models := []credit.Model{credit.First(), credit.Last(), credit.LastNonKey("ad"), credit.LastNonKey(""), credit.Linear(), credit.InverseJ(), credit.TimeDecay(3 * time.Second)}
		splits, err1 := book(t, r, credit.Options{}).Split(models...)
		got, err2 := c.Split(models...)
		if err1 != nil || err2 != nil || len(got) != len(models) {
			t.Fatal(err1, err2)
		}
		for i, s := range splits {
			want := credit.Total{Currency: "KWD"}
			if len(s.Totals) > 0 {
				want = s.Totals[0]
			}
			if diff := cmp.Diff(want, got[i], plain()); diff != "" {
				t.Fatalf("%s: %s", models[i], diff)
			}
		}
	})
}

// What only columns have: amounts below zero, and ages of any beginning.
func TestColumns(t *testing.T) {
	c := credit.Columns{
		Currency: "JPY", Names: []string{"b", "a"}, Amounts: []int64{-101, 70, math.MinInt64, -5}, Ends: []int{3, 5, 6, 6},
		Keys: []int32{1, 0, 1, 0, 1, 0}, Ages: []float64{9, 9, 9, 1e6 + 7*24*3600, 1e6, 0},
	}
	got, err := c.Split(credit.Linear(), credit.TimeDecay(0), credit.LastNonKey("a"))
	if err != nil {
		t.Fatal(err)
	}
	low := decimal.NewFromInt(math.MinInt64)
	for i, want := range []struct{ a, b decimal.Decimal }{
		{dec("-67").Add(dec("35")), dec("-34").Add(dec("35")).Add(low)}, // −34 −34 −33, 35 35
		{dec("-67").Add(dec("47")), dec("-34").Add(dec("23")).Add(low)}, // and 23⅓ 46⅔
		{dec("0"), dec("-101").Add(dec("70")).Add(low)},
	} {
		total := got[i]
		if total.Untouched != 1 || total.Deals != 4 || !total.Unattributed.Net.Equal(dec("-5")) ||
			!total.Keys[0].Revenue.Net.Equal(want.a) || !total.Keys[1].Revenue.Net.Equal(want.b) || total.Keys[0].Key != "a" || !total.Keys[0].Revenue.Adjusted.IsZero() {
			t.Errorf("%d: %+v, want %+v", i, total, want)
		}
	}
}

func TestColumnsRefused(t *testing.T) {
	ok := credit.Columns{Names: []string{"a"}, Amounts: []int64{1, 2}, Ends: []int{1, 2}, Keys: []int32{0, 0}, Ages: []float64{2, 1}}
	with := func(f func(*credit.Columns)) credit.Columns {
		c := ok
		f(&c)
		return c
	}
	if _, err := ok.Split(credit.TimeDecay(0)); err != nil {
		t.Error(err)
	}
	unaged := with(func(c *credit.Columns) { c.Ages = nil })
	if _, err := unaged.Split(credit.Linear()); err != nil {
		t.Error(err)
	}
	for _, c := range []struct {
		what  string
		c     credit.Columns
		kinds []refusal.Fault
		at    []int
	}{
		{"a name twice", with(func(c *credit.Columns) { c.Names = []string{"a", "", "(none)"} }), []refusal.Fault{fault("Names", success.ErrDuplicate)}, []int{2}},
		{"a reserved name", with(func(c *credit.Columns) { c.Names = []string{"a", "unattributed"} }), []refusal.Fault{fault("Names", success.ErrRange)}, []int{1}},
		{"keys without a name", with(func(c *credit.Columns) { c.Keys = []int32{1, -1} }), []refusal.Fault{fault("Keys", success.ErrUnknown), fault("Keys", success.ErrUnknown)}, []int{0, 1}},
		{"fewer ends", with(func(c *credit.Columns) { c.Ends = []int{2} }), []refusal.Fault{fault("Ends", success.ErrRange)}, []int{-1}},
		{"ends that go back", with(func(c *credit.Columns) { c.Amounts, c.Ends = []int64{1, 2, 3, 4}, []int{1, 0, 0, 2} }), []refusal.Fault{fault("Ends", success.ErrOrder), fault("Ends", success.ErrOrder)}, []int{1, 2}},
		{"a negative end", with(func(c *credit.Columns) { c.Ends = []int{-1, 2} }), []refusal.Fault{fault("Ends", success.ErrOrder)}, []int{0}},
		{"ends beyond", with(func(c *credit.Columns) { c.Ends = []int{1, 3} }), []refusal.Fault{fault("Ends", success.ErrRange)}, []int{1}},
		{"touches of no deal", with(func(c *credit.Columns) { c.Ends = []int{0, 1} }), []refusal.Fault{fault("Keys", success.ErrRange)}, []int{-1}},
		{"no ages", unaged, []refusal.Fault{fault("Ages", success.ErrRange)}, []int{-1}},
		{"no numbers", with(func(c *credit.Columns) { c.Ages = []float64{math.NaN(), math.Inf(1)} }), []refusal.Fault{fault("Ages", success.ErrRange), fault("Ages", success.ErrRange)}, []int{0, 1}},
		{"after the close", with(func(c *credit.Columns) { c.Ages = []float64{0, -1} }), []refusal.Fault{fault("Ages", success.ErrRange)}, []int{1}},
		{"ages that grow", with(func(c *credit.Columns) { c.Ends, c.Ages = []int{0, 2}, []float64{1, 2} }), []refusal.Fault{fault("Ages", success.ErrOrder)}, []int{1}},
	} {
		got, err := c.c.Split(credit.TimeDecay(0))
		refusal.Check(t, c.what, err, c.kinds...)
		positions(t, c.what, err, c.at...)
		if got != nil {
			t.Errorf("%s: %v", c.what, got)
		}
	}
	for _, m := range []credit.Model{credit.W(), credit.LastNon(""), credit.Custom("c", squares), credit.Markov(1), credit.Shapley(), credit.RateShapley()} {
		_, err := ok.Split(credit.First(), m)
		refusal.Check(t, m.String(), err, fault("", success.ErrMissing))
		positions(t, m.String(), err, 1)
	}
	_, err := ok.Split()
	refusal.Check(t, "no models", err, fault("", success.ErrMissing))
	_, err = ok.Split(credit.Model{})
	refusal.Check(t, "no model", err, fault("", success.ErrMissing))
}

func TestTallyRefused(t *testing.T) {
	for _, m := range []credit.Model{credit.FullPath(), credit.Markov(1), credit.Shapley(), credit.RateShapley(), {}} {
		_, err := credit.NewTally(m, credit.Options{Window: -1})
		refusal.Check(t, m.String(), err, fault("", success.ErrMissing), fault("Window", success.ErrNegative))
	}
	all := tally(t, credit.Custom("none", func(credit.Journey) []float64 { return nil }), credit.Options{})
	good, bad := won("d", "a", second(9), "1"), won("d", "", second(9), "-1")
	refusal.Check(t, "a deal", all.Add(bad, nil), fault("Account", success.ErrMissing), fault("Amount", success.ErrNegative))
	err := all.Add(good, []attribution.Touch{{Account: "a", At: second(1)}, {}})
	refusal.Check(t, "a touch", err, fault("Account", success.ErrMissing), fault("At", success.ErrMissing))
	positions(t, "a touch", err, 1, 1)
	err = all.Add(good, []attribution.Touch{{Account: "a", At: second(1)}})
	refusal.Check(t, "weights", err, fault("Custom", success.ErrRange))
	positions(t, "weights", err, -1)
	if got := all.Totals(); len(got) != 0 {
		t.Errorf("%+v of what was refused", got)
	}
	if err := all.Add(good, nil); err != nil || all.Totals()[0].Untouched != 1 {
		t.Errorf("without a touch: %v", err)
	}
}

// Once warm, neither a tally nor columns allocate per deal.
func TestAllocations(t *testing.T) {
	r, c := sales(100)
	g := grouped(r)
	for _, m := range []credit.Model{credit.Last(), credit.Linear(), credit.U(), credit.TimeDecay(0)} {
		tally := tally(t, m, credit.Options{})
		all := func() {
			for i, d := range g.Deals {
				if err := tally.Add(d, g.Touches[i*benchTouches:][:benchTouches]); err != nil {
					t.Fatal(err)
				}
			}
		}
		if n := testing.AllocsPerRun(10, all); n > 0 {
			t.Errorf("%s: a tally makes %v allocations for 100 deals", m, n)
		}
		few := testing.AllocsPerRun(10, func() { c.Split(m) })
		twice := *c
		twice.Amounts = append(append([]int64{}, c.Amounts...), c.Amounts...)
		for _, end := range c.Ends {
			twice.Ends = append(twice.Ends[:len(twice.Ends):len(twice.Ends)], end+len(c.Keys))
		}
		twice.Keys, twice.Ages = append(append([]int32{}, c.Keys...), c.Keys...), append(append([]float64{}, c.Ages...), c.Ages...)
		if many := testing.AllocsPerRun(10, func() { twice.Split(m) }); many > few {
			t.Errorf("%s: %v allocations for twice as many deals as have %v", m, many, few)
		}
	}
}
