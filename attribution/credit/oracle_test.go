package credit_test

import (
	"math/big"
	"sort"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/credit"
)

// What follows is the definition, read out naively in fractions. It shares no
// code with the package.

func rat(d decimal.Decimal) *big.Rat {
	r, ok := new(big.Rat).SetString(d.String())
	if !ok {
		panic(d)
	}
	return r
}

func naiveKey(t attribution.Touch) string {
	if t.Key == "" {
		return "(none)"
	}
	return t.Key
}

// before says whether a touch comes before another.
func before(a, b attribution.Touch) bool {
	switch {
	case !a.At.Equal(b.At):
		return a.At.Before(b.At)
	case a.Priority != b.Priority:
		return a.Priority < b.Priority
	case a.ID != b.ID:
		return a.ID < b.ID
	case naiveKey(a) != naiveKey(b):
		return naiveKey(a) < naiveKey(b)
	}
	return a.Kind < b.Kind
}

func in(words []string, word string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	return false
}

// eligible are the touches that count for a deal, in order.
func eligible(d attribution.Deal, all []attribution.Touch, o credit.Options) []attribution.Touch {
	var kept []attribution.Touch
	for _, t := range all {
		if t.Account != d.Account || t.At.After(d.Closed) || o.Window > 0 && t.At.Before(d.Closed.Add(-o.Window)) ||
			len(o.Kinds) > 0 && !in(o.Kinds, t.Kind) || in(o.Without, t.Kind) {
			continue
		}
		kept = append(kept, t)
	}
	sort.SliceStable(kept, func(i, j int) bool { return before(kept[i], kept[j]) })
	var out []attribution.Touch
	met := map[string]bool{}
	for i, t := range kept {
		again := o.Repeats == credit.Runs && i > 0 && naiveKey(kept[i-1]) == naiveKey(t) || o.Repeats == credit.Unique && met[naiveKey(t)]
		met[naiveKey(t)] = true
		if !again {
			out = append(out, t)
		}
	}
	return out
}

// A naive model gives weights, of which the sum and what is unattributed is 1.
type naive func(d attribution.Deal, touches []attribution.Touch, leads []attribution.Lead) []*big.Rat

func zeros(n int) []*big.Rat {
	all := make([]*big.Rat, n)
	for i := range all {
		all[i] = new(big.Rat)
	}
	return all
}

func naiveOne(at func(n int) int) naive {
	return func(_ attribution.Deal, touches []attribution.Touch, _ []attribution.Lead) []*big.Rat {
		w := zeros(len(touches))
		w[at(len(w))].SetInt64(1)
		return w
	}
}

func naiveLastNon(kind string) naive {
	return func(_ attribution.Deal, touches []attribution.Touch, _ []attribution.Lead) []*big.Rat {
		w, found := zeros(len(touches)), false
		for i := len(w) - 1; i >= 0 && !found; i-- {
			if found = touches[i].Kind != kind; found {
				w[i].SetInt64(1)
			}
		}
		if !found {
			w[len(w)-1].SetInt64(1)
		}
		return w
	}
}

func naiveLinear(_ attribution.Deal, touches []attribution.Touch, _ []attribution.Lead) []*big.Rat {
	w := zeros(len(touches))
	for i := range w {
		w[i].SetFrac64(1, int64(len(w)))
	}
	return w
}

func naivePosition(s credit.Shares) naive {
	return func(_ attribution.Deal, touches []attribution.Touch, _ []attribution.Lead) []*big.Rat {
		n, w := len(touches), zeros(len(touches))
		f, m, l := big.NewRat(s.First, 1), big.NewRat(s.Middle, 1), big.NewRat(s.Last, 1)
		switch {
		case n == 1:
			w[0].SetInt64(1)
			return w
		case n == 2:
			w[0].Set(f)
			w[1].Set(l)
			if s.Spill || s.First+s.Last == 0 {
				half := m.Mul(m, big.NewRat(1, 2))
				w[0].Add(w[0], half)
				w[1].Add(w[1], half)
			}
		default:
			for i := range w {
				w[i].Quo(m, big.NewRat(int64(n-2), 1))
			}
			w[0], w[n-1] = f, l
		}
		sum := new(big.Rat)
		for _, x := range w {
			sum.Add(sum, x)
		}
		for _, x := range w {
			x.Quo(x, sum)
		}
		return w
	}
}

