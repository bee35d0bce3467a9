package main

import (
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/retention"
)

// bucketContract gives a contract the bucket of its account.
type bucketContract struct {
	Question Question
	buckets  buckets
}

func (f *bucketContract) Setup() { f.buckets = f.Question.buckets() }

func (f *bucketContract) ProcessElement(c success.Contract) (int, success.Contract) {
	return f.buckets.of(c.Account), c
}

// askContracts makes a book of each bucket and gives what it answers, movements by
// their period.
type askContracts struct{ Question Question }

func (f *askContracts) ProcessElement(_ int, next func(*success.Contract) bool,
	movement func(string, retention.Movement), snapshot func(retention.Snapshot), renewals func(retention.Renewals), stay func(Stay),
	faults func(Faults)) error {
	a, err := askBook(collect(next), &f.Question)
	if err != nil {
		return emitted(err, faults)
	}
	for _, m := range a.Movements {
		movement(m.Period.String(), m)
	}
	snapshot(a.Snapshot)
	renewals(a.Renewals)
	stay(a.Stay)
	return nil
}

func collect[T any](next func(*T) bool) (all []T) {
	var one T
	for next(&one) {
		all = append(all, one)
	}
	return all
}

// A Link is a record under the name of another, or under its own.
type Link struct {
	Sale Sale `json:"sale"`
	Own  bool `json:"own,omitempty"` // its own
}

// linkSale puts a record under its own name, for those that refer to it, and
// under the name of the one it refers to.
type linkSale struct{}

func (*linkSale) ProcessElement(s Sale, link func(string, Link)) {
	record, id := s.name()
	link(record+" "+id, Link{s, true})
	if other, id := s.refers(); other != "" {
		link(other+" "+id, Link{s, false})
	}
}

// joinSales sends every record to the bucket of its account, once: under its own
// name if it refers to nothing, else together with what it refers to. There an
// adjustment learns whose it is, and a lead or deal that refers to a record of
// another account stops doing so. It counts as if it had referred to nothing, which
// is what the library makes of it too; its bucket could not tell such a record from
// one that does not exist, which is a fault.
type joinSales struct {
	Question Question
	buckets  buckets
}

func (f *joinSales) Setup() { f.buckets = f.Question.buckets() }

func (f *joinSales) ProcessElement(_ string, next func(*Link) bool, send func(int, Sale)) {
	var owners []success.AccountID
	links := collect(next)
	for _, l := range links {
		if l.Own {
			owners = append(owners, l.Sale.account())
		}
	}
	slices.Sort(owners)
	for _, l := range links {
		if record, _ := l.Sale.refers(); l.Own && record != "" {
			continue
		}
		account, s := l.Sale.account(), l.Sale
		switch {
		case l.Own || len(owners) == 0:
		case s.Adjustment != nil:
			account = owners[0]
		case !slices.Contains(owners, account):
			s = s.alone()
		}
		send(f.buckets.of(account), s)
	}
}

// askBucketSales gives the table of each bucket.
type askBucketSales struct{ Question Question }

func (f *askBucketSales) ProcessElement(_ int, next func(*Sale) bool, table func(attribution.Table), faults func(Faults)) error {
	t, err := askSales(collect(next), &f.Question)
	if err != nil {
		return emitted(err, faults)
	}
	table(t)
	return nil
}
