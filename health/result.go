package health

import "metrics.internal/success"

// A Result is the score of an account on a day, without the reasons. Scores are
// exact means rounded half to even, once, to a millionth of a point; coverage to
// a millionth. Everything else, such as the band, is of the rounded ones.
type Result struct {
	Account success.AccountID `json:"account"`
	AsOf    success.Date      `json:"as_of"`
	Version string            `json:"version"` // of the scorecard
	Scale   Scale             `json:"scale"`

	Computed  Score    `json:"computed"`  // what the measures come to
	Ruled     Score    `json:"ruled"`     // after the exceptions
	Effective Score    `json:"effective"` // after an override too
	Lower     Score    `json:"lower"`     // the computed score if all that is missing were at 0
	Upper     Score    `json:"upper"`     // the computed score if all that is missing were at 100
	Coverage  Coverage `json:"coverage"`  // weight known / weight that applies

	Band       string `json:"band"`       // of the effective score, or Unknown
	Known      bool   `json:"known"`      // coverage suffices, and nothing required is missing
	Certain    bool   `json:"certain"`    // both bounds lie in the band of the computed score, which is known; exceptions and overrides aside
	Severe     bool   `json:"severe"`     // a severe exception holds the score down
	Overridden bool   `json:"overridden"` // an override is in force
}

// Reading returns what [Scorecard.Next] and [NewTrend] take of a result: the
// score without the override, which must not outlive its expiry, undefined when
// too little is known.
func (r Result) Reading() Reading {
	reading := Reading{On: r.AsOf, Version: r.Version, Severe: r.Severe}
	if r.Known {
		reading.Score = r.Ruled
	}
	return reading
}

// Score returns the score of an account as of a day. It does not allocate for
// scorecards of up to 64 measures.
//
// Coverage is by effective weight: that within the group × the group's among
// groups that apply; stale counts as known, invalid as missing, not yet due as
// not applicable. Under [FlatMean], [CappedPoints] and [Deductions] it is by
// weight over all measures. With nothing present and no policy that fills in,
// the score is undefined; with nothing applicable, bounds and coverage are too.
// The band is [Unknown] while the score is undefined, coverage is below
// MinCoverage or a required input is missing; an override in force makes it
// known.
//
// Errors are an asOf that is missing; of inputs, measures that are unknown or
// given twice, a state that is none, a day after asOf or missing when there is a
// limit of age, and numbers out of range (values and readings of
// [success.RateLimit] or more either way, a target that is not above 0, more
// than [MaxHistory] readings); and an override that [Override.Validate] refuses.
func (c *Scorecard) Score(r Record, asOf success.Date) (Result, error) {
	var buffer [64]cell
	cells := buffer[:]
	if len(c.measures) > len(buffer) {
		cells = make([]cell, len(c.measures))
	}
	cells = cells[:len(c.measures)]
	if asOf.IsZero() || !c.fill(cells, r.Inputs, asOf, nil) || r.Override != nil && r.Override.Validate() != nil {
		return Result{}, c.refuse(r, asOf)
	}
	return c.result(cells, r.Account, r.Override, asOf), nil
}

// refuse returns everything that is wrong with a record.
func (c *Scorecard) refuse(r Record, asOf success.Date) error {
	faults := new(success.Errors)
	if asOf.IsZero() {
		faults.Add(&success.InputError{Record: "asOf", Index: -1, Err: success.ErrMissing})
	} else {
		c.fill(make([]cell, len(c.measures)), r.Inputs, asOf, faults)
	}
	if r.Override != nil {
		r.Override.check(faults)
	}
	return faults.Err()
}

func (c *Scorecard) result(cells []cell, account success.AccountID, o *Override, asOf success.Date) Result {
	t := c.combine(cells)
	r := Result{
		Account: account, AsOf: asOf, Version: c.version, Scale: c.scale,
		Computed: t.computed, Lower: t.lower, Upper: t.upper, Coverage: t.coverage,
		Known: c.known(cells, &t),
	}
	r.Ruled, r.Severe = c.rule(cells, t.computed)
	r.Effective = r.Ruled
	r.Certain = r.Known && c.certain(&t)
	r.Band = Unknown
	if o.inForce(asOf) {
		r.Effective, r.Overridden = o.score(), true
	}
	if r.Known || r.Overridden {
		r.Band = c.Band(r.Effective)
	}
	return r
}

// known reports whether enough is known for a band.
func (c *Scorecard) known(cells []cell, t *tally) bool {
	for _, m := range c.needed {
		if cells[m].place == missing {
			return false
		}
	}
	return t.computed.Defined() && t.coverage.or0() >= c.least
}

// certain reports whether no missing points can change the band of the computed
// score.
func (c *Scorecard) certain(t *tally) bool {
	band := c.bands.of(t.computed.or0())
	return c.bands.of(t.lower.or0()) == band && c.bands.of(t.upper.or0()) == band
}
