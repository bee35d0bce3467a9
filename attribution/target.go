package attribution

import (
	"github.com/shopspring/decimal"

	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// A Goal is net revenue to be won in the period of a [Query].
type Goal struct {
	Amount   decimal.Decimal `json:"amount"`             // above 0
	Currency string          `json:"currency,omitempty"` // one of [Pipeline.Currencies]; any as long as there is no deal to name one
}

// A Target compares net revenue with a [Goal] on the day as-of.
type Target struct {
	Goal   Goal            `json:"goal"`   // its amount rounded half to even to a millionth
	Actual decimal.Decimal `json:"actual"` // net revenue of deals closed in the period
	Days   int             `json:"days"`   // of the period, by the calendar
	Passed int             `json:"passed"` // of Days, those before the day as-of
}

// Target compares the net revenue of the total of q with a goal. It returns
// [success.Errors] with what [Pipeline.Table] reports, for an amount that is 0 or
// 9·10¹² or more ([success.ErrRange]) or below 0 ([success.ErrNegative]), and for
// a currency that amounts are not in ([success.ErrUnknown]). As long as no deal
// counts and nothing names a currency, the actual revenue is 0 of any.
func (p *Pipeline) Target(q Query, goal Goal) (Target, error) {
	faults := q.check()
	amount := goal.check(faults)
	table, err := p.Table(q)
	if err != nil {
		return Target{}, faults.Err()
	}
	money, ok := table.Total.In(goal.Currency)
	if !ok {
		doorOf("goal", -1, faults).Add("Currency", goal.Currency, success.ErrUnknown)
	}
	if err := faults.Err(); err != nil {
		return Target{}, err
	}
	days := q.Period.Days()
	return Target{
		Goal:   Goal{exact.Decimal(amount), goal.Currency},
		Actual: money.Net,
		Days:   days,
		Passed: min(days, max(0, p.asOf.Sub(q.Period.From))),
	}, nil
}

// check returns the amount in millionths, and adds what is wrong with it.
func (g Goal) check(faults *success.Errors) (micros int64) {
	d := doorOf("goal", -1, faults)
	if g.Amount.Sign() < 0 {
		d.Add("Amount", exact.Show(g.Amount), success.ErrNegative)
		return 0
	}
	before := faults.Count
	micros = d.micros("Amount", g.Amount)
	if micros == 0 && faults.Count == before {
		d.Add("Amount", exact.Show(g.Amount), fault.New(success.ErrRange, "is not above 0"))
	}
	return micros
}

// Attainment returns the share of the goal that is won, Actual / Goal.
func (t Target) Attainment() success.Ratio { return success.Ratio{Num: t.Actual, Den: t.Goal.Amount} }

// Elapsed returns the share of the period that has passed, Passed / Days.
func (t Target) Elapsed() success.Ratio { return success.RatioOf(t.Passed, t.Days) }

// Pace returns Attainment / Elapsed: 1 is on course, more is ahead of it.
// Undefined before the first day is over.
func (t Target) Pace() success.Ratio {
	return success.Ratio{Num: t.Actual.Mul(count(t.Days)), Den: t.Goal.Amount.Mul(count(t.Passed))}
}

// Projected returns what is won at the end of the period if it goes on as
// before, Actual / Elapsed. Undefined before the first day is over.
func (t Target) Projected() success.Ratio {
	return success.Ratio{Num: t.Actual.Mul(count(t.Days)), Den: count(t.Passed)}
}

// Needed returns the run rate that reaches the goal: what is missing by each day
// that is left, 0 when nothing is. Undefined when no day is left.
func (t Target) Needed() success.Ratio {
	missing := t.Goal.Amount.Sub(t.Actual)
	if missing.Sign() < 0 {
		missing = decimal.Decimal{}
	}
	return success.Ratio{Num: missing, Den: count(t.Days - t.Passed)}
}

func count(n int) decimal.Decimal { return decimal.NewFromInt(int64(n)) }
