package help

// What follows is for tests: the arithmetic behind BCa intervals, on revenue
// given as opening and net.

// Acceleration is that of the difference in net retention between two arms, the
// unhelped first.
func Acceleration(arms [2][][2]int64) (a float64, ok bool) {
	b := booksOf(arms)
	return acceleration([2]tally{b[0].tally(), b[1].tally()}, b, tally.nrr)
}

// Intervals are those of sorted resamples of the same difference.
func Intervals(sorted []float64, arms [2][][2]int64, level float64) RevenueDifference {
	b := booksOf(arms)
	var d RevenueDifference
	d.intervals(sorted, [2]tally{b[0].tally(), b[1].tally()}, b, tally.nrr, level)
	return d
}

// Order is the p-quantile of sorted resamples.
func Order(sorted []float64, p float64) float64 { return order(sorted, p) }

func booksOf(arms [2][][2]int64) (all [2]books) {
	for side, arm := range arms {
		for _, one := range arm {
			all[side] = append(all[side], book{one[0], one[1], min(one[0], one[1])})
		}
	}
	return all
}
