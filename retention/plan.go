package retention

import (
	"math/big"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// LifetimeValue returns the gross margin that a customer brings until it
// leaves, if churn stays as it is:
//
//	ARPA × margin / churn
//
// ARPA and churn must be of periods of the same length: yearly ARPA with yearly
// churn. margin is a share, 0.8 for 80 %. At zero churn the value is undefined;
// no lifetime is invented. For customers under contract, the shifted
// beta-geometric projection of package cohort is the better tool: it lets the
// churn of a cohort fall with its age, as it does.
func LifetimeValue(arpa success.Ratio, margin decimal.Decimal, churn success.Ratio) success.Ratio {
	if !arpa.Defined() || !churn.Defined() {
		return success.Ratio{}
	}
	return success.Ratio{
		Num: arpa.Num.Mul(margin).Mul(churn.Den),
		Den: arpa.Den.Mul(churn.Num),
	}
}

// CACPayback returns the months after which the gross margin of a customer has
// paid for what it cost to win it (CAC, the customer acquisition cost):
//
//	CAC / (monthly ARPA × margin)
//
// It is undefined when the customer brings no margin.
func CACPayback(cac decimal.Decimal, monthlyARPA success.Ratio, margin decimal.Decimal) success.Ratio {
	if !monthlyARPA.Defined() {
		return success.Ratio{}
	}
	return success.Ratio{
		Num: cac.Mul(monthlyARPA.Den),
		Den: monthlyARPA.Num.Mul(margin),
	}
}

// A Projection is a leaky bucket: revenue that loses and gains a share of itself
// each step, and is filled up by the same amount.
type Projection struct {
	Start     decimal.Decimal // revenue now, 0 or more
	New       decimal.Decimal // won each step, 0 or more
	Churn     decimal.Decimal // share lost each step, between 0 and 1
	Expansion decimal.Decimal // share gained each step, 0 or more
}

// A Path is how a [Projection] goes on.
type Path struct {
	Values []decimal.Decimal // after 0, 1, 2, … steps, rounded half away from zero to a millionth

	// Ceiling is where the path leads in the end, whatever it starts from:
	// New/(Churn − Expansion). It is undefined when losses do not exceed gains.
	Ceiling success.Ratio
}

// The largest projection, and the most digits that one of its numbers may have
// behind the point.
const (
	maxSteps  = 1200
	maxPlaces = 18
)

// Project follows a leaky bucket for a number of steps, such as months:
//
//	x(t+1) = x(t)·(1 − Churn + Expansion) + New
//
// Nothing is rounded between steps. It reports, as [success.Errors], a number of
// steps outside 0 to 1,200 and amounts and shares outside the ranges that
// [Projection] gives, of [success.RateLimit] or more, or with more than 18 decimal
// places.
func Project(p Projection, steps int) (Path, error) {
	if err := p.check(steps); err != nil {
		return Path{}, err
	}
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(maxPlaces), nil)
	growth := fixed(decimal.NewFromInt(1).Sub(p.Churn).Add(p.Expansion))
	fill := fixed(p.New)
	x, scale := fixed(p.Start), int32(maxPlaces)
	path := Path{Ceiling: p.ceiling()}
	for range steps {
		path.Values = append(path.Values, decimal.NewFromBigInt(x, -scale).Round(6))
		x = new(big.Int).Mul(x, growth)
		fill.Mul(fill, unit)
		scale += maxPlaces
		x.Add(x, fill)
	}
	path.Values = append(path.Values, decimal.NewFromBigInt(x, -scale).Round(6))
	return path, nil
}

// fixed returns d in units of the last place that it may have.
func fixed(d decimal.Decimal) *big.Int { return d.Shift(maxPlaces).BigInt() }

func (p Projection) ceiling() success.Ratio {
	leak := p.Churn.Sub(p.Expansion)
	if leak.Sign() <= 0 {
		return success.Ratio{}
	}
	return success.Ratio{Num: p.New, Den: leak}
}

func (p Projection) check(steps int) error {
	c := checks{record: "projection"}
	c.whole("steps", steps, 0, maxSteps)
	c.atLeastZero("Start", p.Start)
	c.atLeastZero("New", p.New)
	if c.atLeastZero("Churn", p.Churn) && p.Churn.Cmp(decimal.NewFromInt(1)) > 0 {
		c.add("Churn", exact.Show(p.Churn), fault.New(success.ErrRange, "is more than 1"))
	}
	c.atLeastZero("Expansion", p.Expansion)
	return c.faults.Err()
}

// A Point is what one percentage point of yearly retention is worth.
type Point struct {
	FirstYear     decimal.Decimal // base / 100
	Total         decimal.Decimal // over all years, rounded half away from zero to a millionth
	BreakEvenBase decimal.Decimal // the base at which a point brings in a seller's quota each year: quota × 100
}

// PointOfRetention sets one more percentage point of yearly revenue retention
// against the quota of a seller. Over h years on a base it is worth
//
//	Σ base·((retention + 0.01)^k − retention^k), k = 1 … h
//
// Amounts must be 0 or more and less than [success.RateLimit], retention 0 or
// more, and years between 1 and 100; none may have more than 18 decimal places.
// Anything else is reported as [success.Errors].
func PointOfRetention(base, retention decimal.Decimal, years int, quota decimal.Decimal) (Point, error) {
	c := checks{record: "point"}
	c.atLeastZero("base", base)
	c.atLeastZero("retention", retention)
	c.whole("years", years, 1, 100)
	c.atLeastZero("quota", quota)
	if err := c.faults.Err(); err != nil {
		return Point{}, err
	}
	better := retention.Add(decimal.New(1, -2))
	up, down, sum := decimal.NewFromInt(1), decimal.NewFromInt(1), decimal.Decimal{}
	for range years {
		up, down = up.Mul(better), down.Mul(retention)
		sum = sum.Add(up.Sub(down))
	}
	return Point{
		FirstYear:     base.Shift(-2),
		Total:         base.Mul(sum).Round(6),
		BreakEvenBase: quota.Shift(2),
	}, nil
}

// checks collects the faults of plain arguments.
type checks struct {
	record string
	faults success.Errors
}

func (c *checks) add(field, value string, err error) {
	c.faults.Add(&success.InputError{Record: c.record, Index: -1, Field: field, Value: value, Err: err})
}

func (c *checks) whole(field string, n, from, to int) {
	if n < from || n > to {
		c.add(field, decimal.NewFromInt(int64(n)).String(), fault.New(success.ErrRange, "is not between %d and %d", from, to))
	}
}

// atLeastZero checks the sign and the size of d, and reports whether both will
// do. It looks at the exponent first, so that no number can be too large to look
// at.
func (c *checks) atLeastZero(field string, d decimal.Decimal) bool {
	if d.Sign() < 0 {
		c.add(field, exact.Show(d), success.ErrNegative)
		return false
	}
	_, ok := exact.Rate(d, 1, 1)
	if !ok || d.Exponent() < -maxPlaces || d.Exponent() > maxPlaces {
		c.add(field, exact.Show(d), success.ErrRange)
		return false
	}
	return true
}