func naiveMilestones(s credit.Stones) naive {
	return func(d attribution.Deal, touches []attribution.Touch, leads []attribution.Lead) []*big.Rat {
		upTo := func(end time.Time) int {
			at := -1
			for i, t := range touches {
				if !t.At.After(end) {
					at = i
				}
			}
			return at
		}
		lead := -1
		var earliest time.Time
		for _, l := range leads {
			if l.Account == d.Account && (earliest.IsZero() || l.At.Before(earliest)) {
				earliest = l.At
			}
		}
		if !earliest.IsZero() {
			lead = upTo(earliest)
		}
		type stone struct {
			at    int
			share int64
		}
		stones := []stone{{0, s.First}, {lead, s.Lead}, {upTo(d.Opened), s.Opened}, {len(touches) - 1, s.Won}}
		all := s.First + s.Lead + s.Opened + s.Won + s.Others
		present, missing, on := int64(0), int64(0), map[int]bool{}
		for _, st := range stones {
			switch {
			case st.share == 0:
			case st.at < 0:
				missing += st.share
			default:
				present += st.share
				on[st.at] = true
			}
		}
		if s.Lose {
			missing = 0
		}
		w, free := zeros(len(touches)), int64(len(touches)-len(on))
		toStones, toOthers := missing, s.Others
		if present == 0 {
			toStones, toOthers = 0, missing+s.Others
		} else if free == 0 {
			toStones, toOthers = missing+s.Others, 0
		}
		for _, st := range stones {
			if st.share > 0 && st.at >= 0 {
				each := big.NewRat(st.share, all) // and its part of what milestones get besides
				each.Add(each, new(big.Rat).Mul(big.NewRat(toStones, all), big.NewRat(st.share, present)))
				w[st.at].Add(w[st.at], each)
			}
		}
		for i := range w {
			if !on[i] {
				w[i].SetFrac64(toOthers, all*free)
			}
		}
		return w
	}
}

// naiveParts splits minor units by weights, the rest of them to nobody: whole
// parts, and one more each to the largest remainders, in order.
func naiveParts(units *big.Rat, weights []*big.Rat) []*big.Rat {
	none := big.NewRat(1, 1)
	for _, w := range weights {
		none.Sub(none, w)
	}
	all := append(append([]*big.Rat{}, weights...), none)
	parts, rests := make([]*big.Rat, len(all)), make([]*big.Rat, len(all))
	left := new(big.Rat).Set(units)
	for i, w := range all {
		exact := new(big.Rat).Mul(units, w)
		whole := new(big.Rat).SetInt(new(big.Int).Quo(exact.Num(), exact.Denom()))
		parts[i], rests[i] = whole, exact.Sub(exact, whole)
		left.Sub(left, whole)
	}
	for ; left.Sign() > 0; left.Sub(left, big.NewRat(1, 1)) {
		most := 0
		for i := range rests {
			if rests[i].Cmp(rests[most]) > 0 {
				most = i
			}
		}
		parts[most].Add(parts[most], big.NewRat(1, 1))
		rests[most] = big.NewRat(-1, 1)
	}
	return parts
}

func drawMoment(t *rapid.T, label string) time.Time {
	return second(rapid.Int64Range(1, 12).Draw(t, label))
}

func drawAccount(t *rapid.T) success.AccountID {
	return success.AccountID(rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "account"))
}

func drawRecords(t *rapid.T) credit.Records {
	var r credit.Records
	for i := range rapid.IntRange(1, 4).Draw(t, "deals") {
		closed := rapid.Int64Range(1, 12).Draw(t, "closed")
		amount := rapid.OneOf(rapid.Int64Range(0, 20), rapid.Int64Range(0, 8_999_999_999_999)).Draw(t, "amount")
		r.Deals = append(r.Deals, attribution.Deal{
			ID:       attribution.DealID(rune('A' + i)),
			Account:  drawAccount(t),
			Opened:   second(rapid.Int64Range(1, closed).Draw(t, "opened")),
			Closed:   second(closed),
			Status:   rapid.SampledFrom([]attribution.Status{attribution.Won, attribution.Won, attribution.Lost, attribution.Open}).Draw(t, "status"),
			Currency: rapid.SampledFrom([]string{"USD", "JPY", "KWD"}).Draw(t, "currency"),
			Amount:   decimal.New(amount, rapid.SampledFrom([]int32{-2, 0, -4, -6}).Draw(t, "exponent")),
		})
		if d := &r.Deals[i]; d.Status == attribution.Open {
			d.Closed = time.Time{}
		}
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "touches") {
		touch := attribution.Touch{
			Account:  drawAccount(t),
			At:       drawMoment(t, "at"),
			Priority: rapid.SampledFrom([]int{0, 0, 1, -1}).Draw(t, "priority"),
			Key:      rapid.SampledFrom([]string{"", "ad", "call", "mail", "(none)"}).Draw(t, "key"),
			Kind:     rapid.SampledFrom([]string{"", "direct", "paid"}).Draw(t, "kind"),
		}
		if rapid.Bool().Draw(t, "named") {
			touch.ID = attribution.TouchID(rapid.SampledFrom([]string{"p", "q"}).Draw(t, "id") + string(rune('a'+i)))
		}
		r.Touches = append(r.Touches, touch)
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "leads") {
		r.Leads = append(r.Leads, attribution.Lead{ID: attribution.LeadID(rune('l' + i)), Account: drawAccount(t), Source: attribution.Other, At: drawMoment(t, "lead at")})
	}
	return r
}

func drawOptions(t *rapid.T) credit.Options {
	words := rapid.SampledFrom([][]string{nil, nil, {"direct"}, {"", "paid"}})
	return credit.Options{
		Window:  time.Duration(rapid.SampledFrom([]int64{0, 0, 1, 3, 5, 12}).Draw(t, "window")) * time.Second,
		Kinds:   words.Draw(t, "kinds"),
		Without: words.Draw(t, "without"),
		Repeats: rapid.SampledFrom([]credit.Repeats{credit.All, credit.Runs, credit.Unique}).Draw(t, "repeats"),
	}
}

