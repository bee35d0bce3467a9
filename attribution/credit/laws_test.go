package credit_test

import (
	"math"
	"math/big"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/credit"
	"metrics.internal/success/attribution/journey"
)

// models are one of each kind, but those that need a won path.
func models() []credit.Model {
	return []credit.Model{
		credit.First(), credit.Last(), credit.LastNon("direct"), credit.LastNonKey("ad"), credit.Linear(), credit.U(), credit.J(), credit.InverseJ(),
		credit.UMilestones(), credit.W(), credit.FullPath(), credit.Milestones(credit.Stones{Lead: 1, Others: 1, Lose: true}),
		credit.TimeDecay(3 * time.Second), credit.Custom("squares", squares), credit.Custom("by key", byKeyLength),
	}
}

func byKeyLength(j credit.Journey) []float64 {
	w := make([]float64, len(j.Stops))
	for i, s := range j.Stops {
		w[i] = float64(len(s.Key)) / 3
	}
	return w
}

func learned() []credit.Model {
	return []credit.Model{credit.Markov(1), credit.Markov(2), credit.Shapley(), credit.RateShapley()}
}

// plain compares results by what they print.
func plain() cmp.Options {
	return cmp.Options{cmp.Comparer(func(a, b decimal.Decimal) bool { return a.Equal(b) }), cmp.FilterPath(func(p cmp.Path) bool {
		name := p.Last().String()
		return name == ".book" || name == ".scale" || name == ".asked" || name == ".from"
	}, cmp.Ignore())}
}

// checkSums is the law of conservation: parts, keys and what is unattributed add
// up to what was won.
func checkSums(t *rapid.T, r credit.Records, s *credit.Split) {
	amounts := map[string]decimal.Decimal{}
	changes := map[string]decimal.Decimal{}
	currency := map[attribution.DealID]string{}
	counts := map[string]int{}
	for _, d := range r.Deals {
		currency[d.ID] = d.Currency
		if d.Status == attribution.Won {
			amounts[d.Currency] = amounts[d.Currency].Add(d.Amount)
			counts[d.Currency]++
		}
	}
	for _, a := range r.Adjustments {
		changes[currency[a.Deal]] = changes[currency[a.Deal]].Add(a.Amount)
	}
	if len(s.Totals) != len(counts) {
		t.Fatalf("%d currencies, want %d", len(s.Totals), len(counts))
	}
	for _, total := range s.Totals {
		sum := total.Unattributed.Net
		for _, k := range total.Keys {
			sum = sum.Add(k.Revenue.Net)
			if k.Revenue.Net.IsNegative() || !k.Revenue.Gross.Add(k.Revenue.Adjusted).Equal(k.Revenue.Net) {
				t.Fatalf("%s: %+v", s.Model, k)
			}
		}
		gross, adjusted := amounts[total.Currency], changes[total.Currency]
		if !total.Revenue.Gross.Equal(gross) || !total.Revenue.Adjusted.Equal(adjusted) || !sum.Equal(gross.Add(adjusted)) ||
			!total.Attributed.Net.Add(total.Unattributed.Net).Equal(sum) || total.Deals != counts[total.Currency] {
			t.Fatalf("%s: %+v, want %s and %s", s.Model, total, gross, adjusted)
		}
	}
	n := 0
	for d := range s.Deals() {
		n++
		checkDeal(t, s.Model, d)
	}
	if all := counts["USD"] + counts["JPY"] + counts["KWD"]; n != all {
		t.Fatalf("%d deals, want %d", n, all)
	}
}

// checkInfluence is that no key gets more than all that the deals are worth which
// it touched, as won.
func checkInfluence(t *rapid.T, r credit.Records, o credit.Options, s *credit.Split) {
	influenced := map[[2]string]decimal.Decimal{}
	for _, d := range r.Deals {
		if d.Status != attribution.Won {
			continue
		}
		met := map[string]bool{}
		for _, touch := range eligible(d, r.Touches, o) {
			if key := naiveKey(touch); !met[key] {
				met[key] = true
				at := [2]string{d.Currency, key}
				influenced[at] = influenced[at].Add(d.Amount)
			}
		}
	}
	for _, total := range s.Totals {
		for _, k := range total.Keys {
			if most, ok := influenced[[2]string{total.Currency, k.Key}]; !ok || k.Revenue.Gross.GreaterThan(most) {
				t.Fatalf("%s: %s gets %s of %s", s.Model, k.Key, k.Revenue.Gross, most)
			}
		}
	}
}

