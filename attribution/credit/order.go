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
func (b *Book) addTouches(touches []attribution.Touch, accounts map[success.AccountID]int32) {
	first, start := b.owners(touches, accounts)
	b.touches = make([]touch, start[len(b.deals)])
	keys, kinds, next := newNames(), newNames(), slices.Clone(start)
	for i, d := range first {
		if d >= 0 {
			t := &touches[i]
			b.touches[next[d]] = touch{momentOf(t.At), keys.number(keyOf(t)), kinds.number(t.Kind), int32(i)}
			next[d]++
		}
	}
	ordered := func(x, y touch) int { return order(x, y, touches) }
	for d := range b.deals {
		if b.deals[d].last < 0 {
			continue
		}
		own := b.touches[start[d]:start[d+1]]
		if !slices.IsSortedFunc(own, ordered) {
			slices.SortFunc(own, ordered)
		}
		b.account(int32(d), func(of *deal) { b.window(of, own, start[d]) })
	}
	b.rename(keys, kinds)
}

// owners returns, for each touch, the first deal of its account, below 0 when it
// has none or the touch does not count; and for each first deal where its touches
// begin when all are put by account.
func (b *Book) owners(touches []attribution.Touch, accounts map[success.AccountID]int32) (first, start []int32) {
	first, start = make([]int32, len(touches)), make([]int32, len(b.deals)+1)
	account, deal := success.AccountID(""), int32(-1)
	for i := range touches {
		t := &touches[i]
		if t.Account != account {
			at, ok := accounts[t.Account]
			if account, deal = t.Account, at; !ok {
				deal = -1
			}
		}
		first[i] = -1
		if deal >= 0 && b.options.takes(t.Kind) {
			first[i] = deal
			start[deal+1]++
		}
	}
	for d := range b.deals {
		start[d+1] += start[d]
	}
	return first, start
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
