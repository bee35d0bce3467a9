package main

import (
	"fmt"
	"io/fs"

	"metrics.internal/success"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/examples/internal/scoring"
	"metrics.internal/success/health"
	"metrics.internal/success/retention"
)

// A company is what one load of a data folder knows. Nothing in it changes
// afterwards, so that any number of requests can ask it at once.
type company struct {
	version int // how many loads there were before
	asOf    success.Date
	book    *retention.Book
	health  []health.Explanation // of customers on the last day known
}

// load reads a data folder. What is wrong with it is the error, all of it, and
// then there is no company.
func load(fsys fs.FS, currency string, version int) (*company, error) {
	f, err := folder.Read(fsys, nil)
	if err != nil {
		return nil, err
	}
	if !f.Has("contracts.csv") {
		return nil, fmt.Errorf("the folder has no contracts.csv")
	}
	options := f.Options(currency, 0)
	if err := f.Check(options); err != nil {
		return nil, err
	}
	_, asOf := folder.Span(f.Newest(), success.Date{}, success.Date{}, success.Date{})
	c := &company{version: version, asOf: asOf}
	if c.book, err = retention.NewBook(f.Contracts, options); err != nil {
		return nil, f.Mapped(err)
	}
	return c, c.score(f, fsys)
}

// score explains the health of everybody who is a customer on the last day
// known.
func (c *company) score(f *folder.Folder, fsys fs.FS) error {
	card, _, err := scoring.Card(fsys)
	if err != nil {
		return err
	}
	facts, err := scoring.FactsOf(f, f.Mergers, c.asOf)
	if err != nil {
		return err
	}
	lines, err := c.book.Lines(success.Period{From: c.asOf.AddDays(-1), To: c.asOf})
	if err != nil {
		return err
	}
	for _, l := range lines {
		if !l.Closing.IsPositive() {
			continue
		}
		e, err := card.Explain(facts.Record(card, l.Account), c.asOf)
		if err != nil {
			return err
		}
		c.health = append(c.health, e)
	}
	return nil
}
