package main

// In the fourth quarter Pinecroft's 400 are lost and Fernhill's 250 come back.
func Example() {
	main()
	// Output:
	// Q1 won  800 lost    0 quick ratio n/a
	// Q2 won  200 lost  500 quick ratio 0.4
	// Q3 won  400 lost    0 quick ratio n/a
	// Q4 won  250 lost  400 quick ratio 0.6
}
