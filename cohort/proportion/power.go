package proportion

import (
	"math"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/internal/interval"
)

// A Study is a comparison of two equally large arms that is being planned. Each
// function says which of the fields it reads.
type Study struct {
	First  float64 // share expected in the first arm, in [0, 1]
	Second float64 // share expected in the second arm, in [0, 1]
	PerArm float64 // accounts in each arm, at least 1
	Power  float64 // probability of finding the difference, in (0, 1); 0 means 0.8
	Level  float64 // 1 less the probability of finding one that is not there, in (0, 1); 0 means 0.95
}

// defaultPower is the power of a study when none is named.
const defaultPower = 0.8

// Power returns the probability that a study with the given shares and PerArm
// finds a difference, by a two-sided test at 1 − Level with pooled variance:
//
//	Φ((√n |p₁ − p₂| − z √((p₁ + p₂)(1 − (p₁ + p₂)/2))) / √(p₁(1 − p₁) + p₂(1 − p₂)))
//
// The tiny probability of finding it the wrong way round is left out. Both
// shares 0 or both 1 make it undefined. Fields out of range are errors.
//
// Source: J. L. Fleiss, Statistical Methods for Rates and Proportions (1981),
// and R's power.prop.test.
func Power(s Study) (success.Figure, error) {
	z, _, err := s.check(true, true)
	if err != nil {
		return success.Figure{}, err
	}
	return success.FigureOf(s.power(z)), nil
}

func (s Study) power(z float64) float64 {
	gap := math.Sqrt(s.PerArm) * math.Abs(s.First-s.Second)
	return interval.Below((gap - z*s.pooled()) / s.separate())
}

// pooled and separate are √2 and 1 times the standard deviations per account,
// of both arms taken for one and of each by itself.
func (s Study) pooled() float64 {
	sum := s.First + s.Second
	return math.Sqrt(sum * (1 - sum/2))
}

func (s Study) separate() float64 {
	return math.Sqrt(s.First*(1-s.First) + s.Second*(1-s.Second))
}

// SampleSize returns how many accounts each arm needs for the given shares and
// Power:
//
//	((z √((p₁ + p₂)(1 − (p₁ + p₂)/2)) + z' √(p₁(1 − p₁) + p₂(1 − p₂))) / (p₁ − p₂))²
//
// with z' for the Power. It is not rounded: round up. Equal shares make it
// undefined. Fields out of range are errors.
func SampleSize(s Study) (success.Figure, error) {
	z, zPower, err := s.check(true, false)
	if err != nil {
		return success.Figure{}, err
	}
	root := (z*s.pooled() + zPower*s.separate()) / (s.First - s.Second)
	return success.FigureOf(root * root), nil
}

// A Range is what a study can just find on either side of its first share.
type Range struct {
	Below success.Figure // undefined when not even 0 can be told apart
	Above success.Figure // undefined when not even 1 can be told apart
}

// Detectable returns the second shares, one below First and one above it, that
// are just far enough from First for the given PerArm and Power to find the
// difference. Anything between them is likely to be missed. Fields out of range
// are errors.
func Detectable(s Study) (Range, error) {
	s.Second = s.First
	z, _, err := s.check(true, true)
	if err != nil {
		return Range{}, err
	}
	if s.Power == 0 {
		s.Power = defaultPower
	}
	return Range{Below: s.detectable(z, 0), Above: s.detectable(z, 1)}, nil
}

// detectable looks for the share between First and an end of the scale at which
// the power is enough. Power grows all the way.
func (s Study) detectable(z, end float64) success.Figure {
	near, far := s.First, end
	s.Second = end
	if !(s.power(z) >= s.Power) {
		return success.Figure{}
	}
	for range 200 {
		mid := near + (far-near)/2
		if mid == near || mid == far {
			break
		}
		s.Second = mid
		if s.power(z) >= s.Power {
			far = mid
		} else {
			near = mid
		}
	}
	return success.FigureOf(far)
}

func (s Study) check(shares, arm bool) (z, zPower float64, err error) {
	var faults success.Errors
	if shares {
		checkShare("study", "First", s.First, &faults)
		checkShare("study", "Second", s.Second, &faults)
	}
	if arm && (!(s.PerArm >= 1) || math.IsInf(s.PerArm, 1)) {
		faults.Add(&success.InputError{Record: "study", Index: -1, Field: "PerArm", Value: check.Number(s.PerArm), Err: fault.New(success.ErrRange, "is not at least 1")})
	}
	zPower = checkPower("study", s.Power, &faults)
	z = check.Level(s.Level, &faults)
	return z, zPower, faults.Err()
}

func checkShare(record, field string, p float64, faults *success.Errors) {
	if !(p >= 0 && p <= 1) {
		faults.Add(&success.InputError{Record: record, Index: -1, Field: field, Value: check.Number(p), Err: fault.New(success.ErrRange, "is not between 0 and 1")})
	}
}

func checkPower(record string, power float64, faults *success.Errors) (z float64) {
	if power == 0 {
		power = defaultPower
	}
	if !(power > 0 && power < 1) {
		faults.Add(&success.InputError{Record: record, Index: -1, Field: "Power", Value: check.Number(power), Err: fault.New(success.ErrRange, "is not between 0 and 1")})
	}
	return interval.Quantile(power)
}

// An EventStudy is a comparison of two survival curves that is being planned.
type EventStudy struct {
	HazardRatio float64 // of the first arm to the second, above 0
	Share       float64 // of the accounts that are in the first arm, in (0, 1); 0 means 0.5
	Power       float64 // probability of finding it, in (0, 1); 0 means 0.8
	Level       float64 // 1 less the probability of finding one that is not there, in (0, 1); 0 means 0.95
}

// Events returns how many accounts have to leave, in both arms together, before
// a log-rank test finds a hazard ratio with the given power:
//
//	(z + z')² / (share (1 − share) log² ratio)
//
// It is not rounded: round up. It is undefined for a ratio of 1. Fields out of
// range are errors.
//
// Source: D. A. Schoenfeld, Sample-size formula for the proportional-hazards
// regression model, Biometrics 39 (1983).
func Events(s EventStudy) (success.Figure, error) {
	var faults success.Errors
	if s.Share == 0 {
		s.Share = 0.5
	}
	add := func(field string, v float64, text string) {
		faults.Add(&success.InputError{Record: "study", Index: -1, Field: field, Value: check.Number(v), Err: fault.New(success.ErrRange, "%s", text)})
	}
	if !(s.HazardRatio > 0) || math.IsInf(s.HazardRatio, 1) {
		add("HazardRatio", s.HazardRatio, "is not a number above 0")
	}
	if !(s.Share > 0 && s.Share < 1) {
		add("Share", s.Share, "is not between 0 and 1")
	}
	zPower := checkPower("study", s.Power, &faults)
	z := check.Level(s.Level, &faults)
	if err := faults.Err(); err != nil {
		return success.Figure{}, err
	}
	root := (z + zPower) / math.Log(s.HazardRatio)
	return success.FigureOf(root * root / (s.Share * (1 - s.Share))), nil
}
