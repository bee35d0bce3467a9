package report

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
	"metrics.internal/success"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/examples/internal/scoring"
	"metrics.internal/success/health"
	"metrics.internal/success/health/alert"
	"metrics.internal/success/health/survey"
	"metrics.internal/success/retention"
)

// A Health says how well customers are, what they say, how they are
// served, who gets which touch, and what should be looked at. Parts without a
// file are nil.
type Health struct {
	Example   bool              // the scorecard is the one of folders that have none
	Paid      bool              // there are contracts, and revenue is known
	Exposures []health.Exposure // of every band, the worst first and Unknown last; none without a scorecard
	Tiers     *Tiers

	card    *health.Scorecard // nil without a file that a measure is made of
	day     success.Date      // revenue is of the close of the day before
	scores  []scored          // the worst first
	alerts  *alert.State
	nps     *survey.NPSResult
	csat    *survey.Satisfaction
	support *supportFigures
	names   map[success.AccountID]string
	notes   []string
}

// A scored is an account with its score.
type scored struct {
	health.Explanation
	revenue decimal.Decimal
}

// A source is what the sections are made from.
type source struct {
	*folder.Folder // as known before asOf
	files          fs.FS
	book           *retention.Book // nil without contracts
	period         success.Period
	asOf           success.Date
}

// newHealth computes the section, nil when no file speaks of it.
func newHealth(s source) (*Health, error) {
	h := &Health{Paid: s.book != nil, day: s.period.To, names: names(s.Accounts)}
	for _, part := range []func(source) error{h.score, h.listen, h.serve, h.assignTiers} {
		if err := part(s); err != nil {
			return nil, err
		}
	}
	if h.card == nil && h.nps == nil && h.csat == nil && h.support == nil && h.Tiers == nil {
		return nil, nil
	}
	return h, nil
}

// score scores accounts as of the day, and a quarter before to see what dropped.
func (h *Health) score(s source) error {
	card, example, err := scoring.Card(s.files)
	if err != nil || !slices.ContainsFunc(scoring.Files(), s.Has) {
		return err
	}
	h.card, h.Example = card, example
	mergers := slices.DeleteFunc(slices.Clone(s.Mergers), func(m retention.Merger) bool { return !m.On.Before(s.period.To) })
	now, err := scoring.FactsOf(s.Folder, mergers, s.asOf)
	if err != nil {
		return err
	}
	before := s.asOf.AddMonths(-monthsBefore)
	then, err := scoring.FactsOf(s.Folder, mergers, before)
	if err != nil {
		return err
	}
	h.notes = append(h.notes, now.Notes...)
	accounts, err := s.scorable(now)
	if err != nil {
		return err
	}
	var readings []alert.Reading
	for _, a := range accounts {
		if a.Explanation, err = card.Explain(now.Record(card, a.Account), s.asOf); err != nil {
			return err
		}
		h.scores = append(h.scores, a)
		earlier, err := card.Score(then.Record(card, a.Account), before)
		if err != nil {
			return err
		}
		readings = append(readings, h.reading(a, earlier, now.Of(a.Account), s.asOf))
	}
	h.order()
	if err := h.expose(); err != nil {
		return err
	}
	return h.alarm(readings, s.asOf)
}

// scorable returns the accounts to score: those that pay at the close, or without
// contracts those that any file names.
func (s source) scorable(facts *scoring.Facts) (accounts []scored, err error) {
	add := func(id success.AccountID, revenue decimal.Decimal) {
		var a scored
		a.Account, a.revenue = id, revenue
		accounts = append(accounts, a)
	}
	switch {
	case s.book != nil:
		lines, err := s.book.Lines(s.period)
		if err != nil {
			return nil, s.Mapped(err)
		}
		for _, l := range lines {
			if l.Closing.IsPositive() {
				add(l.Account, l.Closing)
			}
		}
	case s.Has("accounts.csv"):
		for _, a := range s.Accounts {
			add(a.ID, decimal.Decimal{})
		}
	default:
		for _, id := range facts.Accounts() {
			add(id, decimal.Decimal{})
		}
	}
	return accounts, nil
}

// order puts the worst scores first, those that are not known last, and of equal
// ones those with the most revenue.
func (h *Health) order() {
	worse := 1
	if h.card.Scale() == health.Risk {
		worse = -1
	}
	slices.SortFunc(h.scores, func(a, b scored) int {
		x, known := a.Effective.Points()
		y, both := b.Effective.Points()
		if known != both {
			return cmp.Compare(place(both), place(known))
		}
		return cmp.Or(worse*cmp.Compare(x, y), b.revenue.Cmp(a.revenue), strings.Compare(string(a.Account), string(b.Account)))
	})
}

func place(known bool) int {
	if known {
		return 1
	}
	return 0
}

// expose adds up revenue by band.
func (h *Health) expose() (err error) {
	stakes := make([]health.Stake, len(h.scores))
	for i, a := range h.scores {
		stakes[i] = health.Stake{Account: a.Account, Band: a.Band, Revenue: a.revenue}
	}
	h.Exposures, err = h.card.RevenueAtRisk(stakes)
	return err
}

// bands returns the bands from the worst to the best.
func (h *Health) bands() []string {
	bands := h.card.Bands()
	if h.card.Scale() == health.Risk {
		slices.Reverse(bands)
	}
	return bands
}

// atRisk returns the accounts in the worst of several bands.
func (h *Health) atRisk() map[success.AccountID]bool {
	atRisk := map[success.AccountID]bool{}
	if h == nil || h.card == nil || len(h.card.Bands()) < 2 {
		return atRisk
	}
	for _, a := range h.scores {
		if a.Band == h.bands()[0] {
			atRisk[a.Account] = true
		}
	}
	return atRisk
}

// headline returns the section in a few words.
func (h *Health) headline() string {
	if h == nil || h.card == nil {
		return ""
	}
	return fmt.Sprintf("%d of %d at risk", len(h.atRisk()), len(h.scores))
}

func (h *Health) name(id success.AccountID) string {
	if name := h.names[id]; name != "" {
		return name
	}
	return string(id)
}

func sortByRevenue(accounts []scored) {
	slices.SortStableFunc(accounts, func(a, b scored) int { return b.revenue.Cmp(a.revenue) })
}
