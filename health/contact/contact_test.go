package contact_test

import (
	"math"
	"math/big"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/health/contact"
)

var asOf = success.MustDate("2025-06-30")

func ago(n int) success.Date { return asOf.AddDays(-n) }

// acting returns contacts of an account with so many actions each.
func acting(account success.AccountID, actions ...int64) []contact.Contact {
	contacts := make([]contact.Contact, len(actions))
	for i, n := range actions {
		contacts[i] = contact.Contact{ID: "c" + strconv.Itoa(i), Account: account, Actions: n}
	}
	return contacts
}

func one(t interface{ Fatal(...any) }, a contact.Account, contacts []contact.Contact, o contact.Options) contact.Risk {
	r, err := contact.Assess([]contact.Account{a}, contacts, o)
	if err != nil {
		t.Fatal(err)
	}
	return r.Risks[0]
}

func value(r success.Ratio, places int32) string {
	v, ok := r.Value(places)
	if !ok {
		return "n/a"
	}
	return v.String()
}

func TestH20(t *testing.T) { // H20
	for _, c := range []struct {
		actions        []int64
		top, effective string
	}{
		{[]int64{9, 1}, "0.9", "1.22"},
		{[]int64{5, 5}, "0.5", "2"},
		{[]int64{4, 3, 2, 1}, "0.4", "3.333"},
	} {
		r := one(t, contact.Account{ID: "a"}, acting("a", c.actions...), contact.Options{AsOf: asOf})
		if value(r.TopShare, 3) != c.top || value(r.Effective, 3) != c.effective {
			t.Errorf("%v: top %v, effective %v", c.actions, value(r.TopShare, 3), value(r.Effective, 3))
		}
	}
}

func TestReliance(t *testing.T) {
	left := func(n int) []contact.Contact {
		contacts := acting("a", 5, 5, 5)
		for i := range n {
			contacts[i].Left = ago(1)
		}
		return contacts
	}
	for name, c := range map[string]struct {
		contacts []contact.Contact
		single   string
		want     contact.Reliance
	}{
		"no contact":       {nil, "0", contact.Unknown},
		"nobody acted":     {acting("a", 0, 0), "0", contact.Unknown},
		"all have left":    {left(3), "0", contact.Nobody},
		"one has not":      {left(2), "0", contact.Single},
		"two have not":     {left(1), "0", contact.Several},
		"one and silent":   {acting("a", 0), "0", contact.Single},
		"one of two acted": {acting("a", 3, 0), "0", contact.Single},
		"nine tenths":      {acting("a", 9, 1), "0", contact.Single},
		"two alike":        {acting("a", 5, 5), "0", contact.Several},
		"on the threshold": {acting("a", 5, 5), "2", contact.Several},
		"just below":       {acting("a", 5, 5), "2.000000001", contact.Single},
	} {
		single := decimal.RequireFromString(c.single)
		r := one(t, contact.Account{ID: "a"}, c.contacts, contact.Options{AsOf: asOf, Single: single})
		if r.Reliance != c.want {
			t.Errorf("%s: %v, %v effective", name, r.Reliance, value(r.Effective, 4))
		}
	}
	// 7 and 2 make 81/53 = 1.53 effective contacts, 8 and 2 make 100/68 = 1.47.
	above := one(t, contact.Account{ID: "a"}, acting("a", 7, 2), contact.Options{AsOf: asOf})
	below := one(t, contact.Account{ID: "a"}, acting("a", 8, 2), contact.Options{AsOf: asOf})
	if above.Reliance != contact.Several || below.Reliance != contact.Single {
		t.Errorf("either side of the default: %v, %v", above.Reliance, below.Reliance)
	}
}

