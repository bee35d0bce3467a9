package success_test

import (
	"encoding/json"
	"fmt"

	"metrics.internal/success"
)

func ExampleFigure() {
	median, never := success.FigureOf(31), success.Figure{}
	fmt.Println(median, never)
	if _, ok := never.Float64(); !ok {
		fmt.Println("nobody reached it")
	}
	text, err := json.Marshal([]success.Figure{median, never})
	fmt.Println(string(text), err)
	// Output:
	// 31 n/a
	// nobody reached it
	// [31,null] <nil>
}

func ExampleFigureOf() {
	fmt.Println(success.FigureOf(0.25), success.FigureOf(zero()/zero()))
	// Output: 0.25 n/a
}

func zero() float64 { return 0 }

func ExampleEstimate() {
	kept := success.EstimateOf(0.8, 0.7, 0.9)
	fmt.Println(kept, kept.Contains(0.85), kept.Contains(0.6))
	// Output: 0.8 (0.7, 0.9) true false
}

func ExampleEstimateOf() {
	ratio := success.EstimateOf(2, 1.2, 1/zero()) // to a share that may be 0
	fmt.Println(ratio)
	// Output: 2 (1.2, n/a)
}
