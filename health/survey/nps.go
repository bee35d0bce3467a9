package survey

import (
	"math"

	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// maxAnswers is how many answers there may be: a float64 holds all counts up to
// it exactly.
const maxAnswers = 1 << 50

// An NPS counts the answers, from 0 to 10, to the question whether one would
// recommend. The zero value has none. NPS of parts add up.
type NPS struct {
	Detractors int64 `json:"detractors"` // answers 0 to 6
	Passives   int64 `json:"passives"`   // answers 7 and 8
	Promoters  int64 `json:"promoters"`  // answers 9 and 10
}

// NPSOf counts answers, in any order. Answers that are not whole numbers from 0
// to 10 are errors ([success.ErrRange]).
func NPSOf(answers []float64) (NPS, error) {
	var n NPS
	var faults success.Errors
	for i, a := range answers {
		n.add(a, i, &faults)
	}
	if err := faults.Err(); err != nil {
		return NPS{}, err
	}
	return n, nil
}

// Add counts an answer. One that is not a whole number from 0 to 10 is an error
// ([success.ErrRange]) and is not counted.
func (n *NPS) Add(answer float64) error {
	var faults success.Errors
	n.add(answer, -1, &faults)
	return faults.Err()
}

func (n *NPS) add(answer float64, index int, faults *success.Errors) {
	switch {
	case !whole(answer, 0, 10):
		faults.Add(offScale(answer, index, 0, 10))
	case answer >= 9:
		n.Promoters++
	case answer >= 7:
		n.Passives++
	default:
		n.Detractors++
	}
}

// whole reports whether an answer is a whole number of a scale.
func whole(answer float64, from, to int) bool {
	return answer >= float64(from) && answer <= float64(to) && answer == math.Trunc(answer)
}

func offScale(answer float64, index, from, to int) *success.InputError {
	return &success.InputError{Record: "answer", Index: index, Value: check.Number(answer),
		Err: fault.New(success.ErrRange, "is not a whole number from %d to %d", from, to)}
}

// Merge adds the answers of other.
func (n *NPS) Merge(other NPS) {
	n.Detractors += other.Detractors
	n.Passives += other.Passives
	n.Promoters += other.Promoters
}

// Answers returns how many answers there are.
func (n NPS) Answers() int64 { return n.Detractors + n.Passives + n.Promoters }

// Score returns the net promoter score, from −1 to 1; it is often shown times
// 100, as a number without a unit.
//
//	(Promoters − Detractors) / Answers
//
// Without answers it is undefined. Source: F. F. Reichheld, The one number you
// need to grow, Harvard Business Review (2003).
func (n NPS) Score() success.Ratio {
	return success.RatioOf(int(n.Promoters-n.Detractors), int(n.Answers()))
}

// An NPSResult is a net promoter score with what is known of its error.
type NPSResult struct {
	Answers  int64            `json:"n"`
	Estimate success.Estimate `json:"estimate"` // the score, with its adjusted Wald interval within [−1, 1]
	Variance success.Figure   `json:"variance"` // of one answer, as 1, 0 or −1: (Promoters + Detractors)/Answers − score²
	StdErr   success.Figure   `json:"std_err"`  // of the score: √(Variance/Answers)
	Center   success.Figure   `json:"center"`   // of the interval, before it is cut and widened: the adjusted score
}

// Result returns the score with its interval at the given level, 0 meaning 0.95.
//
// The interval is the adjusted Wald interval: the score and standard error of
// the same answers and three more, of which ¾ are promoters, ¾ detractors and 1½
// passives. It is cut to [−1, 1], and widened where the score would lie outside
// of it, as that of one answer would. Without answers all is undefined.
//
// Counts that are negative ([success.ErrNegative]) or more than 2⁵⁰, and a level
// outside (0, 1), are errors ([success.ErrRange]).
//
// Sources: B. Rocks, Interval estimation for the net promoter score, The American
// Statistician 70 (2016); J. Sauro and J. R. Lewis, Quantifying the User
// Experience.
func (n NPS) Result(level float64) (NPSResult, error) {
	var faults success.Errors
	z := check.Level(level, &faults)
	n.check("nps", &faults)
	if err := faults.Err(); err != nil {
		return NPSResult{}, err
	}
	r := NPSResult{Answers: n.Answers()}
	if r.Answers == 0 {
		return r, nil
	}
	observed, adjusted := n.moments(0), n.moments(1)
	half := z * math.Sqrt(adjusted.errVar)
	r.Estimate = around(observed.score, adjusted.score, half, 1)
	r.Variance = success.FigureOf(observed.variance)
	r.StdErr = success.FigureOf(math.Sqrt(observed.errVar))
	r.Center = success.FigureOf(adjusted.score)
	return r, nil
}

func (n NPS) check(record string, faults *success.Errors) {
	total := int64(0)
	for _, c := range []struct {
		field string
		count int64
	}{{"Detractors", n.Detractors}, {"Passives", n.Passives}, {"Promoters", n.Promoters}} {
		checkCount(record, -1, c.field, c.count, &total, faults)
	}
}

// moments are the score of answers, and the variances of one of them and of the
// score.
type moments struct{ score, variance, errVar float64 }

// moments takes the answers with so many times three more.
func (n NPS) moments(adjust float64) moments {
	total := float64(n.Answers()) + 3*adjust
	promoters, detractors := (float64(n.Promoters)+0.75*adjust)/total, (float64(n.Detractors)+0.75*adjust)/total
	m := moments{score: promoters - detractors}
	m.variance = max(0, promoters+detractors-m.score*m.score)
	m.errVar = m.variance / total
	return m
}

// around returns a value with the interval center ± half, cut to [−most, most]
// and widened to hold the value.
func around(value, center, half, most float64) success.Estimate {
	return success.EstimateOf(value, min(value, max(-most, center-half)), max(value, min(most, center+half)))
}

// A Change is a difference between the scores of two groups or periods.
type Change struct {
	Estimate success.Estimate `json:"estimate"` // later score minus earlier, within [−2, 2]
	StdErr   success.Figure   `json:"std_err"`  // of the difference, adjusted
	Center   success.Figure   `json:"center"`   // of the interval, before it is cut and widened: the difference of the adjusted scores
}

// Since returns by how much the score has changed since an earlier period, or
// differs from that of another group, with the interval at the given level, 0
// meaning 0.95. The answers must be of different people, or surveys far enough
// apart to be taken as independent.
//
// The interval is centred at the difference of the adjusted scores, its variance
// is the sum of theirs (see [NPS.Result]); it is cut to [−2, 2], and widened
// where the difference would lie outside of it. If it contains 0, the answers
// do not tell whether anything has changed. Without answers on either side all
// is undefined. Errors are those of Result.
func (n NPS) Since(earlier NPS, level float64) (Change, error) {
	var faults success.Errors
	z := check.Level(level, &faults)
	n.check("nps", &faults)
	earlier.check("earlier", &faults)
	if err := faults.Err(); err != nil {
		return Change{}, err
	}
	if n.Answers() == 0 || earlier.Answers() == 0 {
		return Change{}, nil
	}
	a, b := n.moments(1), earlier.moments(1)
	se, center := math.Sqrt(a.errVar+b.errVar), a.score-b.score
	return Change{
		Estimate: around(n.moments(0).score-earlier.moments(0).score, center, z*se, 2),
		StdErr:   success.FigureOf(se),
		Center:   success.FigureOf(center),
	}, nil
}