// checkDeal is the same of a deal: weights add up to 1 exactly, parts to the
// amount; no weight, no part.
func checkDeal(t *rapid.T, model string, d credit.DealSplit) {
	sum, gross, net := new(big.Rat), decimal.Decimal{}, decimal.Decimal{}
	for _, p := range d.Parts {
		w := new(big.Rat).Quo(rat(p.Weight.Num), rat(p.Weight.Den))
		sum.Add(sum, w)
		gross, net = gross.Add(p.Revenue.Gross), net.Add(p.Revenue.Net)
		if w.Sign() < 0 || w.Sign() == 0 && !p.Revenue.Gross.IsZero() || p.Revenue.Net.IsNegative() || (p.Touch < 0) != (p.Key == attribution.Unattributed) {
			t.Fatalf("%s: %+v", model, p)
		}
	}
	if sum.Cmp(big.NewRat(1, 1)) != 0 || !gross.Equal(d.Revenue.Gross) || !net.Equal(d.Revenue.Net) {
		t.Fatalf("%s: weights of %s, %s of %+v", model, sum, gross, d)
	}
}

// addChanges draws refunds of what is left and restatements.
func addChanges(t *rapid.T, r *credit.Records) {
	for _, d := range r.Deals {
		if d.Status != attribution.Won {
			continue
		}
		left, at := d.Amount, d.Closed
		for i := range rapid.IntRange(0, 3).Draw(t, "changes") {
			change := decimal.New(rapid.Int64Range(0, 500).Draw(t, "restated"), -2)
			if rapid.Bool().Draw(t, "refund") {
				change = left.Mul(decimal.New(rapid.Int64Range(0, 4).Draw(t, "quarters")*25, -2)).Truncate(6).Neg()
				change = decimal.Max(change, decimal.New(-8_999_999_999_999, 0)) // one amount may be no more
			}
			left, at = left.Add(change), at.Add(time.Second)
			r.Adjustments = append(r.Adjustments, attribution.Adjustment{ID: attribution.AdjustmentID(string(d.ID) + string(rune('0'+i))), Deal: d.ID, At: at, Amount: change})
		}
	}
}

// All laws of one book: sums, the same in any order, arguments unchanged.
func TestLaws(t *testing.T) { rapid.Check(t, checkLaws) }

func checkLaws(t *rapid.T) {
	r, o := drawRecords(t), drawOptions(t)
	addChanges(t, &r)
	all := models()
	if anyWon(r, o) {
		all = append(all, learned()...)
	}
	before := credit.Records{Deals: slices.Clone(r.Deals), Touches: slices.Clone(r.Touches), Leads: slices.Clone(r.Leads), Adjustments: slices.Clone(r.Adjustments)}
	got, err := book(t, r, o).Split(all...)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(r, before) {
		t.Fatal("the records were changed")
	}
	for i, s := range got {
		if s.Model != all[i].String() {
			t.Fatalf("split %d is of %s", i, s.Model)
		}
		checkSums(t, r, s)
		checkInfluence(t, r, o, s)
		for c := range s.Totals {
			if !slices.EqualFunc(s.Totals[c].Keys, got[0].Totals[c].Keys, func(a, b credit.Share) bool { return a.Key == b.Key }) {
				t.Fatalf("%s: other keys", s.Model)
			}
		}
	}
	shuffled := credit.Records{Deals: permuted(t, r.Deals), Touches: permuted(t, r.Touches), Leads: permuted(t, r.Leads), Adjustments: permuted(t, r.Adjustments)}
	again, err := book(t, shuffled, o).Split(all...)
	if diff := cmp.Diff(got, again, plain()); err != nil || diff != "" {
		t.Fatalf("in another order: %v\n%s", err, diff)
	}
}

func permuted[T any](t *rapid.T, all []T) []T { return rapid.Permutation(all).Draw(t, "order") }

// anyWon reports whether a won deal has a touch.
func anyWon(r credit.Records, o credit.Options) bool {
	return slices.ContainsFunc(r.Deals, func(d attribution.Deal) bool {
		return d.Status == attribution.Won && len(eligible(d, r.Touches, o)) > 0
	})
}

// weights of the only deal, as numbers.
func weights(t fatal, r credit.Records, o credit.Options, m credit.Model) []float64 {
	t.Helper()
	d, ok := split(t, book(t, r, o), m).Deal(r.Deals[0].ID)
	if !ok {
		t.Fatal("not won")
	}
	all := make([]float64, len(d.Parts))
	for i, p := range d.Parts {
		all[i], _ = p.Weight.Float64()
	}
	return all
}

func near(a, b []float64, tolerance float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) <= tolerance })
}

// drawJourney draws one won deal with touches of different ages.
func drawJourney(t *rapid.T) credit.Records {
	const closed = 1_000_000
	r := credit.Records{Deals: []attribution.Deal{won("d", "a", second(closed), "100")}}
	ages := rapid.SliceOfNDistinct(rapid.Int64Range(0, 900_000), 1, 6, func(a int64) int64 { return a }).Draw(t, "ages")
	for _, a := range ages {
		r.Touches = append(r.Touches, attribution.Touch{Account: "a", At: second(closed - a), Key: rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "key")})
	}
	return r
}

