package journey

import (
	"math"
	"math/bits"
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// MaxPlayers is how many keys a game can have for [Values], which visits each of
// their 2ⁿ sets.
const MaxPlayers = 20

// Values returns the Shapley values of n keys in a game given by the worth of each
// set of them: worth[s] is that of the keys i for which bit i of s is set, so that
// there are 2ⁿ worths and worth[0] is that of no key. The value of a key is what it
// adds to a set, averaged over all orders in which the keys may come together,
//
//	φ(i) = Σ over sets S without i of |S|! (n−|S|−1)! / n! · (worth(S ∪ {i}) − worth(S))
//
// Values add up to the worth of all keys less that of none, and may be below 0. It
// takes n·2ⁿ⁻¹ steps.
//
// Worths that are no 2ⁿ with n from 1 to [MaxPlayers] are an error, and those that
// are infinite, not a number, or above 10¹⁵⁰ either way ([success.ErrRange]).
//
// Source: Shapley, A value for n-person games, Contributions to the Theory of Games
// II, 1953.
func Values(worth []float64) ([]float64, error) {
	if err := checkWorths(worth); err != nil {
		return nil, err
	}
	return values(worth), nil
}

func values(worth []float64) []float64 {
	all := make([]float64, bits.Len(uint(len(worth)))-1)
	for i := range all {
		all[i] = value(worth, len(all), i)
	}
	return all
}

// value sums what key i adds, by the size of the set it joins, and weighs each
// sum once.
func value(worth []float64, n, i int) float64 {
	var added [MaxPlayers]float64
	bit := 1 << i
	for high := 0; high < len(worth); high += 2 * bit {
		for s := high; s < high+bit; s++ {
			added[bits.OnesCount(uint(s))] += worth[s|bit] - worth[s]
		}
	}
	sum, sets := 0.0, 1.0 // sets of each size without i
	for size := range n {
		sum += added[size] / (float64(n) * sets)
		sets = sets * float64(n-1-size) / float64(size+1)
	}
	return sum
}

// Within returns, for each set of keys, the sum of what all sets within it are
// given, itself included: it makes the worths that [Values] takes of what each set
// brought in on its own. It takes as many steps as [Values], and has the same
// errors.
func Within(own []float64) ([]float64, error) {
	if err := checkWorths(own); err != nil {
		return nil, err
	}
	sums := make([]float64, len(own))
	copy(sums, own)
	within(sums)
	return sums, nil
}

// within adds to each set what the sets within it have, in place.
func within[T int64 | float64](sums []T) {
	for bit := 1; bit < len(sums); bit *= 2 {
		for high := 0; high < len(sums); high += 2 * bit {
			for s := high; s < high+bit; s++ {
				sums[s|bit] += sums[s]
			}
		}
	}
}

// Shares returns what each Shapley value is of all of them, so that a total can be
// credited in proportion. Shares may be below 0 and above 1 and add up to 1, but
// for rounding. Values that do not add up to more than 0 have none, which is an
// error, as is one that is infinite or not a number ([success.ErrRange]).
func Shares(values []float64) ([]float64, error) {
	var faults success.Errors
	sum := 0.0
	for i, v := range values {
		checkFinite("value", i, v, math.MaxFloat64, &faults)
		sum += v
	}
	if faults.Count == 0 && !(sum > 0 && sum <= math.MaxFloat64) {
		faults.Add(&success.InputError{Record: "values", Index: -1, Value: check.Number(sum), Err: fault.New(success.ErrRange, "is no sum above 0 to have shares of")})
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	shares := make([]float64, len(values))
	for i, v := range values {
		shares[i] = v / sum
	}
	return shares, nil
}

// maxWorth keeps sums of worths far from what float64 can hold.
const maxWorth = 1e150

func checkWorths(worth []float64) error {
	var faults success.Errors
	if n := len(worth); n < 2 || n > 1<<MaxPlayers || n&(n-1) != 0 {
		faults.Add(&success.InputError{Record: "worths", Index: -1, Value: strconv.Itoa(n), Err: fault.New(success.ErrRange, "is no 2^n with n from 1 to %d", MaxPlayers)})
	}
	for i, v := range worth {
		checkFinite("worth", i, v, maxWorth, &faults)
	}
	return faults.Err()
}

func checkFinite(record string, index int, v, most float64, faults *success.Errors) {
	if !(math.Abs(v) <= most) {
		faults.Add(&success.InputError{Record: record, Index: index, Value: check.Number(v), Err: fault.New(success.ErrRange, "is not between -%g and %g", most, most)})
	}
}
