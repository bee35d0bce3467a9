package backtest

import (
	"slices"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/health"
	"metrics.internal/success/internal/exact"
)

// A Calibration says with what probability an account leaves, by its score. The
// zero value says nothing.
type Calibration struct {
	Steps []Step `json:"steps"` // from worst to best, of falling probability; none without an event
	scale health.Scale
}

// A Step is a stretch of scores with one probability.
type Step struct {
	Worst       float64       `json:"worst"` // score of its worst account
	Best        float64       `json:"best"`  // score of its best account
	Accounts    int           `json:"accounts"`
	Left        int           `json:"left"`
	Probability success.Ratio `json:"probability"` // Left to Accounts
}

// Calibrate returns the probability to leave by score: of all that never rise as
// scores get better, the one with the least mean squared error. It is the isotonic
// regression of leaving on the score by pooling adjacent violators; accounts with
// the same score are pooled first and every account weighs the same.
//
// The probabilities of the accounts add up to the number that left. It is fitted
// to the accounts of r and flatters them. It is undefined, without steps, when
// nobody left.
//
// Source: M. Ayer, H. D. Brunk, G. M. Ewing, W. T. Reid and E. Silverman, An
// empirical distribution function for sampling with incomplete information,
// Annals of Mathematical Statistics 26 (1955).
func (r Ranking) Calibrate() Calibration {
	c := Calibration{scale: r.scale}
	if r.left == 0 {
		return c
	}
	for _, t := range r.ties {
		c.Steps = append(c.Steps, Step{Worst: t.score, Best: t.score, Accounts: t.accounts(), Left: t.left})
		for last := len(c.Steps) - 1; last > 0 && !falls(c.Steps[last-1], c.Steps[last]); last-- {
			c.Steps[last-1] = pool(c.Steps[last-1], c.Steps[last])
			c.Steps = c.Steps[:last]
		}
	}
	for i := range c.Steps {
		c.Steps[i].Probability = success.RatioOf(c.Steps[i].Left, c.Steps[i].Accounts)
	}
	return c
}

// falls reports whether the worse of two steps has the higher probability.
func falls(worse, better Step) bool {
	return int64(worse.Left)*int64(better.Accounts) > int64(better.Left)*int64(worse.Accounts)
}

func pool(worse, better Step) Step {
	return Step{Worst: worse.Worst, Best: better.Best, Accounts: worse.Accounts + better.Accounts, Left: worse.Left + better.Left}
}

// Defined reports whether c has probabilities.
func (c Calibration) Defined() bool { return len(c.Steps) > 0 }

// Probability returns the probability to leave of an account with that score. A
// score between two steps has that of the worse one, a score worse than all that
// of the worst. It is undefined for an undefined score and when c is.
func (c Calibration) Probability(score success.Figure) success.Ratio {
	i, ok := c.step(score)
	if !ok {
		return success.Ratio{}
	}
	return c.Steps[i].Probability
}

// step returns the step that a score is on.
func (c Calibration) step(score success.Figure) (i int, ok bool) {
	x, ok := score.Float64()
	if !ok || !c.Defined() {
		return 0, false
	}
	i, found := slices.BinarySearchFunc(c.Steps, x, func(s Step, x float64) int {
		switch {
		case s.Worst == x:
			return 0
		case (s.Worst < x) == (c.scale == health.Health):
			return -1
		}
		return 1
	})
	if !found {
		i = max(i-1, 0)
	}
	return i, true
}

// A Stake is the score of an account and what it pays.
type Stake struct {
	Score   success.Figure
	Revenue decimal.Decimal // in the one currency of all; not negative, read to a millionth
}

// An Exposure is what accounts pay and what of it is expected to be lost.
type Exposure struct {
	Accounts int             `json:"accounts"` // with a score
	Revenue  decimal.Decimal `json:"revenue"`  // of these
	AtRisk   decimal.Decimal `json:"at_risk"`  // Σ probability × Revenue
	Unscored int             `json:"unscored"` // accounts without a score
	Unrated  decimal.Decimal `json:"unrated"`  // revenue of these: nothing is known of its risk
}

// RevenueAtRisk returns the revenue that accounts are expected to lose: the sum of
// the probability of each, by its score, times its revenue. It is exact on each
// step, and rounded there once, to a millionth, half away from zero. ok is false
// when c is undefined.
//
// Errors are a Revenue that is negative ([success.ErrNegative]) or that is
// [success.RateLimit] or more ([success.ErrRange]).
func (c Calibration) RevenueAtRisk(stakes []Stake) (e Exposure, ok bool, err error) {
	var faults success.Errors
	sums := newSums(c)
	for i, s := range stakes {
		micros, err := micros(s.Revenue)
		if err != nil {
			faults.Add(&success.InputError{Record: "stake", Index: i, Field: "Revenue", Value: exact.Show(s.Revenue), Err: err})
		}
		sums.add(s.Score, micros)
	}
	if err := faults.Err(); err != nil || !c.Defined() {
		return Exposure{}, false, err
	}
	return sums.exposure(), true, nil
}

// micros returns an amount in millionths, 0 with what is wrong with it.
func micros(d decimal.Decimal) (int64, error) {
	m, ok := exact.Rate(d, 1, 1)
	switch {
	case !ok:
		return 0, success.ErrRange
	case m < 0:
		return 0, success.ErrNegative
	}
	return m, nil
}

// sums adds up revenue by step.
type sums struct {
	c        Calibration
	accounts int
	unscored int
	unrated  exact.Sum
	revenue  []exact.Sum
}

func newSums(c Calibration) *sums { return &sums{c: c, revenue: make([]exact.Sum, len(c.Steps))} }

func (s *sums) add(score success.Figure, micros int64) {
	i, ok := s.c.step(score)
	if !ok {
		s.unscored++
		s.unrated = s.unrated.Plus(micros)
		return
	}
	s.accounts++
	s.revenue[i] = s.revenue[i].Plus(micros)
}

func (s *sums) exposure() Exposure {
	e := Exposure{Accounts: s.accounts, Unscored: s.unscored, Unrated: s.unrated.Decimal()}
	var all exact.Sum
	for i, revenue := range s.revenue {
		step := s.c.Steps[i]
		all = all.Add(revenue)
		left, accounts := decimal.NewFromInt(int64(step.Left)), decimal.NewFromInt(int64(step.Accounts))
		e.AtRisk = e.AtRisk.Add(revenue.Decimal().Mul(left).DivRound(accounts, 6))
	}
	e.Revenue = all.Decimal()
	return e
}

// brier returns the Brier score of the probabilities on the accounts they were
// fitted to.
func (c Calibration) brier() Brier {
	squares, events, accounts := 0., 0, 0
	for _, s := range c.Steps {
		squares += float64(s.Left) * float64(s.Accounts-s.Left) / float64(s.Accounts)
		events += s.Left
		accounts += s.Accounts
	}
	return brier(squares, events, accounts)
}
