package goal

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

// A Count is a number of goals by status.
type Count struct {
	Achieved  int `json:"achieved"`
	Late      int `json:"late"`
	Partial   int `json:"partial"`
	Missed    int `json:"missed"`
	Cancelled int `json:"cancelled"`
	NotYetDue int `json:"not_yet_due"`
	Unknown   int `json:"unknown"`
}

// Total returns the number of goals of every status.
func (c Count) Total() int {
	return c.Achieved + c.Late + c.Partial + c.Missed + c.Cancelled + c.NotYetDue + c.Unknown
}

// Add returns the goals of both counts together.
func (c Count) Add(d Count) Count {
	return Count{
		Achieved: c.Achieved + d.Achieved, Late: c.Late + d.Late, Partial: c.Partial + d.Partial,
		Missed: c.Missed + d.Missed, Cancelled: c.Cancelled + d.Cancelled,
		NotYetDue: c.NotYetDue + d.NotYetDue, Unknown: c.Unknown + d.Unknown,
	}
}

// of counts one goal.
func (c *Count) of(s Status) {
	switch s {
	case Achieved:
		c.Achieved++
	case Late:
		c.Late++
	case Partial:
		c.Partial++
	case Missed:
		c.Missed++
	case Cancelled:
		c.Cancelled++
	case NotYetDue:
		c.NotYetDue++
	default:
		c.Unknown++
	}
}

// A Tally is how the goals of an account, or of many, stand. Tallies of disjoint
// goals add up.
type Tally struct {
	All              Count `json:"all"`                // every goal
	Due              Count `json:"due"`                // goals whose last day in time is over
	CancelledTooLate int   `json:"cancelled_too_late"` // cancelled only after they were due; part of Cancelled
}

// Add returns the goals of both tallies together.
func (t Tally) Add(u Tally) Tally {
	return Tally{t.All.Add(u.All), t.Due.Add(u.Due), t.CancelledTooLate + u.CancelledTooLate}
}

// Attainment returns the credit earned of the goals that were due, were not
// cancelled, and of which the end is known:
//
//	Σ credit / (due − cancelled − unknown)
//
// A goal achieved in time earns 1; one achieved late or in part ½; one missed 0.
// Goals achieved early enter when their day due is over, like all others:
// successes would come in before failures otherwise. When none was due the
// attainment is undefined. See [Tally.Bounds] for what the unknown could change.
func (t Tally) Attainment() success.Ratio {
	return credit(t.halves(), t.judged())
}

// Bounds returns the attainment if every unknown goal had been missed, which is
// Σ credit/(due − cancelled), and if every one had been achieved in time. Without
// unknown goals both are the attainment.
func (t Tally) Bounds() (lower, upper success.Ratio) {
	unknown := t.Due.Unknown
	return credit(t.halves(), t.judged()+unknown), credit(t.halves()+2*unknown, t.judged()+unknown)
}

// halves returns the credit in halves.
func (t Tally) halves() int { return 2*t.Due.Achieved + t.Due.Late + t.Due.Partial }

// judged returns how many goals earn credit or earn none.
func (t Tally) judged() int { return t.Due.Achieved + t.Due.Late + t.Due.Partial + t.Due.Missed }

func credit(halves, goals int) success.Ratio {
	return success.Ratio{Num: decimal.New(5*int64(halves), -1), Den: decimal.NewFromInt(int64(goals))}
}
