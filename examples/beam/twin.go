package main

import (
	"cmp"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"metrics.internal/success"
)

// twins returns the faults of records of different buckets that have the same ID.
// Within a bucket the library finds them.
func twins(s beam.Scope, contracts, sales beam.PCollection) beam.PCollection {
	s = s.Scope("Twins")
	holders := beam.Flatten(s, beam.ParDo(s, &holdContract{}, contracts), beam.ParDo(s, &holdSale{}, sales))
	return beam.ParDo(s, &findTwins{}, beam.GroupByKey(s, holders))
}

// A Holder is where a record of some ID is. It is made of nothing but strings and
// whole numbers, which need no coder.
type Holder struct {
	Record, ID, Account string
	Bucket              int
}

type holdContract struct{}

func (*holdContract) ProcessElement(bucket int, c success.Contract) (string, Holder) {
	return hold("contract", string(c.ID), c.Account, bucket)
}

type holdSale struct{}

func (*holdSale) ProcessElement(bucket int, s Sale) (string, Holder) {
	record, id := s.name()
	return hold(record, id, s.account(), bucket)
}

func hold(record, id string, account success.AccountID, bucket int) (string, Holder) {
	return record + " " + id, Holder{record, id, string(account), bucket}
}

// findTwins reports every holder of an ID but the first, by account, unless one
// before it is in the same bucket and it was found there.
type findTwins struct{}

func (*findTwins) ProcessElement(_ string, next func(*Holder) bool, faults func(Faults)) {
	holders := collect(next)
	if holders[0].ID == "" {
		return // it is missing, which is a fault of its own
	}
	slices.SortFunc(holders, func(a, b Holder) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Bucket, b.Bucket))
	})
	seen := map[int]bool{holders[0].Bucket: true}
	for _, h := range holders[1:] {
		if !seen[h.Bucket] {
			faults(Faults{[]Fault{{h.Record, h.ID, h.Account, "ID", h.ID, success.ErrDuplicate.Error()}}, 1})
		}
		seen[h.Bucket] = true
	}
}
