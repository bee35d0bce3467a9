package survival

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
)

// Options are the choices of a curve. The zero value is the default.
type Options struct {
	Level float64 // of the intervals, in (0, 1); 0 means 0.95
	Band  Band    // how the intervals are made; zero means log-log
}

// A Curve is the Kaplan–Meier estimate of the share of accounts that stay
// longer than any given time:
//
//	S(t) = Π (1 − left/at risk) over the days up to t on which somebody left
//
// It is 1 before the first of them, falls on each and never rises. With late
// entry, everybody at risk may leave while others have yet to enter; S is then 0
// for good.
//
// Source: E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete
// observations, JASA 53 (1958).
type Curve struct {
	nodes    []node
	entries  []entry
	accounts int64
	level    float64
	z        float64
	band     Band
}

// A node is a day on which accounts left or were censored.
type node struct {
	day                      int
	risk, left, censored     int64
	survival, greenwood      float64 // the variance of log S; infinite at S = 0
	hazard, hazardVar        float64
	tiedHazard, tiedVar      float64
	goneBefore, enteredSince int64
}

// An entry is how many accounts had entered up to and including a day.
type entry struct {
	day int
	sum int64
}

// Fit returns the curve of spans. It reports, as [success.Errors], spans that
// [Span.Validate] refuses, no spans at all ([success.ErrMissing]) and options
// out of range ([success.ErrRange], [success.ErrUnknown]).
func Fit(spans []Span, options Options) (*Curve, error) {
	if len(spans) == 0 {
		return nil, missing("spans")
	}
	counts, err := CountsOf(spans)
	if err != nil {
		return nil, err
	}
	return counts.Curve(options)
}

// FitColumns is [Fit] for spans held by column.
func FitColumns(columns Columns, options Options) (*Curve, error) {
	counts, err := CountsOfColumns(columns)
	if err != nil {
		return nil, err
	}
	return counts.Curve(options)
}

