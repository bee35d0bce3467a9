package split

import (
	"math"
	"math/bits"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// weightBits bounds the sum of weights made of float64, to 2⁶² and thus to what
// [Append] splits by fastest.
const weightBits = 62

// AppendWeights makes whole numbers of weights that are not, such as those of a
// decay over time, and appends them to weights: all times one power of 2, chosen
// by the largest so that the sum stays below 2⁶², and rounded half to even. Of n
// weights above 0 each is off by at most n·2⁻⁶¹ of the largest, and not at all
// when it is at least n/256 of it. A weight of 0, or nearly so beside the largest,
// becomes 0. Weights times a power of 2 become the same whole numbers, unless they
// come near the smallest or largest float64.
//
// A weight that is negative ([success.ErrNegative]), infinite or not a number
// ([success.ErrRange]) is an error.
func AppendWeights(weights []int64, from []float64) ([]int64, error) {
	most, some := 0.0, 0
	for _, w := range from {
		if !(w >= 0 && w <= math.MaxFloat64) {
			return weights, refuseFloats(from)
		}
		if w > 0 {
			most = max(most, w)
			some++
		}
	}
	weights = slices.Grow(weights, len(from))
	if some == 0 {
		return append(weights, make([]int64, len(from))...), nil
	}
	_, exponent := math.Frexp(most) // most < 2^exponent
	shift := weightBits - bits.Len(uint(some-1)) - exponent
	first, second := power2(shift/2), power2(shift-shift/2) // 2^shift may overflow
	for _, w := range from {
		weights = append(weights, int64(math.RoundToEven(w*first*second)))
	}
	return weights, nil
}

// power2 is 2^n for n from −1022 to 1023.
func power2(n int) float64 { return math.Float64frombits(uint64(n+1023) << 52) }

func refuseFloats(weights []float64) error {
	var faults success.Errors
	for i, w := range weights {
		if err := floatFault(w); err != nil {
			faults.Add(&success.InputError{Record: "weight", Index: i, Value: check.Number(w), Err: err})
		}
	}
	return faults.Err()
}

func floatFault(w float64) error {
	switch {
	case math.IsNaN(w) || math.IsInf(w, 0):
		return fault.New(success.ErrRange, "is not a number to weigh with")
	case w < 0:
		return success.ErrNegative
	}
	return nil
}
