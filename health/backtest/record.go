package backtest

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// A Record is an account as it was scored, and what became of it.
type Record struct {
	Account  success.AccountID // unique within one call
	Score    success.Figure    // undefined when it was not known
	Band     string            // one of Options.Bands or [health.Unknown]; empty when there are none
	Revenue  decimal.Decimal   // on the day of the score, in the one currency of all; not negative, read to a millionth
	Lost     decimal.Decimal   // what of Revenue was lost; 0 means all of it when the account left
	ScoredAt success.Date      // day at whose close the score was frozen; may be none when Left is
	Newest   success.Date      // newest day that an input of the score is of; none when not known
	Left     success.Date      // first day without the account; none while it stays
	Event    bool              // it left within the horizon; needed when Left does not say so
	Measures []success.Figure  // one for each of Options.Measures, undefined where missing; nil when all are
}

// gone reports whether the account left within a horizon. A record that
// [Record.check] refuses has no answer.
func (r *Record) gone(horizon int) bool {
	return r.Event || !r.Left.IsZero() && r.Left.Sub(r.ScoredAt) <= horizon
}

// A money is what an account paid and what of it was lost, in millionths.
type money struct{ revenue, lost int64 }

// check adds what is wrong with r, and returns its money.
func (r *Record) check(i int, o *Options, faults *success.Errors) money {
	add := func(field, value string, err error) {
		faults.Add(&success.InputError{Record: "record", Index: i, Field: field, Value: value, Err: err})
	}
	if r.Account == "" {
		add("Account", "", success.ErrMissing)
	}
	if err := o.checkBand(r.Band); err != nil {
		add("Band", r.Band, err)
	}
	m := r.checkMoney(o, add)
	r.checkDays(o, add)
	if n := len(r.Measures); n != 0 && n != len(o.Measures) {
		add("Measures", check.Int(n), fault.New(success.ErrRange, "values are not one for each of the %d measures", len(o.Measures)))
	}
	return m
}

// checkBand allows no band only where there are none.
func (o *Options) checkBand(band string) error {
	switch {
	case band == "" && len(o.Bands) > 0:
		return success.ErrMissing
	case band == "" || band == health.Unknown:
		return nil
	}
	for _, b := range o.Bands {
		if b == band {
			return nil
		}
	}
	return success.ErrUnknown
}

func (r *Record) checkMoney(o *Options, add func(field, value string, err error)) (m money) {
	amount := func(field string, d decimal.Decimal) int64 {
		m, err := micros(d)
		if err != nil {
			add(field, exact.Show(d), err)
		}
		return m
	}
	m = money{amount("Revenue", r.Revenue), amount("Lost", r.Lost)}
	gone := r.gone(o.Horizon)
	switch {
	case m.lost > 0 && !gone && r.settled(o):
		add("Lost", exact.Show(r.Lost), fault.New(success.ErrRange, "was lost by an account that did not leave within the horizon"))
	case m.lost > m.revenue:
		add("Lost", exact.Show(r.Lost), fault.New(success.ErrRange, "is more than Revenue %s", exact.Show(r.Revenue)))
	case m.lost == 0 && gone:
		m.lost = m.revenue
	}
	return m
}

// settled reports whether r and o say enough to know whether the account left.
func (r *Record) settled(o *Options) bool {
	return r.Left.IsZero() || !r.ScoredAt.IsZero() && o.Horizon > 0
}

// checkDays finds an outcome that the score could have known, one that contradicts
// the flag, and one that is not known as yet.
func (r *Record) checkDays(o *Options, add func(field, value string, err error)) {
	switch {
	case r.Left.IsZero():
	case r.ScoredAt.IsZero():
		add("ScoredAt", "", success.ErrMissing)
	case !r.Left.After(r.ScoredAt):
		add("Left", r.Left.String(), fault.New(success.ErrOrder, "is not after ScoredAt %s: the score knew the outcome", r.ScoredAt))
	case r.Event && r.Left.Sub(r.ScoredAt) > o.Horizon:
		add("Left", r.Left.String(), fault.New(success.ErrOrder, "is more than %d days after ScoredAt %s, against Event", o.Horizon, r.ScoredAt))
	}
	if !o.KnownTo.IsZero() && !r.ScoredAt.IsZero() && o.KnownTo.Sub(r.ScoredAt) < o.Horizon {
		add("ScoredAt", r.ScoredAt.String(), fault.New(success.ErrOrder, "is less than %d days before KnownTo %s: the outcome is not known", o.Horizon, o.KnownTo))
	}
}
