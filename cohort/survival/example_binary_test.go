package survival_test

import (
	"fmt"

	"metrics.internal/success/cohort/survival"
)

// Each shard sends its counts as bytes; whoever collects them merges.
func ExampleCounts_MarshalBinary() {
	var all survival.Counts
	for _, shard := range [][]survival.Span{customers()[:5], customers()[5:]} {
		counts, err := survival.CountsOf(shard)
		if err != nil {
			fmt.Println(err)
			return
		}
		data, err := counts.MarshalBinary()
		if err != nil {
			fmt.Println(err)
			return
		}
		var sent survival.Counts
		if err := sent.UnmarshalBinary(data); err != nil {
			fmt.Println(err)
			return
		}
		all.Merge(&sent)
		fmt.Println(len(data), "bytes,", sent.Accounts(), "accounts")
	}
	curve, err := all.Curve(survival.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("median of both shards:", curve.Median())
	// Output:
	// 53 bytes, 5 accounts
	// 330 bytes, 6 accounts
	// median of both shards: 31 (13, n/a)
}

func ExampleCounts_UnmarshalBinary() {
	var counts survival.Counts
	fmt.Println(counts.UnmarshalBinary([]byte{4, 1, 3, 0, 0}))
	fmt.Println(counts.UnmarshalBinary([]byte{4, 1, 1, 2, 1, 0, 0}), counts.Left(), "of", counts.Accounts(), "left")
	// Output:
	// data[2].Days: 3 elements are more than the data holds
	// <nil> 1 of 3 left
}
