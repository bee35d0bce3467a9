package survival

// FirstAtRisk returns the first day on which each of the groups counted has at
// least n accounts at risk. ok is false when there is none.
func FirstAtRisk(n int64, groups ...*Counts) (day int, ok bool) {
	sides := make([]side, len(groups))
	days := 0
	for i, g := range groups {
		sides[i] = newSide(g)
		days = max(days, len(sides[i].stays))
	}
	for day := range days {
		enough := true
		for i := range sides {
			enough = enough && sides[i].risk >= n
			sides[i].pass(day)
		}
		if enough {
			return day, true
		}
	}
	return 0, false
}
