package proportion_test

import (
	"math"
	"strings"
	"testing"

	"metrics.internal/success"
	"metrics.internal/success/cohort/proportion"
	"metrics.internal/success/internal/refusal"
)

var fault = refusal.Of

func TestBadShares(t *testing.T) {
	for name, c := range map[string]struct {
		share proportion.Share
		level float64
		fault refusal.Fault
	}{
		"negative count": {share(-1, 3), 0, fault("Count", success.ErrNegative)},
		"negative total": {share(0, -3), 0, fault("Total", success.ErrNegative)},
		"too many":       {share(4, 3), 0, fault("Count", success.ErrRange)},
		"nothing":        {share(0, 0), 0, fault("Total", success.ErrMissing)},
		"huge":           {share(0, 1<<51), 0, fault("Total", success.ErrRange)},
		"level 1":        {share(1, 3), 1, fault("Level", success.ErrRange)},
		"level below 0":  {share(1, 3), -0.5, fault("Level", success.ErrRange)},
		"level NaN":      {share(1, 3), math.NaN(), fault("Level", success.ErrRange)},
	} {
		_, err := proportion.Wilson(c.share, c.level)
		refusal.Check(t, name, err, c.fault)
		good := share(1, 2)
		_, err = proportion.Compare(c.share, good, proportion.Options{Level: c.level})
		refusal.Check(t, name, err, c.fault)
		_, reversed := proportion.Compare(good, c.share, proportion.Options{Level: c.level})
		refusal.Check(t, name, reversed, c.fault)
		if strings.Contains(err.Error()+reversed.Error(), "[") {
			t.Errorf("%s: a share has no position: %v, %v", name, err, reversed)
		}
	}
}

func TestBadOptions(t *testing.T) {
	_, err := proportion.Compare(share(1, 2), share(1, 2), proportion.Options{Difference: proportion.Koopman, Ratio: 77})
	refusal.Check(t, "methods", err, fault("Difference", success.ErrUnknown), fault("Ratio", success.ErrUnknown))
	_, err = proportion.Compare(share(1, 2), share(1, 2), proportion.Options{Ratio: proportion.Newcombe})
	refusal.Check(t, "methods", err, fault("Ratio", success.ErrUnknown))
}

func TestBadStrata(t *testing.T) {
	good := proportion.Stratum{Name: "a", First: share(1, 2), Second: share(1, 2)}
	_, err := proportion.MantelHaenszel([]proportion.Stratum{good, good, {Name: "b", First: share(3, 2), Second: share(0, -1)}}, proportion.Options{Level: 2})
	refusal.Check(t, "all at once", err, fault("Level", success.ErrRange), fault("Name", success.ErrDuplicate), fault("Count", success.ErrRange), fault("Total", success.ErrNegative))
	_, err = proportion.MantelHaenszel(nil, proportion.Options{})
	refusal.Check(t, "no strata", err, fault("", success.ErrMissing))
	_, err = proportion.MantelHaenszel([]proportion.Stratum{{First: share(1, 2)}}, proportion.Options{})
	refusal.Check(t, "an empty arm", err, fault("", success.ErrMissing))
	_, err = proportion.MantelHaenszel([]proportion.Stratum{{Second: share(1, 2)}}, proportion.Options{})
	refusal.Check(t, "the other empty arm", err, fault("", success.ErrMissing))
	p, err := proportion.MantelHaenszel([]proportion.Stratum{good, {Name: "b", First: share(1, 2)}, {Name: "c"}}, proportion.Options{})
	if err != nil || p.Kept != 1 || p.Dropped != 2 {
		t.Errorf("one of three: %d kept, %d dropped, %v", p.Kept, p.Dropped, err)
	}
}

