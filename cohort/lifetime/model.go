package lifetime

import (
	"math"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// A Model is a shifted-beta-geometric distribution. Alpha and Beta are finite
// and above 0; a model that is not has no defined figures.
type Model struct {
	Alpha float64 `json:"alpha"`
	Beta  float64 `json:"beta"`
}

// Validate reports, as [success.Errors], an Alpha or Beta that is not a number
// above 0 ([success.ErrRange]).
func (m Model) Validate() error {
	var faults success.Errors
	one := func(field string, v float64) {
		if !(v > 0) || math.IsInf(v, 1) {
			faults.Add(&success.InputError{Record: "model", Index: -1, Field: field, Value: check.Number(v), Err: fault.New(success.ErrRange, "is not a number above 0")})
		}
	}
	one("Alpha", m.Alpha)
	one("Beta", m.Beta)
	return faults.Err()
}

// has reports whether m has figures for a number of periods.
func (m Model) has(periods int) bool { return periods >= 0 && m.Validate() == nil }

// Survival returns the share of customers who are still there after so many
// periods, 1 after none:
//
//	S(t) = Π (β + i)/(α + β + i) for i from 0 to t − 1
//
// It is undefined for negative periods.
func (m Model) Survival(periods int) success.Figure {
	if !m.has(periods) {
		return success.Figure{}
	}
	return success.FigureOf(m.survival(periods))
}

func (m Model) survival(periods int) float64 {
	s := 1.0
	for i := range periods {
		s *= m.renewal(i)
		if s == 0 {
			break
		}
	}
	return s
}

// renewal is the probability of staying for one more period after so many.
func (m Model) renewal(periods int) float64 {
	return (m.Beta + float64(periods)) / (m.Alpha + m.Beta + float64(periods))
}

// Retention returns the share of the customers still there at the start of a
// period who are there at its end, (β + t − 1)/(α + β + t − 1). It rises from
// period to period. It is undefined below period 1.
func (m Model) Retention(period int) success.Figure {
	if !m.has(period - 1) {
		return success.Figure{}
	}
	return success.FigureOf(m.renewal(period - 1))
}

// Leaving returns the share of all customers who leave in a period: S(t − 1) −
// S(t). It is undefined below period 1.
func (m Model) Leaving(period int) success.Figure {
	if !m.has(period - 1) {
		return success.Figure{}
	}
	return success.FigureOf(m.survival(period-1) * m.Alpha / (m.Alpha + m.Beta + float64(period-1)))
}

// Lifetime returns the expected discounted number of periods of a new customer,
// the first one included and paid at once:
//
//	Σ S(t)/(1 + discount)^t over t ≥ 0
//
// discount is per period and at least 0. Without any, the lifetime is infinite,
// and so undefined, for an Alpha of 1 or less.
func (m Model) Lifetime(discount float64) success.Figure {
	v, ok := m.ResidualLifetime(0, discount).Float64()
	if !ok {
		return success.Figure{}
	}
	return success.FigureOf(1 + v/(1+discount))
}

// ResidualLifetime returns the expected discounted number of periods still to
// come of a customer who has renewed so many times, paid from the next renewal
// on and valued at it:
//
//	Σ S(n + t)/S(n)/(1 + discount)^(t − 1) over t ≥ 1
//
// discount is per period and at least 0. The figure is undefined for negative
// renewals or discounts and, without a discount, for an Alpha of 1 or less,
// where it is infinite.
func (m Model) ResidualLifetime(renewals int, discount float64) success.Figure {
	if !m.has(renewals) || !(discount >= 0) || math.IsInf(discount, 1) {
		return success.Figure{}
	}
	n := float64(renewals)
	if discount == 0 {
		if m.Alpha <= 1 {
			return success.Figure{}
		}
		return success.FigureOf((m.Beta + n) / (m.Alpha - 1))
	}
	b, c := m.Beta+n+1, m.Alpha+m.Beta+n+1
	return success.FigureOf((m.Beta + n) / (m.Alpha + m.Beta + n) * hypergeometric(b, c, 1/(1+discount)))
}

// hypergeometric returns ₂F₁(1, b; c; x) for 0 < b < c and 0 < x < 1, by
// Gauss's continued fraction: it needs some 1/√(1 − x) terms where the series
// needs 1/(1 − x). NaN means that it does not settle.
func hypergeometric(b, c, x float64) float64 {
	const tiny = 1e-300
	f, cf, df := 1.0, 1.0, 0.0
	for k := 1; k < 10_000_000; k++ {
		n := float64(k / 2)
		a := n * (c - b + n - 1) / ((c + 2*n - 2) * (c + 2*n - 1))
		if k%2 == 1 {
			a = (b + n) * (c - 1 + n) / ((c + 2*n - 1) * (c + 2*n))
		}
		df = 1 - a*x*df
		if df == 0 {
			df = tiny
		}
		df = 1 / df
		cf = 1 - a*x/cf
		if cf == 0 {
			cf = tiny
		}
		step := cf * df
		f *= step
		if math.Abs(step-1) < 1e-16 {
			return 1 / f
		}
	}
	return math.NaN()
}
