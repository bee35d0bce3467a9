package backtest

import (
	"metrics.internal/success"
	"metrics.internal/success/health"
)

// A Confusion counts accounts by what was said of them, at risk or not, and what
// became of them. Counts are not negative.
type Confusion struct {
	TruePositive  int // at risk, and left
	FalsePositive int // at risk, and stayed
	FalseNegative int // not at risk, and left
	TrueNegative  int // not at risk, and stayed
}

// Confusion returns the counts when every account that scored the cut or worse is
// said to be at risk. A cut that is NaN puts nobody at risk.
func (r Ranking) Confusion(cut float64) Confusion {
	c := Confusion{FalseNegative: r.left, TrueNegative: r.stayed}
	for _, t := range r.ties {
		if r.scale == health.Risk && t.score >= cut || r.scale == health.Health && t.score <= cut {
			c.TruePositive += t.left
			c.FalsePositive += t.stayed
			c.FalseNegative -= t.left
			c.TrueNegative -= t.stayed
		}
	}
	return c
}

func (c Confusion) flagged() int { return c.TruePositive + c.FalsePositive }

func (c Confusion) left() int { return c.TruePositive + c.FalseNegative }

func (c Confusion) stayed() int { return c.FalsePositive + c.TrueNegative }

// Precision returns the share of those at risk who left, undefined when nobody
// was at risk.
func (c Confusion) Precision() success.Ratio { return success.RatioOf(c.TruePositive, c.flagged()) }

// Recall returns the share of the leavers who were at risk: the catch rate. It is
// undefined when nobody left.
func (c Confusion) Recall() success.Ratio { return success.RatioOf(c.TruePositive, c.left()) }

// FalseAlarm returns the share of the stayers who were at risk, undefined when
// nobody stayed.
func (c Confusion) FalseAlarm() success.Ratio { return success.RatioOf(c.FalsePositive, c.stayed()) }

// BaseRate returns the share of all accounts that left.
func (c Confusion) BaseRate() success.Ratio { return success.RatioOf(c.left(), c.left()+c.stayed()) }

// Lift returns how many times as often as all accounts those at risk left:
// Precision to BaseRate. It is undefined when nobody was at risk or nobody left.
func (c Confusion) Lift() success.Ratio {
	p, b := c.Precision(), c.BaseRate()
	if !p.Defined() || !b.Defined() {
		return success.Ratio{}
	}
	return success.Ratio{Num: p.Num.Mul(b.Den), Den: p.Den.Mul(b.Num)}
}
