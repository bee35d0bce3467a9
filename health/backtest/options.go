package backtest

import (
	"slices"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/internal/interval"
)

// Options say how to read the records of a back-test, and what to look at. The
// zero value is a score on the health scale without bands, at a level of 0.95.
type Options struct {
	Scale    health.Scale      // of the score
	Bands    []string          // from the worst to the best, without [health.Unknown]; none when there are no bands
	Horizon  int               // days after the score within which leaving counts, up to [MaxHorizon]; needed when a record has Left
	KnownTo  success.Date      // last day of which it is known who left; none is not checked
	Worst    []decimal.Decimal // shares of accounts whose catch is asked for, above 0 and up to 1; nil means 0.05, 0.1 and 0.2
	Measures []Measure         // what else was known of each account
	Bins     int               // about equal bins of a measure, from 2 to [MaxBins]; 0 means one for ten of the smaller class, from 2 to 10
	Level    float64           // of all intervals; 0 means 0.95
}

const (
	// MaxHorizon is the longest horizon in days, about a century.
	MaxHorizon = 36600

	// MaxBins is the largest number of bins of a measure.
	MaxBins = 100
)

// A Measure is one of the inputs of a score.
type Measure struct {
	Name  string       // unique
	Scale health.Scale // whether high values are good or bad
}

// shares returns the shares of accounts whose catch is asked for.
func (o *Options) shares() []decimal.Decimal {
	if o.Worst == nil {
		return []decimal.Decimal{decimal.New(5, -2), decimal.New(1, -1), decimal.New(2, -1)}
	}
	return o.Worst
}

// together returns the critical value at which the intervals of all measures hold
// at once with the level of o.
func (o *Options) together() (z float64) {
	level := o.Level
	if level == 0 {
		level = check.DefaultLevel
	}
	z, _ = interval.Critical(1 - (1-level)/float64(max(1, len(o.Measures))))
	return z
}

// check adds what is wrong with o, and returns the critical value of its level.
func (o *Options) check(records []Record, faults *success.Errors) (z float64) {
	add := func(record string, i int, field, value string, err error) {
		faults.Add(&success.InputError{Record: record, Index: i, Field: field, Value: value, Err: err})
	}
	checkScale(o.Scale, func(err error) { add("options", -1, "Scale", o.Scale.String(), err) })
	o.checkBands(add)
	dated := slices.ContainsFunc(records, func(r Record) bool { return !r.Left.IsZero() })
	switch {
	case o.Horizon < 0:
		add("options", -1, "Horizon", check.Int(o.Horizon), success.ErrNegative)
	case o.Horizon > MaxHorizon:
		add("options", -1, "Horizon", check.Int(o.Horizon), success.ErrRange)
	case o.Horizon == 0 && dated:
		add("options", -1, "Horizon", "", success.ErrMissing)
	}
	if o.Bins < 0 || o.Bins == 1 || o.Bins > MaxBins {
		add("options", -1, "Bins", check.Int(o.Bins), fault.New(success.ErrRange, "is not 0 or between 2 and %d", MaxBins))
	}
	for i, share := range o.Worst {
		if _, err := shareOf(share); err != nil {
			add("worst", i, "", exact.Show(share), err)
		}
	}
	o.checkMeasures(add)
	return check.Level(o.Level, faults)
}

func (o *Options) checkBands(add func(record string, i int, field, value string, err error)) {
	for i, band := range o.Bands {
		switch {
		case band == "":
			add("band", i, "", "", success.ErrMissing)
		case band == health.Unknown:
			add("band", i, "", band, fault.New(success.ErrOrder, "has no place in the order of bands"))
		case slices.Contains(o.Bands[:i], band):
			add("band", i, "", band, success.ErrDuplicate)
		}
	}
}

func (o *Options) checkMeasures(add func(record string, i int, field, value string, err error)) {
	seen := make(map[string]bool, len(o.Measures))
	for i, m := range o.Measures {
		switch {
		case m.Name == "":
			add("measure", i, "Name", "", success.ErrMissing)
		case seen[m.Name]:
			add("measure", i, "Name", m.Name, success.ErrDuplicate)
		}
		seen[m.Name] = true
		checkScale(m.Scale, func(err error) { add("measure", i, "Scale", m.Scale.String(), err) })
	}
}

func checkScale(s health.Scale, add func(error)) {
	if s > health.Risk {
		add(success.ErrUnknown)
	}
}
