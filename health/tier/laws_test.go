package tier_test

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health/tier"
	"pgregory.net/rapid"
)

// all is everything a plan says, as text.
func all(t interface{ Fatal(...any) }, p *tier.Plan) string {
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	more, err := json.Marshal([]any{p.Moves(), p.Staffing(), p.Loads()})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range p.Assignments() {
		e, _ := p.Explain(a.Account)
		more = append(more, e.String()...)
	}
	return string(text) + string(more)
}

func TestEveryAccountHasOneTier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPolicy(t)
		accounts := drawAccounts(t, p, 20)
		plan := assign(t, accounts, p)
		seen := map[success.AccountID]bool{}
		for _, a := range plan.Assignments() {
			if seen[a.Account] || position(p, a.Tier) < 0 {
				t.Fatalf("%s has %q, or is there twice", a.Account, a.Tier)
			}
			seen[a.Account] = true
			if a.State.Given != a.Tier {
				t.Fatalf("%s has %q and keeps %q", a.Account, a.Tier, a.State.Given)
			}
		}
		arr, total, n := decimal.Decimal{}, decimal.Decimal{}, 0
		for _, l := range plan.Loads() {
			arr, n = arr.Add(l.ARR), n+l.Accounts
		}
		for _, a := range accounts {
			total = total.Add(a.Revenue)
		}
		if len(seen) != len(accounts) || n != len(accounts) || !arr.Equal(total) {
			t.Fatalf("%d and %d of %d accounts, %v of %v", len(seen), n, len(accounts), arr, total)
		}
	})
}

func TestOnlyLocksExceedCapacity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPolicy(t)
		plan := assign(t, drawAccounts(t, p, 20), p)
		locked := map[string]int{}
		for _, a := range plan.Assignments() {
			if a.Reason.Locked() {
				locked[a.Tier]++
			}
		}
		for i, l := range plan.Loads() {
			if l.Locked != locked[l.Tier] {
				t.Fatalf("%+v, but %d are locked", l, locked[l.Tier])
			}
			room := capacity(p.Tiers[i].Team)
			over := room != nil && l.Needed.Rat().Cmp(room) > 0
			if over != l.Over().IsPositive() || over && l.Locked != l.Accounts {
				t.Fatalf("%+v over by %v", l, l.Over())
			}
			if over && !l.Over().Equal(l.Needed.Sub(l.Available)) {
				t.Fatalf("%+v over by %v", l, l.Over())
			}
		}
	})
}

func TestHoursAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPolicy(t)
		accounts := drawAccounts(t, p, 20)
		plan := assign(t, accounts, p)
		sums := map[string]decimal.Decimal{}
		for _, a := range accounts {
			e, _ := plan.Explain(a.ID)
			sums[e.Tier] = sums[e.Tier].Add(e.Hours)
			if alone := (&family{accounts: []tier.Account{a}}).hours(p.Tiers[position(p, e.Tier)]); alone.Cmp(e.Hours.Rat()) != 0 {
				t.Fatalf("%s takes %v, want %v", a.ID, e.Hours, alone)
			}
		}
		for _, l := range plan.Loads() {
			work, _ := plan.Work(l.Tier)
			sum := decimal.Decimal{}
			for _, w := range work {
				sum = sum.Add(w.Hours)
			}
			if !l.Needed.Equal(sums[l.Tier]) || !sum.Equal(l.Needed) || len(work) != l.Accounts {
				t.Fatalf("%s needs %v, its accounts %v, their work %v", l.Tier, l.Needed, sums[l.Tier], sum)
			}
		}
	})
}

func TestFamiliesShareATier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPolicy(t)
		accounts := drawAccounts(t, p, 20)
		plan := assign(t, accounts, p)
		for _, f := range gather(accounts, p) {
			first, _ := plan.Explain(f.accounts[0].ID)
			if first.Members != len(f.accounts) || first.Family != f.root {
				t.Fatalf("%s is of %d of %s, want %d of %s", first.Account, first.Members, first.Family, len(f.accounts), f.root)
			}
			for _, a := range f.accounts {
				got, _ := plan.Of(a.ID)
				if got.Tier != first.Tier || got.Wanted != first.Wanted || got.Reason != first.Reason {
					t.Fatalf("%+v, but %+v", got, first)
				}
			}
			if first.Reason.Locked() != (f.locked >= 0) {
				t.Fatalf("%+v, but locked in %d", first, f.locked)
			}
		}
	})
}

