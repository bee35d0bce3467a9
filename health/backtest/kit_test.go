package backtest_test

import (
	"math"
	"math/big"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/health/backtest"
)

func number(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func day(s string) success.Date { return success.MustDate(s) }

// near fails unless a figure is a number to nine digits.
func near(t rapid.TB, what string, f success.Figure, want float64) {
	t.Helper()
	if got, ok := f.Float64(); !ok || math.Abs(got-want) > 1e-9 {
		t.Errorf("%s is %v, want %.12g", what, f, want)
	}
}

// equal fails unless a ratio is a fraction, exactly.
func equal(t rapid.TB, what string, r success.Ratio, want *big.Rat) {
	t.Helper()
	if want == nil {
		if r.Defined() {
			t.Errorf("%s is %s/%s, want it undefined", what, r.Num, r.Den)
		}
		return
	}
	if !r.Defined() || new(big.Rat).Quo(r.Num.Rat(), r.Den.Rat()).Cmp(want) != 0 {
		t.Errorf("%s is %s/%s, want %s", what, r.Num, r.Den, want)
	}
}

func rank(t rapid.TB, scores []float64, left []bool, scale health.Scale) backtest.Ranking {
	t.Helper()
	r, err := backtest.Rank(scores, left, scale)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func area(t rapid.TB, r backtest.Ranking) success.Estimate {
	t.Helper()
	a, err := r.AUC(0)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// columns are scores, of which many are tied, and outcomes, mixed or all of one
// kind.
type columns struct {
	scores []float64
	left   []bool
	scale  health.Scale
}

func (c columns) rank(t rapid.TB) backtest.Ranking { return rank(t, c.scores, c.left, c.scale) }

func drawColumns(t *rapid.T, label string) columns {
	n := rapid.IntRange(0, 40).Draw(t, label+" accounts")
	distinct := rapid.SampledFrom([]int{1, 2, 5, 1000}).Draw(t, label+" values")
	events := rapid.SampledFrom([]int{5, 0, 1, 9, 10}).Draw(t, label+" events of ten")
	c := columns{scale: health.Scale(rapid.IntRange(0, 1).Draw(t, label+" scale"))}
	for range n {
		c.scores = append(c.scores, float64(rapid.IntRange(-distinct, distinct).Draw(t, "score"))/4)
		c.left = append(c.left, rapid.IntRange(0, 9).Draw(t, "outcome") < events)
	}
	return c
}

// worse reports whether score a is worse than b.
func (c columns) worse(a, b float64) bool {
	if c.scale == health.Risk {
		return a > b
	}
	return a < b
}

// split returns the scores of leavers and stayers.
func (c columns) split() (leavers, stayers []float64) {
	for i, s := range c.scores {
		if c.left[i] {
			leavers = append(leavers, s)
		} else {
			stayers = append(stayers, s)
		}
	}
	return leavers, stayers
}
