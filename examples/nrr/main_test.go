package main

// 12,000 + 9,000 + 6,000 at the opening; of them 15,000 + 7,500 + 0 at the
// close, and at most 12,000 + 7,500 + 0 of what each paid before.
func Example() {
	main()
	// Output:
	// opening 27000 closing 42500
	// NRR 83.3% GRR 72.2% customers kept 66.7%
}