func TestMoreRevenueNeverLowersATier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPolicy(t)
		accounts := drawAccounts(t, p, 16)
		if len(accounts) == 0 {
			return
		}
		before := assign(t, accounts, p)
		richer := slices.Clone(accounts)
		a := &richer[rapid.IntRange(0, len(richer)-1).Draw(t, "which")]
		a.Revenue = a.Revenue.Add(whole(rapid.SampledFrom([]int{0, 1, 10, 100, 1000}).Draw(t, "more")))
		after := assign(t, richer, p)
		was, _ := before.Of(a.ID)
		is, _ := after.Of(a.ID)
		if position(p, is.Tier) > position(p, was.Tier) || position(p, is.Wanted) > position(p, was.Wanted) ||
			position(p, is.State.Wanted) > position(p, was.State.Wanted) {
			t.Fatalf("with more revenue %+v, was %+v", is, was)
		}
	})
}

// One more person never lowers the revenue in the tier, nor anything above it.
// Below it the served value falls by no more than the largest revenue that fits
// any limited tier, once for each.
func TestOneMorePerson(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawLimited(t)
		accounts := drawAccounts(t, p, 16)
		plan := assign(t, accounts, p)
		at := rapid.IntRange(0, len(p.Tiers)-2).Draw(t, "tier")
		hire, err := plan.Hire(p.Tiers[at].Name)
		if err != nil {
			t.Fatal(err)
		}
		more := p
		more.Tiers = slices.Clone(p.Tiers)
		enlarged := *p.Tiers[at].Team
		enlarged.People = enlarged.People.Add(whole(1))
		more.Tiers[at].Team = &enlarged
		after := assign(t, accounts, more)
		checkMoves(t, plan, after, hire, p)
		inside := func(plan *tier.Plan) decimal.Decimal { return plan.Loads()[at].ARR }
		if inside(after).Cmp(inside(plan)) < 0 {
			t.Fatalf("%s has %v, had %v", hire.Tier, inside(after), inside(plan))
		}
		families, most := gather(accounts, more), new(big.Rat)
		for i := range len(p.Tiers) - 1 {
			if v := largest(families, more, i); v.Cmp(most) > 0 {
				most = v
			}
			fall := new(big.Rat).Sub(hire.Served[i].Before.Rat(), hire.Served[i].After.Rat())
			bound := new(big.Rat).Mul(most, big.NewRat(int64(i+1), 1))
			if i <= at {
				bound = new(big.Rat)
			}
			if fall.Cmp(bound) > 0 {
				t.Fatalf("%+v: falls by %v, at most %v is allowed", hire.Served[i], fall, bound)
			}
		}
	})
}

// checkMoves compares what a hire says with a plan made with one more person.
func checkMoves(t *rapid.T, before, after *tier.Plan, hire tier.Hire, p tier.Policy) {
	var want []tier.Move
	for _, was := range before.Assignments() {
		if is, _ := after.Of(was.Account); is.Tier != was.Tier {
			want = append(want, tier.Move{Account: was.Account, From: was.Tier, To: is.Tier,
				Up: position(p, is.Tier) < position(p, was.Tier), Reason: is.Reason})
		}
	}
	if diff := cmp.Diff(want, hire.Moves); diff != "" {
		t.Fatal("moves, want against got:", diff)
	}
	for i, s := range hire.Served {
		b, _ := before.Served(p.Tiers[i].Name)
		a, _ := after.Served(p.Tiers[i].Name)
		if s.Tier != p.Tiers[i].Name || !s.Before.Equal(b) || !s.After.Equal(a) {
			t.Fatalf("%+v, want %v and %v", s, b, a)
		}
	}
}

func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPolicy(t)
		accounts := drawAccounts(t, p, 20)
		other := rapid.Permutation(accounts).Draw(t, "order")
		if a, b := all(t, assign(t, accounts, p)), all(t, assign(t, other, p)); a != b {
			t.Fatal(cmp.Diff(a, b))
		}
	})
}

// again gives every account the state of a plan.
func again(accounts []tier.Account, plan *tier.Plan) []tier.Account {
	next := slices.Clone(accounts)
	for i := range next {
		a, _ := plan.Of(next[i].ID)
		next[i].Before = a.State
	}
	return next
}

func TestAPlanOfItsOwnStateIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPolicy(t)
		accounts := drawAccounts(t, p, 20)
		first := assign(t, accounts, p)
		second := assign(t, again(accounts, first), p)
		for _, was := range first.Assignments() {
			is, _ := second.Of(was.Account)
			if is.Tier != was.Tier || is.State != was.State {
				t.Fatalf("%+v, was %+v", is, was)
			}
		}
		if len(second.Moves()) > 0 {
			t.Fatal("moves:", second.Moves())
		}
	})
}

func TestInTheDeadZoneWantedDoesNotChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPolicy(t)
		at := rapid.IntRange(0, len(p.Tiers)-2).Draw(t, "tier")
		e := &p.Tiers[at].Entry
		if e.Up.IsZero() {
			return
		}
		width := int(e.Up.Sub(e.Down).IntPart())
		if e.Down.IsZero() || width == 0 {
			return
		}
		a := tier.Account{ID: "A", Before: tier.State{Given: drawTier(t, p)},
			Revenue: e.Down.Add(whole(rapid.IntRange(0, width-1).Draw(t, "revenue")))}
		a.Before.Wanted = p.Tiers[at].Name
		for range 3 {
			plan := assign(t, []tier.Account{a}, p)
			got, _ := plan.Of("A")
			if got.Wanted != p.Tiers[at].Name || got.State.Toward != "" && position(p, got.State.Toward) > at {
				// A lower threshold of a higher tier may lift nothing: only Up does.
				t.Fatalf("%+v inside [%v, %v)", got, e.Down, e.Up)
			}
			a.Before = got.State
		}
	})
}

func TestScaleAndShift(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPolicy(t)
		accounts := drawAccounts(t, p, 16)
		plan := assign(t, accounts, p)
		const days = 400
		k := dec(rapid.SampledFrom([]string{"0.01", "1", "7", "1000000"}).Draw(t, "times"))
		scaled, dearer := slices.Clone(accounts), p
		dearer.Tiers = slices.Clone(p.Tiers)
		for i := range dearer.Tiers {
			e := &dearer.Tiers[i].Entry
			e.Up, e.Down = e.Up.Mul(k), e.Down.Mul(k)
		}
		for i := range scaled {
			a := &scaled[i]
			a.Revenue = a.Revenue.Mul(k)
			a.Renewal, a.OwnerSince = a.Renewal.AddDays(days), a.OwnerSince.AddDays(days)
			a.Before.Since = a.Before.Since.AddDays(days)
		}
		other, err := tier.Assign(scaled, dearer, today.AddDays(days))
		if err != nil {
			t.Fatal(err)
		}
		for _, was := range plan.Assignments() {
			was.State.Since = was.State.Since.AddDays(days)
			if is, _ := other.Of(was.Account); is != was {
				t.Fatalf("%+v, was %+v", is, was)
			}
		}
	})
}

func TestArgumentsStayAsTheyAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPolicy(t)
		accounts := drawAccounts(t, p, 12)
		before := slices.Clone(accounts)
		plan := assign(t, accounts, p)
		if diff := cmp.Diff(before, accounts, cmpopts.EquateComparable(success.Date{})); diff != "" {
			t.Fatal(diff)
		}
		want := all(t, plan)
		for i := range accounts {
			accounts[i] = tier.Account{ID: "other"}
		}
		for i := range p.Tiers {
			if p.Tiers[i].Team != nil {
				p.Tiers[i].Team.People = whole(1_000)
			}
			p.Tiers[i] = tier.Tier{}
		}
		if got := all(t, plan); got != want {
			t.Fatal(cmp.Diff(want, got))
		}
	})
}

// Without growth everybody wants what they want, once all have dwelt there; more
// revenue never needs fewer hours.
func TestGrowth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPolicy(t)
		p.Dwell = 0
		plan := assign(t, drawAccounts(t, p, 16), p)
		grow := func(accounts, revenue string) []tier.Staffing {
			needs, err := plan.Grow(tier.Growth{Accounts: dec(accounts), Revenue: dec(revenue)})
			if err != nil {
				t.Fatal(err)
			}
			return needs
		}
		total := func(needs []tier.Staffing) (sum decimal.Decimal) {
			for _, s := range needs {
				sum = sum.Add(s.Hours)
			}
			return sum
		}
		now := plan.Staffing()
		if diff := cmp.Diff(now, grow("0", "0")); diff != "" {
			t.Fatal(diff)
		}
		for i, s := range grow("1.5", "0") {
			if !s.Hours.Equal(now[i].Hours.Mul(dec("2.5"))) || !s.Accounts.Equal(now[i].Accounts.Mul(dec("2.5"))) {
				t.Fatalf("%+v, was %+v", s, now[i])
			}
		}
		if total(grow("0", "0.3")).Cmp(total(now)) < 0 || total(grow("0", "-0.3")).Cmp(total(now)) > 0 {
			t.Fatal("hours fall with revenue")
		}
		if !total(grow("-1", "0")).IsZero() {
			t.Fatal("nobody needs hours")
		}
	})
}

// IDs of any bytes are in order, whatever they begin with in common.
func TestAssignmentsAreInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune{0, 'a', 'b', 'é'}), 0, 12, -1)
		ids := rapid.SliceOfNDistinct(text, 0, 12, rapid.ID[string]).Draw(t, "ids")
		var accounts []tier.Account
		for _, id := range ids {
			accounts = append(accounts, tier.Account{ID: success.AccountID("prefix" + id)})
		}
		var got []string
		for _, a := range assign(t, accounts, open()).Assignments() {
			got = append(got, strings.TrimPrefix(string(a.Account), "prefix"))
		}
		slices.Sort(ids)
		if !slices.Equal(got, ids) {
			t.Fatalf("%q, want %q", got, ids)
		}
	})
}
