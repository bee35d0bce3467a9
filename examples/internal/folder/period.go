package folder

import "metrics.internal/success"

// Span returns the day before which things are known and the period to report
// on. Each argument but newest may be none.
//
// As-of is the given one, else to, else the day after newest. A period without
// from is the twelve months before to. One without both is the last twelve whole
// calendar months that end on or before as-of, and one without to ends at as-of.
func Span(newest, asOf, from, to success.Date) (period success.Period, known success.Date) {
	switch {
	case !asOf.IsZero():
	case !to.IsZero():
		asOf = to
	default:
		asOf = newest.AddDays(1)
	}
	switch {
	case to.IsZero() && from.IsZero():
		year, month, _ := asOf.Civil()
		to = success.Month(year, month).From
	case to.IsZero():
		to = asOf
	}
	if from.IsZero() {
		from = to.AddMonths(-12)
	}
	return success.Period{From: from, To: to}, asOf
}
