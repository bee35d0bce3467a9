package survey_test

import (
	"fmt"

	"metrics.internal/success/health/survey"
)

// Each shard sends its counts as bytes; whoever collects them merges.
func ExampleNPS_MarshalBinary() {
	var all survey.NPS
	for _, shard := range []survey.NPS{{Detractors: 20, Passives: 30, Promoters: 50}, {Detractors: 300, Promoters: 100}} {
		data, err := shard.MarshalBinary()
		fmt.Printf("%x %v\n", data, err)
		var sent survey.NPS
		if err := sent.UnmarshalBinary(data); err != nil {
			fmt.Println(err)
		}
		all.Merge(sent)
	}
	fmt.Println(all.Answers(), all.Score())
	// Output:
	// 0501141e32 <nil>
	// 0501ac020064 <nil>
	// 500 -34%
}

func ExampleNPS_UnmarshalBinary() {
	var n survey.NPS
	fmt.Println(n.UnmarshalBinary([]byte{5, 1, 20, 30}))
	fmt.Println(n.UnmarshalBinary([]byte{5, 1, 20, 30, 50}), n.Score())
	// Output:
	// data[4].Promoters: is cut off
	// <nil> 30%
}