// The decay is the definition, tends to Linear and to Last, and does not depend
// on when all that was.
func TestDecayLaws(t *testing.T) { rapid.Check(t, checkDecay) }

func checkDecay(t *rapid.T) {
	r := drawJourney(t)
	half := time.Duration(rapid.Int64Range(1, 1_000_000).Draw(t, "half life")) * time.Second
	got := weights(t, r, credit.Options{}, credit.TimeDecay(half))
	ages := make([]float64, len(r.Touches))
	for i, touch := range r.Touches {
		ages[i] = r.Deals[0].Closed.Sub(touch.At).Seconds()
	}
	slices.Sort(ages)
	slices.Reverse(ages)
	want, sum := make([]float64, len(ages)), 0.0
	for i, a := range ages {
		want[i] = math.Pow(2, -(a-ages[len(ages)-1])/half.Seconds())
		sum += want[i]
	}
	for i := range want {
		want[i] /= sum
	}
	if !near(got, want, 1e-12) {
		t.Fatalf("%v, want %v", got, want)
	}
	if !near(weights(t, r, credit.Options{}, credit.TimeDecay(math.MaxInt64)), weights(t, r, credit.Options{}, credit.Linear()), 1e-3) {
		t.Fatal("a long half life is not linear")
	}
	if !near(weights(t, r, credit.Options{}, credit.TimeDecay(time.Millisecond)), weights(t, r, credit.Options{}, credit.Last()), 0) {
		t.Fatal("a short half life is not the last")
	}
	shift := time.Duration(rapid.Int64Range(-1e6, 1e6).Draw(t, "shift")) * time.Second
	later := credit.Records{Deals: slices.Clone(r.Deals), Touches: slices.Clone(r.Touches)}
	later.Deals[0].Closed = later.Deals[0].Closed.Add(shift)
	later.Deals[0].Opened = later.Deals[0].Opened.Add(shift)
	for i := range later.Touches {
		later.Touches[i].At = later.Touches[i].At.Add(shift)
	}
	if !near(weights(t, later, credit.Options{}, credit.TimeDecay(half)), got, 0) {
		t.Fatal("shifted in time it differs")
	}
}

// What an old touch weighs beside the newest is 2 to the half lives between, as
// math.Exp2 has it, until it is less than half of the last bit.
func TestDecayIsExp2(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const half = 1 << 20
		age := rapid.OneOf(rapid.Int64Range(0, 20*half), rapid.SampledFrom([]int64{0, 1, half / 64, half/64 - 1, half, half - 1, 59*half - 1, 60 * half, 61*half - 1, 61*half + 1, 62 * half, 63 * half, 64 * half, 64*half - 1, 4000 * half})).Draw(t, "age")
		r := credit.Records{
			Deals:   []attribution.Deal{won("d", "a", second(1e10), "1")},
			Touches: []attribution.Touch{{Account: "a", At: second(1e10 - age), Key: "old"}, {Account: "a", At: second(1e10), Key: "zew"}},
		}
		d, _ := split(t, book(t, r, credit.Options{}), credit.TimeDecay(half*time.Second)).Deal("d")
		older, newest := d.Parts[0].Weight.Num.InexactFloat64(), d.Parts[1].Weight.Num.InexactFloat64()
		want := math.Exp2(-float64(age) / half)
		if newest != 1<<60 || math.Abs(older/newest-want) > 4e-16*want+0.5/newest {
			t.Fatalf("%v of %v after %v half lives, want %v", older, newest, float64(age)/half, want)
		}
	})
}

// U of one or two touches is Linear.
func TestPositionLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawJourney(t)
		same := near(weights(t, r, credit.Options{}, credit.U()), weights(t, r, credit.Options{}, credit.Linear()), 0)
		if n := len(r.Touches); same != (n <= 2) {
			t.Fatalf("U of %d touches as linear: %v", n, same)
		}
	})
}

// A shorter window has no touch that a longer one has not; 0 is the longest.
func TestWindowLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawJourney(t)
		window := rapid.Int64Range(1, 1_000_000)
		short, long := window.Draw(t, "short"), window.Draw(t, "long")
		if short > long {
			short, long = long, short
		}
		in := func(seconds int64) map[int]bool {
			d, _ := split(t, book(t, r, credit.Options{Window: time.Duration(seconds) * time.Second}), credit.Linear()).Deal("d")
			all := map[int]bool{}
			for _, p := range d.Parts {
				all[p.Touch] = true
			}
			delete(all, -1)
			return all
		}
		few, more, most := in(short), in(long), in(0)
		if len(most) != len(r.Touches) {
			t.Fatalf("%d of %d touches without a window", len(most), len(r.Touches))
		}
		for i := range few {
			if !more[i] {
				t.Fatalf("touch %d is in %d s but not in %d s", i, short, long)
			}
		}
	})
}

