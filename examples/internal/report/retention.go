package report

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"metrics.internal/success"
	"metrics.internal/success/examples/internal/folder"
	"metrics.internal/success/retention"
)

// A Retention says what became of the recurring revenue of a period.
type Retention struct {
	Movement retention.Movement // of the period
	Renewals retention.Renewals // due in the period
	Months   []Month            // of the period, or parts of months
	Cuts     []retention.Cut

	book  *retention.Book
	lines []retention.Line // with a movement or FX
	names map[success.AccountID]string
}

// A Month is a calendar month of the period, or the part of it that lies in it.
type Month struct {
	Movement retention.Movement
	Renewals retention.Renewals
}

// newRetention computes the section. A cut that cannot be made is an error if it
// was asked for, else a note.
func newRetention(o *Options, f *folder.Folder, period success.Period, stderr io.Writer) (*Retention, error) {
	book, err := retention.NewBook(f.Contracts, f.Options(o.currency, o.grace))
	if err != nil {
		return nil, f.Mapped(err)
	}
	s := &Retention{book: book, names: names(f.Accounts)}
	if err := s.measure(book, period); err != nil {
		return nil, f.Mapped(err)
	}
	for _, name := range cutsOf(o, f) {
		cut, err := book.Cut(period, keyOf(name))
		switch {
		case err == nil:
			s.Cuts = append(s.Cuts, cut)
		case len(o.by) > 0:
			return nil, fmt.Errorf("no cut by %s\n%w", name, f.Mapped(err))
		default:
			fmt.Fprintf(stderr, "note: no cut by %s\n%v\n", name, f.Mapped(err))
		}
	}
	return s, nil
}

// measure asks the book for everything but the cuts.
func (s *Retention) measure(book *retention.Book, period success.Period) (err error) {
	if s.Movement, err = book.Between(period); err != nil {
		return err
	}
	if s.Renewals, err = book.Renewals(period); err != nil {
		return err
	}
	if s.Months, err = months(book, period); err != nil {
		return err
	}
	s.lines, err = book.Lines(period)
	s.lines = slices.DeleteFunc(s.lines, func(l retention.Line) bool {
		return l.Movement == retention.None && l.FX.IsZero()
	})
	return err
}

func names(accounts []success.Account) map[success.AccountID]string {
	names := map[success.AccountID]string{}
	for _, a := range accounts {
		if a.Name != "" {
			names[a.ID] = a.Name
		}
	}
	return names
}

func months(book *retention.Book, period success.Period) ([]Month, error) {
	movements, err := book.Series(period.Months())
	months := make([]Month, len(movements))
	for i, m := range movements {
		renewals, fault := book.Renewals(m.Period)
		months[i] = Month{m, renewals}
		err = errors.Join(err, fault)
	}
	return months, err
}

// cutsOf returns the names of the cuts to make: those asked for, else those that
// the folder has values for.
func cutsOf(o *Options, f *folder.Folder) []string {
	if len(o.by) > 0 {
		return o.by
	}
	has := map[string]bool{}
	for _, a := range f.Accounts {
		has["segment"] = has["segment"] || a.Segment != ""
		has["owner"] = has["owner"] || a.Owner != ""
	}
	for _, c := range f.Contracts {
		has["product"] = has["product"] || c.Product != ""
	}
	return slices.DeleteFunc(cutNames(), func(name string) bool { return !has[name] })
}

func keyOf(cut string) retention.Key {
	switch cut {
	case "segment":
		return retention.BySegment()
	case "owner":
		return retention.ByOwner()
	}
	return retention.ByProduct()
}
