package main

import (
	"cmp"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/cohort/survival"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/retention"
)

// Answers are what the contracts of whole accounts say: those of a bucket, or all.
// Answers of buckets add up to those of all, digit for digit.
type Answers struct {
	Movements []retention.Movement // of the year, then of each month
	Snapshot  retention.Snapshot   // at the close of the year
	Renewals  retention.Renewals   // of the year
	Stay      Stay                 // of every account that ever paid, up to the close of the year
}

// askBook builds a book and asks it everything.
func askBook(contracts []success.Contract, q *Question) (Answers, error) {
	slices.SortFunc(contracts, inOrder)
	book, err := retention.NewBook(contracts, q.book())
	if err != nil {
		return Answers{}, faultsOf(err, func(record string, i int) (string, success.AccountID) {
			if record != "contract" || i >= len(contracts) {
				return "", ""
			}
			return string(contracts[i].ID), contracts[i].Account
		})
	}
	return ask(book, q)
}

// inOrder gives contracts positions that do not depend on how they came, so that
// of two with the same ID it is always the same one that is at fault.
func inOrder(a, b success.Contract) int {
	return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Account, b.Account), a.Start.Compare(b.Start), a.End.Compare(b.End))
}

func ask(book *retention.Book, q *Question) (a Answers, err error) {
	year, err := book.Between(q.Period)
	if err != nil {
		return a, err
	}
	months, err := book.Series(q.Period.Months())
	if err != nil {
		return a, err
	}
	a.Movements = append([]retention.Movement{year}, months...)
	if a.Snapshot, err = book.On(q.Period.To.AddDays(-1)); err != nil {
		return a, err
	}
	if a.Renewals, err = book.Renewals(q.Period); err != nil {
		return a, err
	}
	a.Stay, err = stays(book, q.Period.To)
	return a, err
}

// stays counts how long each account stayed before a day.
func stays(book *retention.Book, asOf success.Date) (Stay, error) {
	s := Stay{new(survival.Counts)}
	lifetimes, err := folder.Lifetimes(book, asOf)
	if err != nil {
		return s, err
	}
	for _, l := range lifetimes {
		if err := s.Counts.Add(l.Span(asOf)); err != nil {
			return s, err
		}
	}
	return s, nil
}
