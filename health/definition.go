package health

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/shopspring/decimal"
)

// A Definition is what a [Scorecard] is built from, as plain data that can be
// kept in a file. Every number in it has at most six decimals.
type Definition struct {
	Version     string          `json:"version"`              // scores of different versions are not compared
	Scale       Scale           `json:"scale,omitempty"`      // what high points mean
	Combine     Combiner        `json:"combine,omitempty"`    // how measures become a score
	Groups      []Group         `json:"groups"`               // at least one
	Bands       []Band          `json:"bands"`                // from 0 to 100 points, in ascending order
	MinCoverage decimal.Decimal `json:"min_coverage"`         // 0 to 1: below it the band is Unknown
	Exceptions  []Exception     `json:"exceptions,omitempty"` // applied to the score in this order
	Hysteresis  Hysteresis      `json:"hysteresis,omitzero"`  // of [Scorecard.Next]
}

// A Group is a number of measures that share a weight.
type Group struct {
	Name     string          `json:"name"`         // unique
	Weight   decimal.Decimal `json:"weight"`       // against the other groups; 0 and unused for [CappedPoints] and [Deductions]
	Cap      decimal.Decimal `json:"cap,omitzero"` // most points it adds or deducts, for those two; 0 is no cap
	Measures []Measure       `json:"measures"`     // at least one
}

// A Measure turns one input into points.
type Measure struct {
	Name       string          `json:"name"`                  // unique in the scorecard
	Weight     decimal.Decimal `json:"weight"`                // in its group; points at most for [CappedPoints] and [Deductions]
	Scale      Scale           `json:"scale,omitempty"`       // that of the scorecard
	Direction  Direction       `json:"direction,omitempty"`   // which values are good
	Curve      Curve           `json:"curve"`                 // from value to points
	Missing    Policy          `json:"missing,omitempty"`     // what a missing input does
	StaleAfter int             `json:"stale_after,omitempty"` // soft limit: an input of more days is stale; 0 is no limit
	DropAfter  int             `json:"drop_after,omitempty"`  // hard limit: an input of more days is missing; 0 is no limit
}

// A Curve is a monotone way from values to points. Only the fields that its kind
// names are set. On the risk scale [RatioToTarget], [HalfLife] and [LinearDecay]
// give 100 less what they give for health, and [OwnPercentile] turns round with
// scale and direction.
type Curve struct {
	Kind       CurveKind       `json:"kind"`                  // one of the constants
	Knots      []Knot          `json:"knots,omitempty"`       // PiecewiseLinear, Steps, OwnGrowth: ascending, two or more
	Target     decimal.Decimal `json:"target,omitzero"`       // RatioToTarget: more than 0, or 0 when every input brings its own
	HalfLife   decimal.Decimal `json:"half_life,omitzero"`    // HalfLife: more than 0, in the unit of the value
	Span       decimal.Decimal `json:"span,omitzero"`         // LinearDecay: the age without points, more than 0
	MinHistory int             `json:"min_history,omitempty"` // OwnGrowth, OwnPercentile: an input with fewer readings before it is missing; 0 is 1
}

// A Knot is a corner of a curve.
type Knot struct {
	At     decimal.Decimal `json:"at"`     // value
	Points decimal.Decimal `json:"points"` // 0 to 100
}

// A Band is a stretch of points with a name, such as Yellow.
type Band struct {
	Name string          `json:"name"`          // unique, and not Unknown
	From decimal.Decimal `json:"from"`          // where the band below ends; 0 for the first
	To   decimal.Decimal `json:"to"`            // 100 for the last
	Cut  CutOwner        `json:"cut,omitempty"` // who owns To; not stated for the last
}

// An Exception holds the score down whatever the other measures say: when the
// points of a measure lie in the band When or a worse one, the score is at most
// the best of the band AtMost. A missing measure holds nothing down.
type Exception struct {
	Name    string `json:"name"`             // unique
	Measure string `json:"measure"`          // whose points are looked at
	When    string `json:"when"`             // a band other than the best
	AtMost  string `json:"at_most"`          // a band other than the best
	Severe  bool   `json:"severe,omitempty"` // moves [State] down at once
}

// Hysteresis says when a band is left: see [Scorecard.Next]. Of Readings and
// Days at most one is set; with neither, the first reading beyond the margin
// counts.
type Hysteresis struct {
	Margin   decimal.Decimal `json:"margin,omitzero"`    // points beyond a cut, at least
	Readings int             `json:"readings,omitempty"` // dwell in readings in a row, the first included
	Days     int             `json:"days,omitempty"`     // dwell in days since the first of them
}

// ParseDefinition reads the JSON form of a definition. A field or a word that it
// does not know and anything after the definition are errors; [New] checks the
// rest.
func ParseDefinition(data []byte) (Definition, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var def Definition
	if err := d.Decode(&def); err != nil {
		return Definition{}, fmt.Errorf("health: definition: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return Definition{}, fmt.Errorf("health: definition: something follows it")
	}
	return def, nil
}
