package help

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// BootstrapOptions are the choices of a bootstrap.
type BootstrapOptions struct {
	Options
	Seed      [2]uint64 // of the PCG generator; the same seed gives the same intervals
	Resamples int       // 0 means 1,999; at least so many that the limits lie within them
}

// defaultResamples makes (B + 1)α/2 a whole number at the usual levels.
const (
	defaultResamples = 1999
	maxResamples     = 1_000_000
)

// A RevenueDifference compares the revenue kept with help and without.
type RevenueDifference struct {
	Helped     success.Ratio    // Σ revenue kept/Σ opening revenue
	Unhelped   success.Ratio    // Σ revenue kept/Σ opening revenue
	Percentile success.Estimate // helped less unhelped, with the percentile interval
	BCa        success.Estimate // the same with the bias-corrected and accelerated interval; undefined where the resamples all lie on one side
}

// A Bootstrapped is what a bootstrap found.
type Bootstrapped struct {
	NRR      RevenueDifference
	GRR      RevenueDifference
	Followed [2]int // accounts resampled: without help, with it
	Warnings []error
}

// Bootstrap returns intervals for the difference that help makes to net and
// gross revenue retention in a [Landmark] comparison: the accounts of each arm
// are drawn anew, with replacement, as often as there are, and the spread of the
// differences is the interval. Accounts that cannot be followed to the horizon
// are left out, with a warning.
//
// The limits are order statistics of the resamples, (B + 1)p being interpolated
// on the normal scale. BCa shifts them for bias and skewness, measured by leaving
// out one account at a time. A few accounts with most of the revenue make either
// interval too short.
//
// The order of the accounts does not matter, the seed does. The errors are those
// of [Landmark], and a number of resamples that is negative, above a million or
// too small for the level. Arms without opening revenue leave the differences
// undefined.
//
// Source: A. C. Davison and D. V. Hinkley, Bootstrap Methods and their
// Application (1997), sections 2.4, 5.3 and 5.3.2.
func Bootstrap(accounts []Account, options BootstrapOptions) (Bootstrapped, error) {
	var faults success.Errors
	options.check(&faults)
	options.checkResamples(&faults)
	checkAccounts(accounts, options.Options, &faults)
	if err := faults.Err(); err != nil {
		return Bootstrapped{}, err
	}
	p := panelOf(accounts, options.Options)
	slices.SortFunc(p.members, func(a, b member) int { return cmp.Compare(a.ID, b.ID) })
	var arms [2]books
	unfollowed := 0
	for i := range p.members {
		if m := &p.members[i]; m.followed {
			arms[m.side()] = append(arms[m.side()], bookOf(m))
		} else {
			unfollowed++
		}
	}
	b := Bootstrapped{Followed: [2]int{len(arms[0]), len(arms[1])}}
	warn(&b.Warnings, ErrUnfollowed, unfollowed)
	warn(&b.Warnings, ErrHelpedLater, p.later)
	b.run(arms, options)
	return b, nil
}

func (o *BootstrapOptions) checkResamples(faults *success.Errors) {
	if o.Resamples == 0 {
		o.Resamples = defaultResamples
	}
	add := func(err error) {
		faults.Add(&success.InputError{Record: "options", Index: -1, Field: "Resamples", Value: strconv.Itoa(o.Resamples), Err: err})
	}
	tail := (1 - cmp.Or(o.Level, check.DefaultLevel)) / 2
	switch {
	case o.Resamples < 0:
		add(success.ErrNegative)
	case o.Resamples > maxResamples:
		add(success.ErrRange)
	case float64(o.Resamples+1)*tail < 1-1e-9:
		add(fault.New(success.ErrRange, "are too few for the level"))
	}
}

// run fills in both differences from the same resamples.
func (b *Bootstrapped) run(arms [2]books, o BootstrapOptions) {
	whole := [2]tally{arms[0].tally(), arms[1].tally()}
	b.NRR = RevenueDifference{Helped: whole[1].nrr(), Unhelped: whole[0].nrr()}
	b.GRR = RevenueDifference{Helped: whole[1].grr(), Unhelped: whole[0].grr()}
	net, gross, ok := resample(arms, o)
	if !ok {
		return
	}
	level := cmp.Or(o.Level, check.DefaultLevel)
	b.NRR.intervals(net, whole, arms, tally.nrr, level)
	b.GRR.intervals(gross, whole, arms, tally.grr, level)
}

// resample draws both arms anew and returns the sorted differences. ok is false
// when a draw leaves an arm without opening revenue, so that there is none.
func resample(arms [2]books, o BootstrapOptions) (net, gross []float64, ok bool) {
	random := rand.New(rand.NewPCG(o.Seed[0], o.Seed[1]))
	net, gross = make([]float64, o.Resamples), make([]float64, o.Resamples)
	for i := range o.Resamples {
		var drawn [2]tally
		for side, arm := range arms {
			for range arm {
				drawn[side].add(arm[random.IntN(len(arm))])
			}
		}
		var ok1, ok2 bool
		net[i], ok1 = difference(drawn, tally.nrr)
		gross[i], ok2 = difference(drawn, tally.grr)
		if !ok1 || !ok2 {
			return nil, nil, false
		}
	}
	slices.Sort(net)
	slices.Sort(gross)
	return net, gross, true
}

// difference returns the rate of the helped less that of the others; ok is
// false when either has none.
func difference(arms [2]tally, rate func(tally) success.Ratio) (d float64, ok bool) {
	helped, ok1 := rate(arms[1]).Float64()
	unhelped, ok2 := rate(arms[0]).Float64()
	return helped - unhelped, ok1 && ok2
}
