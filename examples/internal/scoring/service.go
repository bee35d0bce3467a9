package scoring

import (
	"metrics.internal/success"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/health"
	"metrics.internal/success/health/survey"
)

// Measures made of interactions.csv and surveys.csv.
const (
	ticketsName = "tickets"
	openName    = "open_tickets"
	touchName   = "days_since_touch"
	csatName    = "csat"
	npsName     = "nps"
)

// Days that the measures look back.
const (
	ticketDays = 90
	csatDays   = 180
	npsDays    = 365
)

// IsTicket reports whether a customer asked somebody for help: we did not begin
// the thread, and it is no self-service.
func IsTicket(i success.Interaction) bool {
	return i.Initiative != success.Proactive && i.Format != success.SelfService
}

// service reads tickets and touches. An account without tickets has 0 of them.
func (f *Facts) service() {
	if !f.known.Has("interactions.csv") {
		return
	}
	var newest success.Date
	solved := false // whether the file tells at all
	for _, i := range f.known.Interactions {
		if day := success.DateOf(i.At); day.After(newest) {
			newest = day
		}
		solved = solved || !i.SolvedAt.IsZero()
	}
	last := f.last(newest)
	none := &Fact{inputs: map[string]health.Input{}}
	none.count(ticketsName, 0, last)
	if solved {
		none.count(openName, 0, last)
	}
	for _, input := range none.inputs {
		f.common = append(f.common, input)
	}
	order, groups := byAccount(f, f.known.Interactions, func(i *success.Interaction) success.AccountID { return i.Account })
	for _, account := range order {
		f.serve(f.of(account), groups[account], last, solved)
	}
}

func (f *Facts) serve(fact *Fact, interactions []success.Interaction, last success.Date, solved bool) {
	tickets, open := 0, 0
	var touched success.Date
	for _, i := range interactions {
		day := success.DateOf(i.At)
		switch {
		case i.Initiative == success.Proactive:
			if day.After(touched) {
				touched = day
			}
		case IsTicket(i):
			if last.Sub(day) < ticketDays {
				tickets++
			}
			if i.SolvedAt.IsZero() {
				open++
			}
		}
	}
	fact.count(ticketsName, tickets, last)
	if solved {
		fact.count(openName, open, last)
	}
	if !touched.IsZero() {
		fact.count(touchName, f.asOf.Sub(touched), touched)
	}
}

// voice reads what customers answered.
func (f *Facts) voice() error {
	order, groups := byAccount(f, f.known.Surveys, func(s *folder.Survey) success.AccountID { return s.Account })
	for _, account := range order {
		fact := f.of(account)
		if err := f.satisfaction(fact, groups[account]); err != nil {
			return err
		}
		if err := f.promoters(fact, groups[account]); err != nil {
			return err
		}
	}
	return nil
}

// recent returns the answers to a question of the last days, and the newest day.
func (f *Facts) recent(rows []folder.Survey, kind string, days int) (recent []folder.Survey, newest success.Date) {
	for _, s := range rows {
		day := success.DateOf(s.At)
		if s.Kind != kind || f.asOf.Sub(day) > days {
			continue
		}
		recent = append(recent, s)
		if day.After(newest) {
			newest = day
		}
	}
	return recent, newest
}

func (f *Facts) satisfaction(fact *Fact, rows []folder.Survey) error {
	recent, newest := f.recent(rows, csatName, csatDays)
	answers, _, err := AnswersOf(recent)
	if err != nil || answers.Count() == 0 {
		return err
	}
	s, err := answers.Satisfaction(survey.Height, 0)
	if v, ok := s.Estimate.Value.Float64(); ok {
		fact.put(health.Number(csatName, v, newest))
	}
	return err
}

func (f *Facts) promoters(fact *Fact, rows []folder.Survey) error {
	recent, newest := f.recent(rows, npsName, npsDays)
	nps, err := survey.NPSOf(Scores(recent))
	fact.ratio(npsName, nps.Score(), newest)
	return err
}

// Scores returns the scores of answers.
func Scores(rows []folder.Survey) []float64 {
	scores := make([]float64, len(rows))
	for i, s := range rows {
		scores[i] = float64(s.Score)
	}
	return scores
}

// AnswersOf returns the answers on the scale that most are on, the longest of
// equal ones, and how many are on others: scales do not mix.
func AnswersOf(rows []folder.Survey) (answers survey.Answers, others int, err error) {
	byScale := map[int][]folder.Survey{}
	for _, s := range rows {
		byScale[s.Scale] = append(byScale[s.Scale], s)
	}
	scale := 0
	for s, on := range byScale {
		if n := len(byScale[scale]); len(on) > n || len(on) == n && s > scale {
			scale = s
		}
	}
	if scale == 0 {
		return survey.Answers{}, 0, nil
	}
	answers, err = survey.AnswersOf(scale, Scores(byScale[scale]))
	return answers, len(rows) - len(byScale[scale]), err
}
