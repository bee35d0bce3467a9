package help

import (
	"errors"
	"fmt"

	"metrics.internal/success"
)

// The warnings of a comparison, to be told apart with [errors.Is]. A warning
// says why a figure that could be computed may not mean what it seems to.
var (
	ErrEmptyArm      = errors.New("an arm is empty")
	ErrShortFollowUp = errors.New("the horizon is longer than the follow-up")
	ErrHelpedLater   = errors.New("accounts without help on the landmark were helped after it")
	ErrSmallStrata   = errors.New("strata have fewer than ten accounts in an arm")
	ErrDropped       = errors.New("strata lack an arm and are left out of the adjusted figure")
	ErrConfounded    = errors.New("the crude difference lies outside the interval of the adjusted one")
	ErrReversed      = errors.New("the crude difference and the adjusted one have opposite signs")
	ErrImbalance     = errors.New("traits differ by more than 0.1 standard deviations after matching")
	ErrUnmatched     = errors.New("accounts without a match are left out")
	ErrUnfollowed    = errors.New("accounts not followed to the horizon are left out of revenue kept")
)

// smallArm is the number of accounts below which an arm of a stratum is small.
const smallArm = 10

// warn adds a warning about so many of something.
func warn(warnings *[]error, kind error, count int) {
	if count > 0 {
		*warnings = append(*warnings, fmt.Errorf("%w: %d", kind, count))
	}
}

// compareSigns adds the warnings of a crude difference that an adjusted one
// does not bear out.
func compareSigns(warnings *[]error, crude, adjusted success.Estimate) {
	c, ok1 := crude.Value.Float64()
	a, ok2 := adjusted.Value.Float64()
	if !ok1 || !ok2 {
		return
	}
	if c*a < 0 {
		*warnings = append(*warnings, ErrReversed)
	}
	if adjusted.Lower.Defined() && !adjusted.Contains(c) {
		*warnings = append(*warnings, ErrConfounded)
	}
}
