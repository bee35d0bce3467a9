package report

import (
	"errors"
	"fmt"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/examples/internal/scoring"
	"metrics.internal/success/health/support"
	"metrics.internal/success/health/survey"
)

// SupportFigures say how soon customers were served in the period.
type supportFigures struct {
	tally *support.Tally
	times support.Times
	mix   support.Mix // of all interactions
}

// reactive returns the share of threads that the customer began, of those of which
// it is known.
func (f *supportFigures) reactive() success.Ratio {
	return success.RatioOf(f.mix.Reactive, f.mix.Reactive+f.mix.Proactive)
}

// answered returns the answers to one question in the period.
func (s source) answered(kind string) (rows []folder.Survey) {
	for _, row := range s.Surveys {
		if row.Kind == kind && s.period.Contains(success.DateOf(row.At)) {
			rows = append(rows, row)
		}
	}
	return rows
}

// listen measures what customers answered in the period.
func (h *Health) listen(s source) error {
	if rows := s.answered("nps"); len(rows) > 0 {
		nps, err := survey.NPSOf(scoring.Scores(rows))
		if err != nil {
			return err
		}
		result, err := nps.Result(0)
		if err != nil {
			return err
		}
		h.nps = &result
	}
	rows := s.answered("csat")
	if len(rows) == 0 {
		return nil
	}
	answers, others, err := scoring.AnswersOf(rows)
	if err != nil || answers.Scale() < 3 {
		return err // the two highest answers of a scale of two are all there are
	}
	if others > 0 {
		h.notes = append(h.notes, fmt.Sprintf("csat: %s on another scale than 1 to %d left out", Plural(others, "answer"), answers.Scale()))
	} else if asked := s.asked(rows); int64(asked) >= answers.Count() {
		if answers, err = answers.WithAsked(int64(asked)); err != nil {
			return err
		}
	}
	result, err := answers.Satisfaction(survey.TopTwoBox, 0)
	h.csat = &result
	return err
}

// asked returns how many people were asked if everybody was whose ticket was
// solved in the period, 0 when it is unknown because answers name no ticket.
func (s source) asked(rows []folder.Survey) int {
	asked := map[success.InteractionID]bool{}
	for _, row := range rows {
		if row.Interaction == "" {
			return 0
		}
		asked[row.Interaction] = true
	}
	for _, i := range s.Interactions {
		if scoring.IsTicket(i) && !i.SolvedAt.IsZero() && s.period.Contains(success.DateOf(i.SolvedAt)) {
			asked[i.ID] = true
		}
	}
	return len(asked)
}

// serve measures how customers were served who began a thread in the period.
func (h *Health) serve(s source) error {
	if !s.Has("interactions.csv") {
		return nil
	}
	if year := s.asOf.Year(); year < support.FirstYear || year > support.LastYear {
		h.notes = append(h.notes, fmt.Sprintf("support is not measured as of %s: not within the years %d to %d", s.asOf, support.FirstYear, support.LastYear))
		return nil
	}
	var tickets, all []support.Ticket
	var rows []int // of tickets, among the interactions
	for i, interaction := range s.Interactions {
		if !s.period.Contains(success.DateOf(interaction.At)) {
			continue
		}
		ticket := support.Ticket{Interaction: interaction}
		all = append(all, ticket)
		if scoring.IsTicket(interaction) {
			tickets, rows = append(tickets, ticket), append(rows, i)
		}
	}
	options := support.Options{AsOf: s.asOf.Time(time.UTC)}
	tally, err := support.TallyOf(tickets, options)
	if err != nil {
		return s.ofInteractions(err, rows)
	}
	mix, err := support.TallyOf(all, options)
	if err != nil {
		return err
	}
	h.support = &supportFigures{tally: tally, mix: mix.Mix}
	if n := tally.RepliedAfterSolved; n > 0 {
		h.notes = append(h.notes, fmt.Sprintf("interactions.csv: %s a first reply after the solution", Plural(n, "ticket")+[]string{" have", " has"}[place(n == 1)]))
	}
	h.support.times, err = tally.Times(support.KaplanMeier)
	return err
}

// ofInteractions says in which rows the faults of tickets are.
func (s source) ofInteractions(err error, rows []int) error {
	var faults *success.Errors
	if !errors.As(err, &faults) {
		return err
	}
	var moved success.Errors
	for _, f := range faults.Faults {
		fault := *f
		if fault.Index >= 0 {
			fault.Record, fault.Index = "interaction", rows[fault.Index]
		}
		moved.Add(&fault)
	}
	return s.Mapped(moved.Err())
}
