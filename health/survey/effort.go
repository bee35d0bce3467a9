package survey

import (
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
)

// A Direction says which end of an effort scale is the good one.
type Direction uint8

// Which end is good. The zero value is neither: the two versions of the question
// turn the scale around.
const (
	LowIsGood  Direction = iota + 1 // CES 1.0: "how much effort did you have to put forth?"
	HighIsGood                      // CES 2.0: "the company made it easy", from strongly disagree
)

func directions() []string { return []string{"", "low_is_good", "high_is_good"} }

// An Effort is a customer effort score (CES).
type Effort struct {
	Direction    Direction        `json:"direction"`
	Scale        int              `json:"scale"`
	N            int64            `json:"n"`             // answers
	Mean         success.Estimate `json:"mean"`          // from 1 to Scale, in the direction of the question
	Ease         success.Estimate `json:"ease"`          // from 0 to 1, where 1 is the least effort; by it versions compare
	ResponseRate success.Ratio    `json:"response_rate"` // undefined when it is not known how many were asked
}

// Effort returns the mean answer and the ease of it, with Wilson's interval (see
// [Answers.Satisfaction]) at the given level, 0 meaning 0.95:
//
//	ease = (mean − 1)/(scale − 1), or 1 less that where low is good
//
// Without answers they are undefined. An unknown direction
// ([success.ErrUnknown]) and a level outside (0, 1) ([success.ErrRange]) are
// errors.
//
// Source: M. Dixon, K. Freeman and N. Toman, Stop trying to delight your
// customers, Harvard Business Review (2010).
func (a Answers) Effort(direction Direction, level float64) (Effort, error) {
	var faults success.Errors
	z := check.Level(level, &faults)
	if direction < LowIsGood || direction > HighIsGood {
		faults.Add(&success.InputError{Record: "direction", Index: -1, Value: strconv.Itoa(int(direction)), Err: success.ErrUnknown})
	}
	if err := faults.Err(); err != nil {
		return Effort{}, err
	}
	num, den := a.height()
	n := a.Count()
	e := Effort{Direction: direction, Scale: a.Scale(), N: n, ResponseRate: a.ResponseRate()}
	e.Mean = wilson(num, den, n, z, 1, float64(a.Scale()))
	if direction == LowIsGood {
		num = den - num
	}
	e.Ease = wilson(num, den, n, z, 0, 1)
	return e, nil
}
