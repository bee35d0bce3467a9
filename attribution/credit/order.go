package credit

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
)

// addTouches takes up the touches of accounts with deals, of the kinds that
// count, in order, and finds those of each deal.
func (b *Book) addTouches(touches []attribution.Touch, accounts map[success.AccountID][]int32) {
	keys, kinds := newNames(), newNames()
	counts := make([]int32, len(b.deals)) // of touches, by the first deal of their account
	owner := make([]int32, len(touches))
	account := success.AccountID("")
	deals := []int32(nil)
	for i := range touches {
		t := &touches[i]
		owner[i] = -1
		if t.Account != account {
			account, deals = t.Account, accounts[t.Account]
		}
		if len(deals) > 0 && b.options.takes(t.Kind) {
			owner[i] = deals[0]
			counts[deals[0]]++
		}
	}
	start := make([]int32, len(b.deals)+1)
	for i, n := range counts {
		start[i+1] = start[i] + n
	}
	b.touches = make([]touch, start[len(b.deals)])
	next := slices.Clone(start)
	for i, o := range owner {
		if o >= 0 {
			t := &touches[i]
			b.touches[next[o]] = touch{momentOf(t.At), keys.number(keyOf(t)), kinds.number(t.Kind), int32(i)}
			next[o]++
		}
	}
	ordered := func(x, y touch) int { return order(x, y, touches) }
	for _, deals := range accounts {
		own := b.touches[start[deals[0]]:start[deals[0]+1]]
		if !slices.IsSortedFunc(own, ordered) {
			slices.SortFunc(own, ordered)
		}
		for _, d := range deals {
			b.window(&b.deals[d], own, start[deals[0]])
		}
	}
	b.rename(keys, kinds)
}

// order compares touches, given the records that they are of.
func order(a, b touch, records []attribution.Touch) int {
	if c := a.compare(b.moment); c != 0 {
		return c
	}
	return inOrder(&records[a.index], &records[b.index])
}

// inOrder compares touches at the same moment. What is left equal is alike in
// all that counts.
func inOrder(a, b *attribution.Touch) int {
	return cmp.Or(
		cmp.Compare(a.Priority, b.Priority),
		strings.Compare(string(a.ID), string(b.ID)),
		strings.Compare(keyOf(a), keyOf(b)),
		strings.Compare(a.Kind, b.Kind),
		strings.Compare(a.Contact, b.Contact),
	)
}

func keyOf(t *attribution.Touch) string {
	if t.Key == "" {
		return attribution.NoKey
	}
	return t.Key
}

// takes reports whether a kind counts.
func (o *Options) takes(kind string) bool {
	if len(o.Kinds) == 0 && len(o.Without) == 0 {
		return true
	}
	return (len(o.Kinds) == 0 || slices.Contains(o.Kinds, kind)) && !slices.Contains(o.Without, kind)
}

// window finds the touches of a deal among those of its account, which begin at
// a place among all.
func (b *Book) window(d *deal, own []touch, start int32) {
	from, to := 0, len(own)
	if to > 0 && own[to-1].compare(d.closed) > 0 {
		to = sort.Search(to, func(i int) bool { return own[i].compare(d.closed) > 0 })
	}
	if b.options.Window > 0 {
		since := momentOf(d.closed.time().Add(-b.options.Window))
		from = sort.Search(to, func(i int) bool { return own[i].compare(since) >= 0 })
	}
	d.from, d.to = start+int32(from), start+int32(to)
}

// rename gives keys and kinds the numbers of their order, whatever the order of
// the records.
func (b *Book) rename(keys, kinds *names) {
	var key, kind []int32
	b.keys, key = keys.sorted()
	b.kinds, kind = kinds.sorted()
	for i := range b.touches {
		t := &b.touches[i]
		t.key, t.kind = key[t.key], kind[t.kind]
	}
}
