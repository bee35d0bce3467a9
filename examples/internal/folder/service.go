package folder

import (
	"encoding"
	"time"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
)

func serviceTables() []table {
	return []table{
		{
			file:     "interactions.csv",
			required: []string{"id", "account", "at"},
			optional: []string{"kind", "initiative", "format", "channel", "agent", "contact", "minutes",
				"first_reply_at", "solved_at", "replies", "reopens"},
			keys: []string{"id"},
			add:  addInteraction,
		}, {
			file:     "surveys.csv",
			required: []string{"account", "at", "survey", "score"},
			optional: []string{"scale", "agent", "interaction", "mentions_service"},
			add:      addSurvey,
		}, {
			file:     "usage.csv",
			required: []string{"account", "date", "measure", "value"},
			add:      addUsage,
		}, {
			file:     "goals.csv",
			required: []string{"account", "goal", "start", "due"},
			optional: []string{"achieved", "state"},
			add:      addGoal,
		}, {
			file:     "contacts.csv",
			required: []string{"account", "contact", "since"},
			optional: []string{"role", "until"},
			add:      addContact,
		}, {
			file:     "help.csv",
			required: []string{"account", "began"},
			add:      addHelp,
		},
	}
}

func addInteraction(f *Folder, r *row) {
	i := success.Interaction{
		ID:           success.InteractionID(r.text("id")),
		Account:      success.AccountID(r.text("account")),
		At:           r.moment("at"),
		Kind:         r.text("kind"),
		Channel:      r.text("channel"),
		Agent:        r.text("agent"),
		Contact:      r.text("contact"),
		Effort:       r.minutes("minutes"),
		FirstReplyAt: r.moment("first_reply_at"),
		SolvedAt:     r.moment("solved_at"),
		Replies:      int(r.whole("replies")),
		Reopens:      int(r.whole("reopens")),
	}
	r.name("initiative", &i.Initiative, "is none of reactive, proactive")
	r.name("format", &i.Format, "is none of one-to-one, one-to-many, self-service")
	f.Interactions = keep(f.Interactions, i, r)
}

// name reads a word that the library knows.
func (r *row) name(column string, into encoding.TextUnmarshaler, otherwise string) {
	if into.UnmarshalText([]byte(r.text(column))) != nil {
		r.refuse(column, because(success.ErrUnknown, "%s", otherwise))
	}
}

// minutes reads a number of minutes, with a fraction if need be.
func (r *row) minutes(column string) time.Duration {
	d := r.amount(column)
	if !r.bad && !sane(d) || d.Abs().GreaterThan(decimal.NewFromInt(maxMinutes)) {
		r.refuse(column, success.ErrRange)
		return 0
	}
	return time.Duration(d.Mul(decimal.NewFromInt(int64(time.Minute))).IntPart())
}

// maxMinutes is a century.
const maxMinutes = 100 * 366 * 24 * 60

func addSurvey(f *Folder, r *row) {
	s := Survey{
		Account:         success.AccountID(r.need("account")),
		At:              r.needMoment("at"),
		Kind:            r.word("survey", "nps", "csat", "ces"),
		Agent:           r.text("agent"),
		Interaction:     success.InteractionID(r.text("interaction")),
		MentionsService: r.yes("mentions_service"),
	}
	s.Scale = r.scale(s.Kind)
	if r.needed("score") && !r.bad {
		low := int64(1)
		if s.Kind == "nps" {
			low = 0
		}
		s.Score = r.between("score", low, int64(s.Scale))
	}
	f.Surveys = keep(f.Surveys, s, r)
}

// scale reads the highest score of a survey, which has a usual one.
func (r *row) scale(survey string) int {
	if r.text("scale") != "" {
		if survey == "nps" {
			return r.between("scale", 10, 10)
		}
		return r.between("scale", 2, 100)
	}
	switch survey {
	case "csat":
		return 5
	case "ces":
		return 7
	}
	return 10
}

func addUsage(f *Folder, r *row) {
	u := Usage{
		Account: success.AccountID(r.need("account")),
		Date:    r.needDay("date"),
		Measure: r.need("measure"),
		Value:   r.bounded("value"),
	}
	f.Usage = keep(f.Usage, u, r)
}

func addGoal(f *Folder, r *row) {
	g := Goal{
		Account:  success.AccountID(r.need("account")),
		Goal:     r.need("goal"),
		Start:    r.needDay("start"),
		Due:      r.needDay("due"),
		Achieved: r.day("achieved"),
		State:    r.text("state"),
	}
	r.notBefore("due", g.Due, "start", g.Start)
	r.notBefore("achieved", g.Achieved, "start", g.Start)
	f.Goals = keep(f.Goals, g, r)
}

// notBefore finds a fault with a day, if there is one, that lies before another.
func (r *row) notBefore(column string, day success.Date, other string, start success.Date) {
	if !r.bad && !day.IsZero() && day.Before(start) {
		r.refuse(column, because(success.ErrOrder, "is before %s %s", other, start))
	}
}

func addContact(f *Folder, r *row) {
	c := Contact{
		Account: success.AccountID(r.need("account")),
		Contact: r.need("contact"),
		Role:    r.text("role"),
		Since:   r.needDay("since"),
		Until:   r.day("until"),
	}
	r.notBefore("until", c.Until, "since", c.Since)
	f.Contacts = keep(f.Contacts, c, r)
}

func addHelp(f *Folder, r *row) {
	h := Help{
		Account: success.AccountID(r.need("account")),
		Began:   r.needDay("began"),
	}
	f.Help = keep(f.Help, h, r)
}
