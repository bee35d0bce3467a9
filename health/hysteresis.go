package health

import (
	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// A Reading is the score of an account on a day.
type Reading struct {
	On      success.Date `json:"on"`
	Score   Score        `json:"score"`             // undefined when too little is known
	Version string       `json:"version,omitempty"` // of the scorecard; empty is any
	Severe  bool         `json:"severe,omitempty"`  // a severe exception holds it down
}

// A State is the band that an account is said to be in, which does not flap. The
// zero value is that of an account without readings, and Unknown.
type State struct {
	Band         string       `json:"band"`                   // Unknown or, in the zero value, empty until there is a score
	Since        success.Date `json:"since,omitzero"`         // day it came into this band
	Stale        bool         `json:"stale,omitempty"`        // the last reading had no score; the band is that of before
	Outside      int          `json:"outside,omitempty"`      // readings in a row beyond the margin
	OutsideSince success.Date `json:"outside_since,omitzero"` // day of the first of them
	AsOf         success.Date `json:"as_of,omitzero"`         // day of the last reading
	Version      string       `json:"version,omitempty"`      // of its scorecard
}

// leave is a checked [Hysteresis].
type leave struct {
	margin         int64
	readings, days int
}

// Next returns the state after a reading. It is a pure function.
//
// A band is left when the score is outside it and at or beyond its upper cut +
// Margin or its lower cut − Margin, for as long as the dwell says: a number of
// readings in a row, this one included, or a number of days since the first of
// them. It is left for the plain band of the current score, wherever that is.
// From Unknown, and from the state of another version, an account comes into the
// plain band at once. A reading without a score keeps the band, marked Stale, and
// starts the dwell anew: no data is no recovery. When a severe exception holds
// the score down into a worse band, that is the band at once, margin and dwell
// aside.
//
// On no series of readings does the band change more often than the plain band
// does, and while the score does not move it changes at most once.
//
// A reading without a day ([success.ErrMissing]), not after the last one
// ([success.ErrOrder]) or of another version than the scorecard, and a state in
// a band that the scorecard has not ([success.ErrUnknown]) are errors.
func (c *Scorecard) Next(prev State, r Reading) (State, error) {
	band, fresh := -1, prev.Band == "" || prev.Band == Unknown || prev.Version != c.version
	if !fresh {
		band = c.bandAt(prev.Band)
	}
	if err := c.checkReading(prev, r, band < 0 && !fresh); err != nil {
		return State{}, err
	}
	next := prev
	next.AsOf, next.Version = r.On, c.version
	points, ok := r.Score.Points()
	switch {
	case !ok && fresh:
		return State{Band: Unknown, Since: since(prev, r.On), AsOf: r.On, Version: c.version}, nil
	case !ok:
		next.Stale, next.Outside, next.OutsideSince = true, 0, success.Date{}
		return next, nil
	}
	next.Stale = false
	plain := c.bands.of(int64(points))
	if fresh || r.Severe && c.scale.worse(plain, band) {
		return c.enter(plain, r.On), nil
	}
	if !c.beyond(band, plain, int64(points)) {
		next.Outside, next.OutsideSince = 0, success.Date{}
		return next, nil
	}
	if next.Outside++; next.Outside == 1 {
		next.OutsideSince = r.On
	}
	if next.Outside >= c.leave.readings && r.On.Sub(next.OutsideSince) >= c.leave.days {
		return c.enter(plain, r.On), nil
	}
	return next, nil
}

// since returns the day since which an account is Unknown.
func since(prev State, on success.Date) success.Date {
	if prev.Band == Unknown {
		return prev.Since
	}
	return on
}

// enter returns the state of coming into a band.
func (c *Scorecard) enter(band int, on success.Date) State {
	return State{Band: c.bands.names[band], Since: on, AsOf: on, Version: c.version}
}

// beyond reports whether points are outside a band by the margin.
func (c *Scorecard) beyond(band, plain int, points int64) bool {
	switch {
	case plain == band:
		return false
	case plain > band:
		return points >= c.bands.cuts[band]+c.leave.margin
	}
	return points <= c.bands.cuts[band-1]-c.leave.margin
}

// bandAt returns the position of a band, or −1.
func (c *Scorecard) bandAt(name string) int {
	for i, n := range c.bands.names {
		if n == name {
			return i
		}
	}
	return -1
}

func (c *Scorecard) checkReading(prev State, r Reading, unknown bool) error {
	var faults success.Errors
	add := func(record, field, value string, err error) {
		faults.Add(&success.InputError{Record: record, Index: -1, Field: field, Value: value, Err: err})
	}
	if r.On.IsZero() {
		add("reading", "On", "", success.ErrMissing)
	} else if !r.On.After(prev.AsOf) {
		add("reading", "On", r.On.String(), fault.New(success.ErrOrder, "is not after the last reading %s", prev.AsOf))
	}
	if r.Version != "" && r.Version != c.version {
		add("reading", "Version", r.Version, fault.New(success.ErrOrder, "is not the version of the scorecard, %s", c.version))
	}
	if unknown {
		add("state", "Band", prev.Band, success.ErrUnknown)
	}
	return faults.Err()
}
