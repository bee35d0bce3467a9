package lifetime

import (
	"math"

	"metrics.internal/success"
)

// Survival is [Model.Survival] with its interval, within [0, 1].
func (p *Projection) Survival(periods int) success.Estimate {
	return p.share(func(m Model) success.Figure { return m.Survival(periods) })
}

// Retention is [Model.Retention] with its interval, within [0, 1].
func (p *Projection) Retention(period int) success.Estimate {
	return p.share(func(m Model) success.Figure { return m.Retention(period) })
}

// Lifetime is [Model.Lifetime] with its interval.
func (p *Projection) Lifetime(discount float64) success.Estimate {
	return p.positive(func(m Model) success.Figure { return m.Lifetime(discount) })
}

// ResidualLifetime is [Model.ResidualLifetime] with its interval.
func (p *Projection) ResidualLifetime(renewals int, discount float64) success.Estimate {
	return p.positive(func(m Model) success.Figure { return m.ResidualLifetime(renewals, discount) })
}

// share returns a figure between 0 and 1 with the interval of its log odds.
func (p *Projection) share(f func(Model) success.Figure) success.Estimate {
	v, ok := f(p.Model).Float64()
	if !ok || v <= 0 || v >= 1 {
		return success.Estimate{Value: f(p.Model)}
	}
	width := p.z * p.stdErr(func(m Model) float64 {
		s, _ := f(m).Float64()
		return math.Log(s / (1 - s))
	})
	odds := v / (1 - v)
	low, high := odds*math.Exp(-width), odds*math.Exp(width)
	return success.EstimateOf(v, low/(1+low), high/(1+high))
}

// positive returns a figure above 0 with the interval of its logarithm.
func (p *Projection) positive(f func(Model) success.Figure) success.Estimate {
	v, ok := f(p.Model).Float64()
	if !ok || v <= 0 {
		return success.Estimate{Value: f(p.Model)}
	}
	return onLogScale(v, p.z*p.stdErr(func(m Model) float64 {
		s, ok := f(m).Float64()
		if !ok {
			return math.NaN()
		}
		return math.Log(s)
	}))
}

// stdErr returns the standard error of a figure: its slope by log α and log β,
// against their covariance. It is NaN where the figure is undefined close by.
func (p *Projection) stdErr(f func(Model) float64) float64 {
	const h = 1e-5
	a, b := p.Model.Alpha, p.Model.Beta
	up, down := math.Exp(h), math.Exp(-h)
	ga := (f(Model{a * up, b}) - f(Model{a * down, b})) / (2 * h)
	gb := (f(Model{a, b * up}) - f(Model{a, b * down})) / (2 * h)
	return math.Sqrt(max(0, ga*ga*p.covariance[0][0]+2*ga*gb*p.covariance[0][1]+gb*gb*p.covariance[1][1]))
}
