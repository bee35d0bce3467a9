package retention_test

import (
	"fmt"

	"metrics.internal/success"
	"metrics.internal/success/retention"
)

// Each shard sends its movement as bytes; whoever collects them merges.
func ExampleMovement_MarshalBinary() {
	contracts := company()
	var sent [][]byte
	for _, shard := range [][]success.Contract{contracts[:3], contracts[3:]} {
		book, _ := retention.NewBook(shard, retention.Options{})
		year, _ := book.Between(success.Year(2025))
		data, err := year.MarshalBinary()
		if err != nil {
			fmt.Println(err)
		}
		sent = append(sent, data)
	}
	var a, b retention.Movement
	fmt.Println(a.UnmarshalBinary(sent[0]), b.UnmarshalBinary(sent[1]))
	all, err := a.Merge(b)
	fmt.Println(len(sent[0]), "and", len(sent[1]), "bytes, NRR", all.NRR(), err)
	// Output:
	// <nil> <nil>
	// 45 and 49 bytes, NRR 84.3% <nil>
}

func ExampleMovement_AppendBinary() {
	year := exampleYear()
	year.Closing = year.Closing.Neg() // a mistake
	_, err := year.AppendBinary(nil)
	fmt.Println(err)
	// Output:
	// 2 faults
	// 	movement.Closing: -19600 is negative
	// 	movement.Closing: -19600 is not 19600, as the other parts say
}

func ExampleMovement_UnmarshalBinary() {
	data, _ := exampleYear().MarshalBinary()
	var m retention.Movement
	fmt.Println(m.UnmarshalBinary(data[:9]))
	fmt.Println(m.UnmarshalBinary(data), m.NRR())
	// Output:
	// data[9].Opening: is cut off
	// <nil> 84.3%
}

func ExampleSnapshot_MarshalBinary() {
	day, _ := exampleBook(retention.Options{}).On(success.MustDate("2025-12-31"))
	data, err := day.MarshalBinary()
	fmt.Printf("%x %v\n", data, err)
	var sent retention.Snapshot
	fmt.Println(sent.UnmarshalBinary(data), sent.Date, sent.ARR, sent.Customers)
	// Output:
	// 0201a0922d001101c40500 <nil>
	// <nil> 2025-12-31 19600 5
}

func ExampleRenewals_MarshalBinary() {
	data, err := exampleRenewals().MarshalBinary()
	fmt.Printf("%x %v\n", data, err)
	var sent retention.Renewals
	fmt.Println(sent.UnmarshalBinary(data), sent.Due, sent.Logo(), sent.Net())
	// Output:
	// 0301b48f2da1922d0002000100000113011213010c13010f <nil>
	// <nil> 2 50% 83.3%
}
