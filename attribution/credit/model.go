package credit

import (
	"fmt"
	"strconv"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/internal/fault"
)

// A rule says how a model weighs touches.
type rule uint8

const (
	noRule rule = iota
	first
	last
	lastNon
	lastNonKey
	linear
	position
	milestones
	decay
	custom
	markov
	shapleySets
	shapleyRates
)

// A Model says how the worth of a deal is shared among its touches. Make one with
// a function of this package; the zero value is none, and refused. What a model
// is made of is checked where it is used, with [Book.Split], [Model.Credit] or
// [Columns.Split].
//
// Models may be used from many goroutines at once.
type Model struct {
	name   string
	rule   rule
	but    string        // of lastNon and lastNonKey
	ends   Shares        // of position
	stones Stones        // of milestones
	half   time.Duration // of decay
	order  int           // of markov
	weigh  func(Journey) []float64
}

// String returns the name of the model, such as "linear", "U", "decay 7d"
// or "Markov 1".
func (m Model) String() string {
	if m.rule == noRule {
		return "no model"
	}
	return m.name
}

// First gives all to the first touch.
func First() Model { return Model{name: "first", rule: first} }

// Last gives all to the last touch.
func Last() Model { return Model{name: "last", rule: last} }

// LastNon gives all to the last touch that is not of a kind, such as "direct",
// and where all touches are of that kind to the last of them. Paths know no kinds:
// see [LastNonKey].
func LastNon(kind string) Model { return Model{name: "last not " + kind, rule: lastNon, but: kind} }

// LastNonKey is [LastNon] by key instead of kind: the last touch whose key is
// another. The key of touches without one is [attribution.NoKey], or empty here.
func LastNonKey(key string) Model {
	if key == "" {
		key = attribution.NoKey
	}
	return Model{name: "last not " + key, rule: lastNonKey, but: key}
}

// Linear gives every touch the same.
func Linear() Model { return Model{name: "linear", rule: linear} }

// DefaultHalfLife is that of [TimeDecay] when none is named.
const DefaultHalfLife = 7 * day

const day = 24 * time.Hour

// TimeDecay gives a touch half of what it gives one that is younger by a half
// life, 0 meaning [DefaultHalfLife]. Of n touches, of which the i-th is a(i) older
// than the newest, the i-th gets
//
//	2^(−a(i)/h) / Σ 2^(−a(j)/h)
//
// Ages count from the newest touch, not the close, which changes no share but
// keeps those of old journeys above zero. A half life below 0 is an error
// ([success.ErrRange]). Paths know no times, so that the model cannot be used on
// them.
func TimeDecay(half time.Duration) Model {
	if half == 0 {
		half = DefaultHalfLife
	}
	name := half.String()
	if half%day == 0 {
		name = strconv.FormatInt(int64(half/day), 10) + "d"
	}
	return Model{name: "decay " + name, rule: decay, half: half}
}

// Custom weighs touches by a function of the caller, which gets a journey with
// at least one touch and returns a weight for each of them; what they get is in
// proportion. It must return the same whenever it gets the same. The name is for
// people to read.
//
// Weights below 0 are errors ([success.ErrNegative]), and so are infinite ones
// and those that are not numbers ([success.ErrRange]), too many or too few
// ([success.ErrRange]), and none above 0 ([success.ErrMissing]); without a
// function the model is refused ([success.ErrMissing]).
func Custom(name string, weigh func(Journey) []float64) Model {
	return Model{name: name, rule: custom, weigh: weigh}
}

// A Journey is what a [Custom] model knows of a deal, or of a path, which has
// neither ID nor times.
type Journey struct {
	Deal           attribution.DealID // empty for a path
	Opened, Closed time.Time          // in UTC
	Stops          []Stop             // the touches that count, in order
}

// A Stop is a touch of a [Journey].
type Stop struct {
	Touch int       // position among the touches of the [Records], or in the path
	At    time.Time // in UTC; zero in a path
	Key   string    // never empty
	Kind  string    // empty in a path
}

// check adds what is wrong with the model at a position of a call.
func (m *Model) check(index int, faults *success.Errors) {
	add := func(field, value string, err error) {
		faults.Add(m.fault(index, field, value, err))
	}
	switch m.rule {
	case noRule:
		add("", "", success.ErrMissing)
	case position:
		m.ends.check(add)
	case milestones:
		m.stones.check(add)
	case decay:
		if m.half < 0 {
			add("TimeDecay", m.half.String(), fault.New(success.ErrRange, "is not above 0"))
		}
	case custom:
		if m.weigh == nil {
			add("Custom", "", success.ErrMissing)
		}
	case markov:
		if m.order < 1 || m.order > maxOrder {
			add("Markov", strconv.Itoa(m.order), fault.New(success.ErrRange, "is not from 1 to %d", maxOrder))
		}
	}
}

// fault is one of a model at a position of a call, or of the only one at −1.
func (m *Model) fault(index int, field, value string, err error) *success.InputError {
	record := "models"
	if index < 0 {
		record = "model"
	}
	return &success.InputError{Record: record, Index: index, Field: field, Value: value, Err: err}
}

// checkModels adds what is wrong with the models of a call.
func checkModels(models []Model, faults *success.Errors) {
	if len(models) == 0 {
		faults.Add(&success.InputError{Record: "models", Index: -1, Err: success.ErrMissing})
	}
	for i := range models {
		models[i].check(i, faults)
	}
}

// maxShare is the largest share of [Shares] and [Stones]: sums of products of
// two, times the touches of a deal, fit an int64.
const maxShare = 100_000

// checkShares adds what is wrong with shares that have names.
func checkShares(what string, names []string, shares []int64, add func(field, value string, err error)) {
	some := false
	for i, s := range shares {
		switch {
		case s < 0:
			add(names[i], strconv.FormatInt(s, 10), success.ErrNegative)
		case s > maxShare:
			add(names[i], strconv.FormatInt(s, 10), fault.New(success.ErrRange, "is above %d", maxShare))
		}
		some = some || s != 0
	}
	if !some {
		add(what, "", fault.New(success.ErrMissing, "has no share above 0"))
	}
}

// nameOf returns a name of a model made of its shares.
func nameOf(what string, shares ...int64) string {
	for i, s := range shares {
		separator := "/"
		if i == 0 {
			separator = " "
		}
		what = fmt.Sprint(what, separator, s)
	}
	return what
}
