package help

import (
	"metrics.internal/success"
	"metrics.internal/success/cohort/proportion"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// A Comment is a text that a customer left with a score.
type Comment struct {
	Score   int  // likelihood to recommend, 0 to 10
	Service bool // the text speaks of service or support
}

// A Voice says how much customers talk of service.
type Voice struct {
	Promoters  proportion.Share // with a score of 9 or 10: those who speak of service, out of all
	Passives   proportion.Share // with a score of 7 or 8
	Detractors proportion.Share // with a score up to 6
	All        success.Estimate // share that speaks of service, with its Wilson interval
	Difference success.Estimate // share of promoters less share of detractors, with Newcombe's interval; undefined when either are none
}

// VoiceOf counts the comments that speak of service among promoters, passives
// and detractors. Promoters who speak of it more than detractors do are praising
// it; the other way round it is what they complain of. It reports scores outside
// 0 to 10 ([success.ErrRange]), no comments ([success.ErrMissing]) and a level
// outside (0, 1); level 0 means 0.95.
func VoiceOf(comments []Comment, level float64) (Voice, error) {
	var faults success.Errors
	check.Level(level, &faults)
	if len(comments) == 0 {
		faults.Add(&success.InputError{Record: "comments", Index: -1, Err: success.ErrMissing})
	}
	var v Voice
	var all proportion.Share
	for i, c := range comments {
		if c.Score < 0 || c.Score > 10 {
			faults.Add(&success.InputError{Record: "comment", Index: i, Field: "Score", Value: check.Int(c.Score), Err: fault.New(success.ErrRange, "is not between 0 and 10")})
			continue
		}
		for _, s := range []*proportion.Share{v.group(c.Score), &all} {
			s.Total++
			if c.Service {
				s.Count++
			}
		}
	}
	if err := faults.Err(); err != nil {
		return Voice{}, err
	}
	v.All, _ = proportion.Wilson(all, level) // a share of at least one comment
	if v.Promoters.Total > 0 && v.Detractors.Total > 0 {
		c, _ := proportion.Compare(v.Promoters, v.Detractors, proportion.Options{Level: level})
		v.Difference = c.Difference
	}
	return v, nil
}

// group returns the share that a score belongs to.
func (v *Voice) group(score int) *proportion.Share {
	switch {
	case score >= 9:
		return &v.Promoters
	case score >= 7:
		return &v.Passives
	}
	return &v.Detractors
}
