package main

import (
	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/cohort/survival"
	"metrics.internal/success/retention"
)

// The CombineFns below have the accumulators of the library as input, accumulator
// and output alike, so that MergeAccumulators is all they need: the SDK starts
// from the first value. It may also start from the zero value, which is none.

// sumMovements adds movements of one period.
type sumMovements struct{}

func (*sumMovements) MergeAccumulators(a, b retention.Movement) (retention.Movement, error) {
	switch (success.Period{}) {
	case a.Period:
		return b, nil
	case b.Period:
		return a, nil
	}
	return a.Merge(b)
}

// sumSnapshots adds snapshots of one day.
type sumSnapshots struct{}

func (*sumSnapshots) MergeAccumulators(a, b retention.Snapshot) (retention.Snapshot, error) {
	switch {
	case a.Date.IsZero():
		return b, nil
	case b.Date.IsZero():
		return a, nil
	}
	return a.Merge(b)
}

// sumRenewals adds renewals of one period.
type sumRenewals struct{}

func (*sumRenewals) MergeAccumulators(a, b retention.Renewals) (retention.Renewals, error) {
	switch (success.Period{}) {
	case a.Period:
		return b, nil
	case b.Period:
		return a, nil
	}
	return a.Merge(b)
}

// sumStays adds counts of stays. Counts change as others are added, so it starts
// from counts of its own: those of an element may be somebody else's, too.
type sumStays struct{}

func (*sumStays) CreateAccumulator() Stay { return Stay{new(survival.Counts)} }

func (f *sumStays) AddInput(a, b Stay) Stay { return f.MergeAccumulators(a, b) }

func (*sumStays) MergeAccumulators(a, b Stay) Stay {
	if a.Counts == nil {
		a.Counts = new(survival.Counts)
	}
	if b.Counts != nil {
		a.Counts.Merge(b.Counts)
	}
	return a
}

// sumTables adds tables of leads and deals that answer one query.
type sumTables struct{}

func (*sumTables) MergeAccumulators(a, b attribution.Table) (attribution.Table, error) {
	switch (success.Period{}) {
	case a.Query.Period:
		return b, nil
	case b.Query.Period:
		return a, nil
	}
	return a.Merge(b)
}

// sumFaults adds faults, of which it keeps the first.
type sumFaults struct{}

func (*sumFaults) MergeAccumulators(a, b Faults) Faults { return a.merge(b) }
