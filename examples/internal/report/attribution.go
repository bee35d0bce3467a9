package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"metrics.internal/success"
	"metrics.internal/success/attribution"
	"metrics.internal/success/attribution/credit"
)

// An Attribution says what leads brought in, and which touches get the
// credit for deals.
type Attribution struct {
	Currency   string // empty when nothing names one
	Sources    attribution.Table
	Agents     attribution.Table   // of service leads
	Target     *attribution.Target // nil without targets.json
	Touched    bool                // there is a file of touches
	Influenced attribution.Influenced
	Models     []Modelled
	Window     int // days before a sale that a touch counts, 0 for all

	everyAgent attribution.Table
	outcomes   attribution.Outcomes
	notes      []string
}

// A Modelled is how one model shares the revenue of the period, nil when it has
// nothing to learn from.
type Modelled struct {
	Name  string
	split *credit.Split
}

// newAttribution computes the section, nil without deals.csv and leads.csv.
func newAttribution(o *Options, s source) (*Attribution, error) {
	if !s.Has("deals.csv") && !s.Has("leads.csv") {
		return nil, nil
	}
	a := &Attribution{Currency: reporting(o, s), Touched: s.Has("touches.csv"), Window: o.window}
	records, choices := s.Sales(a.Currency)
	choices.AsOf = s.asOf
	pipeline, err := attribution.NewPipeline(records, choices)
	if err != nil {
		return nil, s.refused(err)
	}
	currencies := pipeline.Currencies()
	if len(currencies) > 1 {
		return nil, wrongUsage("deals are in several currencies and none was named to report in: use -currency")
	}
	a.Currency = currencies[0]
	for _, part := range []func(*attribution.Pipeline, source) error{a.tabulate, a.aim, a.influence, func(p *attribution.Pipeline, s source) error {
		return a.share(p, s, o.model)
	}} {
		if err := part(pipeline, s); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// reporting returns the currency to report in, empty when nothing names one.
func reporting(o *Options, s source) string {
	if s.book != nil {
		return cmp.Or(o.currency, s.book.Currency())
	}
	return o.currency
}

// refused returns the faults of an error by file and line.
func (s source) refused(err error) error {
	return fmt.Errorf("the folder is refused\n%w", s.Mapped(err))
}

// tabulate counts leads and deals by source and by agent.
func (a *Attribution) tabulate(p *attribution.Pipeline, s source) (err error) {
	a.outcomes = p.Outcomes()
	ask := func(by attribution.Cut, source attribution.Source) (t attribution.Table) {
		if err == nil {
			t, err = p.Table(attribution.Query{Period: s.period, By: by, Source: source})
		}
		return t
	}
	a.Sources = ask(attribution.BySource, attribution.SourceUnknown)
	a.everyAgent = ask(attribution.ByAgent, attribution.SourceUnknown)
	a.Agents = ask(attribution.ByAgent, attribution.Service)
	return err
}

// targetFile is what targets.json says: how much net revenue the deals of a
// source, or all, closed in a period are to bring.
//
//	{"amount": "250000", "currency": "EUR", "source": "service", "from": "2025-01-01", "to": "2026-01-01"}
//
// Without from and to it is the period of the report.
type targetFile struct {
	attribution.Goal
	Source attribution.Source `json:"source"`
	From   success.Date       `json:"from"`
	To     success.Date       `json:"to"`
}

// aim compares revenue with the target of the folder.
func (a *Attribution) aim(p *attribution.Pipeline, s source) error {
	const name = "targets.json"
	data, err := fs.ReadFile(s.files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var t targetFile
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		err = d.Decode(&t)
	}
	if err == nil {
		t.Currency = cmp.Or(t.Currency, a.Currency)
		period := success.Period{From: s.period.From, To: s.period.To}
		if !t.From.IsZero() || !t.To.IsZero() {
			period = success.Period{From: t.From, To: t.To}
		}
		var target attribution.Target
		target, err = p.Target(attribution.Query{Period: period, Source: t.Source}, t.Goal)
		a.Target = &target
	}
	if err != nil {
		return fmt.Errorf("the folder is refused\n%s: %w", name, err)
	}
	return nil
}

// span is the window in which touches count.
func (a *Attribution) span() time.Duration { return time.Duration(a.Window) * 24 * time.Hour }

func (a *Attribution) influence(p *attribution.Pipeline, s source) (err error) {
	if a.Touched {
		a.Influenced, err = p.Influenced(s.period, a.span())
	}
	return err
}

// modelOf returns the model of a name.
func modelOf(name string) credit.Model {
	return map[string]credit.Model{
		"first": credit.First(), "last": credit.Last(), "linear": credit.Linear(), "position": credit.U(),
		"time_decay": credit.TimeDecay(credit.DefaultHalfLife), "markov": credit.Markov(1), "shapley": credit.Shapley(),
	}[name]
}

// share gives the credit for the deals of the period by each model, or by the
// one that was asked for. Models that are learned learn from these deals.
func (a *Attribution) share(p *attribution.Pipeline, s source, only string) error {
	deals, err := p.Closed(s.period)
	if err != nil {
		return err
	}
	for i := range deals {
		deals[i].Lead = "" // leads are not asked for
	}
	adjustments, err := p.Adjustments(s.period)
	if err != nil {
		return err
	}
	book, err := credit.NewBook(credit.Records{Deals: deals, Adjustments: adjustments, Touches: s.Touches}, credit.Options{Window: a.span()})
	if err != nil {
		return s.refused(err)
	}
	for _, name := range modelNames() {
		if only != "" && name != only {
			continue
		}
		splits, err := book.Split(modelOf(name))
		if err != nil {
			a.notes = append(a.notes, fmt.Sprintf("no credit by model %s, which learns from deals with touches: %v", name, err))
			splits = []*credit.Split{nil}
		}
		a.Models = append(a.Models, Modelled{name, splits[0]})
	}
	if !a.Touched || a.Won().IsZero() {
		a.notes = nil // there is nothing to learn from, and nothing to share
	}
	return nil
}

// tell writes the notes.
func (a *Attribution) tell(stderr io.Writer) {
	if a == nil {
		return
	}
	for _, note := range a.notes {
		fmt.Fprintln(stderr, "note:", note)
	}
}
