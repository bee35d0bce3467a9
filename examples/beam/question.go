package main

import (
	"hash/fnv"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/retention"
)

// A Question is what is asked of a company. It travels to the workers as JSON,
// inside the steps that need it, so all of its fields are exported and small.
type Question struct {
	Period   success.Period     // the year
	Currency string             // the reporting currency; empty when all records share one
	Rates    []retention.Rate   // into it
	Mergers  []retention.Merger // of accounts
	Buckets  int                // batches of whole accounts, each of which is a small book; at least 1
}

// book returns the options of a book, of a bucket or of all.
func (q *Question) book() retention.Options {
	return retention.Options{Currency: q.Currency, Rates: q.Rates, Mergers: q.Mergers}
}

// sales returns the options of a pipeline of leads and deals. The day from which
// on nothing is known is given, since each bucket would find another one.
func (q *Question) sales() attribution.Options {
	o := attribution.Options{AsOf: q.Period.To, Currency: q.Currency}
	if q.Currency != "" {
		for _, r := range q.Rates {
			o.Rates = append(o.Rates, attribution.Rate(r))
		}
	}
	return o
}

// check reports what is wrong with the question itself, once and before anything
// runs, rather than once for each bucket.
func (q *Question) check() error {
	if err := q.Period.Validate(); err != nil {
		return err
	}
	if _, err := retention.NewBook(nil, q.book()); err != nil {
		return err
	}
	_, err := attribution.NewPipeline(attribution.Records{}, q.sales())
	return err
}

// buckets says which bucket an account is in: always the same one for the same
// account, whichever worker asks, and that of the account it was merged into.
type buckets struct {
	count int
	into  map[success.AccountID]success.AccountID
}

func (q *Question) buckets() buckets {
	b := buckets{q.Buckets, map[success.AccountID]success.AccountID{}}
	for _, m := range q.Mergers {
		b.into[m.From] = m.To
	}
	return b
}

func (b buckets) of(account success.AccountID) int {
	for range b.into { // check refuses mergers that lead back to themselves
		next, merged := b.into[account]
		if !merged {
			break
		}
		account = next
	}
	h := fnv.New64a()
	h.Write([]byte(account))
	return int(h.Sum64() % uint64(b.count))
}
