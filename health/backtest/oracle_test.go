package backtest_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/health/backtest"
)

func TestOracles(t *testing.T) {
	for name, check := range map[string]func(*rapid.T){
		"area": checkArea, "distance": checkDistance, "catch": checkCatch, "confusion": checkConfusion,
		"calibration": checkCalibration, "revenue at risk": checkAtRisk,
	} {
		t.Run(name, func(t *testing.T) { rapid.Check(t, check) })
	}
}

// psi is the definition's kernel: 1 when the leaver scored worse, ½ when tied.
func (c columns) psi(leaver, stayer float64) float64 {
	switch {
	case c.worse(leaver, stayer):
		return 1
	case leaver == stayer:
		return 0.5
	}
	return 0
}

// deLong is the area and its variance by their definitions, over all pairs.
func (c columns) deLong() (area, variance float64) {
	leavers, stayers := c.split()
	m, n := float64(len(leavers)), float64(len(stayers))
	for _, x := range leavers {
		for _, y := range stayers {
			area += c.psi(x, y) / m / n
		}
	}
	square := func(of, by []float64, psi func(a, b float64) float64) (s float64) {
		for _, x := range of {
			share := 0.
			for _, y := range by {
				share += psi(x, y) / float64(len(by))
			}
			s += (share - area) * (share - area)
		}
		return s / float64(len(of)-1) / float64(len(of))
	}
	turned := func(y, x float64) float64 { return c.psi(x, y) }
	return area, square(leavers, stayers, c.psi) + square(stayers, leavers, turned)
}

func checkArea(t *rapid.T) {
	c := drawColumns(t, "")
	level := rapid.SampledFrom([]float64{0.95, 0.5, 0.999}).Draw(t, "level")
	got, err := c.rank(t).AUC(level)
	if err != nil {
		t.Fatal(err)
	}
	leavers, stayers := c.split()
	if len(leavers) == 0 || len(stayers) == 0 {
		if got != (success.Estimate{}) {
			t.Errorf("%v without a class", got)
		}
		return
	}
	area, variance := c.deLong()
	near(t, "area", got.Value, area)
	if len(leavers) < 2 || len(stayers) < 2 || variance < 1e-20 {
		if got.Lower.Defined() || got.Upper.Defined() {
			t.Errorf("an interval %v of variance %g", got, variance)
		}
		return
	}
	z := map[float64]float64{0.95: 1.959963984540054, 0.5: 0.6744897501960817, 0.999: 3.290526731491926}[level]
	logit, margin := math.Log(area)-math.Log(1-area), z*math.Sqrt(variance)/area/(1-area)
	near(t, "lower", got.Lower, math.Exp(logit-margin)/(1+math.Exp(logit-margin)))
	near(t, "upper", got.Upper, 1-1/(1+math.Exp(logit+margin)))
	if l, _ := got.Lower.Float64(); l < 0 || l > area+1e-12 {
		t.Errorf("%v leaves [0, area]", got)
	}
	if u, _ := got.Upper.Float64(); u > 1 || u < area-1e-12 {
		t.Errorf("%v leaves [area, 1]", got)
	}
}

// share is the part of scores that are so or worse.
func (c columns) share(scores []float64, cut float64) float64 {
	n := 0
	for _, s := range scores {
		if !c.worse(cut, s) {
			n++
		}
	}
	return float64(n) / float64(len(scores))
}

func checkDistance(t *rapid.T) {
	c := drawColumns(t, "")
	got := c.rank(t).KS()
	leavers, stayers := c.split()
	if len(leavers) == 0 || len(stayers) == 0 {
		if got.Value.Defined() || got.At.Defined() {
			t.Errorf("%v without a class", got)
		}
		return
	}
	want, at := 0., math.NaN()
	for _, cut := range c.scores {
		gap := math.Abs(c.share(leavers, cut) - c.share(stayers, cut))
		if gap > want+1e-12 || gap > 0 && gap > want-1e-12 && c.worse(cut, at) {
			want, at = gap, cut
		}
	}
	near(t, "distance", got.Value, want)
	if want > 0 {
		near(t, "best cut", got.At, at)
	} else if got.At.Defined() {
		t.Errorf("%v divides what nothing does", got.At)
	}
}

// checkCatch counts each account by the part of it that is inside when the tied
// ones stand in any order equally often.
func checkCatch(t *rapid.T) {
	c := drawColumns(t, "")
	share := decimal.New(int64(rapid.SampledFrom([]int{100_000, 1, 333_333, 500_000, 999_999, 1_000_000}).Draw(t, "share")), -6)
	got, err := c.rank(t).Worst(share)
	if err != nil {
		t.Fatal(err)
	}
	looked := new(big.Rat).Mul(share.Rat(), big.NewRat(int64(len(c.scores)), 1))
	if got.Accounts.Rat().Cmp(looked) != 0 {
		t.Errorf("looks at %s, want %s", got.Accounts, looked)
	}
	caught := new(big.Rat)
	left, stayed := int64(0), int64(0)
	for i, s := range c.scores {
		if !c.left[i] {
			stayed++
			continue
		}
		left++
		before, tied := int64(0), int64(0)
		for _, other := range c.scores {
			if c.worse(other, s) {
				before++
			} else if other == s {
				tied++
			}
		}
		part := new(big.Rat).Sub(looked, big.NewRat(before, 1))
		part.Quo(part, big.NewRat(tied, 1))
		if part.Sign() > 0 {
			if part.Cmp(big.NewRat(1, 1)) > 0 {
				part.SetInt64(1)
			}
			caught.Add(caught, part)
		}
	}
	quotient := func(a, b *big.Rat) *big.Rat {
		if left == 0 || b.Sign() == 0 {
			return nil
		}
		return new(big.Rat).Quo(a, b)
	}
	precision := quotient(caught, looked)
	equal(t, "caught", got.Caught, quotient(caught, big.NewRat(1, 1)))
	equal(t, "precision", got.Precision, precision)
	equal(t, "recall", got.Recall, quotient(caught, big.NewRat(left, 1)))
	equal(t, "false alarm", got.FalseAlarm, quotient(new(big.Rat).Sub(looked, caught), big.NewRat(stayed, 1)))
	if left > 0 {
		equal(t, "lift", got.Lift, quotient(precision, big.NewRat(left, left+stayed)))
	} else {
		equal(t, "lift", got.Lift, nil)
	}
}

