package survey

import (
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// A Method says how answers are made into one number.
type Method uint8

// How they are made. The zero value is none of them: a satisfaction without its
// method cannot be compared with anything.
const (
	TopTwoBox Method = iota + 1 // share of the two highest answers; of scales from 3 on
	GoodBad                     // share of answers above the middle of the scale among all but those in the middle
	Mean                        // mean answer, from 1 to the scale
	Height                      // (mean − 1)/(scale − 1)
)

func methods() []string { return []string{"", "top_two_box", "good_bad", "mean", "height"} }

// A Satisfaction is a customer satisfaction score (CSAT).
type Satisfaction struct {
	Method       Method           `json:"method"`
	Scale        int              `json:"scale"`
	Answers      int64            `json:"answers"`       // in all
	N            int64            `json:"n"`             // answers that the score is taken of: without the middle ones for GoodBad, else all
	Estimate     success.Estimate `json:"estimate"`      // with Wilson's interval; from 1 to Scale for Mean, else from 0 to 1
	ResponseRate success.Ratio    `json:"response_rate"` // undefined when it is not known how many were asked
}

// Satisfaction returns the satisfaction under a method, with the interval at the
// given level, 0 meaning 0.95. Without answers it is undefined.
//
// The interval is Wilson's, for the two means on their way from the lowest to
// the highest answer. There it is wider than it needs to be, but never vanishes,
// as that of a mean with equal answers would.
//
// Errors are an unknown method ([success.ErrUnknown]), top two of a scale of two
// and a level outside (0, 1) ([success.ErrRange]).
func (a Answers) Satisfaction(method Method, level float64) (Satisfaction, error) {
	var faults success.Errors
	z := check.Level(level, &faults)
	switch {
	case method < TopTwoBox || method > Height:
		faults.Add(&success.InputError{Record: "method", Index: -1, Value: strconv.Itoa(int(method)), Err: success.ErrUnknown})
	case method == TopTwoBox && a.Scale() == 2:
		faults.Add(&success.InputError{Record: "answers", Index: -1, Field: "Scale", Value: "2", Err: fault.New(success.ErrRange, "has no more than two answers")})
	}
	if err := faults.Err(); err != nil {
		return Satisfaction{}, err
	}
	n := a.Count()
	s := Satisfaction{Method: method, Scale: a.Scale(), Answers: n, N: n, ResponseRate: a.ResponseRate()}
	switch method {
	case TopTwoBox:
		s.Estimate = wilson(a.above(2*(a.Scale()-2)), n, n, z, 0, 1)
	case GoodBad:
		good := a.above(a.Scale() + 1)
		s.N = good + n - a.above(a.Scale())
		s.Estimate = wilson(good, s.N, s.N, z, 0, 1)
	case Mean:
		num, den := a.height()
		s.Estimate = wilson(num, den, n, z, 1, float64(a.Scale()))
	default:
		num, den := a.height()
		s.Estimate = wilson(num, den, n, z, 0, 1)
	}
	return s, nil
}
