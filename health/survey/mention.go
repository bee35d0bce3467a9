package survey

import (
	"metrics.internal/success"
	"metrics.internal/success/internal/check"
	"metrics.internal/success/internal/fault"
)

// An Answer is one to the question of [NPS], with whether its author wrote of
// service.
type Answer struct {
	Score    float64 // a whole number from 0 to 10
	Mentions bool    // the comment speaks of service or support
}

// Mentions counts who speaks of service. The zero value has no answers. Mentions
// of parts add up.
type Mentions struct {
	All       NPS `json:"all"`       // every answer
	Mentioned NPS `json:"mentioned"` // those that speak of service
}

// MentionsOf counts answers, in any order. Scores that are not whole numbers from
// 0 to 10 are errors ([success.ErrRange]).
func MentionsOf(answers []Answer) (Mentions, error) {
	var m Mentions
	var faults success.Errors
	for i, a := range answers {
		m.All.add(a.Score, i, &faults)
		if a.Mentions && whole(a.Score, 0, 10) {
			m.Mentioned.add(a.Score, i, &faults)
		}
	}
	if err := faults.Err(); err != nil {
		return Mentions{}, err
	}
	return m, nil
}

// Merge adds the answers of other.
func (m *Mentions) Merge(other Mentions) {
	m.All.Merge(other.All)
	m.Mentioned.Merge(other.Mentioned)
}

// A Part says how many of a group speak of service.
type Part struct {
	Mentioned int64            `json:"mentioned"`
	Answers   int64            `json:"answers"`
	Share     success.Estimate `json:"share"` // Mentioned / Answers, with Wilson's interval
	Lift      success.Figure   `json:"lift"`  // the share, as a multiple of that of all
}

// A MentionResult says who speaks of service.
type MentionResult struct {
	All        Part `json:"all"`
	Promoters  Part `json:"promoters"`
	Passives   Part `json:"passives"`
	Detractors Part `json:"detractors"`
}

// Result returns the shares with their intervals at the given level, 0 meaning
// 0.95. A lift above 1 says that a group speaks of service more often than all
// do: of promoters, that service is what they recommend; of detractors, that it
// is what they complain of. Shares of no answers, and lifts where nobody speaks of
// service, are undefined.
//
// Counts that are negative ([success.ErrNegative]), more than 2⁵⁰, or larger
// among those who mention service than among all, and a level outside (0, 1), are
// errors ([success.ErrRange]).
func (m Mentions) Result(level float64) (MentionResult, error) {
	var faults success.Errors
	z := check.Level(level, &faults)
	m.check(&faults)
	if err := faults.Err(); err != nil {
		return MentionResult{}, err
	}
	all := [2]int64{m.Mentioned.Answers(), m.All.Answers()}
	part := func(mentioned, answers int64) Part {
		lift := float64(mentioned) / float64(answers) / (float64(all[0]) / float64(all[1]))
		return Part{mentioned, answers, wilson(mentioned, answers, answers, z, 0, 1), success.FigureOf(lift)}
	}
	return MentionResult{
		All:        part(all[0], all[1]),
		Promoters:  part(m.Mentioned.Promoters, m.All.Promoters),
		Passives:   part(m.Mentioned.Passives, m.All.Passives),
		Detractors: part(m.Mentioned.Detractors, m.All.Detractors),
	}, nil
}

func (m Mentions) check(faults *success.Errors) {
	m.All.check("all", faults)
	m.Mentioned.check("mentioned", faults)
	more := func(field string, mentioned, all int64) {
		if mentioned > all && all >= 0 {
			faults.Add(&success.InputError{Record: "mentioned", Index: -1, Field: field, Value: check.Int(int(mentioned)), Err: fault.New(success.ErrRange, "is more than %d answers", all)})
		}
	}
	more("Detractors", m.Mentioned.Detractors, m.All.Detractors)
	more("Passives", m.Mentioned.Passives, m.All.Passives)
	more("Promoters", m.Mentioned.Promoters, m.All.Promoters)
}
