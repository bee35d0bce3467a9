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

func ExampleEstimate_Contains() {
	change := success.EstimateOf(0.02, -0.01, 0.05)
	fmt.Println("may be nothing:", change.Contains(0))
	// Output: may be nothing: true
}

func ExampleEstimate_String() {
	fmt.Println(success.EstimateOf(0.8, 0.7, 0.9).String())
	// Output: 0.8 (0.7, 0.9)
}

func ExampleFigure_Defined() {
	fmt.Println(success.FigureOf(0).Defined(), success.Figure{}.Defined())
	// Output: true false
}

func ExampleFigure_Float64() {
	days, ok := success.FigureOf(31.5).Float64()
	fmt.Println(days, ok)
	_, ok = success.Figure{}.Float64()
	fmt.Println(ok)
	// Output:
	// 31.5 true
	// false
}

func ExampleFigure_String() {
	fmt.Println(success.FigureOf(2.0/3).String(), success.Figure{}.String())
	// Output: 0.666667 n/a
}

func ExampleFigure_MarshalJSON() {
	text, err := success.FigureOf(2.0 / 3).MarshalJSON()
	fmt.Println(string(text), err)
	// Output: 0.6666666666666666 <nil>
}

func ExampleFigure_UnmarshalJSON() {
	var median success.Figure
	err := median.UnmarshalJSON([]byte("null"))
	fmt.Println(median, err)
	// Output: n/a <nil>
}
