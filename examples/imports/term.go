package imports

import "metrics.internal/success"

// maxPeriods bounds the periods of a term.
const maxPeriods = 10_000

// periodOf reads a day, week, month or year as a term. Years are 12 months.
func periodOf(text string) (success.Term, error) {
	switch text {
	case "day":
		return success.Days(1), nil
	case "week":
		return success.Weeks(1), nil
	case "month":
		return success.Months(1), nil
	case "year":
		return success.Months(12), nil
	}
	return success.Term{}, success.ErrUnknown
}

// countOf reads how many periods a term has.
func countOf(text string) (int, error) {
	n, err := wholeOf(text)
	if err == nil && (n < 1 || n > maxPeriods) {
		err = success.ErrRange
	}
	return int(n), err
}

// after returns the day one term after another.
func after(day success.Date, term success.Term) success.Date {
	switch term.Unit {
	case success.UnitMonth:
		return day.AddMonths(term.Count)
	case success.UnitWeek:
		return day.AddDays(7 * term.Count)
	}
	return day.AddDays(term.Count)
}
