package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"

	"metrics.internal/success"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/health"
	"metrics.internal/success/health/backtest"
	"metrics.internal/success/retention"
)

//go:embed scorecard.json
var scorecard []byte

// What to test against.
const (
	left = "left"
	fell = "fell"
)

// A question is what to ask of a data folder.
type question struct {
	dir, currency string
	asOf, until   success.Date
	outcome       string
}

// check finds what is wrong with the use of flags.
func (q *question) check() error {
	switch {
	case q.dir == "":
		return errors.New("no -dir folder")
	case q.asOf.IsZero() || q.until.IsZero():
		return errors.New("a folder needs -asof and -until")
	case !q.until.After(q.asOf):
		return fmt.Errorf("-until %s is not after -asof %s", q.until, q.asOf)
	case q.outcome != left && q.outcome != fell:
		return fmt.Errorf("-outcome %s is neither left nor fell", q.outcome)
	}
	return nil
}

// test scores every account that pays on the day of the score, and looks up what
// became of it.
func (q *question) test(fsys fs.FS) (test, error) {
	f, err := folder.Read(fsys, nil)
	if err != nil {
		return test{}, err
	}
	if err := f.Check(f.Options(q.currency, 0)); err != nil {
		return test{}, err
	}
	if last := lastDay(f); q.until.After(last) {
		return test{}, fmt.Errorf("nothing is recorded after %s: what became of accounts until %s is not known", last, q.until)
	}
	later := f.Known(q.until.AddDays(1))
	book, err := retention.NewBook(later.Contracts, later.Options(q.currency, 0))
	if err != nil {
		return test{}, f.Mapped(err)
	}
	what := map[string]string{left: "leaving", fell: "a fall of recurring revenue"}[q.outcome]
	t := test{title: fmt.Sprintf("Scores frozen on %s against %s until %s", q.asOf, what, q.until)}
	t.options = backtest.Options{
		Bands: []string{"Red", "Yellow", "Green"}, Horizon: q.until.Sub(q.asOf), KnownTo: q.until,
		Measures: measures(),
	}
	if q.outcome == fell {
		t.notes = append(t.notes, "left means here that recurring revenue fell")
	}
	if newest := f.Newest(); q.until.After(newest) {
		t.notes = append(t.notes, fmt.Sprintf("the newest record is of %s: whoever left after it without a contract that says so counts as having stayed", newest))
	}
	t.records, err = q.outcomes(book)
	if err != nil {
		return t, err
	}
	return t, q.score(f.Known(q.asOf.AddDays(1)), later.Mergers, t.records)
}

// lastDay returns the last day of which anything is known: the day after the newest
// record, or the one on which the last contract ends.
func lastDay(f *folder.Folder) success.Date {
	last := f.Newest().AddDays(1)
	for _, c := range f.Contracts {
		if c.End.After(last) {
			last = c.End
		}
	}
	return last
}

// outcomes returns the accounts that pay at the close of the day of the score. The
// opening of a period is the close of the day before it.
func (q *question) outcomes(book *retention.Book) (records []backtest.Record, err error) {
	lines, err := book.Lines(success.Period{From: q.asOf.AddDays(1), To: q.until.AddDays(1)})
	if err != nil {
		return nil, err
	}
	ends, err := q.ends(book)
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		if !l.Opening.IsPositive() {
			continue
		}
		r := backtest.Record{Account: l.Account, Revenue: l.Opening, ScoredAt: q.asOf}
		switch lost := l.Opening.Sub(l.Closing.Sub(l.FX)); {
		case q.outcome == left:
			r.Left = ends[l.Account]
		case lost.IsPositive():
			r.Event, r.Lost = true, lost
		}
		records = append(records, r)
	}
	return records, nil
}

// ends returns the day from which on an account paid no longer, none while it does.
func (q *question) ends(book *retention.Book) (map[success.AccountID]success.Date, error) {
	lifetimes, err := folder.Lifetimes(book, q.until.AddDays(1))
	ends := make(map[success.AccountID]success.Date, len(lifetimes))
	for _, l := range lifetimes {
		ends[l.Account] = l.Left
	}
	return ends, err
}

// score scores records on what was known before the day of the score; mergers are
// those that the records went through.
func (q *question) score(known *folder.Folder, mergers []retention.Merger, records []backtest.Record) error {
	definition, err := health.ParseDefinition(scorecard)
	if err != nil {
		return err
	}
	card, err := health.New(definition)
	if err != nil {
		return err
	}
	readings := readingsOf(known, mergers, q.asOf)
	for i := range records {
		r := &records[i]
		reading := readings[r.Account]
		record := health.Record{Account: r.Account}
		for i, value := range reading.values(known) {
			if x, ok := value.Float64(); ok {
				record.Inputs = append(record.Inputs, health.Number(measures()[i].Name, x, success.Date{}))
			}
			r.Measures = append(r.Measures, value)
		}
		result, err := card.Score(record, q.asOf)
		if err != nil {
			return fmt.Errorf("%s: %w", r.Account, err)
		}
		r.Band, r.Newest = result.Band, reading.newest
		if x, ok := result.Effective.Float64(); ok {
			r.Score = success.FigureOf(x)
		}
	}
	return nil
}
