package survival_test

import (
	"fmt"

	"metrics.internal/success/cohort/survival"
)

func ExampleCountsOf() {
	all, err := survival.CountsOf(customers())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(all.Left(), "of", all.Accounts(), "left")
	// Output: 7 of 11 left
}

func ExampleCountsOfColumns() {
	all, err := survival.CountsOfColumns(survival.Columns{
		Days: []int32{9, 13, 13, 18}, Left: []bool{true, true, false, true},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(all.Left(), "of", all.Accounts(), "left")
	// Output: 3 of 4 left
}

func ExampleCounts_Add() {
	var seen survival.Counts
	for _, s := range []survival.Span{{Days: 30, Left: true}, {Days: -1}, {Days: 90}} {
		if err := seen.Add(s); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(seen.Left(), "of", seen.Accounts(), "left")
	// Output:
	// span.Days: -1 is negative
	// 1 of 2 left
}

func ExampleCounts_Merge() {
	first, err := survival.CountsOf(customers()[:5])
	if err != nil {
		fmt.Println(err)
		return
	}
	second, err := survival.CountsOf(customers()[5:])
	if err != nil {
		fmt.Println(err)
		return
	}
	first.Merge(second)
	curve, err := first.Curve(survival.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("median of both shards:", curve.Median())
	// Output: median of both shards: 31 (13, n/a)
}

func ExampleCounts_Curve() {
	var nobody survival.Counts
	_, err := nobody.Curve(survival.Options{})
	fmt.Println(err)
	// Output: spans: is missing
}

func ExampleSpan_Validate() {
	fmt.Println(survival.Span{Days: 10, Entered: 10}.Validate())
	fmt.Println(survival.Span{Days: 10, Entered: 9}.Validate())
	// Output:
	// span.Entered: 10 is not before Days 10
	// <nil>
}

func ExampleCurve() {
	curve, err := survival.Fit(customers(), survival.Options{Level: 0.9, Band: survival.Plain})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(curve.Accounts(), "accounts, seen up to day", curve.Last(), "at level", curve.Level())
	fmt.Println("median:", curve.Median())
	// Output:
	// 11 accounts, seen up to day 161 at level 0.9
	// median: 31 (18, 48)
}

// contracts is a table of customers by the term of their first contract.
func contracts() (*survival.Table, error) {
	t := new(survival.Table)
	for i, s := range customers() {
		term := "month"
		if i > 4 {
			term = "year"
		}
		if err := t.Add(survival.Subject{Span: s, Group: term}); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func ExampleTable_Add() {
	var t survival.Table
	fmt.Println(t.Add(survival.Subject{Span: survival.Span{Days: 9, Weight: -2}, Group: "month"}))
	// Output: span.Weight: -2 is negative
}

func ExampleTable_LogRank() {
	t, err := contracts()
	if err != nil {
		fmt.Println(err)
		return
	}
	test, err := t.LogRank(survival.Weighting{Kind: survival.GehanWilcoxon})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, g := range test.Groups {
		fmt.Printf("%s: %d accounts\n", g.Name, g.Accounts)
	}
	fmt.Println("χ²", test.ChiSquare, "with", test.DF, "degree of freedom, p", test.P)
	// Output:
	// month: 5 accounts
	// year: 6 accounts
	// χ² 8 with 1 degree of freedom, p 0.00467773
}

func ExampleTable_Merge() {
	north, err := contracts()
	if err != nil {
		fmt.Println(err)
		return
	}
	south, err := contracts()
	if err != nil {
		fmt.Println(err)
		return
	}
	north.Merge(south)
	test, err := north.LogRank(survival.Weighting{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, g := range test.Groups {
		fmt.Printf("%s: %d accounts, %.0f left\n", g.Name, g.Accounts, g.Observed)
	}
	// Output:
	// month: 10 accounts, 8 left
	// year: 12 accounts, 6 left
}
