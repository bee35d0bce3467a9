package tier_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"testing"

	diff "github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health/tier"
	"pgregory.net/rapid"
)

func drawWork(t *rapid.T, most int) []tier.Work {
	work := make([]tier.Work, rapid.IntRange(0, most).Draw(t, "pieces"))
	for i := range work {
		work[i] = tier.Work{Account: success.AccountID(fmt.Sprintf("A%02d", i)),
			Hours: whole(rapid.IntRange(0, 30).Draw(t, "hours")),
			Owner: rapid.SampledFrom([]string{"", "Ada", "Ben", "Cleo", "Gone"}).Draw(t, "owner")}
	}
	return work
}

func drawPeople(t *rapid.T, most int) []string {
	return rapid.Permutation([]string{"Ada", "Ben", "Cleo", "Dan", "Eve"}[:rapid.IntRange(1, most).Draw(t, "people")]).Draw(t, "names")
}

func divide(t interface{ Fatal(...any) }, work []tier.Work, people []string, o tier.Options) tier.Division {
	d, err := tier.Divide(work, people, o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func most(d tier.Division) (hours int) {
	for _, p := range d.Portfolios {
		hours = max(hours, int(p.Hours.IntPart()))
	}
	return hours
}

// least tries every way to deal hours to people.
func least(hours, loads []int) int {
	if len(hours) == 0 {
		return slices.Max(loads)
	}
	best := math.MaxInt
	for i := range loads {
		loads[i] += hours[0]
		best = min(best, least(hours[1:], loads))
		loads[i] -= hours[0]
	}
	return best
}

// largestFirst deals the largest first to whoever has least.
func largestFirst(hours []int, people int) int {
	loads := make([]int, people)
	for _, h := range slices.SortedFunc(slices.Values(hours), func(a, b int) int { return cmp.Compare(b, a) }) {
		loads[slices.Index(loads, slices.Min(loads))] += h
	}
	return slices.Max(loads)
}

func hoursOf(work []tier.Work) []int {
	var hours []int
	for _, w := range work {
		hours = append(hours, int(w.Hours.IntPart()))
	}
	return hours
}

func TestFewAreDividedBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		work, people := drawWork(t, 7), drawPeople(t, 3)
		d := divide(t, work, people, tier.Options{Fresh: true})
		if want := least(hoursOf(work), make([]int, len(people))); most(d) != want {
			t.Fatalf("largest load %d, want %d: %+v", most(d), want, d)
		}
		checkDivision(t, work, people, d)
	})
}

// Largest first is not best at these: 3 3 | 2 2 2 against 3 2 2 | 3 2.
func TestTwelveAmongThree(t *testing.T) {
	for _, c := range []struct {
		hours       []int
		people      int
		best, first int
	}{
		{[]int{3, 3, 2, 2, 2}, 2, 6, 7},
		{[]int{5, 5, 4, 4, 3, 3, 3}, 3, 9, 11},
		{[]int{50, 50, 40, 40, 30, 30, 30}, 3, 90, 110},
		{[]int{9, 9, 9, 7, 7, 7, 5, 5, 5, 3, 3, 3}, 3, 24, 24},
	} {
		if got := largestFirst(c.hours, c.people); got != c.first {
			t.Errorf("%v: largest first %d, want %d", c.hours, got, c.first)
		}
		var work []tier.Work
		for i, h := range c.hours {
			work = append(work, tier.Work{Account: success.AccountID(fmt.Sprint(i)), Hours: whole(h)})
		}
		people := []string{"Ada", "Ben", "Cleo"}[:c.people]
		if d := divide(t, work, people, tier.Options{Fresh: true}); most(d) != c.best {
			t.Errorf("%v: %d, want %d", c.hours, most(d), c.best)
		}
	}
}

func TestManyAreNeverWorseThanLargestFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		work, people := drawWork(t, 30), drawPeople(t, 5)
		d := divide(t, work, people, tier.Options{Fresh: true})
		if bound := largestFirst(hoursOf(work), len(people)); most(d) > bound {
			t.Fatalf("largest load %d, largest first has %d", most(d), bound)
		}
		checkDivision(t, work, people, d)
	})
}

// checkDivision holds of every division: all work is in it once, hours add up,
// handovers are counted, and the balance is what it says.
func checkDivision(t *rapid.T, work []tier.Work, people []string, d tier.Division) {
	who := map[success.AccountID]string{}
	largest, total := decimal.Decimal{}, decimal.Decimal{}
	for i, p := range d.Portfolios {
		if p.Person != slices.Sorted(slices.Values(people))[i] || !slices.IsSorted(p.Accounts) {
			t.Fatalf("%+v", d)
		}
		sum := decimal.Decimal{}
		for _, id := range p.Accounts {
			if who[id] != "" {
				t.Fatalf("%s is there twice", id)
			}
			who[id] = p.Person
			sum = sum.Add(work[slices.IndexFunc(work, func(w tier.Work) bool { return w.Account == id })].Hours)
		}
		if !sum.Equal(p.Hours) {
			t.Fatalf("%+v has %v", p, sum)
		}
		largest, total = decimal.Max(largest, sum), total.Add(sum)
	}
	handovers := 0
	for _, w := range work {
		if w.Owner != "" && w.Owner != who[w.Account] {
			handovers++
		}
	}
	if len(who) != len(work) || handovers != d.Handovers || len(d.Portfolios) != len(people) {
		t.Fatalf("%d of %d accounts, %d handovers: %+v", len(who), len(work), handovers, d)
	}
	balance, ok := d.Balance().Value(6)
	if ok == total.IsZero() || ok && !balance.Equal(largest.Mul(whole(len(people))).DivRound(total, 6)) {
		t.Fatalf("balance %v, %v", balance, ok)
	}
}

func TestOwnersAreKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		work, people := drawWork(t, 20), drawPeople(t, 4)
		d := divide(t, work, people, tier.Options{})
		checkDivision(t, work, people, d)
		gone := 0
		for _, w := range work {
			if w.Owner != "" && !slices.Contains(people, w.Owner) {
				gone++
			}
		}
		if d.Handovers != gone {
			t.Fatalf("%d handovers, but %d lost their owner", d.Handovers, gone)
		}
		evened := divide(t, work, people, tier.Options{Most: dec("1.2")})
		checkDivision(t, work, people, evened)
		if most(evened) > most(d) || evened.Handovers < gone {
			t.Fatalf("%+v, was %+v", evened, d)
		}
		if slack, even := divide(t, work, people, tier.Options{Most: dec("1000")}), d; diff.Diff(even, slack) != "" {
			t.Fatal(diff.Diff(even, slack))
		}
		a := divide(t, rapid.Permutation(work).Draw(t, "order"), people, tier.Options{Most: dec("1.2")})
		if diff.Diff(evened, a) != "" {
			t.Fatal(diff.Diff(evened, a))
		}
	})
}

func pieces(owner string, hours ...int) (work []tier.Work) {
	for i, h := range hours {
		work = append(work, tier.Work{Account: success.AccountID(fmt.Sprint(owner, i)), Owner: owner, Hours: whole(h)})
	}
	return work
}

// Ada's loads after balancing to a multiple of the mean.
func TestBalance(t *testing.T) {
	for _, c := range []struct {
		ada, ben  []int
		most      string
		want      string // hours of both, handovers
		variation float64
	}{
		{[]int{10, 6, 4}, []int{4}, "0", "20 4 0", 8.0 / 12},
		{[]int{10, 6, 4}, []int{4}, "1", "10 14 1", 2.0 / 12}, // 10 moves; 6 would leave 14, too
		{[]int{10, 6, 4}, []int{4}, "1.666667", "20 4 0", 8.0 / 12},
		{[]int{10, 6, 4}, []int{4}, "1.666666", "10 14 1", 2.0 / 12},
		{[]int{30}, []int{0}, "1", "30 0 0", 1},
		{[]int{4, 4, 4}, []int{}, "1", "8 4 1", 2.0 / 6},
		{[]int{0, 0}, []int{}, "1", "0 0 0", -1},
		{[]int{7, 5, 5, 3}, []int{}, "1", "10 10 2", 0},
	} {
		d := divide(t, append(pieces("Ada", c.ada...), pieces("Ben", c.ben...)...), []string{"Ben", "Ada"}, tier.Options{Most: dec(c.most)})
		got := fmt.Sprint(d.Portfolios[0].Hours, d.Portfolios[1].Hours, d.Handovers)
		v, ok := d.Variation().Float64()
		if !ok {
			v = -1
		}
		if got != c.want || math.Abs(v-c.variation) > 1e-12 {
			t.Errorf("%v %v, most %s: %s varies by %v, want %s and %v", c.ada, c.ben, c.most, got, v, c.want, c.variation)
		}
	}
}

func TestFamiliesGetOnePerson(t *testing.T) {
	work := []tier.Work{
		{Account: "A", Family: "F", Owner: "Ada", Hours: whole(2)},
		{Account: "B", Family: "F", Owner: "Ben", Hours: whole(3)},
		{Account: "C", Family: "G", Owner: "Ben", Hours: whole(1)},
		{Account: "D", Family: "G", Owner: "Ada", Hours: whole(1)},
		{Account: "E", Family: "H", Owner: "Ada", Hours: whole(0)},
		{Account: "G", Family: "H", Owner: "Ben", Hours: whole(0)},
		{Account: "H", Family: "H", Owner: "Ben", Hours: whole(0)},
		{Account: "F", Owner: "Gone", Hours: whole(9)}, // of no family, whatever its name
	}
	d := divide(t, work, []string{"Ada", "Ben"}, tier.Options{})
	if got := fmt.Sprint(d.Portfolios, d.Handovers); got != "[{Ada [C D F] 11} {Ben [A B E G H] 5}] 4" {
		t.Error(got)
	}
}

// A bound of many times the mean is no bound, however long the hours.
func TestBalanceOfLongHours(t *testing.T) {
	d := divide(t, pieces("Ada", 4_000_000_000_000, 4_000_000_000_000), []string{"Ada", "Ben"}, tier.Options{Most: dec("1000")})
	if d.Handovers != 0 {
		t.Errorf("%+v", d)
	}
}
