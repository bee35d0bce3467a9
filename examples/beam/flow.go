package main

import (
	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/textio"
)

// flow builds the pipeline: it reads an input, asks the question, and writes the
// result to a file.
func flow(s beam.Scope, from input, q Question, out string) {
	in := from.read(s)
	byBucket := beam.ParDo(s.Scope("BucketContracts"), &bucketContract{Question: q}, in.contracts)
	salesByBucket := bucketSales(s, in.sales, q)
	parts := []beam.PCollection{
		contractParts(s, byBucket, q),
		saleParts(s, salesByBucket, q),
		faultParts(s, in.faults, twins(s, byBucket, salesByBucket)),
	}
	s = s.Scope("Result")
	all := beam.AddFixedKey(s, beam.Flatten(s, append(parts, beam.Create(s, Part{Kind: partNone}))...))
	textio.Write(s, out, beam.ParDo(s, &assemble{q}, beam.GroupByKey(s, all)))
}

// contractParts makes a book of every bucket, and adds up what the books answer.
func contractParts(s beam.Scope, byBucket beam.PCollection, q Question) beam.PCollection {
	s = s.Scope("Contracts")
	movements, snapshots, renewals, stays, faults := beam.ParDo5(s, &askContracts{q}, beam.GroupByKey(s, byBucket))
	return beam.Flatten(s,
		beam.ParDo(s, &movementPart{}, beam.CombinePerKey(s, &sumMovements{}, movements)),
		beam.ParDo(s, &snapshotPart{}, beam.Combine(s, &sumSnapshots{}, snapshots)),
		beam.ParDo(s, &renewalsPart{}, beam.Combine(s, &sumRenewals{}, renewals)),
		beam.ParDo(s, &stayPart{}, beam.Combine(s, &sumStays{}, stays)),
		beam.ParDo(s, &faultPart{}, beam.Combine(s, &sumFaults{}, faults)),
	)
}

// bucketSales brings leads, deals, interactions and adjustments together with what
// they refer to, and sends them to the buckets of their accounts.
func bucketSales(s beam.Scope, sales beam.PCollection, q Question) beam.PCollection {
	s = s.Scope("BucketSales")
	return beam.ParDo(s, &joinSales{Question: q}, beam.GroupByKey(s, beam.ParDo(s, &linkSale{}, sales)))
}

// saleParts adds up what leads and deals come to in every bucket.
func saleParts(s beam.Scope, byBucket beam.PCollection, q Question) beam.PCollection {
	s = s.Scope("Sales")
	tables, faults := beam.ParDo2(s, &askBucketSales{q}, beam.GroupByKey(s, byBucket))
	return beam.Flatten(s,
		beam.ParDo(s, &tablePart{}, beam.Combine(s, &sumTables{}, tables)),
		beam.ParDo(s, &faultPart{}, beam.Combine(s, &sumFaults{}, faults)),
	)
}

// faultParts adds up the faults of steps that only find faults.
func faultParts(s beam.Scope, faults ...beam.PCollection) beam.PCollection {
	s = s.Scope("Faults")
	return beam.ParDo(s, &faultPart{}, beam.Combine(s, &sumFaults{}, beam.Flatten(s, faults...)))
}
