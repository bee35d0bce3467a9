package main

// Fernhill: 4 seats more at the old 300, then 14 seats 20 dearer. Marlowe: 5
// seats fewer at 300, and a product of 900.
func Example() {
	main()
	// Output:
	// Fernhill 3000 to 4480 expansion 1480
	//   seats 1200 price 280 product 0
	//   at renewal 1480 in mid-term 0
	// Marlowe 6000 to 5400 contraction 600
	//   seats -1500 price 0 product 900
	//   at renewal -1500 in mid-term 900
}
