package lifetime

import (
	"errors"
	"math"
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// A Cohort holds how many customers who started together were there at the
// start and after each period since: 1000, 869, 743. The numbers never rise.
type Cohort []int

// Options are the choices of a fit. The zero value is the default.
type Options struct {
	Level float64 // of the intervals, in (0, 1); 0 means 0.95
}

// The cases in which no two numbers fit best. They are told apart with
// [errors.Is].
var (
	ErrNobodyLeft  = errors.New("lifetime: nobody left, so that any long life fits")
	ErrAllLeft     = errors.New("lifetime: everybody left in the first period, so that nothing is known of later ones")
	ErrOnePeriod   = errors.New("lifetime: one period says nothing about how churn changes")
	ErrConstant    = errors.New("lifetime: churn does not fall, so that the same churn for everybody fits best")
	ErrTwoKinds    = errors.New("lifetime: all who left did so in the first period, so that some who always leave and some who never do fit best")
	errNotSettling = errors.New("lifetime: the search for the best fit does not settle")
)

// A Projection is a fitted [Model] with its intervals.
type Projection struct {
	Model         Model
	Alpha         success.Estimate
	Beta          success.Estimate
	LogLikelihood float64 // of the cohorts under Model
	Customers     int     // in all cohorts

	covariance [2][2]float64 // of log α and log β
	z          float64
}

// Fit returns the model under which what happened to the cohorts is most
// likely. Intervals come from the curvature of the likelihood there (the delta
// method), on scales on which they cannot leave the range of the figure.
//
// It reports, as [success.Errors], a cohort without a period
// ([success.ErrMissing]), negative and rising numbers ([success.ErrNegative],
// [success.ErrOrder]), no cohorts and a level outside (0, 1). Cohorts that have
// no best fit are [ErrNobodyLeft], [ErrAllLeft], [ErrOnePeriod], [ErrConstant]
// or [ErrTwoKinds].
//
// Churn does not fall when, p being the share of renewals that did not happen
// and q = 1 − p,
//
//	Σ over leavers in period t of (t − 1)(t − 2)/q² − 2(t − 1)/(pq), plus
//	Σ over those alive after T of T(T − 1)/q²
//
// is not above 0: the same churn for everybody is then a maximum towards which
// α and β grow without end.
func Fit(cohorts []Cohort, options Options) (*Projection, error) {
	var faults success.Errors
	z := check.Level(options.Level, &faults)
	checkCohorts(cohorts, &faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	r := renewalsOf(cohorts)
	if err := r.unfit(); err != nil {
		return nil, err
	}
	m, ok := r.best()
	if !ok {
		return nil, errNotSettling
	}
	p := &Projection{Model: m, LogLikelihood: r.logLikelihood(m), z: z, covariance: r.covariance(m)}
	for _, c := range cohorts {
		p.Customers += c[0]
	}
	p.Alpha = onLogScale(m.Alpha, z*math.Sqrt(p.covariance[0][0]))
	p.Beta = onLogScale(m.Beta, z*math.Sqrt(p.covariance[1][1]))
	return p, nil
}

func onLogScale(v, width float64) success.Estimate {
	return success.EstimateOf(v, v*math.Exp(-width), v*math.Exp(width))
}

func checkCohorts(cohorts []Cohort, faults *success.Errors) {
	if len(cohorts) == 0 {
		faults.Add(&success.InputError{Record: "cohorts", Index: -1, Err: success.ErrMissing})
	}
	for i, c := range cohorts {
		add := func(period int, err error) {
			faults.Add(&success.InputError{Record: "cohort", Index: i, Field: "[" + strconv.Itoa(period) + "]", Value: strconv.Itoa(c[period]), Err: err})
		}
		if len(c) < 2 {
			faults.Add(&success.InputError{Record: "cohort", Index: i, Err: fault.New(success.ErrMissing, "has no period after its start")})
			continue
		}
		for t, n := range c {
			switch {
			case n < 0:
				add(t, success.ErrNegative)
			case n > 1<<50:
				add(t, success.ErrRange)
			case t > 0 && n > c[t-1]:
				add(t, fault.New(success.ErrOrder, "is more than the %d of the period before", c[t-1]))
			}
		}
	}
}

// renewals holds, for every period, how many came up for renewal in it, and
// how many of them left and stayed: all the likelihood depends on.
type renewals struct {
	due, left, stayed []float64
}

func renewalsOf(cohorts []Cohort) *renewals {
	longest := 0
	for _, c := range cohorts {
		longest = max(longest, len(c)-1)
	}
	r := &renewals{make([]float64, longest), make([]float64, longest), make([]float64, longest)}
	for _, c := range cohorts {
		for t, n := range c[1:] {
			r.due[t] += float64(c[t])
			r.left[t] += float64(c[t] - n)
			r.stayed[t] += float64(n)
		}
	}
	return r
}

func total(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum
}

// unfit names the reason why there is no best fit, nil when there is one.
func (r *renewals) unfit() error {
	left, due := total(r.left), total(r.due)
	switch {
	case left == 0:
		return ErrNobodyLeft
	case r.stayed[0] == 0:
		return ErrAllLeft
	case total(r.due[1:]) == 0:
		return ErrOnePeriod
	case total(r.left[1:]) == 0:
		return ErrTwoKinds
	case r.spread(left/due) <= 1e-9*r.due[0]:
		return ErrConstant
	}
	return nil
}

// spread is the sum in the comment of [Fit], taken over periods instead of
// customers: with t(t − 1) = 2 Σ i over i < t.
func (r *renewals) spread(p float64) float64 {
	q := 1 - p
	stayed, left := 0.0, 0.0
	for i := range r.due {
		stayed += 2 * float64(i) * r.stayed[i]
		left += 2 * float64(i) * r.left[i]
	}
	return stayed/(q*q) - left/(p*q)
}

// logLikelihood returns
//
//	Σ left ln α + stayed ln(β + i) − due ln(α + β + i) over the periods i
func (r *renewals) logLikelihood(m Model) float64 {
	sum := 0.0
	for i := range r.due {
		t := float64(i)
		whole := math.Log(m.Alpha + m.Beta + t)
		sum += r.left[i]*(math.Log(m.Alpha)-whole) + r.stayed[i]*(math.Log(m.Beta+t)-whole)
	}
	return sum
}

// slopes returns the gradient and the matrix of second derivatives of the
// likelihood by log α and log β.
func (r *renewals) slopes(m Model) (g [2]float64, h [2][2]float64) {
	a, b := m.Alpha, m.Beta
	for i := range r.due {
		t := float64(i)
		w, s := r.due[i]/(a+b+t), r.stayed[i]/(b+t)
		ww, ss := w/(a+b+t), s/(b+t)
		g[0] += r.left[i] - a*w
		g[1] += b * (s - w)
		h[0][0] += a*a*ww - a*w
		h[1][1] += b*b*(ww-ss) + b*(s-w)
		h[0][1] += a * b * ww
	}
	h[1][0] = h[0][1]
	return g, h
}

// mostLevel is how many steps in a row may gain no more than rounding. There are
// tops around which rounding alone goes on making steps that are small, but never
// as small as they have to be.
const mostLevel = 200

// best climbs to the top of the likelihood: Newton's steps, damped where they
// would not lead upwards.
func (r *renewals) best() (Model, bool) {
	p := total(r.left) / total(r.due)
	m := Model{1, (1 - p) / p}
	height, damping, level := r.logLikelihood(m), 1e-3, 0
	for range 10_000 {
		g, h := r.slopes(m)
		scale := math.Abs(h[0][0]) + math.Abs(h[1][1])
		step := solve([2][2]float64{
			{damping*scale - h[0][0], -h[0][1]},
			{-h[1][0], damping*scale - h[1][1]},
		}, g)
		next := Model{m.Alpha * math.Exp(step[0]), m.Beta * math.Exp(step[1])}
		higher := r.logLikelihood(next)
		size := max(math.Abs(step[0]), math.Abs(step[1]))
		if level++; higher-height > 1e-15*math.Abs(height) {
			level = 0
		}
		switch {
		case size < 1e-13 || damping > 1e12 || level > mostLevel:
			return m, true
		case size < 2 && higher >= height:
			m, height, damping = next, higher, damping/10
		default:
			damping = max(damping*10, 1e-12)
		}
	}
	return m, false
}

// solve returns x with a x = b.
func solve(a [2][2]float64, b [2]float64) [2]float64 {
	det := a[0][0]*a[1][1] - a[0][1]*a[1][0]
	return [2]float64{
		(b[0]*a[1][1] - b[1]*a[0][1]) / det,
		(b[1]*a[0][0] - b[0]*a[1][0]) / det,
	}
}

// covariance returns the inverse of the curvature at the top.
func (r *renewals) covariance(m Model) [2][2]float64 {
	_, h := r.slopes(m)
	det := h[0][0]*h[1][1] - h[0][1]*h[1][0]
	return [2][2]float64{
		{-h[1][1] / det, h[0][1] / det},
		{h[1][0] / det, -h[0][0] / det},
	}
}
