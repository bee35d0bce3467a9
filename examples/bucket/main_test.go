package main

// The ceilings are 5,000/0.03 and 5,000/0.025.
func Example() {
	main()
	// Output:
	// at a monthly churn of 0.03 after a year 120411 after two 134572 in the end 166667
	// at a monthly churn of 0.025 after a year 126200 after two 145536 in the end 200000
}