// Curve returns the curve of the accounts counted so far, with the errors of
// [Fit]. Later additions to c do not change it.
func (c *Counts) Curve(options Options) (*Curve, error) {
	if c.total == 0 {
		return nil, missing("spans")
	}
	var faults success.Errors
	curve := &Curve{
		accounts: c.total,
		level:    cmp.Or(options.Level, check.DefaultLevel),
		z:        check.Level(options.Level, &faults),
		band:     options.Band,
	}
	if options.Band >= bands {
		faults.Add(&success.InputError{Record: "options", Index: -1, Field: "Band", Value: strconv.Itoa(int(options.Band)), Err: success.ErrUnknown})
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	curve.walk(c)
	return curve, nil
}

// walk goes through the days once.
func (c *Curve) walk(counts *Counts) {
	c.nodes = make([]node, 0, counts.steps())
	in := counts.total - counts.late
	c.entries = append(c.entries, entry{-1, in})
	last := node{survival: 1}
	var gone, entered int64
	for day, n := range counts.stays {
		if n[0]+n[1] > 0 {
			last.day, last.left, last.censored = day, n[1], n[0]
			last.risk, last.goneBefore, last.enteredSince = in-gone, gone, entered
			last.leave(n[1] - at(counts.surplus, day))
			c.nodes = append(c.nodes, last)
			gone += n[0] + n[1]
			entered = 0
		}
		if e := at(counts.entered, day); e > 0 {
			in, entered = in+e, entered+e
			c.entries = append(c.entries, entry{day, in})
		}
	}
}

// steps returns on how many days somebody left or was censored.
func (c *Counts) steps() int {
	steps := 0
	for _, n := range c.stays {
		if n[0]+n[1] > 0 {
			steps++
		}
	}
	return steps
}

// leave carries the estimates of n over the accounts that left on its day, held
// by so many records.
func (n *node) leave(records int64) {
	if n.left == 0 {
		return
	}
	d, r := float64(n.left), float64(n.risk)
	n.survival *= float64(n.risk-n.left) / r
	n.greenwood += d / r / float64(n.risk-n.left)
	n.hazard += d / r
	n.hazardVar += d / r / r
	each := d / float64(records)
	few := min(records, fewRecords)
	for i := records - few; i < records; i++ {
		h := each / (r - float64(i)*each)
		n.tiedHazard += h
		n.tiedVar += h * h / each
	}
	if many := float64(records - few); many > 0 {
		first, second := reciprocals(r/each, many)
		n.tiedHazard += first
		n.tiedVar += second / each
	}
}

// fewRecords is how many of those that leave on a day are added up one by one.
const fewRecords = 1024

// reciprocals returns Σ 1/(x − i) and Σ 1/(x − i)² over i from 0 to n−1, as
// differences of the digamma and the trigamma function. Where x − n is at least
// fewRecords the terms left out of their series are below 10⁻²⁰.
func reciprocals(x, n float64) (first, second float64) {
	low, high := x-n+1, x+1
	first = math.Log1p(n/low) + n/low/high/2 + (1/low/low-1/high/high)/12
	second = n/low/high + (1/low/low-1/high/high)/2 + (1/low/low/low-1/high/high/high)/6
	return first, second
}

// A Point is what a curve says about a time.
type Point struct {
	AtRisk   int64            // accounts that entered before it and had not gone before it
	Survival float64          // share that stays longer than it
	StdErr   success.Figure   // of Survival, by Greenwood's formula; undefined at Survival 0
	Lower    success.Figure   // of the interval of Survival; see [Band] for where it is undefined
	Upper    success.Figure   // of the interval of Survival
	Exact    success.Estimate // at Survival 1 only: from (α/2)^(1/AtRisk) to 1
}

// A Step is a day on which accounts left or were censored.
type Step struct {
	Day      int   // from the start
	Entered  int64 // late, since the step before
	Left     int64 // on this day
	Censored int64 // on this day
	Point

	Hazard           float64 // Nelson–Aalen: Σ left/at risk
	HazardStdErr     float64 // √ Σ left/at risk²
	TiedHazard       float64 // Fleming–Harrington: those who leave on a day leave one after the other
	TiedHazardStdErr float64 // in records, each of them its weight
}

// Breslow returns the estimate of the share that stays longer which follows
// from the Nelson–Aalen hazard: e^−Hazard. It is above Survival, and above 0.
func (s Step) Breslow() float64 { return math.Exp(-s.Hazard) }

// Accounts returns how many accounts the curve is made of.
func (c *Curve) Accounts() int64 { return c.accounts }

// Level returns the level of the intervals.
func (c *Curve) Level() float64 { return c.level }

// Last returns the last day on which anybody was seen: how far the curve goes.
func (c *Curve) Last() int { return c.nodes[len(c.nodes)-1].day }

// Steps returns every step of the curve, in order of days. The slice is the
// caller's.
func (c *Curve) Steps() []Step {
	steps := make([]Step, len(c.nodes))
	for i, n := range c.nodes {
		steps[i] = Step{
			Day:              n.day,
			Entered:          n.enteredSince,
			Left:             n.left,
			Censored:         n.censored,
			Point:            c.point(n, n.risk),
			Hazard:           n.hazard,
			HazardStdErr:     math.Sqrt(n.hazardVar),
			TiedHazard:       n.tiedHazard,
			TiedHazardStdErr: math.Sqrt(n.tiedVar),
		}
	}
	return steps
}

// At returns what the curve says about the given number of days. ok is false
// when that is negative or NaN, and when it is beyond the last day anybody was
// seen while some may still be there.
func (c *Curve) At(days float64) (p Point, ok bool) {
	if !c.reaches(days) {
		return Point{}, false
	}
	return c.point(c.before(days), c.atRisk(days)), true
}

// reaches reports whether the curve is known at a time.
func (c *Curve) reaches(days float64) bool {
	last := c.nodes[len(c.nodes)-1]
	return days >= 0 && !math.IsInf(days, 1) && (days <= float64(last.day) || last.survival == 0)
}

// before returns the last node up to and including a time, or one at which
// nothing has happened.
func (c *Curve) before(days float64) node {
	i, found := slices.BinarySearchFunc(c.nodes, days, func(n node, d float64) int { return cmp.Compare(float64(n.day), d) })
	if found {
		return c.nodes[i]
	}
	if i == 0 {
		return node{survival: 1}
	}
	return c.nodes[i-1]
}

// atRisk returns how many had entered before a time and not gone before it.
func (c *Curve) atRisk(days float64) int64 {
	i, _ := slices.BinarySearchFunc(c.entries, days, func(e entry, d float64) int { return cmp.Compare(float64(e.day), d) })
	j, _ := slices.BinarySearchFunc(c.nodes, days, func(n node, d float64) int { return cmp.Compare(float64(n.day), d) })
	var entered, gone int64
	if i > 0 {
		entered = c.entries[i-1].sum
	}
	if j > 0 {
		n := c.nodes[j-1]
		gone = n.goneBefore + n.left + n.censored
	}
	return entered - gone
}

// point returns what n says with so many at risk.
func (c *Curve) point(n node, risk int64) Point {
	p := Point{AtRisk: risk, Survival: n.survival}
	if n.survival > 0 {
		p.StdErr = success.FigureOf(n.survival * math.Sqrt(n.greenwood))
	}
	lower, upper := c.band.limits(n.survival, math.Sqrt(n.greenwood), c.z)
	p.Lower, p.Upper = success.FigureOf(lower), success.FigureOf(upper)
	if n.survival == 1 {
		p.Exact = exact(c.level, risk)
	}
	return p
}
