package survey

import (
	"slices"
	"strconv"

	"metrics.internal/success"
	"metrics.internal/success/internal/fault"
	"metrics.internal/success/internal/interval"
)

// MaxScale is the longest scale that is taken.
const MaxScale = 100

// Answers are those to a question with a scale from 1 to a number such as 5 or
// 7. The zero value has none, and no scale yet. Answers of parts add up.
type Answers struct {
	counts []int64 // by answer, from 1
	asked  int64   // 0 when unknown
}

// AnswersOf counts answers on a scale from 1 to scale, in any order. It reports,
// as [success.Errors], a scale outside 2 to [MaxScale] and answers that are not
// whole numbers of it ([success.ErrRange]).
func AnswersOf(scale int, answers []float64) (Answers, error) {
	var faults success.Errors
	if scale < 2 || scale > MaxScale {
		faults.Add(&success.InputError{Record: "scale", Index: -1, Value: strconv.Itoa(scale), Err: fault.New(success.ErrRange, "is not from 2 to %d", MaxScale)})
		return Answers{}, faults.Err()
	}
	a := Answers{counts: make([]int64, scale)}
	for i, answer := range answers {
		if whole(answer, 1, scale) {
			a.counts[int(answer)-1]++
		} else {
			faults.Add(offScale(answer, i, 1, scale))
		}
	}
	if err := faults.Err(); err != nil {
		return Answers{}, err
	}
	return a, nil
}

// AnswersByCount returns as many answers of 1, 2, 3 and so on as are given. It
// reports, as [success.Errors], counts of a scale outside 2 to [MaxScale]
// ([success.ErrRange]), negative counts ([success.ErrNegative]) and counts that
// come to more than 2⁵⁰ ([success.ErrRange]).
func AnswersByCount(counts ...int64) (Answers, error) {
	var faults success.Errors
	total := int64(0)
	for i, n := range counts {
		checkCount("count", i, "", n, &total, &faults)
	}
	a, err := AnswersOf(len(counts), nil)
	if all, ok := err.(*success.Errors); ok {
		faults.Merge(all)
	}
	if err := faults.Err(); err != nil {
		return Answers{}, err
	}
	copy(a.counts, counts)
	return a, nil
}

// checkCount adds a count to a total, and reports one that is negative or too
// many.
func checkCount(record string, index int, field string, n int64, total *int64, faults *success.Errors) {
	var err error
	switch {
	case n < 0:
		err = success.ErrNegative
	case n > maxAnswers-*total:
		err = fault.New(success.ErrRange, "makes more than 2⁵⁰ answers")
	default:
		*total += n
		return
	}
	faults.Add(&success.InputError{Record: record, Index: index, Field: field, Value: strconv.FormatInt(n, 10), Err: err})
}

// WithAsked returns the same answers with the number of people who were asked, 0
// meaning that it is unknown. A negative number ([success.ErrNegative]) and one
// below the number of answers ([success.ErrRange]) are errors.
func (a Answers) WithAsked(asked int64) (Answers, error) {
	var faults success.Errors
	add := func(err error) {
		faults.Add(&success.InputError{Record: "asked", Index: -1, Value: strconv.FormatInt(asked, 10), Err: err})
	}
	switch {
	case asked < 0:
		add(success.ErrNegative)
	case asked > 0 && asked < a.Count():
		add(fault.New(success.ErrRange, "is less than %d answers", a.Count()))
	}
	if err := faults.Err(); err != nil {
		return Answers{}, err
	}
	a.asked = asked
	return a, nil
}

// Plus returns the answers of both. How many were asked is known when it is
// known of both, or of one while the other has no answers. Answers on another
// scale are an error ([success.ErrRange]).
func (a Answers) Plus(b Answers) (Answers, error) {
	switch {
	case b.Scale() == 0:
		return a, nil
	case a.Scale() == 0:
		return b, nil
	case a.Scale() != b.Scale():
		var faults success.Errors
		faults.Add(&success.InputError{Record: "answers", Index: -1, Field: "Scale", Value: strconv.Itoa(b.Scale()), Err: fault.New(success.ErrRange, "is not %d, that of the others", a.Scale())})
		return Answers{}, faults.Err()
	}
	sum := Answers{counts: slices.Clone(a.counts)}
	for i, n := range b.counts {
		sum.counts[i] += n
	}
	if (a.asked > 0 || a.Count() == 0) && (b.asked > 0 || b.Count() == 0) {
		sum.asked = a.asked + b.asked
	}
	return sum, nil
}

// Scale returns the highest answer there is, 0 for the zero value.
func (a Answers) Scale() int { return len(a.counts) }

// Count returns how many answers there are.
func (a Answers) Count() int64 {
	n := int64(0)
	for _, c := range a.counts {
		n += c
	}
	return n
}

// ResponseRate returns the share of those asked who answered, undefined when it
// is not known how many were.
func (a Answers) ResponseRate() success.Ratio {
	return success.RatioOf(int(a.Count()), int(a.asked))
}

// Mean returns the mean answer, from 1 to the scale, undefined without answers.
func (a Answers) Mean() success.Ratio { return success.RatioOf(int(a.sum()), int(a.Count())) }

func (a Answers) sum() int64 {
	sum := int64(0)
	for i, n := range a.counts {
		sum += int64(i+1) * n
	}
	return sum
}

// above returns how many answers are greater than twice/2.
func (a Answers) above(twice int) int64 {
	n := int64(0)
	for i, c := range a.counts {
		if 2*(i+1) > twice {
			n += c
		}
	}
	return n
}

// height returns (mean − 1)/(scale − 1) as a fraction.
func (a Answers) height() (num, den int64) {
	n := a.Count()
	return a.sum() - n, n * int64(a.Scale()-1)
}

// wilson returns the interval of a share, stretched over [from, to]. Of a mean
// of answers it is on the safe side: no answers of that mean vary more than ones
// that are all at either end of the scale.
func wilson(num, den, n int64, z, from, to float64) success.Estimate {
	if n == 0 {
		return success.Estimate{}
	}
	share := float64(num) / float64(den)
	lower, upper := interval.Wilson(share*float64(n), float64(n), z)
	stretch := func(x float64) float64 { return from + x*(to-from) }
	return success.EstimateOf(stretch(share), stretch(min(lower, share)), stretch(max(upper, share)))
}
