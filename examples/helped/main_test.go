package main

// The shares kept, their difference of 0.2596 and the 0.1680 within segments were
// computed from the files of the sample in another language, too.
func Example() {
	main()
	// Output:
	// helped by day 90: 26 accounts, kept a year later 0.916667 (0.706055, 0.978483)
	// not helped by then: 42 accounts, kept 0.657048 (0.482337, 0.785106)
	// difference 0.259619 (0.0714819, 0.447756) by Greenwood
	// within segments 0.168041 (-0.00286862, 0.33895)
	// warning: accounts without help on the landmark were helped after it: 12
	// warning: strata have fewer than ten accounts in an arm: 2
	// day by day, with help against without: p = 0.0653673
	//   helped: 4 left, 7.5 expected if help made no difference
	//   unhelped: 13 left, 9.5 expected if help made no difference
	// an unmeasured cause would have to raise both help and staying by a factor of 2.1376
}