func TestPeople(t *testing.T) {
	contacts := []contact.Contact{
		{ID: "ada", Account: "a", Champion: true, Actions: 6, Joined: ago(400), LastActed: ago(9)},
		{ID: "bob", Account: "a", Champion: true, Actions: 6, Joined: ago(900), LastActed: ago(30)},
		{ID: "cyd", Account: "a", Actions: 0, LastActed: ago(2)},
		{ID: "dan", Account: "a", Champion: true, Actions: 3, Left: ago(5)},
		{ID: "eve", Account: "a", Actions: 5, Joined: ago(80), Left: asOf},
		{ID: "fay", Account: "a", Champion: true},
		{ID: "gus", Account: "a", Left: ago(5)},
	}
	r := one(t, contact.Account{ID: "a"}, contacts, contact.Options{AsOf: asOf})
	if r.Contacts != 4 || r.Acting != 2 || r.Champions != 3 || r.Top != "ada" || value(r.TopShare, 2) != "0.5" || value(r.Effective, 2) != "2" {
		t.Errorf("%+v", r)
	}
	if r.SinceChampion != success.FigureOf(9) || r.Longest != success.FigureOf(900) || value(r.LeftShare, 2) != "0.4" || r.ChampionLeft {
		t.Errorf("%+v", r)
	}
	if r.Term.Defined() || r.Stays.Defined() || r.Outlived != 0 {
		t.Errorf("without a contract: %+v", r)
	}
	want := []contact.Departure{{Contact: "eve", On: asOf}, {Contact: "dan", On: ago(5), Champion: true}, {Contact: "gus", On: ago(5)}}
	if !slices.Equal(r.Departures, want) {
		t.Errorf("departures %v", r.Departures)
	}
	gone := one(t, contact.Account{ID: "a"}, contacts[2:5], contact.Options{AsOf: asOf})
	if !gone.ChampionLeft || gone.SinceChampion.Defined() || gone.Longest.Defined() || value(gone.LeftShare, 2) != "1" || gone.TopShare.Defined() || gone.Top != "" {
		t.Errorf("without a champion: %+v", gone)
	}
	plain := one(t, contact.Account{ID: "a"}, contacts[4:5], contact.Options{AsOf: asOf})
	if plain.ChampionLeft || plain.Reliance != contact.Nobody {
		t.Errorf("only others left: %+v", plain)
	}
	silent := one(t, contact.Account{ID: "a"}, contacts[5:6], contact.Options{AsOf: asOf})
	if silent.SinceChampion.Defined() || silent.Champions != 1 || silent.LeftShare.Defined() {
		t.Errorf("a champion who never acted: %+v", silent)
	}
	today := one(t, contact.Account{ID: "a"}, []contact.Contact{{ID: "x", Account: "a", Champion: true, Joined: asOf, LastActed: asOf}}, contact.Options{AsOf: asOf})
	if today.SinceChampion != success.FigureOf(0) || today.Longest != success.FigureOf(0) {
		t.Errorf("today: %+v", today)
	}
}

func TestTerms(t *testing.T) {
	joined := success.MustDate("2024-04-15")
	people := []contact.Contact{{ID: "x", Account: "a", Joined: joined}, {ID: "y", Account: "a"}}
	start := success.MustDate("2024-07-01")
	for name, c := range map[string]struct {
		start, end success.Date
		tenure     int
		outlived   int
		term       string
		stays      float64 // 0 when undefined
	}{
		"open end":              {start, success.Date{}, 0, 0, "n/a", 0},
		"no start":              {success.Date{}, asOf.AddDays(10), 14, 1, "n/a", math.Exp(-10 / (14 * 30.436875))},
		"fourteen months to it": {start, success.MustDate("2025-06-15"), 14, 0, "0.819", 1},
		"a day longer":          {start, success.MustDate("2025-06-16"), 14, 1, "0.821", 1},
		"the default":           {start, success.MustDate("2025-06-16"), 0, 1, "0.821", 1},
		"longer stays":          {start, success.MustDate("2025-06-16"), 15, 0, "0.767", 1},
		"last day":              {start, asOf, 12, 1, "0.997", 1},
		"a year":                {start, start.AddDays(365), 12, 1, "0.999", math.Exp(-1 / (12 * 30.436875))},
		"tenure of a month":     {start, start.AddDays(365), 1, 1, "11.992", math.Exp(-1 / 30.436875)},
	} {
		r := one(t, contact.Account{ID: "a", Start: c.start, End: c.end}, people, contact.Options{AsOf: asOf, Tenure: c.tenure})
		stays, ok := r.Stays.Float64()
		if r.Outlived != c.outlived || value(r.Term, 3) != c.term || ok != (c.stays > 0) || math.Abs(stays-c.stays) > 1e-12 {
			t.Errorf("%s: outlived %d, term %v, stays %v", name, r.Outlived, value(r.Term, 3), r.Stays)
		}
	}
}

// The assumption is never hidden.
func TestTenureIsStated(t *testing.T) {
	for tenure, want := range map[int]contact.Report{
		0: {AsOf: asOf, Tenure: 14, Assumed: true, Risks: []contact.Risk{}}, 14: {AsOf: asOf, Tenure: 14, Risks: []contact.Risk{}}, 30: {AsOf: asOf, Tenure: 30, Risks: []contact.Risk{}},
	} {
		if r, err := contact.Assess(nil, nil, contact.Options{AsOf: asOf, Tenure: tenure}); err != nil || !reflect.DeepEqual(r, want) {
			t.Errorf("tenure %d: %+v, %v", tenure, r, err)
		}
	}
}

// slowEffective is 1/Σp² by its definition.
func slowEffective(actions []int64) *big.Rat {
	total, sum := int64(0), new(big.Rat)
	for _, n := range actions {
		total += n
	}
	if total == 0 {
		return nil
	}
	for _, n := range actions {
		p := big.NewRat(n, total)
		sum.Add(sum, p.Mul(p, p))
	}
	return sum.Inv(sum)
}