// A pair is a model and its definition.
type pair struct {
	model credit.Model
	naive naive
}

func drawPair(t *rapid.T) pair {
	share := rapid.SampledFrom([]int64{0, 1, 2, 5, 40, 100_000})
	draw := func(label string) int64 { return share.Draw(t, label) }
	switch rapid.IntRange(0, 7).Draw(t, "model") {
	case 0:
		return pair{credit.First(), naiveOne(func(int) int { return 0 })}
	case 1:
		return pair{credit.Last(), naiveOne(func(n int) int { return n - 1 })}
	case 2:
		return pair{credit.LastNon("direct"), naiveLastNon("direct")}
	case 3, 4:
		s := credit.Shares{First: draw("first"), Middle: draw("middle"), Last: draw("last"), Spill: rapid.Bool().Draw(t, "spill")}
		if s.First+s.Last == 0 {
			s.Middle = 7
		}
		if s.First+s.Middle+s.Last > 0 {
			return pair{credit.Position(s), naivePosition(s)}
		}
	case 5, 6:
		s := credit.Stones{First: draw("first"), Lead: draw("lead"), Opened: draw("opened"), Won: draw("won"), Others: draw("others"), Lose: rapid.Bool().Draw(t, "lose")}
		if s.First+s.Lead+s.Opened+s.Won+s.Others > 0 {
			return pair{credit.Milestones(s), naiveMilestones(s)}
		}
	}
	return pair{credit.Linear(), naiveLinear}
}

// TestAgainstDefinition compares every part of every deal, its weight, and the
// totals by key.
func TestAgainstDefinition(t *testing.T) { rapid.Check(t, checkDefinition) }

func checkDefinition(t *rapid.T) {
	r, o, p := drawRecords(t), drawOptions(t), drawPair(t)
	s := split(t, book(t, r, o), p.model)
	sums := map[[2]string]*big.Rat{}
	for _, d := range r.Deals {
		got, ok := s.Deal(d.ID)
		if ok != (d.Status == attribution.Won) {
			t.Fatalf("deal %s: %v", d.ID, ok)
		}
		if !ok {
			continue
		}
		touches := eligible(d, r.Touches, o)
		var weights []*big.Rat
		if len(touches) > 0 {
			weights = p.naive(d, touches, r.Leads)
		}
		unit := map[string]int64{"USD": 100, "JPY": 1, "KWD": 1000}[d.Currency]
		for !new(big.Rat).Mul(rat(d.Amount), big.NewRat(unit, 1)).IsInt() {
			unit *= 10
		}
		want := naiveParts(new(big.Rat).Mul(rat(d.Amount), big.NewRat(unit, 1)), weights)
		if n := len(got.Parts); n != len(touches) && (n != len(touches)+1 || got.Parts[n-1].Key != "unattributed") {
			t.Fatalf("deal %s: %d parts of %d touches", d.ID, n, len(touches))
		}
		for i, part := range got.Parts {
			amount := new(big.Rat).Quo(want[i], big.NewRat(unit, 1))
			key := "unattributed"
			if i < len(touches) {
				key = naiveKey(touches[i])
				if w := new(big.Rat).Quo(rat(part.Weight.Num), rat(part.Weight.Den)); w.Cmp(weights[i]) != 0 {
					t.Fatalf("%s, deal %s, touch %d: weight %s, want %s", p.model, d.ID, i, w, weights[i])
				}
				if at := r.Touches[part.Touch]; at != touches[i] && !alike(at, touches[i]) {
					t.Fatalf("deal %s: touch %d is %+v, want %+v", d.ID, i, at, touches[i])
				}
			}
			if rat(part.Revenue.Net).Cmp(amount) != 0 || part.Key != key {
				t.Fatalf("%s, deal %s, part %d: %s %s, want %s %s", p.model, d.ID, i, part.Key, part.Revenue.Net, key, amount.FloatString(4))
			}
			at := [2]string{d.Currency, key}
			if sums[at] == nil {
				sums[at] = new(big.Rat)
			}
			sums[at].Add(sums[at], amount)
		}
	}
	for _, total := range s.Totals {
		rows := append([]credit.Share{{Key: "unattributed", Revenue: total.Unattributed}}, total.Keys...)
		for _, row := range rows {
			want := sums[[2]string{total.Currency, row.Key}]
			if want == nil {
				want = new(big.Rat)
			}
			if rat(row.Revenue.Net).Cmp(want) != 0 {
				t.Fatalf("%s: %s %s, want %s", p.model, row.Key, row.Revenue.Net, want.FloatString(4))
			}
			delete(sums, [2]string{total.Currency, row.Key})
		}
	}
	for at, sum := range sums {
		if sum.Sign() != 0 {
			t.Fatalf("%v is not among the totals", at)
		}
	}
}

// alike reports whether two touches are the same in all that counts.
func alike(a, b attribution.Touch) bool { return !before(a, b) && !before(b, a) }
