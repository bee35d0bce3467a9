package backtest_test

import (
	"fmt"

	"metrics.internal/success/health"
	"metrics.internal/success/health/backtest"
)

// Each shard sends its ranking as bytes; whoever collects them merges.
func ExampleRanking_MarshalBinary() {
	europe, _ := backtest.Rank([]float64{1, 2}, []bool{true, false}, health.Health)
	asia, _ := backtest.Rank([]float64{2, 3}, []bool{true, false}, health.Health)
	var both backtest.Ranking
	for _, shard := range []backtest.Ranking{europe, asia} {
		data, err := shard.MarshalBinary()
		fmt.Printf("%x %v\n", data, err)
		var sent backtest.Ranking
		if err := sent.UnmarshalBinary(data); err != nil {
			fmt.Println(err)
		}
		if both, err = both.Merge(sent); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(both.Accounts(), "accounts,", both.Left(), "left")
	// Output:
	// 06010002bfe0030100400001 <nil>
	// 06010002400100c0100001 <nil>
	// 4 accounts, 2 left
}

func ExampleRanking_UnmarshalBinary() {
	var r backtest.Ranking
	fmt.Println(r.UnmarshalBinary([]byte{6, 1, 0, 1, 0x40, 0, 0}))
	fmt.Println(r.UnmarshalBinary([]byte{6, 1, 0, 1, 0x40, 3, 1}), r.Left(), "of", r.Accounts(), "left")
	// Output:
	// data[7].Score: 2 is the score of nobody
	// <nil> 3 of 4 left
}
