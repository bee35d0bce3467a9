package help

import (
	"strconv"

	"github.com/shopspring/decimal"

	"metrics.internal/success"
)

// An Estimand says for whom the effect of help is estimated.
type Estimand uint8

// The estimands.
const (
	Treated   Estimand = iota // those who were helped (ATT)
	Everybody                 // all accounts matched, helped or not (ATE)
	estimands
)

// MatchOptions are the choices of a matched comparison. Options.Strata is not
// used.
type MatchOptions struct {
	Options
	Traits   Traits
	Estimand Estimand
}

// A MatchedArm is one side after matching.
type MatchedArm struct {
	Accounts  int             // before matching
	Matched   int             // with a counterpart
	Effective float64         // (Σ weight)²/Σ weight² of the matched: how many equal accounts say as much
	Kept      success.Figure  // weighted share still there after the horizon
	Closing   decimal.Decimal // weighted mean revenue at the horizon, rounded half away from zero to ten decimal places
}

// A Matched is what a matched comparison found.
type Matched struct {
	Strata     int // groups of alike accounts with both sides
	Dropped    int // groups with one side only, or not followed to the horizon
	Helped     MatchedArm
	Unhelped   MatchedArm
	Difference success.Estimate // share kept with help, less without
	StdErr     success.Figure   // √ Σ share of the stratum² (V₁ + V₀)
	Closing    decimal.Decimal  // mean revenue at the horizon with help, less without
	Revenue    bool             // whether the revenue figures are defined: every account matched was followed to the horizon
	Crude      success.Estimate // the difference before matching, by Greenwood
	Balance    []Balance        // by trait
	Weights    []Weight         // of the matched accounts, by ID
	Warnings   []error
}

// A Weight is what an account counts for after matching.
type Weight struct {
	Account success.AccountID
	Helped  bool
	Weight  float64
}

// Match compares the accounts of a [Landmark] comparison that are alike in every
// trait: exactly, or in the bins that a trait is cut into (coarsened exact
// matching). Accounts without a counterpart are left out and counted.
//
// For [Treated], helped accounts weigh 1, and the unhelped of a group together
// as much as its helped, scaled so that they add up to their number. For
// [Everybody], either side of a group weighs as much as the whole group, scaled
// so that each side adds up to its number.
//
// The difference is the mean over the groups of the difference in the share
// kept, weighted by the accounts helped, or by all. The errors are those of
// [Landmark], traits that are not finite or not as many as are named, cuts that
// do not rise ([success.ErrOrder]) and an unknown estimand.
//
// Source: D. E. Ho, K. Imai, G. King and E. A. Stuart, Matching as
// nonparametric preprocessing, Political Analysis 15 (2007); S. M. Iacus, G. King
// and G. Porro, Causal inference without balance checking: coarsened exact
// matching, Political Analysis 20 (2012).
func Match(accounts []Account, options MatchOptions) (Matched, error) {
	var faults success.Errors
	options.Strata = nil
	z := options.check(&faults)
	if options.Estimand >= estimands {
		faults.Add(&success.InputError{Record: "options", Index: -1, Field: "Estimand", Value: strconv.Itoa(int(options.Estimand)), Err: success.ErrUnknown})
	}
	checkAccounts(accounts, options.Options, &faults)
	options.Traits.check(accounts, &faults)
	if err := faults.Err(); err != nil {
		return Matched{}, err
	}
	return newMatching(panelOf(accounts, options.Options), options).result(z), nil
}