func drawPaths(t *rapid.T) []journey.Path {
	all := []journey.Path{{Keys: []string{"x", "y"}, Won: 1}}
	for range rapid.IntRange(0, 5).Draw(t, "paths") {
		p := journey.Path{
			Keys: rapid.SliceOfN(rapid.SampledFrom([]string{"x", "y", "z", "w"}), 0, 5).Draw(t, "keys"),
			Won:  rapid.Int64Range(0, 5).Draw(t, "won"), Lost: rapid.Int64Range(0, 5).Draw(t, "lost"),
		}
		if p.Won > 0 {
			p.Revenue = decimal.New(rapid.Int64Range(0, 1000).Draw(t, "revenue"), rapid.SampledFrom([]int32{-2, -6, 5}).Draw(t, "exponent"))
		}
		all = append(all, p)
	}
	return all
}

// Over paths, credit adds up to what was won, and a path that is counted twice
// is the path twice. Exact fractions are what they stand beside.
func TestPathLaws(t *testing.T) { rapid.Check(t, checkPaths) }

func checkPaths(t *rapid.T) {
	all := drawPaths(t)
	won, revenue := int64(0), decimal.Decimal{}
	for _, p := range all {
		if len(p.Keys) > 0 {
			won, revenue = won+p.Won, revenue.Add(p.Revenue)
		}
	}
	for _, m := range []credit.Model{credit.First(), credit.Last(), credit.LastNonKey("x"), credit.Linear(), credit.U(), credit.J(), credit.Custom("squares", squares), credit.Shapley()} {
		c := creditOf(t, m, all)
		sum, shares, exact, money := 0.0, 0.0, new(big.Rat), decimal.Decimal{}
		for _, p := range c.Parts {
			sum, shares, money = sum+p.Won, shares+p.Share, money.Add(p.Revenue)
			if num, ok := p.Exact.Float64(); ok {
				exact.Add(exact, new(big.Rat).Quo(rat(p.Exact.Num), rat(p.Exact.Den)))
				if math.Abs(num-p.Won) > 1e-12 {
					t.Fatalf("%s: %+v", m, p)
				}
			}
		}
		if c.Won != won || math.Abs(sum-float64(won)) > 1e-12*float64(won+1) || math.Abs(shares-1) > 1e-12 || !money.Equal(revenue) || !c.Revenue.Equal(revenue) {
			t.Fatalf("%s: %+v, want %d and %s", m, c, won, revenue)
		}
		if m.String() != "squares" && exact.Cmp(new(big.Rat).SetInt64(won)) != 0 {
			t.Fatalf("%s: exactly %s", m, exact)
		}
		if diff := cmp.Diff(c, creditOf(t, m, permuted(t, all)), plain(), cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-9 })); diff != "" {
			t.Fatalf("%s in another order: %s", m, diff)
		}
	}
}

// Linear over paths is the definition, in fractions.
func TestPathsAgainstDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawPaths(t)
		shares := credit.Shares{First: 3, Middle: 2, Last: 4}
		for m, weigh := range map[string]naive{"linear": naiveLinear, "position 3/2/4": naivePosition(shares)} {
			want := map[string]*big.Rat{}
			money := map[string]*big.Rat{}
			for _, p := range all {
				if len(p.Keys) == 0 || p.Won == 0 {
					continue
				}
				for i, w := range weigh(attribution.Deal{}, make([]attribution.Touch, len(p.Keys)), nil) {
					key := p.Keys[i]
					if want[key] == nil {
						want[key], money[key] = new(big.Rat), new(big.Rat)
					}
					want[key].Add(want[key], new(big.Rat).Mul(w, big.NewRat(p.Won, 1)))
					money[key].Add(money[key], new(big.Rat).Mul(w, rat(p.Revenue)))
				}
			}
			model := credit.Linear()
			if m != model.String() {
				model = credit.Position(shares)
			}
			for _, p := range creditOf(t, model, all).Parts {
				if want[p.Key] == nil {
					want[p.Key], money[p.Key] = new(big.Rat), new(big.Rat)
				}
				if got := new(big.Rat).Quo(rat(p.Exact.Num), rat(p.Exact.Den)); got.Cmp(want[p.Key]) != 0 {
					t.Fatalf("%s, %s: %s, want %s", m, p.Key, got, want[p.Key])
				}
				gap := new(big.Rat).Sub(rat(p.Revenue), money[p.Key])
				if gap.Abs(gap).Cmp(big.NewRat(1, 1_000_000)) >= 0 {
					t.Fatalf("%s, %s: %s, want %s", m, p.Key, p.Revenue, money[p.Key].FloatString(9))
				}
			}
		}
	})
}