func checkConfusion(t *rapid.T) {
	c := drawColumns(t, "")
	cut := float64(rapid.IntRange(-6, 6).Draw(t, "cut")) / 4
	var want backtest.Confusion
	for i, s := range c.scores {
		switch risk := s == cut || c.worse(s, cut); {
		case risk && c.left[i]:
			want.TruePositive++
		case risk:
			want.FalsePositive++
		case c.left[i]:
			want.FalseNegative++
		default:
			want.TrueNegative++
		}
	}
	if got := c.rank(t).Confusion(cut); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// minMax is the isotonic fit by its closed formula, the least over all worse starts
// of the greatest over all better ends of the mean between, for falling rates.
func (c columns) minMax(score float64) *big.Rat {
	var fit *big.Rat
	for _, from := range c.scores {
		if c.worse(score, from) {
			continue
		}
		var greatest *big.Rat
		for _, to := range c.scores {
			if c.worse(to, score) {
				continue
			}
			if mean := c.mean(from, to); greatest == nil || mean.Cmp(greatest) > 0 {
				greatest = mean
			}
		}
		if fit == nil || greatest.Cmp(fit) < 0 {
			fit = greatest
		}
	}
	return fit
}

// mean is the share of leavers among scores from one to another.
func (c columns) mean(from, to float64) *big.Rat {
	left, all := int64(0), int64(0)
	for i, s := range c.scores {
		if !c.worse(s, from) && !c.worse(to, s) {
			all++
			if c.left[i] {
				left++
			}
		}
	}
	return big.NewRat(left, all)
}

func checkCalibration(t *rapid.T) {
	c := drawColumns(t, "")
	calibration := c.rank(t).Calibrate()
	leavers, _ := c.split()
	if calibration.Defined() != (len(leavers) > 0) {
		t.Fatalf("%d leavers, %d steps", len(leavers), len(calibration.Steps))
	}
	events := new(big.Rat)
	for _, s := range c.scores {
		p := calibration.Probability(success.FigureOf(s))
		if len(leavers) == 0 {
			equal(t, "probability", p, nil)
			continue
		}
		equal(t, "probability", p, c.minMax(s))
		events.Add(events, new(big.Rat).Quo(p.Num.Rat(), p.Den.Rat()))
	}
	if events.Cmp(big.NewRat(int64(len(leavers)), 1)) != 0 {
		t.Errorf("%s events, want %d", events, len(leavers))
	}
	for i, s := range calibration.Steps[:max(0, len(calibration.Steps)-1)] {
		next := calibration.Steps[i+1]
		if s.Left*next.Accounts <= next.Left*s.Accounts || !c.worse(s.Best, next.Worst) || c.worse(s.Best, s.Worst) {
			t.Errorf("step %+v before %+v", s, next)
		}
	}
}

func checkAtRisk(t *rapid.T) {
	c := drawColumns(t, "")
	calibration := c.rank(t).Calibrate()
	var stakes []backtest.Stake
	byStep, rated, unrated := map[string]decimal.Decimal{}, decimal.Decimal{}, decimal.Decimal{}
	for range rapid.IntRange(0, 12).Draw(t, "stakes") {
		s := backtest.Stake{Revenue: decimal.New(rapid.Int64Range(0, 1e12).Draw(t, "revenue"), -6)}
		if rapid.IntRange(0, 4).Draw(t, "unscored") > 0 {
			s.Score = success.FigureOf(float64(rapid.IntRange(-9, 9).Draw(t, "score")) / 8)
		}
		stakes = append(stakes, s)
		if p := calibration.Probability(s.Score); p.Defined() {
			key := p.Num.String() + "/" + p.Den.String()
			byStep[key] = byStep[key].Add(s.Revenue)
			rated = rated.Add(s.Revenue)
		} else {
			unrated = unrated.Add(s.Revenue)
		}
	}
	got, ok, err := calibration.RevenueAtRisk(stakes)
	if err != nil || ok != calibration.Defined() {
		t.Fatal(ok, err)
	}
	if !ok {
		return
	}
	sum := new(big.Rat)
	for key, revenue := range byStep {
		p, _ := new(big.Rat).SetString(key)
		sum.Add(sum, p.Mul(p, revenue.Rat()))
	}
	off := new(big.Rat).Sub(got.AtRisk.Rat(), sum)
	if off.Abs(off).Cmp(big.NewRat(int64(len(byStep)), 2_000_000)) > 0 {
		t.Errorf("at risk %s, want %s", got.AtRisk, sum.FloatString(9))
	}
	if !got.Revenue.Equal(rated) || !got.Unrated.Equal(unrated) || got.Accounts+got.Unscored != len(stakes) {
		t.Errorf("%+v, want %s and %s", got, rated, unrated)
	}
}
