package split

import (
	"cmp"
	"math/bits"
	"slices"
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
)

// small is how many parts are split without a buffer of their own.
const small = 16

// Append splits a whole number of units, such as cents, by weights and appends
// the parts, one for each weight, to parts. It does not allocate when parts has
// the room, there are at most 16 weights and their sum fits 64 bits. The amount
// may be any int64, and so may the weights, if not negative; their sum may be
// larger. See the package for how units are shared.
//
// An amount of 0 has parts of 0, whatever the weights. A weight below 0 is an
// error ([success.ErrNegative]), and so is any other amount without a weight
// above 0 ([success.ErrMissing]). parts and weights must not overlap.
func Append(parts []int64, amount int64, weights []int64) ([]int64, error) {
	over, sum, signs := total(weights)
	if signs < 0 || amount != 0 && over == 0 && sum == 0 {
		return parts, refuse(amount != 0, weights)
	}
	n := len(weights)
	parts = slices.Grow(parts, n)[:len(parts)+n]
	added := parts[len(parts)-n:]
	abs := magnitude(amount)
	switch {
	case amount == 0:
		clear(added)
	case over != 0:
		splitWide(added, abs, weights)
	case even(weights):
		splitEven(added, abs)
	default:
		splitNarrow(added, abs, weights, sum)
	}
	if amount < 0 {
		for i := range added {
			added[i] = -added[i]
		}
	}
	return parts, nil
}

// total returns the sum of weights in 128 bits; signs is below 0 if one of them
// is.
func total(weights []int64) (hi, lo uint64, signs int64) {
	for _, w := range weights {
		var carry uint64
		lo, carry = bits.Add64(lo, uint64(w), 0)
		hi += carry
		signs |= w
	}
	return hi, lo, signs
}

// magnitude is |x|, also of the smallest int64.
func magnitude(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}

func even(weights []int64) bool {
	for _, w := range weights[1:] {
		if w != weights[0] {
			return false
		}
	}
	return true
}

func splitEven(parts []int64, abs uint64) {
	n := uint64(len(parts))
	each, left := abs/n, abs%n
	for i := range parts {
		parts[i] = int64(each)
		if uint64(i) < left {
			parts[i]++
		}
	}
}

// splitNarrow splits by weights whose sum fits 64 bits.
func splitNarrow(parts []int64, abs uint64, weights []int64, sum uint64) {
	var buffer [small]uint64
	rest := buffer[:]
	if len(parts) > small {
		rest = make([]uint64, len(parts))
	}
	rest = rest[:len(parts)]
	left := abs
	for i, w := range weights {
		hi, lo := bits.Mul64(abs, uint64(w))
		var whole uint64
		whole, rest[i] = bits.Div64(hi, lo, sum)
		parts[i] = int64(whole)
		left -= whole
	}
	if len(parts) > small {
		for _, i := range ranked(len(parts), func(i, j int) int { return cmp.Compare(rest[j], rest[i]) })[:left] {
			parts[i]++
		}
		return
	}
	for range left {
		most := largest(rest)
		parts[most]++
		rest[most] = 0
	}
}

// largest returns the position of the largest number, the first of equal ones.
func largest(numbers []uint64) int {
	most := 0
	for i, x := range numbers {
		if x > numbers[most] {
			most = i
		}
	}
	return most
}

// ranked returns the positions below n in the order of compare, equal ones in
// their own.
func ranked(n int, compare func(i, j int) int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Or(compare(i, j), i-j) })
	return order
}

// refuse returns what is wrong with weights.
func refuse(needed bool, weights []int64) error {
	var faults success.Errors
	checkWeights(needed, weights, &faults)
	return faults.Err()
}

func checkWeights(needed bool, weights []int64, faults *success.Errors) {
	some := false
	for i, w := range weights {
		if w < 0 {
			faults.Add(&success.InputError{Record: "weight", Index: i, Value: strconv.FormatInt(w, 10), Err: success.ErrNegative})
		}
		some = some || w != 0
	}
	if needed && !some {
		faults.Add(&success.InputError{Record: "weights", Index: -1, Err: fault.New(success.ErrMissing, "none is above 0, to get the amount")})
	}
}