// Effective contacts are those of the definition, from 1 to the contacts who
// acted and at least one over the top share; all actions times k change nothing;
// order does not matter; the arguments stay as they were.
func TestSpreadLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.OneOf(rapid.Int64Range(0, 3), rapid.Int64Range(0, 1_000_000))
		actions := rapid.SliceOfN(n, 0, 8).Draw(t, "actions")
		contacts := acting("a", actions...)
		before := slices.Clone(contacts)
		r := one(t, contact.Account{ID: "a"}, contacts, contact.Options{AsOf: asOf})
		if !slices.Equal(before, contacts) {
			t.Fatal("the argument was changed")
		}
		if again := one(t, contact.Account{ID: "a"}, rapid.Permutation(contacts).Draw(t, "order"), contact.Options{AsOf: asOf}); value(again.Effective, 12) != value(r.Effective, 12) || again.Top != r.Top || again.Reliance != r.Reliance {
			t.Fatalf("%+v in another order, %+v", again, r)
		}
		want := slowEffective(actions)
		got, ok := r.Effective.Float64()
		if ok != (want != nil) || ok != r.TopShare.Defined() || ok != (r.Top != "") {
			t.Fatalf("%+v, want %v", r, want)
		}
		if !ok {
			return
		}
		exact, _ := want.Float64()
		top, _ := r.TopShare.Float64()
		if got != exact || got < 1 || got > float64(r.Acting) || got*top < 1-1e-12 || got > 1/(top*top)+1e-9 {
			t.Fatalf("%v effective with a top share of %v, want %v", got, top, exact)
		}
		k := rapid.Int64Range(1, 1000).Draw(t, "k")
		for i := range contacts {
			contacts[i].Actions *= k
		}
		if more := one(t, contact.Account{ID: "a"}, contacts, contact.Options{AsOf: asOf}); value(more.Effective, 12) != value(r.Effective, 12) || value(more.TopShare, 12) != value(r.TopShare, 12) || more.Top != r.Top {
			t.Fatalf("%+v times %d, %+v", more, k, r)
		}
	})
}

// Accounts do not touch each other, in any order and any sharding; everybody is
// either there or a departure.
func TestAccountsStandAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accounts := []contact.Account{{ID: "a", End: ago(-90)}, {ID: "b", Start: ago(300), End: ago(-10)}, {ID: "c"}}
		contacts := make([]contact.Contact, rapid.IntRange(0, 10).Draw(t, "contacts"))
		for i := range contacts {
			c := contact.Contact{ID: strconv.Itoa(i), Account: rapid.SampledFrom([]success.AccountID{"a", "b", "c"}).Draw(t, "account"), Actions: rapid.Int64Range(0, 5).Draw(t, "n")}
			c.Champion = rapid.Bool().Draw(t, "champion")
			c.Joined = ago(rapid.IntRange(10, 500).Draw(t, "joined"))
			c.LastActed = ago(rapid.IntRange(5, 9).Draw(t, "acted"))
			if rapid.Bool().Draw(t, "left") {
				c.Left = ago(rapid.IntRange(0, 4).Draw(t, "day"))
			}
			contacts[i] = c
		}
		o := contact.Options{AsOf: asOf}
		all, err := contact.Assess(rapid.Permutation(accounts).Draw(t, "accounts"), rapid.Permutation(contacts).Draw(t, "order"), o)
		if err != nil {
			t.Fatal(err)
		}
		for i, a := range accounts {
			own := slices.DeleteFunc(slices.Clone(contacts), func(c contact.Contact) bool { return c.Account != a.ID })
			alone := one(t, a, own, o)
			if got := all.Risks[i]; !reflect.DeepEqual(text(got), text(alone)) || got.Contacts+len(got.Departures) != len(own) {
				t.Fatalf("%+v, alone %+v", got, alone)
			}
		}
	})
}

// text is what is to be compared of a risk: decimals by their value.
func text(r contact.Risk) []any {
	return []any{
		r.Account, r.Contacts, r.Acting, r.Reliance, r.Top, value(r.TopShare, 9), value(r.Effective, 9), r.Champions, r.SinceChampion,
		r.Departures, value(r.LeftShare, 9), r.ChampionLeft, value(r.Term, 9), r.Outlived, r.Longest, r.Stays,
	}
}

func TestWords(t *testing.T) {
	for i, want := range []string{"unknown", "nobody", "single", "several"} {
		r := contact.Reliance(i)
		text, err := r.MarshalText()
		var back contact.Reliance
		if r.String() != want || string(text) != want || err != nil || back.UnmarshalText(text) != nil || back != r {
			t.Errorf("reliance %d is %q", i, r)
		}
	}
	var r contact.Reliance
	if r.UnmarshalText([]byte("nope")) == nil {
		t.Error("a word that is none is taken")
	}
}
