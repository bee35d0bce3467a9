package backtest

import (
	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/internal/exact"
	"metrics.internal/success/internal/fault"
)

// A Catch is what one finds who looks at a share of the accounts, the worst scores
// first. All but Share and Accounts is undefined when nobody left.
type Catch struct {
	Share      decimal.Decimal `json:"share"`       // of the accounts that is looked at
	Accounts   decimal.Decimal `json:"accounts"`    // how many that is, not rounded
	Caught     success.Ratio   `json:"caught"`      // leavers among them, a number
	Precision  success.Ratio   `json:"precision"`   // Caught to Accounts
	Recall     success.Ratio   `json:"recall"`      // Caught to all leavers: the catch rate
	Lift       success.Ratio   `json:"lift"`        // Precision to the base rate: 1 is no better than a lot
	FalseAlarm success.Ratio   `json:"false_alarm"` // stayers among them to all stayers; undefined when nobody stayed
}

// Worst returns what the worst share of accounts catches. The share, such as 0.1,
// is above 0 and at most 1, with six decimals at most.
//
// Where the line cuts through accounts with the same score, they count by the part
// that is inside, as they would on average if lots were drawn. So does the last
// account when the share is no whole number of them.
func (r Ranking) Worst(share decimal.Decimal) (Catch, error) {
	if _, err := shareOf(share); err != nil {
		return Catch{}, &success.InputError{Record: "share", Index: -1, Value: exact.Show(share), Err: err}
	}
	return r.worst(share), nil
}

// shareOf returns a share in millionths.
func shareOf(share decimal.Decimal) (micros int64, err error) {
	micros, ok := exact.Rate(share, 1, 1)
	switch {
	case !ok || micros <= 0 || micros > exact.Micro:
		return 0, fault.New(success.ErrRange, "is not above 0 and at most 1")
	case !exact.Decimal(micros).Equal(share):
		return 0, fault.New(success.ErrRange, "has more than six decimals")
	}
	return micros, nil
}

func (r Ranking) worst(share decimal.Decimal) Catch {
	whole := func(n int) decimal.Decimal { return decimal.NewFromInt(int64(n)) }
	c := Catch{Share: share, Accounts: share.Mul(whole(r.Accounts()))}
	if r.left == 0 {
		return c
	}
	var caught, before int
	for _, t := range r.ties {
		if through := before + t.accounts(); c.Accounts.GreaterThan(whole(through)) {
			caught, before = caught+t.left, through
			continue
		}
		// caught + left × (Accounts − before) / accounts of the tie
		size := whole(t.accounts())
		c.Caught = success.Ratio{Num: whole(caught).Mul(size).Add(c.Accounts.Sub(whole(before)).Mul(whole(t.left))), Den: size}
		break
	}
	left, stayed := whole(r.left), whole(r.stayed)
	c.Precision = success.Ratio{Num: c.Caught.Num, Den: c.Caught.Den.Mul(c.Accounts)}
	c.Recall = success.Ratio{Num: c.Caught.Num, Den: c.Caught.Den.Mul(left)}
	c.Lift = success.Ratio{Num: c.Precision.Num.Mul(whole(r.Accounts())), Den: c.Precision.Den.Mul(left)}
	c.FalseAlarm = success.Ratio{Num: c.Accounts.Mul(c.Caught.Den).Sub(c.Caught.Num), Den: c.Caught.Den.Mul(stayed)}
	return c
}