func TestBadStudies(t *testing.T) {
	study := proportion.Study{First: -0.1, Second: math.NaN(), PerArm: 0.5, Power: 1, Level: 1}
	_, err := proportion.Power(study)
	refusal.Check(t, "power", err, fault("Level", success.ErrRange), fault("First", success.ErrRange), fault("Second", success.ErrRange), fault("PerArm", success.ErrRange), fault("Power", success.ErrRange))
	_, err = proportion.SampleSize(study)
	refusal.Check(t, "sample size", err, fault("Level", success.ErrRange), fault("First", success.ErrRange), fault("Second", success.ErrRange), fault("Power", success.ErrRange))
	_, err = proportion.Detectable(proportion.Study{First: 0.5, PerArm: math.Inf(1)})
	refusal.Check(t, "detectable", err, fault("PerArm", success.ErrRange))
	_, err = proportion.Events(proportion.EventStudy{Share: 1, Power: -1, Level: 5})
	refusal.Check(t, "events", err, fault("Level", success.ErrRange), fault("HazardRatio", success.ErrRange), fault("Share", success.ErrRange), fault("Power", success.ErrRange))
	_, err = proportion.Events(proportion.EventStudy{HazardRatio: math.Inf(1)})
	refusal.Check(t, "events", err, fault("HazardRatio", success.ErrRange))
}

func TestBadRatios(t *testing.T) {
	_, err := proportion.EValueOf(success.EstimateOf(-1, -2, -0.5))
	refusal.Check(t, "negative", err, fault("Value", success.ErrNegative), fault("Lower", success.ErrNegative), fault("Upper", success.ErrNegative))
	_, err = proportion.EValueOf(success.EstimateOf(1, 2, 0.5))
	refusal.Check(t, "outside", err, fault("Lower", success.ErrOrder), fault("Upper", success.ErrOrder))
}

// What cannot be known is undefined, not a number.
func TestUndefined(t *testing.T) {
	if n, err := proportion.SampleSize(proportion.Study{First: 0.5, Second: 0.5}); err != nil || n.Defined() {
		t.Errorf("equal shares: %v, %v", n, err)
	}
	if p, err := proportion.Power(proportion.Study{First: 1, Second: 1, PerArm: 10}); err != nil || p.Defined() {
		t.Errorf("no variance: %v, %v", p, err)
	}
	if n, err := proportion.Events(proportion.EventStudy{HazardRatio: 1}); err != nil || n.Defined() {
		t.Errorf("equal hazards: %v, %v", n, err)
	}
	if r, err := proportion.Detectable(proportion.Study{First: 0.5, PerArm: 2}); err != nil || r.Above.Defined() || r.Below.Defined() {
		t.Errorf("two accounts: %v, %v", r, err)
	}
	for _, e := range []success.Estimate{{}, {Value: success.FigureOf(0)}, {Value: success.FigureOf(2)}, {Value: success.FigureOf(0.5)}} {
		v, err := proportion.EValueOf(e)
		value, _ := e.Value.Float64()
		if err != nil || v.Limit.Defined() || v.Estimate.Defined() != (value > 0) {
			t.Errorf("%v: %+v, %v", e, v, err)
		}
	}
	if n := proportion.NumberNeededOf(success.Estimate{}); n != (proportion.NumberNeeded{}) {
		t.Errorf("number needed of nothing: %+v", n)
	}
	p, err := proportion.MantelHaenszel([]proportion.Stratum{{First: share(0, 5), Second: share(0, 5)}}, proportion.Options{})
	if err != nil || p.Ratio.Value.Defined() || p.Odds.Value.Defined() || p.CMH.ChiSquare.Defined() || p.BreslowDay.ChiSquare.Defined() {
		t.Errorf("nobody kept: %+v, %v", p, err)
	}
	p, err = proportion.MantelHaenszel([]proportion.Stratum{{First: share(0, 5), Second: share(3, 5)}}, proportion.Options{})
	if err != nil || p.Odds.Value != success.FigureOf(0) || p.Odds.Upper.Defined() || p.BreslowDay.ChiSquare.Defined() {
		t.Errorf("nobody kept on one side: %+v, %v", p, err)
	}
}

func TestMethodNames(t *testing.T) {
	for m, want := range map[proportion.Method]string{
		proportion.Default: "default", proportion.Newcombe: "Newcombe", proportion.MiettinenNurminen: "Miettinen–Nurminen",
		proportion.Koopman: "Koopman", proportion.MOVER: "MOVER", 9: "unknown 9",
	} {
		text, err := m.MarshalText()
		if m.String() != want || err != nil || string(text) != want {
			t.Errorf("%d: %q, %q, %v", m, m, text, err)
		}
	}
}
